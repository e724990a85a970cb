//! Which reset of which device: how engines learn that the ground moved.
//!
//! A reset ends what every engine of a device had in flight. The device counts its resets; each
//! engine compares the count on every step and becomes stuck when it has moved. The reset also
//! yields a [`Quiet`] token, the proof that lets an engine hand its buffers back.

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::Relaxed;

/// A device and the number of its resets so far.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Epoch {
    /// The device, unique in the process.
    pub device: u32,
    /// How often it was reset.
    pub resets: u32,
}

impl Epoch {
    /// The epoch of a device that is opened just now, with a number that no other has, and never
    /// zero. For backends.
    #[must_use]
    pub fn first() -> Self {
        static OPENED: AtomicU32 = AtomicU32::new(0);
        loop {
            let device = OPENED.fetch_add(1, Relaxed).wrapping_add(1);
            if device != 0 {
                return Self { device, resets: 0 };
            }
        }
    }
}

/// Proof that a device was reset and does not master the bus.
///
/// The device cannot touch memory as long as this value exists; handing it back to the device
/// (`resume`) enables bus mastering again. Recover the engines in between.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[must_use = "recover the engines with it, then give it back to the device, which stays disabled until then"]
pub struct Quiet {
    epoch: Epoch,
}

impl Quiet {
    /// States that the device is quiet. For backends.
    ///
    /// # Safety
    ///
    /// The device named by `epoch` was reset (the reset that `epoch` counts), and its bus
    /// mastering is off and stays off until this value is consumed or leaked.
    pub const unsafe fn new(epoch: Epoch) -> Self {
        Self { epoch }
    }

    /// The reset that this proves.
    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }
}
