//! Derived everywhere.
//!
//! Generated from `derived_everywhere.svd` by register-gen; changes belong there.

use register_map::description::{Described, DeviceDescription, RegionDescription};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "PSOC", doc: "Derived everywhere",
    identities: &[],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0xb0, block: base::Base::DESCRIPTION },
        RegionDescription { index: 1, offset: 0x00, size: 0xb0, block: base::Base::DESCRIPTION },
        RegionDescription { index: 2, offset: 0x00, size: 0xb0, block: reads::Reads::DESCRIPTION },
        RegionDescription { index: 3, offset: 0x00, size: 0x34, block: other::Other::DESCRIPTION },
    ],
    memory: &[],
};

/// `BASE`.
pub mod base {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::ReadWrite;
    use register_map::{Array, Block, Cluster, Def, register_bitfields};

    /// `BASE`.
    ///
    /// `BASE`, at `0x1000`.
    #[derive(Debug)]
    pub struct Base(());

    impl Block for Base {
        const NAME: &'static str = "BASE";
        const SIZE: usize = 0xb0;
        const ALIGNMENT: usize = 4;
    }

    /// Control.
    pub const CTRL: Def<Base, u32, ReadWrite, CTRL::Register, 0x00> = Def::new(&Base(()));

    /// Control.
    pub const CTRL2: Def<Base, u32, ReadWrite, CTRL2::Register, 0x04> = Def::new(&Base(()));

    /// Control.
    pub const CTRL3: Def<Base, u32, ReadWrite, CTRL3::Register, 0x08> = Def::new(&Base(()));

    /// Own fields replace the others.
    pub const OWN: Def<Base, u32, ReadWrite, OWN::Register, 0x0c> = Def::new(&Base(()));

    /// `ARR`.
    pub const ARR: Array<Base, u32, ReadWrite, (), 0x80, 0x04, 4> = Array::new(&Base(()));

    /// `SINGLE`.
    pub const SINGLE: Def<Base, u32, ReadWrite, (), 0x90> = Def::new(&Base(()));

    /// An array because its name says so.
    pub const ARR2: Array<Base, u32, ReadWrite, (), 0xa0, 0x04, 4> = Array::new(&Base(()));

    /// `GROUP`.
    pub const GROUP: Cluster<Base, group::Group, 0x10, 0x06, 1> = Cluster::new(&Base(()));

    /// `GROUP2`.
    pub const GROUP2: Cluster<Base, group2::Group2, 0x20, 0x06, 1> = Cluster::new(&Base(()));

    /// `GROUPS`.
    pub const GROUPS: Cluster<Base, groups::Groups, 0x30, 0x10, 2> = Cluster::new(&Base(()));

    register_bitfields! { u32,
        /// Fields of [`CTRL`](const@CTRL).
        pub CTRL [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`CTRL2`](const@CTRL2).
        pub CTRL2 [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`CTRL3`](const@CTRL3).
        pub CTRL3 [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`OWN`](const@OWN).
        pub OWN [
            /// Enable.
            E OFFSET(7) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Base {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "BASE", doc: "",
            size: 0xb0, alignment: 4,
            registers: &[
                RegisterDescription { name: "CTRL", doc: "Control", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "CTRL2", doc: "Control", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x22, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "CTRL3", doc: "Control", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x22, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "OWN", doc: "Own fields replace the others", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "E", doc: "Enable", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "ARR", doc: "", offset: 0x80, width_bits: 32, length: 4, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "SINGLE", doc: "", offset: 0x90, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "ARR2", doc: "An array because its name says so", offset: 0xa0, width_bits: 32, length: 4, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
            ],
            clusters: &[
                ClusterDescription { name: "GROUP", doc: "", offset: 0x10, length: 1, stride: 0x06, block: group::Group::DESCRIPTION },
                ClusterDescription { name: "GROUP2", doc: "", offset: 0x20, length: 1, stride: 0x06, block: group2::Group2::DESCRIPTION },
                ClusterDescription { name: "GROUPS", doc: "", offset: 0x30, length: 2, stride: 0x10, block: groups::Groups::DESCRIPTION },
            ],
        };
    }

    /// `GROUP`.
    pub mod group {
        use register_map::description::{
            BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, WriteOnly};
        use register_map::{Block, Cluster, Def};

        /// `GROUP`.
        #[derive(Debug)]
        pub struct Group(());

        impl Block for Group {
            const NAME: &'static str = "GROUP";
            const SIZE: usize = 0x06;
            const ALIGNMENT: usize = 2;
        }

        /// `A`.
        pub const A: Def<Group, u16, WriteOnly, (), 0x00> = Def::new(&Group(()));

        /// `B`.
        pub const B: Def<Group, u16, ReadOnly, (), 0x02> = Def::new(&Group(()));

        /// `INNER`.
        pub const INNER: Cluster<Group, inner::Inner, 0x04, 0x02, 1> = Cluster::new(&Group(()));

        #[rustfmt::skip]
        impl Described for Group {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "GROUP", doc: "",
                size: 0x06, alignment: 2,
                registers: &[
                    RegisterDescription { name: "A", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    RegisterDescription { name: "B", doc: "", offset: 0x02, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[
                    ClusterDescription { name: "INNER", doc: "", offset: 0x04, length: 1, stride: 0x02, block: inner::Inner::DESCRIPTION },
                ],
            };
        }

        /// `INNER`.
        pub mod inner {
            use register_map::description::{
                BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                WriteKind,
            };
            use register_map::rights::WriteOnly;
            use register_map::{Block, Def};

            /// `INNER`.
            #[derive(Debug)]
            pub struct Inner(());

            impl Block for Inner {
                const NAME: &'static str = "INNER";
                const SIZE: usize = 0x02;
                const ALIGNMENT: usize = 2;
            }

            /// `C`.
            pub const C: Def<Inner, u16, WriteOnly, (), 0x00> = Def::new(&Inner(()));

            #[rustfmt::skip]
            impl Described for Inner {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "INNER", doc: "",
                    size: 0x02, alignment: 2,
                    registers: &[
                        RegisterDescription { name: "C", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    ],
                    clusters: &[],
                };
            }
        }
    }

    /// `GROUP2`.
    pub mod group2 {
        use register_map::description::{
            BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, WriteOnly};
        use register_map::{Block, Cluster, Def};

        /// `GROUP2`.
        #[derive(Debug)]
        pub struct Group2(());

        impl Block for Group2 {
            const NAME: &'static str = "GROUP2";
            const SIZE: usize = 0x06;
            const ALIGNMENT: usize = 2;
        }

        /// `A`.
        pub const A: Def<Group2, u16, WriteOnly, (), 0x00> = Def::new(&Group2(()));

        /// `B`.
        pub const B: Def<Group2, u16, ReadOnly, (), 0x02> = Def::new(&Group2(()));

        /// `INNER`.
        pub const INNER: Cluster<Group2, inner::Inner, 0x04, 0x02, 1> = Cluster::new(&Group2(()));

        #[rustfmt::skip]
        impl Described for Group2 {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "GROUP2", doc: "",
                size: 0x06, alignment: 2,
                registers: &[
                    RegisterDescription { name: "A", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    RegisterDescription { name: "B", doc: "", offset: 0x02, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[
                    ClusterDescription { name: "INNER", doc: "", offset: 0x04, length: 1, stride: 0x02, block: inner::Inner::DESCRIPTION },
                ],
            };
        }

        /// `INNER`.
        pub mod inner {
            use register_map::description::{
                BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                WriteKind,
            };
            use register_map::rights::WriteOnly;
            use register_map::{Block, Def};

            /// `INNER`.
            #[derive(Debug)]
            pub struct Inner(());

            impl Block for Inner {
                const NAME: &'static str = "INNER";
                const SIZE: usize = 0x02;
                const ALIGNMENT: usize = 2;
            }

            /// `C`.
            pub const C: Def<Inner, u16, WriteOnly, (), 0x00> = Def::new(&Inner(()));

            #[rustfmt::skip]
            impl Described for Inner {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "INNER", doc: "",
                    size: 0x02, alignment: 2,
                    registers: &[
                        RegisterDescription { name: "C", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    ],
                    clusters: &[],
                };
            }
        }
    }

    /// `GROUPS`.
    pub mod groups {
        use register_map::description::{
            BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, ReadWrite};
        use register_map::{Block, Cluster, Def};

        /// `GROUPS`.
        #[derive(Debug)]
        pub struct Groups(());

        impl Block for Groups {
            const NAME: &'static str = "GROUPS";
            const SIZE: usize = 0x06;
            const ALIGNMENT: usize = 2;
        }

        /// `A`.
        pub const A: Def<Groups, u16, ReadWrite, (), 0x00> = Def::new(&Groups(()));

        /// `B`.
        pub const B: Def<Groups, u16, ReadOnly, (), 0x02> = Def::new(&Groups(()));

        /// `INNER`.
        pub const INNER: Cluster<Groups, inner::Inner, 0x04, 0x02, 1> = Cluster::new(&Groups(()));

        #[rustfmt::skip]
        impl Described for Groups {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "GROUPS", doc: "",
                size: 0x06, alignment: 2,
                registers: &[
                    RegisterDescription { name: "A", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    RegisterDescription { name: "B", doc: "", offset: 0x02, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[
                    ClusterDescription { name: "INNER", doc: "", offset: 0x04, length: 1, stride: 0x02, block: inner::Inner::DESCRIPTION },
                ],
            };
        }

        /// `INNER`.
        pub mod inner {
            use register_map::description::{
                BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                WriteKind,
            };
            use register_map::rights::ReadWrite;
            use register_map::{Block, Def};

            /// `INNER`.
            #[derive(Debug)]
            pub struct Inner(());

            impl Block for Inner {
                const NAME: &'static str = "INNER";
                const SIZE: usize = 0x02;
                const ALIGNMENT: usize = 2;
            }

            /// `C`.
            pub const C: Def<Inner, u16, ReadWrite, (), 0x00> = Def::new(&Inner(()));

            #[rustfmt::skip]
            impl Described for Inner {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "INNER", doc: "",
                    size: 0x02, alignment: 2,
                    registers: &[
                        RegisterDescription { name: "C", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    ],
                    clusters: &[],
                };
            }
        }
    }
}

/// `COPY`, at `0x2000`: the same registers as [`base`].
pub use base as copy;

/// The same registers, read only.
pub mod reads {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite};
    use register_map::{Array, Block, Cluster, Def, register_bitfields};

    /// The same registers, read only.
    ///
    /// `READS`, at `0x3000`.
    #[derive(Debug)]
    pub struct Reads(());

    impl Block for Reads {
        const NAME: &'static str = "READS";
        const SIZE: usize = 0xb0;
        const ALIGNMENT: usize = 4;
    }

    /// Control.
    pub const CTRL: Def<Reads, u32, ReadOnly, CTRL::Register, 0x00> = Def::new(&Reads(()));

    /// Control.
    pub const CTRL2: Def<Reads, u32, ReadWrite, CTRL2::Register, 0x04> = Def::new(&Reads(()));

    /// Control.
    pub const CTRL3: Def<Reads, u32, ReadWrite, CTRL3::Register, 0x08> = Def::new(&Reads(()));

    /// Own fields replace the others.
    pub const OWN: Def<Reads, u32, ReadWrite, OWN::Register, 0x0c> = Def::new(&Reads(()));

    /// `ARR`.
    pub const ARR: Array<Reads, u32, ReadOnly, (), 0x80, 0x04, 4> = Array::new(&Reads(()));

    /// `SINGLE`.
    pub const SINGLE: Def<Reads, u32, ReadWrite, (), 0x90> = Def::new(&Reads(()));

    /// An array because its name says so.
    pub const ARR2: Array<Reads, u32, ReadWrite, (), 0xa0, 0x04, 4> = Array::new(&Reads(()));

    /// `GROUP`.
    pub const GROUP: Cluster<Reads, group::Group, 0x10, 0x06, 1> = Cluster::new(&Reads(()));

    /// `GROUP2`.
    pub const GROUP2: Cluster<Reads, group2::Group2, 0x20, 0x06, 1> = Cluster::new(&Reads(()));

    /// `GROUPS`.
    pub const GROUPS: Cluster<Reads, groups::Groups, 0x30, 0x10, 2> = Cluster::new(&Reads(()));

    register_bitfields! { u32,
        /// Fields of [`CTRL`](const@CTRL).
        pub CTRL [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`CTRL2`](const@CTRL2).
        pub CTRL2 [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`CTRL3`](const@CTRL3).
        pub CTRL3 [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`OWN`](const@OWN).
        pub OWN [
            /// Enable.
            E OFFSET(7) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Reads {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "READS", doc: "The same registers, read only",
            size: 0xb0, alignment: 4,
            registers: &[
                RegisterDescription { name: "CTRL", doc: "Control", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "CTRL2", doc: "Control", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x22, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "CTRL3", doc: "Control", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x22, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "OWN", doc: "Own fields replace the others", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "E", doc: "Enable", offset_bits: 7, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "ARR", doc: "", offset: 0x80, width_bits: 32, length: 4, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "SINGLE", doc: "", offset: 0x90, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "ARR2", doc: "An array because its name says so", offset: 0xa0, width_bits: 32, length: 4, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
            ],
            clusters: &[
                ClusterDescription { name: "GROUP", doc: "", offset: 0x10, length: 1, stride: 0x06, block: group::Group::DESCRIPTION },
                ClusterDescription { name: "GROUP2", doc: "", offset: 0x20, length: 1, stride: 0x06, block: group2::Group2::DESCRIPTION },
                ClusterDescription { name: "GROUPS", doc: "", offset: 0x30, length: 2, stride: 0x10, block: groups::Groups::DESCRIPTION },
            ],
        };
    }

    /// `GROUP`.
    pub mod group {
        use register_map::description::{
            BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, WriteOnly};
        use register_map::{Block, Cluster, Def};

        /// `GROUP`.
        #[derive(Debug)]
        pub struct Group(());

        impl Block for Group {
            const NAME: &'static str = "GROUP";
            const SIZE: usize = 0x06;
            const ALIGNMENT: usize = 2;
        }

        /// `A`.
        pub const A: Def<Group, u16, WriteOnly, (), 0x00> = Def::new(&Group(()));

        /// `B`.
        pub const B: Def<Group, u16, ReadOnly, (), 0x02> = Def::new(&Group(()));

        /// `INNER`.
        pub const INNER: Cluster<Group, inner::Inner, 0x04, 0x02, 1> = Cluster::new(&Group(()));

        #[rustfmt::skip]
        impl Described for Group {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "GROUP", doc: "",
                size: 0x06, alignment: 2,
                registers: &[
                    RegisterDescription { name: "A", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    RegisterDescription { name: "B", doc: "", offset: 0x02, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[
                    ClusterDescription { name: "INNER", doc: "", offset: 0x04, length: 1, stride: 0x02, block: inner::Inner::DESCRIPTION },
                ],
            };
        }

        /// `INNER`.
        pub mod inner {
            use register_map::description::{
                BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                WriteKind,
            };
            use register_map::rights::WriteOnly;
            use register_map::{Block, Def};

            /// `INNER`.
            #[derive(Debug)]
            pub struct Inner(());

            impl Block for Inner {
                const NAME: &'static str = "INNER";
                const SIZE: usize = 0x02;
                const ALIGNMENT: usize = 2;
            }

            /// `C`.
            pub const C: Def<Inner, u16, WriteOnly, (), 0x00> = Def::new(&Inner(()));

            #[rustfmt::skip]
            impl Described for Inner {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "INNER", doc: "",
                    size: 0x02, alignment: 2,
                    registers: &[
                        RegisterDescription { name: "C", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    ],
                    clusters: &[],
                };
            }
        }
    }

    /// `GROUP2`.
    pub mod group2 {
        use register_map::description::{
            BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, WriteOnly};
        use register_map::{Block, Cluster, Def};

        /// `GROUP2`.
        #[derive(Debug)]
        pub struct Group2(());

        impl Block for Group2 {
            const NAME: &'static str = "GROUP2";
            const SIZE: usize = 0x06;
            const ALIGNMENT: usize = 2;
        }

        /// `A`.
        pub const A: Def<Group2, u16, WriteOnly, (), 0x00> = Def::new(&Group2(()));

        /// `B`.
        pub const B: Def<Group2, u16, ReadOnly, (), 0x02> = Def::new(&Group2(()));

        /// `INNER`.
        pub const INNER: Cluster<Group2, inner::Inner, 0x04, 0x02, 1> = Cluster::new(&Group2(()));

        #[rustfmt::skip]
        impl Described for Group2 {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "GROUP2", doc: "",
                size: 0x06, alignment: 2,
                registers: &[
                    RegisterDescription { name: "A", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    RegisterDescription { name: "B", doc: "", offset: 0x02, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[
                    ClusterDescription { name: "INNER", doc: "", offset: 0x04, length: 1, stride: 0x02, block: inner::Inner::DESCRIPTION },
                ],
            };
        }

        /// `INNER`.
        pub mod inner {
            use register_map::description::{
                BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                WriteKind,
            };
            use register_map::rights::WriteOnly;
            use register_map::{Block, Def};

            /// `INNER`.
            #[derive(Debug)]
            pub struct Inner(());

            impl Block for Inner {
                const NAME: &'static str = "INNER";
                const SIZE: usize = 0x02;
                const ALIGNMENT: usize = 2;
            }

            /// `C`.
            pub const C: Def<Inner, u16, WriteOnly, (), 0x00> = Def::new(&Inner(()));

            #[rustfmt::skip]
            impl Described for Inner {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "INNER", doc: "",
                    size: 0x02, alignment: 2,
                    registers: &[
                        RegisterDescription { name: "C", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    ],
                    clusters: &[],
                };
            }
        }
    }

    /// `GROUPS`.
    pub mod groups {
        use register_map::description::{
            BlockDescription, ClusterDescription, Described, ReadKind, RegisterDescription,
            WriteConstraint, WriteKind,
        };
        use register_map::rights::{ReadOnly, ReadWrite};
        use register_map::{Block, Cluster, Def};

        /// `GROUPS`.
        #[derive(Debug)]
        pub struct Groups(());

        impl Block for Groups {
            const NAME: &'static str = "GROUPS";
            const SIZE: usize = 0x06;
            const ALIGNMENT: usize = 2;
        }

        /// `A`.
        pub const A: Def<Groups, u16, ReadWrite, (), 0x00> = Def::new(&Groups(()));

        /// `B`.
        pub const B: Def<Groups, u16, ReadOnly, (), 0x02> = Def::new(&Groups(()));

        /// `INNER`.
        pub const INNER: Cluster<Groups, inner::Inner, 0x04, 0x02, 1> = Cluster::new(&Groups(()));

        #[rustfmt::skip]
        impl Described for Groups {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "GROUPS", doc: "",
                size: 0x06, alignment: 2,
                registers: &[
                    RegisterDescription { name: "A", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    RegisterDescription { name: "B", doc: "", offset: 0x02, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[
                    ClusterDescription { name: "INNER", doc: "", offset: 0x04, length: 1, stride: 0x02, block: inner::Inner::DESCRIPTION },
                ],
            };
        }

        /// `INNER`.
        pub mod inner {
            use register_map::description::{
                BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint,
                WriteKind,
            };
            use register_map::rights::ReadWrite;
            use register_map::{Block, Def};

            /// `INNER`.
            #[derive(Debug)]
            pub struct Inner(());

            impl Block for Inner {
                const NAME: &'static str = "INNER";
                const SIZE: usize = 0x02;
                const ALIGNMENT: usize = 2;
            }

            /// `C`.
            pub const C: Def<Inner, u16, ReadWrite, (), 0x00> = Def::new(&Inner(()));

            #[rustfmt::skip]
            impl Described for Inner {
                const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                    name: "INNER", doc: "",
                    size: 0x02, alignment: 2,
                    registers: &[
                        RegisterDescription { name: "C", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                    ],
                    clusters: &[],
                };
            }
        }
    }
}

/// `OTHER`.
pub mod other {
    use register_map::description::{
        BlockDescription, ClusterDescription, Described, FieldDescription, ReadKind,
        RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadOnly, ReadWrite, WriteOnly};
    use register_map::{Block, Cluster, Def, register_bitfields};

    /// `OTHER`.
    ///
    /// `OTHER`, at `0x4000`.
    #[derive(Debug)]
    pub struct Other(());

    impl Block for Other {
        const NAME: &'static str = "OTHER";
        const SIZE: usize = 0x34;
        const ALIGNMENT: usize = 4;
    }

    /// Control.
    pub const CTRL: Def<Other, u32, ReadWrite, CTRL::Register, 0x00> = Def::new(&Other(()));

    /// With the size and access of its origin.
    pub const FROM_GROUP: Def<Other, u16, WriteOnly, (), 0x04> = Def::new(&Other(()));

    /// Control.
    pub const FROM_COPY: Def<Other, u32, ReadWrite, FROM_COPY::Register, 0x08> =
        Def::new(&Other(()));

    /// Read-only, as the device says.
    pub const PLAIN: Def<Other, u32, ReadOnly, PLAIN::Register, 0x20> = Def::new(&Other(()));

    /// `ORPHAN`.
    pub const ORPHAN: Def<Other, u32, ReadOnly, (), 0x24> = Def::new(&Other(()));

    /// `LOOP_A`.
    pub const LOOP_A: Def<Other, u32, ReadOnly, (), 0x28> = Def::new(&Other(()));

    /// `LOOP_B`.
    pub const LOOP_B: Def<Other, u32, ReadOnly, (), 0x2c> = Def::new(&Other(()));

    /// `SELF`.
    pub const SELF: Def<Other, u32, ReadOnly, (), 0x30> = Def::new(&Other(()));

    /// `INNER`.
    pub const INNER: Cluster<Other, inner::Inner, 0x10, 0x02, 1> = Cluster::new(&Other(()));

    register_bitfields! { u32,
        /// Fields of [`CTRL`](const@CTRL).
        pub CTRL [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`FROM_COPY`](const@FROM_COPY).
        pub FROM_COPY [
            /// Enable.
            EN OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            EN2 OFFSET(1) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Third.
            EN3 OFFSET(2) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
        /// Fields of [`PLAIN`](const@PLAIN).
        pub PLAIN [
            /// Enable.
            INHERITS_ITS_PLACE OFFSET(0) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// Enable.
            F OFFSET(3) NUMBITS(1) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
            /// `G`.
            G OFFSET(4) NUMBITS(2) [
                /// Off.
                Off = 0,
                /// On.
                On = 1,
            ],
        ],
    }

    #[rustfmt::skip]
    impl Described for Other {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "OTHER", doc: "",
            size: 0x34, alignment: 4,
            registers: &[
                RegisterDescription { name: "CTRL", doc: "Control", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "FROM_GROUP", doc: "With the size and access of its origin", offset: 0x04, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "FROM_COPY", doc: "Control", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x22, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "EN", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN2", doc: "Enable", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "EN3", doc: "Third", offset_bits: 2, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "PLAIN", doc: "Read-only, as the device says", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[
                    FieldDescription { name: "INHERITS_ITS_PLACE", doc: "Enable", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "F", doc: "Enable", offset_bits: 3, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                    FieldDescription { name: "G", doc: "", offset_bits: 4, width_bits: 2, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Off", doc: "", value: 0 },
                        ValueDescription { name: "On", doc: "", value: 1 },
                    ] },
                ] },
                RegisterDescription { name: "ORPHAN", doc: "", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "LOOP_A", doc: "", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "LOOP_B", doc: "", offset: 0x2c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                RegisterDescription { name: "SELF", doc: "", offset: 0x30, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
            ],
            clusters: &[
                ClusterDescription { name: "INNER", doc: "", offset: 0x10, length: 1, stride: 0x02, block: inner::Inner::DESCRIPTION },
            ],
        };
    }

    /// `INNER`.
    pub mod inner {
        use register_map::description::{
            BlockDescription, Described, ReadKind, RegisterDescription, WriteConstraint, WriteKind,
        };
        use register_map::rights::WriteOnly;
        use register_map::{Block, Def};

        /// `INNER`.
        #[derive(Debug)]
        pub struct Inner(());

        impl Block for Inner {
            const NAME: &'static str = "INNER";
            const SIZE: usize = 0x02;
            const ALIGNMENT: usize = 2;
        }

        /// `C`.
        pub const C: Def<Inner, u16, WriteOnly, (), 0x00> = Def::new(&Inner(()));

        #[rustfmt::skip]
        impl Described for Inner {
            const DESCRIPTION: &'static BlockDescription = &BlockDescription {
                name: "INNER", doc: "",
                size: 0x02, alignment: 2,
                registers: &[
                    RegisterDescription { name: "C", doc: "", offset: 0x00, width_bits: 16, length: 1, stride: 0x02, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x11, reset_mask: 0xff, fields: &[] },
                ],
                clusters: &[],
            };
        }
    }
}
