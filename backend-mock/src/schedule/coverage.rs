//! What happened in which state, counted: a table that a test prints and gates.

use std::collections::BTreeMap;
use std::fmt;

/// How often each event hit each state. Rows are events, columns states; both are given up front,
/// so that what never happened is seen, too.
///
/// # Examples
///
/// ```
/// use backend_mock::schedule::Coverage;
/// let mut coverage = Coverage::new(&["removal", "reset"], &["idle", "running"]);
/// coverage.hit("reset", "idle");
/// assert_eq!(coverage.count("reset", "idle"), 1);
/// assert_eq!(coverage.below(1).len(), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Coverage {
    rows: Vec<&'static str>,
    columns: Vec<&'static str>,
    counts: BTreeMap<(&'static str, &'static str), u64>,
}

impl Coverage {
    /// A table of zeroes.
    #[must_use]
    pub fn new(rows: &[&'static str], columns: &[&'static str]) -> Self {
        Self { rows: rows.to_vec(), columns: columns.to_vec(), counts: BTreeMap::new() }
    }

    /// `row` happened in state `column`. What the table does not have is not counted.
    pub fn hit(&mut self, row: &'static str, column: &'static str) {
        if self.rows.contains(&row) && self.columns.contains(&column) {
            *self.counts.entry((row, column)).or_default() += 1;
        }
    }

    /// How often `row` happened in state `column`.
    #[must_use]
    pub fn count(&self, row: &'static str, column: &'static str) -> u64 {
        self.counts.get(&(row, column)).copied().unwrap_or(0)
    }

    /// Adds the counts of another table of the same rows and columns.
    pub fn add(&mut self, other: &Self) {
        for (&place, count) in &other.counts {
            *self.counts.entry(place).or_default() += count;
        }
    }

    /// What happened in which state less often than `least`.
    #[must_use]
    pub fn below(&self, least: u64) -> Vec<(&'static str, &'static str)> {
        let all =
            self.rows.iter().flat_map(|row| self.columns.iter().map(|column| (*row, *column)));
        all.filter(|(row, column)| self.count(row, column) < least).collect()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.rows.iter().map(|row| row.len()).max().unwrap_or(0);
        write!(f, "{:first$}", "")?;
        for column in &self.columns {
            write!(f, " {column:>10}")?;
        }
        for row in &self.rows {
            write!(f, "\n{row:first$}")?;
            for column in &self.columns {
                write!(f, " {:>10}", self.count(row, column))?;
            }
        }
        Ok(())
    }
}
