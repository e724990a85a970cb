//! The module's commands: numbers, structures, answers.
//!
//! Source: [`backend_kernel_abi`], which the module is built from, too.

use core::ffi::c_void;
use std::os::fd::{AsFd, RawFd};

use backend_kernel_abi as abi;
use rustix::io::Result;
use rustix::ioctl::{Ioctl, IoctlOutput, Opcode};

/// One command: its number, and its structure.
struct Command {
    opcode: Opcode,
    argument: *mut c_void,
}

// SAFETY: the argument is handed on as it is, and nothing is read from it here; whoever makes a
// `Command` answers for what the kernel does with it.
unsafe impl Ioctl for Command {
    type Output = i32;

    const IS_MUTATING: bool = true;

    fn opcode(&self) -> Opcode {
        self.opcode
    }

    fn as_ptr(&mut self) -> *mut c_void {
        self.argument
    }

    unsafe fn output_from_ptr(output: IoctlOutput, _: *mut c_void) -> Result<i32> {
        Ok(output)
    }
}

/// Runs a command with its structure, which the module reads or writes; the file may be any.
///
/// # Safety
///
/// The command's number is that of a structure `T` (the kernel's part of the number says its
/// length), and addresses of this process in it are valid for what the command does with them.
unsafe fn command<T>(device: impl AsFd, number: u32, argument: &mut T) -> Result<()> {
    let argument = (&raw mut *argument).cast();
    let command = Command { opcode: number, argument };
    // SAFETY: the structure is valid for reads and writes, and the caller answers for the rest.
    unsafe { rustix::ioctl::ioctl(device, command) }.map(drop)
}

/// The version of the interface that the module speaks.
pub(crate) fn version(device: impl AsFd) -> Result<u32> {
    let mut version = 0;
    // SAFETY: it writes this number.
    unsafe { command(device, abi::GET_VERSION, &mut version) }?;
    Ok(version)
}

/// All there is to know of the device.
pub(crate) fn info(device: impl AsFd) -> Result<abi::Info> {
    let mut info = abi::Info::default();
    // SAFETY: it writes this structure.
    unsafe { command(device, abi::GET_INFO, &mut info) }?;
    Ok(info)
}

/// Says how many address bits the device has.
pub(crate) fn set_mask(device: impl AsFd, bits: u32) -> Result<()> {
    let mut mask = abi::SetMask { bits, flags: 0 };
    // SAFETY: it reads this structure.
    unsafe { command(device, abi::SET_MASK, &mut mask) }
}

/// Coherent memory of whole pages.
pub(crate) fn allocate(device: impl AsFd, length: u64) -> Result<abi::Allocate> {
    let mut memory = abi::Allocate { length, ..abi::Allocate::default() };
    // SAFETY: it reads and writes this structure.
    unsafe { command(device, abi::ALLOCATE, &mut memory) }?;
    Ok(memory)
}

/// Takes memory away from the device, and gives it back.
pub(crate) fn free(device: impl AsFd, id: u32) -> Result<()> {
    let mut memory = abi::Free { id, flags: 0 };
    // SAFETY: it reads this structure.
    unsafe { command(device, abi::FREE, &mut memory) }
}

/// Lets the device reach whole pages of this process.
///
/// # Safety
///
/// They are valid memory, writable if the device may write, and stay so until they are given
/// back; who owns them lets the device change them.
pub(crate) unsafe fn map(
    device: impl AsFd,
    cpu: *mut u8,
    length: u64,
    flags: u32,
) -> Result<abi::Map> {
    let address = cpu.expose_provenance() as u64;
    let mut memory = abi::Map { address, length, flags, ..abi::Map::default() };
    // SAFETY: it reads and writes this structure; the memory is valid, as the caller says.
    unsafe { command(device, abi::MAP, &mut memory) }?;
    Ok(memory)
}

/// Where the device finds memory: so many runs, in order.
pub(crate) fn runs(device: impl AsFd, id: u32, count: u32) -> Result<Vec<abi::Run>> {
    let mut runs = vec![abi::Run::default(); count as usize];
    let room = runs.as_mut_ptr().expose_provenance() as u64;
    let mut request = abi::GetRuns { id, count, room, ..abi::GetRuns::default() };
    // SAFETY: it reads and writes this structure; there is room for as many runs as it says.
    unsafe { command(device, abi::GET_RUNS, &mut request) }?;
    runs.truncate(request.count as usize);
    Ok(runs)
}

/// Hands bytes over.
pub(crate) fn sync(device: impl AsFd, id: u32, flags: u32, offset: u64, length: u64) -> Result<()> {
    let mut sync = abi::Sync { id, flags, offset, length };
    // SAFETY: it reads this structure.
    unsafe { command(device, abi::SYNC, &mut sync) }
}

/// Switches a kind of interrupt on; the answer is how many vectors there are.
pub(crate) fn set_interrupts(device: impl AsFd, kind: u32, count: u32) -> Result<u32> {
    let mut interrupts = abi::Interrupts { kind, count, ..abi::Interrupts::default() };
    // SAFETY: it reads and writes this structure.
    unsafe { command(device, abi::SET_INTERRUPTS, &mut interrupts) }?;
    Ok(interrupts.count)
}

/// A vector is told by an eventfd from now on.
pub(crate) fn set_event(device: impl AsFd, vector: u32, fd: RawFd) -> Result<()> {
    let mut event = abi::SetEvent { vector, fd, flags: abi::event::ON, reserved: 0 };
    // SAFETY: it reads this structure; the module checks the number of the file.
    unsafe { command(device, abi::SET_EVENT, &mut event) }
}

/// Lets a line through or holds it back.
pub(crate) fn rearm(device: impl AsFd, vector: u32, flags: u32) -> Result<()> {
    let mut rearm = abi::Rearm { vector, flags };
    // SAFETY: it reads this structure.
    unsafe { command(device, abi::REARM, &mut rearm) }
}

/// Switches bus mastering.
pub(crate) fn set_master(device: impl AsFd, on: bool) -> Result<()> {
    let mut switch = abi::Switch { on: on.into(), flags: 0 };
    // SAFETY: it reads this structure.
    unsafe { command(device, abi::SET_MASTER, &mut switch) }
}

/// Resets the device; its bus mastering is off then.
pub(crate) fn reset(device: impl AsFd) -> Result<()> {
    let mut reset = abi::Reset::default();
    // SAFETY: it reads and writes this structure.
    unsafe { command(device, abi::RESET, &mut reset) }
}
