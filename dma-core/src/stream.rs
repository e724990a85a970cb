//! Bytes without end: a few buffers that go round.
//!
//! A [`Stream`] is an engine's queue with re-queueing. The device has several buffers at a time;
//! [`Stream::next`] hands the oldest full one to the user, who owns it for as long as it takes
//! and puts it back with [`Stream::put`]. It works both ways: towards the card, the buffer that
//! comes back is an empty one, to fill again.
//!
//! ```text
//!        put ─► [ empty ] [ empty ] [ being filled ] ─► next ─► the user's ─► put …
//! ```
//!
//! If the user is slow, the card finishes and finds no empty buffer: an *overrun*, which is
//! counted, not hidden. A ring whose memory the card writes again while the user still reads it
//! would be undefined behaviour, and is not offered.
#![forbid(unsafe_code)]

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::{
    Channel, DeviceAddress, Direction, DmaBuffer, Engine, Error, ErrorKind, Failed, Operation,
    Quiet, Refused, Signal, Ticket, Timeout,
};

/// A card's own count of what it lost, for cards that keep one.
///
/// `()` is for the others, and counts nothing.
pub trait Losses {
    /// Reads how much the card lost so far, in the card's own unit (samples, packets).
    fn lost(&mut self) -> u64;
}

impl Losses for () {
    #[inline]
    fn lost(&mut self) -> u64 {
        0
    }
}

impl<L: Losses + ?Sized> Losses for &mut L {
    #[inline]
    fn lost(&mut self) -> u64 {
        (**self).lost()
    }
}

/// Up to `N` buffers that go round between the user and one channel.
///
/// Buffers come back in the order in which they were put. Nothing is lost on an error: buffers
/// come back with it, or stay until [`Stream::recover`] if the device may still touch them.
///
/// Dropping it is dropping its [`Engine`]; [`Stream::stop`] gives everything back.
pub struct Stream<C: Channel, S: Signal, B: DmaBuffer, const N: usize, L = ()> {
    engine: Engine<C, S, B, N>,
    device: DeviceAddress,
    direction: Direction,
    losses: L,
    /// The laps' tickets, oldest first, from `oldest` on, going round.
    laps: [Option<Ticket>; N],
    oldest: usize,
    held: usize,
    started: bool,
    draining: bool,
    overruns: u32,
    /// The engine's count of running dry, as far as it was looked at.
    ran_dry: u32,
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Stream<C, S, B, N> {
    /// Makes a stream between the card's memory at `device` and buffers that will be put.
    ///
    /// Every buffer begins at `device`: for a FIFO that is its address, and for cards with
    /// streams of their own any address of [`Limits::device_window`](crate::Limits).
    ///
    /// # Errors
    ///
    /// `Busy`, with the engine, if it still holds jobs.
    pub fn new(
        engine: Engine<C, S, B, N>,
        device: DeviceAddress,
        direction: Direction,
    ) -> Result<Self, Refused<Engine<C, S, B, N>>> {
        if engine.held() > 0 {
            return Err(Refused::new(engine, Error::new(ErrorKind::Busy, Operation::Open, 0)));
        }
        Ok(Self {
            ran_dry: engine.ran_dry(),
            engine,
            device,
            direction,
            losses: (),
            laps: [None; N],
            oldest: 0,
            held: 0,
            started: false,
            draining: false,
            overruns: 0,
        })
    }

    /// Adds the card's own count of what it lost.
    #[must_use]
    pub fn with_losses<L: Losses>(self, losses: L) -> Stream<C, S, B, N, L> {
        Stream {
            engine: self.engine,
            device: self.device,
            direction: self.direction,
            losses,
            laps: self.laps,
            oldest: self.oldest,
            held: self.held,
            started: self.started,
            draining: self.draining,
            overruns: self.overruns,
            ran_dry: self.ran_dry,
        }
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize, L: Losses> Stream<C, S, B, N, L> {
    /// Puts a buffer in, to be filled (or, towards the card, to be emptied).
    ///
    /// Before [`Stream::start`] it only queues; afterwards it rings the doorbell too. It ends a
    /// [`Stream::drain`]. If the card has buffers, it looks at it first: a card that has filled
    /// them all meanwhile has run dry, which the new one would hide.
    ///
    /// # Errors
    ///
    /// With the buffer: as [`Engine::queue`].
    #[inline]
    pub fn put(&mut self, buffer: B) -> Result<(), Refused<B>> {
        self.queue(buffer)?;
        if self.started {
            self.engine.kick();
        }
        Ok(())
    }

    /// As [`Stream::put`] without the doorbell, to put several and then [`Stream::start`]. Before
    /// the first of them it looks at the card.
    ///
    /// # Errors
    ///
    /// As [`Stream::put`].
    #[inline(always)]
    pub fn queue(&mut self, buffer: B) -> Result<(), Refused<B>> {
        if self.started && self.engine.is_under_way() {
            self.engine.step();
            self.account();
        }
        let ticket = self.engine.queue_here(buffer, self.device, self.direction)?;
        let place = self.oldest + self.held;
        let place = if place >= N { place - N } else { place };
        if let Some(lap) = self.laps.get_mut(place) {
            *lap = Some(ticket);
        }
        self.held += 1;
        self.draining = false;
        Ok(())
    }

    /// Lets it run: one doorbell for everything that was queued. [`Stream::next`] and its
    /// siblings do so too.
    pub fn start(&mut self) {
        self.started = true;
        self.engine.kick();
    }

    /// Says that running out of buffers is on purpose from now on, until the next one is put:
    /// it is not counted as an overrun.
    pub fn drain(&mut self) {
        self.account();
        self.draining = true;
    }

    /// Sleeps until the oldest buffer is done. `None` if no buffer is in the stream.
    ///
    /// # Errors
    ///
    /// As [`Engine::wait`]: after a fault or `limit` all buffers come back, one by one, as
    /// failed; the stream goes on with those that are put again. [`Failed::Kept`] if the device
    /// does not stop: see [`Stream::recover`].
    #[inline(always)]
    pub fn next(&mut self, limit: Timeout) -> Option<Result<B, Failed<B>>> {
        let ticket = self.begin()?;
        let result = self.engine.wait(ticket, limit);
        Some(self.passed(result))
    }

    /// The oldest buffer, if it is done. Looks once.
    ///
    /// # Errors
    ///
    /// As [`Stream::next`].
    pub fn try_next(&mut self) -> Option<Result<B, Failed<B>>> {
        let ticket = self.begin()?;
        let result = self.engine.try_take(ticket);
        // Whatever the look found, the card may have run dry meanwhile.
        self.account();
        Some(self.passed(result?))
    }

    /// A future of what [`Stream::next`] gives. Dropping it only stops the waiting.
    pub fn next_ready(&mut self, limit: Timeout) -> Next<'_, C, S, B, N, L> {
        let deadline = self.engine.deadline(limit);
        Next { stream: self, deadline }
    }

    /// How often the card finished and found no buffer. Wraps.
    ///
    /// Not counted while it [drains](Stream::drain). Towards the card it is an underrun.
    #[must_use]
    pub const fn overruns(&self) -> u32 {
        self.overruns
    }

    /// What the card itself says that it lost; see [`Losses`].
    pub fn lost(&mut self) -> u64 {
        self.losses.lost()
    }

    /// How many buffers are in the stream: on their way, or done and not taken.
    #[inline]
    #[must_use]
    pub const fn held(&self) -> usize {
        self.held
    }

    /// The engine, to look at.
    #[inline]
    #[must_use]
    pub const fn engine(&self) -> &Engine<C, S, B, N> {
        &self.engine
    }

    /// Takes up work again after the device was reset: [`Engine::recover`]. The buffers that were
    /// on their way come back as failed, by [`Stream::next`].
    ///
    /// # Errors
    ///
    /// As [`Engine::recover`].
    pub fn recover(&mut self, quiet: &Quiet) -> Result<(), Error> {
        self.engine.recover(quiet)
    }

    /// Ends what runs, gives every buffer to `each` in order, and gives the engine back.
    ///
    /// # Errors
    ///
    /// `Stuck`, `Gone` or `WasReset`, with the stream: buffers that were done went to `each`, the
    /// others stay in it. After [`Stream::recover`] it can be stopped again.
    pub fn stop(
        mut self,
        mut each: impl FnMut(Result<B, Refused<B>>),
    ) -> Result<Engine<C, S, B, N>, Refused<Self>> {
        let halted = self.engine.halt();
        while let Some(ticket) = self.oldest_lap() {
            match self.engine.claim_over(ticket) {
                Some(Ok(buffer)) => each(Ok(buffer)),
                Some(Err(Failed::Returned(refused))) => each(Err(refused)),
                // Kept, as are all that were put after it: the error says so.
                Some(Err(Failed::Kept(_))) | None => break,
                Some(Err(Failed::NoSuchJob(_))) => {}
            }
            self.pop();
        }
        match halted {
            Ok(()) => Ok(self.engine),
            Err(error) => Err(Refused::new(self, error)),
        }
    }

    #[inline]
    fn oldest_lap(&self) -> Option<Ticket> {
        if self.held == 0 { None } else { self.laps.get(self.oldest).copied().flatten() }
    }

    /// The lap to wait for, with everything under way that can be.
    #[inline]
    fn begin(&mut self) -> Option<Ticket> {
        let ticket = self.oldest_lap()?;
        self.started = true;
        Some(ticket)
    }

    /// Books the result of the oldest lap.
    #[inline(always)]
    fn passed(&mut self, result: Result<B, Failed<B>>) -> Result<B, Failed<B>> {
        self.account();
        if !matches!(result, Err(Failed::Kept(_))) {
            self.pop();
        }
        result
    }

    #[inline]
    fn pop(&mut self) {
        self.oldest = if self.oldest + 1 >= N { 0 } else { self.oldest + 1 };
        self.held -= 1;
    }

    /// Books what the engine counted since the last time.
    #[inline]
    fn account(&mut self) {
        let ran_dry = self.engine.ran_dry();
        let since = ran_dry.wrapping_sub(self.ran_dry);
        self.ran_dry = ran_dry;
        if !self.draining {
            self.overruns = self.overruns.wrapping_add(since);
        }
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize, L> fmt::Debug for Stream<C, S, B, N, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("engine", &self.engine)
            .field("direction", &self.direction)
            .field("held", &self.held)
            .field("overruns", &self.overruns)
            .finish_non_exhaustive()
    }
}

/// Becomes ready when the oldest buffer of a stream is done; see [`Stream::next_ready`].
#[must_use = "a future does nothing until it is polled"]
pub struct Next<'s, C: Channel, S: Signal, B: DmaBuffer, const N: usize, L = ()> {
    stream: &'s mut Stream<C, S, B, N, L>,
    deadline: Option<u64>,
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize, L: Losses> Future
    for Next<'_, C, S, B, N, L>
{
    type Output = Option<Result<B, Failed<B>>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let deadline = self.deadline;
        let stream = &mut *self.stream;
        let Some(ticket) = stream.begin() else { return Poll::Ready(None) };
        let end = stream.engine.poll_end(ticket, deadline, context);
        stream.account();
        end.map(|result| Some(stream.passed(result)))
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize, L> fmt::Debug
    for Next<'_, C, S, B, N, L>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("stream", self.stream)
            .field("deadline", &self.deadline)
            .finish()
    }
}
