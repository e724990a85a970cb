//! ARM `PrimeCell` PL081: single-master DMA controller of two channels (ARM DDI 0218).
//!
//! Generated from `pl081.svd` by register-gen; changes belong there.

use register_map::description::{
    BlockDescription, ClusterDescription, Described, DeviceDescription, FieldDescription, Identity,
    ReadKind, RegionDescription, RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
};
use register_map::rights::{ReadOnly, ReadWrite, WriteOnly};
use register_map::{Array, Block, Cluster, Def, register_bitfields};

/// The device: what it answers to, and where its registers are.
#[rustfmt::skip]
pub const DEVICE: DeviceDescription = DeviceDescription {
    name: "PL081", doc: "ARM PrimeCell PL081: single-master DMA controller of two channels (ARM DDI 0218)",
    identities: &[Identity::Amba { designer: 0x41, part: 0x081 }],
    regions: &[
        RegionDescription { index: 0, offset: 0x00, size: 0x1000, block: Pl081::DESCRIPTION },
    ],
    memory: &[linked_list_item::LinkedListItem::DESCRIPTION],
};

/// The controller: interrupts and configuration for all channels, then the channels.
#[derive(Debug)]
pub struct Pl081(());

impl Block for Pl081 {
    const NAME: &'static str = "PL081";
    const SIZE: usize = 0x1000;
    const ALIGNMENT: usize = 4;
}

/// Interrupts of each channel after masking, of both kinds.
pub const INT_STATUS: Def<Pl081, u32, ReadOnly, INT_STATUS::Register, 0x00> = Def::new(&Pl081(()));

/// Terminal-count interrupts after masking.
pub const INT_TC_STATUS: Def<Pl081, u32, ReadOnly, INT_TC_STATUS::Register, 0x04> =
    Def::new(&Pl081(()));

/// Clears terminal-count interrupts.
pub const INT_TC_CLEAR: Def<Pl081, u32, WriteOnly, INT_TC_CLEAR::Register, 0x08> =
    Def::new(&Pl081(()));

/// Error interrupts after masking.
pub const INT_ERROR_STATUS: Def<Pl081, u32, ReadOnly, INT_ERROR_STATUS::Register, 0x0c> =
    Def::new(&Pl081(()));

/// Clears error interrupts.
pub const INT_ERR_CLR: Def<Pl081, u32, WriteOnly, INT_ERR_CLR::Register, 0x10> =
    Def::new(&Pl081(()));

/// Terminal-count interrupts before masking.
pub const RAW_INT_TC_STATUS: Def<Pl081, u32, ReadOnly, RAW_INT_TC_STATUS::Register, 0x14> =
    Def::new(&Pl081(()));

/// Error interrupts before masking.
pub const RAW_INT_ERROR_STATUS: Def<Pl081, u32, ReadOnly, RAW_INT_ERROR_STATUS::Register, 0x18> =
    Def::new(&Pl081(()));

/// Which channels are enabled.
pub const ENBLD_CHNS: Def<Pl081, u32, ReadOnly, ENBLD_CHNS::Register, 0x1c> = Def::new(&Pl081(()));

/// Software burst requests, one bit for each of 16 peripherals.
pub const SOFT_B_REQ: Def<Pl081, u32, ReadWrite, (), 0x20> = Def::new(&Pl081(()));

/// Software single requests, one bit for each of 16 peripherals.
pub const SOFT_S_REQ: Def<Pl081, u32, ReadWrite, (), 0x24> = Def::new(&Pl081(()));

/// Software last burst requests, one bit for each of 16 peripherals.
pub const SOFT_LB_REQ: Def<Pl081, u32, ReadWrite, (), 0x28> = Def::new(&Pl081(()));

/// Software last single requests, one bit for each of 16 peripherals.
pub const SOFT_LS_REQ: Def<Pl081, u32, ReadWrite, (), 0x2c> = Def::new(&Pl081(()));

/// Configuration of the controller.
pub const CONFIGURATION: Def<Pl081, u32, ReadWrite, CONFIGURATION::Register, 0x30> =
    Def::new(&Pl081(()));

/// Peripherals whose requests need no synchronisation, one bit each.
pub const SYNC: Def<Pl081, u32, ReadWrite, (), 0x34> = Def::new(&Pl081(()));

/// Peripheral identification, one byte in each of four registers.
pub const PERIPH_ID: Array<Pl081, u32, ReadOnly, PERIPH_ID::Register, 0xfe0, 0x04, 4> =
    Array::new(&Pl081(()));

/// Byte 0 of the `PrimeCell` identification.
pub const P_CELL_ID0: Def<Pl081, u32, ReadOnly, P_CELL_ID0::Register, 0xff0> = Def::new(&Pl081(()));

/// Byte 1 of the `PrimeCell` identification.
pub const P_CELL_ID1: Def<Pl081, u32, ReadOnly, P_CELL_ID1::Register, 0xff4> = Def::new(&Pl081(()));

/// Byte 2 of the `PrimeCell` identification.
pub const P_CELL_ID2: Def<Pl081, u32, ReadOnly, P_CELL_ID2::Register, 0xff8> = Def::new(&Pl081(()));

/// Byte 3 of the `PrimeCell` identification.
pub const P_CELL_ID3: Def<Pl081, u32, ReadOnly, P_CELL_ID3::Register, 0xffc> = Def::new(&Pl081(()));

/// One channel: two addresses, the next item, and how.
pub const CHANNEL: Cluster<Pl081, channel::Channel, 0x100, 0x20, 2> = Cluster::new(&Pl081(()));

register_bitfields! { u32,
    /// Fields of [`INT_STATUS`](const@INT_STATUS).
    pub INT_STATUS [
        /// Channel 0 interrupts.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Channel 1 interrupts.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`INT_TC_STATUS`](const@INT_TC_STATUS).
    pub INT_TC_STATUS [
        /// Channel 0 reached its terminal count.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Channel 1 reached its terminal count.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`INT_TC_CLEAR`](const@INT_TC_CLEAR).
    pub INT_TC_CLEAR [
        /// Written as 1 clears the terminal-count interrupt of channel 0.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Written as 1 clears the terminal-count interrupt of channel 1.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`INT_ERROR_STATUS`](const@INT_ERROR_STATUS).
    pub INT_ERROR_STATUS [
        /// Channel 0 had a bus error.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Channel 1 had a bus error.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`INT_ERR_CLR`](const@INT_ERR_CLR).
    pub INT_ERR_CLR [
        /// Written as 1 clears the error interrupt of channel 0.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Written as 1 clears the error interrupt of channel 1.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`RAW_INT_TC_STATUS`](const@RAW_INT_TC_STATUS).
    pub RAW_INT_TC_STATUS [
        /// Channel 0 reached its terminal count.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Channel 1 reached its terminal count.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`RAW_INT_ERROR_STATUS`](const@RAW_INT_ERROR_STATUS).
    pub RAW_INT_ERROR_STATUS [
        /// Channel 0 had a bus error.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Channel 1 had a bus error.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`ENBLD_CHNS`](const@ENBLD_CHNS).
    pub ENBLD_CHNS [
        /// Channel 0 is enabled.
        CHANNEL0 OFFSET(0) NUMBITS(1),
        /// Channel 1 is enabled.
        CHANNEL1 OFFSET(1) NUMBITS(1),
    ],
    /// Fields of [`CONFIGURATION`](const@CONFIGURATION).
    pub CONFIGURATION [
        /// The controller is enabled.
        E OFFSET(0) NUMBITS(1) [],
        /// Byte order of the bus master.
        M OFFSET(1) NUMBITS(1) [
            /// Little-endian.
            LittleEndian = 0,
            /// Big-endian.
            BigEndian = 1,
        ],
    ],
    /// Fields of [`PERIPH_ID`](const@PERIPH_ID).
    pub PERIPH_ID [
        /// One byte of the identification.
        VALUE OFFSET(0) NUMBITS(8),
    ],
    /// Fields of [`P_CELL_ID0`](const@P_CELL_ID0).
    pub P_CELL_ID0 [
        /// One byte of the identification.
        VALUE OFFSET(0) NUMBITS(8),
    ],
    /// Fields of [`P_CELL_ID1`](const@P_CELL_ID1).
    pub P_CELL_ID1 [
        /// One byte of the identification.
        VALUE OFFSET(0) NUMBITS(8),
    ],
    /// Fields of [`P_CELL_ID2`](const@P_CELL_ID2).
    pub P_CELL_ID2 [
        /// One byte of the identification.
        VALUE OFFSET(0) NUMBITS(8),
    ],
    /// Fields of [`P_CELL_ID3`](const@P_CELL_ID3).
    pub P_CELL_ID3 [
        /// One byte of the identification.
        VALUE OFFSET(0) NUMBITS(8),
    ],
}

#[rustfmt::skip]
impl Described for Pl081 {
    const DESCRIPTION: &'static BlockDescription = &BlockDescription {
        name: "PL081", doc: "The controller: interrupts and configuration for all channels, then the channels",
        size: 0x1000, alignment: 4,
        registers: &[
            RegisterDescription { name: "IntStatus", doc: "Interrupts of each channel after masking, of both kinds", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Channel 0 interrupts", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Channel 1 interrupts", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "IntTCStatus", doc: "Terminal-count interrupts after masking", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Channel 0 reached its terminal count", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Channel 1 reached its terminal count", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "IntTCClear", doc: "Clears terminal-count interrupts", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Written as 1 clears the terminal-count interrupt of channel 0", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Written as 1 clears the terminal-count interrupt of channel 1", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "IntErrorStatus", doc: "Error interrupts after masking", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Channel 0 had a bus error", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Channel 1 had a bus error", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "IntErrClr", doc: "Clears error interrupts", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Written as 1 clears the error interrupt of channel 0", offset_bits: 0, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Written as 1 clears the error interrupt of channel 1", offset_bits: 1, width_bits: 1, read: ReadKind::Never, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "RawIntTCStatus", doc: "Terminal-count interrupts before masking", offset: 0x14, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Channel 0 reached its terminal count", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Channel 1 reached its terminal count", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "RawIntErrorStatus", doc: "Error interrupts before masking", offset: 0x18, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Channel 0 had a bus error", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Channel 1 had a bus error", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "EnbldChns", doc: "Which channels are enabled", offset: 0x1c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "CHANNEL0", doc: "Channel 0 is enabled", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "CHANNEL1", doc: "Channel 1 is enabled", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "SoftBReq", doc: "Software burst requests, one bit for each of 16 peripherals", offset: 0x20, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "SoftSReq", doc: "Software single requests, one bit for each of 16 peripherals", offset: 0x24, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "SoftLBReq", doc: "Software last burst requests, one bit for each of 16 peripherals", offset: 0x28, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "SoftLSReq", doc: "Software last single requests, one bit for each of 16 peripherals", offset: 0x2c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "Configuration", doc: "Configuration of the controller", offset: 0x30, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "E", doc: "The controller is enabled", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                FieldDescription { name: "M", doc: "Byte order of the bus master", offset_bits: 1, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                    ValueDescription { name: "LittleEndian", doc: "Little-endian", value: 0 },
                    ValueDescription { name: "BigEndian", doc: "Big-endian", value: 1 },
                ] },
            ] },
            RegisterDescription { name: "Sync", doc: "Peripherals whose requests need no synchronisation, one bit each", offset: 0x34, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
            RegisterDescription { name: "PeriphID", doc: "Peripheral identification, one byte in each of four registers", offset: 0xfe0, width_bits: 32, length: 4, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0x00, fields: &[
                FieldDescription { name: "VALUE", doc: "One byte of the identification", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "PCellID0", doc: "Byte 0 of the PrimeCell identification", offset: 0xff0, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x0d, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "VALUE", doc: "One byte of the identification", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "PCellID1", doc: "Byte 1 of the PrimeCell identification", offset: 0xff4, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0xf0, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "VALUE", doc: "One byte of the identification", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "PCellID2", doc: "Byte 2 of the PrimeCell identification", offset: 0xff8, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0x05, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "VALUE", doc: "One byte of the identification", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
            RegisterDescription { name: "PCellID3", doc: "Byte 3 of the PrimeCell identification", offset: 0xffc, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, reset_value: 0xb1, reset_mask: 0xffff_ffff, fields: &[
                FieldDescription { name: "VALUE", doc: "One byte of the identification", offset_bits: 0, width_bits: 8, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
            ] },
        ],
        clusters: &[
            ClusterDescription { name: "Channel", doc: "One channel: two addresses, the next item, and how", offset: 0x100, length: 2, stride: 0x20, block: channel::Channel::DESCRIPTION },
        ],
    };
}

/// One channel: two addresses, the next item, and how.
pub mod channel {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{Doorbell, ReadWrite, Steering};
    use register_map::{Block, Def, register_bitfields};

    /// One channel: two addresses, the next item, and how.
    #[derive(Debug)]
    pub struct Channel(());

    impl Block for Channel {
        const NAME: &'static str = "Channel";
        const SIZE: usize = 0x14;
        const ALIGNMENT: usize = 4;
    }

    /// Where the channel reads.
    ///
    /// Takes an address that the device masters the bus with.
    pub const SRC_ADDR: Def<Channel, u32, Steering, (), 0x00> = Def::new(&Channel(()));

    /// Where the channel writes.
    ///
    /// Takes an address that the device masters the bus with.
    pub const DEST_ADDR: Def<Channel, u32, Steering, (), 0x04> = Def::new(&Channel(()));

    /// Where the next linked-list item is.
    ///
    /// Takes an address that the device masters the bus with.
    pub const LLI: Def<Channel, u32, Steering, LLI::Register, 0x08> = Def::new(&Channel(()));

    /// Size, widths and increments of the current item.
    pub const CONTROL: Def<Channel, u32, ReadWrite, CONTROL::Register, 0x0c> =
        Def::new(&Channel(()));

    /// Starts and stops the channel.
    ///
    /// A write may start the device.
    pub const CONFIGURATION: Def<Channel, u32, Doorbell, CONFIGURATION::Register, 0x10> =
        Def::new(&Channel(()));

    register_bitfields! { u32,
        /// Fields of [`LLI`](const@LLI).
        pub LLI [
            /// Bits `31:2` of the address of the next item; 0 ends the list.
            LLI OFFSET(2) NUMBITS(30),
        ],
        /// Fields of [`CONTROL`](const@CONTROL).
        pub CONTROL [
            /// How many transfers of the source width are left.
            TRANSFER_SIZE OFFSET(0) NUMBITS(12) [],
            /// Source burst size.
            SB_SIZE OFFSET(12) NUMBITS(3) [
                /// 1 transfer.
                Beats1 = 0,
                /// 4 transfers.
                Beats4 = 1,
                /// 8 transfers.
                Beats8 = 2,
                /// 16 transfers.
                Beats16 = 3,
                /// 32 transfers.
                Beats32 = 4,
                /// 64 transfers.
                Beats64 = 5,
                /// 128 transfers.
                Beats128 = 6,
                /// 256 transfers.
                Beats256 = 7,
            ],
            /// Destination burst size.
            DB_SIZE OFFSET(15) NUMBITS(3) [
                /// 1 transfer.
                Beats1 = 0,
                /// 4 transfers.
                Beats4 = 1,
                /// 8 transfers.
                Beats8 = 2,
                /// 16 transfers.
                Beats16 = 3,
                /// 32 transfers.
                Beats32 = 4,
                /// 64 transfers.
                Beats64 = 5,
                /// 128 transfers.
                Beats128 = 6,
                /// 256 transfers.
                Beats256 = 7,
            ],
            /// Source width.
            S_WIDTH OFFSET(18) NUMBITS(3) [
                /// 8 bits.
                Byte = 0,
                /// 16 bits.
                HalfWord = 1,
                /// 32 bits.
                Word = 2,
            ],
            /// Destination width.
            D_WIDTH OFFSET(21) NUMBITS(3) [
                /// 8 bits.
                Byte = 0,
                /// 16 bits.
                HalfWord = 1,
                /// 32 bits.
                Word = 2,
            ],
            /// The source address goes up after each transfer.
            SI OFFSET(26) NUMBITS(1) [],
            /// The destination address goes up after each transfer.
            DI OFFSET(27) NUMBITS(1) [],
            /// Protection lines of the bus: bit 0 privileged, bit 1 bufferable, bit 2 cacheable.
            PROT OFFSET(28) NUMBITS(3) [],
            /// Raise the terminal-count interrupt when this item is done.
            I OFFSET(31) NUMBITS(1) [],
        ],
        /// Fields of [`CONFIGURATION`](const@CONFIGURATION).
        pub CONFIGURATION [
            /// The channel is enabled; clears by itself when the last item is done.
            E OFFSET(0) NUMBITS(1) [],
            /// Which request line the source listens to.
            SRC_PERIPHERAL OFFSET(1) NUMBITS(4) [],
            /// Which request line the destination listens to.
            DEST_PERIPHERAL OFFSET(6) NUMBITS(4) [],
            /// Which way the bytes go, and who ends the transfer.
            FLOW_CNTRL OFFSET(11) NUMBITS(3) [
                /// Memory to memory, controlled by the DMA controller.
                MemoryToMemory = 0,
                /// Memory to peripheral, controlled by the DMA controller.
                MemoryToPeripheral = 1,
                /// Peripheral to memory, controlled by the DMA controller.
                PeripheralToMemory = 2,
                /// Peripheral to peripheral, controlled by the DMA controller.
                PeripheralToPeripheral = 3,
                /// Peripheral to peripheral, controlled by the destination.
                PeripheralToPeripheralByDestination = 4,
                /// Memory to peripheral, controlled by the peripheral.
                MemoryToPeripheralByPeripheral = 5,
                /// Peripheral to memory, controlled by the peripheral.
                PeripheralToMemoryByPeripheral = 6,
                /// Peripheral to peripheral, controlled by the source.
                PeripheralToPeripheralBySource = 7,
            ],
            /// Lets the error interrupt through.
            IE OFFSET(14) NUMBITS(1) [],
            /// Lets the terminal-count interrupt through.
            ITC OFFSET(15) NUMBITS(1) [],
            /// Locks the bus during a burst.
            L OFFSET(16) NUMBITS(1) [],
            /// The FIFO of the channel holds data.
            A OFFSET(17) NUMBITS(1) [],
            /// Halt: ignores further requests and lets the FIFO run dry.
            H OFFSET(18) NUMBITS(1) [],
        ],
    }

    #[rustfmt::skip]
    impl Described for Channel {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "Channel", doc: "One channel: two addresses, the next item, and how",
            size: 0x14, alignment: 4,
            registers: &[
                RegisterDescription { name: "SrcAddr", doc: "Where the channel reads", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DestAddr", doc: "Where the channel writes", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "LLI", doc: "Where the next linked-list item is", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LLI", doc: "Bits 31:2 of the address of the next item; 0 ends the list", offset_bits: 2, width_bits: 30, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "Control", doc: "Size, widths and increments of the current item", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TransferSize", doc: "How many transfers of the source width are left", offset_bits: 0, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SBSize", doc: "Source burst size", offset_bits: 12, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Beats1", doc: "1 transfer", value: 0 },
                        ValueDescription { name: "Beats4", doc: "4 transfers", value: 1 },
                        ValueDescription { name: "Beats8", doc: "8 transfers", value: 2 },
                        ValueDescription { name: "Beats16", doc: "16 transfers", value: 3 },
                        ValueDescription { name: "Beats32", doc: "32 transfers", value: 4 },
                        ValueDescription { name: "Beats64", doc: "64 transfers", value: 5 },
                        ValueDescription { name: "Beats128", doc: "128 transfers", value: 6 },
                        ValueDescription { name: "Beats256", doc: "256 transfers", value: 7 },
                    ] },
                    FieldDescription { name: "DBSize", doc: "Destination burst size", offset_bits: 15, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Beats1", doc: "1 transfer", value: 0 },
                        ValueDescription { name: "Beats4", doc: "4 transfers", value: 1 },
                        ValueDescription { name: "Beats8", doc: "8 transfers", value: 2 },
                        ValueDescription { name: "Beats16", doc: "16 transfers", value: 3 },
                        ValueDescription { name: "Beats32", doc: "32 transfers", value: 4 },
                        ValueDescription { name: "Beats64", doc: "64 transfers", value: 5 },
                        ValueDescription { name: "Beats128", doc: "128 transfers", value: 6 },
                        ValueDescription { name: "Beats256", doc: "256 transfers", value: 7 },
                    ] },
                    FieldDescription { name: "SWidth", doc: "Source width", offset_bits: 18, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Byte", doc: "8 bits", value: 0 },
                        ValueDescription { name: "HalfWord", doc: "16 bits", value: 1 },
                        ValueDescription { name: "Word", doc: "32 bits", value: 2 },
                    ] },
                    FieldDescription { name: "DWidth", doc: "Destination width", offset_bits: 21, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Byte", doc: "8 bits", value: 0 },
                        ValueDescription { name: "HalfWord", doc: "16 bits", value: 1 },
                        ValueDescription { name: "Word", doc: "32 bits", value: 2 },
                    ] },
                    FieldDescription { name: "SI", doc: "The source address goes up after each transfer", offset_bits: 26, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DI", doc: "The destination address goes up after each transfer", offset_bits: 27, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "Prot", doc: "Protection lines of the bus: bit 0 privileged, bit 1 bufferable, bit 2 cacheable", offset_bits: 28, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "I", doc: "Raise the terminal-count interrupt when this item is done", offset_bits: 31, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "Configuration", doc: "Starts and stops the channel", offset: 0x10, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Rings, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "E", doc: "The channel is enabled; clears by itself when the last item is done", offset_bits: 0, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SrcPeripheral", doc: "Which request line the source listens to", offset_bits: 1, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DestPeripheral", doc: "Which request line the destination listens to", offset_bits: 6, width_bits: 4, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "FlowCntrl", doc: "Which way the bytes go, and who ends the transfer", offset_bits: 11, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "MemoryToMemory", doc: "Memory to memory, controlled by the DMA controller", value: 0 },
                        ValueDescription { name: "MemoryToPeripheral", doc: "Memory to peripheral, controlled by the DMA controller", value: 1 },
                        ValueDescription { name: "PeripheralToMemory", doc: "Peripheral to memory, controlled by the DMA controller", value: 2 },
                        ValueDescription { name: "PeripheralToPeripheral", doc: "Peripheral to peripheral, controlled by the DMA controller", value: 3 },
                        ValueDescription { name: "PeripheralToPeripheralByDestination", doc: "Peripheral to peripheral, controlled by the destination", value: 4 },
                        ValueDescription { name: "MemoryToPeripheralByPeripheral", doc: "Memory to peripheral, controlled by the peripheral", value: 5 },
                        ValueDescription { name: "PeripheralToMemoryByPeripheral", doc: "Peripheral to memory, controlled by the peripheral", value: 6 },
                        ValueDescription { name: "PeripheralToPeripheralBySource", doc: "Peripheral to peripheral, controlled by the source", value: 7 },
                    ] },
                    FieldDescription { name: "IE", doc: "Lets the error interrupt through", offset_bits: 14, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "ITC", doc: "Lets the terminal-count interrupt through", offset_bits: 15, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "L", doc: "Locks the bus during a burst", offset_bits: 16, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "A", doc: "The FIFO of the channel holds data", offset_bits: 17, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "H", doc: "Halt: ignores further requests and lets the FIFO run dry", offset_bits: 18, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}

/// One item of a channel's linked list, four words in memory.
pub mod linked_list_item {
    use register_map::description::{
        BlockDescription, Described, FieldDescription, ReadKind, RegisterDescription,
        ValueDescription, WriteConstraint, WriteKind,
    };
    use register_map::rights::{ReadWrite, Steering};
    use register_map::{Block, Def, register_bitfields};

    /// One item of a channel's linked list, four words in memory.
    ///
    /// `LinkedListItem`, in memory.
    #[derive(Debug)]
    pub struct LinkedListItem(());

    impl Block for LinkedListItem {
        const NAME: &'static str = "LinkedListItem";
        const SIZE: usize = 0x10;
        const ALIGNMENT: usize = 4;
    }

    /// Where the item reads.
    ///
    /// Takes an address that the device masters the bus with.
    pub const SRC_ADDR: Def<LinkedListItem, u32, Steering, (), 0x00> =
        Def::new(&LinkedListItem(()));

    /// Where the item writes.
    ///
    /// Takes an address that the device masters the bus with.
    pub const DEST_ADDR: Def<LinkedListItem, u32, Steering, (), 0x04> =
        Def::new(&LinkedListItem(()));

    /// Where the item after this one is.
    ///
    /// Takes an address that the device masters the bus with.
    pub const LLI: Def<LinkedListItem, u32, Steering, LLI::Register, 0x08> =
        Def::new(&LinkedListItem(()));

    /// Size, widths and increments of this item.
    pub const CONTROL: Def<LinkedListItem, u32, ReadWrite, CONTROL::Register, 0x0c> =
        Def::new(&LinkedListItem(()));

    register_bitfields! { u32,
        /// Fields of [`LLI`](const@LLI).
        pub LLI [
            /// Bits `31:2` of the address of the next item; 0 ends the list.
            LLI OFFSET(2) NUMBITS(30),
        ],
        /// Fields of [`CONTROL`](const@CONTROL).
        pub CONTROL [
            /// How many transfers of the source width are left.
            TRANSFER_SIZE OFFSET(0) NUMBITS(12) [],
            /// Source burst size.
            SB_SIZE OFFSET(12) NUMBITS(3) [
                /// 1 transfer.
                Beats1 = 0,
                /// 4 transfers.
                Beats4 = 1,
                /// 8 transfers.
                Beats8 = 2,
                /// 16 transfers.
                Beats16 = 3,
                /// 32 transfers.
                Beats32 = 4,
                /// 64 transfers.
                Beats64 = 5,
                /// 128 transfers.
                Beats128 = 6,
                /// 256 transfers.
                Beats256 = 7,
            ],
            /// Destination burst size.
            DB_SIZE OFFSET(15) NUMBITS(3) [
                /// 1 transfer.
                Beats1 = 0,
                /// 4 transfers.
                Beats4 = 1,
                /// 8 transfers.
                Beats8 = 2,
                /// 16 transfers.
                Beats16 = 3,
                /// 32 transfers.
                Beats32 = 4,
                /// 64 transfers.
                Beats64 = 5,
                /// 128 transfers.
                Beats128 = 6,
                /// 256 transfers.
                Beats256 = 7,
            ],
            /// Source width.
            S_WIDTH OFFSET(18) NUMBITS(3) [
                /// 8 bits.
                Byte = 0,
                /// 16 bits.
                HalfWord = 1,
                /// 32 bits.
                Word = 2,
            ],
            /// Destination width.
            D_WIDTH OFFSET(21) NUMBITS(3) [
                /// 8 bits.
                Byte = 0,
                /// 16 bits.
                HalfWord = 1,
                /// 32 bits.
                Word = 2,
            ],
            /// The source address goes up after each transfer.
            SI OFFSET(26) NUMBITS(1) [],
            /// The destination address goes up after each transfer.
            DI OFFSET(27) NUMBITS(1) [],
            /// Protection lines of the bus: bit 0 privileged, bit 1 bufferable, bit 2 cacheable.
            PROT OFFSET(28) NUMBITS(3) [],
            /// Raise the terminal-count interrupt when this item is done.
            I OFFSET(31) NUMBITS(1) [],
        ],
    }

    #[rustfmt::skip]
    impl Described for LinkedListItem {
        const DESCRIPTION: &'static BlockDescription = &BlockDescription {
            name: "LinkedListItem", doc: "One item of a channel's linked list, four words in memory",
            size: 0x10, alignment: 4,
            registers: &[
                RegisterDescription { name: "SrcAddr", doc: "Where the item reads", offset: 0x00, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "DestAddr", doc: "Where the item writes", offset: 0x04, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[] },
                RegisterDescription { name: "LLI", doc: "Where the item after this one is", offset: 0x08, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Steers, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "LLI", doc: "Bits 31:2 of the address of the next item; 0 ends the list", offset_bits: 2, width_bits: 30, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
                RegisterDescription { name: "Control", doc: "Size, widths and increments of this item", offset: 0x0c, width_bits: 32, length: 1, stride: 0x04, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, reset_value: 0x00, reset_mask: 0xffff_ffff, fields: &[
                    FieldDescription { name: "TransferSize", doc: "How many transfers of the source width are left", offset_bits: 0, width_bits: 12, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "SBSize", doc: "Source burst size", offset_bits: 12, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Beats1", doc: "1 transfer", value: 0 },
                        ValueDescription { name: "Beats4", doc: "4 transfers", value: 1 },
                        ValueDescription { name: "Beats8", doc: "8 transfers", value: 2 },
                        ValueDescription { name: "Beats16", doc: "16 transfers", value: 3 },
                        ValueDescription { name: "Beats32", doc: "32 transfers", value: 4 },
                        ValueDescription { name: "Beats64", doc: "64 transfers", value: 5 },
                        ValueDescription { name: "Beats128", doc: "128 transfers", value: 6 },
                        ValueDescription { name: "Beats256", doc: "256 transfers", value: 7 },
                    ] },
                    FieldDescription { name: "DBSize", doc: "Destination burst size", offset_bits: 15, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Beats1", doc: "1 transfer", value: 0 },
                        ValueDescription { name: "Beats4", doc: "4 transfers", value: 1 },
                        ValueDescription { name: "Beats8", doc: "8 transfers", value: 2 },
                        ValueDescription { name: "Beats16", doc: "16 transfers", value: 3 },
                        ValueDescription { name: "Beats32", doc: "32 transfers", value: 4 },
                        ValueDescription { name: "Beats64", doc: "64 transfers", value: 5 },
                        ValueDescription { name: "Beats128", doc: "128 transfers", value: 6 },
                        ValueDescription { name: "Beats256", doc: "256 transfers", value: 7 },
                    ] },
                    FieldDescription { name: "SWidth", doc: "Source width", offset_bits: 18, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Byte", doc: "8 bits", value: 0 },
                        ValueDescription { name: "HalfWord", doc: "16 bits", value: 1 },
                        ValueDescription { name: "Word", doc: "32 bits", value: 2 },
                    ] },
                    FieldDescription { name: "DWidth", doc: "Destination width", offset_bits: 21, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[
                        ValueDescription { name: "Byte", doc: "8 bits", value: 0 },
                        ValueDescription { name: "HalfWord", doc: "16 bits", value: 1 },
                        ValueDescription { name: "Word", doc: "32 bits", value: 2 },
                    ] },
                    FieldDescription { name: "SI", doc: "The source address goes up after each transfer", offset_bits: 26, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "DI", doc: "The destination address goes up after each transfer", offset_bits: 27, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "Prot", doc: "Protection lines of the bus: bit 0 privileged, bit 1 bufferable, bit 2 cacheable", offset_bits: 28, width_bits: 3, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                    FieldDescription { name: "I", doc: "Raise the terminal-count interrupt when this item is done", offset_bits: 31, width_bits: 1, read: ReadKind::Plain, write: WriteKind::Plain, constraint: WriteConstraint::Any, values: &[] },
                ] },
            ],
            clusters: &[],
        };
    }
}
