//! Prints what was measured: a Markdown table, or JSON with `--json`.
#![forbid(unsafe_code)]

use std::fmt::Write as _;

use crate::turns::Times;

/// Measurements that are compared with the first of them.
#[derive(Debug)]
pub struct Table {
    /// What one operation is.
    pub operation: &'static str,
    /// What was measured, the base of the ratios first.
    pub times: Vec<Times>,
}

impl Table {
    /// Prints it as the program's arguments ask for.
    pub fn print(&self) {
        let json = std::env::args().any(|argument| argument == "--json");
        print!("{}", if json { self.json() } else { self.markdown() });
    }

    /// Times and their ratios to the first.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "| {} | shortest | lower quartile | ratio of the shortest | ratio of the quartiles |\n\
             |---|---:|---:|---:|---:|\n",
            self.operation
        );
        for (times, shortest, quartile) in self.ratios() {
            let _ = writeln!(
                text,
                "| {} | {:.1} ns | {:.1} ns | {shortest:.2} | {quartile:.2} |",
                times.name, times.shortest, times.quartile
            );
        }
        text.push('\n');
        text
    }

    /// One object a line.
    #[must_use]
    pub fn json(&self) -> String {
        let mut text = String::new();
        for (times, shortest, quartile) in self.ratios() {
            let _ = writeln!(
                text,
                "{{\"operation\":\"{}\",\"name\":\"{}\",\"shortest_ns\":{:.2},\
                 \"quartile_ns\":{:.2},\"shortest_ratio\":{shortest:.4},\
                 \"quartile_ratio\":{quartile:.4}}}",
                self.operation, times.name, times.shortest, times.quartile
            );
        }
        text
    }

    fn ratios(&self) -> impl Iterator<Item = (&Times, f64, f64)> {
        let base = self.times.first();
        self.times.iter().filter_map(move |times| {
            let base = base?;
            Some((times, times.shortest / base.shortest, times.quartile / base.quartile))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Ratios are to the first line, in both forms.
    #[test]
    fn ratios_are_to_the_first() {
        let table = Table {
            operation: "copy",
            times: vec![
                Times { name: "a", shortest: 10.0, quartile: 20.0 },
                Times { name: "b", shortest: 5.0, quartile: 30.0 },
            ],
        };
        assert!(table.markdown().contains("| b | 5.0 ns | 30.0 ns | 0.50 | 1.50 |"));
        assert!(table.json().lines().nth(1).is_some_and(|line| line.contains("\"b\"")));
        assert!(table.json().contains("\"quartile_ratio\":1.5000"));
    }
}
