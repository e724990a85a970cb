//! PORTS407.
//!
//! Generated from `derived_ports.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "PORTS407", doc: "PORTS407",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x400, block: gpioa::Gpioa::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x400, block: gpioa::Gpioa::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x400, block: gpioa::Gpioa::DESCRIPTION },
        RegionDescription { index: 3, offset: 0x00, size: 0x400, block: tim2::Tim2::DESCRIPTION },
        RegionDescription { index: 4, offset: 0x00, size: 0x400, block: tim3::Tim3::DESCRIPTION },
    ],
    memory: &[],
};

/// General-purpose `I/Os`.
pub mod gpioa {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite, WriteOnly};
    use register_map::{Block, Def, register_bitfields};

    /// General-purpose `I/Os`.
    ///
    /// `GPIOA`, at `0x4002_0000`.
    #[derive(Debug)]
    pub struct Gpioa(());

    impl Block for Gpioa {
        const NAME: &'static str = "GPIOA";
        const SIZE: usize = 0x400;
        const ALIGNMENT: usize = 4;
    }

    /// GPIO port mode register.
    pub const MODER: Def<Gpioa, u32, ReadWrite, MODER::Register, 0x00> = Def::new(&Gpioa(()));

    /// GPIO port input data register.
    pub const IDR: Def<Gpioa, u32, ReadOnly, IDR::Register, 0x10> = Def::new(&Gpioa(()));

    /// Bit `set/reset` register.
    pub const BSRR: Def<Gpioa, u32, WriteOnly, BSRR::Register, 0x18> = Def::new(&Gpioa(()));

    /// `LCKR`.
    pub const LCKR: Def<Gpioa, u32, ReadWrite, (), 0x1c> = Def::new(&Gpioa(()));

    register_bitfields! { u32,
        /// Fields of [`MODER`](const@MODER).
        pub MODER [
            /// Port x configuration bits (y = `0..15`).
            MODER0 OFFSET(0) NUMBITS(2) [
                /// Input mode (reset state).
                Input = 0,
                /// General purpose output mode.
                Output = 1,
                /// ALTERNATE.
                Alternate = 2,
                /// ANALOG.
                Analog = 3,
            ],
            /// Port x configuration bits (y = `0..15`).
            MODER1 OFFSET(2) NUMBITS(2) [
                /// Input mode (reset state).
                Input = 0,
                /// General purpose output mode.
                Output = 1,
                /// ALTERNATE.
                Alternate = 2,
                /// ANALOG.
                Analog = 3,
            ],
        ],
        /// Fields of [`IDR`](const@IDR).
        pub IDR [
            /// Port input data (y = 0).
            IDR0 OFFSET(0) NUMBITS(1),
            /// Port input data (y = 1).
            IDR1 OFFSET(1) NUMBITS(1),
            /// Port input data (y = 2).
            IDR2 OFFSET(2) NUMBITS(1),
            /// Port input data (y = 3).
            IDR3 OFFSET(3) NUMBITS(1),
            /// Port input data (y = 4).
            IDR4 OFFSET(4) NUMBITS(1),
            /// Port input data (y = 5).
            IDR5 OFFSET(5) NUMBITS(1),
            /// Port input data (y = 6).
            IDR6 OFFSET(6) NUMBITS(1),
            /// Port input data (y = 7).
            IDR7 OFFSET(7) NUMBITS(1),
            /// Port input data (y = 8).
            IDR8 OFFSET(8) NUMBITS(1),
            /// Port input data (y = 9).
            IDR9 OFFSET(9) NUMBITS(1),
            /// Port input data (y = 10).
            IDR10 OFFSET(10) NUMBITS(1),
            /// Port input data (y = 11).
            IDR11 OFFSET(11) NUMBITS(1),
            /// Port input data (y = 12).
            IDR12 OFFSET(12) NUMBITS(1),
            /// Port input data (y = 13).
            IDR13 OFFSET(13) NUMBITS(1),
            /// Port input data (y = 14).
            IDR14 OFFSET(14) NUMBITS(1),
            /// Port input data (y = 15).
            IDR15 OFFSET(15) NUMBITS(1),
        ],
        /// Fields of [`BSRR`](const@BSRR).
        pub BSRR [
            /// `BS0`.
            BS0 OFFSET(0) NUMBITS(1),
            /// `BR0`.
            BR0 OFFSET(16) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for Gpioa {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "GPIOA", doc: "General-purpose I/Os",
            size: 0x400, alignment: 4,
            registers: &[
                RegisterDescription { name: "MODER", doc: "GPIO port mode register", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0xa800_0000, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "MODER0", doc: "Port x configuration bits (y = 0..15)", offset_bits: 0, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "INPUT", doc: "Input mode (reset state)", value: 0 },
                        ValueDescription { name: "OUTPUT", doc: "General purpose output mode", value: 1 },
                        ValueDescription { name: "ALTERNATE", doc: "", value: 2 },
                        ValueDescription { name: "ANALOG", doc: "", value: 3 },
                    ] },
                    FieldDescription { name: "MODER1", doc: "Port x configuration bits (y = 0..15)", offset_bits: 2, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "INPUT", doc: "Input mode (reset state)", value: 0 },
                        ValueDescription { name: "OUTPUT", doc: "General purpose output mode", value: 1 },
                        ValueDescription { name: "ALTERNATE", doc: "", value: 2 },
                        ValueDescription { name: "ANALOG", doc: "", value: 3 },
                    ] },
                ] },
                RegisterDescription { name: "IDR", doc: "GPIO port input data register", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "IDR0", doc: "Port input data (y = 0)", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR1", doc: "Port input data (y = 1)", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR2", doc: "Port input data (y = 2)", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR3", doc: "Port input data (y = 3)", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR4", doc: "Port input data (y = 4)", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR5", doc: "Port input data (y = 5)", offset_bits: 5, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR6", doc: "Port input data (y = 6)", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR7", doc: "Port input data (y = 7)", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR8", doc: "Port input data (y = 8)", offset_bits: 8, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR9", doc: "Port input data (y = 9)", offset_bits: 9, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR10", doc: "Port input data (y = 10)", offset_bits: 10, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR11", doc: "Port input data (y = 11)", offset_bits: 11, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR12", doc: "Port input data (y = 12)", offset_bits: 12, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR13", doc: "Port input data (y = 13)", offset_bits: 13, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR14", doc: "Port input data (y = 14)", offset_bits: 14, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "IDR15", doc: "Port input data (y = 15)", offset_bits: 15, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "BSRR", doc: "Bit set/reset register", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "BS0", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "BR0", doc: "", offset_bits: 16, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "LCKR", doc: "", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `GPIOB`, at `0x4002_0400`: the same registers as [`gpioa`].
pub use gpioa as gpiob;

/// `GPIOC`, at `0x4002_0800`: the same registers as [`gpioa`].
pub use gpioa as gpioc;

/// General purpose timer.
pub mod tim2 {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadWrite, Rights, read, write};
    use register_map::{Block, Def, register_bitfields};

    /// General purpose timer.
    ///
    /// `TIM2`, at `0x4000_0000`.
    #[derive(Debug)]
    pub struct Tim2(());

    impl Block for Tim2 {
        const NAME: &'static str = "TIM2";
        const SIZE: usize = 0x400;
        const ALIGNMENT: usize = 4;
    }

    /// status register.
    pub const SR: Def<Tim2, u32, Rights<read::Plain, write::ZeroToClear>, SR::Register, 0x10> =
        Def::new(&Tim2(()));

    /// `capture/compare` mode register 1 (output mode).
    pub const CCMR1_OUTPUT: Def<Tim2, u32, ReadWrite, CCMR1_OUTPUT::Register, 0x18> =
        Def::new(&Tim2(()));

    /// `capture/compare` mode register 1 (input mode).
    pub const CCMR1_INPUT: Def<Tim2, u32, ReadWrite, CCMR1_INPUT::Register, 0x18> =
        Def::new(&Tim2(()));

    /// `capture/compare` register 1.
    pub const CCR1: Def<Tim2, u32, ReadWrite, CCR1::Register, 0x34> = Def::new(&Tim2(()));

    /// `capture/compare` register 2.
    pub const CCR2: Def<Tim2, u32, ReadWrite, CCR1::Register, 0x38> = Def::new(&Tim2(()));

    /// `capture/compare` register 3.
    pub const CCR3: Def<Tim2, u32, ReadWrite, CCR1::Register, 0x3c> = Def::new(&Tim2(()));

    /// `capture/compare` register 4.
    pub const CCR4: Def<Tim2, u32, ReadWrite, CCR1::Register, 0x40> = Def::new(&Tim2(()));

    register_bitfields! { u32,
        /// Fields of [`SR`](const@SR).
        pub SR [
            /// Update interrupt flag.
            UIF OFFSET(0) NUMBITS(1),
            /// Trigger interrupt flag.
            TIF OFFSET(6) NUMBITS(1),
        ],
        /// Fields of [`CCMR1_OUTPUT`](const@CCMR1_OUTPUT).
        pub CCMR1_OUTPUT [
            /// `OC1M`.
            OC1M OFFSET(4) NUMBITS(3),
        ],
        /// Fields of [`CCMR1_INPUT`](const@CCMR1_INPUT).
        pub CCMR1_INPUT [
            /// `IC1F`.
            IC1F OFFSET(4) NUMBITS(4),
        ],
        /// Fields of [`CCR1`](const@CCR1).
        pub CCR1 [
            /// `Capture/Compare` value.
            CCR OFFSET(0) NUMBITS(16),
        ],
    }

    #[rustfmt::skip]
    impl Described for Tim2 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "TIM2", doc: "General purpose timer",
            size: 0x400, alignment: 4,
            registers: &[
                RegisterDescription { name: "SR", doc: "status register", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::ZeroToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "UIF", doc: "Update interrupt flag", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::ZeroToClear, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "TIF", doc: "Trigger interrupt flag", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::ZeroToClear, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CCMR1_Output", doc: "capture/compare mode register 1 (output mode)", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "OC1M", doc: "", offset_bits: 4, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CCMR1_Input", doc: "capture/compare mode register 1 (input mode)", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "IC1F", doc: "", offset_bits: 4, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "CCR1", doc: "capture/compare register 1", offset: 0x34, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CCR", doc: "Capture/Compare value", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Range(0, 0xffff), values: &[] },
                ] },
                RegisterDescription { name: "CCR2", doc: "capture/compare register 2", offset: 0x38, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CCR", doc: "Capture/Compare value", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Range(0, 0xffff), values: &[] },
                ] },
                RegisterDescription { name: "CCR3", doc: "capture/compare register 3", offset: 0x3c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CCR", doc: "Capture/Compare value", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Range(0, 0xffff), values: &[] },
                ] },
                RegisterDescription { name: "CCR4", doc: "capture/compare register 4", offset: 0x40, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CCR", doc: "Capture/Compare value", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Range(0, 0xffff), values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// General purpose timer.
pub mod tim3 {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// General purpose timer.
    ///
    /// `TIM3`, at `0x4000_0400`.
    #[derive(Debug)]
    pub struct Tim3(());

    impl Block for Tim3 {
        const NAME: &'static str = "TIM3";
        const SIZE: usize = 0x400;
        const ALIGNMENT: usize = 4;
    }

    /// An option register that replaces the others.
    pub const OR: Def<Tim3, u32, ReadWrite, (), 0x50> = Def::new(&Tim3(()));

    #[rustfmt::skip]
    impl Described for Tim3 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "TIM3", doc: "General purpose timer",
            size: 0x400, alignment: 4,
            registers: &[
                RegisterDescription { name: "OR", doc: "An option register that replaces the others", offset: 0x50, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}
