//! Tests of the core on a small scripted machine.
#![expect(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]
#![expect(clippy::panic, reason = "the other arm of a test's match")]
#![expect(clippy::cast_possible_truncation, reason = "patterns of bytes repeat")]
#![expect(unreachable_pub, reason = "one test binary has no outside")]

mod allocation;
mod buffers;
mod cutting;
mod decorators;
mod engine;
mod faults;
mod futures;
mod in_flight;
mod mapped;
mod model;
mod send;
mod stream;
mod world;
