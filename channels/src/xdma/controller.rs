//! The subsystem: which channels it has, and how it is split into them.

use core::fmt;

use dma_core::{Access, Direction, Error, ErrorKind, Narrow, Operation, Refused};
use register_map::xdma::configuration::{self as configuration_map, Configuration};
use register_map::xdma::direction::channel::{self as channel_map, Channel};
use register_map::xdma::irq::{self as irq_map, Irq};
use register_map::xdma::{self as map, Xdma as Block, direction, lists};
use register_map::{Readable, Window, Writeable};

use super::UserInterrupts;
use super::part::{Found, XdmaPart, known};

/// How many channels there can be in each direction.
const CHANNELS: usize = 4;

/// What identification registers begin with, and which block each is.
const SUBSYSTEM: u32 = 0x1fc;
const TO_CARD: u32 = 0;
const FROM_CARD: u32 = 1;
const IRQ: u32 = 2;
const CONFIGURATION: u32 = 3;

/// Which interrupt vector each channel takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Vectors {
    /// All the same.
    Shared(u8),
    /// One each, from this on: first the channels to the card, then those from it, counting only
    /// channels that exist.
    OneEach(u8),
}

impl Vectors {
    /// The vector of interrupt number `interrupt`; five bits.
    fn of(self, interrupt: u8) -> u32 {
        let vector = match self {
            Self::Shared(vector) => vector,
            Self::OneEach(first) => first.wrapping_add(interrupt),
        };
        u32::from(vector & 0x1f)
    }
}

/// A Xilinx DMA subsystem, to be split into its channels.
pub struct Xdma<S> {
    channels: Channels<S>,
    space: S,
}

/// The channels that the subsystem has, and its user interrupts.
pub struct Channels<S> {
    /// Those to the card (H2C), by their numbers.
    pub to_card: [Option<XdmaPart<S>>; CHANNELS],
    /// Those from the card (C2H), by their numbers.
    pub from_card: [Option<XdmaPart<S>>; CHANNELS],
    /// Interrupts of the card's own logic.
    pub user: UserInterrupts<S>,
}

/// What all channels write, and all of them the same.
pub(super) struct Shared<S> {
    configuration: Window<S, Configuration>,
    /// The two registers that say which vector each channel takes.
    vectors: [u32; 2],
}

impl<S: Access<u32> + Narrow + Clone> Xdma<S> {
    /// Takes over the subsystem behind these registers (its DMA BAR): stops all channels, and
    /// switches their interrupts off.
    ///
    /// # Errors
    ///
    /// With the space: `Unsupported`, with the identification, if it is no such subsystem;
    /// `Stuck` if a channel that runs does not stop; `Gone`; `TooShort`, `Misaligned` if the space
    /// is not such a BAR.
    ///
    /// # Safety
    ///
    /// Nobody else drives the device, in this process or another, as long as the subsystem and
    /// what was split off it are used.
    pub unsafe fn new(space: S, vectors: Vectors) -> Result<Self, Refused<S>> {
        // SAFETY: nothing is done with it but to read identifications, until those say that it is
        // the subsystem.
        let window = unsafe { Window::<S, Block>::new(space.clone()) }?;
        match Self::channels(&window, vectors) {
            Ok(channels) => Ok(Self { channels, space }),
            Err(error) => Err(Refused::new(space, error)),
        }
    }

    /// The channels, which then live apart.
    #[must_use]
    pub fn split(self) -> Channels<S> {
        self.channels
    }

    /// Gives the registers back. All channels are stopped.
    #[must_use]
    pub fn into_space(self) -> S {
        self.space
    }

    fn channels(window: &Window<S, Block>, vectors: Vectors) -> Result<Channels<S>, Error> {
        let missing = Error::new(ErrorKind::TooShort, Operation::Open, 0);
        let irq = window.cluster(map::IRQ).ok_or(missing)?;
        let configuration = window.cluster(map::CONFIGURATION).ok_or(missing)?;
        let control = window.cluster(map::LIST_CONTROL).ok_or(missing)?;
        identify(irq.reg(irq_map::IDENTIFIER).get(), IRQ)?;
        identify(configuration.reg(configuration_map::IDENTIFIER).get(), CONFIGURATION)?;

        let shared = Shared {
            configuration,
            vectors: [0, 4].map(|first: u8| {
                (0..4).fold(0, |value, place| value | vectors.of(first + place) << (8 * place))
            }),
        };
        let mut found = 0;
        let mut side = |way: Direction, target: u32| {
            let mut parts = [const { None }; CHANNELS];
            let index = target as usize;
            let channels = window.cluster_at(map::DIRECTION, index).ok_or(missing)?;
            let lists = window.cluster_at(map::LISTS, index).ok_or(missing)?;
            for (number, place) in parts.iter_mut().enumerate() {
                let channel = channels.cluster_at(direction::CHANNEL, number).ok_or(missing)?;
                if !exists(&channel, target, number)? {
                    continue;
                }
                let list = lists.cluster_at(lists::LIST, number).ok_or(missing)?;
                let (irq, control, shared) = (irq.clone(), control.clone(), shared.clone());
                let registers =
                    Found { channel, list, irq, lists: control, shared, direction: way, number };
                *place = Some(XdmaPart::found(registers, found)?);
                found += 1;
            }
            Ok::<_, Error>(parts)
        };
        let to_card = side(Direction::ToDevice, TO_CARD)?;
        let from_card = side(Direction::FromDevice, FROM_CARD)?;
        Ok(Channels { to_card, from_card, user: UserInterrupts::new(irq) })
    }
}

/// Whether a block says that it is what it should be.
fn identify(identifier: u32, target: u32) -> Result<(), Error> {
    let identifier = known(identifier, Operation::Open)?;
    if identifier >> 16 == SUBSYSTEM << 4 | target {
        Ok(())
    } else {
        Err(Error::new(ErrorKind::Unsupported, Operation::Open, identifier))
    }
}

/// Whether this channel was built.
fn exists<S: Access<u32>>(
    channel: &Window<S, Channel>,
    target: u32,
    number: usize,
) -> Result<bool, Error> {
    let identifier = channel.reg(channel_map::IDENTIFIER).extract();
    let own = identifier.read(channel_map::IDENTIFIER::CHANNEL) as usize == number;
    match identify(identifier.get(), target) {
        Ok(()) => Ok(own),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(false),
        Err(error) => Err(error),
    }
}

impl<S: Access<u32>> Shared<S> {
    /// Writes what an interrupt of the subsystem needs besides its channel's own registers.
    pub(super) fn configure(&self, irq: &Window<S, Irq>, interrupt: u8) {
        let register = usize::from(interrupt / 4);
        if let Some((place, value)) =
            irq.at(irq_map::CHANNEL_VECTOR, register).zip(self.vectors.get(register))
        {
            place.set(*value);
        }
        // ORDER: packets that may overtake one another would let the write-back word, or the
        // interrupt, come before the data.
        self.configuration.reg(configuration_map::PCIE_CONTROL).set(0);
    }
}

impl<S: Clone> Clone for Shared<S> {
    fn clone(&self) -> Self {
        Self { configuration: self.configuration.clone(), vectors: self.vectors }
    }
}

impl<S> fmt::Debug for Xdma<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Xdma").field("channels", &self.channels).finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for Channels<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Channels")
            .field("to_card", &self.to_card.iter().flatten().count())
            .field("from_card", &self.from_card.iter().flatten().count())
            .finish_non_exhaustive()
    }
}
