//! One channel's engine: fetches lists of descriptors, and runs through them.
//!
//! ```text
//!   RUN rises ─► fetch a block ─► move, move, move ─┬─► stop bit, error, RUN cleared: idle
//!                     ▲                             │
//!                     └───── next block ◄───────────┘     each step after its own time
//! ```
#![forbid(unsafe_code)]

use dma_core::Direction;

use super::descriptor::{Block, DESCRIPTOR, Descriptor};
use super::sides::{Moved, Sides};
use crate::card::{Board, Bus, BusFault};

/// Of the control register.
pub(super) const RUN: u32 = 1 << 0;
const WRITE_BACK: u32 = 1 << 26;
/// The bits of the control register that let one of status be noted.
pub(super) const NOTED: u32 = 0x00ff_fe7e;
pub(super) const CONTROL_BITS: u32 = NOTED | RUN | WRITE_BACK | 1 << 25 | 1 << 27;

/// Of the status register.
pub(super) const BUSY: u32 = 1 << 0;
const DESCRIPTOR_STOPPED: u32 = 1 << 1;
const DESCRIPTOR_COMPLETED: u32 = 1 << 2;
const ALIGN_MISMATCH: u32 = 1 << 3;
const MAGIC_STOPPED: u32 = 1 << 4;
const IDLE_STOPPED: u32 = 1 << 6;
const READ_ERROR: u32 = 1 << 9;
const WRITE_ERROR: u32 = 1 << 14;
const DESCRIPTOR_ERROR: u32 = 1 << 19;
const ERRORS: u32 = 0x00ff_fe38;

/// What the bus answers to a read, within a field of five error bits.
const UNSUPPORTED_REQUEST: u32 = 1 << 0;
const COMPLETER_ABORT: u32 = 1 << 1;
/// What the card's side answers.
const DECODE_ERROR: u32 = 1 << 0;
const SLAVE_ERROR: u32 = 1 << 1;

/// What a channel was built for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Built {
    /// What addresses and lengths are a multiple of.
    pub(super) alignment: u8,
    pub(super) address_bits: u8,
}

/// One channel.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) direction: Direction,
    pub(super) built: Built,
    pub(super) control: u32,
    pub(super) status: u32,
    pub(super) completed: u32,
    pub(super) write_back: u64,
    pub(super) interrupt_enable: u32,
    pub(super) first: u64,
    pub(super) adjacent: u32,
    /// Whether it fetches a descriptor only for a credit, and how many it has.
    pub(super) by_credit: bool,
    pub(super) credits: u32,
    pub(super) step: Step,
    pub(super) block: Block,
    /// The count is to be written back.
    tells: bool,
    /// Tells plans that were called off.
    pub(super) generation: u64,
}

/// What the engine does when its time has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Idle,
    /// Fetches the block that the one before points to.
    Fetch,
    /// Has no credit for the next block.
    Starved,
    /// Moves what the descriptor says, of which so many bytes are done.
    Move(usize),
}

impl Engine {
    pub(super) fn new(direction: Direction, built: Built) -> Self {
        Self {
            direction,
            built,
            control: 0,
            status: 0,
            completed: 0,
            write_back: 0,
            interrupt_enable: 0,
            first: 0,
            adjacent: 0,
            by_credit: false,
            credits: 0,
            step: Step::Idle,
            block: Block::new(),
            tells: false,
            generation: 0,
        }
    }

    /// As after a reset; plans of before are outdated.
    pub(super) fn reset(&mut self) {
        let generation = self.generation + 1;
        *self = Self { generation, ..Self::new(self.direction, self.built) };
    }

    /// Whether it interrupts.
    pub(super) const fn interrupts(&self) -> bool {
        self.status & self.interrupt_enable != 0
    }

    /// Chooses whether it fetches descriptors only for credits.
    pub(super) fn set_by_credit(&mut self, on: bool) -> bool {
        let changes = self.by_credit != on;
        self.by_credit = on;
        self.credits = 0;
        changes && self.step != Step::Idle
    }

    /// Whether there is a credit for each descriptor of the next block.
    #[inline]
    pub(super) fn has_credit(&self, board: &mut dyn Board) -> bool {
        let enough = !self.by_credit || self.credits >= self.block.count();
        if !enough && self.credits > 0 {
            self.complain_of_credits(board);
        }
        enough
    }

    #[cold]
    fn complain_of_credits(&self, board: &mut dyn Board) {
        let (count, credits) = (self.block.count(), self.credits);
        board.complain(&format!("{count} adjacent descriptors for {credits} credits"));
    }

    /// Stops for want of its run bit.
    pub(super) fn rest(&mut self) {
        self.note(IDLE_STOPPED);
        self.step = Step::Idle;
    }

    /// A token for a plan of this engine, whose number takes the low bits.
    pub(super) const fn token(&self, number: usize) -> u64 {
        self.generation << 4 | number as u64
    }

    /// Whether a token is of what the engine is at.
    pub(super) const fn knows(&self, token: u64) -> bool {
        token >> 4 == self.generation
    }

    /// Takes the steps that are due. `Some(wait)`: the next one is due in so many nanoseconds.
    pub(super) fn run(&mut self, bus: &mut dyn Bus, sides: &mut Sides) -> Option<u64> {
        let next = self.take_steps(bus, sides);
        // No time has passed between those steps, so the last count is all that can be seen.
        if std::mem::take(&mut self.tells) {
            self.write_back(bus);
        }
        next
    }

    fn take_steps(&mut self, bus: &mut dyn Bus, sides: &mut Sides) -> Option<u64> {
        loop {
            let wait = match self.step {
                Step::Idle | Step::Starved => return None,
                Step::Fetch if self.control & RUN == 0 => {
                    self.rest();
                    return None;
                }
                Step::Fetch if !self.has_credit(bus) => {
                    self.step = Step::Starved;
                    return None;
                }
                Step::Fetch => match self.fetch(bus) {
                    Ok(()) => {
                        self.step = Step::Move(0);
                        sides.time_on_link(|| self.block.current().length())
                    }
                    Err(bits) => {
                        self.halt(bus, bits);
                        return None;
                    }
                },
                Step::Move(done) => match self.carry_on(bus, sides, done) {
                    Ok(Moved::Whole) => {
                        self.complete(bus);
                        sides.delay_to(|| match self.step {
                            Step::Move(_) => self.block.current().length(),
                            _ => 0,
                        })
                    }
                    Ok(Moved::Part { done, wait }) => {
                        self.step = Step::Move(done);
                        wait.max(1)
                    }
                    Err(bits) => {
                        self.halt(bus, bits);
                        return None;
                    }
                },
            };
            match self.step {
                Step::Idle | Step::Starved => return None,
                // Credits have an end; else never at once, or a list without one would stop time.
                Step::Fetch if !self.by_credit => return Some(wait.max(1)),
                Step::Fetch | Step::Move(_) if wait > 0 => return Some(wait),
                Step::Fetch | Step::Move(_) => {}
            }
        }
    }

    /// Fetches the next block of descriptors.
    fn fetch(&mut self, bus: &mut dyn Bus) -> Result<(), u32> {
        if let Some(complaint) = self.block.misplaced() {
            bus.complain(&complaint);
            return Err(DESCRIPTOR_ERROR * UNSUPPORTED_REQUEST);
        }
        self.credits = self.credits.saturating_sub(self.block.count());
        self.block.fetch(bus).map_err(|fault| DESCRIPTOR_ERROR * answer(fault))?;
        if let Some(complaint) = self.block.inconsistent() {
            bus.complain(&complaint);
        }
        self.check(self.block.current())
    }

    /// Whether a descriptor can be carried out.
    fn check(&self, descriptor: Descriptor<'_>) -> Result<(), u32> {
        if !descriptor.has_magic() {
            return Err(MAGIC_STOPPED);
        }
        let all = descriptor.source() | descriptor.destination() | u64::from(descriptor.length());
        let crooked = all & (u64::from(self.built.alignment) - 1);
        if crooked == 0 { Ok(()) } else { Err(ALIGN_MISMATCH) }
    }

    /// Moves what is left of the current descriptor, or a part of it.
    fn carry_on(
        &mut self,
        bus: &mut dyn Bus,
        sides: &mut Sides,
        done: usize,
    ) -> Result<Moved, u32> {
        let descriptor = self.block.current();
        // The first of a block was looked at as it was fetched.
        if done == 0 && !self.block.is_at_first() {
            self.check(descriptor)?;
        }
        let length = descriptor.length() as usize;
        let mask = u64::MAX >> (64 - u32::from(self.built.address_bits));
        match self.direction {
            Direction::ToDevice => {
                let (host, card) = (descriptor.source() & mask, descriptor.destination());
                sides.write_card(bus, host, card, length, done).map_err(|fault| match fault {
                    Fault::Host(fault) => READ_ERROR * answer(fault),
                    Fault::NoSuchAddress => WRITE_ERROR * DECODE_ERROR,
                    Fault::Refused => WRITE_ERROR * SLAVE_ERROR,
                })
            }
            Direction::FromDevice => {
                let (card, host) = (descriptor.source(), descriptor.destination() & mask);
                sides.read_card(bus, host, card, length, done).map_err(|fault| match fault {
                    Fault::Host(_) => WRITE_ERROR * SLAVE_ERROR,
                    Fault::NoSuchAddress => READ_ERROR * DECODE_ERROR,
                    Fault::Refused => READ_ERROR * SLAVE_ERROR,
                })
            }
        }
    }

    /// Counts the current descriptor, tells of it, and goes on to the next one.
    fn complete(&mut self, bus: &mut dyn Bus) {
        let descriptor = self.block.current();
        let (tells, stops) = (descriptor.tells(), descriptor.stops());
        self.completed = self.completed.wrapping_add(1);
        if tells {
            self.note(DESCRIPTOR_COMPLETED);
        }
        if stops {
            self.note(DESCRIPTOR_STOPPED);
            self.step = Step::Idle;
        } else if self.control & RUN == 0 {
            self.rest();
        } else if self.block.advance() {
            self.step = Step::Move(0);
        } else {
            // Without a credit it takes its time when one comes.
            self.step = if self.has_credit(bus) { Step::Fetch } else { Step::Starved };
        }
        self.tells |= tells;
    }

    /// Ends a list for an error.
    fn halt(&mut self, bus: &mut dyn Bus, bits: u32) {
        self.note(bits);
        if self.control & bits == 0 {
            bus.complain(&format!("error {bits:#x}, which CONTROL does not let be noted"));
        }
        self.step = Step::Idle;
        self.tells = true;
    }

    /// Writes the count to memory, if that was asked for. The write is posted: if it is refused,
    /// nobody is told.
    fn write_back(&mut self, bus: &mut dyn Bus) {
        if self.control & WRITE_BACK != 0 {
            let error = if self.status & ERRORS == 0 { 0 } else { 1 << 31 };
            let word = self.completed & 0x00ff_ffff | error;
            let _ = bus.write(self.write_back, &word.to_le_bytes());
        }
    }

    fn note(&mut self, bits: u32) {
        self.status |= bits & self.control;
    }
}

/// Why a move came to nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// On the host's side.
    Host(BusFault),
    /// The card has nothing at this address.
    NoSuchAddress,
    /// The card has something there that does not want it.
    Refused,
}

/// What a failed read is answered with.
const fn answer(fault: BusFault) -> u32 {
    match fault {
        BusFault::Failed => COMPLETER_ABORT,
        _ => UNSUPPORTED_REQUEST,
    }
}

const _: () = assert!(DESCRIPTOR == 32, "as the control word counts adjacent descriptors");
