//! The card's one channel: where, how much, go.

use core::fmt;

use dma_core::{
    Access, AddressMask, Channel, DeviceAddress, DeviceWindow, Direction, Directions, DomainId,
    Error, ErrorKind, Limits, Operation, Refused, Segment,
};
use register_map::{Readable, Window, Writeable};

use crate::registers::{self as map, Courier};

/// What the identification register holds.
const IDENTIFICATION: u32 = 0xc004_1e40;

/// How often the status is read before a card that was stopped counts as stuck.
const PATIENCE: u32 = 1_000;

/// One Courier, as a channel of depth 1.
pub struct CourierChannel<S> {
    window: Window<S, Courier>,
    /// What was pushed and not yet counted.
    segment: Option<Segment>,
    running: bool,
}

impl<S: Access<u32>> CourierChannel<S> {
    /// Drives the card behind these registers (its BAR 0).
    ///
    /// # Errors
    ///
    /// With the space: `Unsupported`, with the identification, if it is another card; `Gone`;
    /// `Stuck` if a transfer of an earlier owner does not end; `TooShort`, `Misaligned` if the
    /// space is not such a BAR.
    ///
    /// # Safety
    ///
    /// As long as the channel lives, and if it is leaked for ever, nothing else stores to the
    /// card's registers.
    pub unsafe fn new(space: S) -> Result<Self, Refused<S>> {
        // SAFETY: nothing is done with it but to read the identification, until that says that
        // this is the card.
        let window = unsafe { Window::<S, Courier>::new(space) }?;
        let mut channel = Self { window, segment: None, running: false };
        let identification = channel.window.reg(map::IDENTIFICATION).get();
        let refused = match identification {
            // An earlier owner may have left it running.
            IDENTIFICATION => match channel.stop(Operation::Open) {
                Ok(()) => return Ok(channel),
                Err(error) => error,
            },
            u32::MAX => Error::new(ErrorKind::Gone, Operation::Open, identification),
            _ => Error::new(ErrorKind::Unsupported, Operation::Open, identification),
        };
        Err(Refused::new(channel.window.into_space(), refused))
    }

    /// Ends what runs, and waits, within bounds, until the card says so.
    fn stop(&mut self, operation: Operation) -> Result<(), Error> {
        // SAFETY: it starts nothing.
        unsafe { self.window.reg(map::COMMAND).ring(map::COMMAND::STOP::SET) };
        for _ in 0..PATIENCE {
            let status = self.window.reg(map::STATUS).extract();
            if status.get() == u32::MAX {
                return Err(Error::new(ErrorKind::Gone, operation, u32::MAX));
            }
            if !status.is_set(map::STATUS::BUSY) {
                // ORDER: the card said that it is idle; only now may anybody use the memory.
                self.window.acquire();
                self.window.reg(map::INTERRUPT).clear_bits(u32::MAX);
                (self.segment, self.running) = (None, false);
                return Ok(());
            }
        }
        Err(Error::new(ErrorKind::Stuck, operation, PATIENCE))
    }
}

// SAFETY:
// 1. The card masters the bus only from the START in `kick` until its status reads idle, for the
//    one range in its registers, which `kick` wrote just before.
// 2. A segment is counted only after INTERRUPT said that its transfer ended, and the card sets
//    that after its last access. `quiesce` and `restore` say `Ok` only after STATUS read idle,
//    after which the card does not touch memory.
// 3. `domain` is that of the register space. There is no ring memory, so none is leaked.
// 5. `kick` writes all registers that a transfer uses: a reset in between leaves nothing behind.
unsafe impl<S: Access<u32>> Channel for CourierChannel<S> {
    fn limits(&self) -> Limits {
        Limits {
            mask: AddressMask::bits(34),
            max_segment: 16 * 1024,
            alignment: 1,
            boundary: 0,
            device_window: DeviceWindow { start: DeviceAddress::new(0), length: 64 * 1024 },
            directions: Directions::BOTH,
            depth: 1,
        }
    }

    fn domain(&self) -> DomainId {
        self.window.domain()
    }

    fn room(&self) -> usize {
        usize::from(self.segment.is_none())
    }

    unsafe fn push(&mut self, segment: Segment) {
        self.segment = Some(segment);
    }

    fn kick(&mut self) {
        let Some(segment) = self.segment.filter(|_| !self.running) else { return };
        // SAFETY: whoever pushed it keeps the range mapped, and untouched, until it is counted.
        unsafe { self.window.pair(map::HOST).steer(segment.host) };
        // The engine keeps to `limits`, so both fit: 64 KiB of memory, 16 KiB at a time.
        self.window.reg(map::PLACE).set(u32::try_from(segment.device.get()).unwrap_or(0));
        self.window.reg(map::LENGTH).set(u32::try_from(segment.length).unwrap_or(0));
        let direction = match segment.direction {
            Direction::ToDevice => map::COMMAND::DIRECTION::ToCard,
            Direction::FromDevice => map::COMMAND::DIRECTION::FromCard,
        };
        self.running = true;
        // ORDER: what the CPU wrote to the buffer, and read from it, comes before the doorbell.
        self.window.release();
        // SAFETY: address and length above are those of the segment, in its direction.
        unsafe { self.window.reg(map::COMMAND).ring(map::COMMAND::START::SET + direction) };
    }

    fn poll(&mut self) -> Result<usize, Error> {
        if !self.running {
            return Ok(0);
        }
        // Read once, drop what was read, and say it: a cause that comes in between stays up.
        let causes = self.window.reg(map::INTERRUPT).extract();
        if causes.get() == u32::MAX {
            return Err(Error::new(ErrorKind::Gone, Operation::Transfer, u32::MAX));
        }
        if causes.get() == 0 {
            return Ok(0);
        }
        // ORDER: the card said that it has ended; only now may anybody look at the data.
        self.window.acquire();
        self.window.reg(map::INTERRUPT).clear_bits(causes.get());
        (self.segment, self.running) = (None, false);
        if causes.is_set(map::INTERRUPT::FAILED) {
            return Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, causes.get()));
        }
        Ok(1)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        self.stop(Operation::Quiesce)
    }

    /// A reset ends the transfer and clears all registers; to stop it once more does no harm.
    fn restore(&mut self) -> Result<(), Error> {
        self.stop(Operation::Recover)
    }
}

impl<S> fmt::Debug for CourierChannel<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CourierChannel")
            .field("segment", &self.segment)
            .field("running", &self.running)
            .finish_non_exhaustive()
    }
}
