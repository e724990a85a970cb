//! What a run came to, for people and for machines; needs the `std` feature.
//!
//! [`Report::of`] runs the suite on a rig and keeps every outcome with its times;
//! [`Report::table`] aligns them for a terminal, [`Report::json`] writes them for tools, and
//! [`readme_row`](Report::readme_row) is a line of the README's table.
#![forbid(unsafe_code)]

mod json;
mod table;

use std::string::String;
use std::time::{Duration, Instant};
use std::vec::Vec;

use crate::rig::Rig;
use crate::suite::{self, Exception, Observer, Outcome, State, Totals};

/// One case in a report.
#[derive(Clone, Debug)]
pub struct Row {
    /// The case and how it ended.
    pub outcome: Outcome,
    /// How long it took on the wall clock.
    pub elapsed: Duration,
}

/// A rig's run of the suite.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the rig is called, as `backend/device`.
    pub rig: String,
    /// The cases, in order.
    pub rows: Vec<Row>,
    /// Their sum.
    pub totals: Totals,
    /// How long all of it took on the wall clock.
    pub elapsed: Duration,
}

struct Collector {
    rows: Vec<Row>,
    began: Instant,
}

impl Observer for Collector {
    fn begins(&mut self, _: &'static str) {
        self.began = Instant::now();
    }

    fn ended(&mut self, outcome: &Outcome) {
        self.rows.push(Row { outcome: *outcome, elapsed: self.began.elapsed() });
    }
}

impl Report {
    /// Runs every case on `rig`; see [`suite::run`].
    pub fn of<R: Rig>(name: &str, rig: &mut R, exceptions: &[Exception]) -> Self {
        Self::of_some(name, rig, exceptions, |_| true)
    }

    /// Runs the cases whose names `wanted` accepts.
    pub fn of_some<R: Rig>(
        name: &str,
        rig: &mut R,
        exceptions: &[Exception],
        wanted: impl Fn(&str) -> bool,
    ) -> Self {
        let began = Instant::now();
        let mut collector = Collector { rows: Vec::new(), began };
        let totals = suite::run_some(rig, exceptions, wanted, &mut collector);
        Self { rig: name.into(), rows: collector.rows, totals, elapsed: began.elapsed() }
    }

    /// As [`Report::of_some`], without a list; see [`suite::run_unlisted`].
    pub fn of_unlisted<R: Rig>(name: &str, rig: &mut R, wanted: impl Fn(&str) -> bool) -> Self {
        let began = Instant::now();
        let mut collector = Collector { rows: Vec::new(), began };
        let totals = suite::run_unlisted(rig, wanted, &mut collector);
        Self { rig: name.into(), rows: collector.rows, totals, elapsed: began.elapsed() }
    }

    /// The cases that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| matches!(row.outcome.state, State::Failed(_)))
    }
}
