//! A small card for tests: it does what a test wants of a device.
//!
//! ```text
//!  0x00 identification   0x04 scratch            0x08 interrupt status (1 clears)
//!  0x0c interrupt enable 0x10 host address (64)  0x18 place in the card's memory
//!  0x1c length           0x20 command            0x24 status: 1 busy, 2 the last one failed
//!  0x28 delay in ns      0x2c transfers done
//! ```
//! Command: bit 0 start, bit 1 from card to host, bits 15:8 the interrupt that tells the end.
#![forbid(unsafe_code)]

use dma_core::Identity;

use crate::card::{Board, Bus, Card, Place};

const REGION: usize = 4096;
const MEMORY: usize = 1 << 16;
const IDENTIFICATION: u32 = 0x5052_4f42;

const START: u32 = 1 << 0;
const TO_HOST: u32 = 1 << 1;
const BUSY: u32 = 1 << 0;
const FAILED: u32 = 1 << 1;

/// The card: 64 KiB of memory, one region of 4 KiB, as many interrupts as wanted.
#[derive(Debug)]
pub struct ProbeCard {
    vectors: usize,
    scratch: u32,
    interrupts: u32,
    enabled: u32,
    host: u64,
    at: u32,
    length: u32,
    command: u32,
    status: u32,
    delay: u32,
    done: u32,
    memory: Vec<u8>,
}

impl ProbeCard {
    /// A card with one interrupt and a delay of ten microseconds.
    #[must_use]
    pub fn new() -> Self {
        Self {
            vectors: 1,
            scratch: 0,
            interrupts: 0,
            enabled: 0,
            host: 0,
            at: 0,
            length: 0,
            command: 0,
            status: 0,
            delay: 10_000,
            done: 0,
            memory: vec![0; MEMORY],
        }
    }

    /// With so many interrupts, at most 32.
    #[must_use]
    pub fn vectors(mut self, vectors: usize) -> Self {
        self.vectors = vectors.min(32);
        self
    }

    /// The card's memory.
    #[must_use]
    pub fn memory(&self) -> &[u8] {
        &self.memory
    }

    /// The card's memory, to change.
    #[must_use]
    pub fn memory_mut(&mut self) -> &mut [u8] {
        &mut self.memory
    }

    fn raise(&mut self, board: &mut dyn Board, vector: u32) {
        self.interrupts |= 1_u32.checked_shl(vector).unwrap_or(0);
        if self.interrupts & self.enabled & 1_u32.checked_shl(vector).unwrap_or(0) != 0 {
            board.raise(vector as usize);
        }
    }
}

impl Default for ProbeCard {
    fn default() -> Self {
        Self::new()
    }
}

impl Card for ProbeCard {
    fn identity(&self) -> Identity {
        Identity::Pci { vendor: 0x1234, device: 0x5052 }
    }

    fn regions(&self) -> &[usize] {
        &[REGION]
    }

    fn vectors(&self) -> usize {
        self.vectors
    }

    fn load(&mut self, _board: &mut dyn Board, place: Place) -> u64 {
        u64::from(match place.offset {
            0x00 => IDENTIFICATION,
            0x04 => self.scratch,
            0x08 => self.interrupts,
            0x0c => self.enabled,
            0x10 => return self.host,
            0x18 => self.at,
            0x1c => self.length,
            0x20 => self.command,
            0x24 => self.status,
            0x28 => self.delay,
            0x2c => self.done,
            _ => 0,
        })
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        let low = super::low(value);
        match place.offset {
            0x04 => self.scratch = low,
            0x08 => {
                self.interrupts &= !low;
                for vector in (0..self.vectors).filter(|vector| low >> vector & 1 != 0) {
                    board.lower(vector);
                }
            }
            0x0c => self.enabled = low,
            0x10 => self.host = value,
            0x18 => self.at = low,
            0x1c => self.length = low,
            0x20 => {
                self.command = low;
                if low & START != 0 && self.status & BUSY == 0 {
                    self.status = BUSY;
                    board.after(u64::from(self.delay), 0);
                }
            }
            0x28 => self.delay = low,
            _ => {}
        }
    }

    fn run(&mut self, bus: &mut dyn Bus, _token: u64) {
        let start = self.at as usize;
        let end = start.saturating_add(self.length as usize);
        self.status = match self.memory.get_mut(start..end) {
            None => FAILED,
            Some(piece) => {
                let result = if self.command & TO_HOST != 0 {
                    bus.write(self.host, piece)
                } else {
                    bus.read(self.host, piece)
                };
                if result.is_ok() { 0 } else { FAILED }
            }
        };
        self.done = self.done.wrapping_add(1);
        let vector = self.command >> 8 & 0xff;
        self.raise(bus, vector);
    }

    fn reset(&mut self) -> bool {
        *self = Self::new().vectors(self.vectors);
        true
    }
}
