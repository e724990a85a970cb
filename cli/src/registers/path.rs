//! Names as they are typed: `CHANNEL[1].CONTROL.RUN`.
#![forbid(unsafe_code)]

use std::fmt;
use std::str::FromStr;

use super::entry::{Entry, Step};

/// What was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Path {
    steps: Vec<Step>,
}

impl Path {
    /// Whether these are the last steps of an entry, or all of them, possibly without the main
    /// peripheral; without an index, any element is meant.
    pub(crate) fn matches(&self, entry: &Entry<'_>, length: usize) -> Option<Fit> {
        let steps = self.steps.get(..length)?;
        let skipped = entry.steps.len().checked_sub(length)?;
        let same = steps.iter().zip(entry.steps.get(skipped..)?).all(|(typed, step)| {
            typed.name.eq_ignore_ascii_case(&step.name)
                && (typed.index.is_none() || typed.index == step.index)
        });
        if length == 0 || !same {
            return None;
        }
        let whole = skipped == 0 || (entry.main && skipped == 1);
        Some(if whole { Fit::Whole } else { Fit::End })
    }

    /// Whether an entry lies at or below these steps.
    pub(crate) fn contains(&self, entry: &Entry<'_>) -> bool {
        let prefix = |steps: &[Step]| {
            steps.len() >= self.steps.len()
                && self.steps.iter().zip(steps).all(|(typed, step)| {
                    typed.name.eq_ignore_ascii_case(&step.name)
                        && (typed.index.is_none() || typed.index == step.index)
                })
        };
        prefix(&entry.steps) || entry.main && entry.steps.get(1..).is_some_and(prefix)
    }

    /// How many steps there are.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The last step.
    pub(crate) fn last(&self) -> Option<&Step> {
        self.steps.last()
    }
}

/// How well a path fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Fit {
    /// The end of the name.
    End,
    /// The name.
    Whole,
}

impl FromStr for Path {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let steps = text.split('.').map(step).collect::<Option<Vec<_>>>();
        let steps = steps.ok_or_else(|| {
            format!(
                "`{text}` is no name of a register; write for instance `CHANNEL[1].CONTROL.RUN`"
            )
        })?;
        Ok(Self { steps })
    }
}

fn step(text: &str) -> Option<Step> {
    let (name, index) = match text.split_once('[') {
        None => (text, None),
        Some((name, rest)) => (name, Some(rest.strip_suffix(']')?.parse().ok()?)),
    };
    let name_is_plain = !name.is_empty() && !name.contains([']', '=', ' ']);
    name_is_plain.then(|| Step { name: name.to_owned(), index })
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<String> = self.steps.iter().map(Step::to_string).collect();
        f.write_str(&steps.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Indices belong to their steps, and what is no name is refused.
    #[test]
    fn paths_are_read_and_printed() {
        for text in ["STATUS", "CHANNEL[1].CONTROL.RUN", "a[0].b[10]"] {
            assert_eq!(text.parse::<Path>().unwrap().to_string(), text);
        }
        for wrong in ["", ".", "A.", "A[", "A[x]", "A[1", "A=1", "A B", "A]"] {
            assert!(wrong.parse::<Path>().is_err(), "{wrong:?}");
        }
    }
}
