//! Reading a line from left to right.
//!
//! A log may be cut anywhere. A number counts only if something stands behind it: the first half
//! of an address is another address.

/// What is left of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan<'t> {
    rest: &'t str,
}

impl<'t> Scan<'t> {
    pub(crate) fn new(rest: &'t str) -> Self {
        Self { rest }
    }

    /// Behind the next place where `text` stands.
    pub(crate) fn past(self, text: &str) -> Option<Self> {
        let (_, rest) = self.rest.split_once(text)?;
        Some(Self { rest })
    }

    /// Behind spaces and one `=` or `:`.
    pub(crate) fn joint(self) -> Self {
        let rest = self.rest.trim_start();
        let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest);
        Self { rest: rest.trim_start() }
    }

    /// What stands here.
    pub(crate) fn rest(self) -> &'t str {
        self.rest
    }

    /// What stands before the next of these characters; `None` if there is none.
    pub(crate) fn until(self, ends: &[char]) -> Option<&'t str> {
        self.rest.find(ends).and_then(|at| self.rest.get(..at))
    }

    /// A number, in hexadecimal with `0x`, else in decimal. At the end of the line it counts.
    pub(crate) fn number(self) -> Option<u64> {
        if self.rest.starts_with("0x") { self.hexadecimal() } else { self.digits(10, false) }
    }

    /// A number with `0x` before it. At the end of the line it counts.
    pub(crate) fn hexadecimal(self) -> Option<u64> {
        Self { rest: self.rest.strip_prefix("0x")? }.digits(16, false)
    }

    /// A number in hexadecimal, with or without `0x`, behind which something stands.
    pub(crate) fn whole_hexadecimal(self) -> Option<u64> {
        let rest = self.rest.strip_prefix("0x").unwrap_or(self.rest);
        Self { rest }.digits(16, true)
    }

    /// A number in hexadecimal, with or without `0x`, that ends the line: it may be cut.
    pub(crate) fn last_hexadecimal(self) -> Option<u64> {
        let rest = self.rest.strip_prefix("0x").unwrap_or(self.rest);
        rest.chars().all(|it| it.is_ascii_hexdigit()).then(|| Self { rest }.digits(16, false))?
    }

    /// A number in decimal behind which something stands.
    pub(crate) fn whole_decimal(self) -> Option<u64> {
        self.digits(10, true)
    }

    fn digits(self, radix: u32, whole: bool) -> Option<u64> {
        let end = self.rest.find(|letter: char| !letter.is_digit(radix));
        let digits = self.rest.get(..end.unwrap_or(self.rest.len()))?;
        let behind = self.rest.get(digits.len()..)?;
        let cut = whole && behind.is_empty();
        if digits.is_empty() || cut || behind.starts_with(|it: char| it.is_ascii_alphanumeric()) {
            return None;
        }
        u64::from_str_radix(digits, radix).ok()
    }
}

/// What stands behind each place where a word does; letters and `_` before or behind make it
/// another word.
pub(crate) fn words<'t>(text: &'t str, word: &str) -> impl Iterator<Item = &'t str> {
    let letter = |it: char| it.is_ascii_alphabetic() || it == '_';
    text.match_indices(word).filter_map(move |(at, found)| {
        let (before, behind) = (text.get(..at)?, text.get(at + found.len()..)?);
        (!before.ends_with(letter) && !behind.starts_with(letter)).then_some(behind)
    })
}

/// A PCI address with its domain, in small letters; `None` if it is none.
pub(crate) fn pci(text: &str) -> Option<String> {
    let (bus, function) = text.rsplit_once('.')?;
    let parts: Vec<&str> = bus.split(':').collect();
    let (domain, bus, device) = match parts.as_slice() {
        [domain, bus, device] => (*domain, *bus, *device),
        [bus, device] => ("0000", *bus, *device),
        _ => return None,
    };
    let hexadecimal = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&text.len()) && text.chars().all(|it| it.is_ascii_hexdigit())
    };
    let fits = hexadecimal(domain, 4..=8)
        && hexadecimal(bus, 2..=2)
        && hexadecimal(device, 2..=2)
        && hexadecimal(function, 1..=1);
    fits.then(|| format!("{domain}:{bus}:{device}.{function}").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    // A number that the line ends with may have been cut, so it does not count as whole.
    #[test]
    fn cut_numbers_do_not_count() {
        assert_eq!(Scan::new("0xc2102000, x").whole_hexadecimal(), Some(0xc210_2000));
        assert_eq!(Scan::new("9c000000 [").whole_hexadecimal(), Some(0x9c00_0000));
        for cut in ["0xc2102000", "0x", "", "0x12g", "0x1ffffffffffffffff "] {
            assert_eq!(Scan::new(cut).whole_hexadecimal(), None, "{cut}");
        }
        assert_eq!(Scan::new("16 at").whole_decimal(), Some(16));
    }

    // PCI addresses are read with and without a domain.
    #[test]
    fn pci_addresses_are_read() {
        assert_eq!(pci("03:00.0").as_deref(), Some("0000:03:00.0"));
        assert_eq!(pci("0001:0A:1f.7").as_deref(), Some("0001:0a:1f.7"));
        for other in ["", "03:00", "1:2.3", "12000000.iommu", "a:b:c:d.e", "00:00.00"] {
            assert_eq!(pci(other), None, "{other}");
        }
    }
}
