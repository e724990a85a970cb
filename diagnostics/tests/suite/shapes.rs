//! Every shape of a fault's lines, old and new, behind every kind of prefix.
#![forbid(unsafe_code)]

use diagnostics::{Access, Fault, Log, Precision, Reason, Requester, Source};

/// The one fault of some lines.
fn only(lines: &str) -> Fault {
    let mut log = Log::read(lines.as_bytes());
    assert_eq!((log.faults.len(), log.unread.len()), (1, 0), "{lines}: {log:?}");
    log.faults.remove(0)
}

fn pci(name: &str) -> Requester {
    Requester::Pci(name.to_owned())
}

/// Lines, and source, requester, address, access and reason of the fault in them.
type Row = (&'static str, Source, Requester, u64, Access, Reason);

#[expect(clippy::too_many_lines, reason = "a table")]
fn rows() -> Vec<Row> {
    vec![
        // Intel, new, old with PASID, and older still.
        (
            include_str!("../logs/shapes/vt-d-7.3.log"),
            Source::VtD,
            pci("0000:00:01.0"),
            0x8bd_4000,
            Access::Read,
            Reason::NotMappedOrPermission,
        ),
        (
            include_str!("../logs/shapes/vt-d-pasid.log"),
            Source::VtD,
            pci("0000:03:00.0"),
            0x9c00_0000,
            Access::Write,
            Reason::NotMappedOrPermission,
        ),
        (
            include_str!("../logs/shapes/vt-d-two-lines.log"),
            Source::VtD,
            pci("0000:00:12.0"),
            0,
            Access::Write,
            Reason::NotMappedOrPermission,
        ),
        (
            include_str!("../logs/shapes/vt-d-wide-address.log"),
            Source::VtD,
            pci("0000:6a:01.0"),
            0x7f00,
            Access::Read,
            Reason::AddressSize,
        ),
        (
            include_str!("../logs/shapes/vt-d-context.log"),
            Source::VtD,
            pci("0000:00:02.0"),
            0x1000,
            Access::Read,
            Reason::Configuration,
        ),
        // AMD, new, old, and older on two lines.
        (
            include_str!("../logs/shapes/amd-6.log"),
            Source::AmdVi,
            pci("0000:03:00.0"),
            0xcff4_9550,
            Access::Write,
            Reason::NotMapped,
        ),
        (
            include_str!("../logs/shapes/amd-device-first.log"),
            Source::AmdVi,
            pci("0000:03:00.0"),
            0xfff0_0000,
            Access::Write,
            Reason::Permission,
        ),
        (
            include_str!("../logs/shapes/amd-two-lines.log"),
            Source::AmdVi,
            pci("0000:05:00.0"),
            0xff61_01b0,
            Access::Read,
            Reason::NotMapped,
        ),
        (
            include_str!("../logs/shapes/amd-device-table.log"),
            Source::AmdVi,
            pci("0000:05:00.0"),
            0xffff_fffd_f800_0000,
            Access::Unknown,
            Reason::Configuration,
        ),
        // SMMUv2: mainline, its newer lines, and L4T.
        (
            include_str!("../logs/shapes/smmu-v2-mainline.log"),
            Source::SmmuV2,
            Requester::Stream(0x19c3, String::new()),
            0xfd7f_f000,
            Access::Read,
            Reason::NotMapped,
        ),
        (
            include_str!("../logs/shapes/smmu-v2-decoded.log"),
            Source::SmmuV2,
            Requester::Stream(0x409, String::new()),
            0xff3c_f000,
            Access::Write,
            Reason::Permission,
        ),
        (
            include_str!("../logs/shapes/smmu-v2-xavier.log"),
            Source::SmmuV2,
            Requester::Stream(0x5b, "PCIE5".to_owned()),
            0xc210_3000,
            Access::Read,
            Reason::NotMapped,
        ),
        (
            include_str!("../logs/shapes/smmu-v2-tx2.log"),
            Source::SmmuV2,
            Requester::Stream(0x11, "AFI".to_owned()),
            0x8000_0000,
            Access::Write,
            Reason::NotMapped,
        ),
        // SMMUv3: four words, and by name.
        (
            include_str!("../logs/shapes/smmu-v3-words.log"),
            Source::SmmuV3,
            Requester::Stream(8, String::new()),
            0xc210_3000,
            Access::Read,
            Reason::NotMapped,
        ),
        // The same out of `/dev/kmsg`, which spells the tab out; as Linux 5.10 said it.
        (
            include_str!("../logs/shapes/smmu-v3-kmsg.log"),
            Source::SmmuV3,
            Requester::Stream(0x100, String::new()),
            0x432e_d000,
            Access::Read,
            Reason::NotMapped,
        ),
        (
            include_str!("../logs/shapes/smmu-v3-auto.log"),
            Source::SmmuV3,
            Requester::Stream(0x100, String::new()),
            0x1008,
            Access::Write,
            Reason::Permission,
        ),
        (
            include_str!("../logs/shapes/smmu-v3-named.log"),
            Source::SmmuV3,
            pci("0000:00:01.0"),
            0xc210_3000,
            Access::Write,
            Reason::NotMapped,
        ),
        (
            include_str!("../logs/shapes/smmu-v3-unassigned.log"),
            Source::SmmuV3,
            Requester::Stream(0x18, String::new()),
            0x4000,
            Access::Unknown,
            Reason::Permission,
        ),
        // virtio.
        (
            include_str!("../logs/shapes/virtio-page.log"),
            Source::Virtio,
            Requester::Endpoint(16),
            0xc210_3000,
            Access::Read,
            Reason::NotMappedOrPermission,
        ),
        (
            include_str!("../logs/shapes/virtio-domain.log"),
            Source::Virtio,
            Requester::Endpoint(8),
            0x10,
            Access::Write,
            Reason::Configuration,
        ),
        (
            include_str!("../logs/shapes/virtio-unknown.log"),
            Source::Virtio,
            Requester::Endpoint(8),
            0x10,
            Access::Unknown,
            Reason::Other(String::new()),
        ),
        (
            include_str!("../logs/shapes/virtio-execute.log"),
            Source::Virtio,
            Requester::Endpoint(8),
            0x10,
            Access::Execute,
            Reason::NotMappedOrPermission,
        ),
    ]
}

// Each shape gives its fault with everything that its lines say.
#[test]
fn every_shape_is_read() {
    for (lines, source, requester, iova, access, reason) in rows() {
        let fault = only(lines);
        assert_eq!(
            (fault.source, fault.requester, fault.iova, fault.access, fault.reason),
            (source, requester, iova, access, reason),
            "{lines}"
        );
        let page = source == Source::VtD;
        assert_eq!(fault.precision == Precision::Page, page, "{lines}");
    }
}

// What a kernel buffer, a journal, a console or a forum puts before a line changes nothing.
#[test]
fn prefixes_change_nothing() {
    for (lines, ..) in rows() {
        let plain = only(lines);
        for prefix in [
            "[ 3892.563964] ",
            "<3>[    1.000001] ",
            "[Thu Nov 26 15:00:00 2026] ",
            "Nov 26 15:00:00 orin kernel: ",
            "Nov 26 15:00:00 default kernel: ",
            "Nov 26 15:00:00 orin kernel: [   12.000000] ",
            "2026-11-26T15:00:00+00:00 orin kernel: ",
            "> ",
            "    ",
        ] {
            let text: Vec<String> = lines.lines().map(|it| format!("{prefix}{it}\r\n")).collect();
            let text = text.concat();
            let fault = only(&text);
            let same = (&fault.requester, fault.iova, fault.access, &fault.reason)
                == (&plain.requester, plain.iova, plain.access, &plain.reason);
            assert!(same, "{prefix}{lines}: {fault:?}");
            assert_eq!(
                fault.time_us.is_some(),
                prefix.contains("] ") && prefix.contains('.'),
                "{prefix}"
            );
        }
    }
}

// Other drivers' lines between those of one event are no part of it; two units' lines mix.
#[test]
fn interleaved_lines_find_their_event() {
    let one = |unit: &str, sid: u32| {
        vec![
            format!("arm-smmu-v3 {unit}: event 0x10 received:"),
            format!("arm-smmu-v3 {unit}: \t0x{sid:08x}00000010"),
            format!("arm-smmu-v3 {unit}: \t0x0000020800000000"),
            format!("arm-smmu-v3 {unit}: \t0x00000000{sid:08x}"),
            format!("arm-smmu-v3 {unit}: \t0x0000000000000000"),
        ]
    };
    let (a, b) = (one("1.smmu", 0x11), one("2.smmu", 0x22));
    let mixed: Vec<String> = a
        .into_iter()
        .zip(b)
        .flat_map(|(a, b)| [a, "usb 1-1: new device".to_owned(), b, "eth0: link up".to_owned()])
        .collect();
    let log = Log::read(mixed.join("\n").as_bytes());
    let found: Vec<_> = log.faults.iter().map(|it| (it.requester.clone(), it.iova)).collect();
    let stream = |id| Requester::Stream(id, String::new());
    assert_eq!(found, [(stream(0x11), 0x11), (stream(0x22), 0x22)]);
    // Two messages that a console ran together are two.
    let text = "DMAR: [DMA Read] Request device [01:00.0] fault addr 1000 [fault reason 06] x DMAR: [DMA Write] Request device [02:00.0] fault addr 2000 [fault reason 05] y";
    assert_eq!(Log::read(text.as_bytes()).faults.len(), 2);
}

// A line that was cut anywhere gives the same address, or none, and never another.
#[test]
fn cut_lines_never_give_another_address() {
    for (lines, _, _, iova, ..) in rows() {
        for end in (0..lines.len()).filter(|&end| lines.is_char_boundary(end)) {
            let log = Log::read(&lines.as_bytes()[..end]);
            for fault in log.faults {
                assert_eq!(fault.iova, iova, "{}", &lines[..end]);
            }
        }
    }
}

// The kernel's own note on lines that it left out is counted, of these drivers only.
#[test]
fn lines_left_out_are_counted() {
    let text = "dmar_fault: 893 callbacks suppressed\n\
                [ 1.0] arm_smmu_context_fault: 83 callbacks suppressed\n\
                net_ratelimit: 5 callbacks suppressed\n";
    assert_eq!(Log::read(text.as_bytes()).suppressed, 976);
}

// What speaks of a fault and has no address is kept as it is, with its reason.
#[test]
fn events_without_an_address_are_not_lost() {
    let text =
        "arm-smmu-v3 1.smmu: event: C_BAD_STREAMID client: (unassigned sid) sid: 0x18 ssid: 0x0\n";
    let log = Log::read(text.as_bytes());
    assert!(log.faults.is_empty());
    assert!(log.unread[0].1.contains("no usable entry"), "{:?}", log.unread);
}
