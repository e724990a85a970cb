//! Buffers that a driver announces in the log.
//!
//! Many drivers print where their buffers are. Such a line is the one place that tells which
//! number a card was given, and under which name the driver knew it.

use serde::{Deserialize, Serialize};

use crate::parser::scan::{self, Scan};

/// A buffer with an address and a size, as a driver printed them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Announced {
    /// Its number, if the line has one.
    pub index: Option<u64>,
    /// Where it begins, as the line says.
    pub address: u64,
    /// Bytes.
    pub length: u64,
    /// What the line calls the address.
    pub named: Named,
    /// The very word.
    pub word: String,
    /// The line of the log, from 1.
    pub line: u64,
    /// The line itself.
    pub text: String,
}

/// What a line calls an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// `phaddr`, `paddr`, `phys`: an address of the processor's memory.
    Physical,
    /// `dma`, `handle`, `iova`, `bus`: what a device is given.
    Handle,
    /// Something else.
    Unclear,
}

/// Words before an address, in small letters, and what they say.
const WORDS: &[(&str, Named)] = &[
    ("dma_handle", Named::Handle),
    ("dma_addr", Named::Handle),
    ("dmaaddr", Named::Handle),
    ("dma addr", Named::Handle),
    ("dma handle", Named::Handle),
    ("dma", Named::Handle),
    ("handle", Named::Handle),
    ("iova", Named::Handle),
    ("bus_addr", Named::Handle),
    ("bus", Named::Handle),
    ("phys_addr", Named::Physical),
    ("physical", Named::Physical),
    ("phaddr", Named::Physical),
    ("physaddr", Named::Physical),
    ("paddr", Named::Physical),
    ("phys", Named::Physical),
    ("addr", Named::Unclear),
    ("address", Named::Unclear),
];

impl Announced {
    /// Reads a line; `None` if it is no announcement with an address and a size.
    pub(crate) fn parse(message: &str, line: u64) -> Option<Self> {
        let small = message.to_ascii_lowercase();
        let length = after(&small, &["size", "len", "length", "bytes"])?;
        if length == 0 {
            return None;
        }
        let (address, named, word) = address(&small)?;
        address.checked_add(length)?;
        Some(Self {
            index: after(&small, &["index", "buffer", "buf", "#"]),
            address,
            length,
            named,
            word,
            line,
            text: message.to_owned(),
        })
    }

    /// Where an address lies in it, in bytes from its start.
    #[must_use]
    pub fn offset_of(&self, address: u64) -> Option<u64> {
        address.checked_sub(self.address).filter(|&offset| offset < self.length)
    }
}

/// The number behind the first of these words that has one.
fn after(text: &str, words: &[&str]) -> Option<u64> {
    words
        .iter()
        .find_map(|word| scan::words(text, word).find_map(|rest| Scan::new(rest).joint().number()))
}

/// The address with the word before it. It is in hexadecimal, or it is none.
fn address(text: &str) -> Option<(u64, Named, String)> {
    WORDS.iter().find_map(|(word, named)| {
        scan::words(text, word)
            .find_map(|rest| Scan::new(rest).joint().hexadecimal())
            .map(|address| (address, *named, (*word).to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The words for addresses that drivers use are told apart, and nothing else is taken for one.
    #[test]
    fn announcements_are_read() {
        for (line, expected) in [
            (
                "ii : Alloc size 4194304 at index 1 phaddr 0xc2102000",
                (Some(1), 0xc210_2000, Named::Physical),
            ),
            (
                "card: buffer 3: dma_addr=0xfff00000 len=0x1000",
                (Some(3), 0xfff0_0000, Named::Handle),
            ),
            (
                "x: ring size: 64, dma handle: 0x00000000ffffe000",
                (None, 0xffff_e000, Named::Handle),
            ),
            ("x: size 16 paddr = 0x10", (None, 0x10, Named::Physical)),
        ] {
            let found = Announced::parse(line, 7).unwrap();
            assert_eq!((found.index, found.address, found.named), expected, "{line}");
        }
        for line in [
            "usb: size 12 address 5",
            "alloc size 0 phaddr 0x1000",
            "phaddr 0x1000",
            "size 1 phaddr 0xffffffffffffffff",
            "size phaddr",
        ] {
            assert_eq!(Announced::parse(line, 1), None, "{line}");
        }
    }
}
