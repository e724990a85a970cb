//! What a card model is: registers, planned work, and a bus that may refuse.
//!
//! For authors of card models. A model answers register accesses, plans work, and does that work
//! when its time has come. It reaches memory only through [`Bus`], which it gets only for planned
//! work: a real card does not move data inside a register access either, and a driver that
//! depends on it would fail on hardware.
//!
//! ```text
//!   driver ──load/store──► Card::load, Card::store ──► Board::after(delay, token)
//!                                                           │ time passes
//!   memory ◄──Bus::read/write── Card::run(token) ◄──────────┘
//!   driver ◄──interrupt──────── Board::raise(vector)
//! ```
//!
//! Nothing here knows the simulated machine: the same model can be served to another one, such as
//! an emulator that shows it to a real kernel as a PCI device (vfio-user). Whoever does so implements
//! [`Board`] and [`Bus`]: a clock and a queue of planned work, accesses of memory that may fail,
//! interrupts as calls. `tests/machine/elsewhere.rs` does so in some fifty lines.
//!
//! # Examples
//!
//! A card that copies eight bytes of host memory into a register, a microsecond later:
//!
//! ```
//! use backend_mock::card::{Board, Bus, Card, Place};
//! use dma_core::Identity;
//!
//! #[derive(Debug, Default)]
//! struct Fetcher { address: u64, fetched: u64 }
//!
//! impl Card for Fetcher {
//!     fn identity(&self) -> Identity { Identity::Pci { vendor: 0x1234, device: 1 } }
//!     fn regions(&self) -> &[usize] { &[4096] }
//!     fn load(&mut self, _: &mut dyn Board, _: Place) -> u64 { self.fetched }
//!     fn store(&mut self, board: &mut dyn Board, _: Place, value: u64) {
//!         self.address = value;
//!         board.after(1_000, 0);
//!     }
//!     fn run(&mut self, bus: &mut dyn Bus, _: u64) {
//!         let mut word = [0; 8];
//!         if bus.read(self.address, &mut word).is_ok() {
//!             self.fetched = u64::from_le_bytes(word);
//!             bus.raise(0);
//!         }
//!     }
//! }
//! ```
#![forbid(unsafe_code)]

use std::any::Any;
use std::fmt;

use dma_core::Identity;

/// Why an access of memory came to nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum BusFault {
    /// The device may not master the bus. Nobody takes note of such an access.
    MasteringOff,
    /// The IOMMU refused it, and has logged why.
    Denied,
    /// No memory answered.
    NoMemory,
    /// Something on the way failed.
    Failed,
}

impl fmt::Display for BusFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MasteringOff => "bus mastering is off",
            Self::Denied => "refused by the IOMMU",
            Self::NoMemory => "no memory answered",
            Self::Failed => "failed on the bus",
        })
    }
}

impl std::error::Error for BusFault {}

/// What a card can do at any time: read the clock, plan work, drive its interrupts.
pub trait Board {
    /// Nanoseconds of virtual time.
    fn now(&self) -> u64;

    /// Plans [`Card::run`] with this token in so many nanoseconds. Equal times run in the order
    /// in which they were planned. A plan cannot be taken back: a card that changed its mind
    /// recognises an outdated token.
    fn after(&mut self, nanoseconds: u64, token: u64);

    /// Asserts interrupt `vector`. Each call sends one message where interrupts are messages;
    /// where they are lines, the line is up until [`Board::lower`].
    fn raise(&mut self, vector: usize);

    /// Drops the line of interrupt `vector`; nothing where interrupts are messages.
    fn lower(&mut self, vector: usize);

    /// Notes something that the driver should not have done.
    fn complain(&mut self, complaint: &str);
}

/// What a card can do while its planned work runs: besides, reach memory.
pub trait Bus: Board {
    /// Reads memory. After a fault, the bytes before it were read and the rest is unchanged.
    ///
    /// # Errors
    ///
    /// Why it did not happen; a card does with it what its hardware does.
    fn read(&mut self, address: u64, bytes: &mut [u8]) -> Result<(), BusFault>;

    /// Writes memory. After a fault, the bytes before it were written.
    ///
    /// # Errors
    ///
    /// Why it did not happen; a card does with it what its hardware does.
    fn write(&mut self, address: u64, bytes: &[u8]) -> Result<(), BusFault>;
}

/// Which register an access goes to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// The region: a BAR.
    pub region: usize,
    /// Bytes from its start.
    pub offset: usize,
    /// Bytes of the access: 1, 2, 4 or 8.
    pub width: usize,
}

/// A model of a card.
///
/// A model that is plugged into a [`Machine`](crate::Machine) must also be a
/// [`TrustedCard`](crate::TrustedCard).
pub trait Card: Any + fmt::Debug + Send {
    /// Which card it is.
    fn identity(&self) -> Identity;

    /// The class code of PCI, if it has one that says something: see
    /// [`Backend::class`](dma_core::Backend::class).
    fn class(&self) -> Option<u32> {
        None
    }

    /// Bytes of each of its register regions; 0 where it has none of that number.
    fn regions(&self) -> &[usize];

    /// How many interrupts it has.
    fn vectors(&self) -> usize {
        1
    }

    /// A load from a register, within its region. What does not fit in the width is cut off.
    fn load(&mut self, board: &mut dyn Board, place: Place) -> u64;

    /// A store to a register, within its region.
    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64);

    /// Planned work whose time has come.
    fn run(&mut self, bus: &mut dyn Bus, token: u64);

    /// A reset of the bus. `true`: the card is as if just switched on, and what it had planned is
    /// forgotten. `false`, as provided: the card has no reset handler and goes on.
    fn reset(&mut self) -> bool {
        false
    }

    /// Power went away and came back: the card is as just switched on, and knows nothing of what it
    /// had planned. As provided: what a reset does, which is right for cards that have one.
    fn power_cycle(&mut self) {
        self.reset();
    }
}
