//! What was measured, as a table, and what the IOMMU costs.
#![forbid(unsafe_code)]

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;

use super::measure::Point;
use super::plan::{Pages, Plan, Source, Wait};
use crate::output::Report;

/// What was measured.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Table {
    pub(super) device: String,
    pub(super) card: &'static str,
    pub(super) clock: &'static str,
    simulated: bool,
    pub(super) points: Vec<Point>,
    costs: Vec<Cost>,
}

/// What the IOMMU costs a transfer: two points that differ in one thing.
#[derive(Clone, Debug, Serialize)]
struct Cost {
    /// What is compared with what.
    what: &'static str,
    bytes: usize,
    to_card: bool,
    pages: Pages,
    /// The middle of the costlier, and of the other one.
    with_ns: u64,
    without_ns: u64,
    ratio: f64,
}

const TRANSLATING: &str = "IOMMU on / off, pooled";
const MAPPING: &str = "mapped for each transfer / pooled, IOMMU on";

impl Table {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            device: plan.device.clone(),
            card: plan.card,
            clock: if plan.virtual_clock { "of the model" } else { "of this machine" },
            simulated: plan.simulated,
            points: Vec::new(),
            costs: Vec::new(),
        }
    }

    /// Adds a point, and what it says beside another one.
    pub(super) fn add(&mut self, point: Point) {
        let costs = self.points.iter().filter_map(|other| Cost::of(other, &point));
        let mut costs: Vec<Cost> = costs.collect();
        self.costs.append(&mut costs);
        self.points.push(point);
    }
}

impl Cost {
    /// If the points differ in translation or in mapping alone.
    fn of(one: &Point, two: &Point) -> Option<Self> {
        let same = one.bytes == two.bytes
            && one.to_card == two.to_card
            && one.pages == two.pages
            && (one.wait, two.wait) == (Wait::Polling, Wait::Polling);
        if !same {
            return None;
        }
        let (what, with, without) =
            match ((one.translated, one.source), (two.translated, two.source)) {
                ((true, Source::Pooled), (false, Source::Pooled)) => (TRANSLATING, one, two),
                ((false, Source::Pooled), (true, Source::Pooled)) => (TRANSLATING, two, one),
                ((true, Source::Mapped), (true, Source::Pooled)) => (MAPPING, one, two),
                ((true, Source::Pooled), (true, Source::Mapped)) => (MAPPING, two, one),
                _ => return None,
            };
        Some(Self {
            what,
            bytes: one.bytes,
            to_card: one.to_card,
            pages: one.pages,
            with_ns: with.median_ns,
            without_ns: without.median_ns,
            ratio: ratio(with.median_ns, without.median_ns),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other.max(1) as f64
}

/// `64 B`, `4 KiB`, `1 MiB`.
pub(super) fn length(bytes: usize) -> String {
    match bytes {
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} B"),
    }
}

/// With the unit that fits.
fn time(nanoseconds: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a time for people")]
    let value = nanoseconds as f64;
    match nanoseconds {
        0..10_000 => format!("{nanoseconds} ns"),
        10_000..10_000_000 => format!("{:.1} µs", value / 1e3),
        _ => format!("{:.1} ms", value / 1e6),
    }
}

const fn way(to_card: bool) -> &'static str {
    if to_card { "to card" } else { "from card" }
}

impl Report for Table {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let bold = Style::new().bold();
        writeln!(out, "{bold}{} ({}), times {}{bold:#}", self.device, self.card, self.clock)?;
        if self.simulated {
            writeln!(out, "A simulated card: the figures are its model's, not those of a card.")?;
        }
        writeln!(
            out,
            "{:>8}  {:9}  {:5}  {:5}  {:6}  {:9}  {:>10}  {:>10}  {:>10}",
            "bytes", "way", "IOMMU", "pages", "memory", "wait", "middle", "fastest", "MiB/s"
        )?;
        let mut points: Vec<&Point> = self.points.iter().collect();
        points.sort_by_key(|point| (point.bytes, !point.to_card));
        for point in points {
            writeln!(
                out,
                "{:>8}  {:9}  {:5}  {:5}  {:6}  {:9}  {:>10}  {:>10}  {:>10.1}",
                length(point.bytes),
                way(point.to_card),
                if point.translated { "on" } else { "off" },
                point.pages.name(),
                point.source.name(),
                point.wait.name(),
                time(point.median_ns),
                time(point.fastest_ns),
                point.mib_per_second,
            )?;
        }
        for what in [TRANSLATING, MAPPING] {
            let mut costs: Vec<&Cost> =
                self.costs.iter().filter(|cost| cost.what == what).collect();
            if costs.is_empty() {
                continue;
            }
            costs.sort_by_key(|cost| (cost.bytes, !cost.to_card));
            writeln!(out, "\n{bold}What the IOMMU costs: {what}, polling{bold:#}")?;
            for cost in costs {
                writeln!(
                    out,
                    "{:>8}  {:9}  {:5}  {:>10} / {:>10} = {:.2}",
                    length(cost.bytes),
                    way(cost.to_card),
                    cost.pages.name(),
                    time(cost.with_ns),
                    time(cost.without_ns),
                    cost.ratio,
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(translated: bool, source: Source, median_ns: u64) -> Point {
        Point {
            bytes: 4096,
            to_card: true,
            pages: Pages::Small,
            translated,
            source,
            wait: Wait::Polling,
            transfers: 3,
            median_ns,
            fastest_ns: 1,
            mib_per_second: 1.0,
        }
    }

    // Points that differ in one thing are compared, in whatever order they come.
    #[test]
    fn costs_compare_what_differs_in_one_thing() {
        let on = point(true, Source::Pooled, 300);
        let off = point(false, Source::Pooled, 200);
        let mapped = point(true, Source::Mapped, 900);
        for (one, two) in [(&on, &off), (&off, &on)] {
            let cost = Cost::of(one, two).unwrap();
            assert_eq!((cost.what, cost.with_ns, cost.without_ns), (TRANSLATING, 300, 200));
        }
        assert_eq!(Cost::of(&on, &mapped).unwrap().what, MAPPING);
        assert!(Cost::of(&off, &mapped).is_none());
        assert!(Cost::of(&Point { bytes: 64, ..on.clone() }, &off).is_none());
    }

    // Lengths and times have the unit that makes them short.
    #[test]
    fn figures_are_short() {
        assert_eq!(length(64), "64 B");
        assert_eq!(length(4096), "4 KiB");
        assert_eq!(length(4 << 20), "4 MiB");
        assert_eq!(time(9_999), "9999 ns");
        assert_eq!(time(12_345), "12.3 µs");
        assert_eq!(time(100_000_000), "100.0 ms");
    }
}
