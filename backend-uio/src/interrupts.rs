//! The interrupt line of a device: told of by its node, let through again by hand.
//!
//! At each interrupt the kernel masks the line, with the bit `INTX_DISABLE` of the command register
//! or in a way that the card's own UIO driver knows, and counts. Once the device was acknowledged,
//! the line is let through again: first the one, then the other, or it fires for ever.
#![forbid(unsafe_code)]

use core::fmt;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;

use host_linux::{Telling, Vector};
use rustix::io::{Errno, Result, read, write};

/// How a device interrupts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InterruptKind {
    /// By a line, which the kernel masks at each interrupt until it is let through again.
    Intx,
    /// Not at all: whoever waits looks at the device now and then.
    Polling,
}

impl fmt::Display for InterruptKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Intx => "INTx",
            Self::Polling => "polling",
        })
    }
}

/// Who lets a line through again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gate {
    /// Whoever clears the bit in the command register: `uio_pci_generic` cannot do it itself.
    Command,
    /// The card's own UIO driver, which is told through the node.
    Driver,
}

/// The interrupts of one device.
#[derive(Debug)]
pub(crate) struct Interrupts {
    vector: Option<Arc<Vector>>,
    gate: Gate,
}

impl Interrupts {
    /// Those of a node that was opened without blocking; none if polling is wanted, or the node
    /// has no interrupt and `wanted` is nothing in particular.
    ///
    /// # Errors
    ///
    /// `NOTSUP` if a line was demanded and there is none; what the system refuses.
    pub(crate) fn open(node: &Arc<OwnedFd>, wanted: Option<InterruptKind>) -> Result<Self> {
        let polled = Self { vector: None, gate: Gate::Command };
        if wanted == Some(InterruptKind::Polling) {
            return Ok(polled);
        }
        match read(node, &mut [0; 4]) {
            Ok(_) | Err(Errno::AGAIN) => {}
            // The kernel's word for a device without interrupts.
            Err(Errno::IO) if wanted.is_none() => return Ok(polled),
            Err(Errno::IO) => return Err(Errno::NOTSUP),
            Err(error) => return Err(error),
        }
        let gate = match control(node, true) {
            Ok(()) => Gate::Driver,
            Err(Errno::NOSYS) => Gate::Command,
            Err(error) => return Err(error),
        };
        let vector = Arc::new(Vector::new(0, Arc::clone(node), Telling::InAll));
        Ok(Self { vector: Some(vector), gate })
    }

    pub(crate) const fn kind(&self) -> InterruptKind {
        if self.vector.is_some() { InterruptKind::Intx } else { InterruptKind::Polling }
    }

    pub(crate) const fn vector(&self) -> Option<&Arc<Vector>> {
        self.vector.as_ref()
    }

    pub(crate) const fn gate(&self) -> Gate {
        self.gate
    }
}

/// Tells the device's UIO driver to let its line through, or not to. `uio_pci_generic` answers
/// `NOSYS`.
pub(crate) fn control(node: impl AsFd, on: bool) -> Result<()> {
    match write(node, &u32::from(on).to_ne_bytes())? {
        4 => Ok(()),
        _ => Err(Errno::IO),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Polling needs nothing of a node, not even that it is one.
    #[test]
    fn polling_always_works() {
        let (reader, _writer) = std::io::pipe().unwrap();
        let node = Arc::new(reader.into());
        let interrupts = Interrupts::open(&node, Some(InterruptKind::Polling)).unwrap();
        assert_eq!(
            (interrupts.kind(), interrupts.vector().is_none()),
            (InterruptKind::Polling, true)
        );
    }

    // A driver that takes the word through its node opens the gate from then on; one number is one
    // interrupt.
    #[test]
    fn driver_is_told_through_its_node() {
        let (one, other) = std::os::unix::net::UnixStream::pair().unwrap();
        one.set_nonblocking(true).unwrap();
        let node: Arc<OwnedFd> = Arc::new(one.into());
        let interrupts = Interrupts::open(&node, None).unwrap();
        assert_eq!((interrupts.kind(), interrupts.gate()), (InterruptKind::Intx, Gate::Driver));
        let mut word = [0; 4];
        read(&other, &mut word).unwrap();
        assert_eq!(u32::from_ne_bytes(word), 1);
        write(&other, &9_u32.to_ne_bytes()).unwrap();
        assert_eq!(interrupts.vector().unwrap().collect(0).unwrap(), 1);
    }
}
