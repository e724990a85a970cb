//! A card with everything that the extensions know.
//!
//! Generated from `dma_card.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, Identity, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "card", doc: "A card with everything that the extensions know",
    identities: &[Identity::Pci { vendor: 0x10ee, device: 0x9038 }],
    regions: &[
        RegionDescription { index: 0, offset: 0x1000, size: 0x0001_0000, block: engine::Engine::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x0004_0000, block: user::User::DESCRIPTION },
    ],
    memory: &[descriptor::Descriptor::DESCRIPTION],
};

/// The engine.
pub mod engine {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, Steering};
    use register_map::{Block, Cluster, Def, Pair};

    /// The engine.
    ///
    /// `ENGINE`, in BAR 0 at `0x1000`.
    #[derive(Debug)]
    pub struct Engine(());

    impl Block for Engine {
        const NAME: &'static str = "ENGINE";
        const SIZE: usize = 0x400;
        const ALIGNMENT: usize = 8;
    }

    /// `VERSION`.
    pub const VERSION: Def<Engine, u32, ReadOnly, (), 0x00> = Def::new(&Engine(()));

    /// An address of 64 bits.
    ///
    /// Takes an address that the device masters the bus with.
    pub const MAILBOX: Def<Engine, u64, Steering, (), 0x300> = Def::new(&Engine(()));

    /// `MAILBOX_HALVES`: 64 bits in two registers, the high half first.
    pub const MAILBOX_HALVES: Pair<Engine, Steering, 0x300, 0x304, true> = Pair::new(&Engine(()));

    /// One queue.
    pub const QUEUE: Cluster<Engine, queue::Queue, 0x100, 0x40, 4> = Cluster::new(&Engine(()));

    #[rustfmt::skip]
    impl Described for Engine {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "ENGINE", doc: "The engine",
            size: 0x400, alignment: 8,
            registers: &[
                RegisterDescription { name: "VERSION", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "MAILBOX", doc: "An address of 64 bits", offset: 0x300, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[
                ClusterDescription { name: "QUEUE", doc: "One queue", offset: 0x100, length: 4, stride: 0x40, block: queue::Queue::DESCRIPTION },
            ],
        };
    }

    /// One queue.
    pub mod queue {
        use register_map::description::{
            BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, ReadWrite, Rights, Steering, read, write};
        use register_map::{Block, Def, Pair, register_bitfields};

        /// One queue.
        #[derive(Debug)]
        pub struct Queue(());

        impl Block for Queue {
            const NAME: &'static str = "QUEUE";
            const SIZE: usize = 0x28;
            const ALIGNMENT: usize = 4;
        }

        /// Where the ring is.
        ///
        /// One half of the pair [`RING`], through which it is written.
        pub const RING_LOW: Def<Queue, u32, ReadOnly, (), 0x00> = Def::new(&Queue(()));

        /// `RING_HIGH`.
        ///
        /// One half of the pair [`RING`], through which it is written.
        pub const RING_HIGH: Def<Queue, u32, ReadOnly, (), 0x04> = Def::new(&Queue(()));

        /// `STATUS_HIGH`.
        ///
        /// One half of the pair [`STATUS`], through which it is written.
        pub const STATUS_HIGH: Def<Queue, u32, ReadOnly, (), 0x08> = Def::new(&Queue(()));

        /// `STATUS_LOW`.
        ///
        /// One half of the pair [`STATUS`], through which it is written.
        pub const STATUS_LOW: Def<Queue, u32, ReadOnly, (), 0x0c> = Def::new(&Queue(()));

        /// `COUNT_LOW`.
        ///
        /// One half of the pair [`COUNT`], through which it is written.
        pub const COUNT_LOW: Def<Queue, u32, ReadOnly, (), 0x10> = Def::new(&Queue(()));

        /// `COUNT_HIGH`.
        ///
        /// One half of the pair [`COUNT`], through which it is written.
        pub const COUNT_HIGH: Def<Queue, u32, ReadOnly, (), 0x14> = Def::new(&Queue(()));

        /// `DOORBELL`.
        ///
        /// A write may start the device.
        pub const DOORBELL: Def<
            Queue,
            u32,
            Rights<read::Never, write::Rings>,
            DOORBELL::Register,
            0x18,
        > = Def::new(&Queue(()));

        /// `SCRATCH_LOW`.
        ///
        /// One half of the pair [`SCRATCH`], through which it is written.
        pub const SCRATCH_LOW: Def<Queue, u32, ReadOnly, (), 0x20> = Def::new(&Queue(()));

        /// `SCRATCH_HIGH`.
        ///
        /// One half of the pair [`SCRATCH`], through which it is written.
        pub const SCRATCH_HIGH: Def<Queue, u32, ReadOnly, (), 0x24> = Def::new(&Queue(()));

        /// `RING`: 64 bits in two registers, the low half first.
        pub const RING: Pair<Queue, Steering, 0x00, 0x04, false> = Pair::new(&Queue(()));

        /// `STATUS`: 64 bits in two registers, the high half first.
        pub const STATUS: Pair<Queue, Steering, 0x0c, 0x08, true> = Pair::new(&Queue(()));

        /// `COUNT`: 64 bits in two registers, the low half first.
        pub const COUNT: Pair<Queue, ReadOnly, 0x10, 0x14, false> = Pair::new(&Queue(()));

        /// `SCRATCH`: 64 bits in two registers, the high half first.
        pub const SCRATCH: Pair<Queue, ReadWrite, 0x20, 0x24, true> = Pair::new(&Queue(()));

        register_bitfields! { u32,
            /// Fields of [`DOORBELL`](const@DOORBELL).
            pub DOORBELL [
                /// `TAIL`.
                TAIL OFFSET(0) NUMBITS(16),
            ],
        }

        #[rustfmt::skip]
        impl Described for Queue {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "QUEUE", doc: "One queue",
                size: 0x28, alignment: 4,
                registers: &[
                    RegisterDescription { name: "RING_LOW", doc: "Where the ring is", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "RING_HIGH", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "STATUS_HIGH", doc: "", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "STATUS_LOW", doc: "", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "COUNT_LOW", doc: "", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "COUNT_HIGH", doc: "", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "DOORBELL", doc: "", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "TAIL", doc: "", offset_bits: 0, width_bits: 16, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "SCRATCH_LOW", doc: "", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "SCRATCH_HIGH", doc: "", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }
}

/// The card's own registers.
pub mod user {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Array, Block};

    /// The card's own registers.
    ///
    /// `USER`, in BAR 2 at `0x00`.
    #[derive(Debug)]
    pub struct User(());

    impl Block for User {
        const NAME: &'static str = "USER";
        const SIZE: usize = 0x20;
        const ALIGNMENT: usize = 4;
    }

    /// `SCRATCH`.
    pub const SCRATCH: Array<User, u32, ReadWrite, (), 0x00, 0x04, 8> = Array::new(&User(()));

    #[rustfmt::skip]
    impl Described for User {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "USER", doc: "The card's own registers",
            size: 0x20, alignment: 4,
            registers: &[
                RegisterDescription { name: "SCRATCH", doc: "", offset: 0x00, width_bits: 32, length: 8, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// What a ring is made of.
pub mod descriptor {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadWrite, Steering};
    use register_map::{Block, Def, register_bitfields};

    /// What a ring is made of.
    ///
    /// `Descriptor`, in memory.
    #[derive(Debug)]
    pub struct Descriptor(());

    impl Block for Descriptor {
        const NAME: &'static str = "Descriptor";
        const SIZE: usize = 0x20;
        const ALIGNMENT: usize = 32;
    }

    /// `CONTROL`.
    pub const CONTROL: Def<Descriptor, u32, ReadWrite, CONTROL::Register, 0x00> =
        Def::new(&Descriptor(()));

    /// `LENGTH`.
    pub const LENGTH: Def<Descriptor, u32, ReadWrite, (), 0x04> = Def::new(&Descriptor(()));

    /// `SOURCE`.
    ///
    /// Takes an address that the device masters the bus with.
    pub const SOURCE: Def<Descriptor, u64, Steering, (), 0x08> = Def::new(&Descriptor(()));

    /// `DESTINATION`.
    ///
    /// Takes an address that the device masters the bus with.
    pub const DESTINATION: Def<Descriptor, u64, Steering, (), 0x10> = Def::new(&Descriptor(()));

    /// `NEXT`.
    ///
    /// Takes an address that the device masters the bus with.
    pub const NEXT: Def<Descriptor, u64, Steering, (), 0x18> = Def::new(&Descriptor(()));

    register_bitfields! { u32,
        /// Fields of [`CONTROL`](const@CONTROL).
        pub CONTROL [
            /// `STOP`.
            STOP OFFSET(0) NUMBITS(1),
            /// `MAGIC`.
            MAGIC OFFSET(16) NUMBITS(16),
        ],
    }

    #[rustfmt::skip]
    impl Described for Descriptor {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "Descriptor", doc: "What a ring is made of",
            size: 0x20, alignment: 32,
            registers: &[
                RegisterDescription { name: "CONTROL", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "STOP", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "MAGIC", doc: "", offset_bits: 16, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "LENGTH", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "SOURCE", doc: "", offset: 0x08, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DESTINATION", doc: "", offset: 0x10, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "NEXT", doc: "", offset: 0x18, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}
