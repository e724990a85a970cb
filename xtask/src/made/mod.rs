//! The suite `made-crates`: crates that `anydma new` makes are good ones.
//!
//! For a card with registers, one with descriptors in memory, and one peripheral of a vendor's large
//! file a crate is made, and what its README promises is done: formatted, without a warning, its
//! tests pass, the driver alone builds without an allocator, its programs run. Where the facade has
//! a simulated card of that kind, the driver that was made drives that one too.

mod vendor;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::command::Command;
use crate::error::{Context, Error, Result, write};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// A card to make a crate for.
struct Card {
    name: &'static str,
    /// Its description, in the workspace; none is the large one, which is written when it is needed.
    description: Option<&'static str>,
    arguments: &'static [&'static str],
    /// The facade's simulated card of that kind.
    device: Option<&'static str>,
}

const CARDS: &[Card] = &[
    Card {
        name: "made-edu",
        description: Some("register-map/descriptions/edu.svd"),
        arguments: &[
            "--bits=28",
            "--memory-start=0x40000",
            "--memory-bytes=4096",
            "--start=DMA_COMMAND.START",
            "--start=DMA_COMMAND.IRQ",
            "--finish=INTERRUPT_ACKNOWLEDGE=0xffffffff",
        ],
        device: Some("mock:edu"),
    },
    Card {
        name: "made-xdma",
        description: Some("register-map/descriptions/xdma.svd"),
        arguments: &[
            "--bits=64",
            "--before=Descriptor.CONTROL=0xad4b0003",
            "--before=DIRECTION[0].CHANNEL[0].INTERRUPT_ENABLE=2",
            "--before=IRQ.CHANNEL_ENABLE_SET=0xff",
            "--start=DIRECTION[0].CHANNEL[0].CONTROL.RUN",
            "--start=DIRECTION[0].CHANNEL[0].CONTROL.DESCRIPTOR_STOPPED",
            "--acknowledge=DIRECTION[0].CHANNEL[0].STATUS_READ_CLEAR",
            "--finish=DIRECTION[0].CHANNEL[0].CONTROL=0",
            "--other-way=DIRECTION[0]=DIRECTION[1]",
            "--other-way=LISTS[0]=LISTS[1]",
        ],
        device: Some("mock:xdma"),
    },
    Card {
        name: "made-vendor",
        description: None,
        arguments: &[
            "--pci=1d0f:c0de",
            "--bar=0=DMA@0",
            "--bits=32",
            "--memory-start=0x20000000",
            "--memory-bytes=0x40000",
            "--source=CH[0].READ_ADDR",
            "--destination=CH[0].WRITE_ADDR",
            "--length=CH[0].TRANS_COUNT",
            "--start=CH[0].CTRL.EN",
            "--start=CH[0].CTRL.IRQ_EN",
            "--direction=CH[0].CTRL.FROM_CARD",
            "--busy=CH[0].STAT.BUSY",
            "--finish=CH[0].INT_ACK=1",
        ],
        device: None,
    },
];

/// One program of a crate.
const LIMIT: Duration = Duration::from_mins(5);

/// Makes the crates and does with each what its README promises.
///
/// # Errors
///
/// One cannot be made, or does not do what it promises.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    Command::cargo(&workspace.root).args(["build", "--package", "cli"]).run()?;
    let made = workspace.target.join("made");
    let folder = made.join("crates");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("remove the crates of the last run")?;
    }
    fs::create_dir_all(&folder).context("make a folder for crates")?;
    let large = vendor::description();
    let registers = vendor::registers(&large);
    let large_file = made.join("vendor.svd");
    write(&large_file, &large)?;
    let mut files = 0;
    for card in CARDS {
        let description = card.description.map(|path| workspace.root.join(path));
        files += make(workspace, &folder, card, description.as_deref().unwrap_or(&large_file))?;
        prove(&folder.join(card.name), &made, card)?;
    }
    let crates = CARDS.len();
    Ok(Verdict::passed(format!(
        "{crates} crates of {files} files, each with its suite; the largest of a description of \
         {} KiB, {registers} registers",
        large.len() >> 10
    )))
}

/// Makes the crate; says how many files it has.
fn make(workspace: &Workspace, folder: &Path, card: &Card, description: &Path) -> Result<usize> {
    let program = workspace.target.join("debug/anydma");
    Command::new(program)
        .folder(&workspace.root)
        .args(["new", card.name, "--svd"])
        .arg(description)
        .args(["--workspace", ".", "--into"])
        .arg(folder)
        .args(card.arguments)
        .limit(LIMIT)
        .run()?;
    let crate_folder = folder.join(card.name);
    let left: Vec<PathBuf> = fs::read_dir(folder)
        .context("look at what was made")?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().contains("unfinished"))
        .collect();
    if !left.is_empty() {
        return Err(Error::new(format!("left behind: {left:?}")));
    }
    count(&crate_folder)
}

fn count(folder: &Path) -> Result<usize> {
    let mut files = 0;
    for entry in fs::read_dir(folder).context("look at a crate")? {
        let path = entry.context("look at a crate")?.path();
        files += if path.is_dir() { count(&path)? } else { 1 };
    }
    Ok(files)
}

/// Everything that the crate promises.
fn prove(folder: &Path, made: &Path, card: &Card) -> Result<()> {
    let cargo = |words: &[&str]| {
        // The dependencies are built once for all crates.
        Command::cargo(folder)
            .env("CARGO_TARGET_DIR", made.to_string_lossy().as_ref())
            .args(words)
            .limit(LIMIT)
            .run()
    };
    cargo(&["fmt", "--check"])?;
    cargo(&["clippy", "--all-targets", "--", "-D", "warnings"])?;
    cargo(&["test", "--all-targets"])?;
    if card.description.is_none() {
        // Its programs are those of the others; what is particular is the size of its registers.
        return Ok(());
    }
    cargo(&["build", "--no-default-features"])?;
    cargo(&["run", "--example", "transfer"])?;
    cargo(&["run", "--bin", "bench"])?;
    cargo(&["run", "--bin", "test"])?;
    match card.device {
        Some(device) => cargo(&["run", "--bin", "test", "--", device]),
        None => Ok(()),
    }
}
