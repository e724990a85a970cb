//! A stream from the card: samples at a fixed rate into a FIFO that may overflow.
#![forbid(unsafe_code)]

use super::engine::Fault;
use super::sides::{Moved, posted};
use crate::card::Bus;

/// Bytes of a sample.
const SAMPLE: usize = 8;

/// The source and its FIFO.
///
/// It is worked out when somebody looks: between two looks nothing is taken, so what came fits or
/// is lost by counting alone.
#[derive(Debug)]
pub(super) struct Source {
    /// A ring of whole samples.
    fifo: Vec<u8>,
    /// Where the oldest byte is, and how many there are.
    oldest: usize,
    level: usize,
    pub(super) enabled: bool,
    /// Bytes a microsecond, for the next start and as it runs.
    pub(super) rate: u32,
    running_rate: u32,
    pub(super) seed: u32,
    started: u64,
    /// Samples so far, lost ones included.
    produced: u64,
    lost: u64,
}

impl Source {
    /// Stopped, with a FIFO of so many bytes, in whole samples and at least one.
    pub(super) fn new(depth: usize, rate: u32) -> Self {
        Self {
            fifo: vec![0; depth.next_multiple_of(SAMPLE).max(SAMPLE)],
            oldest: 0,
            level: 0,
            enabled: false,
            rate,
            running_rate: 0,
            seed: 0,
            started: 0,
            produced: 0,
            lost: 0,
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.fifo.len()
    }

    pub(super) const fn level(&self) -> usize {
        self.level
    }

    pub(super) const fn produced(&self) -> u64 {
        self.produced
    }

    pub(super) const fn lost(&self) -> u64 {
        self.lost
    }

    /// Starts over, or stops; what is in the FIFO stays to be read.
    pub(super) fn enable(&mut self, now: u64, on: bool) {
        self.catch_up(now);
        if on && !self.enabled {
            (self.oldest, self.level) = (0, 0);
            (self.produced, self.lost) = (0, 0);
            self.started = now;
            self.running_rate = self.rate;
        }
        self.enabled = on;
    }

    /// Works out what came up to now.
    pub(super) fn catch_up(&mut self, now: u64) {
        if !self.enabled {
            return;
        }
        let due = self.due(now);
        let came = due - self.produced;
        let room = (self.fifo.len() - self.level) / SAMPLE;
        let taken = usize::try_from(came).unwrap_or(usize::MAX).min(room);
        for number in (self.produced..due).take(taken) {
            self.put(sample(self.seed, number));
        }
        self.lost += came - taken as u64;
        self.produced = due;
    }

    /// Samples that have come by a time.
    fn due(&self, now: u64) -> u64 {
        let bytes = u128::from(now - self.started) * u128::from(self.running_rate) / 1_000;
        u64::try_from(bytes / SAMPLE as u128).unwrap_or(u64::MAX)
    }

    /// How long until so many more bytes will have come; never less than the time of one sample.
    fn time_until(&self, now: u64, bytes: usize) -> u64 {
        let samples = u128::from(self.produced) + bytes.div_ceil(SAMPLE).max(1) as u128;
        let nanoseconds = samples * (SAMPLE as u128 * 1_000);
        let at = nanoseconds.div_ceil(u128::from(self.running_rate).max(1));
        let at = u128::from(self.started) + at;
        u64::try_from(at.saturating_sub(u128::from(now))).unwrap_or(u64::MAX)
    }

    fn put(&mut self, sample: u64) {
        let end = (self.oldest + self.level) % self.fifo.len();
        for (place, byte) in sample.to_le_bytes().into_iter().enumerate() {
            let at = (end + place) % self.fifo.len();
            self.fifo[at] = byte;
        }
        self.level += SAMPLE;
    }

    /// Gives what it has of `length` bytes, of which `done` were given before.
    pub(super) fn give(
        &mut self,
        bus: &mut dyn Bus,
        host: u64,
        length: usize,
        mut done: usize,
    ) -> Result<Moved, Fault> {
        self.catch_up(bus.now());
        while done < length && self.level > 0 {
            let end = (self.oldest + self.level).min(self.fifo.len());
            let piece = (end - self.oldest).min(length - done);
            let bytes = &self.fifo[self.oldest..self.oldest + piece];
            posted(bus.write(host.wrapping_add(done as u64), bytes))?;
            self.oldest = (self.oldest + piece) % self.fifo.len();
            self.level -= piece;
            done += piece;
        }
        if done == length {
            return Ok(Moved::Whole);
        }
        if !self.enabled || self.running_rate == 0 {
            return Err(Fault::Refused);
        }
        let wanted = (length - done).min(self.fifo.len());
        Ok(Moved::Part { done, wait: self.time_until(bus.now(), wanted) })
    }
}

/// Sample number `number`, as the description of the registers defines it.
fn sample(seed: u32, number: u64) -> u64 {
    let check = super::super::low(number).wrapping_add(seed).wrapping_mul(0x9e37_79b1) >> 8;
    number & ((1 << 40) - 1) | u64::from(check) << 40
}
