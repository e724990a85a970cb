//! Cutting jobs into segments, for any memory and any limits.
#![forbid(unsafe_code)]

use dma_core::{
    Allocate, DeviceAddress, DeviceWindow, Direction, ErrorKind, Limits, Request, Segment, Timeout,
};
use proptest::prelude::*;

use crate::world::{CARD, TestEngine, World, limits};

/// Limits that make sense, and a window on the card that keeps to their alignment.
fn any_limits() -> impl Strategy<Value = Limits> {
    (0..4_u32, 0..100_usize, 0..9_u32, 0..6_u64, 1..40_u64, any::<bool>()).prop_map(
        |(alignment, longer, boundary, start, length, endless)| {
            let alignment = 1_usize << alignment;
            let aligned = alignment as u64;
            let window = DeviceWindow {
                start: DeviceAddress::new(start * aligned),
                length: length * aligned,
            };
            Limits {
                alignment,
                max_segment: alignment + longer,
                boundary: if boundary == 0 { 0 } else { aligned << boundary },
                device_window: if endless { DeviceWindow::ALL } else { window },
                ..limits(7)
            }
        },
    )
}

/// The device address `bytes` after `at`, one byte at a time round the window.
fn round(window: DeviceWindow, at: u64, bytes: usize) -> u64 {
    let mut address = at;
    for _ in 0..bytes {
        address = address.wrapping_add(1);
        if address.wrapping_sub(window.start.get()) == window.length {
            address = window.start.get();
        }
    }
    address
}

fn check(
    limits: &Limits,
    segments: &[Segment],
    at: u64,
    length: usize,
) -> Result<(), TestCaseError> {
    let aligned = limits.alignment as u64;
    let mut done = 0;
    for (number, segment) in segments.iter().enumerate() {
        let last = number + 1 == segments.len();
        prop_assert_eq!(segment.last, last);
        prop_assert!((1..=limits.max_segment).contains(&segment.length));
        prop_assert_eq!(segment.host.get() % aligned, 0);
        prop_assert_eq!(segment.device.get() % aligned, 0);
        prop_assert!(last || segment.length.is_multiple_of(limits.alignment));
        let end = segment.host.get() + segment.length as u64 - 1;
        let page = |iova: u64| iova.checked_div(limits.boundary);
        prop_assert_eq!(page(segment.host.get()), page(end));
        prop_assert_eq!(segment.device.get(), round(limits.device_window, at, done));
        let left = limits.device_window.left(segment.device).unwrap();
        prop_assert!(segment.length as u64 <= left);
        done += segment.length;
    }
    prop_assert_eq!(done, length);
    Ok(())
}

proptest! {
    // The pieces partition the job exactly, in order, and every one keeps every limit; the
    // device, which checks each against its mappings, finds nothing wrong, and the bytes arrive.
    #[test]
    fn pieces_partition_the_job_and_keep_the_limits(
        limits in any_limits(),
        run in 1..20_usize,
        length in 1..600_usize,
        at in 0..20_u64,
    ) {
        let world = World::with_limits(limits);
        let lender = world.lender(run * limits.alignment);
        let mut buffer = lender.allocate(Request::bytes(length)).unwrap();
        for (number, byte) in buffer.bytes_mut().iter_mut().enumerate() {
            *byte = (number % 251) as u8;
        }
        let at = limits.device_window.start.get() + at * limits.alignment as u64;
        let device = DeviceAddress::new(at);
        let mut engine: TestEngine<1> = world.engine();
        let queued = engine.submit(buffer, device, Direction::ToDevice);
        let Ok(ticket) = queued else {
            prop_assert_eq!(queued.unwrap_err().error.kind(), ErrorKind::OutOfReach);
            prop_assert!(limits.device_window.left(device).is_none());
            return Ok(());
        };
        engine.wait(ticket, Timeout::secs(1)).unwrap();
        let state = world.state();
        check(&limits, &state.log, at, length)?;
        prop_assert_eq!(state.violations, 0);
        // The last lap round the card's memory is what is left there.
        let lap = usize::try_from(limits.device_window.length).unwrap_or(usize::MAX).min(CARD);
        for number in length.saturating_sub(lap)..length {
            let place = round(limits.device_window, at, number);
            prop_assert_eq!(state.card[usize::try_from(place).unwrap()], (number % 251) as u8);
        }
    }

    // Memory whose inner runs are not aligned is refused, and never reaches the channel.
    #[test]
    fn unaligned_runs_are_refused(run in 1..64_usize, length in 65..300_usize) {
        let limits = Limits { alignment: 8, ..limits(7) };
        let world = World::with_limits(limits);
        let buffer = world.lender(run).allocate(Request::bytes(length)).unwrap();
        let mut engine: TestEngine<1> = world.engine();
        let queued = engine.queue(buffer, DeviceAddress::new(0), Direction::ToDevice);
        prop_assert_eq!(queued.is_ok(), run % 8 == 0);
        prop_assert_eq!(world.state().log.is_empty(), queued.is_err());
    }
}

// A window of all addresses sets no end, whatever the alignment.
#[test]
fn the_endless_window_goes_with_any_alignment() {
    let limits = Limits { alignment: 64, device_window: DeviceWindow::ALL, ..limits(4) };
    let world = World::with_limits(limits);
    let mut engine: TestEngine<1> = world.engine();
    let near_the_end = DeviceAddress::new(u64::MAX - 127);
    let buffer = world.lender(64).allocate(Request::bytes(256)).unwrap();
    let _ = engine.queue(buffer, near_the_end, Direction::FromDevice).unwrap();
    let pieces: Vec<_> = world.state().log.iter().map(|s| s.length).collect();
    assert_eq!(pieces, [64; 4]);
}
