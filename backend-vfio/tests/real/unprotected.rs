//! A card that nothing translates for: refused, unless somebody answers for it.

use std::fs;

use backend_vfio::{Manager, OpenErrorKind, Options, VfioDevice};
use dma_core::{Allocate, Backend, DmaBuffer, DomainId, ErrorKind, Mapped};

use crate::card::{BEHIND_PORT, Edu};

// Without an IOMMU a card is refused, with the reason; opened as unprotected it works, in the
// physical address space, on reserved huge pages.
#[test]
#[ignore = "needs a host without an IOMMU: cargo xtask test guests"]
fn unprotected_card_is_refused_unless_it_is_asked_for() {
    let options = Options::default();
    let error = VfioDevice::open(BEHIND_PORT, options).unwrap_err();
    assert_eq!(error.kind(), OpenErrorKind::Unprotected, "{error}");
    println!("{error}");
    // SAFETY: the card is an emulated one that does what it is told, and the test is alone here.
    let device = unsafe { VfioDevice::open_unprotected(BEHIND_PORT, options) };
    let device = device.expect("somebody answers for it");
    assert_eq!(device.manager(), Manager::Nobody);
    assert!(device.memory().limits().windows.is_empty());
    fs::write("/proc/sys/vm/nr_hugepages", "0").unwrap();
    let refused = device.memory().allocate(Edu::request(64)).unwrap_err();
    assert!(refused.to_string().contains("nr_hugepages"), "{refused}");
    fs::write("/proc/sys/vm/nr_hugepages", "8").unwrap();
    let card = Edu::of(device);
    card.there_and_back(0x66);
    let buffer = card.device.memory().allocate(Edu::request(3 << 20)).unwrap();
    assert_eq!(buffer.domain(), DomainId::PHYSICAL);
    let (first, run) = buffer.run(0, buffer.len());
    assert!(first.get() > 0 && run >= 2 << 20, "a huge page is one run");
    let runs = card.device.mappings();
    assert!(runs.at(first.get()).is_some());
    // The caller's memory cannot be mapped; a bounce buffer can stand in for it.
    let mask = dma_core::AddressMask::bits(28);
    let own = vec![1_u8; 4096];
    let refused = Mapped::to_device(card.device.memory(), own, mask).unwrap_err();
    assert!(matches!(refused.error.kind(), ErrorKind::Unsupported));
    let bounced = Mapped::to_device_bounced(card.device.memory(), refused.buffer, mask).unwrap();
    assert!(bounced.is_bounced());
    assert_eq!(card.device.counters().maps, 0, "nothing is mapped here");
}
