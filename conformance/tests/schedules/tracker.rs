//! A watched channel: its engine's state, and which jobs ended in which order.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use backend_mock::Machine;
use dma_core::{Channel, DomainId, Error, Limits, Segment};

use crate::plan::Sabotage;

/// What an engine is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
    /// It has no jobs.
    Idle,
    /// Jobs, and no doorbell.
    Queued,
    /// A job that the channel does not hold whole.
    Feeding,
    Running,
    Several,
    Stuck,
    /// Between a reset and its end.
    Recovering,
}

impl State {
    pub(crate) const ALL: [&'static str; 7] =
        ["idle", "queued", "feeding", "running", "several", "stuck", "recovering"];

    pub(crate) const fn name(self) -> &'static str {
        Self::ALL[self as usize]
    }
}

/// What became of pending jobs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// The oldest one was counted.
    Done,
    /// The channel was made quiet: all of them are over.
    Cleared,
}

/// So many looks at the device are a hang.
const LOOKS: u64 = 2_000_000;

#[derive(Debug)]
struct Track {
    machine: Machine,
    /// For each segment that was pushed and not counted, whether it ends a job.
    outstanding: VecDeque<bool>,
    /// Of those, how many came after the last doorbell.
    unrung: usize,
    /// Jobs that the engine has and that are not over.
    jobs: usize,
    stuck: bool,
    recovering: bool,
    ends: Vec<End>,
    states: Vec<(u64, State)>,
    looks: u64,
}

/// What is known of a channel; clones are handles to the same.
#[derive(Clone, Debug)]
pub(crate) struct Tracker(Rc<RefCell<Track>>);

impl Tracker {
    pub(crate) fn new(machine: Machine) -> Self {
        let track = Track {
            machine,
            outstanding: VecDeque::new(),
            unrung: 0,
            jobs: 0,
            stuck: false,
            recovering: false,
            ends: Vec::new(),
            states: Vec::new(),
            looks: 0,
        };
        let tracker = Self(Rc::new(RefCell::new(track)));
        tracker.note(|_| ());
        tracker
    }

    /// Changes something, and writes down the state if it is another then.
    fn note<T>(&self, change: impl FnOnce(&mut Track) -> T) -> T {
        let mut track = self.0.borrow_mut();
        let result = change(&mut track);
        let state = track.state();
        if track.states.last().is_none_or(|(_, last)| *last != state) {
            let now = track.machine.now();
            track.states.push((now, state));
        }
        result
    }

    /// The engine is about to be given a job.
    pub(crate) fn given(&self) {
        self.note(|track| track.jobs += 1);
    }

    /// It did not take it.
    pub(crate) fn refused(&self) {
        self.note(|track| track.jobs -= 1);
    }

    pub(crate) fn set_stuck(&self, stuck: bool) {
        self.note(|track| track.stuck = stuck);
    }

    pub(crate) fn set_recovering(&self, recovering: bool) {
        self.note(|track| track.recovering = recovering);
    }

    /// Whether the channel was quiet when it was last told to be.
    pub(crate) fn is_quiet(&self) -> bool {
        let track = self.0.borrow();
        !track.stuck && track.outstanding.is_empty()
    }

    /// What became of jobs since the last call.
    pub(crate) fn take_ends(&self) -> Vec<End> {
        std::mem::take(&mut self.0.borrow_mut().ends)
    }

    /// The state at a time.
    pub(crate) fn at(&self, time: u64) -> Option<State> {
        let track = self.0.borrow();
        let after = track.states.partition_point(|(when, _)| *when <= time);
        track.states.get(after.checked_sub(1)?).map(|(_, state)| *state)
    }
}

impl Track {
    fn state(&self) -> State {
        let whole = self.outstanding.iter().filter(|last| **last).count();
        if self.recovering {
            State::Recovering
        } else if self.stuck {
            State::Stuck
        } else if self.jobs == 0 {
            State::Idle
        } else if self.outstanding.len() == self.unrung {
            State::Queued
        } else if whole < self.jobs {
            State::Feeding
        } else if whole == 1 {
            State::Running
        } else {
            State::Several
        }
    }

    fn clear(&mut self) {
        self.outstanding.clear();
        self.unrung = 0;
        self.jobs = 0;
        self.stuck = false;
        self.ends.push(End::Cleared);
    }
}

/// A channel, watched; and broken, if one wishes.
#[derive(Debug)]
pub(crate) struct Tracked<C> {
    channel: C,
    tracker: Tracker,
    sabotage: Sabotage,
}

impl<C> Tracked<C> {
    pub(crate) fn new(channel: C, tracker: Tracker, sabotage: Sabotage) -> Self {
        Self { channel, tracker, sabotage }
    }
}

// SAFETY: every call is forwarded to the channel that keeps the contract. What sabotage breaks of
// it is seen in simulated machines, by runs that end at the first wrong byte.
unsafe impl<C: Channel> Channel for Tracked<C> {
    fn limits(&self) -> Limits {
        self.channel.limits()
    }

    fn domain(&self) -> DomainId {
        self.channel.domain()
    }

    fn room(&self) -> usize {
        self.channel.room()
    }

    unsafe fn push(&mut self, mut segment: Segment) {
        self.tracker.note(|track| {
            track.outstanding.push_back(segment.last);
            track.unrung += 1;
        });
        let room = self.limits().device_window.left(segment.device);
        if self.sabotage == Sabotage::PushesLonger && room > Some(segment.length as u64) {
            segment.length += 1;
        }
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.channel.push(segment) };
    }

    fn kick(&mut self) {
        self.channel.kick();
        self.tracker.note(|track| track.unrung = 0);
    }

    fn poll(&mut self) -> Result<usize, Error> {
        let looks = self.tracker.note(|track| {
            track.looks += 1;
            track.looks
        });
        assert!(looks < LOOKS, "a hang: {looks} looks at the device");
        let mut counted = self.channel.poll()?;
        let outstanding = self.tracker.0.borrow().outstanding.len();
        match self.sabotage {
            Sabotage::CountsTooEarly if outstanding > 0 => counted = counted.max(1),
            Sabotage::LosesCounts if looks.is_multiple_of(3) => counted = counted.saturating_sub(1),
            _ => {}
        }
        self.tracker.note(|track| {
            // More than there are: the engine takes that for a fault.
            if counted <= track.outstanding.len() {
                for last in track.outstanding.drain(..counted) {
                    track.jobs -= usize::from(last);
                    track.ends.extend(last.then_some(End::Done));
                }
            }
        });
        Ok(counted)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        let mut quiet = self.channel.quiesce();
        if self.sabotage == Sabotage::LiesThatItIsQuiet {
            quiet = Ok(());
        }
        self.tracker.note(|track| match quiet {
            Ok(()) => track.clear(),
            Err(_) => track.stuck = true,
        });
        quiet
    }

    fn restore(&mut self) -> Result<(), Error> {
        let restored = self.channel.restore();
        self.tracker.note(|track| match restored {
            Ok(()) => track.clear(),
            Err(_) => track.stuck = true,
        });
        restored
    }
}
