//! Taking over a controller, and making channels of it.
#![forbid(unsafe_code)]

use super::*;

// Opening stops what an earlier owner left running, and enables the controller.
#[test]
fn opening_stops_both_channels() {
    let space = controller();
    space.recorder.set(CONFIGURATION + STRIDE, RUNS);
    let opened = open(space.clone()).unwrap();
    let stores = space.recorder.stores();
    assert!(stores.contains(&(CONFIGURATION, 0)) && stores.contains(&(CONFIGURATION + STRIDE, 0)));
    assert_eq!(stores.last(), Some(&(CONTROLLER, 1)));
    let space = opened.into_space();

    space.recorder.answer(CONFIGURATION, &vec![RUNS | ACTIVE; 30_000]);
    let refused = open(space).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Stuck);
}

// Anything but a PL081 is refused before anything is stored to it.
#[test]
fn another_controller_is_refused() {
    for (offset, value, kind) in [
        (0xfe0, 0x80, ErrorKind::Unsupported),
        (0xfe4, 0x11, ErrorKind::Unsupported),
        (0xff8, 0x06, ErrorKind::Unsupported),
        (0xfe0, u64::from(u32::MAX), ErrorKind::Gone),
    ] {
        let space = controller();
        space.recorder.set(offset, value);
        let refused = open(space).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        assert_eq!(refused.buffer.recorder.stores(), []);
    }
    let short = open(Space::new(0x200)).unwrap_err();
    assert_eq!(short.error.kind(), ErrorKind::TooShort);
}

// Memory that does not fit is refused with all that was given.
#[test]
fn unfit_memory_comes_back() {
    let (here, elsewhere) = (DomainId::PHYSICAL, another_domain());
    let one = usize::MAX;
    let good = Place { iova: RING, domain: here, run: one };
    for (ring, length, target, target_length, kind) in [
        (Place { domain: elsewhere, ..good }, 64, good, 64, ErrorKind::OtherDomain),
        (good, 64, Place { domain: elsewhere, ..good }, 64, ErrorKind::OtherDomain),
        (good, 15, good, 64, ErrorKind::TooShort),
        (good, 0, good, 64, ErrorKind::TooShort),
        (good, 64, good, 0, ErrorKind::Empty),
        (Place { run: 32, ..good }, 64, good, 64, ErrorKind::Scattered),
        (good, 64, Place { run: 32, ..good }, 64, ErrorKind::Scattered),
        (Place { iova: 0xffff_fff0, ..good }, 32, good, 64, ErrorKind::OutOfReach),
        (good, 64, Place { iova: 0xffff_fff0, ..good }, 64, ErrorKind::OutOfReach),
        (Place { iova: RING + 8, ..good }, 64, good, 64, ErrorKind::Misaligned),
    ] {
        let space = controller();
        let (part, _) = open(space.clone()).unwrap().split();
        let target = placed(&space, target_length, target);
        let refused = part.open(placed(&space, length, ring), target).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        let (part, ring, target) = refused.buffer;
        assert_eq!((part.number(), ring.len(), target.len()), (0, length, target_length));
    }
}

// An idle channel comes apart, and can be put together again.
#[test]
fn parts_come_back_from_an_idle_channel() {
    let space = controller();
    let (part, ring, target) = channel(&space, 3).into_parts().unwrap();
    assert_eq!((ring.len(), target.len()), (48, 8192));
    let channel = part.open(ring, target).unwrap();
    assert_eq!(channel.room(), 3);
}

// The limits are the controller's and the target's.
#[test]
fn limits_are_the_controllers_and_the_targets() {
    let limits = channel(&controller(), 6).limits();
    assert_eq!((limits.mask, limits.depth), (AddressMask::bits(32), 6));
    assert_eq!((limits.max_segment, limits.max_segment % 4), (4092, 0));
    assert_eq!((limits.device_window.start.get(), limits.device_window.length), (0, 8192));
    let request = Driver::ring_request(6);
    assert_eq!((request.length, request.alignment, request.contiguous), (96, 16, true));
    assert_eq!(request.mask, AddressMask::bits(32));
}
