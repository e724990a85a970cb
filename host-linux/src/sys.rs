//! Anonymous memory: mapping, advice, unmapping.

use std::io;
use std::ptr::{NonNull, null_mut};

use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap_anonymous, munmap};

/// Anonymous, zeroed memory of this process, which nobody else has. Unmapped as it is dropped.
#[derive(Debug)]
pub(crate) struct Mapping {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: it is owned memory, like a `Box<[u8]>`.
unsafe impl Send for Mapping {}
// SAFETY: `&Mapping` gives out a pointer and a length only.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// `length` bytes, a multiple of the page size; of huge pages if `huge`, and then reserved.
    pub(crate) fn new(length: usize, huge: bool) -> io::Result<Self> {
        let flags = if huge { MapFlags::PRIVATE | MapFlags::HUGETLB } else { MapFlags::PRIVATE };
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new mapping at an address of the kernel's choice touches no memory of ours.
        let start = unsafe { mmap_anonymous(null_mut(), length, access, flags) }?;
        let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::AddrNotAvailable)?;
        Ok(Self { start, length })
    }

    /// The first byte.
    pub(crate) fn start(&self) -> NonNull<u8> {
        self.start
    }

    /// In bytes.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// Cuts it down to `length` bytes at `offset`; both are multiples of the page size.
    pub(crate) fn cut(mut self, offset: usize, length: usize) -> io::Result<Self> {
        let Some(behind) = offset.checked_add(length).and_then(|end| self.length.checked_sub(end))
        else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        if behind > 0 {
            // SAFETY: within the mapping, as just checked.
            let tail = unsafe { self.start.add(offset + length) };
            // SAFETY: these pages are this value's, and it forgets them on the next line.
            unsafe { munmap(tail.as_ptr().cast(), behind) }?;
            self.length -= behind;
        }
        if offset > 0 {
            // SAFETY: these pages are this value's, and it forgets them on the next lines.
            unsafe { munmap(self.start.as_ptr().cast(), offset) }?;
            // SAFETY: within the mapping, as checked above.
            self.start = unsafe { self.start.add(offset) };
            self.length -= offset;
        }
        Ok(self)
    }

    /// Asks for huge pages, where the kernel has them.
    pub(crate) fn want_huge_pages(&self) -> io::Result<()> {
        // SAFETY: the pages are this value's; their content does not change.
        Ok(unsafe { madvise(self.start.as_ptr().cast(), self.length, Advice::LinuxHugepage) }?)
    }

    /// Asks for small pages only.
    pub(crate) fn want_small_pages(&self) -> io::Result<()> {
        // SAFETY: the pages are this value's; their content does not change.
        Ok(unsafe { madvise(self.start.as_ptr().cast(), self.length, Advice::LinuxNoHugepage) }?)
    }

    /// Brings all pages in now. Refused by kernels before 5.14.
    pub(crate) fn populate(&self) -> io::Result<()> {
        // SAFETY: the pages are this value's; their content does not change.
        Ok(unsafe { madvise(self.start.as_ptr().cast(), self.length, Advice::LinuxPopulateWrite) }?)
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the pages are this value's, and whoever had pointers into them promised to be
        // done. A refusal leaves them mapped, which is a leak and not a danger.
        let _ = unsafe { munmap(self.start.as_ptr().cast(), self.length) };
    }
}

/// Whether children get pages when the process forks.
///
/// # Errors
///
/// The range is not mapped, or the kernel refuses.
pub(crate) fn share_with_children(memory: NonNull<[u8]>, share: bool) -> io::Result<()> {
    let advice = if share { Advice::LinuxDoFork } else { Advice::LinuxDontFork };
    // SAFETY: this process's pages and their content stay as they are; only what a child gets
    // changes. The kernel refuses ranges that are not mapped.
    Ok(unsafe { madvise(memory.cast::<u8>().as_ptr().cast(), memory.len(), advice) }?)
}
