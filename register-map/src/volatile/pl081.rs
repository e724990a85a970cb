//! ARM `PrimeCell` PL081: single-master DMA controller of two channels (ARM DDI 0218).
//!
//! Generated from `pl081.svd` by register-gen, as structures of volatile cells; changes belong
//! there.

use core::mem::offset_of;

use volatile_register::{RO, RW, WO};

/// The controller: interrupts and configuration for all channels, then the channels.
#[repr(C)]
pub struct Pl081 {
    /// Interrupts of each channel after masking, of both kinds.
    pub int_status: RO<u32>,
    /// Terminal-count interrupts after masking.
    pub int_tc_status: RO<u32>,
    /// Clears terminal-count interrupts.
    pub int_tc_clear: WO<u32>,
    /// Error interrupts after masking.
    pub int_error_status: RO<u32>,
    /// Clears error interrupts.
    pub int_err_clr: WO<u32>,
    /// Terminal-count interrupts before masking.
    pub raw_int_tc_status: RO<u32>,
    /// Error interrupts before masking.
    pub raw_int_error_status: RO<u32>,
    /// Which channels are enabled.
    pub enbld_chns: RO<u32>,
    /// Software burst requests, one bit for each of 16 peripherals.
    pub soft_b_req: RW<u32>,
    /// Software single requests, one bit for each of 16 peripherals.
    pub soft_s_req: RW<u32>,
    /// Software last burst requests, one bit for each of 16 peripherals.
    pub soft_lb_req: RW<u32>,
    /// Software last single requests, one bit for each of 16 peripherals.
    pub soft_ls_req: RW<u32>,
    /// Configuration of the controller.
    pub configuration: RW<u32>,
    /// Peripherals whose requests need no synchronisation, one bit each.
    pub sync: RW<u32>,
    _reserved0: [u8; 0xc8],
    /// One channel: two addresses, the next item, and how.
    pub channel: [ChannelStep; 2],
    _reserved1: [u8; 0xea0],
    /// Peripheral identification, one byte in each of four registers.
    pub periph_id: [RO<u32>; 4],
    /// Byte 0 of the `PrimeCell` identification.
    pub p_cell_id0: RO<u32>,
    /// Byte 1 of the `PrimeCell` identification.
    pub p_cell_id1: RO<u32>,
    /// Byte 2 of the `PrimeCell` identification.
    pub p_cell_id2: RO<u32>,
    /// Byte 3 of the `PrimeCell` identification.
    pub p_cell_id3: RO<u32>,
}

/// One `Channel` and the bytes up to the next.
#[repr(C)]
pub struct ChannelStep {
    /// One channel: two addresses, the next item, and how.
    pub value: channel::Channel,
    _reserved: [u8; 0x0c],
}

const _: () = {
    assert!(size_of::<Pl081>() == 0x1000);
    assert!(offset_of!(Pl081, int_status) == 0x00);
    assert!(offset_of!(Pl081, int_tc_status) == 0x04);
    assert!(offset_of!(Pl081, int_tc_clear) == 0x08);
    assert!(offset_of!(Pl081, int_error_status) == 0x0c);
    assert!(offset_of!(Pl081, int_err_clr) == 0x10);
    assert!(offset_of!(Pl081, raw_int_tc_status) == 0x14);
    assert!(offset_of!(Pl081, raw_int_error_status) == 0x18);
    assert!(offset_of!(Pl081, enbld_chns) == 0x1c);
    assert!(offset_of!(Pl081, soft_b_req) == 0x20);
    assert!(offset_of!(Pl081, soft_s_req) == 0x24);
    assert!(offset_of!(Pl081, soft_lb_req) == 0x28);
    assert!(offset_of!(Pl081, soft_ls_req) == 0x2c);
    assert!(offset_of!(Pl081, configuration) == 0x30);
    assert!(offset_of!(Pl081, sync) == 0x34);
    assert!(offset_of!(Pl081, channel) == 0x100);
    assert!(offset_of!(Pl081, periph_id) == 0xfe0);
    assert!(offset_of!(Pl081, p_cell_id0) == 0xff0);
    assert!(offset_of!(Pl081, p_cell_id1) == 0xff4);
    assert!(offset_of!(Pl081, p_cell_id2) == 0xff8);
    assert!(offset_of!(Pl081, p_cell_id3) == 0xffc);
    assert!(size_of::<ChannelStep>() == 0x20);
};

/// One channel: two addresses, the next item, and how.
pub mod channel {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// One channel: two addresses, the next item, and how.
    #[repr(C)]
    pub struct Channel {
        /// Where the channel reads.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub src_addr: RW<u32>,
        /// Where the channel writes.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub dest_addr: RW<u32>,
        /// Where the next linked-list item is.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub lli: RW<u32>,
        /// Size, widths and increments of the current item.
        pub control: RW<u32>,
        /// Starts and stops the channel.
        ///
        /// A write may start the device.
        pub configuration: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Channel>() == 0x14);
        assert!(offset_of!(Channel, src_addr) == 0x00);
        assert!(offset_of!(Channel, dest_addr) == 0x04);
        assert!(offset_of!(Channel, lli) == 0x08);
        assert!(offset_of!(Channel, control) == 0x0c);
        assert!(offset_of!(Channel, configuration) == 0x10);
    };
}

/// One item of a channel's linked list, four words in memory.
///
/// `LinkedListItem`, in memory.
pub mod linked_list_item {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// One item of a channel's linked list, four words in memory.
    #[repr(C)]
    pub struct LinkedListItem {
        /// Where the item reads.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub src_addr: RW<u32>,
        /// Where the item writes.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub dest_addr: RW<u32>,
        /// Where the item after this one is.
        ///
        /// Takes an address that the device masters the bus with. What is written must be mapped
        /// for as long as it is used.
        pub lli: RW<u32>,
        /// Size, widths and increments of this item.
        pub control: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<LinkedListItem>() == 0x10);
        assert!(offset_of!(LinkedListItem, src_addr) == 0x00);
        assert!(offset_of!(LinkedListItem, dest_addr) == 0x04);
        assert!(offset_of!(LinkedListItem, lli) == 0x08);
        assert!(offset_of!(LinkedListItem, control) == 0x0c);
    };
}
