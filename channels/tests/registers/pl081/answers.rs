//! What the controller answers, and how a channel ends.
#![forbid(unsafe_code)]

use super::*;

// A bus error is told until it is dealt with, and is cleared in the controller at once.
#[test]
fn an_error_is_remembered_until_quiesced() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 3);
    channel.kick();
    space.recorder.take();
    space.recorder.set(CONFIGURATION, ARMED);
    space.recorder.answer(RAW_ERROR, &[0b11]);
    let fault = channel.poll().unwrap_err();
    assert_eq!((fault.kind(), fault.detail()), (ErrorKind::DeviceFault, 1));
    assert_eq!(space.recorder.stores(), [(TC_CLEAR, 1), (ERROR_CLEAR, 1)], "its own bit only");
    assert_eq!(channel.poll(), Err(fault));
    assert_eq!(channel.quiesce(), Ok(()));
    assert_eq!((channel.poll(), channel.room()), (Ok(0), 4));
}

// The other channel's error is not this one's.
#[test]
fn the_other_channels_error_is_left_alone() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    space.recorder.take();
    space.recorder.set(CONFIGURATION, ARMED);
    space.recorder.set(RAW_ERROR, 0b10);
    assert_eq!(channel.poll(), Ok(1));
    assert_eq!(space.recorder.stores(), [(TC_CLEAR, 1); 2]);
}

// Answers that cannot be: an item that does not run, ones, a configuration that was reset.
#[test]
fn nonsense_is_not_an_end() {
    for next in [RING, RING + 8, RING + 48, RING + 64, RING - 16, 0xffff_fff0] {
        let space = controller();
        let mut channel = channel(&space, 4);
        push_many(&mut channel, 3);
        channel.kick();
        space.recorder.set(NEXT, next);
        let fault = channel.poll().unwrap_err();
        assert_eq!((fault.kind(), u64::from(fault.detail())), (ErrorKind::DeviceFault, next));
    }
    for (configuration, kind) in [(u32::MAX.into(), ErrorKind::Gone), (0, ErrorKind::WasReset)] {
        let space = controller();
        let mut channel = channel(&space, 4);
        push_many(&mut channel, 1);
        channel.kick();
        space.recorder.set(CONFIGURATION, configuration);
        assert_eq!(channel.poll().unwrap_err().kind(), kind);
        assert_eq!(channel.room(), 3);
    }
}

// Stopping halts first, lets the FIFO run dry, disables, and looks whether it is off.
#[test]
fn quiesce_halts_then_disables() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    channel.kick();
    push_many(&mut channel, 1);
    channel.kick();
    space.recorder.take();
    let halted = ENABLED | HALT;
    space.recorder.answer(CONFIGURATION, &[RUNS | ACTIVE, halted | ACTIVE, halted, 0]);
    assert_eq!(channel.quiesce(), Ok(()));
    let expected = [
        Event::Load(CONFIGURATION),
        Event::Store(CONFIGURATION, halted),
        Event::Load(CONFIGURATION),
        Event::Load(CONFIGURATION),
        Event::Store(CONFIGURATION, 0),
        Event::Load(CONFIGURATION),
        Event::Acquire,
        Event::Store(TC_CLEAR, 1),
        Event::Store(ERROR_CLEAR, 1),
    ];
    assert_eq!(space.recorder.take(), expected);
    assert_eq!(channel.room(), 4);
    channel.kick();
    assert_eq!(space.recorder.take(), [], "nothing is left to start");
}

// A channel that does not get quiet says so, and keeps everything.
#[test]
fn a_channel_that_does_not_stop_is_stuck() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    channel.kick();
    // Stores change nothing any more: every read says that it runs.
    space.recorder.answer(CONFIGURATION, &vec![RUNS | ACTIVE; 30_000]);
    let stuck = channel.quiesce().unwrap_err();
    assert_eq!((stuck.kind(), stuck.operation()), (ErrorKind::Stuck, Operation::Quiesce));
    assert_eq!(channel.room(), 2);
    let refused = channel.into_parts().unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Busy);
}

// After a reset the controller is off; coming back enables it again.
#[test]
fn restore_configures_the_controller_again() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.set(CONFIGURATION, 0);
    space.recorder.set(CONTROLLER, 0);
    space.recorder.take();
    assert_eq!(channel.restore(), Ok(()));
    let stores = [(CONFIGURATION, 0), (TC_CLEAR, 1), (ERROR_CLEAR, 1), (CONTROLLER, 1)];
    assert_eq!(space.recorder.stores(), stores);
    assert_eq!(channel.room(), 4);
}

// Channel 1 has registers of its own and touches only its own bits of the shared ones.
#[test]
fn channels_do_not_touch_one_another() {
    let space = controller();
    let (_, part) = open(space.clone()).unwrap().split();
    assert_eq!(part.number(), 1);
    let target = memory(&space, TARGET, 64);
    let mut channel = part.open(memory(&space, RING, 32), target).unwrap();
    space.recorder.take();
    push(&mut channel, segment(ToDevice, 0x1000, 0, 4));
    channel.kick();
    space.recorder.set(CONFIGURATION + STRIDE, ARMED);
    space.recorder.set(RAW_ERROR, 0b10);
    assert_eq!(channel.poll().unwrap_err().detail(), 0b10);
    let own = SOURCE + STRIDE..SOURCE + 2 * STRIDE;
    for (offset, value) in space.recorder.stores() {
        assert!(own.contains(&offset) || value == 0b10, "{offset:#x} = {value:#x}");
    }
}

// A segment beyond the target or beyond 32 bits is never started, and the next poll says so.
#[test]
fn a_segment_out_of_reach_is_a_fault_and_not_an_access() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push(&mut channel, segment(ToDevice, 0x1_0000_0000, 0, 4));
    channel.kick();
    assert!(space.recorder.stores().iter().all(|(offset, _)| *offset != CONFIGURATION));
    assert_eq!(channel.poll().unwrap_err().kind(), ErrorKind::OutOfReach);
    assert_eq!(channel.quiesce(), Ok(()));
    assert_eq!(channel.room(), 4);
}
