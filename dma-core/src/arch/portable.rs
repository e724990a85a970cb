//! Any other processor, and Miri: volatile accesses and full fences.
//!
//! Right wherever a fence of the language also orders devices, which is what compilers make of
//! it on small processors; an architecture where it does not needs a file of its own.

use core::sync::atomic::{Ordering, fence};

use super::{Word, immediate};

macro_rules! words {
    ($($word:ty)*) => { $(
        impl Word for $word {
            const REACH: usize = usize::MAX;

            #[inline(always)]
            unsafe fn load<const OFFSET: usize>(base: *const u8) -> Self {
                // SAFETY: the caller says that the place is valid.
                let place = unsafe { base.add(immediate::<Self>(OFFSET)) }.cast::<$word>();
                // SAFETY: as above, and aligned.
                unsafe { place.read_volatile() }
            }

            #[inline(always)]
            unsafe fn store<const OFFSET: usize>(base: *mut u8, value: Self) {
                // SAFETY: the caller says that the place is valid.
                let place = unsafe { base.add(immediate::<Self>(OFFSET)) }.cast::<$word>();
                // SAFETY: as above, and aligned.
                unsafe { place.write_volatile(value) };
            }

            #[inline(always)]
            unsafe fn load_item<const OFFSET: usize, const STRIDE: usize>(
                base: *const u8,
                index: usize,
            ) -> Self {
                // SAFETY: the caller says that everything up to the place is valid.
                let item = unsafe { base.add(STRIDE * index) };
                // SAFETY: as above, and aligned.
                unsafe { Self::load::<OFFSET>(item) }
            }

            #[inline(always)]
            unsafe fn store_item<const OFFSET: usize, const STRIDE: usize>(
                base: *mut u8,
                index: usize,
                value: Self,
            ) {
                // SAFETY: the caller says that everything up to the place is valid.
                let item = unsafe { base.add(STRIDE * index) };
                // SAFETY: as above, and aligned.
                unsafe { Self::store::<OFFSET>(item, value) };
            }
        }
    )* };
}

words!(u8 u16 u32);
#[cfg(target_pointer_width = "64")]
words!(u64);

#[inline(always)]
pub(crate) fn release() {
    // ORDER: the strongest that the language has.
    fence(Ordering::SeqCst);
}

#[inline(always)]
pub(crate) fn acquire() {
    // ORDER: the strongest that the language has.
    fence(Ordering::SeqCst);
}
