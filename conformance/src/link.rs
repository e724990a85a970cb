//! An opened device with its engines: what most cases talk to.
//!
//! One engine if a channel goes both ways, else one for each direction. All places on the card
//! are offsets in the rig's target window. Jobs that end well are counted in the ledger.
#![forbid(unsafe_code)]

use core::pin::pin;

use dma_core::{
    Backend, Channel, DeviceAddress, Direction, DmaBuffer, Engine, Failed, Limits, Refused, Signal,
    Ticket, Timeout,
};

use crate::executor::{self, Turn};
use crate::ledger::Ledger;
use crate::pattern::{self, CANARY};
use crate::rig::{BufferOf, Rig, SignalOf};
use crate::scope::{lend, nanos};
use crate::verdict::{Halt, OrFail};
use crate::witness::Witness;

/// An engine of the suite.
pub(crate) type EngineOf<'l, R, const N: usize, B> =
    Engine<Witness<'l, <R as crate::rig::Setup>::Channel>, SignalOf<R>, B, N>;

/// Two engines of one device.
pub(crate) type Pair<'a, 'l, R, const N: usize, B> =
    (&'a mut EngineOf<'l, R, N, B>, &'a mut EngineOf<'l, R, N, B>);

/// A device and its engines, one or two.
pub(crate) type Parts<'a, 'l, R, const N: usize, B> = (
    &'a <R as crate::rig::Setup>::Device,
    &'a mut EngineOf<'l, R, N, B>,
    Option<&'a mut EngineOf<'l, R, N, B>>,
);

/// How to wait for a job.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wait {
    /// Asleep until an interrupt.
    Blocking,
    /// By polling alone.
    Polling,
    /// As a task.
    Async,
}

/// All ways to wait.
pub(crate) const WAITS: [Wait; 3] = [Wait::Blocking, Wait::Polling, Wait::Async];

/// Where a verified exchange goes, and how long it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Offset in the card's target window.
    pub(crate) at: u64,
    /// Offset of the data in the host's buffer.
    pub(crate) lead: usize,
    /// Length in bytes.
    pub(crate) length: usize,
    /// Which pattern.
    pub(crate) seed: u32,
}

/// Bytes of canaries on each side of a buffer.
const GUARD: usize = 64;

/// An opened device with its engines.
pub(crate) struct Link<'l, R: Rig, const N: usize, B: DmaBuffer = BufferOf<R>> {
    first: EngineOf<'l, R, N, B>,
    second: Option<EngineOf<'l, R, N, B>>,
    start: DeviceAddress,
    pub(crate) limits: Limits,
    pub(crate) patience: Timeout,
    ledger: &'l Ledger,
    vector: usize,
    wakes: bool,
    /// Last, so that it is dropped after the engines.
    pub(crate) device: R::Device,
}

impl<'l, R: Rig, const N: usize, B: DmaBuffer> Link<'l, R, N, B> {
    /// Makes the engines of an opened device.
    #[track_caller]
    pub(crate) fn open(
        rig: &mut R,
        ledger: &'l Ledger,
        device: R::Device,
        generation: u32,
    ) -> Result<Self, Halt> {
        Self::open_with(rig, ledger, device, generation, false)
    }

    /// As [`Link::open`], with an engine for the second channel even if the first goes both ways.
    #[track_caller]
    pub(crate) fn open_with(
        rig: &mut R,
        ledger: &'l Ledger,
        device: R::Device,
        generation: u32,
        both: bool,
    ) -> Result<Self, Halt> {
        let [first, second] = rig.channels(&device).or_fail("making the channels")?;
        let first = first.or_fail("the first channel")?;
        let limits = first.limits();
        let engine = |channel, number: usize| {
            let signal = device.signal(rig.vector(number)).or_fail("taking a signal")?;
            Engine::starting_at(Witness::new(channel, ledger), signal, generation)
                .or_fail("making an engine")
        };
        let both_ways = limits.directions.contains(dma_core::Directions::BOTH);
        let second = second.filter(|_| both || !both_ways);
        let second = second.map(|channel| engine(channel, 1)).transpose()?;
        let first = engine(first, 0)?;
        device.set_bus_mastering(true).or_fail("letting the device master the bus")?;
        Ok(Self {
            first,
            second,
            start: rig.target().start,
            limits,
            patience: rig.pace().patience,
            ledger,
            vector: rig.vector(0),
            wakes: rig.wakes().is_ok(),
            device,
        })
    }

    /// The engine for a direction.
    pub(crate) fn engine(&mut self, direction: Direction) -> &mut EngineOf<'l, R, N, B> {
        let serves = self.first.limits().directions.contains(direction.set());
        match &mut self.second {
            Some(second) if !serves => second,
            _ => &mut self.first,
        }
    }

    /// Both engines, if there are two.
    pub(crate) fn pair(&mut self) -> Option<Pair<'_, 'l, R, N, B>> {
        self.second.as_mut().map(|second| (&mut self.first, second))
    }

    /// Drops the second engine, if there is one, so that what stays is the first one's.
    pub(crate) fn drop_second(&mut self) {
        self.second = None;
    }

    /// The device and its engines, to use.
    pub(crate) fn parts(&mut self) -> Parts<'_, 'l, R, N, B> {
        (&self.device, &mut self.first, self.second.as_mut())
    }

    /// The engines and the device.
    #[expect(clippy::type_complexity, reason = "the parts of this very type")]
    pub(crate) fn into_parts(
        self,
    ) -> (EngineOf<'l, R, N, B>, Option<EngineOf<'l, R, N, B>>, R::Device) {
        (self.first, self.second, self.device)
    }

    /// The card's address at an offset of the target window.
    pub(crate) fn address(&self, at: u64) -> DeviceAddress {
        DeviceAddress::new(self.start.get().wrapping_add(at))
    }

    /// The clock, in nanoseconds.
    pub(crate) fn now(&self) -> u64 {
        self.first.signal().now()
    }

    /// Gives a job to the engine and rings the doorbell.
    pub(crate) fn submit(
        &mut self,
        buffer: B,
        at: u64,
        direction: Direction,
    ) -> Result<Ticket, Refused<B>> {
        let address = self.address(at);
        self.engine(direction).submit(buffer, address, direction)
    }

    /// Gives a job to the engine without a doorbell.
    pub(crate) fn queue(
        &mut self,
        buffer: B,
        at: u64,
        direction: Direction,
    ) -> Result<Ticket, Refused<B>> {
        let address = self.address(at);
        self.engine(direction).queue(buffer, address, direction)
    }

    /// Waits for a job of the engine of this direction, for at most `limit`.
    ///
    /// The outer result fails if a task was not woken.
    #[track_caller]
    pub(crate) fn finish_within(
        &mut self,
        ticket: Ticket,
        direction: Direction,
        wait: Wait,
        limit: Timeout,
    ) -> Result<Result<B, Failed<B>>, Halt> {
        let result = match wait {
            Wait::Blocking => self.engine(direction).wait(ticket, limit),
            Wait::Polling => self.engine(direction).spin(ticket, limit),
            Wait::Async => {
                let mut clock = self.device.signal(self.vector).or_fail("taking a signal")?;
                let wakes = self.wakes;
                let long = nanos(limit).saturating_mul(2).saturating_add(nanos(self.patience));
                let give_up = clock.now().saturating_add(long);
                let future = pin!(self.engine(direction).completion(ticket, limit));
                let idle = || {
                    clock.pause();
                    match (wakes, clock.now() >= give_up) {
                        (_, true) => Turn::GiveUp,
                        (true, false) => Turn::Wait,
                        (false, false) => Turn::Poll,
                    }
                };
                executor::run(future, idle).or_fail("the task is woken when its job ends")?
            }
        };
        if let Ok(buffer) = &result {
            self.ledger.accept(buffer.length());
        }
        Ok(result)
    }

    /// Waits for a job that must end well.
    #[track_caller]
    pub(crate) fn finish(
        &mut self,
        ticket: Ticket,
        direction: Direction,
        wait: Wait,
    ) -> Result<B, Halt> {
        self.finish_within(ticket, direction, wait, self.patience)?.or_fail("the job ends well")
    }

    /// One job that must be accepted and end well.
    #[track_caller]
    pub(crate) fn carry(
        &mut self,
        buffer: B,
        at: u64,
        direction: Direction,
        wait: Wait,
    ) -> Result<B, Halt> {
        let ticket = self.submit(buffer, at, direction).or_fail("the job is accepted")?;
        self.finish(ticket, direction, wait)
    }

    /// To the card, asleep meanwhile.
    #[track_caller]
    pub(crate) fn send(&mut self, buffer: B, at: u64) -> Result<B, Halt> {
        self.carry(buffer, at, Direction::ToDevice, Wait::Blocking)
    }

    /// From the card, asleep meanwhile.
    #[track_caller]
    pub(crate) fn receive(&mut self, buffer: B, at: u64) -> Result<B, Halt> {
        self.carry(buffer, at, Direction::FromDevice, Wait::Blocking)
    }

    /// A job ended well that was waited for by other means.
    pub(crate) fn accept(&self, bytes: usize) {
        self.ledger.accept(bytes);
    }

    /// The ledger.
    pub(crate) fn ledger(&self) -> &'l Ledger {
        self.ledger
    }
}

impl<R: Rig, const N: usize, B: DmaBuffer> Link<'_, R, N, B> {
    /// Memory that the channel can use.
    #[track_caller]
    pub(crate) fn lend(&self, length: usize) -> Result<BufferOf<R>, Halt> {
        lend::<R>(&self.device, self.limits.request(length)).or_fail("lending memory")
    }

    /// Memory that holds the pattern.
    #[track_caller]
    pub(crate) fn lend_filled(&self, length: usize, seed: u32) -> Result<BufferOf<R>, Halt> {
        let mut buffer = self.lend(length)?;
        pattern::fill(buffer.bytes_mut(), seed, 0);
        Ok(buffer)
    }

    /// Memory that holds what the pattern is not, so that a byte that was not written shows.
    #[track_caller]
    pub(crate) fn lend_blank(&self, length: usize, seed: u32) -> Result<BufferOf<R>, Halt> {
        let mut buffer = self.lend(length)?;
        for (at, place) in buffer.bytes_mut().iter_mut().enumerate() {
            *place = !pattern::byte(seed, at);
        }
        Ok(buffer)
    }
}

impl<R: Rig, const N: usize> Link<'_, R, N, BufferOf<R>> {
    /// To the card and back, with every byte looked at, and canaries around both buffers.
    #[track_caller]
    pub(crate) fn exchange(&mut self, shape: Shape, wait: Wait) -> Result<(), Halt> {
        let Shape { at, lead, length, seed } = shape;
        for direction in [Direction::ToDevice, Direction::FromDevice] {
            let front = GUARD + lead;
            let mut whole = self.lend(front + length + GUARD)?;
            whole.bytes_mut().fill(CANARY);
            let (before, rest) = whole.split_at(front).or_fail("splitting a buffer")?;
            let (mut body, after) = rest.split_at(length).or_fail("splitting a buffer")?;
            let window = self.limits.device_window.length;
            match direction {
                Direction::ToDevice => {
                    pattern::fill(body.bytes_mut(), seed, 0);
                    let body = self.carry(body, at, direction, wait)?;
                    pattern::verify(body.bytes(), seed, 0, "what was sent is unchanged")?;
                }
                Direction::FromDevice => {
                    for (place, byte) in body.bytes_mut().iter_mut().enumerate() {
                        let last = pattern::last_lap(place, length, window);
                        *byte = !pattern::byte(seed, last);
                    }
                    let body = self.carry(body, at, direction, wait)?;
                    let expected =
                        |place| pattern::byte(seed, pattern::last_lap(place, length, window));
                    pattern::verify_with(body.bytes(), expected, "what was sent comes back")?;
                }
            }
            pattern::intact(before.bytes(), "memory in front of the buffer is untouched")?;
            pattern::intact(after.bytes(), "memory behind the buffer is untouched")?;
        }
        Ok(())
    }

    /// A small exchange at the start of the target: shows that all is well.
    #[track_caller]
    pub(crate) fn proves_alive(&mut self, seed: u32) -> Result<(), Halt> {
        let length = 48.min(usize::try_from(self.limits.device_window.length).unwrap_or(48));
        self.exchange(Shape { at: 0, lead: 0, length, seed }, Wait::Blocking)
    }
}
