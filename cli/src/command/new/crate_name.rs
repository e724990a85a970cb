//! A name for a crate, and what is none.
#![forbid(unsafe_code)]

use std::fmt;
use std::str::FromStr;

/// A name that Cargo and Rust take.
#[derive(Clone, Debug)]
pub(crate) struct CrateName(String);

/// Words of the language: no crate can be called so.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Crates that the new one uses, or that are always there.
const TAKEN: &[&str] = &[
    "alloc",
    "anydma",
    "backend-mock",
    "bench",
    "build",
    "conformance",
    "core",
    "deps",
    "dma-core",
    "examples",
    "proc-macro",
    "register-map",
    "std",
    "test",
    "transfer",
];

impl CrateName {
    /// As Rust writes it: `my_card`.
    pub(super) fn underscored(&self) -> String {
        self.0.replace('-', "_")
    }

    /// As a type: `MyCard`.
    pub(super) fn pascal(&self) -> String {
        let words = self.0.split(['-', '_']);
        words
            .map(|word| {
                let (first, rest) = word.split_at(word.len().min(1));
                first.to_ascii_uppercase() + rest
            })
            .collect()
    }
}

impl fmt::Display for CrateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CrateName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        let apart = !text.contains("--") && !text.contains("__") && !text.ends_with(['-', '_']);
        if text.len() > 64 || !starts || !apart || !text.chars().all(plain) {
            return Err(format!(
                "`{text}` is no name of a crate; write one of small letters, digits and hyphens, \
                 such as `my-card`"
            ));
        }
        if KEYWORDS.contains(&text) {
            return Err(format!("`{text}` is a word of Rust; write for instance `{text}-card`"));
        }
        if TAKEN.contains(&text.replace('_', "-").as_str()) {
            return Err(format!(
                "`{text}` is the name of something that the crate uses; write for instance \
                 `{text}-card`"
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Names that Cargo and Rust take are taken, and are turned into those of modules and types.
    #[test]
    fn names_of_crates_are_told_from_others() {
        let name: CrateName = "my-card2_x".parse().unwrap();
        assert_eq!(
            (name.underscored().as_str(), name.pascal().as_str()),
            ("my_card2_x", "MyCard2X")
        );
        for wrong in [
            "", "2card", "My-card", "my card", "a--b", "card-", "-card", "fn", "async", "core",
            "test", "dma_core", "card!", "../card", "über",
        ] {
            assert!(wrong.parse::<CrateName>().is_err(), "{wrong:?}");
        }
    }
}
