//! Our kernel module on a kernel with all checks: nonsense, deaths, removal.
//!
//! One boot of the host `x86-vtd-debug`. What tests on every change do with the module is done there,
//! with many more hostile steps and other ones each day; nothing of it may make the kernel report a
//! bad access, an order of locks that can deadlock, a list or a counter that is wrong, or misuse of
//! the DMA API. In the end such faults are provoked: checks that see nothing would prove nothing.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use guest_init::job::Step;
use guest_init::report::Event;

use super::{Options, Outcome};
use crate::error::{Context, Error, Result};
use crate::guest::boot::{Task, Testbed, run_step};
use crate::guest::kernel::ours;
use crate::guest::machine::Clock;
use crate::guest::trial::module as module_tests;
use crate::guest::{host, round, trial};
use crate::workspace::Workspace;

const HOST: &str = "x86-vtd-debug";
const CARDS: &str = "1234:11e8";
const DEVICE: &str = "--device=kernel:0000:01:00.0";
/// Random commands, mappings and closes of one program, and of two together.
const STEPS: u64 = 60_000;
/// What a program may take of the guest's time, which is counted instructions: half an hour or so
/// of ours.
const PROGRAM: Duration = Duration::from_hours(24);
/// What the whole boot may take of ours.
const LIMIT: Duration = Duration::from_hours(3);
/// A tenth of the steps may be made without a word.
const SILENCE: Duration = Duration::from_hours(1);
/// Checks take an eighth of it, and poisoned memory is kept for a while.
const MEMORY: &str = "2G";
/// What the compiler calls in our module before it touches memory, if told to.
const CHECK: &[u8] = b"__asan_load";

pub(super) fn run(workspace: &Workspace, _: &Options) -> Result<Outcome> {
    let host = host::find(HOST)?;
    let testbed = Testbed::open(workspace)?;
    let (_, kernel) = testbed.prepare(host)?;
    for module in kernel.modules(&[ours::NAME])? {
        if !module.content.windows(CHECK.len()).any(|bytes| bytes == CHECK) {
            return Err(Error::new("our module is built without checks of its accesses"));
        }
    }
    let build = |verb: &str, what: &[&str]| -> Result<_> {
        Ok(testbed.build(verb, what, host.architecture)?.remove(0))
    };
    let module = build("test", &["--package", "backend-kernel", "--test", "real"])?;
    let tests = build("build", &["--package", "guest-tests"])?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("today")?;
    let seed = since.as_secs() / (24 * 3600);
    let step = |program, arguments: &[&str]| {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        let mut step = run_step(program, &arguments, PROGRAM)?;
        if let Step::Run(program) = &mut step {
            let variables = [("HOSTILE_STEPS", STEPS), ("HOSTILE_SEED", seed)];
            program.environment =
                variables.map(|(name, value)| (name.to_owned(), value.to_string())).into();
        }
        Ok::<_, Error>(step)
    };
    let first = [&module_tests::ALL[..], &module_tests::FIRST, &["--nocapture"]].concat();
    let last = [&module_tests::ALL[..], &module_tests::LAST].concat();
    let mut task = trial::smoke(host);
    task.steps.extend([
        Step::Bind { ids: CARDS.to_owned(), driver: ours::NAME.to_owned() },
        step(&module, &first)?,
        step(&tests, &["killed", DEVICE, "--bits=32"])?,
        step(&module, &last)?,
        Step::Quiet,
        step(&tests, &["provoked"])?,
    ]);
    let task = Task {
        title: "hostile",
        programs: vec![module, tests],
        extra: vec!["-m".to_owned(), MEMORY.to_owned()],
        clock: Clock::Leaping,
        silence: SILENCE,
        limit: LIMIT,
        ..task
    };
    let outcome = testbed.run(host, &task, &mut |event| print!("{}", round::line(event)))?;
    outcome.verdict?;
    let figures = figures(outcome.transcript.events(), seed)?;
    Ok(Outcome::Passed { command: "cargo xtask soak hostile".to_owned(), figures })
}

/// What was run, as the guest says it.
fn figures(events: &[Event], seed: u64) -> Result<String> {
    let lines = || {
        events.iter().filter_map(|event| match event {
            Event::Output { text } => Some(text.as_str()),
            _ => None,
        })
    };
    let tests: usize = lines().filter_map(trial::passed_tests).sum();
    let said = |what: &str| {
        let line = lines().find(|line| line.contains(what));
        line.ok_or_else(|| Error::new(format!("the guest did not say {what:?}")))
    };
    let died = said("programs killed while their card was writing")?;
    let died = died.split(' ').next().unwrap_or_default();
    let provoked = said("faults provoked")?.trim();
    said(&format!("{STEPS} steps from seed {seed}"))?;
    said(&format!("{STEPS} steps of two programs"))?;
    Ok(format!(
        "{STEPS} hostile steps of one program and {STEPS} of two at once, seed {seed}; {tests} tests, \
         the card pulled out and the module unloaded among them; {died} programs killed; no report \
         of the kernel's: KASAN, lockdep, lists, counters, DMA API; then {provoked}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(text: &str) -> Event {
        Event::Output { text: text.to_owned() }
    }

    // Figures are what the guest says; a guest that leaves something out has not passed.
    #[test]
    fn figures_need_everything() {
        let mut events = vec![
            output("60000 steps from seed 7"),
            output("60000 steps of two programs from seeds 8 and 9"),
            output("test result: ok. 12 passed; 0 failed"),
            output("test result: ok. 2 passed; 0 failed"),
            output("100 programs killed while their card was writing: device usable after each,"),
            output("3 faults provoked, each reported"),
        ];
        let text = figures(&events, 7).unwrap();
        assert!(text.contains("14 tests") && text.contains("then 3 faults provoked"), "{text}");
        assert!(figures(&events, 8).is_err());
        events.remove(1);
        assert!(figures(&events, 7).unwrap_err().to_string().contains("two programs"));
    }
}
