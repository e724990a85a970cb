//! The ring against a model of the controller that walks it: any order of calls.
#![forbid(unsafe_code)]

use proptest::prelude::*;

use super::*;
use crate::memory::word;

/// What may happen next.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Push,
    Kick,
    /// The controller ends so many items.
    Run(usize),
    Poll,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        4 => Just(Turn::Push),
        2 => Just(Turn::Kick),
        3 => (1..5_usize).prop_map(Turn::Run),
        2 => Just(Turn::Poll),
    ];
    prop::collection::vec(turn, 1..200)
}

/// The controller: it runs the item in its registers, then fetches the next one from the ring.
struct Walker {
    space: Space,
    ring: TestRegion,
    /// The sources of all items that it ran, in its order.
    ran: Vec<u64>,
}

impl Walker {
    fn register(&self, offset: usize) -> u64 {
        self.space.recorder.get(offset)
    }

    /// Ends up to `count` items; the enable bit clears with the last one.
    fn run(&mut self, count: usize) {
        for _ in 0..count {
            if self.register(CONFIGURATION) & ENABLED == 0 {
                return;
            }
            self.ran.push(self.register(SOURCE));
            let next = self.register(NEXT);
            if next == 0 {
                self.space.recorder.set(CONFIGURATION, ARMED);
                return;
            }
            let at = usize::try_from(next - RING).unwrap();
            for (offset, place) in [(SOURCE, 0), (DESTINATION, 4), (NEXT, 8), (CONTROL, 12)] {
                self.space.recorder.set(offset, word(&self.ring, at + place).into());
            }
        }
    }
}

proptest! {
    // Every segment runs exactly once and in the order of its push, whatever the ring's size and
    // wherever it stands; what `poll` counts is what the controller has ended, and room is never
    // given out before that.
    #[test]
    fn every_segment_runs_once_and_in_order(depth in 1..9_usize, turns in turns()) {
        let space = controller();
        let (part, _) = open(space.clone()).unwrap().split();
        let ring = memory(&space, RING, depth * 16);
        let mut walker = Walker { space: space.clone(), ring: ring.region().clone(), ran: vec![] };
        let mut channel = part.open(ring, memory(&space, TARGET, 8192)).unwrap();
        let (mut pushed, mut counted) = (Vec::new(), 0);
        for turn in turns.into_iter().chain([Turn::Kick]) {
            match turn {
                Turn::Push => {
                    if channel.room() > 0 {
                        let host = 0x1_0000 + 4 * pushed.len() as u64;
                        push(&mut channel, segment(ToDevice, host, 0, 4));
                        pushed.push(host);
                    }
                }
                Turn::Kick => channel.kick(),
                Turn::Run(count) => walker.run(count),
                Turn::Poll => counted += channel.poll().unwrap(),
            }
            prop_assert!(counted <= walker.ran.len(), "counted before it ended");
            prop_assert_eq!(channel.room(), depth - (pushed.len() - counted));
        }
        for _ in 0..2 * depth + 2 {
            walker.run(depth);
            counted += channel.poll().unwrap();
        }
        prop_assert_eq!(&walker.ran, &pushed);
        prop_assert_eq!(counted, pushed.len());
    }
}
