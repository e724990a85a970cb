//! One channel without ring memory: one segment at a time, from registers alone.

use core::fmt;

use dma_core::{
    Access, Buffer, Channel, DomainId, Error, ErrorKind, Limits, Operation, Refused, Region,
    Segment,
};

use super::controller::{Pl081Part, SingleParts};
use super::target::{INTERRUPT, Item, Target};

/// A channel of a PL081 that holds one segment, for where every byte of code counts.
///
/// It needs no ring memory; otherwise it is as [`Pl081Channel`](super::Pl081Channel).
pub struct Pl081Single<S, R: Region> {
    part: Pl081Part<S>,
    target: Target<R>,
    stage: Stage,
}

#[derive(Clone, Copy)]
enum Stage {
    Idle,
    /// In the registers, and not rung for.
    Loaded,
    Running,
    /// Told by `poll` until it is ended by `quiesce`.
    Failed(Error),
}

impl<S: Access<u32>, R: Region> Pl081Single<S, R> {
    pub(super) fn new(
        part: Pl081Part<S>,
        target: Buffer<R>,
    ) -> Result<Self, Refused<SingleParts<S, R>>> {
        match Target::new(target, part.domain()) {
            Ok(target) => Ok(Self { part, target, stage: Stage::Idle }),
            Err((target, kind)) => {
                Err(Refused::new((part, target), Error::new(kind, Operation::Open, 0)))
            }
        }
    }

    /// Takes it apart: its part of the controller, and its target.
    ///
    /// # Errors
    ///
    /// `Busy`, with the channel, if it has a segment.
    pub fn into_parts(self) -> Result<SingleParts<S, R>, Refused<Self>> {
        match self.stage {
            Stage::Idle => Ok((self.part, self.target.into_buffer())),
            _ => Err(Refused::new(self, Error::new(ErrorKind::Busy, Operation::Stop, 0))),
        }
    }
}

// SAFETY:
// 1. The channel masters the bus only between the doorbell in `kick` and its enable bit being
//    clear, for the one item in its registers, and no list.
// 2. The segment is counted when the channel is off and had no error. `quiesce` says `Ok` when the
//    channel reads disabled and inactive, or if the doorbell was not rung.
// 3. `domain` is that of the registers; `new` compared the target with it. There is no ring.
unsafe impl<S: Access<u32>, R: Region> Channel for Pl081Single<S, R> {
    fn limits(&self) -> Limits {
        self.target.limits(1)
    }

    fn domain(&self) -> DomainId {
        self.part.domain()
    }

    fn room(&self) -> usize {
        usize::from(matches!(self.stage, Stage::Idle))
    }

    unsafe fn push(&mut self, segment: Segment) {
        let loaded = self.target.item(segment).and_then(|item| {
            let item = Item { control: item.control | INTERRUPT, ..item };
            // SAFETY: the caller keeps the range until it is counted; the target is this
            // channel's own. The channel is off: there was room.
            unsafe { self.part.load(&item) }
        });
        self.stage = match loaded {
            Ok(()) => Stage::Loaded,
            Err(error) => Stage::Failed(error),
        };
    }

    fn kick(&mut self) {
        if matches!(self.stage, Stage::Loaded) {
            self.stage = Stage::Running;
            // If a reset took it, `poll` finds the channel off and not armed, and says so.
            if self.part.is_loaded() {
                // SAFETY: the segment's item is in the registers, as they say themselves.
                unsafe { self.part.ring() };
            }
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        match self.stage {
            Stage::Idle | Stage::Loaded => Ok(0),
            Stage::Failed(error) => Err(error),
            Stage::Running => match self.part.is_running() {
                Ok(true) => Ok(0),
                Ok(false) => {
                    // ORDER: the registers said "ended"; only now may anybody look at the data.
                    self.part.acquire();
                    self.stage = Stage::Idle;
                    Ok(1)
                }
                Err(error) => {
                    self.stage = Stage::Failed(error);
                    Err(error)
                }
            },
        }
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        if matches!(self.stage, Stage::Running | Stage::Failed(_)) {
            self.part.stop(Operation::Quiesce)?;
        }
        self.stage = Stage::Idle;
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.part.stop(Operation::Recover)?;
        self.part.enable();
        self.stage = Stage::Idle;
        Ok(())
    }
}

impl<S, R: Region> fmt::Debug for Pl081Single<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pl081Single")
            .field("part", &self.part)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}
