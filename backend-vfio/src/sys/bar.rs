//! BARs in the address space of the process.
//!
//! All of a BAR gets one range of addresses. What the kernel lets be mapped is mapped there; what
//! it does not, as a table of interrupts on old kernels, reads as all ones, as a bus answers for
//! nobody. The same is put in the place of everything when the device is given up, so that no
//! access ever ends the process.

use core::ops::Range;
use std::io::Write as _;
use std::ptr::{NonNull, null_mut};
use std::sync::{Arc, OnceLock};

use dma_core::{Error, Mmio};
use rustix::fs::{MemfdFlags, memfd_create};
use rustix::io::{Errno, Result};
use rustix::mm::{MapFlags, ProtFlags, mmap, mmap_anonymous, munmap};

use crate::bar::BarInfo;
use crate::device::{Opened, VfioDevice};

/// The registers behind a BAR.
pub type Registers = Mmio<Arc<BarMapping>>;

/// Addresses of the process where a BAR is mapped; keeps the device open, unmapped before that ends.
#[derive(Debug)]
pub struct BarMapping {
    base: NonNull<u8>,
    length: usize,
    /// Last, so that it is dropped after the mapping is gone.
    opened: Arc<Opened>,
}

// SAFETY: the pointer is to device registers, which any thread may access.
unsafe impl Send for BarMapping {}
// SAFETY: as `Send`; replacing the mapping is one step of the kernel for each page.
unsafe impl Sync for BarMapping {}

/// What stands in the place of registers that are not there.
const ONES: usize = 2 << 20;

/// A file of ones.
fn ones() -> Result<&'static std::fs::File> {
    static FILE: OnceLock<std::fs::File> = OnceLock::new();
    if let Some(file) = FILE.get() {
        return Ok(file);
    }
    let mut file = std::fs::File::from(memfd_create("all-ones", MemfdFlags::CLOEXEC)?);
    file.write_all(&vec![0xff; ONES]).map_err(|_| Errno::NOMEM)?;
    Ok(FILE.get_or_init(|| file))
}

impl BarMapping {
    /// Maps what can be mapped of a BAR.
    pub(crate) fn map(opened: &Arc<Opened>, bar: &BarInfo) -> Result<Registers> {
        let page = rustix::param::page_size();
        let size = usize::try_from(bar.size()).map_err(|_| Errno::NOMEM)?;
        let length = size.checked_next_multiple_of(page).ok_or(Errno::NOMEM)?;
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        // SAFETY: a new mapping at an address of the kernel's choice touches no memory of ours.
        let base = unsafe { mmap_anonymous(null_mut(), length, ProtFlags::empty(), flags) }?;
        let base = NonNull::new(base.cast()).ok_or(Errno::NOMEM)?;
        let mapping = Self { base, length, opened: Arc::clone(opened) };
        let mut end = 0;
        for area in bar.mappable(page) {
            mapping.fill(end..area.start)?;
            mapping.place(bar, &area)?;
            end = area.end;
        }
        mapping.fill(end..length)?;
        let domain = opened.space().id();
        let base = mapping.base;
        // SAFETY: page-aligned; `length` bytes, at least `size`, of the device's registers or of
        // all ones, which nothing else uses, until the mapping is dropped. The device masters the
        // bus in the address space that it was opened in.
        Ok(unsafe { Mmio::new(base, size, domain, Arc::new(mapping)) })
    }

    /// Puts registers to their place; the area is whole pages within the BAR.
    fn place(&self, bar: &BarInfo, area: &Range<usize>) -> Result<()> {
        let mut access = ProtFlags::READ;
        access.set(ProtFlags::WRITE, bar.is_writable());
        // SAFETY: areas lie within the BAR, and so within the mapping.
        let place = unsafe { self.base.add(area.start) };
        let offset = bar.offset() + area.start as u64;
        let flags = MapFlags::SHARED | MapFlags::FIXED;
        let (place, length) = (place.as_ptr().cast(), area.len());
        // SAFETY: these addresses are this value's own, and nothing is accessed there yet.
        unsafe { mmap(place, length, access, flags, self.opened.file(), offset) }.map(drop)
    }

    /// Puts ones to a range.
    fn fill(&self, range: Range<usize>) -> Result<()> {
        let ones = ones()?;
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let flags = MapFlags::PRIVATE | MapFlags::FIXED | MapFlags::NORESERVE;
        for start in range.clone().step_by(ONES) {
            let length = ONES.min(range.end - start);
            // SAFETY: the range lies within the mapping.
            let place = unsafe { self.base.add(start) }.as_ptr().cast();
            // SAFETY: these addresses are this value's own; accesses that go on meanwhile find
            // registers or ones, both of which are there.
            unsafe { mmap(place, length, access, flags, ones, 0) }?;
        }
        Ok(())
    }

    /// Takes the registers away: from now on all of them read as ones, and stores go nowhere.
    pub(crate) fn give_up(&self) -> Result<()> {
        self.fill(0..self.length)
    }
}

impl VfioDevice {
    /// Writes to BAR `index` through the kernel, in accesses of at most 8 bytes: slow, and possible
    /// where a BAR cannot be mapped.
    ///
    /// # Errors
    ///
    /// As [`VfioDevice::read`].
    ///
    /// # Safety
    ///
    /// As [`Access::store`](dma_core::Access::store): if it makes the device master the bus, every
    /// address that it will use is a live mapping of its domain that nobody else owns.
    pub unsafe fn write(
        &self,
        index: usize,
        offset: u64,
        bytes: &[u8],
    ) -> core::result::Result<(), Error> {
        self.store(index, offset, bytes)
    }
}

impl Drop for BarMapping {
    fn drop(&mut self) {
        // SAFETY: the last register space over it is gone, so nobody accesses it any more. A
        // refusal leaves it mapped, which keeps the device open and is no danger.
        let _ = unsafe { munmap(self.base.as_ptr().cast(), self.length) };
    }
}
