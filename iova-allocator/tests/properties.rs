//! Properties of the allocator of device addresses.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use dma_core::{AddressMask, ErrorKind, IovaWindow};
use iova_allocator::{End, Fit, IovaAllocator, Policy};
use proptest::prelude::*;

const GRANULE: u64 = 4096;

/// What a program does with an allocator.
#[derive(Clone, Copy, Debug)]
enum Step {
    Allocate {
        length: u64,
        alignment: u64,
        bits: u32,
    },
    /// Frees the range at this place among those in use.
    Free {
        at: usize,
    },
    Drain,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let allocate = (1..200_000_u64, 0..21_u32, 14..40_u32)
        .prop_map(|(length, shift, bits)| Step::Allocate { length, alignment: 1 << shift, bits });
    let step = prop_oneof![
        4 => allocate,
        3 => any::<usize>().prop_map(|at| Step::Free { at }),
        1 => Just(Step::Drain),
    ];
    prop::collection::vec(step, 1..120)
}

fn windows() -> impl Strategy<Value = Vec<IovaWindow>> {
    let window = (0..0x40_0000_u64, 0..0x10_0000_u64)
        .prop_map(|(first, length)| IovaWindow { first, last: first + length });
    prop::collection::vec(window, 1..5)
}

fn policies() -> impl Strategy<Value = Policy> {
    (any::<bool>(), any::<bool>(), 0..8_usize, 0..3_u64).prop_map(
        |(best, low, quarantine, guard)| Policy {
            fit: if best { Fit::Best } else { Fit::First },
            end: if low { End::Low } else { End::High },
            quarantine,
            guard,
        },
    )
}

/// Whether every granule of a range lies in some window.
fn inside(windows: &[IovaWindow], first: u64, length: u64) -> bool {
    (first / GRANULE..(first + length) / GRANULE).map(|number| number * GRANULE).all(|granule| {
        windows.iter().any(|w| w.first <= granule && granule + (GRANULE - 1) <= w.last)
    })
}

proptest! {
    // Whatever is asked and given back in whatever order: ranges are aligned, inside the windows,
    // below the mask and apart, guards included, and in the end every address is free again.
    #[test]
    fn ranges_keep_to_the_rules_and_all_come_back(
        windows in windows(), policy in policies(), steps in steps(),
    ) {
        let mut iovas = IovaAllocator::new(&windows, GRANULE, policy);
        let all = iovas.free_bytes();
        let mut used = BTreeMap::new();
        for step in steps {
            match step {
                Step::Allocate { length, alignment, bits } => {
                    let mask = AddressMask::bits(bits);
                    match iovas.allocate(length, alignment, mask) {
                        Ok(first) => {
                            let whole = length.next_multiple_of(GRANULE);
                            let behind = whole + policy.guard * GRANULE;
                            prop_assert_eq!(first % alignment.max(GRANULE), 0);
                            prop_assert!(first + (whole - 1) <= mask.highest());
                            prop_assert!(inside(&windows, first, whole));
                            let below = used.range(..first + behind).next_back();
                            if let Some((&other, &(_, end))) = below {
                                prop_assert!(end <= first, "{other:#x}..{end:#x} and {first:#x}");
                            }
                            used.insert(first, (whole, first + behind));
                        }
                        Err(error) => prop_assert!(
                            matches!(error.kind(), ErrorKind::NoMemory | ErrorKind::OutOfReach)
                        ),
                    }
                }
                Step::Free { at } => {
                    if !used.is_empty() {
                        let first = *used.keys().nth(at % used.len()).unwrap();
                        let (whole, _) = used.remove(&first).unwrap();
                        prop_assert_eq!(iovas.free(first), Some(whole));
                        prop_assert_eq!(iovas.free(first), None);
                        prop_assert_eq!(iovas.rests(first), policy.quarantine > 0);
                    }
                }
                Step::Drain => iovas.drain_quarantine(),
            }
            prop_assert_eq!(iovas.in_use(), used.len());
        }
        for first in used.into_keys() {
            prop_assert!(iovas.free(first).is_some());
        }
        iovas.drain_quarantine();
        prop_assert_eq!(iovas.free_bytes(), all);
    }

    // A freed range is not handed out again before as many others were freed as rest, as long as
    // there are other addresses.
    #[test]
    fn freed_ranges_rest(quarantine in 1..10_usize, low in any::<bool>()) {
        let window = [IovaWindow { first: 0, last: 0xff_ffff }];
        let end = if low { End::Low } else { End::High };
        let policy = Policy { quarantine, end, ..Policy::default() };
        let mut iovas = IovaAllocator::new(&window, GRANULE, policy);
        let mut last_freed = Vec::new();
        for _ in 0..60 {
            let first = iovas.allocate(GRANULE, 1, AddressMask::ALL).unwrap();
            let resting = last_freed.iter().rev().take(quarantine);
            prop_assert!(resting.clone().all(|freed| *freed != first));
            prop_assert!(resting.clone().all(|freed| iovas.rests(*freed)));
            prop_assert_eq!(iovas.free(first), Some(GRANULE));
            last_freed.push(first);
        }
    }

    // The allocator refuses only what does not fit: with one range in use anywhere, the largest
    // hole beside it can be had.
    #[test]
    fn the_largest_hole_can_be_had(at in 0..64_u64, low in any::<bool>(), best in any::<bool>()) {
        let window = [IovaWindow { first: 0, last: 64 * GRANULE - 1 }];
        let policy = Policy {
            end: if low { End::Low } else { End::High },
            fit: if best { Fit::Best } else { Fit::First },
            ..Policy::default()
        };
        let mut iovas = IovaAllocator::new(&window, GRANULE, policy);
        iovas.reserve(at * GRANULE, 1).unwrap();
        let largest = at.max(63 - at) * GRANULE;
        prop_assert!(iovas.allocate(largest + 1, 1, AddressMask::ALL).is_err());
        let first = iovas.allocate(largest, 1, AddressMask::ALL).unwrap();
        prop_assert!(first + largest <= at * GRANULE || first > at * GRANULE);
    }

    // Best fit takes the smallest hole that is large enough, so that large ones stay whole.
    #[test]
    fn best_fit_takes_the_smallest_hole(
        holes in prop::collection::vec(1..20_u64, 1..12), wanted in 1..20_u64, low in any::<bool>(),
    ) {
        let end = if low { End::Low } else { End::High };
        let policy = Policy { end, quarantine: 0, ..Policy::default() };
        // Each hole is a window, and one granule apart from the next.
        let starts = holes.iter().scan(0, |at, hole| {
            let start = *at;
            *at += hole + 1;
            Some(start)
        });
        let windows: Vec<IovaWindow> = starts
            .zip(&holes)
            .map(|(start, hole)| IovaWindow {
                first: start * GRANULE,
                last: (start + hole) * GRANULE - 1,
            })
            .collect();
        let mut iovas = IovaAllocator::new(&windows, GRANULE, policy);
        let found = iovas.allocate(wanted * GRANULE, 1, AddressMask::ALL);
        let smallest = holes.iter().copied().filter(|hole| *hole >= wanted).min();
        match (found, smallest) {
            (Ok(first), Some(smallest)) => {
                let window = windows.iter().find(|w| w.first <= first && first <= w.last).unwrap();
                prop_assert_eq!(window.last - window.first + 1, smallest * GRANULE);
            }
            (Err(error), None) => prop_assert_eq!(error.kind(), ErrorKind::NoMemory),
            (found, smallest) => prop_assert!(false, "{:?}, where {:?} fits", found, smallest),
        }
    }
}

// When nothing else is left, what rests is used again rather than refusing.
#[test]
fn resting_ranges_are_the_last_resort() {
    let window = [IovaWindow { first: 0, last: 4 * GRANULE - 1 }];
    let mut iovas = IovaAllocator::new(&window, GRANULE, Policy::default());
    let first = iovas.allocate(4 * GRANULE, 1, AddressMask::ALL).unwrap();
    iovas.free(first).unwrap();
    assert!(iovas.rests(first));
    assert_eq!(iovas.allocate(4 * GRANULE, 1, AddressMask::ALL).unwrap(), first);
}

// "Never below this mask" and "not now" are different answers.
#[test]
fn out_of_reach_is_told_from_full() {
    let window = [IovaWindow { first: 0x10_0000, last: 0x10_ffff }];
    let mut iovas = IovaAllocator::new(&window, GRANULE, Policy::default());
    let kind = |result: Result<u64, dma_core::Error>| result.unwrap_err().kind();
    assert_eq!(kind(iovas.allocate(1, 1, AddressMask::bits(20))), ErrorKind::OutOfReach);
    assert_eq!(kind(iovas.allocate(0x1_0001, 1, AddressMask::ALL)), ErrorKind::NoMemory);
    assert_eq!(kind(iovas.allocate(0, 1, AddressMask::ALL)), ErrorKind::Empty);
    assert_eq!(kind(iovas.allocate(1, 3, AddressMask::ALL)), ErrorKind::Misaligned);
    assert_eq!(kind(iovas.allocate(u64::MAX, 1, AddressMask::ALL)), ErrorKind::NoMemory);
}

// The ends of 64 bits are no special place: the whole space can be a window.
#[test]
fn the_whole_space_can_be_a_window() {
    let window = [IovaWindow { first: 0, last: u64::MAX }];
    let policy = Policy { end: End::High, guard: 1, ..Policy::default() };
    let mut iovas = IovaAllocator::new(&window, GRANULE, policy);
    let first = iovas.allocate(1, 1, AddressMask::ALL).unwrap();
    assert_eq!(first, u64::MAX - 2 * GRANULE + 1);
    iovas.free(first).unwrap();
    iovas.drain_quarantine();
    assert_eq!(iovas.free_bytes(), u64::MAX);
}

// Devices of different reach share one space: the narrow one is served below its mask although
// the wide one came first, and what both have is apart.
#[test]
fn devices_with_different_masks_share_a_space() {
    // VT-d as Linux tells it: the window of message interrupts is cut out.
    let windows = [
        IovaWindow { first: 0, last: 0xfedf_ffff },
        IovaWindow { first: 0xfef0_0000, last: (1 << 39) - 1 },
    ];
    let mut iovas = IovaAllocator::new(&windows, GRANULE, Policy::default());
    let (narrow, wide) = (AddressMask::bits(28), AddressMask::ALL);
    let large = 0xf000_0000;
    let first = iovas.allocate(large, GRANULE, wide).unwrap();
    let second = iovas.allocate(4 << 20, 2 << 20, narrow);
    assert_eq!(second.unwrap_err().kind(), ErrorKind::NoMemory, "the low end is taken");
    assert_eq!(iovas.free(first), Some(large));
    iovas.drain_quarantine();
    let second = iovas.allocate(4 << 20, 2 << 20, narrow).unwrap();
    assert!(second + (4 << 20) <= 1 << 28);
    assert_eq!(second % (2 << 20), 0);
    let first = iovas.allocate(1 << 32, GRANULE, wide).unwrap();
    assert!(first >= 0xfef0_0000, "{first:#x}");
}

// Who asks for one length over and over goes round among as many ranges as rest, and one more,
// each as it was; then a longer one still finds all the rest in one piece.
#[test]
fn one_length_goes_round() {
    let window = [IovaWindow { first: 0, last: 64 * GRANULE - 1 }];
    let policy = Policy { quarantine: 3, guard: 1, fit: Fit::Best, ..Policy::default() };
    let mut iovas = IovaAllocator::new(&window, GRANULE, policy);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let first = iovas.allocate(GRANULE, GRANULE, AddressMask::ALL).unwrap();
        assert_eq!(iovas.free(first), Some(GRANULE));
        seen.insert(first);
    }
    assert_eq!(seen.len(), 4);
    assert!(iovas.allocate(55 * GRANULE, 1, AddressMask::ALL).is_ok());
    assert!(iovas.allocate(64 * GRANULE, 1, AddressMask::ALL).is_err());
}
