//! Odd but usable.
//!
//! Generated from `odd_but_usable.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "ODD", doc: "Odd but usable",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x60, block: a::A::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x04, block: a_2::A::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x00, block: empty::Empty::DESCRIPTION },
    ],
    memory: &[],
};

/// `A`.
pub mod a {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadWrite, Rights, read, write};
    use register_map::{Block, Cluster, Def, register_bitfields};

    /// `A`.
    ///
    /// `A`, at `0x1000`.
    #[derive(Debug)]
    pub struct A(());

    impl Block for A {
        const NAME: &'static str = "A";
        const SIZE: usize = 0x60;
        const ALIGNMENT: usize = 4;
    }

    /// `NO_SIZE`.
    pub const NO_SIZE: Def<A, u32, ReadWrite, (), 0x00> = Def::new(&A(()));

    /// `TWENTY_FOUR`.
    pub const TWENTY_FOUR: Def<A, u32, ReadWrite, (), 0x04> = Def::new(&A(()));

    /// `ONE_BIT`.
    pub const ONE_BIT: Def<A, u8, ReadWrite, (), 0x08> = Def::new(&A(()));

    /// `TWICE`.
    pub const TWICE: Def<A, u32, ReadWrite, (), 0x10> = Def::new(&A(()));

    /// `TWICE`.
    ///
    /// In the description: `TWICE`.
    pub const TWICE_2: Def<A, u32, ReadWrite, (), 0x14> = Def::new(&A(()));

    /// `STRAY`.
    pub const STRAY: Def<A, u32, ReadWrite, (), 0x18> = Def::new(&A(()));

    /// `BAD_ACCESS`.
    pub const BAD_ACCESS: Def<A, u32, ReadWrite, (), 0x1c> = Def::new(&A(()));

    /// `BAD_ACTIONS`.
    pub const BAD_ACTIONS: Def<A, u32, Rights<read::Effect, write::OneToClear>, (), 0x20> =
        Def::new(&A(()));

    /// `LARGE_RESET`.
    pub const LARGE_RESET: Def<A, u8, ReadWrite, (), 0x24> = Def::new(&A(()));

    /// `FIELDS`.
    pub const FIELDS: Def<A, u32, ReadWrite, FIELDS::Register, 0x28> = Def::new(&A(()));

    /// `EMPTY`.
    pub const EMPTY: Cluster<A, empty::Empty, 0x60, 0x00, 1> = Cluster::new(&A(()));

    register_bitfields! { u32,
        /// Fields of [`FIELDS`](const@FIELDS).
        pub FIELDS [
            /// `REVERSED`.
            REVERSED OFFSET(0) NUMBITS(4),
            /// `OVERLAPS`.
            OVERLAPS OFFSET(2) NUMBITS(3),
            /// `OVERLAPS`.
            OVERLAPS_2 OFFSET(7) NUMBITS(1),
            /// `LEAVES0`.
            LEAVES0 OFFSET(8) NUMBITS(8),
            /// `LEAVES1`.
            LEAVES1 OFFSET(16) NUMBITS(8),
            /// `LEAVES2`.
            LEAVES2 OFFSET(24) NUMBITS(8),
        ],
    }

    #[rustfmt::skip]
    impl Described for A {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "A", doc: "",
            size: 0x60, alignment: 4,
            registers: &[
                RegisterDescription { name: "NO_SIZE", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "TWENTY_FOUR", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "ONE_BIT", doc: "", offset: 0x08, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "TWICE", doc: "", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "TWICE", doc: "", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "STRAY", doc: "", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "BAD_ACCESS", doc: "", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "BAD_ACTIONS", doc: "", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Modifies, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "LARGE_RESET", doc: "", offset: 0x24, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x34, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "FIELDS", doc: "", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "REVERSED", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "OVERLAPS", doc: "", offset_bits: 2, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "OVERLAPS", doc: "", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "LEAVES0", doc: "", offset_bits: 8, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "LEAVES1", doc: "", offset_bits: 16, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "LEAVES2", doc: "", offset_bits: 24, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[
                ClusterDescription { name: "EMPTY", doc: "", offset: 0x60, length: 1, stride: 0x00, block: empty::Empty::DESCRIPTION },
            ],
        };
    }

    /// `EMPTY`.
    pub mod empty {
        use register_map::Block;
        use register_map::description::{BlockDescription, Described};

        /// `EMPTY`.
        #[derive(Debug)]
        pub struct Empty(());

        impl Block for Empty {
            const NAME: &'static str = "EMPTY";
            const SIZE: usize = 0x00;
            const ALIGNMENT: usize = 1;
        }

        #[rustfmt::skip]
        impl Described for Empty {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "EMPTY", doc: "",
                size: 0x00, alignment: 1,
                registers: &[],
                clusters: &[],
            };
        }
    }
}

/// `A`.
pub mod a_2 {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `A`.
    ///
    /// `A`, at `0x2000`.
    #[derive(Debug)]
    pub struct A(());

    impl Block for A {
        const NAME: &'static str = "A";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `R`.
    pub const R: Def<A, u32, ReadWrite, (), 0x00> = Def::new(&A(()));

    #[rustfmt::skip]
    impl Described for A {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "A", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "R", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `EMPTY`.
pub mod empty {
    use register_map::Block;
    use register_map::description::{BlockDescription, Described};

    /// `EMPTY`.
    ///
    /// `EMPTY`, at `0x3000`.
    #[derive(Debug)]
    pub struct Empty(());

    impl Block for Empty {
        const NAME: &'static str = "EMPTY";
        const SIZE: usize = 0x00;
        const ALIGNMENT: usize = 1;
    }

    #[rustfmt::skip]
    impl Described for Empty {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "EMPTY", doc: "",
            size: 0x00, alignment: 1,
            registers: &[],
            clusters: &[],
        };
    }
}
