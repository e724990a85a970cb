//! Where memory of this process lies physically, as the kernel tells it.
//!
//! Source: Linux `Documentation/admin-guide/mm/pagemap.rst`.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::ptr::NonNull;

use crate::{HostError, page_size};

/// Memory that is physically contiguous.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PhysicalRun {
    /// Where it begins, in bytes from the memory's start.
    pub at: usize,
    /// The physical address of its first byte.
    pub physical: u64,
    /// Length in bytes.
    pub length: usize,
}

/// The page is in memory.
const PRESENT: u64 = 1 << 63;
/// The number of its frame.
const FRAME: u64 = (1 << 55) - 1;

/// The runs of whole pages of this process, in order.
///
/// # Errors
///
/// The kernel does not tell, which needs `CAP_SYS_ADMIN`, or a page is not there.
pub fn physical_runs(memory: NonNull<[u8]>) -> Result<Vec<PhysicalRun>, HostError> {
    let path = Path::new("/proc/self/pagemap");
    let refused = |error| HostError::new("reading", path, error);
    let file = File::open(path).map_err(refused)?;
    let page = page_size();
    let first = memory.cast::<u8>().as_ptr().addr() / page;
    let mut words = vec![0; memory.len() / page * 8];
    file.read_exact_at(&mut words, first as u64 * 8).map_err(refused)?;
    let (words, _) = words.as_chunks::<8>();
    let words: Vec<u64> = words.iter().map(|word| u64::from_ne_bytes(*word)).collect();
    join(&words, page).ok_or_else(|| {
        let hidden = words.iter().any(|word| word & PRESENT != 0 && word & FRAME == 0);
        let (kind, text) = if hidden {
            (io::ErrorKind::PermissionDenied, "the kernel shows page frames to CAP_SYS_ADMIN only: run it as root, or once: `sudo \
                 setcap cap_sys_admin,cap_sys_rawio,cap_ipc_lock+ep PROGRAM`")
        } else {
            (io::ErrorKind::NotFound, "a page is not in memory")
        };
        refused(io::Error::new(kind, text))
    })
}

/// Joins pages that follow one another; `None` if one is hidden or not there.
fn join(words: &[u64], page: usize) -> Option<Vec<PhysicalRun>> {
    let mut runs: Vec<PhysicalRun> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let frame = word & FRAME;
        if word & PRESENT == 0 || frame == 0 {
            return None;
        }
        let physical = frame.checked_mul(page as u64)?;
        match runs.last_mut() {
            Some(run) if run.physical + run.length as u64 == physical => run.length += page,
            _ => runs.push(PhysicalRun { at: index * page, physical, length: page }),
        }
    }
    Some(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Pages that follow one another are one run; a gap, or a step back, begins another.
    #[test]
    fn neighbours_are_joined() {
        let words = [7, 8, 9, 20, 19].map(|frame| PRESENT | frame);
        let run = |at, physical, length| PhysicalRun { at, physical, length };
        let expected = vec![
            run(0, 0x7000, 0x3000),
            run(0x3000, 0x14000, 0x1000),
            run(0x4000, 0x13000, 0x1000),
        ];
        assert_eq!(join(&words, 4096), Some(expected));
    }

    // Frames that are hidden from ordinary users, and pages that are not there, are no addresses.
    #[test]
    fn hidden_frames_are_no_addresses() {
        assert_eq!(join(&[PRESENT | 7, PRESENT], 4096), None);
        assert_eq!(join(&[PRESENT | 7, 8], 4096), None);
    }
}
