//! PORTS407.
//!
//! Generated from `derived_ports.svd` by register-gen, as structures of volatile cells; changes
//! belong there.

/// General-purpose `I/Os`.
///
/// `GPIOA`, at `0x4002_0000`.
pub mod gpioa {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// General-purpose `I/Os`.
    #[repr(C)]
    pub struct Gpioa {
        /// GPIO port mode register.
        pub moder: RW<u32>,
        _reserved0: [u8; 0x0c],
        /// GPIO port input data register.
        pub idr: RO<u32>,
        _reserved1: [u8; 0x04],
        /// Bit `set/reset` register.
        pub bsrr: WO<u32>,
        /// `LCKR`.
        pub lckr: RW<u32>,
        _reserved2: [u8; 0x3e0],
    }

    const _: () = {
        assert!(size_of::<Gpioa>() == 0x400);
        assert!(offset_of!(Gpioa, moder) == 0x00);
        assert!(offset_of!(Gpioa, idr) == 0x10);
        assert!(offset_of!(Gpioa, bsrr) == 0x18);
        assert!(offset_of!(Gpioa, lckr) == 0x1c);
    };
}

/// `GPIOB`, at `0x4002_0400`: the same registers as [`gpioa`].
pub use gpioa as gpiob;

/// `GPIOC`, at `0x4002_0800`: the same registers as [`gpioa`].
pub use gpioa as gpioc;

/// General purpose timer.
///
/// `TIM2`, at `0x4000_0000`.
pub mod tim2 {
    use core::mem::{ManuallyDrop, offset_of};

    use volatile_register::RW;

    /// General purpose timer.
    #[repr(C)]
    pub struct Tim2 {
        _reserved0: [u8; 0x10],
        /// status register.
        ///
        /// A zero clears its bit.
        pub sr: RW<u32>,
        _reserved1: [u8; 0x04],
        /// The same place in 2 ways: `CCMR1_Output`, `CCMR1_Input`.
        pub ccmr1_output_views: Ccmr1OutputViews,
        _reserved2: [u8; 0x18],
        /// `capture/compare` register 1.
        pub ccr1: RW<u32>,
        /// `capture/compare` register 2.
        pub ccr2: RW<u32>,
        /// `capture/compare` register 3.
        pub ccr3: RW<u32>,
        /// `capture/compare` register 4.
        pub ccr4: RW<u32>,
        _reserved3: [u8; 0x3bc],
    }

    /// Registers that share their place. To use one is `unsafe`: the caller knows that the device
    /// takes this access now.
    #[repr(C)]
    pub union Ccmr1OutputViews {
        /// `capture/compare` mode register 1 (output mode).
        pub ccmr1_output: ManuallyDrop<RW<u32>>,
        /// `capture/compare` mode register 1 (input mode).
        pub ccmr1_input: ManuallyDrop<RW<u32>>,
    }

    const _: () = {
        assert!(size_of::<Tim2>() == 0x400);
        assert!(offset_of!(Tim2, sr) == 0x10);
        assert!(offset_of!(Tim2, ccmr1_output_views) == 0x18);
        assert!(offset_of!(Tim2, ccr1) == 0x34);
        assert!(offset_of!(Tim2, ccr2) == 0x38);
        assert!(offset_of!(Tim2, ccr3) == 0x3c);
        assert!(offset_of!(Tim2, ccr4) == 0x40);
        assert!(size_of::<Ccmr1OutputViews>() == 0x04);
    };
}

/// General purpose timer.
///
/// `TIM3`, at `0x4000_0400`.
pub mod tim3 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// General purpose timer.
    #[repr(C)]
    pub struct Tim3 {
        _reserved0: [u8; 0x50],
        /// An option register that replaces the others.
        pub or_: RW<u32>,
        _reserved1: [u8; 0x3ac],
    }

    const _: () = {
        assert!(size_of::<Tim3>() == 0x400);
        assert!(offset_of!(Tim3, or_) == 0x50);
    };
}
