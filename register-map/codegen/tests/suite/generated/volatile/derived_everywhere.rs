//! Derived everywhere.
//!
//! Generated from `derived_everywhere.svd` by register-gen, as structures of volatile cells;
//! changes belong there.

/// `BASE`.
///
/// `BASE`, at `0x1000`.
pub mod base {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `BASE`.
    #[repr(C)]
    pub struct Base {
        /// Control.
        pub ctrl: RW<u32>,
        /// Control.
        pub ctrl2: RW<u32>,
        /// Control.
        pub ctrl3: RW<u32>,
        /// Own fields replace the others.
        pub own: RW<u32>,
        /// `GROUP`.
        pub group: group::Group,
        _reserved0: [u8; 0x0a],
        /// `GROUP2`.
        pub group2: group2::Group2,
        _reserved1: [u8; 0x0a],
        /// `GROUPS`.
        pub groups: [GroupsStep; 2],
        _reserved2: [u8; 0x30],
        /// `ARR`.
        pub arr: [RW<u32>; 4],
        /// `SINGLE`.
        pub single: RW<u32>,
        _reserved3: [u8; 0x0c],
        /// An array because its name says so.
        pub arr2: [RW<u32>; 4],
    }

    /// One `GROUPS` and the bytes up to the next.
    #[repr(C)]
    pub struct GroupsStep {
        /// `GROUPS`.
        pub value: groups::Groups,
        _reserved: [u8; 0x0a],
    }

    const _: () = {
        assert!(size_of::<Base>() == 0xb0);
        assert!(offset_of!(Base, ctrl) == 0x00);
        assert!(offset_of!(Base, ctrl2) == 0x04);
        assert!(offset_of!(Base, ctrl3) == 0x08);
        assert!(offset_of!(Base, own) == 0x0c);
        assert!(offset_of!(Base, group) == 0x10);
        assert!(offset_of!(Base, group2) == 0x20);
        assert!(offset_of!(Base, groups) == 0x30);
        assert!(offset_of!(Base, arr) == 0x80);
        assert!(offset_of!(Base, single) == 0x90);
        assert!(offset_of!(Base, arr2) == 0xa0);
        assert!(size_of::<GroupsStep>() == 0x10);
    };

    /// `GROUP`.
    pub mod group {
        use core::mem::offset_of;

        use volatile_register::{RO, WO};

        /// `GROUP`.
        #[repr(C)]
        pub struct Group {
            /// `A`.
            pub a: WO<u16>,
            /// `B`.
            pub b: RO<u16>,
            /// `INNER`.
            pub inner: inner::Inner,
        }

        const _: () = {
            assert!(size_of::<Group>() == 0x06);
            assert!(offset_of!(Group, a) == 0x00);
            assert!(offset_of!(Group, b) == 0x02);
            assert!(offset_of!(Group, inner) == 0x04);
        };

        /// `INNER`.
        pub mod inner {
            use core::mem::offset_of;

            use volatile_register::WO;

            /// `INNER`.
            #[repr(C)]
            pub struct Inner {
                /// `C`.
                pub c: WO<u16>,
            }

            const _: () = {
                assert!(size_of::<Inner>() == 0x02);
                assert!(offset_of!(Inner, c) == 0x00);
            };
        }
    }

    /// `GROUP2`.
    pub mod group2 {
        use core::mem::offset_of;

        use volatile_register::{RO, WO};

        /// `GROUP2`.
        #[repr(C)]
        pub struct Group2 {
            /// `A`.
            pub a: WO<u16>,
            /// `B`.
            pub b: RO<u16>,
            /// `INNER`.
            pub inner: inner::Inner,
        }

        const _: () = {
            assert!(size_of::<Group2>() == 0x06);
            assert!(offset_of!(Group2, a) == 0x00);
            assert!(offset_of!(Group2, b) == 0x02);
            assert!(offset_of!(Group2, inner) == 0x04);
        };

        /// `INNER`.
        pub mod inner {
            use core::mem::offset_of;

            use volatile_register::WO;

            /// `INNER`.
            #[repr(C)]
            pub struct Inner {
                /// `C`.
                pub c: WO<u16>,
            }

            const _: () = {
                assert!(size_of::<Inner>() == 0x02);
                assert!(offset_of!(Inner, c) == 0x00);
            };
        }
    }

    /// `GROUPS`.
    pub mod groups {
        use core::mem::offset_of;

        use volatile_register::{RO, RW};

        /// `GROUPS`.
        #[repr(C)]
        pub struct Groups {
            /// `A`.
            pub a: RW<u16>,
            /// `B`.
            pub b: RO<u16>,
            /// `INNER`.
            pub inner: inner::Inner,
        }

        const _: () = {
            assert!(size_of::<Groups>() == 0x06);
            assert!(offset_of!(Groups, a) == 0x00);
            assert!(offset_of!(Groups, b) == 0x02);
            assert!(offset_of!(Groups, inner) == 0x04);
        };

        /// `INNER`.
        pub mod inner {
            use core::mem::offset_of;

            use volatile_register::RW;

            /// `INNER`.
            #[repr(C)]
            pub struct Inner {
                /// `C`.
                pub c: RW<u16>,
            }

            const _: () = {
                assert!(size_of::<Inner>() == 0x02);
                assert!(offset_of!(Inner, c) == 0x00);
            };
        }
    }
}

/// `COPY`, at `0x2000`: the same registers as [`base`].
pub use base as copy;

/// The same registers, read only.
///
/// `READS`, at `0x3000`.
pub mod reads {
    use core::mem::offset_of;

    use volatile_register::{RO, RW};

    /// The same registers, read only.
    #[repr(C)]
    pub struct Reads {
        /// Control.
        pub ctrl: RO<u32>,
        /// Control.
        pub ctrl2: RW<u32>,
        /// Control.
        pub ctrl3: RW<u32>,
        /// Own fields replace the others.
        pub own: RW<u32>,
        /// `GROUP`.
        pub group: group::Group,
        _reserved0: [u8; 0x0a],
        /// `GROUP2`.
        pub group2: group2::Group2,
        _reserved1: [u8; 0x0a],
        /// `GROUPS`.
        pub groups: [GroupsStep; 2],
        _reserved2: [u8; 0x30],
        /// `ARR`.
        pub arr: [RO<u32>; 4],
        /// `SINGLE`.
        pub single: RW<u32>,
        _reserved3: [u8; 0x0c],
        /// An array because its name says so.
        pub arr2: [RW<u32>; 4],
    }

    /// One `GROUPS` and the bytes up to the next.
    #[repr(C)]
    pub struct GroupsStep {
        /// `GROUPS`.
        pub value: groups::Groups,
        _reserved: [u8; 0x0a],
    }

    const _: () = {
        assert!(size_of::<Reads>() == 0xb0);
        assert!(offset_of!(Reads, ctrl) == 0x00);
        assert!(offset_of!(Reads, ctrl2) == 0x04);
        assert!(offset_of!(Reads, ctrl3) == 0x08);
        assert!(offset_of!(Reads, own) == 0x0c);
        assert!(offset_of!(Reads, group) == 0x10);
        assert!(offset_of!(Reads, group2) == 0x20);
        assert!(offset_of!(Reads, groups) == 0x30);
        assert!(offset_of!(Reads, arr) == 0x80);
        assert!(offset_of!(Reads, single) == 0x90);
        assert!(offset_of!(Reads, arr2) == 0xa0);
        assert!(size_of::<GroupsStep>() == 0x10);
    };

    /// `GROUP`.
    pub mod group {
        use core::mem::offset_of;

        use volatile_register::{RO, WO};

        /// `GROUP`.
        #[repr(C)]
        pub struct Group {
            /// `A`.
            pub a: WO<u16>,
            /// `B`.
            pub b: RO<u16>,
            /// `INNER`.
            pub inner: inner::Inner,
        }

        const _: () = {
            assert!(size_of::<Group>() == 0x06);
            assert!(offset_of!(Group, a) == 0x00);
            assert!(offset_of!(Group, b) == 0x02);
            assert!(offset_of!(Group, inner) == 0x04);
        };

        /// `INNER`.
        pub mod inner {
            use core::mem::offset_of;

            use volatile_register::WO;

            /// `INNER`.
            #[repr(C)]
            pub struct Inner {
                /// `C`.
                pub c: WO<u16>,
            }

            const _: () = {
                assert!(size_of::<Inner>() == 0x02);
                assert!(offset_of!(Inner, c) == 0x00);
            };
        }
    }

    /// `GROUP2`.
    pub mod group2 {
        use core::mem::offset_of;

        use volatile_register::{RO, WO};

        /// `GROUP2`.
        #[repr(C)]
        pub struct Group2 {
            /// `A`.
            pub a: WO<u16>,
            /// `B`.
            pub b: RO<u16>,
            /// `INNER`.
            pub inner: inner::Inner,
        }

        const _: () = {
            assert!(size_of::<Group2>() == 0x06);
            assert!(offset_of!(Group2, a) == 0x00);
            assert!(offset_of!(Group2, b) == 0x02);
            assert!(offset_of!(Group2, inner) == 0x04);
        };

        /// `INNER`.
        pub mod inner {
            use core::mem::offset_of;

            use volatile_register::WO;

            /// `INNER`.
            #[repr(C)]
            pub struct Inner {
                /// `C`.
                pub c: WO<u16>,
            }

            const _: () = {
                assert!(size_of::<Inner>() == 0x02);
                assert!(offset_of!(Inner, c) == 0x00);
            };
        }
    }

    /// `GROUPS`.
    pub mod groups {
        use core::mem::offset_of;

        use volatile_register::{RO, RW};

        /// `GROUPS`.
        #[repr(C)]
        pub struct Groups {
            /// `A`.
            pub a: RW<u16>,
            /// `B`.
            pub b: RO<u16>,
            /// `INNER`.
            pub inner: inner::Inner,
        }

        const _: () = {
            assert!(size_of::<Groups>() == 0x06);
            assert!(offset_of!(Groups, a) == 0x00);
            assert!(offset_of!(Groups, b) == 0x02);
            assert!(offset_of!(Groups, inner) == 0x04);
        };

        /// `INNER`.
        pub mod inner {
            use core::mem::offset_of;

            use volatile_register::RW;

            /// `INNER`.
            #[repr(C)]
            pub struct Inner {
                /// `C`.
                pub c: RW<u16>,
            }

            const _: () = {
                assert!(size_of::<Inner>() == 0x02);
                assert!(offset_of!(Inner, c) == 0x00);
            };
        }
    }
}

/// `OTHER`.
///
/// `OTHER`, at `0x4000`.
pub mod other {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// `OTHER`.
    #[repr(C)]
    pub struct Other {
        /// Control.
        pub ctrl: RW<u32>,
        /// With the size and access of its origin.
        pub from_group: WO<u16>,
        _reserved0: [u8; 0x02],
        /// Control.
        pub from_copy: RW<u32>,
        _reserved1: [u8; 0x04],
        /// `INNER`.
        pub inner: inner::Inner,
        _reserved2: [u8; 0x0e],
        /// Read-only, as the device says.
        pub plain: RO<u32>,
        /// `ORPHAN`.
        pub orphan: RO<u32>,
        /// `LOOP_A`.
        pub loop_a: RO<u32>,
        /// `LOOP_B`.
        pub loop_b: RO<u32>,
        /// `SELF`.
        pub self_: RO<u32>,
    }

    const _: () = {
        assert!(size_of::<Other>() == 0x34);
        assert!(offset_of!(Other, ctrl) == 0x00);
        assert!(offset_of!(Other, from_group) == 0x04);
        assert!(offset_of!(Other, from_copy) == 0x08);
        assert!(offset_of!(Other, inner) == 0x10);
        assert!(offset_of!(Other, plain) == 0x20);
        assert!(offset_of!(Other, orphan) == 0x24);
        assert!(offset_of!(Other, loop_a) == 0x28);
        assert!(offset_of!(Other, loop_b) == 0x2c);
        assert!(offset_of!(Other, self_) == 0x30);
    };

    /// `INNER`.
    pub mod inner {
        use core::mem::offset_of;

        use volatile_register::WO;

        /// `INNER`.
        #[repr(C)]
        pub struct Inner {
            /// `C`.
            pub c: WO<u16>,
        }

        const _: () = {
            assert!(size_of::<Inner>() == 0x02);
            assert!(offset_of!(Inner, c) == 0x00);
        };
    }
}
