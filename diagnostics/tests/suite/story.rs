//! The story's log: a physical address in the card, behind twin SMMUs.
#![forbid(unsafe_code)]

use diagnostics::{Access, Certainty, Explanation, Finding, Log, Reason, Requester, explain};

const STORY: &str = include_str!("../logs/xavier.log");

fn finding<'e>(explanation: &'e Explanation, kind: &str) -> &'e Finding {
    explanation.groups[0].findings.iter().find(|it| it.kind == kind).unwrap()
}

// Three reads of one stream, at level 2, whose tables are empty there; two buffers.
#[test]
fn lines_are_read_as_they_are() {
    let log = Log::read(STORY.as_bytes());
    assert!(log.unread.is_empty());
    assert_eq!(log.announced.len(), 2);
    let iovas: Vec<u64> = log.faults.iter().map(|fault| fault.iova).collect();
    assert_eq!(iovas, [0xc210_3000, 0xc210_2000, 0xc213_1c00]);
    for fault in &log.faults {
        assert_eq!(fault.requester, Requester::Stream(0x5b, "PCIE5".to_owned()));
        assert_eq!((fault.access, fault.level), (Access::Read, Some(2)));
        assert_eq!(fault.reason, Reason::NotMapped);
        assert_eq!(fault.tables.unwrap().pgd, 0x4_5827_4003);
        assert_eq!(fault.unit, "t19x-arm-smmu 12000000.iommu");
    }
    let instances: Vec<_> = log.faults.iter().map(|fault| fault.instance).collect();
    assert_eq!(instances, [Some(0), Some(1), Some(0)]);
    assert_eq!(log.faults[0].time_us, Some(3_892_563_964));
}

// The buffer, the offsets, the direction, the mistake and the twins are found.
#[test]
fn the_mistake_is_found() {
    let explanation = explain(&Log::read(STORY.as_bytes()), None);
    assert_eq!(explanation.groups.len(), 1);
    let buffer = finding(&explanation, "buffer");
    assert_eq!(buffer.certainty, Certainty::Certain);
    for part in
        ["All of the addresses", "buffer #1", "0x1000, 0x0, 0x2fc00", "probably the outgoing"]
    {
        assert!(buffer.what.contains(part), "no {part}: {}", buffer.what);
    }
    let mistake = finding(&explanation, "physical-address");
    assert_eq!(mistake.certainty, Certainty::Likely);
    assert!(mistake.what.contains("physical address") && mistake.what.contains("vmalloc"));
    assert!(mistake.evidence.len() >= 4, "{:?}", mistake.evidence);
    assert!(mistake.change[0].contains("dma_handle"));
    assert!(mistake.change.iter().any(|it| it.contains("dma_mmap_coherent()")));
    let twins = finding(&explanation, "twins");
    assert_eq!(twins.certainty, Certainty::Certain);
    assert!(twins.what.contains("not duplicates"), "{}", twins.what);
    let level = finding(&explanation, "level");
    assert!(level.what.contains("level 2") && level.what.contains("2 MiB"), "{}", level.what);
}

// Without the driver's lines there is no talk of a buffer, and the mistake is only possible.
#[test]
fn nothing_is_claimed_beyond_the_lines() {
    let faults: String = STORY.lines().skip(2).map(|line| line.to_owned() + "\n").collect();
    let explanation = explain(&Log::read(faults.as_bytes()), None);
    let findings = &explanation.groups[0].findings;
    assert!(findings.iter().all(|it| !["buffer", "physical-address"].contains(&it.kind)));
    let open = findings.iter().find(|it| it.kind == "not-mapped").unwrap();
    assert_eq!(open.certainty, Certainty::Possible);
}

// The same twin twice is a repeat; twins with one address may be duplicates, and that is said.
#[test]
fn repeats_are_merged_and_twins_with_one_address_are_not_called_different() {
    let log = Log::read(STORY.repeat(3).as_bytes());
    assert_eq!(log.faults.len(), 3);
    assert!(log.faults.iter().all(|fault| fault.repeats == 3));
    let same = STORY.replace("iova=0xc2103000", "iova=0xc2102000");
    let explanation = explain(&Log::read(same.as_bytes()), None);
    let twins = finding(&explanation, "twins");
    assert!(twins.what.contains("may be duplicates"), "{}", twins.what);
}

// Whatever is explained, nobody is told to switch the protection off.
#[test]
fn nobody_is_told_to_switch_the_smmu_off() {
    let texts = [STORY.to_owned(), STORY.lines().skip(2).collect::<Vec<_>>().join("\n")];
    for text in texts {
        let said = explain(&Log::read(text.as_bytes()), None).to_string().to_lowercase();
        for word in ["disable", "switch off", "turn off", "bypass", "passthrough", "iommu=off"] {
            assert!(!said.contains(word), "{word} in {said}");
        }
    }
}
