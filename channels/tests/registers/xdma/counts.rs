//! What the counts, the status and the word say, and what the driver makes of it.
#![forbid(unsafe_code)]

use channels::xdma::XdmaStatus;

use super::*;

// A busy engine that has nothing to tell costs one look, which takes the status exactly once.
#[test]
fn a_look_at_a_busy_engine_is_one_load() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.take();
    space.recorder.set(STATUS_READ_CLEAR, BUSY);
    assert_eq!(channel.poll(), Ok(0));
    assert_eq!(space.recorder.take(), [Event::Load(STATUS_READ_CLEAR)]);
}

// The status is taken before the count is read: what ends in between interrupts again.
#[test]
fn counts_come_once_and_in_order() {
    let space = subsystem();
    let mut channel = channel(&space, 5);
    push_many(&mut channel, 5);
    channel.kick();
    space.recorder.take();
    for (count, counted, room) in [(2, 2, 2), (2, 0, 2), (4, 2, 4)] {
        space.recorder.set(STATUS_READ_CLEAR, BUSY | DONE);
        space.recorder.set(COMPLETED, count);
        assert_eq!(channel.poll(), Ok(counted), "count {count}");
        assert_eq!(channel.room(), room);
    }
    space.recorder.take();
    done(&space, 5);
    assert_eq!(channel.poll(), Ok(1));
    let expected = [Event::Load(STATUS_READ_CLEAR), Event::Load(COMPLETED), Event::Acquire];
    assert_eq!(space.recorder.take(), expected);
    assert_eq!((channel.poll(), channel.room()), (Ok(0), 5));
    assert_eq!(space.recorder.take(), [], "an idle channel leaves the card alone");
}

// An error is told until it is dealt with, with the whole status, which was read once.
#[test]
fn an_error_is_remembered_until_quiesced() {
    for status in [1 << 9, 1 << 15, 1 << 19, 1 << 3, 1 << 4, 1 << 5] {
        let space = subsystem();
        let mut channel = channel(&space, 4);
        push_many(&mut channel, 3);
        channel.kick();
        space.recorder.answer(STATUS_READ_CLEAR, &[status | DONE]);
        space.recorder.set(COMPLETED, 1);
        space.recorder.take();
        let fault = channel.poll().unwrap_err();
        assert_eq!(fault.kind(), ErrorKind::DeviceFault);
        assert_eq!(u64::from(fault.detail()), status | DONE);
        assert!(XdmaStatus::from(fault).is_error());
        assert_eq!(channel.poll(), Err(fault));
        assert_eq!(space.recorder.take(), [Event::Load(STATUS_READ_CLEAR)]);
        channel.kick();
        assert_eq!(space.recorder.stores(), [], "nothing starts before it is dealt with");
        assert_eq!(channel.quiesce(), Ok(()));
        assert_eq!((channel.poll(), channel.room()), (Ok(0), 4));
    }
}

// Answers that cannot be: more than there are, fewer than before, ones.
#[test]
fn nonsense_is_not_an_end() {
    for (count, status, kind) in [
        (4, DONE | BUSY, ErrorKind::DeviceFault),
        (0, DONE | BUSY, ErrorKind::DeviceFault),
        (u64::from(u32::MAX), DONE, ErrorKind::Gone),
        (1, u32::MAX.into(), ErrorKind::Gone),
    ] {
        let space = subsystem();
        let mut channel = channel(&space, 4);
        push_many(&mut channel, 3);
        channel.kick();
        space.recorder.answer(STATUS_READ_CLEAR, &[DONE | BUSY]);
        space.recorder.answer(COMPLETED, &[1]);
        assert_eq!(channel.poll(), Ok(1));
        space.recorder.set(STATUS_READ_CLEAR, status);
        space.recorder.set(COMPLETED, count);
        assert_eq!(channel.poll().unwrap_err().kind(), kind);
        assert_eq!(channel.room(), 2);
    }
}

// An idle engine amid a list was reset if its run bit is gone, and has just begun if it is not.
#[test]
fn a_reset_behind_the_back_is_not_an_end() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.set(STATUS_READ_CLEAR, 0);
    space.recorder.set(COMPLETED, 0);
    assert_eq!(channel.poll(), Ok(0), "it has been told and has not begun");
    space.recorder.set(CONTROL, 0);
    let fault = channel.poll().unwrap_err();
    assert_eq!((fault.kind(), fault.operation()), (ErrorKind::WasReset, Operation::Transfer));
}

// By the word, a look is no access of the card at all; it is taken back before it is read.
#[test]
fn a_look_at_the_word_is_no_load() {
    let space = subsystem();
    let (mut channel, _) = with_word(&space, Setup::new(CARD));
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.take();
    for _ in 0..5 {
        assert_eq!(channel.poll(), Ok(0));
    }
    assert_eq!(space.recorder.take(), [Event::Observe(128, 132); 5]);
}

// What the word counts is served: the interrupt is dropped, then the word is read once more.
#[test]
fn the_word_counts_and_the_interrupt_is_dropped() {
    let space = subsystem();
    let (mut channel, region) = with_word(&space, Setup::new(CARD));
    push_many(&mut channel, 4);
    channel.kick();
    space.recorder.take();
    region.poke(128, 1);
    space.recorder.set(STATUS_READ_CLEAR, BUSY | DONE);
    assert_eq!(channel.poll(), Ok(1));
    let look = Event::Observe(128, 132);
    let expected = [look, Event::Load(STATUS_READ_CLEAR), look, Event::Acquire];
    assert_eq!(space.recorder.take(), expected);
    region.poke(128, 4);
    space.recorder.set(STATUS_READ_CLEAR, DONE);
    assert_eq!((channel.poll(), channel.room()), (Ok(3), 4));
}

// A polled channel ends a list without any access of the card.
#[test]
fn the_end_by_the_word_costs_a_polled_channel_no_load() {
    let space = subsystem();
    let (mut channel, region) = with_word(&space, Setup::new(CARD).without_interrupts());
    push_many(&mut channel, 3);
    channel.kick();
    space.recorder.take();
    region.poke(128, 3);
    assert_eq!(channel.poll(), Ok(3));
    assert_eq!(space.recorder.take(), [Event::Observe(128, 132), Event::Acquire]);
}

// A card that vanished writes no word: now and then the status is read all the same.
#[test]
fn a_silent_word_is_looked_behind() {
    let space = subsystem();
    let (mut channel, _) = with_word(&space, Setup::new(CARD));
    push_many(&mut channel, 1);
    channel.kick();
    space.recorder.set(STATUS_READ_CLEAR, u32::MAX.into());
    let looks = (1..1000).find(|_| channel.poll().is_err()).unwrap();
    assert!((2..=64).contains(&looks), "{looks}");
    assert_eq!(channel.poll().unwrap_err().kind(), ErrorKind::Gone);
}

// The word's error bit leads to the status, which says which error it is.
#[test]
fn the_words_error_bit_leads_to_the_status() {
    let space = subsystem();
    let (mut channel, region) = with_word(&space, Setup::new(CARD).without_interrupts());
    push_many(&mut channel, 2);
    channel.kick();
    region.poke(128, 1 << 31 | 1);
    space.recorder.set(STATUS_READ_CLEAR, 1 << 10);
    let fault = channel.poll().unwrap_err();
    assert_eq!((fault.kind(), fault.detail()), (ErrorKind::DeviceFault, 1 << 10));
}

// Errors have names, by the direction of their channel.
#[test]
fn errors_have_names() {
    let status = XdmaStatus::from_bits_retain(1 << 10 | 1 << 14 | 1 << 20 | 1 << 4);
    assert_eq!(
        status.of(ToDevice).to_string(),
        "no descriptor where one should be, reading host memory: completer abort, \
         writing to the card: decode error, fetching a descriptor: completer abort"
    );
    assert_eq!(
        status.of(FromDevice).to_string(),
        "no descriptor where one should be, reading the card: slave error, \
         writing host memory: decode error, fetching a descriptor: completer abort"
    );
    assert_eq!(XdmaStatus::empty().to_string(), "idle");
    assert_eq!((XdmaStatus::BUSY | XdmaStatus::WRITE_ERRORS).to_string(), "busy, write error 0x1f");
}
