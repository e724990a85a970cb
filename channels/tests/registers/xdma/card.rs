//! The card's own registers and its user interrupts.
#![forbid(unsafe_code)]

use channels::xdma::CardLogic;
use dma_core::Losses;

use super::*;

const IDENTIFICATION: u64 = 0x6e79_6461;
const SOURCE: usize = 0x100;
const SINK: usize = 0x140;

fn card() -> Space {
    let space = Space::new(0x4_0000);
    space.recorder.set(0, IDENTIFICATION);
    space
}

// Another card's registers are left alone.
#[test]
fn another_card_is_refused() {
    for (identification, kind) in
        [(0x1234, ErrorKind::Unsupported), (u32::MAX.into(), ErrorKind::Gone)]
    {
        let space = card();
        space.recorder.set(0, identification);
        let refused = CardLogic::new(space).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        assert_eq!(refused.buffer.recorder.stores(), []);
    }
    assert_eq!(CardLogic::new(Space::new(64)).unwrap_err().error.kind(), ErrorKind::TooShort);
}

// Memory, scratch registers and interrupts at will.
#[test]
fn the_card_tells_of_itself() {
    let space = card();
    space.recorder.set(0x08, 0x1000);
    space.recorder.set(0x0c, 2);
    let logic = CardLogic::new(space.clone()).unwrap();
    assert_eq!(logic.memory().length, 0x2_0000_1000);
    assert!(logic.holds([1, 2, 3, 4]));
    space.recorder.answer(0x18, &[9]);
    assert!(!logic.holds([1, 2, 3, 4]));
    space.recorder.take();
    logic.raise(0x8001);
    logic.lower(0x8000);
    assert_eq!(space.recorder.stores(), [(0x24, 0x8001), (0x28, 0x8000)]);
}

// The stream from the card starts over, and its losses are counted past 32 bits.
#[test]
fn lost_samples_are_counted_past_the_register() {
    let space = card();
    space.recorder.set(SOURCE + 0x24, 1);
    space.recorder.set(SOURCE + 0x28, 0x1000);
    let mut source = CardLogic::new(space.clone()).unwrap().source().unwrap();
    assert_eq!((source.fifo().start.get(), source.fifo().length), (1 << 32, 0x1000));
    space.recorder.take();
    source.start(250, 7);
    let expected = [(SOURCE, 0), (SOURCE + 4, 250), (SOURCE + 8, 7), (SOURCE, 1)];
    assert_eq!(space.recorder.stores(), expected);
    for (register, lost) in [(5, 5), (0xffff_fff0, 0xffff_fff0), (3, 0x1_0000_0003)] {
        space.recorder.set(SOURCE + 0x18, register);
        assert_eq!(source.lost(), lost);
    }
    space.recorder.set(SOURCE + 0x18, 0);
    source.start(1, 1);
    assert_eq!(source.lost(), 0);
    source.stop();
    assert_eq!(space.recorder.stores().last(), Some(&(SOURCE, 0)));
}

// The count of consumed bytes is read until its upper half stays the same.
#[test]
fn a_torn_count_is_read_again() {
    let space = card();
    let mut sink = CardLogic::new(space.clone()).unwrap().sink().unwrap();
    space.recorder.set(SINK + 0x18, 0x10);
    space.recorder.set(SINK + 0x1c, 1);
    space.recorder.answer(SINK + 0x1c, &[0, 1]);
    space.recorder.answer(SINK + 0x18, &[0xffff_fff0]);
    assert_eq!(sink.consumed(), 0x1_0000_0010);
    space.recorder.take();
    sink.start(0);
    assert_eq!(space.recorder.stores(), [(SINK, 0), (SINK + 4, 0), (SINK, 1)]);
}

// User interrupts: own bits only, a vector each.
#[test]
fn user_interrupts_are_let_through_one_by_one() {
    let space = subsystem();
    let mut user = open(space.clone(), Vectors::Shared(0)).unwrap().split().user;
    space.recorder.take();
    user.enable(0x11);
    user.disable(0x10);
    assert_eq!(space.recorder.stores(), [(0x2008, 0x11), (0x200c, 0x10)]);
    space.recorder.set(0x2084, 0x0404_0404);
    assert!(user.set_vector(6, 9));
    assert_eq!(space.recorder.stores(), [(0x2084, 0x0409_0404)]);
    assert!(!user.set_vector(16, 0) && !user.set_vector(0, 32));
    space.recorder.set(0x2048, 0x21);
    assert_eq!(user.pending(), Ok(0x21));
    space.recorder.set(0x2048, u32::MAX.into());
    assert_eq!(user.pending().unwrap_err().kind(), ErrorKind::Gone);
}
