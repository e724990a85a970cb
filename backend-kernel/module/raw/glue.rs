// SPDX-License-Identifier: GPL-2.0-only

//! The functions of `glue.c`.

use kernel::{
    bindings,
    prelude::*, //
};

use super::pci::PciFunction;

#[expect(improper_ctypes, reason = "structures of the kernel, by pointer only")]
extern "C" {
    fn anydma_prepare(dev: *mut bindings::device);
    fn anydma_protection(dev: *mut bindings::device) -> u32;
    fn anydma_cache_line() -> u32;
    fn anydma_coherent(dev: *mut bindings::device) -> bool;
    fn anydma_needs_sync(dev: *mut bindings::device, handle: bindings::dma_addr_t) -> bool;
    fn anydma_sync(
        dev: *mut bindings::device,
        handle: bindings::dma_addr_t,
        length: usize,
        direction: c_int,
        to_cpu: bool,
    );
    fn anydma_uncached(vma: *mut bindings::vm_area_struct);
}

/// What stands between a device and memory that was not lent to it.
#[derive(Clone, Copy)]
pub(crate) struct Protection(u32);

impl Protection {
    /// An IOMMU translates.
    pub(crate) fn is_translated(self) -> bool {
        self.0 & 1 != 0
    }

    /// What is freed is out of reach at once.
    pub(crate) fn is_strict(self) -> bool {
        self.0 & 2 != 0
    }

    /// Alone in its group, and its messages raise no other's interrupt.
    pub(crate) fn is_isolated(self) -> bool {
        self.0 & 4 != 0
    }

    /// Whether who has no privilege may drive the device.
    pub(crate) fn is_whole(self) -> bool {
        self.0 & 7 == 7
    }
}

/// Length of what CPU and device must not share where caches are maintained.
pub(crate) fn cache_line() -> u32 {
    // SAFETY: it takes nothing.
    unsafe { anydma_cache_line() }
}

/// Takes a page table's entries for registers: neither cached nor gathered.
///
/// # Safety
///
/// The area is being set up by `mmap(2)`.
pub(super) unsafe fn uncached(vma: *mut bindings::vm_area_struct) {
    // SAFETY: the caller keeps the contract: nobody else looks at the area yet.
    unsafe { anydma_uncached(vma) }
}

impl PciFunction {
    /// Lets runs be as long as they come out.
    pub(crate) fn prepare(&self) {
        // SAFETY: a device that a reference is held to.
        unsafe { anydma_prepare(self.device_ptr()) }
    }

    pub(crate) fn protection(&self) -> Protection {
        // SAFETY: a device that a reference is held to.
        Protection(unsafe { anydma_protection(self.device_ptr()) })
    }

    /// Whether it sees into the CPU's caches.
    pub(crate) fn is_coherent(&self) -> bool {
        // SAFETY: a device that a reference is held to.
        unsafe { anydma_coherent(self.device_ptr()) }
    }

    /// Whether what is mapped there has to be handed over.
    pub(super) fn needs_sync(&self, handle: u64) -> bool {
        // SAFETY: a device that a reference is held to; the handle is only looked at.
        unsafe { anydma_needs_sync(self.device_ptr(), handle) }
    }

    /// Hands bytes over.
    ///
    /// # Safety
    ///
    /// They are in one piece for the CPU, and are mapped there for the device, in this direction.
    pub(super) unsafe fn sync(
        &self,
        handle: u64,
        length: usize,
        direction: bindings::dma_data_direction,
        to_cpu: bool,
    ) {
        // CAST: the enumeration has four values.
        let direction = direction.0 as c_int;
        // SAFETY: the caller keeps the contract.
        unsafe { anydma_sync(self.device_ptr(), handle, length, direction, to_cpu) }
    }
}
