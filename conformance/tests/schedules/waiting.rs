//! The ways of waiting, tasks among them that insist on being woken.
#![forbid(unsafe_code)]

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use backend_mock::{Machine, MockSignal};
use dma_core::{Channel, Engine, Failed, Ticket, Timeout};

use crate::job::Body;
use crate::plan::How;
use crate::run::Wrong;

/// So many polls of one task are a hang.
const POLLS: u32 = 1_000_000;

/// Counts how often it was woken.
#[derive(Default)]
struct Bell(AtomicU64);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// What came out of waiting: nothing, if one stopped before the job was over.
pub(crate) type Taken = Option<Result<Body, Failed<Body>>>;

/// Waits for a job.
pub(crate) fn wait<C: Channel, const N: usize>(
    engine: &mut Engine<C, MockSignal, Body, N>,
    machine: &Machine,
    ticket: Ticket,
    how: How,
    limit: Timeout,
) -> Result<Taken, Wrong> {
    Ok(match how {
        How::Block => Some(engine.wait(ticket, limit)),
        How::Spin => Some(engine.spin(ticket, limit)),
        How::Task => Some(task(engine, ticket, limit)?),
        How::DroppedTask(polls) => {
            let mut future = pin!(engine.completion(ticket, limit));
            let mut context = Context::from_waker(Waker::noop());
            let mut taken = None;
            for _ in 0..polls {
                if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
                    taken = Some(result);
                    break;
                }
            }
            taken
        }
        How::Look(looks) => {
            let mut taken = None;
            for _ in 0..looks {
                taken = engine.try_take(ticket);
                if taken.is_some() {
                    break;
                }
                machine.advance(1_000);
            }
            taken
        }
    })
}

fn task<C: Channel, const N: usize>(
    engine: &mut Engine<C, MockSignal, Body, N>,
    ticket: Ticket,
    limit: Timeout,
) -> Result<Result<Body, Failed<Body>>, Wrong> {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(engine.completion(ticket, limit));
    for _ in 0..POLLS {
        let before = bell.0.load(Ordering::Relaxed);
        if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
            return Ok(result);
        }
        if bell.0.load(Ordering::Relaxed) == before {
            return Err("a task is left asleep".to_owned());
        }
    }
    Err(format!("a hang: {POLLS} polls of one task"))
}
