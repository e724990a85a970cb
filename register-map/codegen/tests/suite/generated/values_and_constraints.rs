//! Values and constraints.
//!
//! Generated from `values_and_constraints.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "XMC", doc: "Values and constraints",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x18, block: scu::Scu::DESCRIPTION },
    ],
    memory: &[],
};

/// `SCU`.
pub mod scu {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def, register_bitfields};

    /// `SCU`.
    ///
    /// `SCU`, at `0x5000_4000`.
    #[derive(Debug)]
    pub struct Scu(());

    impl Block for Scu {
        const NAME: &'static str = "SCU";
        const SIZE: usize = 0x18;
        const ALIGNMENT: usize = 8;
    }

    /// `CLK`.
    ///
    /// Only what was read may be written.
    pub const CLK: Def<Scu, u32, ReadWrite, CLK::Register, 0x00> = Def::new(&Scu(()));

    /// `OTHER`.
    pub const OTHER: Def<Scu, u32, ReadWrite, OTHER::Register, 0x04> = Def::new(&Scu(()));

    /// `WORD`.
    ///
    /// Takes 0 to 18446744073709551615.
    pub const WORD: Def<Scu, u64, ReadWrite, WORD::Register, 0x08> = Def::new(&Scu(()));

    /// `EMPTY`.
    pub const EMPTY: Def<Scu, u32, ReadWrite, (), 0x10> = Def::new(&Scu(()));

    /// `BACKWARDS`.
    pub const BACKWARDS: Def<Scu, u32, ReadWrite, (), 0x14> = Def::new(&Scu(()));

    register_bitfields! { u32,
        /// Fields of [`CLK`](const@CLK).
        pub CLK [
            /// `SEL`.
            SEL OFFSET(0) NUMBITS(2) [
                /// 00.
                Value1 = 0,
                /// `value2_2`.
                Value2_2 = 2,
                /// `value2_3`.
                Value2_3 = 3,
            ],
            /// `DIV`.
            DIV OFFSET(4) NUMBITS(8) [],
            /// `MODE`.
            MODE OFFSET(12) NUMBITS(4) [
                /// `low_0`.
                Low0 = 0,
                /// `low_1`.
                Low1 = 1,
                /// `low_4`.
                Low4 = 4,
                /// `low_5`.
                Low5 = 5,
                /// high.
                High = 8,
            ],
            /// `WIDE`.
            WIDE OFFSET(16) NUMBITS(16) [],
        ],
        /// Fields of [`OTHER`](const@OTHER).
        pub OTHER [
            /// `SEL`.
            SEL OFFSET(0) NUMBITS(2) [
                /// 00.
                Value1 = 0,
                /// `value2_2`.
                Value2_2 = 2,
                /// `value2_3`.
                Value2_3 = 3,
            ],
            /// `SEL2`.
            SEL2 OFFSET(2) NUMBITS(2) [
                /// 00.
                Value1 = 0,
                /// `value2_2`.
                Value2_2 = 2,
                /// `value2_3`.
                Value2_3 = 3,
            ],
            /// `SEL3`.
            SEL3 OFFSET(4) NUMBITS(2) [
                /// 00.
                Value1 = 0,
                /// `value2_2`.
                Value2_2 = 2,
                /// `value2_3`.
                Value2_3 = 3,
            ],
            /// `SEL4`.
            SEL4 OFFSET(6) NUMBITS(2) [],
            /// `SAME`.
            SAME OFFSET(8) NUMBITS(2) [
                /// On.
                On = 1,
                /// ON.
                On_2 = 2,
                /// on.
                On_3 = 3,
            ],
        ],
    }

    register_bitfields! { u64,
        /// Fields of [`WORD`](const@WORD).
        pub WORD [
            /// `ALL`.
            ALL OFFSET(0) NUMBITS(64) [
                /// Last.
                Last = 0xffff_ffff_ffff_ffff,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Scu {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "SCU", doc: "",
            size: 0x18, alignment: 8,
            registers: &[
                RegisterDescription { name: "CLK", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::AsRead, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "SEL", doc: "", offset_bits: 0, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Named, values: &[
                        ValueDescription { name: "value1", doc: "00", value: 0 },
                        ValueDescription { name: "value2_2", doc: "", value: 2 },
                        ValueDescription { name: "value2_3", doc: "", value: 3 },
                    ] },
                    FieldDescription { name: "DIV", doc: "", offset_bits: 4, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Range(1, 128), values: &[] },
                    FieldDescription { name: "MODE", doc: "", offset_bits: 12, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "low_0", doc: "", value: 0 },
                        ValueDescription { name: "low_1", doc: "", value: 1 },
                        ValueDescription { name: "low_4", doc: "", value: 4 },
                        ValueDescription { name: "low_5", doc: "", value: 5 },
                        ValueDescription { name: "high", doc: "", value: 8 },
                        ValueDescription { name: "hot", doc: "", value: 8 },
                    ] },
                    FieldDescription { name: "WIDE", doc: "", offset_bits: 16, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "OTHER", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "SEL", doc: "", offset_bits: 0, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "value1", doc: "00", value: 0 },
                        ValueDescription { name: "value2_2", doc: "", value: 2 },
                        ValueDescription { name: "value2_3", doc: "", value: 3 },
                    ] },
                    FieldDescription { name: "SEL2", doc: "", offset_bits: 2, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "value1", doc: "00", value: 0 },
                        ValueDescription { name: "value2_2", doc: "", value: 2 },
                        ValueDescription { name: "value2_3", doc: "", value: 3 },
                    ] },
                    FieldDescription { name: "SEL3", doc: "", offset_bits: 4, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "value1", doc: "00", value: 0 },
                        ValueDescription { name: "value2_2", doc: "", value: 2 },
                        ValueDescription { name: "value2_3", doc: "", value: 3 },
                    ] },
                    FieldDescription { name: "SEL4", doc: "", offset_bits: 6, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SAME", doc: "", offset_bits: 8, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "On", doc: "", value: 1 },
                        ValueDescription { name: "ON", doc: "", value: 2 },
                        ValueDescription { name: "on", doc: "", value: 3 },
                    ] },
                ] },
                RegisterDescription { name: "WORD", doc: "", offset: 0x08, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Range(0, 0xffff_ffff_ffff_ffff), reset_value: 0x1234_5678_9abc_def0, reset_mask: 0xffff_ffff_ffff_ffff, fields: &[
                    FieldDescription { name: "ALL", doc: "", offset_bits: 0, width_bits: 64, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Last", doc: "", value: 0xffff_ffff_ffff_ffff },
                    ] },
                ] },
                RegisterDescription { name: "EMPTY", doc: "", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "BACKWARDS", doc: "", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}
