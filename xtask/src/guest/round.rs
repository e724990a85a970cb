//! A round of hosts: each booted with its task, some at a time, then a table.
//!
//! What a guest says is kept and printed whole when it has ended. The round has a limit of its
//! own, whatever hangs in it.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use guest_init::report::{Event, Outcome as Check};

use super::boot::{Outcome, Task, Testbed};
use super::host::Host;
use crate::error::{Error, Result};

/// Guests at a time; no more than there are processors. Each takes a gigabyte.
const AT_A_TIME: usize = 4;

/// How long all boots may take together, besides what is fetched and built for them. They take
/// minutes; this is for machines that do much else, and keeps everything that a change must pass
/// within its time even if one guest after the other hangs.
const LIMIT: Duration = Duration::from_mins(30);

/// A boot and how it went.
#[derive(Debug)]
pub struct Row<'h> {
    /// The host.
    pub host: &'h Host,
    /// What it was booted for besides.
    pub title: &'static str,
    /// What came of its boot.
    pub outcome: Outcome,
}

/// What a round came to.
#[derive(Debug)]
pub struct Round<'h> {
    /// The boots, in the order given.
    pub rows: Vec<Row<'h>>,
}

/// Boots each host with its task; prints what each said when it has ended, and a table.
///
/// # Errors
///
/// Something cannot be fetched, built or started. How the guests themselves went is in the rows.
pub fn run<'h>(testbed: &Testbed<'_>, tasks: Vec<(&'h Host, Task)>) -> Result<Round<'h>> {
    // First all that takes long and may fail without a guest, so that times are those of boots.
    for (host, _) in &tasks {
        testbed.prepare(host).map_err(|error| error.within(host.name))?;
    }
    let places = tasks.len();
    let waiting: Mutex<VecDeque<_>> = Mutex::new(tasks.into_iter().enumerate().collect());
    let next = || lock(&waiting).pop_front();
    let ended: Mutex<Vec<(usize, Result<Row<'h>>)>> = Mutex::new(Vec::new());
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let end = Instant::now() + LIMIT;
    let work = || {
        while let Some((place, (host, task))) = next() {
            let left = end.saturating_duration_since(Instant::now());
            let row = match left.as_secs() {
                0 => Err(late(host, task.title)),
                _ => one(testbed, host, &Task { limit: task.limit.min(left), ..task }),
            };
            lock(&ended).push((place, row));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..processors.min(AT_A_TIME).min(places) {
            scope.spawn(work);
        }
    });
    let mut rows = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    rows.sort_by_key(|(place, _)| *place);
    let rows: Vec<Row<'h>> = rows.into_iter().map(|(_, row)| row).collect::<Result<_>>()?;
    let round = Round { rows };
    println!("\n{}", round.table());
    Ok(round)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A queue is whole whatever panicked beside it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn late(host: &Host, title: &str) -> Error {
    let minutes = LIMIT.as_secs() / 60;
    Error::new(format!("{}{} was not booted: {minutes} min are over", host.name, titled(title)))
        .hint("look what took so long in the lines above")
}

fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(", {title}") }
}

fn one<'h>(testbed: &Testbed<'_>, host: &'h Host, task: &Task) -> Result<Row<'h>> {
    let mut said = format!("\n== {}: {}{}\n", host.name, host.about, titled(task.title));
    let outcome = testbed.run(host, task, &mut |event| said.push_str(&line(event)));
    if let Ok(Outcome { frozen: Some(seen), .. }) = &outcome {
        let _ = writeln!(said, "  booted twice: {seen}");
    }
    match &outcome {
        Err(error) | Ok(Outcome { verdict: Err(error), .. }) => {
            let _ = writeln!(said, "  {error}");
        }
        Ok(_) => {}
    }
    print!("{said}");
    Ok(Row { host, title: task.title, outcome: outcome.map_err(|error| error.within(host.name))? })
}

impl Round<'_> {
    /// Checks and programs that went well; an error if anything did not.
    ///
    /// # Errors
    ///
    /// A host failed.
    pub fn verdict(&self) -> Result<usize> {
        match self.rows.iter().filter(|row| row.outcome.verdict.is_err()).count() {
            0 => Ok(self.rows.iter().map(Row::good).sum()),
            failed => Err(Error::new(format!("{failed} of {} boots failed", self.rows.len()))),
        }
    }

    /// Boots that froze, and were done once more.
    #[must_use]
    pub fn frozen(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.frozen.is_some()).count()
    }

    /// One line a host.
    fn table(&self) -> String {
        let lines = self.rows.iter().map(Row::line);
        std::iter::once("== hosts".to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
    }
}

impl Row<'_> {
    fn count(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.outcome.transcript.events().iter().filter(|event| wanted(event)).count()
    }

    fn checks(&self, wanted: Check) -> usize {
        self.count(|event| matches!(event, Event::Check { outcome, .. } if *outcome == wanted))
    }

    /// Checks that passed, and programs that ended well.
    fn good(&self) -> usize {
        let ended = |event: &Event| matches!(event, Event::Ended { code: Some(0), .. });
        self.checks(Check::Passed) + self.count(ended)
    }

    fn line(&self) -> String {
        let outcome = &self.outcome;
        let word = if outcome.verdict.is_ok() { "passed" } else { "FAILED" };
        let boot = outcome.boot.map(|time| format!("{:.1}", time.as_secs_f64()));
        let programs = self.count(|event| matches!(event, Event::Ended { .. }));
        let frozen = if outcome.frozen.is_some() { "; booted twice, it froze" } else { "" };
        format!(
            "{word:8} {:32} boot {:>5} s  total {:5.1} s  checks: {} passed, {} failed, {} not \
             applicable; {programs} programs{frozen}",
            format!("{}{}", self.host.name, titled(self.title)),
            boot.as_deref().unwrap_or("-"),
            outcome.total.as_secs_f64(),
            self.checks(Check::Passed),
            self.checks(Check::Failed),
            self.checks(Check::NotApplicable),
        )
    }
}

/// One report, for a person, with its end; nothing for what is not for people.
#[must_use]
pub fn line(event: &Event) -> String {
    match event {
        Event::Ready { kernel, uptime } => format!("  Linux {kernel}, up after {uptime:.1} s\n"),
        Event::Check { name, outcome, detail } => format!("  {outcome:14} {name:10} {detail}\n"),
        Event::Output { text } if text.starts_with(guest_init::report::CONFORMANCE) => {
            String::new()
        }
        Event::Output { text } => format!("  | {text}\n"),
        Event::Ended { program, how, seconds, .. } => {
            format!("  {program}: {how}, {seconds:.2} s\n")
        }
        Event::Kernel { text } => format!("  kernel: {text}\n"),
        Event::Failed { reason } => format!("  FAILED {reason}\n"),
        Event::End { .. } => String::new(),
    }
}
