//! `anydma regs`: registers and fields of a device, by name.
//!
//! ```text
//!   card.svd ─► Map ─► Entry: a register at its place ─┐
//!                                                      ├─► Sheet: values, fields, names
//!   device   ─► Bus: loads and stores in BARs ─────────┘
//! ```
//!
//! The device is opened as any program opens it, but never allowed to master the bus.

#[expect(unsafe_code, reason = "accesses at places that a description names")]
mod bus;
mod sheet;
mod store;
mod watch;

use clap::Subcommand;

use crate::answer::Answer;
use crate::device::{DeviceName, Protection, unopened};
use crate::failure::Failure;
use crate::output::Output;
use crate::registers::{Assignment, Map, Path};

use self::bus::Bus;
use self::sheet::{Sheet, SheetOptions};

/// Registers and fields of a device, by the names of its description
#[derive(clap::Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The device: a URI such as `mock:edu`, or a PCI address
    #[arg(value_name = "DEVICE")]
    device: DeviceName,
    #[command(flatten)]
    protection: Protection,
    /// Its description: an SVD file, or `edu`, `nvme`, `pl081`, `xdma`
    #[arg(long, value_name = "FILE.svd|NAME")]
    map: String,
    /// Stores this first, while the device is open; may be given several times
    #[arg(long, value_name = "NAME[.FIELD]=VALUE")]
    set: Vec<Assignment>,
    /// Where peripherals lie that the description puts into no BAR
    #[arg(long, value_name = "NUMBER")]
    bar: Option<usize>,
    /// Reads registers too whose reading changes the device
    #[arg(long, global = true)]
    side_effects: bool,
    /// Writes registers too that tell the device an address or start it. That can make it read
    /// and write memory that is not its own, now or when the next program lets it master the bus
    #[arg(long, global = true)]
    unsafe_let_the_card_loose: bool,
    /// Uses the description though it is one of another card
    #[arg(long)]
    any_card: bool,
    #[command(subcommand)]
    action: Option<Action>,
}

const HELP: &str = "\
Names are those of the description: REGISTER, REGISTER[2], CLUSTER[1].REGISTER, with .FIELD behind \
it, in any case. What stands before may be left out where the rest is unique; without an index all \
elements of an array are meant. Values are numbers (12, 0xc, 0b1100) or the names that the \
description gives them.\n\n\
The device is opened for this one command and closed after it, which on many roads resets it: what \
has to happen before a look goes into --set.";

/// What to do with them
#[derive(Subcommand, Debug)]
enum Action {
    /// Prints all registers (the default)
    Dump {
        /// Only those that differ from what they hold after a reset
        #[arg(long)]
        diff: bool,
        /// Only these, and what is below them
        names: Vec<Path>,
    },
    /// Prints some registers or fields
    Read {
        /// Which
        #[arg(required = true)]
        names: Vec<Path>,
    },
    /// Writes a register or a field, and prints what it holds then
    Write {
        /// Which
        name: Path,
        /// What: a number, or the name of a value
        value: String,
    },
    /// Prints registers, and then what changes
    Watch(watch::Arguments),
}

/// Does it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    let map = Map::load(&arguments.map, arguments.bar)?;
    let uri = arguments.device.uri();
    let device = arguments.protection.open(uri).map_err(|error| unopened(uri, &error))?;
    if !arguments.any_card {
        map.check(&device)?;
    }
    let mut bus = Bus::new(device);
    for assignment in &arguments.set {
        let found = map.one(&assignment.name)?;
        store::store(&mut bus, &found, &assignment.value, arguments.unsafe_let_the_card_loose)?;
    }
    let options = SheetOptions { side_effects: arguments.side_effects, diff: false, given: true };
    let all = SheetOptions { given: false, ..options };
    match &arguments.action {
        None => output.report(&Sheet::read(&map, &mut bus, &map.all(), all)?)?,
        Some(Action::Dump { diff, names }) => {
            let found =
                if names.is_empty() { map.all() } else { map.find_below(names.as_slice())? };
            let options = SheetOptions { diff: *diff, ..all };
            output.report(&Sheet::read(&map, &mut bus, &found, options)?)?;
        }
        Some(Action::Read { names }) => {
            let found = map.find(names)?;
            output.report(&Sheet::read(&map, &mut bus, &found, options)?)?;
        }
        Some(Action::Write { name, value }) => {
            let found = map.one(name)?;
            store::store(&mut bus, &found, value, arguments.unsafe_let_the_card_loose)?;
            let options = SheetOptions { given: false, ..options };
            output.report(&Sheet::read(&map, &mut bus, &[found], options)?)?;
        }
        Some(Action::Watch(watching)) => {
            watch::run(watching, &map, &mut bus, options, output)?;
        }
    }
    Ok(Answer::Good)
}
