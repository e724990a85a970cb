//! Huge pages of the kernel's pool, which usually stay where they are.
//!
//! Small requests share a huge page; what is longer has pages of its own. Each page is locked, and
//! its address looked up before and after, and again whenever something of it is lent.
#![forbid(unsafe_code)]

use std::sync::{Arc, Mutex, PoisonError};

use dma_core::{AddressMask, Error, ErrorKind, Operation, Request};

use super::arena::{Arena, Held};
use super::memory::{refused, same, unknown};
use super::{PhysicalMemory, PhysicalRun, PhysicalSource, physical_runs};
use crate::{HostMemory, HugePages, LockedMemory, MemoryError};

/// So many pages are tried to find one low enough for a device.
const TRIES: usize = 8;

/// The source: pages that are lent in pieces.
#[derive(Debug, Default)]
pub(super) struct HugePagePool {
    shared: Mutex<Vec<Arc<Arena>>>,
}

impl PhysicalSource for HugePagePool {
    fn lend(&self, request: Request) -> Result<PhysicalMemory, MemoryError> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        // A page that is too high for this device may be right for another one.
        for arena in shared.iter().filter(|arena| arena.is_within(request.mask)) {
            if request.length <= arena.length()
                && let Some(memory) = arena.lend(request)?
            {
                return Ok(memory);
            }
        }
        // What does not fit is kept until something does, so that it is not got again.
        let mut misfits = Vec::new();
        for _ in 0..TRIES {
            let (memory, runs) = match take(request, misfits.is_empty()) {
                Ok(taken) => taken,
                Err(_) if !misfits.is_empty() => break,
                Err(error) => return Err(error),
            };
            let highest = runs.iter().map(|run| run.physical + (run.length as u64 - 1)).max();
            if highest.is_none_or(|highest| highest > request.mask.highest()) {
                misfits.push(memory);
                continue;
            }
            return match runs[..] {
                [run] => {
                    let arena = Arc::new(Arena::new(Held::Huge(memory), run.physical));
                    let lent = arena.lend(request)?;
                    shared.push(arena);
                    lent.ok_or_else(|| MemoryError::plain(ErrorKind::NoMemory, Operation::Allocate))
                }
                _ if request.contiguous => Err(scattered(request.length)),
                _ => Ok(PhysicalMemory::whole(memory, request.length, runs)),
            };
        }
        Err(too_high(request.mask, misfits.len()))
    }
}

/// Huge pages for a request, locked, and where they lie.
fn take(request: Request, first: bool) -> Result<(HostMemory, Vec<PhysicalRun>), MemoryError> {
    let memory = HostMemory::zeroed(request.length, request.alignment, HugePages::Reserved)
        .map_err(|error| {
            let pool = "reserve some: `echo 16 > /proc/sys/vm/nr_hugepages`";
            refused(
                ErrorKind::NoMemory,
                format!("{error}; without an IOMMU only reserved huge pages will do: {pool}"),
            )
        })?;
    let before = physical_runs(memory.bytes()).map_err(|error| unknown(&error))?;
    memory.lock().map_err(|error| {
        let limit = LockedMemory::current().ok().and_then(|locked| locked.limit);
        let limit = limit.map_or(String::new(), |bytes| format!(", {} KiB", bytes >> 10));
        refused(
            ErrorKind::NoMemory,
            format!(
                "{error}; raise the limit of locked memory (RLIMIT_MEMLOCK{limit}): `ulimit -l \
                 unlimited`"
            ),
        )
    })?;
    // It may have been moved until it was locked.
    if let Err(error) = same(&memory, &before) {
        return if first { take(request, false) } else { Err(error) };
    }
    let physical = before.first().map_or(1, |run| run.physical);
    if !physical.is_multiple_of(request.alignment as u64) {
        return Err(refused(
            ErrorKind::Misaligned,
            "huge pages are aligned to their own size for the device, and no further",
        ));
    }
    Ok((memory, before))
}

fn scattered(length: usize) -> MemoryError {
    refused(
        ErrorKind::Scattered,
        format!(
            "{length} bytes in one run are more than the huge pages that were free have in one: set \
             a region aside (boot with `memmap=16M$0x30000000`) and open with \
             `memory=0x30000000+16M`, or use larger pages (boot with `default_hugepagesz=1G \
             hugepages=1`)"
        ),
    )
}

fn too_high(mask: AddressMask, tried: usize) -> MemoryError {
    let highest = mask.highest();
    MemoryError::new(
        Error::new(ErrorKind::OutOfReach, Operation::Allocate, 0),
        format!(
            "the card reaches addresses up to {highest:#x}, and of {tried} free huge pages none \
             lies below: set a region aside that does (boot with `memmap=16M$BASE`) and open with \
             `memory=BASE+16M`, reserve more huge pages earlier (boot with `hugepages=64`), or use \
             an IOMMU with `vfio:`, which maps any memory where the card reaches it"
        ),
    )
}
