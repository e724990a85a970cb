//! Interrupts of the card's own logic, which pass through the subsystem.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::{Access, Error, Operation};
use register_map::xdma::irq::{self as map, Irq};
use register_map::{Readable, Window, Writeable};

use super::part::known;

/// How many user interrupts there can be.
const LINES: usize = 16;

/// Up to 16 interrupts of the card's own logic: which are let through, and to which vectors.
///
/// What they mean, and how each is dropped at its source, is the card's affair.
pub struct UserInterrupts<S> {
    irq: Window<S, Irq>,
}

impl<S: Access<u32>> UserInterrupts<S> {
    pub(super) const fn new(irq: Window<S, Irq>) -> Self {
        Self { irq }
    }

    /// Lets the interrupts of the bits that are one through, besides those that already are.
    pub fn enable(&self, lines: u16) {
        self.irq.reg(map::USER_ENABLE_SET).raise_bits(lines.into());
    }

    /// Lets the interrupts of the bits that are one through no more.
    pub fn disable(&self, lines: u16) {
        self.irq.reg(map::USER_ENABLE_CLEAR).clear_bits(lines.into());
    }

    /// Chooses the vector of one interrupt; `false` if there is no such interrupt or vector.
    pub fn set_vector(&mut self, line: usize, vector: u8) -> bool {
        if line >= LINES || vector >= 32 {
            return false;
        }
        let Some(register) = self.irq.at(map::USER_VECTOR, line / 4) else { return false };
        let shift = 8 * (line % 4);
        let others = register.get() & !(0x1f << shift);
        register.set(others | u32::from(vector) << shift);
        true
    }

    /// Which interrupts are up, let through or not.
    ///
    /// # Errors
    ///
    /// `Gone`.
    pub fn pending(&self) -> Result<u16, Error> {
        let pending = self.irq.reg(map::USER_PENDING).extract();
        known(pending.get(), Operation::Interrupt)?;
        Ok(u16::try_from(pending.read(map::USER_PENDING::LINES)).unwrap_or(u16::MAX))
    }
}

impl<S> fmt::Debug for UserInterrupts<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserInterrupts").finish_non_exhaustive()
    }
}
