//! QEMU's educational PCI device: a small DMA engine beside a factorial unit.
//!
//! Generated from `edu.svd` by register-gen, as structures of volatile cells; changes belong there.

use core::mem::offset_of;

use volatile_register::{RO, RW, WO};

/// All registers of the device. Below 0x80 it takes 4-byte accesses only.
#[repr(C)]
pub struct Edu {
    /// Identification: version and a fixed byte.
    pub id: RO<u32>,
    /// Liveness check: reads as the complement of what was written.
    pub liveness: RW<u32>,
    /// Takes a number, gives its factorial modulo 2^32 once `STATUS.COMPUTING` is clear.
    pub factorial: RW<u32>,
    _reserved0: [u8; 0x14],
    /// State of the factorial unit.
    pub status: RW<u32>,
    /// The interrupts that are pending; the line is up while any bit is set.
    pub interrupt_status: RO<u32>,
    _reserved1: [u8; 0x38],
    /// Sets the bits written in `INTERRUPT_STATUS`.
    pub interrupt_raise: WO<u32>,
    /// Clears the bits written in `INTERRUPT_STATUS`.
    pub interrupt_acknowledge: WO<u32>,
    _reserved2: [u8; 0x18],
    /// Where a transfer reads: host memory or the device's own, as the direction says.
    ///
    /// Takes an address that the device masters the bus with. What is written must be mapped for as
    /// long as it is used.
    pub dma_source: RW<u64>,
    /// Where a transfer writes: the device's own memory or the host's, as the direction says.
    ///
    /// Takes an address that the device masters the bus with. What is written must be mapped for as
    /// long as it is used.
    pub dma_destination: RW<u64>,
    /// How many bytes a transfer moves; the device's own memory has 4096, at 0x40000.
    pub dma_count: RW<u64>,
    /// Starts a transfer; its other registers must be set before, and stay until START is clear.
    ///
    /// A write may start the device.
    pub dma_command: RW<u64>,
    _reserved3: [u8; 0x60],
}

const _: () = {
    assert!(size_of::<Edu>() == 0x100);
    assert!(offset_of!(Edu, id) == 0x00);
    assert!(offset_of!(Edu, liveness) == 0x04);
    assert!(offset_of!(Edu, factorial) == 0x08);
    assert!(offset_of!(Edu, status) == 0x20);
    assert!(offset_of!(Edu, interrupt_status) == 0x24);
    assert!(offset_of!(Edu, interrupt_raise) == 0x60);
    assert!(offset_of!(Edu, interrupt_acknowledge) == 0x64);
    assert!(offset_of!(Edu, dma_source) == 0x80);
    assert!(offset_of!(Edu, dma_destination) == 0x88);
    assert!(offset_of!(Edu, dma_count) == 0x90);
    assert!(offset_of!(Edu, dma_command) == 0x98);
};
