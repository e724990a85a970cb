//! How a command ended that could do what it was asked for.
#![forbid(unsafe_code)]

use std::process::ExitCode;

/// What the manual says of exit codes.
pub(crate) const EXIT_CODES: &str = "\
Exit codes: 0 done, and nothing is wrong with what was looked at; 1 something could not be done, \
and the reason is printed; 2 wrong arguments; 3 done, and what was looked at is not well: \
`explain` found faults, `doctor` no road that a card can use \
now, `test` a case that failed.";

/// The answer to the question that a command is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Answer {
    /// Nothing is wrong with what was looked at.
    Good,
    /// It was looked at, and something is wrong.
    Bad,
}

impl Answer {
    /// Good if so.
    pub(crate) const fn good_if(good: bool) -> Self {
        if good { Self::Good } else { Self::Bad }
    }
}

impl From<Answer> for ExitCode {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Good => Self::SUCCESS,
            Answer::Bad => Self::from(3),
        }
    }
}
