//! Tickets: plain numbers that may be mixed up without harm.

use dma_core::{Direction, ErrorKind, Failed};

use crate::case::{Case, Group};
use crate::link::{Shape, Wait};
use crate::pattern;
use crate::rig::Rig;
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "tickets",
        cases: const {
            &[
                Case::new(
                    "ticket_is_good_once",
                    2,
                    "A ticket whose buffer was taken names no job, in every way of waiting.",
                    twice,
                ),
                Case::new(
                    "stale_ticket_never_names_a_newer_job",
                    4,
                    "A ticket of an earlier job does not get the buffer that is in its slot now.",
                    stale,
                ),
                Case::new(
                    "ticket_of_another_engine_is_unknown",
                    2,
                    "A ticket of one engine does nothing to another engine.",
                    foreign,
                ),
                Case::new(
                    "tickets_wrap",
                    12,
                    "Tickets stay unambiguous while their generations wrap around.",
                    wrapping,
                ),
            ]
        },
    }
}

fn twice<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let unknown = [ErrorKind::UnknownTicket];
    let mut link = scope.link::<2>()?;
    let buffer = link.lend_filled(32, 700)?;
    let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    let _sent = link.finish(ticket, to, Wait::Blocking)?;
    let patience = link.patience;
    for wait in crate::link::WAITS {
        let result = link.finish_within(ticket, to, wait, patience)?;
        let failed = result.refused_as(&unknown, "a ticket that was used")?;
        check(matches!(failed, Failed::NoSuchJob(_)), "no buffer comes with it")?;
    }
    link.proves_alive(701)
}

fn stale<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<1>()?;
    let first = link.lend_filled(32, 710)?;
    let old = link.submit(first, 0, to).or_fail("the job is accepted")?;
    let _first = link.finish(old, to, Wait::Blocking)?;
    // The only slot is taken again: under way, and then ended.
    let second = link.lend_filled(48, 711)?;
    let new = link.submit(second, 0, to).or_fail("the job is accepted")?;
    equal(new.slot(), old.slot(), "the slot that is used again")?;
    let patience = link.patience;
    let result = link.engine(to).try_take(old).or_fail("an answer at once")?;
    result.refused_as(&[ErrorKind::UnknownTicket], "a stale ticket")?;
    let second = link.finish(new, to, Wait::Blocking)?;
    equal(second.len(), 48, "the length of the newer job's buffer")?;
    let result = link.finish_within(old, to, Wait::Blocking, patience)?;
    result.refused_as(&[ErrorKind::UnknownTicket], "a stale ticket of an idle engine")?;
    link.proves_alive(712)
}

fn foreign<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut link = scope.link::<2>()?;
    // Another engine's ticket, of the very same slot and generation.
    let stranger = dma_core::InFlight::<(), 2>::new()
        .insert(())
        .map_err(|()| Halt::failed("a slot of an empty table", "a ticket", "none"))?;
    let buffer = link.lend_filled(64, 720)?;
    let own = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
    equal(own.slot(), stranger.slot(), "the slot of both tickets")?;
    let result = link.engine(to).try_take(stranger).or_fail("an answer at once")?;
    result.refused_as(&[ErrorKind::UnknownTicket], "a foreign ticket")?;
    let buffer = link.finish(own, to, Wait::Blocking)?;
    pattern::verify(buffer.bytes(), 720, 0, "the own job's buffer")?;
    let blank = link.lend_blank(64, 720)?;
    let back = link.receive(blank, 0)?;
    pattern::verify(back.bytes(), 720, 0, "the own job arrived")
}

fn wrapping<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let device = scope.open()?;
    let mut link = scope.link_to::<1>(device, u32::MAX - 2)?;
    let to = Direction::ToDevice;
    let mut old = None;
    for round in scope.sample(6, 2) {
        let seed = 730 + u32::try_from(round).unwrap_or(0);
        let buffer = link.lend_filled(24, seed)?;
        let ticket = link.submit(buffer, 0, to).or_fail("the job is accepted")?;
        check(old != Some(ticket), "two jobs have two tickets")?;
        if let Some(old) = old {
            let result = link.engine(to).try_take(old).or_fail("an answer at once")?;
            result.refused_as(&[ErrorKind::UnknownTicket], "the ticket before the wrap")?;
        }
        let _sent = link.finish(ticket, to, Wait::Blocking)?;
        old = Some(ticket);
        let blank = link.lend_blank(24, seed)?;
        let back = link.receive(blank, 0)?;
        pattern::verify(back.bytes(), seed, 0, "the job arrived")?;
    }
    link.exchange(Shape { at: 0, lead: 0, length: 24, seed: 740 }, Wait::Polling)
}
