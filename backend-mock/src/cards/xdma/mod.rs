//! A PCIe card with Xilinx's DMA subsystem (PG195): the card of the story.
//!
//! Region 0 holds the 64 KiB of the subsystem's registers, region 2 the card's own 256 KiB. On the
//! card there is memory from address 0 on, which both directions share, and a stream each way at
//! an address of its own.
//!
//! ```text
//!   BAR 0: channels, lists, interrupts ──► Engine ──┬── Bus ──► host memory
//!   BAR 2: streams, scratch, user interrupts        └── Sides: memory │ Source │ Sink
//! ```
#![forbid(unsafe_code)]

mod descriptor;
mod engine;
mod lines;
mod logic;
mod registers;
mod sides;
mod sink;
mod source;

use dma_core::{Direction, Identity};
use register_map::description::Described;
use register_map::xdma::{self, Xdma};

use self::engine::{Built, Engine};
use self::lines::{Lines, VECTORS};
use self::logic::Logic;
use self::sides::Sides;
use self::sink::Sink;
use self::source::Source;
use super::low;
use crate::card::{Board, Bus, Card, Place};
use crate::ram::Pages;
use crate::register_file::RegisterFile;

/// Bytes of the regions; there is no region 1.
const REGIONS: [usize; 3] = [0x1_0000, 0, 0x4_0000];

/// Which block an offset is in: bits 15:12.
const CHANNELS: usize = 0x0;
const CHANNELS_FROM_CARD: usize = 0x1;
const IRQ: usize = 0x2;
const LISTS: usize = 0x4;
const LISTS_FROM_CARD: usize = 0x5;
const LIST_CONTROL: usize = 0x6;

const CREDIT_MODE: usize = 0x6020;
const CREDIT_MODE_SET: usize = 0x6024;
const CREDIT_MODE_CLEAR: usize = 0x6028;

/// What identification registers begin with, and the version that they end with.
const SUBSYSTEM: u64 = 0x1fc0_0006;

/// The card. It answers to 10ee:9038, has regions 0 and 2 and 32 interrupt vectors.
///
/// # Examples
///
/// ```
/// use backend_mock::{Machine, XdmaCard};
/// let card = XdmaCard::new().memory_size(1 << 20).channels(1, 1).delay(500);
/// let device = Machine::new().plug(card);
/// # let _ = device;
/// ```
#[derive(Debug)]
pub struct XdmaCard {
    counts: [usize; 2],
    built: Built,
    rate: u32,
    registers: RegisterFile,
    /// Those to the card, then those from it.
    engines: Vec<Engine>,
    lines: Lines,
    logic: Logic,
    sides: Sides,
}

impl XdmaCard {
    /// Two channels each way, 8 MiB of memory, a microsecond a descriptor and 4 GB a second, and
    /// streams with FIFOs of 64 KiB.
    #[must_use]
    pub fn new() -> Self {
        let rate = 100;
        let sides = Sides {
            memory: Pages::holding_or_abort(8 << 20),
            source: Source::new(64 << 10, rate),
            sink: Sink::new(64 << 10),
            delay: 1_000,
            link: 4_000,
        };
        let mut card = Self {
            counts: [2, 2],
            built: Built { alignment: 1, address_bits: 64 },
            rate,
            registers: RegisterFile::new(Xdma::DESCRIPTION),
            engines: Vec::new(),
            lines: Lines::default(),
            logic: Logic::new(&sides),
            sides,
        };
        card.build();
        card
    }

    /// With so many bytes of memory, in whole pages.
    #[must_use]
    pub fn memory_size(mut self, bytes: usize) -> Self {
        self.sides.memory = Pages::holding_or_abort(bytes);
        self.build();
        self
    }

    /// With so many channels to the card and from it; at most four each.
    #[must_use]
    pub fn channels(mut self, to_card: usize, from_card: usize) -> Self {
        self.counts = [to_card.min(4), from_card.min(4)];
        self.build();
        self
    }

    /// With so many nanoseconds a descriptor, besides its bytes.
    #[must_use]
    pub fn delay(mut self, nanoseconds: u64) -> Self {
        self.sides.delay = nanoseconds;
        self
    }

    /// Changes how long descriptors take that are yet to be begun.
    pub fn set_delay(&mut self, nanoseconds: u64) {
        self.sides.delay = nanoseconds;
    }

    /// With a link of so many bytes a microsecond; 0 for one that takes no time.
    #[must_use]
    pub fn link(mut self, bytes_per_microsecond: u32) -> Self {
        self.sides.link = bytes_per_microsecond;
        self
    }

    /// With channels that take only addresses and lengths that are a multiple of `bytes`, a power
    /// of two up to 128.
    #[must_use]
    pub fn alignment(mut self, bytes: u8) -> Self {
        self.built.alignment = bytes.clamp(1, 128).next_power_of_two();
        self.build();
        self
    }

    /// With channels that put so many address bits on the bus, 1 to 64.
    #[must_use]
    pub fn address_bits(mut self, bits: u8) -> Self {
        self.built.address_bits = bits.clamp(1, 64);
        self.build();
        self
    }

    /// With streams whose FIFOs hold so many bytes each.
    #[must_use]
    pub fn fifo(mut self, bytes: usize) -> Self {
        self.sides.source = Source::new(bytes, self.rate);
        self.sides.sink = Sink::new(bytes);
        self.build();
        self
    }

    /// With a stream from the card of so many bytes a microsecond, unless a driver sets another
    /// rate.
    #[must_use]
    pub fn rate(mut self, bytes_per_microsecond: u32) -> Self {
        self.rate = bytes_per_microsecond;
        self.sides.source.rate = bytes_per_microsecond;
        self.build();
        self
    }

    /// The card's memory.
    #[must_use]
    pub fn memory(&self) -> &[u8] {
        &self.sides.memory
    }

    /// The card's memory, to change.
    #[must_use]
    pub fn memory_mut(&mut self) -> &mut [u8] {
        &mut self.sides.memory
    }

    /// Everything but memory as after a reset, for what the card was built for.
    fn build(&mut self) {
        self.registers.reset();
        for block in [IRQ, 3, 6] {
            self.registers.set(block << 12, SUBSYSTEM | (block as u64) << 16);
        }
        for (side, count) in self.counts.into_iter().enumerate() {
            for channel in 0..count {
                for block in [CHANNELS + side, LISTS + side] {
                    let identifier = SUBSYSTEM | (block as u64) << 16 | (channel as u64) << 8;
                    self.registers.set(block << 12 | channel << 8, identifier);
                }
            }
        }
        let built = self.built;
        let [to_card, from_card] = self.counts;
        let engine = |direction| move |_| Engine::new(direction, built);
        let to_card = (0..to_card).map(engine(Direction::ToDevice));
        self.engines = to_card.chain((0..from_card).map(engine(Direction::FromDevice))).collect();
        self.lines = Lines::default();
        self.logic = Logic::new(&self.sides);
    }

    /// The number of the engine whose registers are at an offset of region 0.
    fn engine_at(&self, offset: usize) -> Option<usize> {
        let channel = offset >> 8 & 0xf;
        let [to_card, from_card] = self.counts;
        match offset >> 12 {
            CHANNELS | LISTS => (channel < to_card).then_some(channel),
            CHANNELS_FROM_CARD | LISTS_FROM_CARD => {
                (channel < from_card).then_some(to_card + channel)
            }
            _ => None,
        }
    }

    fn load_subsystem(&mut self, offset: usize) -> u64 {
        let register = offset & 0xff;
        let number = self.engine_at(offset).unwrap_or(usize::MAX);
        let engine = self.engines.get_mut(number);
        let special = match (offset >> 12, engine) {
            (CHANNELS | CHANNELS_FROM_CARD, Some(engine)) => {
                let value = engine.load(register);
                self.lines.set_channel(number, engine.interrupts());
                value
            }
            (LISTS | LISTS_FROM_CARD, Some(engine)) => engine.load_list(register),
            (IRQ, _) if offset < 0x2100 => self.lines.load(register),
            _ => None,
        };
        let held = || self.registers.load(offset).unwrap_or(0);
        special.map_or_else(held, u64::from)
    }

    fn store_subsystem(&mut self, board: &mut dyn Board, offset: usize, value: u32) {
        let register = offset & 0xff;
        let number = self.engine_at(offset).unwrap_or(usize::MAX);
        match (offset >> 12, self.engines.get_mut(number)) {
            (CHANNELS | CHANNELS_FROM_CARD, Some(engine)) => {
                if let Some(wait) = engine.store(board, register, value, self.sides.delay) {
                    board.after(wait, engine.token(number));
                }
                self.lines.set_channel(number, engine.interrupts());
            }
            (LISTS | LISTS_FROM_CARD, Some(engine)) => {
                if let Some(wait) = engine.store_list(board, register, value, self.sides.delay) {
                    board.after(wait, engine.token(number));
                }
            }
            (LIST_CONTROL, _) => self.store_list_control(board, offset, value),
            (IRQ, _) if offset < 0x2100 && self.lines.store(register, value) => {}
            // The MSI-X table, and how packets are sent.
            (3 | 8, _) if self.registers.store(offset, value.into()) => {}
            _ => board.complain(&format!("store at {offset:#x} ignored")),
        }
    }

    /// Which lists are fed by credit; other registers of the block are not simulated.
    fn store_list_control(&mut self, board: &mut dyn Board, offset: usize, value: u32) {
        let held = low(self.registers.get(CREDIT_MODE));
        let mode = match offset {
            CREDIT_MODE => value,
            CREDIT_MODE_SET => held | value,
            CREDIT_MODE_CLEAR => held & !value,
            _ => {
                board.complain(&format!("store at {offset:#x} ignored: not simulated"));
                return;
            }
        };
        let mode = mode & 0x000f_000f;
        self.registers.set(CREDIT_MODE, mode.into());
        let to_card = self.counts[0];
        for (number, engine) in self.engines.iter_mut().enumerate() {
            let bit = if number < to_card { number } else { 16 + number - to_card };
            let on = mode >> bit & 1 != 0;
            if (mode ^ held) >> bit & 1 != 0 && engine.set_by_credit(on) {
                board.complain("feeding by credit changed while an engine is busy");
            }
        }
    }
}

impl Default for XdmaCard {
    fn default() -> Self {
        Self::new()
    }
}

impl Card for XdmaCard {
    fn identity(&self) -> Identity {
        xdma::DEVICE.identities[0]
    }

    fn regions(&self) -> &[usize] {
        &REGIONS
    }

    fn vectors(&self) -> usize {
        VECTORS
    }

    fn load(&mut self, board: &mut dyn Board, place: Place) -> u64 {
        if place.width != 4 {
            return u64::MAX;
        }
        if place.region != 0 {
            return self.logic.load(board, &mut self.sides, place.offset);
        }
        let value = self.load_subsystem(place.offset);
        self.lines.show(board);
        value
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        if place.width != 4 {
            board.complain(&format!("{}-byte store at {:#x} ignored", place.width, place.offset));
            return;
        }
        if place.region == 0 {
            self.store_subsystem(board, place.offset, low(value));
        } else {
            self.logic.store(board, &mut self.sides, place.offset, value);
            self.lines.set_user(self.logic.lines);
        }
        self.lines.show(board);
    }

    fn run(&mut self, bus: &mut dyn Bus, token: u64) {
        let number = (token & 0xf) as usize;
        let Some(engine) = self.engines.get_mut(number) else { return };
        if !engine.knows(token) {
            return;
        }
        if let Some(wait) = engine.run(bus, &mut self.sides) {
            bus.after(wait, engine.token(number));
        }
        self.lines.set_channel(number, engine.interrupts());
        self.lines.show(bus);
    }

    /// Registers, engines and streams start over; memory keeps what is in it.
    fn reset(&mut self) -> bool {
        let generations: Vec<Engine> = {
            let mut engines = std::mem::take(&mut self.engines);
            engines.iter_mut().for_each(Engine::reset);
            engines
        };
        let (depth, sink) = (self.sides.source.depth(), self.sides.sink.depth());
        self.sides.source = Source::new(depth, self.rate);
        self.sides.sink = Sink::new(sink);
        self.build();
        self.engines = generations;
        true
    }
}
