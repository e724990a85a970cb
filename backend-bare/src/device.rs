//! A device of the board as a [`Backend`]: registers, memory, interrupts, reset.

use core::cell::Cell;
use core::fmt;

use dma_core::{Access, Backend, Error, ErrorKind, Identity, Narrow, Operation, Quiet};

use crate::caches::{Caches, Coherent};
use crate::interrupt::InterruptCounter;
use crate::memory::BareMemory;
use crate::platform::Platform;
use crate::resets::Resets;
use crate::signal::BareSignal;

/// What only the board knows of a device: its bus master switch and its reset.
///
/// # Implementation safety
///
/// 1. After `set_bus_mastering(false)` said `Ok`, the device touches no memory until it is
///    switched on again.
/// 2. After `reset` said `Ok`, the same; where there is no switch, it touches no memory until
///    one of its channels is programmed anew.
pub unsafe trait Board: Platform + Clone + 'static {
    /// Lets the device master the bus, or forbids it. As provided, for devices without such a
    /// switch: they always may.
    ///
    /// # Errors
    ///
    /// `Unsupported` if there is no way to forbid it; `Gone`.
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        if on { Ok(()) } else { Err(Error::new(ErrorKind::Unsupported, Operation::Open, 0)) }
    }

    /// Resets the device, and leaves its bus mastering off.
    ///
    /// # Errors
    ///
    /// `Unsupported`, as provided, if there is no way to reset it; `Gone`.
    fn reset(&self) -> Result<(), Error> {
        Err(Error::new(ErrorKind::Unsupported, Operation::Reset, 0))
    }
}

/// One device of the board, with `R` register regions.
///
/// It is `Send` and not `Sync`: one thread switches and resets it, while its signals, buffers and
/// spaces may be with others. Nothing is switched off as it is dropped: on a board the device
/// stays.
pub struct BareDevice<S, B, C: Caches = Coherent, const R: usize = 1> {
    identity: Identity,
    regions: [S; R],
    memory: BareMemory<C>,
    interrupts: &'static [InterruptCounter],
    resets: &'static Resets,
    board: B,
    /// After a reset, until its proof came back.
    quiet: Cell<bool>,
}

impl<S, B: Board, C: Caches, const R: usize> BareDevice<S, B, C, R> {
    /// Puts a device together, and switches its bus mastering off where that can be done.
    ///
    /// Interrupt vector `n` is counted by `interrupts[n]`, and the board's
    /// [`Platform::rearm`] gets the same number.
    ///
    /// # Errors
    ///
    /// The board's, if it cannot switch bus mastering off for another reason than that there is
    /// no switch.
    ///
    /// # Safety
    ///
    /// `regions`, `interrupts`, `resets` and `board` are all of the device that `memory` lends
    /// to, and of no other device in use.
    pub unsafe fn new(
        identity: Identity,
        regions: [S; R],
        memory: BareMemory<C>,
        interrupts: &'static [InterruptCounter],
        resets: &'static Resets,
        board: B,
    ) -> Result<Self, Error> {
        match board.set_bus_mastering(false) {
            Err(error) if error.kind() != ErrorKind::Unsupported => return Err(error),
            _ => {}
        }
        Ok(Self { identity, regions, memory, interrupts, resets, board, quiet: Cell::new(false) })
    }

    /// The board.
    #[must_use]
    pub const fn board(&self) -> &B {
        &self.board
    }

    /// The count of resets, for a [`Polling`](crate::Polling) signal.
    #[must_use]
    pub const fn resets(&self) -> &'static Resets {
        self.resets
    }
}

impl<S, B, C, const R: usize> Backend for BareDevice<S, B, C, R>
where
    S: Access<u32> + Narrow + Clone + 'static,
    B: Board,
    C: Caches,
{
    type Space = S;
    type Lender = BareMemory<C>;
    type Signal = BareSignal<B>;

    fn identity(&self) -> Identity {
        self.identity
    }

    fn region(&self, index: usize) -> Result<S, Error> {
        let region = self.regions.get(index).cloned();
        region.ok_or(unsupported(Operation::Open, index))
    }

    fn memory(&self) -> &BareMemory<C> {
        &self.memory
    }

    fn signal(&self, vector: usize) -> Result<BareSignal<B>, Error> {
        let Some(interrupt) = self.interrupts.get(vector) else {
            return Err(unsupported(Operation::Interrupt, vector));
        };
        BareSignal::new(self.board.clone(), interrupt, vector, self.resets)
    }

    /// While a reset is not [resumed](Backend::resume), only `false` is accepted; else `WasReset`.
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        if on && self.quiet.get() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Open, 0));
        }
        self.board.set_bus_mastering(on)
    }

    fn reset(&self) -> Result<Quiet, Error> {
        self.board.reset()?;
        self.quiet.set(true);
        // SAFETY: the board's `reset` said that the device was reset and is off; `quiet` keeps it
        // so until the proof is given to `resume`. A proof of an earlier reset has another epoch.
        Ok(unsafe { Quiet::new(self.resets.advance()) })
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        if quiet.epoch() != self.resets.epoch() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Reset, 0));
        }
        self.quiet.set(false);
        self.board.set_bus_mastering(true)
    }
}

fn unsupported(operation: Operation, index: usize) -> Error {
    let detail = u32::try_from(index).unwrap_or(u32::MAX);
    Error::new(ErrorKind::Unsupported, operation, detail)
}

impl<S, B, C: Caches, const R: usize> fmt::Debug for BareDevice<S, B, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BareDevice")
            .field("identity", &self.identity)
            .field("regions", &R)
            .field("memory", &self.memory)
            .field("interrupts", &self.interrupts.len())
            .field("epoch", &self.resets.epoch())
            .field("quiet", &self.quiet.get())
            .finish_non_exhaustive()
    }
}
