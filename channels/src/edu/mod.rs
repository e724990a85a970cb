//! QEMU's `edu`: one transfer at a time between host memory and 4 KiB of its own.
//!
//! The whole protocol: source, destination, length, then the command that starts it; the command
//! register reads busy until the transfer ended, and an interrupt bit tells so. There is no
//! abort, and a bus reset does not end a transfer.
//!
//! # Examples
//!
//! ```
//! use channels::edu::EduChannel;
//! use dma_core::{Access, AddressMask, Channel, Error};
//!
//! fn open<S: Access<u32> + Access<u64>>(registers: S) -> Result<impl Channel, Error> {
//!     let channel = EduChannel::new(registers).map_err(|refused| refused.error)?;
//!     // The card was started with `-device edu,dma_mask=0xffffffff`.
//!     Ok(channel.with_mask(AddressMask::bits(32)))
//! }
//! ```

mod channel;
mod unit;

pub use channel::EduChannel;
pub use unit::EduUnit;

use dma_core::{Access, Error, ErrorKind, Operation, Refused};
use register_map::edu::{self as map, Edu};
use register_map::{Readable, Window};

/// The registers of an `edu`, if it is one.
fn identify<S: Access<u32>>(space: S) -> Result<Window<S, Edu>, Refused<S>> {
    // SAFETY: nothing is done with it but to read the identification, until that says that it is
    // an edu.
    let window = unsafe { Window::<S, Edu>::new(space) }?;
    let id = window.reg(map::ID).extract();
    let kind = if id.get() == u32::MAX {
        ErrorKind::Gone
    } else if id.read(map::ID::SIGNATURE) != SIGNATURE {
        ErrorKind::Unsupported
    } else {
        return Ok(window);
    };
    let error = Error::new(kind, Operation::Open, id.get());
    Err(Refused::new(window.into_space(), error))
}

/// What the identification register ends with.
const SIGNATURE: u32 = 0xed;
