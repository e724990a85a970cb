//! How often a device was reset, and whether it is quiet since.
#![forbid(unsafe_code)]

use std::sync::atomic::Ordering::{AcqRel, Acquire, Release};
use std::sync::atomic::{AtomicBool, AtomicU32};

use dma_core::Epoch;

/// The count of a device's resets. For backends.
#[derive(Debug)]
pub struct Resets {
    device: u32,
    count: AtomicU32,
    quiet: AtomicBool,
}

impl Default for Resets {
    fn default() -> Self {
        Self::new()
    }
}

impl Resets {
    /// Of a device that was just opened.
    #[must_use]
    pub fn new() -> Self {
        let device = Epoch::first().device;
        Self { device, count: AtomicU32::new(0), quiet: AtomicBool::new(false) }
    }

    /// The device and its resets so far.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        Epoch { device: self.device, resets: self.count.load(Acquire) }
    }

    /// The device was reset, and its bus mastering is off.
    pub fn advance(&self) -> Epoch {
        self.quiet.store(true, Release);
        let resets = self.count.fetch_add(1, AcqRel).wrapping_add(1);
        Epoch { device: self.device, resets }
    }

    /// Whether a reset has not been resumed yet.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.quiet.load(Acquire)
    }

    /// The quiet time is over.
    pub fn resume(&self) {
        self.quiet.store(false, Release);
    }
}
