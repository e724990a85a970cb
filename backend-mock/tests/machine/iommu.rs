//! What the IOMMU refuses, why, and in whose words.
#![forbid(unsafe_code)]

use backend_mock::iova::Policy;
use backend_mock::{BusFault, Cause, Iommu, Machine, MockDevice, ProbeCard, Reason, Wording};
use dma_core::{
    AddressMask, Allocate, Backend, Directions, DmaBuffer, IovaWindow, Mapped, Request,
};

use crate::support::{probe, read, write};

/// The one fault that there is.
fn only_fault(device: &MockDevice) -> backend_mock::Fault {
    let faults = device.machine().take_faults();
    assert_eq!(faults.len(), 1);
    faults[0]
}

// Each way of being wrong faults with the right reason, and the machine knows the cause.
#[test]
fn every_wrong_address_is_explained() {
    let machine = Machine::new();
    let device = machine.plug(ProbeCard::new());
    let other = machine.plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    let buffer = device.allocate(Request::bytes(6000)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    let cpu = buffer.bytes().as_ptr();
    let physical = machine.physical_of(cpu).unwrap();
    let foreign = other.allocate(Request::bytes(1 << 20)).unwrap().split_at(0x8_0000).unwrap().1;

    let attempt = |address: u64| {
        assert_eq!(write(&device, address, &[1]), Err(BusFault::Denied));
        let fault = only_fault(&device);
        assert_eq!((fault.iova, fault.write), (address, true));
        (fault.reason, fault.cause)
    };
    let known = Some(iova + 5);
    assert_eq!(attempt(physical + 5), (Reason::NotMapped, Cause::PhysicalAddress { iova: known }));
    let pointer = Reason::NotMapped;
    assert_eq!(attempt(cpu.addr() as u64 + 5), (pointer, Cause::CpuPointer { iova: known }));
    let past = Cause::PastEnd { iova, length: 6000 };
    assert_eq!(attempt(iova + 8192), (Reason::NotMapped, past));
    assert_eq!(attempt(1 << 48), (Reason::AddressSize, Cause::TooManyBits));
    assert_eq!(attempt(0), (Reason::NotMapped, Cause::Unknown));
    assert_eq!(attempt(foreign.run(0, 1).0.get()), (Reason::NotMapped, Cause::OtherDomain));

    drop(buffer);
    machine.advance(77);
    let when = machine.now() - 77;
    assert_eq!(attempt(iova), (Reason::NotMapped, Cause::AfterUnmap { ended: when }));
}

// An access that begins well and leaves the mapping faults at the first bad byte, having moved
// what came before.
#[test]
fn a_long_access_faults_where_the_mapping_ends() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(4096)).unwrap();
    let iova = buffer.run(0, 1).0.get();
    assert_eq!(write(&device, iova + 4000, &[7; 200]), Err(BusFault::Denied));
    assert_eq!(only_fault(&device).iova, iova + 4096);
    assert_eq!(buffer.bytes()[3999..4001], [0, 7]);
    assert_eq!(device.counters().faults, 1);
}

// What the IOMMU remembers of one lending leads no further than that: of two in the same 64 KiB,
// each access finds the bytes of its own, and what one of them had is refused once it is given back.
#[test]
fn what_is_remembered_ends_with_its_lending() {
    let device = probe();
    let lend = |value| {
        let mut buffer = device.allocate(Request::bytes(3 * 4096)).unwrap();
        buffer.bytes_mut().fill(value);
        buffer
    };
    let (one, two) = (lend(1), lend(2));
    let place = |buffer: &dma_core::Buffer<_>| DmaBuffer::run(buffer, 0, 1).0.get();
    let (first, second) = (place(&one), place(&two));
    assert_eq!(first >> 16, second >> 16, "or this shows nothing");
    let found = |address| {
        let mut bytes = [0; 2];
        read(&device, address, &mut bytes).map(|()| bytes)
    };
    for _ in 0..2 {
        // Once by walking, and once by what was remembered.
        for at in [0, 5000, 3 * 4096 - 2] {
            assert_eq!((found(first + at), found(second + at)), (Ok([1; 2]), Ok([2; 2])));
        }
        assert_eq!(found(second + 3 * 4096), Err(BusFault::Denied));
    }
    drop(one);
    assert_eq!((found(first), found(second)), (Err(BusFault::Denied), Ok([2; 2])));
}

// A mapping for one direction refuses the other, both ways round, and tells what it permits.
#[test]
fn wrong_direction_names_what_is_permitted() {
    let device = probe();
    let pages = || backend_mock::Pages::holding(4096).unwrap();
    let to = Mapped::to_device(&device, pages(), AddressMask::ALL).unwrap();
    let from = Mapped::from_device(&device, pages(), AddressMask::ALL).unwrap();
    assert!(write(&device, to.run(0, 1).0.get(), &[1]).is_err());
    let fault = only_fault(&device);
    let permits = Directions::TO_DEVICE;
    assert_eq!(
        (fault.reason, fault.cause),
        (Reason::Permission, Cause::WrongDirection { permits })
    );
    assert!(fault.to_string().contains("mapped for reading only"));
    assert!(read(&device, from.run(0, 1).0.get(), &mut [0]).is_err());
    let fault = only_fault(&device);
    let permits = Directions::FROM_DEVICE;
    assert_eq!(
        (fault.reason, fault.cause),
        (Reason::Permission, Cause::WrongDirection { permits })
    );
    assert!(read(&device, to.run(0, 1).0.get(), &mut [0]).is_ok());
    assert!(write(&device, from.run(0, 1).0.get(), &[0]).is_ok());
}

// Windows, their hole and the address width bound every address that is lent.
#[test]
fn addresses_keep_to_windows_and_width() {
    let windows = vec![
        IovaWindow { first: 0x10_0000, last: 0x1f_ffff },
        IovaWindow { first: 0x30_0000, last: u64::MAX },
    ];
    let iommu = Iommu { windows, address_bits: 22, ..Iommu::default() };
    let device = Machine::builder().iommu(iommu).build().plug(ProbeCard::new());
    assert_eq!(device.limits().windows.last().unwrap().last, (1 << 22) - 1);
    let mut held = Vec::new();
    while let Ok(buffer) = device.allocate(Request::bytes(0x1_0000)) {
        let (iova, length) = buffer.run(0, usize::MAX);
        let last = iova.get() + length as u64 - 1;
        assert!(device.limits().windows.iter().any(|w| w.first <= iova.get() && last <= w.last));
        held.push(buffer);
    }
    assert_eq!(held.len(), 30);
}

// Device addresses that were freed are not lent again at once: a stale one faults.
#[test]
fn freed_addresses_rest() {
    let device = probe();
    let lend = || device.allocate(Request::bytes(4096)).unwrap();
    let stale = lend().run(0, 1).0.get();
    for _ in 0..30 {
        assert_ne!(lend().run(0, 1).0.get(), stale);
    }
    assert_eq!(write(&device, stale, &[1]), Err(BusFault::Denied));
    assert!(matches!(only_fault(&device).cause, Cause::AfterUnmap { .. }));
}

// What the IOMMU remembers of a page does not outlive its mapping, nor its domain: the same
// address leads to the new memory.
#[test]
fn remembered_pages_are_forgotten_in_time() {
    let windows = vec![IovaWindow { first: 0x10_0000, last: 0x10_0fff }];
    let policy = Policy { guard: 0, ..Policy::default() };
    let iommu = Iommu { windows, policy, ..Iommu::default() };
    let machine = Machine::builder().iommu(iommu).build();
    let slot = machine.install(ProbeCard::new());
    for value in 1..10 {
        let device = machine.open(slot).unwrap();
        device.set_bus_mastering(true).unwrap();
        for _ in 0..3 {
            let buffer = device.allocate(Request::bytes(4096)).unwrap();
            let iova = buffer.run(0, 1).0.get();
            assert_eq!(iova, 0x10_0000);
            for _ in 0..2 {
                write(&device, iova + 8, &[value]).unwrap();
                let mut byte = [0];
                read(&device, iova + 8, &mut byte).unwrap();
                assert_eq!((byte[0], buffer.bytes()[8]), (value, value));
            }
            drop(buffer);
            assert!(read(&device, iova + 8, &mut [0]).is_err());
        }
    }
}

// A page that was read may still not be written, however often it was read.
#[test]
fn reading_a_page_opens_no_way_to_write_it() {
    let device = probe();
    let pages = backend_mock::Pages::holding(4096).unwrap();
    let mapped = Mapped::to_device(&device, pages, AddressMask::ALL).unwrap();
    let iova = mapped.run(0, 1).0.get();
    for _ in 0..3 {
        read(&device, iova, &mut [0; 64]).unwrap();
        assert_eq!(write(&device, iova, &[1; 64]), Err(BusFault::Denied));
    }
}

// Without translation nothing is refused but what has no memory behind it.
#[test]
fn without_translation_any_memory_is_reached() {
    let device = Machine::builder().iommu_off().build().plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    let buffer = device.allocate(Request::bytes(64)).unwrap();
    let physical = device.machine().physical_of(buffer.bytes().as_ptr()).unwrap();
    write(&device, physical, &[4]).unwrap();
    assert_eq!(buffer.bytes()[0], 4);
    assert_eq!(write(&device, 0x5000, &[4]), Err(BusFault::NoMemory));
    assert_eq!(only_fault(&device).reason, Reason::NoMemory);
}

// Without translation nobody refuses a write to memory that was mapped for reading; but that may
// be read-only for the whole process, so it behaves like ROM.
#[test]
fn without_translation_read_only_memory_stays_so() {
    static BYTES: std::sync::OnceLock<backend_mock::Pages> = std::sync::OnceLock::new();
    let device = Machine::builder().iommu_off().build().plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    let bytes = BYTES.get_or_init(|| backend_mock::Pages::holding(4096).unwrap());
    let mapped = Mapped::to_device(&device, &bytes[..], AddressMask::ALL).unwrap();
    let iova = mapped.run(0, 1).0.get();
    read(&device, iova, &mut [0; 64]).unwrap();
    assert_eq!(write(&device, iova, &[1; 64]), Ok(()));
    assert_eq!((bytes[0], device.faults().len()), (0, 0));
    assert!(device.complaints()[0].contains("mapped for reading"));
}

// With bus mastering off an access is dropped, and nobody takes note but the counter.
#[test]
fn without_bus_mastering_accesses_vanish() {
    let device = probe();
    let buffer = device.allocate(Request::bytes(64)).unwrap();
    device.set_bus_mastering(false).unwrap();
    assert_eq!(write(&device, buffer.run(0, 1).0.get(), &[4]), Err(BusFault::MasteringOff));
    assert_eq!(buffer.bytes()[0], 0);
    assert!(device.faults().is_empty());
    assert_eq!(device.counters().dropped, 1);
}

/// The lines of a read at an address of the story, in the given words, with a time stamp.
fn log(wording: Wording, address: u64, is_write: bool) -> Vec<String> {
    let machine = Machine::builder().wording(wording).build();
    let device = machine.plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    machine.advance(3_880_742_139_000);
    let result =
        if is_write { write(&device, address, &[0]) } else { read(&device, address, &mut [0]) };
    assert!(result.is_err());
    machine.kernel_log()
}

// The words of each kernel are those that tools know.
#[test]
fn faults_are_told_in_the_words_of_real_kernels() {
    assert_eq!(
        log(Wording::VtD, 0xc210_3040, false),
        ["[ 3880.742139] DMAR: [DMA Read NO_PASID] Request device [0000:00:01.0] \
          fault addr 0xc2103000 [fault reason 0x06] PTE Read access is not set"]
    );
    assert_eq!(
        log(Wording::VtD, 0xc210_3040, true),
        ["[ 3880.742139] DMAR: [DMA Write NO_PASID] Request device [0000:00:01.0] \
          fault addr 0xc2103000 [fault reason 0x05] PTE Write access is not set"]
    );
    assert_eq!(
        log(Wording::VtD, 1 << 50, true)[0].split_once("[fault").unwrap().1,
        " reason 0x04] Access beyond MGAW"
    );
    assert_eq!(
        log(Wording::SmmuV3, 0xc210_3000, false),
        [
            "[ 3880.742139] arm-smmu-v3 9050000.smmuv3: event: F_TRANSLATION client: 0000:00:01.0 \
             sid: 0x8 ssid: 0x0 iova: 0xc2103000 ipa: 0x0",
            "[ 3880.742139] arm-smmu-v3 9050000.smmuv3: unpriv data read s1 \
             \"Input address caused fault\" stag: 0x0",
        ]
    );
    assert_eq!(
        log(Wording::SmmuV2, 0xc210_3000, true),
        ["[ 3880.742139] arm-smmu 12000000.iommu: Unhandled context fault: fsr=0x402, \
          iova=0xc2103000, fsynr=0x10, cbfrsynra=0x8, cb=1"]
    );
    assert_eq!(
        log(Wording::Xavier, 0xc210_3000, false),
        ["[ 3880.742139] t19x-arm-smmu 12000000.iommu: Unhandled context fault: smmu0, \
          iova=0xc2103000, fsynr=0x0, cb=1, sid=87(0x57 - PCIE1), pgd=0, pud=0, pmd=0, pte=0"]
    );
}

// The syndrome's level tells how much was mapped nearby, as on hardware: an address in a 2 MiB
// piece with nothing in it ends at level 2, one beside a mapped page at level 3.
#[test]
fn syndromes_tell_the_level_of_the_walk() {
    let machine = Machine::builder().wording(Wording::Xavier).build();
    let device = machine.plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    let request = Request::bytes(4096).within(AddressMask::bits(32));
    let iova = device.allocate(request).unwrap().leak();
    let line = |address| {
        assert!(read(&device, address, &mut [0]).is_err());
        machine.take_faults()[0].lines(Wording::Xavier)[0].clone()
    };
    assert!(line(iova ^ 0x1000).contains("fsynr=0x3, "));
    let beside = line(iova ^ 0x20_0000);
    assert!(beside.contains("fsynr=0x2, ") && beside.ends_with("pmd=0, pte=0"));
    assert!(!beside.contains("pgd=0,"));
}

/// A buffer that stays for ever, by its address.
trait Leak {
    fn leak(self) -> u64;
}

impl<B: DmaBuffer> Leak for B {
    fn leak(self) -> u64 {
        let iova = self.run(0, 1).0.get();
        std::mem::forget(self);
        iova
    }
}
