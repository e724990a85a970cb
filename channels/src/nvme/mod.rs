//! NVM Express: queues in memory, commands that end in any order, 64 bits.
//!
//! No DMA engine with a count, but a device whose queues lie in host memory: so there is no
//! [`Channel`](dma_core::Channel) here, and the engine's slot table, [`InFlight`](dma_core::InFlight),
//! holds the buffers. The number of a slot is the command's id, by which the controller says what
//! has ended, in whatever order.
//!
//! ```text
//!   Controller ── identify, create ──► IoQueue: read, write, write … kick    (one doorbell)
//!                                         │  poll ◄── completions, by id    (one doorbell)
//!                                         └─ take(ticket) ──► the buffer
//!   Controller ── disable ──► everything has ended ── close(queue) ──► every buffer
//! ```
//!
//! Waiting needs a clock, and may use an interrupt: any [`Signal`](dma_core::Signal) of the device.
//!
//! # Examples
//!
//! Reads the first blocks of a disk:
//!
//! ```
//! use backend_mock::{Machine, MockDevice, NvmeCard};
//! use channels::nvme::{Controller, IoQueue};
//! use dma_core::{Allocate, Backend, Buffer, Error, Request, Timeout};
//!
//! let device = Machine::new().plug(NvmeCard::new(64));
//! device.set_bus_mastering(true)?;
//! let mut clock = device.signal(0)?;
//! // SAFETY: nobody else drives the device.
//! let opened = unsafe { Controller::new(device.region(0)?, device.memory(), &mut clock) };
//! let mut controller = opened.map_err(|refused| refused.error)?;
//! let disk = controller.namespace(1, &mut clock)?;
//! let mut queue: IoQueue<_, _, _, 8> =
//!     controller.create(disk, None, device.memory(), &mut clock)?;
//!
//! let buffer = device.memory().allocate(Request::bytes(4096).aligned(4096))?;
//! let ticket = queue.read(buffer, 0).map_err(|refused| refused.error)?;
//! queue.kick();
//! let buffer = queue.spin(ticket, &mut clock, Timeout::secs(1)).map_err(|f| f.error())?;
//! assert_eq!(buffer.len(), 4096);
//! controller.close(queue, &mut clock, |_| {}).map_err(|refused| refused.error)?;
//! # Ok::<(), Error>(())
//! ```

mod controller;
mod identity;
mod io;
mod pages;
mod queue;

use dma_core::{Error, ErrorKind, Operation};

pub use controller::Controller;
pub use identity::{Identification, Namespace};
pub use io::IoQueue;

/// The unit of addresses in commands: the smallest that every controller has.
pub const PAGE: usize = 4096;

/// Memory that is not there, though it was checked before.
const fn outside() -> Error {
    Error::new(ErrorKind::TooShort, Operation::Transfer, 0)
}
