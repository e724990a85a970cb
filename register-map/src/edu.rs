//! QEMU's educational PCI device: a small DMA engine beside a factorial unit.
//!
//! Generated from `edu.svd` by register-gen; changes belong there.

use register_map::description::{
    BlockDescription, Described, DeviceDescription, FieldDescription, Identity, ReadKind,
    RegionDescription, RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
};
use register_map::rights::{Doorbell, ReadOnly, ReadWrite, Steering, WriteOnly};
use register_map::{Block, Def, register_bitfields};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "EDU", doc: "QEMU's educational PCI device: a small DMA engine beside a factorial unit",
    identities: &[Identity::Pci { vendor: 0x1234, device: 0x11e8 }],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x0010_0000, block: Edu::DESCRIPTION },
    ],
    memory: &[],
};

/// All registers of the device. Below 0x80 it takes 4-byte accesses only.
#[derive(Debug)]
pub struct Edu(());

impl Block for Edu {
    const NAME: &'static str = "EDU";
    const SIZE: usize = 0x100;
    const ALIGNMENT: usize = 8;
}

/// Identification: version and a fixed byte.
pub const ID: Def<Edu, u32, ReadOnly, ID::Register, 0x00> = Def::new(&Edu(()));

/// Liveness check: reads as the complement of what was written.
pub const LIVENESS: Def<Edu, u32, ReadWrite, (), 0x04> = Def::new(&Edu(()));

/// Takes a number, gives its factorial modulo 2^32 once `STATUS.COMPUTING` is clear.
pub const FACTORIAL: Def<Edu, u32, ReadWrite, (), 0x08> = Def::new(&Edu(()));

/// State of the factorial unit.
pub const STATUS: Def<Edu, u32, ReadWrite, STATUS::Register, 0x20> = Def::new(&Edu(()));

/// The interrupts that are pending; the line is up while any bit is set.
pub const INTERRUPT_STATUS: Def<Edu, u32, ReadOnly, INTERRUPT_STATUS::Register, 0x24> =
    Def::new(&Edu(()));

/// Sets the bits written in `INTERRUPT_STATUS`.
pub const INTERRUPT_RAISE: Def<Edu, u32, WriteOnly, (), 0x60> = Def::new(&Edu(()));

/// Clears the bits written in `INTERRUPT_STATUS`.
pub const INTERRUPT_ACKNOWLEDGE: Def<Edu, u32, WriteOnly, INTERRUPT_ACKNOWLEDGE::Register, 0x64> =
    Def::new(&Edu(()));

/// Where a transfer reads: host memory or the device's own, as the direction says.
///
/// Takes an address that the device masters the bus with.
pub const DMA_SOURCE: Def<Edu, u64, Steering, (), 0x80> = Def::new(&Edu(()));

/// Where a transfer writes: the device's own memory or the host's, as the direction says.
///
/// Takes an address that the device masters the bus with.
pub const DMA_DESTINATION: Def<Edu, u64, Steering, (), 0x88> = Def::new(&Edu(()));

/// How many bytes a transfer moves; the device's own memory has 4096, at 0x40000.
pub const DMA_COUNT: Def<Edu, u64, ReadWrite, (), 0x90> = Def::new(&Edu(()));

/// Starts a transfer; its other registers must be set before, and stay until START is clear.
///
/// A write may start the device.
pub const DMA_COMMAND: Def<Edu, u64, Doorbell, DMA_COMMAND::Register, 0x98> = Def::new(&Edu(()));

register_bitfields! { u32,
    /// Fields of [`ID`](const@ID).
    pub ID [
        /// Always 0xed.
        SIGNATURE OFFSET(0) NUMBITS(8),
        /// Minor version.
        MINOR OFFSET(16) NUMBITS(8),
        /// Major version.
        MAJOR OFFSET(24) NUMBITS(8),
    ],
    /// Fields of [`STATUS`](const@STATUS).
    pub STATUS [
        /// The factorial is being computed.
        COMPUTING OFFSET(0) NUMBITS(1),
        /// Raise interrupt 0x1 when the factorial is ready.
        RAISE_INTERRUPT OFFSET(7) NUMBITS(1),
    ],
    /// Fields of [`INTERRUPT_STATUS`](const@INTERRUPT_STATUS).
    pub INTERRUPT_STATUS [
        /// A factorial is ready.
        FACTORIAL OFFSET(0) NUMBITS(1),
        /// A transfer ended.
        DMA OFFSET(8) NUMBITS(1),
    ],
    /// Fields of [`INTERRUPT_ACKNOWLEDGE`](const@INTERRUPT_ACKNOWLEDGE).
    pub INTERRUPT_ACKNOWLEDGE [
        /// A factorial is ready.
        FACTORIAL OFFSET(0) NUMBITS(1),
        /// A transfer ended.
        DMA OFFSET(8) NUMBITS(1),
    ],
}

register_bitfields! { u64,
    /// Fields of [`DMA_COMMAND`](const@DMA_COMMAND).
    pub DMA_COMMAND [
        /// Written as 1 it starts the transfer; reads as 1 until the transfer ended.
        START OFFSET(0) NUMBITS(1) [],
        /// Which way the bytes go.
        DIRECTION OFFSET(1) NUMBITS(1) [
            /// From host memory to the device's own.
            ToDevice = 0,
            /// From the device's own memory to the host's.
            FromDevice = 1,
        ],
        /// Raise interrupt 0x100 when the transfer ended.
        IRQ OFFSET(2) NUMBITS(1) [],
    ],
}

#[rustfmt::skip]
impl Described for Edu {
    const DESCRIPTION: &'static BlockDescription = &BlockDescription {
        name: "EDU", doc: "All registers of the device. Below 0x80 it takes 4-byte accesses only.",
        size: 0x100, alignment: 8,
        registers: &[
            RegisterDescription { name: "ID", doc: "Identification: version and a fixed byte", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x0100_00ed, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "SIGNATURE", doc: "Always 0xed", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "MINOR", doc: "Minor version", offset_bits: 16, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "MAJOR", doc: "Major version", offset_bits: 24, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "LIVENESS", doc: "Liveness check: reads as the complement of what was written", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "FACTORIAL", doc: "Takes a number, gives its factorial modulo 2^32 once STATUS.COMPUTING is clear", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "STATUS", doc: "State of the factorial unit", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "COMPUTING", doc: "The factorial is being computed", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "RAISE_INTERRUPT", doc: "Raise interrupt 0x1 when the factorial is ready", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "INTERRUPT_STATUS", doc: "The interrupts that are pending; the line is up while any bit is set", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "FACTORIAL", doc: "A factorial is ready", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "DMA", doc: "A transfer ended", offset_bits: 8, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "INTERRUPT_RAISE", doc: "Sets the bits written in INTERRUPT_STATUS", offset: 0x60, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "INTERRUPT_ACKNOWLEDGE", doc: "Clears the bits written in INTERRUPT_STATUS", offset: 0x64, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "FACTORIAL", doc: "A factorial is ready", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "DMA", doc: "A transfer ended", offset_bits: 8, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "DMA_SOURCE", doc: "Where a transfer reads: host memory or the device's own, as the direction says", offset: 0x80, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff_ffff_ffff, fields: &[] },
            RegisterDescription { name: "DMA_DESTINATION", doc: "Where a transfer writes: the device's own memory or the host's, as the direction says", offset: 0x88, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff_ffff_ffff, fields: &[] },
            RegisterDescription { name: "DMA_COUNT", doc: "How many bytes a transfer moves; the device's own memory has 4096, at 0x40000", offset: 0x90, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff_ffff_ffff, fields: &[] },
            RegisterDescription { name: "DMA_COMMAND", doc: "Starts a transfer; its other registers must be set before, and stay until START is clear", offset: 0x98, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff_ffff_ffff, fields: &[
                FieldDescription { name: "START", doc: "Written as 1 it starts the transfer; reads as 1 until the transfer ended", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "DIRECTION", doc: "Which way the bytes go", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "ToDevice", doc: "From host memory to the device's own", value: 0 },
                    ValueDescription { name: "FromDevice", doc: "From the device's own memory to the host's", value: 1 },
                ] },
                FieldDescription { name: "IRQ", doc: "Raise interrupt 0x100 when the transfer ended", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
        ],
        clusters: &[],
    };
}
