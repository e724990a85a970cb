//! Clock and interrupt of whichever backend it is.
#![forbid(unsafe_code)]

use core::task::{Context, Poll};

use dma_core::{Epoch, Error, Signal, Wake};

use crate::forward::each;

/// The clock and interrupt of a [`Device`](crate::Device).
#[derive(Debug)]
#[non_exhaustive]
pub enum AnySignal {
    /// Of the simulated machine.
    #[cfg(feature = "mock")]
    Mock(backend_mock::MockSignal),
    /// Of VFIO.
    #[cfg(feature = "vfio")]
    Vfio(backend_vfio::VfioSignal),
    /// Of UIO.
    #[cfg(feature = "uio")]
    Uio(backend_uio::UioSignal),
    /// Of our kernel module.
    #[cfg(feature = "kernel")]
    Kernel(backend_kernel::KernelSignal),
}

impl Signal for AnySignal {
    #[inline]
    fn now(&self) -> u64 {
        each!(self, signal => signal.now())
    }

    #[inline]
    fn epoch(&self) -> Epoch {
        each!(self, signal => signal.epoch())
    }

    #[inline]
    fn begin(&mut self) {
        each!(self, signal => signal.begin());
    }

    #[inline]
    fn pause(&mut self) {
        each!(self, signal => signal.pause());
    }

    #[inline]
    fn rearm(&mut self) -> Result<bool, Error> {
        each!(self, signal => signal.rearm())
    }

    #[inline]
    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        each!(self, signal => signal.wait(until))
    }

    #[inline]
    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        each!(self, signal => signal.poll_fired(context, until))
    }
}
