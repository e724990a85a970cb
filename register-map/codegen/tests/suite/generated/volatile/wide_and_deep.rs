//! Interrupts of a 64-bit core.
//!
//! Generated from `wide_and_deep.svd` by register-gen, as structures of volatile cells; changes
//! belong there.

/// Core-local interruptor.
///
/// `riscv_clint0_0`, at `0x0200_0000`.
pub mod riscv_clint0_0 {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// Core-local interruptor.
    #[repr(C)]
    pub struct RiscvClint0_0 {
        /// MSIP register for hart %s.
        pub msip: [RW<u32>; 5],
        _reserved0: [u8; 0x3fec],
        /// MTIMECMP register for hart %s.
        pub mtimecmp: [RW<u64>; 5],
        _reserved1: [u8; 0x7fd0],
        /// MTIME register.
        pub mtime: RW<u64>,
        _reserved2: [u8; 0x4000],
    }

    const _: () = {
        assert!(size_of::<RiscvClint0_0>() == 0x0001_0000);
        assert!(offset_of!(RiscvClint0_0, msip) == 0x00);
        assert!(offset_of!(RiscvClint0_0, mtimecmp) == 0x4000);
        assert!(offset_of!(RiscvClint0_0, mtime) == 0xbff8);
    };
}

/// Platform-level interrupt controller.
///
/// `plic`, at `0x0c00_0000`.
pub mod plic {
    use core::mem::offset_of;

    use volatile_register::{RO, RW};

    /// Platform-level interrupt controller.
    #[repr(C)]
    pub struct Plic {
        _reserved0: [u8; 0x04],
        /// Priority of interrupt id %s.
        pub priority: [RW<u32>; 53],
        _reserved1: [u8; 0xf28],
        /// `pending`.
        pub pending: [RO<u32>; 2],
        _reserved2: [u8; 0xff8],
        /// Enables of target %s.
        pub target: [TargetStep; 9],
        _reserved3: [u8; 0x001f_db80],
        /// `context`.
        pub context: [ContextStep; 9],
        _reserved4: [u8; 0x03df_7000],
    }

    /// One `target` and the bytes up to the next.
    #[repr(C)]
    pub struct TargetStep {
        /// Enables of target %s.
        pub value: target::Target,
        _reserved: [u8; 0x78],
    }

    /// One `context` and the bytes up to the next.
    #[repr(C)]
    pub struct ContextStep {
        /// `context`.
        pub value: context::Context,
        _reserved: [u8; 0xff8],
    }

    const _: () = {
        assert!(size_of::<Plic>() == 0x0400_0000);
        assert!(offset_of!(Plic, priority) == 0x04);
        assert!(offset_of!(Plic, pending) == 0x1000);
        assert!(offset_of!(Plic, target) == 0x2000);
        assert!(offset_of!(Plic, context) == 0x0020_0000);
        assert!(size_of::<TargetStep>() == 0x80);
        assert!(size_of::<ContextStep>() == 0x1000);
    };

    /// Enables of target %s.
    pub mod target {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// Enables of target %s.
        #[repr(C)]
        pub struct Target {
            /// `enables`.
            pub enables: [RW<u32>; 2],
        }

        const _: () = {
            assert!(size_of::<Target>() == 0x08);
            assert!(offset_of!(Target, enables) == 0x00);
        };
    }

    /// `context`.
    pub mod context {
        use core::mem::offset_of;

        use volatile_register::RW;

        /// `context`.
        #[repr(C)]
        pub struct Context {
            /// `threshold`.
            pub threshold: RW<u32>,
            /// Claim by reading, complete by writing.
            ///
            /// A read changes something else.
            pub claimcomplete: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<Context>() == 0x08);
            assert!(offset_of!(Context, threshold) == 0x00);
            assert!(offset_of!(Context, claimcomplete) == 0x04);
        };
    }
}

/// Clusters within clusters within clusters.
///
/// `nest`, at `0x0300_0000`.
pub mod nest {
    use core::mem::offset_of;

    /// Clusters within clusters within clusters.
    #[repr(C)]
    pub struct Nest {
        _reserved0: [u8; 0x10],
        /// `a`.
        pub a: ASteps,
    }

    /// One `a` and the bytes up to the next.
    #[repr(C)]
    pub struct AStep {
        /// `a`.
        pub value: a::A,
        _reserved: [u8; 0x80],
    }

    /// All 2 of `a`; other registers lie between them.
    #[repr(C)]
    pub struct ASteps {
        /// All but the last.
        pub most: [AStep; 1],
        /// The last.
        pub last: a::A,
    }

    impl ASteps {
        /// The one of an index; `None` if there are not so many.
        #[must_use]
        pub fn get(&self, index: usize) -> Option<&a::A> {
            match self.most.get(index) {
                Some(step) => Some(&step.value),
                None => (index == self.most.len()).then_some(&self.last),
            }
        }
    }

    const _: () = {
        assert!(size_of::<Nest>() == 0x190);
        assert!(offset_of!(Nest, a) == 0x10);
        assert!(size_of::<AStep>() == 0x100);
        assert!(size_of::<ASteps>() == 0x180);
    };

    /// `a`.
    pub mod a {
        use core::mem::offset_of;

        /// `a`.
        #[repr(C)]
        pub struct A {
            _reserved0: [u8; 0x20],
            /// `b`.
            pub b: [b::B; 3],
        }

        const _: () = {
            assert!(size_of::<A>() == 0x80);
            assert!(offset_of!(A, b) == 0x20);
        };

        /// `b`.
        pub mod b {
            use core::mem::offset_of;

            /// `b`.
            #[repr(C)]
            pub struct B {
                _reserved0: [u8; 0x08],
                /// `c`.
                pub c: c::C,
            }

            const _: () = {
                assert!(size_of::<B>() == 0x20);
                assert!(offset_of!(B, c) == 0x08);
            };

            /// `c`.
            pub mod c {
                use core::mem::offset_of;

                use volatile_register::RW;

                /// `c`.
                #[repr(C)]
                pub struct C {
                    /// `d`.
                    pub d: [RW<u64>; 2],
                    /// `e`.
                    pub e: RW<u16>,
                    _reserved0: [u8; 0x06],
                }

                const _: () = {
                    assert!(size_of::<C>() == 0x18);
                    assert!(offset_of!(C, d) == 0x00);
                    assert!(offset_of!(C, e) == 0x10);
                };
            }
        }
    }
}
