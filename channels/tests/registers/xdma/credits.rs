//! Rings without an end, fed by credits.
#![forbid(unsafe_code)]

use super::*;

/// As [`channel`], fed by credits, with its memory.
fn fed(space: &Space, depth: usize) -> (Driver, TestRegion) {
    let ring = memory(space, RING, depth * 32);
    let region = ring.region().clone();
    let setup = Setup::new(CARD).fed_by(Feeding::Credits);
    let channel = part(space).open(ring, WriteBack::Off, setup).unwrap();
    space.recorder.take();
    (channel, region)
}

/// Lets the hardware have completed `count` descriptors since it began, and wait for more.
fn completed(space: &Space, count: u64) {
    space.recorder.set(STATUS_READ_CLEAR, BUSY | DONE);
    space.recorder.set(COMPLETED, count);
}

// Credits are asked for before the engine runs, and granted last.
#[test]
fn the_engine_is_limited_before_it_runs() {
    let space = subsystem();
    let (mut channel, _) = fed(&space, 8);
    push_many(&mut channel, 3);
    assert_eq!(space.recorder.take(), []);
    channel.kick();
    let expected = [
        Event::Publish(0, 96),
        Event::Store(CREDIT_MODE_SET, 1),
        Event::Store(CONTROL_CLEAR, RUN),
        Event::Store(DESCRIPTOR_LOW, RING & 0xffff_ffff),
        Event::Store(DESCRIPTOR_HIGH, RING >> 32),
        Event::Store(ADJACENT, 0),
        Event::Release,
        Event::Store(CONTROL, RUN | NOTED),
        Event::Release,
        Event::Store(CREDITS, 3),
    ];
    assert_eq!(space.recorder.take(), expected);
}

// From then on a kick is one store, whether the engine works or waits.
#[test]
fn a_kick_is_one_store() {
    let space = subsystem();
    let (mut channel, region) = fed(&space, 8);
    push_many(&mut channel, 1);
    channel.kick();
    space.recorder.take();
    push_many(&mut channel, 2);
    channel.kick();
    let kick =
        |from, to, count| [Event::Publish(from, to), Event::Release, Event::Store(CREDITS, count)];
    assert_eq!(space.recorder.take(), kick(32, 96, 2));
    completed(&space, 3);
    assert_eq!(channel.poll(), Ok(3));
    space.recorder.take();
    push_many(&mut channel, 1);
    channel.kick();
    assert_eq!(space.recorder.take(), kick(96, 128, 1));
    channel.kick();
    assert_eq!(space.recorder.take(), [], "nothing was pushed since");
    // Every descriptor points to the next one, and none ends anything.
    for slot in 0..4 {
        let [control, .., next, _] = descriptor(&region, slot);
        assert_eq!(control & (STOP | 0x3f << 8), 0);
        assert_eq!(u64::from(next), (RING & 0xffff_ffff) + 32 * (slot as u64 + 1));
    }
}

// The end of each batch tells, within a job too; the rest tells where jobs end.
#[test]
fn the_end_of_a_batch_tells() {
    let space = subsystem();
    let (mut channel, region) = fed(&space, 16);
    for at in 0..3 {
        push(&mut channel, Segment { last: at == 0, ..segment(ToDevice, at * 4, at * 4, 4) });
    }
    channel.kick();
    let told = [0, 1, 2].map(|slot| descriptor(&region, slot)[0] & TOLD != 0);
    assert_eq!(told, [true, false, true]);
}

// The first of a batch stands alone, since nobody knew of it who points to it; the others are
// fetched in blocks, which end with the ring and tell of nothing beyond the batch.
#[test]
fn a_batch_is_fetched_in_blocks() {
    let space = subsystem();
    let (mut channel, region) = fed(&space, 8);
    let following = |slots: &[usize]| {
        let control = slots.iter().map(|slot| descriptor(&region, *slot)[0]);
        control.map(|control| control >> 8 & 0x3f).collect::<Vec<_>>()
    };
    push_many(&mut channel, 5);
    channel.kick();
    assert_eq!(following(&[0, 1, 2, 3, 4]), [3, 2, 1, 0, 0]);
    completed(&space, 5);
    assert_eq!(channel.poll(), Ok(5));
    push_many(&mut channel, 6);
    channel.kick();
    assert_eq!(following(&[4]), [0], "it may have been fetched long ago");
    assert_eq!(following(&[5, 6, 7]), [1, 0, 2]);
    assert_eq!(following(&[0, 1, 2]), [1, 0, 0]);
}

// Counts go on from batch to batch, and round the end of the register.
#[test]
fn counts_go_on() {
    let space = subsystem();
    let (mut channel, region) = fed(&space, 4);
    for count in 1..40 {
        push_many(&mut channel, 1);
        channel.kick();
        completed(&space, count);
        assert_eq!((channel.poll(), channel.room()), (Ok(1), 4), "{count}");
    }
    assert_eq!(descriptor(&region, 3)[6], 0x3456_7000, "the ring closes");
    push_many(&mut channel, 2);
    channel.kick();
    completed(&space, 42);
    assert_eq!(channel.poll().unwrap_err().kind(), ErrorKind::DeviceFault, "one too many");
}

// An idle engine that should be waiting for credits was reset.
#[test]
fn a_reset_behind_the_back_is_noticed() {
    let space = subsystem();
    let (mut channel, _) = fed(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    completed(&space, 1);
    assert_eq!(channel.poll(), Ok(1));
    for register in [CONTROL, STATUS_READ_CLEAR, COMPLETED] {
        space.recorder.set(register, 0);
    }
    push_many(&mut channel, 1);
    channel.kick();
    assert_eq!(channel.poll().unwrap_err().kind(), ErrorKind::WasReset);
}

// Quiet means that the engine waits for nothing: it is stopped even if it has no credits left.
#[test]
fn a_waiting_engine_is_stopped() {
    let space = subsystem();
    let (mut channel, _) = fed(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    completed(&space, 1);
    assert_eq!(channel.poll(), Ok(1));
    space.recorder.take();
    assert_eq!(channel.quiesce(), Ok(()));
    assert_eq!(space.recorder.stores(), [(CONTROL_CLEAR, RUN)]);
    // It begins anew where the ring stands, with its count at zero.
    push_many(&mut channel, 2);
    channel.kick();
    let stores = space.recorder.stores();
    assert!(stores.contains(&(DESCRIPTOR_LOW, (RING + 32) & 0xffff_ffff)));
    assert_eq!(stores.last(), Some(&(CREDITS, 2)));
    completed(&space, 2);
    assert_eq!(channel.poll(), Ok(2));
}

// A ring has no more descriptors than there can be credits.
#[test]
fn a_ring_is_no_deeper_than_credits_count() {
    let space = subsystem();
    let (channel, _) = fed(&space, 2000);
    assert_eq!(channel.limits().depth, 1023);
}

// After a reset the engine is limited again before it could run.
#[test]
fn restoring_limits_the_engine_again() {
    let space = subsystem();
    let (mut channel, _) = fed(&space, 4);
    assert_eq!(channel.restore(), Ok(()));
    assert!(space.recorder.stores().contains(&(CREDIT_MODE_SET, 1)));
}
