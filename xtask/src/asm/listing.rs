//! Assembly text as functions of instructions.
//!
//! Comments, directives and spacing are dropped, and local labels are numbered afresh in each
//! function; registers and operands stay as they are, so that equal means equal.

use std::collections::BTreeMap;

use crate::error::{Error, Result};

/// The functions of one file, by name.
#[derive(Debug, Default)]
pub struct Listing {
    functions: BTreeMap<String, Function>,
    /// Functions that the compiler found to be the same as another one.
    merged: BTreeMap<String, String>,
}

/// One function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its symbol.
    pub name: String,
    /// Its instructions, and the labels that are branched to.
    pub lines: Vec<String>,
}

impl Listing {
    /// Reads a compiler's output; `comment` is what begins a comment there.
    #[must_use]
    pub fn parse(text: &str, comment: &str) -> Self {
        let mut listing = Self::default();
        let mut current: Option<Function> = None;
        for line in text.lines() {
            let line = line.split(comment).next().unwrap_or_default().trim();
            if let Some(alias) = line.strip_prefix(".set") {
                if let Some((name, other)) = alias.split_once(',') {
                    listing.merged.insert(name.trim().into(), other.trim().into());
                }
            } else if line.starts_with(".Lfunc_end") {
                if let Some(function) = current.take() {
                    listing.functions.insert(function.name.clone(), function.finished());
                }
            } else if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with('.'))
            {
                current = Some(Function { name: name.into(), lines: Vec::new() });
            } else if let Some(function) = &mut current {
                let label = line.starts_with(".L") && line.ends_with(':');
                if label || !(line.is_empty() || line.starts_with('.')) {
                    let words: Vec<&str> = line.split_whitespace().collect();
                    function.lines.push(words.join(" "));
                }
            }
        }
        listing
    }

    /// Every typed function with its hand-written twin.
    ///
    /// # Errors
    ///
    /// One of them has no twin, or there are none at all.
    pub fn pairs(&self) -> Result<Vec<(&Function, &Function)>> {
        let names = self.functions.keys().chain(self.merged.keys());
        let mut pairs = Vec::new();
        for name in names {
            let (ours, twin) = match (name.strip_prefix("typed_"), name.strip_prefix("volatile_")) {
                (Some(rest), _) => (true, format!("volatile_{rest}")),
                (_, Some(rest)) => (false, format!("typed_{rest}")),
                _ => continue,
            };
            let twin = self.find(&twin)?;
            if ours {
                pairs.push((self.find(name)?, twin));
            }
        }
        if pairs.is_empty() {
            return Err(Error::new("the assembly has no function typed_NAME").hint(
                "the form of the compiler's output has changed: see xtask/src/asm/listing.rs",
            ));
        }
        pairs.sort_by_key(|(typed, _)| &typed.name);
        Ok(pairs)
    }

    /// The function of this name, or the one that it was merged with.
    fn find(&self, name: &str) -> Result<&Function> {
        let own = self.merged.get(name).map_or(name, String::as_str);
        self.functions.get(own).ok_or_else(|| {
            Error::new(format!("the assembly has no function {name}"))
                .hint("benchmarks/asm has each function twice: typed_NAME and volatile_NAME")
        })
    }
}

impl Function {
    /// Numbers the labels afresh, in the order in which they are branched to, and drops those
    /// that are not.
    fn finished(self) -> Self {
        let mut labels: Vec<String> = Vec::new();
        for line in self.lines.iter().filter(|line| !line.starts_with('.')) {
            let words = line.split([' ', ',', '[', ']']).filter(|word| word.starts_with(".L"));
            for label in words {
                if !labels.iter().any(|known| known == label) {
                    labels.push(label.to_owned());
                }
            }
        }
        let mut lines = Vec::new();
        for line in self.lines {
            let known =
                labels.iter().enumerate().find(|(_, label)| match line.find(label.as_str()) {
                    Some(at) => {
                        !line[at + label.len()..].starts_with(|next: char| next.is_ascii_digit())
                    }
                    None => false,
                });
            match known {
                Some((number, label)) => {
                    lines.push(line.replace(label.as_str(), &format!("L{number}")));
                }
                None if line.starts_with('.') => {}
                None => lines.push(line),
            }
        }
        Self { name: self.name, lines }
    }

    /// Its name without the part that says which twin it is.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.name.split_once('_').map_or(self.name.as_str(), |(_, stem)| stem)
    }

    /// How many instructions it has.
    #[must_use]
    pub fn instructions(&self) -> usize {
        self.lines.iter().filter(|line| !line.ends_with(':')).count()
    }

    /// The lines that load or store, in order.
    #[must_use]
    pub fn accesses(&self) -> Vec<&str> {
        self.lines.iter().map(String::as_str).filter(|line| line.contains('[')).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
\t.section\t.text.typed_read\n\
typed_read:\n\
\t.fnstart\n\
\tldr\tr0, [r0]     @ a comment\n\
\t@APP\n\
\tcbnz\tr0, .LBB14_2\n\
.Ltmp1:\n\
\tldr r0, [r0, #16]\n\
.LBB14_2:\n\
\tbx\tlr\n\
.Lfunc_end0:\n\
volatile_read:\n\
\tldr r0, [r0]\n\
\tcbnz r0, .LBB2_7\n\
\tldr r0, [r0, #16]\n\
.LBB2_7:\n\
\tbx lr\n\
.Lfunc_end1:\n\
\t.set typed_same, typed_read\n";

    // Comments, directives, spacing and the compiler's own labels make no difference.
    #[test]
    fn same_instructions_read_as_the_same() {
        let listing = Listing::parse(&format!("{TEXT}.set volatile_same, volatile_read\n"), "@");
        let pairs = listing.pairs().unwrap();
        assert_eq!(pairs.len(), 2);
        assert_eq!(pairs[0].0.lines, pairs[0].1.lines);
        assert_eq!(
            pairs[0].0.lines,
            ["ldr r0, [r0]", "cbnz r0, L0", "ldr r0, [r0, #16]", "L0:", "bx lr"]
        );
        assert_eq!(pairs[0].0.accesses(), ["ldr r0, [r0]", "ldr r0, [r0, #16]"]);
        assert_eq!(pairs[0].0.stem(), "read");
    }

    // A function without its twin, or text of another form, is an error and not an empty success.
    #[test]
    fn missing_twin_is_an_error() {
        let error = Listing::parse(TEXT, "@").pairs().unwrap_err();
        assert!(error.to_string().contains("volatile_same"));
        assert!(Listing::parse("", "@").pairs().is_err());
    }
}
