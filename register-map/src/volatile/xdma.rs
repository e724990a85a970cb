//! Xilinx `DMA/Bridge` Subsystem for PCI Express (PG195), on a card with memory and streams of its
//! own.
//!
//! Generated from `xdma.svd` by register-gen, as structures of volatile cells; changes belong
//! there.

use core::mem::offset_of;

use volatile_register::RO;

/// The subsystem. Bits `15:12` of an offset choose the block, bits `11:8` the channel. Takes 4-byte
/// accesses only.
#[repr(C)]
pub struct Xdma {
    /// The channels of one direction: 0 host to card (H2C), 1 card to host (C2H).
    pub direction: [DirectionStep; 2],
    /// Interrupts: which are let through, which are up, which vector each takes.
    pub irq: irq::Irq,
    _reserved0: [u8; 0xf58],
    /// How the subsystem sits on its bus.
    pub configuration: configuration::Configuration,
    _reserved1: [u8; 0xfe0],
    /// The descriptor lists of one direction: 0 host to card, 1 card to host.
    pub lists: [ListsStep; 2],
    /// What all descriptor lists share.
    pub list_control: list_control::ListControl,
    _reserved2: [u8; 0x1fd4],
    /// The MSI-X table: written by the operating system alone.
    pub vector: [vector::Vector; 32],
    _reserved3: [u8; 0xde0],
    /// The MSI-X table: messages that are held back.
    pub pending_messages: RO<u32>,
    _reserved4: [u8; 0x701c],
}

/// One `DIRECTION` and the bytes up to the next.
#[repr(C)]
pub struct DirectionStep {
    /// The channels of one direction: 0 host to card (H2C), 1 card to host (C2H).
    pub value: direction::Direction,
    _reserved: [u8; 0xc2c],
}

/// One `LISTS` and the bytes up to the next.
#[repr(C)]
pub struct ListsStep {
    /// The descriptor lists of one direction: 0 host to card, 1 card to host.
    pub value: lists::Lists,
    _reserved: [u8; 0xc70],
}

const _: () = {
    assert!(size_of::<Xdma>() == 0x0001_0000);
    assert!(offset_of!(Xdma, direction) == 0x00);
    assert!(offset_of!(Xdma, irq) == 0x2000);
    assert!(offset_of!(Xdma, configuration) == 0x3000);
    assert!(offset_of!(Xdma, lists) == 0x4000);
    assert!(offset_of!(Xdma, list_control) == 0x6000);
    assert!(offset_of!(Xdma, vector) == 0x8000);
    assert!(offset_of!(Xdma, pending_messages) == 0x8fe0);
    assert!(size_of::<DirectionStep>() == 0x1000);
    assert!(size_of::<ListsStep>() == 0x1000);
};

/// The channels of one direction: 0 host to card (H2C), 1 card to host (C2H).
pub mod direction {
    use core::mem::offset_of;

    /// The channels of one direction: 0 host to card (H2C), 1 card to host (C2H).
    #[repr(C)]
    pub struct Direction {
        /// One channel: how it runs, how far it is, when it interrupts.
        pub channel: ChannelSteps,
    }

    /// One `CHANNEL` and the bytes up to the next.
    #[repr(C)]
    pub struct ChannelStep {
        /// One channel: how it runs, how far it is, when it interrupts.
        pub value: channel::Channel,
        _reserved: [u8; 0x2c],
    }

    /// All 4 of `CHANNEL`; other registers lie between them.
    #[repr(C)]
    pub struct ChannelSteps {
        /// All but the last.
        pub most: [ChannelStep; 3],
        /// The last.
        pub last: channel::Channel,
    }

    impl ChannelSteps {
        /// The one of an index; `None` if there are not so many.
        #[must_use]
        pub fn get(&self, index: usize) -> Option<&channel::Channel> {
            match self.most.get(index) {
                Some(step) => Some(&step.value),
                None => (index == self.most.len()).then_some(&self.last),
            }
        }
    }

    const _: () = {
        assert!(size_of::<Direction>() == 0x3d4);
        assert!(offset_of!(Direction, channel) == 0x00);
        assert!(size_of::<ChannelStep>() == 0x100);
        assert!(size_of::<ChannelSteps>() == 0x3d4);
    };

    /// One channel: how it runs, how far it is, when it interrupts.
    pub mod channel {
        use core::mem::offset_of;

        use volatile_register::{RO, RW, WO};

        /// One channel: how it runs, how far it is, when it interrupts.
        #[repr(C)]
        pub struct Channel {
            /// Which block this is; a channel that does not exist reads otherwise.
            pub identifier: RO<u32>,
            /// Starts and stops the engine, and chooses what it notes.
            ///
            /// A write may start the device.
            pub control: RW<u32>,
            /// Sets the bits written as one in CONTROL, RUN among them.
            ///
            /// A write may start the device. A one sets its bit.
            pub control_set: WO<u32>,
            /// Clears the bits written as one in CONTROL.
            ///
            /// A one clears its bit, so `modify` clears what it reads.
            pub control_clear: WO<u32>,
            _reserved0: [u8; 0x30],
            /// What was noted since RUN was set; a one written clears its bit.
            ///
            /// A one clears its bit, so `modify` clears what it reads.
            pub status: RW<u32>,
            /// As STATUS, and what it reads is cleared, but for BUSY.
            ///
            /// A read clears it.
            pub status_read_clear: RO<u32>,
            /// Descriptors completed since RUN was set.
            pub completed_count: RO<u32>,
            /// What the channel was built for.
            pub alignments: RO<u32>,
            _reserved1: [u8; 0x38],
            /// Where the count of completed descriptors is written, bits `31:0`.
            ///
            /// One half of the pair `WRITE_BACK`, through which it is written.
            pub write_back_low: RW<u32>,
            /// Where the count of completed descriptors is written, bits `63:32`.
            ///
            /// One half of the pair `WRITE_BACK`, through which it is written.
            pub write_back_high: RW<u32>,
            /// What of STATUS interrupts.
            pub interrupt_enable: RW<u32>,
            /// Sets the bits written as one in `INTERRUPT_ENABLE`.
            ///
            /// A one sets its bit.
            pub interrupt_enable_set: WO<u32>,
            /// Clears the bits written as one in `INTERRUPT_ENABLE`.
            ///
            /// A one clears its bit, so `modify` clears what it reads.
            pub interrupt_enable_clear: WO<u32>,
            _reserved2: [u8; 0x24],
            /// Performance monitor: how it counts.
            pub monitor_control: RW<u32>,
            /// Cycles counted, bits `31:0`.
            pub monitor_cycles_low: RO<u32>,
            /// Cycles counted, bits `41:32`.
            pub monitor_cycles_high: RO<u32>,
            /// Data beats counted, bits `31:0`.
            pub monitor_data_low: RO<u32>,
            /// Data beats counted, bits `41:32`.
            pub monitor_data_high: RO<u32>,
        }

        const _: () = {
            assert!(size_of::<Channel>() == 0xd4);
            assert!(offset_of!(Channel, identifier) == 0x00);
            assert!(offset_of!(Channel, control) == 0x04);
            assert!(offset_of!(Channel, control_set) == 0x08);
            assert!(offset_of!(Channel, control_clear) == 0x0c);
            assert!(offset_of!(Channel, status) == 0x40);
            assert!(offset_of!(Channel, status_read_clear) == 0x44);
            assert!(offset_of!(Channel, completed_count) == 0x48);
            assert!(offset_of!(Channel, alignments) == 0x4c);
            assert!(offset_of!(Channel, write_back_low) == 0x88);
            assert!(offset_of!(Channel, write_back_high) == 0x8c);
            assert!(offset_of!(Channel, interrupt_enable) == 0x90);
            assert!(offset_of!(Channel, interrupt_enable_set) == 0x94);
            assert!(offset_of!(Channel, interrupt_enable_clear) == 0x98);
            assert!(offset_of!(Channel, monitor_control) == 0xc0);
            assert!(offset_of!(Channel, monitor_cycles_low) == 0xc4);
            assert!(offset_of!(Channel, monitor_cycles_high) == 0xc8);
            assert!(offset_of!(Channel, monitor_data_low) == 0xcc);
            assert!(offset_of!(Channel, monitor_data_high) == 0xd0);
        };
    }
}

/// Interrupts: which are let through, which are up, which vector each takes.
pub mod irq {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// Interrupts: which are let through, which are up, which vector each takes.
    #[repr(C)]
    pub struct Irq {
        /// Which block this is; a channel that does not exist reads otherwise.
        pub identifier: RO<u32>,
        /// Which of the card's own interrupts are let through.
        pub user_enable: RW<u32>,
        /// Sets the bits written as one in `USER_ENABLE`.
        ///
        /// A one sets its bit.
        pub user_enable_set: WO<u32>,
        /// Clears the bits written as one in `USER_ENABLE`.
        ///
        /// A one clears its bit, so `modify` clears what it reads.
        pub user_enable_clear: WO<u32>,
        /// Which channels interrupts are let through: those to the card first, then those from it,
        /// counting only channels that exist.
        pub channel_enable: RW<u32>,
        /// Sets the bits written as one in `CHANNEL_ENABLE`.
        ///
        /// A one sets its bit.
        pub channel_enable_set: WO<u32>,
        /// Clears the bits written as one in `CHANNEL_ENABLE`.
        ///
        /// A one clears its bit, so `modify` clears what it reads.
        pub channel_enable_clear: WO<u32>,
        _reserved0: [u8; 0x24],
        /// User interrupts that are up and let through.
        pub user_request: RO<u32>,
        /// Channel interrupts that are up and let through.
        pub channel_request: RO<u32>,
        /// User interrupts that are up, let through or not.
        pub user_pending: RO<u32>,
        /// Channel interrupts that are up, let through or not; each goes down when its cause is
        /// cleared.
        pub channel_pending: RO<u32>,
        _reserved1: [u8; 0x30],
        /// Which vectors user interrupts take, four to a register.
        pub user_vector: [RW<u32>; 4],
        _reserved2: [u8; 0x10],
        /// Which vectors channel interrupts take, four to a register.
        pub channel_vector: [RW<u32>; 2],
    }

    const _: () = {
        assert!(size_of::<Irq>() == 0xa8);
        assert!(offset_of!(Irq, identifier) == 0x00);
        assert!(offset_of!(Irq, user_enable) == 0x04);
        assert!(offset_of!(Irq, user_enable_set) == 0x08);
        assert!(offset_of!(Irq, user_enable_clear) == 0x0c);
        assert!(offset_of!(Irq, channel_enable) == 0x10);
        assert!(offset_of!(Irq, channel_enable_set) == 0x14);
        assert!(offset_of!(Irq, channel_enable_clear) == 0x18);
        assert!(offset_of!(Irq, user_request) == 0x40);
        assert!(offset_of!(Irq, channel_request) == 0x44);
        assert!(offset_of!(Irq, user_pending) == 0x48);
        assert!(offset_of!(Irq, channel_pending) == 0x4c);
        assert!(offset_of!(Irq, user_vector) == 0x80);
        assert!(offset_of!(Irq, channel_vector) == 0xa0);
    };
}

/// How the subsystem sits on its bus.
pub mod configuration {
    use core::mem::offset_of;

    use volatile_register::{RO, RW};

    /// How the subsystem sits on its bus.
    #[repr(C)]
    pub struct Configuration {
        /// Which block this is; a channel that does not exist reads otherwise.
        pub identifier: RO<u32>,
        /// Its number on the bus.
        pub bus_device_function: RO<u32>,
        /// Longest packet that it may write.
        pub max_payload: RO<u32>,
        /// Longest packet that it may ask for.
        pub max_read_request: RO<u32>,
        /// Identification that the card was built with.
        pub system_id: RO<u32>,
        /// How interrupts are sent.
        pub messages: RO<u32>,
        /// Width of its data path.
        pub data_width: RO<u32>,
        /// Attributes of the packets that it sends.
        pub pcie_control: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Configuration>() == 0x20);
        assert!(offset_of!(Configuration, identifier) == 0x00);
        assert!(offset_of!(Configuration, bus_device_function) == 0x04);
        assert!(offset_of!(Configuration, max_payload) == 0x08);
        assert!(offset_of!(Configuration, max_read_request) == 0x0c);
        assert!(offset_of!(Configuration, system_id) == 0x10);
        assert!(offset_of!(Configuration, messages) == 0x14);
        assert!(offset_of!(Configuration, data_width) == 0x18);
        assert!(offset_of!(Configuration, pcie_control) == 0x1c);
    };
}

/// The descriptor lists of one direction: 0 host to card, 1 card to host.
pub mod lists {
    use core::mem::offset_of;

    /// The descriptor lists of one direction: 0 host to card, 1 card to host.
    #[repr(C)]
    pub struct Lists {
        /// Where a channel begins to fetch descriptors.
        pub list: ListSteps,
    }

    /// One `LIST` and the bytes up to the next.
    #[repr(C)]
    pub struct ListStep {
        /// Where a channel begins to fetch descriptors.
        pub value: list::List,
        _reserved: [u8; 0x70],
    }

    /// All 4 of `LIST`; other registers lie between them.
    #[repr(C)]
    pub struct ListSteps {
        /// All but the last.
        pub most: [ListStep; 3],
        /// The last.
        pub last: list::List,
    }

    impl ListSteps {
        /// The one of an index; `None` if there are not so many.
        #[must_use]
        pub fn get(&self, index: usize) -> Option<&list::List> {
            match self.most.get(index) {
                Some(step) => Some(&step.value),
                None => (index == self.most.len()).then_some(&self.last),
            }
        }
    }

    const _: () = {
        assert!(size_of::<Lists>() == 0x390);
        assert!(offset_of!(Lists, list) == 0x00);
        assert!(size_of::<ListStep>() == 0x100);
        assert!(size_of::<ListSteps>() == 0x390);
    };

    /// Where a channel begins to fetch descriptors.
    pub mod list {
        use core::mem::offset_of;

        use volatile_register::{RO, RW};

        /// Where a channel begins to fetch descriptors.
        #[repr(C)]
        pub struct List {
            /// Which block this is; a channel that does not exist reads otherwise.
            pub identifier: RO<u32>,
            _reserved0: [u8; 0x7c],
            /// Where the first descriptor is, bits `31:0`.
            ///
            /// One half of the pair `DESCRIPTOR`, through which it is written.
            pub descriptor_low: RW<u32>,
            /// Where the first descriptor is, bits `63:32`.
            ///
            /// One half of the pair `DESCRIPTOR`, through which it is written.
            pub descriptor_high: RW<u32>,
            /// How many descriptors follow the first one without a gap, to be fetched with it; all
            /// lie within 4096 bytes.
            pub adjacent: RW<u32>,
            /// Adds credits, if the channel takes descriptors by credit; reads what is left.
            ///
            /// A write may start the device.
            pub credits: RW<u32>,
        }

        const _: () = {
            assert!(size_of::<List>() == 0x90);
            assert!(offset_of!(List, identifier) == 0x00);
            assert!(offset_of!(List, descriptor_low) == 0x80);
            assert!(offset_of!(List, descriptor_high) == 0x84);
            assert!(offset_of!(List, adjacent) == 0x88);
            assert!(offset_of!(List, credits) == 0x8c);
        };
    }
}

/// What all descriptor lists share.
pub mod list_control {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// What all descriptor lists share.
    #[repr(C)]
    pub struct ListControl {
        /// Which block this is; a channel that does not exist reads otherwise.
        pub identifier: RO<u32>,
        _reserved0: [u8; 0x0c],
        /// Channels that fetch no descriptors for now.
        ///
        /// A write may start the device.
        pub halt: RW<u32>,
        /// Sets the bits written as one in HALT.
        ///
        /// A one sets its bit.
        pub halt_set: WO<u32>,
        /// Clears the bits written as one in HALT.
        ///
        /// A write may start the device. A one clears its bit, so `modify` clears what it reads.
        pub halt_clear: WO<u32>,
        _reserved1: [u8; 0x04],
        /// Channels that fetch a descriptor only for a credit.
        ///
        /// A write may start the device.
        pub credit_mode: RW<u32>,
        /// Sets the bits written as one in `CREDIT_MODE`.
        ///
        /// A one sets its bit.
        pub credit_mode_set: WO<u32>,
        /// Clears the bits written as one in `CREDIT_MODE`.
        ///
        /// A write may start the device. A one clears its bit, so `modify` clears what it reads.
        pub credit_mode_clear: WO<u32>,
    }

    const _: () = {
        assert!(size_of::<ListControl>() == 0x2c);
        assert!(offset_of!(ListControl, identifier) == 0x00);
        assert!(offset_of!(ListControl, halt) == 0x10);
        assert!(offset_of!(ListControl, halt_set) == 0x14);
        assert!(offset_of!(ListControl, halt_clear) == 0x18);
        assert!(offset_of!(ListControl, credit_mode) == 0x20);
        assert!(offset_of!(ListControl, credit_mode_set) == 0x24);
        assert!(offset_of!(ListControl, credit_mode_clear) == 0x28);
    };
}

/// The MSI-X table: written by the operating system alone.
pub mod vector {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// The MSI-X table: written by the operating system alone.
    #[repr(C)]
    pub struct Vector {
        /// Where the message is written, bits `31:0`.
        ///
        /// One half of the pair `ADDRESS`, through which it is written.
        pub address_low: RW<u32>,
        /// Where the message is written, bits `63:32`.
        ///
        /// One half of the pair `ADDRESS`, through which it is written.
        pub address_high: RW<u32>,
        /// What is written there.
        ///
        /// A write may start the device.
        pub data: RW<u32>,
        /// Whether it is sent.
        ///
        /// A write may start the device.
        pub control: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Vector>() == 0x10);
        assert!(offset_of!(Vector, address_low) == 0x00);
        assert!(offset_of!(Vector, address_high) == 0x04);
        assert!(offset_of!(Vector, data) == 0x08);
        assert!(offset_of!(Vector, control) == 0x0c);
    };
}

/// The card's own registers: its memory's size, a stream from it, a stream to it, interrupts at
/// will. Takes 4-byte accesses only.
///
/// `CARD`, in BAR 2 at `0x00`.
pub mod card {
    use core::mem::offset_of;

    use volatile_register::{RO, RW, WO};

    /// The card's own registers: its memory's size, a stream from it, a stream to it, interrupts at
    /// will. Takes 4-byte accesses only.
    #[repr(C)]
    pub struct Card {
        /// Which card it is.
        pub identification: RO<u32>,
        /// Version of these registers.
        pub version: RO<u32>,
        /// Bytes of the card's memory, which begins at its address 0; bits `31:0`.
        ///
        /// One half of the pair `MEMORY_SIZE`, through which it is written.
        pub memory_size_low: RO<u32>,
        /// Bytes of the card's memory, bits `63:32`.
        ///
        /// One half of the pair `MEMORY_SIZE`, through which it is written.
        pub memory_size_high: RO<u32>,
        /// Holds what is written; for tests.
        pub scratch: [RW<u32>; 4],
        /// User interrupts that are up.
        pub interrupts: RO<u32>,
        /// Raises the user interrupts of the bits written as one.
        ///
        /// A one sets its bit.
        pub interrupts_raise: WO<u32>,
        /// Drops the user interrupts of the bits written as one.
        ///
        /// A one clears its bit, so `modify` clears what it reads.
        pub interrupts_drop: WO<u32>,
        _reserved0: [u8; 0xd4],
        /// A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is
        /// read at its address on the card; what does not fit is lost, and counted.
        pub source: source::Source,
        _reserved1: [u8; 0x14],
        /// A stream to the card: bytes that are written to its address on the card go through a
        /// FIFO and are consumed at a fixed rate.
        pub sink: sink::Sink,
        _reserved2: [u8; 0xe90],
    }

    const _: () = {
        assert!(size_of::<Card>() == 0x1000);
        assert!(offset_of!(Card, identification) == 0x00);
        assert!(offset_of!(Card, version) == 0x04);
        assert!(offset_of!(Card, memory_size_low) == 0x08);
        assert!(offset_of!(Card, memory_size_high) == 0x0c);
        assert!(offset_of!(Card, scratch) == 0x10);
        assert!(offset_of!(Card, interrupts) == 0x20);
        assert!(offset_of!(Card, interrupts_raise) == 0x24);
        assert!(offset_of!(Card, interrupts_drop) == 0x28);
        assert!(offset_of!(Card, source) == 0x100);
        assert!(offset_of!(Card, sink) == 0x140);
    };

    /// A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is read
    /// at its address on the card; what does not fit is lost, and counted.
    pub mod source {
        use core::mem::offset_of;

        use volatile_register::{RO, RW};

        /// A stream from the card: samples of 8 bytes come at a fixed rate into a FIFO, which is
        /// read at its address on the card; what does not fit is lost, and counted.
        #[repr(C)]
        pub struct Source {
            /// Starts and stops the stream.
            pub control: RW<u32>,
            /// Bytes a microsecond; takes effect at the next start.
            pub rate: RW<u32>,
            /// Seed of the samples. Sample n holds n in bits `39:0`, and in bits `63:40` the upper
            /// 24 bits of (n modulo 2^32 + SEED) times 0x9e3779b1, modulo 2^32.
            pub seed: RW<u32>,
            /// Bytes that the FIFO holds.
            pub depth: RO<u32>,
            /// Bytes that are in the FIFO.
            pub level: RO<u32>,
            /// Samples so far, lost ones included; wraps.
            pub produced: RO<u32>,
            /// Samples lost so far; wraps.
            pub lost: RO<u32>,
            _reserved0: [u8; 0x04],
            /// Where the FIFO is read on the card, bits `31:0`. Any address of its window is the
            /// same.
            ///
            /// One half of the pair `ADDRESS`, through which it is written.
            pub address_low: RO<u32>,
            /// Where the FIFO is read on the card, bits `63:32`.
            ///
            /// One half of the pair `ADDRESS`, through which it is written.
            pub address_high: RO<u32>,
            /// Bytes of the window.
            pub window: RO<u32>,
        }

        const _: () = {
            assert!(size_of::<Source>() == 0x2c);
            assert!(offset_of!(Source, control) == 0x00);
            assert!(offset_of!(Source, rate) == 0x04);
            assert!(offset_of!(Source, seed) == 0x08);
            assert!(offset_of!(Source, depth) == 0x0c);
            assert!(offset_of!(Source, level) == 0x10);
            assert!(offset_of!(Source, produced) == 0x14);
            assert!(offset_of!(Source, lost) == 0x18);
            assert!(offset_of!(Source, address_low) == 0x20);
            assert!(offset_of!(Source, address_high) == 0x24);
            assert!(offset_of!(Source, window) == 0x28);
        };
    }

    /// A stream to the card: bytes that are written to its address on the card go through a FIFO
    /// and are consumed at a fixed rate.
    pub mod sink {
        use core::mem::offset_of;

        use volatile_register::{RO, RW};

        /// A stream to the card: bytes that are written to its address on the card go through a
        /// FIFO and are consumed at a fixed rate.
        #[repr(C)]
        pub struct Sink {
            /// Starts and stops the consumer.
            pub control: RW<u32>,
            /// Bytes a microsecond, 0 for as fast as they come; takes effect at the next start.
            pub rate: RW<u32>,
            _reserved0: [u8; 0x04],
            /// Bytes that the FIFO holds.
            pub depth: RO<u32>,
            /// Bytes that are in the FIFO.
            pub level: RO<u32>,
            /// Bytes that were due and not there, since the first one came; wraps.
            pub starved: RO<u32>,
            /// Bytes consumed, bits `31:0`.
            ///
            /// One half of the pair `CONSUMED`, through which it is written.
            pub consumed_low: RO<u32>,
            /// Bytes consumed, bits `63:32`.
            ///
            /// One half of the pair `CONSUMED`, through which it is written.
            pub consumed_high: RO<u32>,
            /// Where the FIFO is written on the card, bits `31:0`. Any address of its window is the
            /// same.
            ///
            /// One half of the pair `ADDRESS`, through which it is written.
            pub address_low: RO<u32>,
            /// Where the FIFO is written on the card, bits `63:32`.
            ///
            /// One half of the pair `ADDRESS`, through which it is written.
            pub address_high: RO<u32>,
            /// Bytes of the window.
            pub window: RO<u32>,
            /// Of the bytes that were written: each byte is added to 31 times the sum so far,
            /// modulo 2^32.
            pub checksum: RO<u32>,
        }

        const _: () = {
            assert!(size_of::<Sink>() == 0x30);
            assert!(offset_of!(Sink, control) == 0x00);
            assert!(offset_of!(Sink, rate) == 0x04);
            assert!(offset_of!(Sink, depth) == 0x0c);
            assert!(offset_of!(Sink, level) == 0x10);
            assert!(offset_of!(Sink, starved) == 0x14);
            assert!(offset_of!(Sink, consumed_low) == 0x18);
            assert!(offset_of!(Sink, consumed_high) == 0x1c);
            assert!(offset_of!(Sink, address_low) == 0x20);
            assert!(offset_of!(Sink, address_high) == 0x24);
            assert!(offset_of!(Sink, window) == 0x28);
            assert!(offset_of!(Sink, checksum) == 0x2c);
        };
    }
}

/// One descriptor of a list, 32 bytes in memory, little-endian.
///
/// `Descriptor`, in memory.
pub mod descriptor {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// One descriptor of a list, 32 bytes in memory, little-endian.
    #[repr(C, align(32))]
    pub struct Descriptor {
        /// What the engine does with the descriptor, and how it fetches those after it.
        pub control: RW<u32>,
        /// How many bytes it moves.
        pub length: RW<u32>,
        /// Where it reads: host memory to the card, the card from it, bits `31:0`.
        ///
        /// One half of the pair `SOURCE`, through which it is written.
        pub source_low: RW<u32>,
        /// Where it reads: host memory to the card, the card from it, bits `63:32`.
        ///
        /// One half of the pair `SOURCE`, through which it is written.
        pub source_high: RW<u32>,
        /// Where it writes: on the card to the card, host memory from it, bits `31:0`.
        ///
        /// One half of the pair `DESTINATION`, through which it is written.
        pub destination_low: RW<u32>,
        /// Where it writes: on the card to the card, host memory from it, bits `63:32`.
        ///
        /// One half of the pair `DESTINATION`, through which it is written.
        pub destination_high: RW<u32>,
        /// Where the descriptor after it is, bits `31:0`.
        ///
        /// One half of the pair `NEXT`, through which it is written.
        pub next_low: RW<u32>,
        /// Where the descriptor after it is, bits `63:32`.
        ///
        /// One half of the pair `NEXT`, through which it is written.
        pub next_high: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<Descriptor>() == 0x20);
        assert!(offset_of!(Descriptor, control) == 0x00);
        assert!(offset_of!(Descriptor, length) == 0x04);
        assert!(offset_of!(Descriptor, source_low) == 0x08);
        assert!(offset_of!(Descriptor, source_high) == 0x0c);
        assert!(offset_of!(Descriptor, destination_low) == 0x10);
        assert!(offset_of!(Descriptor, destination_high) == 0x14);
        assert!(offset_of!(Descriptor, next_low) == 0x18);
        assert!(offset_of!(Descriptor, next_high) == 0x1c);
    };
}

/// What a channel in poll mode writes to memory.
///
/// `WriteBack`, in memory.
pub mod write_back {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// What a channel in poll mode writes to memory.
    #[repr(C)]
    pub struct WriteBack {
        /// Written when a descriptor with its completed bit was completed, or the engine stopped
        /// for an error.
        pub word: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<WriteBack>() == 0x04);
        assert!(offset_of!(WriteBack, word) == 0x00);
    };
}
