//! A short name for what something was made from, for a cache.
//!
//! FNV-1a with 64 bits: it tells pins, options and versions of tools apart, and protects from
//! nothing. Checksums of what is fetched are SHA-256 and stand with the pins.

use std::fmt;

/// Grows with every part that is added; equal parts in equal order give equal fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fingerprint {
    /// Adds a part; where one ends and the next begins counts.
    #[must_use]
    pub fn with(mut self, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref();
        for byte in part.iter().copied().chain(part.len().to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The same parts give the same name; moving a border between parts does not.
    #[test]
    fn parts_and_their_borders_count() {
        let parts = |a: &str, b: &str| Fingerprint::default().with(a).with(b);
        assert_eq!(parts("ab", "c"), parts("ab", "c"));
        assert_ne!(parts("ab", "c"), parts("a", "bc"));
        assert_eq!(parts("ab", "c").to_string().len(), 16);
    }
}
