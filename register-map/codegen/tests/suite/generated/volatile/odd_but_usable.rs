//! Odd but usable.
//!
//! Generated from `odd_but_usable.svd` by register-gen, as structures of volatile cells; changes
//! belong there.

/// `A`.
///
/// `A`, at `0x1000`.
pub mod a {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `A`.
    #[repr(C)]
    pub struct A {
        /// `NO_SIZE`.
        pub no_size: RW<u32>,
        /// `TWENTY_FOUR`.
        pub twenty_four: RW<u32>,
        /// `ONE_BIT`.
        pub one_bit: RW<u8>,
        _reserved0: [u8; 0x07],
        /// `TWICE`.
        pub twice: RW<u32>,
        /// `TWICE`.
        ///
        /// In the description: `TWICE`.
        pub twice_2: RW<u32>,
        /// `STRAY`.
        pub stray: RW<u32>,
        /// `BAD_ACCESS`.
        pub bad_access: RW<u32>,
        /// `BAD_ACTIONS`.
        ///
        /// A read changes it. A one clears its bit, so `modify` clears what it reads.
        pub bad_actions: RW<u32>,
        /// `LARGE_RESET`.
        pub large_reset: RW<u8>,
        _reserved1: [u8; 0x03],
        /// `FIELDS`.
        pub fields: RW<u32>,
        _reserved2: [u8; 0x34],
    }

    const _: () = {
        assert!(size_of::<A>() == 0x60);
        assert!(offset_of!(A, no_size) == 0x00);
        assert!(offset_of!(A, twenty_four) == 0x04);
        assert!(offset_of!(A, one_bit) == 0x08);
        assert!(offset_of!(A, twice) == 0x10);
        assert!(offset_of!(A, twice_2) == 0x14);
        assert!(offset_of!(A, stray) == 0x18);
        assert!(offset_of!(A, bad_access) == 0x1c);
        assert!(offset_of!(A, bad_actions) == 0x20);
        assert!(offset_of!(A, large_reset) == 0x24);
        assert!(offset_of!(A, fields) == 0x28);
    };

    /// `EMPTY`.
    pub mod empty {
        /// `EMPTY`.
        #[repr(C)]
        pub struct Empty {}

        const _: () = {
            assert!(size_of::<Empty>() == 0x00);
        };
    }
}

/// `A`.
///
/// `A`, at `0x2000`.
pub mod a_2 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `A`.
    #[repr(C)]
    pub struct A {
        /// `R`.
        pub r: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<A>() == 0x04);
        assert!(offset_of!(A, r) == 0x00);
    };
}

/// `EMPTY`.
///
/// `EMPTY`, at `0x3000`.
pub mod empty {
    /// `EMPTY`.
    #[repr(C)]
    pub struct Empty {}

    const _: () = {
        assert!(size_of::<Empty>() == 0x00);
    };
}
