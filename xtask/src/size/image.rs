//! A linked program: its sections, and its symbols by the crate they come from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use object::{Object, ObjectSection, ObjectSymbol, SectionKind, SymbolKind};

use crate::error::{Context, Result};

/// Functions that any firmware has once, whoever calls them.
const LIBRARY: &str = "memory functions";

/// What a program holds.
#[derive(Debug, Default)]
pub(crate) struct Image {
    /// Bytes by section that stays in flash.
    sections: BTreeMap<String, u64>,
    /// Symbols: name and bytes.
    symbols: Vec<(String, u64)>,
    /// Texts of panics: a place in a source file.
    places: Vec<String>,
}

impl Image {
    /// Reads an ELF file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let data = std::fs::read(path).context(format_args!("read {}", path.display()))?;
        Self::parse(&data).map_err(|error| error.within(path.display()))
    }

    fn parse(data: &[u8]) -> Result<Self> {
        let file = object::File::parse(data).context("object file")?;
        let mut image = Self::default();
        for section in file.sections() {
            let kept = matches!(
                section.kind(),
                SectionKind::Text | SectionKind::ReadOnlyData | SectionKind::Data
            ) || section.name().is_ok_and(|name| name.starts_with(".ARM.ex"));
            if !kept || section.size() == 0 {
                continue;
            }
            let name = section.name().context("section name")?.to_owned();
            *image.sections.entry(name).or_default() += section.size();
            image.places.extend(places(section.data().context("section")?));
        }
        for symbol in file.symbols() {
            let wanted = matches!(symbol.kind(), SymbolKind::Text | SymbolKind::Data);
            let in_flash = symbol
                .section_index()
                .and_then(|index| file.section_by_index(index).ok())
                .is_some_and(|section| section.kind() != SectionKind::UninitializedData);
            if wanted && in_flash && symbol.size() > 0 {
                let name = symbol.name().context("symbol name")?;
                let name = format!("{:#}", rustc_demangle::demangle(name));
                image.symbols.push((name, symbol.size()));
            }
        }
        image.symbols.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(image)
    }

    /// Bytes of all sections but the memory functions.
    pub(crate) fn gated(&self) -> u64 {
        let all: u64 = self.sections.values().sum();
        let library = self.groups().get(LIBRARY).copied().unwrap_or(0);
        all.saturating_sub(library)
    }

    /// Bytes of all sections.
    pub(crate) fn bytes(&self) -> u64 {
        self.sections.values().sum()
    }

    fn groups(&self) -> BTreeMap<String, u64> {
        let mut groups = BTreeMap::new();
        for (name, size) in &self.symbols {
            *groups.entry(group(name)).or_default() += size;
        }
        groups
    }

    /// Sections, groups of symbols, and the largest symbols.
    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        for (name, size) in &self.sections {
            let _ = writeln!(text, "    {size:6}  {name}");
        }
        for (name, size) in self.groups() {
            let _ = writeln!(text, "    {size:6}    from {name}");
        }
        for (name, size) in self.symbols.iter().take(16) {
            let _ = writeln!(text, "    {size:6}      {}", shortened(name));
        }
        text
    }

    /// What these crates, by the names of their folders, must not bring into a larger program:
    /// formatting of their types, and places in their sources, which only panics name. Nor may
    /// anybody bring an allocator.
    pub(crate) fn unwanted_of(&self, crates: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        for (name, size) in &self.symbols {
            let allocates = name.starts_with("__rust_alloc") || name.starts_with("alloc::");
            if allocates || crates.iter().any(|of| formats(name, of)) {
                found.push(format!("has {} ({size} bytes)", shortened(name)));
            }
        }
        let sources: Vec<String> = crates.iter().map(|of| format!("{of}/src/")).collect();
        let places = self.places.iter().filter(|place| sources.iter().any(|s| place.contains(s)));
        found.extend(places.map(|place| format!("panics name {place}")));
        found
    }

    /// What must not be in it: formatting, panics, names of our sources.
    pub(crate) fn unwanted(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, size) in &self.symbols {
            if name.contains("core::fmt::") || name.contains("core::panicking::") {
                found.push(format!("has {} ({size} bytes)", shortened(name)));
            }
        }
        let places = self.places.iter().map(|place| format!("panics name {place}"));
        found.extend(places);
        found
    }
}

/// Whether a symbol formats something of this crate: it has a trait of `core::fmt` implemented for
/// a type of the crate.
fn formats(name: &str, of: &str) -> bool {
    let of = format!("{}::", of.replace('-', "_"));
    let implemented = name.strip_prefix('<').and_then(|rest| rest.split_once(" as core::fmt::"));
    implemented.is_some_and(|(kind, _)| kind.trim_start_matches('&').starts_with(&of))
}

/// The crate that a symbol comes from.
fn group(name: &str) -> String {
    let memory = ["mem", "__aeabi_", "compiler_builtins"];
    if memory.iter().any(|prefix| name.starts_with(prefix)) {
        return LIBRARY.to_owned();
    }
    let inner = name.trim_start_matches(['<', '&', '[', '(']);
    match inner.split_once("::") {
        Some((first, _)) => first.to_owned(),
        None => "the program".to_owned(),
    }
}

/// A symbol's name without the arguments of its generics.
fn shortened(name: &str) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    for character in name.chars() {
        let argument = text.ends_with(|last: char| last.is_alphanumeric() || "_:".contains(last));
        match character {
            '<' if depth > 0 || argument => depth += 1,
            // The sign of a function's result is no bracket.
            '>' if depth > 0 && !text.ends_with('-') => depth -= 1,
            _ if depth == 0 => text.push(character),
            _ => {}
        }
    }
    text.trim_end_matches(':').replace("::::", "::")
}

/// Texts like `src/engine/mod.rs` in a section: the places that panics name.
fn places(data: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, window) in data.windows(3).enumerate() {
        if window == b".rs" {
            let printable = |byte: &&u8| byte.is_ascii_graphic();
            let length = data[..at].iter().rev().take_while(printable).count();
            let text = String::from_utf8_lossy(&data[at - length..at + 3]);
            found.push(text.into_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    // Symbols are grouped by the crate they come from, memory functions by themselves.
    #[test]
    fn symbols_are_grouped_by_crate() {
        assert_eq!(group("dma_core::engine::queue"), "dma_core");
        assert_eq!(group("<channels::pl081::Pl081Channel as x::Y>::poll"), "channels");
        assert_eq!(group("memcpy"), LIBRARY);
        assert_eq!(group("__aeabi_memclr4"), LIBRARY);
        assert_eq!(group("measured"), "the program");
    }

    // Arguments of generics are left out of what is printed; the rest stays.
    #[test]
    fn names_lose_their_arguments() {
        let name = "<a::Engine<b::Channel<c::Mmio>, d::Signal, 8>>::step";
        assert_eq!(shortened(name), "<a::Engine>::step");
        let name = "core::ptr::drop_in_place::<a::Engine<b::C>>";
        assert_eq!(shortened(name), "core::ptr::drop_in_place");
        let name = "<a::B<c::D> as e::F>::poll";
        assert_eq!(shortened(name), "<a::B as e::F>::poll");
    }

    // Memory functions do not count; everything else in flash does, named or not.
    #[test]
    fn memory_functions_do_not_count() {
        let image = Image {
            sections: BTreeMap::from([(".text".to_owned(), 1000), (".rodata".to_owned(), 50)]),
            symbols: vec![("measured".to_owned(), 700), ("memcpy".to_owned(), 200)],
            places: Vec::new(),
        };
        assert_eq!(image.gated(), 850);
        assert!(image.unwanted().is_empty());
    }

    // In a larger program, only what these crates bring counts; an allocator is unwanted always.
    #[test]
    fn crates_are_held_to_what_they_bring() {
        let image = Image {
            sections: BTreeMap::new(),
            symbols: vec![
                ("<dma_core::error::Error as core::fmt::Display>::fmt".to_owned(), 10),
                ("<core::cell::BorrowMutError as core::fmt::Debug>::fmt".to_owned(), 10),
                ("<&dma_core::error::Error as core::fmt::Debug>::fmt".to_owned(), 10),
                ("dma_core::engine::queue".to_owned(), 10),
                ("__rust_alloc".to_owned(), 10),
            ],
            places: places(b"/x/dma-core/src/engine/mod.rs\0src/main.rs\0"),
        };
        let unwanted = image.unwanted_of(&["dma-core", "channels"]);
        assert_eq!(unwanted.len(), 4, "{unwanted:?}");
        assert!(unwanted[3].contains("dma-core/src/engine/mod.rs"));
        assert_eq!(image.unwanted_of(&["channels"]).len(), 1);
    }

    // Formatting, panics and names of sources are found.
    #[test]
    fn panics_and_formatting_are_unwanted() {
        let image = Image {
            sections: BTreeMap::new(),
            symbols: vec![
                ("core::panicking::panic_fmt".to_owned(), 10),
                ("<u8 as core::fmt::Display>::fmt".to_owned(), 10),
                ("core::fmt::write".to_owned(), 10),
            ],
            places: places(b"\0\x01dma-core/src/engine/mod.rs\0index"),
        };
        let unwanted = image.unwanted();
        assert_eq!(unwanted.len(), 4, "{unwanted:?}");
        assert_eq!(unwanted[3], "panics name dma-core/src/engine/mod.rs");
    }
}
