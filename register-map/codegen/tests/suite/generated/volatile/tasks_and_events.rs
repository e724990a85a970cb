//! radio840: a controller with tasks and events.
//!
//! Generated from `tasks_and_events.svd` by register-gen, as structures of volatile cells; changes
//! belong there.

/// Serial Peripheral Interface Master with `EasyDMA` 0.
///
/// `SPIM0`, at `0x4000_3000`.
pub mod spim0 {
    use core::mem::offset_of;

    use volatile_register::{RW, WO};

    /// Serial Peripheral Interface Master with `EasyDMA` 0.
    #[repr(C)]
    pub struct Spim0 {
        _reserved0: [u8; 0x10],
        /// Start SPI transaction.
        pub tasks_start: WO<u32>,
        _reserved1: [u8; 0xfc],
        /// End of RX buffer reached.
        pub events_endrx: RW<u32>,
        /// End of TX buffer reached.
        pub events_endtx: RW<u32>,
        _reserved2: [u8; 0x1ec],
        /// Enable interrupt.
        ///
        /// A one sets its bit.
        pub intenset: RW<u32>,
        /// Disable interrupt.
        ///
        /// A one clears its bit, so `modify` clears what it reads.
        pub intenclr: RW<u32>,
        _reserved3: [u8; 0x1fc],
        /// Unspecified.
        pub psel: psel::Psel,
        _reserved4: [u8; 0x30],
        /// Direct memory access %s.
        pub dma: [DmaStep; 3],
        _reserved5: [u8; 0xa90],
    }

    /// One `DMA` and the bytes up to the next.
    #[repr(C)]
    pub struct DmaStep {
        /// Direct memory access %s.
        pub value: dma::Dma,
        _reserved: [u8; 0x04],
    }

    const _: () = {
        assert!(size_of::<Spim0>() == 0x1000);
        assert!(offset_of!(Spim0, tasks_start) == 0x10);
        assert!(offset_of!(Spim0, events_endrx) == 0x110);
        assert!(offset_of!(Spim0, events_endtx) == 0x114);
        assert!(offset_of!(Spim0, intenset) == 0x304);
        assert!(offset_of!(Spim0, intenclr) == 0x308);
        assert!(offset_of!(Spim0, psel) == 0x508);
        assert!(offset_of!(Spim0, dma) == 0x540);
        assert!(size_of::<DmaStep>() == 0x10);
    };

    /// Unspecified.
    pub mod psel {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// Unspecified.
        #[repr(C)]
        pub struct Psel {
            /// Pin select for SCK.
            pub sck: RW<u32>,
            /// Pin select for MOSI.
            pub mosi: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<Psel>() == 0x08);
            assert!(offset_of!(Psel, sck) == 0x00);
            assert!(offset_of!(Psel, mosi) == 0x04);
        };
    }

    /// Direct memory access %s.
    pub mod dma {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// Direct memory access %s.
        #[repr(C)]
        pub struct Dma {
            /// Data pointer.
            pub ptr: RW<u32>,
            /// `MAXCNT`.
            pub maxcnt: RW<u32>,
            /// `STATE`.
            pub state: state::State,
        }

        const _: () = {
            assert!(size_of::<Dma>() == 0x0c);
            assert!(offset_of!(Dma, ptr) == 0x00);
            assert!(offset_of!(Dma, maxcnt) == 0x04);
            assert!(offset_of!(Dma, state) == 0x08);
        };

        /// `STATE`.
        pub mod state {
            use core::mem::offset_of;

            use volatile_register::RO;

            /// `STATE`.
            #[repr(C)]
            pub struct State {
                /// Number of bytes transferred in the last transaction.
                pub amount: RO<u32>,
            }

            const _: () = {
                assert!(size_of::<State>() == 0x04);
                assert!(offset_of!(State, amount) == 0x00);
            };
        }
    }
}

/// `SPIM1`, at `0x4000_4000`: the same registers as [`spim0`].
pub use spim0 as spim1;

/// Programmable Peripheral Interconnect.
///
/// `PPI`, at `0x4001_f000`.
pub mod ppi {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// Programmable Peripheral Interconnect.
    #[repr(C)]
    pub struct Ppi {
        _reserved0: [u8; 0x510],
        /// PPI Channel.
        pub ch: [ch::Ch; 20],
        _reserved1: [u8; 0x250],
        /// Channel group.
        pub chg: [RW<u32>; 6],
    }

    const _: () = {
        assert!(size_of::<Ppi>() == 0x818);
        assert!(offset_of!(Ppi, ch) == 0x510);
        assert!(offset_of!(Ppi, chg) == 0x800);
    };

    /// PPI Channel.
    pub mod ch {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// PPI Channel.
        #[repr(C)]
        pub struct Ch {
            /// Channel event end-point.
            pub eep: RW<u32>,
            /// Channel task end-point.
            pub tep: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<Ch>() == 0x08);
            assert!(offset_of!(Ch, eep) == 0x00);
            assert!(offset_of!(Ch, tep) == 0x04);
        };
    }
}
