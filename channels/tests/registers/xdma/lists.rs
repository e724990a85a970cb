//! Segments as lists: descriptors, stores, the doorbell.
#![forbid(unsafe_code)]

use super::*;

// Where the list is, how many are fetched at first, the barrier, and then the doorbell.
#[test]
fn the_doorbell_is_last() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push(&mut channel, segment(ToDevice, 0x7_0000_1000, 0x20, 64));
    assert_eq!(space.recorder.take(), [], "nothing before the kick");
    channel.kick();
    let expected = [
        Event::Publish(0, 32),
        Event::Store(CONTROL_CLEAR, RUN),
        Event::Store(DESCRIPTOR_LOW, RING & 0xffff_ffff),
        Event::Store(DESCRIPTOR_HIGH, RING >> 32),
        Event::Store(ADJACENT, 0),
        Event::Release,
        Event::Store(CONTROL, RUN | NOTED),
    ];
    assert_eq!(space.recorder.take(), expected);
    channel.kick();
    assert_eq!(space.recorder.take(), [], "a second kick has nothing to tell");
}

// A segment's addresses go where its direction says; one alone ends its list.
#[test]
fn a_descriptor_says_which_way() {
    let space = subsystem();
    for (number, direction) in [ToDevice, FromDevice].into_iter().enumerate() {
        let channels = open(space.clone(), Vectors::Shared(0)).unwrap().split();
        let [to_card, ..] = channels.to_card;
        let [from_card, ..] = channels.from_card;
        let part = [to_card, from_card].into_iter().nth(number).flatten().unwrap();
        let ring = memory(&space, RING, 64);
        let region = ring.region().clone();
        let mut channel = part.open(ring, WriteBack::Off, Setup::new(CARD)).unwrap();
        push(&mut channel, segment(direction, 0x7_0000_1000, 0x40, 99));
        channel.kick();
        let (host, card) = ([0x1000, 7], [0x40, 0]);
        let [source, destination] = if direction == ToDevice { [host, card] } else { [card, host] };
        let [low, high] = [0x3456_7020, 0x12];
        let flags = MAGIC | STOP | TOLD | PACKET;
        let expected = [flags, 99, source[0], source[1], destination[0], destination[1], low, high];
        assert_eq!(descriptor(&region, 0), expected);
    }
}

// A batch is one list: it counts down to its end, which alone stops and tells.
#[test]
fn a_batch_is_one_list_and_one_doorbell() {
    let space = subsystem();
    let ring = memory(&space, RING, 16 * 32);
    let region = ring.region().clone();
    let mut channel = part(&space).open(ring, WriteBack::Off, Setup::new(CARD)).unwrap();
    space.recorder.take();
    push_many(&mut channel, 5);
    assert_eq!(space.recorder.take(), []);
    channel.kick();
    let events = space.recorder.take();
    assert_eq!(events[0], Event::Publish(0, 160));
    assert_eq!(events[4], Event::Store(ADJACENT, 4));
    let doorbells = events.iter().filter(|event| matches!(event, Event::Store(CONTROL, _)));
    assert_eq!(doorbells.count(), 1);
    let controls: Vec<_> = (0..5).map(|slot| descriptor(&region, slot)[0]).collect();
    let [three, two, one] = [3 << 8, 2 << 8, 1 << 8];
    let last = MAGIC | STOP | TOLD | PACKET;
    assert_eq!(controls, [MAGIC | three, MAGIC | two, MAGIC | one, MAGIC, last]);
    let next = |slot| descriptor(&region, slot)[6];
    assert_eq!([next(0), next(3)], [0x3456_7020, 0x3456_7080]);
}

// A list longer than half the ring tells on the way, so that the rest of a job follows in time.
#[test]
fn long_lists_tell_at_half_of_the_ring() {
    let space = subsystem();
    let ring = memory(&space, RING, 8 * 32);
    let region = ring.region().clone();
    let mut channel = part(&space).open(ring, WriteBack::Off, Setup::new(CARD)).unwrap();
    for at in 0..8 {
        push(&mut channel, Segment { last: false, ..segment(ToDevice, at * 4, at * 4, 4) });
    }
    channel.kick();
    let told: Vec<_> = (0..8).map(|slot| descriptor(&region, slot)[0] & TOLD != 0).collect();
    assert_eq!(told, [false, false, false, true, false, false, false, true]);
    assert_eq!(descriptor(&region, 7)[0] & (STOP | PACKET), STOP, "it ends within a job");
}

// Lists go round the end of the ring, in two blocks, published in two pieces.
#[test]
fn lists_go_round_the_ring() {
    let space = subsystem();
    let ring = memory(&space, RING, 4 * 32);
    let region = ring.region().clone();
    let mut channel = part(&space).open(ring, WriteBack::Off, Setup::new(CARD)).unwrap();
    push_many(&mut channel, 3);
    channel.kick();
    done(&space, 3);
    assert_eq!(channel.poll(), Ok(3));
    space.recorder.take();
    push_many(&mut channel, 4);
    channel.kick();
    let events = space.recorder.take();
    assert_eq!(events[..2], [Event::Publish(96, 128), Event::Publish(0, 96)]);
    assert!(events.contains(&Event::Store(DESCRIPTOR_LOW, (RING + 96) & 0xffff_ffff)));
    assert!(events.contains(&Event::Store(ADJACENT, 0)), "slot 3 is alone at the end");
    assert_eq!(descriptor(&region, 3)[0], MAGIC | 2 << 8 | TOLD, "three follow at slot 0");
    assert_eq!(descriptor(&region, 3)[6], 0x3456_7000);
    assert_eq!(descriptor(&region, 2)[0], MAGIC | STOP | TOLD | PACKET);
}

// What is kicked while a list runs waits for its end, and then goes with one doorbell.
#[test]
fn a_kick_while_running_is_deferred() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    space.recorder.take();
    for _ in 0..2 {
        push_many(&mut channel, 1);
        channel.kick();
    }
    assert_eq!(space.recorder.take(), []);
    assert_eq!(channel.room(), 1);

    done(&space, 1);
    assert_eq!(channel.poll(), Ok(1));
    let stores = space.recorder.stores();
    let doorbells = stores.iter().filter(|(register, _)| *register == CONTROL);
    assert_eq!(doorbells.count(), 1);
    assert!(stores.contains(&(ADJACENT, 1)), "both are one list");
    // The count begins anew with each list.
    done(&space, 0);
    space.recorder.set(STATUS_READ_CLEAR, BUSY);
    assert_eq!(channel.poll(), Ok(0));
    done(&space, 2);
    assert_eq!(channel.poll(), Ok(2));
    assert_eq!(channel.room(), 4);
}

// Without a kick, the end of a list starts nothing.
#[test]
fn what_was_not_kicked_stays() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    push_many(&mut channel, 1);
    space.recorder.take();
    done(&space, 1);
    assert_eq!(channel.poll(), Ok(1));
    assert_eq!(space.recorder.stores(), []);
    channel.kick();
    assert!(space.recorder.stores().contains(&(CONTROL, RUN | NOTED)));
}

// The next list waits until the engine that has counted everything is idle, too.
#[test]
fn a_busy_engine_is_waited_for() {
    let space = subsystem();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    done(&space, 1);
    space.recorder.set(STATUS_READ_CLEAR, DONE | BUSY);
    assert_eq!(channel.poll(), Ok(1));
    space.recorder.take();
    space.recorder.answer(STATUS, &[BUSY, BUSY, 0]);
    push_many(&mut channel, 1);
    channel.kick();
    let events = space.recorder.take();
    assert_eq!(events[..3], [Event::Load(STATUS); 3]);
    assert!(events.contains(&Event::Store(CONTROL, RUN | NOTED)));
}

// With a word: it is cleared and handed over, and its address goes out with every doorbell.
#[test]
fn the_word_is_cleared_and_steered_before_each_doorbell() {
    let space = subsystem();
    let (mut channel, region) = with_word(&space, Setup::new(CARD));
    for round in 1..3 {
        region.poke(128, 0x8000_0007);
        push(&mut channel, segment(ToDevice, 0x1000, 0, 64));
        channel.kick();
        assert_eq!(word(&region, 128), 0);
        let events = space.recorder.take();
        let slot = (round - 1) * 32;
        assert_eq!(events[..2], [Event::Publish(slot, slot + 32), Event::Publish(128, 132)]);
        assert_eq!(events[3], Event::Store(WORD_LOW, (RING + 128) & 0xffff_ffff));
        assert_eq!(events[4], Event::Store(WORD_HIGH, RING >> 32));
        assert_eq!(events[8..], [Event::Release, Event::Store(CONTROL, RUN | NOTED | POLL_MODE)]);
        region.poke(128, 1);
        assert_eq!(channel.poll(), Ok(1));
        space.recorder.take();
    }
}
