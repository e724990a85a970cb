//! A stream to the card: bytes go through a FIFO and are consumed at a fixed rate.
#![forbid(unsafe_code)]

use super::engine::Fault;
use super::sides::Moved;
use crate::card::Bus;

/// The sink and its FIFO.
#[derive(Debug)]
pub(super) struct Sink {
    /// What was written last: as many bytes as the FIFO holds.
    fifo: Vec<u8>,
    level: usize,
    pub(super) enabled: bool,
    /// Bytes a microsecond, 0 for any number, for the next start and as it runs.
    pub(super) rate: u32,
    running_rate: u32,
    /// When the first byte came; until then nothing is due.
    first: Option<u64>,
    /// Bytes that were due since, there or not.
    due: u64,
    consumed: u64,
    starved: u64,
    checksum: u32,
}

impl Sink {
    /// Stopped, with a FIFO of so many bytes.
    pub(super) fn new(depth: usize) -> Self {
        Self {
            fifo: vec![0; depth.max(1)],
            level: 0,
            enabled: false,
            rate: 0,
            running_rate: 0,
            first: None,
            due: 0,
            consumed: 0,
            starved: 0,
            checksum: 0,
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.fifo.len()
    }

    pub(super) const fn level(&self) -> usize {
        self.level
    }

    pub(super) const fn starved(&self) -> u64 {
        self.starved
    }

    pub(super) const fn consumed(&self) -> u64 {
        self.consumed
    }

    pub(super) const fn checksum(&self) -> u32 {
        self.checksum
    }

    /// Starts over, or stops.
    pub(super) fn enable(&mut self, now: u64, on: bool) {
        self.catch_up(now);
        if on && !self.enabled {
            let (depth, rate) = (self.fifo.len(), self.rate);
            *self = Self { rate, running_rate: rate, ..Self::new(depth) };
        }
        self.enabled = on;
    }

    /// Works out what was consumed up to now.
    pub(super) fn catch_up(&mut self, now: u64) {
        if !self.enabled {
            return;
        }
        let due = match (self.running_rate, self.first) {
            (0, _) => self.due + self.level as u64,
            (_, None) => return,
            (rate, Some(first)) => {
                let due = u128::from(now - first) * u128::from(rate) / 1_000;
                u64::try_from(due).unwrap_or(u64::MAX)
            }
        };
        let wanted = due - self.due;
        let taken = usize::try_from(wanted).unwrap_or(usize::MAX).min(self.level);
        self.level -= taken;
        self.consumed += taken as u64;
        self.starved += wanted - taken as u64;
        self.due = due;
    }

    /// Takes what it can of `length` bytes, of which `done` were taken before.
    pub(super) fn take(
        &mut self,
        bus: &mut dyn Bus,
        host: u64,
        length: usize,
        mut done: usize,
    ) -> Result<Moved, Fault> {
        if !self.enabled {
            return Err(Fault::Refused);
        }
        let now = bus.now();
        self.catch_up(now);
        loop {
            let piece = (self.fifo.len() - self.level).min(length - done);
            if piece > 0 {
                let bytes = &mut self.fifo[..piece];
                bus.read(host.wrapping_add(done as u64), bytes).map_err(Fault::Host)?;
                self.checksum = checksum(self.checksum, bytes);
                self.level += piece;
                self.first.get_or_insert(now);
                done += piece;
            }
            if done == length {
                return Ok(Moved::Whole);
            }
            if self.running_rate > 0 {
                break;
            }
            self.catch_up(now);
        }
        // The FIFO is full: until there is room for the rest, or for as much as it holds.
        let wanted = (length - done).min(self.fifo.len());
        let wait = (wanted as u64 * 1_000).div_ceil(u64::from(self.running_rate));
        Ok(Moved::Part { done, wait })
    }
}

/// The checksum of more bytes, as the description of the registers defines it.
fn checksum(sum: u32, bytes: &[u8]) -> u32 {
    let add = |sum: u32, byte: &u8| sum.wrapping_mul(31).wrapping_add(u32::from(*byte));
    bytes.iter().fold(sum, add)
}
