//! One driver a device: who has opened its card.
//!
//! A channel promises that nobody else stores to its registers. Clones of a device are many, so
//! the facade remembers which devices have an open card. The claim lives in the channels: it
//! ends when the last of them is dropped, and never if one is leaked, since its device may then
//! go on for ever.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The devices with an open card, by their numbers of [`Epoch`](dma_core::Epoch).
static OPEN: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// The right to drive one device.
#[derive(Debug)]
pub(crate) struct Claim {
    /// `None`: whoever opens the card answers for all its channels.
    device: Option<u32>,
}

impl Claim {
    /// Takes the right, if nobody has it.
    pub(crate) fn take(device: u32) -> Option<Self> {
        open().insert(device).then(|| Self { device: Some(device) })
    }

    /// No right: somebody else answers for what the device is told.
    pub(crate) const fn none() -> Self {
        Self { device: None }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(device) = self.device {
            open().remove(&device);
        }
    }
}

/// A set of numbers is whole whatever panicked beside it.
fn open() -> MutexGuard<'static, BTreeSet<u32>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}
