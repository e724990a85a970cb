//! Huge pages of the pool, taken by a process that has no card.

use std::ptr::{NonNull, null_mut};

use guest_init::error::{Context, Error, Result};
use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};

/// Bytes of a huge page of every machine that guests are.
const HUGE: usize = 2 << 20;

/// So many of them, which lie one behind the other for the process.
#[derive(Debug)]
pub(super) struct HugePages {
    start: Option<NonNull<u8>>,
    length: usize,
}

impl HugePages {
    /// Takes so many, which may be none.
    pub(super) fn take(count: usize) -> Result<Self> {
        let length = count * HUGE;
        if count == 0 {
            return Ok(Self { start: None, length });
        }
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let flags = MapFlags::PRIVATE | MapFlags::HUGETLB;
        // SAFETY: a new mapping at an address of the kernel's choice touches no memory of ours.
        let start = unsafe { mmap_anonymous(null_mut(), length, access, flags) };
        let start = start.context(format_args!("take {count} huge pages"))?;
        let start = NonNull::new(start.cast()).ok_or_else(|| Error::new("mapped at zero"))?;
        Ok(Self { start: Some(start), length })
    }

    /// Writes every byte, which brings them in.
    pub(super) fn fill(&mut self, byte: u8) {
        if let Some(start) = self.start {
            // SAFETY: all of the mapping, which is this value's and borrowed for this alone.
            unsafe { start.write_bytes(byte, self.length) };
        }
    }

    /// The bytes that are not `canary` any more, read anew: somebody else may have written.
    pub(super) fn changed(&self, canary: u8) -> Vec<u8> {
        let Some(start) = self.start else { return Vec::new() };
        let word = start.cast::<u64>();
        let whole = u64::from_ne_bytes([canary; 8]);
        let mut changed = Vec::new();
        for index in 0..self.length / 8 {
            // SAFETY: within the mapping, which is a multiple of eight bytes long.
            let place = unsafe { word.add(index) };
            // SAFETY: mapped, aligned, and any value is a `u64`.
            let word = unsafe { place.read_volatile() };
            if word != whole {
                changed.extend(word.to_ne_bytes().into_iter().filter(|byte| *byte != canary));
            }
        }
        changed
    }
}

impl Drop for HugePages {
    fn drop(&mut self) {
        if let Some(start) = self.start {
            // SAFETY: mapped in `take`, and nobody has the bytes any more.
            let _refused = unsafe { munmap(start.as_ptr().cast(), self.length) };
        }
    }
}
