//! The table of `model.rs`: where the card finds what it was told.
#![forbid(unsafe_code)]

use std::fmt::Write as _;

use super::roles::{Addresses, Roles, Setting, Way};
use crate::registers::{Entry, Kind, Map};

/// The table, one row for each engine.
pub(super) fn table(roles: &Roles<'_>) -> String {
    let mut text = String::new();
    for (way, from_card) in roles.ways() {
        let _ = writeln!(text, "{},", row(way, from_card));
    }
    text
}

fn row(way: &Way<'_>, from_card: Option<bool>) -> String {
    let (addresses, one, other) = match &way.addresses {
        Addresses::HostAndPlace(host, place) => ("HostAndPlace", host, place),
        Addresses::SourceAndDestination(source, destination) => {
            ("SourceAndDestination", source, destination)
        }
    };
    let list = way.list.as_ref().map_or("None".to_owned(), |list| format!("Some({})", value(list)));
    let stop = way.stop.as_ref().map_or("None".to_owned(), |stop| format!("Some({})", bits(stop)));
    format!(
        "Way {{ list: {list}, addresses: Addresses::{addresses}({}, {}), length: {}, start: {}, \
         from_card: {from_card:?}, direction: {:#x}, busy: {}, stop: {stop} }}",
        value(one),
        value(other),
        value(&way.length),
        bits(&way.start),
        way.direction,
        bits(&way.busy),
    )
}

/// Where a number is.
fn value(entry: &Entry<'_>) -> String {
    let memory = entry.place.region == Map::MEMORY;
    let region = if memory { "IN_DESCRIPTOR".to_owned() } else { entry.place.region.to_string() };
    let high = entry.high.map(|high| high.offset);
    let bytes = match entry.kind {
        Kind::Register(register) => register.bits / 8,
        Kind::Pair(_) => 4,
    };
    let high = high.map_or("None".to_owned(), |high| format!("Some({high:#x})"));
    format!(
        "Value {{ region: {region}, low: {:#x}, high: {high}, bytes: {bytes} }}",
        entry.place.offset
    )
}

/// Bits of a register.
fn bits(setting: &Setting<'_>) -> String {
    let Setting { entry, value, mask } = setting;
    format!(
        "Bits {{ region: {}, offset: {:#x}, mask: {mask:#x}, value: {value:#x} }}",
        entry.place.region, entry.place.offset
    )
}
