//! A signal without any interrupt: look again and again.
#![forbid(unsafe_code)]

use core::fmt;
use core::task::{Context, Poll};

use dma_core::{Epoch, Error, Signal, Wake};

use crate::platform::Platform;
use crate::resets::Resets;

/// Clock of one engine that polls. Works everywhere and sleeps nowhere.
#[derive(Clone)]
pub struct Polling<P> {
    platform: P,
    resets: &'static Resets,
    device: u32,
}

impl<P: Platform> Polling<P> {
    /// Polls with this clock.
    #[must_use]
    pub fn new(platform: P, resets: &'static Resets) -> Self {
        Self { platform, resets, device: resets.device() }
    }

    fn wake(&self, until: Option<u64>) -> Wake {
        match until {
            Some(until) if self.platform.now() >= until => Wake::Deadline,
            _ => Wake::Fired,
        }
    }
}

impl<P: Platform> Signal for Polling<P> {
    fn now(&self) -> u64 {
        self.platform.now()
    }

    fn epoch(&self) -> Epoch {
        Epoch { device: self.device, resets: self.resets.count() }
    }

    fn pause(&mut self) {
        self.platform.pause();
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        Ok(false)
    }

    /// Pauses once and asks for another look.
    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        self.platform.pause();
        Ok(self.wake(until))
    }

    /// Lets other tasks run once before the next look.
    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        self.platform.pause();
        match self.wake(until) {
            Wake::Deadline => Poll::Ready(Ok(Wake::Deadline)),
            Wake::Fired => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }
}

impl<P> fmt::Debug for Polling<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Polling").field("epoch", &self.resets.epoch()).finish_non_exhaustive()
    }
}
