//! `edu` register by register: order of stores, one doorbell, what answers mean.

use channels::edu::{EduChannel, EduUnit};
use dma_core::Direction::{FromDevice, ToDevice};
use dma_core::{AddressMask, Channel, DeviceAddress, ErrorKind, Operation, Refused};

use crate::memory::segment;
use crate::space::{Event, Space};

const ID: usize = 0x00;
const LIVENESS: usize = 0x04;
const FACTORIAL: usize = 0x08;
const STATUS: usize = 0x20;
const ACKNOWLEDGE: usize = 0x64;
const SOURCE: usize = 0x80;
const DESTINATION: usize = 0x88;
const COUNT: usize = 0x90;
const COMMAND: usize = 0x98;

fn card() -> Space {
    let space = Space::new(0x10_0000);
    space.recorder.set(ID, 0x0100_00ed);
    space
}

fn open(space: Space) -> Result<EduChannel<Space>, Refused<Space>> {
    // SAFETY: no device stands behind the registers.
    unsafe { EduChannel::new(space) }
}

/// A channel, with its beginnings forgotten.
fn channel(space: &Space) -> EduChannel<Space> {
    let channel = open(space.clone()).unwrap().with_patience(10);
    space.recorder.take();
    channel
}

fn push(channel: &mut EduChannel<Space>, direction: dma_core::Direction) {
    assert_eq!(channel.room(), 1);
    // SAFETY: no device stands behind the registers.
    unsafe { channel.push(segment(direction, 0x123_4567, 0x4_0010, 77)) };
    assert_eq!(channel.room(), 0);
}

// Addresses and length first, then the barrier, then the doorbell; each exactly once.
#[test]
fn the_doorbell_is_last() {
    for (direction, source, destination, command) in
        [(ToDevice, 0x123_4567, 0x4_0010, 5), (FromDevice, 0x4_0010, 0x123_4567, 7)]
    {
        let space = card();
        let mut channel = channel(&space);
        push(&mut channel, direction);
        assert_eq!(space.recorder.take(), [], "nothing before the kick");
        channel.kick();
        let expected = [
            Event::Store(SOURCE, source),
            Event::Store(DESTINATION, destination),
            Event::Store(COUNT, 77),
            Event::Release,
            Event::Store(COMMAND, command),
        ];
        assert_eq!(space.recorder.take(), expected);
        channel.kick();
        assert_eq!(space.recorder.take(), [], "a second kick has nothing to tell");
    }
}

// Nothing is said to the card unless something was pushed.
#[test]
fn an_idle_channel_leaves_the_card_alone() {
    let space = card();
    let mut channel = channel(&space);
    channel.kick();
    assert_eq!(channel.poll(), Ok(0));
    assert_eq!(channel.quiesce(), Ok(()));
    assert_eq!(space.recorder.take(), []);
}

// One read says whether it ended; then the barrier, and only its own interrupt bit is cleared.
#[test]
fn the_end_is_read_once_and_acknowledged() {
    let space = card();
    let mut channel = channel(&space);
    push(&mut channel, ToDevice);
    channel.kick();
    space.recorder.take();

    space.recorder.answer(COMMAND, &[5, 4]);
    assert_eq!(channel.poll(), Ok(0));
    assert_eq!(space.recorder.take(), [Event::Load(COMMAND)]);
    assert_eq!(channel.poll(), Ok(1));
    let end = [Event::Load(COMMAND), Event::Acquire, Event::Store(ACKNOWLEDGE, 0x100)];
    assert_eq!(space.recorder.take(), end);
    assert_eq!(channel.room(), 1);
    assert_eq!(channel.poll(), Ok(0), "counted once");
}

// A card that was pulled out answers with ones, which is neither busy nor done.
#[test]
fn all_ones_is_a_card_that_is_gone() {
    let space = card();
    let mut channel = channel(&space);
    push(&mut channel, FromDevice);
    channel.kick();
    space.recorder.set(COMMAND, u64::MAX);
    assert_eq!(channel.poll().unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(channel.quiesce().unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(channel.room(), 0, "nobody knows whether it is quiet");
    assert!(channel.into_space().is_err());

    space.recorder.set(ID, u32::MAX.into());
    let refused = open(space).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Gone);
}

// There is no abort: quiescing waits for the end, within bounds.
#[test]
fn quiesce_waits_for_the_end_and_not_for_ever() {
    let space = card();
    let mut channel = channel(&space);
    push(&mut channel, ToDevice);
    channel.kick();
    let stuck = channel.quiesce().unwrap_err();
    assert_eq!((stuck.kind(), stuck.operation()), (ErrorKind::Stuck, Operation::Quiesce));
    assert_eq!(channel.room(), 0);

    space.recorder.answer(COMMAND, &[5, 5, 4]);
    space.recorder.take();
    assert_eq!(channel.quiesce(), Ok(()));
    let look = Event::Load(COMMAND);
    // Nobody looks at the data before the card said that it is idle; then the line is dropped.
    let expected = [look, look, look, Event::Acquire, Event::Store(ACKNOWLEDGE, 0x100)];
    assert_eq!(space.recorder.take(), expected);
    assert_eq!(channel.room(), 1);
}

// What was pushed and not started is forgotten without asking the card.
#[test]
fn quiesce_forgets_what_was_not_started() {
    let space = card();
    let mut channel = channel(&space);
    push(&mut channel, ToDevice);
    space.recorder.take();
    assert_eq!(channel.quiesce(), Ok(()));
    channel.kick();
    assert_eq!(space.recorder.take(), []);
    assert!(channel.into_space().is_ok());
}

// A reset does not end a transfer, so coming back waits for it, also if none is known of.
#[test]
fn restore_waits_until_the_card_is_idle() {
    let space = card();
    let mut channel = channel(&space);
    space.recorder.set(COMMAND, 1);
    let busy = channel.restore().unwrap_err();
    assert_eq!((busy.kind(), busy.operation()), (ErrorKind::Stuck, Operation::Recover));
    space.recorder.set(COMMAND, 0);
    assert_eq!(channel.restore(), Ok(()));
}

// A transfer of an owner that died is waited for before anything else.
#[test]
fn opening_waits_for_an_earlier_owners_transfer() {
    let space = card();
    space.recorder.answer(COMMAND, &[5, 5, 4]);
    let channel = open(space.clone()).unwrap();
    assert_eq!(channel.room(), 1);
    assert_eq!(
        space.recorder.take().iter().filter(|event| **event == Event::Load(COMMAND)).count(),
        3
    );
}

// Another card is refused with what it says it is, and nothing is stored to it.
#[test]
fn another_card_is_refused() {
    let space = card();
    space.recorder.set(ID, 0x1af4_1000);
    let refused = open(space.clone()).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Unsupported);
    assert_eq!(refused.error.detail(), 0x1af4_1000);
    assert_eq!(refused.error.operation(), Operation::Open);
    assert_eq!(refused.buffer.recorder.stores(), []);
    let short = open(Space::new(0x80)).unwrap_err();
    assert_eq!(short.error.kind(), ErrorKind::TooShort);
}

// The limits are the card's: a silent mask of 28 bits unless told otherwise, and 4 KiB.
#[test]
fn limits_are_the_cards() {
    let channel = channel(&card());
    let limits = channel.limits();
    assert_eq!(limits.mask, AddressMask::bits(28));
    assert_eq!(limits.device_window.start, DeviceAddress::new(0x4_0000));
    assert_eq!((limits.device_window.length, limits.max_segment, limits.depth), (4096, 4096, 1));
    assert_eq!(channel.with_mask(AddressMask::bits(40)).limits().mask, AddressMask::bits(40));
}

// The part without DMA: version, liveness, factorial with a bounded wait.
#[test]
fn the_unit_shows_signs_of_life() {
    let space = card();
    let unit = EduUnit::new(space.clone()).unwrap();
    assert_eq!(unit.version(), (1, 0));
    assert!(!unit.is_alive(0x1234), "this space reads back what was written");
    space.recorder.answer(LIVENESS, &[u64::from(!0x1234_u32)]);
    assert!(unit.is_alive(0x1234));

    space.recorder.answer(STATUS, &[1, 1, 0]);
    space.recorder.answer(FACTORIAL, &[120]);
    assert_eq!(unit.factorial(5, 10), Ok(120));
    space.recorder.set(STATUS, 1);
    assert_eq!(unit.factorial(5, 10).unwrap_err().kind(), ErrorKind::TimedOut);
    space.recorder.set(STATUS, u32::MAX.into());
    assert_eq!(unit.factorial(5, 10).unwrap_err().kind(), ErrorKind::Gone);
}
