//! Windows: what they check when they are made, and where their registers are.

use dma_core::{ErrorKind, Narrow, RegisterSpace};
use register_map::{Block, Readable, Window, Writeable};

use crate::support::{
    CHANNELS, CONTROL_REGISTER, COUNTER, Card, Done, LENGTH, MAIN, QUEUES, REVISION, Recorder,
    STATUS, STEPPING, VECTORS, open,
};

fn window() -> (Recorder, Window<Recorder, Card>) {
    let space = Recorder::new(0x100, 4096);
    (space.clone(), open(space).unwrap())
}

// A space that is too short or not aligned is refused with what was needed, and comes back.
#[test]
fn unfit_space_is_refused_and_returned() {
    let refused = open(Recorder::new(0xff, 8)).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::TooShort);
    assert_eq!(refused.error.detail(), 0x100);
    assert_eq!(refused.buffer.size(), 0xff);

    let refused = open(Recorder::new(0x100, 4)).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Misaligned);
    assert_eq!(refused.error.detail(), 8);
}

// A window may be larger than its block, looks at borrowed spaces, and gives the space back.
#[test]
fn window_borrows_or_owns_its_space() {
    let space = Recorder::new(0x200, 8);
    let borrowed: Window<&Recorder, Card> = open(&space).unwrap();
    borrowed.reg(CONTROL_REGISTER).set(5);
    assert_eq!(space.done(), [Done::Store(4, 4, 5)]);
    assert_eq!(open(space).unwrap().into_space().size(), 0x200);
}

// Each width is one access of that width at the offset of the definition.
#[test]
fn each_register_is_one_access_of_its_width() {
    let (space, window) = window();
    space.put(1, &[0x42]);
    assert_eq!(window.reg(REVISION).get(), 0x42);
    window.reg(STEPPING).set(0x1234);
    window.reg(COUNTER).set(0x0102_0304_0506_0708);
    assert_eq!(window.reg(COUNTER).get(), 0x0102_0304_0506_0708);
    assert_eq!(
        space.done(),
        [
            Done::Load(1, 1),
            Done::Store(2, 2, 0x1234),
            Done::Store(8, 8, 0x0102_0304_0506_0708),
            Done::Load(8, 8),
        ]
    );
    assert_eq!(window.reg(COUNTER).offset(), 8);
}

// An array's registers are a stride apart, and there is none past its end.
#[test]
fn array_has_its_length_and_no_more() {
    let (space, window) = window();
    for index in 0..VECTORS.length() {
        window.at(VECTORS, index).unwrap().set(7);
        assert_eq!(space.done(), [Done::Store(0x60 + 8 * index, 4, 7)]);
        assert_eq!(VECTORS.offset(index), Some(0x60 + 8 * index));
    }
    assert!(window.at(VECTORS, 4).is_none());
    assert!(window.at(VECTORS, usize::MAX).is_none());
    assert_eq!(VECTORS.offset(4), None);
    assert_eq!(window.element::<3, _>(VECTORS).offset(), 0x78);
}

// A cluster's groups are windows of their own; there is none past the end.
#[test]
fn cluster_groups_are_windows_of_their_own() {
    let (space, window) = window();
    window.cluster(MAIN).unwrap().reg(LENGTH).set(1);
    assert_eq!(space.done(), [Done::Store(0x9c, 4, 1)]);
    for index in 0..CHANNELS.length() {
        window.cluster_at(CHANNELS, index).unwrap().reg(LENGTH).set(2);
        assert_eq!(space.done(), [Done::Store(0xac + 0x20 * index, 4, 2)]);
    }
    assert!(window.cluster_at(CHANNELS, 3).is_none());
    assert_eq!(window.cluster_at(CHANNELS, 0).unwrap().space().size(), 0x10);
}

/// A space that claims to be cut, and gives what is too short.
#[derive(Clone, Debug)]
struct Stingy(Recorder);

// SAFETY: everything is the recorder's.
unsafe impl RegisterSpace for Stingy {
    fn size(&self) -> usize {
        self.0.size()
    }
    fn alignment(&self) -> usize {
        self.0.alignment()
    }
    fn domain(&self) -> dma_core::DomainId {
        self.0.domain()
    }
    fn release(&self) {}
    fn acquire(&self) {}
}

impl Narrow for Stingy {
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        self.0.narrow(offset, size / 2).map(Self)
    }
}

// `Narrow` is a safe trait, so a part is checked like any other space.
#[test]
fn part_that_is_too_short_is_no_window() {
    let window = open(Stingy(Recorder::new(0x100, 8))).unwrap();
    assert!(window.cluster(MAIN).is_none());
    assert!(window.cluster_at(CHANNELS, 1).is_none());
}

// Reads with side effects happen once a call and give a value whose fields can be looked at.
#[test]
fn taking_reads_once_and_keeps_the_value() {
    use crate::support::CAUSE;
    let (space, mut window) = window();
    space.put(0x10, &[0x52, 0, 0, 0]);
    space.put(0x82, &[9, 0]);
    let seen = window.take(STATUS);
    assert!(seen.is_set(CAUSE::FAILED) && !seen.is_set(CAUSE::DONE));
    assert_eq!(seen.read(CAUSE::CHANNELS), 5);
    assert_eq!(space.done(), [Done::Load(0x10, 4)]);
    assert_eq!(window.take_at(QUEUES, 1).unwrap().get(), 9);
    assert_eq!(space.done(), [Done::Load(0x82, 2)]);
    assert!(window.take_at(QUEUES, 2).is_none());
}

// The barriers of a window are those of its space.
#[test]
fn barriers_reach_the_space() {
    let (space, window) = window();
    window.release();
    window.acquire();
    assert_eq!(space.done(), [Done::Release, Done::Acquire]);
    assert_eq!(window.domain(), space.domain());
}

// A window says in messages which block it is.
#[test]
fn window_names_its_block() {
    let (_, window) = window();
    assert!(format!("{window:?}").contains(Card::NAME));
    assert_eq!(format!("{:?}", window.reg(STEPPING)), "Register { offset: 2, width: 2, .. }");
}
