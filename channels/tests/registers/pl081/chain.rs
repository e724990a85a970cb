//! Segments as lists: stores, doorbells, links and counts.
#![forbid(unsafe_code)]

use super::*;

// One segment goes into the registers alone: no list, the barrier, then the doorbell.
#[test]
fn the_doorbell_is_last() {
    for (direction, source, destination) in
        [(ToDevice, 0x1000, TARGET + 0x20), (FromDevice, TARGET + 0x20, 0x1000)]
    {
        let space = controller();
        let mut channel = channel(&space, 4);
        push(&mut channel, segment(direction, 0x1000, 0x20, 64));
        assert_eq!(space.recorder.take(), [], "nothing before the kick");
        channel.kick();
        let expected = [
            Event::Store(SOURCE, source),
            Event::Store(DESTINATION, destination),
            Event::Store(NEXT, 0),
            Event::Store(CONTROL, COPY | WORDS | INTERRUPT | 16),
            Event::Release,
            Event::Store(CONFIGURATION, RUNS),
        ];
        assert_eq!(space.recorder.take(), expected);
        channel.kick();
        assert_eq!(space.recorder.take(), [], "a second kick has nothing to tell");
    }
}

// A batch becomes a list that is published before its one doorbell; only its end interrupts.
#[test]
fn a_batch_is_one_list_and_one_doorbell() {
    let space = controller();
    let mut channel = channel(&space, 8);
    push_many(&mut channel, 5);
    assert_eq!(space.recorder.stores(), []);
    channel.kick();
    let events = space.recorder.take();
    assert_eq!(events[0], Event::Publish(16, 80));
    assert_eq!(events[3], Event::Store(NEXT, RING + 16));
    assert_eq!(events[4], Event::Store(CONTROL, COPY | WORDS | 1));
    assert_eq!(events[5..], [Event::Release, Event::Store(CONFIGURATION, RUNS)]);

    let ring = ring_of(&space, channel);
    for slot in 1..5 {
        let at = slot as u64;
        let (next, interrupt) = if slot < 4 { (RING + 16 * (at + 1), 0) } else { (0, INTERRUPT) };
        let expected = [0x1000 + at * 4, TARGET + at * 4, next, COPY | WORDS | interrupt | 1];
        assert_eq!(item(&ring, slot), expected);
    }
}

// A batch that ends within a job interrupts all the same, or nobody would feed the rest.
#[test]
fn the_end_of_a_chain_interrupts_even_within_a_job() {
    for count in [1, 3] {
        let space = controller();
        let mut channel = channel(&space, 4);
        for at in 0..count {
            push(&mut channel, Segment { last: false, ..segment(ToDevice, at * 4, at * 4, 4) });
        }
        channel.kick();
        let in_registers = COPY | WORDS | 1 | if count == 1 { INTERRUPT } else { 0 };
        assert!(space.recorder.stores().contains(&(CONTROL, in_registers)));
        let ring = ring_of(&space, channel);
        assert_eq!(item(&ring, 2)[3], if count == 3 { COPY | WORDS | INTERRUPT | 1 } else { 0 });
    }
}

// The unit is the widest that addresses and length are whole in, and never wider.
#[test]
fn the_width_is_what_alignment_allows() {
    for (host, device, length, expected) in [
        (0x1000, 0, 4092, WORDS | 0x3ff),
        (0x1000, 2, 4, HALF_WORDS | 0x2),
        (0x1002, 4, 4092, HALF_WORDS | 0x7fe),
        (0x1000, 0, 6, HALF_WORDS | 0x3),
        (0x1001, 0, 4, 4),
        (0x1000, 0, 1, 1),
        (0x1000, 3, 4092, 4092),
    ] {
        let space = controller();
        let mut channel = channel(&space, 1);
        push(&mut channel, segment(ToDevice, host, device, length));
        channel.kick();
        assert!(space.recorder.stores().contains(&(CONTROL, COPY | INTERRUPT | expected)));
    }
}

// The next item's address tells which one runs: those before it are counted, once, in order.
#[test]
fn progress_is_read_from_the_next_item() {
    let space = controller();
    let mut channel = channel(&space, 5);
    push_many(&mut channel, 5);
    channel.kick();
    space.recorder.take();
    for (next, counted, room) in [
        (RING + 16, 0, 0),
        (RING + 32, 1, 1),
        (RING + 32, 0, 1),
        (RING + 64, 2, 3),
        (0, 1, 4),
        (0, 0, 4),
    ] {
        space.recorder.set(NEXT, next);
        assert_eq!(channel.poll(), Ok(counted), "next {next:#x}");
        assert_eq!(channel.room(), room);
    }
    // The interrupt is dropped before the state is read, so that none is lost in between, and
    // once more when the channel is off: it may have risen in between.
    space.recorder.take();
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(1));
    let expected = [
        Event::Store(TC_CLEAR, 1),
        Event::Load(CONFIGURATION),
        Event::Load(RAW_ERROR),
        Event::Store(TC_CLEAR, 1),
        Event::Acquire,
    ];
    assert_eq!(space.recorder.take(), expected);
    assert_eq!((channel.poll(), channel.room()), (Ok(0), 5));
    assert_eq!(space.recorder.take(), [], "an idle channel leaves the controller alone");
}

// Lists go round the end of the ring: links, publishing and counting.
#[test]
fn lists_go_round_the_ring() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 3);
    channel.kick();
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(3));
    space.recorder.take();

    // Slots 3 (in the registers), 0, 1, 2.
    push_many(&mut channel, 4);
    channel.kick();
    let events = space.recorder.take();
    assert_eq!(events[0], Event::Publish(0, 48));
    assert!(events.contains(&Event::Store(NEXT, RING)));
    for (next, counted) in [(RING, 0), (RING + 32, 2), (0, 1)] {
        space.recorder.set(NEXT, next);
        assert_eq!(channel.poll(), Ok(counted), "next {next:#x}");
    }
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(1));
    space.recorder.take();

    // Slots 3, 0: then on to a chain whose own list is in two pieces: 1, 2, 3, 0.
    push_many(&mut channel, 2);
    channel.kick();
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(2));
    push_many(&mut channel, 4);
    space.recorder.take();
    channel.kick();
    let events = space.recorder.take();
    assert_eq!(events[..2], [Event::Publish(32, 64), Event::Publish(0, 16)]);
}

// What is kicked while a chain runs waits for its end, and then goes with one doorbell.
#[test]
fn a_kick_while_running_is_deferred() {
    let space = controller();
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

    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(1));
    let doorbells = space.recorder.stores();
    let doorbells = doorbells.iter().filter(|(offset, _)| *offset == CONFIGURATION);
    assert_eq!(doorbells.collect::<Vec<_>>(), [&(CONFIGURATION, RUNS)]);
    assert_eq!(channel.poll(), Ok(0), "it runs");
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(2));
}

// Without a kick, the end of a chain starts nothing.
#[test]
fn what_was_not_kicked_stays() {
    let space = controller();
    let mut channel = channel(&space, 4);
    push_many(&mut channel, 1);
    channel.kick();
    push_many(&mut channel, 1);
    space.recorder.take();
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(1));
    assert_eq!(space.recorder.stores(), [(TC_CLEAR, 1); 2], "no doorbell");
    channel.kick();
    assert!(space.recorder.stores().contains(&(CONFIGURATION, RUNS)));
}
