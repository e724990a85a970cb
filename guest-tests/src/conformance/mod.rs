//! The conformance suite over the facade, each case in a process of its own.
//!
//! A case may leave its device behind open on purpose, or hang: on a real kernel only the end of
//! the process takes the device back. So the verb starts this program again for each case, with
//! a limit, and puts the reports together.
//!
//! ```text
//!   conformance --device URI ─┬─► conformance --device URI --case one ──► JSON of one case
//!                             ├─► conformance --device URI --case two ──► …
//!                             └─► "@conformance {…}"  the whole report, one line
//! ```

mod case;
mod exceptions;
mod report;
#[expect(unsafe_code, reason = "the promise that the suite has the only channel of a device")]
mod rig;

use std::time::Duration;

use clap::{Parser, ValueEnum};
use conformance::report::Report;
use dma_core::{Allocate, Backend};

use self::report::Whole;
use self::rig::{Edu, Plan};
use guest_init::error::{Context, Error, Result};

/// What to run on what.
#[derive(clap::Args, Debug, Clone)]
pub(crate) struct Arguments {
    /// The `edu` to try: a URI
    #[arg(long)]
    device: String,
    /// Another one, in an address space of its own
    #[arg(long)]
    apart: Option<String>,
    /// Another one, in the same address space
    #[arg(long, conflicts_with = "apart")]
    beside: Option<String>,
    /// What the rig is called in the report; the device's URI otherwise
    #[arg(long)]
    name: Option<String>,
    /// Where the device is plugged in
    #[arg(long, value_enum, default_value = "root-port")]
    place: Place,
    /// How many address bits the card has
    #[arg(long, default_value_t = 28)]
    bits: u32,
    /// About how many transfers a case may make
    #[arg(long, default_value_t = 4)]
    transfers: u32,
    /// Seconds until a case counts as hanging
    #[arg(long, default_value_t = 60)]
    limit: u64,
    /// Runs this case only, here, and prints its report
    #[arg(long)]
    case: Option<String>,
    /// Whether the device's addresses are translated, as is known; else it is opened to see
    #[arg(long, hide = true)]
    translated: Option<bool>,
}

/// Where a device is plugged in: whether it can be reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Place {
    /// Behind a port of its own, which resets it.
    RootPort,
    /// Beside others, where nothing does.
    RootBus,
}

impl Arguments {
    fn plan(&self) -> Plan {
        Plan {
            device: self.device.clone(),
            apart: self.apart.clone(),
            beside: self.beside.clone(),
            bits: self.bits,
            transfers: self.transfers,
            wakes: Ok(()),
        }
    }

    /// Whether an IOMMU translates the device's addresses.
    fn translated(&self) -> Result<bool> {
        if let Some(known) = self.translated {
            return Ok(known);
        }
        let uri = &self.device;
        let device = crate::road::open(uri).context(format_args!("open {uri}"))?;
        Ok(!device.memory().limits().windows.is_empty())
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(self.limit)
    }

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.device)
    }
}

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match &arguments.case {
        Some(case) => one(arguments, case),
        None => all(arguments),
    }
}

/// Whether a device behind a root port passes one case, in a process of its own.
pub(crate) fn passes(device: &str, bits: u32, case: &str) -> Result<()> {
    // With all that is not said here as on the command line.
    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        arguments: Arguments,
    }
    let words = ["conformance", "--device", device, "--bits", &bits.to_string()];
    let alone = Alone::try_parse_from(words).context("the arguments of the suite")?;
    let outcome = case::run(&alone.arguments, "", case)?;
    if outcome.state == report::State::Passed {
        return Ok(());
    }
    Err(Error::new(outcome.line()))
}

/// One case, in this process.
fn one(arguments: &Arguments, case: &str) -> Result<()> {
    let mut rig = Edu::new(arguments.plan(), arguments.translated()?);
    let exceptions = exceptions::list(rig.traits(arguments.place));
    let report = Report::of_some(arguments.name(), &mut rig, &exceptions, |name| name == case);
    if report.rows.is_empty() {
        return Err(Error::new(format!("the suite has no case {case:?}")));
    }
    // The table is for people, the line for whoever started us.
    eprint!("{}", report.table());
    println!("{}{}", report::MARK, report.json());
    Ok(())
}

/// Every case, each in a process of its own.
fn all(arguments: &Arguments) -> Result<()> {
    // A device that is not there is one message, not one for each case.
    for uri in arguments.apart.iter().chain(&arguments.beside) {
        crate::road::open(uri).context(format_args!("open {uri}"))?;
    }
    let translated = Some(arguments.translated()?);
    let arguments = &Arguments { translated, ..arguments.clone() };
    let mut whole = Whole::new(arguments.name());
    for group in conformance::groups::<Edu>() {
        for case in group.cases {
            let outcome = case::run(arguments, group.noun, case.name)?;
            println!("{}", outcome.line());
            whole.add(outcome);
        }
    }
    println!("{}{}", report::MARK, serde_json::to_string(&whole).context("write the report")?);
    println!("{}", whole.summary());
    if whole.conforms() {
        return Ok(());
    }
    Err(Error::new(format!("{}: {} cases failed", whole.rig, whole.failed)))
}
