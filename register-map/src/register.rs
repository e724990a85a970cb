//! One register of a window, ready to be read or written.
//!
//! Plain reads and writes are tock's [`Readable`](crate::Readable) and
//! [`Writeable`](crate::Writeable); what is not plain is here.

use core::fmt;
use core::marker::PhantomData;

use dma_core::{Access, BusValue, Error, ErrorKind, Operation};

use crate::fields::{FieldValue, RegisterLongName, UIntLike};
use crate::rights::{Rights, write};

mod sealed {
    pub trait Sealed {}
    impl<const OFFSET: usize> Sealed for super::Fixed<OFFSET> {}
    impl<const OFFSET: usize, const STRIDE: usize> Sealed for super::Item<OFFSET, STRIDE> {}
}

/// Where a register is: at a fixed place ([`Fixed`]), or in a row ([`Item`]).
pub trait Place: Copy + sealed::Sealed {
    /// Bytes from the start of the space.
    fn offset(self) -> usize;

    /// Loads from there.
    ///
    /// # Safety
    ///
    /// As [`Access::load`] for [`Place::offset`].
    unsafe fn load<T, S: Access<T>>(self, space: &S) -> T;

    /// Stores there.
    ///
    /// # Safety
    ///
    /// As [`Access::store`] for [`Place::offset`].
    unsafe fn store<T, S: Access<T>>(self, space: &S, value: T);
}

/// At an offset known when compiled: the instruction carries it.
#[derive(Clone, Copy, Debug)]
pub struct Fixed<const OFFSET: usize>;

/// In a row of registers that begins at `OFFSET`, one every `STRIDE` bytes.
#[derive(Clone, Copy, Debug)]
pub struct Item<const OFFSET: usize, const STRIDE: usize> {
    /// Which one it is; checked against the row's length.
    index: usize,
}

impl<const OFFSET: usize, const STRIDE: usize> Item<OFFSET, STRIDE> {
    /// Item `index`, which is in the row.
    #[inline(always)]
    pub(crate) const fn new(index: usize) -> Self {
        Self { index }
    }
}

impl<const OFFSET: usize> Place for Fixed<OFFSET> {
    #[inline(always)]
    fn offset(self) -> usize {
        OFFSET
    }

    #[inline(always)]
    unsafe fn load<T, S: Access<T>>(self, space: &S) -> T {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { space.load_at::<OFFSET>() }
    }

    #[inline(always)]
    unsafe fn store<T, S: Access<T>>(self, space: &S, value: T) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { space.store_at::<OFFSET>(value) }
    }
}

impl<const OFFSET: usize, const STRIDE: usize> Place for Item<OFFSET, STRIDE> {
    #[inline(always)]
    fn offset(self) -> usize {
        OFFSET + STRIDE * self.index
    }

    #[inline(always)]
    unsafe fn load<T, S: Access<T>>(self, space: &S) -> T {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { space.load_item::<OFFSET, STRIDE>(self.index) }
    }

    #[inline(always)]
    unsafe fn store<T, S: Access<T>>(self, space: &S, value: T) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { space.store_item::<OFFSET, STRIDE>(self.index, value) }
    }
}

/// A register of a window: `T` wide, with rights `A` and fields `L`, at place `P`.
///
/// Made by [`Window`](crate::Window) alone, which has checked that the place is aligned for `T`
/// and inside the space.
pub struct Register<'a, S, T, A, L, P> {
    space: &'a S,
    place: P,
    kind: PhantomData<(T, A, L)>,
}

impl<'a, S, T, A, L, P: Place> Register<'a, S, T, A, L, P> {
    /// The register at `place`, which is aligned for `T` and inside `space`.
    #[inline(always)]
    pub(crate) fn new(space: &'a S, place: P) -> Self {
        Self { space, place, kind: PhantomData }
    }

    /// Bytes from the start of the block.
    #[inline]
    #[must_use]
    pub fn offset(&self) -> usize {
        self.place.offset()
    }
}

impl<S: Access<T>, T, A, L, P: Place> Register<'_, S, T, A, L, P> {
    /// Loads; the caller has checked the rights.
    #[inline(always)]
    pub(crate) fn load(&self) -> T {
        // SAFETY: the window that made this register checked place and alignment; the caller has
        // the right to read, which for reads with side effects means a `&mut` window.
        unsafe { self.place.load(self.space) }
    }

    /// Stores; the caller has checked that the rights are not those of a steering or command
    /// register.
    #[inline(always)]
    pub(crate) fn store(&self, value: T) {
        // SAFETY: the window that made this register checked place and alignment; the description
        // says that the device takes no address and no command from this register.
        unsafe { self.place.store(self.space, value) }
    }
}

impl<S, T, R, W, L, P> Register<'_, S, T, Rights<R, W>, L, P>
where
    S: Access<T>,
    T: UIntLike,
    W: write::Clears,
    L: RegisterLongName,
    P: Place,
{
    /// Clears the bits that are one in the fields, and no others.
    #[inline(always)]
    pub fn clear(&self, FieldValue { value, .. }: FieldValue<T, L>) {
        self.clear_bits(value);
    }

    /// Clears the bits that are one in `bits`, for instance those that were just read.
    #[inline(always)]
    pub fn clear_bits(&self, bits: T) {
        self.store(W::pattern(bits));
    }
}

impl<S, T, R, W, L, P> Register<'_, S, T, Rights<R, W>, L, P>
where
    S: Access<T>,
    T: UIntLike,
    W: write::Raises,
    L: RegisterLongName,
    P: Place,
{
    /// Sets the bits that are one in the fields, and no others.
    #[inline(always)]
    pub fn raise(&self, FieldValue { value, .. }: FieldValue<T, L>) {
        self.raise_bits(value);
    }

    /// Sets the bits that are one in `bits`.
    #[inline(always)]
    pub fn raise_bits(&self, bits: T) {
        self.store(W::pattern(bits));
    }
}

impl<S, T, R, W, L, P> Register<'_, S, T, Rights<R, W>, L, P>
where
    S: Access<T>,
    T: UIntLike,
    W: write::Toggles,
    L: RegisterLongName,
    P: Place,
{
    /// Turns over the bits that are one in the fields, and no others.
    #[inline(always)]
    pub fn toggle(&self, FieldValue { value, .. }: FieldValue<T, L>) {
        self.toggle_bits(value);
    }

    /// Turns over the bits that are one in `bits`.
    #[inline(always)]
    pub fn toggle_bits(&self, bits: T) {
        self.store(W::pattern(bits));
    }
}

impl<S: Access<T>, T: UIntLike, R, L, P: Place>
    Register<'_, S, T, Rights<R, write::AnyClears>, L, P>
{
    /// Clears all bits.
    #[inline(always)]
    pub fn clear_all(&self) {
        self.store(T::zero());
    }
}

impl<S: Access<T>, T: UIntLike, R, L, P: Place>
    Register<'_, S, T, Rights<R, write::AnySets>, L, P>
{
    /// Sets all bits.
    #[inline(always)]
    pub fn raise_all(&self) {
        self.store(!T::zero());
    }
}

impl<S: Access<u64>, R, L, P: Place> Register<'_, S, u64, Rights<R, write::Steers>, L, P> {
    /// Gives the device an address, in one access.
    ///
    /// # Safety
    ///
    /// Whatever the device does with the address before it gets another one: the range that it
    /// reaches from there is mapped in the domain of this space, in its direction, and nobody
    /// else touches or frees it.
    #[inline(always)]
    pub unsafe fn steer<V: BusValue>(&self, value: V) {
        // SAFETY: place and alignment were checked by the window; the caller answers for the
        // address.
        unsafe { self.place.store(self.space, value.bus_value()) }
    }
}

impl<S: Access<u32>, R, L, P: Place> Register<'_, S, u32, Rights<R, write::Steers>, L, P> {
    /// Gives the device an address.
    ///
    /// # Errors
    ///
    /// `OutOfReach` if the address does not fit 32 bits; nothing is stored then.
    ///
    /// # Safety
    ///
    /// Whatever the device does with the address before it gets another one: the range that it
    /// reaches from there is mapped in the domain of this space, in its direction, and nobody
    /// else touches or frees it.
    #[inline(always)]
    pub unsafe fn steer<V: BusValue>(&self, value: V) -> Result<(), Error> {
        let Ok(value) = u32::try_from(value.bus_value()) else {
            return Err(Error::new(ErrorKind::OutOfReach, Operation::Transfer, 0));
        };
        // SAFETY: place and alignment were checked by the window; the caller answers for the
        // address.
        unsafe { self.place.store(self.space, value) };
        Ok(())
    }
}

impl<S, T, R, L, P> Register<'_, S, T, Rights<R, write::Rings>, L, P>
where
    S: Access<T>,
    T: UIntLike,
    L: RegisterLongName,
    P: Place,
{
    /// Gives the device a command made of fields; every bit that none of them names is zero.
    ///
    /// # Safety
    ///
    /// As [`Register::ring_raw`].
    #[inline(always)]
    pub unsafe fn ring(&self, FieldValue { value, .. }: FieldValue<T, L>) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.ring_raw(value) }
    }

    /// Gives the device a command.
    ///
    /// # Safety
    ///
    /// If the command makes the device master the bus: what it was steered to is, with the
    /// direction and length that it was told, a live mapping of the domain of this space that
    /// nobody else touches or frees until the device has ended.
    #[inline(always)]
    pub unsafe fn ring_raw(&self, value: T) {
        // SAFETY: place and alignment were checked by the window; the caller answers for what
        // the device then does.
        unsafe { self.place.store(self.space, value) }
    }
}

impl<S, T, A, L, P: Place> fmt::Debug for Register<'_, S, T, A, L, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register")
            .field("offset", &self.offset())
            .field("width", &size_of::<T>())
            .finish_non_exhaustive()
    }
}
