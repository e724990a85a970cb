//! `anydma regs` as its users meet it, on the simulated machine.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

/// Exit code, what was printed, what was complained.
fn regs(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_anydma")).arg("regs").args(arguments).output();
    let output = output.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn good(arguments: &[&str]) -> String {
    let (code, out, complaint) = regs(arguments);
    assert_eq!(code, 0, "{arguments:?}: {complaint}");
    out
}

fn refused(arguments: &[&str], parts: &[&str]) {
    let (code, out, complaint) = regs(arguments);
    assert!(code == 1 || code == 2, "{arguments:?}: {code} {out}");
    for part in parts {
        assert!(complaint.contains(part), "{arguments:?}: no {part:?} in {complaint}");
    }
}

fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&good(&[arguments, &["--json"]].concat())).unwrap()
}

// All registers of a card are printed with their fields, what cannot be read with the reason, and
// what is guarded with its role; no colours where there is no terminal.
#[test]
fn dump_has_every_register() {
    let out = good(&["mock:edu", "--map", "edu"]);
    for part in [
        "EDU, region 0",
        "0x0000  ID                     0x010000ed",
        "SIGNATURE [7:0]      0xed",
        "INTERRUPT_RAISE        not read: it is write-only",
        "(steering)",
        "(doorbell)",
        "DIRECTION [1]        0 ToDevice",
    ] {
        assert!(out.contains(part), "no {part:?} in\n{out}");
    }
    assert!(!out.contains('\x1b'));
    // As after a reset: nothing differs.
    assert!(good(&["mock:edu", "--map", "edu", "dump", "--diff"]).contains("as after a reset"));
}

// A register and a field are read by name, in any case, and in JSON as numbers.
#[test]
fn registers_and_fields_are_read_by_name() {
    assert!(good(&["mock:edu", "--map", "edu", "read", "id"]).contains("0x010000ed"));
    let sheet = json(&["mock:edu", "--map", "edu", "read", "EDU.ID.signature"]);
    let row = &sheet["registers"][0];
    assert_eq!(row["value"], 0x0100_00ed);
    assert_eq!(row["fields"].as_array().unwrap().len(), 1);
    assert_eq!(row["fields"][0]["value"], 0xed);
}

// Clusters, arrays and pairs: one element by its index, all of them without.
#[test]
fn clusters_arrays_and_pairs_are_named() {
    let xdma = ["mock:xdma", "--map", "xdma", "read"];
    let read = |name: &str| json(&[&xdma[..], &[name]].concat())["registers"].clone();
    let identifier = read("DIRECTION[1].CHANNEL[1].IDENTIFIER");
    assert_eq!(identifier[0]["value"].as_u64().unwrap() >> 16, 0x1fc1);
    assert_eq!(read("CHANNEL.IDENTIFIER").as_array().unwrap().len(), 8);
    assert_eq!(read("DIRECTION[0].CHANNEL.IDENTIFIER").as_array().unwrap().len(), 4);
    assert_eq!(read("USER_VECTOR").as_array().unwrap().len(), 4);
    // A pair is one value of 64 bits: 4 MiB or more.
    let size = read("CARD.MEMORY_SIZE");
    assert_eq!((size[0]["bits"].as_u64(), size[0]["value"].as_u64()), (Some(64), Some(8 << 20)));
}

// A write is printed as the card took it; a field leaves its neighbours alone; a name is a value.
#[test]
fn writes_go_by_name() {
    let write = |name: &str, value: &str| {
        json(&["mock:edu", "--map", "edu", "write", name, value])["registers"][0].clone()
    };
    assert_eq!(write("LIVENESS", "0x12345678")["value"], !0x1234_5678_u32);
    let status = write("STATUS.RAISE_INTERRUPT", "1");
    assert_eq!(status["value"], 0x80);
    assert_eq!(status["differs"], true);
    let diff = good(&["mock:edu", "--map=edu", "--set=STATUS.RAISE_INTERRUPT=1", "dump", "--diff"]);
    assert!(diff.contains("0x00000080  reset 0x00000000"), "{diff}");
    assert!(!diff.contains("LIVENESS"), "{diff}");
}

// Addresses and commands need the flag, and the refusal says why; a value must fit.
#[test]
fn dangerous_and_wrong_writes_are_refused() {
    let edu = ["mock:edu", "--map", "edu", "write"];
    let write = |rest: &[&'static str]| [&edu[..], rest].concat();
    refused(
        &write(&["DMA_SOURCE", "0x1000"]),
        &["address of memory", "--unsafe-let-the-card-loose"],
    );
    refused(&write(&["DMA_COMMAND", "1"]), &["it is a command", "--unsafe-let-the-card-loose"]);
    let loose = write(&["DMA_SOURCE", "0x1000", "--unsafe-let-the-card-loose"]);
    assert!(good(&loose).contains("0x0000000000001000"));
    let named = ["DMA_COMMAND.DIRECTION", "fromdevice", "--unsafe-let-the-card-loose"];
    good(&write(&named));
    refused(&write(&["ID", "1"]), &["cannot be written"]);
    refused(&write(&["STATUS.RAISE_INTERRUPT", "2"]), &["does not fit into 1 bits"]);
    refused(&write(&["LIVENESS", "0x1_0000_0000"]), &["does not fit into 32 bits"]);
    refused(&write(&["LIVENESS", "many"]), &["`many` is no number"]);
    let half = ["mock:xdma", "--map", "xdma", "write", "LISTS[0].LIST[0].DESCRIPTOR_LOW", "1"];
    refused(&half, &["half of a 64-bit value", "write the pair"]);
    let several = ["mock:xdma", "--map", "xdma", "write", "IRQ.USER_VECTOR", "1"];
    refused(&several, &["not the only one", "USER_VECTOR[0]"]);
}

// A register that a read clears is left alone, unless it is asked for.
#[test]
fn reads_with_side_effects_need_the_flag() {
    let name = "DIRECTION[0].CHANNEL[0].STATUS_READ_CLEAR";
    let read = ["mock:xdma", "--map", "xdma", "read", name];
    refused(&read, &["reading clears it", "--side-effects"]);
    good(&[&read[..], &["--side-effects"]].concat());
    let dump = good(&["mock:xdma", "--map", "xdma", "dump", "DIRECTION[0].CHANNEL[0]"]);
    assert!(dump.contains("not read: reading clears it"), "{dump}");
    assert!(!dump.contains("CHANNEL[1]"), "{dump}");
    refused(&["mock:edu", "--map", "edu", "read", "INTERRUPT_RAISE"], &["write-only"]);
}

// A watch without a terminal prints the registers, then a line for each change, and ends.
#[test]
fn watch_prints_changes_as_lines() {
    let out = good(&[
        "mock:edu?clock=real",
        "--map=edu",
        "--set=STATUS.RAISE_INTERRUPT=1",
        "--set=FACTORIAL=5",
        "watch",
        "--interval=1",
        "--count=200",
        "FACTORIAL",
        "INTERRUPT_STATUS",
    ]);
    // The factorial may be there before the first look.
    let seen = |line: &str| line.contains("FACTORIAL") && line.contains("0x00000078");
    assert!(out.lines().any(seen), "{out}");
    assert!(!out.contains('\x1b'), "{out}");
}

// What cannot be: unknown names with those that are near, the map of another card, files that are
// not there or no description, devices that are none.
#[test]
fn mistakes_are_explained() {
    let edu = ["mock:edu", "--map", "edu", "read"];
    refused(&[&edu[..], &["STATE"]].concat(), &["find the register STATE", "`dump`"]);
    refused(&[&edu[..], &["DMA"]].concat(), &["DMA_SOURCE"]);
    refused(&[&edu[..], &["A B"]].concat(), &["is no name of a register"]);
    refused(&["mock:edu", "--map", "xdma"], &["10ee:9038", "1234:11e8", "--any-card"]);
    refused(
        &["mock:edu", "--map", "/nowhere.svd"],
        &["/nowhere.svd", "an SVD file, or one of edu"],
    );
    refused(&["mock:edu", "--map", "Cargo.toml"], &["Cargo.toml", "register-gen"]);
    refused(&["edu", "--map", "edu"], &["mock:edu", "PCI address"]);
    refused(&["mock:pcnet", "--map", "edu"], &["open mock:pcnet", "there are edu, nvme, pl081"]);
    refused(&["ff:1e.7", "--map", "edu"], &["vfio:0000:ff:1e.7"]);
}
