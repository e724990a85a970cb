//! How a case ends: passed, not applicable (why), or failed (where).
//!
//! A failure says what was looked at, what was expected, what was seen, and where in the suite;
//! all of it without an allocation, so that a microcontroller can print it.
#![forbid(unsafe_code)]

use core::fmt;
use core::panic::Location;

use dma_core::{Error, ErrorKind, Failed, Refused};

/// Why something does not apply to a rig, in a few words.
pub type Reason = &'static str;

/// A value of a comparison that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Value {
    /// A number.
    Number(u64),
    /// An address or a status, better read in hexadecimal.
    Hexadecimal(u64),
    /// A byte of a buffer.
    Byte {
        /// Where it stands.
        at: usize,
        /// What it is.
        value: u8,
    },
    /// An error.
    Error(Error),
    /// A kind of error.
    Kind(ErrorKind),
    /// Words.
    Text(&'static str),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Hexadecimal(number) => write!(f, "{number:#x}"),
            Self::Byte { at, value } => write!(f, "{value:#04x} at byte {at}"),
            Self::Error(error) => write!(f, "\"{error}\""),
            Self::Kind(kind) => write!(f, "\"{kind}\""),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(u64::from(number))
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(u64::from(number))
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Text(if truth { "yes" } else { "no" })
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<ErrorKind> for Value {
    fn from(kind: ErrorKind) -> Self {
        Self::Kind(kind)
    }
}

/// What went wrong in a case.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    /// What was looked at.
    pub what: &'static str,
    /// What it should have been.
    pub expected: Value,
    /// What it was.
    pub seen: Value,
    /// Where in the suite.
    pub place: &'static Location<'static>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, expected, seen, place } = self;
        write!(f, "{what}: expected {expected}, saw {seen} ({}:{})", place.file(), place.line())
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Failure {
    fn format(&self, f: defmt::Formatter<'_>) {
        let Self { what, expected, seen, place } = self;
        let (file, line) = (place.file(), place.line());
        defmt::write!(
            f,
            "{=str}: expected {}, saw {} ({=str}:{=u32})",
            what,
            expected,
            seen,
            file,
            line
        );
    }
}

/// Why a case ended before its last line.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Halt {
    /// The rig has no such thing.
    NotApplicable(Reason),
    /// The rig is wrong.
    Failed(Failure),
}

impl Halt {
    /// A failure at the caller's line.
    #[track_caller]
    pub fn failed(what: &'static str, expected: impl Into<Value>, seen: impl Into<Value>) -> Self {
        Self::Failed(Failure {
            what,
            expected: expected.into(),
            seen: seen.into(),
            place: Location::caller(),
        })
    }
}

/// A rig's optional thing that is not there ends the case with its reason.
impl From<Reason> for Halt {
    fn from(reason: Reason) -> Self {
        Self::NotApplicable(reason)
    }
}

/// Fails unless `truth`.
#[track_caller]
pub(crate) fn check(truth: bool, what: &'static str) -> Result<(), Halt> {
    if truth { Ok(()) } else { Err(Halt::failed(what, "yes", "no")) }
}

/// Fails unless both are the same.
#[track_caller]
pub(crate) fn equal<T>(seen: T, expected: T, what: &'static str) -> Result<(), Halt>
where
    T: PartialEq + Into<Value>,
{
    if seen == expected { Ok(()) } else { Err(Halt::failed(what, expected, seen)) }
}

/// Fails unless `seen` is at most `limit`.
#[track_caller]
pub(crate) fn at_most(seen: u64, limit: u64, what: &'static str) -> Result<(), Halt> {
    if seen <= limit {
        Ok(())
    } else {
        Err(Halt::Failed(Failure {
            what,
            expected: Value::Number(limit),
            seen: Value::Number(seen),
            place: Location::caller(),
        }))
    }
}

/// What an error of any shape says in the core's words.
pub(crate) trait Cause {
    /// The core's error.
    fn cause(&self) -> Error;
}

impl Cause for Error {
    fn cause(&self) -> Error {
        *self
    }
}

impl<B> Cause for Refused<B> {
    fn cause(&self) -> Error {
        self.error
    }
}

impl<B> Cause for Failed<B> {
    fn cause(&self) -> Error {
        self.error()
    }
}

/// Turns what should have worked into a failure with its place.
pub(crate) trait OrFail<T> {
    /// The value, or a failure of `what`.
    fn or_fail(self, what: &'static str) -> Result<T, Halt>;
}

impl<T, E: Cause> OrFail<T> for Result<T, E> {
    #[track_caller]
    fn or_fail(self, what: &'static str) -> Result<T, Halt> {
        match self {
            Ok(value) => Ok(value),
            Err(error) => Err(Halt::failed(what, "success", Value::Error(error.cause()))),
        }
    }
}

impl<T> OrFail<T> for Option<T> {
    #[track_caller]
    fn or_fail(self, what: &'static str) -> Result<T, Halt> {
        self.ok_or(Halt::failed(what, "something", "nothing"))
    }
}

/// Turns what should have been refused into a failure, if it was not, or not for this reason.
pub(crate) trait Refusal<E> {
    /// The error, if there is one and it is of one of these kinds.
    fn refused_as(self, kinds: &[ErrorKind], what: &'static str) -> Result<E, Halt>;
}

impl<T, E: Cause> Refusal<E> for Result<T, E> {
    #[track_caller]
    fn refused_as(self, kinds: &[ErrorKind], what: &'static str) -> Result<E, Halt> {
        let wanted = kinds.first().copied().map_or(Value::Text("a refusal"), Value::Kind);
        match self {
            Err(error) if kinds.contains(&error.cause().kind()) => Ok(error),
            Err(error) => Err(Halt::failed(what, wanted, Value::Error(error.cause()))),
            Ok(_) => Err(Halt::failed(what, wanted, "success")),
        }
    }
}
