//! The door for developers: what `cargo xtask` does, one module a command.
//!
//! ```text
//!   main ─► test ─► suites: fmt style deps unsafe-list clippy unit schedules …
//!        ─► soak ─► sanitizers, fuzzers, comparisons ─► docs/soak-report.md
//!        ─► regen, bench, unsafe-list, deps              debian ─► cache of unpacked packages
//! ```
#![forbid(unsafe_code)]

pub mod asm;
pub mod bench;
pub mod checks;
pub mod command;
pub mod counts;
pub mod debian;
pub mod deps;
pub mod error;
pub mod examples;
pub mod firmware;
pub mod guest;
pub mod host;
pub mod left_out;
pub mod made;
pub mod marks;
pub mod readme;
pub mod regen;
pub mod runner;
pub mod schedules;
pub mod size;
pub mod soak;
pub mod source;
pub mod style;
pub mod suite;
pub mod suites;
pub mod targets;

pub mod unsafe_list;
pub mod workspace;
