//! The interrupts of a device: the best kind to be had, a count for each vector.
//!
//! The kernel adds one to a vector's eventfd at each interrupt.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::os::fd::{AsFd, AsRawFd, RawFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dma_core::{Error, ErrorKind, Operation};
use host_linux::eventfd::event;
use host_linux::{InterruptKind, Telling, Vector, os};
use rustix::io::{Errno, Result};
use vfio_bindings::bindings::vfio;

use crate::sys::kernel;

/// The kernel's number of a kind.
const fn index(kind: InterruptKind) -> u32 {
    match kind {
        InterruptKind::Msix => vfio::VFIO_PCI_MSIX_IRQ_INDEX,
        InterruptKind::Msi => vfio::VFIO_PCI_MSI_IRQ_INDEX,
        InterruptKind::Intx | InterruptKind::Polling => vfio::VFIO_PCI_INTX_IRQ_INDEX,
    }
}

/// As many vectors are switched on at first; asking for a higher one switches on more.
const FIRST: u32 = 16;

const TRIGGER: u32 = vfio::VFIO_IRQ_SET_DATA_EVENTFD | vfio::VFIO_IRQ_SET_ACTION_TRIGGER;
const OFF: u32 = vfio::VFIO_IRQ_SET_DATA_NONE | vfio::VFIO_IRQ_SET_ACTION_TRIGGER;
const MASK: u32 = vfio::VFIO_IRQ_SET_DATA_NONE | vfio::VFIO_IRQ_SET_ACTION_MASK;
const UNMASK: u32 = vfio::VFIO_IRQ_SET_DATA_NONE | vfio::VFIO_IRQ_SET_ACTION_UNMASK;

/// The interrupts of one device.
#[derive(Debug)]
pub(crate) struct Interrupts {
    kind: InterruptKind,
    /// How many vectors the device has.
    count: u32,
    vectors: Mutex<Vectors>,
}

#[derive(Debug, Default)]
struct Vectors {
    /// So many are switched on.
    on: u32,
    all: BTreeMap<u32, Arc<Vector>>,
}

impl Interrupts {
    /// Switches on the best kind of `wanted` that device and kernel have; polling, if it is
    /// among them, always works.
    pub(crate) fn open(device: impl AsFd, wanted: &[InterruptKind]) -> Result<Self> {
        let mut refused = Errno::NOTSUP;
        for &kind in wanted {
            let new = |count| Self { kind, count, vectors: Mutex::default() };
            if kind == InterruptKind::Polling {
                return Ok(new(u32::MAX));
            }
            let count = match kernel::irq_info(&device, index(kind)) {
                Ok(info) if info.flags & vfio::VFIO_IRQ_INFO_EVENTFD != 0 => info.count,
                Ok(_) => 0,
                Err(error) => {
                    refused = error;
                    0
                }
            };
            if count == 0 {
                continue;
            }
            let interrupts = new(count);
            // Only trying tells: vectors may be short, or the kernel too old for this host.
            match interrupts.vector(&device, 0) {
                Ok(_) => return Ok(interrupts),
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
        if let Some(vector) = vectors.all.get(&number) {
            return Ok(Arc::clone(vector));
        }
        let vector = Arc::new(Vector::new(number, Arc::new(event()?), Telling::Since));
        if number < vectors.on {
            let events = [vector.file().as_raw_fd()];
            self.set(&device, TRIGGER, number, 1, &events)?;
            vectors.all.insert(number, Arc::clone(&vector));
            return Ok(vector);
        }
        vectors.all.insert(number, Arc::clone(&vector));
        if let Err(error) = self.switch_on(&device, &mut vectors) {
            vectors.all.remove(&number);
            // As many as there were before.
            if !vectors.all.is_empty() {
                self.switch_on(&device, &mut vectors)?;
            }
            return Err(error);
        }
        Ok(vector)
    }

    /// Switches on enough vectors for all that are known, and more if that can be had.
    fn switch_on(&self, device: impl AsFd, vectors: &mut Vectors) -> Result<()> {
        let highest = vectors.all.keys().next_back().map_or(1, |number| number + 1);
        if vectors.on > 0 {
            self.set(&device, OFF, 0, 0, &[])?;
            vectors.on = 0;
        }
        let mut count = highest.max(FIRST).min(self.count);
        loop {
            let events: Vec<RawFd> = (0..count)
                .map(|number| {
                    vectors.all.get(&number).map_or(-1, |vector| vector.file().as_raw_fd())
                })
                .collect();
            match self.set(&device, TRIGGER, 0, count, &events) {
                Ok(0) => break,
                // So many there are.
                Ok(fewer) if (highest..count).contains(&fewer) => count = fewer,
                Ok(_) | Err(Errno::NOSPC | Errno::NOMEM | Errno::INVAL) if count > highest => {
                    count = highest;
                }
                Ok(_) => return Err(Errno::NOSPC),
                Err(error) => return Err(error),
            }
        }
        vectors.on = count;
        // One that came in between is lost: everybody looks once.
        for vector in vectors.all.values() {
            vector.fire(1, None)?;
        }
        Ok(())
    }

    fn set(
        &self,
        device: impl AsFd,
        flags: u32,
        start: u32,
        count: u32,
        events: &[RawFd],
    ) -> Result<u32> {
        let answer = kernel::set_irqs(device, index(self.kind), flags, start, count, events)?;
        Ok(u32::try_from(answer).unwrap_or(0))
    }

    /// Lets the next interrupt of a line through; `true` if it was held back.
    pub(crate) fn rearm(&self, device: impl AsFd, vector: &Vector) -> Result<bool> {
        if self.kind != InterruptKind::Intx || !vector.take_masked() {
            return Ok(false);
        }
        self.set(device, UNMASK, vector.number(), 1, &[])?;
        Ok(true)
    }

    /// Holds interrupts of a line back until it is re-armed. Messages cannot be masked through
    /// the kernel: `false`.
    pub(crate) fn mask(&self, device: impl AsFd, vector: &Vector) -> Result<bool> {
        if self.kind != InterruptKind::Intx {
            return Ok(false);
        }
        self.set(device, MASK, vector.number(), 1, &[])?;
        vector.set_masked();
        Ok(true)
    }

    fn vectors(&self) -> MutexGuard<'_, Vectors> {
        self.vectors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Polling needs nothing of the device, not even that it is one.
    #[test]
    fn polling_always_works() {
        let none = event().unwrap();
        let interrupts = Interrupts::open(&none, &[InterruptKind::Polling]).unwrap();
        assert!(interrupts.take_vector(&none, 77).unwrap().is_none());
        assert!(Interrupts::open(&none, &[InterruptKind::Msix]).is_err());
    }
}
