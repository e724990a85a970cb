//! What nearly every program needs: `use anydma::prelude::*`.
#![forbid(unsafe_code)]

pub use crate::{Card, Device, Disk, Duplex, OpenError, Uri, with_device};
pub use dma_core::{
    Access as _, Allocate, Backend, Buffer, Channel, DeviceAddress, Direction, DmaBuffer, Engine,
    Error, ErrorKind, Failed, Iova, Map, Mapped, Refused, Request, Signal, Stream, Ticket, Timeout,
};
