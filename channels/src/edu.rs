//! QEMU's `edu`: one transfer at a time between host memory and 4 KiB of its own.
//!
//! The whole protocol: source, destination, length, then the command that starts it; the command
//! register reads busy until the transfer ended, and an interrupt bit tells so. There is no
//! abort, and a bus reset does not end a transfer.
//!
//! # Examples
//!
//! ```
//! use channels::edu::EduChannel;
//! use dma_core::{Access, AddressMask, Channel, Error};
//!
//! fn open<S: Access<u32> + Access<u64>>(registers: S) -> Result<impl Channel, Error> {
//!     // SAFETY: the registers were opened a line ago, for this channel alone.
//!     let channel = unsafe { EduChannel::new(registers) }.map_err(|refused| refused.error)?;
//!     // The card was started with `-device edu,dma_mask=0xffffffff`.
//!     Ok(channel.with_mask(AddressMask::bits(32)))
//! }
//! ```

mod unit;

use core::fmt;

use dma_core::{
    Access, AddressMask, Channel, DeviceAddress, DeviceWindow, Direction, Directions, DomainId,
    Error, ErrorKind, Limits, Operation, Refused, Segment,
};
use register_map::edu::{self as map, Edu};
use register_map::{Readable, Window, Writeable};

pub use unit::EduUnit;

/// What the identification register ends with.
const SIGNATURE: u32 = 0xed;

/// Where the card's own memory is, and all that a transfer may move.
const MEMORY: DeviceWindow = DeviceWindow { start: DeviceAddress::new(0x4_0000), length: 4096 };

/// How often the command register is read before a transfer counts as stuck. A transfer takes
/// 100 ms, and a read of a register at least a tenth of a microsecond.
const PATIENCE: u32 = 1_000_000;

/// The DMA engine of one `edu`, as a channel of depth 1.
pub struct EduChannel<S> {
    window: Window<S, Edu>,
    mask: AddressMask,
    patience: u32,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// The card has nothing of ours.
    Idle,
    /// A segment waits for its doorbell.
    Loaded(Segment),
    /// The doorbell was rung.
    Running,
}

impl<S: Access<u32> + Access<u64>> EduChannel<S> {
    /// Drives the `edu` behind these registers (its BAR 0).
    ///
    /// # Errors
    ///
    /// With the space: `Unsupported`, with the identification, if it is no `edu`; `Gone`;
    /// `Stuck` if a transfer of an earlier owner does not end, which takes 100 ms (try again);
    /// `TooShort`, `Misaligned` if the space is not such a BAR.
    ///
    /// # Safety
    ///
    /// As long as the channel lives, and if it is leaked for ever, nothing else stores to the
    /// card's DMA registers: a second channel over them would start transfers with this one's
    /// addresses behind its back.
    pub unsafe fn new(space: S) -> Result<Self, Refused<S>> {
        let mut channel = Self {
            window: identify(space)?,
            mask: AddressMask::bits(28),
            patience: PATIENCE,
            stage: Stage::Idle,
        };
        match channel.settle(Operation::Open) {
            Ok(()) => Ok(channel),
            Err(error) => Err(Refused::new(channel.window.into_space(), error)),
        }
    }

    /// The card's real address mask, if it was not started with the usual one of 28 bits.
    ///
    /// The card cuts addresses down to its mask without a word, so a mask that is too wide here
    /// sends its accesses elsewhere.
    #[must_use]
    pub const fn with_mask(mut self, mask: AddressMask) -> Self {
        self.mask = mask;
        self
    }

    /// How often to read the command register before a transfer counts as stuck.
    #[must_use]
    pub const fn with_patience(mut self, reads: u32) -> Self {
        self.patience = reads;
        self
    }

    /// Gives the registers back.
    ///
    /// # Errors
    ///
    /// `Busy`, with the channel, if it has a segment.
    pub fn into_space(self) -> Result<S, Refused<Self>> {
        if self.stage == Stage::Idle {
            Ok(self.window.into_space())
        } else {
            Err(Refused::new(self, Error::new(ErrorKind::Busy, Operation::Stop, 0)))
        }
    }

    /// Whether the card is at work, as it says itself.
    fn is_busy(&self, operation: Operation) -> Result<bool, Error> {
        let command = self.window.reg(map::DMA_COMMAND).extract();
        if command.get() == u64::MAX {
            return Err(Error::new(ErrorKind::Gone, operation, u32::MAX));
        }
        Ok(command.is_set(map::DMA_COMMAND::START))
    }

    /// Drops the interrupt of a transfer that ended.
    fn acknowledge(&self) {
        let ended = map::INTERRUPT_ACKNOWLEDGE::DMA::SET;
        self.window.reg(map::INTERRUPT_ACKNOWLEDGE).write(ended);
    }

    /// Waits, within bounds, until the card is idle: there is no other way to stop it.
    fn settle(&mut self, operation: Operation) -> Result<(), Error> {
        for _ in 0..self.patience {
            if !self.is_busy(operation)? {
                self.window.acquire();
                self.acknowledge();
                self.stage = Stage::Idle;
                return Ok(());
            }
        }
        Err(Error::new(ErrorKind::Stuck, operation, self.patience))
    }
}

// SAFETY:
// 1. The card masters the bus only from the doorbell in `kick` until its command register reads
//    idle, for the one range in its registers, which `kick` wrote just before.
// 2. A segment is counted, and `quiesce` and `restore` say `Ok`, only after the register read
//    idle, or if the doorbell was not rung. The card clears the bit after its last access.
// 3. `domain` is that of the register space. There is no ring memory.
unsafe impl<S: Access<u32> + Access<u64>> Channel for EduChannel<S> {
    fn limits(&self) -> Limits {
        Limits {
            mask: self.mask,
            max_segment: 4096,
            alignment: 1,
            boundary: 0,
            device_window: MEMORY,
            directions: Directions::BOTH,
            depth: 1,
        }
    }

    fn domain(&self) -> DomainId {
        self.window.domain()
    }

    fn room(&self) -> usize {
        usize::from(self.stage == Stage::Idle)
    }

    unsafe fn push(&mut self, segment: Segment) {
        self.stage = Stage::Loaded(segment);
    }

    fn kick(&mut self) {
        let Stage::Loaded(segment) = self.stage else { return };
        let source = self.window.reg(map::DMA_SOURCE);
        let destination = self.window.reg(map::DMA_DESTINATION);
        // All of it now and not in `push`: a reset in between would leave other addresses there.
        let direction = match segment.direction {
            Direction::ToDevice => {
                // SAFETY: whoever pushed it keeps the range mapped, and untouched, until counted.
                unsafe { source.steer(segment.host) };
                // SAFETY: an address of the card's own memory, within the window.
                unsafe { destination.steer(segment.device) };
                map::DMA_COMMAND::DIRECTION::ToDevice
            }
            Direction::FromDevice => {
                // SAFETY: an address of the card's own memory, within the window.
                unsafe { source.steer(segment.device) };
                // SAFETY: whoever pushed it keeps the range mapped, and untouched, until counted.
                unsafe { destination.steer(segment.host) };
                map::DMA_COMMAND::DIRECTION::FromDevice
            }
        };
        self.window.reg(map::DMA_COUNT).set(segment.length as u64);
        self.stage = Stage::Running;
        // ORDER: what the CPU wrote to the buffer, and read from it, comes before the doorbell.
        self.window.release();
        let command = map::DMA_COMMAND::START::SET + map::DMA_COMMAND::IRQ::SET + direction;
        // SAFETY: addresses and length above are those of the segment, in its direction.
        unsafe { self.window.reg(map::DMA_COMMAND).ring(command) };
    }

    fn poll(&mut self) -> Result<usize, Error> {
        if self.stage != Stage::Running || self.is_busy(Operation::Transfer)? {
            return Ok(0);
        }
        // ORDER: the register said "idle"; only now may anybody look at the data.
        self.window.acquire();
        self.acknowledge();
        self.stage = Stage::Idle;
        Ok(1)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        if self.stage == Stage::Running {
            return self.settle(Operation::Quiesce);
        }
        self.stage = Stage::Idle;
        Ok(())
    }

    /// The card has no reset: the transfer goes on, and would reach memory if bus mastering were
    /// on by its end. So it has to end first.
    fn restore(&mut self) -> Result<(), Error> {
        self.settle(Operation::Recover)
    }
}

/// The registers of an `edu`, if it is one.
fn identify<S: Access<u32>>(space: S) -> Result<Window<S, Edu>, Refused<S>> {
    // SAFETY: nothing is done with it but to read the identification, until that says that it is
    // an edu.
    let window = unsafe { Window::<S, Edu>::new(space) }?;
    let id = window.reg(map::ID).extract();
    let kind = if id.get() == u32::MAX {
        ErrorKind::Gone
    } else if id.read(map::ID::SIGNATURE) != SIGNATURE {
        ErrorKind::Unsupported
    } else {
        return Ok(window);
    };
    let error = Error::new(kind, Operation::Open, id.get());
    Err(Refused::new(window.into_space(), error))
}

impl<S> fmt::Debug for EduChannel<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EduChannel")
            .field("mask", &self.mask)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}
