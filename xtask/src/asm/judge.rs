//! What may differ between a typed access and a hand-written one, and why.

use std::fmt::Write as _;

use super::Function;

/// A pair that is known to differ.
struct Known {
    /// Where; the beginning of a target's name.
    target: &'static str,
    /// Which function, without `typed_`.
    function: &'static str,
    /// How far it may go.
    allowed: Allowed,
    /// Why it differs.
    reason: &'static str,
}

/// How far a pair may differ.
enum Allowed {
    /// The same instructions and the same accesses in the same order; others stand elsewhere.
    Moved,
    /// The typed one has at most this many instructions more.
    More(usize),
}

const KNOWN: &[Known] = &[
    Known {
        target: "x86_64",
        function: "modify",
        allowed: Allowed::More(0),
        reason: "the compiler folds the hand-written read into an `and` with memory; ours stays a plain `mov`",
    },
    Known {
        target: "x86_64",
        function: "write_constant",
        allowed: Allowed::More(1),
        reason: "a hand-written store can carry a constant; ours takes it from a register",
    },
    Known {
        target: "aarch64",
        function: "modify",
        allowed: Allowed::Moved,
        reason: "the compiler loads the new field's value before the hand-written read, after ours",
    },
    Known {
        target: "aarch64",
        function: "steer_pair",
        allowed: Allowed::Moved,
        reason: "the compiler shifts the high half down before the first hand-written store, after ours",
    },
    Known {
        target: "thumbv7em",
        function: "modify",
        allowed: Allowed::Moved,
        reason: "the compiler loads the new field's value before the hand-written read, after ours",
    },
];

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The same instructions in the same order.
    Identical,
    /// A difference that is stated here, with its reason.
    Stated(&'static str),
    /// A difference that is not, or goes farther.
    Wrong(String),
}

/// A pair and what was found.
#[derive(Debug)]
pub struct Judged<'a> {
    typed: &'a Function,
    volatile: &'a Function,
    /// What was found.
    pub finding: Finding,
}

/// Compares a pair.
#[must_use]
pub fn judge<'a>(target: &str, typed: &'a Function, volatile: &'a Function) -> Judged<'a> {
    let finding = if typed.lines == volatile.lines {
        Finding::Identical
    } else {
        let known = KNOWN
            .iter()
            .find(|known| target.starts_with(known.target) && typed.stem() == known.function);
        match known {
            Some(known) if known.allowed.covers(typed, volatile) => Finding::Stated(known.reason),
            Some(known) => Finding::Wrong(format!("more than was stated: {}", known.reason)),
            None => Finding::Wrong("not the same instructions".into()),
        }
    };
    Judged { typed, volatile, finding }
}

impl Allowed {
    fn covers(&self, typed: &Function, volatile: &Function) -> bool {
        match self {
            Self::Moved => {
                let sorted = |function: &Function| {
                    let mut lines = function.lines.clone();
                    lines.sort_unstable();
                    lines
                };
                typed.accesses() == volatile.accesses() && sorted(typed) == sorted(volatile)
            }
            Self::More(count) => typed.instructions() <= volatile.instructions() + count,
        }
    }
}

impl Judged<'_> {
    /// In one line.
    #[must_use]
    pub fn line(&self) -> String {
        let (name, count) = (self.typed.stem(), self.typed.instructions());
        match &self.finding {
            Finding::Identical => format!("{name:22} identical, {count} instructions"),
            Finding::Stated(reason) => {
                format!("{name:22} {count} for {}: {reason}", self.volatile.instructions())
            }
            Finding::Wrong(why) => format!("{name:22} WRONG: {why}"),
        }
    }

    /// With its instructions: once if they are the same, else both.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let name = self.typed.stem();
        let mut lines = |title: &str, function: &Function| {
            let _ = writeln!(text, "{title}");
            for line in &function.lines {
                let _ = writeln!(text, "    {line}");
            }
        };
        match &self.finding {
            Finding::Identical => lines(&format!("{name}: identical"), self.typed),
            Finding::Stated(why) => {
                lines(&format!("{name}: {why}\n  typed"), self.typed);
                lines("  hand-written", self.volatile);
            }
            Finding::Wrong(why) => {
                lines(&format!("{name}: WRONG: {why}\n  typed"), self.typed);
                lines("  hand-written", self.volatile);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str, lines: &[&str]) -> Function {
        Function { name: name.into(), lines: lines.iter().map(|&line| line.into()).collect() }
    }

    fn finding(target: &str, stem: &str, typed: &[&str], volatile: &[&str]) -> Finding {
        let typed = function(&format!("typed_{stem}"), typed);
        let volatile = function(&format!("volatile_{stem}"), volatile);
        judge(target, &typed, &volatile).finding
    }

    // Nothing but equality passes where no difference is stated.
    #[test]
    fn unstated_difference_is_wrong() {
        let read = ["ldr w0, [x8]", "ret"];
        assert_eq!(finding("aarch64", "read_u32", &read, &read), Finding::Identical);
        let other = ["ldr w1, [x8]", "ret"];
        assert!(matches!(finding("aarch64", "read_u32", &read, &other), Finding::Wrong(_)));
    }

    // A moved instruction passes where that is stated; an access that moved, or one that is new,
    // does not.
    #[test]
    fn stated_move_covers_nothing_more() {
        let typed = ["ldr w9, [x8]", "mov w10, #5", "str w9, [x8]"];
        let moved = ["mov w10, #5", "ldr w9, [x8]", "str w9, [x8]"];
        assert!(matches!(finding("aarch64", "modify", &typed, &moved), Finding::Stated(_)));
        let swapped = ["str w9, [x8]", "mov w10, #5", "ldr w9, [x8]"];
        assert!(matches!(finding("aarch64", "modify", &typed, &swapped), Finding::Wrong(_)));
        let shorter = ["ldr w9, [x8]", "str w9, [x8]"];
        assert!(matches!(finding("aarch64", "modify", &typed, &shorter), Finding::Wrong(_)));
        assert!(matches!(finding("riscv", "modify", &typed, &moved), Finding::Wrong(_)));
    }

    // A stated number of more instructions is a limit.
    #[test]
    fn stated_length_is_a_limit() {
        let volatile = ["mov dword ptr [rax], 7"];
        let typed = ["mov ecx, 7", "mov dword ptr [rax], ecx"];
        assert!(matches!(
            finding("x86_64", "write_constant", &typed, &volatile),
            Finding::Stated(_)
        ));
        let longer = ["nop", "mov ecx, 7", "mov dword ptr [rax], ecx"];
        assert!(matches!(
            finding("x86_64", "write_constant", &longer, &volatile),
            Finding::Wrong(_)
        ));
    }
}
