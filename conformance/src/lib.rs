//! The one suite that every backend and channel must pass.
//!
//! A backend's test describes one device on one road as a [`Rig`]; [`suite::run`] puts it
//! through every case and says of each whether it passed, does not apply, or failed. The same
//! cases run on a simulated card, over Linux, and on a microcontroller: they are `no_std` and
//! allocate nothing. With the `std` feature, [`report`] prints the table and the JSON.
//!
//! ```text
//!   Rig ── open, channels ──► Link ── Engine ── Witness ── the rig's channel ──► device
//!    │                          │                  └ segments counted, contract checked
//!    └ provoke, watch           └ exchange: pattern out, pattern back, canaries intact
//!                               ▼
//!   Case ── passed (with transfers accepted) │ not applicable (as listed) │ failed (where)
//! ```
//!
//! What keeps the suite itself honest: each case must get a minimum of transfers *accepted*, so
//! that a channel with limits that are too strict does not pass by refusing everything; what
//! does not apply to a rig is a list in that rig's own test, compared in both directions; and
//! deliberately broken rigs must fail.
#![no_std]

#[cfg(feature = "std")]
extern crate std;

mod below;
mod case;
mod cases;
mod executor;
mod ledger;
mod link;
mod pattern;
#[cfg(feature = "std")]
pub mod report;
pub mod rig;
mod scope;
pub mod suite;
mod verdict;
mod witness;

pub use case::{Case, Group};
pub use cases::groups;
pub use ledger::Tally;
pub use rig::Rig;
pub use suite::{Exception, Observer, Outcome, State, Totals};
pub use verdict::{Failure, Halt, Reason, Value};
