//! The suite `firmware`: programs without an operating system, on emulated boards.
//!
//! Each image of `firmware/` is built with the library sources of the toolchain's own release,
//! looked into (what must not be in it), and run in QEMU with a time limit. It tells what it did
//! through `defmt`; the log is decoded here, judged, and shown if anything failed.
//!
//! ```text
//!   Board ── cargo, build-std ──► image ── symbols ──► nothing unwanted
//!                                   └── QEMU ──► bytes ── decoder ──► Transcript: tests, reports, end
//! ```
//!
//! The emulator counts instructions instead of looking at a clock, so that a run is the same on
//! every machine, and sleeping costs no time.

mod board;
mod decode;
mod transcript;

use std::time::Instant;

use crate::command::Command;
use crate::debian::Debian;
use crate::error::{Error, Result};
use crate::guest::qemu::Qemu;
use crate::readme::{self, Report};
use crate::size::Image;
use crate::suite::Verdict;
use crate::workspace::Workspace;

use board::{BOARDS, Board};
use transcript::Transcript;

/// What a rig's name begins with, up to the first `/`, if it is one of ours.
pub const ROADS: &[&str] = &["mps2-an505", "virt"];

/// Our crates that must bring neither formatting nor texts of panics into an image.
const QUIET: [&str; 4] = ["dma-core", "register-map", "channels", "backend-bare"];

/// The suite.
///
/// # Errors
///
/// An image does not build, has in it what it must not, does not run to its end, or fails; or its
/// row of the README's table is stale.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let qemu = match Debian::open(&workspace.root).and_then(|debian| Qemu::fetch(&debian)) {
        Ok(qemu) => qemu,
        Err(error) => return Ok(Verdict::CannotRun(error)),
    };
    // What the boards check, on a simulated controller; and the code of the guide.
    Command::cargo(&workspace.root.join("firmware"))
        .args(["test", "--quiet", "--package", "firmware", "--target-dir"])
        .arg(&workspace.target)
        .run()?;
    let (mut tests, mut reports) = (0, Vec::new());
    for board in &BOARDS {
        let transcript = run(workspace, &qemu, board)?;
        tests += transcript.tests();
        reports.extend(transcript.into_reports());
    }
    readme::settle(workspace, ROADS, &reports, true)?;
    let cases: u32 = reports.iter().map(|report| report.passed).sum();
    Ok(Verdict::passed(format!(
        "{} boards, {tests} tests, {cases} cases on {} rigs",
        BOARDS.len(),
        reports.len()
    )))
}

/// What conforms on all boards, for the README.
///
/// # Errors
///
/// As [`suite`], or no emulator can be had.
pub fn reports(workspace: &Workspace) -> Result<Vec<Report>> {
    let qemu = Qemu::fetch(&Debian::open(&workspace.root)?)?;
    let mut reports = Vec::new();
    for board in &BOARDS {
        reports.extend(run(workspace, &qemu, board)?.into_reports());
    }
    Ok(reports)
}

/// Builds, inspects and runs the image of one board.
fn run(workspace: &Workspace, qemu: &Qemu, board: &Board) -> Result<Transcript> {
    let path = board.build(workspace)?;
    let image = Image::read(&path)?;
    println!("    {}: {} bytes of flash", board.package, image.bytes());
    let unwanted = image.unwanted_of(&QUIET);
    if !unwanted.is_empty() {
        let text = unwanted.join("\n    ");
        return Err(Error::new(format!("{}: unwanted in the image:\n    {text}", board.package))
            .hint("no allocator, no formatting and no panic may come from our crates"));
    }
    let start = Instant::now();
    let output = board.start(qemu, &path)?;
    let lines = decode::lines(&path, &output.stdout)?;
    println!(
        "    {}, {:.1} s, {} lines of log",
        output.status,
        start.elapsed().as_secs_f64(),
        lines.len()
    );
    let transcript = Transcript::read(lines);
    if let Err(error) = transcript.judge(output.status) {
        for line in transcript.lines() {
            println!("    | {line}");
        }
        let said = String::from_utf8_lossy(&output.stderr);
        for line in said.lines() {
            println!("    ! {line}");
        }
        return Err(error.within(board.package));
    }
    for line in transcript.tests_and_sums() {
        println!("    {line}");
    }
    Ok(transcript)
}
