//! Bytes that are easy to recognise: patterns for data, canaries around it.
//!
//! A completion is not a proof: a device notices nothing when an IOMMU drops its accesses. So
//! every transfer is proven by its bytes, each of which depends on its place and on a seed, and
//! by canaries in front of and behind what was to be written.
#![forbid(unsafe_code)]

use crate::verdict::{Halt, Value};

/// What stands in memory that must not be touched.
pub(crate) const CANARY: u8 = 0xc5;

/// The byte number `index` of the pattern with this seed.
#[expect(clippy::cast_possible_truncation, reason = "mixed into one byte anyway")]
pub(crate) const fn byte(seed: u32, index: usize) -> u8 {
    let mixed = (index as u32).wrapping_mul(0x9e37_79b1) ^ seed.wrapping_mul(0x85eb_ca77);
    ((mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d) >> 24) as u8
}

/// Writes the pattern from its byte number `from` on.
pub(crate) fn fill(bytes: &mut [u8], seed: u32, from: usize) {
    for (at, place) in bytes.iter_mut().enumerate() {
        *place = byte(seed, from + at);
    }
}

/// Fails at the first byte that is not the pattern's, from its byte number `from` on.
#[track_caller]
pub(crate) fn verify(bytes: &[u8], seed: u32, from: usize, what: &'static str) -> Result<(), Halt> {
    verify_with(bytes, |at| byte(seed, from + at), what)
}

/// Fails at the first byte that is not a canary.
#[track_caller]
pub(crate) fn intact(bytes: &[u8], what: &'static str) -> Result<(), Halt> {
    verify_with(bytes, |_| CANARY, what)
}

/// Fails at the first byte that is not `expected` of its place.
#[track_caller]
pub(crate) fn verify_with(
    bytes: &[u8],
    expected: impl Fn(usize) -> u8,
    what: &'static str,
) -> Result<(), Halt> {
    match bytes.iter().enumerate().find(|(at, byte)| **byte != expected(*at)) {
        None => Ok(()),
        Some((at, byte)) => Err(Halt::failed(
            what,
            Value::Byte { at, value: expected(at) },
            Value::Byte { at, value: *byte },
        )),
    }
}

/// The last byte of a pattern of `length` bytes that lands at the same place as byte `at` if the
/// pattern goes round in a window of `window` bytes.
pub(crate) const fn last_lap(at: usize, length: usize, window: u64) -> usize {
    if window >= length as u64 {
        return at;
    }
    // Fits: it is below `length`, a `usize`.
    #[expect(clippy::cast_possible_truncation, reason = "below `length`, which is a usize")]
    let window = window as usize;
    at + (length - 1 - at) / window * window
}

#[cfg(test)]
mod tests {
    use super::*;

    // Laps: in a window of 4, bytes 0..10 leave 8, 9, 6, 7 at the places of 0, 1, 2, 3.
    #[test]
    fn last_lap_is_what_stays() {
        let stays: [usize; 10] = core::array::from_fn(|at| last_lap(at, 10, 4));
        assert_eq!(stays, [8, 9, 6, 7, 8, 9, 6, 7, 8, 9]);
        assert_eq!(last_lap(3, 10, 10), 3);
        assert_eq!(last_lap(3, 10, u64::MAX), 3);
    }

    // Neighbouring bytes, seeds and 256-byte steps give different bytes most of the time, so
    // that a shifted or repeated piece is noticed.
    #[test]
    fn pattern_depends_on_place_and_seed() {
        let differ =
            |other: fn(usize) -> u8| (0..4096).filter(|at| byte(1, *at) != other(*at)).count();
        assert!(differ(|at| byte(2, at)) > 4000);
        assert!(differ(|at| byte(1, at + 1)) > 4000);
        assert!(differ(|at| byte(1, at + 256)) > 4000);
        assert!(differ(|at| byte(1, at + 4096)) > 4000);
    }

    // One changed byte is found, with its place.
    #[test]
    fn verify_names_the_first_wrong_byte() {
        let mut bytes = [0; 64];
        fill(&mut bytes, 7, 3);
        assert!(verify(&bytes, 7, 3, "bytes").is_ok());
        bytes[40] ^= 1;
        let Err(Halt::Failed(failure)) = verify(&bytes, 7, 3, "bytes") else { panic!("not found") };
        assert!(matches!(failure.seen, Value::Byte { at: 40, .. }));
    }
}
