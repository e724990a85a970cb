//! A channel without a ring.
#![forbid(unsafe_code)]

use super::*;

/// Channel 0 without a ring, and its beginnings forgotten.
fn single(space: &Space) -> Pl081Single<Space, TestRegion> {
    let (part, _) = open(space.clone()).unwrap().split();
    let channel = part.open_single(memory(space, TARGET, 8192)).unwrap();
    space.recorder.take();
    channel
}

// Without a ring: the same stores as for a list of one item, all but the doorbell as it is pushed,
// and the same meaning of answers.
#[test]
fn a_single_channel_does_as_a_list_of_one() {
    let space = controller();
    let mut channel = single(&space);
    assert_eq!((channel.room(), channel.limits().depth), (1, 1));
    let part_of_a_job = Segment { last: false, ..segment(FromDevice, 0x1000, 0x20, 64) };
    push(&mut channel, part_of_a_job);
    let pushed = [
        Event::Store(SOURCE, TARGET + 0x20),
        Event::Store(DESTINATION, 0x1000),
        Event::Store(NEXT, 0),
        Event::Store(CONTROL, COPY | WORDS | INTERRUPT | 0x10),
    ];
    assert_eq!((space.recorder.take(), channel.room()), (pushed.to_vec(), 0));
    assert_eq!(channel.poll(), Ok(0));
    channel.kick();
    let rung = [Event::Load(CONTROL), Event::Release, Event::Store(CONFIGURATION, RUNS)];
    assert_eq!(space.recorder.take(), rung);
    channel.kick();
    assert_eq!(channel.poll(), Ok(0));
    space.recorder.take();
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(1));
    assert_eq!(space.recorder.take().last(), Some(&Event::Acquire));
    assert_eq!((channel.poll(), channel.room()), (Ok(0), 1));
    let (part, target) = channel.into_parts().unwrap();
    assert_eq!((part.number(), target.len()), (0, 8192));
}

// Faults of a single channel: told until quiesced; busy, stuck and restored as with a list.
#[test]
fn a_single_channels_faults_are_remembered_until_quiesced() {
    let space = controller();
    let mut channel = single(&space);
    for (configuration, error, kind) in [
        (ARMED, 1, ErrorKind::DeviceFault),
        (0, 0, ErrorKind::WasReset),
        (u32::MAX.into(), 0, ErrorKind::Gone),
    ] {
        push(&mut channel, segment(ToDevice, 0x1000, 0, 4));
        channel.kick();
        space.recorder.set(CONFIGURATION, configuration);
        space.recorder.answer(RAW_ERROR, if error == 0 { &[] } else { &[1] });
        let fault = channel.poll().unwrap_err();
        assert_eq!(fault.kind(), kind);
        assert_eq!(channel.poll(), Err(fault));
        assert_eq!(channel.room(), 0);
        if kind == ErrorKind::Gone {
            assert_eq!(channel.quiesce().unwrap_err().kind(), ErrorKind::Gone);
            space.recorder.set(CONFIGURATION, 0);
        }
        assert_eq!((channel.quiesce(), channel.room()), (Ok(()), 1));
    }
    push(&mut channel, segment(ToDevice, 0x1_0000_0000, 0, 4));
    space.recorder.take();
    channel.kick();
    assert!(space.recorder.stores().iter().all(|(offset, _)| *offset != CONFIGURATION));
    assert_eq!(channel.poll().unwrap_err().kind(), ErrorKind::OutOfReach);
    assert_eq!(channel.restore(), Ok(()));
    assert_eq!(space.recorder.stores().last(), Some(&(CONTROLLER, 1)));

    push(&mut channel, segment(ToDevice, 0x1000, 0, 4));
    channel.kick();
    space.recorder.answer(CONFIGURATION, &vec![RUNS | ACTIVE; 30_000]);
    assert_eq!(channel.quiesce().unwrap_err().kind(), ErrorKind::Stuck);
    assert_eq!(channel.into_parts().unwrap_err().error.kind(), ErrorKind::Busy);
}

// A reset between pushing and the doorbell clears the registers: the channel is not started on
// zeros, and the fault is told.
#[test]
fn a_single_channel_is_not_started_on_what_a_reset_cleared() {
    let space = controller();
    let mut channel = single(&space);
    push(&mut channel, segment(ToDevice, 0x1000, 0, 4));
    for register in [SOURCE, DESTINATION, NEXT, CONTROL, CONFIGURATION, CONTROLLER] {
        space.recorder.set(register, 0);
    }
    space.recorder.take();
    channel.kick();
    assert_eq!(space.recorder.take(), [Event::Load(CONTROL)]);
    assert_eq!(channel.poll().unwrap_err().kind(), ErrorKind::WasReset);
    assert_eq!((channel.quiesce(), channel.room()), (Ok(()), 1));
}

// What is pushed and not started is forgotten without asking the controller.
#[test]
fn quiesce_forgets_what_was_not_started() {
    let space = controller();
    let mut one = single(&space);
    let mut many = channel(&space, 4);
    push_many(&mut many, 3);
    push(&mut one, segment(ToDevice, 0x1000, 0, 4));
    space.recorder.take();
    assert_eq!((one.quiesce(), many.quiesce()), (Ok(()), Ok(())));
    one.kick();
    many.kick();
    assert_eq!(space.recorder.take(), []);
    assert_eq!((one.room(), many.room()), (1, 4));
}
