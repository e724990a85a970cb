//! How often a device was reset, in a `static` that its signals share.
#![forbid(unsafe_code)]

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};

use dma_core::Epoch;

/// A device's number and the count of its resets. One `static` per device.
#[derive(Debug)]
pub struct Resets {
    /// Zero as long as nobody asked.
    device: AtomicU32,
    count: AtomicU32,
}

impl Resets {
    /// No reset yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { device: AtomicU32::new(0), count: AtomicU32::new(0) }
    }

    /// The device and its resets so far.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        Epoch { device: self.device(), resets: self.count() }
    }

    /// How often it was reset so far; wraps.
    #[inline]
    pub(crate) fn count(&self) -> u32 {
        self.count.load(Acquire)
    }

    /// The device was reset.
    pub(crate) fn advance(&self) -> Epoch {
        let resets = self.count.fetch_add(1, AcqRel).wrapping_add(1);
        Epoch { device: self.device(), resets }
    }

    /// The number, which is given out at the first question.
    pub(crate) fn device(&self) -> u32 {
        let known = self.device.load(Relaxed);
        if known != 0 {
            return known;
        }
        let fresh = Epoch::first().device;
        self.device
            .compare_exchange(0, fresh, Relaxed, Relaxed)
            .map_or_else(|other| other, |_| fresh)
    }
}

impl Default for Resets {
    fn default() -> Self {
        Self::new()
    }
}
