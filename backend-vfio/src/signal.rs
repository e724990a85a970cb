//! Clock and interrupt of an engine: asleep in the kernel until an eventfd counts.
#![forbid(unsafe_code)]

use core::fmt;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::task::{Context, Poll};

use dma_core::{Epoch, Error, Operation, Signal, Wake};
use rustix::event::{PollFd, PollFlags, Timespec, epoll, poll};
use rustix::io::{Errno, Result};
use rustix::time::{ClockId, clock_gettime};

use crate::device::Opened;
use crate::error::os;
use crate::interrupts::{Vector, event, take};
use crate::reactor::Reactor;

/// Without interrupts, the shortest and the longest time between two looks, in nanoseconds.
const NAP: (u64, u64) = (20_000, 1_000_000);

/// The clock that does not go back, in nanoseconds.
pub(crate) fn now() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    let part = |value: i64| u64::try_from(value).unwrap_or(0);
    part(time.tv_sec).saturating_mul(1_000_000_000).saturating_add(part(time.tv_nsec))
}

/// How long to sleep from `now` on; `None` is for ever.
pub(crate) fn until_timeout(until: Option<u64>, now: u64) -> Option<Timespec> {
    let left = until?.saturating_sub(now);
    let part = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    Some(Timespec { tv_sec: part(left / 1_000_000_000), tv_nsec: part(left % 1_000_000_000) })
}

/// One watcher of one interrupt. It sees every interrupt since it was made, whoever else watches.
///
/// # Reactors
///
/// Futures of the engine wake up by themselves, with whatever executor. A program with a reactor
/// of its own may instead wait for the signal as for a file ([`AsFd`]): when it is readable, call
/// [`VfioSignal::take_fired`], then look with the engine's `try_take`, and re-arm.
pub struct VfioSignal {
    opened: Arc<Opened>,
    /// None if the device is polled.
    vector: Option<Arc<Vector>>,
    number: u64,
    /// The count that it saw last.
    seen: u32,
    bell: Arc<OwnedFd>,
    /// Readable when the vector's eventfd, the bell, or the kernel's word on the device is.
    file: Arc<OwnedFd>,
    nap: Nap,
}

/// When a polled device is looked at next.
#[derive(Clone, Copy, Debug, Default)]
struct Nap {
    /// Since when somebody waits.
    since: u64,
    /// The end of the last nap.
    last: u64,
    /// The end of the nap that goes on.
    until: Option<u64>,
}

impl Nap {
    /// The end of the nap that goes on, or of one that begins now: the longer the wait, the
    /// longer the nap. `None` if one is over, which ends it.
    fn sleep(&mut self, now: u64) -> Option<u64> {
        match self.until {
            Some(until) if now >= until => {
                self.until = None;
                None
            }
            Some(until) => Some(until),
            None => {
                if now.saturating_sub(self.last) > NAP.1 {
                    self.since = now;
                }
                let nap = (now.saturating_sub(self.since) / 4).clamp(NAP.0, NAP.1);
                self.last = now.saturating_add(nap);
                self.until = Some(self.last);
                self.until
            }
        }
    }
}

impl VfioSignal {
    pub(crate) fn new(opened: Arc<Opened>, vector: usize) -> core::result::Result<Self, Error> {
        static SIGNALS: AtomicU64 = AtomicU64::new(0);
        let vector = opened.interrupts().take_vector(opened.file(), vector)?;
        let refused = |error| os(Operation::Interrupt, error);
        let number = SIGNALS.fetch_add(1, Relaxed);
        let bell = Arc::new(event().map_err(refused)?);
        let file = epoll::create(epoll::CreateFlags::CLOEXEC).map_err(refused)?;
        let mut watched: Vec<&OwnedFd> = vec![&bell];
        watched.extend(opened.events().all());
        watched.extend(vector.as_deref().map(Vector::event));
        for (event, index) in watched.into_iter().zip(0..) {
            let data = epoll::EventData::new_u64(index);
            epoll::add(&file, event, data, epoll::EventFlags::IN).map_err(refused)?;
        }
        let seen = vector.as_ref().map_or(0, |vector| {
            vector.join(number, Arc::clone(&bell));
            vector.count()
        });
        let file = Arc::new(file);
        Ok(Self { opened, vector, number, seen, bell, file, nap: Nap::default() })
    }

    /// Whether an interrupt came since the last look; empties the file for this signal.
    ///
    /// # Errors
    ///
    /// `Os`.
    pub fn take_fired(&mut self) -> core::result::Result<bool, Error> {
        self.fired().map_err(|error| os(Operation::Interrupt, error))
    }

    /// Holds a line back until the signal is re-armed; `false` where interrupts are messages, or
    /// there are none: there is nothing to hold back then.
    ///
    /// # Errors
    ///
    /// `Os`.
    pub fn mask(&self) -> core::result::Result<bool, Error> {
        let Some(vector) = &self.vector else { return Ok(false) };
        let masked = self.opened.interrupts().mask(self.opened.file(), vector);
        masked.map_err(|error| os(Operation::Interrupt, error))
    }

    fn fired(&mut self) -> Result<bool> {
        let Some(vector) = &self.vector else { return Ok(false) };
        take(&self.bell)?;
        let count = vector.collect(self.number)?;
        Ok(std::mem::replace(&mut self.seen, count) != count)
    }

    /// Why it may go on now, or until when to sleep.
    fn look(&mut self, until: Option<u64>, now: u64) -> core::result::Result<Look, Error> {
        if self.take_fired()? {
            return Ok(Look::Over(Wake::Fired));
        }
        if until.is_some_and(|until| now >= until) {
            return Ok(Look::Over(Wake::Deadline));
        }
        if self.vector.is_some() {
            return Ok(Look::Sleep(until));
        }
        // After each nap a polled device is looked at.
        Ok(match self.nap.sleep(now) {
            None => Look::Over(Wake::Fired),
            Some(nap) => Look::Sleep(Some(until.map_or(nap, |until| until.min(nap)))),
        })
    }
}

/// How waiting stands.
enum Look {
    Over(Wake),
    /// Until then, or for ever.
    Sleep(Option<u64>),
}

impl Signal for VfioSignal {
    #[inline]
    fn now(&self) -> u64 {
        now()
    }

    #[inline]
    fn epoch(&self) -> Epoch {
        self.opened.resets().epoch()
    }

    #[inline]
    fn pause(&mut self) {
        core::hint::spin_loop();
    }

    fn rearm(&mut self) -> core::result::Result<bool, Error> {
        let Some(vector) = &self.vector else { return Ok(false) };
        let refused = |error| os(Operation::Interrupt, error);
        // What fired meanwhile is counted, and ends the wait that follows at once.
        vector.collect(self.number).map_err(refused)?;
        self.opened.interrupts().rearm(self.opened.file(), vector).map_err(refused)
    }

    fn wait(&mut self, until: Option<u64>) -> core::result::Result<Wake, Error> {
        loop {
            let now = now();
            let end = match self.look(until, now)? {
                Look::Over(wake) => return Ok(wake),
                Look::Sleep(end) => end,
            };
            let mut files = [PollFd::new(&self.file, PollFlags::IN)];
            match poll(&mut files, until_timeout(end, now).as_ref()) {
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) => {
                    if self.take_fired()? {
                        return Ok(Wake::Fired);
                    }
                    self.opened.events().look()?;
                }
                Err(error) => return Err(os(Operation::Interrupt, error)),
            }
        }
    }

    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<core::result::Result<Wake, Error>> {
        let end = match self.look(until, now()) {
            Err(error) => return Poll::Ready(Err(error)),
            Ok(Look::Over(wake)) => return Poll::Ready(Ok(wake)),
            Ok(Look::Sleep(end)) => end,
        };
        if let Err(error) = self.opened.events().look() {
            return Poll::Ready(Err(error));
        }
        // The file stays readable until this signal has looked: nothing is lost in between.
        let registered = Reactor::get()
            .and_then(|reactor| reactor.wake(self.number, &self.file, end, context.waker()));
        match registered {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(Err(os(Operation::Interrupt, error))),
        }
    }
}

impl AsFd for VfioSignal {
    /// Readable when an interrupt came that this signal has not seen, or when the kernel has
    /// something to say of the device.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

impl Drop for VfioSignal {
    fn drop(&mut self) {
        if let Some(vector) = &self.vector {
            vector.leave(self.number);
        }
        // Without a reactor nobody was to be woken.
        if let Some(reactor) = Reactor::started() {
            reactor.forget(self.number);
        }
    }
}

impl fmt::Debug for VfioSignal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VfioSignal")
            .field("vector", &self.vector)
            .field("seen", &self.seen)
            .field("epoch", &self.opened.resets().epoch())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Naps begin short and grow with the wait, up to a bound; a new wait begins short again.
    #[test]
    fn naps_grow_with_the_wait() {
        let mut nap = Nap::default();
        let mut time = 1_000_000_000;
        let mut lengths = Vec::new();
        for _ in 0..200 {
            let end = nap.sleep(time).unwrap();
            assert_eq!(nap.sleep(end - 1), Some(end), "it goes on");
            assert_eq!(nap.sleep(end), None, "it is over, once");
            lengths.push(end - time);
            time = end;
        }
        assert!(lengths.is_sorted() && lengths[0] == NAP.0 && lengths[199] == NAP.1);
        let later = time + 50 * NAP.1;
        assert_eq!(nap.sleep(later), Some(later + NAP.0));
    }

    // A deadline that has passed is no wait at all; none is a wait for ever.
    #[test]
    fn timeouts_are_what_is_left() {
        assert_eq!(until_timeout(None, 5), None);
        let passed = until_timeout(Some(4), 5).unwrap();
        assert_eq!((passed.tv_sec, passed.tv_nsec), (0, 0));
        let left = until_timeout(Some(3_500_000_005), 5).unwrap();
        assert_eq!((left.tv_sec, left.tv_nsec), (3, 500_000_000));
        assert!(now() <= now());
    }
}
