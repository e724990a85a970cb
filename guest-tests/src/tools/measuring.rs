//! What transfers of a real card take.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;

use guest_init::error::{Context, Error, Result};
use serde_json::Value;

use crate::tool::Tool;

/// `edu` takes a tenth of a second for a transfer, and a wait must have seen nearly all of it.
const SHORTEST_NS: u64 = 90_000_000;
/// Where the drawing goes.
const PLOT: &str = "/tmp/plot.svg";
/// A few transfers for each point.
const FEW: [&str; 4] = ["--transfers", "3", "--budget", "1"];

/// A table for people, a report for programs, a drawing: every point once, with a time that can be.
pub(super) fn run(tool: Tool<'_>, device: &str, maps: bool) -> Result<()> {
    let words = [&["bench", device, "--sizes", "64,4KiB"][..], &FEW].concat();
    let shown = tool.shown(&words)?;
    let table = shown.output.split("\n\n").next().unwrap_or_default();
    let both = if maps { &["pooled", "mapped"][..] } else { &["pooled"] };
    for (size, sources) in [("    64 B  ", &["pooled"][..]), ("   4 KiB  ", both)] {
        for source in sources {
            for way in ["to card", "from card"] {
                for wait in ["interrupt", "polling"] {
                    let row = |line: &&str| {
                        [source, way, wait].iter().all(|word| line.contains(*word))
                            && line.trim_start().starts_with(size.trim_start())
                    };
                    if !table.lines().any(|line| row(&line)) {
                        let missing = format!("has no row for{size}{source} {way} {wait}");
                        return Err(shown.wrong(&words, &missing));
                    }
                }
            }
        }
    }
    std::fs::create_dir_all("/tmp").context("make a folder for the drawing")?;
    let words = [&["bench", device, "--sizes", "64", "--plot", PLOT][..], &FEW].concat();
    let report = tool.report(&words)?;
    let points = report["points"].as_array().map_or(&[][..], Vec::as_slice);
    let name = |point: &Value| {
        let parts = ["bytes", "to_card", "pages", "translated", "source", "wait"];
        parts.map(|part| point[part].to_string()).join(" ")
    };
    let names: BTreeSet<String> = points.iter().map(name).collect();
    // Both ways, waited for in both ways, with each size of pages that the road lends.
    if points.is_empty() || names.len() != points.len() || !points.len().is_multiple_of(4) {
        return Err(Error::new(format!("the points are not each there once: {report}")));
    }
    let number = |point: &Value, what: &str| point[what].as_u64().unwrap_or(0);
    let good = |point: &&Value| {
        let (middle, fastest) = (number(point, "median_ns"), number(point, "fastest_ns"));
        number(point, "transfers") >= 3 && fastest >= SHORTEST_NS && middle >= fastest
    };
    if let Some(point) = points.iter().find(|point| !good(point)) {
        return Err(Error::new(format!("a time that cannot be: {point}")));
    }
    let drawn = std::fs::read_to_string(PLOT).context(format_args!("read {PLOT}"))?;
    if !drawn.starts_with("<svg") || !drawn.trim_end().ends_with("</svg>") {
        return Err(Error::new(format!("{PLOT} is no drawing: {drawn}")));
    }
    println!("  anydma bench: {} points, each of at least 100 ms", points.len());
    Ok(())
}
