//! Transfers as futures, on an ordinary executor with several threads.
//!
//! Each card gets a task. The task queues several jobs with one doorbell and awaits them one
//! after the other, while other tasks run on the same threads. A future that is dropped only
//! stops the waiting: the buffer is the engine's, so the card never writes to memory that is gone.
//!
//! ```text
//! cargo run --release --example async_transfer
//! cargo run --release --example async_transfer -- --device mock:edu --device mock:pl081
//! ```

#![deny(unsafe_code)]

mod shared {
    pub(crate) mod problem;
    #[expect(unsafe_code, reason = "the flag is a promise of the user")]
    pub(crate) mod roads;
    pub(crate) mod size;
}

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use anydma::BufferOf;
use anydma::prelude::*;
use clap::Parser;
use serde_json::json;
use tokio::task::JoinSet;

use shared::problem::{Doing as _, Problem, end};
use shared::roads::Roads;
use shared::size;

/// Write to several cards and read back, all at once, in tasks of an ordinary executor.
///
/// Exit code 0 says that every byte came back as it was sent, on every card.
#[derive(Parser, Debug)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    roads: Roads,
    /// Bytes for each card.
    #[arg(long, default_value = "1MiB", value_parser = size::parse)]
    size: u64,
    /// How many threads the executor has.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: u16,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// How many jobs one card has at a time, and how long each is.
const JOBS: usize = 8;
const JOB_BYTES: u64 = 16 << 10;

/// How long a job may take on the device's clock.
const LIMIT: Timeout = Timeout::secs(5);

fn main() -> ExitCode {
    end("async_transfer", run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Problem> {
    let mut executor = tokio::runtime::Builder::new_multi_thread();
    let executor = executor.worker_threads(arguments.threads.into()).build()?;
    let (reports, turns) = executor.block_on(all_cards(arguments))?;
    if arguments.json {
        let report = |report: &Report| json!({ "device": report.device, "bytes": report.bytes, "jobs": report.jobs, "device_ns": report.device_ns });
        let cards: Vec<_> = reports.iter().map(report).collect();
        println!("{:#}", json!({ "cards": cards, "turns_of_another_task": turns }));
    } else {
        for Report { device, bytes, jobs, device_ns } in reports {
            let (millis, micros) = (device_ns / 1_000_000, device_ns / 1_000 % 1_000);
            println!(
                "{device}: {bytes} bytes there and back in {jobs} jobs, {millis}.{micros:03} ms"
            );
        }
        println!("meanwhile another task had {turns} turns on the same threads");
    }
    Ok(())
}

/// A task for each card, and one more that only counts its turns.
async fn all_cards(arguments: &Arguments) -> Result<(Vec<Report>, u64), Problem> {
    let done = Arc::new(AtomicBool::new(false));
    let turns = Arc::new(AtomicU64::new(0));
    let counting = tokio::spawn({
        let (done, turns) = (Arc::clone(&done), Arc::clone(&turns));
        async move {
            while !done.load(Ordering::Relaxed) {
                turns.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
            }
        }
    });
    let mut tasks = JoinSet::new();
    for device in arguments.roads.devices() {
        tasks.spawn(there_and_back(arguments.roads.clone(), device, arguments.size));
    }
    let reports = tasks.join_all().await;
    done.store(true, Ordering::Relaxed);
    counting.await?;
    let mut reports = reports.into_iter().collect::<Result<Vec<_>, _>>()?;
    reports.sort_by(|one, other| one.device.cmp(&other.device));
    Ok((reports, turns.load(Ordering::Relaxed)))
}

/// What one task has to tell.
struct Report {
    device: String,
    bytes: u64,
    jobs: u64,
    device_ns: u64,
}

/// Fills the card's memory round by round, and reads it back.
async fn there_and_back(roads: Roads, uri: String, size: u64) -> Result<Report, Problem> {
    let device = roads.open(&uri)?;
    let mut card: Duplex<Device, JOBS> = Duplex::open(&device)?;
    let window = card.window();
    let job_bytes = JOB_BYTES.min(window.length / JOBS as u64).max(1);
    let request = card.request(usize::try_from(job_bytes)?);
    let mut buffers = Vec::new();
    for _ in 0..JOBS {
        buffers.push(device.memory().allocate(request).doing("allocating a buffer")?);
    }

    let start = card.engine(Direction::ToDevice).signal().now();
    let (mut bytes, mut jobs) = (0, 0);
    while bytes < size {
        let key = bytes.to_le_bytes()[2];
        for (job, buffer) in (1..).zip(&mut buffers) {
            buffer.bytes_mut().fill(key.wrapping_add(job));
        }
        buffers = batch(&mut card, buffers, Direction::ToDevice).await?;
        for buffer in &mut buffers {
            buffer.bytes_mut().fill(0xee);
        }
        buffers = batch(&mut card, buffers, Direction::FromDevice).await?;
        for (job, buffer) in (1..).zip(&buffers) {
            if buffer.bytes().iter().any(|byte| *byte != key.wrapping_add(job)) {
                return Err(Problem::new(format_args!("{uri}: WRONG DATA in job {job}")));
            }
            bytes += buffer.len() as u64;
            jobs += 2;
        }
    }
    let device_ns = card.engine(Direction::ToDevice).signal().now() - start;
    Ok(Report { device: uri, bytes, jobs, device_ns })
}

/// All buffers as one batch: one doorbell, then each job is awaited.
async fn batch(
    card: &mut Duplex<Device, JOBS>,
    buffers: Vec<BufferOf<Device>>,
    direction: Direction,
) -> Result<Vec<BufferOf<Device>>, Problem> {
    let window = card.window();
    let engine = card.engine(direction);
    let (mut at, mut tickets, mut back) = (window.start, Vec::new(), Vec::new());
    for buffer in buffers {
        let length = buffer.len();
        tickets.push(engine.queue(buffer, at, direction)?);
        at = window.lap(at, length);
    }
    engine.kick();
    for ticket in tickets {
        back.push(engine.completion(ticket, LIMIT).await?);
    }
    Ok(back)
}
