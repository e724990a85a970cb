//! The serial log of a guest, read line by line, and the verdict on it.
//!
//! A guest has passed only if everything says so: reports from the first to the last without a
//! gap, no panic, and the emulator's exit status. A panic, a hang or an early end leaves at least
//! one of them out.

use std::collections::VecDeque;

use guest_init::report::{Event, Line};

use crate::error::{Error, Result};

/// Lines of the log that an error quotes.
const QUOTED: usize = 25;

/// What was read so far.
#[derive(Debug, Default)]
pub struct Transcript {
    events: Vec<Event>,
    /// The first thing that was wrong with the lines themselves.
    broken: Option<String>,
    last: VecDeque<String>,
}

impl Transcript {
    /// Reads one line; gives the report in it.
    pub fn read(&mut self, line: &str) -> Option<&Event> {
        let line = line.trim_end_matches(['\r', '\n']);
        if self.last.len() == QUOTED {
            self.last.pop_front();
        }
        self.last.push_back(line.to_owned());
        if line.contains("Kernel panic") {
            self.break_with(format!("the kernel panicked: {line}"));
        }
        match Line::parse(line)? {
            Err(garbled) => {
                self.break_with(garbled.to_string());
                None
            }
            Ok(report) => {
                let wanted = self.events.len() as u64;
                if report.number != wanted {
                    let number = report.number;
                    self.break_with(format!("report {wanted} was lost: {number} came instead"));
                }
                self.events.push(report.event);
                self.events.last()
            }
        }
    }

    fn break_with(&mut self, what: String) {
        self.broken.get_or_insert(what);
    }

    /// All reports.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Whether the guest has said its last word.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.events.last(), Some(Event::End { .. }))
    }

    /// Whether the guest has passed, given how the emulator ended.
    ///
    /// # Errors
    ///
    /// It has not; the message says by what one knows, and quotes the last lines where the cause
    /// must be in them.
    pub fn verdict(&self, status: Option<i32>, good: i32) -> Result<()> {
        let quoting = |what: String| {
            let lines: Vec<&str> = self.last.iter().map(String::as_str).collect();
            if lines.iter().all(|line| line.is_empty()) {
                return Err(Error::new(format!("{what}; it wrote nothing at all")));
            }
            Err(Error::new(format!("{what}; its last lines:\n    {}", lines.join("\n    "))))
        };
        if let Some(broken) = &self.broken {
            return quoting(broken.clone());
        }
        let ended = match status {
            Some(status) => format!("the emulator ended with status {status}"),
            None => "the emulator was killed".to_owned(),
        };
        match self.events.last() {
            None => quoting(format!("{ended}, and no process was started in the guest")),
            Some(Event::End { passed: false }) => Err(Error::new(self.failures())),
            Some(Event::End { passed: true }) if status == Some(good) => Ok(()),
            Some(Event::End { passed: true }) => {
                quoting(format!("the guest ended well and {ended}, where {good} was to come"))
            }
            Some(_) => quoting(format!("{ended} before the guest's last report")),
        }
    }

    /// What failed, in the guest's words.
    fn failures(&self) -> String {
        use guest_init::report::Outcome;
        let failure = |event: &Event| match event {
            Event::Check { name, outcome: Outcome::Failed, detail } => {
                Some(format!("{name}: {detail}"))
            }
            Event::Ended { program, code, how, .. } if *code != Some(0) => {
                Some(format!("{program}: {how}"))
            }
            Event::Failed { reason } => Some(reason.clone()),
            _ => None,
        };
        let failures: Vec<String> = self.events.iter().filter_map(failure).collect();
        failures.join("\n    ")
    }
}

#[cfg(test)]
mod tests {
    use guest_init::report::Outcome;

    use super::*;

    fn transcript(events: Vec<Event>) -> Transcript {
        let mut transcript = Transcript::default();
        transcript.read("[    0.000000] Linux version");
        for (number, event) in (0..).zip(events) {
            let text = Line { number, event }.to_text().unwrap();
            transcript.read(&text);
        }
        transcript
    }

    fn ready() -> Event {
        Event::Ready { kernel: "7.3.4".to_owned(), uptime: 1.5 }
    }

    fn said(transcript: &Transcript, status: Option<i32>) -> String {
        transcript.verdict(status, 33).unwrap_err().to_string()
    }

    // Last report and exit status together are a success; neither is one alone.
    #[test]
    fn success_needs_last_report_and_status() {
        let good = transcript(vec![ready(), Event::End { passed: true }]);
        assert_eq!(good.verdict(Some(33), 33), Ok(()));
        assert!(said(&good, Some(0)).contains("status 0, where 33 was to come"));
        assert!(said(&good, None).contains("killed"));
        let early = transcript(vec![ready()]);
        assert!(said(&early, Some(33)).contains("before the guest's last report"));
    }

    // A guest that never reached its first process is quoted.
    #[test]
    fn silent_guest_is_quoted() {
        let silent = transcript(vec![]);
        let text = said(&silent, Some(0));
        assert!(text.contains("no process was started"));
        assert!(text.contains("Linux version"));
    }

    // A panic is a failure even where everything else looks well.
    #[test]
    fn panic_is_a_failure() {
        let mut panicked = transcript(vec![ready(), Event::End { passed: true }]);
        panicked.read("[    2.0] Kernel panic - not syncing: x\r\n");
        assert!(said(&panicked, Some(33)).contains("the kernel panicked"));
    }

    // A lost or damaged report is a failure.
    #[test]
    fn lost_reports_are_failures() {
        let mut gap = transcript(vec![ready()]);
        let end = Line { number: 2, event: Event::End { passed: true } };
        gap.read(&end.to_text().unwrap());
        assert!(said(&gap, Some(33)).contains("report 1 was lost: 2 came instead"));
        let mut garbled = transcript(vec![ready()]);
        garbled.read("@guest {\"number\":1,\"ev[   3.1] usb 1-1\r\n");
        assert!(said(&garbled, Some(33)).contains("garbled report"));
    }

    // What failed in the guest is said in the guest's words.
    #[test]
    fn failures_are_named() {
        let check = Event::Check {
            name: "iommu".to_owned(),
            outcome: Outcome::Failed,
            detail: "no group".to_owned(),
        };
        let ended = Event::Ended {
            program: "/tests/x".to_owned(),
            code: None,
            how: "killed by signal 11".to_owned(),
            seconds: 0.1,
        };
        let failed = transcript(vec![ready(), check, ended, Event::End { passed: false }]);
        let text = said(&failed, Some(35));
        assert!(text.contains("iommu: no group\n"), "{text}");
        assert!(text.contains("/tests/x: killed by signal 11"), "{text}");
    }
}
