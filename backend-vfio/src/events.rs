//! What the kernel has to say of a device: give it back, or it has failed.
#![forbid(unsafe_code)]

use std::os::fd::{AsFd, AsRawFd, OwnedFd};

use dma_core::{Error, ErrorKind, Operation};
use host_linux::eventfd::{event, take};
use host_linux::os;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Result;
use vfio_bindings::bindings::vfio;

use crate::sys::kernel;

/// The two eventfds that stand for the device as a whole. What they say stays said: they are not
/// emptied, so that everybody who waits sees it.
#[derive(Debug)]
pub(crate) struct Events {
    /// Somebody wants to unbind or remove the device and waits for its release.
    request: Option<OwnedFd>,
    /// The bus reports an error that the device cannot recover from by itself.
    error: Option<OwnedFd>,
}

impl Events {
    pub(crate) fn open(device: impl AsFd) -> Result<Self> {
        let open = |index| {
            // Older kernels, and devices without error reporting, have none.
            let Ok(info) = kernel::irq_info(&device, index) else { return Ok(None) };
            if info.count == 0 {
                return Ok(None);
            }
            let event = event()?;
            let flags = vfio::VFIO_IRQ_SET_DATA_EVENTFD | vfio::VFIO_IRQ_SET_ACTION_TRIGGER;
            let set = kernel::set_irqs(&device, index, flags, 0, 1, &[event.as_raw_fd()]);
            Ok(set.ok().map(|_| event))
        };
        Ok(Self {
            request: open(vfio::VFIO_PCI_REQ_IRQ_INDEX)?,
            error: open(vfio::VFIO_PCI_ERR_IRQ_INDEX)?,
        })
    }

    /// All of them, to wait for.
    pub(crate) fn all(&self) -> impl Iterator<Item = &OwnedFd> {
        self.request.iter().chain(&self.error)
    }

    /// Whether the kernel wants the device back.
    pub(crate) fn is_wanted_back(&self) -> Result<bool> {
        said(self.request.as_ref())
    }

    /// What has been said, as the error of who waits for the device.
    pub(crate) fn look(&self) -> core::result::Result<(), Error> {
        let refused = |error| os(Operation::Interrupt, error);
        if said(self.request.as_ref()).map_err(refused)? {
            return Err(Error::new(ErrorKind::Gone, Operation::Interrupt, 0));
        }
        if said(self.error.as_ref()).map_err(refused)? {
            return Err(Error::new(ErrorKind::DeviceFault, Operation::Interrupt, 0));
        }
        Ok(())
    }

    /// The device was reset, which ends its error.
    pub(crate) fn forget_error(&self) -> Result<()> {
        self.error.as_ref().map_or(Ok(0), take).map(drop)
    }
}

fn said(event: Option<&OwnedFd>) -> Result<bool> {
    let Some(event) = event else { return Ok(false) };
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    Ok(poll(&mut [PollFd::new(event, PollFlags::IN)], Some(&now))? > 0)
}

#[cfg(test)]
mod tests {
    use host_linux::eventfd::ring;

    use super::*;

    // What was said stays said, until a reset ends an error; a request nothing ends.
    #[test]
    fn what_was_said_stays() {
        let events = Events { request: Some(event().unwrap()), error: Some(event().unwrap()) };
        assert_eq!(events.look(), Ok(()));
        ring(events.error.as_ref().unwrap()).unwrap();
        for _ in 0..2 {
            assert_eq!(events.look().unwrap_err().kind(), ErrorKind::DeviceFault);
        }
        events.forget_error().unwrap();
        assert_eq!(events.look(), Ok(()));
        ring(events.request.as_ref().unwrap()).unwrap();
        events.forget_error().unwrap();
        assert_eq!(events.look().unwrap_err().kind(), ErrorKind::Gone);
        assert!(events.is_wanted_back().unwrap());
    }
}
