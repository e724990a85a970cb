//! Requests: memory as it was asked for, or a refusal that says why.

use dma_core::{AddressMask, Allocate, Backend, DmaBuffer, ErrorKind, Request};

use crate::case::{Case, Group};
use crate::link::Link;
use crate::pattern::{self, CANARY};
use crate::rig::{BufferOf, Rig};
use crate::scope::{Scope, lend};
use crate::verdict::{Halt, Refusal, at_most, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "requests",
        cases: const {
            &[
                Case::new(
                    "mask_is_honoured",
                    2,
                    "Lent memory lies within the mask that was asked for, or none is lent.",
                    masks,
                ),
                Case::new(
                    "windows_are_honoured",
                    2,
                    "Lent memory lies within the windows that the lender states.",
                    windows,
                ),
                Case::new(
                    "alignment_is_honoured",
                    8,
                    "Lent memory is aligned as asked, for the CPU and for the device.",
                    alignments,
                ),
                Case::new(
                    "contiguous_memory_is_one_run",
                    2,
                    "Memory that was asked for as contiguous is one run, and carries a job.",
                    contiguous,
                ),
                Case::new(
                    "lent_memory_is_zeroed_and_exact",
                    2,
                    "Lent memory shows nothing of its last use, and has the length asked for.",
                    zeroed,
                ),
                Case::new(
                    "senseless_requests_are_refused",
                    2,
                    "No bytes, a crooked alignment, and absurd lengths are clear errors.",
                    senseless,
                ),
            ]
        },
    }
}

/// The highest address of a buffer.
fn highest(buffer: &impl DmaBuffer) -> u64 {
    let (mut at, mut highest) = (0, 0);
    while at < buffer.length() {
        let (iova, run) = buffer.run(at, buffer.length() - at);
        if run == 0 {
            break;
        }
        highest = highest.max(iova.get().saturating_add(run as u64 - 1));
        at += run;
    }
    highest
}

fn carries<R: Rig>(
    link: &mut Link<'_, R, 2>,
    mut buffer: BufferOf<R>,
    seed: u32,
) -> Result<(), Halt> {
    pattern::fill(buffer.bytes_mut(), seed, 0);
    let mut buffer = link.send(buffer, 0)?;
    buffer.bytes_mut().fill(CANARY);
    let buffer = link.receive(buffer, 0)?;
    pattern::verify(buffer.bytes(), seed, 0, "what was sent comes back")
}

fn masks<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    for bits in (12..64).rev() {
        let mask = AddressMask::bits(bits);
        match lend::<R>(&link.device, Request::bytes(64).within(mask)) {
            Ok(buffer) => at_most(highest(&buffer), mask.highest(), "the highest address")?,
            Err(error) => {
                let kinds = [ErrorKind::OutOfReach, ErrorKind::NoMemory];
                check(kinds.contains(&error.kind()), "a refused mask is out of reach")?;
                check(bits < 64 && mask < link.limits.mask, "the channel's own mask is served")?;
            }
        }
    }
    let own = link.lend(64)?;
    at_most(highest(&own), link.limits.mask.highest(), "the highest address")?;
    carries(&mut link, own, 1000)
}

fn windows<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let buffer = link.lend(300)?;
    let windows = link.device.memory().limits().windows;
    let mut last = None;
    for window in windows {
        check(window.first <= window.last, "a window has addresses")?;
        check(last < Some(window.first), "windows are ascending and apart")?;
        last = Some(window.last);
    }
    let mut at = 0;
    while at < buffer.len() {
        let (iova, run) = buffer.run(at, buffer.len() - at);
        let (first, end) = (iova.get(), iova.get().saturating_add(run as u64 - 1));
        let inside = windows.iter().any(|window| window.first <= first && end <= window.last);
        check(windows.is_empty() || inside, "a run lies within a window")?;
        at += run;
    }
    carries(&mut link, buffer, 1010)
}

fn alignments<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let mut tried = 0;
    for power in 0..17 {
        let alignment = 1_usize << power;
        let request = link.limits.request(48).aligned(alignment.max(link.limits.alignment));
        match lend::<R>(&link.device, request) {
            Ok(buffer) => {
                let cpu = buffer.bytes().as_ptr().addr();
                check(cpu.is_multiple_of(alignment), "memory is aligned for the CPU")?;
                let iova = buffer.run(0, 1).0.get();
                check(iova.is_multiple_of(alignment as u64), "memory is aligned for the device")?;
                if power % 3 == 0 && tried < scope.pace.transfers / 2 {
                    tried += 1;
                    carries(&mut link, buffer, 1020)?;
                }
            }
            Err(error) => {
                let kinds = [ErrorKind::Misaligned, ErrorKind::NoMemory];
                check(kinds.contains(&error.kind()), "a refused alignment says so")?;
                check(alignment > 64, "alignments up to 64 bytes are served")?;
            }
        }
    }
    Ok(())
}

fn contiguous<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let length = scope.longest().min(16 * 1024);
    match lend::<R>(&link.device, link.limits.request(length).contiguous()) {
        Ok(buffer) => {
            equal(buffer.run(0, length).1, length, "bytes of the one run")?;
            carries(&mut link, buffer, 1030)
        }
        Err(error) => {
            let scattered = error.kind() == ErrorKind::Scattered;
            check(scattered, "contiguous memory is lent, or said to be not to be had")?;
            Err("the lender has no contiguous memory of that length".into())
        }
    }
}

fn zeroed<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    for length in [1, 63, 64, 65, 333] {
        for _ in 0..3 {
            let mut buffer = link.lend(length)?;
            equal(buffer.len(), length, "bytes lent")?;
            pattern::verify_with(buffer.bytes(), |_| 0, "lent memory is zero")?;
            buffer.bytes_mut().fill(CANARY);
        }
    }
    link.proves_alive(1040)
}

fn senseless<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let ask = |request| lend::<R>(&link.device, request);
    ask(Request::bytes(0)).refused_as(&[ErrorKind::Empty], "a request of no bytes")?;
    for alignment in [0, 3, 48] {
        let request = Request::bytes(64).aligned(alignment);
        ask(request)
            .refused_as(&[ErrorKind::Misaligned], "an alignment that is no power of two")?;
    }
    let absurd = [ErrorKind::TooLong, ErrorKind::NoMemory, ErrorKind::OutOfReach];
    for length in [usize::MAX, usize::MAX - 4095, usize::MAX / 2 + 1] {
        ask(Request::bytes(length)).refused_as(&absurd, "an absurd length")?;
    }
    let narrow = Request::bytes(64 * 1024).within(AddressMask::bits(10));
    ask(narrow).refused_as(&absurd, "more bytes than the mask has addresses")?;
    link.proves_alive(1050)
}
