// SPDX-License-Identifier: GPL-2.0-only

//! Areas of a process's address space that are being set up by `mmap(2)`.

use kernel::{
    bindings,
    error::to_result,
    mm::virt::VmaNew,
    page::PAGE_SHIFT,
    prelude::*, //
};

use super::{
    coherent::Coherent,
    glue, //
};

/// An area that a program wants to have mapped.
pub(crate) struct Area<'a>(&'a VmaNew);

impl<'a> Area<'a> {
    /// Refuses what no device memory can be: private copies, programs to run; and keeps it out of
    /// children, out of core dumps, and as long as it is.
    pub(crate) fn new(vma: &'a VmaNew) -> Result<Self> {
        if vma.flags() & bindings::VM_SHARED == 0 {
            return Err(EINVAL);
        }
        vma.try_clear_mayexec()?;
        vma.set_dontcopy();
        vma.set_dontexpand();
        vma.set_dontdump();
        vma.set_io();
        Ok(Self(vma))
    }

    /// What it is a map of: the offset that was given to `mmap(2)`.
    pub(crate) fn offset(&self) -> u64 {
        // SAFETY: an area that is being set up; nobody else changes it.
        let pages = unsafe { (*self.0.as_ptr()).vm_pgoff };
        (pages as u64) << PAGE_SHIFT
    }

    /// Makes the offset one into what is mapped.
    fn set_offset(&self, offset: u64) {
        // CAST: it was a number of pages before.
        let pages = (offset >> PAGE_SHIFT) as usize;
        // SAFETY: an area that is being set up; nobody else looks at it yet.
        unsafe { (*self.0.as_ptr()).vm_pgoff = pages };
    }

    /// Maps registers, from `offset` on; the kernel checks that they do not end before the area.
    pub(crate) fn registers(self, first: u64, length: u64, offset: u64) -> Result {
        self.set_offset(offset);
        // SAFETY: an area that is being set up.
        unsafe { glue::uncached(self.0.as_ptr()) };
        // SAFETY: an area that is being set up; the range is a BAR that was claimed by us, and the
        // area keeps the file open, and so the driver bound.
        to_result(unsafe { bindings::vm_iomap_memory(self.0.as_ptr(), first, length as usize) })
    }

    /// Maps coherent memory as its device's coherency needs, from `offset` on; the kernel checks
    /// that it does not end before the area. The memory counts its areas from now on.
    ///
    /// # Safety
    ///
    /// The memory is not freed before its count is zero: not while the file of the area is open,
    /// unless it is looked at.
    pub(crate) unsafe fn coherent(self, memory: &Coherent, offset: u64) -> Result {
        self.set_offset(offset);
        let vma = self.0.as_ptr();
        memory.map(vma)?;
        // SAFETY: an area that is being set up; nobody else looks at it yet.
        unsafe { (*vma).vm_private_data = core::ptr::from_ref(memory).cast_mut().cast() };
        // SAFETY: as above.
        unsafe { (*vma).vm_ops = OPERATIONS };
        memory.opened();
        Ok(())
    }
}

// No `static`: with some options of the kernel it has a pointer in it, which Rust would not share.
const OPERATIONS: &bindings::vm_operations_struct = &bindings::vm_operations_struct {
    open: Some(opened),
    close: Some(closed),
    ..pin_init::zeroed()
};

/// # Safety
///
/// The kernel calls it for an area that [`Area::coherent`] has set up, or for a part of one.
unsafe extern "C" fn opened(vma: *mut bindings::vm_area_struct) {
    // SAFETY: set by `Area::coherent`; the memory is there, as its count is not zero.
    let memory = unsafe { &*(*vma).vm_private_data.cast::<Coherent>() };
    memory.opened();
}

/// # Safety
///
/// As [`opened`].
unsafe extern "C" fn closed(vma: *mut bindings::vm_area_struct) {
    // SAFETY: set by `Area::coherent`; the memory is there, as its count is not zero yet.
    let memory = unsafe { &*(*vma).vm_private_data.cast::<Coherent>() };
    memory.closed();
}
