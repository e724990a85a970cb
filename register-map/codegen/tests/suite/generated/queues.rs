//! Queues and aliases.
//!
//! Generated from `queues.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "PICO", doc: "Queues and aliases",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x1000, block: pio0::Pio0::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x1000, block: pio0::Pio0::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x4000, block: pio2::Pio2::DESCRIPTION },
        RegionDescription { index: 3, offset: 0x00, size: 0x00, block: spare_irq::SpareIrq::DESCRIPTION },
    ],
    memory: &[],
};

/// Programmable IO block with a line break.
pub mod pio0 {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{OneToClear, ReadEffect, ReadWrite, Rights, WriteOnly, read, write};
    use register_map::{Block, Def, register_bitfields};

    /// Programmable IO block with a line break.
    ///
    /// `PIO0`, at `0x5020_0000`.
    #[derive(Debug)]
    pub struct Pio0(());

    impl Block for Pio0 {
        const NAME: &'static str = "PIO0";
        const SIZE: usize = 0x1000;
        const ALIGNMENT: usize = 4;
    }

    /// PIO control register.
    pub const CTRL: Def<Pio0, u32, ReadWrite, CTRL::Register, 0x00> = Def::new(&Pio0(()));

    /// `FDEBUG`.
    pub const FDEBUG: Def<Pio0, u32, OneToClear, FDEBUG::Register, 0x08> = Def::new(&Pio0(()));

    /// Direct write access to the TX FIFO for this state machine.
    pub const TXF0: Def<Pio0, u32, WriteOnly, (), 0x10> = Def::new(&Pio0(()));

    /// Direct read access to the RX FIFO for this state machine.
    pub const RXF0: Def<Pio0, u32, ReadEffect, (), 0x20> = Def::new(&Pio0(()));

    /// `IRQ`.
    pub const IRQ: Def<Pio0, u32, Rights<read::Effect, write::OneToClear>, (), 0x30> =
        Def::new(&Pio0(()));

    /// `IRQ_FORCE`.
    pub const IRQ_FORCE: Def<Pio0, u32, Rights<read::Effect, write::Plain>, (), 0x34> =
        Def::new(&Pio0(()));

    /// `INVERT`.
    pub const INVERT: Def<
        Pio0,
        u32,
        Rights<read::Plain, write::OneToToggle>,
        INVERT::Register,
        0x38,
    > = Def::new(&Pio0(()));

    /// `SM0_EXECCTRL`.
    pub const SM0_EXECCTRL: Def<Pio0, u32, ReadWrite, SM0_EXECCTRL::Register, 0xcc> =
        Def::new(&Pio0(()));

    register_bitfields! { u32,
        /// Fields of [`CTRL`](const@CTRL).
        pub CTRL [
            /// `SM_ENABLE`.
            SM_ENABLE OFFSET(0) NUMBITS(4),
            /// `CLKDIV_RESTART`.
            CLKDIV_RESTART OFFSET(8) NUMBITS(4),
        ],
        /// Fields of [`FDEBUG`](const@FDEBUG).
        pub FDEBUG [
            /// `RXSTALL`.
            RXSTALL OFFSET(0) NUMBITS(4),
            /// `TXSTALL`.
            TXSTALL OFFSET(24) NUMBITS(4),
        ],
        /// Fields of [`INVERT`](const@INVERT).
        pub INVERT [
            /// `PINS`.
            PINS OFFSET(0) NUMBITS(30),
        ],
        /// Fields of [`SM0_EXECCTRL`](const@SM0_EXECCTRL).
        pub SM0_EXECCTRL [
            /// Comparison used for the MOV x, STATUS instruction.
            STATUS_SEL OFFSET(4) NUMBITS(1) [
                /// All-ones if TX FIFO level \< N, otherwise all-zeroes.
                Txlevel = 0,
                /// All-ones if RX FIFO level \< N, otherwise all-zeroes.
                Rxlevel = 1,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Pio0 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "PIO0", doc: "Programmable IO block with a line break",
            size: 0x1000, alignment: 4,
            registers: &[
                RegisterDescription { name: "CTRL", doc: "PIO control register", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "SM_ENABLE", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CLKDIV_RESTART", doc: "", offset_bits: 8, width_bits: 4, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "FDEBUG", doc: "", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "RXSTALL", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "TXSTALL", doc: "", offset_bits: 24, width_bits: 4, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "TXF0", doc: "Direct write access to the TX FIFO for this state machine.", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "RXF0", doc: "Direct read access to the RX FIFO for this state machine.", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Modifies, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "IRQ", doc: "", offset: 0x30, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Clears, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "IRQ_FORCE", doc: "", offset: 0x34, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Sets, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "INVERT", doc: "", offset: 0x38, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToToggle, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "PINS", doc: "", offset_bits: 0, width_bits: 30, read: ReadKind::Plain, write: WriteKind::OneToToggle, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "SM0_EXECCTRL", doc: "", offset: 0xcc, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "STATUS_SEL", doc: "Comparison used for the MOV x, STATUS instruction.", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "TXLEVEL", doc: "All-ones if TX FIFO level < N, otherwise all-zeroes", value: 0 },
                        ValueDescription { name: "RXLEVEL", doc: "All-ones if RX FIFO level < N, otherwise all-zeroes", value: 1 },
                    ] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// `PIO1`, at `0x5030_0000`: the same registers as [`pio0`].
pub use pio0 as pio1;

/// Programmable IO block with a line break.
pub mod pio2 {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{OneToClear, ReadEffect, ReadWrite, Rights, WriteOnly, read, write};
    use register_map::{Block, Def, register_bitfields};

    /// Programmable IO block with a line break.
    ///
    /// `PIO2`, at `0x5040_0000`.
    #[derive(Debug)]
    pub struct Pio2(());

    impl Block for Pio2 {
        const NAME: &'static str = "PIO2";
        const SIZE: usize = 0x4000;
        const ALIGNMENT: usize = 4;
    }

    /// PIO control register.
    pub const CTRL: Def<Pio2, u32, ReadWrite, CTRL::Register, 0x00> = Def::new(&Pio2(()));

    /// `FDEBUG`.
    pub const FDEBUG: Def<Pio2, u32, OneToClear, FDEBUG::Register, 0x08> = Def::new(&Pio2(()));

    /// Direct write access to the TX FIFO for this state machine.
    pub const TXF0: Def<Pio2, u32, WriteOnly, (), 0x10> = Def::new(&Pio2(()));

    /// Direct read access to the RX FIFO for this state machine.
    pub const RXF0: Def<Pio2, u32, ReadEffect, (), 0x20> = Def::new(&Pio2(()));

    /// `IRQ`.
    pub const IRQ: Def<Pio2, u32, Rights<read::Effect, write::OneToClear>, (), 0x30> =
        Def::new(&Pio2(()));

    /// `IRQ_FORCE`.
    pub const IRQ_FORCE: Def<Pio2, u32, Rights<read::Effect, write::Plain>, (), 0x34> =
        Def::new(&Pio2(()));

    /// `INVERT`.
    pub const INVERT: Def<
        Pio2,
        u32,
        Rights<read::Plain, write::OneToToggle>,
        INVERT::Register,
        0x38,
    > = Def::new(&Pio2(()));

    /// `SM0_EXECCTRL`.
    pub const SM0_EXECCTRL: Def<Pio2, u32, ReadWrite, SM0_EXECCTRL::Register, 0xcc> =
        Def::new(&Pio2(()));

    register_bitfields! { u32,
        /// Fields of [`CTRL`](const@CTRL).
        pub CTRL [
            /// `SM_ENABLE`.
            SM_ENABLE OFFSET(0) NUMBITS(4),
            /// `CLKDIV_RESTART`.
            CLKDIV_RESTART OFFSET(8) NUMBITS(4),
        ],
        /// Fields of [`FDEBUG`](const@FDEBUG).
        pub FDEBUG [
            /// `RXSTALL`.
            RXSTALL OFFSET(0) NUMBITS(4),
            /// `TXSTALL`.
            TXSTALL OFFSET(24) NUMBITS(4),
        ],
        /// Fields of [`INVERT`](const@INVERT).
        pub INVERT [
            /// `PINS`.
            PINS OFFSET(0) NUMBITS(30),
        ],
        /// Fields of [`SM0_EXECCTRL`](const@SM0_EXECCTRL).
        pub SM0_EXECCTRL [
            /// Comparison used for the MOV x, STATUS instruction.
            STATUS_SEL OFFSET(4) NUMBITS(1) [
                /// All-ones if TX FIFO level \< N, otherwise all-zeroes.
                Txlevel = 0,
                /// All-ones if RX FIFO level \< N, otherwise all-zeroes.
                Rxlevel = 1,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Pio2 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "PIO2", doc: "Programmable IO block with a line break",
            size: 0x4000, alignment: 4,
            registers: &[
                RegisterDescription { name: "CTRL", doc: "PIO control register", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "SM_ENABLE", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CLKDIV_RESTART", doc: "", offset_bits: 8, width_bits: 4, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "FDEBUG", doc: "", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "RXSTALL", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "TXSTALL", doc: "", offset_bits: 24, width_bits: 4, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "TXF0", doc: "Direct write access to the TX FIFO for this state machine.", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "RXF0", doc: "Direct read access to the RX FIFO for this state machine.", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Modifies, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "IRQ", doc: "", offset: 0x30, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Clears, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "IRQ_FORCE", doc: "", offset: 0x34, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Sets, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "INVERT", doc: "", offset: 0x38, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToToggle, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "PINS", doc: "", offset_bits: 0, width_bits: 30, read: ReadKind::Plain, write: WriteKind::OneToToggle, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "SM0_EXECCTRL", doc: "", offset: 0xcc, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "STATUS_SEL", doc: "Comparison used for the MOV x, STATUS instruction.", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "TXLEVEL", doc: "All-ones if TX FIFO level < N, otherwise all-zeroes", value: 0 },
                        ValueDescription { name: "RXLEVEL", doc: "All-ones if RX FIFO level < N, otherwise all-zeroes", value: 1 },
                    ] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// `SPARE_IRQ`.
pub mod spare_irq {
    use register_map::Block;
    use register_map::description::{BlockDescription, Described};

    /// `SPARE_IRQ`.
    ///
    /// `SPARE_IRQ`, at `0x4006_0000`.
    #[derive(Debug)]
    pub struct SpareIrq(());

    impl Block for SpareIrq {
        const NAME: &'static str = "SPARE_IRQ";
        const SIZE: usize = 0x00;
        const ALIGNMENT: usize = 1;
    }

    #[rustfmt::skip]
    impl Described for SpareIrq {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "SPARE_IRQ", doc: "",
            size: 0x00, alignment: 1,
            registers: &[],
            clusters: &[],
        };
    }
}
