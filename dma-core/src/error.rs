//! One concrete error, small enough for a microcontroller.
//!
//! [`Error`] says what kind of thing went wrong, in which operation, and one number of detail
//! (a status register, a length). Backends on an operating system have richer errors of their
//! own and turn into this one where the engine needs it. Register accesses cannot fail.
//!
//! A buffer that was given to a failed operation comes back: in [`Refused`] when nothing was
//! started, in [`Failed`] when a job had begun.
#![forbid(unsafe_code)]

use core::fmt;

/// What kind of thing went wrong. Stable: match on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ErrorKind {
    /// No memory, no address range, or a pool is exhausted.
    NoMemory,
    /// The buffer or ring is mapped for another address space.
    OtherDomain,
    /// The device cannot put such a high address on the bus, or the card has no such memory.
    OutOfReach,
    /// An address or length is not aligned as the device or the IOMMU needs.
    Misaligned,
    /// The memory is not whole pages (or cache lines); neighbours would be exposed.
    NotWholePages,
    /// Nothing to do: the length is zero.
    Empty,
    /// Too long, or too many pieces, for what it was given to.
    TooLong,
    /// Too short for what it was given to.
    TooShort,
    /// The memory must be one run of device addresses and is not.
    Scattered,
    /// The buffer or the channel does not permit this direction.
    WrongDirection,
    /// No room now; take a finished job and try again.
    Busy,
    /// The time limit passed.
    TimedOut,
    /// The device reported an error; the detail is its status.
    DeviceFault,
    /// The device answers with all ones: it was removed or has lost power.
    Gone,
    /// Ended because another job failed, or by `stop`.
    Aborted,
    /// The device would not stop: what it may still touch is kept until it is reset.
    Stuck,
    /// The device was reset since; recover the engine first.
    WasReset,
    /// No such job: the ticket is stale or belongs to another engine.
    UnknownTicket,
    /// Nothing can happen any more: no deadline, no event.
    Idle,
    /// Still shared with somebody else.
    Shared,
    /// The device or the road has no such thing.
    Unsupported,
    /// The operating system refused; the detail is its error number.
    Os,
}

impl ErrorKind {
    /// A short phrase for messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoMemory => "out of memory or of address space",
            Self::OtherDomain => "mapped for another device's address space",
            Self::OutOfReach => "beyond the addresses that the device can reach",
            Self::Misaligned => "not aligned as the device needs",
            Self::NotWholePages => "not whole pages: map whole pages, or ask for a bounce buffer",
            Self::Empty => "nothing to transfer: the length is zero",
            Self::TooLong => "too long",
            Self::TooShort => "too short",
            Self::Scattered => "not one contiguous run of device addresses",
            Self::WrongDirection => "this direction is not permitted",
            Self::Busy => "no room now: take a finished job and try again",
            Self::TimedOut => "the time limit passed",
            Self::DeviceFault => "the device reported an error",
            Self::Gone => "the device answers with all ones: removed, or without power",
            Self::Aborted => "ended because another job failed or the engine was stopped",
            Self::Stuck => "the device does not stop: reset it, then recover the engine",
            Self::WasReset => "the device was reset: recover the engine",
            Self::UnknownTicket => "no such job: the ticket is stale or of another engine",
            Self::Idle => "nothing left that could happen: no event and no deadline",
            Self::Shared => "still shared with another owner",
            Self::Unsupported => "not supported here",
            Self::Os => "the operating system refused",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was being done.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Operation {
    /// Opening a device, a channel or a register window.
    Open,
    /// Allocating memory for a device.
    Allocate,
    /// Mapping memory for a device.
    Map,
    /// Taking a mapping away.
    Unmap,
    /// Splitting or joining buffers.
    Split,
    /// Giving a job to an engine.
    Queue,
    /// Waiting for a job, or taking its result.
    Wait,
    /// Running a job.
    Transfer,
    /// Waiting for, or re-arming, an interrupt.
    Interrupt,
    /// Making a channel stop.
    Quiesce,
    /// Stopping an engine or a stream.
    Stop,
    /// Resetting a device.
    Reset,
    /// Bringing an engine back after a reset.
    Recover,
}

impl Operation {
    /// A short phrase for messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Allocate => "allocate",
            Self::Map => "map",
            Self::Unmap => "unmap",
            Self::Split => "split",
            Self::Queue => "queue",
            Self::Wait => "wait",
            Self::Transfer => "transfer",
            Self::Interrupt => "interrupt",
            Self::Quiesce => "quiesce",
            Self::Stop => "stop",
            Self::Reset => "reset",
            Self::Recover => "recover",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error of the core: kind, operation, and one number.
///
/// # Examples
///
/// ```
/// use dma_core::{Error, ErrorKind, Operation};
/// let error = Error::new(ErrorKind::DeviceFault, Operation::Transfer, 0x200);
/// assert_eq!(error.kind(), ErrorKind::DeviceFault);
/// assert_eq!(error.to_string(), "transfer: the device reported an error (0x200)");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Error {
    kind: ErrorKind,
    operation: Operation,
    detail: u32,
}

impl Error {
    /// An error with its detail: a status, a length, an error number; 0 if there is none.
    #[inline]
    #[must_use]
    pub const fn new(kind: ErrorKind, operation: Operation, detail: u32) -> Self {
        Self { kind, operation, detail }
    }

    /// What kind of thing went wrong.
    #[inline]
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What was being done.
    #[inline]
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// A status register, a length or an error number; 0 if there is none.
    #[inline]
    #[must_use]
    pub const fn detail(&self) -> u32 {
        self.detail
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.kind)?;
        if self.detail == 0 { Ok(()) } else { write!(f, " ({:#x})", self.detail) }
    }
}

impl core::error::Error for Error {}

/// Something was not taken, and comes back with the reason. Nothing was started.
pub struct Refused<B, E = Error> {
    /// What was given.
    pub buffer: B,
    /// Why it was not taken.
    pub error: E,
}

impl<B, E> Refused<B, E> {
    /// Puts back together what was given and why it was refused.
    #[inline]
    pub const fn new(buffer: B, error: E) -> Self {
        Self { buffer, error }
    }

    /// Changes what comes back, for instance to unwrap a wrapper.
    #[inline]
    pub fn map<C>(self, change: impl FnOnce(B) -> C) -> Refused<C, E> {
        Refused { buffer: change(self.buffer), error: self.error }
    }
}

impl<B, E: fmt::Debug> fmt::Debug for Refused<B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<B, E: fmt::Display> fmt::Display for Refused<B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<B, E: core::error::Error + 'static> core::error::Error for Refused<B, E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.error)
    }
}

#[cfg(feature = "defmt")]
impl<B, E: defmt::Format> defmt::Format for Refused<B, E> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "Refused({})", self.error);
    }
}

/// A job did not end well.
pub enum Failed<B> {
    /// The device is quiet; the buffer comes back. Its bytes are unspecified.
    Returned(Refused<B>),
    /// The device may still touch the buffer: the engine keeps it until it is recovered after a
    /// reset of the device. The ticket stays good for it.
    Kept(Error),
    /// No job belongs to this ticket; nothing was touched.
    NoSuchJob(Error),
}

impl<B> Failed<B> {
    /// Why.
    #[inline]
    #[must_use]
    pub const fn error(&self) -> Error {
        match self {
            Self::Returned(refused) => refused.error,
            Self::Kept(error) | Self::NoSuchJob(error) => *error,
        }
    }

    /// The buffer, if it came back.
    #[inline]
    #[must_use]
    pub fn into_buffer(self) -> Option<B> {
        match self {
            Self::Returned(refused) => Some(refused.buffer),
            Self::Kept(_) | Self::NoSuchJob(_) => None,
        }
    }
}

impl<B> fmt::Debug for Failed<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Returned(_) => "Returned",
            Self::Kept(_) => "Kept",
            Self::NoSuchJob(_) => "NoSuchJob",
        };
        f.debug_tuple(name).field(&self.error()).finish()
    }
}

#[cfg(feature = "defmt")]
impl<B> defmt::Format for Failed<B> {
    fn format(&self, f: defmt::Formatter<'_>) {
        let name = match self {
            Self::Returned(_) => "Returned",
            Self::Kept(_) => "Kept",
            Self::NoSuchJob(_) => "NoSuchJob",
        };
        defmt::write!(f, "{=str}({})", name, self.error());
    }
}

impl<B> fmt::Display for Failed<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error().fmt(f)
    }
}

impl<B> core::error::Error for Failed<B> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Returned(refused) => Some(&refused.error),
            Self::Kept(error) | Self::NoSuchJob(error) => Some(error),
        }
    }
}
