//! The suite `size`: what the engine takes of a microcontroller's flash.
//!
//! Two programs of `benchmarks/size` are linked for Cortex-M4 with the profile of a firmware; each
//! begins at the function that is measured, and the linker leaves out what it does not reach. So
//! the figures are what a firmware pays, without its own start-up and panic handler.

mod image;

use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::suite::Verdict;
use crate::targets::build_std_command;
use crate::workspace::Workspace;

pub(crate) use image::Image;

/// What is built for.
const TARGET: &str = "thumbv7em-none-eabihf";

/// A program and what it may take.
struct Gate {
    program: &'static str,
    about: &'static str,
    /// Bytes of flash, without memory functions that every firmware has.
    most: u64,
}

const GATES: [Gate; 2] = [
    Gate {
        program: "one_job",
        about: "path of one job (N = 1, PL081): submit and poll, with a time limit",
        most: 1536,
    },
    Gate {
        program: "linked_list",
        about: "whole engine (N = 8) with linked list, end to end",
        most: 4096,
    },
];

/// The same registers, typed and by hand: what the register layer costs.
const TYPED: &str = "registers_typed";
const BY_HAND: &str = "registers_raw";

/// Builds, measures, prints and compares.
///
/// # Errors
///
/// A program does not build, is too large, formats text or can panic.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let folder = workspace.root.join("benchmarks/size");
    build_std_command(workspace, TARGET, "build")?
        .folder(&folder)
        .args(["--release", "--bins"])
        .run()?;
    let mut breaches = Vec::new();
    let mut figures = Vec::new();
    for gate in &GATES {
        let image = Image::read(&program(workspace, gate.program))?;
        println!("  {}: {}", gate.program, gate.about);
        print!("{}", image.table());
        let bytes = image.gated();
        println!("    {bytes} bytes, at most {}", gate.most);
        figures.push(format!("{} {bytes} of {}", gate.program, gate.most));
        if bytes > gate.most {
            let more = bytes - gate.most;
            breaches.push(format!("{}: {more} bytes above its gate", gate.program));
        }
        breaches
            .extend(image.unwanted().into_iter().map(|what| format!("{}: {what}", gate.program)));
    }
    let [typed, by_hand] = [TYPED, BY_HAND].map(|name| Image::read(&program(workspace, name)));
    let (typed, by_hand) = (typed?.gated(), by_hand?.gated());
    println!("  {TYPED}: {typed} bytes, {BY_HAND}: {by_hand} bytes");
    let layer = typed.saturating_sub(by_hand);
    figures.push(format!("register layer {layer} of 0"));
    if layer > 0 {
        breaches.push(format!("{TYPED}: {layer} bytes more than {BY_HAND}"));
    }
    if breaches.is_empty() {
        return Ok(Verdict::passed(format!("bytes: {}", figures.join(", "))));
    }
    Err(Error::new(breaches.join("\n    "))
        .hint("the table above says which symbols there are; `nm -S --size-sort` shows the rest"))
}

fn program(workspace: &Workspace, name: &str) -> PathBuf {
    let built = workspace.target.join("build-std").join(TARGET);
    built.join("release").join(name)
}
