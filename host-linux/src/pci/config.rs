//! Names of what stands in the configuration space of a PCI device.
//!
//! Source: PCI Local Bus Specification 3.0, chapter 6, and the kernel's `pci_regs.h`.
#![forbid(unsafe_code)]

/// Offsets of registers, in bytes.
pub mod register {
    /// Vendor, 16 bits.
    pub const VENDOR: u16 = 0x00;
    /// Device, 16 bits.
    pub const DEVICE: u16 = 0x02;
    /// Command, 16 bits: see [`Command`](super::Command).
    pub const COMMAND: u16 = 0x04;
    /// Status, 16 bits.
    pub const STATUS: u16 = 0x06;
    /// Revision, 8 bits, and above it the class code, 24 bits.
    pub const REVISION: u16 = 0x08;
    /// The first base address register; five more follow, 32 bits each.
    pub const BAR_0: u16 = 0x10;
    /// Where the first capability is, 8 bits.
    pub const CAPABILITIES: u16 = 0x34;
}

/// Ids of capabilities.
pub mod capability {
    /// Power management.
    pub const POWER: u8 = 0x01;
    /// Message-signalled interrupts.
    pub const MSI: u8 = 0x05;
    /// PCI Express.
    pub const EXPRESS: u8 = 0x10;
    /// Message-signalled interrupts with a table.
    pub const MSIX: u8 = 0x11;
}

bitflags::bitflags! {
    /// The command register.
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    pub struct Command: u16 {
        /// Answers in I/O space.
        const IO = 1 << 0;
        /// Answers in memory space: without it, BARs are dead.
        const MEMORY = 1 << 1;
        /// May master the bus: DMA, and interrupts by message.
        const BUS_MASTER = 1 << 2;
        /// Does not pull its interrupt line.
        const INTX_DISABLE = 1 << 10;
        /// Whatever else is set.
        const _ = !0;
    }
}
