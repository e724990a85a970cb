//! The C header says the same as the Rust source: numbers, lengths, offsets.
#![forbid(unsafe_code)]

use std::fmt::Write as _;
use std::mem::offset_of;
use std::path::PathBuf;
use std::process::Command;

use backend_kernel_abi as abi;

/// What C says of a thing, as an expression; and what Rust says.
struct Fact {
    c: String,
    rust: u64,
}

/// The facts of structures: their lengths, and the places of all their fields.
macro_rules! structures {
    ($facts:ident: $($rust:ident = $c:literal { $($field:ident),* $(,)? })*) => { $(
        // Names every field, so that none is left out here when one is added.
        let abi::$rust { $($field: _),* } = abi::$rust::default();
        $facts.push(Fact {
            c: format!("sizeof(struct anydma_{})", $c),
            rust: size_of::<abi::$rust>() as u64,
        });
        $(
            $facts.push(Fact {
                c: format!("offsetof(struct anydma_{}, {})", $c, stringify!($field)),
                rust: offset_of!(abi::$rust, $field) as u64,
            });
        )*
    )* };
}

macro_rules! constants {
    ($facts:ident: $($c:literal = $rust:expr),* $(,)?) => { $(
        $facts.push(Fact { c: format!("ANYDMA_{}", $c), rust: u64::try_from($rust).unwrap() });
    )* };
}

fn facts() -> Vec<Fact> {
    let mut facts = Vec::new();
    structures!(facts:
        Bar = "bar" { size, offset, flags, reserved }
        Info = "info" {
            version, features, flags, vendor, device, subsystem_vendor, subsystem_device, class,
            mask_bits, page, cache_line, msix_vectors, msi_vectors, resets, stops, quota_bytes,
            used_bytes, quota_pieces, used_pieces, bars,
        }
        SetMask = "set_mask" { bits, flags }
        Allocate = "allocate" { length, flags, id, handle, offset }
        Free = "free" { id, flags }
        Run = "run" { handle, length }
        Map = "map" { address, length, flags, id, runs, reserved, first }
        GetRuns = "get_runs" { id, first, count, flags, room }
        Sync = "sync" { id, flags, offset, length }
        Interrupts = "interrupts" { kind, count, flags, reserved }
        SetEvent = "set_event" { vector, fd, flags, reserved }
        Rearm = "rearm" { vector, flags }
        Switch = "switch" { on, flags }
        Reset = "reset" { flags, resets }
    );
    constants!(facts:
        "VERSION" = abi::VERSION, "BARS" = abi::BARS, "LONGEST" = abi::LONGEST,
        "FEWEST_BITS" = abi::FEWEST_BITS, "OFFSET_SHIFT" = abi::OFFSET_SHIFT,
        "BAR_OFFSET" = abi::BAR_OFFSET, "BAR_SHIFT" = abi::BAR_SHIFT,
        "VECTOR_REQUEST" = abi::VECTOR_REQUEST, "FEATURE_BASE" = abi::feature::BASE,
        "INFO_COHERENT" = abi::info::COHERENT, "INFO_TRANSLATED" = abi::info::TRANSLATED,
        "INFO_STRICT" = abi::info::STRICT, "INFO_ISOLATED" = abi::info::ISOLATED,
        "INFO_RESETTABLE" = abi::info::RESETTABLE, "INFO_INTX" = abi::info::INTX,
        "INFO_MASTER" = abi::info::MASTER, "INFO_SHARED" = abi::info::SHARED,
        "BAR_MAPPABLE" = abi::bar::MAPPABLE, "BAR_PREFETCHABLE" = abi::bar::PREFETCHABLE,
        "MAP_TO_DEVICE" = abi::map::TO_DEVICE, "MAP_FROM_DEVICE" = abi::map::FROM_DEVICE,
        "MAP_NEEDS_SYNC" = abi::map::NEEDS_SYNC, "SYNC_TO_DEVICE" = abi::sync::TO_DEVICE,
        "SYNC_TO_CPU" = abi::sync::TO_CPU, "INTERRUPT_OFF" = abi::interrupt::OFF,
        "INTERRUPT_INTX" = abi::interrupt::INTX, "INTERRUPT_MSI" = abi::interrupt::MSI,
        "INTERRUPT_MSIX" = abi::interrupt::MSIX, "EVENT_ON" = abi::event::ON,
        "REARM_MASK" = abi::rearm::MASK, "GET_VERSION" = abi::GET_VERSION,
        "GET_INFO" = abi::GET_INFO, "SET_MASK" = abi::SET_MASK, "ALLOCATE" = abi::ALLOCATE,
        "FREE" = abi::FREE, "MAP" = abi::MAP, "GET_RUNS" = abi::GET_RUNS, "SYNC" = abi::SYNC,
        "SET_INTERRUPTS" = abi::SET_INTERRUPTS, "SET_EVENT" = abi::SET_EVENT,
        "REARM" = abi::REARM, "SET_MASTER" = abi::SET_MASTER, "RESET" = abi::RESET,
        "SET_SHARED" = abi::SET_SHARED,
    );
    facts
}

// A C compiler accepts the header without a warning, and says the same of every structure, field
// and number; it knows no number that Rust does not.
#[test]
fn header_says_the_same() {
    let facts = facts();
    let header = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("include/anydma.h");
    let mut source = format!(
        "#include <stddef.h>\n#include <stdio.h>\n#include <string.h>\n#include \"{}\"\n\
         int main(void)\n{{\n",
        header.display()
    );
    for fact in &facts {
        writeln!(source, "\tprintf(\"%llu\\n\", (unsigned long long)({}));", fact.c).unwrap();
    }
    let (nodes, driver) = (abi::NODES, abi::DRIVER);
    let compared =
        format!("strcmp(ANYDMA_NODES, \"{nodes}\") || strcmp(ANYDMA_DRIVER, \"{driver}\")");
    writeln!(source, "\treturn {compared};\n}}").unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (file, program) = (folder.join("header.c"), folder.join("header"));
    std::fs::write(&file, source).unwrap();
    let built = Command::new("cc")
        .args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-o"])
        .arg(&program)
        .arg(&file)
        .output()
        .expect("a C compiler named cc");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let said = Command::new(&program).output().unwrap();
    assert!(said.status.success(), "the texts differ");
    let said = String::from_utf8(said.stdout).unwrap();
    let said: Vec<u64> = said.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(said.len(), facts.len());
    for (fact, said) in facts.iter().zip(said) {
        assert_eq!(said, fact.rust, "{}", fact.c);
    }
    let text = std::fs::read_to_string(header).unwrap();
    let defined = text.lines().filter_map(|line| line.strip_prefix("#define ANYDMA_"));
    let names: Vec<&str> = defined.filter_map(|line| line.split(' ').next()).collect();
    let numbers = facts.iter().filter(|fact| fact.c.starts_with("ANYDMA_")).count();
    // The two texts and the guard besides.
    assert_eq!(names.len(), numbers + 3, "{names:?}");
}

// A program of 32 bits lays structures out as one of 64 does: each field at a multiple of its size,
// and no structure with an end that depends on the alignment of 64-bit numbers.
#[test]
fn layout_is_that_of_32_bits_too() {
    for fact in facts().iter().filter(|fact| fact.c.starts_with("sizeof")) {
        let free = ["set_mask", "free", "rearm", "switch", "reset"];
        let eight = fact.rust % 8 == 0;
        assert!(eight || free.iter().any(|name| fact.c.contains(name)), "{}", fact.c);
    }
    assert_eq!(size_of::<abi::Info>() % 8, 0);
}
