//! A card with 64 `KiB` of memory, and one transfer at a time between it and the host.
//!
//! Generated from `registers.svd` by register-gen; changes belong there.

use register_map::description::{
    BlockDescription, Described, DeviceDescription, FieldDescription, Identity, ReadKind,
    RegionDescription, RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
};
use register_map::rights::{OneToClear, ReadOnly, ReadWrite, Rights, Steering, read, write};
use register_map::{Block, Def, Pair, register_bitfields};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "COURIER", doc: "A card with 64 KiB of memory, and one transfer at a time between it and the host",
    identities: &[Identity::Pci { vendor: 0x1234, device: 0xc041 }],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x1000, block: Courier::DESCRIPTION },
    ],
    memory: &[],
};

/// All registers of the card; 4-byte accesses.
#[derive(Debug)]
pub struct Courier(());

impl Block for Courier {
    const NAME: &'static str = "COURIER";
    const SIZE: usize = 0x1000;
    const ALIGNMENT: usize = 4;
}

/// Always 0xc0041e40.
pub const IDENTIFICATION: Def<Courier, u32, ReadOnly, (), 0x00> = Def::new(&Courier(()));

/// Where in host memory a transfer reads or writes: bits `31:0`.
///
/// One half of the pair [`HOST`], through which it is written.
pub const HOST_LOW: Def<Courier, u32, ReadOnly, (), 0x10> = Def::new(&Courier(()));

/// The same, bits `33:32`: the card puts 34 bits on the bus.
///
/// One half of the pair [`HOST`], through which it is written.
pub const HOST_HIGH: Def<Courier, u32, ReadOnly, (), 0x14> = Def::new(&Courier(()));

/// Where in the card's own memory, in bytes from its start.
pub const PLACE: Def<Courier, u32, ReadWrite, (), 0x18> = Def::new(&Courier(()));

/// How many bytes: 1 to 16384.
pub const LENGTH: Def<Courier, u32, ReadWrite, (), 0x1c> = Def::new(&Courier(()));

/// Starts a transfer, or ends it.
///
/// A write may start the device.
pub const COMMAND: Def<Courier, u32, Rights<read::Never, write::Rings>, COMMAND::Register, 0x20> =
    Def::new(&Courier(()));

/// What the card does.
pub const STATUS: Def<Courier, u32, ReadOnly, STATUS::Register, 0x24> = Def::new(&Courier(()));

/// Why the interrupt is up; write ones to drop it.
pub const INTERRUPT: Def<Courier, u32, OneToClear, INTERRUPT::Register, 0x28> =
    Def::new(&Courier(()));

/// `HOST`: 64 bits in two registers, the low half first.
pub const HOST: Pair<Courier, Steering, 0x10, 0x14, false> = Pair::new(&Courier(()));

register_bitfields! { u32,
    /// Fields of [`COMMAND`](const@COMMAND).
    pub COMMAND [
        /// Start a transfer; ignored while one runs.
        START OFFSET(0) NUMBITS(1) [],
        /// Which way.
        DIRECTION OFFSET(1) NUMBITS(1) [
            /// Host memory to the card.
            ToCard = 0,
            /// The card to host memory.
            FromCard = 1,
        ],
        /// End what runs: once STATUS reads idle, the card does not touch memory.
        STOP OFFSET(2) NUMBITS(1) [],
    ],
    /// Fields of [`STATUS`](const@STATUS).
    pub STATUS [
        /// A transfer runs.
        BUSY OFFSET(0) NUMBITS(1),
    ],
    /// Fields of [`INTERRUPT`](const@INTERRUPT).
    pub INTERRUPT [
        /// A transfer ended.
        DONE OFFSET(0) NUMBITS(1),
        /// A transfer ended early: host memory did not answer.
        FAILED OFFSET(1) NUMBITS(1),
    ],
}

#[rustfmt::skip]
impl Described for Courier {
    const DESCRIPTION: &'static BlockDescription = &BlockDescription {
        name: "COURIER", doc: "All registers of the card; 4-byte accesses",
        size: 0x1000, alignment: 4,
        registers: &[
            RegisterDescription { name: "IDENTIFICATION", doc: "Always 0xc0041e40", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0xc004_1e40, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "HOST_LOW", doc: "Where in host memory a transfer reads or writes: bits 31:0", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "HOST_HIGH", doc: "The same, bits 33:32: the card puts 34 bits on the bus", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "PLACE", doc: "Where in the card's own memory, in bytes from its start", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "LENGTH", doc: "How many bytes: 1 to 16384", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "COMMAND", doc: "Starts a transfer, or ends it", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "START", doc: "Start a transfer; ignored while one runs", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "DIRECTION", doc: "Which way", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "ToCard", doc: "Host memory to the card", value: 0 },
                    ValueDescription { name: "FromCard", doc: "The card to host memory", value: 1 },
                ] },
                FieldDescription { name: "STOP", doc: "End what runs: once STATUS reads idle, the card does not touch memory", offset_bits: 2, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "STATUS", doc: "What the card does", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "BUSY", doc: "A transfer runs", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "INTERRUPT", doc: "Why the interrupt is up; write ones to drop it", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "DONE", doc: "A transfer ended", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "FAILED", doc: "A transfer ended early: host memory did not answer", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
            ] },
        ],
        clusters: &[],
    };
}
