//! Where this process's memory is physically, as the kernel tells root.
#![forbid(unsafe_code)]

use std::fs::File;
use std::os::unix::fs::FileExt;

use guest_init::error::{Context, Error, Result};

/// A page of every machine that guests are.
const PAGE: u64 = 4096;
/// Bits of an entry that are the page's number; bit 63 says that it is in memory.
const NUMBER: u64 = (1 << 55) - 1;
const PRESENT: u64 = 1 << 63;

/// The physical address of a byte that is in memory: what `virt_to_phys` says in a kernel.
///
/// Source: Linux `Documentation/admin-guide/mm/pagemap.rst`.
pub(crate) fn physical_address(cpu: *const u8) -> Result<u64> {
    let cpu = cpu.addr() as u64;
    let map = File::open("/proc/self/pagemap").context("open /proc/self/pagemap")?;
    let mut entry = [0; 8];
    map.read_exact_at(&mut entry, cpu / PAGE * 8).context("read /proc/self/pagemap")?;
    let entry = u64::from_ne_bytes(entry);
    let number = entry & NUMBER;
    if entry & PRESENT == 0 || number == 0 {
        return Err(Error::new(format!(
            "/proc/self/pagemap hides the page of {cpu:#x}: run as root"
        )));
    }
    Ok(number * PAGE + cpu % PAGE)
}
