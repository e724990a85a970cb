//! The stream from a card that has one.
#![forbid(unsafe_code)]

use core::fmt;
use std::sync::Arc;

use channels::xdma::{Feeding, Setup, Source, XdmaPart};
use dma_core::Backend;

use crate::card::{CardSpace, open_part};
use crate::claim::Claim;
use crate::{ChannelOf, OpenError};

/// The stream from a card: the channel that it comes through, and the registers that rule it.
///
/// # Examples
///
/// A thousand bytes a microsecond, and nothing lost while somebody takes them:
///
/// ```
/// use anydma::prelude::*;
///
/// let device = Device::open("mock:xdma")?;
/// let source = Card::open(&device)?.source.expect("this card has a stream");
/// let (channel, mut samples) = source.open(&device)?;
/// let engine = Engine::new(channel, device.signal(0)?)?;
/// device.set_bus_mastering(true)?;
///
/// let fifo = samples.fifo();
/// samples.start(1_000, 7);
/// let stream = Stream::<_, _, _, 4>::new(engine, fifo.start, Direction::FromDevice)?;
/// let mut stream = stream.with_losses(&mut samples);
/// for _ in 0..4 {
///     let request = stream.engine().limits().request(4096);
///     stream.queue(device.memory().allocate(request)?)?;
/// }
/// let first = stream.next(Timeout::secs(1)).expect("four buffers are in it")?;
/// assert_eq!(first.bytes()[..8], anydma::channels::xdma::sample(7, 0).to_le_bytes());
/// stream.put(first)?;
/// assert_eq!(stream.lost(), 0);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct CardSource<B: Backend<Space: CardSpace>> {
    part: XdmaPart<B::Space>,
    samples: Source<B::Space>,
    claim: Arc<Claim>,
}

impl<B: Backend<Space: CardSpace>> CardSource<B> {
    pub(crate) fn new(
        part: XdmaPart<B::Space>,
        samples: Source<B::Space>,
        claim: Arc<Claim>,
    ) -> Self {
        Self { part, samples, claim }
    }

    /// Opens the channel, over the stream's FIFO, and gives the registers beside it.
    ///
    /// The stream is off; [`Source::start`] lets it run.
    ///
    /// # Errors
    ///
    /// The part of opening that failed.
    pub fn open(self, device: &B) -> Result<(ChannelOf<B>, Source<B::Space>), OpenError> {
        // What was put runs whoever looks: between two looks of a slow program nothing stops.
        let setup = Setup::new(self.samples.fifo()).fed_by(Feeding::Credits);
        let channel = open_part(device, self.part, setup, &self.claim)?;
        Ok((channel, self.samples))
    }
}

impl<B: Backend<Space: CardSpace>> fmt::Debug for CardSource<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardSource").field("samples", &self.samples).finish_non_exhaustive()
    }
}
