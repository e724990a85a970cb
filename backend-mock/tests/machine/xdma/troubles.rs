//! What goes wrong: lists that cannot be, addresses that lead nowhere.
#![forbid(unsafe_code)]

use backend_mock::Injection;

use super::*;

const ALIGN_MISMATCH: u32 = 1 << 3;
const MAGIC_STOPPED: u32 = 1 << 4;
const READ_ERROR: u32 = 1 << 9;
const WRITE_ERROR: u32 = 1 << 14;
const DESCRIPTOR_ERROR: u32 = 1 << 19;
/// Within a field of errors.
const UNSUPPORTED: u32 = 1;
const ABORTED: u32 = 2;
const DECODE: u32 = 1;
const SLAVE: u32 = 2;

// What is no descriptor is not carried out.
#[test]
fn without_magic_nothing_moves() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(8, 1);
    let entry = Entry { control: 0xad4a_0003, length: 8, source: at, destination: 0, next: 0 };
    bench.write(0, entry);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(1_100);
    assert_eq!((bench.registers.get(STATUS), bench.registers.get(COMPLETED)), (MAGIC_STOPPED, 0));
    assert_eq!(bench.card(|card| card.memory()[0]), 0);
}

// A channel built for aligned addresses refuses others, and says what it was built for.
#[test]
fn crooked_addresses_are_refused_where_they_matter() {
    let card = XdmaCard::new().memory_size(4096).alignment(16);
    let mut bench = Bench::with(card, Trigger::Edge);
    assert_eq!(bench.registers.get(0x4c), 0x0010_1040);
    let (_source, at) = bench.filled(64, 1);
    assert_eq!(bench.run_one(TO_CARD, at, 16, 32), STOPPED | TOLD);
    for (source, destination, length) in [(at + 8, 0, 32), (at, 4, 32), (at, 0, 31)] {
        assert_eq!(bench.run_one(TO_CARD, source, destination, length), ALIGN_MISMATCH);
    }
}

// Reads of memory that is not there come back as errors; writes are posted, and nobody is told.
#[test]
fn the_bus_answers_reads_only() {
    let mut bench = Bench::new();
    let (buffer, at) = bench.lend(64);
    drop(buffer);
    assert_eq!(bench.run_one(TO_CARD, at, 0, 64), READ_ERROR * UNSUPPORTED);
    assert_eq!(bench.registers.get(COMPLETED), 0);
    assert_eq!(bench.run_one(FROM_CARD, 0, at, 64), STOPPED | TOLD);
    let faults = bench.device.faults();
    assert_eq!(faults.len(), 2);
    assert_eq!(faults.iter().map(|fault| fault.write).collect::<Vec<_>>(), [false, true]);
}

// What fails on the card's own way to the bus is told in both directions.
#[test]
fn failed_accesses_are_told() {
    let mut bench = Bench::new();
    let (_buffer, at) = bench.lend(64);
    for (channel, [source, to], status) in
        [(TO_CARD, [at, 0], READ_ERROR * ABORTED), (FROM_CARD, [0, at], WRITE_ERROR * SLAVE)]
    {
        // A link slow enough to get in between fetching the descriptor and moving its bytes.
        bench.card(|card| *card = XdmaCard::new().memory_size(4096).link(1));
        bench.write_one(source, to, 64);
        bench.start(channel, 0, 0, NOTE);
        bench.pass(1_001);
        bench.device.inject(Injection::FailAccesses(1));
        bench.pass(64_000);
        assert_eq!(bench.registers.get(channel + STATUS), status);
        bench.device.inject(Injection::FailAccesses(1));
        let status = bench.run_one(channel, source, to, 64);
        assert_eq!(status, DESCRIPTOR_ERROR * ABORTED);
    }
}

// Addresses that the card does not have are its own errors.
#[test]
fn the_card_answers_for_its_own_addresses() {
    let mut bench = Bench::new();
    let (_buffer, at) = bench.lend(64);
    let end = 64 << 10;
    assert_eq!(bench.run_one(TO_CARD, at, end - 64, 64), STOPPED | TOLD);
    for card in [end - 63, end, u64::MAX - 10] {
        assert_eq!(bench.run_one(TO_CARD, at, card, 64), WRITE_ERROR * DECODE);
        assert_eq!(bench.run_one(FROM_CARD, card, at, 64), READ_ERROR * DECODE);
    }
    // Each stream has one end.
    assert_eq!(bench.run_one(TO_CARD, at, 1 << 32, 64), WRITE_ERROR * SLAVE);
    assert_eq!(bench.run_one(FROM_CARD, 2 << 32, at, 64), READ_ERROR * SLAVE);
}

// Without bus mastering not even a descriptor is fetched.
#[test]
fn without_mastering_nothing_is_fetched() {
    let mut bench = Bench::new();
    let (_buffer, at) = bench.lend(64);
    bench.device.set_bus_mastering(false).unwrap();
    let status = bench.run_one(FROM_CARD, 0, at, 64);
    assert_eq!(status, DESCRIPTOR_ERROR * UNSUPPORTED);
    assert_eq!(bench.device.counters().reads, 0);
}

// A list that cannot be fetched as it says is an error of the driver's.
#[test]
fn lists_that_cannot_be_are_complained_of() {
    let mut bench = Bench::new();
    let (_source, at) = bench.lend(64);
    bench.write_one(at, 0, 8);
    // Two pages.
    bench.start(TO_CARD, 127, 1, NOTE);
    bench.pass(1_100);
    assert_eq!(bench.registers.get(STATUS), DESCRIPTOR_ERROR * UNSUPPORTED);
    // Between two places.
    bench.list_at += 16;
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.list_at -= 16;
    bench.pass(1_100);
    assert_eq!(bench.registers.get(STATUS), DESCRIPTOR_ERROR * UNSUPPORTED);
    assert_eq!(bench.device.complaints().len(), 2);
    assert!(bench.device.complaints()[0].contains("2 adjacent descriptors"));

    // Descriptors of a block that do not tell of one another as they should.
    let right = [MAGIC | 1 << 8, MAGIC, END];
    for (slot, control, next, complaint) in [
        (0, MAGIC | 2 << 8, 1, "descriptor 0 of 3: miscounts"),
        (1, MAGIC, 0, "descriptor 1 of 3: does not point to the one beside it"),
        (1, MAGIC | STOP, 2, "descriptor 1 of 3: stop bit before the end"),
    ] {
        for (place, control) in right.into_iter().enumerate() {
            let next = bench.at(place + 1);
            bench.write(place, Entry { control, length: 8, source: at, destination: 0, next });
        }
        let next = bench.at(next);
        bench.write(slot, Entry { control, length: 8, source: at, destination: 0, next });
        bench.start(TO_CARD, 0, 2, NOTE);
        bench.pass(5_000);
        let last = bench.device.complaints().pop().unwrap();
        assert!(last.contains(complaint), "{last}");
    }
}

// An engine that is told to start while it works loses what it was at, and complains.
#[test]
fn starting_twice_is_complained_of() {
    let mut bench = Bench::new();
    let (_source, at) = bench.filled(8, 1);
    bench.write_one(at, 0, 8);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(500);
    bench.start(TO_CARD, 0, 0, NOTE);
    bench.pass(700);
    assert_eq!(bench.registers.get(STATUS), BUSY, "the first plan is called off");
    bench.pass(400);
    assert_eq!((bench.registers.get(COMPLETED), bench.device.complaints().len()), (1, 1));
}

// A descriptor that arrives in part leads nowhere: least of all to an earlier one's addresses.
#[test]
fn half_a_descriptor_leads_nowhere() {
    for bytes in [4, 12, 20, 22] {
        let mut bench = Bench::new();
        let (source, at) = bench.lend(64);
        assert_eq!(bench.run_one(FROM_CARD, 0, at, 64), STOPPED | TOLD);
        drop(source);
        let (kept, kept_at) = bench.filled(64, 7);
        bench.card(|card| card.memory_mut()[..64].fill(0xee));
        bench.device.inject(Injection::ShortTransfer { bytes });
        bench.run_one(FROM_CARD, 0, kept_at, 64);
        assert_eq!(kept.bytes()[0], 7, "{bytes}");
        assert!(bench.device.faults().iter().all(|fault| fault.iova != at));
    }
}

// An error in the middle of a list is written back with what was done before.
#[test]
fn errors_are_written_back() {
    let mut bench = Bench::new();
    let (word, word_at) = bench.lend(4);
    let (_source, at) = bench.lend(16);
    let next = bench.at(1);
    bench.write(0, Entry { control: MAGIC, length: 8, source: at, destination: 0, next });
    let entry = Entry { control: END, length: 8, source: at, destination: 1 << 40, next: 0 };
    bench.write(1, entry);
    bench.set64(WORD, word_at);
    bench.start(TO_CARD, 0, 1, NOTE | POLL_MODE);
    bench.pass(2_100);
    assert_eq!(u32::from_le_bytes(word.bytes().try_into().unwrap()), 1 << 31 | 1);
    assert_eq!(bench.registers.get(STATUS), WRITE_ERROR * DECODE);
}

// Address bits that a card does not have are not on the bus.
#[test]
fn missing_address_bits_are_cut_off() {
    let card = XdmaCard::new().memory_size(4096).address_bits(32);
    let mut bench = Bench::with(card, Trigger::Edge);
    assert_eq!(bench.registers.get(0x4c) & 0xff, 32);
    let request = Request::bytes(64).within(dma_core::AddressMask::bits(32)).contiguous();
    let buffer = bench.device.allocate(request).unwrap();
    let list = bench.device.allocate(request.aligned(64)).unwrap();
    let at = buffer.run(0, 1).0.get();
    (bench.list_at, bench.list) = (list.run(0, 1).0.get(), list);
    bench.card(|card| card.memory_mut()[..64].fill(0xee));
    assert_eq!(bench.run_one(FROM_CARD, 0, at | 0xff << 32, 64), STOPPED | TOLD);
    assert_eq!(buffer.bytes()[0], 0xee);
}
