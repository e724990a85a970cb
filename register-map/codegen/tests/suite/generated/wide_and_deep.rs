//! Interrupts of a 64-bit core.
//!
//! Generated from `wide_and_deep.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "fu540", doc: "Interrupts of a 64-bit core",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x0001_0000, block: riscv_clint0_0::RiscvClint0_0::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0x0400_0000, block: plic::Plic::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0x190, block: nest::Nest::DESCRIPTION },
    ],
    memory: &[],
};

/// Core-local interruptor.
pub mod riscv_clint0_0 {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Array, Block, Def, register_bitfields};

    /// Core-local interruptor.
    ///
    /// `riscv_clint0_0`, at `0x0200_0000`.
    #[derive(Debug)]
    pub struct RiscvClint0_0(());

    impl Block for RiscvClint0_0 {
        const NAME: &'static str = "riscv_clint0_0";
        const SIZE: usize = 0x0001_0000;
        const ALIGNMENT: usize = 8;
    }

    /// MSIP register for hart %s.
    pub const MSIP: Array<RiscvClint0_0, u32, ReadWrite, (), 0x00, 0x04, 5> =
        Array::new(&RiscvClint0_0(()));

    /// MTIMECMP register for hart %s.
    pub const MTIMECMP: Array<RiscvClint0_0, u64, ReadWrite, (), 0x4000, 0x08, 5> =
        Array::new(&RiscvClint0_0(()));

    /// MTIME register.
    pub const MTIME: Def<RiscvClint0_0, u64, ReadWrite, MTIME::Register, 0xbff8> =
        Def::new(&RiscvClint0_0(()));

    register_bitfields! { u64,
        /// Fields of [`MTIME`](const@MTIME).
        pub MTIME [
            /// `all`.
            ALL OFFSET(0) NUMBITS(64),
        ],
    }

    #[rustfmt::skip]
    impl Described for RiscvClint0_0 {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "riscv_clint0_0", doc: "Core-local interruptor",
            size: 0x0001_0000, alignment: 8,
            registers: &[
                RegisterDescription { name: "msip", doc: "MSIP register for hart %s", offset: 0x00, width_bits: 32, length: 5, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "mtimecmp", doc: "MTIMECMP register for hart %s", offset: 0x4000, width_bits: 64, length: 5, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[] },
                RegisterDescription { name: "mtime", doc: "MTIME register", offset: 0xbff8, width_bits: 64, length: 1, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff_ffff_ffff, fields: &[
                    FieldDescription { name: "all", doc: "", offset_bits: 0, width_bits: 64, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// Platform-level interrupt controller.
pub mod plic {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite};
    use register_map::{Array, Block, Cluster, register_bitfields};

    /// Platform-level interrupt controller.
    ///
    /// `plic`, at `0x0c00_0000`.
    #[derive(Debug)]
    pub struct Plic(());

    impl Block for Plic {
        const NAME: &'static str = "plic";
        const SIZE: usize = 0x0400_0000;
        const ALIGNMENT: usize = 4;
    }

    /// Priority of interrupt id %s.
    pub const PRIORITY: Array<Plic, u32, ReadWrite, PRIORITY::Register, 0x04, 0x04, 53> =
        Array::new(&Plic(()));

    /// `pending`.
    pub const PENDING: Array<Plic, u32, ReadOnly, (), 0x1000, 0x04, 2> = Array::new(&Plic(()));

    /// Enables of target %s.
    pub const TARGET: Cluster<Plic, target::Target, 0x2000, 0x80, 9> = Cluster::new(&Plic(()));

    /// `context`.
    pub const CONTEXT: Cluster<Plic, context::Context, 0x0020_0000, 0x1000, 9> =
        Cluster::new(&Plic(()));

    register_bitfields! { u32,
        /// Fields of [`PRIORITY`](const@PRIORITY).
        pub PRIORITY [
            /// `level`.
            LEVEL OFFSET(0) NUMBITS(3) [
                /// never.
                Never = 0,
                /// p1.
                P1 = 1,
                /// p7.
                P7 = 7,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Plic {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "plic", doc: "Platform-level interrupt controller",
            size: 0x0400_0000, alignment: 4,
            registers: &[
                RegisterDescription { name: "priority", doc: "Priority of interrupt id %s", offset: 0x04, width_bits: 32, length: 53, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "level", doc: "", offset_bits: 0, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "never", doc: "", value: 0 },
                        ValueDescription { name: "p1", doc: "", value: 1 },
                        ValueDescription { name: "p7", doc: "", value: 7 },
                    ] },
                ] },
                RegisterDescription { name: "pending", doc: "", offset: 0x1000, width_bits: 32, length: 2, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            ],
            clusters: &[
                ClusterDescription { name: "target", doc: "Enables of target %s", offset: 0x2000, length: 9, stride: 0x80, block: target::Target::DESCRIPTION },
                ClusterDescription { name: "context", doc: "", offset: 0x0020_0000, length: 9, stride: 0x1000, block: context::Context::DESCRIPTION },
            ],
        };
    }

    /// Enables of target %s.
    pub mod target {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::ReadWrite;
        use register_map::{Array, Block};

        /// Enables of target %s.
        #[derive(Debug)]
        pub struct Target(());

        impl Block for Target {
            const NAME: &'static str = "target";
            const SIZE: usize = 0x08;
            const ALIGNMENT: usize = 4;
        }

        /// `enables`.
        pub const ENABLES: Array<Target, u32, ReadWrite, (), 0x00, 0x04, 2> =
            Array::new(&Target(()));

        #[rustfmt::skip]
        impl Described for Target {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "target", doc: "Enables of target %s",
                size: 0x08, alignment: 4,
                registers: &[
                    RegisterDescription { name: "enables", doc: "", offset: 0x00, width_bits: 32, length: 2, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }

    /// `context`.
    pub mod context {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadWrite, Rights, read, write};
        use register_map::{Block, Def};

        /// `context`.
        #[derive(Debug)]
        pub struct Context(());

        impl Block for Context {
            const NAME: &'static str = "context";
            const SIZE: usize = 0x08;
            const ALIGNMENT: usize = 4;
        }

        /// `threshold`.
        pub const THRESHOLD: Def<Context, u32, ReadWrite, (), 0x00> = Def::new(&Context(()));

        /// Claim by reading, complete by writing.
        pub const CLAIMCOMPLETE: Def<Context, u32, Rights<read::Effect, write::Plain>, (), 0x04> =
            Def::new(&Context(()));

        #[rustfmt::skip]
        impl Described for Context {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "context", doc: "",
                size: 0x08, alignment: 4,
                registers: &[
                    RegisterDescription { name: "threshold", doc: "", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                    RegisterDescription { name: "claimcomplete", doc: "Claim by reading, complete by writing", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::ModifiesOther, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }
}

/// Clusters within clusters within clusters.
pub mod nest {
    use register_map::description::{BlockDescription, ClusterDescription, Described};
    use register_map::{Block, Cluster};

    /// Clusters within clusters within clusters.
    ///
    /// `nest`, at `0x0300_0000`.
    #[derive(Debug)]
    pub struct Nest(());

    impl Block for Nest {
        const NAME: &'static str = "nest";
        const SIZE: usize = 0x190;
        const ALIGNMENT: usize = 8;
    }

    /// `a`.
    pub const A: Cluster<Nest, a::A, 0x10, 0x100, 2> = Cluster::new(&Nest(()));

    #[rustfmt::skip]
    impl Described for Nest {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "nest", doc: "Clusters within clusters within clusters",
            size: 0x190, alignment: 8,
            registers: &[],
            clusters: &[
                ClusterDescription { name: "a", doc: "", offset: 0x10, length: 2, stride: 0x100, block: a::A::DESCRIPTION },
            ],
        };
    }

    /// `a`.
    pub mod a {
        use register_map::description::{BlockDescription, ClusterDescription, Described};
        use register_map::{Block, Cluster};

        /// `a`.
        #[derive(Debug)]
        pub struct A(());

        impl Block for A {
            const NAME: &'static str = "a";
            const SIZE: usize = 0x80;
            const ALIGNMENT: usize = 8;
        }

        /// `b`.
        pub const B: Cluster<A, b::B, 0x20, 0x20, 3> = Cluster::new(&A(()));

        #[rustfmt::skip]
        impl Described for A {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "a", doc: "",
                size: 0x80, alignment: 8,
                registers: &[],
                clusters: &[
                    ClusterDescription { name: "b", doc: "", offset: 0x20, length: 3, stride: 0x20, block: b::B::DESCRIPTION },
                ],
            };
        }

        /// `b`.
        pub mod b {
            use register_map::description::{BlockDescription, ClusterDescription, Described};
            use register_map::{Block, Cluster};

            /// `b`.
            #[derive(Debug)]
            pub struct B(());

            impl Block for B {
                const NAME: &'static str = "b";
                const SIZE: usize = 0x20;
                const ALIGNMENT: usize = 8;
            }

            /// `c`.
            pub const C: Cluster<B, c::C, 0x08, 0x18, 1> = Cluster::new(&B(()));

            #[rustfmt::skip]
            impl Described for B {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "b", doc: "",
                    size: 0x20, alignment: 8,
                    registers: &[],
                    clusters: &[
                        ClusterDescription { name: "c", doc: "", offset: 0x08, length: 1, stride: 0x18, block: c::C::DESCRIPTION },
                    ],
                };
            }

            /// `c`.
            pub mod c {
                use register_map::description::{
                    BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                    WriteKind,
                };
                use register_map::rights::ReadWrite;
                use register_map::{Array, Block, Def};

                /// `c`.
                #[derive(Debug)]
                pub struct C(());

                impl Block for C {
                    const NAME: &'static str = "c";
                    const SIZE: usize = 0x18;
                    const ALIGNMENT: usize = 8;
                }

                /// `d`.
                pub const D: Array<C, u64, ReadWrite, (), 0x00, 0x08, 2> = Array::new(&C(()));

                /// `e`.
                pub const E: Def<C, u16, ReadWrite, (), 0x10> = Def::new(&C(()));

                #[rustfmt::skip]
                impl Described for C {
                    const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                        name: "c", doc: "",
                        size: 0x18, alignment: 8,
                        registers: &[
                            RegisterDescription { name: "d", doc: "", offset: 0x00, width_bits: 64, length: 2, stride: 0x08, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                            RegisterDescription { name: "e", doc: "", offset: 0x10, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff, fields: &[] },
                        ],
                        clusters: &[],
                    };
                }
            }
        }
    }
}
