//! Models of cards, with the real registers' semantics.
#![forbid(unsafe_code)]

mod edu;
mod nvme;
mod pl081;
mod probe;
mod xdma;

pub use edu::EduCard;
pub use nvme::NvmeCard;
pub use pl081::Pl081Card;
pub use probe::ProbeCard;
pub use xdma::XdmaCard;

/// The lower half of what was stored: what a register of 32 bits takes.
#[expect(clippy::cast_possible_truncation, reason = "cutting off is what it is for")]
const fn low(value: u64) -> u32 {
    value as u32
}
