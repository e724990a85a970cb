//! Caches that devices do not see into: what is forgotten shows as wrong bytes.
#![forbid(unsafe_code)]

use backend_mock::{Injection, Machine, MachineBuilder, MockDevice, MockRegion, Pages, ProbeCard};
use dma_core::{
    AddressMask, Allocate, Backend, Buffer, Direction, DmaBuffer, Mapped, Request, Shared, To,
};

use crate::support::{load, read, store, write};

const LINE: usize = 64;

fn plug(builder: MachineBuilder) -> MockDevice {
    let device = builder.build().plug(ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    device
}

fn apart() -> MockDevice {
    plug(Machine::builder().incoherent())
}

/// What a device reads of a buffer.
fn seen(device: &MockDevice, buffer: &impl DmaBuffer) -> Vec<u8> {
    let mut bytes = vec![0; buffer.length()];
    read(device, buffer.run(0, 1).0.get(), &mut bytes).unwrap();
    bytes
}

/// A buffer that was handed to the device, holding this byte.
fn lent(device: &MockDevice, length: usize, value: u8) -> Buffer<MockRegion> {
    let mut buffer = device.allocate(Request::bytes(length)).unwrap();
    buffer.bytes_mut().fill(value);
    hand(&mut buffer, To::Device, Direction::ToDevice);
    buffer
}

fn hand(buffer: &mut impl DmaBuffer, to: To, direction: Direction) {
    buffer.sync(0..buffer.length(), to, direction);
}

// What the CPU wrote, zeroes of new memory included, a device sees only once it was handed over,
// and then only the part that was.
#[test]
fn stores_are_invisible_until_handed_over() {
    let device = apart();
    let mut buffer = device.allocate(Request::bytes(5000)).unwrap();
    assert_ne!(seen(&device, &buffer), vec![0; 5000]);
    hand(&mut buffer, To::Device, Direction::ToDevice);
    assert_eq!(seen(&device, &buffer), vec![0; 5000]);
    buffer.bytes_mut().fill(7);
    assert_eq!(seen(&device, &buffer), vec![0; 5000]);
    buffer.sync(100..4200, To::Device, Direction::ToDevice);
    let bytes = seen(&device, &buffer);
    assert_eq!((bytes[99], bytes[100], bytes[4199], bytes[4200]), (0, 7, 7, 0));
}

// What a device wrote the CPU sees only once it was handed back, and then only that part.
#[test]
fn device_writes_are_invisible_until_handed_back() {
    let device = apart();
    let mut buffer = lent(&device, 5000, 1);
    write(&device, buffer.run(0, 1).0.get(), &[9; 5000]).unwrap();
    assert!(buffer.bytes().iter().all(|byte| *byte == 1));
    // A job that only read has nothing to hand back.
    hand(&mut buffer, To::Cpu, Direction::ToDevice);
    assert!(buffer.bytes().iter().all(|byte| *byte == 1));
    buffer.sync(33..4100, To::Cpu, Direction::FromDevice);
    let bytes = buffer.bytes();
    assert_eq!((bytes[32], bytes[33], bytes[4099], bytes[4100]), (1, 9, 9, 1));
}

// Bytes that the CPU wrote and nobody handed over before the device wrote there: as they are
// written back later, they destroy what the device wrote.
#[test]
fn dirty_lines_destroy_what_a_device_wrote() {
    for handed_over in [true, false] {
        let device = apart();
        let mut buffer = lent(&device, 256, 0);
        buffer.bytes_mut()[70] = 5;
        if handed_over {
            hand(&mut buffer, To::Device, Direction::FromDevice);
        }
        write(&device, buffer.run(0, 1).0.get(), &[9; 256]).unwrap();
        hand(&mut buffer, To::Cpu, Direction::FromDevice);
        let intact = |range: std::ops::Range<usize>| buffer.bytes()[range].iter().all(|b| *b == 9);
        assert!(intact(0..64) && intact(128..256));
        assert_eq!(intact(64..128), handed_over);
        assert_eq!(buffer.bytes()[70], if handed_over { 9 } else { 5 });
    }
}

// Two buffers on one line disturb one another: handing one over writes the other's old bytes back
// over what a device wrote there. Cut at whole lines, they do not.
#[test]
fn neighbours_on_a_line_disturb_one_another() {
    for (middle, disturbed) in [(LINE + 10, true), (2 * LINE, false)] {
        let device = apart();
        let (mut first, mut second) = lent(&device, 4 * LINE, 1).split_at(middle).unwrap();
        hand(&mut first, To::Device, Direction::FromDevice);
        write(&device, first.run(0, 1).0.get(), &vec![9; middle]).unwrap();
        second.bytes_mut().fill(2);
        hand(&mut second, To::Device, Direction::ToDevice);
        hand(&mut first, To::Cpu, Direction::FromDevice);
        assert_eq!(first.bytes().iter().any(|byte| *byte != 9), disturbed);
        assert_eq!(first.bytes()[..LINE], [9; LINE]);
        assert_eq!(seen(&device, &second), vec![2; 4 * LINE - middle]);
        assert!(second.bytes().iter().all(|byte| *byte == 2));
    }
}

// A word that the CPU sets to what it last saw there, while the device has written another: it was
// stored, so it is what the device sees once it is published.
#[test]
fn storing_the_old_value_counts_as_a_store() {
    let device = apart();
    let ring = Shared::new(device.allocate(Request::bytes(LINE)).unwrap()).unwrap();
    ring.publish(0..LINE);
    let iova = ring.iova(8).unwrap().get();
    write(&device, iova, &[1, 0, 0, 0]).unwrap();
    store(&ring, 8, 0);
    ring.publish(8..12);
    let mut word = [9; 4];
    read(&device, iova, &mut word).unwrap();
    assert_eq!(word, [0; 4]);
}

// Words of a ring go the same way: what is not published is not there, what is not observed is old.
#[test]
fn ring_words_need_publish_and_observe() {
    let device = apart();
    let ring = Shared::new(device.allocate(Request::bytes(4 * LINE)).unwrap()).unwrap();
    let iova = ring.iova(0).unwrap().get();
    let device_sees = |offset: u64| {
        let mut word = [0; 4];
        read(&device, iova + offset, &mut word).unwrap();
        u32::from_le_bytes(word)
    };
    ring.publish(0..4 * LINE);
    store(&ring, 4, 0x1234_5678);
    assert_eq!(device_sees(4), 0);
    ring.publish(4..8);
    assert_eq!(device_sees(4), 0x1234_5678);
    write(&device, iova + 128, &[1, 2, 3, 4]).unwrap();
    assert_eq!(load(&ring, 128), 0);
    ring.observe(128..132);
    assert_eq!(load(&ring, 128), 0x0403_0201);
    // A word of the CPU's on the same line: publishing it takes the device's newer word away.
    write(&device, iova + 128, &[5, 6, 7, 8]).unwrap();
    store(&ring, 132, 77);
    ring.publish(132..136);
    ring.observe(128..132);
    assert_eq!(load(&ring, 128), 0x0403_0201);
}

// The caller's own memory, mapped, has its copy in RAM as any other.
#[test]
fn mapped_memory_goes_through_the_caches_too() {
    let device = apart();
    let mut pages = Pages::holding(8192).unwrap();
    pages.fill(3);
    let mut mapped = Mapped::both_ways(&device, pages, AddressMask::ALL).unwrap();
    let iova = mapped.run(0, 1).0.get();
    assert_ne!(seen(&device, &mapped)[0], 3);
    hand(&mut mapped, To::Device, Direction::ToDevice);
    assert_eq!(seen(&device, &mapped), vec![3; 8192]);
    write(&device, iova + 5000, &[4]).unwrap();
    assert_eq!(mapped.bytes()[5000], 3);
    hand(&mut mapped, To::Cpu, Direction::FromDevice);
    assert_eq!(mapped.into_inner().unwrap()[4999..5002], [3, 4, 3]);
}

// Memory that is mapped for reading is never written, whatever is handed back.
#[test]
fn memory_mapped_for_reading_is_never_written() {
    static TEXT: std::sync::OnceLock<Pages> = std::sync::OnceLock::new();
    let pages: &'static Pages = TEXT.get_or_init(|| Pages::holding(4096).unwrap());
    let device = apart();
    let mut mapped = Mapped::to_device(&device, &pages[..], AddressMask::ALL).unwrap();
    assert_ne!(seen(&device, &mapped)[0], 0);
    hand(&mut mapped, To::Cpu, Direction::FromDevice);
    assert!(mapped.bytes().iter().all(|byte| *byte == 0));
}

// Memory that is mapped twice, for two devices say, has one copy in RAM.
#[test]
fn memory_that_is_mapped_twice_is_in_ram_once() {
    static PAGES: std::sync::OnceLock<Pages> = std::sync::OnceLock::new();
    let pages: &'static Pages = PAGES.get_or_init(|| Pages::holding(4096).unwrap());
    let device = apart();
    let map = || Mapped::to_device(&device, &pages[..], AddressMask::ALL).unwrap();
    let (mut first, second) = (map(), map());
    hand(&mut first, To::Device, Direction::ToDevice);
    assert_eq!(seen(&device, &second), vec![0; 4096]);
    drop(first);
    assert_eq!(seen(&device, &second), vec![0; 4096]);
}

// A device that writes past the end is found out here too, where the bytes went to RAM alone.
#[test]
fn writes_behind_the_end_are_found_out_in_ram() {
    let device = apart();
    for (past, found) in [(99, 0), (100, 1), (4095, 2)] {
        let buffer = lent(&device, 100, 1);
        write(&device, buffer.run(0, 1).0.get() + past, &[7]).unwrap();
        drop(buffer);
        assert_eq!(device.complaints().len(), found);
    }
    drop(lent(&device, 4096, 1));
    assert_eq!(device.complaints().len(), 2);
}

// With lines that come and go by chance, what was not handed over is there sometimes, and what was
// always; the same seed gives the same run, another one another.
#[test]
fn luck_fails_now_and_then_and_repeats() {
    let run = |seed| {
        let device = plug(Machine::builder().evictions(seed));
        let mut buffer = lent(&device, 64 * LINE, 1);
        buffer.bytes_mut().fill(2);
        let by_luck = seen(&device, &buffer);
        hand(&mut buffer, To::Device, Direction::ToDevice);
        assert_eq!(seen(&device, &buffer), vec![2; 64 * LINE]);
        write(&device, buffer.run(0, 1).0.get(), &[3; 64 * LINE]).unwrap();
        let early = buffer.bytes().to_vec();
        hand(&mut buffer, To::Cpu, Direction::FromDevice);
        assert!(buffer.bytes().iter().all(|byte| *byte == 3));
        (by_luck, early)
    };
    let (by_luck, early) = run(5);
    for (old, new, bytes) in [(1, 2, &by_luck), (2, 3, &early)] {
        assert!(bytes.contains(&new) && bytes.contains(&old));
        assert!(bytes.iter().all(|byte| [old, new].contains(byte)));
    }
    assert_eq!(run(5), (by_luck.clone(), early));
    assert_ne!(run(6).0, by_luck);
}

// A driver that forgets one direction gets wrong bytes; on a coherent machine nobody would notice.
#[test]
fn forgotten_direction_shows() {
    for builder in [Machine::builder().incoherent(), Machine::builder()] {
        let device = plug(builder);
        let coherent = device.limits().coherent;
        assert_eq!(device.limits().cache_line, if coherent { 1 } else { LINE });
        device.inject(Injection::ForgetSyncs(To::Device));
        let mut buffer = lent(&device, 64, 4);
        assert_eq!(seen(&device, &buffer) == [4; 64], coherent);
        device.heal();
        hand(&mut buffer, To::Device, Direction::ToDevice);
        device.inject(Injection::ForgetSyncs(To::Cpu));
        write(&device, buffer.run(0, 1).0.get(), &[8; 64]).unwrap();
        hand(&mut buffer, To::Cpu, Direction::FromDevice);
        assert_eq!(buffer.bytes() == [8; 64], coherent);
    }
}
