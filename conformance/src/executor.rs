//! The smallest executor: runs one future, and insists on being woken.
//!
//! Between two polls it lets the rig's time pass and does nothing else until the waker was
//! called, so a signal that loses a waker is caught. No allocation: a waker is the key of a place
//! in a small static table.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::AtomicUsize;
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// How many executors run side by side (tests on a host do); one more waits for the next to end.
const PLACES: usize = 1 << PLACE_BITS;
const PLACE_BITS: u32 = 4;

/// Who waits at each place, by its key; 0 is nobody. A key is even, and odd once it was woken.
static PLACE: [AtomicUsize; PLACES] = [const { AtomicUsize::new(0) }; PLACES];
static NEXT: AtomicUsize = AtomicUsize::new(1);

static WAKER: RawWakerVTable =
    RawWakerVTable::new(|key| RawWaker::new(key, &WAKER), wake, wake, |_| {});

fn wake(key: *const ()) {
    let key = key.addr();
    if let Some(place) = PLACE.get(place_of(key)) {
        // A waker that outlived its executor finds another's key, or none, and wakes nobody.
        let _ = place.compare_exchange(key, key | 1, Release, Relaxed);
    }
}

const fn place_of(key: usize) -> usize {
    (key >> 1) % PLACES
}

/// A place that this executor alone is woken at, until it is dropped.
struct Seat {
    key: usize,
    place: &'static AtomicUsize,
}

impl Seat {
    fn take() -> Self {
        loop {
            let number = NEXT.fetch_add(1, Relaxed);
            for (at, place) in PLACE.iter().enumerate() {
                let key = number << (PLACE_BITS + 1) | at << 1;
                if key != 0 && place.compare_exchange(0, key, AcqRel, Relaxed).is_ok() {
                    return Self { key, place };
                }
            }
            core::hint::spin_loop();
        }
    }

    fn waker(&self) -> Waker {
        let raw = RawWaker::new(core::ptr::without_provenance(self.key), &WAKER);
        // SAFETY: the table's functions keep `RawWaker`'s contract: the key is a number, which
        // owns nothing, and waking is atomic, from any thread or interrupt handler.
        unsafe { Waker::from_raw(raw) }
    }

    /// Forgets that it was woken.
    fn settle(&self) {
        self.place.store(self.key, Release);
    }

    fn is_woken(&self) -> bool {
        self.place.load(Acquire) != self.key
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.place.store(0, Release);
    }
}

/// What a turn between two polls decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Turn {
    /// Wait on for the waker.
    Wait,
    /// Poll without having been woken.
    Poll,
    /// Give up.
    GiveUp,
}

/// Polls `future` whenever its waker was called; `idle` lets time pass meanwhile. `None` if
/// `idle` gave up.
pub(crate) fn run<F: Future>(
    mut future: Pin<&mut F>,
    mut idle: impl FnMut() -> Turn,
) -> Option<F::Output> {
    let seat = Seat::take();
    let waker = seat.waker();
    let mut context = Context::from_waker(&waker);
    loop {
        seat.settle();
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        while !seat.is_woken() {
            match idle() {
                Turn::Wait => {}
                Turn::Poll => break,
                Turn::GiveUp => return None,
            }
        }
    }
}

/// Polls `future` once, with a waker that nobody looks at.
pub(crate) fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}
