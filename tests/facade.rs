//! The facade: opening, recognising, moving bytes, refusing.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use anydma::dma_core::Losses;
use anydma::prelude::*;
use anydma::{CardSpace, DeviceVisitor};

/// Writes and reads back, by whatever way of waiting.
fn there_and_back<B>(device: &B, length: usize)
where
    B: Backend<Space: CardSpace, Lender: Map>,
{
    let mut card: Duplex<B> = Duplex::open(device).unwrap();
    let start = card.window().start;
    let lend = |request| device.memory().allocate(request).map_err(Into::<Error>::into).unwrap();
    let mut sent = lend(card.request(length));
    sent.bytes_mut().iter_mut().zip(0..).for_each(|(byte, value): (_, u8)| *byte = !value);
    let engine = card.engine(Direction::ToDevice);
    let ticket = engine.submit(sent, start, Direction::ToDevice).unwrap();
    let sent = engine.wait(ticket, Timeout::secs(1)).unwrap();

    let received = lend(card.request(length));
    let engine = card.engine(Direction::FromDevice);
    let ticket = engine.submit(received, start, Direction::FromDevice).unwrap();
    let received = engine.spin(ticket, Timeout::secs(1)).unwrap();
    assert_eq!(sent.bytes(), received.bytes());
    assert_ne!(sent.bytes().first(), Some(&0));
}

// Every simulated card moves bytes both ways, through the enum over backends.
#[test]
fn every_card_goes_both_ways() {
    for uri in [
        "mock:edu",
        "mock:pl081",
        "mock:xdma",
        "mock:edu?iommu=off",
        "mock:pl081?trigger=edge",
        "mock:xdma?iommu=off&trigger=level&scattered=on",
        "mock:xdma?card_mib=1&link=0&delay_ns=500&pieces=4096&bits=36",
        "mock:xdma?coherent=off",
        "mock:xdma?evictions=7",
        "mock:xdma?clock=real",
    ] {
        there_and_back(&Device::open(uri).unwrap(), 200);
    }
}

// The card has the memory that was asked for, and its stream the rate and the FIFO.
#[test]
fn options_reach_the_card() {
    let uri = "mock:xdma?card_mib=3&rate=250&fifo_kib=16";
    let device = Device::open(uri).unwrap();
    let mut card: Duplex = Duplex::open(&device).unwrap();
    assert_eq!(card.window().length, 3 << 20);
    let (channel, mut samples) = card.take_source().unwrap().open(&device).unwrap();
    assert_eq!(samples.depth(), 16 << 10);
    samples.start(250, 0);
    let mut signal = device.signal(0).unwrap();
    let until = signal.now() + 1_000_000;
    signal.wait(Some(until)).unwrap();
    // A quarter of a megabyte in a millisecond: the FIFO is full, and the rest is lost.
    let produced = u64::from(samples.produced());
    assert!((31_250..32_000).contains(&produced), "{produced} samples");
    assert_eq!(samples.level(), 16 << 10);
    assert!(samples.lost() >= produced - 2_048);
    drop(channel);
}

// A visitor gets the backend's own type, and the same job runs on it.
#[test]
fn visitor_runs_the_same_job() {
    struct Job;
    impl DeviceVisitor for Job {
        type Output = &'static str;
        fn visit<B>(self, device: B) -> &'static str
        where
            B: Backend<Space: CardSpace, Lender: Map>,
        {
            there_and_back(&device, 77);
            core::any::type_name::<B>()
        }
    }
    let name = with_device("mock:pl081", Job).unwrap();
    assert!(name.ends_with("MockDevice"), "{name}");
}

// What cannot be opened says what was wrong and what there is instead.
#[test]
fn refusals_say_what_to_do() {
    for (uri, hint) in [
        ("edu", "write for instance `mock:edu`"),
        ("cardboard:edu", "no backend `cardboard:`; it has: "),
        ("mock:toaster", "there are edu, nvme, pl081"),
        ("mock:edu?iommu=perhaps", "on or off"),
        ("mock:edu?speed=9", "there are iommu"),
        ("mock:edu?clock=fast", "virtual or real"),
    ] {
        let error = Device::open(uri).unwrap_err().to_string();
        assert!(error.contains(hint), "{uri}: {error}");
        assert!(!error.contains('\n'), "{uri}: more than one line");
    }
}

// A road that protects nothing is refused, and the message says how one gets there all the same.
#[test]
fn unprotected_road_is_refused() {
    let error = Device::open("uio:0000:01:00.0").unwrap_err().to_string();
    let hint = if cfg!(feature = "uio") { "as unprotected" } else { "--features uio" };
    assert!(error.contains(hint), "{error}");
}

// Every option that the simulated machine takes is in the documentation of URIs, and no other is.
#[test]
fn options_of_uris_are_documented() {
    let error = Device::open("mock:xdma?speed=9").unwrap_err().to_string();
    let (_, taken) = error.split_once("there are ").unwrap();
    let mut taken: Vec<&str> = taken.split(", ").collect();
    let source = include_str!("../src/uri.rs");
    let (_, table) = source.split_once("Those of `mock:`").unwrap();
    let (table, _) = table.split_once("Those of `vfio:`").unwrap();
    let names = table.lines().filter_map(|line| line.strip_prefix("/// | `"));
    let mut documented: Vec<&str> = names
        .flat_map(|row| row.split(" | ").next().unwrap().split(", "))
        .map(|name| name.trim_matches('`'))
        .collect();
    taken.sort_unstable();
    documented.sort_unstable();
    assert_eq!(taken, documented);
}

// The card's stream and its own interrupts are there beside its channels, and only where it has
// them; the stream is taken once.
#[test]
fn streams_and_interrupts_are_beside_the_channels() {
    let mut plain: Duplex = Duplex::open(&Device::open("mock:edu").unwrap()).unwrap();
    assert!(plain.take_source().is_none() && plain.user_interrupts().is_none());
    let device = Device::open("mock:xdma").unwrap();
    let mut card: Duplex = Duplex::open(&device).unwrap();
    assert!(card.user_interrupts().is_some());
    let source = card.take_source().unwrap();
    assert!(card.take_source().is_none());
    // All of it is one driver: the card stays claimed while any of its channels is there.
    let (channel, _samples) = source.open(&device).unwrap();
    drop(card);
    assert!(matches!(Card::open(&device), Err(OpenError::InUse)));
    drop(channel);
    assert!(Card::open(&device).is_ok());
}

// Engines that were taken apart go to threads of their own and work at the same time.
#[test]
fn engines_apart_work_on_their_own_threads() {
    let device = Device::open("mock:xdma").unwrap();
    let card: Duplex = Duplex::open(&device).unwrap();
    let (start, request) = (card.window().start, card.request(5000));
    let (outgoing, incoming) = card.into_engines();
    let job = |mut engine: anydma::EngineOf<Device, 8>, direction| {
        let device = device.clone();
        move || {
            for _ in 0..20 {
                let buffer = device.memory().allocate(request).unwrap();
                let ticket = engine.submit(buffer, start, direction).unwrap();
                assert_eq!(engine.spin(ticket, Timeout::secs(5)).unwrap().len(), 5000);
            }
        }
    };
    let outgoing = std::thread::spawn(job(outgoing, Direction::ToDevice));
    let incoming = std::thread::spawn(job(incoming.unwrap(), Direction::FromDevice));
    outgoing.join().unwrap();
    incoming.join().unwrap();
    assert!(device.faults().is_empty());
}

// A healthy transfer leaves no fault, and physical addresses are known of lent memory alone.
#[test]
fn healthy_transfer_leaves_no_fault() {
    let device = Device::open("mock:edu").unwrap();
    let mut card: Duplex = Duplex::open(&device).unwrap();
    let buffer = device.memory().allocate(card.request(64)).unwrap();
    assert!(device.physical_address(buffer.bytes().as_ptr()).is_some());
    assert_eq!(device.physical_address(core::ptr::from_ref(&0_u8)), None);
    let start = card.window().start;
    let engine = card.engine(Direction::ToDevice);
    let ticket = engine.submit(buffer, start, Direction::ToDevice).unwrap();
    engine.wait(ticket, Timeout::secs(1)).unwrap();
    assert_eq!(device.faults(), []);
}

// A card without a driver is opened as a device and refused as a card, with its ids.
#[test]
fn unknown_card_is_named() {
    let device = Device::open("mock:probe").unwrap();
    let error = Card::open(&device).unwrap_err();
    let identity = device.identity().to_string();
    assert!(error.to_string().contains(&identity), "{error}");
}

// A device has one driver at a time: a second one is refused until the first is gone.
#[test]
fn card_is_opened_once_at_a_time() {
    let device = Device::open("mock:edu").unwrap();
    let first: Duplex = Duplex::open(&device).unwrap();
    let second: Result<Duplex, OpenError> = Duplex::open(&device);
    assert!(second.unwrap_err().to_string().contains("open already"));
    drop(first);
    there_and_back(&device, 10);
    // What failed to open does not stay claimed.
    let other = Device::open("mock:probe").unwrap();
    assert!(Card::open(&other).is_err());
    assert!(matches!(Card::open(&other), Err(OpenError::UnknownCard { .. })));
}

// A buffer of another device is refused by the engine and comes back whole.
#[test]
fn buffer_of_another_device_comes_back() {
    let (device, other) = (Device::open("mock:edu").unwrap(), Device::open("mock:edu").unwrap());
    let mut card: Duplex = Duplex::open(&device).unwrap();
    let mut foreign = other.memory().allocate(card.request(16)).unwrap();
    foreign.bytes_mut().fill(7);
    let start = card.window().start;
    let engine = card.engine(Direction::ToDevice);
    let refused = engine.submit(foreign, start, Direction::ToDevice).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::OtherDomain);
    assert_eq!(refused.buffer.bytes(), [7; 16]);
}

// A disk is recognised by its class, and nothing else is one; it is opened once at a time.
#[test]
fn disk_is_recognised_and_opened_once() {
    let device = Device::open("mock:nvme?card_mib=1").unwrap();
    let disk = Disk::open(&device).unwrap();
    assert_eq!((disk.namespace().blocks, disk.namespace().block), (2048, 512));
    let refused = Disk::open(&device).unwrap_err();
    assert!(matches!(refused, OpenError::InUse));
    disk.shut_down().unwrap();
    let again = Disk::open(&device).unwrap();
    // Dropped, it may go on: nobody else gets it.
    drop(again);
    assert!(matches!(Disk::open(&device), Err(OpenError::InUse)));
    let card = Device::open("mock:edu").unwrap();
    let refused = Disk::open(&card).unwrap_err().to_string();
    assert!(refused.contains("1234:11e8") && refused.contains("Duplex"), "{refused}");
    let refused = Duplex::<Device>::open(&Device::open("mock:nvme").unwrap()).unwrap_err();
    assert!(refused.to_string().contains("Disk"), "{refused}");
}

// A reset ends what a disk was doing and gives the buffer back; after it the disk goes on.
#[test]
fn disk_goes_on_after_a_reset() {
    let device = Device::open("mock:nvme?delay_us=900").unwrap();
    let mut disk = Disk::open(&device).unwrap();
    let mut queue: anydma::QueueOf<Device, 2> = disk.queue(&device, None).unwrap();
    let lend = || device.memory().allocate(disk.request(4096)).unwrap();
    let (slow, next) = (lend(), lend());
    let _ticket = queue.read(slow, 0).unwrap();
    queue.kick();
    let quiet = disk.reset(&device).unwrap();
    let mut back = Vec::new();
    disk.close(queue, |result| back.push(result.unwrap_err().error.kind())).unwrap();
    assert_eq!(back, [ErrorKind::Aborted]);
    disk.resume(&device, quiet).unwrap();
    let mut queue: anydma::QueueOf<Device, 2> = disk.queue(&device, Some(1)).unwrap();
    let ticket = queue.read(next, 0).unwrap();
    queue.kick();
    let mut signal = device.signal(1).unwrap();
    queue.wait(ticket, &mut signal, Timeout::secs(1)).unwrap();
    disk.close(queue, |_| {}).unwrap();
    disk.shut_down().unwrap();
}
