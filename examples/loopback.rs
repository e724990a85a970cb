//! Writes bytes to a card, reads them back, and checks every one.
//!
//! Names no backend: what lies between the program and the card is said by `--device`.
//!
//! ```text
//! cargo run --release --example loopback
//! cargo run --release --example loopback -- --device mock:pl081 --size 1MiB --rounds 3
//! cargo run --release --example loopback -- --input photo.jpg --output copy.jpg
//! ```

#![forbid(unsafe_code)]

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anydma::prelude::*;
use anydma::{BufferOf, CardSpace, DeviceVisitor};
use clap::Parser;
use serde_json::json;

/// Write bytes to a card, read them back, and check every one.
#[derive(Parser, Debug)]
#[command(version)]
struct Arguments {
    /// Which device: a URI.
    #[arg(long, default_value = "mock:edu")]
    device: String,
    /// Bytes a round, such as 4096, 64KiB or 4MiB [default: four times the card's memory, at most 4MiB].
    #[arg(long, value_parser = parse_size, conflicts_with = "input")]
    size: Option<u64>,
    /// How often to go round.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Send this file instead of a pattern.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// Write what came back to this file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Time limit of one transfer, in milliseconds of the device's clock.
    #[arg(long, default_value_t = 2_000, value_name = "MS")]
    limit: u64,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// The most bytes a round: beyond, a run would look like a hang.
const MOST_BYTES: u64 = 16 << 30;

/// The longest single transfer, as in the vendor's driver: buffers of 4 MiB.
const LONGEST_TRANSFER: u64 = 4 << 20;

fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim() {
        "" | "B" => 1,
        "k" | "K" | "KiB" => 1 << 10,
        "M" | "MiB" => 1 << 20,
        "G" | "GiB" => 1 << 30,
        other => return Err(format!("unknown unit `{other}`: use B, KiB, MiB or GiB")),
    };
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)) {
        Some(0) => Err("there is nothing to transfer: give at least 1 byte".into()),
        Some(bytes) if bytes <= MOST_BYTES => Ok(bytes),
        Some(_) => Err("more than 16 GiB a round: use --rounds to move more".into()),
        None => Err("not a size: write a number of bytes, such as 4096, 64KiB or 4MiB".into()),
    }
}

/// What went wrong, in one line.
#[derive(Debug)]
enum Problem {
    Open(OpenError),
    Transfer { doing: &'static str, at: u64, error: Error },
    Allocate { bytes: usize, error: Error },
    File { doing: &'static str, path: PathBuf, error: io::Error },
    Empty { path: PathBuf },
    SameFile { path: PathBuf },
    Wrong { at: u64, sent: u8, received: u8, count: u64 },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(f),
            Self::Transfer { doing, at, error } => {
                write!(f, "{doing} the card at byte {at}: {error}")
            }
            Self::Allocate { bytes, error } => {
                write!(f, "allocating a buffer of {bytes} bytes: {error}")
            }
            Self::File { doing, path, error } => write!(f, "{doing} {}: {error}", path.display()),
            Self::Empty { path } => {
                write!(f, "{} is empty: there is nothing to transfer", path.display())
            }
            Self::SameFile { path } => {
                write!(
                    f,
                    "{} is both input and output: name another file for the output",
                    path.display()
                )
            }
            Self::Wrong { at, sent, received, count } => write!(
                f,
                "WRONG DATA: {count} bytes differ in one transfer, the first at byte {at}: \
                 sent {sent:#04x}, received {received:#04x}"
            ),
        }
    }
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

/// Where the bytes come from.
enum Source {
    Pattern { left: u64, round: u32 },
    File { reader: BufReader<File>, path: PathBuf },
}

impl Source {
    fn open(arguments: &Arguments, size: u64, round: u32) -> Result<Self, Problem> {
        match &arguments.input {
            None => Ok(Self::Pattern { left: size, round }),
            Some(path) => match File::open(path) {
                Ok(file) => Ok(Self::File { reader: BufReader::new(file), path: path.clone() }),
                Err(error) => Err(Problem::File { doing: "opening", path: path.clone(), error }),
            },
        }
    }

    /// Fills as much of `bytes` as there is left; 0 at the end.
    fn fill(&mut self, bytes: &mut [u8], at: u64) -> Result<usize, Problem> {
        match self {
            Self::Pattern { left, round } => {
                let count =
                    usize::try_from(*left).map_or(bytes.len(), |left| left.min(bytes.len()));
                for (byte, position) in bytes.iter_mut().zip(at..).take(count) {
                    *byte = pattern(position, *round);
                }
                *left -= count as u64;
                Ok(count)
            }
            Self::File { reader, path } => {
                let mut count = 0;
                while let Some(rest) = bytes.get_mut(count..).filter(|rest| !rest.is_empty()) {
                    match reader.read(rest) {
                        Ok(0) => break,
                        Ok(read) => count += read,
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(error) => {
                            return Err(Problem::File {
                                doing: "reading",
                                path: path.clone(),
                                error,
                            });
                        }
                    }
                }
                Ok(count)
            }
        }
    }
}

/// A byte that depends on its whole position, so that no shifted or repeated page looks right.
fn pattern(position: u64, round: u32) -> u8 {
    let mixed = (position ^ (u64::from(round) << 56)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 56) as u8
}

/// Where what came back is written.
struct Sink {
    file: Option<(BufWriter<File>, PathBuf)>,
}

impl Sink {
    /// Creates the output, unless that would destroy the input.
    fn open(path: Option<&Path>, input: Option<&Path>) -> Result<Self, Problem> {
        let Some(path) = path else { return Ok(Self { file: None }) };
        let same = input.is_some_and(|input| {
            input
                .canonicalize()
                .is_ok_and(|input| path.canonicalize().is_ok_and(|path| path == input))
        });
        if same {
            return Err(Problem::SameFile { path: path.to_owned() });
        }
        match File::create(path) {
            Ok(file) => Ok(Self { file: Some((BufWriter::new(file), path.to_owned())) }),
            Err(error) => Err(Problem::File { doing: "creating", path: path.to_owned(), error }),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let Some((file, path)) = &mut self.file else { return Ok(()) };
        file.write_all(bytes).map_err(|error| Problem::File {
            doing: "writing",
            path: path.clone(),
            error,
        })
    }

    fn finish(&mut self) -> Result<(), Problem> {
        let Some((file, path)) = &mut self.file else { return Ok(()) };
        file.flush().map_err(|error| Problem::File { doing: "writing", path: path.clone(), error })
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
    wall_ms: u128,
}

/// The job itself, for whatever backend the URI named.
struct Loopback<'a>(&'a Arguments);

impl DeviceVisitor for Loopback<'_> {
    type Output = Result<Report, Problem>;

    fn visit<B>(self, device: B) -> Self::Output
    where
        B: Backend<Space: CardSpace, Lender: Map>,
    {
        let arguments = self.0;
        let mut card: Duplex<B> = Duplex::open(&device)?;
        let window = card.window();
        let size = arguments.size.unwrap_or(window.length.saturating_mul(4).min(LONGEST_TRANSFER));
        let longest = if arguments.input.is_some() { LONGEST_TRANSFER } else { size };
        let chunk =
            usize::try_from(longest.min(window.length).min(LONGEST_TRANSFER)).unwrap_or(usize::MAX);

        let allocate = |request| {
            let lent = device.memory().allocate(request);
            lent.map_err(|error| Problem::Allocate { bytes: chunk, error: error.into() })
        };
        let mut outgoing = allocate(card.request(chunk))?;
        let mut incoming = allocate(card.request(chunk))?;
        let places = [Place::of::<B>("outgoing", &outgoing), Place::of::<B>("incoming", &incoming)];

        let limit = Timeout::millis(arguments.limit);
        let started = (Instant::now(), card.engine(Direction::ToDevice).signal().now());
        let mut sink = Sink::open(arguments.output.as_deref(), arguments.input.as_deref())?;
        let (mut bytes, mut transfers) = (0, 0);
        for round in 0..arguments.rounds {
            let mut source = Source::open(arguments, size, round)?;
            let mut at = 0;
            loop {
                let count = source.fill(outgoing.bytes_mut(), at)?;
                if count == 0 {
                    break;
                }
                let (sent, rest) = split(outgoing, count)?;
                let sent = transfer(&mut card, sent, Direction::ToDevice, at, limit)?;
                let (mut received, other) = split(incoming, count)?;
                // What is there before must not look like what should come.
                received
                    .bytes_mut()
                    .iter_mut()
                    .zip(sent.bytes())
                    .for_each(|(old, new)| *old = !new);
                let received = transfer(&mut card, received, Direction::FromDevice, at, limit)?;
                compare(sent.bytes(), received.bytes(), at)?;
                if round == 0 {
                    sink.write(received.bytes())?;
                }
                at += count as u64;
                transfers += 2;
                let last = count < chunk;
                if last {
                    // The pieces of a short chunk are not put together again: it is the last.
                    drop((sent, rest, received, other));
                    outgoing = allocate(card.request(chunk))?;
                    incoming = allocate(card.request(chunk))?;
                    break;
                }
                (outgoing, incoming) = (sent, received);
            }
            if let (0, Some(path)) = (at, &arguments.input) {
                return Err(Problem::Empty { path: path.clone() });
            }
            bytes += at;
        }
        sink.finish()?;
        let device_ns = card.engine(Direction::ToDevice).signal().now() - started.1;
        let wall_ms = started.0.elapsed().as_millis();
        Ok(Report { card: card.name(), places, bytes, transfers, device_ns, wall_ms })
    }
}

/// The first `count` bytes of a buffer, and the rest.
fn split<R: anydma::dma_core::Region>(
    buffer: Buffer<R>,
    count: usize,
) -> Result<(Buffer<R>, Buffer<R>), Problem> {
    buffer
        .split_at(count)
        .map_err(|refused| Problem::Allocate { bytes: count, error: refused.error })
}

/// Moves one buffer, and waits for it.
fn transfer<B: Backend<Space: CardSpace>>(
    card: &mut Duplex<B>,
    buffer: BufferOf<B>,
    direction: Direction,
    at: u64,
    limit: Timeout,
) -> Result<BufferOf<B>, Problem> {
    let doing = if direction == Direction::ToDevice { "writing to" } else { "reading from" };
    let start = card.window().start;
    let engine = card.engine(direction);
    let ticket = engine.submit(buffer, start, direction).map_err(|refused| Problem::Transfer {
        doing,
        at,
        error: refused.error,
    })?;
    engine.wait(ticket, limit).map_err(|failed| Problem::Transfer {
        doing,
        at,
        error: failed.error(),
    })
}

fn compare(sent: &[u8], received: &[u8], at: u64) -> Result<(), Problem> {
    let mut differing =
        (at..).zip(sent.iter().zip(received)).filter(|(_, (sent, received))| sent != received);
    match differing.next() {
        None => Ok(()),
        Some((at, (sent, received))) => Err(Problem::Wrong {
            at,
            sent: *sent,
            received: *received,
            count: 1 + differing.count() as u64,
        }),
    }
}

fn print(arguments: &Arguments, report: &Report) {
    if arguments.json {
        let places = report.places.iter().map(|place| {
            json!({ "name": place.name, "cpu": place.cpu, "iova": place.iova, "length": place.length })
        });
        let json = json!({
            "device": arguments.device,
            "card": report.card,
            "buffers": places.collect::<Vec<_>>(),
            "rounds": arguments.rounds,
            "bytes": report.bytes,
            "transfers": report.transfers,
            "device_ns": report.device_ns,
            "wall_ms": report.wall_ms,
            "verified": true,
        });
        println!("{json:#}");
        return;
    }
    println!("{} ({})", arguments.device, report.card);
    println!("  {:<10} {:>18} {:>18} {:>10}", "buffer", "CPU address", "IOVA", "bytes");
    for place in &report.places {
        println!("  {:<10} {:>18} {:>18} {:>10}", place.name, place.cpu, place.iova, place.length);
    }
    println!(
        "{} bytes there and back in {} transfers, every byte verified; {}.{:03} ms on the device's clock, {} ms here",
        report.bytes,
        report.transfers,
        report.device_ns / 1_000_000,
        report.device_ns / 1_000 % 1_000,
        report.wall_ms
    );
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = with_device(&arguments.device, Loopback(&arguments)).map_err(Problem::Open);
    match done.and_then(|report| report) {
        Ok(report) => {
            print(&arguments, &report);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("loopback: {problem}");
            ExitCode::FAILURE
        }
    }
}
