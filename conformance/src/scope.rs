//! What a case works with: rig, counts, and what it admits to leave behind.
#![forbid(unsafe_code)]

use dma_core::{
    Allocate, Backend, Channel, DeviceWindow, Direction, Error, Limits, Request, Signal, Timeout,
};

use crate::ledger::Ledger;
use crate::link::Link;
use crate::rig::{BufferOf, Pace, Provocation, Rig};
use crate::verdict::{Halt, OrFail};

/// What a case works with.
pub(crate) struct Scope<'r, R> {
    pub(crate) rig: &'r mut R,
    pub(crate) ledger: &'r Ledger,
    pub(crate) pace: Pace,
    /// The case leaves memory behind on purpose: mappings are not compared at its end.
    pub(crate) leaks: bool,
}

impl<'r, R: Rig> Scope<'r, R> {
    /// Opens the device and makes an engine, or one for each direction, for up to `N` jobs each.
    #[track_caller]
    pub(crate) fn link<const N: usize>(&mut self) -> Result<Link<'r, R, N>, Halt> {
        let device = self.open()?;
        self.link_to(device, 0)
    }

    /// As [`Scope::link`], on a device that is open; ticket generations start at `generation`.
    #[track_caller]
    pub(crate) fn link_to<const N: usize>(
        &mut self,
        device: R::Device,
        generation: u32,
    ) -> Result<Link<'r, R, N>, Halt> {
        Link::open(self.rig, self.ledger, device, generation)
    }

    /// Opens the device.
    #[track_caller]
    pub(crate) fn open(&mut self) -> Result<R::Device, Halt> {
        self.rig.open().or_fail("opening the device")
    }

    /// From now on the case leaves memory behind on purpose.
    pub(crate) fn leaves_memory(&mut self) {
        self.leaks = true;
    }

    /// The time after which a healthy transfer has surely ended, in nanoseconds.
    pub(crate) fn patience(&self) -> u64 {
        nanos(self.pace.patience)
    }

    /// The time after which no interrupt can have ended a wait: a wait that nothing ends goes on
    /// for as long as patience. Nearly all of that, as a busy host is late by itself.
    pub(crate) fn late(&self) -> u64 {
        let patience = self.patience();
        patience - patience / 8
    }

    /// The longest job that the card's memory and the rig can bear.
    pub(crate) fn longest(&self) -> usize {
        let target = usize::try_from(self.rig.target().length).unwrap_or(usize::MAX);
        self.pace.longest.min(target)
    }

    /// Lets so many nanoseconds pass for the device.
    #[track_caller]
    pub(crate) fn pass(&mut self, device: &R::Device, nanoseconds: u64) -> Result<(), Halt> {
        if self.rig.provoke(device, Provocation::Time(nanoseconds)).is_ok() {
            return Ok(());
        }
        let mut signal = device.signal(self.rig.vector(0)).or_fail("taking a signal")?;
        let until = signal.now().saturating_add(nanoseconds);
        while signal.now() < until {
            signal.wait(Some(until)).or_fail("waiting for time to pass")?;
            signal.pause();
        }
        Ok(())
    }

    /// Which of `count` variants to try when each costs so many transfers: all, or as many as
    /// the pace allows, spread evenly.
    pub(crate) fn sample(
        &self,
        count: usize,
        transfers_each: u32,
    ) -> impl Iterator<Item = usize> + use<R> {
        let bearable = usize::try_from(self.pace.transfers / transfers_each.max(1));
        let chosen = count.min(bearable.unwrap_or(usize::MAX)).max(1);
        (0..chosen).map(
            move |place| {
                if chosen == 1 { count - 1 } else { place * (count - 1) / (chosen - 1) }
            },
        )
    }
}

/// A time-out as a number; never is a very long time.
pub(crate) fn nanos(timeout: Timeout) -> u64 {
    timeout.deadline(0).unwrap_or(u64::MAX)
}

/// Lends memory for a channel with these limits.
#[track_caller]
pub(crate) fn lend<R: Rig>(device: &R::Device, request: Request) -> Result<BufferOf<R>, Error> {
    device.memory().allocate(request).map_err(Into::into)
}

/// The first channel of a device that goes this way, without a witness.
#[track_caller]
pub(crate) fn bare_channel<R: Rig>(
    rig: &mut R,
    device: &R::Device,
    direction: Direction,
) -> Result<R::Channel, Halt> {
    let channels = rig.channels(device).or_fail("making the channels")?;
    let serves = |channel: &R::Channel| channel.limits().directions.contains(direction.set());
    channels.into_iter().flatten().find(serves).or_fail("a channel of this direction")
}

/// The card's window that a job goes round in, if it is one that jobs can be longer than.
pub(crate) fn lap(limits: &Limits, target: DeviceWindow) -> Option<usize> {
    let window = limits.device_window;
    if window == target { usize::try_from(window.length).ok() } else { None }
}
