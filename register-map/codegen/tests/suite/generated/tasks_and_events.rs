//! radio840: a controller with tasks and events.
//!
//! Generated from `tasks_and_events.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "radio840", doc: "radio840: a controller with tasks and events",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x1000, block: spim0::Spim0::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x1000, block: spim0::Spim0::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x818, block: ppi::Ppi::DESCRIPTION },
    ],
    memory: &[],
};

/// Serial Peripheral Interface Master with `EasyDMA` 0.
pub mod spim0 {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{OneToClear, ReadWrite, Rights, WriteOnly, read, write};
    use register_map::{Block, Cluster, Def, register_bitfields};

    /// Serial Peripheral Interface Master with `EasyDMA` 0.
    ///
    /// `SPIM0`, at `0x4000_3000`.
    #[derive(Debug)]
    pub struct Spim0(());

    impl Block for Spim0 {
        const NAME: &'static str = "SPIM0";
        const SIZE: usize = 0x1000;
        const ALIGNMENT: usize = 4;
    }

    /// Start SPI transaction.
    pub const TASKS_START: Def<Spim0, u32, WriteOnly, TASKS_START::Register, 0x10> =
        Def::new(&Spim0(()));

    /// End of RX buffer reached.
    pub const EVENTS_ENDRX: Def<Spim0, u32, ReadWrite, EVENTS_ENDRX::Register, 0x110> =
        Def::new(&Spim0(()));

    /// End of TX buffer reached.
    pub const EVENTS_ENDTX: Def<Spim0, u32, ReadWrite, EVENTS_ENDRX::Register, 0x114> =
        Def::new(&Spim0(()));

    /// Enable interrupt.
    pub const INTENSET: Def<
        Spim0,
        u32,
        Rights<read::Plain, write::OneToSet>,
        INTENSET::Register,
        0x304,
    > = Def::new(&Spim0(()));

    /// Disable interrupt.
    pub const INTENCLR: Def<Spim0, u32, OneToClear, INTENCLR::Register, 0x308> =
        Def::new(&Spim0(()));

    /// Unspecified.
    pub const PSEL: Cluster<Spim0, psel::Psel, 0x508, 0x08, 1> = Cluster::new(&Spim0(()));

    /// Direct memory access %s.
    pub const DMA: Cluster<Spim0, dma::Dma, 0x540, 0x10, 3> = Cluster::new(&Spim0(()));

    register_bitfields! { u32,
        /// Fields of [`TASKS_START`](const@TASKS_START).
        pub TASKS_START [
            /// `TASKS_START`.
            TASKS_START OFFSET(0) NUMBITS(1) [
                /// Trigger task.
                Trigger = 1,
            ],
        ],
        /// Fields of [`EVENTS_ENDRX`](const@EVENTS_ENDRX).
        pub EVENTS_ENDRX [
            /// `EVENT`.
            EVENT OFFSET(0) NUMBITS(1) [
                /// `NotGenerated`.
                NotGenerated = 0,
                /// Generated.
                Generated = 1,
            ],
        ],
        /// Fields of [`INTENSET`](const@INTENSET).
        pub INTENSET [
            /// Write '1' to enable interrupt for event STOPPED.
            STOPPED OFFSET(1) NUMBITS(1) [
                /// Read: Disabled.
                Disabled = 0,
                /// Read: Enabled.
                Enabled = 1,
            ],
            /// Write '1' to enable interrupt for event STOPPED. What to write.
            STOPPED_WRITE OFFSET(1) NUMBITS(1) [
                /// Enable.
                Set = 1,
            ],
        ],
        /// Fields of [`INTENCLR`](const@INTENCLR).
        pub INTENCLR [
            /// Write '1' to disable interrupt for event STOPPED.
            STOPPED OFFSET(1) NUMBITS(1) [
                /// Disabled.
                Disabled = 0,
                /// Enabled.
                Enabled = 1,
            ],
            /// Write '1' to disable interrupt for event STOPPED. What to write.
            STOPPED_WRITE OFFSET(1) NUMBITS(1) [
                /// Disable.
                Clear = 1,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Spim0 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "SPIM0", doc: "Serial Peripheral Interface Master with EasyDMA 0",
            size: 0x1000, alignment: 4,
            registers: &[
                RegisterDescription { name: "TASKS_START", doc: "Start SPI transaction", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TASKS_START", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Trigger", doc: "Trigger task", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "EVENTS_ENDRX", doc: "End of RX buffer reached", offset: 0x110, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "EVENT", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "NotGenerated", doc: "", value: 0 },
                        ValueDescription { name: "Generated", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "EVENTS_ENDTX", doc: "End of TX buffer reached", offset: 0x114, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "EVENT", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "NotGenerated", doc: "", value: 0 },
                        ValueDescription { name: "Generated", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "INTENSET", doc: "Enable interrupt", offset: 0x304, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "STOPPED", doc: "Write '1' to enable interrupt for event STOPPED", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToSet, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Disabled", doc: "Read: Disabled", value: 0 },
                        ValueDescription { name: "Enabled", doc: "Read: Enabled", value: 1 },
                        ValueDescription { name: "Set", doc: "Enable", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "INTENCLR", doc: "Disable interrupt", offset: 0x308, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "STOPPED", doc: "Write '1' to disable interrupt for event STOPPED", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Disabled", doc: "", value: 0 },
                        ValueDescription { name: "Enabled", doc: "", value: 1 },
                        ValueDescription { name: "Clear", doc: "Disable", value: 1 },
                    ] },
                ] },
            ],
            clusters: &[
                ClusterDescription { name: "PSEL", doc: "Unspecified", offset: 0x508, length: 1, stride: 0x08, block: psel::Psel::DESCRIPTION },
                ClusterDescription { name: "DMA", doc: "Direct memory access %s", offset: 0x540, length: 3, stride: 0x10, block: dma::Dma::DESCRIPTION },
            ],
        };
    }

    /// Unspecified.
    pub mod psel {
        use register_map::description::{
            BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
            ValueDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Def, register_bitfields};

        /// Unspecified.
        #[derive(Debug)]
        pub struct Psel(());

        impl Block for Psel {
            const NAME: &'static str = "PSEL";
            const SIZE: usize = 0x08;
            const ALIGNMENT: usize = 4;
        }

        /// Pin select for SCK.
        pub const SCK: Def<Psel, u32, ReadWrite, SCK::Register, 0x00> = Def::new(&Psel(()));

        /// Pin select for MOSI.
        pub const MOSI: Def<Psel, u32, ReadWrite, MOSI::Register, 0x04> = Def::new(&Psel(()));

        register_bitfields! { u32,
            /// Fields of [`SCK`](const@SCK).
            pub SCK [
                /// Pin number.
                PIN OFFSET(0) NUMBITS(5) [],
                /// `CONNECT`.
                CONNECT OFFSET(31) NUMBITS(1) [
                    /// Disconnected.
                    Disconnected = 1,
                    /// Connected.
                    Connected = 0,
                ],
            ],
            /// Fields of [`MOSI`](const@MOSI).
            pub MOSI [
                /// Pin number.
                PIN OFFSET(0) NUMBITS(5) [],
                /// `CONNECT`.
                CONNECT OFFSET(31) NUMBITS(1) [
                    /// Disconnected.
                    Disconnected = 1,
                    /// Connected.
                    Connected = 0,
                ],
            ],
        }

        #[rustfmt::skip]
        impl Described for Psel {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "PSEL", doc: "Unspecified",
                size: 0x08, alignment: 4,
                registers: &[
                    RegisterDescription { name: "SCK", doc: "Pin select for SCK", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0xffff_ffff, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "PIN", doc: "Pin number", offset_bits: 0, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "CONNECT", doc: "", offset_bits: 31, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                            ValueDescription { name: "Disconnected", doc: "", value: 1 },
                            ValueDescription { name: "Connected", doc: "", value: 0 },
                        ] },
                    ] },
                    RegisterDescription { name: "MOSI", doc: "Pin select for MOSI", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0xffff_ffff, reset_mask: 0xffff_ffff, fields: &[
                        FieldDescription { name: "PIN", doc: "Pin number", offset_bits: 0, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                        FieldDescription { name: "CONNECT", doc: "", offset_bits: 31, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                            ValueDescription { name: "Disconnected", doc: "", value: 1 },
                            ValueDescription { name: "Connected", doc: "", value: 0 },
                        ] },
                    ] },
                ],
                clusters: &[],
            };
        }
    }

    /// Direct memory access %s.
    pub mod dma {
        use register_map::description::{
            BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Cluster, Def};

        /// Direct memory access %s.
        #[derive(Debug)]
        pub struct Dma(());

        impl Block for Dma {
            const NAME: &'static str = "DMA";
            const SIZE: usize = 0x0c;
            const ALIGNMENT: usize = 4;
        }

        /// Data pointer.
        pub const PTR: Def<Dma, u32, ReadWrite, (), 0x00> = Def::new(&Dma(()));

        /// `MAXCNT`.
        pub const MAXCNT: Def<Dma, u32, ReadWrite, (), 0x04> = Def::new(&Dma(()));

        /// `STATE`.
        pub const STATE: Cluster<Dma, state::State, 0x08, 0x04, 1> = Cluster::new(&Dma(()));

        #[rustfmt::skip]
        impl Described for Dma {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "DMA", doc: "Direct memory access %s",
                size: 0x0c, alignment: 4,
                registers: &[
                    RegisterDescription { name: "PTR", doc: "Data pointer", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "MAXCNT", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                ],
                clusters: &[
                    ClusterDescription { name: "STATE", doc: "", offset: 0x08, length: 1, stride: 0x04, block: state::State::DESCRIPTION },
                ],
            };
        }

        /// `STATE`.
        pub mod state {
            use register_map::description::{
                BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                WriteKind,
            };
            use register_map::rights::ReadOnly;
            use register_map::{Block, Def};

            /// `STATE`.
            #[derive(Debug)]
            pub struct State(());

            impl Block for State {
                const NAME: &'static str = "STATE";
                const SIZE: usize = 0x04;
                const ALIGNMENT: usize = 4;
            }

            /// Number of bytes transferred in the last transaction.
            pub const AMOUNT: Def<State, u32, ReadOnly, (), 0x00> = Def::new(&State(()));

            #[rustfmt::skip]
            impl Described for State {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "STATE", doc: "",
                    size: 0x04, alignment: 4,
                    registers: &[
                        RegisterDescription { name: "AMOUNT", doc: "Number of bytes transferred in the last transaction", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    ],
                    clusters: &[],
                };
            }
        }
    }
}

/// `SPIM1`, at `0x4000_4000`: the same registers as [`spim0`].
pub use spim0 as spim1;

/// Programmable Peripheral Interconnect.
pub mod ppi {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Array, Block, Cluster, register_bitfields};

    /// Programmable Peripheral Interconnect.
    ///
    /// `PPI`, at `0x4001_f000`.
    #[derive(Debug)]
    pub struct Ppi(());

    impl Block for Ppi {
        const NAME: &'static str = "PPI";
        const SIZE: usize = 0x818;
        const ALIGNMENT: usize = 4;
    }

    /// Channel group.
    pub const CHG: Array<Ppi, u32, ReadWrite, CHG::Register, 0x800, 0x04, 6> = Array::new(&Ppi(()));

    /// PPI Channel.
    pub const CH: Cluster<Ppi, ch::Ch, 0x510, 0x08, 20> = Cluster::new(&Ppi(()));

    register_bitfields! { u32,
        /// Fields of [`CHG`](const@CHG).
        pub CHG [
            /// Include channel 0.
            CH0 OFFSET(0) NUMBITS(1),
            /// Include channel 1.
            CH1 OFFSET(1) NUMBITS(1),
            /// Include channel 2.
            CH2 OFFSET(2) NUMBITS(1),
            /// Include channel 3.
            CH3 OFFSET(3) NUMBITS(1),
            /// Include channel 4.
            CH4 OFFSET(4) NUMBITS(1),
            /// Include channel 5.
            CH5 OFFSET(5) NUMBITS(1),
            /// Include channel 6.
            CH6 OFFSET(6) NUMBITS(1),
            /// Include channel 7.
            CH7 OFFSET(7) NUMBITS(1),
            /// Include channel 8.
            CH8 OFFSET(8) NUMBITS(1),
            /// Include channel 9.
            CH9 OFFSET(9) NUMBITS(1),
            /// Include channel 10.
            CH10 OFFSET(10) NUMBITS(1),
            /// Include channel 11.
            CH11 OFFSET(11) NUMBITS(1),
            /// Include channel 12.
            CH12 OFFSET(12) NUMBITS(1),
            /// Include channel 13.
            CH13 OFFSET(13) NUMBITS(1),
            /// Include channel 14.
            CH14 OFFSET(14) NUMBITS(1),
            /// Include channel 15.
            CH15 OFFSET(15) NUMBITS(1),
            /// Include channel 16.
            CH16 OFFSET(16) NUMBITS(1),
            /// Include channel 17.
            CH17 OFFSET(17) NUMBITS(1),
            /// Include channel 18.
            CH18 OFFSET(18) NUMBITS(1),
            /// Include channel 19.
            CH19 OFFSET(19) NUMBITS(1),
            /// Include channel 20.
            CH20 OFFSET(20) NUMBITS(1),
            /// Include channel 21.
            CH21 OFFSET(21) NUMBITS(1),
            /// Include channel 22.
            CH22 OFFSET(22) NUMBITS(1),
            /// Include channel 23.
            CH23 OFFSET(23) NUMBITS(1),
            /// Include channel 24.
            CH24 OFFSET(24) NUMBITS(1),
            /// Include channel 25.
            CH25 OFFSET(25) NUMBITS(1),
            /// Include channel 26.
            CH26 OFFSET(26) NUMBITS(1),
            /// Include channel 27.
            CH27 OFFSET(27) NUMBITS(1),
            /// Include channel 28.
            CH28 OFFSET(28) NUMBITS(1),
            /// Include channel 29.
            CH29 OFFSET(29) NUMBITS(1),
            /// Include channel 30.
            CH30 OFFSET(30) NUMBITS(1),
            /// Include channel 31.
            CH31 OFFSET(31) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for Ppi {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "PPI", doc: "Programmable Peripheral Interconnect",
            size: 0x818, alignment: 4,
            registers: &[
                RegisterDescription { name: "CHG", doc: "Channel group", offset: 0x800, width_bits: 32, length: 6, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "CH0", doc: "Include channel 0", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH1", doc: "Include channel 1", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH2", doc: "Include channel 2", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH3", doc: "Include channel 3", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH4", doc: "Include channel 4", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH5", doc: "Include channel 5", offset_bits: 5, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH6", doc: "Include channel 6", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH7", doc: "Include channel 7", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH8", doc: "Include channel 8", offset_bits: 8, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH9", doc: "Include channel 9", offset_bits: 9, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH10", doc: "Include channel 10", offset_bits: 10, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH11", doc: "Include channel 11", offset_bits: 11, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH12", doc: "Include channel 12", offset_bits: 12, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH13", doc: "Include channel 13", offset_bits: 13, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH14", doc: "Include channel 14", offset_bits: 14, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH15", doc: "Include channel 15", offset_bits: 15, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH16", doc: "Include channel 16", offset_bits: 16, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH17", doc: "Include channel 17", offset_bits: 17, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH18", doc: "Include channel 18", offset_bits: 18, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH19", doc: "Include channel 19", offset_bits: 19, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH20", doc: "Include channel 20", offset_bits: 20, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH21", doc: "Include channel 21", offset_bits: 21, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH22", doc: "Include channel 22", offset_bits: 22, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH23", doc: "Include channel 23", offset_bits: 23, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH24", doc: "Include channel 24", offset_bits: 24, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH25", doc: "Include channel 25", offset_bits: 25, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH26", doc: "Include channel 26", offset_bits: 26, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH27", doc: "Include channel 27", offset_bits: 27, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH28", doc: "Include channel 28", offset_bits: 28, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH29", doc: "Include channel 29", offset_bits: 29, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH30", doc: "Include channel 30", offset_bits: 30, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "CH31", doc: "Include channel 31", offset_bits: 31, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[
                ClusterDescription { name: "CH", doc: "PPI Channel", offset: 0x510, length: 20, stride: 0x08, block: ch::Ch::DESCRIPTION },
            ],
        };
    }

    /// PPI Channel.
    pub mod ch {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Def};

        /// PPI Channel.
        #[derive(Debug)]
        pub struct Ch(());

        impl Block for Ch {
            const NAME: &'static str = "CH";
            const SIZE: usize = 0x08;
            const ALIGNMENT: usize = 4;
        }

        /// Channel event end-point.
        pub const EEP: Def<Ch, u32, ReadWrite, (), 0x00> = Def::new(&Ch(()));

        /// Channel task end-point.
        pub const TEP: Def<Ch, u32, ReadWrite, (), 0x04> = Def::new(&Ch(()));

        #[rustfmt::skip]
        impl Described for Ch {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "CH", doc: "PPI Channel",
                size: 0x08, alignment: 4,
                registers: &[
                    RegisterDescription { name: "EEP", doc: "Channel event end-point", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "TEP", doc: "Channel task end-point", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }
}
