//! ARM's PL081: two channels that move memory to memory, in linked items.
//!
//! Each channel moves what its four registers say, then loads the next four words from where its
//! linked-list item register points, until that is zero. Addresses have 32 bits, and are
//! physical or translated as the machine has it.
#![forbid(unsafe_code)]

use dma_core::Identity;

use super::low;
use crate::card::{Board, Bus, BusFault, Card, Place};

const REGION: usize = 4096;
const CHANNELS: usize = 2;
const CHANNELS_AT: usize = 0x100;
const CHANNEL_SIZE: usize = 0x20;

/// Of the configuration register: the controller works.
const ENABLE: u32 = 1 << 0;
/// Its writable bits: besides, the endianness, which is only remembered.
const CONFIGURATION: u32 = 0b11;

/// Of a channel's configuration register.
const CHANNEL_ENABLE: u32 = 1 << 0;
const FLOW_CONTROL: u32 = 0b111 << 11;
const ERROR_UNMASKED: u32 = 1 << 14;
const COUNT_UNMASKED: u32 = 1 << 15;
const ACTIVE: u32 = 1 << 17;
const HALT: u32 = 1 << 18;
const CHANNEL_CONFIGURATION: u32 = 0x0005_ffff;

/// Of a channel's control register.
const SIZE: u32 = 0xfff;
const SOURCE_INCREMENTS: u32 = 1 << 26;
const DESTINATION_INCREMENTS: u32 = 1 << 27;
const COUNT_INTERRUPT: u32 = 1 << 31;

/// The bytes of the identification registers: part 0x081, designer 0x41, `PrimeCell`.
const IDENTIFICATION: [u8; 8] = [0x81, 0x10, 0x04, 0x0a, 0x0d, 0xf0, 0x05, 0xb1];

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
    configuration: u32,
    synchronisation: u32,
    /// Channels whose terminal count was reached, and not cleared since.
    counts: u32,
    /// Channels that met an error.
    errors: u32,
    /// What the interrupt line shows: count bits, and error bits above them.
    shown: u32,
    channels: [Channel; CHANNELS],
}

#[derive(Clone, Copy, Debug, Default)]
struct Channel {
    source: u32,
    destination: u32,
    item: u32,
    control: u32,
    configuration: u32,
    /// Tells tokens of work that was called off.
    generation: u64,
    /// An item is under way.
    moving: bool,
    draining: bool,
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

impl Channel {
    const fn is(&self, bits: u32) -> bool {
        self.configuration & bits != 0
    }

    fn load(&self, offset: usize) -> u32 {
        match offset {
            0x00 => self.source,
            0x04 => self.destination,
            0x08 => self.item,
            0x0c => self.control,
            0x10 => {
                let active = self.moving || self.draining;
                self.configuration | if active { ACTIVE } else { 0 }
            }
            _ => 0,
        }
    }

    fn store(&mut self, offset: usize, value: u32) {
        match offset {
            0x00 => self.source = value,
            0x04 => self.destination = value,
            0x08 => self.item = value & !0b11,
            0x0c => self.control = value,
            0x10 => self.configuration = value & CHANNEL_CONFIGURATION & !ACTIVE,
            _ => {}
        }
    }

    /// Moves what the registers say.
    fn move_item(&mut self, bus: &mut dyn Bus) -> Result<(), Trouble> {
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

    /// Loads the next item; `false` if there is none.
    fn next_item(&mut self, bus: &mut dyn Bus) -> Result<bool, Trouble> {
        if self.item == 0 {
            return Ok(false);
        }
        let mut words = [0; 16];
        bus.read(u64::from(self.item), &mut words)?;
        let [source, destination, item, control] =
            std::array::from_fn(|i| u32::from_le_bytes(std::array::from_fn(|b| words[4 * i + b])));
        self.source = source;
        self.destination = destination;
        self.item = item & !0b11;
        self.control = control;
        Ok(true)
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
        Self {
            delay: 10_000,
            configuration: 0,
            synchronisation: 0,
            counts: 0,
            errors: 0,
            shown: 0,
            channels: [Channel::default(); CHANNELS],
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

    /// Starts, halts or calls off what a channel does, as its registers now say.
    fn settle(&mut self, board: &mut dyn Board, number: usize) {
        let works = self.configuration & ENABLE != 0;
        let channel = &mut self.channels[number];
        let enabled = works && channel.is(CHANNEL_ENABLE);
        let moves = enabled && !channel.is(HALT) && !channel.is(FLOW_CONTROL);
        if moves == channel.moving {
            return;
        }
        channel.generation += 1;
        channel.draining = !moves && enabled && channel.is(HALT);
        channel.moving = moves;
        let token = channel.generation << 2 | number as u64;
        if moves {
            board.after(self.delay, token);
        } else if channel.draining {
            board.after(DRAIN_TAKES, token | DRAIN);
        }
    }

    fn masked(&self, bit: u32) -> u32 {
        let channels = self.channels.iter().enumerate();
        channels.fold(0, |set, (number, channel)| set | u32::from(channel.is(bit)) << number)
    }

    fn count_status(&self) -> u32 {
        self.counts & self.masked(COUNT_UNMASKED)
    }

    fn error_status(&self) -> u32 {
        self.errors & self.masked(ERROR_UNMASKED)
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
        let channel = &mut self.channels[number];
        channel.moving = false;
        let counts = channel.control & COUNT_INTERRUPT != 0;
        let moved = channel.move_item(bus);
        if moved.is_ok() && counts {
            self.counts |= 1 << number;
        }
        match moved.and_then(|()| channel.next_item(bus)) {
            Ok(true) => {}
            Ok(false) => channel.configuration &= !CHANNEL_ENABLE,
            Err(trouble) => {
                channel.configuration &= !CHANNEL_ENABLE;
                self.errors |= 1 << number;
                if let Trouble::Programmed(why) = trouble {
                    bus.complain(&format!("channel {number}: {why}"));
                }
            }
        }
        self.drive(bus);
        self.settle(bus, number);
    }
}

impl Default for Pl081Card {
    fn default() -> Self {
        Self::new()
    }
}

/// The channel and the register in it that an offset means.
fn in_channel(offset: usize) -> Option<(usize, usize)> {
    let within = offset.checked_sub(CHANNELS_AT)?;
    (within < CHANNELS * CHANNEL_SIZE).then_some((within / CHANNEL_SIZE, within % CHANNEL_SIZE))
}

impl Card for Pl081Card {
    fn identity(&self) -> Identity {
        Identity::Amba { designer: 0x41, part: 0x081 }
    }

    fn regions(&self) -> &[usize] {
        &[REGION]
    }

    fn load(&mut self, _board: &mut dyn Board, place: Place) -> u64 {
        if let Some((number, offset)) = in_channel(place.offset) {
            return u64::from(self.channels[number].load(offset));
        }
        u64::from(match place.offset {
            0x000 => self.count_status() | self.error_status(),
            0x004 => self.count_status(),
            0x00c => self.error_status(),
            0x014 => self.counts,
            0x018 => self.errors,
            0x01c => self.masked(CHANNEL_ENABLE),
            0x030 => self.configuration,
            0x034 => self.synchronisation,
            at @ 0xfe0..=0xffc => u32::from(IDENTIFICATION[(at - 0xfe0) / 4]),
            _ => 0,
        })
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        if place.width != 4 {
            board.complain(&format!("{}-byte store at {:#x} ignored", place.width, place.offset));
            return;
        }
        let value = low(value);
        if let Some((number, offset)) = in_channel(place.offset) {
            self.channels[number].store(offset, value);
            self.settle(board, number);
            self.drive(board);
            return;
        }
        match place.offset {
            0x008 => self.counts &= !value,
            0x010 => self.errors &= !value,
            0x030 => {
                self.configuration = value & CONFIGURATION;
                (0..CHANNELS).for_each(|number| self.settle(board, number));
            }
            0x034 => self.synchronisation = value & 0xffff,
            _ => {}
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
