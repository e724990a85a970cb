//! What the benchmarks share: turns, tables, and things to measure.
//!
//! Times on shared machines swing by half, so nothing is measured alone: [`turns`] lets the
//! candidates run in many short turns, one after the other within one process, and compares
//! their shortest times and lower quartiles. Counted instructions (the program `counts`) are
//! exact, and only they are gates.

pub mod bare;
pub mod channel;
pub mod memory;
pub mod pl081;
pub mod round;
pub mod table;
pub mod transfers;
pub mod turns;
pub mod xdma;
