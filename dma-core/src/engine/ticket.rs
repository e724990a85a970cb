//! What a user holds while the engine has the buffer.
#![forbid(unsafe_code)]

use core::fmt;

/// The name of a job in one engine.
///
/// A plain number, so it can be copied, forgotten or mixed up without harm: it carries a
/// generation and the engine it is from, and a stale or foreign one is an
/// [`UnknownTicket`](crate::ErrorKind::UnknownTicket), never somebody else's buffer.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[must_use = "the buffer comes back for this ticket"]
pub struct Ticket {
    pub(super) generation: u32,
    pub(super) slot: u16,
    pub(super) table: u16,
}

impl Ticket {
    /// The number of the slot, below the table's capacity: the id to give to devices that answer
    /// with ids.
    #[inline]
    #[must_use]
    pub const fn slot(self) -> u16 {
        self.slot
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({}.{}.{})", self.table, self.slot, self.generation)
    }
}
