//! A program that dies while its card is writing: killed again and again.
//!
//! Each round starts this program anew; it opens the device, queues transfers that write memory,
//! says so, and is killed in the middle. Then the memory that it had is taken by the one who
//! killed it, filled with a pattern and watched for longer than a transfer takes: a card that
//! still wrote would show. In the end the device does an honest round trip.
#![forbid(unsafe_code)]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anydma::prelude::*;
use anydma::{Device, Duplex};
use guest_init::error::{Context, Error, Result};
use guest_init::log;

use crate::round_trip::{LIMIT, receive, send};

/// What to try it on.
#[derive(clap::Args, Debug, Clone)]
pub(crate) struct Arguments {
    /// The device: a URI
    #[arg(long)]
    device: String,
    /// How often
    #[arg(long, default_value_t = 100)]
    rounds: u32,
    /// Is the one to be killed
    #[arg(long, hide = true)]
    victim: bool,
}

/// What the victim says once the card writes.
const WRITING: &str = "the card is writing";
/// Jobs that the victim queues.
const JOBS: usize = 4;
/// Memory that is taken after each death: more than a victim had.
const TAKEN: usize = 8 << 20;
const CANARY: u8 = 0xc5;
/// Longer than a transfer takes.
const WATCH: Duration = Duration::from_millis(150);
/// How long the device may take to be had again.
const REOPENING: Duration = Duration::from_secs(10);

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.victim {
        return victim(&arguments.device);
    }
    let since = log::messages().context("read the kernel's log")?.last().map(|it| it.number);
    for round in 0..arguments.rounds {
        kill(arguments, round).context(format_args!("round {round}"))?;
    }
    let messages = log::messages_since(since).context("read the kernel's log")?;
    if let Some(broken) = messages.iter().find(|message| message.is_broken()) {
        return Err(Error::new(format!("the kernel complains: {}", broken.text)));
    }
    let rounds = arguments.rounds;
    println!("{rounds} programs killed while their card was writing: device usable after each,");
    println!("  canaries in the memory they had intact, no complaint of the kernel");
    Ok(())
}

/// Opens the device, lets it write memory, and waits to be killed.
fn victim(uri: &str) -> Result<()> {
    let device = Device::open(uri).context(format_args!("open {uri}"))?;
    let mut card: Duplex = Duplex::open(&device).context("open the card")?;
    let window = card.window();
    let length = usize::try_from(window.length).context("the card's memory")?;
    let way = Direction::FromDevice;
    let mut running = VecDeque::new();
    for _ in 0..JOBS {
        let buffer = device.memory().allocate(card.request(length)).context("allocate")?;
        running.push_back(card.engine(way).submit(buffer, window.start, way).context("submit")?);
    }
    println!("{WRITING}");
    while let Some(ticket) = running.pop_front() {
        // What ended goes round again, so that the card is writing whenever death comes.
        let buffer = card.engine(way).wait(ticket, LIMIT).context("wait")?;
        running.push_back(card.engine(way).submit(buffer, window.start, way).context("submit")?);
    }
    Err(Error::new("the queue ran empty"))
}

/// One victim from its start to the proof that nothing came of its death.
fn kill(arguments: &Arguments, round: u32) -> Result<()> {
    let program = std::env::current_exe().context("find this program")?;
    let mut child = Command::new(program)
        .args(["killed", "--victim", "--device", &arguments.device])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("start a victim")?;
    let said = child.stdout.take().map(|output| {
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).map(|_| line)
    });
    // Somewhere between the doorbell and the end of the first transfers, elsewhere each time.
    std::thread::sleep(Duration::from_millis(u64::from(round * 37 % 130)));
    child.kill().context("kill the victim")?;
    let status = child.wait().context("wait for the victim")?;
    match said {
        Some(Ok(line)) if line.trim() == WRITING => {}
        said => return Err(Error::new(format!("the victim said {said:?}; {status}"))),
    }
    // What the kernel has just freed is what it gives out next.
    let canaries = vec![CANARY; TAKEN];
    std::thread::sleep(WATCH);
    if let Some(place) = canaries.iter().position(|byte| *byte != CANARY) {
        return Err(Error::new(format!(
            "byte {place} of the memory taken after the death changed"
        )));
    }
    honest(&arguments.device, round)
}

/// A round trip of the device, once it can be had again.
fn honest(uri: &str, round: u32) -> Result<()> {
    let deadline = Instant::now() + REOPENING;
    let (device, mut card): (Device, Duplex) = loop {
        let opened = Device::open(uri).and_then(|device| {
            let card: Duplex = Duplex::open(&device)?;
            Ok((device, card))
        });
        match opened {
            Ok(opened) => break opened,
            Err(error) if Instant::now() >= deadline => {
                return Err(error).context("open the device again");
            }
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    let sent = round.wrapping_mul(0x9e37_79b9).to_le_bytes();
    send(&device, &mut card, &sent)?;
    let received = receive(&device, &mut card, sent.len())?;
    if received == sent {
        return Ok(());
    }
    Err(Error::new(format!("after the death {sent:?} was sent and {received:?} came back")))
}
