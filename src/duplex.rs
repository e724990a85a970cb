//! Both ways over one card, whether it has one channel for both or one for each.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::{Allocate, Backend, Buffer, DeviceWindow, Direction, Engine, Request};

use crate::card::CardSpace;
use crate::{AnyChannel, Card, Device, OpenError};

/// The buffer type of a backend's lender.
pub type BufferOf<B> = Buffer<<<B as Backend>::Lender as Allocate>::Region>;

/// The engine type over a backend, for any known card.
pub type EngineOf<B, const N: usize> = Engine<
    AnyChannel<<B as Backend>::Space, <<B as Backend>::Lender as Allocate>::Region>,
    <B as Backend>::Signal,
    BufferOf<B>,
    N,
>;

/// A card's engines: one that goes both ways, or one for each.
pub struct Duplex<B: Backend<Space: CardSpace> = Device, const N: usize = 8> {
    outgoing: EngineOf<B, N>,
    incoming: Option<EngineOf<B, N>>,
    name: &'static str,
}

impl<B: Backend<Space: CardSpace>, const N: usize> fmt::Debug for Duplex<B, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Duplex")
            .field("name", &self.name)
            .field("outgoing", &self.outgoing)
            .field("incoming", &self.incoming)
            .finish()
    }
}

impl<B: Backend<Space: CardSpace>, const N: usize> Duplex<B, N> {
    /// Recognises the card of a device, opens its channels and lets it master the bus.
    ///
    /// # Errors
    ///
    /// [`OpenError::UnknownCard`], or the part of opening that failed.
    pub fn open(device: &B) -> Result<Self, OpenError> {
        let Card { name, outgoing, incoming } = Card::open(device)?;
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
        Ok(Self { outgoing, incoming, name })
    }

    /// The engine that goes this way.
    pub fn engine(&mut self, direction: Direction) -> &mut EngineOf<B, N> {
        match (direction, &mut self.incoming) {
            (Direction::FromDevice, Some(incoming)) => incoming,
            _ => &mut self.outgoing,
        }
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
