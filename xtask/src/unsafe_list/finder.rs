//! Unsafe words in one source: how many, of what kind, each explained?

use std::fmt;
use std::ops::AddAssign;

use crate::source::{Source, Token};

/// How much unsafe code a source has, by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// `unsafe { … }`.
    pub blocks: usize,
    /// `unsafe impl`.
    pub impls: usize,
    /// `unsafe fn`, declared or defined.
    pub functions: usize,
    /// `unsafe trait`.
    pub traits: usize,
    /// `unsafe extern` blocks and unsafe attributes.
    pub others: usize,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.blocks + self.impls + self.functions + self.traits + self.others
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.impls += other.impls;
        self.functions += other.functions;
        self.traits += other.traits;
        self.others += other.others;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:6} {:5} {:4} {:6} {:5}",
            self.blocks, self.impls, self.functions, self.traits, self.others
        )
    }
}

/// What follows the word `unsafe`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Block,
    Impl,
    Function,
    Trait,
    Other,
    /// `unsafe fn()` as a type: says what a pointer may do, does nothing itself.
    Type,
}

fn kind(after: &[Token]) -> Kind {
    let word = |at: usize| after.get(at).map_or("", |token| token.text.as_str());
    match word(0) {
        "{" => Kind::Block,
        "impl" => Kind::Impl,
        "trait" | "auto" => Kind::Trait,
        "fn" if word(1) == "(" => Kind::Type,
        "fn" => Kind::Function,
        // `extern "C" fn name`, `extern "C" fn(…)` and `extern "C" { … }`.
        "extern" => match (word(2), word(3)) {
            ("fn", "(") => Kind::Type,
            ("fn", _) => Kind::Function,
            _ => Kind::Other,
        },
        _ => Kind::Other,
    }
}

fn words(source: &Source) -> impl Iterator<Item = (usize, Kind)> + '_ {
    let tokens = &source.tokens;
    let each = tokens.iter().enumerate();
    each.filter(|(_, token)| token.text == "unsafe")
        .map(|(at, token)| (token.line, kind(&tokens[at + 1..])))
}

/// Counts the unsafe words of a source, macros included.
pub(super) fn count(source: &Source) -> Counts {
    let mut counts = Counts::default();
    for (_, kind) in words(source) {
        match kind {
            Kind::Block => counts.blocks += 1,
            Kind::Impl => counts.impls += 1,
            Kind::Function => counts.functions += 1,
            Kind::Trait => counts.traits += 1,
            Kind::Other => counts.others += 1,
            Kind::Type => {}
        }
    }
    counts
}

/// Lines of unsafe blocks and impls that have no `SAFETY` comment directly above their statement.
pub(super) fn unexplained(source: &Source) -> Vec<usize> {
    let lines: Vec<&str> = source.text.lines().collect();
    let unexplained = |(line, kind): &(usize, Kind)| {
        matches!(kind, Kind::Block | Kind::Impl) && !is_explained(&lines, *line)
    };
    words(source).filter(unexplained).map(|(line, _)| line).collect()
}

/// Goes up from the line of the word to the comment above the statement it belongs to.
fn is_explained(lines: &[&str], line: usize) -> bool {
    let mut first = true;
    for text in lines[..line].iter().rev() {
        let trimmed = text.trim();
        if trimmed.contains("SAFETY:") {
            return true;
        }
        let comment = trimmed.starts_with("//");
        let attribute = trimmed.starts_with("#[");
        // The statement before ends here, so nothing above belongs to ours.
        let ends = trimmed.is_empty() || trimmed.ends_with([';', '}']);
        if !first && !comment && !attribute && ends {
            return false;
        }
        first = false;
    }
    false
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn source(text: &str) -> Source {
        Source::parse(Path::new("x.rs"), text.to_owned()).unwrap()
    }

    // Each kind is counted as what it is; a pointer type is none; comments are none.
    #[test]
    fn kinds_are_told_apart() {
        let counts = count(&source(
            "unsafe trait T { unsafe fn m(&self); }\n\
             unsafe impl T for u8 { unsafe fn m(&self) {} }\n\
             // unsafe { }\n\
             unsafe extern \"C\" { fn c(); }\n\
             unsafe extern \"C\" fn d(_: unsafe fn(), _: unsafe extern \"C\" fn()) {}\n\
             #[unsafe(no_mangle)] fn e() { unsafe { c() } }\n\
             macro_rules! m { () => { unsafe { c() } } }\n",
        ));
        let expected = Counts { blocks: 2, impls: 1, functions: 3, traits: 1, others: 2 };
        assert_eq!(counts, expected);
    }

    // A sentence above the statement, or above the lines it is broken into, explains.
    #[test]
    fn sentence_above_the_statement_explains() {
        let text = "fn f() {\n    // SAFETY: yes.\n    // Two lines.\n    let x =\n        unsafe { g() };\n}\n\
                    // SAFETY: yes.\n#[cfg(test)]\nunsafe impl Send for X {}\n\
                    fn h() { match x {\n        // SAFETY: yes.\n        1 => unsafe { g() },\n        _ => 2,\n    } }\n";
        assert_eq!(unexplained(&source(text)), Vec::<usize>::new());
    }

    // A sentence of the statement before does not explain the next one.
    #[test]
    fn sentence_of_another_statement_does_not_explain() {
        let text = "fn f() {\n    // SAFETY: yes.\n    unsafe { g() };\n    unsafe { g() };\n}\n\nunsafe impl Send for X {}\n";
        assert_eq!(unexplained(&source(text)), [4, 7]);
    }
}
