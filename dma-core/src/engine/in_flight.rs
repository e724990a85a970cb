//! The slot table: what is in flight, by ticket.
//!
//! The engine keeps its jobs here. Drivers of devices that complete out of order (NVMe) use the
//! table by themselves, with [`Ticket::slot`] as the command id.
#![forbid(unsafe_code)]

use core::fmt;
use core::mem;
use core::ops::Range;
use core::sync::atomic::{AtomicU16, Ordering};

use super::Ticket;

/// Tells tables apart, so that a ticket of another one is noticed. Wraps; what matters is that
/// two tables used side by side differ.
static TABLES: AtomicU16 = AtomicU16::new(0);

/// No slot.
const NONE: u16 = u16::MAX;

#[repr(C)]
struct Slot<T> {
    /// Counts the uses of this slot; part of the ticket.
    generation: u32,
    /// The next free slot, while this one is free.
    next_free: u16,
    value: Option<T>,
}

/// A free slot of a table, to fill.
pub(super) struct Vacancy<'t, T, const N: usize> {
    slot: &'t mut Slot<T>,
    free: &'t mut u16,
    ticket: Ticket,
}

impl<T, const N: usize> Vacancy<'_, T, N> {
    #[inline]
    pub(super) fn fill(self, value: T) -> Ticket {
        // With one slot the list of free ones has nothing to remember.
        *self.free = if N == 1 { NONE } else { self.slot.next_free };
        // Free, so there is nothing to drop.
        mem::forget(self.slot.value.replace(value));
        self.ticket
    }
}

/// At most `N` values in flight, found by ticket in constant time, without an allocation.
///
/// Dropping the table **leaks** what is still in it: what is in flight belongs to the device.
/// Take everything out first, once the device is known to be quiet.
///
/// # Examples
///
/// ```
/// use dma_core::InFlight;
/// let mut commands: InFlight<&str, 2> = InFlight::new();
/// let read = commands.insert("read").unwrap();
/// let write = commands.insert("write").unwrap();
/// assert_eq!(commands.insert("flush"), Err("flush"));
/// // The device answers with the id of the second command first.
/// let done = commands.ticket_at(write.slot()).unwrap();
/// assert_eq!(commands.take(done), Some("write"));
/// assert_eq!(commands.take(done), None);
/// assert_eq!(commands.take(read), Some("read"));
/// ```
#[repr(C)]
pub struct InFlight<T, const N: usize> {
    free: u16,
    table: u16,
    slots: [Slot<T>; N],
}

impl<T, const N: usize> InFlight<T, N> {
    /// The numbers of all slots.
    #[expect(clippy::cast_possible_truncation, reason = "asserted to be below 65,535")]
    pub(super) const SLOTS: Range<u16> = {
        assert!(N > 0 && N < NONE as usize, "a table has 1 to 65,534 slots");
        0..N as u16
    };

    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self::starting_at(0)
    }

    /// An empty table whose generations start at `generation`: lets a test see them wrap.
    #[must_use]
    pub fn starting_at(generation: u32) -> Self {
        let slots = Self::SLOTS.end;
        let mut next = 0;
        let slots = [(); N].map(|()| {
            next += 1;
            let next_free = if next == slots { NONE } else { next };
            Slot { generation, next_free, value: None }
        });
        Self { slots, free: 0, table: TABLES.fetch_add(1, Ordering::Relaxed) }
    }

    /// How many values are in it. Looks at every slot.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.iter().filter(|slot| slot.value.is_some()).count()
    }

    /// Whether nothing is in it. Looks at every slot.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.iter().all(|slot| slot.value.is_none())
    }

    /// Whether every slot is taken.
    #[inline]
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.free == NONE
    }

    /// Puts a value into a free slot.
    ///
    /// # Errors
    ///
    /// The value, if the table is full.
    #[inline]
    pub fn insert(&mut self, value: T) -> Result<Ticket, T> {
        match self.vacancy() {
            Some(vacancy) => Ok(vacancy.fill(value)),
            None => Err(value),
        }
    }

    /// A free slot, if there is one.
    #[inline]
    pub(super) fn vacancy(&mut self) -> Option<Vacancy<'_, T, N>> {
        let index = self.free;
        let slot = self.slots.get_mut(usize::from(index))?;
        let ticket = Ticket { generation: slot.generation, slot: index, table: self.table };
        Some(Vacancy { slot, free: &mut self.free, ticket })
    }

    /// The value of a ticket, if it is in the table.
    #[inline]
    #[must_use]
    pub fn get(&self, ticket: Ticket) -> Option<&T> {
        if ticket.table != self.table {
            return None;
        }
        let slot = self.slots.get(usize::from(ticket.slot))?;
        if slot.generation == ticket.generation { slot.value.as_ref() } else { None }
    }

    /// Takes the value of a ticket out; the ticket is stale from then on.
    #[inline]
    pub fn take(&mut self, ticket: Ticket) -> Option<T> {
        if ticket.table != self.table {
            return None;
        }
        let slot = self.slots.get_mut(usize::from(ticket.slot))?;
        if slot.generation != ticket.generation {
            return None;
        }
        let value = slot.value.take()?;
        slot.generation = slot.generation.wrapping_add(1);
        if N > 1 {
            slot.next_free = self.free;
        }
        self.free = ticket.slot;
        Some(value)
    }

    /// The ticket of what is in slot number `slot`, for an id that a device answered with.
    #[inline]
    #[must_use]
    pub fn ticket_at(&self, slot: u16) -> Option<Ticket> {
        let entry = self.slots.get(usize::from(slot))?;
        entry.value.as_ref()?;
        Some(Ticket { generation: entry.generation, slot, table: self.table })
    }

    /// The value in slot number `slot`, to change.
    #[inline]
    pub fn at_mut(&mut self, slot: u16) -> Option<&mut T> {
        self.slots.get_mut(usize::from(slot))?.value.as_mut()
    }

    /// The value in slot number `slot`.
    #[inline]
    #[must_use]
    pub fn at(&self, slot: u16) -> Option<&T> {
        self.slots.get(usize::from(slot))?.value.as_ref()
    }

    /// Everything that is in it.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().filter_map(|slot| slot.value.as_mut())
    }
}

impl<T, const N: usize> Default for InFlight<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, const N: usize> Drop for InFlight<T, N> {
    fn drop(&mut self) {
        for slot in &mut self.slots {
            mem::forget(slot.value.take());
        }
    }
}

impl<T, const N: usize> fmt::Debug for InFlight<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InFlight")
            .field("used", &self.len())
            .field("capacity", &N)
            .finish_non_exhaustive()
    }
}
