//! What an address space asked of the kernel so far.
#![forbid(unsafe_code)]

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

/// How often the kernel was asked to map and unmap, and for how much.
///
/// Transfers with buffers that stay leave these as they are: that is what pools are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counters {
    /// Mappings made.
    pub maps: u64,
    /// Mappings taken away.
    pub unmaps: u64,
    /// Bytes mapped now.
    pub mapped_bytes: u64,
    /// Unmappings that the kernel refused or did by halves; that memory is leaked.
    pub refused_unmaps: u64,
}

/// The same while it changes.
#[derive(Debug, Default)]
pub(crate) struct Counting {
    maps: AtomicU64,
    unmaps: AtomicU64,
    mapped_bytes: AtomicU64,
    refused_unmaps: AtomicU64,
}

impl Counting {
    pub(crate) fn mapped(&self, bytes: u64) {
        self.maps.fetch_add(1, Relaxed);
        self.mapped_bytes.fetch_add(bytes, Relaxed);
    }

    pub(crate) fn unmapped(&self, bytes: u64) {
        self.unmaps.fetch_add(1, Relaxed);
        self.mapped_bytes.fetch_sub(bytes, Relaxed);
    }

    pub(crate) fn refused(&self) {
        self.refused_unmaps.fetch_add(1, Relaxed);
    }

    pub(crate) fn read(&self) -> Counters {
        Counters {
            maps: self.maps.load(Relaxed),
            unmaps: self.unmaps.load(Relaxed),
            mapped_bytes: self.mapped_bytes.load(Relaxed),
            refused_unmaps: self.refused_unmaps.load(Relaxed),
        }
    }
}
