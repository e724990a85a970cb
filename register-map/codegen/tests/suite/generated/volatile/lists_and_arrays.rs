//! Lists and arrays.
//!
//! Generated from `lists_and_arrays.svd` by register-gen, as structures of volatile cells; changes
//! belong there.

/// `SCI0`.
///
/// `SCI0`, at `0x4007_0000`.
pub mod sci0 {
    use core::mem::{ManuallyDrop, offset_of};

    use volatile_register::{RO, RW, WO};

    /// `SCI0`.
    ///
    /// `WOVEN` is left out: its elements interleave, which a structure cannot say.
    #[repr(C)]
    pub struct Sci0 {
        /// The same place in 2 ways: RBR, THR.
        pub rbr_views: RbrViews,
        /// The same place in 2 ways: IIR, FCR.
        pub iir_views: IirViews,
        /// The same place in 2 ways: LCR, `LCR_MIRROR`.
        pub lcr_views: LcrViews,
        _reserved0: [u8; 0x01],
        /// Timer `I/O` control A.
        pub tiora: RW<u16>,
        _reserved1: [u8; 0x02],
        /// Timer `I/O` control B.
        pub tiorb: RW<u16>,
        _reserved2: [u8; 0x02],
        /// Timer `I/O` control C.
        pub tiorc: RW<u16>,
        _reserved3: [u8; 0x02],
        /// Timer `I/O` control D.
        pub tiord: RW<u16>,
        _reserved4: [u8; 0x0e],
        /// `AXIS_x_OUT`.
        pub axis_x_out: RW<u16>,
        /// `AXIS_y_OUT`.
        pub axis_y_out: RW<u16>,
        /// `AXIS_z_OUT`.
        pub axis_z_out: RW<u16>,
        _reserved5: [u8; 0x1a],
        /// The same place in 2 ways: EVEN, ODD.
        pub even_views: EvenViews,
        /// `LATE`.
        pub late: [RW<u8>; 3],
        _reserved6: [u8; 0x01],
        /// `NUM5`.
        pub num5: RW<u8>,
        /// `NUM6`.
        pub num6: RW<u8>,
        /// `NUM7`.
        pub num7: RW<u8>,
        _reserved7: [u8; 0x01],
        /// `ONE`.
        pub one: [RW<u8>; 1],
        /// An array without a placeholder.
        pub plain: [RW<u8>; 2],
        _reserved8: [u8; 0x01],
        /// `MISCOUNT`.
        pub miscount: [RW<u8>; 2],
        _reserved9: [u8; 0x02],
        /// `element`.
        pub element: [RW<u8>; 4],
        /// `NAMED`.
        pub named: [RW<u8>; 2],
        _reserved10: [u8; 0x0a],
        /// The RX queue.
        pub fifo_rx: fifo::Fifo,
        _reserved11: [u8; 0x08],
        /// The TX queue.
        pub fifo_tx: fifo::Fifo,
        _reserved12: [u8; 0x168],
        /// The same place in 2 ways: `MODE_B`, `MODE_A`.
        pub mode_b_views: ModeBViews,
        _reserved13: [u8; 0x02],
    }

    /// Registers that share their place. To use one is `unsafe`: the caller knows that the device
    /// takes this access now.
    #[repr(C)]
    pub union RbrViews {
        /// Receive buffer.
        ///
        /// A read changes it.
        pub rbr: ManuallyDrop<RO<u8>>,
        /// Transmit holding.
        pub thr: ManuallyDrop<WO<u8>>,
    }

    /// Registers that share their place. To use one is `unsafe`: the caller knows that the device
    /// takes this access now.
    #[repr(C)]
    pub union IirViews {
        /// `IIR`.
        pub iir: ManuallyDrop<RO<u8>>,
        /// Shares its place with IIR, which nobody says.
        pub fcr: ManuallyDrop<WO<u8>>,
    }

    /// Registers that share their place. To use one is `unsafe`: the caller knows that the device
    /// takes this access now.
    #[repr(C)]
    pub union LcrViews {
        /// `LCR`.
        pub lcr: ManuallyDrop<RW<u8>>,
        /// Overlaps without a word.
        pub lcr_mirror: ManuallyDrop<RW<u8>>,
    }

    /// One `EVEN` and the bytes up to the next.
    #[repr(C)]
    pub struct EvenStep {
        /// Every other word.
        pub value: RW<u32>,
        _reserved: [u8; 0x04],
    }

    /// All 4 of `EVEN`; other registers lie between them.
    #[repr(C)]
    pub struct EvenSteps {
        /// All but the last.
        pub most: [EvenStep; 3],
        /// The last.
        pub last: RW<u32>,
    }

    impl EvenSteps {
        /// The one of an index; `None` if there are not so many.
        #[must_use]
        pub fn get(&self, index: usize) -> Option<&RW<u32>> {
            match self.most.get(index) {
                Some(step) => Some(&step.value),
                None => (index == self.most.len()).then_some(&self.last),
            }
        }
    }

    /// One `ODD` and the bytes up to the next.
    #[repr(C)]
    pub struct OddStep {
        /// The words between.
        pub value: RW<u32>,
        _reserved: [u8; 0x04],
    }

    /// All 4 of `ODD`; other registers lie between them.
    #[repr(C)]
    pub struct OddSteps {
        /// All but the last.
        pub most: [OddStep; 3],
        /// The last.
        pub last: RW<u32>,
    }

    impl OddSteps {
        /// The one of an index; `None` if there are not so many.
        #[must_use]
        pub fn get(&self, index: usize) -> Option<&RW<u32>> {
            match self.most.get(index) {
                Some(step) => Some(&step.value),
                None => (index == self.most.len()).then_some(&self.last),
            }
        }
    }

    /// `ODD`, behind the bytes that come before it.
    #[repr(C)]
    pub struct OddView {
        _reserved: [u8; 0x04],
        /// The words between.
        pub value: OddSteps,
    }

    /// Registers that share their place. To use one is `unsafe`: the caller knows that the device
    /// takes this access now.
    #[repr(C)]
    pub union EvenViews {
        /// Every other word.
        pub even: ManuallyDrop<EvenSteps>,
        /// The words between.
        pub odd: ManuallyDrop<OddView>,
    }

    /// Registers that share their place. To use one is `unsafe`: the caller knows that the device
    /// takes this access now.
    #[repr(C)]
    pub union ModeBViews {
        /// and in another.
        pub mode_b: ManuallyDrop<mode_b::ModeB>,
        /// The same place seen in one mode.
        pub mode_a: ManuallyDrop<mode_a::ModeA>,
    }

    const _: () = {
        assert!(size_of::<Sci0>() == 0x204);
        assert!(offset_of!(Sci0, rbr_views) == 0x00);
        assert!(offset_of!(Sci0, iir_views) == 0x01);
        assert!(offset_of!(Sci0, lcr_views) == 0x02);
        assert!(offset_of!(Sci0, tiora) == 0x04);
        assert!(offset_of!(Sci0, tiorb) == 0x08);
        assert!(offset_of!(Sci0, tiorc) == 0x0c);
        assert!(offset_of!(Sci0, tiord) == 0x10);
        assert!(offset_of!(Sci0, axis_x_out) == 0x20);
        assert!(offset_of!(Sci0, axis_y_out) == 0x22);
        assert!(offset_of!(Sci0, axis_z_out) == 0x24);
        assert!(offset_of!(Sci0, even_views) == 0x40);
        assert!(offset_of!(Sci0, late) == 0x60);
        assert!(offset_of!(Sci0, num5) == 0x64);
        assert!(offset_of!(Sci0, num6) == 0x65);
        assert!(offset_of!(Sci0, num7) == 0x66);
        assert!(offset_of!(Sci0, one) == 0x68);
        assert!(offset_of!(Sci0, plain) == 0x69);
        assert!(offset_of!(Sci0, miscount) == 0x6c);
        assert!(offset_of!(Sci0, element) == 0x70);
        assert!(offset_of!(Sci0, named) == 0x74);
        assert!(offset_of!(Sci0, fifo_rx) == 0x80);
        assert!(offset_of!(Sci0, fifo_tx) == 0x90);
        assert!(offset_of!(Sci0, mode_b_views) == 0x200);
        assert!(size_of::<RbrViews>() == 0x01);
        assert!(size_of::<IirViews>() == 0x01);
        assert!(size_of::<LcrViews>() == 0x01);
        assert!(size_of::<EvenStep>() == 0x08);
        assert!(size_of::<EvenSteps>() == 0x1c);
        assert!(size_of::<OddStep>() == 0x08);
        assert!(size_of::<OddSteps>() == 0x1c);
        assert!(offset_of!(OddView, value) == 0x04);
        assert!(size_of::<EvenViews>() == 0x20);
        assert!(size_of::<ModeBViews>() == 0x02);
    };

    /// The RX queue.
    pub mod fifo {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// The RX queue.
        #[repr(C)]
        pub struct Fifo {
            /// `LEVEL`.
            pub level: RW<u8>,
            _reserved0: [u8; 0x03],
            /// `DATA`.
            pub data: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<Fifo>() == 0x08);
            assert!(offset_of!(Fifo, level) == 0x00);
            assert!(offset_of!(Fifo, data) == 0x04);
        };
    }

    /// Groups that reach into one another.
    pub mod woven {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// Groups that reach into one another.
        #[repr(C)]
        pub struct Woven {
            /// `LOW`.
            pub low: RW<u32>,
            _reserved0: [u8; 0x3c],
            /// `HIGH`.
            pub high: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<Woven>() == 0x44);
            assert!(offset_of!(Woven, low) == 0x00);
            assert!(offset_of!(Woven, high) == 0x40);
        };
    }

    /// The same place seen in one mode.
    pub mod mode_a {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// The same place seen in one mode.
        #[repr(C)]
        pub struct ModeA {
            /// `CTRL`.
            pub ctrl: RW<u8>,
        }

        const _: () = {
            assert!(size_of::<ModeA>() == 0x01);
            assert!(offset_of!(ModeA, ctrl) == 0x00);
        };
    }

    /// and in another.
    pub mod mode_b {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// and in another.
        #[repr(C)]
        pub struct ModeB {
            /// `CTRL`.
            pub ctrl: RW<u16>,
        }

        const _: () = {
            assert!(size_of::<ModeB>() == 0x02);
            assert!(offset_of!(ModeB, ctrl) == 0x00);
        };
    }
}

/// Port 0.
///
/// `PORT0`, at `0x4008_0000`.
pub mod port0 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// Port 0.
    #[repr(C)]
    pub struct Port0 {
        /// `PDR`.
        pub pdr: RW<u8>,
    }

    const _: () = {
        assert!(size_of::<Port0>() == 0x01);
        assert!(offset_of!(Port0, pdr) == 0x00);
    };
}

/// `PORT1`, at `0x4008_0100`: the same registers as [`port0`].
pub use port0 as port1;

/// `PORT2`, at `0x4008_0200`: the same registers as [`port0`].
pub use port0 as port2;

/// `TIMER0`.
///
/// `TIMER0`, at `0x4009_0000`.
pub mod timer0 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `TIMER0`.
    #[repr(C)]
    pub struct Timer0 {
        /// `CNT`.
        pub cnt: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Timer0>() == 0x04);
        assert!(offset_of!(Timer0, cnt) == 0x00);
    };
}

/// `TIMER1`, at `0x4009_1000`: the same registers as [`timer0`].
pub use timer0 as timer1;
