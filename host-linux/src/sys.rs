//! Memory of the process: mapping, advice, unmapping.

use std::io;
use std::os::fd::AsFd;
use std::ptr::{NonNull, null_mut};

use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mlock, mmap, mmap_anonymous, munmap};

/// Memory of this process, which nothing else in it has: anonymous and zeroed, or of a file.
/// Unmapped as it is dropped.
#[derive(Debug)]
pub(crate) struct Mapping {
    start: NonNull<u8>,
    length: usize,
}

/// As far as addresses of CPU and device agree where a file is mapped: a huge page.
const LIKE: usize = 2 << 20;

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

    /// `length` bytes of a file, shared with whoever has them; `offset` and `length` are multiples
    /// of the page size. The first byte lies as `like` does within [`LIKE`] bytes.
    pub(crate) fn of_file(
        file: impl AsFd,
        offset: u64,
        length: usize,
        like: u64,
    ) -> io::Result<Self> {
        let too_long = || io::Error::from(io::ErrorKind::OutOfMemory);
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        let longer = length.checked_add(LIKE).ok_or_else(too_long)?;
        // SAFETY: a new mapping at an address of the kernel's choice touches no memory of ours.
        let start = unsafe { mmap_anonymous(null_mut(), longer, ProtFlags::empty(), flags) }?;
        let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::AddrNotAvailable)?;
        let room = Self { start, length: longer };
        let wanted = usize::try_from(like % LIKE as u64).unwrap_or(0);
        let lead = wanted.wrapping_sub(room.start.as_ptr().addr()) % LIKE;
        let room = room.cut(lead, length)?;
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let flags = MapFlags::SHARED | MapFlags::FIXED;
        // SAFETY: these addresses are this value's own, and nothing is accessed there yet.
        unsafe { mmap(room.start.as_ptr().cast(), length, access, flags, file, offset) }?;
        Ok(room)
    }

    /// Keeps the pages in memory.
    pub(crate) fn lock(&self) -> io::Result<()> {
        // SAFETY: the pages are this value's; their content does not change.
        Ok(unsafe { mlock(self.start.as_ptr().cast(), self.length) }?)
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
