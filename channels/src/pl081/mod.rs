//! Arm `PrimeCell` PL081: two channels, memory to memory, by linked lists.
//!
//! The engine has no memory of its own, so a second buffer, the *target*, plays the card's: a
//! [`DeviceAddress`](dma_core::DeviceAddress) is an offset into it. Segments become the items of
//! a linked list in ring memory, which the channel fetches by itself: a batch costs one doorbell.
//!
//! ```text
//!   Pl081 (controller) ── split ──► Part 0, Part 1 ── open(ring, target) ──► Pl081Channel
//!                                                  └─ open_single(target) ─► Pl081Single
//!
//!   push, push, push ─► [item]─►[item]─►[item]─► 0     kick ─► first item into the registers, go
//! ```
//!
//! # Examples
//!
//! ```
//! use channels::pl081::{Pl081, Pl081Channel};
//! use dma_core::{Access, Allocate, Channel, Error, Narrow, Request};
//!
//! fn open<S, L>(registers: S, memory: &L) -> Result<impl Channel, Error>
//! where
//!     S: Access<u32> + Narrow + Clone,
//!     L: Allocate<Error = Error>,
//! {
//!     // SAFETY: the registers were opened a line ago, for this controller alone.
//!     let controller = unsafe { Pl081::new(registers) }.map_err(|refused| refused.error)?;
//!     let (first, _second) = controller.split();
//!     let ring = memory.allocate(Pl081Channel::<S, L::Region>::ring_request(16))?;
//!     let target = memory.allocate(Pl081Channel::<S, L::Region>::target_request(4096))?;
//!     first.open(ring, target).map_err(|refused| refused.error)
//! }
//! ```

mod channel;
mod controller;
mod list;
mod single;
mod target;

pub use channel::Pl081Channel;
pub use controller::{Parts, Pl081, Pl081Part, SingleParts};
pub use single::Pl081Single;
