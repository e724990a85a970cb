//! Whatever the input, the generator answers, and what it answers is code.
#![forbid(unsafe_code)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use register_map_codegen::{Options, markdown, read, rust};

/// Reads a text and, unless it has errors, prints both outputs.
fn generate(text: &str) -> Option<String> {
    let reading = read(text);
    for diagnostic in reading.diagnostics.list() {
        assert!(!diagnostic.message.is_empty());
    }
    if reading.diagnostics.has_errors() {
        return None;
    }
    assert!(!markdown(&reading.device, "x.svd").is_empty());
    Some(rust(&reading.device, &Options { source: "x.svd".to_owned(), without_tables: false }))
}

fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Texts that stand where numbers, names and keywords are expected.
const ODDITIES: &[&str] = &[
    "",
    "0",
    "-1",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "0x",
    "#x1x",
    "0b2",
    "%s",
    "[%s]",
    "%s%s",
    "A.B",
    "é",
    "read-write",
    "zeroToClear",
    "[0:63]",
    "[63:0]",
    "true",
    "0-4294967295",
    "Z-A",
    "fn",
    "Self",
    "`",
    "*/",
    "//",
    "\"#",
    "&#0;",
    "&#x202e;",
    "]]>",
    "<a/>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    // Any text at all is answered without a panic.
    #[test]
    fn any_text_is_answered(text in ".{0,200}") {
        generate(&text);
    }

    // A description with some of its texts exchanged for oddities is answered, and the code that
    // comes out keeps its brackets in order.
    #[test]
    fn exchanged_texts_are_answered(file: Index, changes in prop::collection::vec((any::<Index>(), any::<Index>()), 1..6)) {
        let corpus = corpus();
        let mut text = file.get(&corpus).clone();
        for (place, oddity) in changes {
            let starts: Vec<usize> = text.match_indices('>').map(|(at, _)| at + 1).collect();
            let start = *place.get(&starts);
            let end = text[start..].find('<').map_or(text.len(), |at| start + at);
            text.replace_range(start..end, oddity.get::<&str>(ODDITIES));
        }
        if let Some(code) = generate(&text) {
            prop_assert!(is_balanced(&code), "{code}");
        }
    }

    // A description that lost or doubled a piece is answered.
    #[test]
    fn cut_and_doubled_texts_are_answered(file: Index, from: Index, length in 1usize..2000, double: bool) {
        let corpus = corpus();
        let text = file.get(&corpus);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let start = from.index(places.len());
        let end = (start + length).min(places.len() - 1);
        let (start, end) = (places[start], places[end.max(start)]);
        let changed = if double {
            format!("{}{}", &text[..end], &text[start..])
        } else {
            format!("{}{}", &text[..start], &text[end..])
        };
        if let Some(code) = generate(&changed) {
            prop_assert!(is_balanced(&code), "{code}");
        }
    }
}

/// Whether brackets outside of comments and strings close in the order in which they open.
fn is_balanced(code: &str) -> bool {
    let mut open = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let mut quoted = false;
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' if quoted => {
                    letters.next();
                }
                '"' => quoted = !quoted,
                '(' | '[' | '{' if !quoted => open.push(letter),
                ')' | ']' | '}' if !quoted => {
                    let wanted = match letter {
                        ')' => '(',
                        ']' => '[',
                        _ => '{',
                    };
                    if open.pop() != Some(wanted) {
                        return false;
                    }
                }
                _ => {}
            }
        }
        if quoted {
            return false;
        }
    }
    open.is_empty()
}

// A large description is read and printed whole.
#[test]
fn ten_thousand_registers_are_printed() {
    let registers = (0..200).map(|register| {
        format!(
            "<register derivedFrom=\"P0.R0\"><name>R{register}</name>\
             <addressOffset>{}</addressOffset><fields><field><name>F</name>\
             <bitRange>[7:0]</bitRange></field></fields></register>",
            register * 4
        )
    });
    let registers: String = registers.collect();
    let peripherals = (0..50).map(|peripheral| {
        format!(
            "<peripheral><name>P{peripheral}</name><baseAddress>{}</baseAddress>\
             <registers>{registers}</registers></peripheral>",
            peripheral * 4096
        )
    });
    let peripherals: String = peripherals.collect();
    let text = format!(
        "<device><name>BIG</name><size>32</size><peripherals>{peripherals}</peripherals></device>"
    );
    let code = generate(&text).unwrap();
    assert!(code.matches("pub const R").count() >= 10_000);
}

// A peripheral lies in its BAR at the offset that the extension gives, or else at its base address;
// what is in no BAR of a PCI device is nowhere.
#[test]
fn peripherals_have_places() {
    let peripheral = |name: &str| {
        format!(
            "<peripheral><name>{name}</name><baseAddress>0x50000000</baseAddress><registers>\
             <register><name>R</name><addressOffset>4</addressOffset></register></registers>\
             </peripheral>"
        )
    };
    let text = format!(
        "<device><name>X</name><size>32</size><peripherals>{}{}{}</peripherals><vendorExtensions>\
         <anydma><pci vendor=\"1\" device=\"2\"/><bar number=\"2\" peripheral=\"A\" offset=\"0x100\"/>\
         <bar number=\"0\" peripheral=\"B\"/></anydma></vendorExtensions></device>",
        peripheral("A"),
        peripheral("B"),
        peripheral("C"),
    );
    let reading = read(&text);
    assert!(!reading.diagnostics.has_errors());
    let places: Vec<_> = (0..3).map(|at| reading.device.place(at)).collect();
    assert_eq!(places, [Some((2, 0x100)), Some((0, 0x5000_0000)), None]);
}
