//! The long check `left-out`: no hand-over of memory can be left out unnoticed.
//!
//! A driver that forgets a `sync`, `publish` or `observe` works on every developer's machine and
//! fails on the customer's. So each such call in the channels, in the engine and below them, and
//! each `release` and `acquire`, is left out once, and a test must fail. The calls are found by
//! parsing the sources: a new one is covered from its first day.
//!
//! ```text
//!   sources ─► a copy, every call behind `if !left_out(number)` ─► built once
//!                                                                     │ ANYDMA_LEFT_OUT=number
//!                                            tests of each program ◄──┘ one run a call
//! ```
//!
//! What this cannot show: that the instruction behind `release` and `acquire` is the right one of
//! an architecture (the suite `asm` compares those), and that it stands on the right side of a
//! store that the tests' recorders do not see. What is left aside is said by every run.

mod plant;
mod programs;
mod sites;

use crate::error::{Error, Result};
use crate::soak::{Options, Outcome};
use crate::workspace::Workspace;

use programs::{Ended, Program};
use sites::Site;

/// The long check `left-out`.
///
/// # Errors
///
/// A call can be left out and every test still passes (the message names the places), a test fails
/// though nothing is left out, or the copy does not build.
pub fn check(workspace: &Workspace, _: &Options) -> Result<Outcome> {
    let sites = sites::all(workspace)?;
    for (folder, why) in sites::ASIDE {
        println!("  left aside: {folder}: {why}");
    }
    let tree = plant::copy(workspace, &sites)?;
    let programs = programs::build(workspace, &tree)?;
    for program in &programs {
        match program.run(None)? {
            Ended::Passed => {}
            Ended::Failed(_) | Ended::Hung => {
                return Err(Error::new(format!("{} fails with nothing left out", program.name))
                    .hint("mend what `cargo xtask test unit` says first"));
            }
        }
    }
    let mut survivors = Vec::new();
    for (number, site) in sites.iter().enumerate() {
        let noticed = noticed(&programs, number, site)?;
        println!("  {site}: {}", if noticed.is_empty() { "NOT NOTICED" } else { &noticed });
        if noticed.is_empty() {
            survivors.push(site);
        }
    }
    if survivors.is_empty() {
        return Ok(Outcome::Passed {
            command: "cargo xtask soak left-out".to_owned(),
            figures: figures(&sites),
        });
    }
    let places: Vec<String> = survivors.iter().map(|site| format!("\n  {site}")).collect();
    let what = "calls that can be left out without a test failing";
    Err(Error::new(format!("{} {what}:{}", places.len(), places.concat()))
        .hint("write a test on a machine whose caches are apart, or of the recorded order"))
}

/// Which programs notice that this call is missing, and by how many tests. All are asked that may
/// have something to say: what one shows by the recorded order, another shows by wrong bytes.
fn noticed(programs: &[Program], number: usize, site: &Site) -> Result<String> {
    let mut noticed = Vec::new();
    for program in programs {
        if program.is_machine() && site.only_orders() {
            continue;
        }
        match program.run(Some(number))? {
            Ended::Passed => {}
            Ended::Failed(tests) => noticed.push(format!("{} ({tests})", program.name)),
            Ended::Hung => noticed.push(format!("{} (hangs)", program.name)),
        }
    }
    Ok(noticed.join(", "))
}

/// "30 calls, each noticed: 4 publish, …".
fn figures(sites: &[Site]) -> String {
    let count = |verb| sites.iter().filter(|site| site.verb == verb).count();
    let verbs: Vec<String> =
        sites::VERBS.iter().map(|verb| format!("{} {verb}", count(*verb))).collect();
    let aside =
        sites::ASIDE.iter().map(|(folder, why)| format!("; left aside: {folder}, since {why}"));
    let aside: String = aside.collect();
    let (calls, verbs) = (sites.len(), verbs.join(", "));
    format!("{calls} calls, each noticed when it is left out: {verbs}{aside}")
}
