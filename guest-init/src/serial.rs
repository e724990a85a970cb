//! The way out: numbered reports, each written at once, by this process alone.
//!
//! The kernel is told to keep quiet on the console once we run, so that its messages do not fall
//! into our lines; a panic still speaks.
#![forbid(unsafe_code)]

use std::io::Write;

use guest_init::report::{Event, Line, Outcome};

use guest_init::error::{Context, Result, write};

/// Writes reports to the console.
#[derive(Debug, Default)]
pub(crate) struct Serial {
    next: u64,
    /// A check or a program that failed so far.
    failures: usize,
}

impl Serial {
    /// Only emergencies of the kernel reach the console from now on.
    pub(crate) fn take_over() -> Result<Self> {
        write("/proc/sys/kernel/printk", "1")?;
        Ok(Self::default())
    }

    /// Reports; a failure in it is remembered.
    pub(crate) fn report(&mut self, event: Event) -> Result<()> {
        let failed = match &event {
            Event::Check { outcome, .. } => *outcome == Outcome::Failed,
            Event::Ended { code, .. } => *code != Some(0),
            Event::Failed { .. } => true,
            _ => false,
        };
        self.failures += usize::from(failed);
        let line = Line { number: self.next, event };
        self.next += 1;
        let text = line.to_text().context("write a report")?;
        let mut console = std::io::stdout().lock();
        console.write_all(text.as_bytes()).context("write to the console")?;
        console.flush().context("write to the console")
    }

    /// Reports what a check saw.
    pub(crate) fn check(&mut self, name: &str, seen: Result<Seen>) -> Result<()> {
        let (outcome, detail) = match seen {
            Ok(Seen::Good(detail)) => (Outcome::Passed, detail),
            Ok(Seen::Nothing(reason)) => (Outcome::NotApplicable, reason),
            Err(error) => (Outcome::Failed, error.to_string()),
        };
        self.report(Event::Check { name: name.to_owned(), outcome, detail })
    }

    /// Whether nothing failed so far.
    pub(crate) fn is_good(&self) -> bool {
        self.failures == 0
    }

    /// The last line; waits until it is out.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.report(Event::End { passed: self.is_good() })?;
        rustix::termios::tcdrain(std::io::stdout()).context("drain the console")
    }
}

/// What a check saw if it did not fail.
#[derive(Debug)]
pub(crate) enum Seen {
    /// As expected; the details.
    Good(String),
    /// The machine has nothing of the kind; the reason.
    Nothing(String),
}
