//! Memory for devices: whole pages, huge where that helps, not for children.
//!
//! What is mapped for a device is pinned page by page, so four mebibytes cost a thousand steps with
//! small pages and two with huge ones. Huge pages come from the reserved pool if there are some,
//! else the kernel is asked to make them; where neither works, small pages do.
#![forbid(unsafe_code)]

use std::fs;
use std::io;
use std::path::Path;
use std::ptr::NonNull;
use std::sync::OnceLock;

use crate::HostError;
use crate::sys::{self, Mapping};

/// Which pages are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum HugePages {
    /// Huge ones for what is at least as long as one, if they can be had.
    #[default]
    Prefer,
    /// Huge ones of the reserved pool, or an error: their physical addresses do not change.
    Reserved,
    /// Small ones only.
    Never,
}

/// Which pages were asked for in the end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Backing {
    /// Huge pages of the reserved pool.
    Reserved,
    /// Huge pages that the kernel makes where it finds room.
    Transparent,
    /// Small pages.
    Small,
    /// None of the kernel's: a region that was set aside.
    SetAside,
}

/// Zeroed memory of whole pages; unmapped as it is dropped. Children do not get it.
#[derive(Debug)]
pub struct HostMemory {
    mapping: Mapping,
    backing: Backing,
}

/// Bytes of a page.
#[must_use]
pub fn page_size() -> usize {
    rustix::param::page_size()
}

/// Bytes of a huge page that the kernel makes by itself; `None` if it makes none.
fn huge_page() -> Option<usize> {
    static SIZE: OnceLock<Option<usize>> = OnceLock::new();
    let read = || {
        let folder = Path::new("/sys/kernel/mm/transparent_hugepage");
        let size = fs::read_to_string(folder.join("hpage_pmd_size")).ok()?;
        let enabled = fs::read_to_string(folder.join("enabled")).ok()?;
        let size: usize = size.trim().parse().ok()?;
        (size.is_power_of_two() && !enabled.contains("[never]")).then_some(size)
    };
    *SIZE.get_or_init(read)
}

/// Bytes of a huge page of the reserved pool; `None` if there is no such pool.
fn reserved_page() -> Option<usize> {
    static SIZE: OnceLock<Option<usize>> = OnceLock::new();
    *SIZE.get_or_init(|| default_size(&fs::read_to_string("/proc/meminfo").ok()?))
}

/// As `/proc/meminfo` tells it.
fn default_size(meminfo: &str) -> Option<usize> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("Hugepagesize:"))?;
    let kilobytes: usize = line.split_whitespace().next()?.parse().ok()?;
    kilobytes.checked_mul(1024).filter(|size| size.is_power_of_two())
}

impl HostMemory {
    /// At least `length` bytes, the first at a multiple of `alignment`, a power of two.
    ///
    /// # Errors
    ///
    /// The system has no such memory.
    pub fn zeroed(length: usize, alignment: usize, huge: HugePages) -> Result<Self, HostError> {
        let memory = Self::map(length, alignment, huge)
            .map_err(|error| HostError::new("allocating", Path::new("anonymous memory"), error))?;
        sys::share_with_children(memory.bytes(), false).map_err(|error| {
            HostError::new("keeping from children", Path::new("anonymous memory"), error)
        })?;
        Ok(memory)
    }

    fn map(length: usize, alignment: usize, huge: HugePages) -> io::Result<Self> {
        let too_long = || io::Error::from(io::ErrorKind::OutOfMemory);
        if huge != HugePages::Never
            && let Some(size) = reserved_page()
            && (huge == HugePages::Reserved || length >= size)
        {
            let whole = length.checked_next_multiple_of(size).ok_or_else(too_long)?;
            match Self::reserved(whole, alignment, size) {
                Ok(memory) => return Ok(memory),
                Err(error) if huge == HugePages::Reserved => return Err(error),
                // None are free, which is the usual case: go on without.
                Err(_) => {}
            }
        }
        if huge == HugePages::Reserved {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let whole = length.checked_next_multiple_of(page_size()).ok_or_else(too_long)?;
        let size = huge_page().filter(|size| huge == HugePages::Prefer && length >= *size);
        let alignment = alignment.max(size.unwrap_or(1));
        let mapping = aligned(whole, alignment, page_size(), false)?;
        let asked = size.is_some() && mapping.want_huge_pages().is_ok();
        // A kernel without huge pages has none to avoid either.
        if huge == HugePages::Never {
            let _ = mapping.want_small_pages();
        }
        let backing = if asked { Backing::Transparent } else { Backing::Small };
        Ok(Self { mapping, backing })
    }

    /// `length` bytes of the reserved pool, whose pages have `size` bytes.
    fn reserved(length: usize, alignment: usize, size: usize) -> io::Result<Self> {
        let mapping = aligned(length, alignment, size, true)?;
        // Now and not later: a page that is not there when it is needed ends the process.
        match mapping.populate() {
            Ok(()) => {}
            // Kernels before 5.14 do not know this; they have reserved the pages all the same.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {}
            Err(error) => return Err(error),
        }
        Ok(Self { mapping, backing: Backing::Reserved })
    }

    /// The memory, as long as it is, which may be more than was asked.
    #[must_use]
    pub fn bytes(&self) -> NonNull<[u8]> {
        NonNull::slice_from_raw_parts(self.mapping.start(), self.mapping.length())
    }

    /// Keeps it in memory.
    ///
    /// # Errors
    ///
    /// The limit of locked memory, which counts huge pages too.
    pub fn lock(&self) -> Result<(), HostError> {
        let refused = |error| HostError::new("locking", Path::new("huge pages"), error);
        self.mapping.lock().map_err(refused)
    }

    /// Which pages it was asked of.
    #[must_use]
    pub const fn backing(&self) -> Backing {
        self.backing
    }
}

/// A mapping whose first byte is a multiple of `alignment`; its pages have `page` bytes.
fn aligned(length: usize, alignment: usize, page: usize, huge: bool) -> io::Result<Mapping> {
    if alignment <= page {
        return Mapping::new(length, huge);
    }
    let longer = length.checked_add(alignment - page).ok_or(io::ErrorKind::OutOfMemory)?;
    let mapping = Mapping::new(longer, huge)?;
    let start = mapping.start().as_ptr().addr();
    let offset = start.next_multiple_of(alignment) - start;
    mapping.cut(offset, length)
}

/// Says whether children get these pages when the process forks: they must not while a device has
/// them, since writing to a copied page would move the process's own away from the device.
///
/// # Errors
///
/// The range is not mapped.
pub fn shared_with_children(memory: NonNull<[u8]>, share: bool) -> Result<(), HostError> {
    sys::share_with_children(memory, share)
        .map_err(|error| HostError::new("advising on", Path::new("memory for a device"), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Whatever is asked for, the memory is whole pages, long enough, and begins where it should.
    #[test]
    fn memory_is_long_enough_and_aligned() {
        for huge in [HugePages::Prefer, HugePages::Never] {
            for (length, alignment) in
                [(1, 1), (4096, 4096), (5000, 64 << 10), (3 << 20, 1), (4 << 20, 2 << 20)]
            {
                let memory = HostMemory::zeroed(length, alignment, huge).unwrap();
                let bytes = memory.bytes();
                assert!(bytes.len() >= length && bytes.len().is_multiple_of(page_size()));
                assert!(bytes.cast::<u8>().as_ptr().addr().is_multiple_of(alignment));
                let small = huge == HugePages::Never || length < 2 << 20;
                assert!(!small || memory.backing() == Backing::Small);
            }
        }
    }

    // What cannot be had is an error, not an overflow.
    #[test]
    fn too_much_is_refused() {
        for length in [usize::MAX, usize::MAX - 4096, 1 << 60] {
            assert!(HostMemory::zeroed(length, 1 << 20, HugePages::Prefer).is_err());
        }
    }

    // The size of reserved pages is read from the kernel's text.
    #[test]
    fn size_of_reserved_pages_is_read() {
        let text = "MemTotal:  1 kB\nHugepagesize:       2048 kB\nHugetlb: 0 kB\n";
        assert_eq!(default_size(text), Some(2 << 20));
        assert_eq!(default_size("MemTotal:  1 kB\n"), None);
    }
}
