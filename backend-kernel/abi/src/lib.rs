//! What the kernel module and its clients say to each other.
//!
//! One source for both: the module compiles `uapi.rs` into itself, programs in Rust depend on this
//! crate, programs in C include `include/anydma.h`, which a test compares with it. Unlike the rest
//! of the project this crate is under MIT or GPL-2.0, as one chooses, because both sides need it.
#![no_std]
#![forbid(unsafe_code)]
#![expect(
    clippy::cast_possible_truncation,
    reason = "the length of a structure, in a constant: there is no `try_from` there"
)]

mod uapi;

pub use uapi::*;
