//! The engine against a model, over random sequences of everything that can happen.
#![forbid(unsafe_code)]

use std::collections::{HashMap, HashSet};

use dma_core::{DeviceAddress, Direction, ErrorKind, Failed, Refused, Ticket, Timeout};
use proptest::prelude::*;

use crate::world::{TestBuffer, TestEngine, World, limits};

const JOBS: usize = 4;

#[derive(Clone, Debug)]
enum Step {
    Queue { pieces: usize },
    Kick,
    TryTake(usize),
    Wait(usize),
    Spin(usize),
    Time(u64),
    FaultSoon(u64),
    OverCount,
    Stick(bool),
    Reset,
    Recover,
    Stop,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1..6_usize).prop_map(|pieces| Step::Queue { pieces }),
        3 => Just(Step::Kick),
        4 => (0..6_usize).prop_map(Step::TryTake),
        3 => (0..6_usize).prop_map(Step::Wait),
        1 => (0..6_usize).prop_map(Step::Spin),
        3 => (0..400_u64).prop_map(Step::Time),
        1 => (0..6_u64).prop_map(Step::FaultSoon),
        1 => Just(Step::OverCount),
        1 => any::<bool>().prop_map(Step::Stick),
        1 => Just(Step::Reset),
        2 => Just(Step::Recover),
        1 => Just(Step::Stop),
    ]
}

/// What must hold: every buffer is either the user's or in the engine, under its own ticket.
struct Model {
    world: World,
    engine: TestEngine<JOBS>,
    /// The number of the buffer that each live ticket stands for.
    inside: HashMap<Ticket, u64>,
    /// Every ticket ever seen, oldest first.
    tickets: Vec<Ticket>,
    made: u64,
    /// Numbers of buffers that ended well, in the order in which they were taken.
    ended_well: Vec<u64>,
    kicks: u32,
}

fn number_of(buffer: &TestBuffer) -> u64 {
    u64::from_le_bytes(buffer.bytes()[..8].try_into().unwrap())
}

impl Model {
    fn new(depth: usize) -> Self {
        let world = World::with_limits(limits(depth));
        Self {
            engine: world.engine(),
            world,
            inside: HashMap::new(),
            tickets: Vec::new(),
            made: 0,
            ended_well: Vec::new(),
            kicks: 0,
        }
    }

    /// A ticket to try: mostly a live one, sometimes a stale one.
    fn ticket(&self, which: usize) -> Option<Ticket> {
        self.tickets.get(self.tickets.len().checked_sub(1 + which)?).copied()
    }

    fn queue(&mut self, pieces: usize) -> Result<(), TestCaseError> {
        use dma_core::{Allocate, Request};
        let mut buffer = self.world.lender(32).allocate(Request::bytes(32 * pieces - 3)).unwrap();
        buffer.copy_in(&self.made.to_le_bytes()).unwrap();
        let card = DeviceAddress::new(0);
        match self.engine.queue(buffer, card, Direction::ToDevice) {
            Ok(ticket) => {
                prop_assert!(!self.inside.contains_key(&ticket), "a live ticket was given twice");
                prop_assert!(self.inside.keys().all(|other| other.slot() != ticket.slot()));
                self.inside.insert(ticket, self.made);
                self.tickets.push(ticket);
            }
            Err(Refused { buffer, error }) => {
                prop_assert_eq!(number_of(&buffer), self.made);
                let full = self.inside.len() == JOBS;
                let expected =
                    self.engine.stuck().is_some() || (full && error.kind() == ErrorKind::Busy);
                prop_assert!(expected, "refused with {}", error);
            }
        }
        self.made += 1;
        Ok(())
    }

    fn took(
        &mut self,
        ticket: Ticket,
        result: Result<TestBuffer, Failed<TestBuffer>>,
    ) -> Result<(), TestCaseError> {
        match result {
            Ok(buffer) => {
                let number = self.inside.remove(&ticket);
                prop_assert_eq!(number, Some(number_of(&buffer)));
                self.ended_well.push(number_of(&buffer));
            }
            Err(Failed::Returned(refused)) => {
                let number = self.inside.remove(&ticket);
                prop_assert_eq!(number, Some(number_of(&refused.buffer)));
            }
            Err(Failed::Kept(_)) => {
                prop_assert!(self.inside.contains_key(&ticket));
                prop_assert!(self.engine.stuck().is_some());
            }
            Err(Failed::NoSuchJob(_)) => prop_assert!(!self.inside.contains_key(&ticket)),
        }
        Ok(())
    }

    fn apply(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match *step {
            Step::Queue { pieces } => self.queue(pieces)?,
            Step::Kick => {
                self.kicks += 1;
                self.engine.kick();
            }
            Step::TryTake(which) => {
                let Some(ticket) = self.ticket(which) else { return Ok(()) };
                if let Some(result) = self.engine.try_take(ticket) {
                    self.took(ticket, result)?;
                }
            }
            Step::Wait(which) => {
                let Some(ticket) = self.ticket(which) else { return Ok(()) };
                let result = self.engine.wait(ticket, Timeout::micros(1));
                self.took(ticket, result)?;
            }
            Step::Spin(which) => {
                let Some(ticket) = self.ticket(which) else { return Ok(()) };
                let result = self.engine.spin(ticket, Timeout::micros(1));
                self.took(ticket, result)?;
            }
            Step::Time(nanoseconds) => self.world.state().now += nanoseconds,
            Step::FaultSoon(segments) => {
                let mut state = self.world.state();
                state.fault_at = Some(state.done + segments);
            }
            Step::OverCount => self.world.state().over_count = 100,
            Step::Stick(stuck) => self.world.state().stuck = stuck,
            Step::Reset => drop(self.world.reset()),
            Step::Recover => {
                let quiet = self.world.reset();
                prop_assert!(self.engine.recover(&quiet).is_ok());
                prop_assert_eq!((self.engine.stuck(), self.engine.in_flight()), (None, 0));
            }
            Step::Stop => {
                let mut back = Vec::new();
                let stopped = self.engine.stop(|ticket, result| back.push((ticket, result)));
                for (ticket, result) in back {
                    self.took(ticket, result.map_err(Failed::Returned))?;
                }
                prop_assert_eq!(stopped.is_ok(), self.engine.stuck().is_none());
                prop_assert!(stopped.is_err() || self.inside.is_empty());
            }
        }
        self.invariants()
    }

    fn invariants(&self) -> Result<(), TestCaseError> {
        let state = self.world.state();
        prop_assert_eq!(state.violations, 0, "the device reached memory that is not its own");
        prop_assert_eq!(self.engine.held(), self.inside.len());
        prop_assert!(self.engine.in_flight() <= self.engine.held());
        prop_assert_eq!(state.lent, self.inside.len(), "a buffer was lost or duplicated");
        // Whatever is with the device belongs to a buffer that the engine holds.
        let live: HashSet<u64> = state.mappings.iter().map(|mapping| mapping.iova).collect();
        prop_assert!(state.queue.iter().all(|entry| live.contains(&entry.segment.host.get())));
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    // No buffer is ever lost, duplicated, mixed up or freed while the device has it.
    #[test]
    fn no_buffer_is_lost(
        depth in 1..7_usize,
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut model = Model::new(depth);
        for step in &steps {
            model.apply(step)?;
        }
        // In the end everything comes back.
        model.apply(&Step::Recover)?;
        model.apply(&Step::Stop)?;
        prop_assert_eq!(model.world.state().lent, 0);
    }

    // On a device that behaves, jobs end in the order in which they were queued, every one of
    // them, with at most one doorbell for each kick and each look.
    #[test]
    fn order_is_kept_and_doorbells_are_few(
        depth in 1..7_usize,
        batches in prop::collection::vec(prop::collection::vec(1..6_usize, 1..=JOBS), 1..20),
    ) {
        let mut model = Model::new(depth);
        let mut jobs = 0_u64;
        let mut segments = 0_usize;
        for batch in &batches {
            let doorbells = model.world.state().doorbells;
            let first = model.tickets.len();
            for pieces in batch {
                model.apply(&Step::Queue { pieces: *pieces })?;
                segments += pieces;
                jobs += 1;
            }
            prop_assert_eq!(model.world.state().doorbells, doorbells, "no doorbell before a kick");
            model.apply(&Step::Kick)?;
            prop_assert_eq!(model.world.state().doorbells, doorbells + 1);
            for place in first..model.tickets.len() {
                let ticket = model.tickets[place];
                let result = model.engine.wait(ticket, Timeout::secs(1));
                model.took(ticket, result)?;
            }
            let fits = batch.iter().sum::<usize>() <= depth;
            let rung = model.world.state().doorbells - doorbells;
            prop_assert!(!fits || rung == 1, "{} doorbells for one batch that fits", rung);
        }
        prop_assert_eq!(&model.ended_well, &(0..jobs).collect::<Vec<_>>());
        prop_assert_eq!(model.world.state().log.len(), segments);
    }
}
