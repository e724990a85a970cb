// SPDX-License-Identifier: GPL-2.0-only

//! Memory of a program, pinned and mapped for a device.

use core::{
    ops::Range,
    ptr::NonNull, //
};

use kernel::{
    bindings,
    dma::DataDirection,
    error::to_result,
    mm::Mm,
    page::{
        PAGE_SHIFT,
        PAGE_SIZE, //
    },
    prelude::*,
    scatterlist::SGTable,
    sync::aref::ARef,
    types::Opaque, //
};

use super::pci::PciFunction;
use crate::uapi::Run;

/// Pages of a program that stay where they are; unpinned as this is dropped.
struct Pages {
    pages: KVVec<*mut bindings::page>,
    /// Whose limit of locked memory they count for, and how many of them are counted.
    mm: ARef<Mm>,
    counted: usize,
    /// Whether the device may have written them.
    written: bool,
}

// SAFETY: pages that are pinned may be unpinned by any task.
unsafe impl Send for Pages {}
// SAFETY: nothing changes through a shared reference.
unsafe impl Sync for Pages {}

/// The list of the pages' pieces; freed as this is dropped.
struct Table(KBox<Opaque<bindings::sg_table>>);

// SAFETY: a list in memory of its own.
unsafe impl Send for Table {}
// SAFETY: nothing changes through a shared reference.
unsafe impl Sync for Table {}

/// Memory of a program that a device reaches.
pub(crate) struct Pinned {
    function: PciFunction,
    direction: DataDirection,
    table: Table,
    needs_sync: bool,
    /// Last: unpinned after the device has lost them.
    _pages: Pages,
}

impl Pages {
    fn pin(address: usize, length: usize, write: bool) -> Result<Self> {
        let count = length >> PAGE_SHIFT;
        let mm: ARef<Mm> = match kernel::current!().mm() {
            Some(mm) => {
                let mm: &Mm = mm;
                mm.into()
            }
            None => return Err(EFAULT),
        };
        let mut pages = Self {
            pages: KVVec::with_capacity(count, GFP_KERNEL)?,
            mm,
            counted: 0,
            written: write,
        };
        // SAFETY: a reference to it is held.
        to_result(unsafe { bindings::account_locked_vm(pages.mm.as_raw(), count, true) })?;
        pages.counted = count;
        let mut flags = bindings::FOLL_LONGTERM;
        if write {
            flags |= bindings::FOLL_WRITE;
        }
        while pages.pages.len() < count {
            let done = pages.pages.len();
            let left = c_int::try_from(count - done)?;
            let room = pages.pages.spare_capacity_mut().as_mut_ptr().cast();
            // SAFETY: there is room for so many; the kernel checks the addresses.
            let pinned = unsafe {
                bindings::pin_user_pages_fast(address + done * PAGE_SIZE, left, flags, room)
            };
            let pinned = usize::try_from(pinned).map_err(|_| Error::from_errno(pinned))?;
            if pinned == 0 {
                return Err(EFAULT);
            }
            // SAFETY: so many were written, and there was room for them.
            unsafe { pages.pages.inc_len(pinned) };
        }
        Ok(pages)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        let (first, count) = (self.pages.as_mut_ptr(), self.pages.len());
        if count > 0 {
            // SAFETY: these were pinned by `pin`, and the device has lost them.
            unsafe { bindings::unpin_user_pages_dirty_lock(first, count, self.written) };
        }
        if self.counted > 0 {
            // SAFETY: a reference to it is held; as many as were added.
            unsafe { bindings::account_locked_vm(self.mm.as_raw(), self.counted, false) };
        }
    }
}

impl Table {
    fn new(function: &PciFunction, pages: &mut Pages) -> Result<Self> {
        let table = KBox::new(Opaque::<bindings::sg_table>::zeroed(), GFP_KERNEL)?;
        // SAFETY: a valid device.
        let longest = match unsafe { bindings::dma_max_mapping_size(function.device_ptr()) } {
            0 => u32::MAX,
            longest => u32::try_from(longest).unwrap_or(u32::MAX),
        };
        // A whole number of pages.
        let longest = longest & !(PAGE_SIZE as u32 - 1);
        let length = pages.pages.len() << PAGE_SHIFT;
        // SAFETY: room for a table; there is at least one page.
        to_result(unsafe {
            bindings::sg_alloc_table_from_pages_segment(
                table.get(),
                pages.pages.as_mut_ptr(),
                pages.pages.len().try_into()?,
                0,
                length,
                longest,
                bindings::GFP_KERNEL,
            )
        })?;
        Ok(Self(table))
    }

    fn as_ptr(&self) -> *mut bindings::sg_table {
        self.0.get()
    }

    /// The runs as the device has them; only of a table that is mapped.
    fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        // SAFETY: a valid table, which does not change while it is mapped.
        let table = unsafe { SGTable::from_raw(self.as_ptr()) };
        table.iter().map(|entry| Run {
            handle: entry.dma_address(),
            length: entry.dma_len(),
        })
    }

    /// The lengths of pieces that are in one piece for the CPU, in order.
    fn pieces(&self) -> impl Iterator<Item = usize> + '_ {
        // SAFETY: a valid table.
        let first = unsafe { (*self.as_ptr()).sgl };
        let mut entry = NonNull::new(first);
        // SAFETY: a valid table.
        let mut left = unsafe { (*self.as_ptr()).orig_nents };
        core::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let this = entry?;
            // SAFETY: an entry of the table, of which there are as many as it says.
            entry = NonNull::new(unsafe { bindings::sg_next(this.as_ptr()) });
            // SAFETY: as above.
            Some(unsafe { (*this.as_ptr()).length } as usize)
        })
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        // SAFETY: made by `new`, no longer mapped.
        unsafe { bindings::sg_free_table(self.as_ptr()) };
    }
}

impl Pinned {
    /// Pins `length` bytes of the calling process and maps them; both whole pages, and some.
    ///
    /// # Safety
    ///
    /// The driver stays bound while it lives.
    pub(crate) unsafe fn new(
        function: &PciFunction,
        address: usize,
        length: usize,
        direction: DataDirection,
    ) -> Result<Self> {
        let write = direction != DataDirection::ToDevice;
        let mut pages = Pages::pin(address, length, write)?;
        let table = Table::new(function, &mut pages)?;
        // SAFETY: a device that is bound, as the caller says, and a table of pages that stay.
        to_result(unsafe {
            bindings::dma_map_sgtable(function.device_ptr(), table.as_ptr(), direction.into(), 0)
        })?;
        let mut pinned = Self {
            function: function.clone(),
            direction,
            table,
            needs_sync: false,
            _pages: pages,
        };
        pinned.needs_sync = pinned
            .table
            .runs()
            .any(|run| function.needs_sync(run.handle));
        Ok(pinned)
    }

    /// Where the device has it.
    pub(crate) fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        self.table.runs()
    }

    /// Whether handing over takes [`Pinned::sync`].
    pub(crate) fn needs_sync(&self) -> bool {
        self.needs_sync
    }

    /// Hands the bytes of a range over.
    pub(crate) fn sync(&self, range: &Range<usize>, to_cpu: bool) {
        if !self.needs_sync {
            return;
        }
        let mut runs = self.runs();
        // The run that is looked at, and where it begins.
        let (mut run, mut run_start) = (runs.next(), 0);
        let mut start = 0;
        for length in self.table.pieces() {
            let end = start + length;
            let common = range.start.max(start)..range.end.min(end);
            while let Some(this) = run {
                if run_start + this.length as usize > start {
                    break;
                }
                run_start += this.length as usize;
                run = runs.next();
            }
            let Some(this) = run else { return };
            if common.start < common.end {
                let handle = this.handle + (common.start - run_start) as u64;
                // SAFETY: within one piece of the table, which is mapped in this direction; runs
                // are made of whole pieces.
                unsafe {
                    self.function
                        .sync(handle, common.len(), self.direction.into(), to_cpu)
                };
            }
            start = end;
        }
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        // SAFETY: mapped by `new`, with the same device, table and direction.
        unsafe {
            bindings::dma_unmap_sgtable(
                self.function.device_ptr(),
                self.table.as_ptr(),
                self.direction.into(),
                0,
            )
        };
    }
}
