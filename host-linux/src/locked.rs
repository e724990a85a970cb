//! How much memory a process may lock, and how much it has.
//!
//! A device's memory cannot be paged out, so what is mapped for a device counts against
//! `RLIMIT_MEMLOCK`, huge pages too. The usual limit of 8 MiB is full after two buffers of 4 MiB.
#![forbid(unsafe_code)]

use std::path::Path;

use rustix::process::{Resource, getrlimit};

use crate::{HostError, sysfs};

/// The limit, and what is in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LockedMemory {
    /// In bytes; `None` if there is no limit.
    pub limit: Option<u64>,
    /// Locked and pinned so far, in bytes.
    pub used: u64,
    /// Whether the process may lock beyond the limit (`CAP_IPC_LOCK`).
    pub unlimited: bool,
}

/// The bit of `CAP_IPC_LOCK` in a set of capabilities.
const IPC_LOCK: u32 = 14;

impl LockedMemory {
    /// That of this process.
    ///
    /// # Errors
    ///
    /// `/proc/self/status` cannot be read.
    pub fn current() -> Result<Self, HostError> {
        let status = sysfs::read(Path::new("/proc/self/status"))?;
        Ok(Self::of(&status, getrlimit(Resource::Memlock).current))
    }

    /// Of a process by its status, as in `/proc/self/status`, and its limit.
    #[must_use]
    pub fn of(status: &str, limit: Option<u64>) -> Self {
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.map_or("", |line| line.trim_start_matches(':').trim())
        };
        let bytes = |name| {
            let number = field(name).split_whitespace().next().and_then(|text| text.parse().ok());
            number.map_or(0, |kilobytes: u64| kilobytes.saturating_mul(1024))
        };
        let capabilities = u64::from_str_radix(field("CapEff"), 16).unwrap_or(0);
        Self {
            limit,
            // Type 1 counts in the one, iommufd in the other.
            used: bytes("VmLck").max(bytes("VmPin")),
            unlimited: capabilities >> IPC_LOCK & 1 == 1,
        }
    }

    /// Whether `bytes` more can be locked.
    #[must_use]
    pub fn has_room_for(&self, bytes: u64) -> bool {
        self.unlimited || self.limit.is_none_or(|limit| self.used.saturating_add(bytes) <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: &str =
        "Name:\tx\nVmLck:\t    4096 kB\nVmPin:\t       0 kB\nCapEff:\t0000000000000000\n";

    // An ordinary process is held to its limit, counting what it has locked already.
    #[test]
    fn ordinary_process_is_held_to_its_limit() {
        let locked = LockedMemory::of(STATUS, Some(8 << 20));
        assert_eq!((locked.used, locked.unlimited), (4 << 20, false));
        assert!(locked.has_room_for(4 << 20));
        assert!(!locked.has_room_for((4 << 20) + 1));
        assert!(!locked.has_room_for(u64::MAX));
    }

    // No limit, or the capability, means no limit.
    #[test]
    fn privileged_process_has_room() {
        assert!(LockedMemory::of(STATUS, None).has_room_for(u64::MAX));
        let root = STATUS.replace("CapEff:\t0000000000000000", "CapEff:\t000001ffffffffff");
        assert!(LockedMemory::of(&root, Some(0)).has_room_for(1 << 40));
    }

    // This process has a status that can be read.
    #[test]
    fn own_status_is_read() {
        LockedMemory::current().unwrap();
    }
}
