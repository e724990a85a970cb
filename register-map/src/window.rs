//! A register space seen as one block of registers.
//!
//! [`Window::new`] checks once, when it runs, that the space is large and aligned enough for the
//! block; that a register lies in its block is checked when it is compiled. So an access has
//! nothing left to check and is one instruction.
//!
//! The window trusts the description. That the space really holds this block is the promise of
//! whoever opens the window, from the device's identity: on another device the same offsets may
//! be addresses or commands. So opening one is `unsafe`, and using it is not.

use core::fmt;
use core::marker::PhantomData;

use dma_core::{Access, DomainId, Error, ErrorKind, Narrow, Operation, Refused, RegisterSpace};

use crate::definition::{Array, ArrayDefinition, Cluster, Def, Pair};
use crate::fields::{LocalRegisterCopy, RegisterLongName, UIntLike};
use crate::rights::{Rights, read};
use crate::{Block, Fixed, Item, PairRegister, Register};

/// A register space `S` with the layout `B`.
///
/// # Examples
///
/// Plain memory stands in for the registers of a card here.
///
/// ```
/// use core::ptr::NonNull;
/// use dma_core::{DomainId, Mmio};
/// use register_map::{Readable, Window, Writeable, edu};
///
/// let mut bank = [0_u64; 32];
/// let base = NonNull::from(&mut bank).cast();
/// // SAFETY: 256 aligned bytes that nobody else uses, for as long as this example runs.
/// let space = unsafe { Mmio::new(base, 256, DomainId::PHYSICAL, ()) };
/// // SAFETY: there is no device that could take a register for something else.
/// let registers = unsafe { Window::<_, edu::Edu>::new(space)? };
/// registers.reg(edu::LIVENESS).set(0x1234);
/// assert_eq!(registers.reg(edu::LIVENESS).get(), 0x1234);
/// assert!(!registers.reg(edu::STATUS).is_set(edu::STATUS::COMPUTING));
/// # Ok::<(), dma_core::Refused<Mmio>>(())
/// ```
pub struct Window<S, B> {
    /// INVARIANT: at least `B::SIZE` bytes, aligned to `B::ALIGNMENT`.
    space: S,
    block: PhantomData<fn() -> B>,
}

impl<S: RegisterSpace, B: Block> Window<S, B> {
    /// Looks at `space` as a block `B`.
    ///
    /// # Errors
    ///
    /// With the space: `TooShort`, the detail being the size needed, if it is smaller than the
    /// block; `Misaligned`, the detail being the alignment needed.
    ///
    /// # Safety
    ///
    /// The space holds the registers of `B`, with the rights that the definitions of `B` give
    /// them: the device was recognised by its identity; or it is memory that its device reads
    /// with this layout.
    #[inline]
    pub unsafe fn new(space: S) -> Result<Self, Refused<S>> {
        Self::checked(space)
    }

    /// As `new`, for a caller that has the promise already.
    #[inline]
    fn checked(space: S) -> Result<Self, Refused<S>> {
        const {
            require(B::ALIGNMENT.is_power_of_two(), "a block's alignment is a power of two");
        }
        let (kind, needed) = if space.size() < B::SIZE {
            (ErrorKind::TooShort, B::SIZE)
        } else if space.alignment() < B::ALIGNMENT {
            (ErrorKind::Misaligned, B::ALIGNMENT)
        } else {
            return Ok(Self { space, block: PhantomData });
        };
        let needed = u32::try_from(needed).unwrap_or(u32::MAX);
        Err(Refused::new(space, Error::new(kind, Operation::Open, needed)))
    }

    /// The address space in which the device masters the bus.
    #[inline]
    #[must_use]
    pub fn domain(&self) -> DomainId {
        self.space.domain()
    }

    /// Orders every earlier access to memory before every later store to this window: call it
    /// before a doorbell. See [`RegisterSpace::release`].
    #[inline(always)]
    pub fn release(&self) {
        self.space.release();
    }

    /// Orders every earlier load from this window before every later access to memory: call it
    /// after a load that said "done". See [`RegisterSpace::acquire`].
    #[inline(always)]
    pub fn acquire(&self) {
        self.space.acquire();
    }

    /// A register.
    #[inline(always)]
    pub fn reg<T, A, L, const OFFSET: usize>(
        &self,
        _: Def<B, T, A, L, OFFSET>,
    ) -> Register<'_, S, T, A, L, Fixed<OFFSET>> {
        const { check::<T, B>(OFFSET, size_of::<T>(), 1) }
        Register::new(&self.space, Fixed)
    }

    /// Register number `index` of an array; `None` if there is no such.
    #[inline(always)]
    pub fn at<T, A, L, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>(
        &self,
        array: Array<B, T, A, L, OFFSET, STRIDE, LENGTH>,
        index: usize,
    ) -> Option<Register<'_, S, T, A, L, Item<OFFSET, STRIDE>>> {
        const { check::<T, B>(OFFSET, STRIDE, LENGTH) }
        if index < array.length() {
            Some(Register::new(&self.space, Item::new(index)))
        } else {
            None
        }
    }

    /// Register number `INDEX` of an array, with the index checked when it is compiled:
    /// `window.element::<2, _>(ARRAY)`.
    #[inline(always)]
    pub fn element<const INDEX: usize, D: ArrayDefinition<Block = B>>(
        &self,
        _: D,
    ) -> Register<'_, S, D::Value, D::Rights, D::Fields, D::Place> {
        const {
            check::<D::Value, B>(D::OFFSET, D::STRIDE, D::LENGTH);
            require(INDEX < D::LENGTH, "the array has no such register");
        }
        Register::new(&self.space, D::place(INDEX))
    }

    /// A 64-bit value in two registers.
    #[inline(always)]
    pub fn pair<A, const LOW: usize, const HIGH: usize, const HIGH_FIRST: bool>(
        &self,
        _: Pair<B, A, LOW, HIGH, HIGH_FIRST>,
    ) -> PairRegister<'_, S, A, LOW, HIGH, HIGH_FIRST> {
        const {
            require(LOW != HIGH, "the halves of a pair are two registers");
            check::<u32, B>(LOW, size_of::<u32>(), 1);
            check::<u32, B>(HIGH, size_of::<u32>(), 1);
        }
        PairRegister::new(&self.space)
    }
}

impl<S: RegisterSpace, B: Block> Window<S, B> {
    /// Reads a register whose read has side effects on the device.
    ///
    /// It takes `&mut self` so that two parts of a driver do not eat each other's status: a
    /// reminder, since windows may be cloned, and not a proof.
    #[inline(always)]
    pub fn take<T, W, L, const OFFSET: usize>(
        &mut self,
        definition: Def<B, T, Rights<read::Effect, W>, L, OFFSET>,
    ) -> LocalRegisterCopy<T, L>
    where
        S: Access<T>,
        T: UIntLike,
        L: RegisterLongName,
    {
        LocalRegisterCopy::new(self.reg(definition).load())
    }

    /// Reads register number `index` of an array whose reads have side effects; `None` if there
    /// is no such register.
    #[inline(always)]
    pub fn take_at<T, W, L, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>(
        &mut self,
        array: Array<B, T, Rights<read::Effect, W>, L, OFFSET, STRIDE, LENGTH>,
        index: usize,
    ) -> Option<LocalRegisterCopy<T, L>>
    where
        S: Access<T>,
        T: UIntLike,
        L: RegisterLongName,
    {
        Some(LocalRegisterCopy::new(self.at(array, index)?.load()))
    }
}

impl<S: Narrow, B: Block> Window<S, B> {
    /// The one group of registers of a cluster, as a window of its own.
    ///
    /// `None` only if the space cannot be cut, which no space of this project does.
    #[inline]
    pub fn cluster<X: Block, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>(
        &self,
        cluster: Cluster<B, X, OFFSET, STRIDE, LENGTH>,
    ) -> Option<Window<S, X>> {
        const { require(LENGTH == 1, "a cluster of several groups needs an index") }
        self.cluster_at(cluster, 0)
    }

    /// Group number `index` of a cluster, as a window of its own; `None` if there is no such.
    #[inline]
    pub fn cluster_at<X: Block, const OFFSET: usize, const STRIDE: usize, const LENGTH: usize>(
        &self,
        cluster: Cluster<B, X, OFFSET, STRIDE, LENGTH>,
        index: usize,
    ) -> Option<Window<S, X>> {
        const {
            require(
                OFFSET.is_multiple_of(X::ALIGNMENT) && STRIDE.is_multiple_of(X::ALIGNMENT),
                "the cluster is misaligned for its registers",
            );
            require(B::ALIGNMENT >= X::ALIGNMENT, "the block is less aligned than its cluster");
            check_extent::<B>(OFFSET, STRIDE, LENGTH, X::SIZE);
        }
        let part = self.space.narrow(cluster.offset(index)?, X::SIZE)?;
        // The promise for this block includes its clusters.
        Window::checked(part).ok()
    }
}

impl<S, B> Window<S, B> {
    /// The space beneath, for instance to ask its size.
    #[inline]
    #[must_use]
    pub const fn space(&self) -> &S {
        &self.space
    }

    /// The space beneath, for another view of it.
    #[inline]
    #[must_use]
    pub fn into_space(self) -> S {
        self.space
    }
}

/// Fails to compile with this message unless the condition holds.
///
/// The compiler points at the caller, as it does for all functions that track it.
#[track_caller]
const fn require(condition: bool, message: &'static str) {
    assert!(condition, "{}", message);
}

/// Fails to compile unless an array of `T` fits block `B` and all of it is aligned.
#[track_caller]
const fn check<T, B: Block>(offset: usize, stride: usize, length: usize) {
    require(size_of::<T>() <= B::ALIGNMENT, "the register is wider than its block is aligned");
    require(
        offset.is_multiple_of(size_of::<T>()) && stride.is_multiple_of(size_of::<T>()),
        "the register's offset is not a multiple of its width",
    );
    check_extent::<B>(offset, stride, length, size_of::<T>());
}

/// Fails to compile unless `length` items of `size` bytes lie inside block `B`.
#[track_caller]
const fn check_extent<B: Block>(offset: usize, stride: usize, length: usize, size: usize) {
    require(length > 0, "an array has at least one register");
    require(
        size <= B::SIZE
            && offset <= B::SIZE - size
            && (length == 1 || stride <= (B::SIZE - size - offset) / (length - 1)),
        "the register lies outside its block",
    );
}

impl<S: Clone, B> Clone for Window<S, B> {
    fn clone(&self) -> Self {
        Self { space: self.space.clone(), block: PhantomData }
    }
}

impl<S: Copy, B> Copy for Window<S, B> {}

impl<S: fmt::Debug, B: Block> fmt::Debug for Window<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Window").field("block", &B::NAME).field("space", &self.space).finish()
    }
}
