//! `cargo xtask`: the command line.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::error::{Error, Result};
use xtask::suite::{self, Suite};
use xtask::targets;
use xtask::workspace::Workspace;

/// The door for developers.
#[derive(Parser, Debug)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Everything that a change must pass
    Test {
        /// Suites to run, in the order given; all if none is named
        suites: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    let workspace = Workspace::find()?;
    let all = [Suite {
        name: "targets",
        about: "no_std crates build for microcontrollers and bare machines",
        fast: false,
        run: targets::suite,
    }];
    match arguments.command {
        Verb::Test { suites } => {
            for name in &suites {
                if !all.iter().any(|suite| suite.name == name) {
                    return Err(Error::new(format!("no suite {name}")));
                }
            }
            suite::run(&workspace, &all)
        }
    }
}
