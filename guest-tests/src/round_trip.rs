//! A round trip: bytes to the card and back, every one compared.
#![forbid(unsafe_code)]

use anydma::prelude::*;
use anydma::{BufferOf, Device, Duplex};
use guest_init::error::{Context, Error, Result};
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::pagemap::physical_address;
use crate::road;

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
    /// Takes memory that lies physically beyond so many address bits
    #[arg(long, default_value_t = 0)]
    beyond: u32,
    /// Also where nothing keeps the card from memory
    #[arg(long)]
    unprotected: bool,
    /// Sets the limit of locked memory to so many bytes first
    #[arg(long)]
    memlock: Option<u64>,
    /// Keeps the device for so many milliseconds afterwards
    #[arg(long, default_value_t = 0)]
    stay: u64,
}

/// How many buffers may lie too low before one does not.
const MANY: usize = 4096;

/// A transfer of `edu` takes a tenth of a second.
pub(crate) const LIMIT: Timeout = Timeout::secs(6);

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(bytes) = arguments.memlock {
        let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
        setrlimit(Resource::Memlock, limit).context("limit locked memory")?;
    }
    let uri = &arguments.device;
    let device = if arguments.unprotected { road::open(uri) } else { Device::open(uri) };
    let device = device.context("open")?;
    let mut card: Duplex = Duplex::open(&device).context("open the card")?;
    // Lent, so that limits of locked memory are met.
    let lent = device.memory().allocate(card.request(arguments.bytes));
    let lent = lent.context(format_args!("allocate {} bytes", arguments.bytes))?;
    let bytes: Vec<u8> = (0..251).cycle().take(arguments.travel).collect();
    let beyond = || beyond(&device, &card, bytes.len(), arguments.beyond);
    let (mut outgoing, (incoming, physical)) = (beyond()?.0, beyond()?);
    outgoing.copy_in(&bytes).context("fill a buffer")?;
    carry(&mut card, outgoing, Direction::ToDevice)?;
    let received = carry(&mut card, incoming, Direction::FromDevice)?;
    if received.bytes() != bytes {
        return Err(Error::new(format!("{uri}: what came back is not what was sent")));
    }
    print!("{uri}: {} bytes there and back; {} were lent", bytes.len(), lent.len());
    match physical {
        Some(physical) => println!("; physically at {physical:#x}"),
        None => println!(),
    }
    std::thread::sleep(std::time::Duration::from_millis(arguments.stay));
    Ok(())
}

/// A buffer that lies physically beyond so many bits, and where; any buffer for 0 bits.
fn beyond(
    device: &Device,
    card: &Duplex,
    length: usize,
    bits: u32,
) -> Result<(BufferOf<Device>, Option<u64>)> {
    // Those that lie too low are kept until one does not: else they would come again.
    let mut low = Vec::new();
    while low.len() < MANY {
        let buffer = device.memory().allocate(card.request(length)).context("allocate a buffer")?;
        if bits == 0 {
            return Ok((buffer, None));
        }
        let physical = physical_address(buffer.bytes().as_ptr())?;
        if physical >> bits != 0 {
            return Ok((buffer, Some(physical)));
        }
        low.push(buffer);
    }
    Err(Error::new(format!(
        "{MANY} buffers all lie within {bits} bits: give this guest more memory"
    )))
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

fn carry(card: &mut Duplex, buffer: BufferOf<Device>, way: Direction) -> Result<BufferOf<Device>> {
    let at = card.window().start;
    let engine = card.engine(way);
    let ticket = engine.submit(buffer, at, way).context("submit")?;
    engine.wait(ticket, LIMIT).context("wait")
}
