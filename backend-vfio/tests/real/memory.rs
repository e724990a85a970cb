//! Memory that the card reads and writes through the IOMMU.

use std::fs;

use backend_vfio::{MappingState, VfioDevice};
use dma_core::{
    AddressMask, Allocate, Backend, Direction, Directions, DmaBuffer, ErrorKind, Map, Mapped,
    Request,
};
use host_linux::{Backing, HostMemory, HugePages};

use crate::card::{BEHIND_PORT, Edu, ON_ROOT_BUS};

// What was written to the card comes back, on both places, by every road that the kernel has.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn bytes_come_back_from_both_cards() {
    for (place, seed) in [(BEHIND_PORT, 1), (ON_ROOT_BUS, 2)] {
        let card = Edu::open(place, "");
        println!("{place}: {:?}, {}", card.device.manager(), card.device.interrupts());
        card.there_and_back(seed);
        drop(card);
        Edu::open(place, "iommu=type1").there_and_back(!seed);
    }
}

// Buffers that stay cost no call of the kernel: map once, transfer often.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn transfers_with_a_buffer_that_stays_map_nothing() {
    let card = Edu::open(BEHIND_PORT, "");
    card.device.set_bus_mastering(true).unwrap();
    let mut buffer = card.device.memory().allocate(Edu::request(512)).unwrap();
    let before = card.device.counters();
    assert_eq!((before.maps, before.mapped_bytes), (1, 4096));
    for round in 0..4_u8 {
        buffer.bytes_mut().fill(round);
        buffer = card.transfer(buffer, Direction::ToDevice);
        buffer.bytes_mut().fill(0xee);
        buffer = card.transfer(buffer, Direction::FromDevice);
        assert_eq!(buffer.bytes(), [round; 512]);
    }
    assert_eq!(card.device.counters(), before, "a transfer asked the kernel to map or unmap");
    drop(buffer);
    let after = card.device.counters();
    assert_eq!((after.maps, after.unmaps, after.mapped_bytes), (1, 1, 0));
}

// The list of mappings has what is live, with its label, and what was freed.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn mappings_are_listed_live_and_freed() {
    let card = Edu::open(BEHIND_PORT, "");
    let lender = card.device.memory().labelled("samples");
    let buffer = lender.allocate(Edu::request(6000)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    let list = card.device.mappings();
    let mapping = list.at(iova + 5999).unwrap();
    assert_eq!((&*mapping.label, mapping.state), ("samples", MappingState::Live));
    assert_eq!(mapping.length, 8192);
    assert!(list.at(iova + 8192).is_none());
    drop(buffer);
    let list = card.device.mappings();
    assert_eq!(list.at(iova).unwrap().state, MappingState::Freed);
    assert!(list.to_json().contains(r#""label":"samples","ended":true"#));
    // What was freed rests: its address is not given out again at once.
    let next = lender.allocate(Edu::request(6000)).unwrap();
    assert_ne!(next.run(0, 1).0.get(), iova);
}

// Addresses stay below the mask that was asked for, and inside the kernel's windows.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn addresses_keep_to_masks_and_windows() {
    let card = Edu::open(BEHIND_PORT, "");
    let lender = card.device.memory();
    let windows = lender.limits().windows.to_vec();
    println!("{windows:x?}, known by {:?}", card.device.windows_known_by());
    assert!(!windows.is_empty());
    for (bits, length) in [(20, 4096), (28, 4096), (28, 4 << 20), (32, 4 << 20), (64, 4 << 20)] {
        let mask = AddressMask::bits(bits);
        let buffer = lender.allocate(Request::bytes(length).within(mask)).unwrap();
        let (iova, run) = buffer.run(0, length);
        assert_eq!(run, length, "an IOMMU makes one run");
        assert!(mask.reaches(iova, length), "{bits} bits: {iova}");
        let last = iova.get() + length as u64 - 1;
        assert!(windows.iter().any(|w| w.first <= iova.get() && last <= w.last), "{iova}");
    }
    let refused = lender.allocate(Request::bytes(1).within(AddressMask::bits(12))).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::OutOfReach);
    let aligned = lender.allocate(Request::bytes(10).aligned(1 << 20)).unwrap();
    assert!(aligned.run(0, 1).0.get().is_multiple_of(1 << 20));
    assert!(aligned.bytes().as_ptr().addr().is_multiple_of(1 << 20));
}

// Reserved huge pages are taken while there are some, then the kernel makes its own, and small
// ones where that is asked for; the card reaches all of them.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn huge_pages_are_taken_where_there_are_some() {
    let pool = "/proc/sys/vm/nr_hugepages";
    let card = Edu::open(BEHIND_PORT, "");
    card.device.set_bus_mastering(true).unwrap();
    let lender = card.device.memory();
    let backing = |lender: &backend_vfio::VfioMemory| {
        let mut buffer = lender.allocate(Edu::request(4 << 20)).unwrap();
        buffer.bytes_mut()[..4096].fill(0x5a);
        let mut buffer = card.transfer(buffer, Direction::ToDevice);
        buffer.bytes_mut()[..4096].fill(0);
        let buffer = card.transfer(buffer, Direction::FromDevice);
        assert_eq!(buffer.bytes()[..4096], [0x5a; 4096]);
        buffer.region().backing().unwrap()
    };
    if fs::write(pool, "2").is_ok() && fs::read_to_string(pool).unwrap().trim() == "2" {
        assert_eq!(backing(lender), Backing::Reserved);
        fs::write(pool, "0").unwrap();
    }
    assert_ne!(backing(lender), Backing::Reserved);
    assert_eq!(backing(&lender.with_pages(HugePages::Never)), Backing::Small);
}

/// Whole pages of the caller's.
struct Pages(HostMemory);

// SAFETY: the memory stays where it is, as long as it is not dropped.
unsafe impl embedded_dma::ReadBuffer for Pages {
    type Word = u8;

    unsafe fn read_buffer(&self) -> (*const u8, usize) {
        (self.0.bytes().cast().as_ptr(), self.0.bytes().len())
    }
}

// SAFETY: as above, and it is nobody else's.
unsafe impl embedded_dma::WriteBuffer for Pages {
    type Word = u8;

    unsafe fn write_buffer(&mut self) -> (*mut u8, usize) {
        (self.0.bytes().cast().as_ptr(), self.0.bytes().len())
    }
}

// The caller's own pages are mapped where they are, and come back; parts of pages are refused.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn memory_of_the_caller_is_mapped_and_comes_back() {
    let card = Edu::open(BEHIND_PORT, "");
    let lender = card.device.memory();
    let pages = || Pages(HostMemory::zeroed(8192, 1, HugePages::Never).unwrap());
    let mask = AddressMask::bits(28);
    let mapped = Mapped::both_ways(lender, pages(), mask).unwrap();
    let (iova, run) = mapped.run(0, 8192);
    assert_eq!(run, 8192);
    assert!(card.device.mappings().at(iova.get()).is_some_and(|mapping| mapping.length == 8192));
    let back = mapped.into_inner().unwrap();
    assert_eq!(card.device.counters().mapped_bytes, 0);
    let part = std::ptr::NonNull::slice_from_raw_parts(back.0.bytes().cast::<u8>(), 100);
    // SAFETY: it is refused: nothing is mapped.
    let refused = unsafe { lender.map(part, Directions::BOTH, mask) }.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotWholePages);
}

// Memory outlives the device: the address space is kept by what is mapped in it.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn memory_outlives_its_device() {
    let card = Edu::open(BEHIND_PORT, "");
    let mut buffer = card.device.memory().allocate(Edu::request(64)).unwrap();
    drop(card);
    buffer.bytes_mut().fill(7);
    assert_eq!(buffer.bytes(), [7; 64]);
    // And the device can be opened again meanwhile, by the road of its group.
    let again = VfioDevice::open(BEHIND_PORT, backend_vfio::Options::default());
    assert!(again.is_ok(), "{again:?}");
    drop(again);
    buffer.unmap().unwrap();
}
