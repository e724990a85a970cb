//! Schedules: many runs by chance, each of which its seed repeats.
#![forbid(unsafe_code)]

mod dice;

pub use dice::Dice;
