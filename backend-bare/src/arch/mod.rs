//! Caches of processors that a program without an operating system meets.
//!
//! Only what the processor architecture itself defines is here; caches that are devices of a
//! board are the board's to supply, through [`Caches`](crate::Caches).

cfg_if::cfg_if! {
    if #[cfg(target_arch = "aarch64")] {
        mod aarch64;
        pub use self::aarch64::DataCache;
    }
}
