//! Schedules: many runs by chance, each of which its seed repeats.
//!
//! For tests that throw jobs, faults and resets at a driver by chance. A [`Dice`] makes the steps
//! of a run out of its number; [`shrink`] leaves steps out of a run that fails; [`Coverage`] shows
//! what was hit, so that a generator that misses half of the cases is noticed.
#![forbid(unsafe_code)]

mod coverage;
mod dice;
mod shrink;

pub use coverage::Coverage;
pub use dice::Dice;
pub use shrink::shrink;
