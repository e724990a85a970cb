//! A refused access: what the hardware saw, and what the machine knows besides.
#![forbid(unsafe_code)]

use std::fmt;

use dma_core::Directions;

use super::{DomainState, PAGE, Requester, Wording};
use crate::ram::Ram;

/// Why the hardware refused an access.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reason {
    /// No page at that address.
    NotMapped,
    /// A page, but not for this direction.
    Permission,
    /// More address bits than the IOMMU translates.
    AddressSize,
    /// No memory at that physical address.
    NoMemory,
}

/// What the machine knows of the address that was refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Cause {
    /// Mapped, and not for this direction.
    WrongDirection {
        /// What the mapping permits.
        permits: Directions,
    },
    /// It was mapped once.
    AfterUnmap {
        /// When that ended, in nanoseconds.
        ended: u64,
    },
    /// Just behind a mapping.
    PastEnd {
        /// Where that mapping begins.
        iova: u64,
        /// How many bytes it has.
        length: u64,
    },
    /// The number is the physical address of memory that the device knows under another.
    PhysicalAddress {
        /// What the device should have been given, if that memory is mapped for it.
        iova: Option<u64>,
    },
    /// The number is a CPU pointer.
    CpuPointer {
        /// What the device should have been given, if that memory is mapped for it.
        iova: Option<u64>,
    },
    /// Mapped, but in another device's domain.
    OtherDomain,
    /// More bits than the IOMMU translates.
    TooManyBits,
    /// Nobody ever gave out that number.
    Unknown,
}

/// One refused access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// When, in nanoseconds of virtual time.
    pub time: u64,
    /// Who.
    pub requester: Requester,
    /// Where: the first address that was refused.
    pub iova: u64,
    /// Whether the device wanted to write.
    pub write: bool,
    /// What the hardware says.
    pub reason: Reason,
    /// What the machine knows.
    pub cause: Cause,
    /// Which of the machine's domains.
    pub(crate) domain: usize,
    /// How many levels of the tables were missing below the one where the walk ended.
    pub(crate) missing: u32,
}

impl Fault {
    /// What a kernel would print for it, without the time stamp; one element a line.
    #[must_use]
    pub fn lines(&self, wording: Wording) -> Vec<String> {
        wording.lines(self)
    }
}

impl fmt::Display for Fault {
    /// What happened and why, in one sentence: what only a simulated machine can know.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.write { "write to" } else { "read from" };
        write!(f, "{} wanted to {verb} {:#x}: ", self.requester, self.iova)?;
        match self.cause {
            Cause::WrongDirection { permits } if permits == Directions::TO_DEVICE => {
                f.write_str("mapped for reading only; map it for writing by the device")
            }
            Cause::WrongDirection { .. } => {
                f.write_str("mapped for writing only; map it for reading by the device")
            }
            Cause::AfterUnmap { ended } => {
                write!(f, "unmapped at {ended} ns; keep the buffer until the device is done")
            }
            Cause::PastEnd { iova, length } => {
                write!(f, "past the end of the {length} bytes at {iova:#x}")
            }
            Cause::PhysicalAddress { iova } => {
                f.write_str("that is a physical address, not one of this device; ")?;
                should_have_been(f, iova)
            }
            Cause::CpuPointer { iova } => {
                f.write_str("that is a CPU pointer, not an address of this device; ")?;
                should_have_been(f, iova)
            }
            Cause::OtherDomain => f.write_str("mapped for another device, not for this one"),
            Cause::TooManyBits => f.write_str("more address bits than the IOMMU translates"),
            Cause::Unknown => f.write_str("nothing was ever mapped there"),
        }
    }
}

fn should_have_been(f: &mut fmt::Formatter<'_>, iova: Option<u64>) -> fmt::Result {
    match iova {
        Some(iova) => write!(f, "the device knows that memory as {iova:#x}"),
        None => f.write_str("and that memory is not mapped for it: map it first"),
    }
}

impl Cause {
    /// Finds out what is known of an address that was refused.
    pub(crate) fn find(
        iova: u64,
        reason: Reason,
        own: &DomainState,
        mut others: impl Iterator<Item = bool>,
        ram: &Ram,
    ) -> Self {
        if let Some(mapping) = own.mapping_at(iova)
            && reason == Reason::Permission
        {
            return Self::WrongDirection { permits: mapping.permits };
        }
        let known_as = |physical| {
            let mapping = own.mapping_of(physical)?;
            own.is_translating().then_some(mapping.iova + (physical - mapping.physical))
        };
        if let Some(physical) = usize::try_from(iova).ok().and_then(|cpu| ram.physical_of(cpu)) {
            return Self::CpuPointer { iova: known_as(physical) };
        }
        if reason == Reason::AddressSize {
            return Self::TooManyBits;
        }
        if let Some(ended) = own.ended_at(iova) {
            return Self::AfterUnmap { ended };
        }
        if own.is_translating() && ram.has(iova) {
            return Self::PhysicalAddress { iova: known_as(iova) };
        }
        if let Some(mapping) = own.mapping_below(iova)
            && iova - mapping.iova < mapping.length.saturating_add(4 * PAGE)
            && !own.rests(iova)
        {
            return Self::PastEnd { iova: mapping.iova, length: mapping.length };
        }
        if others.any(|maps| maps) { Self::OtherDomain } else { Self::Unknown }
    }
}
