//! One channel's registers: start, look, stop.

use core::fmt;

use dma_core::{
    Access, AddressMask, Buffer, DeviceWindow, Direction, DomainId, Error, ErrorKind, Iova, Narrow,
    Operation, Refused, Region, Request,
};
use register_map::fields::FieldValue;
use register_map::xdma::direction::channel::{self as map, Channel};
use register_map::xdma::irq::{self as irq_map, Irq};
use register_map::xdma::list_control::{self as control_map, ListControl};
use register_map::xdma::lists::list::{self as list_map, List};
use register_map::{Readable, Window, Writeable};

use super::controller::Shared;
use super::ring::{DESCRIPTOR, First};
use super::word::LINE;
use super::{Feeding, Parts, Setup, WriteBack, XdmaChannel, XdmaStatus};

/// One channel of the subsystem, without memory yet; see [`XdmaPart::open`].
///
/// It has the only window on the channel's registers. Of those that all channels share it writes
/// its own bits only, or what all of them write.
pub struct XdmaPart<S> {
    channel: Window<S, Channel>,
    list: Window<S, List>,
    irq: Window<S, Irq>,
    lists: Window<S, ListControl>,
    shared: Shared<S>,
    direction: Direction,
    number: usize,
    /// Which interrupt of the subsystem it is.
    interrupt: u8,
    limits: Built,
}

/// What the channel was built for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Built {
    pub(super) alignment: usize,
    pub(super) mask: AddressMask,
    stream: bool,
}

/// What the engine is to note, and to stop for.
const NOTED: u32 = XdmaStatus::CAUSES.bits();

impl<S> XdmaPart<S> {
    /// Which way it goes.
    #[must_use]
    pub const fn direction(&self) -> Direction {
        self.direction
    }

    /// Its number among the channels of its direction.
    #[must_use]
    pub const fn number(&self) -> usize {
        self.number
    }

    pub(super) const fn built(&self) -> Built {
        self.limits
    }
}

impl<S: Access<u32>> XdmaPart<S> {
    /// What to ask a lender for as ring memory of a channel that holds `depth` segments.
    ///
    /// It is whole cache lines, and with `write_back` one line longer, for
    /// [`WriteBack::InRing`]; the depth may then come out a little higher than asked.
    pub const fn ring_request(&self, depth: usize, write_back: bool) -> Request {
        let length = depth.saturating_mul(DESCRIPTOR);
        let length = if write_back {
            // A length that is no length is refused by the lender.
            length.div_ceil(LINE).saturating_add(1).saturating_mul(LINE)
        } else {
            length
        };
        Request::bytes(length).aligned(LINE).within(self.limits.mask).contiguous()
    }

    /// What to ask a lender for as memory of [`WriteBack::In`].
    pub const fn write_back_request(&self) -> Request {
        Request::bytes(LINE).aligned(LINE).within(self.limits.mask).contiguous()
    }

    /// Makes a channel of it. `ring` holds its descriptors, see [`XdmaPart::ring_request`].
    ///
    /// # Errors
    ///
    /// With all parts: `Unsupported` if the card's side of the channel is a stream without
    /// addresses; `OtherDomain`, `Scattered`, `OutOfReach` (of the card's address bits),
    /// `TooShort` (the ring, or less than a line to write back to), `Misaligned` (the ring to 32
    /// bytes; with a write-back both to whole cache lines of 128 bytes).
    pub fn open<R: Region>(
        self,
        ring: Buffer<R>,
        write_back: WriteBack<R>,
        setup: Setup,
    ) -> Result<XdmaChannel<S, R>, Refused<Parts<S, R>>> {
        let kind = if self.limits.stream {
            ErrorKind::Unsupported
        } else {
            return XdmaChannel::new(self, ring, write_back, setup);
        };
        Err(Refused::new((self, ring, write_back), Error::new(kind, Operation::Open, 0)))
    }

    /// The address space in which the subsystem masters the bus.
    #[must_use]
    pub fn domain(&self) -> DomainId {
        self.channel.domain()
    }

    /// Orders what the registers said before what is then done with memory.
    pub(super) fn acquire(&self) {
        self.channel.acquire();
    }

    /// Writes the configuration that a reset loses. The engine is idle.
    pub(super) fn configure(&self, setup: &Setup) {
        match setup.feeding {
            Feeding::Lists => {
                let own = self.credit_bit();
                // SAFETY: an idle engine fetches nothing, whether it would need credits or not.
                unsafe { self.lists.reg(control_map::CREDIT_MODE_CLEAR).ring_raw(own) };
            }
            Feeding::Credits => self.take_credits_only(),
        }
        self.shared.configure(&self.irq, self.interrupt);
        let own = irq_map::CHANNEL_ENABLE_SET::CHANNELS.val(1 << self.interrupt);
        if setup.interrupts {
            self.channel.reg(map::INTERRUPT_ENABLE).set(NOTED);
            self.irq.reg(irq_map::CHANNEL_ENABLE_SET).raise(own);
        } else {
            self.channel.reg(map::INTERRUPT_ENABLE).set(0);
            self.irq.reg(irq_map::CHANNEL_ENABLE_CLEAR).clear_bits(own.value);
        }
    }

    /// Starts the engine on a list. The engine is idle.
    ///
    /// # Safety
    ///
    /// The descriptors from `first` on up to the end of their list, the ranges that they name,
    /// and the word stay mapped, and nobody else touches them, until the engine has counted them
    /// or was stopped.
    pub(super) unsafe fn start(&self, first: First, word: Option<Iova>) {
        // SAFETY: the caller keeps what the engine reaches.
        unsafe { self.run(first, word) };
    }

    /// Starts the engine on a ring without an end, with as many credits as there are descriptors.
    /// The engine is idle.
    ///
    /// # Safety
    ///
    /// As [`XdmaPart::start`], for the descriptors that it has credits for, now and later.
    pub(super) unsafe fn go_round(&self, first: First, word: Option<Iova>) {
        self.take_credits_only();
        // SAFETY: the caller keeps what the engine reaches, which is nothing before the grant.
        unsafe { self.run(first, word) };
        // SAFETY: the caller's promise is the same.
        unsafe { self.grant(first.count) };
    }

    /// Grants the engine, which goes round a ring, so many more descriptors. One that was reset
    /// meanwhile does nothing with them: it does not run.
    ///
    /// # Safety
    ///
    /// As [`XdmaPart::start`], for those descriptors.
    pub(super) unsafe fn grant(&self, count: u32) {
        // ORDER: buffers and descriptors come before the doorbell.
        self.channel.release();
        // SAFETY: the caller keeps everything that the engine now reaches.
        unsafe { self.list.reg(list_map::CREDITS).ring_raw(count) };
    }

    /// First where the list is, then the doorbell.
    ///
    /// All addresses are written each time, also those that never change: after a reset behind
    /// the driver's back they would be others.
    ///
    /// # Safety
    ///
    /// As [`XdmaPart::start`].
    unsafe fn run(&self, first: First, word: Option<Iova>) {
        // The engine begins at a rising edge.
        self.channel.reg(map::CONTROL_CLEAR).clear(map::CONTROL_CLEAR::RUN::SET);
        let noted = FieldValue::<u32, map::CONTROL::Register>::new(NOTED, 0, NOTED);
        let mut command = noted + map::CONTROL::RUN::SET;
        if let Some(word) = word {
            // SAFETY: the caller keeps the word.
            unsafe { self.channel.pair(map::WRITE_BACK).steer(word) };
            command += map::CONTROL::POLL_MODE_WRITE_BACK::SET;
        }
        // SAFETY: the caller keeps the descriptors and what they name.
        unsafe { self.list.pair(list_map::DESCRIPTOR).steer(first.descriptor) };
        self.list.reg(list_map::ADJACENT).write(list_map::ADJACENT::EXTRA.val(first.extra));
        // ORDER: buffers and descriptors come before the doorbell.
        self.channel.release();
        // SAFETY: the caller keeps everything that the engine now reaches.
        unsafe { self.channel.reg(map::CONTROL).ring(command) };
    }

    /// Lets the engine fetch no descriptor without a credit.
    fn take_credits_only(&self) {
        self.lists.reg(control_map::CREDIT_MODE_SET).raise_bits(self.credit_bit());
    }

    /// Its bit in the registers that all lists share.
    fn credit_bit(&self) -> u32 {
        let field = match self.direction {
            Direction::ToDevice => control_map::CREDIT_MODE_SET::TO_CARD.val(1 << self.number),
            Direction::FromDevice => control_map::CREDIT_MODE_SET::FROM_CARD.val(1 << self.number),
        };
        field.value
    }

    /// Services the channel: reads what it noted, once, which clears it and drops its interrupt.
    pub(super) fn take_status(&mut self, operation: Operation) -> Result<XdmaStatus, Error> {
        let status = self.channel.take(map::STATUS_READ_CLEAR).get();
        known(status, operation).map(XdmaStatus::from_bits_retain)
    }

    /// How many descriptors of the list it completed.
    pub(super) fn completed(&self) -> Result<u32, Error> {
        known(self.channel.reg(map::COMPLETED_COUNT).get(), Operation::Transfer)
    }

    /// Whether the driver's last doorbell still holds: a reset takes it back.
    pub(super) fn is_running(&self) -> Result<bool, Error> {
        let control = self.channel.reg(map::CONTROL).extract();
        known(control.get(), Operation::Transfer)?;
        Ok(control.is_set(map::CONTROL::RUN))
    }

    /// Waits until the engine is idle, for at most so many looks.
    pub(super) fn settle(&self, looks: u32, operation: Operation) -> Result<(), Error> {
        for _ in 0..looks {
            let status = known(self.channel.reg(map::STATUS).get(), operation)?;
            if !XdmaStatus::from_bits_retain(status).contains(XdmaStatus::BUSY) {
                return Ok(());
            }
        }
        Err(Error::new(ErrorKind::Stuck, operation, looks))
    }

    /// Stops the engine, within bounds, and drops its interrupt: it ends the descriptor that it
    /// is at, and begins no other.
    pub(super) fn stop(&mut self, looks: u32, operation: Operation) -> Result<(), Error> {
        self.channel.reg(map::CONTROL_CLEAR).clear(map::CONTROL_CLEAR::RUN::SET);
        self.settle(looks, operation)?;
        // ORDER: the engine said that it is idle; only now may anybody look at the data.
        self.acquire();
        self.take_status(operation)?;
        Ok(())
    }
}

impl<S: Access<u32> + Narrow + Clone> XdmaPart<S> {
    /// The channel, if there is one: stopped, and with its interrupt off.
    pub(super) fn found(found: Found<S>, interrupt: u8) -> Result<Self, Error> {
        let Found { channel, list, irq, lists, shared, direction, number } = found;
        let identifier = channel.reg(map::IDENTIFIER).extract();
        let built = channel.reg(map::ALIGNMENTS).extract();
        known(identifier.get(), Operation::Open)?;
        known(built.get(), Operation::Open)?;
        let stream = identifier.is_set(map::IDENTIFIER::STREAM);
        let unit = |field| usize::try_from(built.read(field)).unwrap_or(0);
        let granularity = unit(map::ALIGNMENTS::LENGTH_GRANULARITY);
        let alignment = unit(map::ALIGNMENTS::ADDRESS_ALIGNMENT).max(granularity).max(1);
        let mask = match built.read(map::ALIGNMENTS::ADDRESS_BITS) {
            0 => AddressMask::ALL,
            bits => AddressMask::bits(bits),
        };
        let limits = Built { alignment: alignment.next_power_of_two(), mask, stream };
        let mut part =
            Self { channel, list, irq, lists, shared, direction, number, interrupt, limits };
        part.stop(super::PATIENCE, Operation::Open)?;
        part.configure(&Setup::new(DeviceWindow::ALL).without_interrupts());
        Ok(part)
    }
}

/// The registers of a channel that exists.
pub(super) struct Found<S> {
    pub(super) channel: Window<S, Channel>,
    pub(super) list: Window<S, List>,
    pub(super) irq: Window<S, Irq>,
    pub(super) lists: Window<S, ListControl>,
    pub(super) shared: Shared<S>,
    pub(super) direction: Direction,
    pub(super) number: usize,
}

/// What a register said, unless it was all ones: no register of the channel ever is.
pub(super) fn known(value: u32, operation: Operation) -> Result<u32, Error> {
    if value == u32::MAX {
        Err(Error::new(ErrorKind::Gone, operation, u32::MAX))
    } else {
        Ok(value)
    }
}

impl<S> fmt::Debug for XdmaPart<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XdmaPart")
            .field("direction", &self.direction)
            .field("number", &self.number)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
