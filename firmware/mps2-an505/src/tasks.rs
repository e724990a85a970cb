//! Two tasks in an executor of the ecosystem, each with a channel of its own.
//!
//! They wait for one interrupt line, and nothing else wakes the processor for them but the tick
//! that ends what takes too long.

use backend_bare::BareSignal;
use channels::pl081::Pl081;
use conformance::{Halt, Value};
use core::sync::atomic::{AtomicU32, Ordering};
use dma_core::{
    Allocate, Backend, Buffer, DeviceAddress, Direction, Engine, Error, ErrorKind, Operation,
    Request, Timeout,
};
use embassy_executor::{Executor, Spawner};
use firmware::{ByInterrupt, report};
use static_cell::StaticCell;

use crate::board::{DMA, Mps2};
use crate::rig::{self, List, Region};

/// What a task has: one job at a time, seen only by its interrupt.
type Jobs = Engine<ByInterrupt<List>, BareSignal<Mps2>, Buffer<Region>, 1>;

/// Jobs of each task, and bytes of a job.
const JOBS: u8 = 50;
const LENGTH: usize = 600;
const PATIENCE: Timeout = Timeout::millis(50);

/// Tasks that have not ended yet; and that failed.
static LEFT: AtomicU32 = AtomicU32::new(2);
static BAD: AtomicU32 = AtomicU32::new(0);

/// Runs both tasks, then `end` with how many tests that were and whether they did well.
pub(crate) fn run(board: Mps2, end: fn(u32, bool) -> !) -> ! {
    static EXECUTOR: StaticCell<Executor> = StaticCell::new();
    let engines = match engines(board) {
        Ok(engines) => engines,
        Err(error) => {
            let result = Err(Halt::failed("engines", "two", Value::Error(error)));
            end(1, report::test("tasks", result))
        }
    };
    EXECUTOR.init(Executor::new()).run(|spawner: Spawner| {
        for (number, engine) in (0..).zip(engines) {
            match copies(number, board, engine, end) {
                Ok(task) => spawner.spawn(task),
                Err(_) => end(1, false),
            }
        }
    })
}

/// An engine for each channel.
fn engines(board: Mps2) -> Result<[Jobs; 2], Error> {
    let device = rig::open(board)?;
    // SAFETY: nothing else has the controller any more, and these engines stay.
    let controller = unsafe { Pl081::new(device.region(0)?) }.map_err(|refused| refused.error)?;
    let (first, second) = controller.split();
    let [counter] = &DMA;
    let engine = |part| {
        let channel = ByInterrupt::new(rig::list(part, device.memory(), 2)?, counter);
        Engine::new(channel, device.signal(0)?).map_err(|refused| refused.error)
    };
    Ok([engine(first)?, engine(second)?])
}

#[embassy_executor::task(pool_size = 2)]
async fn copies(number: u8, board: Mps2, mut engine: Jobs, end: fn(u32, bool) -> !) {
    let names = ["task_is_woken_by_its_interrupt", "second_task_is_woken_by_the_same_interrupt"];
    let name = names.get(usize::from(number)).copied().unwrap_or_default();
    let result = go(number, board, &mut engine).await;
    let result =
        result.map_err(|error| Halt::failed("jobs of a task", "success", Value::Error(error)));
    if !report::test(name, result) {
        BAD.fetch_add(1, Ordering::Relaxed);
    }
    if LEFT.fetch_sub(1, Ordering::AcqRel) == 1 {
        end(2, BAD.load(Ordering::Relaxed) == 0);
    }
}

/// Writes to the card and reads back, again and again.
async fn go(number: u8, board: Mps2, engine: &mut Jobs) -> Result<(), Error> {
    let mut buffer = rig::open(board)?.memory().allocate(Request::bytes(LENGTH))?;
    for round in 0..JOBS {
        let byte = round.wrapping_mul(2).wrapping_add(number);
        buffer.bytes_mut().fill(byte);
        for direction in [Direction::ToDevice, Direction::FromDevice] {
            let ticket = engine
                .submit(buffer, DeviceAddress::new(0), direction)
                .map_err(|refused| refused.error)?;
            buffer = engine.completion(ticket, PATIENCE).await.map_err(|error| error.error())?;
            if direction == Direction::ToDevice {
                buffer.bytes_mut().fill(0xee);
            }
        }
        if buffer.bytes().iter().any(|&seen| seen != byte) {
            return Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, u32::from(byte)));
        }
    }
    Ok(())
}
