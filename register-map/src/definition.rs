//! What the generated constants are: registers, arrays, clusters and pairs.
//!
//! All of them are empty at run time; everything they say is in their types. What they say is
//! believed, so only the module that describes a block can make them: it alone has a value of
//! the block's marker type.
#![forbid(unsafe_code)]

use core::fmt;
use core::marker::PhantomData;

use crate::{Item, Place};

/// One register of block `B`: `T` wide, with rights `A` and fields `L`, at `OFFSET` bytes.
///
/// # Examples
///
/// ```
/// # use register_map::Block;
/// # pub struct Timer(());
/// # impl Block for Timer {
/// #     const NAME: &'static str = "TIMER";
/// #     const SIZE: usize = 0x10;
/// #     const ALIGNMENT: usize = 4;
/// # }
/// use register_map::{Def, rights::ReadOnly};
/// const COUNT: Def<Timer, u32, ReadOnly, (), 0x4> = Def::new(&Timer(()));
/// assert_eq!(COUNT.offset(), 4);
/// ```
pub struct Def<B, T, A, L, const OFFSET: usize>(PhantomData<(B, T, A, L)>);

/// `LENGTH` registers of one kind, `STRIDE` bytes from one to the next.
pub struct Array<B, T, A, L, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>(
    PhantomData<(B, T, A, L)>,
);

/// `LENGTH` groups of registers with the layout `X`, `STRIDE` bytes from one to the next.
pub struct Cluster<B, X, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>(
    PhantomData<(B, X)>,
);

/// A 64-bit value in two 32-bit registers, at `LOW` and `HIGH` bytes.
///
/// `HIGH_FIRST` says which half is stored first: a device may take the value over when it sees
/// the second one. The order belongs to the register, so it stands here and not in the driver.
pub struct Pair<B, A, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>(
    PhantomData<(B, A)>,
);

impl<B, T, A, L, const OFFSET: usize> Def<B, T, A, L, OFFSET> {
    /// The definition, made by whoever can make a value of the block's marker: the module that
    /// describes the block. Nobody else can give its registers other rights or places.
    #[must_use]
    pub const fn new(_: &B) -> Self {
        Self(PhantomData)
    }

    /// Bytes from the start of the block.
    #[inline]
    #[must_use]
    pub const fn offset(self) -> usize {
        OFFSET
    }
}

impl<B, T, A, L, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>
    Array<B, T, A, L, OFFSET, STRIDE, LENGTH>
{
    /// The definition, made by whoever can make a value of the block's marker: the module that
    /// describes the block. Nobody else can give its registers other rights or places.
    #[must_use]
    pub const fn new(_: &B) -> Self {
        Self(PhantomData)
    }

    /// How many registers it has.
    #[inline]
    #[must_use]
    pub const fn length(self) -> usize {
        LENGTH
    }

    /// Bytes from the start of the block to register number `index`; `None` if there is none.
    #[inline]
    #[must_use]
    pub const fn offset(self, index: usize) -> Option<usize> {
        if index < LENGTH { Some(OFFSET + index * STRIDE) } else { None }
    }
}

impl<B, X, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>
    Cluster<B, X, OFFSET, STRIDE, LENGTH>
{
    /// The definition, made by whoever can make a value of the block's marker: the module that
    /// describes the block. Nobody else can give its registers other rights or places.
    #[must_use]
    pub const fn new(_: &B) -> Self {
        Self(PhantomData)
    }

    /// How many groups there are.
    #[inline]
    #[must_use]
    pub const fn length(self) -> usize {
        LENGTH
    }

    /// Bytes from the start of the block to group number `index`; `None` if there is none.
    #[inline]
    #[must_use]
    pub const fn offset(self, index: usize) -> Option<usize> {
        if index < LENGTH { Some(OFFSET + index * STRIDE) } else { None }
    }
}

impl<B, A, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>
    Pair<B, A, LOW, HIGH, HIGH_FIRST>
{
    /// The definition, made by whoever can make a value of the block's marker: the module that
    /// describes the block. Nobody else can give its registers other rights or places.
    #[must_use]
    pub const fn new(_: &B) -> Self {
        Self(PhantomData)
    }

    /// Bytes from the start of the block to the low and to the high half.
    #[inline]
    #[must_use]
    pub const fn offsets(self) -> (usize, usize) {
        (LOW, HIGH)
    }
}

mod sealed {
    pub trait Sealed {}
}

/// What [`Window::element`](crate::Window::element) must know of an [`Array`], the only type
/// that implements it.
///
/// It lets the index be the only parameter that is written out.
pub trait ArrayDefinition: sealed::Sealed {
    /// The block that it belongs to.
    type Block;
    /// The width of its registers.
    type Value;
    /// Their rights.
    type Rights;
    /// Their fields.
    type Fields;
    /// Their places.
    type Place: Place;
    /// Bytes from the start of the block to the first register.
    const OFFSET: usize;
    /// Bytes from one register to the next.
    const STRIDE: usize;
    /// How many there are.
    const LENGTH: usize;

    /// The place of register `index`, which is less than `LENGTH`.
    fn place(index: usize) -> Self::Place;
}

impl<B, T, A, L, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize> sealed::Sealed
    for Array<B, T, A, L, OFFSET, STRIDE, LENGTH>
{
}

impl<B, T, A, L, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize> ArrayDefinition
    for Array<B, T, A, L, OFFSET, STRIDE, LENGTH>
{
    type Block = B;
    type Value = T;
    type Rights = A;
    type Fields = L;
    type Place = Item<OFFSET, STRIDE>;
    const OFFSET: usize = OFFSET;
    const STRIDE: usize = STRIDE;
    const LENGTH: usize = LENGTH;

    #[inline(always)]
    fn place(index: usize) -> Self::Place {
        Item::new(index)
    }
}

// Derived implementations would ask the markers for `Copy` and `Debug`, which they need not have.
macro_rules! empty {
    ($name:ident<$($type:ident),*; $($number:ident: $kind:ty),*>) => {
        impl<$($type,)* $(const $number: $kind),*> Clone for $name<$($type,)* $($number),*> {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($type,)* $(const $number: $kind),*> Copy for $name<$($type,)* $($number),*> {}

        impl<$($type,)* $(const $number: $kind),*> fmt::Debug for $name<$($type,)* $($number),*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($number), &$number))*
                    .finish()
            }
        }
    };
}

empty!(Def<B, T, A, L; OFFSET: usize>);
empty!(Array<B, T, A, L; OFFSET: usize, STRIDE: usize, LENGTH: usize>);
empty!(Cluster<B, X; OFFSET: usize, STRIDE: usize, LENGTH: usize>);
empty!(Pair<B, A; LOW: usize, HIGH: usize, HIGH_FIRST: bool>);
