//! The smallest executor: runs one future, and insists on being woken.
//!
//! Between two polls it lets the rig's time pass and does nothing else until the waker was
//! called, so a signal that loses a waker is caught. No allocation: wakers point to one of a few
//! static counters.

use core::future::Future;
use core::pin::Pin;
use core::sync::atomic::{AtomicU32, Ordering};
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// How many executors may run side by side (tests on a host run in parallel). More share a
/// counter, and may then only poll too often.
const PLACES: usize = 16;

static WAKES: [AtomicU32; PLACES] = [const { AtomicU32::new(0) }; PLACES];
static NEXT: AtomicU32 = AtomicU32::new(0);

static WAKER: RawWakerVTable =
    RawWakerVTable::new(|counter| RawWaker::new(counter, &WAKER), wake, wake, |_| {});

fn wake(counter: *const ()) {
    // SAFETY: every waker of this table was made by `waker`, with a counter of WAKES.
    let counter = unsafe { &*counter.cast::<AtomicU32>() };
    counter.fetch_add(1, Ordering::Release);
}

fn waker(counter: &'static AtomicU32) -> Waker {
    let raw = RawWaker::new(core::ptr::from_ref(counter).cast(), &WAKER);
    // SAFETY: the table's functions keep `RawWaker`'s contract: the counter is static, and
    // counting is safe from any thread or interrupt handler.
    unsafe { Waker::from_raw(raw) }
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
    let place = NEXT.fetch_add(1, Ordering::Relaxed) as usize % PLACES;
    let counter = WAKES.get(place)?;
    let waker = waker(counter);
    let mut context = Context::from_waker(&waker);
    loop {
        let before = counter.load(Ordering::Acquire);
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        while counter.load(Ordering::Acquire) == before {
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
