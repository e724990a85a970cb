//! Names to trip over: 'ticks', \[links\], \<tags\>, \*stars\* and a \\backslash.
//!
//! Generated from `hard_names.svd` by register-gen; changes belong there.

use register_map::description::{
    BlockDescription, ClusterDescription, Described, DeviceDescription, FieldDescription, ReadKind,
    RegionDescription, RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
};
use register_map::rights::ReadWrite;
use register_map::{Block, Cluster, Def, register_bitfields};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "Block", doc: "Names to trip over: `ticks`, [links], <tags>, *stars* and a \\backslash",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x54, block: BlockBlock::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x04, block: u32_2::U32::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x04, block: core_2::Core::DESCRIPTION },
        RegionDescription { index: 3, offset: 0x00, size: 0x04, block: register_map_2::RegisterMap::DESCRIPTION },
        RegionDescription { index: 4, offset: 0x00, size: 0x08, block: x::XBlock::DESCRIPTION },
        RegionDescription { index: 5, offset: 0x00, size: 0x04, block: match_::Match::DESCRIPTION },
        RegionDescription { index: 6, offset: 0x00, size: 0x04, block: def::DefBlock::DESCRIPTION },
        RegionDescription { index: 7, offset: 0x00, size: 0x04, block: read_write::ReadWriteBlock::DESCRIPTION },
    ],
    memory: &[],
};

/// 1\. A peripheral named as the trait.
#[derive(Debug)]
pub struct BlockBlock(());

impl Block for BlockBlock {
    const NAME: &'static str = "Block";
    const SIZE: usize = 0x54;
    const ALIGNMENT: usize = 4;
}

/// `Def`.
pub const DEF: Def<BlockBlock, u32, ReadWrite, (), 0x00> = Def::new(&BlockBlock(()));

/// `Block`.
pub const BLOCK: Def<BlockBlock, u32, ReadWrite, (), 0x04> = Def::new(&BlockBlock(()));

/// `self`.
pub const SELF: Def<BlockBlock, u32, ReadWrite, SELF::Register, 0x08> = Def::new(&BlockBlock(()));

/// `1WIRE`.
pub const _1WIRE: Def<BlockBlock, u32, ReadWrite, (), 0x0c> = Def::new(&BlockBlock(()));

/// `SYS.CTRL`.
///
/// In the description: `SYS.CTRL`.
pub const SYS_CTRL: Def<BlockBlock, u32, ReadWrite, (), 0x10> = Def::new(&BlockBlock(()));

/// Another name that becomes the same.
///
/// In the description: `SYS/CTRL`.
pub const SYS_CTRL_2: Def<BlockBlock, u32, ReadWrite, (), 0x14> = Def::new(&BlockBlock(()));

/// `SYS CTRL`.
///
/// In the description: `SYS CTRL`.
pub const SYS_CTRL_3: Def<BlockBlock, u32, ReadWrite, (), 0x18> = Def::new(&BlockBlock(()));

/// `VALUES`.
pub const VALUES: Def<BlockBlock, u32, ReadWrite, VALUES::Register, 0x1c> =
    Def::new(&BlockBlock(()));

/// `super`.
pub const SUPER: Cluster<BlockBlock, super_::Super, 0x40, 0x04, 1> = Cluster::new(&BlockBlock(()));

/// `read`.
pub const READ: Cluster<BlockBlock, read_2::Read, 0x50, 0x04, 1> = Cluster::new(&BlockBlock(()));

register_bitfields! { u32,
    /// Fields of [`SELF`](const@SELF).
    pub SELF [
        /// `Register`.
        REGISTER OFFSET(0) NUMBITS(1),
        /// `Field`.
        FIELD OFFSET(1) NUMBITS(1),
        /// `type`.
        TYPE OFFSET(2) NUMBITS(1),
    ],
    /// Fields of [`VALUES`](const@VALUES).
    pub VALUES [
        /// `V`.
        V OFFSET(0) NUMBITS(8) [
            /// SET.
            Set = 0,
            /// CLEAR.
            Clear = 1,
            /// Some.
            Some_2 = 2,
            /// None.
            None = 3,
            /// x.
            X = 4,
            /// v.
            V = 5,
            /// Self.
            Self_ = 6,
            /// Value.
            Value = 7,
            /// `FieldValue`.
            FieldValue = 8,
            /// Register.
            Register_2 = 9,
            /// `8_BITS`.
            _8Bits = 10,
            /// \+`1.8V`.
            _1_8v = 11,
            /// \-`1.8V`.
            _1_8v_2 = 12,
            /// Option.
            Option = 13,
            /// `TryFromValue`.
            TryFromValue = 14,
            /// µA.
            Ub5A = 15,
        ],
    ],
}

#[rustfmt::skip]
impl Described for BlockBlock {
    const DESCRIPTION: &'static BlockDescription = &BlockDescription {
        name: "Block", doc: "1. A peripheral named as the trait",
        size: 0x54, alignment: 4,
        registers: &[
            RegisterDescription { name: "Def", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            RegisterDescription { name: "Block", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            RegisterDescription { name: "self", doc: "", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                FieldDescription { name: "Register", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "Field", doc: "", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "type", doc: "", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "1WIRE", doc: "", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            RegisterDescription { name: "SYS.CTRL", doc: "", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            RegisterDescription { name: "SYS/CTRL", doc: "Another name that becomes the same", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            RegisterDescription { name: "SYS CTRL", doc: "", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            RegisterDescription { name: "VALUES", doc: "", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                FieldDescription { name: "V", doc: "", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "SET", doc: "", value: 0 },
                    ValueDescription { name: "CLEAR", doc: "", value: 1 },
                    ValueDescription { name: "Some", doc: "", value: 2 },
                    ValueDescription { name: "None", doc: "", value: 3 },
                    ValueDescription { name: "x", doc: "", value: 4 },
                    ValueDescription { name: "v", doc: "", value: 5 },
                    ValueDescription { name: "Self", doc: "", value: 6 },
                    ValueDescription { name: "Value", doc: "", value: 7 },
                    ValueDescription { name: "FieldValue", doc: "", value: 8 },
                    ValueDescription { name: "Register", doc: "", value: 9 },
                    ValueDescription { name: "8_BITS", doc: "", value: 10 },
                    ValueDescription { name: "+1.8V", doc: "", value: 11 },
                    ValueDescription { name: "-1.8V", doc: "", value: 12 },
                    ValueDescription { name: "Option", doc: "", value: 13 },
                    ValueDescription { name: "TryFromValue", doc: "", value: 14 },
                    ValueDescription { name: "µA", doc: "", value: 15 },
                ] },
            ] },
        ],
        clusters: &[
            ClusterDescription { name: "super", doc: "", offset: 0x40, length: 1, stride: 0x04, block: super_::Super::DESCRIPTION },
            ClusterDescription { name: "read", doc: "", offset: 0x50, length: 1, stride: 0x04, block: read_2::Read::DESCRIPTION },
        ],
    };
}

/// `super`.
pub mod super_ {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `super`.
    #[derive(Debug)]
    pub struct Super(());

    impl Block for Super {
        const NAME: &'static str = "super";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `crate`.
    pub const CRATE: Def<Super, u32, ReadWrite, (), 0x00> = Def::new(&Super(()));

    #[rustfmt::skip]
    impl Described for Super {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "super", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "crate", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `read`.
pub mod read_2 {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `read`.
    #[derive(Debug)]
    pub struct Read(());

    impl Block for Read {
        const NAME: &'static str = "read";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `write`.
    pub const WRITE: Def<Read, u32, ReadWrite, (), 0x00> = Def::new(&Read(()));

    #[rustfmt::skip]
    impl Described for Read {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "read", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "write", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `u32`.
pub mod u32_2 {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `u32`.
    ///
    /// `u32`, at `0x1000`.
    #[derive(Debug)]
    pub struct U32(());

    impl Block for U32 {
        const NAME: &'static str = "u32";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `usize`.
    pub const USIZE: Def<U32, u32, ReadWrite, (), 0x00> = Def::new(&U32(()));

    #[rustfmt::skip]
    impl Described for U32 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "u32", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "usize", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `core`.
pub mod core_2 {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def, register_bitfields};

    /// `core`.
    ///
    /// `core`, at `0x2000`.
    #[derive(Debug)]
    pub struct Core(());

    impl Block for Core {
        const NAME: &'static str = "core";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `Core`.
    pub const CORE: Def<Core, u32, ReadWrite, CORE::Register, 0x00> = Def::new(&Core(()));

    register_bitfields! { u32,
        /// Fields of [`CORE`](const@CORE).
        pub CORE [
            /// `Core`.
            CORE OFFSET(0) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for Core {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "core", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "Core", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "Core", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// `register_map`.
pub mod register_map_2 {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `register_map`.
    ///
    /// `register_map`, at `0x3000`.
    #[derive(Debug)]
    pub struct RegisterMap(());

    impl Block for RegisterMap {
        const NAME: &'static str = "register_map";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `rights`.
    pub const RIGHTS: Def<RegisterMap, u32, ReadWrite, (), 0x00> = Def::new(&RegisterMap(()));

    #[rustfmt::skip]
    impl Described for RegisterMap {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "register_map", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "rights", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// One letter, as its register.
pub mod x {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Cluster, Def, register_bitfields};

    /// One letter, as its register.
    ///
    /// `X`, at `0x4000`.
    #[derive(Debug)]
    pub struct XBlock(());

    impl Block for XBlock {
        const NAME: &'static str = "X";
        const SIZE: usize = 0x08;
        const ALIGNMENT: usize = 4;
    }

    /// `X`.
    pub const X: Def<XBlock, u32, ReadWrite, X::Register, 0x00> = Def::new(&XBlock(()));

    /// `x`.
    ///
    /// In the description: `x`.
    pub const X_2: Cluster<XBlock, x_2::XBlock, 0x04, 0x04, 1> = Cluster::new(&XBlock(()));

    register_bitfields! { u32,
        /// Fields of [`X`](const@X).
        pub X [
            /// `X`.
            X OFFSET(0) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for XBlock {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "X", doc: "One letter, as its register",
            size: 0x08, alignment: 4,
            registers: &[
                RegisterDescription { name: "X", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "X", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[
                ClusterDescription { name: "x", doc: "", offset: 0x04, length: 1, stride: 0x04, block: x_2::XBlock::DESCRIPTION },
            ],
        };
    }

    /// `x`.
    pub mod x_2 {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Def};

        /// `x`.
        #[derive(Debug)]
        pub struct XBlock(());

        impl Block for XBlock {
            const NAME: &'static str = "x";
            const SIZE: usize = 0x04;
            const ALIGNMENT: usize = 4;
        }

        /// `X`.
        pub const X: Def<XBlock, u32, ReadWrite, (), 0x00> = Def::new(&XBlock(()));

        #[rustfmt::skip]
        impl Described for XBlock {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "x", doc: "",
                size: 0x04, alignment: 4,
                registers: &[
                    RegisterDescription { name: "X", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }
}

/// `match`.
pub mod match_ {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `match`.
    ///
    /// `match`, at `0x5000`.
    #[derive(Debug)]
    pub struct Match(());

    impl Block for Match {
        const NAME: &'static str = "match";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `loop`.
    pub const LOOP: Def<Match, u32, ReadWrite, (), 0x00> = Def::new(&Match(()));

    #[rustfmt::skip]
    impl Described for Match {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "match", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "loop", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `Def`.
pub mod def {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `Def`.
    ///
    /// `Def`, at `0x6000`.
    #[derive(Debug)]
    pub struct DefBlock(());

    impl Block for DefBlock {
        const NAME: &'static str = "Def";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `DEVICE`.
    ///
    /// In the description: `DEVICE`.
    pub const DEVICE_2: Def<DefBlock, u32, ReadWrite, (), 0x00> = Def::new(&DefBlock(()));

    #[rustfmt::skip]
    impl Described for DefBlock {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "Def", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "DEVICE", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `ReadWrite`.
pub mod read_write {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `ReadWrite`.
    ///
    /// `ReadWrite`, at `0x7000`.
    #[derive(Debug)]
    pub struct ReadWriteBlock(());

    impl Block for ReadWriteBlock {
        const NAME: &'static str = "ReadWrite";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `ReadOnly`.
    pub const READ_ONLY: Def<ReadWriteBlock, u32, ReadWrite, (), 0x00> =
        Def::new(&ReadWriteBlock(()));

    #[rustfmt::skip]
    impl Described for ReadWriteBlock {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "ReadWrite", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "ReadOnly", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
            ],
            clusters: &[],
        };
    }
}
