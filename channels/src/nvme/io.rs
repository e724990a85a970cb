//! A queue of a disk: reads and writes, that end in any order.

use core::fmt;
use core::mem::{self, ManuallyDrop};

use dma_core::{
    Access, Direction, DmaBuffer, Error, ErrorKind, Failed, InFlight, Operation, Refused, Region,
    Shared, Signal, Ticket, Timeout, To, Wake,
};
use register_map::Readable;
use register_map::nvme as map;

use super::queue::{Command, Queue};
use super::{Namespace, PAGE, pages};

const FLUSHES: u32 = 0x00;
const WRITES: u32 = 0x01;
const READS: u32 = 0x02;

/// A command and its buffer.
struct Job<B> {
    /// None for a command without data.
    buffer: Option<B>,
    direction: Direction,
    ended: Option<Ended>,
}

/// How a command ended; and its place in the list of those that have, from the first on.
#[derive(Clone, Copy)]
struct Ended {
    result: Result<(), Error>,
    before: u16,
    after: u16,
}

/// No command: the end of that list.
const NONE: u16 = u16::MAX;

/// Turns of a polling loop between two looks at the clock, which cost more than looks at memory.
const TURNS: u32 = 32;

/// How long somebody waits. Clocks cost: they are read after some turns, or for a sleep.
struct Patience {
    limit: Timeout,
    /// When the clock was first read, if it was.
    since: Option<u64>,
    turns: u32,
    /// The last sleep lasted to the end; one more look is due.
    was_late: bool,
}

impl Patience {
    const fn new(limit: Timeout) -> Self {
        Self { limit, since: None, turns: 0, was_late: false }
    }

    /// When it ends.
    fn until<G: Signal>(&mut self, signal: &G) -> Option<u64> {
        self.limit.deadline(*self.since.get_or_insert_with(|| signal.now()))
    }

    /// Whether it is over, as far as is looked in this turn.
    fn is_over<G: Signal>(&mut self, signal: &G) -> bool {
        self.turns = self.turns.wrapping_add(1);
        self.turns.is_multiple_of(TURNS)
            && self.until(signal).is_some_and(|end| signal.now() >= end)
    }
}

/// What a queue is made of.
pub(super) struct Made<S, R: Region> {
    pub(super) queue: Queue<S, R>,
    /// A page for each command.
    pub(super) lists: Shared<R>,
    pub(super) namespace: Namespace,
    pub(super) controller: u32,
    pub(super) life: u32,
}

/// A queue of up to `N` commands, each with a buffer of type `B`.
///
/// The buffers live here while the controller may touch them; the user holds tickets. Dropped, it
/// leaks its memory, and the buffers that were not taken: end it with
/// [`Controller::close`](super::Controller::close).
pub struct IoQueue<S, R: Region, B: DmaBuffer, const N: usize> {
    made: ManuallyDrop<Made<S, R>>,
    jobs: InFlight<Job<B>, N>,
    in_flight: usize,
    /// Of those that have ended and were not taken, the first and the last.
    first: u16,
    last: u16,
}

impl<S: Access<u32>, R: Region, B: DmaBuffer, const N: usize> IoQueue<S, R, B, N> {
    pub(super) fn new(made: Made<S, R>) -> Self {
        let made = ManuallyDrop::new(made);
        Self { made, jobs: InFlight::new(), in_flight: 0, first: NONE, last: NONE }
    }

    /// The disk.
    #[must_use]
    pub fn namespace(&self) -> Namespace {
        self.made.namespace
    }

    /// How many commands have not ended.
    #[must_use]
    pub const fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// Fills a buffer from block `block` on, without telling the controller yet: see
    /// [`IoQueue::kick`].
    ///
    /// # Errors
    ///
    /// With the buffer, and nothing started: `Busy` (take one that has ended first), `OtherDomain`,
    /// `Empty`, `WrongDirection`, `Misaligned` (not whole blocks, or a page of the buffer does not
    /// begin where a page of device addresses does), `TooLong`, `OutOfReach` (no such blocks).
    pub fn read(&mut self, buffer: B, block: u64) -> Result<Ticket, Refused<B>> {
        self.queue(READS, buffer, block, Direction::FromDevice)
    }

    /// Writes a buffer from block `block` on, as [`IoQueue::read`].
    ///
    /// # Errors
    ///
    /// As [`IoQueue::read`].
    pub fn write(&mut self, buffer: B, block: u64) -> Result<Ticket, Refused<B>> {
        self.queue(WRITES, buffer, block, Direction::ToDevice)
    }

    /// Makes what was written last; nothing is moved, and no buffer comes back for its ticket: see
    /// [`IoQueue::flushed`].
    ///
    /// # Errors
    ///
    /// `Busy`.
    pub fn flush(&mut self) -> Result<Ticket, Error> {
        let job = Job { buffer: None, direction: Direction::ToDevice, ended: None };
        let busy = Error::new(ErrorKind::Busy, Operation::Queue, 0);
        let ticket = self.jobs.insert(job).map_err(|_| busy)?;
        let namespace = self.made.namespace.number;
        let command = Command { opcode: FLUSHES, namespace, ..Command::default() };
        // SAFETY: the command names no memory.
        if let Err(error) = unsafe { self.made.queue.push(ticket.slot(), &command) } {
            self.jobs.take(ticket);
            return Err(error);
        }
        self.in_flight += 1;
        Ok(ticket)
    }

    fn queue(
        &mut self,
        opcode: u32,
        mut buffer: B,
        block: u64,
        direction: Direction,
    ) -> Result<Ticket, Refused<B>> {
        let refuse =
            |buffer, kind| Err(Refused::new(buffer, Error::new(kind, Operation::Queue, 0)));
        if let Err(kind) = self.examine(&buffer, block, direction) {
            return refuse(buffer, kind);
        }
        let Ok(ticket) = self.jobs.insert(Job { buffer: None, direction, ended: None }) else {
            return refuse(buffer, ErrorKind::Busy);
        };
        buffer.sync(0..buffer.length(), To::Device, direction);
        // SAFETY: the buffer goes into the table below, and stays there until the command has
        // ended or the controller is off, or is leaked with it.
        if let Err(error) = unsafe { self.push(opcode, &buffer, block, ticket) } {
            self.jobs.take(ticket);
            return Err(Refused::new(buffer, error));
        }
        match self.jobs.at_mut(ticket.slot()) {
            Some(job) => job.buffer = Some(buffer),
            // There is such a job, as of a few lines ago; else nobody may free the buffer.
            None => mem::forget(buffer),
        }
        self.in_flight += 1;
        Ok(ticket)
    }

    /// Writes the command for a buffer that was examined.
    ///
    /// # Safety
    ///
    /// The buffer stays as it is until the command has ended or the controller is off.
    unsafe fn push(
        &mut self,
        opcode: u32,
        buffer: &B,
        block: u64,
        ticket: Ticket,
    ) -> Result<(), Error> {
        let made = &mut *self.made;
        let place = usize::from(ticket.slot()) * PAGE;
        // SAFETY: the caller keeps the buffer; the page of the list is this command's alone.
        let (first, second) = unsafe { pages::tell(buffer, &made.lists, place) }?;
        #[expect(clippy::cast_possible_truncation, reason = "its two halves")]
        let (low, high) = (block as u32, (block >> 32) as u32);
        // UNITS: blocks, less one; at most as many as the longest transfer has.
        let count = u32::try_from(buffer.length() / made.namespace.block - 1);
        let words = [low, high, count.map_err(|_| super::outside())?];
        let (namespace, first) = (made.namespace.number, Some(first));
        let command = Command { opcode, namespace, first, second, words };
        // SAFETY: the caller keeps the buffer, and the list is in memory that this queue owns.
        unsafe { made.queue.push(ticket.slot(), &command) }
    }

    /// Whether a buffer can be moved there.
    fn examine(&self, buffer: &B, block: u64, direction: Direction) -> Result<(), ErrorKind> {
        let (length, namespace) = (buffer.length(), self.made.namespace);
        if buffer.domain() != self.made.queue.domain() {
            return Err(ErrorKind::OtherDomain);
        }
        if length == 0 {
            return Err(ErrorKind::Empty);
        }
        if !buffer.permits().contains(direction.set()) {
            return Err(ErrorKind::WrongDirection);
        }
        if !length.is_multiple_of(namespace.block) {
            return Err(ErrorKind::Misaligned);
        }
        if length > namespace.longest || length > 0x1_0000 * namespace.block {
            return Err(ErrorKind::TooLong);
        }
        let blocks = (length / namespace.block) as u64;
        if block.checked_add(blocks).is_none_or(|end| end > namespace.blocks) {
            return Err(ErrorKind::OutOfReach);
        }
        pages::check(buffer)
    }

    /// Tells the controller of every command since the last time: one doorbell, or none if there
    /// was none.
    pub fn kick(&mut self) {
        self.made.queue.ring();
    }

    /// Looks which commands have ended, and says how many. Nobody is asked but memory.
    ///
    /// # Errors
    ///
    /// `DeviceFault` if the controller says that a command ended that it does not have.
    pub fn poll(&mut self) -> Result<usize, Error> {
        let mut count = 0;
        while let Some(done) = self.made.queue.next()? {
            let unknown = Error::new(ErrorKind::DeviceFault, Operation::Transfer, done.id.into());
            let job = self.jobs.at_mut(done.id).filter(|job| job.ended.is_none());
            let job = job.ok_or(unknown)?;
            if let Some(buffer) = &mut job.buffer {
                let whole = 0..buffer.length();
                buffer.sync(whole, To::Cpu, job.direction);
            }
            let result = match done.status {
                0 => Ok(()),
                status => Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, status)),
            };
            job.ended = Some(Ended { result, before: self.last, after: NONE });
            match self.ended_at(self.last) {
                Some(last) => last.after = done.id,
                None => self.first = done.id,
            }
            self.last = done.id;
            self.in_flight -= 1;
            count += 1;
        }
        self.made.queue.give_back();
        Ok(count)
    }

    /// How the command of this slot ended, if it has.
    fn ended_at(&mut self, slot: u16) -> Option<&mut Ended> {
        self.jobs.at_mut(slot)?.ended.as_mut()
    }

    /// Takes a job that has ended out of the table, and out of the list.
    fn remove(&mut self, ticket: Ticket) -> Option<(Option<B>, Result<(), Error>)> {
        self.jobs.get(ticket)?.ended?;
        let Job { buffer, ended, .. } = self.jobs.take(ticket)?;
        let Ended { result, before, after } = ended?;
        match self.ended_at(before) {
            Some(neighbour) => neighbour.after = after,
            None => self.first = after,
        }
        match self.ended_at(after) {
            Some(neighbour) => neighbour.before = before,
            None => self.last = before,
        }
        Some((buffer, result))
    }

    /// The command that ended first of those that were not taken.
    #[must_use]
    pub fn next_ended(&self) -> Option<Ticket> {
        self.jobs.ticket_at(self.first)
    }

    /// Takes the buffer of a command if it has ended. Looks once.
    ///
    /// # Errors
    ///
    /// [`Failed::Returned`] with the buffer and kind and code of the status;
    /// [`Failed::NoSuchJob`]; [`Failed::Kept`] if looking failed.
    pub fn try_take(&mut self, ticket: Ticket) -> Option<Result<B, Failed<B>>> {
        if !self.is_over(ticket)
            && let Err(error) = self.poll()
        {
            return Some(Err(Failed::Kept(error)));
        }
        if self.is_over(ticket) { Some(self.claim(ticket)) } else { None }
    }

    /// Whether a flush has ended. Looks once. `None`: not yet.
    ///
    /// # Errors
    ///
    /// `DeviceFault` with kind and code of the status; `UnknownTicket`.
    pub fn flushed(&mut self, ticket: Ticket) -> Option<Result<(), Error>> {
        if !self.is_over(ticket)
            && let Err(error) = self.poll()
        {
            return Some(Err(error));
        }
        let unknown = Error::new(ErrorKind::UnknownTicket, Operation::Wait, 0);
        match self.jobs.get(ticket) {
            Some(Job { buffer: None, ended: Some(_), .. }) => {
                self.remove(ticket).map(|(_, result)| result)
            }
            Some(Job { buffer: None, ended: None, .. }) => None,
            _ => Some(Err(unknown)),
        }
    }

    /// Sleeps until a command has ended, and takes its buffer. The queue has the interrupt that
    /// `signal` is of.
    ///
    /// # Errors
    ///
    /// As [`IoQueue::try_take`]. [`Failed::Kept`] with `TimedOut` after `limit`: the command goes
    /// on, and its ticket stays good; [`Controller::disable`](super::Controller::disable) ends it.
    pub fn wait<G: Signal>(
        &mut self,
        ticket: Ticket,
        signal: &mut G,
        limit: Timeout,
    ) -> Result<B, Failed<B>> {
        let mut patience = Patience::new(limit);
        signal.begin();
        loop {
            if let Some(result) = self.try_take(ticket) {
                return result;
            }
            // ORDER: re-arm before the last look: an interrupt after the look finds it open.
            if signal.rearm().map_err(Failed::Kept)?
                && let Some(result) = self.try_take(ticket)
            {
                return result;
            }
            self.sleep(&mut patience, signal).map_err(Failed::Kept)?;
        }
    }

    /// Sleeps until any command has ended, and says which: the first of those that were not taken.
    /// One that had ended before is found without a look.
    ///
    /// # Errors
    ///
    /// `UnknownTicket` if none is in flight and none waits to be taken; `TimedOut` after `limit`;
    /// `DeviceFault`, `Gone`, and the signal's.
    pub fn wait_any<G: Signal>(&mut self, signal: &mut G, limit: Timeout) -> Result<Ticket, Error> {
        let mut patience = Patience::new(limit);
        signal.begin();
        loop {
            if let Some(ticket) = self.look_for_any()? {
                return Ok(ticket);
            }
            // ORDER: as in `wait`.
            if signal.rearm()?
                && let Some(ticket) = self.look_for_any()?
            {
                return Ok(ticket);
            }
            self.sleep(&mut patience, signal)?;
        }
    }

    fn look_for_any(&mut self) -> Result<Option<Ticket>, Error> {
        if self.next_ended().is_none() {
            if self.in_flight == 0 {
                return Err(Error::new(ErrorKind::UnknownTicket, Operation::Wait, 0));
            }
            self.poll()?;
        }
        Ok(self.next_ended())
    }

    /// Polls until a command has ended, without any interrupt, and takes its buffer.
    ///
    /// # Errors
    ///
    /// As [`IoQueue::wait`].
    pub fn spin<G: Signal>(
        &mut self,
        ticket: Ticket,
        signal: &mut G,
        limit: Timeout,
    ) -> Result<B, Failed<B>> {
        let mut patience = Patience::new(limit);
        loop {
            if let Some(result) = self.try_take(ticket) {
                return result;
            }
            if patience.is_over(signal) {
                return Err(Failed::Kept(self.late()));
            }
            signal.pause();
        }
    }

    /// Sleeps once, unless the time is over.
    fn sleep<G: Signal>(&self, patience: &mut Patience, signal: &mut G) -> Result<(), Error> {
        if patience.was_late || patience.is_over(signal) {
            return Err(self.late());
        }
        let until = patience.until(signal);
        patience.was_late = signal.wait(until)? == Wake::Deadline;
        Ok(())
    }

    /// The time is over; whether the controller is, too.
    fn late(&self) -> Error {
        let status = self.made.queue.registers().reg(map::CSTS).extract();
        let kind = if status.get() == u32::MAX {
            ErrorKind::Gone
        } else if status.is_set(map::CSTS::CFS) {
            ErrorKind::DeviceFault
        } else {
            ErrorKind::TimedOut
        };
        Error::new(kind, Operation::Wait, status.get())
    }

    fn is_over(&self, ticket: Ticket) -> bool {
        self.jobs.get(ticket).is_none_or(|job| job.ended.is_some())
    }

    fn claim(&mut self, ticket: Ticket) -> Result<B, Failed<B>> {
        let unknown = Failed::NoSuchJob(Error::new(ErrorKind::UnknownTicket, Operation::Wait, 0));
        // A flush has no buffer to be taken.
        if self.jobs.get(ticket).is_none_or(|job| job.buffer.is_none()) {
            return Err(unknown);
        }
        match self.remove(ticket) {
            Some((Some(buffer), Ok(()))) => Ok(buffer),
            Some((Some(buffer), Err(error))) => Err(Failed::Returned(Refused::new(buffer, error))),
            _ => Err(unknown),
        }
    }

    pub(super) fn controller(&self) -> u32 {
        self.made.controller
    }

    pub(super) fn life(&self) -> u32 {
        self.made.life
    }

    pub(super) fn number(&self) -> u32 {
        u32::try_from(self.made.queue.number()).unwrap_or(u32::MAX)
    }

    /// Gives every buffer back. The controller has forgotten the queue.
    pub(super) fn finish(mut self, mut each: impl FnMut(Result<B, Refused<B>>)) {
        let aborted = Error::new(ErrorKind::Aborted, Operation::Stop, 0);
        for slot in 0..u16::try_from(N).unwrap_or(u16::MAX) {
            let Some(ticket) = self.jobs.ticket_at(slot) else { continue };
            let Some(job) = self.jobs.take(ticket) else { continue };
            let Some(mut buffer) = job.buffer else { continue };
            let result = if let Some(ended) = job.ended {
                ended.result
            } else {
                let whole = 0..buffer.length();
                buffer.sync(whole, To::Cpu, job.direction);
                Err(aborted)
            };
            each(match result {
                Ok(()) => Ok(buffer),
                Err(error) => Err(Refused::new(buffer, error)),
            });
        }
        drop(ManuallyDrop::into_inner(self.made));
    }
}

impl<S, R: Region, B: DmaBuffer, const N: usize> fmt::Debug for IoQueue<S, R, B, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IoQueue")
            .field("namespace", &self.made.namespace)
            .field("in_flight", &self.in_flight)
            .field("capacity", &N)
            .finish_non_exhaustive()
    }
}
