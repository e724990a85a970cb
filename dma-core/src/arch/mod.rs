//! Picks the architecture's loads, stores and barriers.
//!
//! Every file here has the same three things:
//!
//! * [`Word`] for each width that one instruction of the processor carries to the bus: plain
//!   loads and stores, written in assembly, because a compiler may fold a volatile access into
//!   another instruction or use addressing that a hypervisor cannot decode;
//! * `release`: orders every earlier access to memory, loads included, before every later store
//!   to a device or to memory that it shares;
//! * `acquire`: orders every earlier load from a device, or from memory that it shares, before
//!   every later access to memory.
//!
//! Both barriers serve register spaces and ring memory alike, so each is as strong as the
//! stronger need. They order and nothing else: caches and write buffers belong to
//! [`DmaBuffer::sync`](crate::DmaBuffer::sync).
//!
//! The assembly says nothing of `nomem`: an access also keeps the compiler from moving accesses
//! to memory across it.

/// A width of bus access.
pub(crate) trait Word: Copy {
    /// The highest offset that the instruction carries. A higher one takes an addition.
    const REACH: usize;

    /// Loads from `base` plus `OFFSET` bytes, in one access.
    ///
    /// # Safety
    ///
    /// The place is aligned, valid for this access, and `OFFSET` is at most [`Word::REACH`].
    unsafe fn load<const OFFSET: usize>(base: *const u8) -> Self;

    /// Stores to `base` plus `OFFSET` bytes, in one access.
    ///
    /// # Safety
    ///
    /// As [`Word::load`].
    unsafe fn store<const OFFSET: usize>(base: *mut u8, value: Self);

    /// Loads from `base` plus `OFFSET` plus `index` times `STRIDE` bytes, in one access.
    ///
    /// # Safety
    ///
    /// The place is aligned and valid for this access, and so are all bytes from `base` to it.
    unsafe fn load_item<const OFFSET: usize, const STRIDE: usize>(
        base: *const u8,
        index: usize,
    ) -> Self;

    /// Stores to `base` plus `OFFSET` plus `index` times `STRIDE` bytes, in one access.
    ///
    /// # Safety
    ///
    /// As [`Word::load_item`].
    unsafe fn store_item<const OFFSET: usize, const STRIDE: usize>(
        base: *mut u8,
        index: usize,
        value: Self,
    );
}

/// `offset` if an instruction can carry it, else 0: code that never runs must assemble, too.
const fn immediate<T: Word>(offset: usize) -> usize {
    if reaches::<T>(offset) { offset } else { 0 }
}

/// Whether an instruction of this width can carry `offset`.
const fn reaches<T: Word>(offset: usize) -> bool {
    offset <= T::REACH && offset.is_multiple_of(size_of::<T>())
}

cfg_if::cfg_if! {
    if #[cfg(miri)] {
        mod portable;
        use portable as native;
    } else if #[cfg(target_arch = "x86_64")] {
        mod x86_64;
        use x86_64 as native;
    } else if #[cfg(target_arch = "aarch64")] {
        mod aarch64;
        mod arm_word;
        mod one_instruction;
        use aarch64 as native;
    } else if #[cfg(all(target_arch = "arm", arm_v7))] {
        mod arm;
        mod arm_word;
        mod one_instruction;
        use arm as native;
    } else if #[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))] {
        mod riscv;
        mod one_instruction;
        use riscv as native;
    } else {
        mod portable;
        use portable as native;
    }
}

pub(crate) use native::{acquire, release};

/// Keeps items where the processor has atomic words of 64 bits, and drops them elsewhere.
#[cfg(target_has_atomic = "64")]
macro_rules! with_atomic_u64 {
    ($($item:item)*) => { $($item)* };
}

#[cfg(not(target_has_atomic = "64"))]
macro_rules! with_atomic_u64 {
    ($($item:item)*) => {};
}

pub(crate) use with_atomic_u64;

#[cfg(all(test, target_pointer_width = "64"))]
pub(crate) type Widest = u64;
#[cfg(all(test, target_pointer_width = "32"))]
pub(crate) type Widest = u32;
