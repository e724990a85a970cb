//! What a forgotten `publish` does on a machine whose caches are not coherent.
//!
//! On x86 and Xavier a PCIe card sees what the CPU wrote, whether it is in a cache or not. On a
//! TX2 it does not: it reads memory, while the CPU's bytes may still be in its cache, and the CPU
//! reads its cache, while the card's bytes are in memory. A driver has to hand memory over. If it
//! forgets, the code is right on the developer's desk and wrong at the customer's.
//!
//! Here a lender is made that forgets. It takes `unsafe` and a type of its own, since elsewhere
//! nobody can forget:
//!
//! * a [`Buffer`] is moved into the engine, which hands it to the card and takes it back; while
//!   the card may touch it, the program has no way to;
//! * a ring of descriptors is a [`Shared`](anydma::dma_core::Shared), on which a channel calls
//!   `publish` before the doorbell and `observe` before it looks.
//!
//! ```text
//! cargo run --release --example non_coherent
//! ```

mod shared {
    pub(crate) mod problem;
}

use std::cell::Cell;
use std::ops::Range;
use std::process::ExitCode;
use std::ptr::NonNull;

use anydma::dma_core::{Directions, DomainId, Identity, MemoryLimits, Quiet, Region, To};
use anydma::prelude::*;
use anydma::{AnyRegion, AnySignal, Memory, Space};
use clap::Parser;
use serde_json::json;

use shared::problem::{Doing as _, Problem, end};

/// Forget to hand memory over to the card, on coherent machines and on others.
///
/// Exit code 0 says that each trial ended as it must: with nothing forgotten bytes arrive on both
/// machines, and with something forgotten on the coherent one only.
#[derive(Parser, Debug)]
#[command(version)]
struct Arguments {
    /// Which simulated device, on a coherent machine; the other one is the same with coherent=off.
    #[arg(long, default_value = "mock:xdma")]
    device: String,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// What is forgotten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Forgotten {
    Nothing,
    /// To hand the bytes of a transfer over.
    Data,
    /// To `publish` the ring that tells the card what to transfer.
    Ring,
}

fn main() -> ExitCode {
    end("non_coherent", run(&Arguments::parse()))
}

fn run(arguments: &Arguments) -> Result<(), Problem> {
    let coherent = arguments.device.as_str();
    let query = if coherent.contains('?') { '&' } else { '?' };
    let other = format!("{coherent}{query}coherent=off");
    let mut rows = Vec::new();
    let mut as_it_must = true;
    for forgotten in [Forgotten::Nothing, Forgotten::Data, Forgotten::Ring] {
        for (caches, uri) in [("coherent", coherent), ("not coherent", &other)] {
            let answer = trial(uri, forgotten)?;
            let must_arrive = forgotten == Forgotten::Nothing || caches == "coherent";
            as_it_must &= answer == NO_RING || must_arrive == (answer == ARRIVED);
            rows.push((format!("{forgotten:?}").to_lowercase(), caches, answer));
        }
    }
    if arguments.json {
        let row = |(forgotten, caches, answer)| json!({ "forgotten": forgotten, "caches": caches, "answer": answer });
        println!("{:#}", json!(rows.into_iter().map(row).collect::<Vec<_>>()));
    } else {
        println!("{:<10} {:<13} what came of it", "forgotten", "caches");
        for (forgotten, caches, answer) in rows {
            println!("{forgotten:<10} {caches:<13} {answer}");
        }
    }
    if as_it_must {
        Ok(())
    } else {
        Err(Problem::new("a trial ended as it must not: was the first machine coherent?"))
    }
}

/// What a trial says when all is well.
const ARRIVED: &str = "every byte arrived";

/// What it says of a card that is told everything by its registers.
const NO_RING: &str = "this card has no ring in memory: nothing to forget";

/// Writes to the card and reads back, twice, with a lender that forgets something.
fn trial(uri: &str, forgotten: Forgotten) -> Result<String, Problem> {
    let device = Device::open(uri)?;
    // Memory that is lent while the card is opened is that of its rings.
    let forgetful = |forgets| Forgetful {
        memory: ForgetfulMemory { memory: device.memory().clone(), forgets, lent: Cell::new(0) },
        device: device.clone(),
    };
    let opener = forgetful(forgotten == Forgotten::Ring);
    let mut card: Duplex<Forgetful> = Duplex::open(&opener)?;
    if forgotten == Forgotten::Ring && opener.memory.lent.get() == 0 {
        return Ok(NO_RING.to_owned());
    }
    let lender = forgetful(forgotten == Forgotten::Data);
    let length = usize::try_from(card.window().length)?.min(4096);
    let request = card.request(length);
    let mut outgoing = lender.memory().allocate(request).doing("allocating a buffer")?;
    let mut incoming = lender.memory().allocate(request).doing("allocating a buffer")?;
    for round in 1..=2_u8 {
        outgoing.bytes_mut().fill(round);
        incoming.bytes_mut().fill(0xee);
        let failed = |way, error| Ok(format!("round {round}, {way} the card: {error}"));
        outgoing = match transfer(&mut card, outgoing, Direction::ToDevice) {
            Ok(buffer) => buffer,
            Err(error) => return failed("to", error),
        };
        incoming = match transfer(&mut card, incoming, Direction::FromDevice) {
            Ok(buffer) => buffer,
            Err(error) => return failed("from", error),
        };
        let pairs = outgoing.bytes().iter().zip(incoming.bytes());
        let wrong = pairs.filter(|(sent, received)| sent != received).count();
        if wrong > 0 {
            return Ok(format!("round {round}: {wrong} of {length} bytes are WRONG, and no error"));
        }
    }
    Ok(ARRIVED.to_owned())
}

/// Moves one buffer and waits for it.
fn transfer(
    card: &mut Duplex<Forgetful>,
    buffer: Buffer<ForgetfulRegion>,
    direction: Direction,
) -> Result<Buffer<ForgetfulRegion>, Error> {
    let at = card.window().start;
    let engine = card.engine(direction);
    let ticket = engine.submit(buffer, at, direction).map_err(|refused| refused.error)?;
    engine.wait(ticket, Timeout::millis(500)).map_err(|failed| failed.error())
}

// ---- What it takes to forget --------------------------------------------------------------------

/// A device whose memory is not handed over.
struct Forgetful {
    device: Device,
    memory: ForgetfulMemory,
}

/// Who lends that memory.
struct ForgetfulMemory {
    memory: Memory,
    forgets: bool,
    /// How many buffers it has lent.
    lent: Cell<u32>,
}

/// That memory.
#[derive(Clone)]
struct ForgetfulRegion {
    region: AnyRegion,
    forgets: bool,
}

// SAFETY: address, place and life are the region's. What it forgets lets nobody touch memory that
// is not theirs: the card reads old bytes, and that is what is to be seen.
unsafe impl Region for ForgetfulRegion {
    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        if !self.forgets {
            // SAFETY: the caller keeps the contract, which is the same.
            unsafe { self.region.sync(range, to, direction) }
        }
    }

    fn domain(&self) -> DomainId {
        self.region.domain()
    }

    fn cpu(&self) -> NonNull<[u8]> {
        self.region.cpu()
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        self.region.run(at, max)
    }

    fn permits(&self) -> Directions {
        self.region.permits()
    }

    fn unmap(self) -> Result<(), Error> {
        self.region.unmap()
    }
}

impl Allocate for ForgetfulMemory {
    type Region = ForgetfulRegion;
    type Error = Error;

    fn limits(&self) -> MemoryLimits<'_> {
        self.memory.limits()
    }

    fn allocate(&self, request: Request) -> Result<Buffer<ForgetfulRegion>, Error> {
        let buffer = self.memory.allocate(request)?;
        self.lent.set(self.lent.get() + 1);
        let forgets = self.forgets;
        // SAFETY: as the `unsafe impl` above.
        Ok(unsafe { buffer.map_region(|region| ForgetfulRegion { region, forgets }) })
    }
}

impl Backend for Forgetful {
    type Space = Space;
    type Lender = ForgetfulMemory;
    type Signal = AnySignal;

    fn identity(&self) -> Identity {
        self.device.identity()
    }

    fn region(&self, index: usize) -> Result<Space, Error> {
        self.device.region(index)
    }

    fn memory(&self) -> &ForgetfulMemory {
        &self.memory
    }

    fn signal(&self, vector: usize) -> Result<AnySignal, Error> {
        self.device.signal(vector)
    }

    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        self.device.set_bus_mastering(on)
    }

    fn reset(&self) -> Result<Quiet, Error> {
        self.device.reset()
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        self.device.resume(quiet)
    }
}
