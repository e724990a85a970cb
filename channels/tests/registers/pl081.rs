//! PL081 register by register: the list, one doorbell, exact counts, and what its answers mean.

use channels::pl081::{Pl081, Pl081Channel};
use dma_core::Direction::{FromDevice, ToDevice};
use dma_core::{AddressMask, Buffer, Channel, DomainId, ErrorKind, Operation, Segment};

use crate::memory::{Place, TestRegion, memory, placed, segment};
use crate::space::{Event, Space};

const TC_CLEAR: usize = 0x08;
const ERROR_CLEAR: usize = 0x10;
const RAW_ERROR: usize = 0x18;
const CONTROLLER: usize = 0x30;
const SOURCE: usize = 0x100;
const DESTINATION: usize = 0x104;
const NEXT: usize = 0x108;
const CONTROL: usize = 0x10c;
const CONFIGURATION: usize = 0x110;
/// From a register of channel 0 to that of channel 1.
const STRIDE: usize = 0x20;

const RING: u64 = 0x8000_0100;
const TARGET: u64 = 0x9000_0000;
const ENABLED: u64 = 1;
/// Interrupts are let through: what a started channel's configuration keeps.
const ARMED: u64 = 0xc000;
const RUNS: u64 = ARMED | ENABLED;
const ACTIVE: u64 = 1 << 17;
const HALT: u64 = 1 << 18;
const INTERRUPT: u64 = 1 << 31;
/// Both addresses go up, bursts of 4, privileged.
const COPY: u64 = 0x1c00_9000;
const WORDS: u64 = 0x48_0000;
const HALF_WORDS: u64 = 0x24_0000;

type Driver = Pl081Channel<Space, TestRegion>;

fn controller() -> Space {
    let space = Space::new(0x1000);
    for (at, id) in [0x81, 0x10, 0x04, 0x0a, 0x0d, 0xf0, 0x05, 0xb1].into_iter().enumerate() {
        space.recorder.set(0xfe0 + 4 * at, id);
    }
    space
}

/// Channel 0 with a ring of `depth`, and its beginnings forgotten.
fn channel(space: &Space, depth: usize) -> Driver {
    let (part, _) = Pl081::new(space.clone()).unwrap().split();
    let channel = part.open(memory(space, RING, depth * 16), memory(space, TARGET, 8192)).unwrap();
    space.recorder.take();
    channel
}

fn push(channel: &mut Driver, segment: Segment) {
    assert!(channel.room() > 0);
    // SAFETY: no device stands behind the registers.
    unsafe { channel.push(segment) };
}

/// Pushes `count` segments of 4 bytes, of which only the last ends a job.
fn push_many(channel: &mut Driver, count: u64) {
    for at in 0..count {
        let last = at + 1 == count;
        push(channel, Segment { last, ..segment(ToDevice, 0x1000 + at * 4, at * 4, 4) });
    }
}

/// The four words of an item.
fn item(ring: &Buffer<TestRegion>, slot: usize) -> [u64; 4] {
    let word = |at: usize| {
        let bytes = ring.bytes()[slot * 16 + at * 4..][..4].try_into().unwrap();
        u64::from(u32::from_le_bytes(bytes))
    };
    [word(0), word(1), word(2), word(3)]
}

/// Ends the running chain, and gives the ring.
fn ring_of(space: &Space, mut channel: Driver) -> Buffer<TestRegion> {
    space.recorder.set(CONFIGURATION, ARMED);
    channel.poll().unwrap();
    channel.into_parts().unwrap().1
}

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
    // The interrupt is dropped before the state is read, so that none is lost in between.
    space.recorder.take();
    space.recorder.set(CONFIGURATION, ARMED);
    assert_eq!(channel.poll(), Ok(1));
    let expected = [
        Event::Store(TC_CLEAR, 1),
        Event::Load(CONFIGURATION),
        Event::Load(RAW_ERROR),
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
    assert_eq!(space.recorder.stores(), [(TC_CLEAR, 1)]);
    channel.kick();
    assert!(space.recorder.stores().contains(&(CONFIGURATION, RUNS)));
}

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
    assert_eq!(space.recorder.stores(), [(TC_CLEAR, 1)]);
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
        Event::Load(RAW_ERROR),
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
    assert_eq!(space.recorder.stores(), [(CONFIGURATION, 0), (TC_CLEAR, 1), (CONTROLLER, 1)]);
    assert_eq!(channel.room(), 4);
}

// Channel 1 has registers of its own and touches only its own bits of the shared ones.
#[test]
fn channels_do_not_touch_one_another() {
    let space = controller();
    let (_, part) = Pl081::new(space.clone()).unwrap().split();
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

// Opening stops what an earlier owner left running, and enables the controller.
#[test]
fn opening_stops_both_channels() {
    let space = controller();
    space.recorder.set(CONFIGURATION + STRIDE, RUNS);
    let opened = Pl081::new(space.clone()).unwrap();
    let stores = space.recorder.stores();
    assert!(stores.contains(&(CONFIGURATION, 0)) && stores.contains(&(CONFIGURATION + STRIDE, 0)));
    assert_eq!(stores.last(), Some(&(CONTROLLER, 1)));
    let space = opened.into_space();

    space.recorder.answer(CONFIGURATION, &vec![RUNS | ACTIVE; 30_000]);
    let refused = Pl081::new(space).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Stuck);
}

// Anything but a PL081 is refused before anything is stored to it.
#[test]
fn another_controller_is_refused() {
    for (offset, value, kind) in [
        (0xfe0, 0x80, ErrorKind::Unsupported),
        (0xfe4, 0x11, ErrorKind::Unsupported),
        (0xff8, 0x06, ErrorKind::Unsupported),
        (0xfe0, u64::from(u32::MAX), ErrorKind::Gone),
    ] {
        let space = controller();
        space.recorder.set(offset, value);
        let refused = Pl081::new(space).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        assert_eq!(refused.buffer.recorder.stores(), []);
    }
    let short = Pl081::new(Space::new(0x200)).unwrap_err();
    assert_eq!(short.error.kind(), ErrorKind::TooShort);
}

// Memory that does not fit is refused with all that was given.
#[test]
fn unfit_memory_comes_back() {
    // SAFETY: no device ever uses the number.
    let elsewhere = unsafe { DomainId::new(7) };
    let here = DomainId::PHYSICAL;
    let one = usize::MAX;
    let good = Place { iova: RING, domain: here, run: one };
    for (ring, length, target, target_length, kind) in [
        (Place { domain: elsewhere, ..good }, 64, good, 64, ErrorKind::OtherDomain),
        (good, 64, Place { domain: elsewhere, ..good }, 64, ErrorKind::OtherDomain),
        (good, 15, good, 64, ErrorKind::TooShort),
        (good, 0, good, 64, ErrorKind::TooShort),
        (good, 64, good, 0, ErrorKind::Empty),
        (Place { run: 32, ..good }, 64, good, 64, ErrorKind::Scattered),
        (good, 64, Place { run: 32, ..good }, 64, ErrorKind::Scattered),
        (Place { iova: 0xffff_fff0, ..good }, 32, good, 64, ErrorKind::OutOfReach),
        (good, 64, Place { iova: 0xffff_fff0, ..good }, 64, ErrorKind::OutOfReach),
        (Place { iova: RING + 8, ..good }, 64, good, 64, ErrorKind::Misaligned),
    ] {
        let space = controller();
        let (part, _) = Pl081::new(space.clone()).unwrap().split();
        let target = placed(&space, target_length, target);
        let refused = part.open(placed(&space, length, ring), target).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
        let (part, ring, target) = refused.buffer;
        assert_eq!((part.number(), ring.len(), target.len()), (0, length, target_length));
    }
}

// An idle channel comes apart, and can be put together again.
#[test]
fn parts_come_back_from_an_idle_channel() {
    let space = controller();
    let (part, ring, target) = channel(&space, 3).into_parts().unwrap();
    assert_eq!((ring.len(), target.len()), (48, 8192));
    let channel = part.open(ring, target).unwrap();
    assert_eq!(channel.room(), 3);
}

// The limits are the controller's and the target's.
#[test]
fn limits_are_the_controllers_and_the_targets() {
    let limits = channel(&controller(), 6).limits();
    assert_eq!((limits.mask, limits.depth), (AddressMask::bits(32), 6));
    assert_eq!((limits.max_segment, limits.max_segment % 4), (4092, 0));
    assert_eq!((limits.device_window.start.get(), limits.device_window.length), (0, 8192));
    let request = Driver::ring_request(6);
    assert_eq!((request.length, request.alignment, request.contiguous), (96, 16, true));
    assert_eq!(request.mask, AddressMask::bits(32));
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
