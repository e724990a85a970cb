//! One channel with ring memory: a linked list, as the engine drives it.

use core::fmt;

use dma_core::{
    Access, Buffer, Channel, DomainId, Error, ErrorKind, Limits, Operation, Refused, Region,
    Request, Segment, Shared,
};

use super::controller::{Parts, Pl081Part};
use super::list::{ITEM, List};
use super::target::{MASK, Target};

/// A channel of a PL081 with ring memory, and a target that plays the card's memory.
pub struct Pl081Channel<S, R: Region> {
    part: Pl081Part<S>,
    list: List<R>,
    target: Target<R>,
    /// `kick` was called while a chain ran.
    deferred: bool,
    /// Seen and not yet ended by `quiesce`.
    fault: Option<Error>,
}

impl<S, R: Region> Pl081Channel<S, R> {
    /// What to ask a lender for as ring memory of a channel that holds `depth` segments.
    ///
    /// Items are aligned to their size, so that none crosses a kilobyte, as its bus demands.
    pub const fn ring_request(depth: usize) -> Request {
        Request::bytes(depth.saturating_mul(ITEM)).aligned(ITEM).within(MASK).contiguous()
    }

    /// What to ask a lender for as a target of `length` bytes.
    pub const fn target_request(length: usize) -> Request {
        Request::bytes(length).aligned(4).within(MASK).contiguous()
    }
}

impl<S: Access<u32>, R: Region> Pl081Channel<S, R> {
    pub(super) fn new(
        part: Pl081Part<S>,
        ring: Buffer<R>,
        target: Buffer<R>,
    ) -> Result<Self, Refused<Parts<S, R>>> {
        let refuse = |parts, kind| Err(Refused::new(parts, Error::new(kind, Operation::Open, 0)));
        if ring.region().domain() != part.domain() {
            return refuse((part, ring, target), ErrorKind::OtherDomain);
        }
        let target = match Target::new(target, part.domain()) {
            Ok(target) => target,
            Err((target, kind)) => return refuse((part, ring, target), kind),
        };
        let list = match Shared::new(ring) {
            Ok(ring) => List::new(ring).map_err(|(ring, kind)| (ring.into_buffer(), kind)),
            Err(refused) => Err((refused.buffer, refused.error.kind())),
        };
        match list {
            Ok(list) => Ok(Self { part, list, target, deferred: false, fault: None }),
            Err((ring, kind)) => refuse((part, ring, target.into_buffer()), kind),
        }
    }

    /// Takes it apart: its part of the controller, its ring, its target.
    ///
    /// # Errors
    ///
    /// `Busy`, with the channel, if it has segments.
    #[expect(clippy::result_large_err, reason = "a channel that is refused comes back, whole")]
    pub fn into_parts(self) -> Result<Parts<S, R>, Refused<Self>> {
        if self.list.is_empty() {
            Ok((self.part, self.list.into_buffer(), self.target.into_buffer()))
        } else {
            Err(Refused::new(self, Error::new(ErrorKind::Busy, Operation::Stop, 0)))
        }
    }

    /// Starts the channel on what is pending, if anything is, with one doorbell.
    fn start(&mut self) {
        let started = match self.list.start() {
            // SAFETY: whoever pushed the segments keeps their ranges until they are retired; the
            // items are published, and this channel's own.
            Ok(Some(first)) => unsafe { self.part.load(&first) }.map(|()| {
                // SAFETY: the first item was loaded a line ago.
                unsafe { self.part.ring() }
            }),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        self.blame(started);
    }

    /// Remembers the first thing that went wrong.
    fn blame(&mut self, result: Result<(), Error>) {
        if let Err(error) = result {
            self.fault.get_or_insert(error);
        }
    }

    /// How many running items ended.
    fn ended(&self) -> Result<usize, Error> {
        if self.part.is_running()? {
            self.list.ended_before(self.part.next())
        } else {
            Ok(self.list.running())
        }
    }

    /// Forgets everything pushed. The channel is quiet.
    fn clear(&mut self) {
        self.list.clear();
        self.deferred = false;
        self.fault = None;
    }
}

// SAFETY:
// 1. The channel masters the bus only between the doorbell in `start` and its enable bit being
//    clear, for the items of the list and the list itself, which this value owns.
// 2. A segment is counted when the channel has loaded the item after it, which it does after the
//    segment's last write, or when it has ended the list. `stop` says `Ok` when the channel reads
//    disabled and inactive.
// 3. `domain` is that of the registers; `new` compared ring and target with it.
// 4. The ring is a field: leaked with the channel, kept as long as it lives.
unsafe impl<S: Access<u32>, R: Region> Channel for Pl081Channel<S, R> {
    fn limits(&self) -> Limits {
        self.target.limits(self.list.depth())
    }

    fn domain(&self) -> DomainId {
        self.part.domain()
    }

    fn room(&self) -> usize {
        self.list.room()
    }

    unsafe fn push(&mut self, segment: Segment) {
        let pushed = match self.target.item(segment) {
            // SAFETY: the caller keeps the host range until it is counted, which is when it is
            // retired; the target is this channel's own.
            Ok(item) => unsafe { self.list.push(item) },
            Err(error) => Err(error),
        };
        self.blame(pushed);
    }

    fn kick(&mut self) {
        if self.list.running() > 0 {
            self.deferred = true;
        } else if self.fault.is_none() {
            self.start();
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.list.running() == 0 {
            return Ok(0);
        }
        let ended = self.ended().inspect_err(|error| self.fault = Some(*error))?;
        if ended > 0 {
            // ORDER: the registers said "ended"; only now may anybody look at the data.
            self.part.acquire();
            self.list.retire(ended);
        }
        if self.list.running() == 0 && self.deferred {
            self.deferred = false;
            self.start();
        }
        Ok(ended)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        if self.list.running() > 0 {
            self.part.stop(Operation::Quiesce)?;
        }
        self.clear();
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.part.stop(Operation::Recover)?;
        self.part.enable();
        self.clear();
        Ok(())
    }
}

impl<S, R: Region> fmt::Debug for Pl081Channel<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pl081Channel")
            .field("part", &self.part)
            .field("depth", &self.list.depth())
            .field("running", &self.list.running())
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}
