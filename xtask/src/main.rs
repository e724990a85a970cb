//! `cargo xtask`: the command line.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::error::Result;
use xtask::unsafe_list::UnsafeList;
use xtask::workspace::Workspace;
use xtask::{asm, bench, deps, guest, readme, regen, soak, suite, suites};

/// The door for developers
#[derive(Parser, Debug)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Everything that a change must pass; the last line is `N passed, N failed`
    Test {
        /// Suites to run, in the order given; all if none is named
        suites: Vec<String>,
        /// Only list the suites and what each proves
        #[arg(long)]
        list: bool,
        /// Only the quick ones, for while you work
        #[arg(long, conflicts_with = "suites")]
        fast: bool,
    },
    /// The checks that take too long for every change; writes a report
    Soak {
        /// Checks to run; all if none is named
        checks: Vec<String>,
        /// Only list the checks and what each looks for
        #[arg(long)]
        list: bool,
        /// How long each check goes on that has no end of its own
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
        minutes: u64,
        /// Where the report goes
        #[arg(long, default_value = "docs/soak-report.md")]
        report: PathBuf,
        /// Folder with vendors' descriptions (*.svd), for the comparison with svd2rust
        #[arg(long, env = "ANYDMA_SVD_DIR")]
        svd: Option<PathBuf>,
    },
    /// Writes the code generated from register descriptions
    Regen {
        /// Only compare; fails if a file is stale
        #[arg(long)]
        check: bool,
    },
    /// Runs the conformance suite and writes the README's table of it
    Readme {
        /// Only compare; fails if the table is stale
        #[arg(long)]
        check: bool,
    },
    /// Runs benchmarks and prints their tables of ratios
    Bench {
        /// Benchmarks to run; all if none is named
        names: Vec<String>,
        /// Keep the tables in docs/benchmarks.md
        #[arg(long)]
        write: bool,
    },
    /// Compares register accesses with hand-written ones, instruction by instruction
    Asm {
        /// Keep the listings in benchmarks/asm/expected
        #[arg(long)]
        write: bool,
    },
    /// Real kernels on emulated machines: boots, programs, shells
    #[command(subcommand)]
    Guest(guest::Verb),
    /// Where unsafe code lives and why; fails if the list and the sources differ
    UnsafeList {
        /// Only check, print no table
        #[arg(long)]
        check: bool,
        /// First write the line that forbids it into every source that could have it
        #[arg(long)]
        mend: bool,
    },
    /// Who knows whom; fails if a dependency breaks the plan, has no reason or a foreign licence
    Deps {
        /// Only check, print no table
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        // The table of suites has said it, and its count is the last line.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the command; false if it has printed by itself what failed.
fn run(arguments: Arguments) -> Result<bool> {
    let workspace = Workspace::find()?;
    if let Verb::Test { suites, fast, list: false } = &arguments.command {
        return Ok(suite::run(&workspace, &suites::select(suites, *fast)?));
    }
    rest(&workspace, arguments.command).map(|()| true)
}

fn rest(workspace: &Workspace, command: Verb) -> Result<()> {
    match command {
        Verb::Test { .. } => {
            for suite in suites::ALL {
                let quick = if suite.fast { "quick" } else { "" };
                println!("{:12} {quick:6} {}", suite.name, suite.about);
            }
            Ok(())
        }
        Verb::Soak { list: true, .. } => {
            for check in soak::ALL {
                println!("{:12} {}", check.name, check.about);
            }
            Ok(())
        }
        Verb::Soak { checks, minutes, report, svd, .. } => {
            let options = soak::Options { checks, minutes, report, svd };
            soak::run(workspace, &options)
        }
        Verb::Regen { check } => regen::run(workspace, check).map(drop),
        Verb::Readme { check } => readme::run(workspace, check).map(drop),
        Verb::Bench { names, write } => bench::run(workspace, &names, write),
        Verb::Asm { write } => {
            println!("{}", asm::run(workspace, write)?);
            Ok(())
        }
        Verb::Guest(verb) => guest::run(workspace, verb),
        Verb::UnsafeList { check, mend } => {
            if mend {
                UnsafeList::find(workspace)?.mend(workspace)?;
            }
            let list = UnsafeList::find(workspace)?;
            if !check {
                print!("{}", list.table());
            }
            list.check().map(drop)
        }
        Verb::Deps { check } => {
            if !check {
                print!("{}", deps::table(workspace));
            }
            deps::suite(workspace).map(drop)
        }
    }
}
