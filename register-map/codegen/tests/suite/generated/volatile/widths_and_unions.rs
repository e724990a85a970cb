//! Unions of widths.
//!
//! Generated from `widths_and_unions.svd` by register-gen, as structures of volatile cells; changes
//! belong there.

/// Cyclic Redundancy Check.
///
/// `CRC`, at `0x4003_2000`.
pub mod crc {
    use core::mem::{ManuallyDrop, offset_of};

    use volatile_register::RW;

    /// Cyclic Redundancy Check.
    #[repr(C)]
    pub struct Crc {
        /// The same place in 5 ways: DATA, DATAL, DATALL, DATALU, DATAH.
        pub data_views: DataViews,
        _reserved0: [u8; 0x04],
        /// CRC Control register.
        pub ctrl: RW<u32>,
    }

    /// `DATALU`, behind the bytes that come before it.
    #[repr(C)]
    pub struct DataluView {
        _reserved: [u8; 0x01],
        /// `DATALU`.
        pub value: RW<u8>,
    }

    /// `DATAH`, behind the bytes that come before it.
    #[repr(C)]
    pub struct DatahView {
        _reserved: [u8; 0x02],
        /// `DATAH`.
        pub value: RW<u16>,
    }

    /// Registers that share their place. To use one is `unsafe`: the caller knows that the device
    /// takes this access now.
    #[repr(C)]
    pub union DataViews {
        /// CRC Data register.
        pub data: ManuallyDrop<RW<u32>>,
        /// `CRC_DATAL` register.
        pub datal: ManuallyDrop<RW<u16>>,
        /// `CRC_DATALL` register.
        pub datall: ManuallyDrop<RW<u8>>,
        /// `DATALU`.
        pub datalu: ManuallyDrop<DataluView>,
        /// `DATAH`.
        pub datah: ManuallyDrop<DatahView>,
    }

    const _: () = {
        assert!(size_of::<Crc>() == 0x0c);
        assert!(offset_of!(Crc, data_views) == 0x00);
        assert!(offset_of!(Crc, ctrl) == 0x08);
        assert!(offset_of!(DataluView, value) == 0x01);
        assert!(offset_of!(DatahView, value) == 0x02);
        assert!(size_of::<DataViews>() == 0x04);
    };
}

/// Serial Communication Interface.
///
/// `UART0`, at `0x4006_a000`.
pub mod uart0 {
    use core::mem::offset_of;

    use volatile_register::{RO, RW};

    /// Serial Communication Interface.
    #[repr(C)]
    pub struct Uart0 {
        /// `BDH`.
        pub bdh: RW<u8>,
        _reserved0: [u8; 0x03],
        /// UART Status Register 1.
        pub s1: RO<u8>,
        _reserved1: [u8; 0x02],
        /// UART Data Register: a read takes from the receiver.
        ///
        /// A read changes it.
        pub d: RW<u8>,
        /// `MA`.
        pub ma: [RW<u8>; 4],
        _reserved2: [u8; 0x06],
        /// `SFIFO`.
        ///
        /// A one clears its bit, so `modify` clears what it reads.
        pub sfifo: RW<u8>,
    }

    const _: () = {
        assert!(size_of::<Uart0>() == 0x13);
        assert!(offset_of!(Uart0, bdh) == 0x00);
        assert!(offset_of!(Uart0, s1) == 0x04);
        assert!(offset_of!(Uart0, d) == 0x07);
        assert!(offset_of!(Uart0, ma) == 0x08);
        assert!(offset_of!(Uart0, sfifo) == 0x12);
    };
}
