//! Xilinx DMA/Bridge Subsystem for PCI Express (XDMA, product guide PG195).
//!
//! Up to four channels to the card and four from it, each with lists of descriptors in host
//! memory: a batch costs one doorbell, however many segments it has. The driver goes by the count
//! of completed descriptors, read from a register or from memory, where the card writes it back.
//!
//! ```text
//!   Xdma ── split ──► Channels { to_card: [Part; ≤ 4], from_card: [Part; ≤ 4], user }
//!                                   │
//!                                   └─ open(ring, write_back, setup) ──► XdmaChannel
//!
//!   push, push, push ─► [desc][desc][desc, stop]     kick ─► address, how many, run
//!   poll ◄── count: register, or [word] in memory that the card writes
//! ```
//!
//! The card around the subsystem has registers of its own in another BAR; [`CardLogic`] drives
//! those of the card that this project simulates.
//!
//! # Examples
//!
//! A channel each way, with the count written back to memory:
//!
//! ```
//! use channels::xdma::{Setup, Vectors, WriteBack, Xdma, XdmaPart};
//! use dma_core::{Access, Allocate, Channel, DeviceAddress, DeviceWindow, Error, Narrow};
//!
//! /// # Safety
//! ///
//! /// Nobody else drives the card.
//! unsafe fn open<S, L>(registers: S, memory: &L) -> Result<[impl Channel; 2], Error>
//! where
//!     S: Access<u32> + Narrow + Clone,
//!     L: Allocate<Error = Error>,
//! {
//!     // SAFETY: the caller's promise is the same.
//!     let xdma = unsafe { Xdma::new(registers, Vectors::Shared(0)) };
//!     let channels = xdma.map_err(|refused| refused.error)?.split();
//!     let card = DeviceWindow { start: DeviceAddress::new(0), length: 8 << 20 };
//!     let open = |part: Option<XdmaPart<S>>| {
//!         let missing = Error::new(dma_core::ErrorKind::Unsupported, dma_core::Operation::Open, 0);
//!         let part = part.ok_or(missing)?;
//!         let ring = memory.allocate(part.ring_request(64, true))?;
//!         let opened = part.open(ring, WriteBack::InRing, Setup::new(card));
//!         opened.map_err(|refused| refused.error)
//!     };
//!     let [to_card, ..] = channels.to_card;
//!     let [from_card, ..] = channels.from_card;
//!     Ok([open(to_card)?, open(from_card)?])
//! }
//! ```

mod channel;
mod controller;
mod count;
mod logic;
mod memory;
mod part;
mod ring;
mod setup;
mod status;
mod stream;
mod user;
mod word;

use dma_core::{Buffer, Error, ErrorKind, Operation};

pub use channel::XdmaChannel;
pub use controller::{Channels, Vectors, Xdma};
pub use logic::CardLogic;
pub use part::XdmaPart;
pub use setup::{Feeding, Setup};
pub use status::{Described, XdmaStatus};
pub use stream::{Sink, Source, sample};
pub use user::UserInterrupts;
pub use word::WriteBack;

/// What a channel is made of: its part of the subsystem, its ring, and where it writes back to.
pub type Parts<S, R> = (XdmaPart<S>, Buffer<R>, WriteBack<R>);

/// How often a status register is read before a channel counts as stuck: a second or more on a
/// real bus, where the longest descriptor takes about a tenth of one.
const PATIENCE: u32 = 1_000_000;

/// Memory that is not there, though it was checked before.
const fn outside() -> Error {
    Error::new(ErrorKind::TooShort, Operation::Transfer, 0)
}
