//! The interrupts of a device: the best kind to be had, an eventfd for each vector.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::os::fd::{AsFd, AsRawFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use backend_kernel_abi::{self as abi, Info, interrupt};
use dma_core::{Error, ErrorKind, Operation};
use host_linux::eventfd::event;
use host_linux::{InterruptKind, Telling, Vector, os};
use rustix::io::{Errno, Result};

use crate::sys::kernel;

/// So many vectors are asked for at most.
const MOST: u32 = 256;

/// The module's number of a kind, and how many vectors of it the device has.
const fn offered(kind: InterruptKind, info: &Info) -> (u32, u32) {
    match kind {
        InterruptKind::Msix => (interrupt::MSIX, info.msix_vectors),
        InterruptKind::Msi => (interrupt::MSI, info.msi_vectors),
        InterruptKind::Intx => (interrupt::INTX, (info.flags & abi::info::INTX != 0) as u32),
        InterruptKind::Polling => (interrupt::OFF, 0),
    }
}

/// The interrupts of one device.
#[derive(Debug)]
pub(crate) struct Interrupts {
    kind: InterruptKind,
    /// How many vectors there are.
    count: u32,
    vectors: Mutex<BTreeMap<u32, Arc<Vector>>>,
}

impl Interrupts {
    /// Switches on the kind that is wanted, or the best that works; polling always does.
    pub(crate) fn open(
        device: impl AsFd,
        info: &Info,
        wanted: Option<InterruptKind>,
    ) -> Result<Self> {
        let mut refused = Errno::OPNOTSUPP;
        for kind in wanted.map_or_else(|| InterruptKind::BEST_FIRST.to_vec(), |kind| vec![kind]) {
            let new = |count| Self { kind, count, vectors: Mutex::default() };
            let (number, there) = offered(kind, info);
            if kind == InterruptKind::Polling {
                return Ok(new(0));
            }
            if there == 0 {
                continue;
            }
            // Only trying tells: vectors may be short.
            let interrupts = kernel::set_interrupts(&device, number, there.min(MOST)).map(new);
            match interrupts.and_then(|it| it.vector(&device, 0).map(|_| it)) {
                Ok(interrupts) => return Ok(interrupts),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    pub(crate) const fn kind(&self) -> InterruptKind {
        self.kind
    }

    /// A vector, switched on; none if the device is polled.
    pub(crate) fn take_vector(
        &self,
        device: impl AsFd,
        number: usize,
    ) -> core::result::Result<Option<Arc<Vector>>, Error> {
        if self.kind == InterruptKind::Polling {
            return Ok(None);
        }
        let detail = u32::try_from(number).unwrap_or(u32::MAX);
        if detail >= self.count {
            return Err(Error::new(ErrorKind::Unsupported, Operation::Interrupt, detail));
        }
        let vector = self.vector(device, detail);
        vector.map(Some).map_err(|error| os(Operation::Interrupt, error))
    }

    fn vector(&self, device: impl AsFd, number: u32) -> Result<Arc<Vector>> {
        let mut vectors = self.vectors();
        if let Some(vector) = vectors.get(&number) {
            return Ok(Arc::clone(vector));
        }
        let vector = Arc::new(Vector::new(number, Arc::new(event()?), Telling::Since));
        kernel::set_event(device, number, vector.file().as_raw_fd())?;
        vectors.insert(number, Arc::clone(&vector));
        Ok(vector)
    }

    /// Lets the next interrupt of a line through; `true` if it was held back.
    pub(crate) fn rearm(&self, device: impl AsFd, vector: &Vector) -> Result<bool> {
        if self.kind != InterruptKind::Intx || !vector.take_masked() {
            return Ok(false);
        }
        kernel::rearm(device, vector.number(), 0)?;
        Ok(true)
    }

    /// Holds interrupts of a line back until it is re-armed. Messages cannot be: `false`.
    pub(crate) fn mask(&self, device: impl AsFd, vector: &Vector) -> Result<bool> {
        if self.kind != InterruptKind::Intx {
            return Ok(false);
        }
        kernel::rearm(device, vector.number(), abi::rearm::MASK)?;
        vector.set_masked();
        Ok(true)
    }

    fn vectors(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<Vector>>> {
        self.vectors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Polling needs nothing of the device; a kind that it has not is refused.
    #[test]
    fn polling_always_works() {
        let (none, info) = (event().unwrap(), Info::default());
        let interrupts = Interrupts::open(&none, &info, None).unwrap();
        assert_eq!(interrupts.kind(), InterruptKind::Polling);
        assert!(interrupts.take_vector(&none, 77).unwrap().is_none());
        let refused = Interrupts::open(&none, &info, Some(InterruptKind::Msix));
        assert_eq!(refused.unwrap_err(), Errno::OPNOTSUPP);
    }
}
