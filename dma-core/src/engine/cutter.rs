//! Cuts the next segment off a job.
//!
//! A piece ends where the run of device addresses ends, at the channel's longest segment, at its
//! boundary, at the end of the card's memory, or with the job.
#![forbid(unsafe_code)]

use crate::{AddressMask, DeviceAddress, Direction, DmaBuffer, ErrorKind, Limits, Segment};

/// Where a job stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cutter {
    /// Bytes cut off so far.
    at: usize,
    /// Where the card's side goes on.
    device: DeviceAddress,
    direction: Direction,
}

impl Cutter {
    pub(super) const fn new(device: DeviceAddress, direction: Direction) -> Self {
        Self { at: 0, device, direction }
    }

    pub(super) const fn direction(&self) -> Direction {
        self.direction
    }

    /// Whether every piece that will be cut keeps to `limits`; the reason if not.
    #[inline]
    pub(super) fn check<B: DmaBuffer>(&self, buffer: &B, limits: &Limits) -> Result<(), ErrorKind> {
        let length = buffer.length();
        if length == 0 {
            return Err(ErrorKind::Empty);
        }
        if !buffer.permits().intersection(limits.directions).contains(self.direction.set()) {
            return Err(ErrorKind::WrongDirection);
        }
        if limits.device_window.left(self.device).is_none() {
            return Err(ErrorKind::OutOfReach);
        }
        let crooked = limits.alignment as u64 - 1;
        if self.device.get() & crooked != 0 {
            return Err(ErrorKind::Misaligned);
        }
        let mut at = 0;
        while at < length {
            let (iova, run) = buffer.run(at, length - at);
            if run == 0 || !limits.mask.reaches(iova, run) {
                return Err(ErrorKind::OutOfReach);
            }
            at += run;
            let inner = if at < length { run as u64 } else { 0 };
            if (iova.get() | inner) & crooked != 0 {
                return Err(ErrorKind::Misaligned);
            }
        }
        Ok(())
    }

    /// Cuts the next piece off; `None` when nothing is left, or nothing that is aligned.
    #[inline]
    pub(super) fn next<B: DmaBuffer>(&mut self, buffer: &B, limits: &Limits) -> Option<Segment> {
        let left = buffer.length().checked_sub(self.at)?;
        let (host, run) = buffer.run(self.at, left.min(limits.max_segment));
        let mut length = run;
        if limits.boundary != 0 {
            length = length.min(bytes(limits.boundary - (host.get() & (limits.boundary - 1))));
        }
        let window = &limits.device_window;
        // Never 0: `check` looked at the first address, and one that reached the end has gone round
        // to the start.
        let on_card = if window.length == u64::MAX {
            usize::MAX
        } else {
            let end = window.start.get().wrapping_add(window.length);
            bytes(end.wrapping_sub(self.device.get()))
        };
        length = length.min(on_card);
        if length < left {
            length &= !(limits.alignment - 1);
        }
        if length == 0 {
            return None;
        }
        let device = self.device;
        self.at += length;
        self.device = if length == on_card { window.start } else { device.offset(length) };
        Some(Segment { host, device, length, direction: self.direction, last: length == left })
    }
}

/// An amount of room, at most as much as any length can be.
#[inline]
fn bytes(room: u64) -> usize {
    usize::try_from(room).unwrap_or(usize::MAX)
}

/// Whether limits make sense at all: what [`Cutter`] relies on.
pub(super) const fn sensible(limits: &Limits) -> bool {
    let aligned = limits.alignment as u64;
    limits.alignment.is_power_of_two()
        && limits.max_segment >= limits.alignment
        && (limits.boundary == 0
            || (limits.boundary.is_power_of_two() && limits.boundary >= aligned))
        && limits.device_window.length > 0
        && (limits.device_window.length == u64::MAX
            || (limits.device_window.start.get() | limits.device_window.length) & (aligned - 1)
                == 0)
        && limits.depth > 0
        && limits.mask.highest() >= AddressMask::bits(1).highest()
}
