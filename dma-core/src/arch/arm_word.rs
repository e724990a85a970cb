//! What both Arm files share: one instruction an access.
//!
//! It carries its offset where it can, and has it in a register where not.

/// [`Word`](super::Word) for a width: how far the instruction reaches, how it loads and stores, and
/// what a load leaves in the register.
macro_rules! word {
    ($word:ty, $reach:expr, $load:literal, $store:literal, $value:ident: $loaded:ty => $answer:expr) => {
        impl Word for $word {
            const REACH: usize = $reach;

            one_instruction!("[{base}, #{offset}]", $load, $store, $value: $loaded => $answer);

            #[inline(always)]
            unsafe fn load_item<const OFFSET: usize, const STRIDE: usize>(
                base: *const u8,
                index: usize,
            ) -> Self {
                if OFFSET > 0 && reaches::<Self>(OFFSET) {
                    // SAFETY: the caller says that everything up to the place is valid.
                    let item = unsafe { base.add(STRIDE * index) };
                    // SAFETY: the caller keeps the contract; the instruction reaches the place.
                    return unsafe { Self::load::<OFFSET>(item) };
                }
                let $value: $loaded;
                // SAFETY: one load from a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($load, ", [{base}, {offset}]"),
                        value = lateout(reg) $value,
                        base = in(reg) base,
                        offset = in(reg) OFFSET + STRIDE * index,
                        options(nostack, preserves_flags)
                    );
                }
                $answer
            }

            #[inline(always)]
            unsafe fn store_item<const OFFSET: usize, const STRIDE: usize>(
                base: *mut u8,
                index: usize,
                value: Self,
            ) {
                if OFFSET > 0 && reaches::<Self>(OFFSET) {
                    // SAFETY: the caller says that everything up to the place is valid.
                    let item = unsafe { base.add(STRIDE * index) };
                    // SAFETY: the caller keeps the contract; the instruction reaches the place.
                    return unsafe { Self::store::<OFFSET>(item, value) };
                }
                // SAFETY: one store to a place that the caller says is valid and aligned.
                unsafe {
                    asm!(
                        concat!($store, ", [{base}, {offset}]"),
                        value = in(reg) value,
                        base = in(reg) base,
                        offset = in(reg) OFFSET + STRIDE * index,
                        options(nostack, preserves_flags)
                    );
                }
            }
        }
    };
}

pub(super) use word;
