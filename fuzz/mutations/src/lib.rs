//! Changes descriptions in ways that hurt, and checks the generator's answers.
//!
//! Bytes exchanged at random are refused by the XML reader, so changes keep to the elements: a
//! text is exchanged, an element is doubled, dropped, moved or taken from another description.
#![forbid(unsafe_code)]

mod check;
mod random;

use std::ops::Range;

pub use check::{Answer, check};
pub use random::Random;

/// Texts that stand where numbers, names, paths and keywords are expected.
const ODDITIES: &[&str] = &[
    "",
    " ",
    "0",
    "1",
    "2",
    "3",
    "7",
    "8",
    "31",
    "32",
    "63",
    "64",
    "65",
    "-1",
    "0x10",
    "0x1000",
    "65535",
    "65536",
    "65537",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "0x",
    "#",
    "#x1x",
    "0b2",
    "#xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "4k",
    "16t",
    "%s",
    "[%s]",
    "A%s",
    "A[%s]",
    "%s%s",
    "CH%s_%s",
    "A.B",
    "A.B.C.D",
    ".",
    "é",
    "µ",
    "名",
    "read-write",
    "read-only",
    "write-only",
    "writeOnce",
    "read-writeOnce",
    "zeroToClear",
    "oneToClear",
    "oneToSet",
    "clear",
    "set",
    "modify",
    "modifyExternal",
    "true",
    "false",
    "[0:63]",
    "[63:0]",
    "[7:0]",
    "[31:31]",
    "[64:64]",
    "[a:b]",
    "7:0",
    "0-3",
    "A-D",
    "Z-A",
    "0-4294967295",
    "a,b,c,d",
    "1,1",
    ",",
    "fn",
    "Self",
    "self",
    "crate",
    "type",
    "u32",
    "core",
    "Some",
    "SET",
    "CLEAR",
    "Register",
    "Field",
    "Value",
    "Def",
    "Block",
    "DEVICE",
    "x",
    "v",
    "`",
    "``",
    "*/",
    "/*",
    "//",
    "///",
    "\"",
    "\\",
    "\\\"",
    "\"#",
    "{",
    "}",
    "{}",
    "{x}",
    "]]&gt;",
    "&#0;",
    "&#x202e;",
    "&#10;",
    "&lt;b&gt;",
    "&amp;",
    "[x](y)",
    "- x",
    "# x",
    "1. x",
    "| x |",
    "https://x.y/z",
    "DMA_CMD",
    "aB",
    "___",
    "_",
    "__",
    "r#fn",
];

/// A text with one change.
#[must_use]
pub fn mutate(text: &str, other: &str, random: &mut Random) -> String {
    let mut out = text.to_owned();
    match random.below(10) {
        0..=3 => {
            // The text of an element.
            if let Some(range) = random.choose(&texts(text)).cloned() {
                let oddity = match random.below(4) {
                    0 => random.choose(&texts(other)).and_then(|range| other.get(range.clone())),
                    _ => random.choose(ODDITIES).copied(),
                };
                out.replace_range(range, oddity.unwrap_or_default());
            }
        }
        4 => {
            if let Some(range) = random.choose(&elements(text)).cloned() {
                out.replace_range(range, "");
            }
        }
        5 => {
            if let Some(range) = random.choose(&elements(text)).cloned() {
                let copy = text.get(range.clone()).unwrap_or_default().to_owned();
                out.insert_str(range.end, &copy);
            }
        }
        6 | 7 => {
            // An element of this or another description, put somewhere else.
            let source = if random.below(2) == 0 { text } else { other };
            let piece = random.choose(&elements(source)).and_then(|it| source.get(it.clone()));
            if let (Some(piece), Some(range)) = (piece, random.choose(&elements(text)).cloned()) {
                out.insert_str(range.start, piece);
            }
        }
        8 => {
            // An element derived from a name that is there.
            let names = named(text);
            if let (Some(name), Some(place)) =
                (random.choose(&names), random.choose(&openings(text)))
            {
                out.insert_str(*place, &format!(" derivedFrom=\"{name}\""));
            }
        }
        _ => {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            if let Some(&at) = random.choose(&places) {
                match random.below(3) {
                    0 => {
                        out.remove(at);
                    }
                    1 => out.insert_str(at, random.choose(ODDITIES).copied().unwrap_or_default()),
                    _ => out.truncate(at),
                }
            }
        }
    }
    out
}

/// Where texts stand between a tag and the next.
fn texts(text: &str) -> Vec<Range<usize>> {
    text.match_indices('>')
        .filter_map(|(at, _)| {
            let start = at + 1;
            let length = text.get(start..)?.find('<')?;
            Some(start..start + length)
        })
        .collect()
}

/// Where elements stand, from `<tag` to the next `</tag>`.
fn elements(text: &str) -> Vec<Range<usize>> {
    text.match_indices('<')
        .filter_map(|(start, _)| {
            let inside = text.get(start + 1..)?;
            let tag: String = inside.chars().take_while(char::is_ascii_alphanumeric).collect();
            if tag.is_empty() || tag == "device" {
                return None;
            }
            let end = format!("</{tag}>");
            let length = inside.find(&end)? + end.len();
            Some(start..start + 1 + length)
        })
        .collect()
}

/// Where an attribute can be put into a tag.
fn openings(text: &str) -> Vec<usize> {
    ["<register>", "<cluster>", "<field>", "<peripheral>", "<enumeratedValues>"]
        .iter()
        .flat_map(|tag| text.match_indices(tag).map(|(at, tag)| at + tag.len() - 1))
        .collect()
}

/// What is called something.
fn named(text: &str) -> Vec<&str> {
    text.split("<name>").skip(1).filter_map(|rest| rest.split('<').next()).collect()
}
