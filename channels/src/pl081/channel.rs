//! One channel with its memory, as the engine drives it.

use core::fmt;

use dma_core::{
    Access, AddressMask, Buffer, Channel, DeviceAddress, DeviceWindow, Direction, Directions,
    DmaBuffer, DomainId, Error, ErrorKind, Iova, Limits, Operation, Refused, Region, Request,
    Segment, Shared, To,
};
use register_map::pl081::channel::{self as map, CONFIGURATION, CONTROL};
use register_map::{Readable, Writeable};

use super::controller::{Parts, Pl081Part};
use super::list::{ITEM, Item, List};

/// The longest segment: as many units as the 12 bits of the size can say, and whole words, so
/// that the next segment of a job is aligned as the first one.
const MAX_SEGMENT: usize = 4092;

/// The controller drives 32 address lines.
const MASK: AddressMask = AddressMask::bits(32);

/// A channel of a PL081 with ring memory, and a target that plays the card's memory.
pub struct Pl081Channel<S, R: Region> {
    part: Pl081Part<S>,
    list: List<R>,
    target: Buffer<R>,
    /// What the controller calls the target's first byte.
    target_start: Iova,
    /// `kick` was called while a chain ran.
    deferred: bool,
    /// Seen and not yet ended by `quiesce`.
    fault: Option<Error>,
}

impl<S, R: Region> Pl081Channel<S, R> {
    /// What to ask a lender for as ring memory of a channel that holds `depth` segments.
    ///
    /// Items are aligned to their size, so that none crosses a kilobyte, as its bus demands.
    pub const fn ring_request(depth: usize) -> Request {
        Request::bytes(depth.saturating_mul(ITEM)).aligned(ITEM).within(MASK).contiguous()
    }

    /// What to ask a lender for as a target of `length` bytes.
    pub const fn target_request(length: usize) -> Request {
        Request::bytes(length).aligned(4).within(MASK).contiguous()
    }
}

impl<S: Access<u32>, R: Region> Pl081Channel<S, R> {
    pub(super) fn new(
        part: Pl081Part<S>,
        ring: Buffer<R>,
        mut target: Buffer<R>,
    ) -> Result<Self, Refused<Parts<S, R>>> {
        let refuse = |parts, kind| Err(Refused::new(parts, Error::new(kind, Operation::Open, 0)));
        let (target_start, run) = target.run(0, target.len());
        let kind = if target.is_empty() {
            ErrorKind::Empty
        } else if target.domain() != part.domain() || ring.domain() != part.domain() {
            ErrorKind::OtherDomain
        } else if run < target.len() {
            ErrorKind::Scattered
        } else if !MASK.reaches(target_start, run) {
            ErrorKind::OutOfReach
        } else {
            let list = match Shared::new(ring).map_err(|refused| (refused.buffer, refused.error)) {
                Ok(ring) => List::new(ring).map_err(|(ring, kind)| (ring.into_buffer(), kind)),
                Err((ring, error)) => Err((ring, error.kind())),
            };
            match list {
                Err((ring, kind)) => return refuse((part, ring, target), kind),
                Ok(list) => {
                    // What the CPU wrote there is the card's memory now.
                    target.sync(0..run, To::Device, Direction::ToDevice);
                    target.sync(0..run, To::Device, Direction::FromDevice);
                    let (deferred, fault) = (false, None);
                    return Ok(Self { part, list, target, target_start, deferred, fault });
                }
            }
        };
        refuse((part, ring, target), kind)
    }

    /// Takes it apart: its part of the controller, its ring, its target.
    ///
    /// # Errors
    ///
    /// `Busy`, with the channel, if it has segments.
    #[expect(clippy::result_large_err, reason = "a channel that is refused comes back, whole")]
    pub fn into_parts(mut self) -> Result<Parts<S, R>, Refused<Self>> {
        if self.list.is_empty() {
            self.target.sync(0..self.target.len(), To::Cpu, Direction::FromDevice);
            Ok((self.part, self.list.into_buffer(), self.target))
        } else {
            Err(Refused::new(self, Error::new(ErrorKind::Busy, Operation::Stop, 0)))
        }
    }

    /// The item for a segment.
    fn item(&self, segment: Segment) -> Result<Item, Error> {
        let outside = Error::new(ErrorKind::OutOfReach, Operation::Transfer, 0);
        let offset = usize::try_from(segment.device.get()).map_err(|_| outside)?;
        let target = self.target_start.offset(offset);
        let (source, destination) = match segment.direction {
            Direction::ToDevice => (segment.host, target),
            Direction::FromDevice => (target, segment.host),
        };
        let mut control = control(source, destination, segment.length)?;
        if segment.last {
            control |= CONTROL::I::SET.value;
        }
        Ok(Item { source, destination, next: None, control })
    }

    /// Starts the channel on what is pending, with one doorbell.
    fn start(&mut self) -> Result<(), Error> {
        let Some(item) = self.list.start()? else { return Ok(()) };
        let own = self.part.own();
        // SAFETY: whoever pushed the segment keeps its ranges until it is retired.
        unsafe { own.reg(map::SRC_ADDR).steer(item.source) }?;
        // SAFETY: as above.
        unsafe { own.reg(map::DEST_ADDR).steer(item.destination) }?;
        match item.next {
            // SAFETY: a complete item of the list, which is published and this channel's own.
            Some(next) => unsafe { own.reg(map::LLI).steer(next) }?,
            // SAFETY: zero ends the list.
            None => unsafe { own.reg(map::LLI).steer(DeviceAddress::new(0)) }?,
        }
        own.reg(map::CONTROL).set(item.control);
        // ORDER: buffers and items come before the doorbell.
        own.release();
        let command = CONFIGURATION::E::SET
            + CONFIGURATION::FLOW_CNTRL::MemoryToMemory
            + CONFIGURATION::IE::SET
            + CONFIGURATION::ITC::SET;
        // SAFETY: everything that the chain reaches stays mapped until it is retired, as `push`
        // was promised.
        unsafe { own.reg(map::CONFIGURATION).ring(command) };
        Ok(())
    }

    /// Remembers the first thing that went wrong.
    fn blame(&mut self, result: Result<(), Error>) {
        if let Err(error) = result {
            self.fault.get_or_insert(error);
        }
    }

    /// How many running items ended, by the channel's own registers.
    fn ended(&self) -> Result<usize, Error> {
        // The interrupt first: what ends after this raises it again.
        self.part.acknowledge();
        let state = self.part.state(Operation::Transfer)?;
        if state.enabled {
            return self.list.ended_before(self.part.own().reg(map::LLI).get());
        }
        // A reset behind our back turns it off too, and must not look like an end.
        if !state.armed {
            return Err(Error::new(ErrorKind::WasReset, Operation::Transfer, 0));
        }
        // It is off because the list ended, or because of an error, which is up by then.
        if self.part.take_error() {
            let number = self.part.number();
            return Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, 1 << number));
        }
        Ok(self.list.running())
    }

    fn stop(&mut self, operation: Operation) -> Result<(), Error> {
        self.part.stop(operation)?;
        self.list.clear();
        self.deferred = false;
        self.fault = None;
        Ok(())
    }
}

// SAFETY:
// 1. The channel masters the bus only between the doorbell in `start` and its enable bit being
//    clear, for the items of the list and the list itself, which this value owns.
// 2. A segment is counted when the channel has loaded the item after it, which it does after the
//    segment's last write, or when it has ended the list. `stop` says `Ok` when the channel reads
//    disabled and inactive.
// 3. `domain` is that of the registers; `new` compared ring and target with it.
// 4. The ring is a field: leaked with the channel, kept as long as it lives.
unsafe impl<S: Access<u32>, R: Region> Channel for Pl081Channel<S, R> {
    fn limits(&self) -> Limits {
        Limits {
            mask: MASK,
            max_segment: MAX_SEGMENT,
            alignment: 1,
            boundary: 0,
            device_window: DeviceWindow {
                start: DeviceAddress::new(0),
                length: self.target.len() as u64,
            },
            directions: Directions::BOTH,
            depth: self.list.depth(),
        }
    }

    fn domain(&self) -> DomainId {
        self.part.domain()
    }

    fn room(&self) -> usize {
        self.list.room()
    }

    unsafe fn push(&mut self, segment: Segment) {
        let pushed = match self.item(segment) {
            // SAFETY: the caller keeps the host range until it is counted, which is when it is
            // retired; the target is this channel's own.
            Ok(item) => unsafe { self.list.push(item) },
            Err(error) => Err(error),
        };
        self.blame(pushed);
    }

    fn kick(&mut self) {
        if self.list.running() > 0 {
            self.deferred = true;
        } else if self.fault.is_none() {
            let started = self.start();
            self.blame(started);
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.list.running() == 0 {
            return Ok(0);
        }
        let ended = self.ended().inspect_err(|error| self.fault = Some(*error))?;
        if ended > 0 {
            // ORDER: the registers said "ended"; only now may anybody look at the data.
            self.part.own().acquire();
            self.list.retire(ended);
        }
        if self.list.running() == 0 && self.deferred {
            self.deferred = false;
            let started = self.start();
            self.blame(started);
        }
        Ok(ended)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        if self.list.running() > 0 {
            return self.stop(Operation::Quiesce);
        }
        self.list.clear();
        self.deferred = false;
        self.fault = None;
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.stop(Operation::Recover)?;
        self.part.enable();
        Ok(())
    }
}

/// Widths and length of a copy: the widest unit that both addresses and the length are whole in.
fn control(source: Iova, destination: Iova, length: usize) -> Result<u32, Error> {
    let bits = source.get() | destination.get() | length as u64;
    let (width, widths) = if bits.is_multiple_of(4) {
        (4, CONTROL::S_WIDTH::Word + CONTROL::D_WIDTH::Word)
    } else if bits.is_multiple_of(2) {
        (2, CONTROL::S_WIDTH::HalfWord + CONTROL::D_WIDTH::HalfWord)
    } else {
        (1, CONTROL::S_WIDTH::Byte + CONTROL::D_WIDTH::Byte)
    };
    let too_long = Error::new(ErrorKind::TooLong, Operation::Transfer, 0);
    let units = u32::try_from(length / width).map_err(|_| too_long)?;
    let bursts = CONTROL::SB_SIZE::Beats4 + CONTROL::DB_SIZE::Beats4;
    let increments = CONTROL::SI::SET + CONTROL::DI::SET;
    let privileged = CONTROL::PROT.val(1);
    Ok((CONTROL::TRANSFER_SIZE.val(units) + widths + bursts + increments + privileged).value)
}

impl<S, R: Region> fmt::Debug for Pl081Channel<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pl081Channel")
            .field("part", &self.part)
            .field("depth", &self.list.depth())
            .field("running", &self.list.running())
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}
