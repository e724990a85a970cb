//! One DMA engine and one driver, whatever lies between them and the card.
//!
//! A program opens a device by a URI, recognises its card, and moves bytes. It names no backend:
//! the same program runs on a simulated machine and, with other features enabled, on real ones.
//!
//! ```text
//!   your program ──► Device::open("mock:edu")      the road: memory, registers, interrupts
//!                └─► Duplex::open(&device)         the card: channel, engine
//!                     └─► submit / wait / completion
//! ```
//!
//! # Examples
//!
//! ```
//! use anydma::prelude::*;
//!
//! let device = Device::open("mock:edu")?;
//! let mut card: Duplex = Duplex::open(&device)?;
//! let at = card.window().start;
//!
//! let mut buffer = device.memory().allocate(card.request(64))?;
//! buffer.copy_in(b"the number that goes into the card is the IOVA")?;
//! let outgoing = card.engine(Direction::ToDevice);
//! let ticket = outgoing.submit(buffer, at, Direction::ToDevice)?;
//! let mut buffer = outgoing.wait(ticket, Timeout::secs(1))?;
//!
//! buffer.bytes_mut().fill(0);
//! let incoming = card.engine(Direction::FromDevice);
//! let ticket = incoming.submit(buffer, at, Direction::FromDevice)?;
//! let buffer = incoming.wait(ticket, Timeout::secs(1))?;
//! assert!(buffer.bytes().starts_with(b"the number"));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `mock` (default) | the simulated machine: `mock:edu`, `mock:nvme`, `mock:pl081`, `mock:xdma` |
//! | `vfio` | Linux VFIO: `vfio:0000:01:00.0`, a real card behind a real IOMMU |
//! | `uio` | Linux UIO: `uio:0000:01:00.0`, where nothing translates; opened as unprotected |
//! | `kernel` | our Linux kernel module: `kernel:0000:01:00.0`, memory by the kernel's own DMA API |
//! | `linux` | comes with each of these three: `auto:0000:01:00.0`, the best road that a host offers |
//! | `tracing` | logging through `tracing` |
//! | `defmt` | logging through `defmt` |

#[cfg(not(any(feature = "mock", feature = "vfio", feature = "uio", feature = "kernel")))]
compile_error!(
    "anydma needs a backend: enable at least one of the features `mock`, `vfio`, `uio`, `kernel`"
);

#[cfg(feature = "linux")]
mod auto;
mod card;
mod channel;
mod claim;
mod device;
mod disk;
mod duplex;
mod error;
mod explained;
mod faults;
mod forward;
mod mappings;
mod memory;
pub mod prelude;
mod signal;
mod source;
mod space;
mod unprotected;
mod uri;
mod visitor;
#[cfg(feature = "linux")]
mod watch;

pub use channels;
pub use diagnostics;
pub use dma_core;
pub use register_map;

#[cfg(feature = "linux")]
pub use auto::{Attempt, Choice, Outcome};
pub use card::{CARDS, Card, CardSpace};
pub use channel::AnyChannel;
pub use device::Device;
pub use disk::{Disk, QueueOf};
pub use duplex::{BufferOf, ChannelOf, Duplex, EngineOf, RegionOf, StreamOf};
pub use error::{MemoryError, OpenError};
pub use explained::Explained;
pub use faults::Fault;
pub use memory::{AnyRegion, Memory};
pub use signal::AnySignal;
pub use source::CardSource;
pub use space::Space;
pub use unprotected::with_unprotected_device;
pub use uri::Uri;
pub use visitor::{DeviceVisitor, with_device};

/// The README's example compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[derive(Debug)]
pub struct Readme;
