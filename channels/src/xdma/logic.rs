//! The card's own registers: those of the card that this project simulates.

use core::fmt;

use dma_core::{Access, DeviceAddress, DeviceWindow, Error, ErrorKind, Narrow, Operation, Refused};
use register_map::xdma::card::{self as map, Card};
use register_map::{Readable, Window, Writeable};

use super::part::known;
use super::{Sink, Source};

/// What the identification register holds.
const IDENTIFICATION: u32 = 0x6e79_6461;

/// The card's own registers: how much memory it has, interrupts at will, and its two streams.
///
/// A vendor's card has others here; this is the one that comes with the simulated machine.
pub struct CardLogic<S> {
    window: Window<S, Card>,
}

impl<S: Access<u32> + Narrow + Clone> CardLogic<S> {
    /// The registers in this space (BAR 2).
    ///
    /// # Errors
    ///
    /// With the space: `Unsupported`, with the identification, if it is another card's; `Gone`;
    /// `TooShort`, `Misaligned` if the space is not such a BAR.
    pub fn new(space: S) -> Result<Self, Refused<S>> {
        // SAFETY: nothing is done with it but to read the identification, until that says that it
        // is this card. None of its registers takes an address or starts a transfer.
        let window = unsafe { Window::<S, Card>::new(space) }?;
        let identification = window.reg(map::IDENTIFICATION).get();
        let kind = match known(identification, Operation::Open) {
            Ok(IDENTIFICATION) => return Ok(Self { window }),
            Ok(_) => ErrorKind::Unsupported,
            Err(error) => error.kind(),
        };
        let error = Error::new(kind, Operation::Open, identification);
        Err(Refused::new(window.into_space(), error))
    }

    /// The card's memory.
    #[must_use]
    pub fn memory(&self) -> DeviceWindow {
        let length = self.window.pair(map::MEMORY_SIZE).get();
        DeviceWindow { start: DeviceAddress::new(0), length }
    }

    /// Whether four registers hold what is written to them, as they must.
    #[must_use]
    pub fn holds(&self, words: [u32; 4]) -> bool {
        let scratch = |index| self.window.at(map::SCRATCH, index);
        for (index, word) in words.into_iter().enumerate() {
            if let Some(register) = scratch(index) {
                register.set(word);
            }
        }
        words
            .into_iter()
            .enumerate()
            .all(|(index, word)| scratch(index).is_some_and(|register| register.get() == word))
    }

    /// Raises the user interrupts of the bits that are one.
    pub fn raise(&self, lines: u16) {
        self.window.reg(map::INTERRUPTS_RAISE).raise_bits(lines.into());
    }

    /// Drops the user interrupts of the bits that are one.
    pub fn lower(&self, lines: u16) {
        self.window.reg(map::INTERRUPTS_DROP).clear_bits(lines.into());
    }

    /// The stream from the card. `None` only if the space cannot be cut, which no space of this
    /// project does.
    #[must_use]
    pub fn source(&self) -> Option<Source<S>> {
        self.window.cluster(map::SOURCE).map(Source::new)
    }

    /// The stream to the card; as [`CardLogic::source`].
    #[must_use]
    pub fn sink(&self) -> Option<Sink<S>> {
        self.window.cluster(map::SINK).map(Sink::new)
    }
}

impl<S> fmt::Debug for CardLogic<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardLogic").finish_non_exhaustive()
    }
}
