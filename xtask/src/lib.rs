//! The door for developers: what `cargo xtask` does, one module a command.
//!
//! ```text
//!   main ─► test ─► suites: fmt clippy docs unit deps unsafe-list style regen targets size asm counts examples
//!        ─► soak ─► sanitizers, fuzzers, comparisons ─► docs/soak-report.md
//!        ─► regen, bench, unsafe-list, deps              debian ─► cache of unpacked packages
//! ```
#![forbid(unsafe_code)]

pub mod command;
pub mod debian;
pub mod error;
pub mod suite;
pub mod targets;
pub mod workspace;
