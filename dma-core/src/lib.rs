//! Device-agnostic DMA: addresses, buffers, register spaces, channels, one engine.
//!
//! A number that goes into a device's address register is an address of that device's own
//! domain, given out by a mapping that the engine keeps alive. Types keep integers and CPU
//! pointers out, ownership keeps the mapping alive, a comparison of domains at submission keeps
//! other devices' buffers out; what is left is `unsafe` and says so.
//!
//! ```text
//!   user ── Buffer ──►┌────────┐ Segment ┌─────────┐ registers ┌───────────────┐
//!        ◄── Ticket ──│ Engine │────────►│ Channel │──────────►│ RegisterSpace │──► device
//!        ── wait ────►│        │◄────────│ (driver)│           └───────────────┘      │
//!                     └───┬────┘  count  └─────────┘    Region: Iova ◄── IOMMU ◄──────┘
//!                         └── Signal: clock, interrupt
//! ```
//!
//! The crate is `no_std`, allocates nothing, and knows no device, no backend and no operating
//! system.
#![no_std]

mod address;
mod arch;
mod backend;
mod channel;
mod decorators;
mod engine;
mod epoch;
mod error;
mod log;
pub mod memory;
mod mmio;
mod segment;
mod signal;
mod space;
mod stream;

pub use address::{
    AddressMask, BusValue, DeviceAddress, Direction, Directions, DomainId, Iova, LowIova,
};
pub use backend::{Backend, Identity};
pub use channel::Channel;
pub use decorators::{
    Clock, Event, Faulty, Histogram, Observed, Plan, Recorder, Sink, SpinFirst, Statistics, Traced,
    VanishAfter, Word,
};
pub use engine::{Completion, Engine, InFlight, Ticket};
pub use epoch::{Epoch, Quiet};
pub use error::{Error, ErrorKind, Failed, Operation, Refused};
pub use memory::{
    Allocate, Buffer, DmaBuffer, Either, IovaWindow, Map, Mapped, MemoryLimits, Pool, Region,
    Request, Shared, SharedView, To,
};
pub use mmio::Mmio;
pub use segment::{DeviceWindow, Limits, Segment};
pub use signal::{Signal, Timeout, Wake};
pub use space::{Access, Narrow, RegisterSpace};
pub use stream::{Losses, Next, Stream};
