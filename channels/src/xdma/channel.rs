//! One channel with ring memory: lists of descriptors, as the engine drives it.
//!
//! What was pushed becomes a list with an end, which the hardware runs through by itself. A list
//! that runs is never added to, since nobody knows whether the hardware has already seen its end:
//! what is kicked meanwhile waits, and is started by the `poll` that sees the end.

use core::fmt;

use dma_core::{
    Access, Buffer, Channel, DomainId, Error, ErrorKind, Limits, Operation, Refused, Region,
    Segment, Shared,
};

use super::part::XdmaPart;
use super::ring::Ring;
use super::word::{LINE, Seen, Word};
use super::{Parts, Setup, WriteBack, XdmaStatus};

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
    /// Descriptors of the list that runs, counted ones included.
    listed: usize,
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
        let refuse = |parts, kind| Err(Refused::new(parts, Error::new(kind, Operation::Open, 0)));
        let (own, wants_word) = match write_back {
            WriteBack::Off => (None, false),
            WriteBack::InRing => (None, true),
            WriteBack::In(memory) => (Some(memory), true),
        };
        let in_ring = wants_word && own.is_none();
        let back = |own: Option<Buffer<R>>| match own {
            Some(memory) => WriteBack::In(memory),
            None if wants_word => WriteBack::InRing,
            None => WriteBack::Off,
        };
        if let Some(kind) = unfit(&part, &ring, own.as_ref()) {
            return refuse((part, ring, back(own)), kind);
        }
        let ring = match Shared::new(ring) {
            Ok(ring) => Ring::new(ring, in_ring).map_err(|(ring, kind)| (ring.into_buffer(), kind)),
            Err(refused) => Err((refused.buffer, refused.error.kind())),
        };
        let ring = match ring {
            Ok(ring) => ring,
            Err((ring, kind)) => return refuse((part, ring, back(own)), kind),
        };
        let word = match own.map(Shared::new) {
            Some(Ok(memory)) => Some(Word::in_own(memory)),
            Some(Err(refused)) => {
                let memory = WriteBack::In(refused.buffer);
                return refuse((part, ring.into_buffer(), memory), refused.error.kind());
            }
            None if wants_word => Some(Word::in_ring(ring.memory())),
            None => None,
        };
        part.configure(setup.interrupts);
        Ok(Self {
            part,
            ring,
            word,
            setup,
            listed: 0,
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
    /// `Busy`, with the channel, if it has segments.
    #[expect(clippy::result_large_err, reason = "a channel that is refused comes back, whole")]
    pub fn into_parts(self) -> Result<Parts<S, R>, Refused<Self>> {
        if !self.ring.is_empty() {
            return Err(Refused::new(self, Error::new(ErrorKind::Busy, Operation::Stop, 0)));
        }
        self.part.configure(false);
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
        self.listed = self.ring.running();
        self.looks = 0;
        let write_back = match &self.word {
            Some(word) => {
                word.clear(self.ring.memory())?;
                word.iova(self.ring.memory())
            }
            None => None,
        };
        // SAFETY: whoever pushed the segments keeps their ranges until they are retired or the
        // ring is cleared; descriptors and word are this channel's own, and published.
        unsafe { self.part.start(first, write_back) };
        Ok(())
    }

    /// How many descriptors of the list that runs were counted.
    fn counted(&self) -> usize {
        self.listed - self.ring.running()
    }

    /// How many descriptors ended since the last look.
    fn look(&mut self) -> Result<usize, Error> {
        match &self.word {
            None => self.look_at_registers(),
            Some(word) => {
                let seen = word.read(self.ring.memory())?;
                self.look_behind(seen)
            }
        }
    }

    fn look_at_registers(&mut self) -> Result<usize, Error> {
        // The status before the count: what ends in between interrupts again.
        let status = self.take_status()?;
        let told = XdmaStatus::DESCRIPTOR_COMPLETED | XdmaStatus::DESCRIPTOR_STOPPED;
        if status.contains(XdmaStatus::BUSY) && !status.intersects(told) {
            return Ok(0);
        }
        let count = self.part.completed()?;
        self.still_ours(status, count)?;
        self.unsettled = status.contains(XdmaStatus::BUSY);
        self.progress(count)
    }

    /// Goes by the write-back word, and by registers where the word is not enough.
    fn look_behind(&mut self, seen: Seen) -> Result<usize, Error> {
        let is_new = seen.error || seen.count as usize != self.counted();
        if !is_new {
            self.looks = self.looks.wrapping_add(1);
            if !self.looks.is_multiple_of(PATROL) {
                return Ok(0);
            }
        } else if seen.count as usize == self.listed && !seen.error && !self.setup.interrupts {
            // The end of the list: nothing more can come, and no interrupt is to be dropped.
            return self.progress(seen.count);
        }
        // The status before the word: what ends in between interrupts again.
        let status = self.take_status()?;
        let Some(word) = &self.word else { return Ok(0) };
        let seen = word.read(self.ring.memory())?;
        self.still_ours(status, seen.count)?;
        self.progress(seen.count)
    }

    /// Reads the status, once, and makes an error of it if it is one.
    fn take_status(&mut self) -> Result<XdmaStatus, Error> {
        let status = self.part.take_status(Operation::Transfer)?;
        if status.is_error() {
            return Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, status.bits()));
        }
        Ok(status)
    }

    /// An idle engine in the middle of a list was reset behind the driver's back, unless it has
    /// only just been started.
    fn still_ours(&self, status: XdmaStatus, count: u32) -> Result<(), Error> {
        let at_rest = !status.contains(XdmaStatus::BUSY) && count as usize != self.listed;
        if at_rest && !self.part.is_running()? {
            return Err(Error::new(ErrorKind::WasReset, Operation::Transfer, 0));
        }
        Ok(())
    }

    /// What a count of completed descriptors means for those that run.
    fn progress(&self, count: u32) -> Result<usize, Error> {
        let counted = self.counted();
        match usize::try_from(count) {
            Ok(count) if (counted..=self.listed).contains(&count) => Ok(count - counted),
            // More than there are, or fewer than before.
            _ => Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, count)),
        }
    }

    /// Forgets everything pushed. The hardware is quiet.
    fn clear(&mut self) {
        self.ring.clear();
        self.listed = 0;
        self.unsettled = false;
        self.deferred = false;
        self.fault = None;
    }
}

/// Why this memory cannot serve this channel, as far as buffers tell.
fn unfit<S: Access<u32>, R: Region>(
    part: &XdmaPart<S>,
    ring: &Buffer<R>,
    word: Option<&Buffer<R>>,
) -> Option<ErrorKind> {
    use dma_core::DmaBuffer;
    let mask = part.built().mask;
    for memory in [Some(ring), word].into_iter().flatten() {
        let (iova, run) = memory.run(0, memory.len());
        if memory.domain() != part.domain() {
            return Some(ErrorKind::OtherDomain);
        }
        if run < memory.len() {
            return Some(ErrorKind::Scattered);
        }
        if !mask.reaches(iova, run) {
            return Some(ErrorKind::OutOfReach);
        }
        // Whole lines, if the device writes to one of the two: they share none then, nor does
        // anybody else's memory with them.
        if word.is_some() && !(iova.get() | run as u64).is_multiple_of(LINE as u64) {
            return Some(ErrorKind::Misaligned);
        }
    }
    word.filter(|word| word.is_empty()).map(|_| ErrorKind::TooShort)
}

// SAFETY:
// 1. The engine masters the bus only between the doorbell in `start` and its busy bit being clear,
//    for the descriptors of one list, which ends with a stop bit, and for the write-back word;
//    both are memory that this value owns.
// 2. A segment is counted when the engine's own count, in its register or written back after the
//    segment's data, has passed it. `stop` says `Ok` when the engine reads idle.
// 3. `domain` is that of the registers; `unfit` compared ring and word with it.
// 4. The ring and the word's memory are fields: leaked with the channel, kept as long as it lives.
// 5. `start` writes every address that the engine uses before each doorbell; `stop` goes by the
//    busy bit alone, and `still_ours` asks the run bit.
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
        if self.ring.running() > 0 {
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
            self.looks = 0;
        }
        if self.ring.running() == 0 && self.deferred {
            self.deferred = false;
            self.start();
        }
        Ok(ended)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        if self.ring.running() > 0 || self.fault.is_some() {
            self.part.stop(self.setup.patience, Operation::Quiesce)?;
        }
        self.clear();
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.part.stop(self.setup.patience, Operation::Recover)?;
        self.part.configure(self.setup.interrupts);
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
