//! Names to trip over: 'ticks', \[links\], \<tags\>, \*stars\* and a \\backslash.
//!
//! Generated from `hard_names.svd` by register-gen, as structures of volatile cells; changes belong
//! there.

use core::mem::offset_of;

use volatile_register::RW;

/// 1\. A peripheral named as the trait.
#[repr(C)]
pub struct BlockBlock {
    /// `Def`.
    pub def: RW<u32>,
    /// `Block`.
    pub block: RW<u32>,
    /// `self`.
    pub self_: RW<u32>,
    /// `1WIRE`.
    pub _1wire: RW<u32>,
    /// `SYS.CTRL`.
    ///
    /// In the description: `SYS.CTRL`.
    pub sys_ctrl: RW<u32>,
    /// Another name that becomes the same.
    ///
    /// In the description: `SYS/CTRL`.
    pub sys_ctrl_2: RW<u32>,
    /// `SYS CTRL`.
    ///
    /// In the description: `SYS CTRL`.
    pub sys_ctrl_3: RW<u32>,
    /// `VALUES`.
    pub values: RW<u32>,
    _reserved0: [u8; 0x20],
    /// `super`.
    pub super_: super_::Super,
    _reserved1: [u8; 0x0c],
    /// `read`.
    pub read: read_2::Read,
}

const _: () = {
    assert!(size_of::<BlockBlock>() == 0x54);
    assert!(offset_of!(BlockBlock, def) == 0x00);
    assert!(offset_of!(BlockBlock, block) == 0x04);
    assert!(offset_of!(BlockBlock, self_) == 0x08);
    assert!(offset_of!(BlockBlock, _1wire) == 0x0c);
    assert!(offset_of!(BlockBlock, sys_ctrl) == 0x10);
    assert!(offset_of!(BlockBlock, sys_ctrl_2) == 0x14);
    assert!(offset_of!(BlockBlock, sys_ctrl_3) == 0x18);
    assert!(offset_of!(BlockBlock, values) == 0x1c);
    assert!(offset_of!(BlockBlock, super_) == 0x40);
    assert!(offset_of!(BlockBlock, read) == 0x50);
};

/// `super`.
pub mod super_ {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `super`.
    #[repr(C)]
    pub struct Super {
        /// `crate`.
        pub crate_: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Super>() == 0x04);
        assert!(offset_of!(Super, crate_) == 0x00);
    };
}

/// `read`.
pub mod read_2 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `read`.
    #[repr(C)]
    pub struct Read {
        /// `write`.
        pub write: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Read>() == 0x04);
        assert!(offset_of!(Read, write) == 0x00);
    };
}

/// `u32`.
///
/// `u32`, at `0x1000`.
pub mod u32_2 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `u32`.
    #[repr(C)]
    pub struct U32 {
        /// `usize`.
        pub usize: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<U32>() == 0x04);
        assert!(offset_of!(U32, usize) == 0x00);
    };
}

/// `core`.
///
/// `core`, at `0x2000`.
pub mod core_2 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `core`.
    #[repr(C)]
    pub struct Core {
        /// `Core`.
        pub core: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Core>() == 0x04);
        assert!(offset_of!(Core, core) == 0x00);
    };
}

/// `register_map`.
///
/// `register_map`, at `0x3000`.
pub mod register_map_2 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `register_map`.
    #[repr(C)]
    pub struct RegisterMap {
        /// `rights`.
        pub rights: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<RegisterMap>() == 0x04);
        assert!(offset_of!(RegisterMap, rights) == 0x00);
    };
}

/// One letter, as its register.
///
/// `X`, at `0x4000`.
pub mod x {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// One letter, as its register.
    #[repr(C)]
    pub struct XBlock {
        /// `X`.
        pub x: RW<u32>,
        /// `x`.
        pub x_2: x_2::XBlock,
    }

    const _: () = {
        assert!(size_of::<XBlock>() == 0x08);
        assert!(offset_of!(XBlock, x) == 0x00);
        assert!(offset_of!(XBlock, x_2) == 0x04);
    };

    /// `x`.
    pub mod x_2 {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// `x`.
        #[repr(C)]
        pub struct XBlock {
            /// `X`.
            pub x: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<XBlock>() == 0x04);
            assert!(offset_of!(XBlock, x) == 0x00);
        };
    }
}

/// `match`.
///
/// `match`, at `0x5000`.
pub mod match_ {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `match`.
    #[repr(C)]
    pub struct Match {
        /// `loop`.
        pub loop_: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Match>() == 0x04);
        assert!(offset_of!(Match, loop_) == 0x00);
    };
}

/// `Def`.
///
/// `Def`, at `0x6000`.
pub mod def {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `Def`.
    #[repr(C)]
    pub struct DefBlock {
        /// `DEVICE`.
        ///
        /// In the description: `DEVICE`.
        pub device_2: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<DefBlock>() == 0x04);
        assert!(offset_of!(DefBlock, device_2) == 0x00);
    };
}

/// `ReadWrite`.
///
/// `ReadWrite`, at `0x7000`.
pub mod read_write {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// `ReadWrite`.
    #[repr(C)]
    pub struct ReadWriteBlock {
        /// `ReadOnly`.
        pub read_only: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<ReadWriteBlock>() == 0x04);
        assert!(offset_of!(ReadWriteBlock, read_only) == 0x00);
    };
}
