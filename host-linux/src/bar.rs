//! Registers of a device in the address space of the process.
//!
//! All of a BAR gets one range of addresses. What the kernel lets be mapped is mapped there; what
//! it does not, as a table of interrupts on old kernels, reads as all ones, as a bus answers for
//! nobody. The same is put in the place of everything when the device is given up, so that no
//! access ever ends the process.

use core::any::Any;
use core::fmt;
use core::ops::Range;
use std::io::Write as _;
use std::os::fd::BorrowedFd;
use std::ptr::{NonNull, null_mut};
use std::sync::{Arc, OnceLock};

use dma_core::{DomainId, Mmio};
use rustix::fs::{MemfdFlags, memfd_create};
use rustix::io::{Errno, Result};
use rustix::mm::{MapFlags, ProtFlags, mmap, mmap_anonymous, munmap};

/// The registers behind a BAR, on every Linux road.
pub type Registers = Mmio<Arc<BarMapping>>;

/// Addresses of the process where a BAR is mapped; keeps the device open, unmapped before that ends.
pub struct BarMapping {
    base: NonNull<u8>,
    length: usize,
    /// Last, so that it is dropped after the mapping is gone.
    keep: Arc<dyn Any + Send + Sync>,
}

// SAFETY: the pointer is to device registers, which any thread may access.
unsafe impl Send for BarMapping {}
// SAFETY: as `Send`; replacing the mapping is one step of the kernel for each page.
unsafe impl Sync for BarMapping {}

/// What of a file is a part of a BAR, in whole pages.
#[derive(Clone, Debug)]
pub struct BarArea {
    /// Where it is in the BAR, in bytes from the beginning of its first page.
    pub place: Range<usize>,
    /// Where it is in the file.
    pub offset: u64,
}

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
    /// Maps what can be mapped of a BAR of `size` bytes, which begin `lead` bytes into their first
    /// page. For backends.
    ///
    /// # Errors
    ///
    /// The system refuses, or the areas are not whole pages, in order, apart, and within the BAR.
    ///
    /// # Safety
    ///
    /// 1. The areas of `file` are the device's registers, and stay so while `keep` lives.
    /// 2. The device masters the bus in `domain`.
    pub unsafe fn map(
        file: BorrowedFd<'_>,
        areas: &[BarArea],
        writable: bool,
        (lead, size): (usize, usize),
        domain: DomainId,
        keep: Arc<dyn Any + Send + Sync>,
    ) -> Result<Registers> {
        let page = rustix::param::page_size();
        let end = lead.checked_add(size).filter(|_| lead < page).ok_or(Errno::INVAL)?;
        let length = end.checked_next_multiple_of(page).ok_or(Errno::NOMEM)?;
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        // SAFETY: a new mapping at an address of the kernel's choice touches no memory of ours.
        let base = unsafe { mmap_anonymous(null_mut(), length, ProtFlags::empty(), flags) }?;
        let base = NonNull::new(base.cast()).ok_or(Errno::NOMEM)?;
        let mapping = Self { base, length, keep };
        let mut end = 0;
        for area in areas {
            let Range { start, end: last } = area.place;
            let whole = start.is_multiple_of(page) && last.is_multiple_of(page);
            if !whole || start < end || last <= start || last > length {
                return Err(Errno::INVAL);
            }
            mapping.fill(end..start)?;
            mapping.place(file, area, writable)?;
            end = last;
        }
        mapping.fill(end..length)?;
        // SAFETY: `lead` is less than a page, and the mapping at least that long.
        let first = unsafe { mapping.base.add(lead) };
        if !first.as_ptr().addr().is_multiple_of(8) {
            return Err(Errno::INVAL);
        }
        // SAFETY: a multiple of 8, as just seen; `size` bytes from `lead` on are within the
        // mapping, of the device's registers or of all ones, which nothing else uses, until the
        // mapping is dropped. The caller answers for the domain.
        Ok(unsafe { Mmio::new(first, size, domain, Arc::new(mapping)) })
    }

    /// Puts registers to their place; the area is whole pages within the mapping.
    fn place(&self, file: BorrowedFd<'_>, area: &BarArea, writable: bool) -> Result<()> {
        let mut access = ProtFlags::READ;
        access.set(ProtFlags::WRITE, writable);
        // SAFETY: `map` has made sure that the area lies within the mapping.
        let place = unsafe { self.base.add(area.place.start) };
        let flags = MapFlags::SHARED | MapFlags::FIXED;
        let (place, length) = (place.as_ptr().cast(), area.place.len());
        // SAFETY: these addresses are this value's own, and nothing is accessed there yet.
        unsafe { mmap(place, length, access, flags, file, area.offset) }.map(drop)
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
    ///
    /// # Errors
    ///
    /// The system refuses; some registers may be left then.
    pub fn give_up(&self) -> Result<()> {
        self.fill(0..self.length)
    }
}

impl Drop for BarMapping {
    fn drop(&mut self) {
        // SAFETY: the last register space over it is gone, so nobody accesses it any more. A
        // refusal leaves it mapped, which keeps the device open and is no danger.
        let _ = unsafe { munmap(self.base.as_ptr().cast(), self.length) };
    }
}

impl fmt::Debug for BarMapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarMapping")
            .field("base", &self.base)
            .field("length", &self.length)
            .field("keep", &Arc::strong_count(&self.keep))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsFd as _;

    use dma_core::{Access, RegisterSpace as _};

    use super::*;

    /// A file of two pages: of 0x11, of 0x22.
    fn file() -> std::fs::File {
        let mut file = std::fs::File::from(memfd_create("bar", MemfdFlags::CLOEXEC).unwrap());
        let page = rustix::param::page_size();
        file.write_all(&vec![0x11; page]).unwrap();
        file.write_all(&vec![0x22; page]).unwrap();
        file
    }

    fn map(areas: &[BarArea], lead: usize, size: usize) -> Result<Registers> {
        let (file, domain) = (file(), DomainId::PHYSICAL);
        // SAFETY: an ordinary file, which lasts; no device is behind it.
        unsafe { BarMapping::map(file.as_fd(), areas, true, (lead, size), domain, Arc::new(())) }
    }

    fn load(registers: &Registers, offset: usize) -> u32 {
        // SAFETY: every test reads within the size, at multiples of four.
        unsafe { Access::<u32>::load(registers, offset) }
    }

    // What is not in a file reads as ones, and so does everything once it is given up.
    #[test]
    fn holes_and_given_up_registers_read_as_ones() {
        let page = rustix::param::page_size();
        let area = BarArea { place: page..2 * page, offset: page as u64 };
        let registers = map(&[area], 0, 3 * page).unwrap();
        assert_eq!(load(&registers, 0), u32::MAX);
        assert_eq!(load(&registers, page), 0x2222_2222);
        assert_eq!(load(&registers, 3 * page - 4), u32::MAX);
        registers.keep().give_up().unwrap();
        assert_eq!(load(&registers, page), u32::MAX);
    }

    // A BAR that is shorter than a page begins where it lies in its page.
    #[test]
    fn short_bar_begins_within_its_page() {
        let page = rustix::param::page_size();
        let registers = map(&[BarArea { place: 0..page, offset: 0 }], 64, 32).unwrap();
        assert_eq!((load(&registers, 28), registers.size()), (0x1111_1111, 32));
    }

    // Areas that overlap, leave the BAR or are no whole pages are refused.
    #[test]
    fn areas_that_make_no_sense_are_refused() {
        let page = rustix::param::page_size();
        let area = |place| BarArea { place, offset: 0 };
        for place in [0..4 * page, 0..8, page..page] {
            assert_eq!(map(&[area(place)], 0, 3 * page).unwrap_err(), Errno::INVAL);
        }
        let twice = [area(0..page), area(0..page)];
        assert_eq!(map(&twice, 0, 3 * page).unwrap_err(), Errno::INVAL);
        assert!(map(&[], page, 8).is_err() && map(&[], 4, 8).is_err());
    }
}
