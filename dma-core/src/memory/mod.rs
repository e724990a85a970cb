//! Memory that a device reaches: regions, buffers, rings, pools and who lends them.
//!
//! A backend writes [`Region`] (one mapping) and [`Allocate`]/[`Map`] (who makes mappings).
//! Everything that users touch is built on those once, here:
//!
//! | type | is |
//! |---|---|
//! | [`Buffer`] | owned bytes, cut into independently owned pieces at will |
//! | [`Mapped`] | the caller's own memory, mapped for a device |
//! | [`Shared`] | words that CPU and device share: rings, descriptors, mailboxes |
//! | [`Pool`] | equal buffers to take from and put back |
//! | [`Either`] | two kinds of buffer in one engine |

mod buffer;
mod dma_buffer;
mod either;
mod lender;
mod limits;
mod mapped;
mod pool;
mod region;
mod shared;

pub use buffer::Buffer;
pub use dma_buffer::DmaBuffer;
pub use either::Either;
pub use lender::{Allocate, Map};
pub use limits::{IovaWindow, MemoryLimits, Request};
pub use mapped::Mapped;
pub use pool::Pool;
pub use region::{Region, To};
pub use shared::{Shared, SharedView};
