//! Writes bytes to a card, reads them back, and checks every one.
//!
//! Two buffers of 4 MiB, one out and one in, as in the driver that this project's story is about.
//! It names no backend: what lies between the program and the card is said by `--device`.
//!
//! ```text
//! cargo run --release --example loopback
//! cargo run --release --example loopback -- --device mock:pl081 --size 1MiB --rounds 3
//! cargo run --release --example loopback -- --input photo.jpg --output copy.jpg
//! ```

#![deny(unsafe_code)]

mod shared {
    pub(crate) mod input;
    pub(crate) mod output;
    pub(crate) mod problem;
    pub(crate) mod progress;
    pub(crate) mod rate;
    #[expect(unsafe_code, reason = "the flag is a promise of the user")]
    pub(crate) mod road;
    pub(crate) mod size;
}

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anydma::prelude::*;
use anydma::{BufferOf, CardSpace, DeviceVisitor};
use clap::Parser;
use serde_json::json;

use shared::input::Input;
use shared::output::Output;
use shared::problem::{Doing as _, Problem, end};
use shared::road::Road;
use shared::{progress, rate, size};

/// Write bytes to a card, read them back, and check every one.
///
/// Without --input, a pattern is sent that depends on the whole position of each byte. Exit code
/// 0 says that every byte came back as it was sent.
#[derive(Parser, Debug)]
#[command(
    version,
    after_help = "\
Examples:
  loopback                                         the simulated card of the story
  loopback --device 'mock:edu?iommu=off' --json    a small slow card without an IOMMU
  loopback --input photo.jpg --output copy.jpg     a file there and back"
)]
struct Arguments {
    #[command(flatten)]
    road: Road,
    /// Bytes a round, such as 4096, 64KiB or 4MiB [default: four times the memory of the card, at most 64MiB].
    #[arg(long, value_parser = size::parse, conflicts_with = "input")]
    size: Option<u64>,
    /// How often to go round.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Send this file instead of a pattern.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Write what came back (in the first round) to this file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Time limit of one transfer, in milliseconds of the device's clock.
    #[arg(long, default_value_t = 2_000, value_name = "MS")]
    limit: u64,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// The longest transfer, and so the size of a buffer: as in the story.
const BUFFER_BYTES: u64 = 4 << 20;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = arguments.road.visit(Loopback(&arguments)).map_err(Problem::from);
    end("loopback", done.and_then(|report| report).map(|report| print(&arguments, &report)))
}

/// The job, for whatever backend the URI names.
struct Loopback<'a>(&'a Arguments);

impl DeviceVisitor for Loopback<'_> {
    type Output = Result<Report, Problem>;

    fn visit<B>(self, device: B) -> Self::Output
    where
        B: Backend<Space: CardSpace, Lender: Map>,
    {
        let arguments = self.0;
        let mut source = Source::open(arguments, 0)?;
        let mut output = Output::create(arguments.output.as_deref(), arguments.input.as_deref())?;

        // The card, and two buffers as it can reach them.
        let mut card: Duplex<B> = Duplex::open(&device)?;
        let window = card.window();
        let most = window.length.saturating_mul(4).min(16 * BUFFER_BYTES);
        let size = source.length(arguments.size.unwrap_or(most));
        let buffer_bytes = usize::try_from(BUFFER_BYTES.min(window.length))?;
        let request = card.request(buffer_bytes);
        let allocate = || {
            let lent = device.memory().allocate(request);
            lent.doing(format_args!("allocating a buffer of {buffer_bytes} bytes"))
        };
        let (mut outgoing, mut incoming) = (allocate()?, allocate()?);
        let places = [Place::of::<B>("outgoing", &outgoing), Place::of::<B>("incoming", &incoming)];

        let bar = progress::bar(size.saturating_mul(arguments.rounds.into()));
        let limit = Timeout::millis(arguments.limit);
        let device_start = card.engine(Direction::ToDevice).signal().now();
        let start = Instant::now();
        let (mut bytes, mut transfers) = (0, 0);
        for round in 0..arguments.rounds {
            if round > 0 {
                source = Source::open(arguments, round)?;
            }
            let mut at = 0;
            loop {
                let left = usize::try_from(size.saturating_sub(at))
                    .unwrap_or(usize::MAX)
                    .min(buffer_bytes);
                let count = source.fill(outgoing.bytes_mut(), at, left)?;
                if count == 0 {
                    break;
                }
                // The last piece of a file is shorter than a buffer; the rest waits beside it.
                let (piece, rest) = outgoing.split_at(count)?;
                let (blank, other) = incoming.split_at(count)?;

                let sent = transfer(&mut card, piece, Direction::ToDevice, limit)
                    .doing(format_args!("writing to the card, byte {at}"))?;
                let blank = overwrite(blank, sent.bytes());
                let received = transfer(&mut card, blank, Direction::FromDevice, limit)
                    .doing(format_args!("reading from the card, byte {at}"))?;

                compare(sent.bytes(), received.bytes(), at)?;
                if round == 0 {
                    output.write(received.bytes())?;
                }
                at += count as u64;
                transfers += 2;
                bar.inc(count as u64);
                (outgoing, incoming) = if rest.is_empty() {
                    (sent, received)
                } else {
                    drop((sent, rest, received, other));
                    (allocate()?, allocate()?)
                };
            }
            if at == 0 {
                return Err(Problem::new("the input is empty: there is nothing to transfer"));
            }
            bytes += at;
        }
        bar.finish_and_clear();
        let wall_ns = start.elapsed().as_nanos();
        let device_ns = card.engine(Direction::ToDevice).signal().now() - device_start;
        Ok(Report { card: card.name(), places, bytes, transfers, device_ns, wall_ns })
    }
}

/// Moves one buffer between host and card, and waits for it. While it is under way it is the
/// engine's; it comes back whether that went well or not.
fn transfer<B: Backend<Space: CardSpace>>(
    card: &mut Duplex<B>,
    buffer: BufferOf<B>,
    direction: Direction,
    limit: Timeout,
) -> Result<BufferOf<B>, Error> {
    let at = card.window().start;
    let engine = card.engine(direction);
    let ticket = engine.submit(buffer, at, direction).map_err(|refused| refused.error)?;
    engine.wait(ticket, limit).map_err(|failed| failed.error())
}

/// What is there before must not look like what should come.
fn overwrite<R: anydma::dma_core::Region>(mut buffer: Buffer<R>, sent: &[u8]) -> Buffer<R> {
    buffer.bytes_mut().iter_mut().zip(sent).for_each(|(old, new)| *old = !new);
    buffer
}

fn compare(sent: &[u8], received: &[u8], at: u64) -> Result<(), Problem> {
    if sent == received {
        return Ok(());
    }
    let mut differing = (at..).zip(sent.iter().zip(received)).filter(|(_, (s, r))| s != r);
    let Some((at, (sent, received))) = differing.next() else { return Ok(()) };
    Err(Problem::new(format_args!(
        "WRONG DATA: {} bytes differ in one transfer, the first at byte {at}: \
         sent {sent:#04x}, received {received:#04x}",
        1 + differing.count()
    )))
}

/// Where the bytes come from.
enum Source {
    Pattern { round: u32 },
    File(Input),
}

impl Source {
    fn open(arguments: &Arguments, round: u32) -> Result<Self, Problem> {
        Ok(match &arguments.input {
            None => Self::Pattern { round },
            Some(path) => Self::File(Input::open(path)?),
        })
    }

    /// How many bytes there will be, as far as one can know: a file may grow.
    fn length(&self, size: u64) -> u64 {
        match self {
            Self::Pattern { .. } => size,
            Self::File(input) => input.length,
        }
    }

    /// Fills the start of `bytes`: up to `left` of a pattern, or as much as the file has.
    fn fill(&mut self, bytes: &mut [u8], at: u64, left: usize) -> Result<usize, Problem> {
        match self {
            Self::Pattern { round } => {
                let key = u64::from(*round) << 56;
                for (byte, position) in bytes.iter_mut().zip(at..).take(left) {
                    // Of the whole position: no shifted or repeated page looks right.
                    let mixed = (position ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                    *byte = mixed.to_be_bytes()[0];
                }
                Ok(left)
            }
            Self::File(input) => input.fill(bytes),
        }
    }
}

/// One buffer as CPU and device see it, to show side by side.
struct Place {
    name: &'static str,
    cpu: String,
    iova: String,
    length: usize,
}

impl Place {
    fn of<B: Backend>(name: &'static str, buffer: &BufferOf<B>) -> Self {
        let (iova, run) = buffer.run(0, buffer.len());
        let more = if run < buffer.len() { " (and more runs)" } else { "" };
        Self {
            name,
            cpu: format!("{:p}", buffer.bytes().as_ptr()),
            iova: format!("{iova}{more}"),
            length: buffer.len(),
        }
    }
}

/// What there is to tell at the end.
struct Report {
    card: &'static str,
    places: [Place; 2],
    bytes: u64,
    transfers: u64,
    device_ns: u64,
    wall_ns: u128,
}

fn print(arguments: &Arguments, report: &Report) {
    let Report { card, places, bytes, transfers, device_ns, wall_ns } = report;
    if arguments.json {
        let places = places.iter().map(|place| {
            json!({ "name": place.name, "cpu": place.cpu, "iova": place.iova, "length": place.length })
        });
        let json = json!({
            "device": arguments.road.device,
            "card": card,
            "buffers": places.collect::<Vec<_>>(),
            "rounds": arguments.rounds,
            "bytes": bytes,
            "transfers": transfers,
            "device_ns": device_ns,
            "wall_ms": wall_ns / 1_000_000,
            "verified": true,
        });
        println!("{json:#}");
        return;
    }
    println!("{} ({card})", arguments.road.device);
    println!("  {:<10} {:>18} {:>18} {:>10}", "buffer", "CPU address", "IOVA", "bytes");
    for place in places {
        println!("  {:<10} {:>18} {:>18} {:>10}", place.name, place.cpu, place.iova, place.length);
    }
    println!("{bytes} bytes there and back in {transfers} transfers, every byte verified");
    // Each byte travels twice.
    println!(
        "{} on the device's clock, {} here",
        rate::text(2 * bytes, (*device_ns).into()),
        rate::text(2 * bytes, *wall_ns)
    );
}
