//! Reads blocks of a disk, or writes them, reads them back and checks every byte.
//!
//! An NVMe disk is no DMA engine with a count: its queues lie in host memory, and its commands
//! overtake one another. The buffers, the addresses and the waiting are those of every other card.
//!
//! ```text
//! cargo run --release --example block_io
//! cargo run --release --example block_io -- --request 128KiB --depth 4 --wait sleep
//! cargo run --release --example block_io -- --device vfio:0000:01:00.0
//! ```

#![deny(unsafe_code)]

mod shared {
    pub(crate) mod problem;
    pub(crate) mod progress;
    pub(crate) mod rate;
    #[expect(unsafe_code, reason = "the flag is a promise of the user")]
    pub(crate) mod road;
    pub(crate) mod size;
}

use std::process::ExitCode;
use std::time::Instant;

use anydma::dma_core::SpinFirst;
use anydma::prelude::*;
use anydma::{BufferOf, CardSpace, DeviceVisitor, QueueOf};
use clap::{Parser, ValueEnum};
use serde_json::json;

use shared::problem::{Doing as _, Problem, end};
use shared::road::Road;
use shared::{progress, rate, size};

/// Read blocks of a disk, or write them, read them back and check every byte.
///
/// A simulated disk is written; of any other the blocks are only read, unless --overwrite is given.
/// Exit code 0 says that every command ended well, and that what was written came back.
#[derive(Parser, Debug)]
#[command(
    version,
    mut_arg("device", |device| device.default_value("mock:nvme")),
    after_help = "\
Examples:
  block_io                                        a simulated disk
  block_io --device 'mock:nvme?delay_us=80'       a slower one
  block_io --device vfio:0000:01:00.0 --json      a real one is read, and nothing is written"
)]
struct Arguments {
    #[command(flatten)]
    road: Road,
    /// Bytes of all requests together, such as 4MiB.
    #[arg(long, default_value = "4MiB", value_parser = size::parse)]
    size: u64,
    /// Bytes of one request, such as 4KiB; whole blocks of the disk.
    #[arg(long, default_value = "4KiB", value_parser = size::parse)]
    request: u64,
    /// Requests under way at a time.
    #[arg(long, default_value_t = DEPTH, value_parser = depth)]
    depth: usize,
    /// The first block.
    #[arg(long, default_value_t = 0)]
    block: u64,
    /// How to wait.
    #[arg(long, value_enum, default_value_t = Wait::Both)]
    wait: Wait,
    /// Overwrite a disk that is not simulated: WHAT IS ON THESE BLOCKS IS LOST.
    #[arg(long)]
    overwrite: bool,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// The most requests at a time: a queue has room for so many.
const DEPTH: usize = 32;

/// How long to poll before sleeping: some interrupts' worth.
const SPIN: Timeout = Timeout::micros(50);

/// How long a command may take.
const LIMIT: Timeout = Timeout::secs(10);

/// How to wait for a command.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Wait {
    /// By polling: quickest, and one processor does nothing else
    Poll,
    /// Asleep until the interrupt
    Sleep,
    /// By polling for a moment, then asleep
    Both,
}

fn depth(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(depth @ 1..=DEPTH) => Ok(depth),
        _ => Err(format!("write a number from 1 to {DEPTH}")),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = arguments.road.visit(BlockIo(&arguments)).map_err(Problem::from);
    end("block_io", done.and_then(|report| report).map(|report| print(&arguments, &report)))
}

/// The job, for whatever backend the URI names.
struct BlockIo<'a>(&'a Arguments);

impl DeviceVisitor for BlockIo<'_> {
    type Output = Result<Report, Problem>;

    fn visit<B>(self, device: B) -> Self::Output
    where
        B: Backend<Space: CardSpace, Lender: Map>,
    {
        let arguments = self.0;
        let mut disk: Disk<B> = Disk::open(&device)?;
        let plan = Plan::new(arguments, disk.namespace())?;
        let vector = (arguments.wait != Wait::Poll).then_some(0);
        let queue = disk.queue(&device, vector).doing("making a queue")?;
        // What a wait begins with: nothing, or a while of polling.
        let spin = match arguments.wait {
            Wait::Poll => Timeout::NEVER,
            Wait::Sleep => Timeout::nanos(0),
            Wait::Both => SPIN,
        };
        let signal = device.signal(0).doing("asking for interrupt vector 0")?;
        let mut run: Run<B> = Run { queue, signal: SpinFirst::new(signal, spin), plan };
        let mut buffers = Vec::new();
        for _ in 0..arguments.depth.min(plan.count) {
            let lent = device.memory().allocate(disk.request(plan.length));
            buffers.push(lent.doing(format_args!("allocating {} bytes", plan.length))?);
        }
        let mut rates = Vec::new();
        if plan.writes {
            let (time, back) = run.every_request("writing", Direction::ToDevice, buffers)?;
            rates.push(("written", time));
            buffers = back;
        }
        let (time, buffers) = run.every_request("reading", Direction::FromDevice, buffers)?;
        rates.push(("read", time));
        drop(buffers);
        disk.close(run.queue, |_| {})
            .map_err(|refused| refused.error)
            .doing("closing the queue")?;
        disk.shut_down().doing("switching the controller off")?;
        Ok(Report { plan, rates })
    }
}

/// What is to be moved.
#[derive(Clone, Copy)]
struct Plan {
    /// Bytes of a request, and how many blocks that are.
    length: usize,
    blocks: u64,
    /// Requests.
    count: usize,
    first: u64,
    writes: bool,
}

impl Plan {
    fn new(
        arguments: &Arguments,
        disk: anydma::channels::nvme::Namespace,
    ) -> Result<Self, Problem> {
        let length = usize::try_from(arguments.request)?;
        if !length.is_multiple_of(disk.block) || length > disk.longest {
            return Err(Problem::new(format_args!(
                "a request of {length} bytes: this disk takes whole blocks of {} bytes, up to {}",
                disk.block, disk.longest
            )));
        }
        let blocks = (length / disk.block) as u64;
        let count = arguments.size.div_ceil(arguments.request);
        let end = count.checked_mul(blocks).and_then(|all| all.checked_add(arguments.block));
        if end.is_none_or(|end| end > disk.blocks) {
            return Err(Problem::new(format_args!(
                "{count} requests of {blocks} blocks from block {} on: the disk has {} blocks; \
                 make --size smaller",
                arguments.block, disk.blocks
            )));
        }
        let writes = arguments.overwrite || arguments.road.device.starts_with("mock:");
        Ok(Self { length, blocks, count: usize::try_from(count)?, first: arguments.block, writes })
    }

    /// The place of request `number`: each one once, in an order that jumps about.
    fn place(&self, number: usize) -> u64 {
        // A step without a common divisor with the count visits all.
        let mut step = self.count / 2 + 1;
        while greatest_common_divisor(step, self.count) != 1 {
            step += 1;
        }
        // At most 16 GiB of requests: their numbers fit in half of the bits.
        let place = number * step % self.count;
        self.first + place as u64 * self.blocks
    }
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A queue, and what to do with it.
struct Run<B: Backend<Space: CardSpace>> {
    queue: QueueOf<B, DEPTH>,
    signal: SpinFirst<B::Signal>,
    plan: Plan,
}

impl<B: Backend<Space: CardSpace>> Run<B> {
    /// Makes every request once, as many at a time as there are buffers; how long that took.
    fn every_request(
        &mut self,
        doing: &str,
        way: Direction,
        mut buffers: Vec<BufferOf<B>>,
    ) -> Result<(u128, Vec<BufferOf<B>>), Problem> {
        let plan = self.plan;
        let bar = progress::bar((plan.count * plan.length) as u64);
        let start = Instant::now();
        let (mut begun, mut ended) = (0, 0);
        // Which block a command is of.
        let mut places = [0; DEPTH];
        while ended < plan.count {
            while begun < plan.count
                && let Some(mut buffer) = buffers.pop()
            {
                let block = plan.place(begun);
                let queued = match way {
                    Direction::ToDevice => {
                        fill(&mut buffer, block);
                        self.queue.write(buffer, block)
                    }
                    Direction::FromDevice => self.queue.read(buffer, block),
                };
                let ticket = queued.doing(format_args!("{doing}, block {block}"))?;
                places[usize::from(ticket.slot())] = block;
                begun += 1;
            }
            // One doorbell for all of them.
            self.queue.kick();
            let ticket = self.queue.wait_any(&mut self.signal, LIMIT).doing(doing)?;
            // What ended meanwhile comes with it.
            let mut next = Some(ticket);
            while let Some(ticket) = next {
                let block = places[usize::from(ticket.slot())];
                let taken = self.queue.try_take(ticket).transpose();
                let taken = taken.doing(format_args!("{doing}, block {block}"))?;
                let buffer =
                    taken.ok_or_else(|| Problem::new("a command that ended is not there"))?;
                if plan.writes && way == Direction::FromDevice {
                    check(&buffer, block)?;
                }
                buffers.push(buffer);
                ended += 1;
                bar.inc(plan.length as u64);
                next = self.queue.next_ended();
            }
        }
        bar.finish_and_clear();
        Ok((start.elapsed().as_nanos(), buffers))
    }
}

/// Bytes that tell their block and their place in it.
fn pattern(block: u64, length: usize) -> impl Iterator<Item = u8> {
    (0..length as u64).map(move |at| {
        let mixed = (block << 20 | at).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed.to_be_bytes()[0]
    })
}

fn fill<R: anydma::dma_core::Region>(buffer: &mut Buffer<R>, block: u64) {
    let length = buffer.len();
    buffer.bytes_mut().iter_mut().zip(pattern(block, length)).for_each(|(byte, new)| *byte = new);
}

fn check<R: anydma::dma_core::Region>(buffer: &Buffer<R>, block: u64) -> Result<(), Problem> {
    let expected = pattern(block, buffer.len());
    match buffer.bytes().iter().zip(expected).position(|(byte, expected)| *byte != expected) {
        None => Ok(()),
        Some(at) => Err(Problem::new(format_args!(
            "WRONG DATA: block {block}, byte {at} after it: not what was written"
        ))),
    }
}

/// What there is to tell at the end.
struct Report {
    plan: Plan,
    /// What was done, and in how many nanoseconds.
    rates: Vec<(&'static str, u128)>,
}

fn print(arguments: &Arguments, report: &Report) {
    let Report { plan, rates } = report;
    let bytes = (plan.count * plan.length) as u64;
    if arguments.json {
        let times = rates.iter().map(|(what, time)| json!({ "what": what, "ns": time }));
        let json = json!({
            "device": arguments.road.device,
            "requests": plan.count,
            "request_bytes": plan.length,
            "depth": arguments.depth,
            "times": times.collect::<Vec<_>>(),
            "verified": plan.writes,
        });
        println!("{json:#}");
        return;
    }
    println!("{}: {} requests of {} bytes", arguments.road.device, plan.count, plan.length);
    for (what, time) in rates {
        let each = time / plan.count.max(1) as u128;
        println!("  {what:8} {:>12}, {each} ns a request", rate::text(bytes, *time));
    }
    if plan.writes {
        println!("every byte came back as it was written");
    } else {
        println!(
            "nothing was written: to check data, give --overwrite, which destroys what is there"
        );
    }
}
