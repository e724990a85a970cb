//! Lists and arrays.
//!
//! Generated from `lists_and_arrays.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "RA6", doc: "Lists and arrays",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x204, block: sci0::Sci0::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x01, block: port0::Port0::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x01, block: port0::Port0::DESCRIPTION },
        RegionDescription { index: 3, offset: 0x00, size: 0x01, block: port0::Port0::DESCRIPTION },
        RegionDescription { index: 4, offset: 0x00, size: 0x04, block: timer0::Timer0::DESCRIPTION },
        RegionDescription { index: 5, offset: 0x00, size: 0x04, block: timer0::Timer0::DESCRIPTION },
    ],
    memory: &[],
};

/// `SCI0`.
pub mod sci0 {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadEffect, ReadOnly, ReadWrite, WriteOnly};
    use register_map::{Array, Block, Cluster, Def, register_bitfields};

    /// `SCI0`.
    ///
    /// `SCI0`, at `0x4007_0000`.
    #[derive(Debug)]
    pub struct Sci0(());

    impl Block for Sci0 {
        const NAME: &'static str = "SCI0";
        const SIZE: usize = 0x204;
        const ALIGNMENT: usize = 4;
    }

    /// Receive buffer.
    pub const RBR: Def<Sci0, u8, ReadEffect, (), 0x00> = Def::new(&Sci0(()));

    /// Transmit holding.
    pub const THR: Def<Sci0, u8, WriteOnly, (), 0x00> = Def::new(&Sci0(()));

    /// `IIR`.
    pub const IIR: Def<Sci0, u8, ReadOnly, (), 0x01> = Def::new(&Sci0(()));

    /// Shares its place with IIR, which nobody says.
    pub const FCR: Def<Sci0, u8, WriteOnly, (), 0x01> = Def::new(&Sci0(()));

    /// `LCR`.
    pub const LCR: Def<Sci0, u8, ReadWrite, (), 0x02> = Def::new(&Sci0(()));

    /// Overlaps without a word.
    pub const LCR_MIRROR: Def<Sci0, u8, ReadWrite, (), 0x02> = Def::new(&Sci0(()));

    /// Timer `I/O` control A.
    pub const TIORA: Def<Sci0, u16, ReadWrite, TIORA::Register, 0x04> = Def::new(&Sci0(()));

    /// Timer `I/O` control B.
    pub const TIORB: Def<Sci0, u16, ReadWrite, TIORA::Register, 0x08> = Def::new(&Sci0(()));

    /// Timer `I/O` control C.
    pub const TIORC: Def<Sci0, u16, ReadWrite, TIORA::Register, 0x0c> = Def::new(&Sci0(()));

    /// Timer `I/O` control D.
    pub const TIORD: Def<Sci0, u16, ReadWrite, TIORA::Register, 0x10> = Def::new(&Sci0(()));

    /// `AXIS_x_OUT`.
    pub const AXIS_X_OUT: Def<Sci0, u16, ReadWrite, (), 0x20> = Def::new(&Sci0(()));

    /// `AXIS_y_OUT`.
    pub const AXIS_Y_OUT: Def<Sci0, u16, ReadWrite, (), 0x22> = Def::new(&Sci0(()));

    /// `AXIS_z_OUT`.
    pub const AXIS_Z_OUT: Def<Sci0, u16, ReadWrite, (), 0x24> = Def::new(&Sci0(()));

    /// Every other word.
    pub const EVEN: Array<Sci0, u32, ReadWrite, (), 0x40, 0x08, 4> = Array::new(&Sci0(()));

    /// The words between.
    pub const ODD: Array<Sci0, u32, ReadWrite, (), 0x44, 0x08, 4> = Array::new(&Sci0(()));

    /// `LATE`.
    pub const LATE: Array<Sci0, u8, ReadWrite, (), 0x60, 0x01, 3> = Array::new(&Sci0(()));

    /// `NUM5`.
    pub const NUM5: Def<Sci0, u8, ReadWrite, (), 0x64> = Def::new(&Sci0(()));

    /// `NUM6`.
    pub const NUM6: Def<Sci0, u8, ReadWrite, (), 0x65> = Def::new(&Sci0(()));

    /// `NUM7`.
    pub const NUM7: Def<Sci0, u8, ReadWrite, (), 0x66> = Def::new(&Sci0(()));

    /// `ONE`.
    pub const ONE: Array<Sci0, u8, ReadWrite, (), 0x68, 0x01, 1> = Array::new(&Sci0(()));

    /// An array without a placeholder.
    pub const PLAIN: Array<Sci0, u8, ReadWrite, (), 0x69, 0x01, 2> = Array::new(&Sci0(()));

    /// `MISCOUNT`.
    pub const MISCOUNT: Array<Sci0, u8, ReadWrite, (), 0x6c, 0x01, 2> = Array::new(&Sci0(()));

    /// `element`.
    pub const ELEMENT: Array<Sci0, u8, ReadWrite, (), 0x70, 0x01, 4> = Array::new(&Sci0(()));

    /// `NAMED`.
    pub const NAMED: Array<Sci0, u8, ReadWrite, (), 0x74, 0x01, 2> = Array::new(&Sci0(()));

    /// The RX queue.
    pub const FIFO_RX: Cluster<Sci0, fifo::Fifo, 0x80, 0x08, 1> = Cluster::new(&Sci0(()));

    /// The TX queue.
    pub const FIFO_TX: Cluster<Sci0, fifo::Fifo, 0x90, 0x08, 1> = Cluster::new(&Sci0(()));

    /// Groups that reach into one another.
    pub const WOVEN: Cluster<Sci0, woven::Woven, 0x100, 0x04, 4> = Cluster::new(&Sci0(()));

    /// The same place seen in one mode.
    pub const MODE_A: Cluster<Sci0, mode_a::ModeA, 0x200, 0x01, 1> = Cluster::new(&Sci0(()));

    /// and in another.
    pub const MODE_B: Cluster<Sci0, mode_b::ModeB, 0x200, 0x02, 1> = Cluster::new(&Sci0(()));

    register_bitfields! { u16,
        /// Fields of [`TIORA`](const@TIORA).
        pub TIORA [
            /// `IOA`.
            IOA OFFSET(0) NUMBITS(4),
        ],
    }

    #[rustfmt::skip]
    impl Described for Sci0 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "SCI0", doc: "",
            size: 0x204, alignment: 4,
            registers: &[
                RegisterDescription { name: "RBR", doc: "Receive buffer", offset: 0x00, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Modifies, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "THR", doc: "Transmit holding", offset: 0x00, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "IIR", doc: "", offset: 0x01, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "FCR", doc: "Shares its place with IIR, which nobody says", offset: 0x01, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "LCR", doc: "", offset: 0x02, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "LCR_MIRROR", doc: "Overlaps without a word", offset: 0x02, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "TIORA", doc: "Timer I/O control A", offset: 0x04, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "IOA", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "TIORB", doc: "Timer I/O control B", offset: 0x08, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "IOA", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "TIORC", doc: "Timer I/O control C", offset: 0x0c, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "IOA", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "TIORD", doc: "Timer I/O control D", offset: 0x10, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "IOA", doc: "", offset_bits: 0, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "AXIS_x_OUT", doc: "", offset: 0x20, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "AXIS_y_OUT", doc: "", offset: 0x22, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "AXIS_z_OUT", doc: "", offset: 0x24, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "EVEN", doc: "Every other word", offset: 0x40, width_bits: 32, length: 4, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "ODD", doc: "The words between", offset: 0x44, width_bits: 32, length: 4, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "LATE", doc: "", offset: 0x60, width_bits: 8, length: 3, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "NUM5", doc: "", offset: 0x64, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "NUM6", doc: "", offset: 0x65, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "NUM7", doc: "", offset: 0x66, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "ONE", doc: "", offset: 0x68, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "PLAIN", doc: "An array without a placeholder", offset: 0x69, width_bits: 8, length: 2, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "MISCOUNT", doc: "", offset: 0x6c, width_bits: 8, length: 2, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "element", doc: "", offset: 0x70, width_bits: 8, length: 4, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "NAMED", doc: "", offset: 0x74, width_bits: 8, length: 2, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
            ],
            clusters: &[
                ClusterDescription { name: "FIFO_RX", doc: "The RX queue", offset: 0x80, length: 1, stride: 0x08, block: fifo::Fifo::DESCRIPTION },
                ClusterDescription { name: "FIFO_TX", doc: "The TX queue", offset: 0x90, length: 1, stride: 0x08, block: fifo::Fifo::DESCRIPTION },
                ClusterDescription { name: "WOVEN", doc: "Groups that reach into one another", offset: 0x100, length: 4, stride: 0x04, block: woven::Woven::DESCRIPTION },
                ClusterDescription { name: "MODE_A", doc: "The same place seen in one mode", offset: 0x200, length: 1, stride: 0x01, block: mode_a::ModeA::DESCRIPTION },
                ClusterDescription { name: "MODE_B", doc: "and in another", offset: 0x200, length: 1, stride: 0x02, block: mode_b::ModeB::DESCRIPTION },
            ],
        };
    }

    /// The RX queue.
    pub mod fifo {
        use register_map::description::{
            BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Def, register_bitfields};

        /// The RX queue.
        #[derive(Debug)]
        pub struct Fifo(());

        impl Block for Fifo {
            const NAME: &'static str = "FIFO_RX";
            const SIZE: usize = 0x08;
            const ALIGNMENT: usize = 4;
        }

        /// `LEVEL`.
        pub const LEVEL: Def<Fifo, u8, ReadWrite, LEVEL::Register, 0x00> = Def::new(&Fifo(()));

        /// `DATA`.
        pub const DATA: Def<Fifo, u32, ReadWrite, (), 0x04> = Def::new(&Fifo(()));

        register_bitfields! { u8,
            /// Fields of [`LEVEL`](const@LEVEL).
            pub LEVEL [
                /// `COUNT`.
                COUNT OFFSET(0) NUMBITS(5),
            ],
        }

        #[rustfmt::skip]
        impl Described for Fifo {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "FIFO_RX", doc: "The RX queue",
                size: 0x08, alignment: 4,
                registers: &[
                    RegisterDescription { name: "LEVEL", doc: "", offset: 0x00, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[
                        FieldDescription { name: "COUNT", doc: "", offset_bits: 0, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    ] },
                    RegisterDescription { name: "DATA", doc: "", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }

    /// Groups that reach into one another.
    pub mod woven {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Def};

        /// Groups that reach into one another.
        #[derive(Debug)]
        pub struct Woven(());

        impl Block for Woven {
            const NAME: &'static str = "WOVEN";
            const SIZE: usize = 0x44;
            const ALIGNMENT: usize = 4;
        }

        /// `LOW`.
        pub const LOW: Def<Woven, u32, ReadWrite, (), 0x00> = Def::new(&Woven(()));

        /// `HIGH`.
        pub const HIGH: Def<Woven, u32, ReadWrite, (), 0x40> = Def::new(&Woven(()));

        #[rustfmt::skip]
        impl Described for Woven {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "WOVEN", doc: "Groups that reach into one another",
                size: 0x44, alignment: 4,
                registers: &[
                    RegisterDescription { name: "LOW", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                    RegisterDescription { name: "HIGH", doc: "", offset: 0x40, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }

    /// The same place seen in one mode.
    pub mod mode_a {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Def};

        /// The same place seen in one mode.
        #[derive(Debug)]
        pub struct ModeA(());

        impl Block for ModeA {
            const NAME: &'static str = "MODE_A";
            const SIZE: usize = 0x01;
            const ALIGNMENT: usize = 1;
        }

        /// `CTRL`.
        pub const CTRL: Def<ModeA, u8, ReadWrite, (), 0x00> = Def::new(&ModeA(()));

        #[rustfmt::skip]
        impl Described for ModeA {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "MODE_A", doc: "The same place seen in one mode",
                size: 0x01, alignment: 1,
                registers: &[
                    RegisterDescription { name: "CTRL", doc: "", offset: 0x00, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }

    /// and in another.
    pub mod mode_b {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Block, Def};

        /// and in another.
        #[derive(Debug)]
        pub struct ModeB(());

        impl Block for ModeB {
            const NAME: &'static str = "MODE_B";
            const SIZE: usize = 0x02;
            const ALIGNMENT: usize = 2;
        }

        /// `CTRL`.
        pub const CTRL: Def<ModeB, u16, ReadWrite, (), 0x00> = Def::new(&ModeB(()));

        #[rustfmt::skip]
        impl Described for ModeB {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "MODE_B", doc: "and in another",
                size: 0x02, alignment: 2,
                registers: &[
                    RegisterDescription { name: "CTRL", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }
}

/// Port 0.
pub mod port0 {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def, register_bitfields};

    /// Port 0.
    ///
    /// `PORT0`, at `0x4008_0000`.
    #[derive(Debug)]
    pub struct Port0(());

    impl Block for Port0 {
        const NAME: &'static str = "PORT0";
        const SIZE: usize = 0x01;
        const ALIGNMENT: usize = 1;
    }

    /// `PDR`.
    pub const PDR: Def<Port0, u8, ReadWrite, PDR::Register, 0x00> = Def::new(&Port0(()));

    register_bitfields! { u8,
        /// Fields of [`PDR`](const@PDR).
        pub PDR [
            /// `P0`.
            P0 OFFSET(0) NUMBITS(1),
            /// `P1`.
            P1 OFFSET(1) NUMBITS(1),
            /// `P2`.
            P2 OFFSET(2) NUMBITS(1),
            /// `P3`.
            P3 OFFSET(3) NUMBITS(1),
            /// `P4`.
            P4 OFFSET(4) NUMBITS(1),
            /// `P5`.
            P5 OFFSET(5) NUMBITS(1),
            /// `P6`.
            P6 OFFSET(6) NUMBITS(1),
            /// `P7`.
            P7 OFFSET(7) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for Port0 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "PORT0", doc: "Port 0",
            size: 0x01, alignment: 1,
            registers: &[
                RegisterDescription { name: "PDR", doc: "", offset: 0x00, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "P0", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "P1", doc: "", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "P2", doc: "", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "P3", doc: "", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "P4", doc: "", offset_bits: 4, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "P5", doc: "", offset_bits: 5, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "P6", doc: "", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "P7", doc: "", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// `PORT1`, at `0x4008_0100`: the same registers as [`port0`].
pub use port0 as port1;

/// `PORT2`, at `0x4008_0200`: the same registers as [`port0`].
pub use port0 as port2;

/// `TIMER0`.
pub mod timer0 {
    use register_map::description::{
        BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def};

    /// `TIMER0`.
    ///
    /// `TIMER0`, at `0x4009_0000`.
    #[derive(Debug)]
    pub struct Timer0(());

    impl Block for Timer0 {
        const NAME: &'static str = "TIMER0";
        const SIZE: usize = 0x04;
        const ALIGNMENT: usize = 4;
    }

    /// `CNT`.
    pub const CNT: Def<Timer0, u32, ReadWrite, (), 0x00> = Def::new(&Timer0(()));

    #[rustfmt::skip]
    impl Described for Timer0 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "TIMER0", doc: "",
            size: 0x04, alignment: 4,
            registers: &[
                RegisterDescription { name: "CNT", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xff, fields: &[] },
            ],
            clusters: &[],
        };
    }
}

/// `TIMER1`, at `0x4009_1000`: the same registers as [`timer0`].
pub use timer0 as timer1;
