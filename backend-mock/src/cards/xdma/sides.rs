//! The two sides of a move: host memory over the bus, and what the card has.
#![forbid(unsafe_code)]

use std::ops::Range;

use super::engine::Fault;
use super::sink::Sink;
use super::source::Source;
use crate::card::{Bus, BusFault};
use crate::ram::Pages;

/// Where the streams are on the card, and how long each window is.
pub(super) const SOURCE_AT: u64 = 0x1_0000_0000;
pub(super) const SINK_AT: u64 = 0x2_0000_0000;
pub(super) const STREAM_WINDOW: u32 = 0x1000_0000;

/// What the card has, and how fast it is reached.
#[derive(Debug)]
pub(super) struct Sides {
    pub(super) memory: Pages,
    pub(super) source: Source,
    pub(super) sink: Sink,
    /// Nanoseconds that each descriptor takes, besides its bytes.
    pub(super) delay: u64,
    /// Bytes a microsecond; 0 means that they take no time.
    pub(super) link: u32,
}

/// How far a move got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Moved {
    Whole,
    /// So many bytes, and it is worth trying again in so many nanoseconds.
    Part {
        done: usize,
        wait: u64,
    },
}

/// What is at an address of the card.
enum Place {
    Memory(Range<usize>),
    Source,
    Sink,
}

impl Sides {
    /// How long bytes are on the link, in nanoseconds.
    #[inline]
    pub(super) fn time_on_link(&self, length: impl FnOnce() -> u32) -> u64 {
        if self.link == 0 { 0 } else { u64::from(length()) * 1_000 / u64::from(self.link) }
    }

    /// How long until a descriptor of this length is done, if it is the next one.
    #[inline]
    pub(super) fn delay_to(&self, length: impl FnOnce() -> u32) -> u64 {
        self.delay.saturating_add(self.time_on_link(length))
    }

    /// Host memory to the card.
    pub(super) fn write_card(
        &mut self,
        bus: &mut dyn Bus,
        host: u64,
        card: u64,
        length: usize,
        done: usize,
    ) -> Result<Moved, Fault> {
        match self.place(card, length)? {
            Place::Memory(range) => {
                bus.read(host, &mut self.memory[range]).map_err(Fault::Host)?;
                Ok(Moved::Whole)
            }
            Place::Sink => self.sink.take(bus, host, length, done),
            Place::Source => Err(Fault::Refused),
        }
    }

    /// The card to host memory.
    pub(super) fn read_card(
        &mut self,
        bus: &mut dyn Bus,
        host: u64,
        card: u64,
        length: usize,
        done: usize,
    ) -> Result<Moved, Fault> {
        match self.place(card, length)? {
            Place::Memory(range) => {
                posted(bus.write(host, &self.memory[range]))?;
                Ok(Moved::Whole)
            }
            Place::Source => self.source.give(bus, host, length, done),
            Place::Sink => Err(Fault::Refused),
        }
    }

    /// What is at `card`, all `length` bytes of it.
    fn place(&self, card: u64, length: usize) -> Result<Place, Fault> {
        let last =
            card.checked_add((length as u64).saturating_sub(1)).ok_or(Fault::NoSuchAddress)?;
        let window = |start: u64| start <= card && last < start + u64::from(STREAM_WINDOW);
        if last < self.memory.len() as u64 {
            let start = usize::try_from(card).map_err(|_| Fault::NoSuchAddress)?;
            Ok(Place::Memory(start..start + length))
        } else if window(SOURCE_AT) {
            Ok(Place::Source)
        } else if window(SINK_AT) {
            Ok(Place::Sink)
        } else {
            Err(Fault::NoSuchAddress)
        }
    }
}

/// A write to host memory is posted: that it was refused, or reached nothing, nobody tells the
/// card. Only what fails on the card's own way to the bus comes back.
pub(super) fn posted(result: Result<(), BusFault>) -> Result<(), Fault> {
    match result {
        Err(BusFault::Failed) => Err(Fault::Host(BusFault::Failed)),
        _ => Ok(()),
    }
}
