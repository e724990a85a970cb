//! The one transfer engine.
//!
//! Buffers live **in the engine** while the device may touch them; the user holds a plain
//! [`Ticket`]. A forgotten, stale or swapped ticket never frees memory in flight, several jobs
//! may be under way, and blocking, polling and async waiting share one step.
//!
//! ```text
//!   queue ─► cut into segments ─► push … push ─► kick          (one doorbell for all)
//!   wait  ─► poll: count segments ─► job done ─► sync ─► Ok(buffer)
//!                 └─ fault, time-out ─► quiesce ─ ok ──► Err(Returned(buffer))
//!                                          └─ fails ──► stuck: Err(Kept), until recover(&quiet)
//! ```
//!
//! A job longer than the channel's ring is fed piece by piece.

mod completion;
mod cutter;
mod in_flight;
mod queue;
mod step;
mod ticket;
mod wait;

use core::fmt;
use core::mem::ManuallyDrop;

use self::cutter::Cutter;
use crate::{
    Channel, DmaBuffer, Epoch, Error, ErrorKind, Limits, Operation, Refused, Signal, Timeout,
};

pub use self::completion::Completion;
pub use self::in_flight::InFlight;
pub use self::ticket::Ticket;

/// One job: a buffer on its way.
#[repr(C)]
struct Job<B> {
    stage: Stage,
    cutter: Cutter,
    buffer: B,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not all of it was pushed yet.
    Feeding,
    /// All of it was pushed; it has ended when the segment of this number is counted.
    Running(u32),
    /// It ended, well or not.
    Ended(Result<(), Error>),
}

/// Runs up to `N` jobs of buffer type `B` on channel `C`, waiting by `S`.
///
/// It is `Send` if its parts are: give it to the thread that waits. One device may serve several
/// engines on several threads, each with a channel and a signal of its own.
///
/// Dropping it makes the device quiet and frees the buffers; if the device does not get quiet,
/// channel, ring and buffers are leaked together.
#[repr(C)]
pub struct Engine<C: Channel, S: Signal, B: DmaBuffer, const N: usize> {
    // In this order, which matters to microcontrollers: what lies near the start of a value is
    // reached by short instructions.
    /// Segments were pushed since the last doorbell.
    dirty: bool,
    /// Why the device cannot be trusted to be quiet.
    stuck: Option<Error>,
    /// How many jobs have not ended.
    pending: usize,
    /// How many of those were pushed completely.
    fed: usize,
    /// Segments pushed so far, and of those counted by `poll`. Both wrap.
    pushed: u32,
    counted: u32,
    ran_dry: u32,
    oldest: usize,
    epoch: Epoch,
    jobs: InFlight<Job<B>, N>,
    channel: ManuallyDrop<C>,
    signal: S,
    /// Slots of the jobs that have not ended, oldest first, from `oldest` on, going round.
    order: [u16; N],
    look_again: Timeout,
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Engine<C, S, B, N> {
    /// Makes an engine of a channel and what it waits by.
    ///
    /// # Errors
    ///
    /// `Unsupported`, with the parts, if the channel's [`Limits`] contradict themselves (an
    /// alignment that is no power of two, a longest segment of less than that, no depth …).
    pub fn new(channel: C, signal: S) -> Result<Self, Refused<(C, S)>> {
        Self::starting_at(channel, signal, 0)
    }

    /// As [`Engine::new`], with tickets whose generations, and segments whose numbers, start at
    /// `generation`: lets a test see them wrap.
    ///
    /// # Errors
    ///
    /// As [`Engine::new`].
    pub fn starting_at(channel: C, signal: S, generation: u32) -> Result<Self, Refused<(C, S)>> {
        if !cutter::sensible(&channel.limits()) {
            let error = Error::new(ErrorKind::Unsupported, Operation::Open, 0);
            return Err(Refused::new((channel, signal), error));
        }
        Ok(Self {
            channel: ManuallyDrop::new(channel),
            epoch: signal.epoch(),
            signal,
            jobs: InFlight::starting_at(generation),
            order: [0; N],
            oldest: 0,
            pending: 0,
            fed: 0,
            pushed: generation,
            counted: generation,
            dirty: false,
            stuck: None,
            look_again: Timeout::NEVER,
            ran_dry: 0,
        })
    }

    /// Looks at the device at least this often while waiting, in case interrupts get lost.
    ///
    /// Without it, a lost interrupt delays a job to the end of its time limit, when the engine
    /// looks once more before it gives up.
    pub const fn look_at_least_every(&mut self, interval: Timeout) {
        self.look_again = interval;
    }

    /// What the channel can carry.
    #[inline]
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.channel.limits()
    }

    /// How many jobs have not ended.
    #[inline]
    #[must_use]
    pub const fn in_flight(&self) -> usize {
        self.pending
    }

    /// Whether the device has jobs, and was told of everything that it has: a step now rings no
    /// doorbell for something that is queued.
    #[inline]
    pub(crate) const fn is_under_way(&self) -> bool {
        self.pending > 0 && !self.dirty
    }

    /// How many jobs it holds: those in flight, and those ended and not taken.
    #[must_use]
    pub fn held(&self) -> usize {
        self.jobs.len()
    }

    /// Why the engine is stuck, if it is: it takes no jobs and keeps what the device may still
    /// touch, until [`Engine::recover`].
    #[inline]
    #[must_use]
    pub const fn stuck(&self) -> Option<Error> {
        self.stuck
    }

    /// How often the device finished everything it had; wraps.
    #[inline]
    #[must_use]
    pub const fn ran_dry(&self) -> u32 {
        self.ran_dry
    }

    /// The clock and interrupt.
    #[inline]
    #[must_use]
    pub const fn signal(&self) -> &S {
        &self.signal
    }

    /// The channel, to look at.
    #[inline]
    #[must_use]
    pub fn channel(&self) -> &C {
        &self.channel
    }

    /// Takes the engine apart.
    ///
    /// # Errors
    ///
    /// With the engine: `Busy` if it still holds jobs; `Stuck`, `Gone` or `WasReset` if the
    /// device does not get quiet or its channel must be recovered first.
    pub fn into_parts(mut self) -> Result<(C, S), Refused<Self>> {
        let halted = if self.jobs.is_empty() {
            self.halt()
        } else {
            Err(Error::new(ErrorKind::Busy, Operation::Stop, 0))
        };
        if let Err(error) = halted {
            return Err(Refused::new(self, error));
        }
        let this = ManuallyDrop::new(self);
        // SAFETY: `this` is never dropped or used again, so the channel is read once.
        let channel = unsafe { core::ptr::read(&raw const *this.channel) };
        // SAFETY: `this` is never dropped or used again, so the signal is read once. The other
        // fields own nothing: the table is empty.
        let signal = unsafe { core::ptr::read(&raw const this.signal) };
        Ok((channel, signal))
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> Drop for Engine<C, S, B, N> {
    fn drop(&mut self) {
        if let Err(error) = self.channel.quiesce() {
            // The device may go on: channel, ring and buffers are leaked together. The table
            // leaks by itself what is left in it.
            crate::log::log_warn!(
                "engine dropped while its device does not stop: its memory is leaked",
                &error
            );
            return;
        }
        self.end_pending(Error::new(ErrorKind::Aborted, Operation::Stop, 0), None);
        for slot in InFlight::<Job<B>, N>::SLOTS {
            if let Some(ticket) = self.jobs.ticket_at(slot) {
                drop(self.jobs.take(ticket));
            }
        }
        // SAFETY: the engine is being dropped, and nobody uses the channel afterwards. The
        // device is quiet, so ring memory may go.
        unsafe { ManuallyDrop::drop(&mut self.channel) };
    }
}

impl<C: Channel, S: Signal, B: DmaBuffer, const N: usize> fmt::Debug for Engine<C, S, B, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("in_flight", &self.pending)
            .field("held", &self.jobs.len())
            .field("capacity", &N)
            .field("stuck", &self.stuck)
            .finish_non_exhaustive()
    }
}
