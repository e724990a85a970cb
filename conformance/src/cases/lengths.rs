//! Lengths and offsets: from one byte to the longest job, odd ones too.

use dma_core::Direction;

use crate::case::{Case, Group};
use crate::link::{Shape, Wait};
use crate::pattern::{self, CANARY};
use crate::rig::Rig;
use crate::scope::{Scope, lap};
use crate::verdict::{Halt, OrFail};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "lengths",
        cases: const {
            &[
                Case::new(
                    "every_length_goes_both_ways",
                    160,
                    "All small lengths, those around powers of two and the longest arrive whole.",
                    every_length,
                ),
                Case::new(
                    "odd_offsets_on_both_sides",
                    60,
                    "Data may begin anywhere in a buffer and on the card that the channel allows.",
                    odd_offsets,
                ),
                Case::new(
                    "neighbours_on_the_card_are_untouched",
                    15,
                    "Nothing in front of or behind the target on the card is written.",
                    card_neighbours,
                ),
                Case::new(
                    "end_of_the_cards_memory_is_reached",
                    6,
                    "Jobs that end at the last byte of the card's memory arrive whole.",
                    end_of_window,
                ),
                Case::new(
                    "pieces_of_one_allocation_travel_apart",
                    5,
                    "Buffers split off one another are jobs of their own, whoever ends first.",
                    pieces,
                ),
                Case::new(
                    "job_longer_than_the_window_laps",
                    5,
                    "A job longer than the card's memory goes round it; the last lap stays.",
                    laps,
                ),
            ]
        },
    }
}

/// Lengths of interest up to `longest`, ascending but for the last two.
fn lengths(longest: usize) -> impl Iterator<Item = usize> {
    let around = (7..usize::BITS - 1).flat_map(|power| {
        let length = 1_usize << power;
        [length - 1, length, length + 1]
    });
    let inner = move |length: &usize| *length < longest;
    (1..=64)
        .chain(around.take_while(move |length| *length < longest))
        .filter(inner)
        .chain([longest])
}

/// `value` cut down to what the channel's alignment allows.
const fn aligned(value: usize, alignment: usize) -> usize {
    value & !(alignment - 1)
}

fn every_length<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let longest = scope.longest();
    for chosen in scope.sample(lengths(longest).count(), 2) {
        let length = lengths(longest).nth(chosen).or_fail("a length")?;
        let seed = u32::try_from(length).unwrap_or(0);
        link.exchange(Shape { at: 0, lead: 0, length, seed }, Wait::Blocking)?;
    }
    Ok(())
}

fn odd_offsets<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const PLACES: [(usize, usize); 6] = [(1, 1), (3, 0), (0, 5), (7, 63), (33, 2), (63, 127)];
    const LENGTHS: [usize; 6] = [1, 2, 3, 31, 64, 257];
    let mut link = scope.link::<2>()?;
    let alignment = link.limits.alignment;
    for chosen in scope.sample(PLACES.len() * LENGTHS.len(), 2) {
        let (lead, at) = *PLACES.get(chosen / LENGTHS.len()).or_fail("a place")?;
        let length = *LENGTHS.get(chosen % LENGTHS.len()).or_fail("a length")?;
        let shape = Shape {
            at: aligned(at, alignment) as u64,
            lead: aligned(lead, alignment),
            length: length.min(scope.longest() / 2),
            seed: u32::try_from(chosen).unwrap_or(0),
        };
        link.exchange(shape, Wait::Blocking)?;
    }
    Ok(())
}

fn card_neighbours<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const LENGTHS: [usize; 5] = [1, 5, 32, 63, 100];
    const MARGIN: usize = 64;
    let mut link = scope.link::<2>()?;
    for chosen in scope.sample(LENGTHS.len(), 3) {
        let length = *LENGTHS.get(chosen).or_fail("a length")?;
        let seed = 100 + u32::try_from(chosen).unwrap_or(0);
        let mut field = link.lend(MARGIN + length + MARGIN)?;
        field.bytes_mut().fill(CANARY);
        let mut field = link.send(field, 0)?;
        let body = link.lend_filled(length, seed)?;
        let _body = link.send(body, MARGIN as u64)?;
        field.bytes_mut().fill(0);
        let field = link.receive(field, 0)?;
        let (front, rest) = field.bytes().split_at(MARGIN);
        let (middle, back) = rest.split_at(length);
        pattern::intact(front, "the card's memory in front of the target is untouched")?;
        pattern::verify(middle, seed, 0, "the target on the card is written")?;
        pattern::intact(back, "the card's memory behind the target is untouched")?;
    }
    Ok(())
}

fn end_of_window<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const LENGTHS: [usize; 3] = [64, 192, 1024];
    let mut link = scope.link::<2>()?;
    let target = scope.rig.target();
    for chosen in scope.sample(LENGTHS.len(), 2) {
        let length = (*LENGTHS.get(chosen).or_fail("a length")?).min(scope.longest());
        let length = aligned(length, link.limits.alignment);
        let at = target.length - length as u64;
        link.exchange(Shape { at, lead: 0, length, seed: 200 }, Wait::Blocking)?;
    }
    Ok(())
}

fn pieces<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const PLACES: [(usize, usize); 4] = [(0, 13), (13, 50), (50, 51), (51, 200)];
    let mut link = scope.link::<4>()?;
    let unit = link.limits.alignment;
    let total = 200 * unit;
    let mut rest = link.lend_filled(total, 300)?;
    // The parts travel in any order; together they are the pattern.
    let mut tickets = [None; 4];
    for (place, (first, end)) in tickets.iter_mut().zip(PLACES) {
        let (part, others) = rest.split_at((end - first) * unit).or_fail("splitting a buffer")?;
        rest = others;
        let at = (first * unit) as u64;
        *place = Some(link.submit(part, at, Direction::ToDevice).or_fail("a part is accepted")?);
    }
    for ticket in tickets.into_iter().flatten() {
        // Each part is dropped while those after it are under way.
        let _part = link.finish(ticket, Direction::ToDevice, Wait::Blocking)?;
    }
    let blank = link.lend_blank(total, 300)?;
    let whole = link.receive(blank, 0)?;
    pattern::verify(whole.bytes(), 300, 0, "the parts make up the whole")
}

fn laps<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let Some(window) = lap(&link.limits, scope.rig.target()) else {
        return Err("the card's memory is not a window to go round in".into());
    };
    let length = (2 * window).saturating_add(window / 2 + 3);
    if length > scope.pace.longest {
        return Err("the card's memory is longer than the longest buffer".into());
    }
    link.exchange(Shape { at: 0, lead: 0, length, seed: 400 }, Wait::Blocking)?;
    let at = aligned(window / 3, link.limits.alignment) as u64;
    link.exchange(Shape { at, lead: 0, length, seed: 401 }, Wait::Blocking)?;
    // And what stays on the card is the last lap.
    let blank = link.lend_blank(window, 401)?;
    let card = link.receive(blank, 0)?;
    let start = usize::try_from(at).unwrap_or(0);
    let stays = |place: usize| {
        let first = (place + window - start) % window;
        pattern::byte(401, pattern::last_lap(first, length, window as u64))
    };
    pattern::verify_with(card.bytes(), stays, "the last lap stays on the card")
}
