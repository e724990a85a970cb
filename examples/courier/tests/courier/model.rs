//! The card as a model: registers, planned work, and a bus that may refuse.

use std::ops::Range;

use backend_mock::card::{Board, Bus, Card, Place};
use backend_mock::{RegisterFile, TrustedCard};
use courier::registers::{self as map, Courier};
use dma_core::Identity;
use register_map::description::Described;

const HOST_LOW: usize = map::HOST_LOW.offset();
const HOST_HIGH: usize = map::HOST_HIGH.offset();
const PLACE: usize = map::PLACE.offset();
const LENGTH: usize = map::LENGTH.offset();
const COMMAND: usize = map::COMMAND.offset();
const STATUS: usize = map::STATUS.offset();
const INTERRUPT: usize = map::INTERRUPT.offset();

const START: u64 = 1 << 0;
const FROM_CARD: u64 = 1 << 1;
const STOP: u64 = 1 << 2;
const DONE: u64 = 1 << 0;
const FAILED: u64 = 1 << 1;

/// What planned work is: the end of the transfer of this number, or of all that it was told.
const TRANSFER: u64 = 0;
const STOPPING: u64 = 1;

/// How long the card takes to stop, in nanoseconds.
const STOP_TAKES: u64 = 300;

/// The simulated card: 64 KiB of memory, five microseconds a transfer.
#[derive(Debug)]
pub(crate) struct CourierCard {
    registers: RegisterFile,
    memory: Vec<u8>,
    from_card: bool,
    /// Which transfer runs; work of one that is over is recognised by an older number.
    number: u64,
    pub(crate) delay: u64,
}

impl CourierCard {
    pub(crate) fn new() -> Self {
        let registers = RegisterFile::new(Courier::DESCRIPTION);
        Self { registers, memory: vec![0; 64 << 10], from_card: false, number: 0, delay: 5_000 }
    }

    /// Which bytes of the card's memory the registers name; none if some are not there.
    fn piece(&self) -> Option<Range<usize>> {
        let [start, length] =
            [PLACE, LENGTH].map(|at| usize::try_from(self.registers.get(at)).unwrap_or(usize::MAX));
        let end = start.checked_add(length)?;
        (end <= self.memory.len() && length <= 16 << 10).then_some(start..end)
    }

    fn transfer(&mut self, bus: &mut dyn Bus) -> bool {
        // The card has 34 address lines.
        let [low, high] = [HOST_LOW, HOST_HIGH].map(|at| self.registers.get(at));
        let host = low | (high & 0x3) << 32;
        let Some(piece) = self.piece() else { return false };
        let memory = &mut self.memory[piece];
        // A write is posted: that it was refused, nobody tells the card.
        if self.from_card {
            bus.write(host, memory) != Err(backend_mock::BusFault::Failed)
        } else {
            bus.read(host, memory).is_ok()
        }
    }

    fn set_causes(&mut self, board: &mut dyn Board, causes: u64) {
        self.registers.set(INTERRUPT, causes);
        if causes == 0 { board.lower(0) } else { board.raise(0) }
    }
}

// SAFETY: it moves bytes only between its own memory and the address in its HOST registers, as
// many as LENGTH says, when COMMAND starts it.
unsafe impl TrustedCard for CourierCard {}

impl Card for CourierCard {
    fn identity(&self) -> Identity {
        map::DEVICE.identities[0]
    }

    fn regions(&self) -> &[usize] {
        &[0x1000]
    }

    fn load(&mut self, _: &mut dyn Board, place: Place) -> u64 {
        self.registers.load(place.offset).unwrap_or(u64::MAX)
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        let busy = self.registers.get(STATUS) != 0;
        match place.offset {
            COMMAND if value & STOP != 0 => {
                board.after(STOP_TAKES, self.number << 1 | STOPPING);
            }
            COMMAND if value & START != 0 && !busy => {
                self.from_card = value & FROM_CARD != 0;
                self.registers.set(STATUS, 1);
                board.after(self.delay, self.number << 1 | TRANSFER);
            }
            INTERRUPT => {
                let left = self.registers.get(INTERRUPT) & !value;
                self.set_causes(board, left);
            }
            offset => {
                if busy || !self.registers.store(offset, value) {
                    board.complain(&format!("store at {offset:#x} ignored"));
                }
            }
        }
    }

    fn run(&mut self, bus: &mut dyn Bus, token: u64) {
        if token >> 1 != self.number {
            return;
        }
        self.number += 1;
        if token & 1 == TRANSFER {
            let causes = if self.transfer(bus) { DONE } else { DONE | FAILED };
            self.set_causes(bus, causes);
        }
        self.registers.set(STATUS, 0);
    }

    /// A reset of the bus ends what runs and clears the registers; memory keeps its bytes.
    fn reset(&mut self) -> bool {
        self.registers.reset();
        self.number += 1;
        true
    }
}
