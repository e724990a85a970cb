//! Lending, mapping, physical addresses, leaks.

use std::collections::HashSet;
use std::ptr::NonNull;

use backend_mock::{EduCard, Machine, PAGE, Pages, ProbeCard};
use dma_core::{
    AddressMask, Allocate, Backend, Buffer, Directions, DmaBuffer, ErrorKind, Mapped, Region,
    Request,
};

use crate::support::{probe, read, write};

/// Every byte's device address, by the runs that the buffer tells.
fn runs(buffer: &impl DmaBuffer) -> Vec<(u64, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < buffer.length() {
        let (iova, length) = buffer.run(at, usize::MAX);
        assert!(length > 0);
        runs.push((iova.get(), length));
        at += length;
    }
    assert_eq!(buffer.run(at, usize::MAX).1, 0);
    runs
}

// The three kinds of number of one byte all differ, for every page of a large buffer: so a driver
// that takes one for another cannot work by luck.
#[test]
fn addresses_of_cpu_device_and_ram_are_disjoint() {
    for device in [probe(), Machine::builder().scattered().build().plug(ProbeCard::new())] {
        let buffer = device.allocate(Request::bytes(1 << 20)).unwrap();
        let mut seen = HashSet::new();
        for page in buffer.bytes().chunks(4096) {
            let physical = device.machine().physical_of(page.as_ptr()).unwrap();
            assert!(seen.insert(physical) && seen.insert(page.as_ptr().addr() as u64));
        }
        for page in (0..buffer.len()).step_by(4096) {
            assert!(seen.insert(buffer.run(page, 1).0.get()));
        }
    }
}

// A physical address is that of the very byte, and only memory of the machine has one.
#[test]
fn physical_addresses_count_bytes() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(8192)).unwrap();
    let of = |at: usize| device.machine().physical_of(&raw const buffer.bytes()[at]);
    assert_eq!(of(4095).unwrap(), of(0).unwrap() + 4095);
    let stranger = 7_u8;
    assert_eq!(device.machine().physical_of(&raw const stranger), None);
}

// Memory comes zeroed, as long and as aligned as asked, below the mask, and the device sees it.
#[test]
fn lent_memory_is_what_was_asked() {
    let device = probe();
    for (length, alignment, bits) in
        [(1, 1, 64), (100, 64, 32), (4096, 4096, 28), (70_000, 65_536, 28), (3 << 20, 2 << 20, 32)]
    {
        let request =
            Request::bytes(length).aligned(alignment).within(AddressMask::bits(bits)).contiguous();
        let buffer = device.allocate(request).unwrap();
        assert_eq!(buffer.len(), length);
        assert!(buffer.bytes().iter().all(|byte| *byte == 0));
        assert!(buffer.bytes().as_ptr().addr().is_multiple_of(alignment));
        let runs = runs(&buffer);
        assert_eq!(runs.len(), 1);
        assert!(runs[0].0.is_multiple_of(alignment as u64));
        assert!(runs[0].0 + (length as u64 - 1) <= AddressMask::bits(bits).highest());
        write(&device, runs[0].0 + length as u64 - 1, &[9]).unwrap();
        assert_eq!(buffer.bytes()[length - 1], 9);
    }
}

// What cannot be lent is refused with the kind that the contract names.
#[test]
fn impossible_requests_are_told_apart() {
    let device = probe();
    let kind = |request| device.allocate(request).unwrap_err().kind();
    assert_eq!(kind(Request::bytes(0)), ErrorKind::Empty);
    assert_eq!(kind(Request::bytes(1).aligned(3)), ErrorKind::Misaligned);
    assert_eq!(kind(Request::bytes(1).aligned(1 << 30)), ErrorKind::Misaligned);
    assert_eq!(kind(Request::bytes(usize::MAX)), ErrorKind::TooLong);
    assert_eq!(kind(Request::bytes(1 << 45)), ErrorKind::NoMemory);
    assert_eq!(kind(Request::bytes(1).within(AddressMask::bits(12))), ErrorKind::OutOfReach);
    assert!(device.mappings().is_empty());
    assert_eq!(device.machine().leaks().pages, 0);
}

// Scattered memory comes in runs of at most the wanted size, no two of them adjacent, and each
// byte of the buffer is where its run says.
#[test]
fn pieces_are_apart_and_add_up() {
    let device = probe();
    for piece in [1000, 4096, 10_000] {
        device.lender().set_pieces(Some(piece));
        let buffer = device.allocate(Request::bytes(50_000)).unwrap();
        let runs = runs(&buffer);
        assert_eq!(runs.len(), 50_000_usize.div_ceil(piece));
        let mut ends: Vec<_> = runs.iter().map(|(iova, length)| iova + *length as u64).collect();
        ends.retain(|end| runs.iter().any(|(iova, _)| iova == end));
        assert_eq!(ends, []);
        for (at, value) in [0, 999, 1000, 4095, 4096, 9_999, 49_999].into_iter().zip(1..) {
            write(&device, buffer.run(at, 1).0.get(), &[value]).unwrap();
            assert_eq!(buffer.bytes()[at], value);
        }
    }
}

// Contiguous memory is contiguous however scattered the rest is, or refused; never something else.
#[test]
fn contiguous_is_kept_or_refused() {
    let device = probe();
    device.lender().set_pieces(Some(4096));
    let request = Request::bytes(40_000).contiguous();
    assert_eq!(runs(&device.allocate(request).unwrap()).len(), 1);
    device.lender().refuse_contiguous(true);
    assert_eq!(device.allocate(request).unwrap_err().kind(), ErrorKind::Scattered);

    let bare = Machine::builder().iommu_off().scattered().build().plug(ProbeCard::new());
    assert_eq!(runs(&bare.allocate(Request::bytes(40_000)).unwrap()).len(), 10);
    assert_eq!(runs(&bare.allocate(request).unwrap()).len(), 1);
}

// Without an IOMMU, device addresses are physical, and still below the mask.
#[test]
fn without_an_iommu_addresses_are_physical() {
    let device = Machine::builder().iommu_off().build().plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    let request = Request::bytes(5000).within(AddressMask::bits(28));
    let buffer = device.allocate(request).unwrap();
    let iova = buffer.run(0, 1).0.get();
    assert_eq!(device.machine().physical_of(buffer.bytes().as_ptr()), Some(iova));
    assert!(iova < 1 << 28);
    assert!(device.limits().windows.is_empty());
    write(&device, iova + 4999, &[5]).unwrap();
    assert_eq!(buffer.bytes()[4999], 5);
    assert_eq!(device.domain().id(), buffer.domain());
}

// The caller's own pages can be mapped, with the right of the direction alone, and come back.
#[test]
fn callers_pages_are_mapped_with_one_right() {
    let device = probe();
    let mut pages = Pages::holding(3 * 4096).unwrap();
    pages[5000] = 42;
    let mapped = Mapped::to_device(&device, pages, AddressMask::bits(32)).unwrap();
    let iova = mapped.run(0, 1).0.get();
    let mut byte = [0];
    read(&device, iova + 5000, &mut byte).unwrap();
    assert_eq!(byte, [42]);
    assert!(write(&device, iova, &[1]).is_err());
    assert_eq!(device.mappings()[0].permits, Directions::TO_DEVICE);
    let pages = mapped.into_inner().unwrap();
    assert_eq!((pages[0], pages[5000]), (0, 42));
    assert!(read(&device, iova, &mut byte).is_err());
}

// Memory that begins or ends within a page has neighbours, and is refused and given back.
#[test]
fn part_of_a_page_is_not_mapped() {
    let device = probe();
    let refused = Mapped::to_device(&device, vec![7_u8; 100], AddressMask::ALL).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::NotWholePages);
    assert_eq!(refused.buffer, [7; 100]);
    assert!(Mapped::to_device_bounced(&device, refused.buffer, AddressMask::ALL).is_ok());
}

// Large memory is mapped with big pages, which are found again and taken away as a whole.
#[test]
fn big_pages_come_and_go() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(5 << 20)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    assert!(iova.is_multiple_of(2 << 20));
    for at in [0, (2 << 20) - 1, 2 << 20, (4 << 20) + 4095, (5 << 20) - 1] {
        write(&device, iova + at, &[1]).unwrap();
        assert_eq!(buffer.bytes()[usize::try_from(at).unwrap()], 1);
    }
    write(&device, iova + (2 << 20) - 8, &[2; 16]).unwrap();
    assert!(write(&device, iova + (5 << 20), &[1]).is_err());
    drop(buffer);
    assert!(write(&device, iova, &[1]).is_err());
}

// A mapping ends with its last owner; unmapping a shared one is refused and ends nothing early.
#[test]
fn the_last_owner_ends_the_mapping() {
    let device = probe();
    let (first, second) = device.allocate(Request::bytes(8192)).unwrap().split_at(100).unwrap();
    let iova = second.run(0, 1).0.get();
    assert_eq!(first.unmap().unwrap_err().kind(), ErrorKind::Shared);
    write(&device, iova, &[3]).unwrap();
    assert_eq!(second.bytes()[0], 3);
    second.unmap().unwrap();
    assert!(write(&device, iova, &[3]).is_err());
    assert_eq!(device.counters().maps, device.counters().unmaps);
}

// A leaked buffer stays mapped for ever, and is counted.
#[test]
fn leaked_buffers_stay_mapped() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(10)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    std::mem::forget(buffer);
    write(&device, iova, &[1]).unwrap();
    let machine = device.machine().clone();
    drop(device);
    let leaks = machine.leaks();
    assert_eq!((leaks.devices, leaks.mappings, leaks.pages), (1, 1, 1));
    assert_eq!(leaks.to_string(), "1 open devices, 1 domains, 1 mappings, 1 pages of memory");
}

// Devices that were opened, used and closed many times leave nothing, in whatever order their
// parts go.
#[test]
fn opening_and_closing_leaves_nothing() {
    let machine = Machine::new();
    let slot = machine.install(EduCard::new());
    for round in 0..200 {
        let device = machine.open(slot).unwrap();
        assert_eq!(machine.open(slot).unwrap_err().kind(), ErrorKind::Busy);
        let buffer = device.allocate(Request::bytes(round * 100 + 1)).unwrap();
        let pages = Pages::holding(8192).unwrap();
        let mapped = Mapped::both_ways(&device, pages, AddressMask::ALL).unwrap();
        let space = device.region(0).unwrap();
        let signal = device.signal(0).unwrap();
        assert!(!machine.leaks().is_empty());
        if round % 2 == 0 {
            drop((device, space, signal, mapped, buffer));
        } else {
            drop((buffer, mapped, signal, space, device));
        }
        assert!(machine.leaks().is_empty(), "{}", machine.leaks());
    }
}

// Two devices in one domain reach one buffer; a device in another does not.
#[test]
fn domains_are_shared_or_apart() {
    let machine = Machine::new();
    let first = machine.plug(ProbeCard::new());
    let second = machine.plug_in(ProbeCard::new(), first.domain());
    let third = machine.plug(ProbeCard::new());
    for device in [&first, &second, &third] {
        device.set_bus_mastering(true).unwrap();
    }
    let buffer = first.allocate(Request::bytes(64)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    write(&second, iova, &[8]).unwrap();
    assert_eq!(buffer.bytes()[0], 8);
    assert!(write(&third, iova, &[9]).is_err());
    assert_eq!(first.domain().id(), second.domain().id());
    assert_ne!(first.domain().id(), third.domain().id());
    assert_eq!(second.mappings(), first.mappings());
}

// Memory that is not the machine's can be added where one wants it, and taken out again.
#[test]
fn foreign_memory_lies_where_it_was_put() {
    // SAFETY: no buffer of another physical address space comes near this machine.
    let builder = unsafe { Machine::builder().in_physical_domain() };
    let device = builder.build().plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    assert_eq!(device.domain().id(), dma_core::DomainId::PHYSICAL);
    let mut pool = vec![0_u8; 10_000];
    let memory = NonNull::from(pool.as_mut_slice());
    // SAFETY: the pool outlives the result, and is not touched meanwhile.
    let added = unsafe { device.machine().add_memory(0x2000_0123, memory) }.unwrap();
    write(&device, 0x2000_0123, &[1; 10_000]).unwrap();
    assert!(write(&device, 0x2000_0122, &[1]).is_err());
    assert!(write(&device, 0x2000_0123 + 10_000, &[1]).is_err());
    let last = memory.cast::<u8>().as_ptr().wrapping_add(9_999);
    assert_eq!(device.machine().physical_of(last), Some(0x2000_0123 + 9_999));
    // SAFETY: as above; it is refused anyway.
    let again = unsafe { device.machine().add_memory(0x2000_1000, memory) };
    assert_eq!(again.unwrap_err().kind(), ErrorKind::Busy);
    // SAFETY: as above; these addresses are the machine's own RAM.
    let in_ram = unsafe { device.machine().add_memory(0x0c00_0000, memory) };
    assert_eq!(in_ram.unwrap_err().kind(), ErrorKind::Busy);
    drop(added);
    assert!(write(&device, 0x2000_0123, &[2]).is_err());
    assert!(pool.iter().all(|byte| *byte == 1));
}

// Memory that is mapped twice keeps its one physical address until the last mapping ends.
#[test]
fn one_page_has_one_physical_address() {
    static PAGES: std::sync::OnceLock<Pages> = std::sync::OnceLock::new();
    let device = probe();
    let pages: &'static Pages = PAGES.get_or_init(|| Pages::holding(8192).unwrap());
    let map = || Mapped::to_device(&device, &pages[..], AddressMask::ALL).unwrap();
    let (first, second) = (map(), map());
    assert_ne!(first.run(0, 1).0, second.run(0, 1).0);
    assert_eq!(device.mappings()[0].physical, device.mappings()[1].physical);
    drop(first);
    assert!(device.machine().physical_of(pages.as_ptr()).is_some());
    let mut bytes = [0; 16];
    read(&device, second.run(0, 1).0.get(), &mut bytes).unwrap();
    drop(second);
    assert_eq!(device.machine().physical_of(pages.as_ptr()), None);
}

// Without translation, too, memory that is mapped twice stays until both mappings end.
#[test]
fn twice_mapped_memory_counts_twice() {
    static PAGES: std::sync::OnceLock<Pages> = std::sync::OnceLock::new();
    let device = Machine::builder().iommu_off().build().plug(ProbeCard::new());
    let pages: &'static Pages = PAGES.get_or_init(|| Pages::holding(4096).unwrap());
    let map = || Mapped::to_device(&device, &pages[..], AddressMask::ALL).unwrap();
    let (first, second) = (map(), map());
    assert_eq!(first.run(0, 1).0, second.run(0, 1).0);
    assert_eq!(device.machine().leaks().mappings, 2);
    drop(first);
    assert_eq!((device.machine().leaks().mappings, device.mappings().len()), (1, 1));
    drop(second);
    assert_eq!((device.machine().leaks().mappings, device.machine().leaks().pages), (0, 0));
}

// A device that writes past the end of a buffer, but not out of its last page, is found out when
// the memory is given back: no IOMMU could.
#[test]
fn writes_behind_the_end_are_found_out() {
    let device = probe();
    let lend = |length: usize| device.allocate(Request::bytes(length)).unwrap();
    for (length, past, found) in [(100, 100, 1), (100, 99, 1), (4096, 4095, 1), (5000, 8191, 2)] {
        let buffer = lend(length);
        write(&device, buffer.run(0, 1).0.get() + past, &[7]).unwrap();
        drop(buffer);
        assert_eq!(device.complaints().len(), found);
    }
    assert!(device.complaints()[1].contains("past the end of the 5000 bytes"));
}

// Handles may go to other threads.
#[test]
fn handles_are_send_and_sync() {
    fn both<T: Send + Sync>(_: &T) {}
    let device = probe();
    both(&device);
    both(&device.machine());
    both(&device.region(0).unwrap());
    both(&device.signal(0).unwrap());
    let buffer: Buffer<_> = device.allocate(Request::bytes(1)).unwrap();
    both(buffer.region());
    assert_eq!(buffer.region().permits(), Directions::BOTH);
    assert_eq!(device.limits().granule as u64, PAGE);
}
