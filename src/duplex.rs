//! Both ways over one card, whether it has one channel for both or one for each.
#![forbid(unsafe_code)]

use core::fmt;

use channels::xdma::UserInterrupts;
use dma_core::{Allocate, Backend, Buffer, DeviceWindow, Direction, Engine, Request, Stream};

use crate::card::CardSpace;
use crate::{AnyChannel, Card, CardSource, Device, OpenError};

/// The mapping type of a backend's lender.
pub type RegionOf<B> = <<B as Backend>::Lender as Allocate>::Region;

/// The buffer type of a backend's lender.
pub type BufferOf<B> = Buffer<RegionOf<B>>;

/// The channel type over a backend, for any known card.
pub type ChannelOf<B> = AnyChannel<<B as Backend>::Space, RegionOf<B>>;

/// The engine type over a backend, for any known card.
pub type EngineOf<B, const N: usize> = Engine<ChannelOf<B>, <B as Backend>::Signal, BufferOf<B>, N>;

/// The stream type over a backend, for any known card; `L` counts what the card lost.
pub type StreamOf<B, const N: usize, L = ()> =
    Stream<ChannelOf<B>, <B as Backend>::Signal, BufferOf<B>, N, L>;

/// A card's engines: one that goes both ways, or one for each.
///
/// # Examples
///
/// The card's own registers and interrupts, beside transfers: a scratch register holds what is
/// written to it, and an interrupt of the card's logic arrives on a vector of its own.
///
/// ```
/// use anydma::{channels::xdma::CardLogic, dma_core::Wake, prelude::*};
///
/// let device = Device::open("mock:xdma")?;
/// let mut card: Duplex = Duplex::open(&device)?;
///
/// let logic = CardLogic::new(device.region(2)?)?;
/// assert!(logic.holds([0xcafe, 1, 2, 3]));
///
/// let mut interrupt = device.signal(5)?;
/// let user = card.user_interrupts().expect("this card has some");
/// user.set_vector(3, 5);
/// user.enable(1 << 3);
/// logic.raise(1 << 3);
/// assert_eq!(interrupt.wait(Some(interrupt.now() + 1_000_000))?, Wake::Fired);
/// assert_eq!(user.pending()?, 1 << 3);
/// logic.lower(1 << 3);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct Duplex<B: Backend<Space: CardSpace> = Device, const N: usize = 8> {
    outgoing: EngineOf<B, N>,
    incoming: Option<EngineOf<B, N>>,
    name: &'static str,
    source: Option<CardSource<B>>,
    user_interrupts: Option<UserInterrupts<B::Space>>,
}

impl<B: Backend<Space: CardSpace>, const N: usize> fmt::Debug for Duplex<B, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Duplex")
            .field("name", &self.name)
            .field("outgoing", &self.outgoing)
            .field("incoming", &self.incoming)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl<B: Backend<Space: CardSpace>, const N: usize> Duplex<B, N> {
    /// Recognises the card of a device, opens its channels and lets it master the bus.
    ///
    /// # Errors
    ///
    /// [`OpenError::UnknownCard`], or the part of opening that failed.
    pub fn open(device: &B) -> Result<Self, OpenError> {
        let Card { name, outgoing, incoming, source, user_interrupts } = Card::open(device)?;
        let engine = |channel| {
            let signal = device.signal(0).map_err(|error| OpenError::Core {
                doing: "asking for interrupt vector 0",
                error,
            })?;
            Engine::new(channel, signal).map_err(|refused| OpenError::Core {
                doing: "making an engine of the channel",
                error: refused.error,
            })
        };
        let outgoing = engine(outgoing)?;
        let incoming = incoming.map(engine).transpose()?;
        device
            .set_bus_mastering(true)
            .map_err(|error| OpenError::Core { doing: "switching bus mastering on", error })?;
        Ok(Self { outgoing, incoming, name, source, user_interrupts })
    }

    /// The engine that goes this way.
    pub fn engine(&mut self, direction: Direction) -> &mut EngineOf<B, N> {
        match (direction, &mut self.incoming) {
            (Direction::FromDevice, Some(incoming)) => incoming,
            _ => &mut self.outgoing,
        }
    }

    /// The engines apart, each to be given to a thread or a task of its own: the one to the card,
    /// and the one from it, if that is another.
    #[must_use]
    pub fn into_engines(self) -> (EngineOf<B, N>, Option<EngineOf<B, N>>) {
        (self.outgoing, self.incoming)
    }

    /// Takes the card's stream, if it has one and nobody took it before.
    pub const fn take_source(&mut self) -> Option<CardSource<B>> {
        self.source.take()
    }

    /// Interrupts of the card's own logic, if its engine lets some through.
    pub const fn user_interrupts(&mut self) -> Option<&mut UserInterrupts<B::Space>> {
        self.user_interrupts.as_mut()
    }

    /// What the card is called.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The card's own memory.
    #[must_use]
    pub fn window(&self) -> DeviceWindow {
        self.outgoing.limits().device_window
    }

    /// A request for memory that every channel of the card can use.
    pub fn request(&self, length: usize) -> Request {
        let request = self.outgoing.limits().request(length);
        match &self.incoming {
            None => request,
            Some(incoming) => {
                let limits = incoming.limits();
                let alignment = request.alignment.max(limits.alignment);
                request.within(limits.mask).aligned(alignment)
            }
        }
    }
}
