//! The card's two streams: samples from it at a fixed rate, and bytes to it.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::{Access, DeviceAddress, DeviceWindow, Losses};
use register_map::xdma::card::sink::{self as sink_map, Sink as SinkBlock};
use register_map::xdma::card::source::{self as source_map, Source as SourceBlock};
use register_map::{Readable, Window, Writeable};

/// Sample number `number` of a stream with this seed: its number, and bits that check it.
///
/// # Examples
///
/// ```
/// use channels::xdma::sample;
/// // The number is in the lower 40 bits, so that a gap shows how much was lost.
/// assert_eq!(sample(7, 1_000) & 0xff_ffff_ffff, 1_000);
/// assert_ne!(sample(7, 1_000) >> 40, sample(8, 1_000) >> 40);
/// ```
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "modulo 2^32 is how it is defined")]
pub const fn sample(seed: u32, number: u64) -> u64 {
    let check = (number as u32).wrapping_add(seed).wrapping_mul(0x9e37_79b1) >> 8;
    number & ((1 << 40) - 1) | (check as u64) << 40
}

/// The stream from the card, and its count of lost samples.
///
/// Give it to [`Stream::with_losses`](dma_core::Stream::with_losses). One `Source` counts for one
/// stream.
pub struct Source<S> {
    window: Window<S, SourceBlock>,
    /// Lost samples, beyond what the register holds.
    lost: u64,
    seen: u32,
}

impl<S: Access<u32>> Source<S> {
    pub(super) const fn new(window: Window<S, SourceBlock>) -> Self {
        Self { window, lost: 0, seen: 0 }
    }

    /// Where samples are read, for [`Setup::new`](super::Setup::new) of a channel from the card.
    #[must_use]
    pub fn fifo(&self) -> DeviceWindow {
        DeviceWindow {
            start: DeviceAddress::new(self.window.pair(source_map::ADDRESS).get()),
            length: self.window.reg(source_map::WINDOW).get().into(),
        }
    }

    /// How many bytes the FIFO holds.
    #[must_use]
    pub fn depth(&self) -> u32 {
        self.window.reg(source_map::DEPTH).get()
    }

    /// Starts over at sample 0, with so many bytes a microsecond and this seed.
    pub fn start(&mut self, bytes_per_microsecond: u32, seed: u32) {
        self.stop();
        self.window.reg(source_map::RATE).set(bytes_per_microsecond);
        self.window.reg(source_map::SEED).set(seed);
        self.window.reg(source_map::CONTROL).write(source_map::CONTROL::ENABLE::SET);
        self.lost = 0;
        self.seen = 0;
    }

    /// Stops it. Whoever reads the empty FIFO gets an error from then on: stop transfers first.
    pub fn stop(&mut self) {
        self.window.reg(source_map::CONTROL).write(source_map::CONTROL::ENABLE::CLEAR);
    }

    /// How many samples there were, lost ones included; wraps.
    #[must_use]
    pub fn produced(&self) -> u32 {
        self.window.reg(source_map::PRODUCED).get()
    }

    /// Bytes that wait in the FIFO.
    #[must_use]
    pub fn level(&self) -> u32 {
        self.window.reg(source_map::LEVEL).get()
    }
}

impl<S: Access<u32>> Losses for Source<S> {
    /// Samples lost since the start. Asked at least once in 2^32 of them, it never wraps.
    fn lost(&mut self) -> u64 {
        let now = self.window.reg(source_map::LOST).get();
        self.lost += u64::from(now.wrapping_sub(self.seen));
        self.seen = now;
        self.lost
    }
}

/// The stream to the card.
pub struct Sink<S> {
    window: Window<S, SinkBlock>,
}

impl<S: Access<u32>> Sink<S> {
    pub(super) const fn new(window: Window<S, SinkBlock>) -> Self {
        Self { window }
    }

    /// Where bytes are written, for [`Setup::new`](super::Setup::new) of a channel to the card.
    #[must_use]
    pub fn fifo(&self) -> DeviceWindow {
        DeviceWindow {
            start: DeviceAddress::new(self.window.pair(sink_map::ADDRESS).get()),
            length: self.window.reg(sink_map::WINDOW).get().into(),
        }
    }

    /// Starts over with counters at zero; it consumes so many bytes a microsecond, or whatever
    /// comes if that is 0.
    pub fn start(&mut self, bytes_per_microsecond: u32) {
        self.stop();
        self.window.reg(sink_map::RATE).set(bytes_per_microsecond);
        self.window.reg(sink_map::CONTROL).write(sink_map::CONTROL::ENABLE::SET);
    }

    /// Stops it. Whoever writes gets an error from then on: stop transfers first.
    pub fn stop(&mut self) {
        self.window.reg(sink_map::CONTROL).write(sink_map::CONTROL::ENABLE::CLEAR);
    }

    /// How many bytes it consumed.
    #[must_use]
    pub fn consumed(&self) -> u64 {
        // The halves are two reads: until the upper one stays the same.
        loop {
            let before = self.window.reg(sink_map::CONSUMED_HIGH).get();
            let low = self.window.reg(sink_map::CONSUMED_LOW).get();
            let high = self.window.reg(sink_map::CONSUMED_HIGH).get();
            if before == high {
                return u64::from(high) << 32 | u64::from(low);
            }
        }
    }

    /// Bytes that were due and not there; wraps.
    #[must_use]
    pub fn starved(&self) -> u32 {
        self.window.reg(sink_map::STARVED).get()
    }

    /// The checksum of what was written: each byte is added to 31 times the sum so far.
    #[must_use]
    pub fn checksum(&self) -> u32 {
        self.window.reg(sink_map::CHECKSUM).get()
    }
}

impl<S> fmt::Debug for Source<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("lost", &self.lost).finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for Sink<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink").finish_non_exhaustive()
    }
}
