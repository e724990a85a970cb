//! The first BAR of a device, mapped through sysfs: two registers of `edu`.

use std::fs::File;
use std::os::fd::AsFd;
use std::ptr::{NonNull, null_mut};

use rustix::mm::{MapFlags, ProtFlags, mmap};

use guest_init::error::{Context, Error, Result, write};
use guest_init::pci::Device;

/// Bytes of a BAR that are mapped: a page on every kernel.
const LENGTH: usize = 0x1_0000;

/// A mapped BAR; the mapping lasts until the process ends.
#[derive(Debug)]
pub(crate) struct Bar {
    base: NonNull<u32>,
}

impl Bar {
    /// Switches the device's memory on and maps the beginning of its BAR 0.
    pub(crate) fn map(device: &Device) -> Result<Self> {
        write(&device.file("enable"), "1")?;
        let path = device.file("resource0");
        let file = File::options().read(true).write(true).open(&path);
        let file = file.context(format_args!("open {path}"))?;
        let length = file.metadata().context(&path)?.len();
        if length < LENGTH as u64 {
            return Err(Error::new(format!("{path} has {length} bytes only")));
        }
        // SAFETY: a new mapping at an address of the kernel's choice touches no memory of ours.
        let mapped = unsafe {
            mmap(
                null_mut(),
                LENGTH,
                ProtFlags::READ | ProtFlags::WRITE,
                MapFlags::SHARED,
                file.as_fd(),
                0,
            )
        };
        let mapped = mapped.context(format_args!("map {path}"))?;
        let base = NonNull::new(mapped.cast()).ok_or_else(|| Error::new("mapped at zero"))?;
        Ok(Self { base })
    }

    fn register<const OFFSET: usize>(&self) -> NonNull<u32> {
        const { assert!(OFFSET.is_multiple_of(4) && OFFSET < LENGTH, "outside the mapping") };
        // SAFETY: `map` has mapped `LENGTH` bytes from the base, and the offset is below that.
        unsafe { self.base.byte_add(OFFSET) }
    }

    fn load<const OFFSET: usize>(&self) -> u32 {
        // SAFETY: inside the mapping, which lasts, aligned, and any value is a `u32`.
        unsafe { self.register::<OFFSET>().read_volatile() }
    }

    fn store<const OFFSET: usize>(&self, value: u32) {
        // SAFETY: inside the mapping, which lasts, and aligned; the one caller writes a register
        // that only keeps what it is given.
        unsafe { self.register::<OFFSET>().write_volatile(value) }
    }

    /// The identification register of `edu`.
    pub(crate) fn identification(&self) -> u32 {
        self.load::<0>()
    }

    /// The liveness register of `edu` answers with the complement of what is written.
    pub(crate) fn liveness(&self, value: u32) -> u32 {
        self.store::<4>(value);
        self.load::<4>()
    }
}
