//! Numbers as descriptions write them.
//!
//! Decimal, `0x`, `0b` and `#` (binary); in the binary forms an `x` is a bit that does not
//! matter. Other readers take such a bit for a zero, which describes another device.

use std::fmt;

/// Why a text is no number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NumberError {
    /// Nothing there.
    Empty,
    /// Not one of the forms.
    Malformed,
    /// More than 64 bits.
    TooLarge,
    /// It has bits that do not matter, where every bit does.
    DoNotCare,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::Malformed => "is no number",
            Self::TooLarge => "does not fit 64 bits",
            Self::DoNotCare => "has bits that do not matter",
        })
    }
}

/// A number of which some bits do not matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pattern {
    /// The number, with zeros where it does not matter.
    pub(crate) value: u64,
    /// Ones where it does not matter.
    pub(crate) free: u64,
}

impl Pattern {
    /// How many numbers it stands for; saturates.
    pub(crate) fn count(self) -> u64 {
        1u64.checked_shl(self.free.count_ones()).unwrap_or(u64::MAX)
    }

    /// The numbers it stands for, in ascending order.
    pub(crate) fn values(self) -> impl Iterator<Item = u64> {
        let mut next = Some(0u64);
        std::iter::from_fn(move || {
            let free = next?;
            // Adding one to the free bits alone: the fixed bits are filled so that carries pass.
            next = (free | !self.free)
                .checked_add(1)
                .map(|sum| sum & self.free)
                .filter(|&sum| sum != 0);
            Some(self.value | free)
        })
    }
}

/// Reads a number.
pub(crate) fn number(text: &str) -> Result<u64, NumberError> {
    let pattern = pattern(text)?;
    if pattern.free == 0 { Ok(pattern.value) } else { Err(NumberError::DoNotCare) }
}

/// Reads a number whose binary forms may have bits that do not matter.
pub(crate) fn pattern(text: &str) -> Result<Pattern, NumberError> {
    // The grammar allows a sign and one suffix for the order of magnitude.
    let text = text.trim();
    let text = text.strip_prefix('+').unwrap_or(text);
    // Vendors who think in C write `0x20UL`.
    let text = text.trim_end_matches(['u', 'U', 'l', 'L']);
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let plain = |digits: &str, radix| parse(digits, radix).map(|value| Pattern { value, free: 0 });
    if let Some(digits) = prefixed(text, "0x") {
        plain(digits, 16)
    } else if let Some(digits) = prefixed(text, "0b").or_else(|| text.strip_prefix('#')) {
        binary(digits)
    } else {
        let scaled = text.char_indices().last().and_then(|(at, letter)| {
            let shift = match letter.to_ascii_lowercase() {
                'k' => 10,
                'm' => 20,
                'g' => 30,
                't' => 40,
                _ => return None,
            };
            Some((text.get(..at)?, 1u64 << shift))
        });
        let (digits, factor) = scaled.unwrap_or((text, 1));
        let value = parse(digits, 10)?;
        let value = value.checked_mul(factor).ok_or(NumberError::TooLarge)?;
        Ok(Pattern { value, free: 0 })
    }
}

/// The rest of `text` after `prefix`, in either case.
fn prefixed<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    if head.eq_ignore_ascii_case(prefix) { text.get(prefix.len()..) } else { None }
}

fn parse(digits: &str, radix: u32) -> Result<u64, NumberError> {
    let digits = digits.replace('_', "");
    if digits.is_empty() || !digits.chars().all(|letter| letter.is_digit(radix)) {
        return Err(NumberError::Malformed);
    }
    u64::from_str_radix(&digits, radix).map_err(|_| NumberError::TooLarge)
}

fn binary(digits: &str) -> Result<Pattern, NumberError> {
    let mut pattern = Pattern { value: 0, free: 0 };
    let mut bits = 0;
    for letter in digits.chars().filter(|&letter| letter != '_') {
        let (value, free) = match letter {
            '0' => (0, 0),
            '1' => (1, 0),
            'x' | 'X' => (0, 1),
            _ => return Err(NumberError::Malformed),
        };
        if (pattern.value | pattern.free) >> 63 != 0 {
            return Err(NumberError::TooLarge);
        }
        pattern.value = pattern.value << 1 | value;
        pattern.free = pattern.free << 1 | free;
        bits += 1;
    }
    if bits == 0 {
        return Err(NumberError::Malformed);
    }
    Ok(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every form of the grammar gives its number.
    #[test]
    fn every_form_is_read() {
        for (text, value) in [
            ("12", 12),
            (" 0x1F\n", 31),
            ("0X1f", 31),
            ("#101", 5),
            ("0b101", 5),
            ("0B101", 5),
            ("+7", 7),
            ("4k", 4096),
            ("0xffff_ffff_ffff_ffff", u64::MAX),
            ("007", 7),
            ("0x20UL", 32),
        ] {
            assert_eq!(number(text), Ok(value), "{text}");
        }
    }

    // What is no number is told apart from what is too large.
    #[test]
    fn bad_numbers_say_why() {
        for text in ["0x", "#", "12z", "-1", "0b12", "é", "0é", "k", "1 2"] {
            assert_eq!(number(text), Err(NumberError::Malformed), "{text}");
        }
        assert_eq!(number("  "), Err(NumberError::Empty));
        assert_eq!(number("0x1ffffffffffffffff"), Err(NumberError::TooLarge));
        assert_eq!(number(&format!("#1{}", "0".repeat(64))), Err(NumberError::TooLarge));
        assert_eq!(number("18446744073709551615k"), Err(NumberError::TooLarge));
        assert_eq!(number("#1x"), Err(NumberError::DoNotCare));
    }

    // A pattern stands for every number that fits it, each once.
    #[test]
    fn pattern_lists_its_numbers() {
        let pattern = pattern("#1x0X").unwrap();
        assert_eq!(pattern.count(), 4);
        assert_eq!(pattern.values().collect::<Vec<_>>(), [8, 9, 12, 13]);
        let single = super::pattern("0b11").unwrap();
        assert_eq!(single.values().collect::<Vec<_>>(), [3]);
        let all = super::pattern(&format!("#{}", "x".repeat(64))).unwrap();
        assert_eq!(all.count(), u64::MAX);
        assert_eq!(all.values().take(3).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
