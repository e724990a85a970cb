//! The machine's own tests: the card's registers, cache hooks, an interrupt.
#![forbid(unsafe_code)]

use channels::edu::EduUnit;
use conformance::{Halt, Value};
use dma_core::{Allocate, Backend, DeviceAddress, Direction, Engine, Error, Request, Timeout};
use firmware::{ByInterrupt, report};

use crate::board::{Board, EDU};
use crate::caches::asked;
use crate::rig::{channel, open};

/// A test: its name, and what it does.
type Test = (&'static str, fn(Board) -> Result<(), Halt>);

/// The card's own memory.
const TARGET: DeviceAddress = DeviceAddress::new(0x4_0000);
/// The time after which a job counts as lost.
const PATIENCE: Timeout = Timeout::secs(1);
/// An odd length: its lines are whole all the same.
const LENGTH: usize = 100;

/// Runs them; how many ran, and whether all did well.
pub(crate) fn run(board: Board) -> (u32, bool) {
    let tests: [Test; 3] = [
        ("card_answers_through_its_registers", answers),
        ("caches_are_maintained_for_each_way", caches),
        ("interrupt_ends_a_sleep", interrupt),
    ];
    let (mut count, mut good) = (0, true);
    for (name, test) in tests {
        good &= report::test(name, test(board));
        count += 1;
    }
    (count, good)
}

/// The card is the one that the description is of, and computes.
fn answers(board: Board) -> Result<(), Halt> {
    let device = open(board).map_err(|error| failed("the card", error))?;
    let space = device.region(0).map_err(|error| failed("BAR 0", error))?;
    let unit = EduUnit::new(space).map_err(|refused| failed("the unit", refused.error))?;
    equal(unit.version() == (1, 0), true, "version 1.0")?;
    equal(unit.is_alive(0x1234_5678), true, "the complement")?;
    let factorial = unit.factorial(10, 1_000_000);
    equal(factorial.map_err(|error| failed("a factorial", error))?, 3_628_800, "10!")
}

/// Towards the card, what was written reaches memory; from it, lines are forgotten before and
/// after: on the buffer's own bytes.
fn caches(board: Board) -> Result<(), Halt> {
    let device = open(board).map_err(|error| failed("the card", error))?;
    let card = channel(&device).map_err(|error| failed("the channel", error))?;
    let signal = device.signal(0).map_err(|error| failed("the signal", error))?;
    let mut engine: Engine<_, _, _, 1> =
        Engine::new(card, signal).map_err(|refused| failed("an engine", refused.error))?;
    device.set_bus_mastering(true).map_err(|error| failed("bus mastering", error))?;
    let mut buffer = device
        .memory()
        .allocate(Request::bytes(LENGTH))
        .map_err(|error| failed("a buffer", error))?;
    buffer.bytes_mut().fill(0x3c);
    let start = buffer.bytes().as_ptr().addr();
    let expected = [(1, 0), (0, 2)];
    for (direction, expected) in
        [Direction::ToDevice, Direction::FromDevice].into_iter().zip(expected)
    {
        let before = asked();
        let ticket = engine.submit(buffer, TARGET, direction);
        let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
        buffer = engine.wait(ticket, PATIENCE).map_err(|error| failed("a job", error.error()))?;
        let after = asked();
        equal(after.cleaned - before.cleaned, expected.0, "calls that write back")?;
        equal(after.forgotten - before.forgotten, expected.1, "calls that forget")?;
        equal(after.last == (start, LENGTH), true, "on the buffer's bytes")?;
        equal(buffer.bytes().iter().all(|&byte| byte == 0x3c), true, "the bytes")?;
        if direction == Direction::ToDevice {
            buffer.bytes_mut().fill(0);
        }
    }
    Ok(())
}

/// A job is found only after the card's interrupt, one for each.
fn interrupt(board: Board) -> Result<(), Halt> {
    let device = open(board).map_err(|error| failed("the card", error))?;
    let [counter] = &EDU;
    let card = channel(&device).map_err(|error| failed("the channel", error))?;
    let signal = device.signal(0).map_err(|error| failed("the signal", error))?;
    let mut engine: Engine<_, _, _, 1> = Engine::new(ByInterrupt::new(card, counter), signal)
        .map_err(|refused| failed("an engine", refused.error))?;
    device.set_bus_mastering(true).map_err(|error| failed("bus mastering", error))?;
    let mut buffer = device.memory().allocate(Request::bytes(LENGTH));
    for _ in 0..4 {
        let lent = buffer.map_err(|error| failed("a buffer", error))?;
        let before = counter.count();
        let ticket = engine.submit(lent, TARGET, Direction::ToDevice);
        let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
        let ended = engine.wait(ticket, PATIENCE);
        buffer = Ok(ended.map_err(|error| failed("waiting asleep", error.error()))?);
        equal(counter.count().wrapping_sub(before), 1, "interrupts of one job")?;
    }
    Ok(())
}

#[track_caller]
fn failed(what: &'static str, error: Error) -> Halt {
    Halt::failed(what, "success", Value::Error(error))
}

#[track_caller]
fn equal<T: PartialEq + Into<Value>>(seen: T, expected: T, what: &'static str) -> Result<(), Halt> {
    if seen == expected { Ok(()) } else { Err(Halt::failed(what, expected, seen)) }
}
