//! `anydma test`: the conformance suite on a card, as a report to send.
//!
//! A case may hang, or leave its device open on purpose: on a real kernel only the end of the
//! process takes a device back. So each case runs in a process of its own, with a limit.
//!
//! ```text
//!   test DEVICE ─┬─► test DEVICE --case one ──► JSON of one case
//!                ├─► test DEVICE --case two ──► …
//!                └─► the report: text, JSON, Markdown
//! ```

mod case;
mod host;
mod report;
#[expect(unsafe_code, reason = "the promise that the suite has the only channel of a device")]
mod rig;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::answer::Answer;
use crate::device::{DeviceName, Protection};
use crate::failure::Failure;
use crate::output::{self, Output};

use self::host::Host;
use self::report::Whole;
use self::rig::Rig;

/// Puts a card through the conformance suite and reports, also to send
#[derive(clap::Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The device: a URI such as `mock:edu`, or a PCI address
    #[arg(value_name = "DEVICE")]
    device: DeviceName,
    #[command(flatten)]
    protection: Protection,
    /// Another device of the same kind, in an address space of its own
    #[arg(long, value_name = "DEVICE")]
    apart: Option<DeviceName>,
    /// Only the cases whose names contain this
    #[arg(long, value_name = "PART")]
    only: Option<String>,
    /// About how many transfers a case may make; by default as the card is quick
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    transfers: Option<u32>,
    /// Seconds until a case counts as hanging
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    limit: u64,
    /// Writes the report to this file too, as Markdown
    #[arg(long, value_name = "FILE.md")]
    markdown: Option<PathBuf>,
    /// Runs this case only, in this process
    #[arg(long, hide = true, value_name = "NAME")]
    case: Option<String>,
}

const HELP: &str = "\
The card must be one that this project has a driver for. Its memory is overwritten. A wrong address \
is only tried where an IOMMU stands in front of it.\n\n\
Exit code 0: nothing failed; 3: something did. What the host or the card cannot show does not \
apply, and the report has the reason.";

/// Does it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    match &arguments.case {
        Some(name) => one(arguments, name),
        None => all(arguments, output),
    }
}

/// One case, in this process: its report is JSON for whoever started it.
fn one(arguments: &Arguments, name: &str) -> Result<Answer, Failure> {
    let mut rig = Rig::open(arguments)?;
    let title = arguments.device.uri();
    let report = conformance::report::Report::of_unlisted(title, &mut rig, |case| case == name);
    output::write(format!("{}{}\n", report::MARK, report.json()).as_bytes())?;
    Ok(Answer::Good)
}

/// All cases, each in a process of its own.
fn all(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    // A device that is not there is one message, not one for each case.
    let host = Host::of(&Rig::open(arguments)?);
    let wanted = |name: &str| arguments.only.as_ref().is_none_or(|part| name.contains(part));
    let groups = conformance::groups::<Rig>().iter();
    let cases: Vec<(&str, &str, &str)> = groups
        .flat_map(|group| group.cases.iter().map(|case| (group.noun, case.name, case.proves)))
        .filter(|(_, name, _)| wanted(name))
        .collect();
    if cases.is_empty() {
        let part = arguments.only.as_deref().unwrap_or_default();
        return Err(Failure::because(
            format!("run the cases with {part:?} in their names"),
            "there is none",
        )
        .hint("without --only all of them run"));
    }
    let bar = progress(cases.len() as u64);
    let mut whole = Whole::new(host);
    for (group, name, proves) in cases {
        bar.set_message(name);
        whole.add(case::run(arguments, Duration::from_secs(arguments.limit), group, name, proves)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(path) = &arguments.markdown {
        let written = fs::write(path, whole.markdown());
        written.map_err(|error| Failure::of(format!("write {}", path.display()), &error))?;
    }
    output.report(&whole)?;
    Ok(Answer::good_if(whole.conforms()))
}

/// A bar on standard error, if that is a terminal.
fn progress(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
