//! One channel with ring memory: lists of descriptors, as the engine drives it.
//!
//! Fed by lists, what was pushed becomes a list with an end, which the hardware runs through by
//! itself. A list that runs is never added to, since nobody knows whether the hardware has already
//! seen its end: what is kicked meanwhile waits, and is started by the `poll` that sees the end.
//!
//! Fed by credits, the ring is one list without an end, and the hardware fetches only as many
//! descriptors as it has credits: a kick grants more, whatever runs.

use core::fmt;

use dma_core::{
    Access, Buffer, Channel, DomainId, Error, ErrorKind, Limits, Operation, Refused, Region,
    Segment,
};

use super::count::Count;
use super::memory::{self, Memory};
use super::part::XdmaPart;
use super::ring::Ring;
use super::word::{Seen, Word};
use super::{Feeding, Parts, Setup, WriteBack, XdmaStatus};

/// The longest segment. A descriptor can say one byte less than twice this; so the rest of a job
/// begins as aligned as the job does.
const MAX_SEGMENT: usize = 1 << 27;

/// In so many looks at the write-back word, one also reads the status: a card that vanished
/// writes no word.
const PATROL: u32 = 64;

/// A channel of the subsystem with its ring.
pub struct XdmaChannel<S, R: Region> {
    part: XdmaPart<S>,
    ring: Ring<R>,
    word: Option<Word<R>>,
    setup: Setup,
    /// How far the hardware's count was followed.
    count: Count,
    /// Fed by credits, and the hardware goes round the ring.
    goes_round: bool,
    /// Looks at the word that found nothing new, in a row.
    looks: u32,
    /// The hardware was seen busy with a list whose descriptors are all counted.
    unsettled: bool,
    /// `kick` was called while a list ran.
    deferred: bool,
    /// Seen and not yet ended by `quiesce`.
    fault: Option<Error>,
}

impl<S: Access<u32>, R: Region> XdmaChannel<S, R> {
    pub(super) fn new(
        part: XdmaPart<S>,
        ring: Buffer<R>,
        write_back: WriteBack<R>,
        setup: Setup,
    ) -> Result<Self, Refused<Parts<S, R>>> {
        let (part, Memory { ring, word }) = memory::fit(part, ring, write_back, &setup)?;
        let count = if word.is_some() { Count::of_word() } else { Count::of_register() };
        part.configure(&setup);
        Ok(Self {
            part,
            ring,
            word,
            setup,
            count,
            goes_round: false,
            looks: 0,
            unsettled: false,
            deferred: false,
            fault: None,
        })
    }

    /// Takes it apart: its part of the subsystem, its ring, and where it wrote back to.
    ///
    /// # Errors
    ///
    /// With the channel: `Busy` if it has segments; what [`Channel::quiesce`] says.
    #[expect(clippy::result_large_err, reason = "a channel that is refused comes back, whole")]
    pub fn into_parts(mut self) -> Result<Parts<S, R>, Refused<Self>> {
        let quiet = if self.ring.is_empty() {
            self.quiesce()
        } else {
            Err(Error::new(ErrorKind::Busy, Operation::Stop, 0))
        };
        if let Err(error) = quiet {
            return Err(Refused::new(self, error));
        }
        self.part.configure(&self.setup.without_interrupts());
        let write_back = match self.word.map(Word::into_own) {
            None => WriteBack::Off,
            Some(None) => WriteBack::InRing,
            Some(Some(memory)) => WriteBack::In(memory),
        };
        Ok((self.part, self.ring.into_buffer(), write_back))
    }

    /// The part of the subsystem that it is.
    #[must_use]
    pub const fn part(&self) -> &XdmaPart<S> {
        &self.part
    }

    /// Starts the hardware on what is pending, if anything is, with one doorbell.
    fn start(&mut self) {
        let started = self.try_start();
        if let Err(error) = started {
            self.fault.get_or_insert(error);
        }
    }

    fn try_start(&mut self) -> Result<(), Error> {
        if core::mem::take(&mut self.unsettled) {
            self.part.settle(self.setup.patience, Operation::Transfer)?;
        }
        let Some(first) = self.ring.start()? else { return Ok(()) };
        self.looks = 0;
        if self.goes_round {
            // SAFETY: whoever pushed the segments keeps their ranges until they are retired or the
            // ring is cleared; their descriptors are this channel's own, and published.
            unsafe { self.part.grant(first.count) };
            return Ok(());
        }
        self.count = self.count.restarted();
        let word = match &self.word {
            Some(word) => {
                word.clear(self.ring.memory())?;
                word.iova(self.ring.memory())
            }
            None => None,
        };
        match self.setup.feeding {
            // SAFETY: as above, and for the word.
            Feeding::Lists => unsafe { self.part.start(first, word) },
            Feeding::Credits => {
                self.goes_round = true;
                // SAFETY: as above, and for the word. What is granted later is, too.
                unsafe { self.part.go_round(first, word) };
            }
        }
        Ok(())
    }

    /// How many descriptors ended since the last look.
    fn look(&mut self) -> Result<usize, Error> {
        let Some(word) = &self.word else { return self.look_at_registers() };
        let seen = word.read(self.ring.memory())?;
        if self.count.ahead(seen.count) == 0 && !seen.error {
            self.looks = self.looks.wrapping_add(1);
            if !self.looks.is_multiple_of(PATROL) {
                return Ok(0);
            }
        } else if !seen.error && !self.setup.interrupts {
            // No interrupt is to be dropped: the word is enough.
            return self.progress(seen);
        }
        // The status before the word: what ends in between interrupts again. Its status is taken,
        // too, or its line stays up and what ends next raises none. No more can end than runs.
        let mut before = seen;
        for _ in 0..=self.ring.running() {
            let status = self.take_status()?;
            let seen = word_of(self.word.as_ref(), &self.ring)?;
            if seen == before {
                self.still_ours(status, seen)?;
                return self.progress(seen);
            }
            before = seen;
        }
        Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, before.count))
    }

    fn look_at_registers(&mut self) -> Result<usize, Error> {
        // The status before the count: what ends in between interrupts again.
        let status = self.take_status()?;
        let told = XdmaStatus::DESCRIPTOR_COMPLETED | XdmaStatus::DESCRIPTOR_STOPPED;
        let busy = status.contains(XdmaStatus::BUSY);
        if busy && !status.intersects(told) {
            return Ok(0);
        }
        let seen = Seen { count: self.part.completed()?, error: false };
        self.still_ours(status, seen)?;
        self.unsettled = busy && self.setup.feeding == Feeding::Lists;
        let ended = self.progress(seen)?;
        // Those that the status was not of raised the line again; with none left to run, nobody
        // would drop it, and what is granted next raised none.
        let more = ended > usize::from(status.intersects(told));
        if more && self.goes_round && ended == self.ring.running() && self.setup.interrupts {
            self.take_status()?;
        }
        Ok(ended)
    }

    /// Reads the status, once, and makes an error of it if it is one.
    fn take_status(&mut self) -> Result<XdmaStatus, Error> {
        let status = self.part.take_status(Operation::Transfer)?;
        if status.is_error() {
            return Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, status.bits()));
        }
        Ok(status)
    }

    /// An idle engine that has not ended its list was reset behind the driver's back, unless it
    /// has only just been started.
    fn still_ours(&self, status: XdmaStatus, seen: Seen) -> Result<(), Error> {
        let at_its_end = !self.goes_round && self.count.ahead(seen.count) == self.ring.running();
        let at_rest = !status.contains(XdmaStatus::BUSY) && !at_its_end;
        if at_rest && !self.part.is_running()? {
            return Err(Error::new(ErrorKind::WasReset, Operation::Transfer, 0));
        }
        Ok(())
    }

    /// What a count of completed descriptors means for those that run.
    fn progress(&self, seen: Seen) -> Result<usize, Error> {
        let ended = self.count.ahead(seen.count);
        if ended <= self.ring.running() {
            Ok(ended)
        } else {
            // More than there are, or fewer than before.
            Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, seen.count))
        }
    }

    /// Forgets everything pushed. The hardware is quiet.
    fn clear(&mut self) {
        self.ring.clear();
        self.goes_round = false;
        self.unsettled = false;
        self.deferred = false;
        self.fault = None;
    }
}

/// Looks at the word, which is there.
fn word_of<R: Region>(word: Option<&Word<R>>, ring: &Ring<R>) -> Result<Seen, Error> {
    word.ok_or(super::outside())?.read(ring.memory())
}

// SAFETY:
// 1. The engine masters the bus only between the doorbell in `try_start` and its busy bit being
//    clear, for the descriptors of one list, which ends with a stop bit, or for as many as it was
//    granted, and for the write-back word; all are memory that this value owns.
// 2. A segment is counted when the engine's own count, in its register or written back after the
//    segment's data, has passed it. `stop` says `Ok` when the engine reads idle.
// 3. `domain` is that of the registers; `unfit` compared ring and word with it.
// 4. The ring and the word's memory are fields: leaked with the channel, kept as long as it lives.
// 5. Every address that the engine uses is written before each doorbell that starts it; a grant of
//    credits starts none, and one that a reset has stopped does nothing with them. `stop` goes by
//    the busy bit alone, and `still_ours` asks the run bit.
unsafe impl<S: Access<u32>, R: Region> Channel for XdmaChannel<S, R> {
    fn limits(&self) -> Limits {
        let built = self.part.built();
        Limits {
            mask: built.mask,
            max_segment: MAX_SEGMENT,
            alignment: built.alignment,
            boundary: 0,
            device_window: self.setup.window,
            directions: self.part.direction().set(),
            depth: self.ring.depth(),
        }
    }

    fn domain(&self) -> DomainId {
        self.part.domain()
    }

    fn room(&self) -> usize {
        self.ring.room()
    }

    unsafe fn push(&mut self, segment: Segment) {
        // SAFETY: the caller keeps the host range until it is counted, which is when it is
        // retired, or until the channel is quiet, which is when the ring is cleared.
        if let Err(error) = unsafe { self.ring.push(segment) } {
            self.fault.get_or_insert(error);
        }
    }

    fn kick(&mut self) {
        if self.ring.running() > 0 && !self.goes_round {
            self.deferred = true;
        } else if self.fault.is_none() {
            self.start();
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.ring.running() == 0 {
            return Ok(0);
        }
        let ended = self.look().inspect_err(|error| self.fault = Some(*error))?;
        if ended > 0 {
            // ORDER: the count said "completed"; only now may anybody look at the data.
            self.part.acquire();
            self.ring.retire(ended);
            self.count.follow(ended);
            self.looks = 0;
        }
        if self.ring.running() == 0 && self.deferred {
            self.deferred = false;
            self.start();
        }
        Ok(ended)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        if self.ring.running() > 0 || self.goes_round || self.fault.is_some() {
            self.part.stop(self.setup.patience, Operation::Quiesce)?;
        }
        self.clear();
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.part.stop(self.setup.patience, Operation::Recover)?;
        self.part.configure(&self.setup);
        self.clear();
        Ok(())
    }
}

impl<S, R: Region> fmt::Debug for XdmaChannel<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XdmaChannel")
            .field("part", &self.part)
            .field("depth", &self.ring.depth())
            .field("running", &self.ring.running())
            .field("write_back", &self.word.is_some())
            .finish_non_exhaustive()
    }
}
