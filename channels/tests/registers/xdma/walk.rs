//! Lists walked as the engine walks them: rings anywhere, batches of any size.
#![forbid(unsafe_code)]

use proptest::prelude::*;

use super::*;

/// Walks a list as the engine does: block by block. Gives the slots that it comes by.
fn walk(region: &TestRegion, base: u64, depth: usize, stores: &[(usize, u64)]) -> Vec<usize> {
    let written = |register| stores.iter().rev().find(|(at, _)| *at == register).unwrap().1;
    let mut address = written(DESCRIPTOR_LOW) | written(DESCRIPTOR_HIGH) << 32;
    let mut count = written(ADJACENT) + 1;
    let mut slots = Vec::new();
    loop {
        assert!(count <= 64 && address % 32 == 0);
        assert!(address % 4096 + count * 32 <= 4096, "{count} at {address:#x} cross a page");
        let mut last = [0; 8];
        for place in 0..count {
            let at = address + place * 32;
            let slot = usize::try_from((at - base) / 32).unwrap();
            assert!(slot < depth, "outside of the ring");
            last = descriptor(region, slot);
            slots.push(slot);
            let [control, .., low, high] = last;
            assert_eq!(control & 0xffff_0000, MAGIC);
            let next = u64::from(low) | u64::from(high) << 32;
            if place + 1 < count {
                // Within a block each points to the one beside it, and counts those behind that.
                assert_eq!(next, at + 32);
                assert_eq!(u64::from(control >> 8 & 0x3f), count - place - 2);
                assert_eq!(control & STOP, 0, "a list stops only at the end of a block");
            }
        }
        let [control, .., low, high] = last;
        if control & STOP != 0 {
            assert_eq!((control & TOLD, control >> 8 & 0x3f), (TOLD, 0));
            return slots;
        }
        assert!(slots.len() <= depth, "a list without an end");
        address = u64::from(low) | u64::from(high) << 32;
        count = u64::from(control >> 8 & 0x3f) + 1;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    // Wherever the ring is and wherever it stands, the engine comes by every descriptor of a
    // batch exactly once, in order, in blocks that it can fetch.
    #[test]
    fn every_list_is_walked_in_order(
        line in 0_u64..64,
        depth in 1_usize..300,
        batches in prop::collection::vec(1_usize..300, 1..12),
        written_back: bool,
    ) {
        let space = subsystem();
        let base = RING + line * 128;
        let length = part(&space).ring_request(depth, written_back).length;
        let ring = memory(&space, base, length);
        let region = ring.region().clone();
        let word = if written_back { WriteBack::InRing } else { WriteBack::Off };
        let setup = Setup::new(CARD).without_interrupts();
        let mut channel = part(&space).open(ring, word, setup).unwrap();
        let depth = channel.limits().depth;
        let mut position = 0;
        for batch in batches {
            let batch = batch.min(depth);
            space.recorder.take();
            push_many(&mut channel, batch as u64);
            channel.kick();
            let events = space.recorder.take();
            let stores: Vec<_> = events.iter().filter_map(|event| match event {
                Event::Store(register, value) => Some((*register, *value)),
                _ => None,
            }).collect();
            let slots = walk(&region, base, depth, &stores);
            let expected: Vec<_> = (position..position + batch).map(|slot| slot % depth).collect();
            prop_assert_eq!(&slots, &expected);
            // And all of it was handed to the device before.
            for slot in slots {
                let published = events.iter().any(|event| matches!(
                    event, Event::Publish(from, to) if (*from..*to).contains(&(slot * 32))
                ));
                prop_assert!(published);
            }
            position += batch;
            if written_back {
                region.poke(length - 128, u32::try_from(batch).unwrap());
            }
            done(&space, batch as u64);
            prop_assert_eq!(channel.poll(), Ok(batch));
        }
    }
}
