//! The board's own tests: what the checks show, and what only this board has.

use backend_bare::{Addresses, BareMemory, BareSignal, Coherent};
use channels::pl081::Pl081;
use conformance::{Halt, Value};
use dma_core::{
    Allocate, Backend, DeviceAddress, Direction, Engine, Error, ErrorKind, Failed, Request, Timeout,
};
use firmware::checks::Bench;
use firmware::{ByInterrupt, Guarded, report};

use crate::board::{DMA, Mps2};
use crate::memory::SRAM;
use crate::protection::Refusals;
use crate::rig::{self, Device, List};
use crate::structures;

type Mps2Bench = Bench<dma_core::Mmio, BareMemory, BareSignal<Mps2>>;

/// A test: its name, and what it does.
type Test = (&'static str, fn(Mps2) -> Result<(), Halt>);

/// The time after which a job counts as lost.
const PATIENCE: Timeout = Timeout::millis(50);

/// From the secure alias of RAM to the other one, through which secure masters are refused.
const WRONG_ALIAS: i64 = 0x2800_0000 - 0x3800_0000;

/// Runs every check on the controller, which was just reset. How many ran, and whether all did
/// well.
pub(crate) fn checks(board: Mps2) -> (u32, bool) {
    let name = "structures_show_the_reset_values";
    let (mut count, mut good) = (1, report::test(name, structures::reset_values(board)));
    let mut bench = match bench(board) {
        Ok(bench) => bench,
        Err(error) => return (2, report::test("bench", Err(failed("the bench", error)))),
    };
    for (name, check) in Mps2Bench::ALL {
        good &= report::test(name, check(&mut bench));
        count += 1;
    }
    (count, good)
}

/// Runs what only this board has.
pub(crate) fn own(board: Mps2) -> (u32, bool) {
    let tests: [Test; 4] = [
        ("structures_and_typed_registers_agree", structures::fields),
        ("buffer_through_the_wrong_alias_is_a_fault", wrong_alias),
        ("interrupt_ends_a_sleep", interrupt),
        ("lost_interrupt_ends_at_its_limit", lost_interrupt),
    ];
    let (mut count, mut good) = (0, true);
    for (name, test) in tests {
        good &= report::test(name, test(board));
        count += 1;
    }
    (count, good)
}

fn bench(board: Mps2) -> Result<Mps2Bench, Error> {
    let device = rig::open(board)?;
    let signals = [device.signal(0)?, device.signal(0)?];
    // SAFETY: this is not true, on purpose, and does no harm: every check refuses such memory
    // before a device sees its address, whose lower 32 bits are the memory's own.
    let far = unsafe { BareMemory::new(&SRAM, Addresses::Offset(1 << 32), Coherent) };
    // SAFETY: the board has a PL081 there, and nothing else uses it meanwhile.
    Ok(unsafe { Bench::new(device.region(0)?, *device.memory(), far, signals) })
}

/// The first channel of the controller, with a ring.
fn channel(device: &Device) -> Result<List, Halt> {
    let space = device.region(0).map_err(|error| failed("the registers", error))?;
    // SAFETY: each test opens the controller once, and drops all of it at its end.
    let controller = unsafe { Pl081::new(space) };
    let controller = controller.map_err(|refused| failed("the controller", refused.error))?;
    let (first, _) = controller.split();
    rig::list(first, device.memory(), 4).map_err(|error| failed("a channel", error))
}

fn opened(board: Mps2) -> Result<(Device, BareSignal<Mps2>), Halt> {
    let device = rig::open(board).map_err(|error| failed("the device", error))?;
    let signal = device.signal(0).map_err(|error| failed("the signal", error))?;
    Ok((device, signal))
}

/// A buffer whose device address lies in the alias of others: the controller reports the job as
/// done, the protection controller does not, and the job is a fault with its buffer.
fn wrong_alias(board: Mps2) -> Result<(), Halt> {
    let (device, signal) = opened(board)?;
    let channel = Guarded::new(channel(&device)?, Refusals::from_now_on());
    let mut engine: Engine<_, _, _, 1> =
        Engine::new(channel, signal).map_err(|refused| failed("an engine", refused.error))?;

    // SAFETY: this is not true, on purpose: the bus refuses such accesses, so the device reaches
    // nothing at all.
    let wrong = unsafe { BareMemory::new(&SRAM, Addresses::Offset(WRONG_ALIAS), Coherent) };
    for direction in [Direction::ToDevice, Direction::FromDevice] {
        let mut buffer =
            wrong.allocate(Request::bytes(64)).map_err(|error| failed("a buffer", error))?;
        buffer.bytes_mut().fill(0x77);
        let iova = dma_core::DmaBuffer::run(&buffer, 0, 64).0.get();
        let ticket = engine.submit(buffer, DeviceAddress::new(0), direction);
        let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
        let Err(Failed::Returned(refused)) = engine.wait(ticket, PATIENCE) else {
            return Err(Halt::failed("a job through the wrong alias", "a fault", "another end"));
        };
        let error = refused.error;
        if error.kind() != ErrorKind::DeviceFault || u64::from(error.detail()) != iova {
            let expected = Value::Hexadecimal(iova);
            return Err(Halt::failed("the fault's address", expected, Value::Error(error)));
        }
        if refused.buffer.bytes() != [0x77; 64] {
            return Err(Halt::failed("the buffer's bytes", "untouched", "written"));
        }
    }

    // The same engine goes on with a buffer that is right.
    let buffer = device.memory().allocate(Request::bytes(64));
    let buffer = buffer.map_err(|error| failed("a buffer", error))?;
    let ticket = engine.submit(buffer, DeviceAddress::new(0), Direction::ToDevice);
    let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
    let ended = engine.wait(ticket, PATIENCE);
    ended.map(drop).map_err(|error| failed("a job through the right alias", error.error()))
}

/// A job is found only after its interrupt: the processor slept, and was woken well before the
/// time limit.
fn interrupt(board: Mps2) -> Result<(), Halt> {
    let (device, signal) = opened(board)?;
    let [counter] = &DMA;
    let channel = ByInterrupt::new(channel(&device)?, counter);
    let mut engine: Engine<_, _, _, 1> =
        Engine::new(channel, signal).map_err(|refused| failed("an engine", refused.error))?;
    let mut buffer = device.memory().allocate(Request::bytes(64));
    for _ in 0..16 {
        let lent = buffer.map_err(|error| failed("a buffer", error))?;
        let before = counter.count();
        let ticket = engine.submit(lent, DeviceAddress::new(0), Direction::ToDevice);
        let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
        let ended = engine.wait(ticket, PATIENCE);
        buffer = Ok(ended.map_err(|error| failed("waiting asleep", error.error()))?);
        let interrupts = counter.count().wrapping_sub(before);
        if interrupts != 1 {
            return Err(Halt::failed("interrupts of one job", 1_u32, interrupts));
        }
    }
    Ok(())
}

/// Where the interrupt stays masked, the same job ends at its limit, and its buffer comes back.
fn lost_interrupt(board: Mps2) -> Result<(), Halt> {
    let (device, _) = opened(board)?;
    let [counter] = &DMA;
    let channel = ByInterrupt::new(channel(&device)?, counter);
    let signal = backend_bare::Polling::new(crate::board::Deaf::new(board), &crate::board::RESETS);
    let mut engine: Engine<_, _, _, 1> =
        Engine::new(channel, signal).map_err(|refused| failed("an engine", refused.error))?;
    let buffer = device.memory().allocate(Request::bytes(64));
    let buffer = buffer.map_err(|error| failed("a buffer", error))?;
    let ticket = engine.submit(buffer, DeviceAddress::new(0), Direction::ToDevice);
    let ticket = ticket.map_err(|refused| failed("submitting", refused.error))?;
    match engine.wait(ticket, Timeout::millis(5)) {
        Err(Failed::Returned(refused)) if refused.error.kind() == ErrorKind::TimedOut => Ok(()),
        Err(other) => Err(failed("a job without its interrupt", other.error())),
        Ok(_) => Err(Halt::failed("a job without its interrupt", "a time-out", "success")),
    }
}

fn failed(what: &'static str, error: Error) -> Halt {
    Halt::failed(what, "success", Value::Error(error))
}
