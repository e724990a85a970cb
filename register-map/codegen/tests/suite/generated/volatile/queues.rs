//! Queues and aliases.
//!
//! Generated from `queues.svd` by register-gen, as structures of volatile cells; changes belong
//! there.

/// Programmable IO block with a line break.
///
/// `PIO0`, at `0x5020_0000`.
pub mod pio0 {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// Programmable IO block with a line break.
    #[repr(C)]
    pub struct Pio0 {
        /// PIO control register.
        pub ctrl: RW<u32>,
        _reserved0: [u8; 0x04],
        /// `FDEBUG`.
        ///
        /// A one clears its bit, so `modify` clears what it reads.
        pub fdebug: RW<u32>,
        _reserved1: [u8; 0x04],
        /// Direct write access to the TX FIFO for this state machine.
        pub txf0: WO<u32>,
        _reserved2: [u8; 0x0c],
        /// Direct read access to the RX FIFO for this state machine.
        ///
        /// A read changes it.
        pub rxf0: RO<u32>,
        _reserved3: [u8; 0x0c],
        /// `IRQ`.
        ///
        /// A read clears it. A one clears its bit, so `modify` clears what it reads.
        pub irq: RW<u32>,
        /// `IRQ_FORCE`.
        ///
        /// A read sets it.
        pub irq_force: RW<u32>,
        /// `INVERT`.
        ///
        /// A one turns its bit over: do not `modify` it.
        pub invert: RW<u32>,
        _reserved4: [u8; 0x90],
        /// `SM0_EXECCTRL`.
        pub sm0_execctrl: RW<u32>,
        _reserved5: [u8; 0xf30],
    }

    const _: () = {
        assert!(size_of::<Pio0>() == 0x1000);
        assert!(offset_of!(Pio0, ctrl) == 0x00);
        assert!(offset_of!(Pio0, fdebug) == 0x08);
        assert!(offset_of!(Pio0, txf0) == 0x10);
        assert!(offset_of!(Pio0, rxf0) == 0x20);
        assert!(offset_of!(Pio0, irq) == 0x30);
        assert!(offset_of!(Pio0, irq_force) == 0x34);
        assert!(offset_of!(Pio0, invert) == 0x38);
        assert!(offset_of!(Pio0, sm0_execctrl) == 0xcc);
    };
}

/// `PIO1`, at `0x5030_0000`: the same registers as [`pio0`].
pub use pio0 as pio1;

/// Programmable IO block with a line break.
///
/// `PIO2`, at `0x5040_0000`.
pub mod pio2 {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// Programmable IO block with a line break.
    #[repr(C)]
    pub struct Pio2 {
        /// PIO control register.
        pub ctrl: RW<u32>,
        _reserved0: [u8; 0x04],
        /// `FDEBUG`.
        ///
        /// A one clears its bit, so `modify` clears what it reads.
        pub fdebug: RW<u32>,
        _reserved1: [u8; 0x04],
        /// Direct write access to the TX FIFO for this state machine.
        pub txf0: WO<u32>,
        _reserved2: [u8; 0x0c],
        /// Direct read access to the RX FIFO for this state machine.
        ///
        /// A read changes it.
        pub rxf0: RO<u32>,
        _reserved3: [u8; 0x0c],
        /// `IRQ`.
        ///
        /// A read clears it. A one clears its bit, so `modify` clears what it reads.
        pub irq: RW<u32>,
        /// `IRQ_FORCE`.
        ///
        /// A read sets it.
        pub irq_force: RW<u32>,
        /// `INVERT`.
        ///
        /// A one turns its bit over: do not `modify` it.
        pub invert: RW<u32>,
        _reserved4: [u8; 0x90],
        /// `SM0_EXECCTRL`.
        pub sm0_execctrl: RW<u32>,
        _reserved5: [u8; 0x3f30],
    }

    const _: () = {
        assert!(size_of::<Pio2>() == 0x4000);
        assert!(offset_of!(Pio2, ctrl) == 0x00);
        assert!(offset_of!(Pio2, fdebug) == 0x08);
        assert!(offset_of!(Pio2, txf0) == 0x10);
        assert!(offset_of!(Pio2, rxf0) == 0x20);
        assert!(offset_of!(Pio2, irq) == 0x30);
        assert!(offset_of!(Pio2, irq_force) == 0x34);
        assert!(offset_of!(Pio2, invert) == 0x38);
        assert!(offset_of!(Pio2, sm0_execctrl) == 0xcc);
    };
}

/// `SPARE_IRQ`.
///
/// `SPARE_IRQ`, at `0x4006_0000`.
pub mod spare_irq {
    /// `SPARE_IRQ`.
    #[repr(C)]
    pub struct SpareIrq {}

    const _: () = {
        assert!(size_of::<SpareIrq>() == 0x00);
    };
}
