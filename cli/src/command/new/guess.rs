//! What names of registers say. Whatever is found so is told to the user.
#![forbid(unsafe_code)]

use register_map_codegen::{Field, Read, Role, Write};

use crate::registers::{Entry, Kind, Map};

/// The last step's name, in capitals.
fn name(entry: &Entry<'_>) -> String {
    entry.steps.last().map(|step| step.name.to_ascii_uppercase()).unwrap_or_default()
}

fn says(entry: &Entry<'_>, words: &[&str]) -> bool {
    let name = name(entry);
    words.iter().any(|word| name.contains(word))
}

fn in_memory(entry: &Entry<'_>) -> bool {
    entry.place.region == Map::MEMORY
}

type Entries<'e, 'm> = &'e [Entry<'m>];

fn steering<'e, 'm>(all: Entries<'e, 'm>, memory: bool) -> impl Iterator<Item = &'e Entry<'m>> {
    all.iter().filter(move |entry| entry.role() == Role::Steers && in_memory(entry) == memory)
}

fn first<'m>(all: Entries<'_, 'm>, memory: bool, words: &[&str]) -> Option<Entry<'m>> {
    steering(all, memory).find(|entry| says(entry, words)).cloned()
}

const SOURCE: &[&str] = &["SRC", "SOURCE", "READ_ADDR"];
const DESTINATION: &[&str] = &["DST", "DEST", "WRITE_ADDR"];

/// Whether there is an address for what is read, and one for what is written.
pub(super) fn has_both(all: Entries<'_, '_>, memory: bool) -> bool {
    first(all, memory, SOURCE).is_some() && first(all, memory, DESTINATION).is_some()
}

pub(super) fn source<'m>(all: Entries<'_, 'm>, memory: bool) -> Option<Entry<'m>> {
    first(all, memory, SOURCE)
}

pub(super) fn destination<'m>(all: Entries<'_, 'm>, memory: bool) -> Option<Entry<'m>> {
    first(all, memory, DESTINATION)
}

/// The one address register, if there is one only.
pub(super) fn host<'m>(all: Entries<'_, 'm>, memory: bool) -> Option<Entry<'m>> {
    let mut found = steering(all, memory);
    let one = found.next()?;
    found.next().is_none().then(|| one.clone())
}

/// The register that takes a descriptor's address: it is called as the layout is.
pub(super) fn list<'m>(all: Entries<'_, 'm>) -> Option<Entry<'m>> {
    let layout = steering(all, true).next()?;
    let layout = layout.steps.first()?.name.to_ascii_uppercase();
    steering(all, false).find(|entry| name(entry).contains(&layout)).cloned()
}

fn number<'m>(all: Entries<'_, 'm>, memory: bool, words: &[&str]) -> Option<Entry<'m>> {
    let plain = |entry: &&Entry<'_>| {
        in_memory(entry) == memory
            && entry.write() == Write::Plain
            && entry.role() == Role::None
            && matches!(entry.kind, Kind::Register(_))
    };
    all.iter().filter(plain).find(|entry| says(entry, words)).cloned()
}

pub(super) fn length<'m>(all: Entries<'_, 'm>, memory: bool) -> Option<Entry<'m>> {
    number(all, memory, &["LENGTH", "COUNT", "BYTES", "SIZE", "_LEN"])
}

pub(super) fn place<'m>(all: Entries<'_, 'm>, memory: bool) -> Option<Entry<'m>> {
    number(all, memory, &["PLACE", "OFFSET", "LOCAL", "CARD_ADDR", "DEVICE_ADDR"])
}

fn bit(fields: &[Field], words: &[&str], wanted: impl Fn(&Field) -> bool) -> Option<usize> {
    let named = |word: &&&str| {
        fields.iter().position(|field| {
            field.width == 1 && wanted(field) && field.name.eq_ignore_ascii_case(word)
        })
    };
    words.iter().find_map(|word| named(&word))
}

/// A doorbell with a bit that starts it.
pub(super) fn start<'m>(all: Entries<'_, 'm>) -> Option<(Entry<'m>, usize)> {
    const WORDS: &[&str] = &["START", "GO", "RUN", "ENABLE", "EN", "E"];
    let doorbells = all.iter().filter(|entry| {
        entry.role() == Role::Rings && !in_memory(entry) && matches!(entry.kind, Kind::Register(_))
    });
    doorbells.into_iter().find_map(|entry| {
        let field = bit(entry.fields(), WORDS, |field| field.write != Write::Never)?;
        Some((entry.clone(), field))
    })
}

/// The bit of the doorbell that says which way.
pub(super) fn direction(fields: &[Field]) -> Option<&Field> {
    fields
        .iter()
        .find(|field| field.width == 1 && field.name.to_ascii_uppercase().starts_with("DIR"))
}

/// A bit beside the doorbell that says "busy", or else the one that starts.
pub(super) fn busy<'m>(all: Entries<'_, 'm>, doorbell: &Entry<'m>) -> Option<(Entry<'m>, usize)> {
    const WORDS: &[&str] = &["BUSY", "ACTIVE", "RUNNING"];
    let around = |entry: &Entry<'_>| {
        let steps = |entry: &Entry<'_>| entry.steps.split_last().map(|(_, rest)| rest.to_vec());
        steps(entry) == steps(doorbell)
    };
    let readable = |entry: &&Entry<'_>| entry.read() == Read::Plain && around(entry);
    // The doorbell's own bit is meant, if it has one.
    let own = std::iter::once(doorbell).filter(readable);
    own.chain(all.iter().filter(readable))
        .find_map(|entry| {
            let field = bit(entry.fields(), WORDS, |field| field.read == Read::Plain)?;
            Some((entry.clone(), field))
        })
        .or_else(|| {
            let readable = doorbell.read() == Read::Plain;
            let field =
                bit(doorbell.fields(), &["START", "GO", "RUN", "ENABLE", "EN", "E"], |it| {
                    it.read == Read::Plain
                });
            field.filter(|_| readable).map(|field| (doorbell.clone(), field))
        })
}
