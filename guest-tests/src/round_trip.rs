//! A round trip: bytes to the card and back, every one compared.
#![forbid(unsafe_code)]

use anydma::prelude::*;
use anydma::{Device, Duplex};
use guest_init::error::{Context, Error, Result};
use rustix::process::{Resource, Rlimit, setrlimit};

/// What to try it on.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The device: a URI
    #[arg(long)]
    device: String,
    /// Bytes of the buffer that is lent
    #[arg(long, default_value_t = 64)]
    bytes: usize,
    /// How many of them travel
    #[arg(long, default_value_t = 64)]
    travel: usize,
    /// Sets the limit of locked memory to so many bytes first
    #[arg(long)]
    memlock: Option<u64>,
    /// Keeps the device for so many milliseconds afterwards
    #[arg(long, default_value_t = 0)]
    stay: u64,
}

/// A transfer of `edu` takes a tenth of a second.
pub(crate) const LIMIT: Timeout = Timeout::secs(6);

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(bytes) = arguments.memlock {
        let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
        setrlimit(Resource::Memlock, limit).context("limit locked memory")?;
    }
    let uri = &arguments.device;
    let device = Device::open(uri).context("open")?;
    let mut card: Duplex = Duplex::open(&device).context("open the card")?;
    // Lent, so that limits of locked memory are met.
    let lent = device.memory().allocate(card.request(arguments.bytes));
    let lent = lent.context(format_args!("allocate {} bytes", arguments.bytes))?;
    let bytes: Vec<u8> = (0..251).cycle().take(arguments.travel).collect();
    send(&device, &mut card, &bytes)?;
    let received = receive(&device, &mut card, bytes.len())?;
    if received != bytes {
        return Err(Error::new(format!("{uri}: what came back is not what was sent")));
    }
    println!("{uri}: {} bytes there and back; {} were lent", bytes.len(), lent.len());
    std::thread::sleep(std::time::Duration::from_millis(arguments.stay));
    Ok(())
}

/// Sends bytes to the beginning of the card's memory.
pub(crate) fn send(device: &Device, card: &mut Duplex, bytes: &[u8]) -> Result<()> {
    let request = card.request(bytes.len());
    let mut buffer = device.memory().allocate(request).context("allocate a buffer")?;
    buffer.copy_in(bytes).context("fill a buffer")?;
    carry(card, buffer, Direction::ToDevice).map(drop)
}

/// Reads so many bytes from the beginning of the card's memory.
pub(crate) fn receive(device: &Device, card: &mut Duplex, length: usize) -> Result<Vec<u8>> {
    let buffer = device.memory().allocate(card.request(length)).context("allocate a buffer")?;
    Ok(carry(card, buffer, Direction::FromDevice)?.bytes().to_vec())
}

fn carry(
    card: &mut Duplex,
    buffer: anydma::BufferOf<Device>,
    way: Direction,
) -> Result<anydma::BufferOf<Device>> {
    let at = card.window().start;
    let engine = card.engine(way);
    let ticket = engine.submit(buffer, at, way).context("submit")?;
    engine.wait(ticket, LIMIT).context("wait")
}
