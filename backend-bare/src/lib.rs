//! Bare metal: static memory, fixed bus addresses, an interrupt counter.
//!
//! For firmware, where there is no operating system, no allocator and no IOMMU: the device sees
//! memory where the CPU sees it, or a fixed distance away. Everything lives in statics that the
//! board declares, and nothing is allocated, so that the same engine and the same channel run on
//! a microcontroller as on a server.
//!
//! ```text
//!   static StaticPool ──► BareMemory ──► BareRegion (counted: the last clone gives back)
//!   interrupt handler ──► InterruptCounter ──► BareSignal ──► engine
//!   Mmio + Board ───────► BareDevice: all of it, as one `Backend`
//! ```
//!
//! A microcontroller that needs no [`Backend`](dma_core::Backend) takes the pieces: a
//! [`BareMemory`], a [`Polling`] signal and a register space are all that an engine wants.
//!
//! # Examples
//!
//! ```
//! use backend_bare::{Addresses, BareMemory, Coherent, StaticPool, lines};
//! use dma_core::{Allocate, DmaBuffer, Request};
//!
//! static POOL: StaticPool<{ lines(4096) }> = StaticPool::new();
//!
//! // SAFETY: nothing masters a bus in this example.
//! let memory = unsafe { BareMemory::new(&POOL, Addresses::Identity, Coherent) };
//! let buffer = memory.allocate(Request::bytes(100).aligned(16))?;
//! assert_eq!(buffer.len(), 100);
//! assert_eq!(buffer.run(0, 100).0.get(), buffer.bytes().as_ptr().addr() as u64);
//! drop(buffer);
//! assert_eq!(POOL.available(), POOL.capacity());
//! # Ok::<(), dma_core::Error>(())
//! ```
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `critical-section` | an [`InterruptCounter`] kept by the critical section of the firmware's runtime, instead of by atomic instructions |
#![no_std]

#[cfg(test)]
extern crate std;

pub mod arch;
mod between;
mod caches;
mod claim;
mod device;
mod interrupt;
mod memory;
mod platform;
mod polling;
mod pool;
mod region;
mod resets;
mod signal;

pub use caches::{Caches, Coherent};
pub use device::{BareDevice, Board};
pub use interrupt::{InterruptCounter, WAITERS};
pub use memory::{Addresses, BareMemory};
pub use platform::Platform;
pub use polling::Polling;
pub use pool::{LINE, MAPPINGS, StaticPool, lines};
pub use region::BareRegion;
pub use resets::Resets;
pub use signal::BareSignal;
