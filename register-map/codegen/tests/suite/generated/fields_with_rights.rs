//! 32-bit RISC-V MCU.
//!
//! Generated from `fields_with_rights.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "E32-C3", doc: "32-bit RISC-V MCU",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0xa4, block: apb_ctrl::ApbCtrl::DESCRIPTION },
    ],
    memory: &[],
};

/// `APB_CTRL`.
pub mod apb_ctrl {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite, Rights, WriteOnly, read, write};
    use register_map::{Array, Block, Def, register_bitfields};

    /// `APB_CTRL`.
    ///
    /// `APB_CTRL`, at `0x6002_6000`.
    #[derive(Debug)]
    pub struct ApbCtrl(());

    impl Block for ApbCtrl {
        const NAME: &'static str = "APB_CTRL";
        const SIZE: usize = 0xa4;
        const ALIGNMENT: usize = 4;
    }

    /// Raw interrupts \[read-only\], see \<`INT_ST`\>.
    pub const INT_RAW: Def<ApbCtrl, u32, ReadOnly, INT_RAW::Register, 0x00> =
        Def::new(&ApbCtrl(()));

    /// `INT_CLR`.
    pub const INT_CLR: Def<ApbCtrl, u32, WriteOnly, INT_CLR::Register, 0x04> =
        Def::new(&ApbCtrl(()));

    /// `CONF`.
    ///
    /// Its fields are written in different ways: `EN` plainly, `RST` plainly, `OVF` one to clear.
    pub const CONF: Def<
        ApbCtrl,
        u32,
        Rights<read::Effect, write::OneToClear>,
        CONF::Register,
        0x08,
    > = Def::new(&ApbCtrl(()));

    /// `ANY`.
    pub const ANY: Def<ApbCtrl, u32, Rights<read::Plain, write::AnyClears>, ANY::Register, 0x0c> =
        Def::new(&ApbCtrl(()));

    /// A plain field beside one that any write sets.
    ///
    /// Its fields are written in different ways: `LATCH` any to set, `LEVEL` plainly.
    pub const MIXED: Def<ApbCtrl, u32, ReadWrite, MIXED::Register, 0x10> = Def::new(&ApbCtrl(()));

    /// `TOGGLE`.
    pub const TOGGLE: Def<ApbCtrl, u32, Rights<read::Plain, write::OneToToggle>, (), 0x14> =
        Def::new(&ApbCtrl(()));

    /// `SETTER`.
    pub const SETTER: Def<
        ApbCtrl,
        u32,
        Rights<read::Plain, write::OneToSet>,
        SETTER::Register,
        0x18,
    > = Def::new(&ApbCtrl(()));

    /// `LOWSET`.
    pub const LOWSET: Def<ApbCtrl, u32, Rights<read::Plain, write::ZeroToSet>, (), 0x1c> =
        Def::new(&ApbCtrl(()));

    /// `LOWTOGGLE`.
    pub const LOWTOGGLE: Def<ApbCtrl, u32, Rights<read::Never, write::ZeroToToggle>, (), 0x20> =
        Def::new(&ApbCtrl(()));

    /// `ALLSET`.
    pub const ALLSET: Def<ApbCtrl, u32, Rights<read::Plain, write::AnySets>, (), 0x24> =
        Def::new(&ApbCtrl(()));

    /// Read-only, but a field says otherwise.
    pub const ODD: Def<ApbCtrl, u32, ReadWrite, ODD::Register, 0x28> = Def::new(&ApbCtrl(()));

    /// Configuration of channel %s.
    pub const CH_CONF: Array<ApbCtrl, u32, ReadWrite, CH_CONF::Register, 0x40, 0x04, 8> =
        Array::new(&ApbCtrl(()));

    /// `DATE`.
    pub const DATE: Def<ApbCtrl, u32, ReadWrite, (), 0xa0> = Def::new(&ApbCtrl(()));

    register_bitfields! { u32,
        /// Fields of [`INT_RAW`](const@INT_RAW).
        pub INT_RAW [
            /// `reg_done_int_raw`.
            DONE_INT_RAW OFFSET(0) NUMBITS(1),
            /// `ERR_INT_RAW`.
            ERR_INT_RAW OFFSET(1) NUMBITS(1),
        ],
        /// Fields of [`INT_CLR`](const@INT_CLR).
        pub INT_CLR [
            /// `DONE_INT_CLR`.
            DONE_INT_CLR OFFSET(0) NUMBITS(1),
            /// `ERR_INT_CLR`.
            ERR_INT_CLR OFFSET(1) NUMBITS(1),
        ],
        /// Fields of [`CONF`](const@CONF).
        pub CONF [
            /// `EN`.
            EN OFFSET(0) NUMBITS(1),
            /// `BUSY`.
            BUSY OFFSET(1) NUMBITS(1),
            /// `RST`.
            RST OFFSET(2) NUMBITS(1),
            /// `OVF`.
            OVF OFFSET(3) NUMBITS(1),
            /// Clears when read.
            CNT OFFSET(8) NUMBITS(8),
        ],
        /// Fields of [`ANY`](const@ANY).
        pub ANY [
            /// `ALL`.
            ALL OFFSET(0) NUMBITS(32),
        ],
        /// Fields of [`MIXED`](const@MIXED).
        pub MIXED [
            /// `LATCH`.
            LATCH OFFSET(0) NUMBITS(1),
            /// `LEVEL`.
            LEVEL OFFSET(4) NUMBITS(6),
        ],
        /// Fields of [`SETTER`](const@SETTER).
        pub SETTER [
            /// `BITS`.
            BITS OFFSET(0) NUMBITS(32),
        ],
        /// Fields of [`ODD`](const@ODD).
        pub ODD [
            /// `KICK`.
            KICK OFFSET(0) NUMBITS(1),
        ],
        /// Fields of [`CH_CONF`](const@CH_CONF).
        pub CH_CONF [
            /// `DUTY0`.
            DUTY0 OFFSET(0) NUMBITS(6),
            /// `DUTY1`.
            DUTY1 OFFSET(8) NUMBITS(6),
            /// `DUTY2`.
            DUTY2 OFFSET(16) NUMBITS(6),
            /// `DUTY3`.
            DUTY3 OFFSET(24) NUMBITS(6),
        ],
    }

    #[rustfmt::skip]
    impl Described for ApbCtrl {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "APB_CTRL", doc: "",
            size: 0xa4, alignment: 4,
            registers: &[
                RegisterDescription { name: "INT_RAW", doc: "Raw interrupts [read-only], see <INT_ST>", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "DONE_INT_RAW", doc: "reg_done_int_raw.", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "ERR_INT_RAW", doc: "", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "INT_CLR", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "DONE_INT_CLR", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "ERR_INT_CLR", doc: "", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CONF", doc: "", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Clears, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x0c, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "EN", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "BUSY", doc: "", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "RST", doc: "", offset_bits: 2, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "OVF", doc: "", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CNT", doc: "Clears when read", offset_bits: 8, width_bits: 8, read: ReadKind::Clears, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "ANY", doc: "", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::AnyClears, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "ALL", doc: "", offset_bits: 0, width_bits: 32, read: ReadKind::Plain, write: WriteKind::AnyClears, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "MIXED", doc: "A plain field beside one that any write sets", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LATCH", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::AnySets, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "LEVEL", doc: "", offset_bits: 4, width_bits: 6, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "TOGGLE", doc: "", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToToggle, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "SETTER", doc: "", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "BITS", doc: "", offset_bits: 0, width_bits: 32, read: ReadKind::Plain, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "LOWSET", doc: "", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::ZeroToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "LOWTOGGLE", doc: "", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::ZeroToToggle, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "ALLSET", doc: "", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::AnySets, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "ODD", doc: "Read-only, but a field says otherwise", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "KICK", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CH_CONF", doc: "Configuration of channel %s", offset: 0x40, width_bits: 32, length: 8, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "DUTY0", doc: "", offset_bits: 0, width_bits: 6, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DUTY1", doc: "", offset_bits: 8, width_bits: 6, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DUTY2", doc: "", offset_bits: 16, width_bits: 6, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DUTY3", doc: "", offset_bits: 24, width_bits: 6, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "DATE", doc: "", offset: 0xa0, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x0200_7210, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}
