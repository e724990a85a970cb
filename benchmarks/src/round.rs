//! A ring of buffers that a stream and plain copies go round by turns.
//!
//! So that what is compared are the same copies: of the same bytes, between the same places, in the
//! same order. What prepares a turn is not part of its time.
#![forbid(unsafe_code)]

use std::collections::VecDeque;
use std::hint::black_box;
use std::time::{Duration, Instant};

use backend_mock::{MockDevice, XdmaCard};
use dma_core::{Direction, Error, ErrorKind, Operation, Timeout};

use crate::xdma::{self, BATCH, LAPS, Laps, Memory};

/// A stream with its card, and its buffers in the order of the ring.
#[derive(Debug)]
pub struct Round {
    device: MockDevice,
    stream: Laps,
    /// Those that are not in the stream, the next one first.
    others: VecDeque<Memory>,
    direction: Direction,
}

impl Round {
    /// As [`xdma::stream`].
    ///
    /// # Errors
    ///
    /// As [`xdma::stream`].
    pub fn new(length: usize, count: usize, direction: Direction) -> Result<Self, Error> {
        let (device, stream, others) = xdma::stream(length, count, direction)?;
        Ok(Self { device, stream, others, direction })
    }

    /// The card's device.
    #[must_use]
    pub const fn device(&self) -> &MockDevice {
        &self.device
    }

    /// Laps of the stream, once it runs.
    ///
    /// # Errors
    ///
    /// As [`xdma::laps`].
    pub fn stream(&mut self, laps: usize) -> Result<Duration, Error> {
        while self.stream.held() < LAPS {
            let Some(buffer) = self.others.pop_front() else { break };
            self.stream.queue(buffer).map_err(|refused| refused.error)?;
        }
        self.stream.start();
        // From here on each batch finds the one before done, as in a stream that goes on and on.
        xdma::laps(&mut self.stream, &mut self.others, BATCH)?;
        let start = Instant::now();
        xdma::laps(&mut self.stream, &mut self.others, laps)?;
        Ok(start.elapsed())
    }

    /// As many copies between the card's memory and the next buffers of the ring.
    ///
    /// # Errors
    ///
    /// As the stream, which gives all its buffers out; `Unsupported` if there are none.
    pub fn copy(&mut self, laps: usize) -> Result<Duration, Error> {
        // As with the stream, a batch before that is not counted gets caches and memory going.
        self.copy_on(BATCH)?;
        self.copy_on(laps)
    }

    /// Copies, and goes on in the ring.
    fn copy_on(&mut self, laps: usize) -> Result<Duration, Error> {
        let took = self.copies(laps, usize::MAX)?;
        let count = self.others.len();
        self.others.rotate_left(laps % count.max(1));
        Ok(took)
    }

    /// As many copies between the card's memory and one buffer.
    ///
    /// # Errors
    ///
    /// As [`Round::copy`].
    pub fn copy_in_one_place(&mut self, laps: usize) -> Result<Duration, Error> {
        self.copies(laps, 1)
    }

    fn copies(&mut self, laps: usize, most: usize) -> Result<Duration, Error> {
        while let Some(lap) = self.stream.next(Timeout::secs(1)) {
            self.others.push_back(lap.map_err(|failed| failed.error())?);
        }
        let none = Error::new(ErrorKind::Unsupported, Operation::Transfer, 0);
        let direction = self.direction;
        let others = self.others.iter_mut().take(laps.min(most));
        let mut places: Vec<&mut [u8]> = others.map(Memory::bytes_mut).collect();
        if places.is_empty() {
            return Err(none);
        }
        let took = self.device.with_card(|card: &mut XdmaCard| {
            let memory = card.memory_mut();
            let start = Instant::now();
            let mut left = laps;
            while left > 0 {
                for place in places.iter_mut().take(left) {
                    match direction {
                        Direction::FromDevice => place.copy_from_slice(black_box(memory)),
                        Direction::ToDevice => memory.copy_from_slice(black_box(place)),
                    }
                    black_box((&mut *memory, place));
                }
                left = left.saturating_sub(places.len());
            }
            start.elapsed()
        });
        took.ok_or(none)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The ring keeps its order whoever goes round it, and both move the bytes: what the card has
    // is in every buffer then.
    #[test]
    fn both_go_round_one_ring_in_its_order() {
        let mut round = Round::new(4096, LAPS + 8, Direction::FromDevice).unwrap();
        round.device.with_card(|card: &mut XdmaCard| card.memory_mut().fill(7)).unwrap();
        let places = |round: &mut Round| {
            round.copy_in_one_place(1).unwrap();
            round.others.iter().map(|buffer| buffer.bytes().as_ptr()).collect::<Vec<_>>()
        };
        let mut before = places(&mut round);
        round.stream(2 * BATCH).unwrap();
        // Those that it holds, and the batch that gets it going, are more laps of the ring.
        before.rotate_left((LAPS + 3 * BATCH) % (LAPS + 8));
        assert_eq!(places(&mut round), before);
        round.copy(LAPS).unwrap();
        before.rotate_left((LAPS + BATCH) % (LAPS + 8));
        assert_eq!(places(&mut round), before);
        assert_eq!(round.others.len(), LAPS + 8);
        assert!(round.others.iter().all(|buffer| buffer.bytes().iter().all(|byte| *byte == 7)));
        assert!(round.device.faults().is_empty());
    }
}
