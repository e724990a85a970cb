//! `anydma new`: a driver crate for a card of one's own, out of its description.
//!
//! ```text
//!   card.svd + flags ─► Roles: which register is what ─┬─► channel.rs   the driver
//!                                                      ├─► model.rs     the card, simulated
//!                          description with <anydma> ──┼─► registers.rs typed registers
//!                                                      └─► rig, test, bench, example, CI, README
//! ```
//!
//! What the description does not say is asked for by flags, or taken by its name, which is said.
//! The flags end up in the crate: roles of registers in its copy of the description, figures of
//! the data sheet as constants at the top of the channel.
#![forbid(unsafe_code)]

mod channel;
mod crate_files;
mod crate_name;
mod description;
mod guess;
mod model;
mod roles;
mod rust_path;

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::Style;
use serde::Serialize;

use crate::answer::Answer;
use crate::failure::Failure;
use crate::output::{Output, Report};
use crate::registers::{Assignment, Path};

use self::crate_name::CrateName;
use self::roles::Roles;

/// Makes a driver crate for a card out of its description: channel, model, tests, programs
#[derive(clap::Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// What the crate is to be called
    #[arg(value_name = "NAME")]
    name: CrateName,
    /// The description of the card's registers
    #[arg(long, value_name = "FILE.svd")]
    svd: PathBuf,
    /// The folder in which the crate's own folder is made
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    into: PathBuf,
    /// The sources of anydma, for a crate that takes them from a folder and not from a registry
    #[arg(long, value_name = "FOLDER")]
    workspace: Option<PathBuf>,
    /// The card's ids, if the description has none
    #[arg(long, value_name = "VENDOR:DEVICE", value_parser = description::ids)]
    pci: Option<(u16, u16)>,
    /// The BAR in which a peripheral lies, if the description has none; and where, if not at its
    /// base address
    #[arg(long, value_name = "NUMBER=PERIPHERAL[@OFFSET]", value_parser = description::bar)]
    bar: Vec<description::InBar>,
    #[command(flatten)]
    registers: RegisterArguments,
    #[command(flatten)]
    sheet: SheetArguments,
}

/// Which register is what
#[derive(clap::Args, Debug)]
pub(super) struct RegisterArguments {
    /// Takes the address of host memory
    #[arg(long, value_name = "REGISTER", conflicts_with_all = ["source", "destination"])]
    host: Option<Path>,
    /// Takes the place in the card's memory, beside --host
    #[arg(long, value_name = "REGISTER", conflicts_with_all = ["source", "destination"])]
    place: Option<Path>,
    /// Takes the address that a transfer reads: of the host or of the card, by its direction
    #[arg(long, value_name = "REGISTER")]
    source: Option<Path>,
    /// Takes the address that a transfer writes
    #[arg(long, value_name = "REGISTER")]
    destination: Option<Path>,
    /// Takes the length
    #[arg(long, value_name = "REGISTER")]
    length: Option<Path>,
    /// Takes the address of a descriptor in memory, in which the registers above are then looked for
    #[arg(long, value_name = "REGISTER")]
    list: Option<Path>,
    /// What starts a transfer when it is written; several times for several fields of one register
    #[arg(long, value_name = "REGISTER.FIELD[=VALUE]", value_parser = roles::start)]
    start: Vec<Assignment>,
    /// The field beside it that is 1 for transfers from the card
    #[arg(long, value_name = "REGISTER.FIELD")]
    direction: Option<Path>,
    /// Reads as 1 as long as a transfer runs
    #[arg(long, value_name = "REGISTER.FIELD")]
    busy: Option<Path>,
    /// Written before each start: options, interrupts let through
    #[arg(long, value_name = "REGISTER[.FIELD]=VALUE")]
    before: Vec<Assignment>,
    /// Read after each transfer: a status that a read clears, with the interrupt
    #[arg(long, value_name = "REGISTER")]
    acknowledge: Vec<Path>,
    /// Written after each transfer: interrupts acknowledged, the engine switched off
    #[arg(long, value_name = "REGISTER[.FIELD]=VALUE")]
    finish: Vec<Assignment>,
    /// What ends a transfer when it is written, if the card can be stopped
    #[arg(long, value_name = "REGISTER[.FIELD]=VALUE")]
    stop: Option<Assignment>,
    /// An engine of its own for the way from the card: the names above, with FROM replaced by TO
    #[arg(long, value_name = "FROM=TO", value_parser = roles::other_way)]
    other_way: Vec<(String, String)>,
}

/// What the data sheet says
#[derive(clap::Args, Debug, Clone, Copy)]
pub(super) struct SheetArguments {
    /// How many address lines the card has
    #[arg(long, value_name = "BITS", default_value_t = 32,
          value_parser = clap::value_parser!(u32).range(12..=64))]
    bits: u32,
    /// Where the card's own memory begins, as its registers count
    #[arg(long, value_name = "ADDRESS", default_value = "0", value_parser = roles::number)]
    memory_start: u64,
    /// How many bytes it has
    #[arg(long, value_name = "BYTES", default_value = "65536", value_parser = roles::memory)]
    memory_bytes: u64,
    /// The longest transfer, in bytes; all of the memory, if it is not said
    #[arg(long, value_name = "BYTES", value_parser = roles::number)]
    longest: Option<u64>,
}

const HELP: &str = "\
Registers are named as `anydma regs` names them. What is not said is taken from the description's \
own <anydma> extensions, or by its name (START, BUSY, LENGTH, …), and what was taken so is printed: \
compare it with the data sheet.\n\n\
The folder must not exist. When something fails, nothing is left of it.";

/// What was made.
#[derive(Debug, Serialize)]
struct Made {
    folder: String,
    roles: Vec<(String, String)>,
    /// Of these roles, those that were taken by name.
    assumed: Vec<String>,
    warnings: usize,
    files: Vec<String>,
}

/// Does it.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    let description = description::Description::open(arguments)?;
    let map = description.map();
    let roles = Roles::find(&map, &arguments.registers)?;
    let description = description.with_roles(&roles)?;
    let map = description.map();
    let roles = Roles::find(&map, &arguments.registers)?;
    let plan = crate_files::Plan {
        name: &arguments.name,
        description: &description,
        roles: &roles,
        sheet: arguments.sheet,
        workspace: arguments.workspace.as_deref(),
    };
    let files = plan.files()?;
    let folder = crate_files::write(&arguments.into, &arguments.name, &files)?;
    output.report(&Made {
        folder: folder.display().to_string(),
        roles: roles.told(),
        assumed: roles.assumed(),
        warnings: description.warnings(),
        files: files.into_iter().map(|(name, _)| name).collect(),
    })?;
    Ok(Answer::Good)
}

impl Report for Made {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let bold = Style::new().bold();
        writeln!(out, "{bold}{}{bold:#}: {} files", self.folder, self.files.len())?;
        for (role, register) in &self.roles {
            let how = if self.assumed.contains(role) { "  (by its name: look it up)" } else { "" };
            writeln!(out, "  {role:12} {register}{how}")?;
        }
        if self.warnings > 0 {
            writeln!(
                out,
                "  The description has {} warnings: `register-gen registers.svd` prints them.",
                self.warnings
            )?;
        }
        writeln!(out, "Next: cd {} && cargo test", self.folder)
    }
}
