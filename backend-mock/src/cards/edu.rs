//! QEMU's `edu` card: one slow transfer at a time.
//!
//! The registers behave as those of the card in QEMU, the awkward parts included: nothing may be
//! changed while a transfer runs, a transfer cannot be stopped, and a reset of the bus does not
//! stop it either. What the card is not told it does not notice: an access that the IOMMU refused
//! looks to it like any other.
#![forbid(unsafe_code)]

use dma_core::{AddressMask, Identity};
use register_map::description::Described;
use register_map::edu::{self, Edu};

use super::low;
use crate::card::{Board, Bus, Card, Place};
use crate::register_file::RegisterFile;

const LIVENESS: usize = edu::LIVENESS.offset();
const FACTORIAL: usize = edu::FACTORIAL.offset();
const STATUS: usize = edu::STATUS.offset();
const INTERRUPTS: usize = edu::INTERRUPT_STATUS.offset();
const RAISE: usize = edu::INTERRUPT_RAISE.offset();
const ACKNOWLEDGE: usize = edu::INTERRUPT_ACKNOWLEDGE.offset();
const SOURCE: usize = edu::DMA_SOURCE.offset();
const DESTINATION: usize = edu::DMA_DESTINATION.offset();
const COUNT: usize = edu::DMA_COUNT.offset();
const COMMAND: usize = edu::DMA_COMMAND.offset();

const REGION: usize = 1 << 20;
const MEMORY: usize = 4096;
/// Where the card's memory begins, as its transfers count.
const MEMORY_AT: u64 = 0x4_0000;

const COMPUTING: u64 = 1 << 0;
const INTERRUPT_AFTER_FACTORIAL: u64 = 1 << 7;
const FACTORIAL_INTERRUPT: u64 = 1 << 0;
const TRANSFER_INTERRUPT: u64 = 1 << 8;

const RUN: u64 = 1 << 0;
const TO_HOST: u64 = 1 << 1;
const INTERRUPT_WHEN_DONE: u64 = 1 << 2;

/// What planned work is.
const TRANSFER: u64 = 0;
const COMPUTATION: u64 = 1;
/// How long a factorial takes, in nanoseconds.
const FACTORIAL_TAKES: u64 = 10_000;

/// The card. It answers to 1234:11e8, has one region of 1 MiB and one interrupt.
///
/// # Examples
///
/// ```
/// use backend_mock::{EduCard, Machine};
/// use dma_core::AddressMask;
/// let card = EduCard::new().delay(10_000).mask(AddressMask::bits(32));
/// let device = Machine::new().plug(card);
/// # let _ = device;
/// ```
#[derive(Debug)]
pub struct EduCard {
    delay: u64,
    mask: AddressMask,
    registers: RegisterFile,
    memory: Box<[u8; MEMORY]>,
}

impl EduCard {
    /// The card as QEMU has it by default: 100 ms a transfer, 28 address bits.
    #[must_use]
    pub fn new() -> Self {
        Self {
            delay: 100_000_000,
            mask: AddressMask::bits(28),
            registers: RegisterFile::new(Edu::DESCRIPTION),
            memory: Box::new([0; MEMORY]),
        }
    }

    /// With so many nanoseconds a transfer.
    #[must_use]
    pub fn delay(mut self, nanoseconds: u64) -> Self {
        self.delay = nanoseconds;
        self
    }

    /// Changes how long transfers take that are yet to start.
    pub fn set_delay(&mut self, nanoseconds: u64) {
        self.delay = nanoseconds;
    }

    /// With so many address bits; what lies above is cut off, silently but for a complaint.
    #[must_use]
    pub fn mask(mut self, mask: AddressMask) -> Self {
        self.mask = mask;
        self
    }

    /// The card's memory.
    #[must_use]
    pub fn memory(&self) -> &[u8] {
        &*self.memory
    }

    /// The card's memory, to change.
    #[must_use]
    pub fn memory_mut(&mut self) -> &mut [u8] {
        &mut *self.memory
    }

    fn busy(&self) -> bool {
        self.registers.get(COMMAND) & RUN != 0
    }

    fn raise(&mut self, board: &mut dyn Board, bits: u64) {
        let interrupts = self.registers.get(INTERRUPTS) | bits;
        self.registers.set(INTERRUPTS, interrupts);
        if interrupts != 0 {
            board.raise(0);
        }
    }

    fn lower(&mut self, board: &mut dyn Board, bits: u64) {
        let interrupts = self.registers.get(INTERRUPTS) & !bits;
        self.registers.set(INTERRUPTS, interrupts);
        if interrupts == 0 {
            board.lower(0);
        }
    }

    /// The host address of a transfer, cut to what the card can put on the bus.
    fn clamp(&self, board: &mut dyn Board, address: u64) -> u64 {
        let clamped = address & self.mask.highest();
        if clamped != address {
            board.complain(&format!("address {address:#x} cut off to {clamped:#x}"));
        }
        clamped
    }

    fn transfer(&mut self, bus: &mut dyn Bus) {
        if !self.busy() {
            return;
        }
        let [source, destination, count, command] =
            [SOURCE, DESTINATION, COUNT, COMMAND].map(|offset| self.registers.get(offset));
        let to_host = command & TO_HOST != 0;
        let (card, host) = if to_host { (source, destination) } else { (destination, source) };
        match piece(card, count) {
            None => bus.complain(&format!(
                "{count} bytes at {card:#x} are not in the card's memory: nothing was moved"
            )),
            Some(piece) => {
                let host = self.clamp(bus, host);
                let memory = &mut self.memory[piece];
                // The card takes no notice of a refused access.
                let _ = if to_host { bus.write(host, memory) } else { bus.read(host, memory) };
            }
        }
        self.registers.set(COMMAND, command & !RUN);
        if command & INTERRUPT_WHEN_DONE != 0 {
            self.raise(bus, TRANSFER_INTERRUPT);
        }
    }

    fn compute(&mut self, bus: &mut dyn Bus) {
        let number = low(self.registers.get(FACTORIAL));
        let factorial = (1..=number).fold(1, u32::wrapping_mul);
        let status = self.registers.get(STATUS);
        self.registers.set(FACTORIAL, u64::from(factorial));
        self.registers.set(STATUS, status & !COMPUTING);
        if status & INTERRUPT_AFTER_FACTORIAL != 0 {
            self.raise(bus, FACTORIAL_INTERRUPT);
        }
    }
}

impl Default for EduCard {
    fn default() -> Self {
        Self::new()
    }
}

/// Which part of the card's memory a transfer touches; none if it is not all inside.
fn piece(address: u64, count: u64) -> Option<std::ops::Range<usize>> {
    let start = usize::try_from(address.checked_sub(MEMORY_AT)?).ok()?;
    let end = start.checked_add(usize::try_from(count).ok()?)?;
    (start < MEMORY && end <= MEMORY).then_some(start..end)
}

/// Whether a register takes accesses of this width.
fn takes(place: Place) -> bool {
    place.width == 4 || place.width == 8 && place.offset >= 0x80
}

impl Card for EduCard {
    fn identity(&self) -> Identity {
        edu::DEVICE.identities[0]
    }

    fn regions(&self) -> &[usize] {
        &[REGION]
    }

    fn load(&mut self, _board: &mut dyn Board, place: Place) -> u64 {
        if !takes(place) {
            return u64::MAX;
        }
        self.registers.load(place.offset).unwrap_or(u64::MAX)
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        if !takes(place) {
            board.complain(&format!("{}-byte store at {:#x} ignored", place.width, place.offset));
            return;
        }
        // One store sets all bits of a wide register: a narrow one clears the upper half.
        match place.offset {
            SOURCE | DESTINATION | COUNT | COMMAND if self.busy() => {
                board.complain(&format!("store at {:#x} ignored: a transfer runs", place.offset));
            }
            LIVENESS => self.registers.set(LIVENESS, !value),
            FACTORIAL => {
                let status = self.registers.get(STATUS);
                if status & COMPUTING == 0 {
                    self.registers.store(FACTORIAL, value);
                    self.registers.set(STATUS, status | COMPUTING);
                    board.after(FACTORIAL_TAKES, COMPUTATION);
                }
            }
            RAISE => self.raise(board, value),
            ACKNOWLEDGE => self.lower(board, value),
            COMMAND if value & RUN == 0 => {}
            COMMAND => {
                self.registers.store(COMMAND, value);
                board.after(self.delay, TRANSFER);
            }
            offset => {
                if !self.registers.store(offset, value) {
                    board.complain(&format!("store at {offset:#x} ignored"));
                }
            }
        }
    }

    fn power_cycle(&mut self) {
        *self = Self::new().delay(self.delay).mask(self.mask);
    }

    fn run(&mut self, bus: &mut dyn Bus, token: u64) {
        match token {
            TRANSFER => self.transfer(bus),
            _ => self.compute(bus),
        }
    }
}
