//! Static memory that is lent in lines and comes back.
//!
//! A pool is a `static`: an array of 64-byte lines, and beside it one owner count per line. To
//! lend is to claim neighbouring lines; the count of the first one also counts the clones of the
//! region. No list, no header in the memory, no lock: allocation and release work from interrupt
//! handlers and from several cores, and pieces never share a line.

use core::cell::UnsafeCell;
use core::fmt;
use core::ptr::NonNull;

use dma_core::{Error, ErrorKind, Operation};

use crate::claim::Claim;

/// Bytes in a line, the unit of a [`StaticPool`].
pub const LINE: usize = 64;

/// How many mappings of other memory a pool keeps count of at a time.
pub const MAPPINGS: usize = 32;

/// How many lines hold so many bytes; the parameter of a [`StaticPool`].
///
/// # Examples
///
/// ```
/// use backend_bare::{StaticPool, lines};
/// static POOL: StaticPool<{ lines(16 * 1024) }> = StaticPool::new();
/// assert_eq!(POOL.capacity(), 16 * 1024);
/// ```
#[must_use]
pub const fn lines(bytes: usize) -> usize {
    bytes.div_ceil(LINE)
}

#[repr(C, align(64))]
struct Line([u8; LINE]);

/// Memory for devices, in a `static`, of `LINES` times 64 bytes; see [`lines`].
///
/// Place it with `#[link_section]` where the device can reach it. Two allocations at the very
/// same moment (two cores, or an interrupt within one) may refuse one another although there
/// would be room for one.
#[repr(C)]
pub struct StaticPool<const LINES: usize> {
    memory: UnsafeCell<[Line; LINES]>,
    claims: [Claim; LINES],
    mappings: [Claim; MAPPINGS],
}

// SAFETY: the memory is reached only through lines that were claimed, by their one owner.
unsafe impl<const LINES: usize> Sync for StaticPool<LINES> {}

impl<const LINES: usize> StaticPool<LINES> {
    /// A pool with all of its memory free.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            memory: UnsafeCell::new([const { Line([0; LINE]) }; LINES]),
            claims: [const { Claim::new() }; LINES],
            mappings: [const { Claim::new() }; MAPPINGS],
        }
    }

    /// All of it, in bytes.
    #[must_use]
    pub const fn capacity(&self) -> usize {
        LINES * LINE
    }

    /// How many bytes are free now, in however many pieces.
    #[must_use]
    pub fn available(&self) -> usize {
        self.claims.iter().filter(|claim| claim.is_free()).count() * LINE
    }

    /// How many mappings of other memory are alive.
    #[must_use]
    pub fn mapped(&self) -> usize {
        let free = self.mappings.iter().filter(|claim| claim.is_free());
        MAPPINGS - free.count()
    }

    /// Where the memory lies, for whoever has to know: a memory protection unit, a simulated bus.
    #[must_use]
    pub fn memory(&'static self) -> NonNull<[u8]> {
        NonNull::slice_from_raw_parts(self.view().start, self.capacity())
    }

    /// The same pool without its length in the type.
    pub(crate) fn view(&'static self) -> PoolView {
        let memory = NonNull::from(&self.memory).cast::<u8>();
        // The number becomes known outside: a device will use it.
        memory.as_ptr().expose_provenance();
        PoolView { start: memory, claims: &self.claims, mappings: &self.mappings }
    }
}

impl<const LINES: usize> Default for StaticPool<LINES> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const LINES: usize> fmt::Debug for StaticPool<LINES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaticPool")
            .field("capacity", &self.capacity())
            .field("available", &self.available())
            .finish_non_exhaustive()
    }
}

/// A pool, whatever its length.
#[derive(Clone, Copy)]
pub(crate) struct PoolView {
    start: NonNull<u8>,
    claims: &'static [Claim],
    mappings: &'static [Claim],
}

// SAFETY: it is a reference to a pool in all but name, and a pool is `Sync`.
unsafe impl Send for PoolView {}
// SAFETY: as above.
unsafe impl Sync for PoolView {}

/// Lines that are claimed, and zeroed.
pub(crate) struct Lent {
    pub(crate) start: NonNull<u8>,
    /// One per line.
    pub(crate) claims: &'static [Claim],
}

impl PoolView {
    /// Claims the first free lines for `length` bytes whose first byte is a multiple of
    /// `alignment` and which are `acceptable` by their CPU address.
    pub(crate) fn lend(
        &self,
        length: usize,
        alignment: usize,
        acceptable: impl Fn(usize) -> bool,
    ) -> Result<Lent, Error> {
        let count = lines(length);
        let base = self.start.as_ptr().addr();
        // What is in the way, unless a piece is found: the best of what was seen.
        let mut kind =
            if count > self.claims.len() { ErrorKind::NoMemory } else { ErrorKind::Misaligned };
        let mut first = 0;
        while let Some(aligned) = (base + first * LINE).checked_next_multiple_of(alignment) {
            // Both are multiples of LINE, or the alignment is smaller and changes nothing.
            first = (aligned - base) / LINE;
            let claims = first.checked_add(count).and_then(|end| self.claims.get(first..end));
            let Some(claims) = claims else { break };
            if !acceptable(aligned) {
                if kind == ErrorKind::Misaligned {
                    kind = ErrorKind::OutOfReach;
                }
                first += 1;
                continue;
            }
            kind = ErrorKind::NoMemory;
            match take_all(claims) {
                Ok(()) => {
                    // SAFETY: line `first` lies inside, since its claim does.
                    let start = unsafe { self.start.add(first * LINE) };
                    // SAFETY: these lines were free, and are now this call's alone.
                    unsafe { start.write_bytes(0, count * LINE) };
                    return Ok(Lent { start, claims });
                }
                Err(taken) => first += taken + 1,
            }
        }
        Err(Error::new(kind, Operation::Allocate, detail(length)))
    }

    /// A count for the owners of a mapping.
    pub(crate) fn mapping(&self) -> Option<&'static [Claim]> {
        let free = self.mappings.iter().position(Claim::take)?;
        self.mappings.get(free..=free)
    }
}

/// Claims all or none; says which one was not free.
fn take_all(claims: &[Claim]) -> Result<(), usize> {
    match claims.iter().position(|claim| !claim.take()) {
        None => Ok(()),
        Some(taken) => {
            for claim in claims.iter().take(taken) {
                claim.free();
            }
            Err(taken)
        }
    }
}

/// A length as an error's detail.
pub(crate) fn detail(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
