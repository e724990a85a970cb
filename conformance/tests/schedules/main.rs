//! Schedules by chance: jobs, faults, resets, ways of waiting, on every driver.
//!
//! Each run is made of one number and repeats exactly. `ANYDMA_SEED=17` runs that one alone, and
//! prints what it does; `ANYDMA_SCHEDULES=10000` says how many, `ANYDMA_FIRST_SEED=90000` from
//! where on. A run that fails is shortened to the fewest steps that still fail.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod cards;
mod job;
mod memory;
mod plan;
mod run;
mod tracker;
mod waiting;

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use backend_mock::schedule::{Coverage, shrink};

use crate::cards::{Edu, Primecell, Subsystem};
use crate::plan::{FAULTS, Model, Plan, Sabotage};
use crate::run::Wrong;
use crate::tracker::State;

/// How many runs there are on every change.
const RUNS: u64 = 1_000;
/// Among so many runs each fault must have hit each state once.
const RUNS_A_HIT: u64 = 200;

fn table() -> Coverage {
    Coverage::new(&FAULTS, &State::ALL)
}

/// One run; a panic is as wrong as anything else.
fn attempt(plan: &Plan, coverage: &mut Coverage) -> Result<(), Wrong> {
    let run = match plan.setup.model {
        Model::Edu => run::run::<Edu>,
        Model::Pl081 => run::run::<Primecell>,
        Model::Xdma => run::run::<Subsystem<false, false>>,
        Model::XdmaWriteBack => run::run::<Subsystem<true, false>>,
        Model::XdmaCredits => run::run::<Subsystem<false, true>>,
        Model::XdmaCreditsWriteBack => run::run::<Subsystem<true, true>>,
    };
    catch_unwind(AssertUnwindSafe(|| run(plan, coverage))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("panic: {}", text.unwrap_or_default()))
    })
}

/// What kind of failure it is: its words, without where and how much.
fn words(wrong: &Wrong) -> String {
    let words = wrong.split(|letter: char| !letter.is_ascii_alphabetic());
    let words = words.filter(|word| word.len() > 1 && !["step", "at", "the", "end"].contains(word));
    words.take(4).collect::<Vec<_>>().join(" ")
}

/// The fewest steps of a plan that still fail in the same way.
fn shortened(plan: &Plan) -> Plan {
    let setup = plan.setup;
    let way = attempt(plan, &mut table()).err().map(|wrong| words(&wrong));
    let fails = |steps: &[plan::Step]| {
        let plan = Plan { setup, steps: steps.to_vec() };
        attempt(&plan, &mut table()).err().map(|wrong| words(&wrong)) == way
    };
    Plan { setup, steps: shrink(plan.steps.clone(), fails) }
}

/// What to print of a run that failed.
fn report(seed: u64, plan: &Plan, wrong: &Wrong) -> String {
    let short = shortened(plan);
    let still = attempt(&short, &mut table()).err().unwrap_or_default();
    let mut text = format!("ANYDMA_SEED={seed}: {wrong}\n{:?}\n", plan.setup);
    writeln!(text, "{} of {} steps are enough: {still}", short.steps.len(), plan.steps.len())
        .unwrap();
    for (number, step) in short.steps.iter().enumerate() {
        writeln!(text, "  {number}: {step:?}").unwrap();
    }
    text
}

/// Runs these, on every processor, and says what was hit.
fn all(seeds: std::ops::Range<u64>) -> Result<Coverage, String> {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let coverage = std::thread::scope(|scope| {
        let part = |first: u64| {
            let seeds = (seeds.start + first..seeds.end).step_by(usize::try_from(threads).unwrap());
            let mut coverage = table();
            for seed in seeds {
                let plan = Plan::of(seed);
                if let Err(wrong) = attempt(&plan, &mut coverage) {
                    return Err(report(seed, &plan, &wrong));
                }
            }
            Ok(coverage)
        };
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || part(first))).collect();
        let mut coverage = table();
        for worker in workers {
            coverage.add(&worker.join().unwrap()?);
        }
        Ok::<_, String>(coverage)
    })?;
    Ok(coverage)
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap())
}

// Whatever goes wrong in whatever state: no buffer is lost, nothing hangs, no wrong byte is taken
// for a right one, nothing faults, nothing is left behind; and every fault hit every state.
#[test]
fn no_schedule_breaks_a_promise() {
    if let Some(seed) = number("ANYDMA_SEED") {
        let plan = Plan::of(seed);
        println!("{plan:#?}");
        attempt(&plan, &mut table())
            .unwrap_or_else(|wrong| panic!("{}", report(seed, &plan, &wrong)));
        return;
    }
    let runs = number("ANYDMA_SCHEDULES").unwrap_or(RUNS);
    let first = number("ANYDMA_FIRST_SEED").unwrap_or(0);
    let coverage = all(first..first + runs).unwrap_or_else(|report| panic!("{report}"));
    println!("{runs} schedules from {first} on\n{coverage}");
    let missed = coverage.below(runs / RUNS_A_HIT);
    assert!(missed.is_empty(), "too few: {missed:?}\n{coverage}");
}

// The same number makes the same run, to the last access.
#[test]
fn schedules_repeat_exactly() {
    for seed in 0..20 {
        let [first, second] = [(); 2].map(|()| {
            let mut coverage = table();
            attempt(&Plan::of(seed), &mut coverage).unwrap();
            coverage.to_string()
        });
        assert_eq!(first, second);
    }
}

/// A broken channel must be found out, and the run that does it be shortened.
#[track_caller]
fn found_out(sabotage: Sabotage, steps: usize) {
    let broken = |seed| {
        let mut plan = Plan::of(seed);
        plan.setup.sabotage = sabotage;
        plan
    };
    let fails = |plan: &Plan| attempt(plan, &mut table()).is_err();
    let plan = (0..300).map(broken).find(fails);
    assert!(plan.is_some(), "{sabotage:?} is not found out");
    let short = shortened(&plan.unwrap());
    assert!(fails(&short));
    assert!(short.steps.len() <= steps, "{short:#?}");
}

// The runs can fail: each broken channel is found out, in few steps.
#[test]
fn broken_channels_are_found_out() {
    found_out(Sabotage::CountsTooEarly, 4);
    found_out(Sabotage::LosesCounts, 4);
    found_out(Sabotage::PushesLonger, 4);
    found_out(Sabotage::LiesThatItIsQuiet, 5);
}
