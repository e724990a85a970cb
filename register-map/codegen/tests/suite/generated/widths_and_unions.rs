//! Unions of widths.
//!
//! Generated from `widths_and_unions.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "K22", doc: "Unions of widths",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x0c, block: crc::Crc::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x13, block: uart0::Uart0::DESCRIPTION },
    ],
    memory: &[],
};

/// Cyclic Redundancy Check.
pub mod crc {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Block, Def, register_bitfields};

    /// Cyclic Redundancy Check.
    ///
    /// `CRC`, at `0x4003_2000`.
    #[derive(Debug)]
    pub struct Crc(());

    impl Block for Crc {
        const NAME: &'static str = "CRC";
        const SIZE: usize = 0x0c;
        const ALIGNMENT: usize = 4;
    }

    /// CRC Data register.
    pub const DATA: Def<Crc, u32, ReadWrite, DATA::Register, 0x00> = Def::new(&Crc(()));

    /// `CRC_DATAL` register.
    pub const DATAL: Def<Crc, u16, ReadWrite, DATAL::Register, 0x00> = Def::new(&Crc(()));

    /// `CRC_DATALL` register.
    pub const DATALL: Def<Crc, u8, ReadWrite, DATALL::Register, 0x00> = Def::new(&Crc(()));

    /// `DATALU`.
    pub const DATALU: Def<Crc, u8, ReadWrite, (), 0x01> = Def::new(&Crc(()));

    /// `DATAH`.
    pub const DATAH: Def<Crc, u16, ReadWrite, (), 0x02> = Def::new(&Crc(()));

    /// CRC Control register.
    pub const CTRL: Def<Crc, u32, ReadWrite, CTRL::Register, 0x08> = Def::new(&Crc(()));

    register_bitfields! { u8,
        /// Fields of [`DATALL`](const@DATALL).
        pub DATALL [
            /// `DATALL`.
            DATALL OFFSET(0) NUMBITS(8),
        ],
    }

    register_bitfields! { u16,
        /// Fields of [`DATAL`](const@DATAL).
        pub DATAL [
            /// `DATAL`.
            DATAL OFFSET(0) NUMBITS(16),
        ],
    }

    register_bitfields! { u32,
        /// Fields of [`DATA`](const@DATA).
        pub DATA [
            /// CRC Low Lower Byte.
            LL OFFSET(0) NUMBITS(8),
            /// CRC High Upper Byte.
            HU OFFSET(24) NUMBITS(8),
        ],
        /// Fields of [`CTRL`](const@CTRL).
        pub CTRL [
            /// Width of CRC protocol.
            TCRC OFFSET(24) NUMBITS(1) [
                /// 16-bit CRC protocol.
                _0 = 0,
                /// 32-bit CRC protocol.
                _1 = 1,
            ],
            /// Type Of Transpose For Writes.
            TOT OFFSET(30) NUMBITS(2) [
                /// No transposition.
                _00 = 0,
                /// 01.
                _01 = 1,
                /// 10.
                _10 = 2,
                /// 11.
                _11 = 3,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Crc {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "CRC", doc: "Cyclic Redundancy Check",
            size: 0x0c, alignment: 4,
            registers: &[
                RegisterDescription { name: "DATA", doc: "CRC Data register", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0xffff_ffff, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LL", doc: "CRC Low Lower Byte", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "HU", doc: "CRC High Upper Byte", offset_bits: 24, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "DATAL", doc: "CRC_DATAL register.", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0xffff, reset_mask: 0xffff, fields: &[
                    FieldDescription { name: "DATAL", doc: "", offset_bits: 0, width_bits: 16, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "DATALL", doc: "CRC_DATALL register.", offset: 0x00, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0xff, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "DATALL", doc: "", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "DATALU", doc: "", offset: 0x01, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "DATAH", doc: "", offset: 0x02, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "CTRL", doc: "CRC Control register", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "TCRC", doc: "Width of CRC protocol.", offset_bits: 24, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "0", doc: "16-bit CRC protocol.", value: 0 },
                        ValueDescription { name: "1", doc: "32-bit CRC protocol.", value: 1 },
                    ] },
                    FieldDescription { name: "TOT", doc: "Type Of Transpose For Writes", offset_bits: 30, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "00", doc: "No transposition.", value: 0 },
                        ValueDescription { name: "01", doc: "", value: 1 },
                        ValueDescription { name: "10", doc: "", value: 2 },
                        ValueDescription { name: "11", doc: "", value: 3 },
                    ] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// Serial Communication Interface.
pub mod uart0 {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::{OneToClear, ReadOnly, ReadWrite, Rights, read, write};
    use register_map::{Array, Block, Def, register_bitfields};

    /// Serial Communication Interface.
    ///
    /// `UART0`, at `0x4006_a000`.
    #[derive(Debug)]
    pub struct Uart0(());

    impl Block for Uart0 {
        const NAME: &'static str = "UART0";
        const SIZE: usize = 0x13;
        const ALIGNMENT: usize = 1;
    }

    /// `BDH`.
    pub const BDH: Def<Uart0, u8, ReadWrite, BDH::Register, 0x00> = Def::new(&Uart0(()));

    /// UART Status Register 1.
    pub const S1: Def<Uart0, u8, ReadOnly, S1::Register, 0x04> = Def::new(&Uart0(()));

    /// UART Data Register: a read takes from the receiver.
    pub const D: Def<Uart0, u8, Rights<read::Effect, write::Plain>, (), 0x07> =
        Def::new(&Uart0(()));

    /// `MA`.
    pub const MA: Array<Uart0, u8, ReadWrite, (), 0x08, 0x01, 4> = Array::new(&Uart0(()));

    /// `SFIFO`.
    pub const SFIFO: Def<Uart0, u8, OneToClear, SFIFO::Register, 0x12> = Def::new(&Uart0(()));

    register_bitfields! { u8,
        /// Fields of [`BDH`](const@BDH).
        pub BDH [
            /// `SBR`.
            SBR OFFSET(0) NUMBITS(5),
        ],
        /// Fields of [`S1`](const@S1).
        pub S1 [
            /// `PF`.
            PF OFFSET(0) NUMBITS(1),
            /// `TDRE`.
            TDRE OFFSET(7) NUMBITS(1),
        ],
        /// Fields of [`SFIFO`](const@SFIFO).
        pub SFIFO [
            /// `RXUF`.
            RXUF OFFSET(0) NUMBITS(1),
            /// `RXEMPT`.
            RXEMPT OFFSET(6) NUMBITS(1),
        ],
    }

    #[rustfmt::skip]
    impl Described for Uart0 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "UART0", doc: "Serial Communication Interface",
            size: 0x13, alignment: 1,
            registers: &[
                RegisterDescription { name: "BDH", doc: "", offset: 0x00, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                    FieldDescription { name: "SBR", doc: "", offset_bits: 0, width_bits: 5, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "S1", doc: "UART Status Register 1", offset: 0x04, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0xc0, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "PF", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "TDRE", doc: "", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "D", doc: "UART Data Register: a read takes from the receiver", offset: 0x07, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Modifies, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "MA", doc: "", offset: 0x08, width_bits: 8, length: 4, stride: 0x01, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "SFIFO", doc: "", offset: 0x12, width_bits: 8, length: 1, stride: 0x01, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, reset_value: 0xc0, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "RXUF", doc: "", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::OneToClear, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "RXEMPT", doc: "", offset_bits: 6, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}
