//! A load and a store of one instruction each, with the offset in it.
//!
//! For processors that name a place in the same way for both.

/// The two of [`Word`](super::Word): how the processor writes the place, how it loads and stores, and
/// what a load leaves in the register.
macro_rules! one_instruction {
    ($place:literal, $load:literal, $store:literal, $value:ident: $loaded:ty => $answer:expr) => {
        #[inline(always)]
        unsafe fn load<const OFFSET: usize>(base: *const u8) -> Self {
            let $value: $loaded;
            // SAFETY: one load from a place that the caller says is valid and aligned.
            unsafe {
                asm!(
                    concat!($load, ", ", $place),
                    value = lateout(reg) $value,
                    base = in(reg) base,
                    offset = const immediate::<Self>(OFFSET),
                    options(nostack, preserves_flags)
                );
            }
            $answer
        }

        #[inline(always)]
        unsafe fn store<const OFFSET: usize>(base: *mut u8, value: Self) {
            // SAFETY: one store to a place that the caller says is valid and aligned.
            unsafe {
                asm!(
                    concat!($store, ", ", $place),
                    value = in(reg) value,
                    base = in(reg) base,
                    offset = const immediate::<Self>(OFFSET),
                    options(nostack, preserves_flags)
                );
            }
        }
    };
}

pub(super) use one_instruction;
