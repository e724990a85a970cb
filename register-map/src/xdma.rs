//! Xilinx `DMA/Bridge` Subsystem for PCI Express (PG195), on a card with memory and streams of its
//! own.
//!
//! Generated from `xdma.svd` by register-gen; changes belong there.

use register_map::description::{
    BlockDescription, ClusterDescription, Described, DeviceDescription, Identity, ReadKind,
    RegionDescription, RegisterDescription, WriteConstraint, WriteKind,
};
use register_map::rights::ReadOnly;
use register_map::{Block, Cluster, Def};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "XDMA", doc: "Xilinx DMA/Bridge Subsystem for PCI Express (PG195), on a card with memory and streams of its own",
    identities: &[Identity::Pci { vendor: 0x10ee, device: 0x9038 }],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x0001_0000, block: Xdma::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x0004_0000, block: card::Card::DESCRIPTION },
    ],
    memory: &[descriptor::Descriptor::DESCRIPTION, write_back::WriteBack::DESCRIPTION],
};

/// The subsystem. Bits `15:12` of an offset choose the block, bits `11:8` the channel. Takes 4-byte
/// accesses only.
#[derive(Debug)]
pub struct Xdma(());

impl Block for Xdma {
    const NAME: &'static str = "XDMA";
    const SIZE: usize = 0x0001_0000;
    const ALIGNMENT: usize = 4;
}

/// The MSI-X table: messages that are held back.
pub const PENDING_MESSAGES: Def<Xdma, u32, ReadOnly, (), 0x8fe0> = Def::new(&Xdma(()));

/// The channels of one direction: 0 host to card (H2C), 1 card to host (C2H).
pub const DIRECTION: Cluster<Xdma, direction::Direction, 0x00, 0x1000, 2> = Cluster::new(&Xdma(()));

/// Interrupts: which are let through, which are up, which vector each takes.
pub const IRQ: Cluster<Xdma, irq::Irq, 0x2000, 0xa8, 1> = Cluster::new(&Xdma(()));

/// How the subsystem sits on its bus.
pub const CONFIGURATION: Cluster<Xdma, configuration::Configuration, 0x3000, 0x20, 1> =
    Cluster::new(&Xdma(()));

/// The descriptor lists of one direction: 0 host to card, 1 card to host.
pub const LISTS: Cluster<Xdma, lists::Lists, 0x4000, 0x1000, 2> = Cluster::new(&Xdma(()));

/// What all descriptor lists share.
pub const LIST_CONTROL: Cluster<Xdma, list_control::ListControl, 0x6000, 0x2c, 1> =
    Cluster::new(&Xdma(()));

/// The MSI-X table: written by the operating system alone.
pub const VECTOR: Cluster<Xdma, vector::Vector, 0x8000, 0x10, 32> = Cluster::new(&Xdma(()));

#[rustfmt::skip]
impl Described for Xdma {
    const DESCRIPTION: &'static BlockDescription = &BlockDescription {
        name: "XDMA", doc: "The subsystem. Bits 15:12 of an offset choose the block, bits 11:8 the channel. Takes 4-byte accesses only.",
        size: 0x0001_0000, alignment: 4,
        registers: &[
            RegisterDescription { name: "PENDING_MESSAGES", doc: "The MSI-X table: messages that are held back", offset: 0x8fe0, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
        ],
        clusters: &[
            ClusterDescription { name: "DIRECTION", doc: "The channels of one direction: 0 host to card (H2C), 1 card to host (C2H)", offset: 0x00, length: 2, stride: 0x1000, block: direction::Direction::DESCRIPTION },
            ClusterDescription { name: "IRQ", doc: "Interrupts: which are let through, which are up, which vector each takes", offset: 0x2000, length: 1, stride: 0xa8, block: irq::Irq::DESCRIPTION },
            ClusterDescription { name: "CONFIGURATION", doc: "How the subsystem sits on its bus", offset: 0x3000, length: 1, stride: 0x20, block: configuration::Configuration::DESCRIPTION },
            ClusterDescription { name: "LISTS", doc: "The descriptor lists of one direction: 0 host to card, 1 card to host", offset: 0x4000, length: 2, stride: 0x1000, block: lists::Lists::DESCRIPTION },
            ClusterDescription { name: "LIST_CONTROL", doc: "What all descriptor lists share", offset: 0x6000, length: 1, stride: 0x2c, block: list_control::ListControl::DESCRIPTION },
            ClusterDescription { name: "VECTOR", doc: "The MSI-X table: written by the operating system alone", offset: 0x8000, length: 32, stride: 0x10, block: vector::Vector::DESCRIPTION },
        ],
    };
}

/// The channels of one direction: 0 host to card (H2C), 1 card to host (C2H).
pub mod direction {
    use register_map::description::{BlockDescription, ClusterDescription, Described};
    use register_map::{Block, Cluster};

    /// The channels of one direction: 0 host to card (H2C), 1 card to host (C2H).
    #[derive(Debug)]
    pub struct Direction(());

    impl Block for Direction {
        const NAME: &'static str = "DIRECTION";
        const SIZE: usize = 0x3d4;
        const ALIGNMENT: usize = 4;
    }

    /// One channel: how it runs, how far it is, when it interrupts.
    pub const CHANNEL: Cluster<Direction, channel::Channel, 0x00, 0x100, 4> =
        Cluster::new(&Direction(()));

    #[rustfmt::skip]
    impl Described for Direction {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "DIRECTION", doc: "The channels of one direction: 0 host to card (H2C), 1 card to host (C2H)",
            size: 0x3d4, alignment: 4,
            registers: &[],
            clusters: &[
                ClusterDescription { name: "CHANNEL", doc: "One channel: how it runs, how far it is, when it interrupts", offset: 0x00, length: 4, stride: 0x100, block: channel::Channel::DESCRIPTION },
            ],
        };
    }

    /// One channel: how it runs, how far it is, when it interrupts.
    pub mod channel {
        use register_map::description::{
            BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{
            Doorbell, OneToClear, ReadEffect, ReadOnly, ReadWrite, Rights, Steering, read, write,
        };
        use register_map::{Block, Def, Pair, register_bitfields};

        /// One channel: how it runs, how far it is, when it interrupts.
        #[derive(Debug)]
        pub struct Channel(());

        impl Block for Channel {
            const NAME: &'static str = "CHANNEL";
            const SIZE: usize = 0xd4;
            const ALIGNMENT: usize = 4;
        }

        /// Which block this is; a channel that does not exist reads otherwise.
        pub const IDENTIFIER: Def<Channel, u32, ReadOnly, IDENTIFIER::Register, 0x00> =
            Def::new(&Channel(()));

        /// Starts and stops the engine, and chooses what it notes.
        ///
        /// A write may start the device.
        pub const CONTROL: Def<Channel, u32, Doorbell, CONTROL::Register, 0x04> =
            Def::new(&Channel(()));

        /// Sets the bits written as one in CONTROL, RUN among them.
        ///
        /// A write may start the device.
        pub const CONTROL_SET: Def<
            Channel,
            u32,
            Rights<read::Never, write::Rings>,
            CONTROL_SET::Register,
            0x08,
        > = Def::new(&Channel(()));

        /// Clears the bits written as one in CONTROL.
        pub const CONTROL_CLEAR: Def<
            Channel,
            u32,
            Rights<read::Never, write::OneToClear>,
            CONTROL_CLEAR::Register,
            0x0c,
        > = Def::new(&Channel(()));

        /// What was noted since RUN was set; a one written clears its bit.
        pub const STATUS: Def<Channel, u32, OneToClear, STATUS::Register, 0x40> =
            Def::new(&Channel(()));

        /// As STATUS, and what it reads is cleared, but for BUSY.
        pub const STATUS_READ_CLEAR: Def<
            Channel,
            u32,
            ReadEffect,
            STATUS_READ_CLEAR::Register,
            0x44,
        > = Def::new(&Channel(()));

        /// Descriptors completed since RUN was set.
        pub const COMPLETED_COUNT: Def<Channel, u32, ReadOnly, (), 0x48> = Def::new(&Channel(()));

        /// What the channel was built for.
        pub const ALIGNMENTS: Def<Channel, u32, ReadOnly, ALIGNMENTS::Register, 0x4c> =
            Def::new(&Channel(()));

        /// Where the count of completed descriptors is written, bits `31:0`.
        ///
        /// One half of the pair [`WRITE_BACK`], through which it is written.
        pub const WRITE_BACK_LOW: Def<Channel, u32, ReadOnly, (), 0x88> = Def::new(&Channel(()));

        /// Where the count of completed descriptors is written, bits `63:32`.
        ///
        /// One half of the pair [`WRITE_BACK`], through which it is written.
        pub const WRITE_BACK_HIGH: Def<Channel, u32, ReadOnly, (), 0x8c> = Def::new(&Channel(()));

        /// What of STATUS interrupts.
        pub const INTERRUPT_ENABLE: Def<Channel, u32, ReadWrite, INTERRUPT_ENABLE::Register, 0x90> =
            Def::new(&Channel(()));

        /// Sets the bits written as one in `INTERRUPT_ENABLE`.
        pub const INTERRUPT_ENABLE_SET: Def<
            Channel,
            u32,
            Rights<read::Never, write::OneToSet>,
            INTERRUPT_ENABLE_SET::Register,
            0x94,
        > = Def::new(&Channel(()));

        /// Clears the bits written as one in `INTERRUPT_ENABLE`.
        pub const INTERRUPT_ENABLE_CLEAR: Def<
            Channel,
            u32,
            Rights<read::Never, write::OneToClear>,
            INTERRUPT_ENABLE_CLEAR::Register,
            0x98,
        > = Def::new(&Channel(()));

        /// Performance monitor: how it counts.
        pub const MONITOR_CONTROL: Def<Channel, u32, ReadWrite, MONITOR_CONTROL::Register, 0xc0> =
            Def::new(&Channel(()));

        /// Cycles counted, bits `31:0`.
        pub const MONITOR_CYCLES_LOW: Def<Channel, u32, ReadOnly, (), 0xc4> =
            Def::new(&Channel(()));

        /// Cycles counted, bits `41:32`.
        pub const MONITOR_CYCLES_HIGH: Def<
            Channel,
            u32,
            ReadOnly,
            MONITOR_CYCLES_HIGH::Register,
            0xc8,
        > = Def::new(&Channel(()));

        /// Data beats counted, bits `31:0`.
        pub const MONITOR_DATA_LOW: Def<Channel, u32, ReadOnly, (), 0xcc> = Def::new(&Channel(()));

        /// Data beats counted, bits `41:32`.
        pub const MONITOR_DATA_HIGH: Def<
            Channel,
            u32,
            ReadOnly,
            MONITOR_DATA_HIGH::Register,
            0xd0,
        > = Def::new(&Channel(()));

        /// `WRITE_BACK`: 64 bits in two registers, the low half first.
        pub const WRITE_BACK: Pair<Channel, Steering, 0x88, 0x8c, false> = Pair::new(&Channel(()));

        register_bitfields! { u32,
            /// Fields of [`IDENTIFIER`](const@IDENTIFIER).
            pub IDENTIFIER [
                /// Version of the subsystem.
                VERSION OFFSET(0) NUMBITS(8),
                /// Number of the channel.
                CHANNEL OFFSET(8) NUMBITS(4),
                /// The card side is a stream and has no addresses.
                STREAM OFFSET(15) NUMBITS(1),
                /// What kind of block this is.
                TARGET OFFSET(16) NUMBITS(4),
                /// Always 0x1fc.
                SUBSYSTEM OFFSET(20) NUMBITS(12),
            ],
            /// Fields of [`CONTROL`](const@CONTROL).
            pub CONTROL [
                /// Runs the engine. On its rising edge the engine fetches from the address in its
                /// descriptor list block, with status and count at zero; cleared, it stops after
                /// the descriptor that it is at.
                RUN OFFSET(0) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor with its completed bit was completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Lets this be noted in STATUS: source and destination of a descriptor are not
                /// aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// Lets this be noted in STATUS: a length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// Lets this be noted in STATUS: the engine became idle after its run bit was
                /// cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Lets this be noted in STATUS: errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Lets this be noted in STATUS: errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Lets this be noted in STATUS: errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
                /// The address on the card stays the same during a descriptor.
                NON_INCREMENTING OFFSET(25) NUMBITS(1),
                /// Writes the count of completed descriptors to the write-back address.
                POLL_MODE_WRITE_BACK OFFSET(26) NUMBITS(1),
                /// Of a stream from the card: writes no lengths back to the source address.
                STREAM_WRITE_BACK_DISABLE OFFSET(27) NUMBITS(1),
            ],
            /// Fields of [`CONTROL_SET`](const@CONTROL_SET).
            pub CONTROL_SET [
                /// Runs the engine. On its rising edge the engine fetches from the address in its
                /// descriptor list block, with status and count at zero; cleared, it stops after
                /// the descriptor that it is at.
                RUN OFFSET(0) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor with its completed bit was completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Lets this be noted in STATUS: source and destination of a descriptor are not
                /// aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// Lets this be noted in STATUS: a length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// Lets this be noted in STATUS: the engine became idle after its run bit was
                /// cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Lets this be noted in STATUS: errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Lets this be noted in STATUS: errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Lets this be noted in STATUS: errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
                /// The address on the card stays the same during a descriptor.
                NON_INCREMENTING OFFSET(25) NUMBITS(1),
                /// Writes the count of completed descriptors to the write-back address.
                POLL_MODE_WRITE_BACK OFFSET(26) NUMBITS(1),
                /// Of a stream from the card: writes no lengths back to the source address.
                STREAM_WRITE_BACK_DISABLE OFFSET(27) NUMBITS(1),
            ],
            /// Fields of [`CONTROL_CLEAR`](const@CONTROL_CLEAR).
            pub CONTROL_CLEAR [
                /// Runs the engine. On its rising edge the engine fetches from the address in its
                /// descriptor list block, with status and count at zero; cleared, it stops after
                /// the descriptor that it is at.
                RUN OFFSET(0) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor with its completed bit was completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Lets this be noted in STATUS: source and destination of a descriptor are not
                /// aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// Lets this be noted in STATUS: a descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// Lets this be noted in STATUS: a length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// Lets this be noted in STATUS: the engine became idle after its run bit was
                /// cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Lets this be noted in STATUS: errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Lets this be noted in STATUS: errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Lets this be noted in STATUS: errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
                /// The address on the card stays the same during a descriptor.
                NON_INCREMENTING OFFSET(25) NUMBITS(1),
                /// Writes the count of completed descriptors to the write-back address.
                POLL_MODE_WRITE_BACK OFFSET(26) NUMBITS(1),
                /// Of a stream from the card: writes no lengths back to the source address.
                STREAM_WRITE_BACK_DISABLE OFFSET(27) NUMBITS(1),
            ],
            /// Fields of [`STATUS`](const@STATUS).
            pub STATUS [
                /// The engine is busy.
                BUSY OFFSET(0) NUMBITS(1),
                /// A descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// A descriptor with its completed bit was completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Source and destination of a descriptor are not aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// A descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// A length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// The engine became idle after its run bit was cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
            ],
            /// Fields of [`STATUS_READ_CLEAR`](const@STATUS_READ_CLEAR).
            pub STATUS_READ_CLEAR [
                /// The engine is busy.
                BUSY OFFSET(0) NUMBITS(1),
                /// A descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// A descriptor with its completed bit was completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Source and destination of a descriptor are not aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// A descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// A length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// The engine became idle after its run bit was cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
            ],
            /// Fields of [`ALIGNMENTS`](const@ALIGNMENTS).
            pub ALIGNMENTS [
                /// How many bits an address has.
                ADDRESS_BITS OFFSET(0) NUMBITS(8),
                /// What lengths are a multiple of, in bytes.
                LENGTH_GRANULARITY OFFSET(8) NUMBITS(8),
                /// What addresses are a multiple of, in bytes.
                ADDRESS_ALIGNMENT OFFSET(16) NUMBITS(8),
            ],
            /// Fields of [`INTERRUPT_ENABLE`](const@INTERRUPT_ENABLE).
            pub INTERRUPT_ENABLE [
                /// Interrupts when this is noted: a descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// Interrupts when this is noted: a descriptor with its completed bit was
                /// completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Interrupts when this is noted: source and destination of a descriptor are not
                /// aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// Interrupts when this is noted: a descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// Interrupts when this is noted: a length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// Interrupts when this is noted: the engine became idle after its run bit was
                /// cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Interrupts when this is noted: errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Interrupts when this is noted: errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Interrupts when this is noted: errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
            ],
            /// Fields of [`INTERRUPT_ENABLE_SET`](const@INTERRUPT_ENABLE_SET).
            pub INTERRUPT_ENABLE_SET [
                /// Interrupts when this is noted: a descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// Interrupts when this is noted: a descriptor with its completed bit was
                /// completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Interrupts when this is noted: source and destination of a descriptor are not
                /// aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// Interrupts when this is noted: a descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// Interrupts when this is noted: a length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// Interrupts when this is noted: the engine became idle after its run bit was
                /// cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Interrupts when this is noted: errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Interrupts when this is noted: errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Interrupts when this is noted: errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
            ],
            /// Fields of [`INTERRUPT_ENABLE_CLEAR`](const@INTERRUPT_ENABLE_CLEAR).
            pub INTERRUPT_ENABLE_CLEAR [
                /// Interrupts when this is noted: a descriptor with its stop bit was completed.
                DESCRIPTOR_STOPPED OFFSET(1) NUMBITS(1),
                /// Interrupts when this is noted: a descriptor with its completed bit was
                /// completed.
                DESCRIPTOR_COMPLETED OFFSET(2) NUMBITS(1),
                /// Interrupts when this is noted: source and destination of a descriptor are not
                /// aligned to one another.
                ALIGN_MISMATCH OFFSET(3) NUMBITS(1),
                /// Interrupts when this is noted: a descriptor without its magic number was met.
                MAGIC_STOPPED OFFSET(4) NUMBITS(1),
                /// Interrupts when this is noted: a length is no multiple of the width of a stream.
                INVALID_LENGTH OFFSET(5) NUMBITS(1),
                /// Interrupts when this is noted: the engine became idle after its run bit was
                /// cleared.
                IDLE_STOPPED OFFSET(6) NUMBITS(1),
                /// Interrupts when this is noted: errors of the side that is read.
                READ_ERROR OFFSET(9) NUMBITS(5),
                /// Interrupts when this is noted: errors of the side that is written.
                WRITE_ERROR OFFSET(14) NUMBITS(5),
                /// Interrupts when this is noted: errors while a descriptor was fetched.
                DESCRIPTOR_ERROR OFFSET(19) NUMBITS(5),
            ],
            /// Fields of [`MONITOR_CONTROL`](const@MONITOR_CONTROL).
            pub MONITOR_CONTROL [
                /// Counts while the engine runs.
                AUTO OFFSET(0) NUMBITS(1),
                /// Clears the counters.
                CLEAR OFFSET(1) NUMBITS(1),
                /// Counts.
                RUN OFFSET(2) NUMBITS(1),
            ],
            /// Fields of [`MONITOR_CYCLES_HIGH`](const@MONITOR_CYCLES_HIGH).
            pub MONITOR_CYCLES_HIGH [
                /// Bits `41:32`.
                CYCLES OFFSET(0) NUMBITS(10),
                /// The counter was full and stopped.
                FULL OFFSET(16) NUMBITS(1),
            ],
            /// Fields of [`MONITOR_DATA_HIGH`](const@MONITOR_DATA_HIGH).
            pub MONITOR_DATA_HIGH [
                /// Bits `41:32`.
                BEATS OFFSET(0) NUMBITS(10),
                /// The counter was full and stopped.
                FULL OFFSET(16) NUMBITS(1),
            ],
        }

        #[rustfmt::skip]
        impl Described for Channel {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "CHANNEL", doc: "One channel: how it runs, how far it is, when it interrupts",
                size: 0xd4, alignment: 4,
                registers: &[
                    RegisterDescription { name: "IDENTIFIER", doc: "Which block this is; a channel that does not exist reads otherwise", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                        FieldDescription { name: "VERSION", doc: "Version of the subsystem", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "CHANNEL", doc: "Number of the channel", offset_bits: 8, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "STREAM", doc: "The card side is a stream and has no addresses", offset_bits: 15, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "TARGET", doc: "What kind of block this is", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "SUBSYSTEM", doc: "Always 0x1fc", offset_bits: 20, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "CONTROL", doc: "Starts and stops the engine, and chooses what it notes", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "RUN", doc: "Runs the engine. On its rising edge the engine fetches from the address in its descriptor list block, with status and count at zero; cleared, it stops after the descriptor that it is at", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "Lets this be noted in STATUS: a descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "Lets this be noted in STATUS: a descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Lets this be noted in STATUS: source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "Lets this be noted in STATUS: a descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "Lets this be noted in STATUS: a length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "Lets this be noted in STATUS: the engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Lets this be noted in STATUS: errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Lets this be noted in STATUS: errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Lets this be noted in STATUS: errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "NON_INCREMENTING", doc: "The address on the card stays the same during a descriptor", offset_bits: 25, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "POLL_MODE_WRITE_BACK", doc: "Writes the count of completed descriptors to the write-back address", offset_bits: 26, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "STREAM_WRITE_BACK_DISABLE", doc: "Of a stream from the card: writes no lengths back to the source address", offset_bits: 27, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "CONTROL_SET", doc: "Sets the bits written as one in CONTROL, RUN among them", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "RUN", doc: "Runs the engine. On its rising edge the engine fetches from the address in its descriptor list block, with status and count at zero; cleared, it stops after the descriptor that it is at", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "Lets this be noted in STATUS: a descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "Lets this be noted in STATUS: a descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Lets this be noted in STATUS: source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "Lets this be noted in STATUS: a descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "Lets this be noted in STATUS: a length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "Lets this be noted in STATUS: the engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Lets this be noted in STATUS: errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Lets this be noted in STATUS: errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Lets this be noted in STATUS: errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "NON_INCREMENTING", doc: "The address on the card stays the same during a descriptor", offset_bits: 25, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "POLL_MODE_WRITE_BACK", doc: "Writes the count of completed descriptors to the write-back address", offset_bits: 26, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "STREAM_WRITE_BACK_DISABLE", doc: "Of a stream from the card: writes no lengths back to the source address", offset_bits: 27, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "CONTROL_CLEAR", doc: "Clears the bits written as one in CONTROL", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "RUN", doc: "Runs the engine. On its rising edge the engine fetches from the address in its descriptor list block, with status and count at zero; cleared, it stops after the descriptor that it is at", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "Lets this be noted in STATUS: a descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "Lets this be noted in STATUS: a descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Lets this be noted in STATUS: source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "Lets this be noted in STATUS: a descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "Lets this be noted in STATUS: a length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "Lets this be noted in STATUS: the engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Lets this be noted in STATUS: errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Lets this be noted in STATUS: errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Lets this be noted in STATUS: errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "NON_INCREMENTING", doc: "The address on the card stays the same during a descriptor", offset_bits: 25, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "POLL_MODE_WRITE_BACK", doc: "Writes the count of completed descriptors to the write-back address", offset_bits: 26, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "STREAM_WRITE_BACK_DISABLE", doc: "Of a stream from the card: writes no lengths back to the source address", offset_bits: 27, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "STATUS", doc: "What was noted since RUN was set; a one written clears its bit", offset: 0x40, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "BUSY", doc: "The engine is busy", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "A descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "A descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "A descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "A length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "The engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "STATUS_READ_CLEAR", doc: "As STATUS, and what it reads is cleared, but for BUSY", offset: 0x44, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "BUSY", doc: "The engine is busy", offset_bits: 0, width_bits: 1, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "A descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "A descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "A descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "A length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "The engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "COMPLETED_COUNT", doc: "Descriptors completed since RUN was set", offset: 0x48, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "ALIGNMENTS", doc: "What the channel was built for", offset: 0x4c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                        FieldDescription { name: "ADDRESS_BITS", doc: "How many bits an address has", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "LENGTH_GRANULARITY", doc: "What lengths are a multiple of, in bytes", offset_bits: 8, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ADDRESS_ALIGNMENT", doc: "What addresses are a multiple of, in bytes", offset_bits: 16, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "WRITE_BACK_LOW", doc: "Where the count of completed descriptors is written, bits 31:0", offset: 0x88, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "WRITE_BACK_HIGH", doc: "Where the count of completed descriptors is written, bits 63:32", offset: 0x8c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "INTERRUPT_ENABLE", doc: "What of STATUS interrupts", offset: 0x90, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "Interrupts when this is noted: a descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "Interrupts when this is noted: a descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Interrupts when this is noted: source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "Interrupts when this is noted: a descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "Interrupts when this is noted: a length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "Interrupts when this is noted: the engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Interrupts when this is noted: errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Interrupts when this is noted: errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Interrupts when this is noted: errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "INTERRUPT_ENABLE_SET", doc: "Sets the bits written as one in INTERRUPT_ENABLE", offset: 0x94, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "Interrupts when this is noted: a descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "Interrupts when this is noted: a descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Interrupts when this is noted: source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "Interrupts when this is noted: a descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "Interrupts when this is noted: a length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "Interrupts when this is noted: the engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Interrupts when this is noted: errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Interrupts when this is noted: errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Interrupts when this is noted: errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "INTERRUPT_ENABLE_CLEAR", doc: "Clears the bits written as one in INTERRUPT_ENABLE", offset: 0x98, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "DESCRIPTOR_STOPPED", doc: "Interrupts when this is noted: a descriptor with its stop bit was completed", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_COMPLETED", doc: "Interrupts when this is noted: a descriptor with its completed bit was completed", offset_bits: 2, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "ALIGN_MISMATCH", doc: "Interrupts when this is noted: source and destination of a descriptor are not aligned to one another", offset_bits: 3, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "MAGIC_STOPPED", doc: "Interrupts when this is noted: a descriptor without its magic number was met", offset_bits: 4, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "INVALID_LENGTH", doc: "Interrupts when this is noted: a length is no multiple of the width of a stream", offset_bits: 5, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "IDLE_STOPPED", doc: "Interrupts when this is noted: the engine became idle after its run bit was cleared", offset_bits: 6, width_bits: 1, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "READ_ERROR", doc: "Interrupts when this is noted: errors of the side that is read", offset_bits: 9, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "WRITE_ERROR", doc: "Interrupts when this is noted: errors of the side that is written", offset_bits: 14, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "DESCRIPTOR_ERROR", doc: "Interrupts when this is noted: errors while a descriptor was fetched", offset_bits: 19, width_bits: 5, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "MONITOR_CONTROL", doc: "Performance monitor: how it counts", offset: 0xc0, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "AUTO", doc: "Counts while the engine runs", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "CLEAR", doc: "Clears the counters", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "RUN", doc: "Counts", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "MONITOR_CYCLES_LOW", doc: "Cycles counted, bits 31:0", offset: 0xc4, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "MONITOR_CYCLES_HIGH", doc: "Cycles counted, bits 41:32", offset: 0xc8, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "CYCLES", doc: "Bits 41:32", offset_bits: 0, width_bits: 10, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "FULL", doc: "The counter was full and stopped", offset_bits: 16, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "MONITOR_DATA_LOW", doc: "Data beats counted, bits 31:0", offset: 0xcc, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "MONITOR_DATA_HIGH", doc: "Data beats counted, bits 41:32", offset: 0xd0, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "BEATS", doc: "Bits 41:32", offset_bits: 0, width_bits: 10, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "FULL", doc: "The counter was full and stopped", offset_bits: 16, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                ],
                clusters: &[],
            };
        }
    }
}

/// Interrupts: which are let through, which are up, which vector each takes.
pub mod irq {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite, Rights, read, write};
    use register_map::{Array, Block, Def, register_bitfields};

    /// Interrupts: which are let through, which are up, which vector each takes.
    #[derive(Debug)]
    pub struct Irq(());

    impl Block for Irq {
        const NAME: &'static str = "IRQ";
        const SIZE: usize = 0xa8;
        const ALIGNMENT: usize = 4;
    }

    /// Which block this is; a channel that does not exist reads otherwise.
    pub const IDENTIFIER: Def<Irq, u32, ReadOnly, IDENTIFIER::Register, 0x00> = Def::new(&Irq(()));

    /// Which of the card's own interrupts are let through.
    pub const USER_ENABLE: Def<Irq, u32, ReadWrite, USER_ENABLE::Register, 0x04> =
        Def::new(&Irq(()));

    /// Sets the bits written as one in `USER_ENABLE`.
    pub const USER_ENABLE_SET: Def<
        Irq,
        u32,
        Rights<read::Never, write::OneToSet>,
        USER_ENABLE_SET::Register,
        0x08,
    > = Def::new(&Irq(()));

    /// Clears the bits written as one in `USER_ENABLE`.
    pub const USER_ENABLE_CLEAR: Def<
        Irq,
        u32,
        Rights<read::Never, write::OneToClear>,
        USER_ENABLE_CLEAR::Register,
        0x0c,
    > = Def::new(&Irq(()));

    /// Which channels interrupts are let through: those to the card first, then those from it,
    /// counting only channels that exist.
    pub const CHANNEL_ENABLE: Def<Irq, u32, ReadWrite, CHANNEL_ENABLE::Register, 0x10> =
        Def::new(&Irq(()));

    /// Sets the bits written as one in `CHANNEL_ENABLE`.
    pub const CHANNEL_ENABLE_SET: Def<
        Irq,
        u32,
        Rights<read::Never, write::OneToSet>,
        CHANNEL_ENABLE_SET::Register,
        0x14,
    > = Def::new(&Irq(()));

    /// Clears the bits written as one in `CHANNEL_ENABLE`.
    pub const CHANNEL_ENABLE_CLEAR: Def<
        Irq,
        u32,
        Rights<read::Never, write::OneToClear>,
        CHANNEL_ENABLE_CLEAR::Register,
        0x18,
    > = Def::new(&Irq(()));

    /// User interrupts that are up and let through.
    pub const USER_REQUEST: Def<Irq, u32, ReadOnly, USER_REQUEST::Register, 0x40> =
        Def::new(&Irq(()));

    /// Channel interrupts that are up and let through.
    pub const CHANNEL_REQUEST: Def<Irq, u32, ReadOnly, CHANNEL_REQUEST::Register, 0x44> =
        Def::new(&Irq(()));

    /// User interrupts that are up, let through or not.
    pub const USER_PENDING: Def<Irq, u32, ReadOnly, USER_PENDING::Register, 0x48> =
        Def::new(&Irq(()));

    /// Channel interrupts that are up, let through or not; each goes down when its cause is
    /// cleared.
    pub const CHANNEL_PENDING: Def<Irq, u32, ReadOnly, CHANNEL_PENDING::Register, 0x4c> =
        Def::new(&Irq(()));

    /// Which vectors user interrupts take, four to a register.
    pub const USER_VECTOR: Array<Irq, u32, ReadWrite, USER_VECTOR::Register, 0x80, 0x04, 4> =
        Array::new(&Irq(()));

    /// Which vectors channel interrupts take, four to a register.
    pub const CHANNEL_VECTOR: Array<Irq, u32, ReadWrite, CHANNEL_VECTOR::Register, 0xa0, 0x04, 2> =
        Array::new(&Irq(()));

    register_bitfields! { u32,
        /// Fields of [`IDENTIFIER`](const@IDENTIFIER).
        pub IDENTIFIER [
            /// Version of the subsystem.
            VERSION OFFSET(0) NUMBITS(8),
            /// What kind of block this is.
            TARGET OFFSET(16) NUMBITS(4),
            /// Always 0x1fc.
            SUBSYSTEM OFFSET(20) NUMBITS(12),
        ],
        /// Fields of [`USER_ENABLE`](const@USER_ENABLE).
        pub USER_ENABLE [
            /// One bit for each.
            LINES OFFSET(0) NUMBITS(16),
        ],
        /// Fields of [`USER_ENABLE_SET`](const@USER_ENABLE_SET).
        pub USER_ENABLE_SET [
            /// One bit for each.
            LINES OFFSET(0) NUMBITS(16),
        ],
        /// Fields of [`USER_ENABLE_CLEAR`](const@USER_ENABLE_CLEAR).
        pub USER_ENABLE_CLEAR [
            /// One bit for each.
            LINES OFFSET(0) NUMBITS(16),
        ],
        /// Fields of [`CHANNEL_ENABLE`](const@CHANNEL_ENABLE).
        pub CHANNEL_ENABLE [
            /// One bit for each.
            CHANNELS OFFSET(0) NUMBITS(8),
        ],
        /// Fields of [`CHANNEL_ENABLE_SET`](const@CHANNEL_ENABLE_SET).
        pub CHANNEL_ENABLE_SET [
            /// One bit for each.
            CHANNELS OFFSET(0) NUMBITS(8),
        ],
        /// Fields of [`CHANNEL_ENABLE_CLEAR`](const@CHANNEL_ENABLE_CLEAR).
        pub CHANNEL_ENABLE_CLEAR [
            /// One bit for each.
            CHANNELS OFFSET(0) NUMBITS(8),
        ],
        /// Fields of [`USER_REQUEST`](const@USER_REQUEST).
        pub USER_REQUEST [
            /// One bit for each.
            LINES OFFSET(0) NUMBITS(16),
        ],
        /// Fields of [`CHANNEL_REQUEST`](const@CHANNEL_REQUEST).
        pub CHANNEL_REQUEST [
            /// One bit for each.
            CHANNELS OFFSET(0) NUMBITS(8),
        ],
        /// Fields of [`USER_PENDING`](const@USER_PENDING).
        pub USER_PENDING [
            /// One bit for each.
            LINES OFFSET(0) NUMBITS(16),
        ],
        /// Fields of [`CHANNEL_PENDING`](const@CHANNEL_PENDING).
        pub CHANNEL_PENDING [
            /// One bit for each.
            CHANNELS OFFSET(0) NUMBITS(8),
        ],
        /// Fields of [`USER_VECTOR`](const@USER_VECTOR).
        pub USER_VECTOR [
            /// Vector of the interrupt whose number is 0 modulo 4.
            VECTOR0 OFFSET(0) NUMBITS(5),
            /// Vector of the interrupt whose number is 1 modulo 4.
            VECTOR1 OFFSET(8) NUMBITS(5),
            /// Vector of the interrupt whose number is 2 modulo 4.
            VECTOR2 OFFSET(16) NUMBITS(5),
            /// Vector of the interrupt whose number is 3 modulo 4.
            VECTOR3 OFFSET(24) NUMBITS(5),
        ],
        /// Fields of [`CHANNEL_VECTOR`](const@CHANNEL_VECTOR).
        pub CHANNEL_VECTOR [
            /// Vector of the interrupt whose number is 0 modulo 4.
            VECTOR0 OFFSET(0) NUMBITS(5),
            /// Vector of the interrupt whose number is 1 modulo 4.
            VECTOR1 OFFSET(8) NUMBITS(5),
            /// Vector of the interrupt whose number is 2 modulo 4.
            VECTOR2 OFFSET(16) NUMBITS(5),
            /// Vector of the interrupt whose number is 3 modulo 4.
            VECTOR3 OFFSET(24) NUMBITS(5),
        ],
    }

    #[rustfmt::skip]
    impl Described for Irq {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "IRQ", doc: "Interrupts: which are let through, which are up, which vector each takes",
            size: 0xa8, alignment: 4,
            registers: &[
                RegisterDescription { name: "IDENTIFIER", doc: "Which block this is; a channel that does not exist reads otherwise", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "VERSION", doc: "Version of the subsystem", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "TARGET", doc: "What kind of block this is", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SUBSYSTEM", doc: "Always 0x1fc", offset_bits: 20, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "USER_ENABLE", doc: "Which of the card's own interrupts are let through", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "USER_ENABLE_SET", doc: "Sets the bits written as one in USER_ENABLE", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each", offset_bits: 0, width_bits: 16, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "USER_ENABLE_CLEAR", doc: "Clears the bits written as one in USER_ENABLE", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each", offset_bits: 0, width_bits: 16, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CHANNEL_ENABLE", doc: "Which channels interrupts are let through: those to the card first, then those from it, counting only channels that exist", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CHANNELS", doc: "One bit for each", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CHANNEL_ENABLE_SET", doc: "Sets the bits written as one in CHANNEL_ENABLE", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CHANNELS", doc: "One bit for each", offset_bits: 0, width_bits: 8, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CHANNEL_ENABLE_CLEAR", doc: "Clears the bits written as one in CHANNEL_ENABLE", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CHANNELS", doc: "One bit for each", offset_bits: 0, width_bits: 8, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "USER_REQUEST", doc: "User interrupts that are up and let through", offset: 0x40, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CHANNEL_REQUEST", doc: "Channel interrupts that are up and let through", offset: 0x44, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CHANNELS", doc: "One bit for each", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "USER_PENDING", doc: "User interrupts that are up, let through or not", offset: 0x48, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CHANNEL_PENDING", doc: "Channel interrupts that are up, let through or not; each goes down when its cause is cleared", offset: 0x4c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CHANNELS", doc: "One bit for each", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "USER_VECTOR", doc: "Which vectors user interrupts take, four to a register", offset: 0x80, width_bits: 32, length: 4, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "VECTOR0", doc: "Vector of the interrupt whose number is 0 modulo 4", offset_bits: 0, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "VECTOR1", doc: "Vector of the interrupt whose number is 1 modulo 4", offset_bits: 8, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "VECTOR2", doc: "Vector of the interrupt whose number is 2 modulo 4", offset_bits: 16, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "VECTOR3", doc: "Vector of the interrupt whose number is 3 modulo 4", offset_bits: 24, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CHANNEL_VECTOR", doc: "Which vectors channel interrupts take, four to a register", offset: 0xa0, width_bits: 32, length: 2, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "VECTOR0", doc: "Vector of the interrupt whose number is 0 modulo 4", offset_bits: 0, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "VECTOR1", doc: "Vector of the interrupt whose number is 1 modulo 4", offset_bits: 8, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "VECTOR2", doc: "Vector of the interrupt whose number is 2 modulo 4", offset_bits: 16, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "VECTOR3", doc: "Vector of the interrupt whose number is 3 modulo 4", offset_bits: 24, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// How the subsystem sits on its bus.
pub mod configuration {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite};
    use register_map::{Block, Def, register_bitfields};

    /// How the subsystem sits on its bus.
    #[derive(Debug)]
    pub struct Configuration(());

    impl Block for Configuration {
        const NAME: &'static str = "CONFIGURATION";
        const SIZE: usize = 0x20;
        const ALIGNMENT: usize = 4;
    }

    /// Which block this is; a channel that does not exist reads otherwise.
    pub const IDENTIFIER: Def<Configuration, u32, ReadOnly, IDENTIFIER::Register, 0x00> =
        Def::new(&Configuration(()));

    /// Its number on the bus.
    pub const BUS_DEVICE_FUNCTION: Def<
        Configuration,
        u32,
        ReadOnly,
        BUS_DEVICE_FUNCTION::Register,
        0x04,
    > = Def::new(&Configuration(()));

    /// Longest packet that it may write.
    pub const MAX_PAYLOAD: Def<Configuration, u32, ReadOnly, MAX_PAYLOAD::Register, 0x08> =
        Def::new(&Configuration(()));

    /// Longest packet that it may ask for.
    pub const MAX_READ_REQUEST: Def<
        Configuration,
        u32,
        ReadOnly,
        MAX_READ_REQUEST::Register,
        0x0c,
    > = Def::new(&Configuration(()));

    /// Identification that the card was built with.
    pub const SYSTEM_ID: Def<Configuration, u32, ReadOnly, (), 0x10> = Def::new(&Configuration(()));

    /// How interrupts are sent.
    pub const MESSAGES: Def<Configuration, u32, ReadOnly, MESSAGES::Register, 0x14> =
        Def::new(&Configuration(()));

    /// Width of its data path.
    pub const DATA_WIDTH: Def<Configuration, u32, ReadOnly, DATA_WIDTH::Register, 0x18> =
        Def::new(&Configuration(()));

    /// Attributes of the packets that it sends.
    pub const PCIE_CONTROL: Def<Configuration, u32, ReadWrite, PCIE_CONTROL::Register, 0x1c> =
        Def::new(&Configuration(()));

    register_bitfields! { u32,
        /// Fields of [`IDENTIFIER`](const@IDENTIFIER).
        pub IDENTIFIER [
            /// Version of the subsystem.
            VERSION OFFSET(0) NUMBITS(8),
            /// What kind of block this is.
            TARGET OFFSET(16) NUMBITS(4),
            /// Always 0x1fc.
            SUBSYSTEM OFFSET(20) NUMBITS(12),
        ],
        /// Fields of [`BUS_DEVICE_FUNCTION`](const@BUS_DEVICE_FUNCTION).
        pub BUS_DEVICE_FUNCTION [
            /// Function.
            FUNCTION OFFSET(0) NUMBITS(3),
            /// Device.
            DEVICE OFFSET(3) NUMBITS(5),
            /// Bus.
            BUS OFFSET(8) NUMBITS(8),
        ],
        /// Fields of [`MAX_PAYLOAD`](const@MAX_PAYLOAD).
        pub MAX_PAYLOAD [
            /// 128 bytes times two to this power.
            SIZE OFFSET(0) NUMBITS(3),
        ],
        /// Fields of [`MAX_READ_REQUEST`](const@MAX_READ_REQUEST).
        pub MAX_READ_REQUEST [
            /// 128 bytes times two to this power.
            SIZE OFFSET(0) NUMBITS(3),
        ],
        /// Fields of [`MESSAGES`](const@MESSAGES).
        pub MESSAGES [
            /// MSI is enabled.
            MSI OFFSET(0) NUMBITS(1),
            /// MSI-X is enabled.
            MSI_X OFFSET(1) NUMBITS(1),
        ],
        /// Fields of [`DATA_WIDTH`](const@DATA_WIDTH).
        pub DATA_WIDTH [
            /// 64 bits times two to this power.
            WIDTH OFFSET(0) NUMBITS(3),
        ],
        /// Fields of [`PCIE_CONTROL`](const@PCIE_CONTROL).
        pub PCIE_CONTROL [
            /// Packets may overtake one another.
            RELAXED_ORDERING OFFSET(0) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for Configuration {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "CONFIGURATION", doc: "How the subsystem sits on its bus",
            size: 0x20, alignment: 4,
            registers: &[
                RegisterDescription { name: "IDENTIFIER", doc: "Which block this is; a channel that does not exist reads otherwise", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "VERSION", doc: "Version of the subsystem", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "TARGET", doc: "What kind of block this is", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SUBSYSTEM", doc: "Always 0x1fc", offset_bits: 20, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "BUS_DEVICE_FUNCTION", doc: "Its number on the bus", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "FUNCTION", doc: "Function", offset_bits: 0, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DEVICE", doc: "Device", offset_bits: 3, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "BUS", doc: "Bus", offset_bits: 8, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "MAX_PAYLOAD", doc: "Longest packet that it may write", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "SIZE", doc: "128 bytes times two to this power", offset_bits: 0, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "MAX_READ_REQUEST", doc: "Longest packet that it may ask for", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "SIZE", doc: "128 bytes times two to this power", offset_bits: 0, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "SYSTEM_ID", doc: "Identification that the card was built with", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "MESSAGES", doc: "How interrupts are sent", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "MSI", doc: "MSI is enabled", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "MSI_X", doc: "MSI-X is enabled", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "DATA_WIDTH", doc: "Width of its data path", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "WIDTH", doc: "64 bits times two to this power", offset_bits: 0, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "PCIE_CONTROL", doc: "Attributes of the packets that it sends", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x01, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "RELAXED_ORDERING", doc: "Packets may overtake one another", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// The descriptor lists of one direction: 0 host to card, 1 card to host.
pub mod lists {
    use register_map::description::{BlockDescription, ClusterDescription, Described};
    use register_map::{Block, Cluster};

    /// The descriptor lists of one direction: 0 host to card, 1 card to host.
    #[derive(Debug)]
    pub struct Lists(());

    impl Block for Lists {
        const NAME: &'static str = "LISTS";
        const SIZE: usize = 0x390;
        const ALIGNMENT: usize = 4;
    }

    /// Where a channel begins to fetch descriptors.
    pub const LIST: Cluster<Lists, list::List, 0x00, 0x100, 4> = Cluster::new(&Lists(()));

    #[rustfmt::skip]
    impl Described for Lists {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "LISTS", doc: "The descriptor lists of one direction: 0 host to card, 1 card to host",
            size: 0x390, alignment: 4,
            registers: &[],
            clusters: &[
                ClusterDescription { name: "LIST", doc: "Where a channel begins to fetch descriptors", offset: 0x00, length: 4, stride: 0x100, block: list::List::DESCRIPTION },
            ],
        };
    }

    /// Where a channel begins to fetch descriptors.
    pub mod list {
        use register_map::description::{
            BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{Doorbell, ReadOnly, ReadWrite, Steering};
        use register_map::{Block, Def, Pair, register_bitfields};

        /// Where a channel begins to fetch descriptors.
        #[derive(Debug)]
        pub struct List(());

        impl Block for List {
            const NAME: &'static str = "LIST";
            const SIZE: usize = 0x90;
            const ALIGNMENT: usize = 4;
        }

        /// Which block this is; a channel that does not exist reads otherwise.
        pub const IDENTIFIER: Def<List, u32, ReadOnly, IDENTIFIER::Register, 0x00> =
            Def::new(&List(()));

        /// Where the first descriptor is, bits `31:0`.
        ///
        /// One half of the pair [`DESCRIPTOR`], through which it is written.
        pub const DESCRIPTOR_LOW: Def<List, u32, ReadOnly, (), 0x80> = Def::new(&List(()));

        /// Where the first descriptor is, bits `63:32`.
        ///
        /// One half of the pair [`DESCRIPTOR`], through which it is written.
        pub const DESCRIPTOR_HIGH: Def<List, u32, ReadOnly, (), 0x84> = Def::new(&List(()));

        /// How many descriptors follow the first one without a gap, to be fetched with it; all lie
        /// within 4096 bytes.
        pub const ADJACENT: Def<List, u32, ReadWrite, ADJACENT::Register, 0x88> =
            Def::new(&List(()));

        /// Adds credits, if the channel takes descriptors by credit; reads what is left.
        ///
        /// A write may start the device.
        pub const CREDITS: Def<List, u32, Doorbell, CREDITS::Register, 0x8c> = Def::new(&List(()));

        /// `DESCRIPTOR`: 64 bits in two registers, the low half first.
        pub const DESCRIPTOR: Pair<List, Steering, 0x80, 0x84, false> = Pair::new(&List(()));

        register_bitfields! { u32,
            /// Fields of [`IDENTIFIER`](const@IDENTIFIER).
            pub IDENTIFIER [
                /// Version of the subsystem.
                VERSION OFFSET(0) NUMBITS(8),
                /// Number of the channel.
                CHANNEL OFFSET(8) NUMBITS(4),
                /// The card side is a stream and has no addresses.
                STREAM OFFSET(15) NUMBITS(1),
                /// What kind of block this is.
                TARGET OFFSET(16) NUMBITS(4),
                /// Always 0x1fc.
                SUBSYSTEM OFFSET(20) NUMBITS(12),
            ],
            /// Fields of [`ADJACENT`](const@ADJACENT).
            pub ADJACENT [
                /// How many besides the first.
                EXTRA OFFSET(0) NUMBITS(6),
            ],
            /// Fields of [`CREDITS`](const@CREDITS).
            pub CREDITS [
                /// How many.
                CREDITS OFFSET(0) NUMBITS(10),
            ],
        }

        #[rustfmt::skip]
        impl Described for List {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "LIST", doc: "Where a channel begins to fetch descriptors",
                size: 0x90, alignment: 4,
                registers: &[
                    RegisterDescription { name: "IDENTIFIER", doc: "Which block this is; a channel that does not exist reads otherwise", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                        FieldDescription { name: "VERSION", doc: "Version of the subsystem", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "CHANNEL", doc: "Number of the channel", offset_bits: 8, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "STREAM", doc: "The card side is a stream and has no addresses", offset_bits: 15, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "TARGET", doc: "What kind of block this is", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "SUBSYSTEM", doc: "Always 0x1fc", offset_bits: 20, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "DESCRIPTOR_LOW", doc: "Where the first descriptor is, bits 31:0", offset: 0x80, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "DESCRIPTOR_HIGH", doc: "Where the first descriptor is, bits 63:32", offset: 0x84, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "ADJACENT", doc: "How many descriptors follow the first one without a gap, to be fetched with it; all lie within 4096 bytes", offset: 0x88, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "EXTRA", doc: "How many besides the first", offset_bits: 0, width_bits: 6, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "CREDITS", doc: "Adds credits, if the channel takes descriptors by credit; reads what is left", offset: 0x8c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "CREDITS", doc: "How many", offset_bits: 0, width_bits: 10, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                ],
                clusters: &[],
            };
        }
    }
}

/// What all descriptor lists share.
pub mod list_control {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{Doorbell, ReadOnly, Rights, read, write};
    use register_map::{Block, Def, register_bitfields};

    /// What all descriptor lists share.
    #[derive(Debug)]
    pub struct ListControl(());

    impl Block for ListControl {
        const NAME: &'static str = "LIST_CONTROL";
        const SIZE: usize = 0x2c;
        const ALIGNMENT: usize = 4;
    }

    /// Which block this is; a channel that does not exist reads otherwise.
    pub const IDENTIFIER: Def<ListControl, u32, ReadOnly, IDENTIFIER::Register, 0x00> =
        Def::new(&ListControl(()));

    /// Channels that fetch no descriptors for now.
    ///
    /// A write may start the device.
    pub const HALT: Def<ListControl, u32, Doorbell, HALT::Register, 0x10> =
        Def::new(&ListControl(()));

    /// Sets the bits written as one in HALT.
    pub const HALT_SET: Def<
        ListControl,
        u32,
        Rights<read::Never, write::OneToSet>,
        HALT_SET::Register,
        0x14,
    > = Def::new(&ListControl(()));

    /// Clears the bits written as one in HALT.
    ///
    /// A write may start the device.
    pub const HALT_CLEAR: Def<
        ListControl,
        u32,
        Rights<read::Never, write::Rings>,
        HALT_CLEAR::Register,
        0x18,
    > = Def::new(&ListControl(()));

    /// Channels that fetch a descriptor only for a credit.
    ///
    /// A write may start the device.
    pub const CREDIT_MODE: Def<ListControl, u32, Doorbell, CREDIT_MODE::Register, 0x20> =
        Def::new(&ListControl(()));

    /// Sets the bits written as one in `CREDIT_MODE`.
    pub const CREDIT_MODE_SET: Def<
        ListControl,
        u32,
        Rights<read::Never, write::OneToSet>,
        CREDIT_MODE_SET::Register,
        0x24,
    > = Def::new(&ListControl(()));

    /// Clears the bits written as one in `CREDIT_MODE`.
    ///
    /// A write may start the device.
    pub const CREDIT_MODE_CLEAR: Def<
        ListControl,
        u32,
        Rights<read::Never, write::Rings>,
        CREDIT_MODE_CLEAR::Register,
        0x28,
    > = Def::new(&ListControl(()));

    register_bitfields! { u32,
        /// Fields of [`IDENTIFIER`](const@IDENTIFIER).
        pub IDENTIFIER [
            /// Version of the subsystem.
            VERSION OFFSET(0) NUMBITS(8),
            /// What kind of block this is.
            TARGET OFFSET(16) NUMBITS(4),
            /// Always 0x1fc.
            SUBSYSTEM OFFSET(20) NUMBITS(12),
        ],
        /// Fields of [`HALT`](const@HALT).
        pub HALT [
            /// One bit for each channel to the card.
            TO_CARD OFFSET(0) NUMBITS(4),
            /// One bit for each channel from the card.
            FROM_CARD OFFSET(16) NUMBITS(4),
        ],
        /// Fields of [`HALT_SET`](const@HALT_SET).
        pub HALT_SET [
            /// One bit for each channel to the card.
            TO_CARD OFFSET(0) NUMBITS(4),
            /// One bit for each channel from the card.
            FROM_CARD OFFSET(16) NUMBITS(4),
        ],
        /// Fields of [`HALT_CLEAR`](const@HALT_CLEAR).
        pub HALT_CLEAR [
            /// One bit for each channel to the card.
            TO_CARD OFFSET(0) NUMBITS(4),
            /// One bit for each channel from the card.
            FROM_CARD OFFSET(16) NUMBITS(4),
        ],
        /// Fields of [`CREDIT_MODE`](const@CREDIT_MODE).
        pub CREDIT_MODE [
            /// One bit for each channel to the card.
            TO_CARD OFFSET(0) NUMBITS(4),
            /// One bit for each channel from the card.
            FROM_CARD OFFSET(16) NUMBITS(4),
        ],
        /// Fields of [`CREDIT_MODE_SET`](const@CREDIT_MODE_SET).
        pub CREDIT_MODE_SET [
            /// One bit for each channel to the card.
            TO_CARD OFFSET(0) NUMBITS(4),
            /// One bit for each channel from the card.
            FROM_CARD OFFSET(16) NUMBITS(4),
        ],
        /// Fields of [`CREDIT_MODE_CLEAR`](const@CREDIT_MODE_CLEAR).
        pub CREDIT_MODE_CLEAR [
            /// One bit for each channel to the card.
            TO_CARD OFFSET(0) NUMBITS(4),
            /// One bit for each channel from the card.
            FROM_CARD OFFSET(16) NUMBITS(4),
        ],
    }

    #[rustfmt::skip]
    impl Described for ListControl {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "LIST_CONTROL", doc: "What all descriptor lists share",
            size: 0x2c, alignment: 4,
            registers: &[
                RegisterDescription { name: "IDENTIFIER", doc: "Which block this is; a channel that does not exist reads otherwise", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "VERSION", doc: "Version of the subsystem", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "TARGET", doc: "What kind of block this is", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SUBSYSTEM", doc: "Always 0x1fc", offset_bits: 20, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "HALT", doc: "Channels that fetch no descriptors for now", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TO_CARD", doc: "One bit for each channel to the card", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FROM_CARD", doc: "One bit for each channel from the card", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "HALT_SET", doc: "Sets the bits written as one in HALT", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TO_CARD", doc: "One bit for each channel to the card", offset_bits: 0, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FROM_CARD", doc: "One bit for each channel from the card", offset_bits: 16, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "HALT_CLEAR", doc: "Clears the bits written as one in HALT", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TO_CARD", doc: "One bit for each channel to the card", offset_bits: 0, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FROM_CARD", doc: "One bit for each channel from the card", offset_bits: 16, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CREDIT_MODE", doc: "Channels that fetch a descriptor only for a credit", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TO_CARD", doc: "One bit for each channel to the card", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FROM_CARD", doc: "One bit for each channel from the card", offset_bits: 16, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CREDIT_MODE_SET", doc: "Sets the bits written as one in CREDIT_MODE", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TO_CARD", doc: "One bit for each channel to the card", offset_bits: 0, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FROM_CARD", doc: "One bit for each channel from the card", offset_bits: 16, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CREDIT_MODE_CLEAR", doc: "Clears the bits written as one in CREDIT_MODE", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TO_CARD", doc: "One bit for each channel to the card", offset_bits: 0, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FROM_CARD", doc: "One bit for each channel from the card", offset_bits: 16, width_bits: 4, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// The MSI-X table: written by the operating system alone.
pub mod vector {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{Doorbell, ReadOnly, Steering};
    use register_map::{Block, Def, Pair, register_bitfields};

    /// The MSI-X table: written by the operating system alone.
    #[derive(Debug)]
    pub struct Vector(());

    impl Block for Vector {
        const NAME: &'static str = "VECTOR";
        const SIZE: usize = 0x10;
        const ALIGNMENT: usize = 4;
    }

    /// Where the message is written, bits `31:0`.
    ///
    /// One half of the pair [`ADDRESS`], through which it is written.
    pub const ADDRESS_LOW: Def<Vector, u32, ReadOnly, (), 0x00> = Def::new(&Vector(()));

    /// Where the message is written, bits `63:32`.
    ///
    /// One half of the pair [`ADDRESS`], through which it is written.
    pub const ADDRESS_HIGH: Def<Vector, u32, ReadOnly, (), 0x04> = Def::new(&Vector(()));

    /// What is written there.
    ///
    /// A write may start the device.
    pub const DATA: Def<Vector, u32, Doorbell, (), 0x08> = Def::new(&Vector(()));

    /// Whether it is sent.
    ///
    /// A write may start the device.
    pub const CONTROL: Def<Vector, u32, Doorbell, CONTROL::Register, 0x0c> = Def::new(&Vector(()));

    /// `ADDRESS`: 64 bits in two registers, the low half first.
    pub const ADDRESS: Pair<Vector, Steering, 0x00, 0x04, false> = Pair::new(&Vector(()));

    register_bitfields! { u32,
        /// Fields of [`CONTROL`](const@CONTROL).
        pub CONTROL [
            /// The message is held back.
            MASKED OFFSET(0) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for Vector {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "VECTOR", doc: "The MSI-X table: written by the operating system alone",
            size: 0x10, alignment: 4,
            registers: &[
                RegisterDescription { name: "ADDRESS_LOW", doc: "Where the message is written, bits 31:0", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "ADDRESS_HIGH", doc: "Where the message is written, bits 63:32", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "DATA", doc: "What is written there", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "CONTROL", doc: "Whether it is sent", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x01, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "MASKED", doc: "The message is held back", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// The card's own registers: its memory's size, a stream from it, a stream to it, interrupts at
/// will. Takes 4-byte accesses only.
pub mod card {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite, Rights, read, write};
    use register_map::{Array, Block, Cluster, Def, Pair, register_bitfields};

    /// The card's own registers: its memory's size, a stream from it, a stream to it, interrupts at
    /// will. Takes 4-byte accesses only.
    ///
    /// `CARD`, in BAR 2 at `0x00`.
    #[derive(Debug)]
    pub struct Card(());

    impl Block for Card {
        const NAME: &'static str = "CARD";
        const SIZE: usize = 0x1000;
        const ALIGNMENT: usize = 4;
    }

    /// Which card it is.
    pub const IDENTIFICATION: Def<Card, u32, ReadOnly, IDENTIFICATION::Register, 0x00> =
        Def::new(&Card(()));

    /// Version of these registers.
    pub const VERSION: Def<Card, u32, ReadOnly, VERSION::Register, 0x04> = Def::new(&Card(()));

    /// Bytes of the card's memory, which begins at its address 0; bits `31:0`.
    ///
    /// One half of the pair [`MEMORY_SIZE`], through which it is written.
    pub const MEMORY_SIZE_LOW: Def<Card, u32, ReadOnly, (), 0x08> = Def::new(&Card(()));

    /// Bytes of the card's memory, bits `63:32`.
    ///
    /// One half of the pair [`MEMORY_SIZE`], through which it is written.
    pub const MEMORY_SIZE_HIGH: Def<Card, u32, ReadOnly, (), 0x0c> = Def::new(&Card(()));

    /// Holds what is written; for tests.
    pub const SCRATCH: Array<Card, u32, ReadWrite, (), 0x10, 0x04, 4> = Array::new(&Card(()));

    /// User interrupts that are up.
    pub const INTERRUPTS: Def<Card, u32, ReadOnly, INTERRUPTS::Register, 0x20> =
        Def::new(&Card(()));

    /// Raises the user interrupts of the bits written as one.
    pub const INTERRUPTS_RAISE: Def<
        Card,
        u32,
        Rights<read::Never, write::OneToSet>,
        INTERRUPTS_RAISE::Register,
        0x24,
    > = Def::new(&Card(()));

    /// Drops the user interrupts of the bits written as one.
    pub const INTERRUPTS_DROP: Def<
        Card,
        u32,
        Rights<read::Never, write::OneToClear>,
        INTERRUPTS_DROP::Register,
        0x28,
    > = Def::new(&Card(()));

    /// `MEMORY_SIZE`: 64 bits in two registers, the low half first.
    pub const MEMORY_SIZE: Pair<Card, ReadOnly, 0x08, 0x0c, false> = Pair::new(&Card(()));

    /// A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is read
    /// at its address on the card; what does not fit is lost, and counted.
    pub const SOURCE: Cluster<Card, source::Source, 0x100, 0x2c, 1> = Cluster::new(&Card(()));

    /// A stream to the card: bytes that are written to its address on the card go through a FIFO
    /// and are consumed at a fixed rate.
    pub const SINK: Cluster<Card, sink::Sink, 0x140, 0x30, 1> = Cluster::new(&Card(()));

    register_bitfields! { u32,
        /// Fields of [`IDENTIFICATION`](const@IDENTIFICATION).
        pub IDENTIFICATION [
            /// Always 0x6e796461, "adyn" as bytes.
            VALUE OFFSET(0) NUMBITS(32),
        ],
        /// Fields of [`VERSION`](const@VERSION).
        pub VERSION [
            /// Minor version.
            MINOR OFFSET(0) NUMBITS(16),
            /// Major version.
            MAJOR OFFSET(16) NUMBITS(16),
        ],
        /// Fields of [`INTERRUPTS`](const@INTERRUPTS).
        pub INTERRUPTS [
            /// One bit for each of 16 user interrupts.
            LINES OFFSET(0) NUMBITS(16),
        ],
        /// Fields of [`INTERRUPTS_RAISE`](const@INTERRUPTS_RAISE).
        pub INTERRUPTS_RAISE [
            /// One bit for each of 16 user interrupts.
            LINES OFFSET(0) NUMBITS(16),
        ],
        /// Fields of [`INTERRUPTS_DROP`](const@INTERRUPTS_DROP).
        pub INTERRUPTS_DROP [
            /// One bit for each of 16 user interrupts.
            LINES OFFSET(0) NUMBITS(16),
        ],
    }

    #[rustfmt::skip]
    impl Described for Card {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "CARD", doc: "The card's own registers: its memory's size, a stream from it, a stream to it, interrupts at will. Takes 4-byte accesses only.",
            size: 0x1000, alignment: 4,
            registers: &[
                RegisterDescription { name: "IDENTIFICATION", doc: "Which card it is", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x6e79_6461, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "VALUE", doc: "Always 0x6e796461, \"adyn\" as bytes", offset_bits: 0, width_bits: 32, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "VERSION", doc: "Version of these registers", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x0001_0000, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "MINOR", doc: "Minor version", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "MAJOR", doc: "Major version", offset_bits: 16, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "MEMORY_SIZE_LOW", doc: "Bytes of the card's memory, which begins at its address 0; bits 31:0", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "MEMORY_SIZE_HIGH", doc: "Bytes of the card's memory, bits 63:32", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "SCRATCH", doc: "Holds what is written; for tests", offset: 0x10, width_bits: 32, length: 4, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "INTERRUPTS", doc: "User interrupts that are up", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each of 16 user interrupts", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "INTERRUPTS_RAISE", doc: "Raises the user interrupts of the bits written as one", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each of 16 user interrupts", offset_bits: 0, width_bits: 16, read: ReadKind::Never, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "INTERRUPTS_DROP", doc: "Drops the user interrupts of the bits written as one", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LINES", doc: "One bit for each of 16 user interrupts", offset_bits: 0, width_bits: 16, read: ReadKind::Never, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[
                ClusterDescription { name: "SOURCE", doc: "A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is read at its address on the card; what does not fit is lost, and counted", offset: 0x100, length: 1, stride: 0x2c, block: source::Source::DESCRIPTION },
                ClusterDescription { name: "SINK", doc: "A stream to the card: bytes that are written to its address on the card go through a FIFO and are consumed at a fixed rate", offset: 0x140, length: 1, stride: 0x30, block: sink::Sink::DESCRIPTION },
            ],
        };
    }

    /// A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is read
    /// at its address on the card; what does not fit is lost, and counted.
    pub mod source {
        use register_map::description::{
            BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, ReadWrite};
        use register_map::{Block, Def, Pair, register_bitfields};

        /// A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is
        /// read at its address on the card; what does not fit is lost, and counted.
        #[derive(Debug)]
        pub struct Source(());

        impl Block for Source {
            const NAME: &'static str = "SOURCE";
            const SIZE: usize = 0x2c;
            const ALIGNMENT: usize = 4;
        }

        /// Starts and stops the stream.
        pub const CONTROL: Def<Source, u32, ReadWrite, CONTROL::Register, 0x00> =
            Def::new(&Source(()));

        /// Bytes a microsecond; takes effect at the next start.
        pub const RATE: Def<Source, u32, ReadWrite, (), 0x04> = Def::new(&Source(()));

        /// Seed of the samples. Sample n holds n in bits `39:0`, and in bits `63:40` the upper 24
        /// bits of (n modulo 2^32 + SEED) times 0x9e3779b1, modulo 2^32.
        pub const SEED: Def<Source, u32, ReadWrite, (), 0x08> = Def::new(&Source(()));

        /// Bytes that the FIFO holds.
        pub const DEPTH: Def<Source, u32, ReadOnly, (), 0x0c> = Def::new(&Source(()));

        /// Bytes that are in the FIFO.
        pub const LEVEL: Def<Source, u32, ReadOnly, (), 0x10> = Def::new(&Source(()));

        /// Samples so far, lost ones included; wraps.
        pub const PRODUCED: Def<Source, u32, ReadOnly, (), 0x14> = Def::new(&Source(()));

        /// Samples lost so far; wraps.
        pub const LOST: Def<Source, u32, ReadOnly, (), 0x18> = Def::new(&Source(()));

        /// Where the FIFO is read on the card, bits `31:0`. Any address of its window is the same.
        ///
        /// One half of the pair [`ADDRESS`], through which it is written.
        pub const ADDRESS_LOW: Def<Source, u32, ReadOnly, (), 0x20> = Def::new(&Source(()));

        /// Where the FIFO is read on the card, bits `63:32`.
        ///
        /// One half of the pair [`ADDRESS`], through which it is written.
        pub const ADDRESS_HIGH: Def<Source, u32, ReadOnly, (), 0x24> = Def::new(&Source(()));

        /// Bytes of the window.
        pub const WINDOW: Def<Source, u32, ReadOnly, (), 0x28> = Def::new(&Source(()));

        /// `ADDRESS`: 64 bits in two registers, the low half first.
        pub const ADDRESS: Pair<Source, ReadOnly, 0x20, 0x24, false> = Pair::new(&Source(()));

        register_bitfields! { u32,
            /// Fields of [`CONTROL`](const@CONTROL).
            pub CONTROL [
                /// Runs. Its rising edge empties the FIFO and begins at sample 0 with counters at
                /// zero; without it, reading an empty FIFO fails.
                ENABLE OFFSET(0) NUMBITS(1),
            ],
        }

        #[rustfmt::skip]
        impl Described for Source {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "SOURCE", doc: "A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is read at its address on the card; what does not fit is lost, and counted",
                size: 0x2c, alignment: 4,
                registers: &[
                    RegisterDescription { name: "CONTROL", doc: "Starts and stops the stream", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "ENABLE", doc: "Runs. Its rising edge empties the FIFO and begins at sample 0 with counters at zero; without it, reading an empty FIFO fails", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "RATE", doc: "Bytes a microsecond; takes effect at the next start", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x64, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "SEED", doc: "Seed of the samples. Sample n holds n in bits 39:0, and in bits 63:40 the upper 24 bits of (n modulo 2^32 + SEED) times 0x9e3779b1, modulo 2^32", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "DEPTH", doc: "Bytes that the FIFO holds", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                    RegisterDescription { name: "LEVEL", doc: "Bytes that are in the FIFO", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "PRODUCED", doc: "Samples so far, lost ones included; wraps", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "LOST", doc: "Samples lost so far; wraps", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "ADDRESS_LOW", doc: "Where the FIFO is read on the card, bits 31:0. Any address of its window is the same", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                    RegisterDescription { name: "ADDRESS_HIGH", doc: "Where the FIFO is read on the card, bits 63:32", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                    RegisterDescription { name: "WINDOW", doc: "Bytes of the window", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }

    /// A stream to the card: bytes that are written to its address on the card go through a FIFO
    /// and are consumed at a fixed rate.
    pub mod sink {
        use register_map::description::{
            BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, ReadWrite};
        use register_map::{Block, Def, Pair, register_bitfields};

        /// A stream to the card: bytes that are written to its address on the card go through a
        /// FIFO and are consumed at a fixed rate.
        #[derive(Debug)]
        pub struct Sink(());

        impl Block for Sink {
            const NAME: &'static str = "SINK";
            const SIZE: usize = 0x30;
            const ALIGNMENT: usize = 4;
        }

        /// Starts and stops the consumer.
        pub const CONTROL: Def<Sink, u32, ReadWrite, CONTROL::Register, 0x00> = Def::new(&Sink(()));

        /// Bytes a microsecond, 0 for as fast as they come; takes effect at the next start.
        pub const RATE: Def<Sink, u32, ReadWrite, (), 0x04> = Def::new(&Sink(()));

        /// Bytes that the FIFO holds.
        pub const DEPTH: Def<Sink, u32, ReadOnly, (), 0x0c> = Def::new(&Sink(()));

        /// Bytes that are in the FIFO.
        pub const LEVEL: Def<Sink, u32, ReadOnly, (), 0x10> = Def::new(&Sink(()));

        /// Bytes that were due and not there, since the first one came; wraps.
        pub const STARVED: Def<Sink, u32, ReadOnly, (), 0x14> = Def::new(&Sink(()));

        /// Bytes consumed, bits `31:0`.
        ///
        /// One half of the pair [`CONSUMED`], through which it is written.
        pub const CONSUMED_LOW: Def<Sink, u32, ReadOnly, (), 0x18> = Def::new(&Sink(()));

        /// Bytes consumed, bits `63:32`.
        ///
        /// One half of the pair [`CONSUMED`], through which it is written.
        pub const CONSUMED_HIGH: Def<Sink, u32, ReadOnly, (), 0x1c> = Def::new(&Sink(()));

        /// Where the FIFO is written on the card, bits `31:0`. Any address of its window is the
        /// same.
        ///
        /// One half of the pair [`ADDRESS`], through which it is written.
        pub const ADDRESS_LOW: Def<Sink, u32, ReadOnly, (), 0x20> = Def::new(&Sink(()));

        /// Where the FIFO is written on the card, bits `63:32`.
        ///
        /// One half of the pair [`ADDRESS`], through which it is written.
        pub const ADDRESS_HIGH: Def<Sink, u32, ReadOnly, (), 0x24> = Def::new(&Sink(()));

        /// Bytes of the window.
        pub const WINDOW: Def<Sink, u32, ReadOnly, (), 0x28> = Def::new(&Sink(()));

        /// Of the bytes that were written: each byte is added to 31 times the sum so far, modulo
        /// 2^32.
        pub const CHECKSUM: Def<Sink, u32, ReadOnly, (), 0x2c> = Def::new(&Sink(()));

        /// `ADDRESS`: 64 bits in two registers, the low half first.
        pub const ADDRESS: Pair<Sink, ReadOnly, 0x20, 0x24, false> = Pair::new(&Sink(()));

        /// `CONSUMED`: 64 bits in two registers, the low half first.
        pub const CONSUMED: Pair<Sink, ReadOnly, 0x18, 0x1c, false> = Pair::new(&Sink(()));

        register_bitfields! { u32,
            /// Fields of [`CONTROL`](const@CONTROL).
            pub CONTROL [
                /// Runs. Its rising edge empties the FIFO and sets counters and checksum to zero;
                /// without it, writing fails.
                ENABLE OFFSET(0) NUMBITS(1),
            ],
        }

        #[rustfmt::skip]
        impl Described for Sink {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "SINK", doc: "A stream to the card: bytes that are written to its address on the card go through a FIFO and are consumed at a fixed rate",
                size: 0x30, alignment: 4,
                registers: &[
                    RegisterDescription { name: "CONTROL", doc: "Starts and stops the consumer", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "ENABLE", doc: "Runs. Its rising edge empties the FIFO and sets counters and checksum to zero; without it, writing fails", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "RATE", doc: "Bytes a microsecond, 0 for as fast as they come; takes effect at the next start", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "DEPTH", doc: "Bytes that the FIFO holds", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                    RegisterDescription { name: "LEVEL", doc: "Bytes that are in the FIFO", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "STARVED", doc: "Bytes that were due and not there, since the first one came; wraps", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "CONSUMED_LOW", doc: "Bytes consumed, bits 31:0", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "CONSUMED_HIGH", doc: "Bytes consumed, bits 63:32", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "ADDRESS_LOW", doc: "Where the FIFO is written on the card, bits 31:0. Any address of its window is the same", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                    RegisterDescription { name: "ADDRESS_HIGH", doc: "Where the FIFO is written on the card, bits 63:32", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                    RegisterDescription { name: "WINDOW", doc: "Bytes of the window", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                    RegisterDescription { name: "CHECKSUM", doc: "Of the bytes that were written: each byte is added to 31 times the sum so far, modulo 2^32", offset: 0x2c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }
}

/// One descriptor of a list, 32 bytes in memory, little-endian.
pub mod descriptor {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite, Steering};
    use register_map::{Block, Def, Pair, register_bitfields};

    /// One descriptor of a list, 32 bytes in memory, little-endian.
    ///
    /// `Descriptor`, in memory.
    #[derive(Debug)]
    pub struct Descriptor(());

    impl Block for Descriptor {
        const NAME: &'static str = "Descriptor";
        const SIZE: usize = 0x20;
        const ALIGNMENT: usize = 32;
    }

    /// What the engine does with the descriptor, and how it fetches those after it.
    pub const CONTROL: Def<Descriptor, u32, ReadWrite, CONTROL::Register, 0x00> =
        Def::new(&Descriptor(()));

    /// How many bytes it moves.
    pub const LENGTH: Def<Descriptor, u32, ReadWrite, LENGTH::Register, 0x04> =
        Def::new(&Descriptor(()));

    /// Where it reads: host memory to the card, the card from it, bits `31:0`.
    ///
    /// One half of the pair [`SOURCE`], through which it is written.
    pub const SOURCE_LOW: Def<Descriptor, u32, ReadOnly, (), 0x08> = Def::new(&Descriptor(()));

    /// Where it reads: host memory to the card, the card from it, bits `63:32`.
    ///
    /// One half of the pair [`SOURCE`], through which it is written.
    pub const SOURCE_HIGH: Def<Descriptor, u32, ReadOnly, (), 0x0c> = Def::new(&Descriptor(()));

    /// Where it writes: on the card to the card, host memory from it, bits `31:0`.
    ///
    /// One half of the pair [`DESTINATION`], through which it is written.
    pub const DESTINATION_LOW: Def<Descriptor, u32, ReadOnly, (), 0x10> = Def::new(&Descriptor(()));

    /// Where it writes: on the card to the card, host memory from it, bits `63:32`.
    ///
    /// One half of the pair [`DESTINATION`], through which it is written.
    pub const DESTINATION_HIGH: Def<Descriptor, u32, ReadOnly, (), 0x14> =
        Def::new(&Descriptor(()));

    /// Where the descriptor after it is, bits `31:0`.
    ///
    /// One half of the pair [`NEXT`], through which it is written.
    pub const NEXT_LOW: Def<Descriptor, u32, ReadOnly, (), 0x18> = Def::new(&Descriptor(()));

    /// Where the descriptor after it is, bits `63:32`.
    ///
    /// One half of the pair [`NEXT`], through which it is written.
    pub const NEXT_HIGH: Def<Descriptor, u32, ReadOnly, (), 0x1c> = Def::new(&Descriptor(()));

    /// `SOURCE`: 64 bits in two registers, the low half first.
    pub const SOURCE: Pair<Descriptor, Steering, 0x08, 0x0c, false> = Pair::new(&Descriptor(()));

    /// `DESTINATION`: 64 bits in two registers, the low half first.
    pub const DESTINATION: Pair<Descriptor, Steering, 0x10, 0x14, false> =
        Pair::new(&Descriptor(()));

    /// `NEXT`: 64 bits in two registers, the low half first.
    pub const NEXT: Pair<Descriptor, Steering, 0x18, 0x1c, false> = Pair::new(&Descriptor(()));

    register_bitfields! { u32,
        /// Fields of [`CONTROL`](const@CONTROL).
        pub CONTROL [
            /// The list ends here; only at the end of a block of adjacent descriptors.
            STOP OFFSET(0) NUMBITS(1) [],
            /// Its completion is noted, and written back.
            COMPLETED OFFSET(1) NUMBITS(1) [],
            /// Ends a packet of a stream.
            END_OF_PACKET OFFSET(4) NUMBITS(1) [],
            /// How many descriptors follow the one at NEXT without a gap, to be fetched with it.
            NEXT_ADJACENT OFFSET(8) NUMBITS(6) [],
            /// What makes it a descriptor.
            MAGIC OFFSET(16) NUMBITS(16) [
                /// Always.
                Valid = 0xad4b,
            ],
        ],
        /// Fields of [`LENGTH`](const@LENGTH).
        pub LENGTH [
            /// At most 268,435,455.
            BYTES OFFSET(0) NUMBITS(28),
        ],
    }

    #[rustfmt::skip]
    impl Described for Descriptor {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "Descriptor", doc: "One descriptor of a list, 32 bytes in memory, little-endian",
            size: 0x20, alignment: 32,
            registers: &[
                RegisterDescription { name: "CONTROL", doc: "What the engine does with the descriptor, and how it fetches those after it", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "STOP", doc: "The list ends here; only at the end of a block of adjacent descriptors", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "COMPLETED", doc: "Its completion is noted, and written back", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "END_OF_PACKET", doc: "Ends a packet of a stream", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "NEXT_ADJACENT", doc: "How many descriptors follow the one at NEXT without a gap, to be fetched with it", offset_bits: 8, width_bits: 6, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "MAGIC", doc: "What makes it a descriptor", offset_bits: 16, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Valid", doc: "Always", value: 0xad4b },
                    ] },
                ] },
                RegisterDescription { name: "LENGTH", doc: "How many bytes it moves", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "BYTES", doc: "At most 268,435,455", offset_bits: 0, width_bits: 28, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "SOURCE_LOW", doc: "Where it reads: host memory to the card, the card from it, bits 31:0", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "SOURCE_HIGH", doc: "Where it reads: host memory to the card, the card from it, bits 63:32", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DESTINATION_LOW", doc: "Where it writes: on the card to the card, host memory from it, bits 31:0", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DESTINATION_HIGH", doc: "Where it writes: on the card to the card, host memory from it, bits 63:32", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "NEXT_LOW", doc: "Where the descriptor after it is, bits 31:0", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "NEXT_HIGH", doc: "Where the descriptor after it is, bits 63:32", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// What a channel in poll mode writes to memory.
pub mod write_back {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def, register_bitfields};

    /// What a channel in poll mode writes to memory.
    ///
    /// `WriteBack`, in memory.
    #[derive(Debug)]
    pub struct WriteBack(());

    impl Block for WriteBack {
        const NAME: &'static str = "WriteBack";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// Written when a descriptor with its completed bit was completed, or the engine stopped for an
    /// error.
    pub const WORD: Def<WriteBack, u32, ReadWrite, WORD::Register, 0x00> = Def::new(&WriteBack(()));

    register_bitfields! { u32,
        /// Fields of [`WORD`](const@WORD).
        pub WORD [
            /// Descriptors completed since RUN was set, modulo 2^24.
            COUNT OFFSET(0) NUMBITS(24),
            /// STATUS has an error.
            ERROR OFFSET(31) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for WriteBack {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "WriteBack", doc: "What a channel in poll mode writes to memory",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "WORD", doc: "Written when a descriptor with its completed bit was completed, or the engine stopped for an error", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "COUNT", doc: "Descriptors completed since RUN was set, modulo 2^24", offset_bits: 0, width_bits: 24, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "ERROR", doc: "STATUS has an error", offset_bits: 31, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}
