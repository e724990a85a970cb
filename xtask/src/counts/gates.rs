//! What counted functions may cost, as `benchmarks/gates.toml` says it.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::error::{Context, Error, Result};

/// All gates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    #[serde(default)]
    count: Vec<Count>,
    #[serde(default)]
    ratio: Vec<Ratio>,
}

/// How many instructions one iteration of a function may take.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    name: String,
    program: String,
    function: String,
    maximum: Option<f64>,
    exact: Option<f64>,
}

/// How one function may compare with another that has a count of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ratio {
    name: String,
    of: String,
    to: String,
    maximum: f64,
    minimum: Option<f64>,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The function.
    pub function: String,
    /// Instructions of one iteration.
    pub instructions: f64,
}

/// Rounding of the division by iterations: the loop's first and last turn.
const SLACK: f64 = 0.5;

impl Gates {
    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// Not of its form, a count without or with two gates, or a ratio of what is not counted.
    pub fn parse(text: &str) -> Result<Self> {
        let gates: Self = toml::from_str(text).context("gates")?;
        for count in &gates.count {
            if count.maximum.is_some() && count.exact.is_some() {
                let message = format!("{:?}: both `maximum` and `exact`", count.name);
                return Err(Error::new(message).hint("name one of them, or none to only print it"));
            }
        }
        for ratio in &gates.ratio {
            for function in [&ratio.of, &ratio.to] {
                if !gates.count.iter().any(|count| count.function == *function) {
                    let message = format!("{:?}: no count of {function:?}", ratio.name);
                    return Err(Error::new(message).hint("add a [[count]] for it"));
                }
            }
        }
        if gates.is_empty() {
            return Err(Error::new("no gates").hint("add a [[count]]"));
        }
        Ok(gates)
    }

    /// How many figures there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count.len() + self.ratio.len()
    }

    /// Whether there are none; never after [`Gates::parse`].
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Programs and functions to count.
    pub fn functions(&self) -> impl Iterator<Item = (&str, &str)> {
        let counts = self.count.iter();
        counts.map(|count| (count.program.as_str(), count.function.as_str()))
    }

    /// The table of figures, and the gates that do not hold.
    #[must_use]
    pub fn judge(&self, measured: &[Measured]) -> (String, Vec<String>) {
        let mut table = String::new();
        let mut breaches = Vec::new();
        let of = |function: &str| {
            let found = measured.iter().find(|count| count.function == function);
            found.map(|count| count.instructions)
        };
        let mut row = |name: &str, found: Option<f64>, gate: &str, holds: bool| {
            let Some(found) = found else {
                breaches.push(format!("{name}: was not counted"));
                return;
            };
            let _ = writeln!(table, "  {found:10.2}  {gate:14}  {name}");
            if !holds {
                breaches.push(format!("{name}: {found:.2}, and the gate says {gate}"));
            }
        };
        for count in &self.count {
            let found = of(&count.function);
            let holds = |test: &dyn Fn(f64) -> bool| found.is_some_and(test);
            let (gate, holds) = match (count.maximum, count.exact) {
                (Some(most), _) => (format!("at most {most}"), holds(&|it| it <= most + SLACK)),
                (_, Some(exact)) => {
                    (format!("exactly {exact}"), holds(&|it| (it - exact).abs() <= SLACK))
                }
                _ => ("printed only".to_owned(), true),
            };
            row(&count.name, found, &gate, holds);
        }
        for ratio in &self.ratio {
            let found = match (of(&ratio.of), of(&ratio.to)) {
                (Some(of), Some(to)) if to > 0.0 => Some(of / to),
                _ => None,
            };
            let least = ratio.minimum.unwrap_or(0.0);
            let holds = found.is_some_and(|it| it <= ratio.maximum && it >= least);
            let gate = match ratio.minimum {
                Some(least) => format!("{least} to {}", ratio.maximum),
                None => format!("at most {}", ratio.maximum),
            };
            row(&ratio.name, found, &gate, holds);
        }
        (table, breaches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
[[count]]
name = \"pool\"
program = \"counts\"
function = \"pool\"
maximum = 40

[[count]]
name = \"register\"
program = \"counts\"
function = \"register\"
exact = 2

[[ratio]]
name = \"register to pool\"
of = \"register\"
to = \"pool\"
maximum = 0.1
";

    fn measured(pool: f64, register: f64) -> Vec<Measured> {
        [("pool", pool), ("register", register)]
            .map(|(function, instructions)| Measured {
                function: function.to_owned(),
                instructions,
            })
            .to_vec()
    }

    // Figures within their gates pass, with a little slack for the loop's ends.
    #[test]
    fn figures_within_gates_pass() {
        let gates = Gates::parse(TEXT).unwrap();
        let (table, breaches) = gates.judge(&measured(40.1, 2.1));
        assert_eq!(breaches, Vec::<String>::new());
        assert_eq!(table.lines().count(), 3);
    }

    // Each gate that does not hold is named, in both directions for exact ones.
    #[test]
    fn figures_beyond_gates_are_named() {
        let gates = Gates::parse(TEXT).unwrap();
        let (_, breaches) = gates.judge(&measured(41.0, 2.0));
        assert_eq!(breaches, ["pool: 41.00, and the gate says at most 40"]);
        let (_, breaches) = gates.judge(&measured(30.0, 1.0));
        assert_eq!(breaches, ["register: 1.00, and the gate says exactly 2"]);
        let (_, breaches) = gates.judge(&measured(10.0, 2.0));
        assert_eq!(breaches.len(), 1);
        assert!(breaches[0].starts_with("register to pool: 0.20"));
    }

    // What was not counted is a breach, never a pass.
    #[test]
    fn missing_figure_is_a_breach() {
        let gates = Gates::parse(TEXT).unwrap();
        let (_, breaches) = gates.judge(&measured(10.0, 1.0)[..1]);
        assert_eq!(breaches.len(), 2);
        assert!(breaches[0].contains("was not counted"));
    }

    // A file of gates that cannot be meant is refused.
    #[test]
    fn senseless_gates_are_refused() {
        assert!(Gates::parse("").is_err());
        let both =
            "[[count]]\nname = \"a\"\nprogram = \"p\"\nfunction = \"f\"\nmaximum = 1\nexact = 1\n";
        assert!(Gates::parse(both).unwrap_err().to_string().contains("both"));
        let ratio = "[[ratio]]\nname = \"a\"\nof = \"f\"\nto = \"g\"\nmaximum = 1\n";
        assert!(Gates::parse(ratio).unwrap_err().to_string().contains("no count"));
    }
}
