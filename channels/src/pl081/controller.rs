//! The controller: what its two channels share, and how it is split into them.

use core::fmt;

use dma_core::{
    Access, Buffer, DeviceAddress, DomainId, Error, ErrorKind, Narrow, Operation, Refused, Region,
};
use register_map::fields::LocalRegisterCopy;
use register_map::pl081::{self as map, Pl081 as Block, channel as channel_map};
use register_map::{Readable, Window, Writeable};

use super::target::Item;
use super::{Pl081Channel, Pl081Single};

/// How often a register is read before a channel counts as stuck. One access of the bus, which
/// is what a channel may have to end, is over long before.
const PATIENCE: u32 = 10_000;

/// What the PrimeCell identification registers say, and the part number in the others.
const PRIME_CELL: [u32; 4] = [0x0d, 0xf0, 0x05, 0xb1];
const PART: u32 = 0x081;

/// A PL081, to be split into its channels.
pub struct Pl081<S> {
    parts: (Pl081Part<S>, Pl081Part<S>),
    space: S,
}

/// One channel of a PL081, without memory yet; see [`Pl081Part::open`].
///
/// It has the only window on the channel's registers. Of those that both channels share it
/// writes its own bits only.
pub struct Pl081Part<S> {
    shared: Window<S, Block>,
    own: Window<S, channel_map::Channel>,
    number: u32,
}

/// What a channel is made of: its part of the controller, its ring, its target.
pub type Parts<S, R> = (Pl081Part<S>, Buffer<R>, Buffer<R>);

/// What a channel without a ring is made of.
pub type SingleParts<S, R> = (Pl081Part<S>, Buffer<R>);

impl<S: Access<u32> + Narrow + Clone> Pl081<S> {
    /// Takes over the controller behind these registers: stops both channels, and enables it.
    ///
    /// # Errors
    ///
    /// With the space: `Unsupported`, with the identification, if it is no PL081; `Stuck` if a
    /// channel that runs does not stop; `Gone`; `TooShort`, `Misaligned` if the space is not such
    /// a block.
    ///
    /// # Safety
    ///
    /// As long as the controller or a channel of it lives, and if one is leaked for ever, nothing
    /// else stores to these registers: a second controller over them would stop and start the
    /// channels behind their back.
    pub unsafe fn new(space: S) -> Result<Self, Refused<S>> {
        // SAFETY: nothing is done with it but to read the identification, until that says that it
        // is a PL081.
        let shared = unsafe { Window::<S, Block>::new(space.clone()) }?;
        let opened = identify(&shared).and_then(|()| {
            let missing = Error::new(ErrorKind::TooShort, Operation::Open, 0);
            let part = |number: u32, index| {
                let own = shared.cluster_at(map::CHANNEL, index).ok_or(missing)?;
                let part = Pl081Part { shared: shared.clone(), own, number };
                part.stop(Operation::Open)?;
                Ok(part)
            };
            let parts = (part(0, 0)?, part(1, 1)?);
            parts.0.enable();
            Ok(parts)
        });
        match opened {
            Ok(parts) => Ok(Self { parts, space }),
            Err(error) => Err(Refused::new(space, error)),
        }
    }

    /// The two channels, which then live apart.
    #[must_use]
    pub fn split(self) -> (Pl081Part<S>, Pl081Part<S>) {
        self.parts
    }

    /// Gives the registers back. Both channels are stopped.
    #[must_use]
    pub fn into_space(self) -> S {
        self.space
    }
}

/// Whether this is a PL081.
fn identify<S: Access<u32>>(shared: &Window<S, Block>) -> Result<(), Error> {
    let cell = [
        shared.reg(map::P_CELL_ID0).get(),
        shared.reg(map::P_CELL_ID1).get(),
        shared.reg(map::P_CELL_ID2).get(),
        shared.reg(map::P_CELL_ID3).get(),
    ];
    let low = shared.element::<0, _>(map::PERIPH_ID).get();
    let high = shared.element::<1, _>(map::PERIPH_ID).get();
    let part = (low & 0xff) | (high & 0xf) << 8;
    let kind = if low == u32::MAX {
        ErrorKind::Gone
    } else if cell != PRIME_CELL || part != PART {
        ErrorKind::Unsupported
    } else {
        return Ok(());
    };
    Err(Error::new(kind, Operation::Open, part))
}

impl<S: Access<u32> + Narrow + Clone> Pl081Part<S> {
    /// Makes a channel of it. `ring` holds its list, see [`Pl081Channel::ring_request`]; `target`
    /// plays the card's memory, see [`Pl081Channel::target_request`].
    ///
    /// # Errors
    ///
    /// With all three: `OtherDomain`, `Scattered`, `OutOfReach` (beyond 32 bits), `Misaligned` or
    /// `TooShort` (the ring), `Empty` (the target).
    pub fn open<R: Region>(
        self,
        ring: Buffer<R>,
        target: Buffer<R>,
    ) -> Result<Pl081Channel<S, R>, Refused<Parts<S, R>>> {
        Pl081Channel::new(self, ring, target)
    }

    /// Makes a channel of it that holds one segment and needs no ring memory.
    ///
    /// # Errors
    ///
    /// With both: `OtherDomain`, `Scattered`, `OutOfReach` (beyond 32 bits), `Empty`.
    pub fn open_single<R: Region>(
        self,
        target: Buffer<R>,
    ) -> Result<Pl081Single<S, R>, Refused<SingleParts<S, R>>> {
        Pl081Single::new(self, target)
    }
}

impl<S: Access<u32>> Pl081Part<S> {
    /// The channel's number.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The address space in which the controller masters the bus.
    #[must_use]
    pub fn domain(&self) -> DomainId {
        self.own.domain()
    }

    /// Enables the controller, as little-endian. Both channels write the same.
    pub(super) fn enable(&self) {
        self.shared.reg(map::CONFIGURATION).write(map::CONFIGURATION::E::SET);
    }

    /// Orders what the registers said before what is then done with memory.
    pub(super) fn acquire(&self) {
        self.own.acquire();
    }

    /// Puts an item into the channel's registers. It starts nothing.
    ///
    /// # Safety
    ///
    /// The channel is off. If it is [rung](Self::ring) before another item is loaded: the item's
    /// ranges, and all items after it with theirs, stay mapped, and nobody else touches them,
    /// until the channel has ended or was stopped.
    pub(super) unsafe fn load(&self, item: &Item) -> Result<(), Error> {
        // SAFETY: the caller keeps the range.
        unsafe { self.own.reg(channel_map::SRC_ADDR).steer(item.source) }?;
        // SAFETY: the caller keeps the range.
        unsafe { self.own.reg(channel_map::DEST_ADDR).steer(item.destination) }?;
        match item.next {
            // SAFETY: the caller keeps the items.
            Some(next) => unsafe { self.own.reg(channel_map::LLI).steer(next) }?,
            // SAFETY: zero ends the list.
            None => unsafe { self.own.reg(channel_map::LLI).steer(DeviceAddress::new(0)) }?,
        }
        self.own.reg(channel_map::CONTROL).set(item.control);
        Ok(())
    }

    /// Whether an item that was loaded is still in the registers: a reset clears them all, and no
    /// item's control word is zero.
    pub(super) fn is_loaded(&self) -> bool {
        self.own.reg(channel_map::CONTROL).get() != 0
    }

    /// The doorbell, for what is in the registers.
    ///
    /// # Safety
    ///
    /// An item was [loaded](Self::load), since the channel ran last and since any reset.
    pub(super) unsafe fn ring(&self) {
        // ORDER: buffers and items come before the doorbell.
        self.own.release();
        let command = channel_map::CONFIGURATION::E::SET
            + channel_map::CONFIGURATION::FLOW_CNTRL::MemoryToMemory
            + channel_map::CONFIGURATION::IE::SET
            + channel_map::CONFIGURATION::ITC::SET;
        // SAFETY: whoever loaded the item keeps everything that the channel now reaches.
        unsafe { self.own.reg(channel_map::CONFIGURATION).ring(command) };
    }

    /// Services the channel, which was started: drops its interrupt, and says whether it still
    /// runs. `false` means that it ended well.
    pub(super) fn is_running(&self) -> Result<bool, Error> {
        // The interrupt first: what ends after this raises it again.
        self.acknowledge();
        let state = self.state(Operation::Transfer)?;
        if state.is_set(channel_map::CONFIGURATION::E) {
            return Ok(true);
        }
        let (kind, detail) = if !state.is_set(channel_map::CONFIGURATION::ITC) {
            // A reset behind our back turns it off too, and must not look like an end.
            (ErrorKind::WasReset, 0)
        } else if self.take_error() {
            // An error turns it off, and is up by then.
            (ErrorKind::DeviceFault, 1 << self.number)
        } else {
            // The last item may have ended between the two accesses above. The channel is off, so
            // after this nothing raises its interrupt, and it does not hold a shared line up.
            self.acknowledge();
            return Ok(false);
        };
        Err(Error::new(kind, Operation::Transfer, detail))
    }

    /// Where the item after the running one is, as the channel says; 0 if there is none.
    pub(super) fn next(&self) -> u32 {
        self.own.reg(channel_map::LLI).get()
    }

    /// Drops the interrupt of items that ended.
    fn acknowledge(&self) {
        self.shared.reg(map::INT_TC_CLEAR).set(1 << self.number);
    }

    /// Drops the error, and says whether there was one.
    fn take_error(&self) -> bool {
        let bit = 1 << self.number;
        let failed = self.shared.reg(map::RAW_INT_ERROR_STATUS).get() & bit != 0;
        if failed {
            self.shared.reg(map::INT_ERR_CLR).set(bit);
        }
        failed
    }

    /// The channel's configuration register, which also says how it is.
    fn state(&self, operation: Operation) -> Result<State, Error> {
        let state = self.own.reg(channel_map::CONFIGURATION).extract();
        if state.get() == u32::MAX {
            return Err(Error::new(ErrorKind::Gone, operation, u32::MAX));
        }
        Ok(state)
    }

    /// Stops the channel, within bounds: halts it, lets its FIFO run dry, disables it, and looks
    /// whether it is.
    pub(super) fn stop(&self, operation: Operation) -> Result<(), Error> {
        use channel_map::CONFIGURATION::{A, E, H};
        let command = self.own.reg(channel_map::CONFIGURATION);
        if self.state(operation)?.is_set(E) {
            // SAFETY: a halt starts nothing: the item that runs was started by a doorbell before.
            unsafe { command.ring(E::SET + H::SET) };
            // What stays in the FIFO then is lost, as the segment is.
            self.settles(A::SET.mask(), operation)?;
        }
        // SAFETY: a disabled channel masters nothing.
        unsafe { command.ring(E::CLEAR) };
        if !self.settles(E::SET.mask() | A::SET.mask(), operation)? {
            return Err(Error::new(ErrorKind::Stuck, operation, PATIENCE));
        }
        // ORDER: the channel said that it is quiet; only now may anybody look at the data.
        self.own.acquire();
        self.acknowledge();
        self.shared.reg(map::INT_ERR_CLR).set(1 << self.number);
        Ok(())
    }

    /// Waits, within bounds, until these bits of the state are clear; says whether they are.
    fn settles(&self, bits: u32, operation: Operation) -> Result<bool, Error> {
        for _ in 0..PATIENCE {
            if self.state(operation)?.get() & bits == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What a channel says of itself.
type State = LocalRegisterCopy<u32, channel_map::CONFIGURATION::Register>;

impl<S> fmt::Debug for Pl081<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pl081").finish_non_exhaustive()
    }
}

impl<S> fmt::Debug for Pl081Part<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pl081Part").field("number", &self.number).finish_non_exhaustive()
    }
}
