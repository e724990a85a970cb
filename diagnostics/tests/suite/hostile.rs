//! Whatever the bytes, there is an answer, and pieces make the same log.
#![forbid(unsafe_code)]

use diagnostics::{Log, Parser, explain};
use proptest::prelude::*;

const STORY: &str = include_str!("../logs/xavier.log");

/// Reads in pieces of these sizes, again and again.
fn in_pieces(bytes: &[u8], sizes: &[usize]) -> Log {
    let (mut log, mut parser) = (Log::default(), Parser::new());
    let mut rest = bytes;
    for size in sizes.iter().cycle() {
        let (piece, behind) = rest.split_at((*size).clamp(1, 10_000).min(rest.len()));
        parser.feed(piece, &mut |event| log.take(event));
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    parser.finish(&mut |event| log.take(event));
    log
}

/// Without what only a whole log knows.
fn shown(log: &Log) -> String {
    format!("{:?} {:?} {:?} {}", log.faults, log.announced, log.unread, log.suppressed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    // Any bytes are answered, and can be explained.
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = explain(&Log::read(&bytes), None).to_string();
    }

    // Lines of faults with bytes exchanged are answered.
    #[test]
    fn broken_lines_are_answered(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = STORY.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = explain(&Log::read(&bytes), None).to_string();
    }

    // A log is the same however its bytes arrive.
    #[test]
    fn pieces_of_any_size_make_the_same_log(sizes in prop::collection::vec(1usize..300, 1..6)) {
        let noise = "usb 1-1: new high-speed device\n\n".repeat(3);
        let text = format!("{noise}{STORY}{noise}{STORY}");
        let whole = shown(&Log::read(text.as_bytes()));
        prop_assert_eq!(shown(&in_pieces(text.as_bytes(), &sizes)), whole);
    }
}

// A line with none of the words that matter is not looked at, also where it comes in two pieces,
// and neither is one whose words come too late in it.
#[test]
fn lines_in_two_pieces_are_no_other_lines() {
    let late = format!("size 16 addr 0x1000 {} phaddr\n", "x".repeat(5_000));
    for text in ["buffer: size 16 addr 0x1000\n", "default size 16 addr 0x1000\n", &late] {
        let whole = Log::read(text.as_bytes());
        assert_eq!(whole.announced, [], "{text}");
        for cut in [1, 12, text.len() - 1] {
            assert_eq!(in_pieces(text.as_bytes(), &[cut]), whole, "cut at {cut}: {text}");
        }
    }
}

// A line without an end, and a log of nothing but different faults, take bounded memory.
#[test]
fn endless_logs_are_bounded() {
    let mut parser = Parser::new();
    let mut log = Log::default();
    for _ in 0..1_000 {
        parser.feed(&[b'f'; 10_000], &mut |event| log.take(event));
    }
    for at in 0..30_000u64 {
        let line = format!("virtio_iommu v: page fault from EP 1 at {:#x} [R]\n", at * 4_096);
        parser.feed(line.as_bytes(), &mut |event| log.take(event));
    }
    parser.finish(&mut |event| log.take(event));
    assert_eq!(log.faults.len(), 10_000);
    assert_eq!(log.faults_more, 19_999, "the first line ran together with ten million letters");
    let said = explain(&log, None).to_string();
    assert!(said.len() < 10_000 && said.contains("19999 more faults"), "{said}");
}

// A driver's line with a length beyond every power of two is taken as it is, and the buffer is
// still named.
#[test]
fn absurd_lengths_are_explained() {
    for length in ["0x8000000000000001", "13602030388289898646"] {
        let log = format!(
            "DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr 0x8bd4000 [fault \
             reason 0x06] PTE Read access is not set\ncard: phaddr 0x8bd3000 size {length}\n"
        );
        let log = Log::read(log.as_bytes());
        assert_eq!((log.faults.len(), log.announced.len()), (1, 1), "{length}");
        let text = explain(&log, None).to_string();
        assert!(text.contains("0x8bd3000"), "{length}: {text}");
    }
}
