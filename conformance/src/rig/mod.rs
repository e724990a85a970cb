//! What a backend's test supplies: one device, one kind of channel, surroundings.
//!
//! Only [`Setup`] has required methods. The other four traits say what a rig can show or provoke
//! beyond that; each of their methods is provided as "this rig cannot", with a reason, and the
//! cases that need it are then not applicable.
//!
//! | trait | says |
//! |---|---|
//! | [`Setup`] | how to open the device and make its channels; what they must be able to do |
//! | [`Provoke`] | what can be made to go wrong |
//! | [`Watch`] | what can be counted: mappings, doorbells, faults |
//! | [`Memory`] | special memory: scattered, out of reach, the caller's own |
//! | [`Neighbours`] | other devices, of the same domain or of another |
#![forbid(unsafe_code)]

mod memory;
mod neighbours;
mod provoke;
mod setup;
mod watch;

pub use memory::{Attempt, Memory, Unmappable, Way};
pub use neighbours::Neighbours;
pub use provoke::{Provocation, Provoke};
pub use setup::{BufferOf, LenderOf, Pace, RegionOf, Setup, SignalOf};
pub use watch::{Cause, Faults, Watch};

/// A complete rig; implemented for everything that has the five parts.
pub trait Rig: Setup + Provoke + Watch + Memory + Neighbours {}

impl<R: Setup + Provoke + Watch + Memory + Neighbours> Rig for R {}
