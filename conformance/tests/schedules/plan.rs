//! A run by chance: a machine and what is done to it, all from one number.
#![forbid(unsafe_code)]

use backend_mock::schedule::Dice;
use backend_mock::{Injection, Trigger};
use dma_core::Direction;

/// Which card, with which channels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Model {
    Edu,
    Pl081,
    /// Counts by register.
    Xdma,
    /// Counts written back to memory.
    XdmaWriteBack,
    /// The same two, with a ring without an end, fed by credits.
    XdmaCredits,
    XdmaCreditsWriteBack,
}

/// What the processor's caches are like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CachesOf {
    Coherent,
    Apart,
    /// Lines come and go by chance, from this seed.
    Stirred(u64),
}

/// What is wrong with the channel, on purpose: shows that the runs find it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sabotage {
    Nothing,
    /// It says that it is quiet, whatever the device does.
    LiesThatItIsQuiet,
    /// Now and then it forgets to count.
    LosesCounts,
    /// It counts what is still under way.
    CountsTooEarly,
    /// The device is told one byte too many.
    PushesLonger,
}

/// The machine of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) model: Model,
    pub(crate) translated: bool,
    pub(crate) caches: CachesOf,
    pub(crate) trigger: Trigger,
    /// Longest run of device addresses.
    pub(crate) pieces: Option<usize>,
    /// Nanoseconds of a segment.
    pub(crate) latency: u64,
    /// Nanoseconds after which an engine looks without an interrupt.
    pub(crate) look: Option<u64>,
    pub(crate) ending: Ending,
    pub(crate) sabotage: Sabotage,
}

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    /// Everything is healed, recovered, stopped and given back.
    Tidy,
    /// Engines are dropped as they are.
    Abrupt,
}

/// A way to wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum How {
    Block,
    Spin,
    Task,
    /// A task that is dropped after so many polls.
    DroppedTask(u32),
    /// So many looks.
    Look(u32),
}

/// One thing that is done. Engines and jobs are named by numbers that always mean one, whatever
/// steps were left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    Queue {
        engine: usize,
        direction: Direction,
        /// In percent of where it may begin.
        at: u64,
        length: usize,
        submit: bool,
        /// Memory of the caller's own.
        mapped: bool,
    },
    Kick {
        engine: usize,
    },
    Finish {
        job: usize,
        how: How,
        /// Nanoseconds; none: for ever.
        limit: Option<u64>,
    },
    Fault {
        /// In so many nanoseconds; 0: at once.
        after: u64,
        what: Injection,
    },
    Pass(u64),
    Stop {
        engine: usize,
    },
    /// Resets the device; careful: recovers the engines, with something going wrong meanwhile.
    Reset {
        careful: bool,
        meanwhile: Option<Injection>,
    },
    Heal,
    /// Drops the engines and opens the channels anew.
    Reopen,
}

/// A whole run.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) setup: Setup,
    pub(crate) steps: Vec<Step>,
}

impl Plan {
    /// The run with this number.
    pub(crate) fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let setup = Setup::by(&mut dice);
        let count = dice.size(4..28);
        let steps = (0..count).map(|_| step(&mut dice, &setup)).collect();
        Self { setup, steps }
    }
}

impl Setup {
    fn by(dice: &mut Dice) -> Self {
        let models = [
            Model::Edu,
            Model::Pl081,
            Model::Xdma,
            Model::XdmaWriteBack,
            Model::XdmaCredits,
            Model::XdmaCreditsWriteBack,
        ];
        let model = *dice.pick(&models).unwrap();
        let caches = match dice.within(0..6) {
            0..=3 => CachesOf::Coherent,
            4 => CachesOf::Apart,
            _ => CachesOf::Stirred(dice.number()),
        };
        let trigger = match dice.within(0..3) {
            0 => Trigger::Level,
            // With several engines on one vector it loses wake-ups by nature.
            1 if model == Model::Edu => Trigger::LevelOnce,
            _ => Trigger::Edge,
        };
        Self {
            model,
            translated: dice.chance(3, 4),
            caches,
            trigger,
            pieces: dice.chance(1, 2).then(|| dice.size(40..1500)),
            latency: dice.within(200..20_000),
            look: dice.chance(1, 2).then(|| dice.within(5_000..300_000)),
            ending: if dice.chance(2, 3) { Ending::Tidy } else { Ending::Abrupt },
            sabotage: Sabotage::Nothing,
        }
    }
}

/// A length of time on no particular scale.
fn nanoseconds(dice: &mut Dice, digits: u32) -> u64 {
    let most = 10_u64.pow(1 + u32::try_from(dice.within(0..digits.into())).unwrap());
    dice.within(0..most)
}

fn step(dice: &mut Dice, setup: &Setup) -> Step {
    match dice.within(0..100) {
        0..32 => {
            let direction =
                if dice.chance(1, 2) { Direction::ToDevice } else { Direction::FromDevice };
            let length = match dice.within(0..4) {
                0 => dice.size(1..64),
                1 | 2 => dice.size(1..2_000),
                _ => dice.size(1..8_000),
            };
            let (at, engine) = (dice.within(0..101), dice.size(0..2));
            let (submit, mapped) = (dice.chance(2, 3), dice.chance(1, 8));
            Step::Queue { engine, direction, at, length, submit, mapped }
        }
        32..38 => Step::Kick { engine: dice.size(0..2) },
        38..60 => {
            let how = match dice.within(0..7) {
                0 | 1 => How::Block,
                2 => How::Spin,
                3 | 4 => How::Task,
                5 => How::DroppedTask(u32::try_from(dice.within(0..5)).unwrap()),
                _ => How::Look(u32::try_from(dice.within(1..10)).unwrap()),
            };
            // For ever would be for ever with polling, with regular looks, and with a line that
            // another engine would have to drop.
            let alone = setup.trigger == Trigger::Edge || setup.model == Model::Edu;
            let ends = how != How::Spin && setup.look.is_none() && alone;
            let limit = (!ends || dice.chance(5, 6)).then(|| 1_000 + nanoseconds(dice, 8));
            Step::Finish { job: dice.size(0..100), how, limit }
        }
        60..82 => {
            let after = if dice.chance(1, 2) { 0 } else { nanoseconds(dice, 6) };
            Step::Fault { after, what: fault(dice) }
        }
        82..86 => Step::Pass(nanoseconds(dice, 6)),
        86..89 => Step::Stop { engine: dice.size(0..2) },
        89..95 => Step::Reset {
            careful: dice.chance(5, 6),
            meanwhile: dice.chance(1, 2).then(|| fault(dice)),
        },
        95..98 => Step::Heal,
        _ => Step::Reopen,
    }
}

fn count(dice: &mut Dice, end: u64) -> u32 {
    u32::try_from(dice.within(1..end)).unwrap()
}

fn fault(dice: &mut Dice) -> Injection {
    match dice.within(0..17) {
        0 => Injection::Stuck { survives_reset: false },
        1 => Injection::Stuck { survives_reset: true },
        2 => Injection::Hiccup { nanoseconds: nanoseconds(dice, 6) },
        3 => Injection::SlowWork(count(dice, 20)),
        4 => Injection::LoseInterrupts(count(dice, 4)),
        5 => {
            Injection::DelayInterrupts { count: count(dice, 4), nanoseconds: nanoseconds(dice, 6) }
        }
        6 => Injection::SpuriousInterrupt { vector: dice.size(0..2) },
        7 => Injection::ShortTransfer { bytes: dice.size(0..100) },
        8 => Injection::FailAccesses(count(dice, 3)),
        9 => Injection::FailLoads(count(dice, 4)),
        10 => Injection::SlowBus(count(dice, 6)),
        11 => Injection::Removal,
        12 => Injection::FailAllocation { nth: count(dice, 3) },
        13 => Injection::FailMapping { nth: count(dice, 2) },
        14 => Injection::FailUnmaps(count(dice, 3)),
        15 => Injection::FailResets(count(dice, 3)),
        _ => Injection::ForgetToRearm,
    }
}

/// What each fault is called in the table of coverage. The last one no machine injects.
pub(crate) const FAULTS: [&str; 18] = [
    "stuck",
    "stuck for good",
    "hiccup",
    "slow work",
    "lost interrupt",
    "late interrupt",
    "spurious interrupt",
    "short transfer",
    "failing access",
    "failing load",
    "slow bus",
    "removal",
    "failing allocation",
    "failing mapping",
    "failing unmap",
    "failing reset",
    "forgotten re-arm",
    RESET,
];

/// A reset, whoever recovers from it.
pub(crate) const RESET: &str = "reset";

/// What a fault is called; none if it only ends one.
pub(crate) fn name(what: Injection) -> Option<&'static str> {
    let number = match what {
        Injection::Stuck { survives_reset } => usize::from(survives_reset),
        Injection::Hiccup { .. } => 2,
        Injection::SlowWork(_) => 3,
        Injection::LoseInterrupts(_) => 4,
        Injection::DelayInterrupts { .. } => 5,
        Injection::SpuriousInterrupt { .. } => 6,
        Injection::ShortTransfer { .. } => 7,
        Injection::FailAccesses(_) => 8,
        Injection::FailLoads(_) => 9,
        Injection::SlowBus(_) => 10,
        Injection::Removal => 11,
        Injection::FailAllocation { .. } => 12,
        Injection::FailMapping { .. } => 13,
        Injection::FailUnmaps(0) => return None,
        Injection::FailUnmaps(_) => 14,
        Injection::FailResets(_) => 15,
        Injection::ForgetToRearm => 16,
        _ => return None,
    };
    Some(FAULTS[number])
}
