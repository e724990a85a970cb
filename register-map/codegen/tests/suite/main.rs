//! Tests of the generator: its corpus, its command, its manners.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bombs;
mod command;
mod corpus;
mod forms;
#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "generated for a compiler to look at, used in part"
)]
mod generated;
mod manners;
