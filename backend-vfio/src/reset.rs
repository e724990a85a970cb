//! How often a device was reset, and whether it is quiet since.
#![forbid(unsafe_code)]

use std::sync::atomic::Ordering::{AcqRel, Acquire, Release};
use std::sync::atomic::{AtomicBool, AtomicU32};

use dma_core::Epoch;

/// The count of a device's resets.
#[derive(Debug)]
pub(crate) struct Resets {
    device: u32,
    count: AtomicU32,
    quiet: AtomicBool,
}

impl Resets {
    /// Of a device that was just opened.
    pub(crate) fn new() -> Self {
        let device = Epoch::first().device;
        Self { device, count: AtomicU32::new(0), quiet: AtomicBool::new(false) }
    }

    /// The device and its resets so far.
    pub(crate) fn epoch(&self) -> Epoch {
        Epoch { device: self.device, resets: self.count.load(Acquire) }
    }

    /// The device was reset, and its bus mastering is off.
    pub(crate) fn advance(&self) -> Epoch {
        self.quiet.store(true, Release);
        let resets = self.count.fetch_add(1, AcqRel).wrapping_add(1);
        Epoch { device: self.device, resets }
    }

    /// Whether a reset has not been resumed yet.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet.load(Acquire)
    }

    /// The quiet time is over.
    pub(crate) fn resume(&self) {
        self.quiet.store(false, Release);
    }
}
