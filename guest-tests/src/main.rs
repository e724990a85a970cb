//! What runs in a test guest, over a real kernel: a verb for each test.
//!
//! It names no backend: a device is a URI, so that everything can be tried on the simulated
//! machine first. What it finds goes to standard output, and the exit code says how it went.
//!
//! ```text
//! guest-tests conformance --device vfio:0000:01:00.0 --place root-port
//! guest-tests conformance --device mock:edu --case device_names_itself
//! ```
#![deny(unsafe_code)]

mod calls;
#[expect(unsafe_code, reason = "the promise that nobody else drives the card")]
mod card;
mod conformance;
#[expect(unsafe_code, reason = "takes a controller over, to count its doorbells")]
mod disk;
mod doctor;
mod dying;
mod forced;
mod killed;
#[expect(unsafe_code, reason = "memory that stays at its place, for all of the program")]
mod owned;
mod pagemap;
mod provoked;
mod refusals;
#[expect(unsafe_code, reason = "the promise that a guest answers for its cards")]
mod road;
mod round_trip;
mod tool;
mod tools;
mod waits;
#[expect(unsafe_code, reason = "gives a card an address that is none, on purpose")]
mod wrong_address;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use guest_init::error::Result;

/// Tests over a real kernel
#[derive(Parser, Debug)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// The conformance suite, each case in a process of its own
    Conformance(conformance::Arguments),
    /// The bug: the card is given a physical address; then the right one
    WrongAddress(wrong_address::Arguments),
    /// Bytes to the card and back
    RoundTrip(round_trip::Arguments),
    /// What a host refuses, each with its message
    Refusals(refusals::Arguments),
    /// An NVMe disk; what is on it is lost
    Disk(disk::Arguments),
    /// Programs killed while their card is writing
    Killed(killed::Arguments),
    /// System calls of a transfer, counted
    SystemCalls(calls::Arguments),
    /// Faults of the kernel's own, provoked and reported; breaks the kernel
    Provoked,
    /// What an examination says of each road, against what opening the device says
    Doctor(doctor::Arguments),
    /// Polling first, then asleep: sleeps that are counted
    Waits(waits::Arguments),
    /// The command `anydma` on a card: hands it over, reads it, tests it, measures it
    Tools(tools::Arguments),
    /// UIO where an IOMMU translates: refused, then forced
    Forced(forced::Arguments),
    /// What happens on UIO when a process dies
    Dying(dying::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse().verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("guest-tests: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(verb: Verb) -> Result<()> {
    match verb {
        Verb::Conformance(arguments) => conformance::run(&arguments),
        Verb::WrongAddress(arguments) => wrong_address::run(&arguments),
        Verb::RoundTrip(arguments) => round_trip::run(&arguments),
        Verb::Refusals(arguments) => refusals::run(&arguments),
        Verb::Disk(arguments) => disk::run(&arguments),
        Verb::Killed(arguments) => killed::run(&arguments),
        Verb::SystemCalls(arguments) => calls::run(&arguments),
        Verb::Provoked => provoked::run(),
        Verb::Doctor(arguments) => doctor::run(&arguments),
        Verb::Waits(arguments) => waits::run(&arguments),
        Verb::Tools(arguments) => tools::run(&arguments),
        Verb::Forced(arguments) => forced::run(&arguments),
        Verb::Dying(arguments) => dying::run(&arguments),
    }
}
