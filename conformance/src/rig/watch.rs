//! What a rig can count.
#![forbid(unsafe_code)]

use super::Setup;
use crate::Reason;

/// Why the IOMMU refused an access, as far as its log tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Cause {
    /// Nothing is mapped there.
    NotMapped,
    /// Mapped, but not for this direction.
    WrongDirection,
    /// It was mapped once.
    AfterUnmap,
    /// Just behind a mapping.
    PastEnd,
}

impl Cause {
    /// Its words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotMapped => "not mapped",
            Self::WrongDirection => "mapped for the other direction",
            Self::AfterUnmap => "mapped no more",
            Self::PastEnd => "past the end of a mapping",
        }
    }
}

/// Accesses of a device that the IOMMU refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Faults {
    /// How many; where the system only keeps evidence, 1 stands for any number.
    pub count: u32,
    /// The address of the last one, if it is known.
    pub iova: Option<u64>,
    /// Whether the last one was a write, if it is known.
    pub write: Option<bool>,
    /// Why the last one was refused, if the log tells. Plain hardware tells a missing page from
    /// a missing permission; only a simulated machine knows more.
    pub cause: Option<Cause>,
}

/// What a rig can count.
pub trait Watch: Setup {
    /// Whether an IOMMU stands between device and memory and refuses what is not mapped.
    ///
    /// # Errors
    ///
    /// The reason why none does. Wrong addresses are not tried then: they would corrupt memory.
    fn translates(&self) -> Result<(), Reason> {
        Err("nothing translates: a wrong address would corrupt memory")
    }

    /// The refused accesses since the last call.
    ///
    /// # Errors
    ///
    /// The reason why they cannot be known.
    fn faults(&mut self) -> Result<Faults, Reason> {
        Err("refused accesses cannot be seen")
    }

    /// How many mappings, or lent pieces of memory, are alive.
    ///
    /// # Errors
    ///
    /// The reason why they cannot be counted.
    fn mappings(&self) -> Result<usize, Reason> {
        Err("mappings cannot be counted")
    }

    /// How many bytes of memory are lent.
    ///
    /// # Errors
    ///
    /// The reason why they cannot be counted.
    fn lent(&self) -> Result<usize, Reason> {
        Err("lent memory cannot be counted")
    }

    /// How many stores to doorbell registers the device has seen.
    ///
    /// # Errors
    ///
    /// The reason why they cannot be counted.
    fn doorbells(&self, device: &Self::Device) -> Result<u64, Reason> {
        let _ = device;
        Err("doorbells cannot be counted")
    }

    /// Whether the road can forbid the device to master the bus.
    ///
    /// # Errors
    ///
    /// The reason why it cannot.
    fn forbids_mastering(&self) -> Result<(), Reason> {
        Err("the device has no switch for bus mastering")
    }

    /// Whether signals wake a task, so that it needs no polling meanwhile.
    ///
    /// # Errors
    ///
    /// The reason why a task must be polled again and again.
    fn wakes(&self) -> Result<(), Reason> {
        Ok(())
    }
}
