//! The simulated XDMA card behind its IOMMU, with an engine or a stream.
//!
//! The host is coherent, as a PC is: the one copy of the bytes is the card's own.

use std::collections::VecDeque;

use backend_mock::{Machine, MockDevice, MockRegion, MockSignal, MockSpace, XdmaCard};
use channels::xdma::{Feeding, Setup, Vectors, WriteBack, Xdma, XdmaChannel, XdmaPart};
use dma_core::{
    Allocate, Backend, Buffer, DeviceAddress, DeviceWindow, Direction, Engine, Error, ErrorKind,
    Operation, Region, Request, Stream, Timeout,
};

use crate::transfers::{LARGEST, LENGTH, Transfers};

/// Descriptors of the ring: more than the largest batch, and than the longest list.
pub const DEPTH: usize = 1_020;

/// Buffers that a stream holds at most.
pub const LAPS: usize = 64;

/// Laps of a stream that are taken and put back at a time.
pub const BATCH: usize = 32;

/// The channel of the card.
pub type Channel = XdmaChannel<MockSpace, MockRegion>;

/// Memory that the card reaches.
pub type Memory = Buffer<MockRegion>;

/// An engine for one buffer of scattered pages.
pub type OfPages = Engine<Channel, MockSignal, Memory, 1>;

/// Transfers on the simulated card.
pub type OnXdma = Transfers<Channel, MockSignal, Buffer<MockRegion>>;

/// Buffers that go round between this program and the simulated card.
pub type Laps = Stream<Channel, MockSignal, Buffer<MockRegion>, LAPS>;

/// A card with so much memory, and one channel, to the card or from it.
///
/// # Errors
///
/// As the machine and the channel.
pub fn channel(memory: usize, direction: Direction) -> Result<(MockDevice, Channel), Error> {
    plugged(&Machine::new(), memory, direction, DEPTH)
}

fn plugged(
    machine: &Machine,
    memory: usize,
    direction: Direction,
    depth: usize,
) -> Result<(MockDevice, Channel), Error> {
    // Virtual time is not what is measured: the card needs none, and all is done at a look.
    let card = XdmaCard::new().memory_size(memory).channels(1, 1).delay(0).link(0);
    let device = machine.plug(card);
    device.set_bus_mastering(true)?;
    // SAFETY: the device was made above, and this is the only driver of it.
    let subsystem = unsafe { Xdma::new(device.region(0)?, Vectors::Shared(0)) };
    let channels = subsystem.map_err(|refused| refused.error)?.split();
    let part: Option<XdmaPart<MockSpace>> = match direction {
        Direction::ToDevice => channels.to_card.into_iter().next().flatten(),
        Direction::FromDevice => channels.from_card.into_iter().next().flatten(),
    };
    let part = part.ok_or(Error::new(ErrorKind::Unsupported, Operation::Open, 0))?;
    let ring = device.memory().allocate(part.ring_request(depth, true))?;
    let window = DeviceWindow { start: DeviceAddress::new(0), length: memory as u64 };
    // As cards are driven where time counts: fed by credits, looked at in memory.
    let setup = Setup::new(window).fed_by(Feeding::Credits).without_interrupts();
    let opened = part.open(ring, WriteBack::InRing, setup);
    Ok((device, opened.map_err(|refused| refused.error)?))
}

/// Plugs one in, for transfers in batches.
///
/// # Errors
///
/// As the machine and the channel.
pub fn transfers() -> Result<(MockDevice, OnXdma), Error> {
    let (device, channel) = channel(64 * 1024, Direction::ToDevice)?;
    let engine = Engine::<_, _, _, LARGEST>::new(channel, device.signal(0)?);
    let engine = engine.map_err(|refused| refused.error)?;
    let lend = |_| device.memory().allocate(Request::bytes(LENGTH));
    let buffers: Vec<_> = (0..LARGEST).map(lend).collect::<Result<_, _>>()?;
    Ok((device, Transfers::new(engine, buffers)))
}

/// Plugs one in, for a stream of buffers of `length` bytes each; gives the buffers too that are not
/// in the stream, of `count` in all.
///
/// # Errors
///
/// As the machine, the channel and the stream.
pub fn stream(
    length: usize,
    count: usize,
    direction: Direction,
) -> Result<(MockDevice, Laps, VecDeque<Memory>), Error> {
    // A ring of as many descriptors as the stream has buffers.
    let (device, channel) = plugged(&Machine::new(), length, direction, LAPS)?;
    let engine = Engine::new(channel, device.signal(0)?).map_err(|refused| refused.error)?;
    let start = DeviceAddress::new(0);
    let mut stream = Stream::new(engine, start, direction).map_err(|refused| refused.error)?;
    let mut rest = device.memory().allocate(Request::bytes(length * count))?;
    rest.bytes_mut().fill(0x5a);
    let mut others = VecDeque::with_capacity(count);
    for number in 0..count {
        let (buffer, left) = rest.split_at(length).map_err(|refused| refused.error)?;
        rest = left;
        if number < LAPS {
            stream.queue(buffer).map_err(|refused| refused.error)?;
        } else {
            others.push_back(buffer);
        }
    }
    Ok((device, stream, others))
}

/// Takes a batch of buffers and puts those back that were taken longest ago, with one doorbell,
/// until there were so many laps.
///
/// # Errors
///
/// As the stream.
pub fn laps(stream: &mut Laps, others: &mut VecDeque<Memory>, laps: usize) -> Result<(), Error> {
    for _ in 0..laps / BATCH {
        for _ in 0..BATCH {
            let Some(lap) = stream.next(Timeout::secs(1)) else { continue };
            others.push_back(lap.map_err(|failed| failed.error())?);
        }
        for _ in 0..BATCH {
            let Some(buffer) = others.pop_front() else { continue };
            stream.queue(buffer).map_err(|refused| refused.error)?;
        }
        stream.start();
    }
    Ok(())
}

/// Plugs one into a machine whose memory is in single pages, each of them a descriptor; gives a
/// buffer of so many pages too.
///
/// # Errors
///
/// As the machine and the channel.
pub fn scattered(pages: usize) -> Result<(MockDevice, OfPages, Memory), Error> {
    let length = pages * 4096;
    let machine = Machine::builder().scattered().iommu_off().build();
    let (device, channel) = plugged(&machine, length, Direction::ToDevice, DEPTH)?;
    let engine = Engine::new(channel, device.signal(0)?).map_err(|refused| refused.error)?;
    let buffer = device.memory().allocate(Request::bytes(length))?;
    let pieces = (0..pages).all(|page| buffer.region().run(page * 4096, length).1 == 4096);
    if !pieces {
        return Err(Error::new(ErrorKind::Scattered, Operation::Allocate, 0));
    }
    Ok((device, engine, buffer))
}
