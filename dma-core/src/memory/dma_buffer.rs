//! What an engine takes: something with bytes that a device can reach.

use core::ops::Range;

use crate::{Direction, Directions, DomainId, Iova, To};

/// A buffer that can be given to an engine.
///
/// [`Buffer`](crate::Buffer), [`Mapped`](crate::Mapped) and [`Either`](crate::Either) of them
/// implement it; a driver is generic over it or fixes one.
///
/// # Implementation safety
///
/// As [`Region`](crate::Region), for the bytes that this value owns, for as long as it lives or
/// if it is leaked. Nobody else reads or writes those bytes while an engine has the value.
pub unsafe trait DmaBuffer: 'static {
    /// The address space that the memory is mapped in.
    fn domain(&self) -> DomainId;

    /// Length in bytes; never changes.
    fn length(&self) -> usize;

    /// The longest piece at byte `at` that is contiguous for the device, at most `max` bytes;
    /// length 0 past the end.
    fn run(&self, at: usize, max: usize) -> (Iova, usize);

    /// What the device may do with it.
    fn permits(&self) -> Directions;

    /// Hands `range` to the device or to the CPU; the engine calls it at both ends of a job.
    ///
    /// It takes `&mut self` because it may change bytes: a bounce buffer is copied back here.
    fn sync(&mut self, range: Range<usize>, to: To, direction: Direction);
}
