//! The emulated card, with all the address bits that it was started with.
//!
//! The facade takes an `edu` for what one usually is: a card of 28 address bits. Where nothing
//! translates, such a card reaches memory only if the kernel happens to put huge pages so low. The
//! cards of guests are started with more bits, and here are driven with them.

use anydma::{AnySignal, BufferOf, Device, OpenError, Space};
use channels::edu::EduChannel;
use dma_core::{AddressMask, Allocate, Backend, DeviceAddress, Direction, Engine, Signal, Ticket};
use guest_init::error::{Context, Result};

use crate::road;
use crate::round_trip::LIMIT;

/// Jobs at a time.
const JOBS: usize = 8;
/// The card's own memory.
const OWN: DeviceAddress = DeviceAddress::new(0x4_0000);

/// An `edu` that is opened and may master the bus.
#[derive(Debug)]
pub(crate) struct Card<G: Signal = AnySignal> {
    engine: Engine<EduChannel<Space>, G, BufferOf<Device>, JOBS>,
    device: Device,
}

impl Card {
    /// Opens a device, also where nothing keeps it from memory.
    pub(crate) fn open(uri: &str, bits: u32) -> Result<Self> {
        Self::open_with(uri, bits, |signal| signal)
    }

    /// As [`Card::open`], until `patience` lets go of the error of an opening.
    pub(crate) fn open_when(
        uri: &str,
        bits: u32,
        mut patience: impl FnMut(&OpenError) -> bool,
    ) -> Result<Self> {
        loop {
            match road::open(uri) {
                Err(error) if patience(&error) => {}
                opened => {
                    let device = opened.context(format_args!("open {uri}"))?;
                    return Self::of(device, bits, |signal| signal);
                }
            }
        }
    }
}

impl<G: Signal> Card<G> {
    /// As [`Card::open`], waiting with what is made of the device's signal.
    pub(crate) fn open_with(
        uri: &str,
        bits: u32,
        wrap: impl FnOnce(AnySignal) -> G,
    ) -> Result<Self> {
        Self::of(road::open(uri).context(format_args!("open {uri}"))?, bits, wrap)
    }

    fn of(device: Device, bits: u32, wrap: impl FnOnce(AnySignal) -> G) -> Result<Self> {
        let registers = device.region(0).context("map the registers")?;
        // SAFETY: the device was opened just now, for this process alone, and stays in here: no
        // other channel of it can be made.
        let channel = unsafe { EduChannel::new(registers) }.context("open the channel")?;
        let signal = device.signal(0).context("take a signal")?;
        let engine = Engine::new(channel.with_mask(AddressMask::bits(bits)), wrap(signal))
            .context("make an engine")?;
        device.set_bus_mastering(true).context("let the card master the bus")?;
        Ok(Self { engine, device })
    }

    /// Memory that the card reaches.
    pub(crate) fn lend(&self, length: usize) -> Result<BufferOf<Device>> {
        self.device.memory().allocate(self.engine.limits().request(length)).context("allocate")
    }

    /// Queues a transfer of a buffer, with the beginning of the card's memory.
    pub(crate) fn submit(&mut self, buffer: BufferOf<Device>, way: Direction) -> Result<Ticket> {
        self.engine.submit(buffer, OWN, way).context("submit")
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self, ticket: Ticket) -> Result<BufferOf<Device>> {
        self.engine.wait(ticket, LIMIT).context("wait")
    }

    /// Sends bytes.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<()> {
        let mut buffer = self.lend(bytes.len())?;
        buffer.copy_in(bytes).context("fill a buffer")?;
        let ticket = self.submit(buffer, Direction::ToDevice)?;
        self.wait(ticket).map(drop)
    }

    /// Reads so many bytes.
    pub(crate) fn receive(&mut self, length: usize) -> Result<Vec<u8>> {
        let buffer = self.lend(length)?;
        let ticket = self.submit(buffer, Direction::FromDevice)?;
        Ok(self.wait(ticket)?.bytes().to_vec())
    }
}
