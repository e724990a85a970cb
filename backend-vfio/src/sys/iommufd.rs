//! The kernel's calls of iommufd: address spaces that belong to no group.
//!
//! Source: `include/uapi/linux/iommufd.h`, whose structures come from `iommufd-bindings`; binding a
//! device is a call of VFIO.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd};

use dma_core::IovaWindow;
use iommufd_bindings::iommufd;
use rustix::io::{Errno, Result};
use rustix::ioctl::{Opcode, opcode};
use vfio_bindings::bindings::vfio;

use super::kernel::{number, size, with};

/// `_IO(';', command)`: the same letter as VFIO's, without a size.
const fn command(command: u8) -> Opcode {
    opcode::none(vfio::VFIO_TYPE, command)
}

const IOAS_ALLOC: Opcode = command(0x81);
const IOAS_IOVA_RANGES: Opcode = command(0x84);
const IOAS_MAP: Opcode = command(0x85);
const IOAS_UNMAP: Opcode = command(0x86);
const DEVICE_BIND_IOMMUFD: Opcode = number(18);
const DEVICE_ATTACH_IOMMUFD_PT: Opcode = number(19);

/// Bytes of these structures that the first kernels with them know; the rest is for newer flags.
const BIND_BYTES: u32 = 16;
const ATTACH_BYTES: u32 = 12;

/// Gives a device to an iommufd.
pub(crate) fn bind(device: impl AsFd, iommufd: BorrowedFd<'_>) -> Result<()> {
    let mut bind = vfio::vfio_device_bind_iommufd {
        argsz: BIND_BYTES,
        iommufd: iommufd.as_raw_fd(),
        ..Default::default()
    };
    // SAFETY: it takes as much of this structure as the first word says; the pointer in it lies
    // behind that.
    unsafe { with(device, DEVICE_BIND_IOMMUFD, &mut bind) }.map(drop)
}

/// Lets a bound device see an address space.
pub(crate) fn attach(device: impl AsFd, ioas: u32) -> Result<()> {
    let mut attach = vfio::vfio_device_attach_iommufd_pt {
        argsz: ATTACH_BYTES,
        pt_id: ioas,
        ..Default::default()
    };
    // SAFETY: it takes as much of this structure as the first word says; no pointers in it.
    unsafe { with(device, DEVICE_ATTACH_IOMMUFD_PT, &mut attach) }.map(drop)
}

/// A new, empty address space.
pub(crate) fn allocate(iommufd: impl AsFd) -> Result<u32> {
    let mut alloc = iommufd::iommu_ioas_alloc {
        size: size::<iommufd::iommu_ioas_alloc>(),
        ..Default::default()
    };
    // SAFETY: it takes this structure, and its first word says how long it is; no pointers in it.
    unsafe { with(iommufd, IOAS_ALLOC, &mut alloc) }?;
    Ok(alloc.out_ioas_id)
}

/// The addresses that may be used, with the devices that are attached now, and their unit.
pub(crate) fn ranges(iommufd: impl AsFd, ioas: u32) -> Result<(Vec<IovaWindow>, u64)> {
    let empty = iommufd::iommu_iova_range::default();
    let mut room = vec![empty; 16];
    loop {
        let mut ask = iommufd::iommu_ioas_iova_ranges {
            size: size::<iommufd::iommu_ioas_iova_ranges>(),
            ioas_id: ioas,
            num_iovas: u32::try_from(room.len()).map_err(|_| Errno::OVERFLOW)?,
            allowed_iovas: room.as_mut_ptr().expose_provenance() as u64,
            ..Default::default()
        };
        // SAFETY: it takes this structure; the kernel writes as many ranges as it says there is
        // room for, to the vector that lives meanwhile.
        let answer = unsafe { with(&iommufd, IOAS_IOVA_RANGES, &mut ask) };
        let count = usize::try_from(ask.num_iovas).map_err(|_| Errno::OVERFLOW)?;
        match answer {
            Ok(_) => {
                let window = |range: &iommufd::iommu_iova_range| IovaWindow {
                    first: range.start,
                    last: range.last,
                };
                return Ok((room.iter().take(count).map(window).collect(), ask.out_iova_alignment));
            }
            Err(Errno::MSGSIZE) if count > room.len() => room.resize(count, empty),
            Err(error) => return Err(error),
        }
    }
}

/// Lets the devices of an address space reach `length` bytes at `cpu` as `iova`.
///
/// # Safety
///
/// As [`kernel::map`](super::kernel::map).
pub(crate) unsafe fn map(
    iommufd: impl AsFd,
    ioas: u32,
    cpu: *mut u8,
    length: u64,
    iova: u64,
    read: bool,
    write: bool,
) -> Result<()> {
    let flag = |on: bool, flag| if on { flag } else { 0 };
    let mut map = iommufd::iommu_ioas_map {
        size: size::<iommufd::iommu_ioas_map>(),
        flags: iommufd::iommufd_ioas_map_flags_IOMMU_IOAS_MAP_FIXED_IOVA
            | flag(read, iommufd::iommufd_ioas_map_flags_IOMMU_IOAS_MAP_READABLE)
            | flag(write, iommufd::iommufd_ioas_map_flags_IOMMU_IOAS_MAP_WRITEABLE),
        ioas_id: ioas,
        user_va: cpu.expose_provenance() as u64,
        length,
        iova,
        ..Default::default()
    };
    // SAFETY: it takes this structure; the pointer in it is valid, as the caller says.
    unsafe { with(iommufd, IOAS_MAP, &mut map) }.map(drop)
}

/// Takes a range away; the answer is how many bytes of it were mapped.
pub(crate) fn unmap(iommufd: impl AsFd, ioas: u32, iova: u64, length: u64) -> Result<u64> {
    let mut unmap = iommufd::iommu_ioas_unmap {
        size: size::<iommufd::iommu_ioas_unmap>(),
        ioas_id: ioas,
        iova,
        length,
    };
    // SAFETY: it takes this structure; no pointers in it.
    unsafe { with(iommufd, IOAS_UNMAP, &mut unmap) }?;
    Ok(unmap.length)
}
