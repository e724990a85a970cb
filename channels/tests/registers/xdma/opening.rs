//! Taking over the subsystem, and making channels of it.
#![forbid(unsafe_code)]

use dma_core::{AddressMask, Directions, DmaBuffer};

use super::*;

// Channels that say who they are are found; those that say anything else are not there.
#[test]
fn channels_are_found_by_their_identifiers() {
    let space = subsystem();
    space.recorder.set(0x0200, 0x1fc0_0206);
    space.recorder.set(0x0300, 0x1fc1_0306);
    space.recorder.set(0x1100, 0x1fc1_0206);
    space.recorder.set(0x1300, 0x1fc1_8306);
    let channels = open(space, Vectors::Shared(0)).unwrap().split();
    let numbers = |parts: &[Option<XdmaPart<Space>>; 4]| {
        parts.iter().flatten().map(XdmaPart::number).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&channels.to_card), [0, 2]);
    assert_eq!(numbers(&channels.from_card), [0, 3]);
    assert!(channels.from_card.iter().flatten().all(|part| part.direction() == FromDevice));
}

// Anything but this subsystem is refused before anything is stored to it.
#[test]
fn another_device_is_refused() {
    for (offset, value, kind) in [
        (0x2000, 0x1fc3_0006, ErrorKind::Unsupported),
        (0x3000, 0x1fb3_0006, ErrorKind::Unsupported),
        (0x3000, 0, ErrorKind::Unsupported),
        (0x2000, u64::from(u32::MAX), ErrorKind::Gone),
    ] {
        let space = subsystem();
        space.recorder.set(offset, value);
        let refused = open(space, Vectors::Shared(0)).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        assert_eq!(refused.buffer.recorder.stores(), []);
    }
    let short = open(Space::new(0x8000), Vectors::Shared(0)).unwrap_err();
    assert_eq!(short.error.kind(), ErrorKind::TooShort);
}

// Opening stops what an earlier owner left running, and switches its interrupt off.
#[test]
fn opening_stops_every_channel() {
    let space = subsystem();
    space.recorder.answer(STATUS, &[BUSY, BUSY, 0]);
    open(space.clone(), Vectors::Shared(3)).unwrap();
    let stores = space.recorder.stores();
    for (register, value) in [
        (CONTROL_CLEAR, RUN),
        (0x1000 + CONTROL_CLEAR, RUN),
        (INTERRUPT_ENABLE, 0),
        (CHANNEL_ENABLE_CLEAR, 0b01),
        (CHANNEL_ENABLE_CLEAR, 0b10),
        (CHANNEL_VECTORS, 0x0303_0303),
        (PACKETS, 0),
    ] {
        assert!(stores.contains(&(register, value)), "{register:#x}");
    }
    assert!(!stores.iter().any(|(register, _)| [CONTROL, 0x1000 + CONTROL].contains(register)));

    space.recorder.answer(STATUS, &vec![BUSY; 2_000_000]);
    let refused = open(space, Vectors::Shared(0)).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Stuck);
}

// Interrupts are counted through both directions, over channels that exist.
#[test]
fn each_channel_gets_a_vector_of_its_own() {
    let space = subsystem();
    space.recorder.set(0x0100, 0x1fc0_0106);
    let channels = open(space.clone(), Vectors::OneEach(5)).unwrap().split();
    let [first, ..] = channels.from_card;
    let ring = memory(&space, RING, 64);
    let setup = Setup::new(CARD);
    space.recorder.take();
    first.unwrap().open(ring, WriteBack::Off, setup).unwrap();
    let stores = space.recorder.stores();
    assert!(stores.contains(&(CHANNEL_VECTORS, 0x0807_0605)));
    assert!(stores.contains(&(CHANNEL_ENABLE_SET, 0b100)));
    assert!(stores.contains(&(0x1000 + INTERRUPT_ENABLE, NOTED)));
}

// Without interrupts none is let through.
#[test]
fn a_polled_channel_has_its_interrupt_off() {
    let space = subsystem();
    let part = part(&space);
    space.recorder.take();
    let setup = Setup::new(CARD).without_interrupts();
    part.open(memory(&space, RING, 64), WriteBack::Off, setup).unwrap();
    let stores = space.recorder.stores();
    assert!(stores.contains(&(INTERRUPT_ENABLE, 0)));
    assert!(stores.contains(&(CHANNEL_ENABLE_CLEAR, 0b1)));
}

// The limits are what the channel was built for, what it was opened for, and its ring.
#[test]
fn limits_are_the_channels_and_the_rings() {
    let space = subsystem();
    space.recorder.set(ALIGNMENTS, 0x10_0440 - 0x18);
    let limits = channel(&space, 6).limits();
    assert_eq!((limits.mask, limits.alignment), (AddressMask::bits(40), 16));
    assert_eq!((limits.max_segment, limits.depth), (1 << 27, 6));
    assert_eq!((limits.device_window, limits.directions), (CARD, Directions::TO_DEVICE));
    let part = part(&space);
    let request = part.ring_request(5, false);
    assert_eq!((request.length, request.alignment, request.contiguous), (160, 128, true));
    assert_eq!(request.mask, AddressMask::bits(40));
    assert_eq!(part.ring_request(5, true).length, 384, "whole lines, and one more");
    assert_eq!(part.write_back_request().length, 128);
}

// Memory that does not fit is refused with all that was given.
#[test]
fn unfit_memory_comes_back() {
    let run = usize::MAX;
    let space = subsystem();
    let good = Place { iova: RING, domain: space.domain, run };
    let elsewhere = Place { domain: another_domain(), ..good };
    for (ring, length, kind) in [
        (elsewhere, 64, ErrorKind::OtherDomain),
        (good, 31, ErrorKind::TooShort),
        (good, 0, ErrorKind::TooShort),
        (Place { run: 32, ..good }, 64, ErrorKind::Scattered),
        (Place { iova: RING + 16, ..good }, 64, ErrorKind::Misaligned),
    ] {
        let ring = placed(&space, length, ring);
        let refused = part(&space).open(ring, WriteBack::Off, Setup::new(CARD)).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        let (part, ring, word) = refused.buffer;
        assert_eq!((part.number(), ring.len()), (0, length));
        assert!(matches!(word, WriteBack::Off));
    }
    space.recorder.set(ALIGNMENTS, 0x01_0120);
    let refused = part(&space).open(placed(&space, 64, good), WriteBack::Off, Setup::new(CARD));
    assert_eq!(refused.unwrap_err().error.kind(), ErrorKind::OutOfReach);
}

// The word never shares a cache line with descriptors, nor with anybody else's memory.
#[test]
fn a_word_needs_whole_lines() {
    let space = subsystem();
    let at = |iova| Place { iova, domain: space.domain, run: usize::MAX };
    let line = |offset: u64, length| placed(&space, length, at(RING + 0x1000 + offset));
    for (ring, ring_length, own, kind) in [
        (at(RING), 192, None, ErrorKind::Misaligned),
        (at(RING + 64), 256, None, ErrorKind::Misaligned),
        (at(RING), 128, None, ErrorKind::TooShort),
        (at(RING), 192, Some(line(0, 128)), ErrorKind::Misaligned),
        (at(RING), 128, Some(line(64, 128)), ErrorKind::Misaligned),
        (at(RING), 128, Some(line(0, 4)), ErrorKind::Misaligned),
        (at(RING), 128, Some(line(0, 0)), ErrorKind::TooShort),
    ] {
        let ring = placed(&space, ring_length, ring);
        let is_own = own.is_some();
        let word = own.map_or(WriteBack::InRing, WriteBack::In);
        let refused = part(&space).open(ring, word, Setup::new(CARD)).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        assert_eq!(matches!(refused.buffer.2, WriteBack::In(_)), is_own);
    }
    let ring = placed(&space, 256, at(RING));
    let channel = part(&space).open(ring, WriteBack::InRing, Setup::new(CARD)).unwrap();
    assert_eq!(channel.limits().depth, 4, "the last line is the word's");
}

// A channel whose card side is a stream takes no addresses, and would write lengths to them.
#[test]
fn a_stream_channel_is_not_opened() {
    let space = subsystem();
    space.recorder.set(IDENTIFIER, 0x1fc0_8006);
    let ring = memory(&space, RING, 64);
    let refused = part(&space).open(ring, WriteBack::Off, Setup::new(CARD)).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Unsupported);
}

// An idle channel comes apart, and can be put together again.
#[test]
fn parts_come_back_from_an_idle_channel() {
    let space = subsystem();
    let (mut driver, _) = with_word(&space, Setup::new(CARD));
    push_many(&mut driver, 1);
    let refused = driver.into_parts().unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Busy);
    let mut driver = refused.buffer;
    driver.quiesce().unwrap();
    let (part, ring, word) = driver.into_parts().unwrap();
    assert_eq!(ring.length(), 256);
    let driver = part.open(ring, word, Setup::new(CARD)).unwrap();
    assert_eq!(driver.room(), 4);
}
