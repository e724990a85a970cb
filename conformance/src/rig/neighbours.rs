//! Other devices beside the rig's.
#![forbid(unsafe_code)]

use dma_core::Error;

use super::Setup;
use crate::Reason;

/// Other devices beside the rig's, of the same kind.
pub trait Neighbours: Setup {
    /// Another device in the same address space.
    ///
    /// # Errors
    ///
    /// The reason why there is none.
    fn beside(&mut self, device: &Self::Device) -> Result<Result<Self::Device, Error>, Reason> {
        let _ = device;
        Err("there is one device only in this address space")
    }

    /// Another device in an address space of its own.
    ///
    /// # Errors
    ///
    /// The reason why there is none.
    fn apart(&mut self, device: &Self::Device) -> Result<Result<Self::Device, Error>, Reason> {
        let _ = device;
        Err("there is no device in another address space")
    }
}
