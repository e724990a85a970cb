//! Values and constraints.
//!
//! Generated from `values_and_constraints.svd` by register-gen, as structures of volatile cells;
//! changes belong there.

/// `SCU`.
///
/// `SCU`, at `0x5000_4000`.
pub mod scu {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `SCU`.
    #[repr(C)]
    pub struct Scu {
        /// `CLK`.
        ///
        /// Only what was read may be written.
        pub clk: RW<u32>,
        /// `OTHER`.
        pub other: RW<u32>,
        /// `WORD`.
        ///
        /// Takes 0 to 18446744073709551615.
        pub word: RW<u64>,
        /// `EMPTY`.
        pub empty: RW<u32>,
        /// `BACKWARDS`.
        pub backwards: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Scu>() == 0x18);
        assert!(offset_of!(Scu, clk) == 0x00);
        assert!(offset_of!(Scu, other) == 0x04);
        assert!(offset_of!(Scu, word) == 0x08);
        assert!(offset_of!(Scu, empty) == 0x10);
        assert!(offset_of!(Scu, backwards) == 0x14);
    };
}
