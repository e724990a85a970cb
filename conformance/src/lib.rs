//! The one suite that every backend and channel must pass.
//!
//! A backend's test describes one device on one road as a [`Rig`]; [`suite::run`] puts it
//! through every case and says of each whether it passed, does not apply, or failed. The same
//! cases run on a simulated card, over Linux, and on a microcontroller: they are `no_std` and
//! allocate nothing. With the `std` feature, [`report`] prints the table and the JSON, and [`process`]
//! runs a case in a process of its own.
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
//!
//! # Examples
//!
//! The smallest rig: what the device is, how it is opened, what its channel can carry. It shows
//! and provokes nothing, so its list of exceptions would be long; here only a few cases run.
//!
//! ```
//! use backend_mock::{EduCard, Machine, MockDevice, MockSpace};
//! use channels::edu::EduChannel;
//! use conformance::rig::{Memory, Neighbours, Provoke, Setup, Unmappable, Watch};
//! use conformance::{Outcome, suite};
//! use dma_core::{
//!     AddressMask, Backend, DeviceAddress, DeviceWindow, Directions, Error, Identity, Limits,
//! };
//!
//! struct Desk;
//!
//! impl Setup for Desk {
//!     type Device = MockDevice;
//!     type Channel = EduChannel<MockSpace>;
//!
//!     fn open(&mut self) -> Result<MockDevice, Error> {
//!         Ok(Machine::new().plug(EduCard::new().delay(5_000)))
//!     }
//!
//!     fn channels(&mut self, device: &MockDevice) -> Result<[Option<Self::Channel>; 2], Error> {
//!         // SAFETY: the suite makes channels of a device one after the other.
//!         let channel = unsafe { EduChannel::new(device.region(0)?) };
//!         Ok([Some(channel.map_err(|refused| refused.error)?), None])
//!     }
//!
//!     fn identity(&self) -> Identity {
//!         Identity::Pci { vendor: 0x1234, device: 0x11e8 }
//!     }
//!
//!     fn expected_limits(&self) -> Limits {
//!         Limits {
//!             mask: AddressMask::bits(28),
//!             max_segment: 4096,
//!             alignment: 1,
//!             boundary: 0,
//!             device_window: self.target(),
//!             directions: Directions::BOTH,
//!             depth: 1,
//!         }
//!     }
//!
//!     fn target(&self) -> DeviceWindow {
//!         DeviceWindow { start: DeviceAddress::new(0x4_0000), length: 4096 }
//!     }
//! }
//!
//! impl Provoke for Desk {}
//! impl Watch for Desk {}
//! impl Neighbours for Desk {}
//! impl Memory for Desk {
//!     type Caller = Unmappable;
//! }
//!
//! let wanted = |name: &str| name.ends_with("_wait");
//! let mut print = |outcome: &Outcome| println!("{}: {:?}", outcome.name, outcome.state);
//! let totals = suite::run_some(&mut Desk, &[], wanted, &mut print);
//! assert!(totals.conforms() && totals.passed == 3, "{totals}");
//! ```
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
pub mod process;
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
