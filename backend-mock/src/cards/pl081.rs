//! ARM's PL081: two channels that move memory to memory, in linked items.
//!
//! Each channel moves what its four registers say, then loads the next four words from where its
//! linked-list item register points, until that is zero. Addresses have 32 bits, and are
//! physical or translated as the machine has it.
#![forbid(unsafe_code)]

use dma_core::Identity;
use register_map::description::Described;
use register_map::pl081::{self, Pl081, channel};

use super::low;
use crate::card::{Board, Bus, BusFault, Card, Place};
use crate::register_file::RegisterFile;

const REGION: usize = 4096;
const CHANNELS: usize = 2;

const STATUS: usize = pl081::INT_STATUS.offset();
const COUNT_STATUS: usize = pl081::INT_TC_STATUS.offset();
const COUNT_CLEAR: usize = pl081::INT_TC_CLEAR.offset();
const ERROR_STATUS: usize = pl081::INT_ERROR_STATUS.offset();
const ERROR_CLEAR: usize = pl081::INT_ERR_CLR.offset();
const RAW_COUNTS: usize = pl081::RAW_INT_TC_STATUS.offset();
const RAW_ERRORS: usize = pl081::RAW_INT_ERROR_STATUS.offset();
const ENABLED_CHANNELS: usize = pl081::ENBLD_CHNS.offset();
const CONFIGURATION: usize = pl081::CONFIGURATION.offset();
/// The controller works.
const ENABLE: u32 = 1 << 0;

/// Of each channel.
const SOURCE: usize = channel::SRC_ADDR.offset();
const DESTINATION: usize = channel::DEST_ADDR.offset();
const ITEM: usize = channel::LLI.offset();
const CONTROL: usize = channel::CONTROL.offset();
const SETTING: usize = channel::CONFIGURATION.offset();

/// Of a channel's configuration register.
const CHANNEL_ENABLE: u32 = 1 << 0;
const FLOW_CONTROL: u32 = 0b111 << 11;
const ERROR_UNMASKED: u32 = 1 << 14;
const COUNT_UNMASKED: u32 = 1 << 15;
const ACTIVE: u32 = 1 << 17;
const HALT: u32 = 1 << 18;

/// Of a channel's control register.
const SIZE: u32 = 0xfff;
const SOURCE_INCREMENTS: u32 = 1 << 26;
const DESTINATION_INCREMENTS: u32 = 1 << 27;
const COUNT_INTERRUPT: u32 = 1 << 31;

/// The identification registers of the peripheral: part 0x081, designer 0x41.
const PERIPHERAL_ID: [u64; 4] = [0x81, 0x10, 0x04, 0x0a];

/// What planned work is, in bit 1 of a token; bit 0 is the channel, the rest its generation.
const DRAIN: u64 = 1 << 1;
/// How long a halted channel takes to empty its FIFO, in nanoseconds.
const DRAIN_TAKES: u64 = 100;

/// The controller. It has one region of 4 KiB and one interrupt, which both channels share.
///
/// # Examples
///
/// ```
/// use backend_mock::{Machine, Pl081Card};
/// let device = Machine::new().plug(Pl081Card::new().delay(500));
/// # let _ = device;
/// ```
#[derive(Debug)]
pub struct Pl081Card {
    delay: u64,
    registers: RegisterFile,
    /// Channels whose terminal count was reached, and not cleared since.
    counts: u32,
    /// Channels that met an error.
    errors: u32,
    /// What the interrupt line shows: count bits, and error bits above them.
    shown: u32,
    channels: [Progress; CHANNELS],
}

/// What a channel does.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    /// Tells tokens of work that was called off.
    generation: u64,
    /// An item is under way.
    moving: bool,
    draining: bool,
}

/// The four registers of a channel that say what it moves, and the same words in memory.
#[derive(Clone, Copy, Debug)]
struct Item {
    source: u32,
    destination: u32,
    next: u32,
    control: u32,
}

/// Why an item came to nothing.
enum Trouble {
    Bus,
    Programmed(&'static str),
}

impl From<BusFault> for Trouble {
    fn from(_: BusFault) -> Self {
        Self::Bus
    }
}

impl Item {
    /// Moves what the item says, and changes it as the registers change on the way.
    fn carry_out(&mut self, bus: &mut dyn Bus) -> Result<(), Trouble> {
        let from = width(self.control >> 18)?;
        let to = width(self.control >> 21)?;
        let length = (self.control & SIZE) as usize * from;
        if !(self.source as usize).is_multiple_of(from) {
            return Err(Trouble::Programmed("source not aligned to its width"));
        }
        if !(self.destination as usize).is_multiple_of(to) {
            return Err(Trouble::Programmed("destination not aligned to its width"));
        }
        if !length.is_multiple_of(to) {
            return Err(Trouble::Programmed("length not a multiple of the destination's width"));
        }
        let mut bytes = vec![0; length];
        if self.control & SOURCE_INCREMENTS != 0 {
            bus.read(u64::from(self.source), &mut bytes)?;
            self.source = self.source.wrapping_add(low(length as u64));
        } else {
            for beat in bytes.chunks_mut(from) {
                bus.read(u64::from(self.source), beat)?;
            }
        }
        if self.control & DESTINATION_INCREMENTS != 0 {
            bus.write(u64::from(self.destination), &bytes)?;
            self.destination = self.destination.wrapping_add(low(length as u64));
        } else {
            for beat in bytes.chunks(to) {
                bus.write(u64::from(self.destination), beat)?;
            }
        }
        self.control &= !SIZE;
        Ok(())
    }

    /// The item that comes after it; none if it is the last.
    fn following(&self, bus: &mut dyn Bus) -> Result<Option<Self>, Trouble> {
        if self.next == 0 {
            return Ok(None);
        }
        let mut words = [0; 16];
        bus.read(u64::from(self.next), &mut words)?;
        let [source, destination, next, control] =
            std::array::from_fn(|i| u32::from_le_bytes(std::array::from_fn(|b| words[4 * i + b])));
        Ok(Some(Self { source, destination, next, control }))
    }
}

/// Bytes of a transfer's unit, from the low three bits.
fn width(field: u32) -> Result<usize, Trouble> {
    match field & 0b111 {
        code @ 0..=2 => Ok(1 << code),
        _ => Err(Trouble::Programmed("reserved transfer width")),
    }
}

impl Pl081Card {
    /// A controller that takes ten microseconds an item.
    #[must_use]
    pub fn new() -> Self {
        let mut card = Self {
            delay: 10_000,
            registers: RegisterFile::new(Pl081::DESCRIPTION),
            counts: 0,
            errors: 0,
            shown: 0,
            channels: [Progress::default(); CHANNELS],
        };
        card.set_identification();
        card
    }

    fn set_identification(&mut self) {
        for (index, byte) in PERIPHERAL_ID.into_iter().enumerate() {
            if let Some(offset) = pl081::PERIPH_ID.offset(index) {
                self.registers.set(offset, byte);
            }
        }
    }

    /// With so many nanoseconds an item.
    #[must_use]
    pub fn delay(mut self, nanoseconds: u64) -> Self {
        self.delay = nanoseconds;
        self
    }

    /// Changes how long items take that are yet to start.
    pub fn set_delay(&mut self, nanoseconds: u64) {
        self.delay = nanoseconds;
    }

    fn get(&self, number: usize, register: usize) -> u32 {
        channel_at(number).map_or(0, |start| low(self.registers.get(start + register)))
    }

    fn set(&mut self, number: usize, register: usize, value: u32) {
        if let Some(start) = channel_at(number) {
            self.registers.set(start + register, u64::from(value));
        }
    }

    fn item(&self, number: usize) -> Item {
        Item {
            source: self.get(number, SOURCE),
            destination: self.get(number, DESTINATION),
            next: self.get(number, ITEM),
            control: self.get(number, CONTROL),
        }
    }

    fn set_item(&mut self, number: usize, item: &Item) {
        self.set(number, SOURCE, item.source);
        self.set(number, DESTINATION, item.destination);
        self.set(number, ITEM, item.next & !0b11);
        self.set(number, CONTROL, item.control);
    }

    /// Starts, halts or calls off what a channel does, as its registers now say.
    fn settle(&mut self, board: &mut dyn Board, number: usize) {
        let works = low(self.registers.get(CONFIGURATION)) & ENABLE != 0;
        let setting = self.get(number, SETTING);
        let enabled = works && setting & CHANNEL_ENABLE != 0;
        let moves = enabled && setting & (HALT | FLOW_CONTROL) == 0;
        let channel = &mut self.channels[number];
        if moves == channel.moving {
            return;
        }
        channel.generation += 1;
        channel.draining = !moves && enabled && setting & HALT != 0;
        channel.moving = moves;
        let token = channel.generation << 2 | number as u64;
        if moves {
            board.after(self.delay, token);
        } else if channel.draining {
            board.after(DRAIN_TAKES, token | DRAIN);
        }
    }

    /// The channels that have any of these bits in their configuration.
    fn channels_with(&self, bits: u32) -> u32 {
        (0..CHANNELS)
            .filter(|number| self.get(*number, SETTING) & bits != 0)
            .fold(0, |set, number| set | 1 << number)
    }

    fn count_status(&self) -> u32 {
        self.counts & self.channels_with(COUNT_UNMASKED)
    }

    fn error_status(&self) -> u32 {
        self.errors & self.channels_with(ERROR_UNMASKED)
    }

    /// Drives the interrupt line: up with each bit that is new, down when none is left.
    fn drive(&mut self, board: &mut dyn Board) {
        let now = self.count_status() | self.error_status() << CHANNELS;
        if now & !self.shown != 0 {
            board.raise(0);
        } else if now == 0 && self.shown != 0 {
            board.lower(0);
        }
        self.shown = now;
    }

    fn run_item(&mut self, bus: &mut dyn Bus, number: usize) {
        self.channels[number].moving = false;
        let mut item = self.item(number);
        let counts = item.control & COUNT_INTERRUPT != 0;
        let moved = item.carry_out(bus);
        if moved.is_ok() && counts {
            self.counts |= 1 << number;
        }
        let next = moved.and_then(|()| item.following(bus));
        self.set_item(number, &item);
        match next {
            Ok(Some(next)) => self.set_item(number, &next),
            Ok(None) => self.disable(number),
            Err(trouble) => {
                self.disable(number);
                self.errors |= 1 << number;
                if let Trouble::Programmed(why) = trouble {
                    bus.complain(&format!("channel {number}: {why}"));
                }
            }
        }
        self.drive(bus);
        self.settle(bus, number);
    }

    fn disable(&mut self, number: usize) {
        self.set(number, SETTING, self.get(number, SETTING) & !CHANNEL_ENABLE);
    }
}

impl Default for Pl081Card {
    fn default() -> Self {
        Self::new()
    }
}

/// Where a channel's registers begin.
fn channel_at(number: usize) -> Option<usize> {
    pl081::CHANNEL.offset(number)
}

/// The channel whose configuration register is at an offset.
fn channel_of_setting(offset: usize) -> Option<usize> {
    (0..CHANNELS).find(|number| channel_at(*number).is_some_and(|start| start + SETTING == offset))
}

impl Card for Pl081Card {
    fn identity(&self) -> Identity {
        pl081::DEVICE.identities[0]
    }

    fn regions(&self) -> &[usize] {
        &[REGION]
    }

    fn load(&mut self, _board: &mut dyn Board, place: Place) -> u64 {
        u64::from(match place.offset {
            STATUS => self.count_status() | self.error_status(),
            COUNT_STATUS => self.count_status(),
            ERROR_STATUS => self.error_status(),
            RAW_COUNTS => self.counts,
            RAW_ERRORS => self.errors,
            ENABLED_CHANNELS => self.channels_with(CHANNEL_ENABLE),
            offset => {
                let active = channel_of_setting(offset).is_some_and(|number| {
                    let channel = &self.channels[number];
                    channel.moving || channel.draining
                });
                let held = self.registers.load(offset).unwrap_or(0);
                low(held) | if active { ACTIVE } else { 0 }
            }
        })
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        let offset = place.offset;
        if self.registers.width(offset) != Some(place.width) {
            board.complain(&format!("{}-byte store at {offset:#x} ignored", place.width));
            return;
        }
        if !self.registers.store(offset, value) {
            board.complain(&format!("store at {offset:#x} ignored: read-only"));
            return;
        }
        match offset {
            COUNT_CLEAR => self.counts &= !low(value),
            ERROR_CLEAR => self.errors &= !low(value),
            CONFIGURATION => (0..CHANNELS).for_each(|number| self.settle(board, number)),
            _ => {
                if let Some(number) = channel_of_setting(offset) {
                    self.settle(board, number);
                }
            }
        }
        self.drive(board);
    }

    fn run(&mut self, bus: &mut dyn Bus, token: u64) {
        let number = (token & 1) as usize;
        let channel = &mut self.channels[number];
        if channel.generation != token >> 2 {
            return;
        }
        if token & DRAIN != 0 {
            channel.draining = false;
        } else {
            self.run_item(bus, number);
        }
    }

    fn reset(&mut self) -> bool {
        *self = Self::new().delay(self.delay);
        true
    }
}
