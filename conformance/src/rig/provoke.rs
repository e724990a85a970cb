//! What a rig can make go wrong.
#![forbid(unsafe_code)]

use super::Setup;
use crate::Reason;

/// Something that goes wrong in the field now and then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Provocation {
    /// From now on the device starts nothing, and does not obey when it is told to stop. The
    /// next reset heals it.
    Wedge,
    /// Transfers that start from now on do not end by themselves (`true`), or do again
    /// (`false`); the device can be stopped as well as it ever can be.
    Stall(bool),
    /// The device vanishes: all its registers read as ones, and it masters the bus no more.
    Remove,
    /// Taking a mapping away fails, from now on (`true`) or no more (`false`).
    FailUnmap(bool),
    /// The next so many interrupts do not arrive.
    LoseInterrupts(u32),
    /// So many interrupts arrive without cause, now.
    SpuriousInterrupts(u32),
    /// The count of interrupts is so near its top that it wraps within the next three.
    WrapInterrupts,
    /// Transfers from now on take so many nanoseconds.
    Latency(u64),
    /// The next transfer ends with an error that the device reports.
    DeviceError,
    /// So many nanoseconds pass.
    Time(u64),
}

/// What a rig can make go wrong.
pub trait Provoke: Setup {
    /// Makes something go wrong.
    ///
    /// # Errors
    ///
    /// The reason why this rig cannot.
    fn provoke(&mut self, device: &Self::Device, what: Provocation) -> Result<(), Reason> {
        let _ = device;
        Err(match what {
            Provocation::Wedge => "the device cannot be made to hang",
            Provocation::Stall(_) => "the device cannot be made to stall",
            Provocation::Remove => "the device cannot be removed",
            Provocation::FailUnmap(_) => "unmapping cannot be made to fail",
            Provocation::LoseInterrupts(_) => "interrupts cannot be lost on purpose",
            Provocation::SpuriousInterrupts(_) => "interrupts cannot be raised without cause",
            Provocation::WrapInterrupts => "the count of interrupts cannot be set",
            Provocation::Latency(_) => "the device's latency cannot be set",
            Provocation::DeviceError => "the device cannot be made to report an error",
            Provocation::Time(_) => "time passes by itself",
        })
    }
}
