//! Explanations with the table of what is mapped, and with the line alone.
#![forbid(unsafe_code)]

use diagnostics::{Certainty, Finding, Log, Mappings, explain};

const TABLE: &str = r#"{ "device": "0000:03:00.0", "mappings": [
    { "iova": 4293918720, "length": 65536, "direction": "to-device", "label": "out" },
    { "iova": 4292870144, "length": 65536, "direction": "from-device", "label": "in" },
    { "iova": 1099511627776, "length": 65536, "direction": "both", "label": "high" },
    { "iova": 4291821568, "length": 65536, "direction": "both", "label": "old", "ended": true }
] }"#;

/// The findings of one fault of a device at an address.
fn of(device: &str, access: &str, iova: u64, code: u32, table: bool) -> Vec<Finding> {
    let line = format!(
        "DMAR: [DMA {access} NO_PASID] Request device [{device}] fault addr {iova:#x} \
         [fault reason {code:#04x}] words\n"
    );
    let table = table.then(|| Mappings::from_json(TABLE).unwrap());
    explain(&Log::read(line.as_bytes()), table.as_ref()).groups.remove(0).findings
}

// With the table the buffer is named, and the mistake with it.
#[test]
fn the_table_names_the_buffer() {
    for (access, iova, kind, part) in [
        ("Write", 0xffef_0000 + 0x1000, "wrong-direction", "wanted to write the buffer \"out\""),
        ("Read", 0xffe0_0000, "mapped-now", "\"in\""),
        ("Read", 0xffd0_0000u64, "freed", "\"old\""),
        ("Read", 0xfff0_0000, "past-end", "the end of the buffer \"out\""),
        ("Write", 0x4000, "truncated", "\"high\""),
        ("Write", 0x7_0000_0000, "nothing-near", "never a DMA address"),
    ] {
        let iova = match kind {
            "wrong-direction" => 4_293_918_720 + 0x1000,
            "mapped-now" => 4_293_918_720,
            "freed" => 4_291_821_568 + 0x2000,
            "past-end" => 4_293_918_720 + 65_536,
            _ => iova,
        };
        let part = if kind == "mapped-now" { "\"out\"" } else { part };
        let findings =
            of("0000:03:00.0", access, iova, if access == "Write" { 5 } else { 6 }, true);
        let found = findings.iter().find(|it| it.kind == kind);
        let found = found.unwrap_or_else(|| panic!("no {kind} in {findings:?}"));
        assert!(found.what.contains(part), "{}", found.what);
        assert!(!found.evidence.is_empty() && !found.change.is_empty(), "{found:?}");
    }
}

// The table of one device says nothing of another's fault.
#[test]
fn a_table_of_another_device_is_not_used() {
    let findings = of("0000:04:00.0", "Read", 4_291_821_568, 6, true);
    assert_eq!(findings.iter().map(|it| it.kind).collect::<Vec<_>>(), ["not-mapped"]);
}

// Without a table, what can be said is said, and no more.
#[test]
fn a_line_alone_is_explained_as_far_as_it_goes() {
    for (iova, code, kind, certainty) in [
        (0, 6, "zero", Certainty::Likely),
        (0x8bd_4000, 6, "not-mapped", Certainty::Possible),
        (0xffff_0000_0000, 4, "address-size", Certainty::Certain),
        (0x1000, 2, "configuration", Certainty::Certain),
    ] {
        let findings = of("0000:03:00.0", "Read", iova, code, false);
        let all: Vec<_> = findings.iter().map(|it| (it.kind, it.certainty)).collect();
        assert_eq!(all, [(kind, certainty)]);
    }
}

// A buffer that the driver calls by its DMA address was unmapped, or mapped for another device.
#[test]
fn an_announced_handle_is_no_physical_address() {
    let text = "card: buffer 0 size 0x10000 dma_handle 0xffe00000\n\
                virtio_iommu virtio0: page fault from EP 8 at 0xffe00010 [W]\n";
    let findings = explain(&Log::read(text.as_bytes()), None).groups.remove(0).findings;
    let kinds: Vec<_> = findings.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, ["buffer", "handle-not-mapped"]);
    assert!(findings[0].what.contains("probably the incoming one"));
}

// A log without faults says that, and that it proves nothing.
#[test]
fn an_empty_log_proves_nothing() {
    let said = explain(&Log::read(b"usb 1-1: new device\n"), None).to_string();
    assert!(said.contains("No IOMMU fault") && said.contains("proves nothing"));
}
