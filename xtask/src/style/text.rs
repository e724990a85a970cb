//! Rules on whole files and single words.

use super::Breach;
use crate::source::{Source, Token};

/// Longest source, in lines.
const LINES: usize = 600;
/// Longest tagline, in columns behind the `//!`.
const COLUMNS: usize = 80;

/// A file has one noun, so it is not long.
pub(super) fn length(source: &Source) -> Option<Breach> {
    let lines = source.text.lines().count();
    (lines > LINES).then(|| (0, format!("{lines} lines; the most is {LINES}: split it by nouns")))
}

/// A file begins with a tagline. That of a generated file is as long as its description; before that
/// of a file of the kernel's stands its licence.
pub(super) fn header(source: &Source) -> Option<Breach> {
    let licensed = source.line(1).starts_with("// SPDX-License-Identifier: ");
    let first = if licensed && source.line(2).is_empty() { 3 } else { 1 };
    let Some(tagline) = source.line(first).strip_prefix("//! ") else {
        return Some((first, "begin the file with a tagline: `//! What it is.`".to_owned()));
    };
    let columns = tagline.chars().count();
    let long = columns > COLUMNS && !source.is_generated();
    long.then(|| (first, format!("tagline of {columns} columns; the most is {COLUMNS}")))
}

/// Nothing is left to do later.
pub(super) fn unfinished(source: &Source) -> Vec<Breach> {
    let calls = source.tokens.windows(2).filter(|pair| {
        matches!(pair[0].text.as_str(), "todo" | "unimplemented") && pair[1].text == "!"
    });
    let breach = |pair: &[Token]| (pair[0].line, format!("`{}!`: finish it", pair[0].text));
    calls.map(breach).collect()
}

/// An exception to a lint is `expect` with a reason, which ends when it is not needed any more.
pub(super) fn allowed_lints(source: &Source) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (start, end) in attributes(&source.tokens) {
        let words = &source.tokens[start..end];
        for pair in words.windows(2) {
            if pair[0].text == "allow" && pair[1].text == "(" {
                let what = "`allow(…)`: write `expect(LINT, reason = \"…\")`".to_owned();
                breaches.push((pair[0].line, what));
            }
        }
    }
    breaches
}

/// The engine neither allocates nor dispatches dynamically.
pub(super) fn dynamic(source: &Source) -> Vec<Breach> {
    let words = source.tokens.iter().filter(|token| {
        matches!(token.text.as_str(), "dyn" | "Box" | "Vec" | "alloc" | "std" | "Arc" | "Rc")
    });
    let breach = |word: &Token| (word.line, format!("`{}` in the engine", word.text));
    words.map(breach).collect()
}

/// Ranges of tokens inside `#[…]` and `#![…]`.
pub(super) fn attributes(tokens: &[Token]) -> Vec<(usize, usize)> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let open = match (text(at), text(at + 1), text(at + 2)) {
            ("#", "[", _) => at + 1,
            ("#", "!", "[") => at + 2,
            _ => continue,
        };
        let mut depth = 0_usize;
        for end in open..tokens.len() {
            match text(end) {
                "[" => depth += 1,
                "]" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                found.push((open + 1, end));
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::breaches;

    // A long file and a missing or long tagline are named.
    #[test]
    fn long_files_and_bad_taglines_are_named() {
        let long = format!("//! One noun.\n{}", "// x\n".repeat(600));
        assert!(breaches("x.rs", &long)[0].1.starts_with("601 lines"));
        assert!(breaches("x.rs", "fn f() {}\n")[0].1.contains("tagline"));
        let wide = format!("//! {}\n", "x".repeat(81));
        assert!(breaches("x.rs", &wide)[0].1.contains("81 columns"));
    }

    // Unfinished code is found, in macros too, and words in strings are not.
    #[test]
    fn unfinished_code_is_named() {
        let text = "//! One noun.\nfn f() { m!({ todo!() }); \"todo!()\"; todo() }\n";
        assert_eq!(breaches("x.rs", text), [(2, "`todo!`: finish it".to_owned())]);
    }

    // `allow` is found as an attribute, also behind a condition, and not as a function.
    #[test]
    fn allowed_lints_are_named() {
        let text = "//! One noun.\n#![allow(dead_code)]\n#[cfg_attr(test, allow(x))]\nfn f() { allow(1) }\n";
        let lines: Vec<usize> = breaches("x.rs", text).iter().map(|b| b.0).collect();
        assert_eq!(lines, [2, 3]);
    }
}
