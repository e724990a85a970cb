//! How a channel ends, and how it begins again.
#![forbid(unsafe_code)]

use super::*;

// Stopping takes the run bit back, waits for the engine, and drops the interrupt.
#[test]
fn stopping_waits_until_the_engine_is_idle() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.take();
    space.recorder.answer(STATUS, &[BUSY, BUSY, 0]);
    assert_eq!(channel.quiesce(), Ok(()));
    let expected = [
        Event::Store(CONTROL_CLEAR, RUN),
        Event::Load(STATUS),
        Event::Load(STATUS),
        Event::Load(STATUS),
        Event::Acquire,
        Event::Load(STATUS_READ_CLEAR),
    ];
    assert_eq!(space.recorder.take(), expected);
    assert_eq!((channel.room(), channel.poll()), (4, Ok(0)));
}

// What does not stop is given up after so many looks, and keeps everything.
#[test]
fn what_does_not_stop_is_stuck() {
    let space = subsystem();
    let ring = memory(&space, RING, 128);
    let setup = Setup::new(CARD).with_patience(50);
    let mut channel = part(&space).open(ring, WriteBack::Off, setup).unwrap();
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.set(STATUS, BUSY);
    let error = channel.quiesce().unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Stuck, Operation::Quiesce));
    assert_eq!(channel.room(), 2);
    space.recorder.set(STATUS, u32::MAX.into());
    assert_eq!(channel.quiesce().unwrap_err().kind(), ErrorKind::Gone);
    space.recorder.set(STATUS, 0);
    assert_eq!((channel.quiesce(), channel.room()), (Ok(()), 4));
}

// An idle channel is quiet already; what was pushed and not kicked is forgotten.
#[test]
fn an_idle_channel_is_quiet_already() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    assert_eq!(channel.quiesce(), Ok(()));
    assert_eq!(space.recorder.take(), []);
    channel.kick();
    assert_eq!((space.recorder.take(), channel.room()), (vec![], 4));
}

// A kick that waited is forgotten with what it was for.
#[test]
fn a_deferred_kick_ends_with_the_rest() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    push_many(&mut channel, 1);
    channel.kick();
    assert_eq!(channel.quiesce(), Ok(()));
    space.recorder.take();
    push_many(&mut channel, 1);
    channel.kick();
    space.recorder.take();
    done(&space, 1);
    assert_eq!(channel.poll(), Ok(1));
    assert_eq!(space.recorder.stores(), []);
}

// After a reset what it lost is written again, and nothing is started.
#[test]
fn restoring_writes_the_lost_configuration() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.take();
    space.recorder.answer(STATUS, &[BUSY, 0]);
    assert_eq!((channel.restore(), channel.room()), (Ok(()), 4));
    let expected = [
        (CONTROL_CLEAR, RUN),
        (CREDIT_MODE_CLEAR, 1),
        (CHANNEL_VECTORS, 0),
        (PACKETS, 0),
        (INTERRUPT_ENABLE, NOTED),
        (CHANNEL_ENABLE_SET, 1),
    ];
    assert_eq!(space.recorder.stores(), expected);
    space.recorder.set(STATUS, u32::MAX.into());
    assert_eq!(channel.restore().unwrap_err().kind(), ErrorKind::Gone);
}

// After a fault in the middle, the ring goes on from where it was.
#[test]
fn a_stopped_ring_goes_on() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 3);
    channel.kick();
    space.recorder.set(STATUS_READ_CLEAR, BUSY | DONE);
    space.recorder.set(COMPLETED, 1);
    assert_eq!(channel.poll(), Ok(1));
    assert_eq!(channel.quiesce(), Ok(()));
    space.recorder.take();
    push_many(&mut channel, 4);
    channel.kick();
    let stores = space.recorder.stores();
    assert!(stores.contains(&(DESCRIPTOR_LOW, (RING + 32) & 0xffff_ffff)));
    assert!(stores.contains(&(ADJACENT, 2)), "slots 1 to 3, then 0");
    done(&space, 4);
    assert_eq!(channel.poll(), Ok(4));
}
