//! Why the kernel does not map, and what to do.
#![forbid(unsafe_code)]

use dma_core::{AddressMask, Error, ErrorKind, Operation};
use host_linux::{LockedMemory, MemoryError, Remedy, os};
use rustix::io::Errno;

use crate::space::AddressSpace;

/// The kernel refused to map `length` bytes.
pub(crate) fn explain(
    space: &AddressSpace,
    operation: Operation,
    length: u64,
    error: Errno,
) -> MemoryError {
    let locked = LockedMemory::current().ok();
    word(operation, length, error, locked, space.counters().mapped_bytes, space.live())
}

/// There are no addresses for `length` bytes that the device can put on the bus.
pub(crate) fn no_addresses(
    space: &AddressSpace,
    operation: Operation,
    length: u64,
    mask: AddressMask,
    error: Error,
) -> MemoryError {
    let counters = space.counters();
    word_mask(
        Error::new(error.kind(), operation, error.detail()),
        length,
        mask,
        counters.mapped_bytes,
    )
}

fn word_mask(error: Error, length: u64, mask: AddressMask, mapped: u64) -> MemoryError {
    match error.kind() {
        ErrorKind::NoMemory | ErrorKind::OutOfReach => MemoryError::new(
            error,
            format!(
                "{} KiB in one piece, where the device's mask of {} bits ends at {:#x} and {} KiB \
                 are mapped already; use shorter buffers, or drop others first",
                length.div_ceil(1 << 10),
                u64::BITS - mask.highest().leading_zeros(),
                mask.highest(),
                mapped >> 10,
            ),
        ),
        _ => error.into(),
    }
}

fn word(
    operation: Operation,
    length: u64,
    error: Errno,
    locked: Option<LockedMemory>,
    mapped: u64,
    mappings: usize,
) -> MemoryError {
    let no_memory = Error::new(ErrorKind::NoMemory, operation, error.raw_os_error().unsigned_abs());
    match error {
        Errno::NOMEM if let Some(locked) = locked.filter(|locked| !locked.has_room_for(length)) => {
            let limit = locked.limit.unwrap_or(u64::MAX) >> 10;
            MemoryError::new(
                no_memory,
                format!(
                    "mapping {} KiB with {} KiB locked already, and this process may lock {limit} \
                     KiB (RLIMIT_MEMLOCK); {}",
                    length >> 10,
                    locked.used.max(mapped) >> 10,
                    Remedy::lock_more(),
                ),
            )
        }
        Errno::NOMEM => MemoryError::new(no_memory, "the kernel has no memory for it"),
        Errno::NOSPC => MemoryError::new(
            no_memory,
            format!(
                "{mappings} mappings are all that the kernel allows; use fewer and longer buffers, \
                 or raise it: `echo 1000000 > \
                 /sys/module/vfio_iommu_type1/parameters/dma_entry_limit`"
            ),
        ),
        Errno::FAULT => MemoryError::new(
            os(operation, error),
            "the memory is not there, or cannot be written though the device shall write it",
        ),
        error => MemoryError::new(os(operation, error), error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKED: LockedMemory =
        LockedMemory { limit: Some(8 << 20), used: 8 << 20, unlimited: false };

    // A limit that is too small is told apart from a lack of memory, with the numbers and the
    // command.
    #[test]
    fn memlock_is_told_from_lack_of_memory() {
        let tell = |locked| word(Operation::Map, 4096, Errno::NOMEM, Some(locked), 0, 2);
        let short = tell(LOCKED);
        assert_eq!(short.kind(), ErrorKind::NoMemory);
        let text = short.to_string();
        assert!(
            text.contains("4 KiB with 8192 KiB locked") && text.contains("ulimit -l"),
            "{text}"
        );
        assert!(!text.contains('\n'));
        let lack = tell(LockedMemory { unlimited: true, ..LOCKED }).to_string();
        assert!(lack.contains("no memory") && !lack.contains("ulimit"), "{lack}");
    }

    // A device that does not reach enough addresses is told by its mask.
    #[test]
    fn narrow_mask_is_named() {
        let error = |kind| Error::new(kind, Operation::Allocate, 0);
        let tell = |kind| word_mask(error(kind), 512 << 20, AddressMask::bits(28), 3 << 20);
        let text = tell(ErrorKind::NoMemory).to_string();
        for part in ["524288 KiB", "mask of 28 bits ends at 0xfffffff", "3072 KiB are mapped"] {
            assert!(text.contains(part), "{text}");
        }
        assert_eq!(tell(ErrorKind::Empty).to_string(), error(ErrorKind::Empty).to_string());
    }

    // Too many mappings, and memory that is not there, say so.
    #[test]
    fn other_refusals_are_explained() {
        let tell = |error| word(Operation::Map, 4096, error, None, 0, 65535);
        let many = tell(Errno::NOSPC);
        assert_eq!(many.kind(), ErrorKind::NoMemory);
        assert!(many.to_string().contains("65535") && many.to_string().contains("dma_entry_limit"));
        let fault = tell(Errno::FAULT);
        assert_eq!((fault.kind(), fault.error().detail()), (ErrorKind::Os, 14));
        assert_eq!(tell(Errno::NODEV).kind(), ErrorKind::Gone);
    }
}
