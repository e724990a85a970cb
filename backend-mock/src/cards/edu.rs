//! QEMU's `edu` card: one slow transfer at a time between RAM and 4 KiB of its own.
//!
//! The registers behave as those of the card in QEMU, the awkward parts included: nothing may be
//! changed while a transfer runs, a transfer cannot be stopped, and a reset of the bus does not
//! stop it either. What the card is not told it does not notice: an access that the IOMMU refused
//! looks to it like any other.
#![forbid(unsafe_code)]

use dma_core::{AddressMask, Identity};

use crate::card::{Board, Bus, Card, Place};

const IDENTIFICATION: u64 = 0x0100_00ed;
const REGION: usize = 1 << 20;
const MEMORY: usize = 4096;
/// Where the card's memory begins, as its transfers count.
const MEMORY_AT: u64 = 0x4_0000;

const COMPUTING: u32 = 1 << 0;
const INTERRUPT_AFTER_FACTORIAL: u32 = 1 << 7;
const FACTORIAL_INTERRUPT: u32 = 1 << 0;
const TRANSFER_INTERRUPT: u32 = 1 << 8;

const RUN: u64 = 1 << 0;
const TO_HOST: u64 = 1 << 1;
const INTERRUPT_WHEN_DONE: u64 = 1 << 2;

/// What planned work is.
const TRANSFER: u64 = 0;
const FACTORIAL: u64 = 1;
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
    liveness: u32,
    factorial: u32,
    status: u32,
    interrupts: u32,
    source: u64,
    destination: u64,
    count: u64,
    command: u64,
    memory: Box<[u8; MEMORY]>,
}

impl EduCard {
    /// The card as QEMU has it by default: 100 ms a transfer, 28 address bits.
    #[must_use]
    pub fn new() -> Self {
        Self {
            delay: 100_000_000,
            mask: AddressMask::bits(28),
            liveness: 0,
            factorial: 0,
            status: 0,
            interrupts: 0,
            source: 0,
            destination: 0,
            count: 0,
            command: 0,
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
        self.command & RUN != 0
    }

    fn raise(&mut self, board: &mut dyn Board, bits: u32) {
        self.interrupts |= bits;
        if self.interrupts != 0 {
            board.raise(0);
        }
    }

    fn lower(&mut self, board: &mut dyn Board, bits: u32) {
        self.interrupts &= !bits;
        if self.interrupts == 0 {
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
        let to_host = self.command & TO_HOST != 0;
        let (card, host) =
            if to_host { (self.source, self.destination) } else { (self.destination, self.source) };
        match piece(card, self.count) {
            None => bus.complain(&format!(
                "{} bytes at {card:#x} are not in the card's memory: nothing was moved",
                self.count
            )),
            Some(piece) => {
                let host = self.clamp(bus, host);
                let memory = &mut self.memory[piece];
                // The card takes no notice of a refused access.
                let _ = if to_host { bus.write(host, memory) } else { bus.read(host, memory) };
            }
        }
        self.command &= !RUN;
        if self.command & INTERRUPT_WHEN_DONE != 0 {
            self.raise(bus, TRANSFER_INTERRUPT);
        }
    }

    fn compute(&mut self, bus: &mut dyn Bus) {
        self.factorial = (1..=self.factorial).fold(1, u32::wrapping_mul);
        self.status &= !COMPUTING;
        if self.status & INTERRUPT_AFTER_FACTORIAL != 0 {
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
        Identity::Pci { vendor: 0x1234, device: 0x11e8 }
    }

    fn regions(&self) -> &[usize] {
        &[REGION]
    }

    fn load(&mut self, _board: &mut dyn Board, place: Place) -> u64 {
        if !takes(place) {
            return u64::MAX;
        }
        match place.offset {
            0x00 => IDENTIFICATION,
            0x04 => u64::from(self.liveness),
            0x08 => u64::from(self.factorial),
            0x20 => u64::from(self.status),
            0x24 => u64::from(self.interrupts),
            0x80 => self.source,
            0x88 => self.destination,
            0x90 => self.count,
            0x98 => self.command,
            _ => u64::MAX,
        }
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        if !takes(place) {
            board.complain(&format!("{}-byte store at {:#x} ignored", place.width, place.offset));
            return;
        }
        let low = super::low(value);
        match place.offset {
            0x04 => self.liveness = !low,
            0x08 if self.status & COMPUTING == 0 => {
                self.factorial = low;
                self.status |= COMPUTING;
                board.after(FACTORIAL_TAKES, FACTORIAL);
            }
            0x20 => {
                self.status = self.status & COMPUTING | low & INTERRUPT_AFTER_FACTORIAL;
            }
            0x60 => self.raise(board, low),
            0x64 => self.lower(board, low),
            0x80 | 0x88 | 0x90 | 0x98 if self.busy() => {
                board.complain(&format!("store at {:#x} ignored: a transfer runs", place.offset));
            }
            // One store sets all 64 bits: a store of 32 clears the upper ones.
            0x80 => self.source = value,
            0x88 => self.destination = value,
            0x90 => self.count = value,
            0x98 if value & RUN != 0 => {
                self.command = value;
                board.after(self.delay, TRANSFER);
            }
            _ => {}
        }
    }

    fn run(&mut self, bus: &mut dyn Bus, token: u64) {
        match token {
            TRANSFER => self.transfer(bus),
            _ => self.compute(bus),
        }
    }
}
