//! Records the stream of a card to a file, and counts what was lost.
//!
//! The card makes samples at a fixed rate, whether somebody takes them or not. Buffers go round:
//! the card fills one while the program writes another to the file. If the program is too slow,
//! all buffers are full, then the card's FIFO, and then samples are lost. The card counts them, the
//! gaps in the samples' numbers tell how many are missing, and the two must be the same. And the
//! stream counts how often the card ran out of buffers: no gap comes without that.
//!
//! ```text
//! cargo run --release --example acquisition
//! cargo run --release --example acquisition -- --seconds 60 --rate 1 --stall 400 --stalls 7
//! cargo run --release --example acquisition -- --output samples.bin
//! ```

#![deny(unsafe_code)]

mod shared {
    pub(crate) mod output;
    pub(crate) mod problem;
    pub(crate) mod progress;
    pub(crate) mod rate;
    #[expect(unsafe_code, reason = "the flag is a promise of the user")]
    pub(crate) mod road;
}

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anydma::channels::xdma::sample;
use anydma::prelude::*;
use anydma::{CardSpace, DeviceVisitor, StreamOf};
use clap::Parser;
use serde_json::json;

use shared::output::Output;
use shared::problem::{Doing as _, Problem, end};
use shared::road::Road;
use shared::{progress, rate};

/// Record the stream of a card to a file, and count what was lost.
///
/// Exit code 0 says that every sample that came is right, and that what the card counted as lost
/// is what is missing in the data. A stall stands for a program that has something else to do.
#[derive(Parser, Debug)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    road: Road,
    /// How long to record, in seconds of the device's clock.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// How fast the card makes samples, in bytes a microsecond (a sample has 8).
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    rate: u32,
    /// Look away for so long, in milliseconds of the device's clock, evenly spread over the run.
    #[arg(long, default_value_t = 0, value_name = "MS")]
    stall: u64,
    /// How often to look away.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    stalls: u64,
    /// Write the samples to this file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// How many buffers go round, and how long each is.
const BUFFERS: usize = 8;
const BUFFER_BYTES: usize = 64 << 10;

/// What makes the bits of a sample that check it.
const SEED: u32 = 2026;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = arguments.road.visit(Acquisition(&arguments)).map_err(Problem::from);
    end("acquisition", done.and_then(|report| report).and_then(|report| report.tell(&arguments)))
}

/// The job, for whatever backend the URI names.
struct Acquisition<'a>(&'a Arguments);

impl DeviceVisitor for Acquisition<'_> {
    type Output = Result<Report, Problem>;

    fn visit<B>(self, device: B) -> Self::Output
    where
        B: Backend<Space: CardSpace, Lender: Map>,
    {
        let arguments = self.0;
        let mut output = Output::create(arguments.output.as_deref(), None)?;

        // The card's stream: a channel, and the registers beside it.
        let card: Card<B> = Card::open(&device)?;
        let source = card.source.ok_or_else(|| {
            Problem::new(format_args!("the card {} has no stream; mock:xdma has one", card.name))
        })?;
        let (channel, mut samples) = source.open(&device)?;
        let fifo = samples.fifo();
        let clock = device.signal(0)?;
        let engine = Engine::new(channel, device.signal(0)?)?;
        device.set_bus_mastering(true)?;

        // All buffers in, then the card may begin.
        let stream = Stream::new(engine, fifo.start, Direction::FromDevice)?;
        samples.start(arguments.rate, SEED);
        let mut stream: StreamOf<B, BUFFERS, _> = stream.with_losses(&mut samples);
        let request = stream.engine().limits().request(BUFFER_BYTES);
        for _ in 0..BUFFERS {
            stream.queue(device.memory().allocate(request).doing("allocating a buffer")?)?;
        }
        stream.start();

        let (start, wall) = (clock.now(), Instant::now());
        let length = arguments.seconds.saturating_mul(1_000_000_000);
        let mut stalls = Stalls::new(arguments, start, length);
        let bar = progress::bar((length / 1_000).saturating_mul(arguments.rate.into()));
        let mut record = Record::default();
        // Past the end some laps follow, so that a gap of the last stall is seen.
        let mut laps_to_go = 2 * BUFFERS;
        while laps_to_go > 0 {
            let buffer = stream.next(Timeout::secs(10)).ok_or_else(empty)?;
            let buffer = buffer.doing("waiting for samples")?;
            record.read(buffer.bytes())?;
            output.write(buffer.bytes())?;
            bar.inc(buffer.len() as u64);
            stream.put(buffer)?;
            if stalls.due(clock.now()) {
                look_away::<B>(&device, arguments.stall)?;
                bar.set_message(format!("{} samples lost", stream.lost()));
            }
            laps_to_go -= usize::from(clock.now() >= start + length);
        }
        bar.finish_and_clear();
        let device_ns = clock.now() - start;
        let (lost, overruns) = (stream.lost(), stream.overruns());
        // First the transfers, then the source: nobody reads from an empty FIFO.
        stream.stop(drop)?;
        samples.stop();
        let wall_ns = wall.elapsed().as_nanos();
        Ok(Report { record, lost, overruns, stalls: stalls.taken, device_ns, wall_ns })
    }
}

fn empty() -> Problem {
    Problem::new("the stream has no buffer to wait for")
}

/// When to look away.
struct Stalls {
    every: u64,
    next: u64,
    left: u64,
    taken: u32,
}

impl Stalls {
    fn new(arguments: &Arguments, start: u64, length: u64) -> Self {
        let left = if arguments.stall == 0 { 0 } else { arguments.stalls };
        let every = length / (left + 1);
        Self { every, next: start + every, left, taken: 0 }
    }

    fn due(&mut self, now: u64) -> bool {
        let due = self.left > 0 && now >= self.next;
        if due {
            self.next += self.every;
            self.left -= 1;
            self.taken += 1;
        }
        due
    }
}

/// Does something else for so long, on the device's clock. The card does not wait.
fn look_away<B: Backend>(device: &B, milliseconds: u64) -> Result<(), Problem> {
    let mut clock = device.signal(0)?;
    let until = clock.now() + milliseconds * 1_000_000;
    while clock.now() < until {
        clock.wait(Some(until))?;
    }
    Ok(())
}

/// What came, sample by sample.
#[derive(Default)]
struct Record {
    samples: u64,
    /// Samples that are missing between others.
    missing: u64,
    gaps: u64,
    /// The number that comes next, if nothing is lost.
    next: u64,
}

impl Record {
    /// Checks every sample, and counts what is missing before it.
    fn read(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        for word in bytes.as_chunks().0 {
            let word = u64::from_le_bytes(*word);
            let number = word & ((1 << 40) - 1);
            if word != sample(SEED, number) || number < self.next {
                return Err(Problem::new(format_args!(
                    "WRONG DATA: {word:#018x} after sample {}",
                    self.next.wrapping_sub(1)
                )));
            }
            self.gaps += u64::from(number > self.next);
            self.missing += number - self.next;
            self.next = number + 1;
            self.samples += 1;
        }
        Ok(())
    }
}

/// What there is to tell at the end.
struct Report {
    record: Record,
    lost: u64,
    overruns: u32,
    stalls: u32,
    device_ns: u64,
    wall_ns: u128,
}

impl Report {
    fn tell(&self, arguments: &Arguments) -> Result<(), Problem> {
        let Self { record, lost, overruns, stalls, device_ns, wall_ns } = self;
        let bytes = record.samples * 8;
        let agree = *lost == record.missing && record.gaps <= u64::from(*overruns);
        if arguments.json {
            let json = json!({
                "device": arguments.road.device,
                "samples": record.samples,
                "bytes": bytes,
                "stalls": stalls,
                "overruns": overruns,
                "lost": { "by_the_card": lost, "by_the_data": record.missing, "gaps": record.gaps },
                "device_ns": device_ns,
                "wall_ms": wall_ns / 1_000_000,
            });
            println!("{json:#}");
        } else {
            println!(
                "{} samples in {}.{:03} s, {}; here it took {} ms",
                record.samples,
                device_ns / 1_000_000_000,
                device_ns / 1_000_000 % 1_000,
                rate::text(bytes, (*device_ns).into()),
                wall_ns / 1_000_000
            );
            println!("looked away {stalls} times; the card found no buffer {overruns} times");
            println!(
                "lost: {lost} samples says the card, {} are missing in {} gaps of the data",
                record.missing, record.gaps
            );
        }
        if agree {
            return Ok(());
        }
        Err(Problem::new("the counts of what was lost do not agree"))
    }
}
