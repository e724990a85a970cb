//! What a device can reach now, and what it could a moment ago.
//!
//! When the IOMMU refuses an access, the address alone says little. Compared with this list it says
//! that a buffer was freed too early, that its end was passed, or that the number was never an
//! IOVA at all.
#![forbid(unsafe_code)]

use core::fmt::{self, Write as _};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use dma_core::Directions;

/// How many mappings that are gone are remembered.
const REMEMBERED: usize = 64;

/// Whether it is there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MappingState {
    /// The device reaches it.
    Live,
    /// It was taken away.
    Freed,
    /// The kernel refused to take it away: it stays, and so does its memory.
    Leaked,
}

/// One mapping.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// The first address, as the device says it.
    pub iova: u64,
    /// Length in bytes, in whole pages.
    pub length: u64,
    /// What the device may do with it.
    pub permits: Directions,
    /// What the program calls it; empty if nothing.
    pub label: Arc<str>,
    /// Whether it is there.
    pub state: MappingState,
}

/// The mappings of an address space at one moment: live ones by address, then those that were
/// freed, the latest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mappings {
    device: String,
    all: Vec<Mapping>,
}

impl Mappings {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Mapping] {
        &self.all
    }

    /// The mapping that has, or had, this address: a live one if there is one.
    #[must_use]
    pub fn at(&self, iova: u64) -> Option<&Mapping> {
        self.all.iter().find(|mapping| {
            iova.checked_sub(mapping.iova).is_some_and(|inside| inside < mapping.length)
        })
    }

    /// The device, as "0000:01:00.0".
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device
    }

    /// As JSON, in the form that the crate `diagnostics` reads:
    ///
    /// ```json
    /// { "device": "0000:01:00.0",
    ///   "mappings": [ { "iova": 65536, "length": 4096, "direction": "both",
    ///                   "label": "", "ended": false } ] }
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = format!(r#"{{"device":"{}","mappings":["#, self.device);
        for (index, mapping) in self.all.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            // Writing to a string cannot fail.
            let _ = write_json(&mut text, mapping);
        }
        text.push_str("]}");
        text
    }
}

fn write_json(text: &mut String, mapping: &Mapping) -> fmt::Result {
    let direction = match mapping.permits {
        Directions::TO_DEVICE => "to-device",
        Directions::FROM_DEVICE => "from-device",
        _ => "both",
    };
    let ended = mapping.state == MappingState::Freed;
    write!(
        text,
        r#"{{"iova":{},"length":{},"direction":"{direction}","label":""#,
        mapping.iova, mapping.length
    )?;
    for letter in mapping.label.chars() {
        match letter {
            '"' | '\\' => write!(text, "\\{letter}")?,
            control if control.is_control() => write!(text, "\\u{:04x}", u32::from(control))?,
            letter => text.push(letter),
        }
    }
    write!(text, r#"","ended":{ended}}}"#)
}

/// The list while it changes. For backends.
#[derive(Debug, Default)]
pub struct MappingBook {
    live: BTreeMap<u64, Mapping>,
    /// Latest first.
    gone: VecDeque<Mapping>,
}

impl MappingBook {
    /// One more.
    pub fn enter(&mut self, mapping: Mapping) {
        self.live.insert(mapping.iova, mapping);
    }

    /// The mapping that begins there is no longer live.
    pub fn strike(&mut self, iova: u64) {
        if let Some(mapping) = self.live.remove(&iova) {
            self.gone.truncate(REMEMBERED - 1);
            self.gone.push_front(Mapping { state: MappingState::Freed, ..mapping });
        }
    }

    /// The mapping that begins there stays for ever.
    pub fn leak(&mut self, iova: u64) {
        if let Some(mapping) = self.live.get_mut(&iova) {
            mapping.state = MappingState::Leaked;
        }
    }

    /// As it is now.
    #[must_use]
    pub fn read(&self, device: String) -> Mappings {
        Mappings { device, all: self.live.values().chain(&self.gone).cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(iova: u64, label: &str) -> Mapping {
        Mapping {
            iova,
            length: 0x2000,
            permits: Directions::FROM_DEVICE,
            label: label.into(),
            state: MappingState::Live,
        }
    }

    // An address is found in the mapping that has it, else in the latest that had it.
    #[test]
    fn address_is_found_live_or_freed() {
        let mut book = MappingBook::default();
        book.enter(mapping(0x1000, "old"));
        book.strike(0x1000);
        book.enter(mapping(0x1000, "older, freed later"));
        book.strike(0x1000);
        book.enter(mapping(0x8000, "live"));
        let list = book.read(String::new());
        assert_eq!(&*list.at(0x9fff).unwrap().label, "live");
        let freed = list.at(0x2fff).unwrap();
        assert_eq!((&*freed.label, freed.state), ("older, freed later", MappingState::Freed));
        assert_eq!(list.at(0x3000), None);
        book.enter(mapping(0x1000, "new"));
        assert_eq!(&*book.read(String::new()).at(0x1000).unwrap().label, "new");
    }

    // What was freed is remembered, but not for ever.
    #[test]
    fn memory_of_freed_ones_is_bounded() {
        let mut book = MappingBook::default();
        for index in 0..1000 {
            book.enter(mapping(index << 13, ""));
            book.strike(index << 13);
        }
        let list = book.read(String::new());
        assert_eq!(list.all().len(), REMEMBERED);
        assert_eq!(list.all()[0].iova, 999 << 13);
    }

    // Labels cannot break the JSON.
    #[test]
    fn json_is_escaped() {
        let mut book = MappingBook::default();
        book.enter(mapping(0x1000, "a \"ring\"\n\\"));
        book.leak(0x1000);
        let expected = r#"{"device":"0000:01:00.0","mappings":[{"iova":4096,"length":8192,"direction":"from-device","label":"a \"ring\"\u000a\\","ended":false}]}"#;
        assert_eq!(book.read("0000:01:00.0".to_owned()).to_json(), expected);
    }
}
