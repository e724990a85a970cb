//! The journal: everything that happened, in order, if one asks for it.
#![forbid(unsafe_code)]

use std::fmt;

use crate::card::Place;

/// Something that happened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Record {
    /// When, in nanoseconds of virtual time.
    pub time: u64,
    /// Which card, in the order of plugging in.
    pub card: usize,
    /// What.
    pub what: Happened,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Happened {
    /// The CPU loaded from a register.
    Load {
        /// Which register.
        place: Place,
        /// What it gave.
        value: u64,
    },
    /// The CPU stored to a register.
    Store {
        /// Which register.
        place: Place,
        /// What it was given.
        value: u64,
    },
    /// Planned work of the card began.
    Work {
        /// The card's name for it.
        token: u64,
    },
    /// The card accessed memory.
    Memory {
        /// At this address of its own.
        address: u64,
        /// Bytes that it wanted.
        length: usize,
        /// Whether it wrote.
        write: bool,
        /// Whether it went well.
        done: bool,
    },
    /// An interrupt fired.
    Interrupt {
        /// Which.
        vector: usize,
    },
    /// The card was reset.
    Reset,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>12} card {}: ", self.time, self.card)?;
        match self.what {
            Happened::Load { place, value } => {
                write!(
                    f,
                    "load{} {}:{:#x} = {value:#x}",
                    place.width * 8,
                    place.region,
                    place.offset
                )
            }
            Happened::Store { place, value } => {
                write!(
                    f,
                    "store{} {}:{:#x} := {value:#x}",
                    place.width * 8,
                    place.region,
                    place.offset
                )
            }
            Happened::Work { token } => write!(f, "work {token:#x}"),
            Happened::Memory { address, length, write, done } => {
                let verb = if write { "writes" } else { "reads" };
                write!(f, "{verb} {length} bytes at {address:#x}")?;
                f.write_str(if done { "" } else { ", refused" })
            }
            Happened::Interrupt { vector } => write!(f, "interrupt {vector}"),
            Happened::Reset => f.write_str("reset"),
        }
    }
}
