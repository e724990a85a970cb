//! What a channel notes in its status register, by name.
#![forbid(unsafe_code)]

use core::fmt;

use bitflags::bitflags;
use dma_core::{Direction, Error};
use register_map::fields::FieldValue;
use register_map::xdma::direction::channel::STATUS;

/// One bit of a field of five errors.
const fn one(field: FieldValue<u32, STATUS::Register>) -> u32 {
    field.value
}

bitflags! {
    /// The status register of a channel: the detail of its
    /// [`DeviceFault`](dma_core::ErrorKind::DeviceFault).
    ///
    /// What a bit of [`READ_ERRORS`](Self::READ_ERRORS) and of
    /// [`WRITE_ERRORS`](Self::WRITE_ERRORS) means depends on which side is host memory:
    /// [`XdmaStatus::of`] knows.
    ///
    /// # Examples
    ///
    /// ```
    /// use channels::xdma::XdmaStatus;
    /// use dma_core::{Direction, Error, ErrorKind, Operation};
    /// let error = Error::new(ErrorKind::DeviceFault, Operation::Transfer, 0x200);
    /// let status = XdmaStatus::from(error);
    /// assert!(status.is_error());
    /// assert_eq!(status.to_string(), "read error 0x1");
    /// assert_eq!(
    ///     status.of(Direction::ToDevice).to_string(),
    ///     "reading host memory: unsupported request"
    /// );
    /// assert_eq!(status.of(Direction::FromDevice).to_string(), "reading the card: decode error");
    /// ```
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub struct XdmaStatus: u32 {
        /// The engine is at work.
        const BUSY = one(STATUS::BUSY::SET);
        /// A descriptor that ends a list was completed.
        const DESCRIPTOR_STOPPED = one(STATUS::DESCRIPTOR_STOPPED::SET);
        /// A descriptor that is to be told of was completed.
        const DESCRIPTOR_COMPLETED = one(STATUS::DESCRIPTOR_COMPLETED::SET);
        /// Source and destination are not aligned to one another.
        const ALIGN_MISMATCH = one(STATUS::ALIGN_MISMATCH::SET);
        /// What was fetched is no descriptor.
        const MAGIC_STOPPED = one(STATUS::MAGIC_STOPPED::SET);
        /// A length that a stream cannot carry.
        const INVALID_LENGTH = one(STATUS::INVALID_LENGTH::SET);
        /// The engine has become idle after it was told to stop.
        const IDLE_STOPPED = one(STATUS::IDLE_STOPPED::SET);
        /// The side that is read answered with an error: five bits.
        const READ_ERRORS = one(STATUS::READ_ERROR.val(0x1f));
        /// The side that is written answered with an error: five bits.
        const WRITE_ERRORS = one(STATUS::WRITE_ERROR.val(0x1f));
        /// Fetching a descriptor failed: five bits.
        const DESCRIPTOR_ERRORS = one(STATUS::DESCRIPTOR_ERROR.val(0x1f));
    }
}

impl XdmaStatus {
    /// Everything that ends a list before its end.
    pub const ERRORS: Self = Self::ALIGN_MISMATCH
        .union(Self::MAGIC_STOPPED)
        .union(Self::INVALID_LENGTH)
        .union(Self::READ_ERRORS)
        .union(Self::WRITE_ERRORS)
        .union(Self::DESCRIPTOR_ERRORS);

    /// What the driver wants to be told of.
    pub(super) const CAUSES: Self = Self::ERRORS.union(Self::DESCRIPTOR_COMPLETED);

    /// Whether the engine met an error.
    #[must_use]
    pub const fn is_error(self) -> bool {
        self.intersects(Self::ERRORS)
    }

    /// The same in the words of a channel of this direction.
    #[must_use]
    pub const fn of(self, direction: Direction) -> Described {
        Described { status: self, direction: Some(direction) }
    }
}

impl From<Error> for XdmaStatus {
    /// The status in the detail of an error.
    fn from(error: Error) -> Self {
        Self::from_bits_retain(error.detail())
    }
}

impl fmt::Display for XdmaStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Described { status: *self, direction: None }.fmt(f)
    }
}

/// A status with its errors in words; see [`XdmaStatus::of`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Described {
    status: XdmaStatus,
    direction: Option<Direction>,
}

/// Bits that stand for themselves.
const PLAIN: [(XdmaStatus, &str); 7] = [
    (XdmaStatus::BUSY, "busy"),
    (XdmaStatus::DESCRIPTOR_STOPPED, "end of list"),
    (XdmaStatus::DESCRIPTOR_COMPLETED, "descriptor completed"),
    (XdmaStatus::ALIGN_MISMATCH, "addresses not aligned to one another"),
    (XdmaStatus::MAGIC_STOPPED, "no descriptor where one should be"),
    (XdmaStatus::INVALID_LENGTH, "length not a multiple of the stream's width"),
    (XdmaStatus::IDLE_STOPPED, "stopped"),
];

/// What the bus answers to a read of host memory.
const HOST: [&str; 5] = [
    "unsupported request",
    "completer abort",
    "parity error",
    "poisoned answer",
    "unexpected answer",
];

/// What the card's own side answers.
const CARD: [&str; 5] =
    ["decode error", "slave error", "reserved bit 2", "reserved bit 3", "reserved bit 4"];

impl fmt::Display for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use Direction::{FromDevice, ToDevice};
        let mut list = List { f, any: false };
        for (flag, name) in PLAIN {
            if self.status.contains(flag) {
                list.item(format_args!("{name}"))?;
            }
        }
        let bits = self.status.bits();
        let (read, write, fetch) = (bits >> 9 & 0x1f, bits >> 14 & 0x1f, bits >> 19 & 0x1f);
        match self.direction {
            None => {
                list.raw("read error", read)?;
                list.raw("write error", write)?;
            }
            Some(ToDevice) => {
                list.errors("reading host memory", &HOST, read)?;
                list.errors("writing to the card", &CARD, write)?;
            }
            Some(FromDevice) => {
                list.errors("reading the card", &CARD, read)?;
                list.errors("writing host memory", &CARD, write)?;
            }
        }
        list.errors("fetching a descriptor", &HOST, fetch)?;
        if list.any { Ok(()) } else { f.write_str("idle") }
    }
}

/// A list with commas.
struct List<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    any: bool,
}

impl List<'_, '_> {
    fn item(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        if core::mem::replace(&mut self.any, true) {
            self.f.write_str(", ")?;
        }
        self.f.write_fmt(text)
    }

    fn raw(&mut self, what: &str, bits: u32) -> fmt::Result {
        if bits == 0 { Ok(()) } else { self.item(format_args!("{what} {bits:#x}")) }
    }

    fn errors(&mut self, doing: &str, names: &[&str; 5], bits: u32) -> fmt::Result {
        for (bit, name) in names.iter().enumerate() {
            if bits & 1 << bit != 0 {
                self.item(format_args!("{doing}: {name}"))?;
            }
        }
        Ok(())
    }
}
