//! A channel: one hardware queue of a DMA engine.
//!
//! For driver authors: some 150 lines. Registers come from the register map, ring memory from
//! the caller, and everything else (tickets, cutting, waiting, time-outs) is the engine's.
//!
//! The life of a segment: [`Channel::push`] writes it where the device will look;
//! [`Channel::kick`] tells the device, once for everything pushed; [`Channel::poll`] counts what
//! is done, in order; or [`Channel::quiesce`] ends it.

use crate::{DomainId, Error, Limits, Segment};

/// One hardware queue that moves bytes between host memory and a card.
///
/// # Implementation safety
///
/// 1. The device touches host memory only for segments that were pushed, within their lengths
///    and in their direction, and ring memory that the channel owns.
/// 2. Once a segment was counted by `poll`, or after `quiesce` or `restore` said `Ok`, the device
///    does not touch it again. The implementation says why that is true of its hardware.
/// 3. `domain` is that of the device's registers, and ring memory was checked against it.
/// 4. If the channel is leaked, so is its ring memory.
/// 5. None of this takes anybody's word for a reset, since a signal, by which an engine learns of
///    resets, is safe code: `restore` says `Ok` for what the registers show, and a doorbell
///    makes the device use only addresses that were written since the last one, or that are
///    checked to be still there.
pub unsafe trait Channel {
    /// What it can carry. Never changes.
    fn limits(&self) -> Limits;

    /// The address space of its device. Never changes.
    fn domain(&self) -> DomainId;

    /// How many segments `push` would take now.
    fn room(&self) -> usize;

    /// Enqueues a segment, without telling the device yet. Needs room.
    ///
    /// # Safety
    ///
    /// 1. `room()` was at least 1.
    /// 2. The segment keeps to `limits()`, its device address included.
    /// 3. Its host range is mapped in `domain()` for its direction, and nobody else touches or
    ///    frees it, until it was counted by `poll` or the channel was quiesced or restored.
    unsafe fn push(&mut self, segment: Segment);

    /// Tells the device about everything pushed since: one doorbell, or none if it must wait for
    /// a running chain, which then is rung by `poll`. Without anything pushed it does nothing.
    fn kick(&mut self);

    /// Services the device: reads its status once, remembers it, drops its interrupt line, and
    /// says how many segments ended since the last call, oldest first.
    ///
    /// # Errors
    ///
    /// `DeviceFault` with the status if the device reports one; `Gone` on all ones. Segments that
    /// ended before the fault are lost to the count: the engine quiesces and fails what is left.
    fn poll(&mut self) -> Result<usize, Error>;

    /// Stops the device and forgets everything pushed. `Ok` means: it will not touch any pushed
    /// segment again, and `room()` is full. Bounded in time.
    ///
    /// # Errors
    ///
    /// `Stuck` if the device does not stop; `Gone` on all ones, since a device that cannot be
    /// asked cannot be known to be quiet.
    fn quiesce(&mut self) -> Result<(), Error>;

    /// Starts over after the device was reset while its bus mastering is off: as `quiesce`, and
    /// whatever a reset leaves running has ended, and lost configuration is written again. It
    /// looks at the device and believes only that.
    ///
    /// # Errors
    ///
    /// `Stuck` if something still runs (call again later); `Gone`.
    fn restore(&mut self) -> Result<(), Error> {
        self.quiesce()
    }
}
