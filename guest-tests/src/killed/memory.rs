//! Memory that outlives the program that dies: pages with canaries around.
//!
//! ```text
//!   canary │ buffer │ canary │ buffer │ … │ canary       each a page
//! ```
//!
//! The one who kills holds it as a file and looks at it by reading; the victim maps it.

use std::fs::File;
use std::ops::{Deref, DerefMut};
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;

use guest_init::error::{Context, Error, Result};
use rustix::fs::MemfdFlags;
use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

/// A page of every machine that guests are, and the card's own memory.
pub(super) const PAGE: usize = 4096;
/// Buffers in it.
pub(super) const BUFFERS: usize = 4;
const PAGES: usize = 2 * BUFFERS + 1;
/// What the victim has the card write.
pub(super) const WRITTEN: u8 = 0x3a;
const CANARY: u8 = 0xc5;

/// The memory, as the one who kills has it.
#[derive(Debug)]
pub(super) struct Pages {
    file: File,
}

/// All of its bytes at one time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen(Vec<u8>);

impl Pages {
    /// Filled with canaries.
    pub(super) fn new() -> Result<Self> {
        let file =
            rustix::fs::memfd_create("victim", MemfdFlags::CLOEXEC).context("make memory")?;
        let file = File::from(file);
        file.write_all_at(&vec![CANARY; PAGES * PAGE], 0).context("fill the memory")?;
        Ok(Self { file })
    }

    /// Where a victim finds it, as long as this process has it.
    pub(super) fn path(&self) -> String {
        format!("/proc/{}/fd/{}", std::process::id(), self.file.as_raw_fd())
    }

    /// What is in it now.
    pub(super) fn look(&self) -> Result<Seen> {
        let mut bytes = vec![0; PAGES * PAGE];
        self.file.read_exact_at(&mut bytes, 0).context("look at the memory")?;
        Ok(Seen(bytes))
    }
}

impl Seen {
    /// The canaries must be whole, and the buffers hold nothing that the card was not told to
    /// write. Gives the number of buffers that it has written, or begun to.
    pub(super) fn check(&self) -> Result<usize> {
        let mut written = 0;
        for (number, page) in self.0.chunks(PAGE).enumerate() {
            let is_buffer = number % 2 == 1;
            let strange = page.iter().position(|byte| match *byte {
                CANARY => false,
                WRITTEN => !is_buffer,
                _ => true,
            });
            if let Some(place) = strange {
                let (what, byte) = (if is_buffer { "a buffer" } else { "a canary" }, page[place]);
                return Err(Error::new(format!(
                    "byte {place} of page {number}, which is {what}, is {byte:#04x}"
                )));
            }
            written += usize::from(page.contains(&WRITTEN));
        }
        Ok(written)
    }
}

/// One buffer's page, mapped by the victim.
#[derive(Debug)]
pub(super) struct Page {
    start: std::ptr::NonNull<u8>,
}

impl Page {
    /// That of buffer `number`.
    pub(super) fn map(path: &str, number: usize) -> Result<Self> {
        let file = File::options().read(true).write(true).open(path).context(path)?;
        let (protection, offset) = (ProtFlags::READ | ProtFlags::WRITE, (2 * number + 1) * PAGE);
        let anywhere = std::ptr::null_mut();
        // SAFETY: a new mapping at a place that the kernel chooses, of a page that the file has.
        let start =
            unsafe { mmap(anywhere, PAGE, protection, MapFlags::SHARED, &file, offset as u64) };
        let start = std::ptr::NonNull::new(start.context("map a page")?.cast());
        start.map(|start| Self { start }).ok_or_else(|| Error::new("a mapping at address 0"))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // SAFETY: mapped in `map`, and nobody has the bytes any more.
        let _refused = unsafe { munmap(self.start.as_ptr().cast(), PAGE) };
    }
}

impl Deref for Page {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: a page mapped in `map` that stays until `drop`; the other process only reads it.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), PAGE) }
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: as in `deref`, and borrowed for this alone.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), PAGE) }
    }
}

impl AsRef<[u8]> for Page {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl AsMut<[u8]> for Page {
    fn as_mut(&mut self) -> &mut [u8] {
        self
    }
}

// SAFETY: the mapping does not move with its handle.
unsafe impl stable_deref_trait::StableDeref for Page {}

#[cfg(test)]
mod tests {
    use super::*;

    // What is written to a buffer is seen by the one who holds the memory; what is written beside
    // one, or is not what the card was told to write, is an error.
    #[test]
    fn writing_beside_a_buffer_is_seen() {
        let pages = Pages::new().unwrap();
        assert_eq!(pages.look().unwrap().check().unwrap(), 0);
        let mut page = Page::map(&pages.path(), 1).unwrap();
        page.fill(WRITTEN);
        assert_eq!(pages.look().unwrap().check().unwrap(), 1);
        page[7] = 0;
        let strange = pages.look().unwrap().check().unwrap_err().to_string();
        assert!(strange.contains("byte 7 of page 3, which is a buffer, is 0x00"), "{strange}");
        page[7] = WRITTEN;
        pages.file.write_all_at(&[WRITTEN], 2 * PAGE as u64).unwrap();
        let beside = pages.look().unwrap().check().unwrap_err().to_string();
        assert!(beside.contains("byte 0 of page 2, which is a canary"), "{beside}");
    }
}
