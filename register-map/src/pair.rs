//! A 64-bit value in two 32-bit registers.
//!
//! The halves alone have no safe writer, and their order is the register's, so a driver cannot
//! get it wrong. For registers of 64 bits on a bus that carries only 32, too.

use core::fmt;
use core::marker::PhantomData;

use dma_core::{Access, BusValue};

use crate::rights::{Rights, read, write};

/// Two 32-bit registers of a window that hold one value.
///
/// Made by [`Window::pair`](crate::Window::pair) alone, which has checked both places.
pub struct PairRegister<'a, S, A, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool> {
    space: &'a S,
    rights: PhantomData<fn() -> A>,
}

impl<'a, S, A, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>
    PairRegister<'a, S, A, LOW, HIGH, HIGH_FIRST>
{
    /// The pair in `space`; both places are aligned and inside it.
    #[inline(always)]
    pub(crate) fn new(space: &'a S) -> Self {
        Self { space, rights: PhantomData }
    }
}

impl<S: Access<u32>, A, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>
    PairRegister<'_, S, A, LOW, HIGH, HIGH_FIRST>
{
    /// Stores both halves in the pair's order.
    ///
    /// # Safety
    ///
    /// As [`Access::store`] for what the device does with the value.
    #[inline(always)]
    unsafe fn store(&self, value: u64) {
        let [low, high] = halves(value);
        if HIGH_FIRST {
            // SAFETY: the window checked the place; the caller answers for the value.
            unsafe { self.space.store_at::<HIGH>(high) };
        }
        // SAFETY: as above.
        unsafe { self.space.store_at::<LOW>(low) };
        if !HIGH_FIRST {
            // SAFETY: as above.
            unsafe { self.space.store_at::<HIGH>(high) };
        }
    }
}

impl<S: Access<u32>, W, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>
    PairRegister<'_, S, Rights<read::Plain, W>, LOW, HIGH, HIGH_FIRST>
{
    /// Reads both halves, in the order in which they are stored.
    ///
    /// These are two accesses: a value that the device changes in between is torn.
    #[inline(always)]
    #[must_use]
    pub fn get(&self) -> u64 {
        let first = if HIGH_FIRST { self.high() } else { self.low() };
        let second = if HIGH_FIRST { self.low() } else { self.high() };
        first | second
    }

    #[inline(always)]
    fn low(&self) -> u64 {
        // SAFETY: the window checked the place; the description says that reading is plain.
        u64::from(unsafe { self.space.load_at::<LOW>() })
    }

    #[inline(always)]
    fn high(&self) -> u64 {
        // SAFETY: the window checked the place; the description says that reading is plain.
        u64::from(unsafe { self.space.load_at::<HIGH>() }) << 32
    }
}

impl<S: Access<u32>, R, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>
    PairRegister<'_, S, Rights<R, write::Plain>, LOW, HIGH, HIGH_FIRST>
{
    /// Writes both halves in the pair's order.
    #[inline(always)]
    pub fn set(&self, value: u64) {
        // SAFETY: the description says that the device takes no address and no command here.
        unsafe { self.store(value) }
    }
}

impl<S: Access<u32>, R, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>
    PairRegister<'_, S, Rights<R, write::Steers>, LOW, HIGH, HIGH_FIRST>
{
    /// Gives the device an address, in two accesses in the pair's order.
    ///
    /// # Safety
    ///
    /// Whatever the device does with the address before it gets another one: the range that it
    /// reaches from there is mapped in the domain of this space, in its direction, and nobody
    /// else touches or frees it. Between the two accesses the device does not use the pair.
    #[inline(always)]
    pub unsafe fn steer<V: BusValue>(&self, value: V) {
        // SAFETY: the caller answers for the address.
        unsafe { self.store(value.bus_value()) }
    }
}

impl<S: Access<u32>, R, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>
    PairRegister<'_, S, Rights<R, write::Rings>, LOW, HIGH, HIGH_FIRST>
{
    /// Gives the device a command, in two accesses in the pair's order.
    ///
    /// # Safety
    ///
    /// As [`Register::ring_raw`](crate::Register::ring_raw), from the first access on.
    #[inline(always)]
    pub unsafe fn ring_raw(&self, value: u64) {
        // SAFETY: the caller answers for what the device then does.
        unsafe { self.store(value) }
    }
}

/// The low and the high half of a value.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the upper bits go into the other half")]
const fn halves(value: u64) -> [u32; 2] {
    [value as u32, (value >> 32) as u32]
}

impl<S, A, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool> fmt::Debug
    for PairRegister<'_, S, A, LOW, HIGH, HIGH_FIRST>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PairRegister")
            .field("low", &LOW)
            .field("high", &HIGH)
            .field("high_first", &HIGH_FIRST)
            .finish_non_exhaustive()
    }
}
