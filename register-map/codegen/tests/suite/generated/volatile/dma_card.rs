//! A card with everything that the extensions know.
//!
//! Generated from `dma_card.svd` by register-gen, as structures of volatile cells; changes belong
//! there.

/// The engine.
///
/// `ENGINE`, in BAR 0 at `0x1000`.
pub mod engine {
    use core::mem::offset_of;

    use volatile_register::{RO, RW};

    /// The engine.
    #[repr(C)]
    pub struct Engine {
        /// `VERSION`.
        pub version: RO<u32>,
        _reserved0: [u8; 0xfc],
        /// One queue.
        pub queue: [QueueStep; 4],
        _reserved1: [u8; 0x100],
        /// An address of 64 bits.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub mailbox: RW<u64>,
        _reserved2: [u8; 0xf8],
    }

    /// One `QUEUE` and the bytes up to the next.
    #[repr(C)]
    pub struct QueueStep {
        /// One queue.
        pub value: queue::Queue,
        _reserved: [u8; 0x18],
    }

    const _: () = {
        assert!(size_of::<Engine>() == 0x400);
        assert!(offset_of!(Engine, version) == 0x00);
        assert!(offset_of!(Engine, queue) == 0x100);
        assert!(offset_of!(Engine, mailbox) == 0x300);
        assert!(size_of::<QueueStep>() == 0x40);
    };

    /// One queue.
    pub mod queue {
        use core::mem::offset_of;

        use volatile_register::{RO, RW, WO};

        /// One queue.
        #[repr(C)]
        pub struct Queue {
            /// Where the ring is.
            ///
            /// One half of the pair `RING`, through which it is written.
            pub ring_low: RW<u32>,
            /// `RING_HIGH`.
            ///
            /// One half of the pair `RING`, through which it is written.
            pub ring_high: RW<u32>,
            /// `STATUS_HIGH`.
            ///
            /// One half of the pair `STATUS`, through which it is written.
            pub status_high: RW<u32>,
            /// `STATUS_LOW`.
            ///
            /// One half of the pair `STATUS`, through which it is written.
            pub status_low: RW<u32>,
            /// `COUNT_LOW`.
            ///
            /// One half of the pair `COUNT`, through which it is written.
            pub count_low: RO<u32>,
            /// `COUNT_HIGH`.
            ///
            /// One half of the pair `COUNT`, through which it is written.
            pub count_high: RO<u32>,
            /// `DOORBELL`.
            ///
            /// A write may start the device.
            pub doorbell: WO<u32>,
            _reserved0: [u8; 0x04],
            /// `SCRATCH_LOW`.
            ///
            /// One half of the pair `SCRATCH`, through which it is written.
            pub scratch_low: RW<u32>,
            /// `SCRATCH_HIGH`.
            ///
            /// One half of the pair `SCRATCH`, through which it is written.
            pub scratch_high: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<Queue>() == 0x28);
            assert!(offset_of!(Queue, ring_low) == 0x00);
            assert!(offset_of!(Queue, ring_high) == 0x04);
            assert!(offset_of!(Queue, status_high) == 0x08);
            assert!(offset_of!(Queue, status_low) == 0x0c);
            assert!(offset_of!(Queue, count_low) == 0x10);
            assert!(offset_of!(Queue, count_high) == 0x14);
            assert!(offset_of!(Queue, doorbell) == 0x18);
            assert!(offset_of!(Queue, scratch_low) == 0x20);
            assert!(offset_of!(Queue, scratch_high) == 0x24);
        };
    }
}

/// The card's own registers.
///
/// `USER`, in BAR 2 at `0x00`.
pub mod user {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// The card's own registers.
    #[repr(C)]
    pub struct User {
        /// `SCRATCH`.
        pub scratch: [RW<u32>; 8],
    }

    const _: () = {
        assert!(size_of::<User>() == 0x20);
        assert!(offset_of!(User, scratch) == 0x00);
    };
}

/// What a ring is made of.
///
/// `Descriptor`, in memory.
pub mod descriptor {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// What a ring is made of.
    #[repr(C, align(32))]
    pub struct Descriptor {
        /// `CONTROL`.
        pub control: RW<u32>,
        /// `LENGTH`.
        pub length: RW<u32>,
        /// `SOURCE`.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub source: RW<u64>,
        /// `DESTINATION`.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub destination: RW<u64>,
        /// `NEXT`.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub next: RW<u64>,
    }

    const _: () = {
        assert!(size_of::<Descriptor>() == 0x20);
        assert!(offset_of!(Descriptor, control) == 0x00);
        assert!(offset_of!(Descriptor, length) == 0x04);
        assert!(offset_of!(Descriptor, source) == 0x08);
        assert!(offset_of!(Descriptor, destination) == 0x10);
        assert!(offset_of!(Descriptor, next) == 0x18);
    };
}
