//! One PL081 with its surroundings, and what every check needs of it.

use core::fmt;

use channels::pl081::{Pl081, Pl081Channel, Pl081Part, Pl081Single};
use conformance::{Halt, Value};
use dma_core::{
    Access, Allocate, Buffer, DeviceAddress, Direction, Engine, Error, ErrorKind, Failed, Narrow,
    Refused, Request, Signal, Timeout,
};

/// One PL081: registers, memory, and what waits for it.
pub struct Bench<S, L, G> {
    space: S,
    memory: L,
    far: L,
    signals: [G; 2],
}

/// A channel with a list.
pub(super) type List<S, L> = Pl081Channel<S, <L as Allocate>::Region>;
/// Such a channel, and what waits for it.
pub(super) type WithList<'b, S, L, G> = (List<S, L>, &'b mut G);
/// A channel from registers alone.
pub(super) type Single<S, L> = Pl081Single<S, <L as Allocate>::Region>;
/// An engine for `N` jobs on such a channel.
pub(super) type Jobs<'b, C, L, G, const N: usize> =
    Engine<C, &'b mut G, Buffer<<L as Allocate>::Region>, N>;

/// Bytes of the memory that plays the card's.
pub(super) const TARGET: usize = 2048;
/// Items of a ring.
pub(super) const DEPTH: usize = 4;
/// The time after which a job counts as lost.
pub(super) const PATIENCE: Timeout = Timeout::millis(100);

impl<S, L, G> Bench<S, L, G>
where
    S: Access<u32> + Narrow + Clone,
    L: Allocate<Error = Error>,
    G: Signal,
{
    /// Puts a bench together: `signals` are of the controller's two channels, and `far` lends memory that lies beyond 32 address bits.
    ///
    /// # Safety
    ///
    /// The registers are those of a PL081 that nothing else stores to while the bench lives.
    pub const unsafe fn new(space: S, memory: L, far: L, signals: [G; 2]) -> Self {
        Self { space, memory, far, signals }
    }

    pub(super) fn space(&self) -> &S {
        &self.space
    }

    pub(super) fn memory(&self) -> &L {
        &self.memory
    }

    pub(super) fn far(&self) -> &L {
        &self.far
    }

    /// The two parts of the controller. Those of an earlier call are gone.
    pub(super) fn parts(&self) -> Result<(Pl081Part<S>, Pl081Part<S>), Halt> {
        // SAFETY: a PL081 of the bench's own, as `new` was promised; a check opens it again only
        // when what it made of it before was dropped.
        let controller = unsafe { Pl081::new(self.space.clone()) };
        Ok(controller.map_err(|refused| failed("opening the controller", refused.error))?.split())
    }

    /// The bench's memory, so long.
    pub(super) fn lend(&self, length: usize) -> Result<Buffer<L::Region>, Halt> {
        let request = List::<S, L>::target_request(length);
        self.memory.allocate(request).map_err(|error| failed("lending memory", error))
    }

    /// A channel with a list, of a part of the controller.
    pub(super) fn list(&self, part: Pl081Part<S>) -> Result<List<S, L>, Halt> {
        let request = List::<S, L>::ring_request(DEPTH);
        let ring =
            self.memory.allocate(request).map_err(|error| failed("lending a ring", error))?;
        let target = self.lend(TARGET)?;
        part.open(ring, target).map_err(|refused| failed("opening a channel", refused.error))
    }

    /// The parts of a channel with a list, and what waits for it.
    pub(super) fn with_list(&mut self) -> Result<WithList<'_, S, L, G>, Halt> {
        let (first, _) = self.parts()?;
        let list = self.list(first)?;
        let [signal, _] = &mut self.signals;
        Ok((list, signal))
    }

    /// The parts of two channels with lists, and what waits for each.
    pub(super) fn with_both(&mut self) -> Result<[WithList<'_, S, L, G>; 2], Halt> {
        let (first, second) = self.parts()?;
        let channels = [self.list(first)?, self.list(second)?];
        let [one, two] = channels;
        let [first, second] = &mut self.signals;
        Ok([(one, first), (two, second)])
    }

    /// The parts of a channel without one, and what waits for it.
    pub(super) fn with_single(&mut self) -> Result<(Single<S, L>, &mut G), Halt> {
        let (first, _) = self.parts()?;
        let channel = first.open_single(self.lend(TARGET)?);
        let channel = channel.map_err(|refused| failed("opening a channel", refused.error))?;
        let [signal, _] = &mut self.signals;
        Ok((channel, signal))
    }
}

/// An engine of a channel.
pub(super) fn engine<C, G, B, const N: usize>(
    (channel, signal): (C, G),
) -> Result<Engine<C, G, B, N>, Halt>
where
    C: dma_core::Channel,
    G: Signal,
    B: dma_core::DmaBuffer,
{
    Engine::new(channel, signal).map_err(|refused| failed("making an engine", refused.error))
}

/// What should have worked and did not.
#[track_caller]
pub(super) fn failed(what: &'static str, error: Error) -> Halt {
    Halt::failed(what, "success", Value::Error(error))
}

/// Fails unless both are the same.
#[track_caller]
pub(super) fn equal<T>(seen: T, expected: T, what: &'static str) -> Result<(), Halt>
where
    T: PartialEq + Into<Value>,
{
    if seen == expected { Ok(()) } else { Err(Halt::failed(what, expected, seen)) }
}

/// Fails unless it was refused for this reason.
#[track_caller]
pub(super) fn refused<T>(
    result: &Result<T, Error>,
    kind: ErrorKind,
    what: &'static str,
) -> Result<(), Halt> {
    match result {
        Ok(_) => Err(Halt::failed(what, kind, "success")),
        Err(error) => equal(error.kind(), kind, what),
    }
}

/// Fails unless it was refused for this reason, and gives back what was given.
#[track_caller]
pub(super) fn comes_back<T, B>(
    result: Result<T, Refused<B>>,
    kind: ErrorKind,
    what: &'static str,
) -> Result<B, Halt> {
    match result {
        Ok(_) => Err(Halt::failed(what, kind, "success")),
        Err(refused) => equal(refused.error.kind(), kind, what).map(|()| refused.buffer),
    }
}

/// The buffer of a job that ended well.
#[track_caller]
pub(super) fn done<B>(result: Result<B, Failed<B>>, what: &'static str) -> Result<B, Halt> {
    result.map_err(|error| failed(what, error.error()))
}

/// An address of the memory that plays the card's.
pub(super) const fn at(offset: u64) -> DeviceAddress {
    DeviceAddress::new(offset)
}

/// Writes a pattern that `seed` chooses.
pub(super) fn fill(bytes: &mut [u8], seed: u8) {
    for (number, byte) in bytes.iter_mut().enumerate() {
        *byte = pattern(number, seed);
    }
}

/// Fails unless the pattern that `seed` chooses is there.
#[track_caller]
pub(super) fn holds(bytes: &[u8], seed: u8, what: &'static str) -> Result<(), Halt> {
    for (at, &value) in bytes.iter().enumerate() {
        let expected = pattern(at, seed);
        if value != expected {
            return Err(Halt::failed(
                what,
                Value::Byte { at, value: expected },
                Value::Byte { at, value },
            ));
        }
    }
    Ok(())
}

fn pattern(number: usize, seed: u8) -> u8 {
    let [low, high, ..] = number.to_le_bytes();
    low.wrapping_mul(29).wrapping_add(high).wrapping_add(seed) | 1
}

/// A request without any other wish.
pub(super) const fn any(length: usize) -> Request {
    Request::bytes(length)
}

/// Both ways, to go through.
pub(super) const WAYS: [Direction; 2] = [Direction::ToDevice, Direction::FromDevice];

impl<S, L, G> fmt::Debug for Bench<S, L, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bench").finish_non_exhaustive()
    }
}
