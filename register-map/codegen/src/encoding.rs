//! Bytes of a file as text.
//!
//! Most descriptions are UTF-8, some are UTF-16, and some were written in the days of Latin-1 and
//! have one degree sign in a description to show for it.

/// What the bytes were taken for, if that is not UTF-8.
pub(crate) fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let wide = |rest: &[u8], join: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks().0.iter().map(|&pair: &[u8; 2]| join(pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => (wide(rest, u16::from_le_bytes), Some("UTF-16")),
        [0xfe, 0xff, rest @ ..] => (wide(rest, u16::from_be_bytes), Some("UTF-16")),
        // Every byte is the character with its number.
        _ => (bytes.iter().copied().map(char::from).collect(), Some("Latin-1")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The same text in each encoding is the same text.
    #[test]
    fn every_encoding_gives_the_text() {
        let text = "<a>85 °C</a>";
        let units = || text.encode_utf16();
        let little: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode(text.as_bytes()), (text.to_owned(), None));
        assert_eq!(decode(&little), (text.to_owned(), Some("UTF-16")));
        assert_eq!(decode(&big), (text.to_owned(), Some("UTF-16")));
        assert_eq!(decode(b"<a>85 \xb0C</a>"), (text.to_owned(), Some("Latin-1")));
    }
}
