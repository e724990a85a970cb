//! Functions whose instructions are counted; see `gates.toml`.
//!
//! `counts FUNCTION` prepares everything, runs `counted::FUNCTION` once, and prints how many
//! operations that made. Callgrind counts what happens within the function.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use benchmarks::channel::Bus;
use benchmarks::memory::Plain;
use benchmarks::pl081;
use benchmarks::transfers::Transfers;
use benchmarks::xdma;
use dma_core::{Direction, DomainId, Error, Pool};

/// Operations of one run; the large batches divide it.
const TURN: u32 = 3_200;

/// What callgrind is told to count.
mod counted {
    use std::collections::VecDeque;
    use std::hint::black_box;

    use dma_core::{
        Buffer, Channel, DeviceAddress, Direction, DmaBuffer, Engine, Error, Pool, Signal, Timeout,
    };

    use benchmarks::memory::Plain;
    use benchmarks::transfers::Transfers;
    use benchmarks::xdma::{self, Laps, Memory};

    /// Takes a buffer and puts it back.
    #[inline(never)]
    pub(crate) fn pool<const N: usize>(pool: &mut Pool<Buffer<Plain>, N>, turn: u32) -> u32 {
        let mut turns = 0;
        while turns < turn {
            let Some(buffer) = pool.get() else { break };
            if pool.put(black_box(buffer)).is_err() {
                break;
            }
            turns += 1;
        }
        turns
    }

    macro_rules! batches {
        ($($name:ident: $size:literal),*) => { $(
            /// Submits and completes transfers in batches of this size.
            #[inline(never)]
            pub(crate) fn $name<C: Channel, S: Signal, B: DmaBuffer>(
                transfers: &mut Transfers<C, S, B>,
                turn: u32,
            ) -> Result<u32, Error> {
                // Two functions that do the same would become one, and callgrind miss one.
                black_box(stringify!($name));
                transfers.turn(turn, $size)
            }
        )* };
    }

    batches!(engine_1: 1, engine_8: 8, engine_32: 32, bus_1: 1, bus_8: 8, bus_32: 32, pl081_1: 1, pl081_8: 8, pl081_32: 32, xdma_1: 1, xdma_8: 8, xdma_32: 32);

    macro_rules! lists {
        ($($name:ident),*) => { $(
            /// Moves a scattered buffer, a descriptor for each of its pages, some times.
            #[inline(never)]
            pub(crate) fn $name<C: Channel, S: Signal, B: DmaBuffer>(
                engine: &mut Engine<C, S, B, 1>,
                buffer: B,
                segments: u32,
                turn: u32,
            ) -> Result<(u32, B), Error> {
                black_box(stringify!($name));
                let mut buffer = buffer;
                let jobs = turn.div_ceil(segments);
                for _ in 0..jobs {
                    let (card, direction) = (DeviceAddress::new(0), Direction::ToDevice);
                    let ticket = engine.submit(buffer, card, direction);
                    let ticket = ticket.map_err(|refused| refused.error)?;
                    let done = engine.wait(ticket, Timeout::secs(1));
                    buffer = done.map_err(|failed| failed.error())?;
                }
                Ok((jobs * segments, buffer))
            }
        )* };
    }

    lists!(list_1, list_16, list_1024);

    /// Laps of a stream.
    #[inline(never)]
    pub(crate) fn stream(
        stream: &mut Laps,
        others: &mut VecDeque<Memory>,
        laps: u32,
    ) -> Result<u32, Error> {
        xdma::laps(stream, others, usize::try_from(laps).unwrap_or(0))?;
        Ok(laps)
    }
}

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    match count(&name) {
        Ok(Some(operations)) => {
            println!("{name} {operations}");
            ExitCode::SUCCESS
        }
        Ok(None) => {
            eprintln!(
                "usage: counts FUNCTION, one of: pool engine_1 engine_8 engine_32 \
                 bus_1 bus_8 bus_32 pl081_1 pl081_8 pl081_32 xdma_1 xdma_8 xdma_32 \
                 list_1 list_16 list_1024 stream"
            );
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("counts {name}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn count(name: &str) -> Result<Option<u32>, Error> {
    let operations = match name {
        "pool" => {
            let mut pool: Pool<_, 32> = Pool::empty(64, DomainId::PHYSICAL);
            while pool.put(Plain::buffer(64)).is_ok() {}
            counted::pool(&mut pool, TURN)
        }
        "engine_1" => counted::engine_1(&mut Transfers::in_process(Bus::FREE)?, TURN)?,
        "engine_8" => counted::engine_8(&mut Transfers::in_process(Bus::FREE)?, TURN)?,
        "engine_32" => counted::engine_32(&mut Transfers::in_process(Bus::FREE)?, TURN)?,
        "bus_1" => counted::bus_1(&mut Transfers::in_process(Bus::PCI_EXPRESS)?, TURN)?,
        "bus_8" => counted::bus_8(&mut Transfers::in_process(Bus::PCI_EXPRESS)?, TURN)?,
        "bus_32" => counted::bus_32(&mut Transfers::in_process(Bus::PCI_EXPRESS)?, TURN)?,
        "pl081_1" => counted::pl081_1(&mut pl081::transfers()?.1, TURN)?,
        "pl081_8" => counted::pl081_8(&mut pl081::transfers()?.1, TURN)?,
        "pl081_32" => counted::pl081_32(&mut pl081::transfers()?.1, TURN)?,
        "xdma_1" => counted::xdma_1(&mut xdma::transfers()?.1, TURN)?,
        "xdma_8" => counted::xdma_8(&mut xdma::transfers()?.1, TURN)?,
        "xdma_32" => counted::xdma_32(&mut xdma::transfers()?.1, TURN)?,
        "list_1" => list(1, counted::list_1)?,
        "list_16" => list(16, counted::list_16)?,
        "list_1024" => list(1024, counted::list_1024)?,
        "stream" => {
            let direction = Direction::FromDevice;
            let (_device, mut stream, mut others) = xdma::stream(4096, xdma::LAPS, direction)?;
            counted::stream(&mut stream, &mut others, TURN)?
        }
        _ => return Ok(None),
    };
    Ok(Some(operations))
}

/// A counted list: so many segments, about so many in all; says how many, and gives the buffer back.
type List = fn(&mut xdma::OfPages, xdma::Memory, u32, u32) -> Result<(u32, xdma::Memory), Error>;

/// Prepares a list of so many segments, and counts.
fn list(segments: u32, counted: List) -> Result<u32, Error> {
    let pages = usize::try_from(segments).unwrap_or(usize::MAX);
    let (_device, mut engine, buffer) = xdma::scattered(pages)?;
    // What the buffer costs that comes back is none of the transfer's.
    counted(&mut engine, buffer, segments, TURN).map(|(count, _buffer)| count)
}
