//! From the names of a description to Rust's.
//!
//! Vendors write `DMA_CMD`, `IntTCStatus`, `8_BITS`, `type` and `Set/Clear`. Constants become
//! `INT_TC_STATUS`, modules `int_tc_status`, types `IntTcStatus`; each is a legal identifier, and
//! unique where it stands.

use std::collections::{BTreeSet, HashMap};

/// Keywords of every edition, strict and reserved, and what cannot be raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

/// `IntTCStatus` as `INT_TC_STATUS`: constants, registers and fields.
pub(crate) fn constant(name: &str) -> String {
    legal(words(name).join("_").to_ascii_uppercase())
}

/// What C and C++ keep to themselves beside [`KEYWORDS`], and what common headers define.
const KEYWORDS_OF_C: &[&str] = &[
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "consteval",
    "constexpr",
    "constinit",
    "const_cast",
    "decltype",
    "default",
    "delete",
    "double",
    "dynamic_cast",
    "errno",
    "explicit",
    "export",
    "float",
    "friend",
    "goto",
    "i386",
    "inline",
    "int",
    "linux",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "offsetof",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "short",
    "signed",
    "sizeof",
    "static_assert",
    "static_cast",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "typedef",
    "typeid",
    "typename",
    "typeof_unqual",
    "union",
    "unix",
    "unsigned",
    "using",
    "void",
    "volatile",
    "wchar_t",
    "xor",
    "xor_eq",
];

/// A constant's name as that of a structure's member, in Rust and in C.
pub(crate) fn member(constant: &str) -> String {
    let mut name = legal(constant.to_ascii_lowercase());
    if KEYWORDS_OF_C.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// `IntTCStatus` as `int_tc_status`: modules.
pub(crate) fn module(name: &str) -> String {
    legal(words(name).join("_").to_ascii_lowercase())
}

/// `IntTCStatus` as `IntTcStatus`: types and values.
pub(crate) fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        // Two numbers in a row would run into one.
        if out.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit())
        {
            out.push('_');
        }
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.extend(letters.map(|letter| letter.to_ascii_lowercase()));
    }
    legal(out)
}

/// A non-empty identifier that is no keyword, out of letters, digits and underscores.
fn legal(mut name: String) -> String {
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, '_');
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// The words of a name: split at everything that is no letter or digit, and where a capital
/// begins a word. Letters beyond ASCII are spelt as their numbers, so that names stay different.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let after = letters.get(at + 1).copied();
        if letter.is_ascii_alphanumeric() {
            if begins_word(before, letter, after) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.push(letter);
        } else {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if !letter.is_ascii() {
                words.push(format!("u{:x}", u32::from(letter)));
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether a capital begins a word: `intT|C`, `TC|Status`, but not within `EMAC` or `RX0A`.
fn begins_word(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    if !letter.is_ascii_uppercase() {
        return false;
    }
    let next_is_small = after.is_some_and(|after| after.is_ascii_lowercase());
    before.is_ascii_lowercase()
        || (before.is_ascii_alphanumeric() && next_is_small && !before.is_ascii_digit())
}

/// The names that are taken in one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    taken: BTreeSet<String>,
    /// The number to try first, of names that were wanted again.
    next: HashMap<String, u32>,
}

impl Names {
    /// A scope in which some names are taken already.
    pub(crate) fn with(taken: &[&str]) -> Self {
        let taken = taken.iter().map(|&name| name.to_owned()).collect();
        Self { taken, next: HashMap::new() }
    }

    /// Takes `wanted`, or the first free one of `wanted_2`, `wanted_3`, …
    pub(crate) fn take(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let joint = if wanted.ends_with('_') { "" } else { "_" };
        let number = self.next.entry(wanted.to_owned()).or_insert(2);
        loop {
            let name = format!("{wanted}{joint}{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Whether a name is free.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // The three kinds of name for what vendors write.
    #[test]
    fn vendors_names_become_rusts() {
        for (name, constant_name, module_name, type_name) in [
            ("IntTCStatus", "INT_TC_STATUS", "int_tc_status", "IntTcStatus"),
            ("DMA_CMD", "DMA_CMD", "dma_cmd", "DmaCmd"),
            ("SBSize", "SB_SIZE", "sb_size", "SbSize"),
            ("PeriphID0", "PERIPH_ID0", "periph_id0", "PeriphId0"),
            ("8_BITS", "_8_BITS", "_8_bits", "_8Bits"),
            ("type", "TYPE", "type_", "Type"),
            ("Self", "SELF", "self_", "Self_"),
            ("Set/Clear", "SET_CLEAR", "set_clear", "SetClear"),
            ("1_8", "_1_8", "_1_8", "_1_8"),
            ("EVENTS_RXD.PTRUPD", "EVENTS_RXD_PTRUPD", "events_rxd_ptrupd", "EventsRxdPtrupd"),
            ("GPIO0ctrl", "GPIO0CTRL", "gpio0ctrl", "Gpio0ctrl"),
            ("", "__", "__", "__"),
            ("µs", "UB5_S", "ub5_s", "Ub5S"),
        ] {
            assert_eq!(constant(name), constant_name, "{name}");
            assert_eq!(module(name), module_name, "{name}");
            assert_eq!(pascal(name), type_name, "{name}");
        }
    }

    // Names that are taken get numbers, also where the numbered name is taken.
    #[test]
    fn taken_names_are_numbered() {
        let mut names = Names::with(&["A", "A_2"]);
        assert_eq!(names.take("A"), "A_3");
        assert_eq!(names.take("B"), "B");
        assert_eq!(names.take("B"), "B_2");
        assert!(!names.is_free("B_2"));
    }

    proptest! {
        // Whatever a vendor writes, what comes out parses as an identifier.
        #[test]
        fn every_name_is_an_identifier(name in ".*") {
            for made in [constant(&name), module(&name), pascal(&name)] {
                prop_assert!(made.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{made}");
                prop_assert!(!made.starts_with(|c: char| c.is_ascii_digit()), "{made}");
                prop_assert!(!KEYWORDS.contains(&made.as_str()), "{made}");
            }
        }
    }
}
