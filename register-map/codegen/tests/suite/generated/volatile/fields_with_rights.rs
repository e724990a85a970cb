//! 32-bit RISC-V MCU.
//!
//! Generated from `fields_with_rights.svd` by register-gen, as structures of volatile cells;
//! changes belong there.

/// `APB_CTRL`.
///
/// `APB_CTRL`, at `0x6002_6000`.
pub mod apb_ctrl {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// `APB_CTRL`.
    #[repr(C)]
    pub struct ApbCtrl {
        /// Raw interrupts \[read-only\], see \<`INT_ST`\>.
        pub int_raw: RO<u32>,
        /// `INT_CLR`.
        pub int_clr: WO<u32>,
        /// `CONF`.
        ///
        /// Its fields are written in different ways: `EN` plainly, `RST` plainly, `OVF` one to
        /// clear. A read clears it. A one clears its bit, so `modify` clears what it reads.
        pub conf: RW<u32>,
        /// `ANY`.
        ///
        /// Any write clears it.
        pub any: RW<u32>,
        /// A plain field beside one that any write sets.
        ///
        /// Its fields are written in different ways: `LATCH` any to set, `LEVEL` plainly.
        pub mixed: RW<u32>,
        /// `TOGGLE`.
        ///
        /// A one turns its bit over: do not `modify` it.
        pub toggle: RW<u32>,
        /// `SETTER`.
        ///
        /// A one sets its bit.
        pub setter: RW<u32>,
        /// `LOWSET`.
        ///
        /// A zero sets its bit, so `modify` sets what it reads as 0.
        pub lowset: RW<u32>,
        /// `LOWTOGGLE`.
        ///
        /// A zero turns its bit over: do not `modify` it.
        pub lowtoggle: WO<u32>,
        /// `ALLSET`.
        ///
        /// Any write sets it.
        pub allset: RW<u32>,
        /// Read-only, but a field says otherwise.
        pub odd: RW<u32>,
        _reserved0: [u8; 0x14],
        /// Configuration of channel %s.
        pub ch_conf: [RW<u32>; 8],
        _reserved1: [u8; 0x40],
        /// `DATE`.
        pub date: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<ApbCtrl>() == 0xa4);
        assert!(offset_of!(ApbCtrl, int_raw) == 0x00);
        assert!(offset_of!(ApbCtrl, int_clr) == 0x04);
        assert!(offset_of!(ApbCtrl, conf) == 0x08);
        assert!(offset_of!(ApbCtrl, any) == 0x0c);
        assert!(offset_of!(ApbCtrl, mixed) == 0x10);
        assert!(offset_of!(ApbCtrl, toggle) == 0x14);
        assert!(offset_of!(ApbCtrl, setter) == 0x18);
        assert!(offset_of!(ApbCtrl, lowset) == 0x1c);
        assert!(offset_of!(ApbCtrl, lowtoggle) == 0x20);
        assert!(offset_of!(ApbCtrl, allset) == 0x24);
        assert!(offset_of!(ApbCtrl, odd) == 0x28);
        assert!(offset_of!(ApbCtrl, ch_conf) == 0x40);
        assert!(offset_of!(ApbCtrl, date) == 0xa0);
    };
}
