//! Transfers of 64 bytes, in batches: what an engine costs.
#![forbid(unsafe_code)]

use dma_core::{
    Buffer, Channel, DeviceAddress, Direction, DmaBuffer, Engine, Error, Signal, Ticket, Timeout,
};

use crate::channel::{Always, Bus, Copier};
use crate::memory::Plain;

/// The largest batch.
pub const LARGEST: usize = 32;

/// Bytes of one transfer.
pub const LENGTH: usize = 64;

/// An engine with its buffers and room for their tickets.
#[derive(Debug)]
pub struct Transfers<C: Channel, S: Signal, B: DmaBuffer> {
    engine: Engine<C, S, B, LARGEST>,
    buffers: [Option<B>; LARGEST],
    tickets: [Option<Ticket>; LARGEST],
}

impl Transfers<Copier, Always, Buffer<Plain>> {
    /// On a device in this process.
    ///
    /// # Errors
    ///
    /// As [`Engine::new`].
    pub fn in_process(bus: Bus) -> Result<Self, Error> {
        let engine = Engine::new(Copier::new(bus), Always).map_err(|refused| refused.error)?;
        Ok(Self::new(engine, std::iter::repeat_with(|| Plain::buffer(LENGTH))))
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer> Transfers<C, S, B> {
    /// With as many buffers as the largest batch takes, if there are so many.
    pub fn new(engine: Engine<C, S, B, LARGEST>, buffers: impl IntoIterator<Item = B>) -> Self {
        let mut buffers = buffers.into_iter();
        let buffers = std::array::from_fn(|_| buffers.next());
        Self { engine, buffers, tickets: [None; LARGEST] }
    }

    /// The engine, to look at.
    pub const fn engine(&self) -> &Engine<C, S, B, LARGEST> {
        &self.engine
    }

    /// Submits a batch with one doorbell, waits for its last transfer, and takes all the buffers:
    /// jobs end in order, so the others have ended then.
    ///
    /// # Errors
    ///
    /// As [`Engine::queue`] and [`Engine::wait`].
    #[inline]
    pub fn batch(&mut self, size: usize) -> Result<(), Error> {
        let card = DeviceAddress::new(0);
        let size = size.min(LARGEST);
        let (buffers, tickets) = (&mut self.buffers[..size], &mut self.tickets[..size]);
        for (buffer, ticket) in buffers.iter_mut().zip(&mut *tickets) {
            let Some(buffer) = buffer.take() else { continue };
            let queued = self.engine.queue(buffer, card, Direction::ToDevice);
            *ticket = Some(queued.map_err(|refused| refused.error)?);
        }
        self.engine.kick();
        for (buffer, ticket) in buffers.iter_mut().zip(tickets).rev() {
            let Some(ticket) = ticket.take() else { continue };
            let done = self.engine.wait(ticket, Timeout::secs(1));
            *buffer = Some(done.map_err(|failed| failed.error())?);
        }
        Ok(())
    }

    /// So many transfers in batches of `size`; says how many there were.
    ///
    /// # Errors
    ///
    /// As [`Transfers::batch`].
    pub fn turn(&mut self, transfers: u32, size: u32) -> Result<u32, Error> {
        let batches = transfers / size;
        for _ in 0..batches {
            self.batch(size as usize)?;
        }
        Ok(batches * size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // One doorbell a batch, whatever its size, and every buffer comes back.
    #[test]
    fn one_doorbell_a_batch() {
        let mut transfers = Transfers::in_process(Bus::FREE).unwrap();
        for (size, expected) in [(1, 64), (8, 8), (32, 2)] {
            let before = transfers.engine().channel().doorbells();
            assert_eq!(transfers.turn(64, size).unwrap(), 64);
            assert_eq!(transfers.engine().channel().doorbells() - before, expected);
            assert!(transfers.buffers.iter().all(Option::is_some));
        }
    }
}
