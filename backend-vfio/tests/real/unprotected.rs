//! A card that nothing translates for: refused, unless somebody answers for it.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::fs;

use backend_vfio::{Manager, OpenErrorKind, Options, VfioDevice};
use dma_core::{AddressMask, Allocate, Backend, DmaBuffer, DomainId, ErrorKind, Mapped, Request};

use crate::card::{BEHIND_PORT, Edu};

/// Memory that the host's command line sets aside, where the card reaches it for certain.
const REGION: &str = "memory=0x0c000000+16M";

fn open(options: Options) -> VfioDevice {
    // SAFETY: the card is an emulated one that does what it is told, and the test is alone here.
    let device = unsafe { VfioDevice::open_unprotected(BEHIND_PORT, options) };
    device.expect("somebody answers for it")
}

// Without an IOMMU a card is refused, with the reason; opened as unprotected it works, in the
// physical address space, on memory that was set aside.
#[test]
#[ignore = "needs a host without an IOMMU: cargo xtask test guests"]
fn unprotected_card_is_refused_unless_it_is_asked_for() {
    let options = Options::parse(REGION).unwrap();
    let error = VfioDevice::open(BEHIND_PORT, options).unwrap_err();
    assert_eq!(error.kind(), OpenErrorKind::Unprotected, "{error}");
    println!("{error}");
    let card = Edu::of(open(options));
    assert_eq!(card.device.manager(), Manager::Nobody);
    assert!(card.device.memory().limits().windows.is_empty());
    card.there_and_back(0x66);
    // The caller's memory cannot be mapped; a bounce buffer can stand in for it.
    let mask = AddressMask::bits(28);
    let own = vec![1_u8; 4096];
    let refused = Mapped::to_device(card.device.memory(), own, mask).unwrap_err();
    assert!(matches!(refused.error.kind(), ErrorKind::Unsupported));
    let bounced = Mapped::to_device_bounced(card.device.memory(), refused.buffer, mask).unwrap();
    assert!(bounced.is_bounced());
    assert_eq!(card.device.counters().maps, 0, "nothing is mapped here");
}

// Where nothing was set aside, memory is of huge pages that were reserved: each is one run, and of
// more than there are one is told what to do. Where they lie is the kernel's choice, so the card is
// not told of them here; the pool stays as it is, since others need it where it was put at boot.
#[test]
#[ignore = "needs a host without an IOMMU: cargo xtask test guests"]
fn unprotected_memory_is_of_reserved_huge_pages() {
    let device = open(Options::default());
    let lend = |length| device.memory().allocate(Request::bytes(length));
    let buffer = lend(3 << 20).unwrap();
    assert_eq!(buffer.domain(), DomainId::PHYSICAL);
    let (first, run) = buffer.run(0, buffer.len());
    assert!(first.get() > 0 && run >= 2 << 20, "a huge page is one run");
    assert!(device.mappings().at(first.get()).is_some());
    let pool = fs::read_to_string("/proc/sys/vm/nr_hugepages").unwrap();
    let pages: usize = pool.trim().parse().unwrap();
    let refused = lend((pages + 1) << 21).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NoMemory);
    assert!(refused.to_string().contains("nr_hugepages"), "{refused}");
}
