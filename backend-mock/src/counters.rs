//! What happened, counted: for tests of drivers, and for leak checks.
#![forbid(unsafe_code)]

use std::fmt;

/// What one device did since it was plugged in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Counters {
    /// Loads from registers.
    pub loads: u64,
    /// Stores to registers.
    pub stores: u64,
    /// Lendings of memory.
    pub allocations: u64,
    /// Mappings made: one for each run of device addresses.
    pub maps: u64,
    /// Mappings ended.
    pub unmaps: u64,
    /// Interrupts that fired.
    pub interrupts: u64,
    /// Interrupts that were lost by injection.
    pub lost_interrupts: u64,
    /// Interrupts that were delayed by injection.
    pub delayed_interrupts: u64,
    /// Loads from registers that were made to fail by injection.
    pub failed_loads: u64,
    /// Accesses of memory that were made to fail by injection.
    pub failed_accesses: u64,
    /// Accesses of memory that were cut short by injection.
    pub short_transfers: u64,
    /// Ends of mappings that were refused by injection.
    pub refused_unmaps: u64,
    /// Accesses by which the device read memory.
    pub reads: u64,
    /// Accesses by which it wrote memory.
    pub writes: u64,
    /// Bytes that it read.
    pub read_bytes: u64,
    /// Bytes that it wrote.
    pub written_bytes: u64,
    /// Accesses dropped because bus mastering was off.
    pub dropped: u64,
    /// Accesses that the IOMMU refused, or that no memory answered.
    pub faults: u64,
    /// Hand-overs of memory to the device.
    pub syncs_to_device: u64,
    /// Hand-overs of memory to the CPU.
    pub syncs_to_cpu: u64,
    /// Complaints, see [`MockDevice::complaints`](crate::MockDevice::complaints).
    pub complaints: u64,
}

/// What is still there of a machine: nothing, when everything was closed and given back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Leaks {
    /// Devices that are open.
    pub devices: usize,
    /// Domains besides the physical one.
    pub domains: usize,
    /// Live mappings in all domains.
    pub mappings: usize,
    /// Pages of memory.
    pub pages: usize,
}

impl Leaks {
    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Leaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} open devices, {} domains, {} mappings, {} pages of memory",
            self.devices, self.domains, self.mappings, self.pages
        )
    }
}

/// Accesses of each register: loads and stores by offset, in words of four bytes.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    words: Vec<[u64; 2]>,
}

impl Touched {
    #[inline]
    pub(crate) fn count(&mut self, offset: usize, store: bool) {
        let word = offset / 4;
        if word >= self.words.len() {
            self.words.resize(word + 1, [0; 2]);
        }
        self.words[word][usize::from(store)] += 1;
    }

    pub(crate) fn get(&self, offset: usize, store: bool) -> u64 {
        self.words.get(offset / 4).map_or(0, |word| word[usize::from(store)])
    }
}
