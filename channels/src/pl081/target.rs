//! The target, which plays the card's memory, and what a segment becomes: one item.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::{
    AddressMask, Buffer, DeviceAddress, DeviceWindow, Direction, Directions, DmaBuffer, DomainId,
    Error, ErrorKind, Limits, LowIova, Operation, Region, Segment, To,
};
use register_map::pl081::channel::CONTROL;

/// The controller drives 32 address lines.
pub(super) const MASK: AddressMask = AddressMask::bits(32);

/// The longest segment: as many units as the 12 bits of the size can say, and whole words, so
/// that the next segment of a job is aligned as the first one.
const MAX_SEGMENT: usize = 4092;

/// The bit of an item that makes it interrupt when it is done.
pub(super) const INTERRUPT: u32 = CONTROL::I::SET.value;

/// One item, as registers and ring memory take it.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) source: LowIova,
    pub(super) destination: LowIova,
    /// `None` ends the list.
    pub(super) next: Option<LowIova>,
    pub(super) control: u32,
}

/// Memory that plays the card's. It is the device's until it comes back.
pub(super) struct Target<R> {
    buffer: Buffer<R>,
    /// What the controller calls its first byte.
    start: LowIova,
}

impl<R: Region> Target<R> {
    /// Hands the buffer to the device; gives it back with the reason if it is unfit.
    pub(super) fn new(
        mut buffer: Buffer<R>,
        domain: DomainId,
    ) -> Result<Self, (Buffer<R>, ErrorKind)> {
        let (start, run) = buffer.run(0, buffer.len());
        let kind = if buffer.is_empty() {
            ErrorKind::Empty
        } else if buffer.domain() != domain {
            ErrorKind::OtherDomain
        } else if run < buffer.len() {
            ErrorKind::Scattered
        } else if !MASK.reaches(start, run) {
            ErrorKind::OutOfReach
        } else if let Some(start) = start.low() {
            // What the CPU wrote there is the card's memory now. After that no line holds anything
            // of its own that could come over what the device writes.
            buffer.sync(0..run, To::Device, Direction::ToDevice);
            return Ok(Self { buffer, start });
        } else {
            ErrorKind::OutOfReach
        };
        Err((buffer, kind))
    }

    /// Takes it back from the device, which is quiet.
    pub(super) fn into_buffer(mut self) -> Buffer<R> {
        self.buffer.sync(0..self.buffer.len(), To::Cpu, Direction::FromDevice);
        self.buffer
    }

    /// What a channel with this target can carry.
    pub(super) fn limits(&self, depth: usize) -> Limits {
        Limits {
            mask: MASK,
            max_segment: MAX_SEGMENT,
            alignment: 1,
            boundary: 0,
            device_window: DeviceWindow {
                start: DeviceAddress::new(0),
                length: self.buffer.len() as u64,
            },
            directions: Directions::BOTH,
            depth,
        }
    }

    /// The item for a segment, alone in its list.
    pub(super) fn item(&self, segment: Segment) -> Result<Item, Error> {
        let outside = Error::new(ErrorKind::OutOfReach, Operation::Transfer, 0);
        let host = segment.host.low().ok_or(outside)?;
        let offset = usize::try_from(segment.device.get()).map_err(|_| outside)?;
        let target = self.start.offset(offset);
        let (source, destination) = match segment.direction {
            Direction::ToDevice => (host, target),
            Direction::FromDevice => (target, host),
        };
        let interrupt = if segment.last { INTERRUPT } else { 0 };
        let control = interrupt | control(source, destination, segment.length)?;
        Ok(Item { source, destination, next: None, control })
    }
}

/// The number of the widest unit.
const WORD: u32 = CONTROL::S_WIDTH::Word.value >> CONTROL::S_WIDTH.shift;

/// Widths and length of a copy: the widest unit that both addresses and the length are whole in.
fn control(source: LowIova, destination: LowIova, length: usize) -> Result<u32, Error> {
    let too_long = Error::new(ErrorKind::TooLong, Operation::Transfer, 0);
    let length = u32::try_from(length).map_err(|_| too_long)?;
    // A width's number is the logarithm of its bytes.
    let crooked = source.get() | destination.get() | length | 1 << WORD;
    let shift = crooked.trailing_zeros();
    let widths = CONTROL::S_WIDTH.val(shift) + CONTROL::D_WIDTH.val(shift);
    let bursts = CONTROL::SB_SIZE::Beats4 + CONTROL::DB_SIZE::Beats4;
    let increments = CONTROL::SI::SET + CONTROL::DI::SET;
    let privileged = CONTROL::PROT.val(1);
    let size = CONTROL::TRANSFER_SIZE.val(length >> shift);
    Ok((size + widths + bursts + increments + privileged).value)
}

impl<R: Region> fmt::Debug for Target<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.buffer.fmt(f)
    }
}
