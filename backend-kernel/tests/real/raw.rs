//! The bare calls, with any numbers whatever.

use std::fs::File;
use std::os::fd::AsFd as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::ptr::{NonNull, null_mut};

use core::ffi::c_void;

use rustix::fs::OFlags;
use rustix::io::Result;
use rustix::ioctl::{Ioctl, IoctlOutput, Opcode};
use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

use crate::PLACE;

/// Room for the longest structure of the interface, and for what is taken for one.
pub(crate) type Words = [u64; 64];

struct Call(Opcode, *mut c_void);

// SAFETY: the argument is handed on, and nothing is read from it here.
unsafe impl Ioctl for Call {
    type Output = i32;

    const IS_MUTATING: bool = true;

    fn opcode(&self) -> Opcode {
        self.0
    }

    fn as_ptr(&mut self) -> *mut c_void {
        self.1
    }

    unsafe fn output_from_ptr(output: IoctlOutput, _: *mut c_void) -> Result<i32> {
        Ok(output)
    }
}

/// Opens the card's node.
pub(crate) fn open() -> std::io::Result<File> {
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let path = format!("{}/{PLACE}", backend_kernel_abi::NODES);
    File::options().read(true).write(true).custom_flags(flags).open(path)
}

/// A command with these words as its structure, which may be of any kind: lengths in numbers of
/// commands are below 512 bytes here, and addresses in it are of `room`, of nothing, or the kernel's.
pub(crate) fn command(file: &File, number: u32, words: &mut Words) -> Result<i32> {
    let call = Call(number, words.as_mut_ptr().cast());
    // SAFETY: the kernel checks everything, which is what is tested; what it writes are the words, or
    // memory that callers have given up to it.
    unsafe { rustix::ioctl::ioctl(file.as_fd(), call) }
}

/// The same with a structure that is nowhere.
pub(crate) fn command_nowhere(file: &File, number: u32) -> Result<i32> {
    // SAFETY: an address of nobody, which the kernel refuses.
    unsafe { rustix::ioctl::ioctl(file.as_fd(), Call(number, null_mut())) }
}

/// A mapping of the card's file.
#[derive(Debug)]
pub(crate) struct View {
    base: NonNull<u8>,
    length: usize,
}

impl View {
    pub(crate) fn map(
        file: &File,
        offset: u64,
        length: usize,
        access: ProtFlags,
        flags: MapFlags,
    ) -> Result<Self> {
        // SAFETY: at an address of the kernel's choice; it touches no memory of ours.
        let base = unsafe { mmap(null_mut(), length, access, flags, file, offset) }?;
        Ok(Self { base: NonNull::new(base.cast()).unwrap(), length })
    }

    /// Writes the first byte and reads it back; of coherent memory, mapped for both.
    pub(crate) fn touch(&self, byte: u8) -> u8 {
        // SAFETY: mapped, by this value alone.
        unsafe { self.base.as_ptr().write_volatile(byte) };
        // SAFETY: as above.
        unsafe { self.base.as_ptr().read_volatile() }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // SAFETY: its own, and nobody looks at it any more.
        let _ = unsafe { munmap(self.base.as_ptr().cast(), self.length) };
    }
}
