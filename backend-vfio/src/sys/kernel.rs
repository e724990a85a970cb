//! The kernel's calls of VFIO: numbers, structures, answers.
//!
//! Source: `include/uapi/linux/vfio.h`, whose structures come from `vfio-bindings`.

use core::ffi::{CStr, c_void};
use std::os::fd::{AsFd, FromRawFd, OwnedFd, RawFd};

use rustix::io::Result;
use rustix::ioctl::{Ioctl, IoctlOutput, Opcode, opcode};
use vfio_bindings::bindings::vfio;

/// `_IO(';', 100 + number)`: VFIO's calls carry no size in their numbers.
pub(super) const fn number(number: u8) -> Opcode {
    opcode::none(vfio::VFIO_TYPE, 100 + number)
}

const GET_API_VERSION: Opcode = number(0);
const CHECK_EXTENSION: Opcode = number(1);
const SET_IOMMU: Opcode = number(2);
const GROUP_GET_STATUS: Opcode = number(3);
const GROUP_SET_CONTAINER: Opcode = number(4);
const GROUP_GET_DEVICE_FD: Opcode = number(6);
const DEVICE_GET_INFO: Opcode = number(7);
const DEVICE_GET_REGION_INFO: Opcode = number(8);
const DEVICE_GET_IRQ_INFO: Opcode = number(9);
const DEVICE_SET_IRQS: Opcode = number(10);
const DEVICE_RESET: Opcode = number(11);
const IOMMU_GET_INFO: Opcode = number(12);
const IOMMU_MAP_DMA: Opcode = number(13);
const IOMMU_UNMAP_DMA: Opcode = number(14);

/// One call: its number, and a pointer or a plain number.
struct Call {
    opcode: Opcode,
    argument: *mut c_void,
}

// SAFETY: the argument is handed on as it is, and nothing is read from it here; whoever makes a
// `Call` answers for what the kernel does with it.
unsafe impl Ioctl for Call {
    type Output = i32;

    const IS_MUTATING: bool = true;

    fn opcode(&self) -> Opcode {
        self.opcode
    }

    fn as_ptr(&mut self) -> *mut c_void {
        self.argument
    }

    unsafe fn output_from_ptr(answer: IoctlOutput, _: *mut c_void) -> Result<i32> {
        Ok(answer)
    }
}

/// A call with a plain number, or none.
///
/// # Safety
///
/// The call takes no pointer.
unsafe fn plain(fd: impl AsFd, opcode: Opcode, argument: u32) -> Result<i32> {
    let argument = core::ptr::without_provenance_mut(argument as usize);
    // SAFETY: the kernel follows no pointer, as the caller says.
    unsafe { rustix::ioctl::ioctl(fd, Call { opcode, argument }) }
}

/// A call with a structure.
///
/// # Safety
///
/// The call takes a `T`, or as much of it as its first word says; pointers in it are valid for
/// what the call does with them.
pub(super) unsafe fn with<T>(fd: impl AsFd, opcode: Opcode, argument: &mut T) -> Result<i32> {
    let argument = (&raw mut *argument).cast();
    // SAFETY: the kernel reads and writes within `T`, as the caller says.
    unsafe { rustix::ioctl::ioctl(fd, Call { opcode, argument }) }
}

/// A call whose structure, beginning with its length in bytes, may grow: the answer, whole.
///
/// # Safety
///
/// The call takes such a structure, and there are no pointers in it.
unsafe fn growing(fd: impl AsFd, opcode: Opcode, words: &mut Vec<u32>) -> Result<()> {
    // A kernel that answers with ever longer answers is not asked for ever.
    for _ in 0..4 {
        let length = words.len();
        words[0] = bytes(length);
        let argument = words.as_mut_ptr().cast();
        // SAFETY: the first word says how long the vector is; no pointers in it.
        unsafe { rustix::ioctl::ioctl(&fd, Call { opcode, argument }) }?;
        let wanted = (words[0] as usize).div_ceil(4);
        if wanted <= length {
            return Ok(());
        }
        words.resize(wanted, 0);
    }
    Err(rustix::io::Errno::OVERFLOW)
}

/// Bytes of so many words.
fn bytes(words: usize) -> u32 {
    u32::try_from(words * 4).unwrap_or(u32::MAX)
}

/// The words as bytes.
fn flatten(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

/// A structure's length as its first word.
pub(super) fn size<T>() -> u32 {
    u32::try_from(size_of::<T>()).unwrap_or(u32::MAX)
}

/// The version of the interface.
pub(crate) fn api_version(container: impl AsFd) -> Result<i32> {
    // SAFETY: it takes nothing.
    unsafe { plain(container, GET_API_VERSION, 0) }
}

/// Whether a container has an extension; some answer with more than yes.
pub(crate) fn extension(container: impl AsFd, extension: u32) -> Result<i32> {
    // SAFETY: it takes a number.
    unsafe { plain(container, CHECK_EXTENSION, extension) }
}

/// Chooses the kind of IOMMU of a container, which has a group by then.
pub(crate) fn set_iommu(container: impl AsFd, kind: u32) -> Result<()> {
    // SAFETY: it takes a number.
    unsafe { plain(container, SET_IOMMU, kind) }.map(drop)
}

/// The flags of a group.
pub(crate) fn group_flags(group: impl AsFd) -> Result<u32> {
    let mut status = vfio::vfio_group_status { argsz: size::<vfio::vfio_group_status>(), flags: 0 };
    // SAFETY: it takes this structure, and its first word says how long it is.
    unsafe { with(group, GROUP_GET_STATUS, &mut status) }?;
    Ok(status.flags)
}

/// Puts a group into a container.
pub(crate) fn set_container(group: impl AsFd, container: RawFd) -> Result<()> {
    let mut number = container;
    // SAFETY: it takes a pointer to the number of an open file, and the kernel checks that.
    unsafe { with(group, GROUP_SET_CONTAINER, &mut number) }.map(drop)
}

/// Opens a device of a group by its name.
pub(crate) fn open_device(group: impl AsFd, name: &CStr) -> Result<OwnedFd> {
    let argument = name.as_ptr().cast_mut().cast();
    // SAFETY: it takes a string that ends in zero, and only reads it.
    let number =
        unsafe { rustix::ioctl::ioctl(group, Call { opcode: GROUP_GET_DEVICE_FD, argument }) }?;
    // SAFETY: the kernel has just opened it for this call, so nobody else has it.
    Ok(unsafe { OwnedFd::from_raw_fd(number) })
}

/// Flags and counts of a device.
pub(crate) fn device_info(device: impl AsFd) -> Result<vfio::vfio_device_info> {
    let argsz = size::<vfio::vfio_device_info>();
    let mut info = vfio::vfio_device_info { argsz, ..Default::default() };
    // SAFETY: it takes this structure, and its first word says how long it is.
    unsafe { with(device, DEVICE_GET_INFO, &mut info) }?;
    Ok(info)
}

/// What the kernel says of a region, capabilities included.
pub(crate) fn region_info(device: impl AsFd, index: u32) -> Result<Vec<u8>> {
    let mut words = vec![0_u32; size_of::<vfio::vfio_region_info>() / 4];
    words[2] = index;
    // SAFETY: it takes this structure, which may grow; no pointers in it.
    unsafe { growing(device, DEVICE_GET_REGION_INFO, &mut words) }?;
    Ok(flatten(&words))
}

/// What the kernel says of a kind of interrupt.
pub(crate) fn irq_info(device: impl AsFd, index: u32) -> Result<vfio::vfio_irq_info> {
    let argsz = size::<vfio::vfio_irq_info>();
    let mut info = vfio::vfio_irq_info { argsz, index, ..Default::default() };
    // SAFETY: it takes this structure, and its first word says how long it is.
    unsafe { with(device, DEVICE_GET_IRQ_INFO, &mut info) }?;
    Ok(info)
}

/// Changes interrupts from `start` on: what and how by `flags`, with one eventfd each (-1 for
/// none), or without any for all `count`. Where the kernel has fewer, the answer is how many.
pub(crate) fn set_irqs(
    device: impl AsFd,
    index: u32,
    flags: u32,
    start: u32,
    count: u32,
    events: &[RawFd],
) -> Result<i32> {
    let header = [0, flags, index, start, count];
    let numbers = events.iter().map(|number| u32::from_ne_bytes(number.to_ne_bytes()));
    let mut words: Vec<u32> = header.into_iter().chain(numbers).collect();
    words[0] = bytes(words.len());
    let argument = words.as_mut_ptr().cast();
    // SAFETY: it takes this structure, whose first word says how long it is; the kernel checks
    // the numbers of open files.
    unsafe { rustix::ioctl::ioctl(device, Call { opcode: DEVICE_SET_IRQS, argument }) }
}

/// Resets a device.
pub(crate) fn reset(device: impl AsFd) -> Result<()> {
    // SAFETY: it takes nothing.
    unsafe { plain(device, DEVICE_RESET, 0) }.map(drop)
}

/// What the kernel says of a container's IOMMU, capabilities included.
pub(crate) fn iommu_info(container: impl AsFd) -> Result<Vec<u8>> {
    let mut words = vec![0_u32; size_of::<vfio::vfio_iommu_type1_info>() / 4];
    // SAFETY: it takes this structure, which may grow; no pointers in it.
    unsafe { growing(container, IOMMU_GET_INFO, &mut words) }?;
    Ok(flatten(&words))
}

/// Lets the devices of a container reach `length` bytes at `cpu` as `iova`.
///
/// # Safety
///
/// Those bytes are valid memory of this process, writable if devices may write, and stay so until
/// they are unmapped; who owns them lets devices change them.
pub(crate) unsafe fn map(
    container: impl AsFd,
    cpu: *mut u8,
    length: u64,
    iova: u64,
    read: bool,
    write: bool,
) -> Result<()> {
    let flag = |on: bool, flag| if on { flag } else { 0 };
    let mut map = vfio::vfio_iommu_type1_dma_map {
        argsz: size::<vfio::vfio_iommu_type1_dma_map>(),
        flags: flag(read, vfio::VFIO_DMA_MAP_FLAG_READ)
            | flag(write, vfio::VFIO_DMA_MAP_FLAG_WRITE),
        vaddr: cpu.expose_provenance() as u64,
        iova,
        size: length,
    };
    // SAFETY: it takes this structure; the pointer in it is valid, as the caller says.
    unsafe { with(container, IOMMU_MAP_DMA, &mut map) }.map(drop)
}

/// Takes a range away from the devices of a container; the answer is how many bytes of it were
/// mapped.
pub(crate) fn unmap(container: impl AsFd, iova: u64, length: u64) -> Result<u64> {
    let mut unmap = vfio::vfio_iommu_type1_dma_unmap {
        argsz: size::<vfio::vfio_iommu_type1_dma_unmap>(),
        flags: 0,
        iova,
        size: length,
        ..Default::default()
    };
    // SAFETY: it takes this structure; no pointers in it.
    unsafe { with(container, IOMMU_UNMAP_DMA, &mut unmap) }?;
    Ok(unmap.size)
}
