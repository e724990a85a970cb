//! Where conditional compilation may stand.
//!
//! Tests (also in the interpreter) and Cargo features anywhere; everything else only where the
//! difference is the subject: the facade, architecture files, the logging file, machine code.

use super::{Breach, text};
use crate::source::{Source, Token};

/// Whether conditions of any kind may stand in this file.
fn is_free(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("src/")
        || name.contains("/arch/")
        || name.starts_with("benchmarks/asm/")
        || matches!(file, "arch.rs" | "log.rs" | "logging.rs" | "build.rs")
}

/// Checks `#[cfg(…)]`, `#[cfg_attr(…, …)]` and `cfg!(…)`.
pub(super) fn check(name: &str, source: &Source) -> Vec<Breach> {
    if is_free(name) {
        return Vec::new();
    }
    let tokens = &source.tokens;
    let mut breaches = Vec::new();
    for (start, end) in text::attributes(tokens) {
        let is_condition = matches!(tokens[start].text.as_str(), "cfg" | "cfg_attr");
        if is_condition && end > start + 1 {
            breaches.extend(judge(&tokens[start], &tokens[start + 2..end]));
        }
    }
    for at in 0..tokens.len().saturating_sub(2) {
        if tokens[at].text == "cfg" && tokens[at + 1].text == "!" {
            breaches.extend(judge(&tokens[at], &tokens[at + 3..]));
        }
    }
    breaches
}

/// The condition is the tokens up to the first comma outside brackets, or the end of its group.
fn judge(word: &Token, condition: &[Token]) -> Option<Breach> {
    let mut depth = 0_usize;
    for (at, token) in condition.iter().enumerate() {
        match token.text.as_str() {
            "(" => depth += 1,
            ")" | "," if depth == 0 => break,
            ")" => depth -= 1,
            "," | "=" | "" | "all" | "any" | "not" | "test" | "feature" | "doctest" | "miri"
            | "true" | "false" => {}
            other => {
                let value = condition.get(at + 1).is_some_and(|next| next.text == "=");
                let what = if value { format!("{other} = …") } else { other.to_owned() };
                return Some((
                    word.line,
                    format!("`cfg({what})`: only in the facade, in arch files and in the log file"),
                ));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::breaches;

    // Tests and features are conditions that may stand anywhere.
    #[test]
    fn tests_and_features_are_free() {
        let text = "//! One noun.\n#[cfg(all(test, not(feature = \"defmt\")))]\nfn f() {}\n\
                    #[cfg_attr(feature = \"defmt\", derive(Format))]\nstruct S;\n";
        assert_eq!(breaches("dma-core/src/x.rs", text), []);
    }

    // Other conditions are named, as attributes and as macros, unless the file is about them.
    #[test]
    fn platform_conditions_are_named() {
        let text =
            "//! One noun.\n#[cfg(target_arch = \"arm\")]\nfn f() {}\nfn g() { cfg!(unix) }\n";
        let found = breaches("dma-core/src/x.rs", text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].1.contains("target_arch = …"));
        assert_eq!(breaches("dma-core/src/arch/mod.rs", text), []);
        assert_eq!(breaches("src/lib.rs", text), []);
    }
}
