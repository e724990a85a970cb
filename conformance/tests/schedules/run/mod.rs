//! Carries a plan out, and finds out at once if something is wrong.
//!
//! What must hold, whatever goes wrong: every buffer comes back, or the engine says that it keeps
//! it; nothing takes longer than its limit and what stopping a device may cost; a job that ended
//! well has the right bytes, and no byte around it changed; nothing is written to memory that
//! came back; the IOMMU refuses nothing, unless a fault cut a descriptor short; nothing is left at
//! the end that is not accounted for.
#![forbid(unsafe_code)]

mod ending;
mod resets;

use std::collections::VecDeque;

use backend_mock::schedule::Coverage;
use backend_mock::{Machine, MockDevice, MockSignal};
use dma_core::{
    Backend, Channel, DeviceAddress, Direction, DmaBuffer, Engine, Error, ErrorKind, Failed,
    Refused, Timeout,
};

use crate::cards::Kind;
use crate::job::{Body, Ended, Job, Lent, pattern};
use crate::memory::{Memory, Side};
use crate::plan::{CachesOf, How, Plan, Setup, Step};
use crate::tracker::{End, Tracked, Tracker};
use crate::waiting;

/// Jobs that an engine holds.
const JOBS: usize = 4;
/// Nanoseconds that a wait may take besides its limit: two stops of a device at the slowest bus,
/// each of some thousand looks.
const SLACK: u64 = 1_000_000_000;
/// A wait without a limit ends when nothing can happen any more.
const FOREVER: u64 = 10_000_000_000;
/// Later than any fault was planned.
const AFTERMATH: u64 = 5_000_000;
/// How many buffers that came back from failed jobs are watched.
const GRAVES: usize = 8;

pub(crate) type EngineOf<K> = Engine<Tracked<<K as Kind>::Channel>, MockSignal, Body, JOBS>;

/// What is wrong.
pub(crate) type Wrong = String;

/// One channel's engine and its jobs.
struct Desk<K: Kind> {
    engine: EngineOf<K>,
    tracker: Tracker,
    /// Jobs that are not over, oldest first.
    line: VecDeque<u64>,
    jobs: Vec<Job>,
}

struct Run<K: Kind> {
    setup: Setup,
    machine: Machine,
    device: MockDevice,
    /// One or two; none after what could not be opened again.
    desks: Vec<Desk<K>>,
    memories: Vec<Memory>,
    /// Mappings that channels have for themselves.
    own_mappings: usize,
    /// Of all engines so far.
    trackers: Vec<Tracker>,
    graves: Vec<Lent>,
    /// Mappings that stay for ever, and are accounted for.
    leaked: usize,
    /// More may have been refused to be unmapped than could be counted.
    refused_unseen: bool,
    resets: Vec<u64>,
    stamp: u64,
    next_job: u64,
}

/// Carries the plan out. What was hit is counted, also if something is wrong.
pub(crate) fn run<K: Kind>(plan: &Plan, coverage: &mut Coverage) -> Result<(), Wrong> {
    let mut run = Run::<K>::open(plan.setup)?;
    let mut result = Ok(());
    for (number, step) in plan.steps.iter().enumerate() {
        result = run.step(step).map_err(|wrong| format!("step {number}: {wrong}"));
        if result.is_err() {
            break;
        }
    }
    if result.is_ok() {
        result = run.finish().map_err(|wrong| format!("at the end: {wrong}"));
    }
    run.count(coverage);
    result?;
    run.close()
}

fn told(what: &str) -> impl Fn(Error) -> Wrong {
    move |error| format!("{what}: {error}")
}

impl<K: Kind> Run<K> {
    fn open(setup: Setup) -> Result<Self, Wrong> {
        let mut builder = Machine::builder().trigger(setup.trigger).interrupts_from(u32::MAX - 1);
        if !setup.translated {
            builder = builder.iommu_off();
        }
        builder = match setup.caches {
            CachesOf::Coherent => builder,
            CachesOf::Apart => builder.incoherent(),
            CachesOf::Stirred(seed) => builder.evictions(seed),
        };
        let machine = builder.build();
        let device = machine.plug(K::card(setup.latency));
        device.lender().set_pieces(setup.pieces);
        let mut run = Self {
            setup,
            machine,
            device,
            desks: Vec::new(),
            memories: Vec::new(),
            own_mappings: 0,
            trackers: Vec::new(),
            graves: Vec::new(),
            leaked: 0,
            refused_unseen: false,
            resets: Vec::new(),
            stamp: 1,
            next_job: 1,
        };
        run.open_channels().map_err(told("opening a card that is well"))?;
        run.device.set_bus_mastering(true).map_err(told("letting it master the bus"))?;
        Ok(run)
    }

    fn open_channels(&mut self) -> Result<(), Error> {
        let before = self.machine.leaks().mappings;
        let channels = K::channels(&self.device)?;
        self.own_mappings = self.machine.leaks().mappings - before;
        for (side, channel) in channels.into_iter().enumerate() {
            let window = channel.limits().device_window;
            let length = usize::try_from(window.length).unwrap();
            if !K::ONE_MEMORY {
                self.memories.truncate(side);
            }
            if self.memories.len() <= if K::ONE_MEMORY { 0 } else { side } {
                self.memories.push(Memory::new(length));
            }
            let tracker = Tracker::new(self.machine.clone());
            let channel = Tracked::new(channel, tracker.clone(), self.setup.sabotage);
            let signal = self.device.signal(0)?;
            let mut engine = Engine::new(channel, signal).map_err(|refused| refused.error)?;
            if let Some(look) = self.setup.look {
                engine.look_at_least_every(Timeout::nanos(look));
            }
            self.trackers.push(tracker.clone());
            self.desks.push(Desk { engine, tracker, line: VecDeque::new(), jobs: Vec::new() });
        }
        Ok(())
    }

    fn silent_faults(&self) -> u64 {
        let counters = self.device.counters();
        counters.short_transfers + counters.failed_accesses
    }

    fn stamp(&mut self) -> u64 {
        self.stamp += 1;
        self.stamp
    }

    fn memory_of(&mut self, side: Side) -> &mut Memory {
        &mut self.memories[if K::ONE_MEMORY { 0 } else { side }]
    }

    fn step(&mut self, step: &Step) -> Result<(), Wrong> {
        match *step {
            Step::Queue { engine, direction, at, length, submit, mapped } => {
                if self.desks.is_empty() {
                    return Ok(());
                }
                let side = engine % self.desks.len();
                self.queue(side, direction, (at, length), submit, mapped)
            }
            Step::Kick { engine } => {
                if !self.desks.is_empty() {
                    let side = engine % self.desks.len();
                    self.desks[side].engine.kick();
                }
                self.settle()
            }
            Step::Finish { job, how, limit } => self.wait_for(job, how, limit).map(drop),
            Step::Fault { after: 0, what } => {
                self.device.inject(what);
                Ok(())
            }
            Step::Fault { after, what } => {
                self.device.inject_after(after, what);
                Ok(())
            }
            Step::Pass(nanoseconds) => {
                self.machine.advance(nanoseconds);
                Ok(())
            }
            Step::Stop { engine } => {
                if self.desks.is_empty() {
                    return Ok(());
                }
                self.stop(engine % self.desks.len()).map(drop)
            }
            Step::Reset { careful, meanwhile } => self.reset(careful, meanwhile),
            Step::Heal => {
                self.device.heal();
                Ok(())
            }
            Step::Reopen => self.reopen(),
        }
    }

    fn queue(
        &mut self,
        side: Side,
        wish: Direction,
        (at, length): (u64, usize),
        submit: bool,
        mapped: bool,
    ) -> Result<(), Wrong> {
        let limits = self.desks[side].engine.limits();
        let wanted = limits.directions.contains(wish.set());
        let direction = match (wanted, wish) {
            (true, _) => wish,
            (false, Direction::ToDevice) => Direction::FromDevice,
            (false, Direction::FromDevice) => Direction::ToDevice,
        };
        let window = self.memory_of(side).length();
        let length = if mapped { 4096 } else { length }.min(window);
        let at = (window - length) * usize::try_from(at).unwrap() / 100;
        let number = self.next_job;
        self.next_job += 1;
        let lent = Lent::new(&self.device, &limits, number, direction, (length, mapped));
        let Lent { body, guards, mappings } = match lent {
            Ok(lent) => lent,
            Err(error) if error.kind() == ErrorKind::NoMemory => return Ok(()),
            Err(error) => return Err(format!("memory is not lent: {error}")),
        };
        let address = limits.device_window.start.get() + at as u64;
        let silent_faults = self.silent_faults();
        let stamp = self.stamp();
        let desk = &mut self.desks[side];
        let was_stuck = desk.engine.stuck();
        desk.tracker.given();
        let address = DeviceAddress::new(address);
        let queued = if submit {
            desk.engine.submit(body, address, direction)
        } else {
            desk.engine.queue(body, address, direction)
        };
        let ticket = match queued {
            Ok(ticket) => ticket,
            Err(Refused { buffer, error }) => {
                desk.tracker.refused();
                let stuck = was_stuck.or(desk.engine.stuck()).map(|stuck| stuck.kind());
                let full = desk.engine.held() == JOBS;
                let expected =
                    Some(error.kind()) == stuck || error.kind() == ErrorKind::Busy && full;
                if !expected {
                    return Err(format!("a job is refused: {error}"));
                }
                self.settle()?;
                return self.give_back(Lent { body: buffer, guards, mappings });
            }
        };
        if let Some(stuck) = was_stuck {
            return Err(format!("a stuck engine took a job: {stuck}"));
        }
        desk.line.push_back(number);
        desk.jobs.push(Job {
            number,
            ticket: Some(ticket),
            direction,
            at,
            length,
            stamp,
            silent_faults,
            guards,
            mappings,
            end: None,
        });
        if direction == Direction::ToDevice {
            self.memory_of(side).begins(side, at..at + length, stamp);
        }
        self.settle()
    }

    /// Follows up what the channels said, in their order.
    fn settle(&mut self) -> Result<(), Wrong> {
        let silent_faults = self.silent_faults();
        for side in 0..self.desks.len() {
            let desk = &mut self.desks[side];
            desk.tracker.set_stuck(desk.engine.stuck().is_some());
            for end in desk.tracker.take_ends() {
                self.end(side, end, silent_faults)?;
            }
            let desk = &self.desks[side];
            if desk.engine.in_flight() != desk.line.len() {
                let (engine, line) = (desk.engine.in_flight(), desk.line.len());
                return Err(format!(
                    "the engine has {engine} jobs under way, and must have {line}"
                ));
            }
        }
        Ok(())
    }

    /// What the channel of `side` said of its oldest job, or of all.
    fn end(&mut self, side: Side, end: End, silent_faults: u64) -> Result<(), Wrong> {
        let count = if end == End::Done { 1 } else { self.desks[side].line.len() };
        for _ in 0..count {
            let stamp = self.stamp();
            let desk = &mut self.desks[side];
            let number = desk.line.pop_front().ok_or("more jobs ended than were given")?;
            let place = desk.jobs.iter().position(|job| job.number == number);
            let place = place.ok_or("a job ended that was taken before")?;
            let job = &desk.jobs[place];
            let (at, length, since) = (job.at, job.length, job.stamp);
            let to_device = job.direction == Direction::ToDevice;
            let sound = end == End::Done && job.silent_faults == silent_faults;
            let range = at..at + length;
            let memory = self.memory_of(side);
            let expected = if to_device {
                memory.ends(side, range, stamp, |at| sound.then(|| pattern(number, at)));
                Vec::new()
            } else {
                memory.expected(side, range, since)
            };
            let ended = if end == End::Done { Ended::Done(expected) } else { Ended::Cleared };
            self.desks[side].jobs[place].end = Some(ended);
        }
        Ok(())
    }

    /// Waits for one of the jobs, in one of the ways. Whether it ended well.
    fn wait_for(&mut self, job: usize, how: How, limit: Option<u64>) -> Result<bool, Wrong> {
        let all: Vec<(Side, u64)> = self
            .desks
            .iter()
            .enumerate()
            .flat_map(|(side, desk)| desk.jobs.iter().map(move |job| (side, job.number)))
            .collect();
        let Some(&(side, number)) = all.get(job % all.len().max(1)) else { return Ok(false) };
        let desk = &mut self.desks[side];
        let place = desk.jobs.iter().position(|job| job.number == number);
        let place = place.ok_or("a job vanished")?;
        let ticket = desk.jobs[place].ticket.ok_or("a job without a ticket")?;
        let begun = self.machine.now();
        let timeout = limit.map_or(Timeout::NEVER, Timeout::nanos);
        let taken = waiting::wait(&mut desk.engine, &self.machine, ticket, how, timeout)?;
        let took = self.machine.now() - begun;
        if took > limit.unwrap_or(FOREVER).saturating_add(SLACK) {
            return Err(format!("waiting for {limit:?} ns took {took} ns"));
        }
        self.settle()?;
        match taken {
            None => Ok(false),
            Some(result) => {
                let well = result.is_ok();
                self.taken(side, place, result)?;
                Ok(well)
            }
        }
    }

    /// A job's result came out of an engine.
    fn taken(
        &mut self,
        side: Side,
        place: usize,
        result: Result<Body, Failed<Body>>,
    ) -> Result<(), Wrong> {
        let stuck = self.desks[side].engine.stuck().is_some();
        let job = &self.desks[side].jobs[place];
        let number = job.number;
        let (body, failed) = match result {
            Ok(body) => (body, None),
            Err(Failed::Returned(Refused { buffer, error })) => (buffer, Some(error)),
            Err(Failed::Kept(_)) if stuck && job.end.is_none() => return Ok(()),
            Err(Failed::Kept(error)) => {
                return Err(format!("job {number} is kept by an engine that has no need: {error}"));
            }
            Err(Failed::NoSuchJob(error)) => return Err(format!("job {number} is lost: {error}")),
        };
        let mut job = self.desks[side].jobs.remove(place);
        let silent_faults = self.silent_faults();
        let mut lent = Lent { body, guards: job.guards.take(), mappings: job.mappings };
        if lent.body.length() != job.length {
            return Err(format!("job {number} gives another job's buffer"));
        }
        if !lent.is_intact() {
            return Err(format!("job {number}: bytes beside its buffer were written"));
        }
        match (&job.end, failed) {
            (Some(Ended::Done(_)), None) => {
                job.compare(&lent.body, silent_faults)?;
                self.give_back(lent)
            }
            (Some(Ended::Cleared), Some(_)) => self.bury(lent),
            (end, failed) => {
                Err(format!("job {number} ended as {end:?}, its result is {failed:?}"))
            }
        }
    }

    /// Keeps memory that came back from a failed job for a while, to see that it stays as it is.
    fn bury(&mut self, mut lent: Lent) -> Result<(), Wrong> {
        lent.bury();
        self.graves.push(lent);
        if self.graves.len() > GRAVES {
            let oldest = self.graves.remove(0);
            self.exhume(oldest)?;
        }
        Ok(())
    }

    fn exhume(&mut self, mut lent: Lent) -> Result<(), Wrong> {
        if !lent.rests() {
            return Err("a device wrote to memory that came back from a failed job".to_owned());
        }
        self.give_back(lent)
    }

    fn give_back(&mut self, lent: Lent) -> Result<(), Wrong> {
        self.leaked += lent.give_back()?;
        Ok(())
    }

    /// Stops an engine; every buffer that it may let go comes back. Whether all did.
    fn stop(&mut self, side: Side) -> Result<bool, Wrong> {
        let mut results = Vec::new();
        let desk = &mut self.desks[side];
        let stopped = desk.engine.stop(|ticket, result| results.push((ticket, result)));
        self.settle()?;
        let desk = &self.desks[side];
        match (stopped, desk.engine.stuck()) {
            (Ok(()), None) if desk.engine.held() == 0 => {}
            (Err(error), Some(stuck)) if error == stuck => {}
            (stopped, stuck) => {
                let held = desk.engine.held();
                return Err(format!("a stop says {stopped:?}; stuck: {stuck:?}, held: {held}"));
            }
        }
        for (ticket, result) in results {
            let jobs = &self.desks[side].jobs;
            let place = jobs.iter().position(|job| job.ticket == Some(ticket));
            let place = place.ok_or("a stop gives a job that nobody queued")?;
            self.taken(side, place, result.map_err(Failed::Returned))?;
        }
        let left = self.desks[side].jobs.len();
        if stopped.is_ok() && left > 0 {
            return Err(format!("a stop lost {left} jobs"));
        }
        Ok(stopped.is_ok())
    }
}
