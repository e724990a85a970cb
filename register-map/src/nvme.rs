//! NVM Express controller, as its base specification has it: registers, doorbells, entries of
//! queues.
//!
//! Generated from `nvme.svd` by register-gen; changes belong there.

use register_map::description::{
    BlockDescription, Described, DeviceDescription, FieldDescription, Identity, ReadKind,
    RegionDescription, RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
};
use register_map::rights::{
    Doorbell, OneToClear, ReadOnly, ReadWrite, Rights, Steering, read, write,
};
use register_map::{Array, Block, Def, Pair, register_bitfields};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "NVME", doc: "NVM Express controller, as its base specification has it: registers, doorbells, entries of queues",
    identities: &[Identity::Pci { vendor: 0x1b36, device: 0x0010 }],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x4000, block: Nvme::DESCRIPTION },
    ],
    memory: &[submission_entry::SubmissionEntry::DESCRIPTION, completion_entry::CompletionEntry::DESCRIPTION, prp_entry::PrpEntry::DESCRIPTION],
};

/// Registers of the controller; registers of 64 bits are taken by halves.
#[derive(Debug)]
pub struct Nvme(());

impl Block for Nvme {
    const NAME: &'static str = "NVME";
    const SIZE: usize = 0x1100;
    const ALIGNMENT: usize = 4;
}

/// Capabilities, bits `31:0`.
pub const CAP_LOW: Def<Nvme, u32, ReadOnly, CAP_LOW::Register, 0x00> = Def::new(&Nvme(()));

/// Capabilities, bits `63:32`.
pub const CAP_HIGH: Def<Nvme, u32, ReadOnly, CAP_HIGH::Register, 0x04> = Def::new(&Nvme(()));

/// Version of the specification that the controller keeps to.
pub const VS: Def<Nvme, u32, ReadOnly, VS::Register, 0x08> = Def::new(&Nvme(()));

/// Masks the interrupts whose bits are written as 1; not with MSI-X.
pub const INTMS: Def<Nvme, u32, Rights<read::Plain, write::OneToSet>, (), 0x0c> =
    Def::new(&Nvme(()));

/// Lets the interrupts through whose bits are written as 1; not with MSI-X.
pub const INTMC: Def<Nvme, u32, OneToClear, (), 0x10> = Def::new(&Nvme(()));

/// Configuration. It decides what addresses in entries mean, and lets the controller go.
///
/// A write may start the device.
pub const CC: Def<Nvme, u32, Doorbell, CC::Register, 0x14> = Def::new(&Nvme(()));

/// Status.
pub const CSTS: Def<Nvme, u32, ReadOnly, CSTS::Register, 0x1c> = Def::new(&Nvme(()));

/// Entries of the admin queues.
pub const AQA: Def<Nvme, u32, ReadWrite, AQA::Register, 0x24> = Def::new(&Nvme(()));

/// Where the admin submission queue is, bits `31:0`.
///
/// One half of the pair [`ASQ`], through which it is written.
pub const ASQ_LOW: Def<Nvme, u32, ReadOnly, (), 0x28> = Def::new(&Nvme(()));

/// Where the admin submission queue is, bits `63:32`.
///
/// One half of the pair [`ASQ`], through which it is written.
pub const ASQ_HIGH: Def<Nvme, u32, ReadOnly, (), 0x2c> = Def::new(&Nvme(()));

/// Where the admin completion queue is, bits `31:0`.
///
/// One half of the pair [`ACQ`], through which it is written.
pub const ACQ_LOW: Def<Nvme, u32, ReadOnly, (), 0x30> = Def::new(&Nvme(()));

/// Where the admin completion queue is, bits `63:32`.
///
/// One half of the pair [`ACQ`], through which it is written.
pub const ACQ_HIGH: Def<Nvme, u32, ReadOnly, (), 0x34> = Def::new(&Nvme(()));

/// Doorbells, as far apart as CAP says: of queue n, twice n the new tail of its submission queue,
/// and the one after it the new head of its completion queue.
///
/// A write may start the device.
pub const DOORBELL: Array<
    Nvme,
    u32,
    Rights<read::Never, write::Rings>,
    DOORBELL::Register,
    0x1000,
    0x04,
    64,
> = Array::new(&Nvme(()));

/// `ASQ`: 64 bits in two registers, the low half first.
pub const ASQ: Pair<Nvme, Steering, 0x28, 0x2c, false> = Pair::new(&Nvme(()));

/// `ACQ`: 64 bits in two registers, the low half first.
pub const ACQ: Pair<Nvme, Steering, 0x30, 0x34, false> = Pair::new(&Nvme(()));

register_bitfields! { u32,
    /// Fields of [`CAP_LOW`](const@CAP_LOW).
    pub CAP_LOW [
        /// The most entries of a queue, less one.
        MQES OFFSET(0) NUMBITS(16),
        /// Queues must be contiguous in device addresses.
        CQR OFFSET(16) NUMBITS(1),
        /// The longest time that RDY takes to follow EN, in units of 500 ms.
        TO OFFSET(24) NUMBITS(8),
    ],
    /// Fields of [`CAP_HIGH`](const@CAP_HIGH).
    pub CAP_HIGH [
        /// Distance of doorbells: 4 bytes, shifted left by this.
        DSTRD OFFSET(0) NUMBITS(4),
        /// The smallest page: 4096 bytes, shifted left by this.
        MPSMIN OFFSET(16) NUMBITS(4),
        /// The largest page: 4096 bytes, shifted left by this.
        MPSMAX OFFSET(20) NUMBITS(4),
    ],
    /// Fields of [`VS`](const@VS).
    pub VS [
        /// Third part.
        TERTIARY OFFSET(0) NUMBITS(8),
        /// Second part.
        MINOR OFFSET(8) NUMBITS(8),
        /// First part.
        MAJOR OFFSET(16) NUMBITS(16),
    ],
    /// Fields of [`CC`](const@CC).
    pub CC [
        /// The controller works; cleared, it ends everything and forgets its `I/O` queues.
        EN OFFSET(0) NUMBITS(1) [],
        /// Command set.
        CSS OFFSET(4) NUMBITS(3) [
            /// The NVM command set.
            Nvm = 0,
        ],
        /// Page: 4096 bytes, shifted left by this.
        MPS OFFSET(7) NUMBITS(4) [],
        /// How queues are served.
        AMS OFFSET(11) NUMBITS(3) [
            /// One after the other.
            RoundRobin = 0,
        ],
        /// Asks for a shutdown.
        SHN OFFSET(14) NUMBITS(2) [
            /// No.
            None = 0,
            /// In order.
            Normal = 1,
            /// At once.
            Abrupt = 2,
        ],
        /// Logarithm of the bytes of an `I/O` submission entry.
        IOSQES OFFSET(16) NUMBITS(4) [],
        /// Logarithm of the bytes of an `I/O` completion entry.
        IOCQES OFFSET(20) NUMBITS(4) [],
    ],
    /// Fields of [`CSTS`](const@CSTS).
    pub CSTS [
        /// The controller takes commands.
        RDY OFFSET(0) NUMBITS(1) [],
        /// The controller has failed, and must be reset.
        CFS OFFSET(1) NUMBITS(1) [],
        /// How a shutdown stands.
        SHST OFFSET(2) NUMBITS(2) [
            /// None was asked for.
            None = 0,
            /// It goes on.
            Occurring = 1,
            /// It is done.
            Complete = 2,
        ],
    ],
    /// Fields of [`AQA`](const@AQA).
    pub AQA [
        /// Of the submission queue, less one.
        ASQS OFFSET(0) NUMBITS(12),
        /// Of the completion queue, less one.
        ACQS OFFSET(16) NUMBITS(12),
    ],
    /// Fields of [`DOORBELL`](const@DOORBELL).
    pub DOORBELL [
        /// Tail or head.
        INDEX OFFSET(0) NUMBITS(16),
    ],
}

#[rustfmt::skip]
impl Described for Nvme {
    const DESCRIPTION: &'static BlockDescription = &BlockDescription {
        name: "NVME", doc: "Registers of the controller; registers of 64 bits are taken by halves",
        size: 0x1100, alignment: 4,
        registers: &[
            RegisterDescription { name: "CAP_LOW", doc: "Capabilities, bits 31:0", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                FieldDescription { name: "MQES", doc: "The most entries of a queue, less one", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CQR", doc: "Queues must be contiguous in device addresses", offset_bits: 16, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "TO", doc: "The longest time that RDY takes to follow EN, in units of 500 ms", offset_bits: 24, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "CAP_HIGH", doc: "Capabilities, bits 63:32", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                FieldDescription { name: "DSTRD", doc: "Distance of doorbells: 4 bytes, shifted left by this", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "MPSMIN", doc: "The smallest page: 4096 bytes, shifted left by this", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "MPSMAX", doc: "The largest page: 4096 bytes, shifted left by this", offset_bits: 20, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "VS", doc: "Version of the specification that the controller keeps to", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                FieldDescription { name: "TERTIARY", doc: "Third part", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "MINOR", doc: "Second part", offset_bits: 8, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "MAJOR", doc: "First part", offset_bits: 16, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "INTMS", doc: "Masks the interrupts whose bits are written as 1; not with MSI-X", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "INTMC", doc: "Lets the interrupts through whose bits are written as 1; not with MSI-X", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "CC", doc: "Configuration. It decides what addresses in entries mean, and lets the controller go", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "EN", doc: "The controller works; cleared, it ends everything and forgets its I/O queues", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CSS", doc: "Command set", offset_bits: 4, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "Nvm", doc: "The NVM command set", value: 0 },
                ] },
                FieldDescription { name: "MPS", doc: "Page: 4096 bytes, shifted left by this", offset_bits: 7, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "AMS", doc: "How queues are served", offset_bits: 11, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "RoundRobin", doc: "One after the other", value: 0 },
                ] },
                FieldDescription { name: "SHN", doc: "Asks for a shutdown", offset_bits: 14, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "None", doc: "No", value: 0 },
                    ValueDescription { name: "Normal", doc: "In order", value: 1 },
                    ValueDescription { name: "Abrupt", doc: "At once", value: 2 },
                ] },
                FieldDescription { name: "IOSQES", doc: "Logarithm of the bytes of an I/O submission entry", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "IOCQES", doc: "Logarithm of the bytes of an I/O completion entry", offset_bits: 20, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "CSTS", doc: "Status", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "RDY", doc: "The controller takes commands", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CFS", doc: "The controller has failed, and must be reset", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "SHST", doc: "How a shutdown stands", offset_bits: 2, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "None", doc: "None was asked for", value: 0 },
                    ValueDescription { name: "Occurring", doc: "It goes on", value: 1 },
                    ValueDescription { name: "Complete", doc: "It is done", value: 2 },
                ] },
            ] },
            RegisterDescription { name: "AQA", doc: "Entries of the admin queues", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "ASQS", doc: "Of the submission queue, less one", offset_bits: 0, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "ACQS", doc: "Of the completion queue, less one", offset_bits: 16, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "ASQ_LOW", doc: "Where the admin submission queue is, bits 31:0", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "ASQ_HIGH", doc: "Where the admin submission queue is, bits 63:32", offset: 0x2c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "ACQ_LOW", doc: "Where the admin completion queue is, bits 31:0", offset: 0x30, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "ACQ_HIGH", doc: "Where the admin completion queue is, bits 63:32", offset: 0x34, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "DOORBELL", doc: "Doorbells, as far apart as CAP says: of queue n, twice n the new tail of its submission queue, and the one after it the new head of its completion queue", offset: 0x1000, width_bits: 32, length: 64, stride: 0x04, read: ReadKind::Never, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "INDEX", doc: "Tail or head", offset_bits: 0, width_bits: 16, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
        ],
        clusters: &[],
    };
}

/// One entry of a submission queue, 64 bytes in memory, little-endian.
pub mod submission_entry {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite, Steering};
    use register_map::{Block, Def, Pair, register_bitfields};

    /// One entry of a submission queue, 64 bytes in memory, little-endian.
    ///
    /// `SubmissionEntry`, in memory.
    #[derive(Debug)]
    pub struct SubmissionEntry(());

    impl Block for SubmissionEntry {
        const NAME: &'static str = "SubmissionEntry";
        const SIZE: usize = 0x40;
        const ALIGNMENT: usize = 64;
    }

    /// What to do.
    pub const COMMAND: Def<SubmissionEntry, u32, ReadWrite, COMMAND::Register, 0x00> =
        Def::new(&SubmissionEntry(()));

    /// Namespace.
    pub const NSID: Def<SubmissionEntry, u32, ReadWrite, (), 0x04> = Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW2: Def<SubmissionEntry, u32, ReadWrite, (), 0x08> = Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW3: Def<SubmissionEntry, u32, ReadWrite, (), 0x0c> = Def::new(&SubmissionEntry(()));

    /// Where the metadata is, bits `31:0`.
    ///
    /// One half of the pair [`METADATA`], through which it is written.
    pub const METADATA_LOW: Def<SubmissionEntry, u32, ReadOnly, (), 0x10> =
        Def::new(&SubmissionEntry(()));

    /// Where the metadata is, bits `63:32`.
    ///
    /// One half of the pair [`METADATA`], through which it is written.
    pub const METADATA_HIGH: Def<SubmissionEntry, u32, ReadOnly, (), 0x14> =
        Def::new(&SubmissionEntry(()));

    /// Where the data begins, bits `31:0`.
    ///
    /// One half of the pair [`PRP1`], through which it is written.
    pub const PRP1_LOW: Def<SubmissionEntry, u32, ReadOnly, (), 0x18> =
        Def::new(&SubmissionEntry(()));

    /// Where the data begins, bits `63:32`.
    ///
    /// One half of the pair [`PRP1`], through which it is written.
    pub const PRP1_HIGH: Def<SubmissionEntry, u32, ReadOnly, (), 0x1c> =
        Def::new(&SubmissionEntry(()));

    /// Where the second page of the data is, or a list of all but the first, bits `31:0`.
    ///
    /// One half of the pair [`PRP2`], through which it is written.
    pub const PRP2_LOW: Def<SubmissionEntry, u32, ReadOnly, (), 0x20> =
        Def::new(&SubmissionEntry(()));

    /// Where the second page of the data is, or a list of all but the first, bits `63:32`.
    ///
    /// One half of the pair [`PRP2`], through which it is written.
    pub const PRP2_HIGH: Def<SubmissionEntry, u32, ReadOnly, (), 0x24> =
        Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW10: Def<SubmissionEntry, u32, ReadWrite, (), 0x28> = Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW11: Def<SubmissionEntry, u32, ReadWrite, (), 0x2c> = Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW12: Def<SubmissionEntry, u32, ReadWrite, (), 0x30> = Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW13: Def<SubmissionEntry, u32, ReadWrite, (), 0x34> = Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW14: Def<SubmissionEntry, u32, ReadWrite, (), 0x38> = Def::new(&SubmissionEntry(()));

    /// Depends on the command.
    pub const DW15: Def<SubmissionEntry, u32, ReadWrite, (), 0x3c> = Def::new(&SubmissionEntry(()));

    /// `METADATA`: 64 bits in two registers, the low half first.
    pub const METADATA: Pair<SubmissionEntry, Steering, 0x10, 0x14, false> =
        Pair::new(&SubmissionEntry(()));

    /// `PRP1`: 64 bits in two registers, the low half first.
    pub const PRP1: Pair<SubmissionEntry, Steering, 0x18, 0x1c, false> =
        Pair::new(&SubmissionEntry(()));

    /// `PRP2`: 64 bits in two registers, the low half first.
    pub const PRP2: Pair<SubmissionEntry, Steering, 0x20, 0x24, false> =
        Pair::new(&SubmissionEntry(()));

    register_bitfields! { u32,
        /// Fields of [`COMMAND`](const@COMMAND).
        pub COMMAND [
            /// Which command; what it means depends on the kind of queue.
            OPCODE OFFSET(0) NUMBITS(8) [],
            /// Whether it is fused with another command.
            FUSE OFFSET(8) NUMBITS(2) [],
            /// How data is described.
            PSDT OFFSET(14) NUMBITS(2) [
                /// By pages.
                Prp = 0,
            ],
            /// What the completion calls it.
            CID OFFSET(16) NUMBITS(16) [],
        ],
    }

    #[rustfmt::skip]
    impl Described for SubmissionEntry {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "SubmissionEntry", doc: "One entry of a submission queue, 64 bytes in memory, little-endian",
            size: 0x40, alignment: 64,
            registers: &[
                RegisterDescription { name: "COMMAND", doc: "What to do", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "OPCODE", doc: "Which command; what it means depends on the kind of queue", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FUSE", doc: "Whether it is fused with another command", offset_bits: 8, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "PSDT", doc: "How data is described", offset_bits: 14, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Prp", doc: "By pages", value: 0 },
                    ] },
                    FieldDescription { name: "CID", doc: "What the completion calls it", offset_bits: 16, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "NSID", doc: "Namespace", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW2", doc: "Depends on the command", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW3", doc: "Depends on the command", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "METADATA_LOW", doc: "Where the metadata is, bits 31:0", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "METADATA_HIGH", doc: "Where the metadata is, bits 63:32", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "PRP1_LOW", doc: "Where the data begins, bits 31:0", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "PRP1_HIGH", doc: "Where the data begins, bits 63:32", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "PRP2_LOW", doc: "Where the second page of the data is, or a list of all but the first, bits 31:0", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "PRP2_HIGH", doc: "Where the second page of the data is, or a list of all but the first, bits 63:32", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW10", doc: "Depends on the command", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW11", doc: "Depends on the command", offset: 0x2c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW12", doc: "Depends on the command", offset: 0x30, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW13", doc: "Depends on the command", offset: 0x34, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW14", doc: "Depends on the command", offset: 0x38, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW15", doc: "Depends on the command", offset: 0x3c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// One entry of a completion queue, 16 bytes in memory, little-endian.
pub mod completion_entry {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def, register_bitfields};

    /// One entry of a completion queue, 16 bytes in memory, little-endian.
    ///
    /// `CompletionEntry`, in memory.
    #[derive(Debug)]
    pub struct CompletionEntry(());

    impl Block for CompletionEntry {
        const NAME: &'static str = "CompletionEntry";
        const SIZE: usize = 0x10;
        const ALIGNMENT: usize = 16;
    }

    /// Depends on the command.
    pub const RESULT: Def<CompletionEntry, u32, ReadWrite, (), 0x00> =
        Def::new(&CompletionEntry(()));

    /// Reserved.
    pub const DW1: Def<CompletionEntry, u32, ReadWrite, (), 0x04> = Def::new(&CompletionEntry(()));

    /// How far the submission queue was read.
    pub const QUEUE: Def<CompletionEntry, u32, ReadWrite, QUEUE::Register, 0x08> =
        Def::new(&CompletionEntry(()));

    /// Which command ended, and how.
    pub const STATUS: Def<CompletionEntry, u32, ReadWrite, STATUS::Register, 0x0c> =
        Def::new(&CompletionEntry(()));

    register_bitfields! { u32,
        /// Fields of [`QUEUE`](const@QUEUE).
        pub QUEUE [
            /// Head of the submission queue.
            SQHD OFFSET(0) NUMBITS(16),
            /// Which submission queue.
            SQID OFFSET(16) NUMBITS(16),
        ],
        /// Fields of [`STATUS`](const@STATUS).
        pub STATUS [
            /// What the driver called the command.
            CID OFFSET(0) NUMBITS(16),
            /// Changes each time the queue is gone round.
            PHASE OFFSET(16) NUMBITS(1),
            /// Status code; 0 is success.
            SC OFFSET(17) NUMBITS(8),
            /// Kind of the status code.
            SCT OFFSET(25) NUMBITS(3),
            /// The error log has more.
            MORE OFFSET(30) NUMBITS(1),
            /// The same command will fail again.
            DNR OFFSET(31) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for CompletionEntry {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "CompletionEntry", doc: "One entry of a completion queue, 16 bytes in memory, little-endian",
            size: 0x10, alignment: 16,
            registers: &[
                RegisterDescription { name: "RESULT", doc: "Depends on the command", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DW1", doc: "Reserved", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "QUEUE", doc: "How far the submission queue was read", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "SQHD", doc: "Head of the submission queue", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SQID", doc: "Which submission queue", offset_bits: 16, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "STATUS", doc: "Which command ended, and how", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CID", doc: "What the driver called the command", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "PHASE", doc: "Changes each time the queue is gone round", offset_bits: 16, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SC", doc: "Status code; 0 is success", offset_bits: 17, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SCT", doc: "Kind of the status code", offset_bits: 25, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "MORE", doc: "The error log has more", offset_bits: 30, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DNR", doc: "The same command will fail again", offset_bits: 31, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// One entry of a list of pages, little-endian.
pub mod prp_entry {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, Steering};
    use register_map::{Block, Def, Pair};

    /// One entry of a list of pages, little-endian.
    ///
    /// `PrpEntry`, in memory.
    #[derive(Debug)]
    pub struct PrpEntry(());

    impl Block for PrpEntry {
        const NAME: &'static str = "PrpEntry";
        const SIZE: usize = 0x08;
        const ALIGNMENT: usize = 8;
    }

    /// Where a page is, bits `31:0`.
    ///
    /// One half of the pair [`PAGE`], through which it is written.
    pub const PAGE_LOW: Def<PrpEntry, u32, ReadOnly, (), 0x00> = Def::new(&PrpEntry(()));

    /// Where a page is, bits `63:32`.
    ///
    /// One half of the pair [`PAGE`], through which it is written.
    pub const PAGE_HIGH: Def<PrpEntry, u32, ReadOnly, (), 0x04> = Def::new(&PrpEntry(()));

    /// `PAGE`: 64 bits in two registers, the low half first.
    pub const PAGE: Pair<PrpEntry, Steering, 0x00, 0x04, false> = Pair::new(&PrpEntry(()));

    #[rustfmt::skip]
    impl Described for PrpEntry {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "PrpEntry", doc: "One entry of a list of pages, little-endian",
            size: 0x08, alignment: 8,
            registers: &[
                RegisterDescription { name: "PAGE_LOW", doc: "Where a page is, bits 31:0", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "PAGE_HIGH", doc: "Where a page is, bits 63:32", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}
