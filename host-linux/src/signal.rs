//! Clock and interrupt of an engine: asleep until a file tells of an interrupt.
//!
//! The one signal of all Linux roads. What differs, which file tells and how a line is let through
//! again, is behind [`Interrupting`].
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

use crate::clock::{now, time_before, until_timeout};
use crate::error::os;
use crate::eventfd::{event, take};
use crate::nap::Nap;
use crate::reactor::Reactor;
use crate::vector::Vector;

/// What a vector's file is called among those that are watched.
const VECTOR: u64 = u64::MAX;
/// The longest sleep at a time, in seconds.
const LONGEST: i64 = 1_000_000;

/// A device whose interrupts are told of by files, as its signals see it. For backends.
pub trait Interrupting: fmt::Debug + Send + Sync + 'static {
    /// The device and its resets so far.
    fn epoch(&self) -> Epoch;

    /// Files that are readable when the kernel has something to say of the device.
    fn events(&self) -> impl Iterator<Item = &OwnedFd> {
        core::iter::empty()
    }

    /// What those files have said, as the error of who waits.
    ///
    /// # Errors
    ///
    /// `Gone`, `DeviceFault`; `Os`.
    fn look(&self) -> core::result::Result<(), Error> {
        Ok(())
    }

    /// Whether interrupts come by a line, which is masked as it fires. Messages are never held back,
    /// and need no call of the kernel between two waits.
    fn is_line(&self) -> bool {
        true
    }

    /// Lets the next interrupt of a line through; `true` if it was held back.
    ///
    /// # Errors
    ///
    /// The system refuses.
    fn rearm(&self, vector: &Vector) -> Result<bool>;

    /// Holds interrupts of a line back until it is re-armed; `false` where that cannot be.
    ///
    /// # Errors
    ///
    /// The system refuses.
    fn mask(&self, vector: &Vector) -> Result<bool>;
}

/// One watcher of one interrupt. It sees every interrupt since it was made, whoever else watches.
///
/// # Reactors
///
/// Futures of the engine wake up by themselves, with whatever executor. A program with a reactor
/// of its own may instead wait for the signal as for a file ([`AsFd`]): when it is readable, call
/// [`FileSignal::take_fired`], then look with the engine's `try_take`, and re-arm.
pub struct FileSignal<D: Interrupting> {
    device: Arc<D>,
    /// None if the device is polled.
    vector: Option<Arc<Vector>>,
    number: u64,
    /// The count that it saw last.
    seen: u32,
    bell: Arc<OwnedFd>,
    /// Readable when the vector's file, the bell, or the kernel's word on the device is.
    file: Arc<OwnedFd>,
    /// The same without the vector's file, which is looked at by itself.
    rest: OwnedFd,
    /// Of messages: tells of each once, in the call that sleeps. A line's file is to be emptied, to
    /// know that the line was masked, and a second call costs little beside the one that lets it
    /// through.
    told: Option<OwnedFd>,
    nap: Nap,
}

impl<D: Interrupting> FileSignal<D> {
    /// Of a vector, or of a device that is polled. For backends.
    ///
    /// # Errors
    ///
    /// `Os`.
    pub fn new(device: Arc<D>, vector: Option<Arc<Vector>>) -> core::result::Result<Self, Error> {
        static SIGNALS: AtomicU64 = AtomicU64::new(0);
        let refused = |error| os(Operation::Interrupt, error);
        let number = SIGNALS.fetch_add(1, Relaxed);
        let bell = Arc::new(event().map_err(refused)?);
        let mut watched: Vec<&OwnedFd> = vec![&bell];
        watched.extend(device.events());
        let rest = any_of(&watched).map_err(refused)?;
        let messages = vector.as_deref().filter(|_| !device.is_line());
        let told = messages.map(|vector| told(&watched, vector.file())).transpose();
        let told = told.map_err(refused)?;
        watched.extend(vector.as_deref().map(|vector| &**vector.file()));
        let file = any_of(&watched).map_err(refused)?;
        let seen = vector.as_ref().map_or(0, |vector| {
            vector.join(number, Arc::clone(&bell));
            vector.count()
        });
        let file = Arc::new(file);
        let nap = Nap::default();
        Ok(Self { device, vector, number, seen, bell, file, rest, told, nap })
    }

    /// Whether an interrupt came since the last look; empties the file for this signal.
    ///
    /// # Errors
    ///
    /// `Os`; `Gone`.
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
        self.device.mask(vector).map_err(|error| os(Operation::Interrupt, error))
    }

    fn fired(&mut self) -> Result<bool> {
        let Some(vector) = &self.vector else { return Ok(false) };
        take(&self.bell)?;
        let count = vector.collect(self.number)?;
        Ok(std::mem::replace(&mut self.seen, count) != count)
    }

    /// Until when to sleep, or for ever; an error is why not to: a polled device is to be looked at.
    fn end(&mut self, until: Option<u64>, now: u64) -> core::result::Result<Option<u64>, Wake> {
        if until.is_some_and(|until| now >= until) {
            // What is there already is still found.
            return Ok(Some(now));
        }
        if self.vector.is_some() {
            return Ok(until);
        }
        // After each nap a polled device is looked at.
        let nap = self.nap.sleep(now).ok_or(Wake::Fired)?;
        Ok(Some(until.map_or(nap, |until| until.min(nap))))
    }

    /// Whether somebody has counted what this signal has not seen; that needs no call of the kernel.
    fn is_counted(&mut self) -> bool {
        let count = self.vector.as_ref().map_or(self.seen, |vector| vector.count());
        std::mem::replace(&mut self.seen, count) != count
    }

    /// As [`Self::doze`], of messages in one call: what their file has counted stays there for those
    /// who take it.
    fn sleep(&mut self, timeout: Option<&Timespec>) -> core::result::Result<bool, Error> {
        let refused = |error| os(Operation::Interrupt, error);
        if self.told.is_none() {
            return self.doze(timeout);
        }
        if self.is_counted() {
            return Ok(true);
        }
        let Some(told) = &self.told else { return Ok(false) };
        // Longer sleeps older kernels do not know; who wakes up too early sleeps again.
        let timeout = timeout.map(|it| Timespec { tv_sec: it.tv_sec.min(LONGEST), ..*it });
        let none = epoll::Event {
            flags: epoll::EventFlags::empty(),
            data: epoll::EventData::new_u64(VECTOR),
        };
        let mut events = [none; 4];
        let count = match epoll::wait(told, &mut events, timeout.as_ref()) {
            Ok(count) => count,
            Err(Errno::INTR) => 0,
            Err(error) => return Err(refused(error)),
        };
        let is_vector = |event: &epoll::Event| {
            let data = event.data;
            data.u64() == VECTOR
        };
        let events = &events[..count];
        let mut fired = events.iter().any(is_vector);
        if !events.iter().all(is_vector) {
            take(&self.bell).map_err(refused)?;
            fired |= self.is_counted();
            if !fired {
                self.device.look()?;
            }
        }
        Ok(fired)
    }

    /// Sleeps until something is readable or the time is over, and takes what there is: whether an
    /// interrupt came that this signal has not seen.
    fn doze(&mut self, timeout: Option<&Timespec>) -> core::result::Result<bool, Error> {
        let refused = |error| os(Operation::Interrupt, error);
        if self.is_counted() {
            return Ok(true);
        }
        let event = self.vector.as_deref().map(|vector| &**vector.file());
        let mut files =
            [&self.rest, event.unwrap_or(&self.rest)].map(|file| PollFd::new(file, PollFlags::IN));
        let count = 1 + usize::from(event.is_some());
        let readable = match poll(&mut files[..count], timeout) {
            Ok(readable) => readable,
            Err(Errno::INTR) => 0,
            Err(error) => return Err(refused(error)),
        };
        if readable == 0 {
            return Ok(false);
        }
        let [rest, event] = files.map(|file| !file.revents().is_empty());
        if rest {
            take(&self.bell).map_err(refused)?;
        }
        if let Some(vector) = &self.vector {
            let collected = if event { vector.collect(self.number) } else { Ok(vector.count()) };
            let count = collected.map_err(refused)?;
            if std::mem::replace(&mut self.seen, count) != count {
                return Ok(true);
            }
        }
        if rest {
            self.device.look()?;
        }
        Ok(false)
    }
}

/// A file that is readable when any of these is.
fn any_of(watched: &[&OwnedFd]) -> Result<OwnedFd> {
    let file = epoll::create(epoll::CreateFlags::CLOEXEC)?;
    for (event, index) in watched.iter().zip(0..) {
        epoll::add(&file, event, epoll::EventData::new_u64(index), epoll::EventFlags::IN)?;
    }
    Ok(file)
}

/// A file that tells of what these have until it is taken, and of a vector's interrupts once each.
fn told(watched: &[&OwnedFd], vector: &OwnedFd) -> Result<OwnedFd> {
    let file = any_of(watched)?;
    let once = epoll::EventFlags::IN | epoll::EventFlags::ET;
    epoll::add(&file, vector, epoll::EventData::new_u64(VECTOR), once)?;
    Ok(file)
}

impl<D: Interrupting> Signal for FileSignal<D> {
    #[inline]
    fn now(&self) -> u64 {
        now()
    }

    #[inline]
    fn epoch(&self) -> Epoch {
        self.device.epoch()
    }

    #[inline]
    fn pause(&mut self) {
        core::hint::spin_loop();
    }

    fn rearm(&mut self) -> core::result::Result<bool, Error> {
        let Some(vector) = &self.vector else { return Ok(false) };
        if !self.device.is_line() {
            return Ok(false);
        }
        let refused = |error| os(Operation::Interrupt, error);
        // What fired meanwhile is counted, and ends the wait that follows at once.
        vector.collect(self.number).map_err(refused)?;
        self.device.rearm(vector).map_err(refused)
    }

    fn wait(&mut self, until: Option<u64>) -> core::result::Result<Wake, Error> {
        loop {
            let now = if self.vector.is_some() { time_before(until) } else { now() };
            let end = match self.end(until, now) {
                Ok(end) => end,
                Err(wake) => return Ok(wake),
            };
            if self.sleep(until_timeout(end, now).as_ref())? {
                return Ok(Wake::Fired);
            }
            if until.is_some_and(|until| now >= until) {
                return Ok(Wake::Deadline);
            }
        }
    }

    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<core::result::Result<Wake, Error>> {
        let now = now();
        match self.doze(until_timeout(Some(now), now).as_ref()) {
            Err(error) => return Poll::Ready(Err(error)),
            Ok(true) => return Poll::Ready(Ok(Wake::Fired)),
            Ok(false) if until.is_some_and(|until| now >= until) => {
                return Poll::Ready(Ok(Wake::Deadline));
            }
            Ok(false) => {}
        }
        let end = match self.end(until, now) {
            Ok(end) => end,
            Err(wake) => return Poll::Ready(Ok(wake)),
        };
        // The file stays readable until this signal has looked: nothing is lost in between.
        let registered = Reactor::get()
            .and_then(|reactor| reactor.wake(self.number, &self.file, end, context.waker()));
        match registered {
            Ok(()) => Poll::Pending,
            Err(error) => Poll::Ready(Err(os(Operation::Interrupt, error))),
        }
    }
}

impl<D: Interrupting> AsFd for FileSignal<D> {
    /// Readable when an interrupt came that this signal has not seen, or when the kernel has
    /// something to say of the device.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

impl<D: Interrupting> Drop for FileSignal<D> {
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

impl<D: Interrupting> fmt::Debug for FileSignal<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileSignal")
            .field("vector", &self.vector)
            .field("seen", &self.seen)
            .field("epoch", &self.device.epoch())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use rustix::fs::{OFlags, fcntl_setfl};

    use super::*;
    use crate::eventfd::ring;
    use crate::vector::Telling;

    /// A device that is never reset and whose line is let through by being asked.
    #[derive(Debug)]
    struct Line(Epoch);

    impl Interrupting for Line {
        fn epoch(&self) -> Epoch {
            self.0
        }

        fn rearm(&self, vector: &Vector) -> Result<bool> {
            Ok(vector.take_masked())
        }

        fn mask(&self, vector: &Vector) -> Result<bool> {
            vector.set_masked();
            Ok(true)
        }
    }

    // Two signals of one line both see an interrupt that a node of UIO tells of once; re-arming
    // asks for one more look only if the line was held back.
    #[test]
    fn line_is_seen_by_both_and_rearmed_once() {
        let (reader, writer) = std::io::pipe().unwrap();
        fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
        let vector = Arc::new(Vector::new(0, Arc::new(reader.into()), Telling::InAll));
        let device = Arc::new(Line(Epoch::first()));
        let signal = || FileSignal::new(Arc::clone(&device), Some(Arc::clone(&vector))).unwrap();
        let (mut one, mut other) = (signal(), signal());
        assert_eq!(one.wait(Some(now())).unwrap(), Wake::Deadline);
        rustix::io::write(&writer, &1_u32.to_ne_bytes()).unwrap();
        assert_eq!(one.wait(None).unwrap(), Wake::Fired);
        assert_eq!(other.wait(None).unwrap(), Wake::Fired);
        assert!(one.rearm().unwrap() && !other.rearm().unwrap());
        assert!(one.mask().unwrap() && one.rearm().unwrap());
    }

    /// A device whose interrupts are messages.
    #[derive(Debug)]
    struct Messages(Line);

    impl Interrupting for Messages {
        fn epoch(&self) -> Epoch {
            self.0.epoch()
        }

        fn is_line(&self) -> bool {
            false
        }

        fn rearm(&self, _: &Vector) -> Result<bool> {
            Ok(false)
        }

        fn mask(&self, _: &Vector) -> Result<bool> {
            Ok(false)
        }
    }

    // Each of two signals that sleep is told of each message once, and without emptying its file: what
    // came stays counted there, and whoever takes it wakes the others at most once more.
    #[test]
    fn message_is_told_once_to_each_who_sleeps() {
        let file = Arc::new(event().unwrap());
        let vector = Arc::new(Vector::new(0, Arc::clone(&file), Telling::Since));
        let device = Arc::new(Messages(Line(Epoch::first())));
        let signal = || FileSignal::new(Arc::clone(&device), Some(Arc::clone(&vector))).unwrap();
        let (mut one, mut other) = (signal(), signal());
        let over = |signal: &mut FileSignal<Messages>| signal.wait(Some(now())).unwrap();
        assert_eq!(over(&mut one), Wake::Deadline);
        for _ in 0..3 {
            ring(&*file).unwrap();
            assert_eq!(one.wait(None).unwrap(), Wake::Fired);
            assert_eq!(other.wait(None).unwrap(), Wake::Fired);
            assert_eq!((over(&mut one), over(&mut other)), (Wake::Deadline, Wake::Deadline));
        }
        assert!(other.take_fired().unwrap(), "three are counted");
        assert!(!other.take_fired().unwrap(), "and taken");
        assert_eq!((over(&mut one), over(&mut one)), (Wake::Fired, Wake::Deadline));
        assert_eq!(over(&mut other), Wake::Deadline);
    }

    // A device without interrupts is looked at after a nap, and never beyond the deadline.
    #[test]
    fn polled_device_is_looked_at_after_a_nap() {
        let mut signal = FileSignal::new(Arc::new(Line(Epoch::first())), None).unwrap();
        assert_eq!(signal.wait(None).unwrap(), Wake::Fired);
        assert_eq!(signal.wait(Some(now())).unwrap(), Wake::Deadline);
        assert!(!signal.rearm().unwrap() && !signal.mask().unwrap());
    }
}
