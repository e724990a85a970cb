//! `anydma`: what to reach for when a card does not work on some host.
//!
//! ```text
//!   arguments ─► command/NAME.rs ─► a report ─► Output: text with colours, or JSON
//!                       │
//!                       └─► Answer, or Failure ─► exit code
//! ```
//!
//! A command is a file in `command/`, with its arguments and `run`; `command/mod.rs` lists them.
//! What all of them share is here: [`Output`](output::Output) prints a report for people or for
//! programs, [`Answer`](answer::Answer) is the exit code of what was done, and
//! [`Failure`](failure::Failure) says what could not be done.
#![deny(unsafe_code)]

mod answer;
mod command;
#[expect(unsafe_code, reason = "opens a device without protection for whoever asks for it")]
mod device;
mod failure;
mod output;
mod registers;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;

use answer::EXIT_CODES;
use command::Command;
use output::Output;

/// Tools for DMA cards behind an IOMMU.
#[derive(Parser, Debug)]
#[command(name = "anydma", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Prints for programs: JSON, one document for each report
    #[arg(long, global = true)]
    json: bool,
}

fn main() -> ExitCode {
    let Arguments { command, json } = Arguments::parse();
    match command.run(Output::new(json)) {
        Ok(answer) => answer.into(),
        // Whoever read has seen enough.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing can be done if nobody listens.
            let _ = writeln!(anstream::stderr(), "anydma: {failure}");
            ExitCode::FAILURE
        }
    }
}
