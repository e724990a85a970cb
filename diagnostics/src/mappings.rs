//! What is mapped for a device: a snapshot that a process writes, a tool reads.
//!
//! As JSON it is
//!
//! ```json
//! { "device": "0000:03:00.0",
//!   "mappings": [ { "iova": 4294901760, "length": 65536, "direction": "to-device",
//!                   "label": "out", "ended": false } ] }
//! ```
//!
//! Mappings that ended lately are in it too, since a device that goes on after its buffer was
//! freed is the fault that is hardest to see.

use std::fmt;

use dma_core::{Direction, Directions};
use serde::{Deserialize, Serialize};

/// What was found near an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place<'m> {
    /// In a mapping, at so many bytes from its start.
    Inside(&'m Mapping, u64),
    /// In a mapping that ended, at so many bytes from its start.
    Freed(&'m Mapping, u64),
    /// So many bytes behind the last one of a mapping: 0 is the first behind it.
    PastEnd(&'m Mapping, u64),
    /// In a mapping if the address had the upper bits that were cut off: where it would be.
    Truncated(&'m Mapping, u64),
    /// Nothing near.
    Nothing,
}

/// One mapping.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mapping {
    /// Where it begins, as the device sees it.
    pub iova: u64,
    /// Bytes.
    pub length: u64,
    /// Which accesses it permits: `to-device`, `from-device` or `both`.
    pub direction: Permits,
    /// What the program calls it; may be empty.
    #[serde(default)]
    pub label: String,
    /// The address space it is in; may be empty if there is one.
    #[serde(default)]
    pub domain: String,
    /// Whether it was taken away.
    #[serde(default)]
    pub ended: bool,
}

/// Which accesses a mapping permits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permits {
    /// The device may read.
    ToDevice,
    /// The device may write.
    FromDevice,
    /// Both.
    Both,
}

impl From<Directions> for Permits {
    fn from(directions: Directions) -> Self {
        match (
            directions.contains(Directions::TO_DEVICE),
            directions.contains(Directions::FROM_DEVICE),
        ) {
            (true, false) => Self::ToDevice,
            (false, true) => Self::FromDevice,
            _ => Self::Both,
        }
    }
}

impl Permits {
    /// Whether it permits this one.
    #[must_use]
    pub fn allows(self, direction: Direction) -> bool {
        match self {
            Self::Both => true,
            Self::ToDevice => direction == Direction::ToDevice,
            Self::FromDevice => direction == Direction::FromDevice,
        }
    }
}

/// What is and was mapped for a device.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mappings {
    /// The device, as `0000:03:00.0`, if it is one on PCI.
    #[serde(default)]
    pub device: Option<String>,
    /// What is mapped, and what was lately.
    pub mappings: Vec<Mapping>,
}

/// Why a table could not be read.
#[derive(Debug)]
pub struct MappingsError {
    reason: String,
}

impl fmt::Display for MappingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no table of mappings: {}; it is JSON, with \"mappings\": [...]", self.reason)
    }
}

impl std::error::Error for MappingsError {}

/// How far behind a mapping an address still belongs to it, at most.
const NEAR: u64 = 1 << 20;

impl Mappings {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// It is no JSON of this form, or a mapping has no bytes or does not fit 64 bits.
    pub fn from_json(text: &str) -> Result<Self, MappingsError> {
        let table: Self = serde_json::from_str(text)
            .map_err(|error| MappingsError { reason: error.to_string() })?;
        for mapping in &table.mappings {
            if mapping.length == 0 || mapping.iova.checked_add(mapping.length - 1).is_none() {
                let reason = format!(
                    "the mapping at {:#x} has {} bytes, which is no range",
                    mapping.iova, mapping.length
                );
                return Err(MappingsError { reason });
            }
        }
        Ok(table)
    }

    /// What is at an address, or near it. What is mapped now goes before what was.
    #[must_use]
    pub fn find(&self, iova: u64) -> Place<'_> {
        let inside = |ended: bool, iova: u64| {
            self.mappings.iter().rev().filter(move |it| it.ended == ended).find_map(move |it| {
                let offset = iova.checked_sub(it.iova).filter(|&offset| offset < it.length)?;
                Some((it, offset))
            })
        };
        if let Some((mapping, offset)) = inside(false, iova) {
            return Place::Inside(mapping, offset);
        }
        if let Some((mapping, offset)) = inside(true, iova) {
            return Place::Freed(mapping, offset);
        }
        let behind =
            |it: &Mapping| iova.checked_sub(it.iova).and_then(|at| at.checked_sub(it.length));
        let live = self.mappings.iter().filter(|it| !it.ended);
        let nearest = live.filter_map(|it| Some((it, behind(it)?))).min_by_key(|(_, at)| *at);
        if let Some((mapping, past)) = nearest
            && past < mapping.length.min(NEAR)
        {
            return Place::PastEnd(mapping, past);
        }
        if u32::try_from(iova).is_ok() {
            let upper = self.mappings.iter().filter(|it| !it.ended).find_map(|it| {
                let meant = it.iova & !u64::from(u32::MAX) | iova;
                let offset = meant.checked_sub(it.iova).filter(|&offset| offset < it.length)?;
                (meant != iova).then_some((it, offset))
            });
            if let Some((mapping, offset)) = upper {
                return Place::Truncated(mapping, offset);
            }
        }
        Place::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Mappings {
        Mappings::from_json(
            r#"{ "mappings": [
                { "iova": 65536, "length": 4096, "direction": "to-device", "label": "out" },
                { "iova": 131072, "length": 4096, "direction": "both", "ended": true },
                { "iova": 51539607552, "length": 8192, "direction": "from-device", "label": "in" }
            ] }"#,
        )
        .unwrap()
    }

    // An address is placed in, behind, in what was freed, by its lower half, or nowhere.
    #[test]
    fn addresses_are_placed() {
        let table = table();
        let said = |iova| match table.find(iova) {
            Place::Inside(it, at) => format!("inside {} {at}", it.label),
            Place::Freed(_, at) => format!("freed {at}"),
            Place::PastEnd(it, at) => format!("past {} {at}", it.label),
            Place::Truncated(it, at) => format!("truncated {} {at}", it.label),
            Place::Nothing => "nothing".to_owned(),
        };
        for (iova, expected) in [
            (0x1_0000, "inside out 0"),
            (0x1_0fff, "inside out 4095"),
            (0x1_1000, "past out 0"),
            (0x1_1fff, "past out 4095"),
            (0x1_2000, "nothing"),
            (0x2_0010, "freed 16"),
            (0xc_0000_1000, "inside in 4096"),
            (0x1000, "truncated in 4096"),
            (0xffff_ffff_ffff_ffff, "nothing"),
        ] {
            assert_eq!(said(iova), expected, "{iova:#x}");
        }
    }

    // A table that is none is refused with what is wrong about it.
    #[test]
    fn wrong_tables_are_refused() {
        for (text, part) in [
            ("", "EOF"),
            ("{}", "mappings"),
            (r#"{"mappings":[{"iova":1,"length":0,"direction":"both"}]}"#, "0 bytes"),
            (
                r#"{"mappings":[{"iova":18446744073709551615,"length":2,"direction":"both"}]}"#,
                "no range",
            ),
            (r#"{"mappings":[{"iova":1,"length":1,"direction":"up"}]}"#, "up"),
        ] {
            let error = Mappings::from_json(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
