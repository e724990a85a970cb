//! What differs with the processor: do caches matter, how are they maintained.

cfg_if::cfg_if! {
    if #[cfg(target_arch = "aarch64")] {
        mod aarch64;
        pub(crate) use aarch64::{
            ALWAYS_COHERENT, REGIONS_ARE_MEMORY, cache_line, clean, clean_and_forget,
        };
    } else {
        mod snooping;
        pub(crate) use snooping::{
            ALWAYS_COHERENT, REGIONS_ARE_MEMORY, cache_line, clean, clean_and_forget,
        };
    }
}
