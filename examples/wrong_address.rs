//! The bug: a card is given a physical address. Then the right way.
//!
//! The driver of the story allocated two buffers, took `virt_to_phys` of each, and wrote that into
//! its card. It worked for years, and then an SMMU stood between the card and the memory. Here
//! the same happens on a simulated machine, where one can look at everything:
//!
//! ```text
//!                       SMMU off            SMMU on
//!   virt_to_phys        "works"             faults: the number means nothing to the SMMU
//!   the mapping's IOVA  works               works
//! ```
//!
//! The wrong half needs `unsafe` twice, and a type made for it. The right half is what every
//! other example does without a thought.
//!
//! ```text
//! cargo run --release --example wrong_address
//! cargo run --release --example wrong_address -- --device mock:edu
//! ```

mod shared {
    pub(crate) mod problem;
}

use std::ops::Range;
use std::process::ExitCode;
use std::ptr::NonNull;

use anydma::dma_core::{Directions, DomainId, Region, To};
use anydma::prelude::*;
use anydma::{AnyRegion, BufferOf, Fault};
use clap::Parser;
use serde_json::json;

use shared::problem::{Doing as _, Problem, end};

/// Give a card a physical address, with the SMMU off and on; then the right address.
///
/// Only a simulated machine can show it: elsewhere a program cannot ask for physical addresses,
/// and should not. Exit code 0 says that all four trials ended as the story tells.
#[derive(Parser, Debug)]
#[command(version)]
struct Arguments {
    /// Which simulated device, with its SMMU on; `wording=` chooses the kernel that complains.
    #[arg(long, default_value = "mock:xdma?wording=xavier")]
    device: String,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// A buffer's size, as in the story.
const BUFFER_BYTES: u64 = 4 << 20;

/// How long a transfer may take.
const LIMIT: Timeout = Timeout::secs(2);

fn main() -> ExitCode {
    end("wrong_address", run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Problem> {
    let on = arguments.device.as_str();
    let off = format!("{on}{}iommu=off", if on.contains('?') { '&' } else { '?' });
    // The right way: the buffer as it is, since it knows what the device calls it.
    let rightly = |_: &Device, buffer| Ok::<BufferOf<Device>, Problem>(buffer);
    let trials = [
        trial("virt_to_phys", "off", &off, wrongly)?,
        trial("virt_to_phys", "on", on, wrongly)?,
        trial("the mapping's IOVA", "off", &off, rightly)?,
        trial("the mapping's IOVA", "on", on, rightly)?,
    ];
    if arguments.json {
        let trials: Vec<_> = trials.iter().map(Trial::json).collect();
        println!("{:#}", json!({ "device": on, "trials": trials }));
    } else {
        trials.iter().for_each(Trial::print);
    }
    // As the story tells: it is the second that fails, and no other.
    match trials.iter().map(|trial| trial.arrived).collect::<Vec<_>>()[..] {
        [true, false, true, true] => Ok(()),
        _ => Err(Problem::new("that is not how the story goes: was the SMMU on?")),
    }
}

// ---- The wrong way ------------------------------------------------------------------------------

/// What the driver of the story believed: that the device knows the buffer as the kernel does.
#[derive(Clone)]
struct Physical<R> {
    region: R,
    /// `virt_to_phys` of the first byte.
    physical: u64,
}

// SAFETY: it does not keep the contract of `Region`, which wants `run` to say what the device was
// given; that is the bug. On the simulated machine nothing comes of it: with its SMMU off these
// are the buffer's own bytes, and with it on nothing is mapped at such a number.
unsafe impl<R: Region> Region for Physical<R> {
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let left = self.cpu().len().saturating_sub(at);
        // SAFETY: see above. Without `unsafe` no number becomes an `Iova`.
        (unsafe { Iova::new(self.physical + at as u64) }, left.min(max))
    }

    fn domain(&self) -> DomainId {
        self.region.domain()
    }

    fn cpu(&self) -> NonNull<[u8]> {
        self.region.cpu()
    }

    fn permits(&self) -> Directions {
        self.region.permits()
    }

    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { self.region.sync(range, to, direction) }
    }

    fn unmap(self) -> Result<(), Error> {
        self.region.unmap()
    }
}

/// As `paddr = virt_to_phys(kaddr)` in the driver: the handle that came with it is thrown away.
fn wrongly(
    device: &Device,
    buffer: BufferOf<Device>,
) -> Result<Buffer<Physical<AnyRegion>>, Problem> {
    let physical = device.physical_address(buffer.bytes().as_ptr()).ok_or_else(|| {
        Problem::new("physical addresses are to be had on a simulated machine only: use `mock:…`")
    })?;
    // SAFETY: as the `unsafe impl` above.
    Ok(unsafe { buffer.map_region(|region| Physical { region, physical }) })
}

// ---- What both do -------------------------------------------------------------------------------

/// Opens the device, and moves two buffers that were `made` right or wrong.
fn trial<R: Region>(
    way: &'static str,
    smmu: &'static str,
    uri: &str,
    made: impl Fn(&Device, BufferOf<Device>) -> Result<Buffer<R>, Problem>,
) -> Result<Trial, Problem> {
    let device = Device::open(uri)?;
    let Card { outgoing, incoming, .. } = Card::open(&device)?;
    let window = outgoing.limits().device_window;
    let length = usize::try_from(window.length.min(BUFFER_BYTES))?;
    let request = outgoing.limits().request(length);

    let mut numbers = Vec::new();
    let mut allocate = || {
        let buffer = device.memory().allocate(request).doing("allocating a buffer")?;
        let buffer = made(&device, buffer)?;
        numbers.push(buffer.run(0, 1).0);
        Ok::<_, Problem>(buffer)
    };
    let (mut to_card, mut from_card) = (allocate()?, allocate()?);
    to_card.bytes_mut().iter_mut().zip((0..251).cycle()).for_each(|(byte, value)| *byte = value);
    from_card.bytes_mut().fill(BLANK);
    let sent = to_card.bytes().to_vec();

    // The same engine for both ways, and no word in it of right or wrong.
    let mut first = Engine::<_, _, Buffer<R>, 2>::new(outgoing, device.signal(0)?)?;
    let mut second = match incoming {
        Some(channel) => Some(Engine::<_, _, Buffer<R>, 2>::new(channel, device.signal(0)?)?),
        None => None,
    };
    device.set_bus_mastering(true)?;
    let written = transfer(&mut first, to_card, window.start, Direction::ToDevice);
    let from = second.as_mut().unwrap_or(&mut first);
    let read = transfer(from, from_card, window.start, Direction::FromDevice);

    let arrived = read.as_ref().is_ok_and(|buffer| buffer.bytes() == sent);
    let untouched = read.as_ref().is_ok_and(|buffer| buffer.bytes().iter().all(|b| *b == BLANK));
    let [written, read] = [written.map(drop), read.map(drop)];
    Ok(Trial { way, smmu, numbers, written, read, arrived, untouched, faults: device.faults() })
}

/// What is in the incoming buffer before anything comes.
const BLANK: u8 = 0xee;

/// Moves one buffer and waits for it.
fn transfer<C: Channel, S: Signal, R: Region>(
    engine: &mut Engine<C, S, Buffer<R>, 2>,
    buffer: Buffer<R>,
    at: DeviceAddress,
    direction: Direction,
) -> Result<Buffer<R>, Error> {
    let ticket = engine.submit(buffer, at, direction).map_err(|refused| refused.error)?;
    engine.wait(ticket, LIMIT).map_err(|failed| failed.error())
}

/// How it went.
struct Trial {
    way: &'static str,
    smmu: &'static str,
    /// What the card was told: where the two buffers are.
    numbers: Vec<Iova>,
    written: Result<(), Error>,
    read: Result<(), Error>,
    /// Whether all bytes came back; and whether none came.
    arrived: bool,
    untouched: bool,
    faults: Vec<Fault>,
}

impl Trial {
    fn print(&self) {
        let numbers: Vec<String> = self.numbers.iter().map(Iova::to_string).collect();
        println!("{}, SMMU {}: the card is told {}", self.way, self.smmu, numbers.join(" and "));
        let say = |result: &Result<(), Error>| match result {
            Ok(()) => "the card says that it is done".to_owned(),
            Err(error) => error.to_string(),
        };
        println!("  to the card    {}", say(&self.written));
        println!("  from the card  {}", say(&self.read));
        println!("  the bytes      {}", self.verdict());
        for fault in &self.faults {
            println!("  the kernel     {}", fault.log().join("\n                 "));
            println!("  the machine    {}", fault.explanation().unwrap_or("knows no more"));
        }
        println!();
    }

    fn verdict(&self) -> &'static str {
        match (self.arrived, self.untouched) {
            (true, _) => "all came back as they were sent",
            (_, true) => "none came: the buffer is as it was before",
            _ if self.read.is_err() => "none that one may use",
            _ => "WRONG: not what was sent",
        }
    }

    fn json(&self) -> serde_json::Value {
        let faults = self
            .faults
            .iter()
            .map(|fault| json!({ "log": fault.log(), "explanation": fault.explanation() }));
        json!({
            "way": self.way,
            "smmu": self.smmu,
            "told": self.numbers.iter().map(Iova::to_string).collect::<Vec<_>>(),
            "arrived": self.arrived,
            "faults": faults.collect::<Vec<_>>(),
        })
    }
}
