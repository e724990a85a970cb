//! `anydma bench`: what transfers cost, by length, direction, pages, waiting.
//!
//! ```text
//!   Plan: the points ─► measure: turns of transfers ─► Table ─┬─► text, JSON
//!                                                             └─► plot: an SVG
//! ```
//!
//! *Pooled* memory is mapped once and used again and again; *mapped* memory is the caller's, mapped
//! for the one transfer and unmapped after it. What lies between the two is what an IOMMU costs a
//! driver that maps for each transfer. On a simulated machine the IOMMU can also be left out.
#![forbid(unsafe_code)]

mod measure;
mod plan;
mod plot;
mod table;

use std::fs;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::answer::Answer;
use crate::device::{DeviceName, Protection};
use crate::failure::Failure;
use crate::output::Output;

use self::plan::{Plan, Size};
use self::table::Table;

/// Measures transfers: lengths, directions, page sizes, polling and interrupts, and what the
/// IOMMU costs
#[derive(clap::Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The device: a URI such as `mock:xdma`, or a PCI address
    #[arg(value_name = "DEVICE")]
    device: DeviceName,
    #[command(flatten)]
    protection: Protection,
    /// The lengths, such as `64,4KiB,1MiB`; by default from 64 bytes in steps of four to what the
    /// card's memory holds, at most 4 MiB
    #[arg(long, value_name = "BYTES", value_delimiter = ',')]
    sizes: Vec<Size>,
    /// Transfers of each point, at most
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    transfers: u32,
    /// Milliseconds for each point, if it does not take fewer
    #[arg(long, default_value_t = 100, value_name = "MS")]
    budget: u64,
    /// Milliseconds until a transfer counts as stuck
    #[arg(long, default_value_t = 5_000, value_name = "MS")]
    limit: u64,
    /// Draws the rates into this file
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

const HELP: &str = "\
The card's memory is overwritten. Each point makes at least three transfers, of which the middle and \
the fastest are reported. Where nothing translates, memory of this program is not mapped for a real \
card, which may not reach it.\n\n\
On a simulated machine the figures are those of its model: with `clock=real`, which is taken unless \
the URI has a clock, of this processor playing the card; with `clock=virtual` of the model's clock, \
on which computing costs nothing. Neither says how fast a card is.";

/// Does it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    let plan = Plan::new(arguments)?;
    let bar = progress(plan.points() as u64);
    let mut table = Table::new(&plan);
    for road in &plan.roads {
        measure::road(&plan, road, &mut |point| {
            bar.set_message(point.title());
            bar.inc(1);
            table.add(point);
        })?;
    }
    bar.finish_and_clear();
    if let Some(path) = &arguments.plot {
        let drawn = plot::draw(&table).map_err(|error| Failure::because("draw the plot", error))?;
        let written = fs::write(path, drawn);
        written.map_err(|error| Failure::of(format!("write {}", path.display()), &error))?;
    }
    output.report(&table)?;
    Ok(Answer::Good)
}

/// A bar on standard error, if that is a terminal.
fn progress(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
