//! The program that is traced: transfers with the same buffer, over and over.
#![forbid(unsafe_code)]

use anydma::prelude::*;
use anydma::{BufferOf, Device, Duplex};
use guest_init::error::{Context as _, Result};
use rustix::process::{Signal, getpid, kill_process};

use super::tracer::READY;
use crate::round_trip::LIMIT;

/// Transfers before it is counted: what happens once has happened then.
const WARM: u32 = 2;
const BYTES: usize = 64;

/// How the end of a transfer is found out.
#[derive(Clone, Copy)]
enum End {
    Polled,
    WaitedFor,
}

/// Opens the device, waits for a line, and does its transfers between marks.
pub(super) fn run(uri: &str, transfers: u32) -> Result<()> {
    let device = Device::open(uri).context(format_args!("open {uri}"))?;
    let mut card: Duplex = Duplex::open(&device).context("open the card")?;
    let mut buffer = device.memory().allocate(card.request(BYTES)).context("allocate a buffer")?;
    for end in [End::Polled, End::WaitedFor] {
        buffer = carry(&mut card, buffer, end, WARM)?;
    }
    println!("{READY}");
    std::io::stdin().read_line(&mut String::new()).context("wait for the tracer")?;
    let own = getpid();
    let mark = || kill_process(own, Signal::USR1).context("mark");
    mark()?;
    mark()?;
    buffer = carry(&mut card, buffer, End::Polled, transfers)?;
    mark()?;
    buffer = carry(&mut card, buffer, End::WaitedFor, WARM)?;
    mark()?;
    buffer = carry(&mut card, buffer, End::WaitedFor, transfers)?;
    mark()?;
    drop(buffer);
    Ok(())
}

fn carry(
    card: &mut Duplex,
    mut buffer: BufferOf<Device>,
    end: End,
    transfers: u32,
) -> Result<BufferOf<Device>> {
    let at = card.window().start;
    let way = Direction::ToDevice;
    for _ in 0..transfers {
        let engine = card.engine(way);
        let ticket = engine.submit(buffer, at, way).context("submit")?;
        buffer = match end {
            End::Polled => engine.spin(ticket, LIMIT).context("poll")?,
            End::WaitedFor => engine.wait(ticket, LIMIT).context("wait")?,
        };
    }
    Ok(buffer)
}
