//! A program that dies while its card is writing: killed again and again.
//!
//! Each round starts this program anew; it opens the device, queues transfers that write memory,
//! says so, and is killed in the middle. Then the memory that it had is taken by the one who
//! killed it, filled with a pattern and watched for longer than a transfer takes: a card that
//! still wrote would show. In the end the device does an honest round trip. An NVMe disk is read by
//! many commands at a time, over and over: the controller is writing at every moment.
#![forbid(unsafe_code)]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anydma::prelude::*;
use anydma::{Device, Duplex};
use guest_init::error::{Context, Error, Result};
use guest_init::log;

use crate::disk::{self, DEPTH, Lent, Queue};
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
/// Longer than a transfer of a slow card takes, and than all commands of a disk.
const WATCH: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(20)];
/// Milliseconds from the first transfers to the death, at most.
const LIFE: [u32; 2] = [130, 23];
/// Bytes of each command of a disk: all of them together are half of what is taken after a death.
const READ: usize = TAKEN / 2 / DEPTH;
/// How long the device may take to be had again.
const REOPENING: Duration = Duration::from_secs(10);

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.victim {
        return victim(&arguments.device);
    }
    let is_disk = prepare(&arguments.device).context("prepare")?;
    let since = log::messages().context("read the kernel's log")?.last().map(|it| it.number);
    for round in 0..arguments.rounds {
        kill(arguments, round, is_disk).context(format_args!("round {round}"))?;
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

/// Whether it is a disk. What it will be read for is neither a canary nor what freed pages hold.
fn prepare(uri: &str) -> Result<bool> {
    let device = Device::open(uri).context(format_args!("open {uri}"))?;
    let mut disk = match Disk::open(&device) {
        Ok(disk) => disk,
        Err(OpenError::NotADisk { .. }) => return Ok(false),
        Err(error) => return Err(error).context("open the disk"),
    };
    let mut queue: Queue = disk.queue(&device, None).context("make a queue")?;
    let mut buffer = device.memory().allocate(disk.request(READ)).context("allocate")?;
    buffer.bytes_mut().fill(0x5a);
    for number in 0..DEPTH {
        buffer = write(&mut disk, &mut queue, buffer, number)?;
    }
    disk.close(queue, |_| {}).context("close the queue")?;
    disk.shut_down().context("switch the disk off")?;
    Ok(true)
}

fn write(disk: &mut Disk, queue: &mut Queue, buffer: Lent, number: usize) -> Result<Lent> {
    let block = (number * READ / disk.namespace().block) as u64;
    let ticket = queue.write(buffer, block).context("queue a write")?;
    queue.kick();
    queue.spin(ticket, disk.clock(), disk::LIMIT).context("write")
}

/// Opens the device, lets it write memory, and waits to be killed.
fn victim(uri: &str) -> Result<()> {
    let device = Device::open(uri).context(format_args!("open {uri}"))?;
    match Disk::open(&device) {
        Ok(disk) => return reader(&device, disk),
        Err(OpenError::NotADisk { .. }) => {}
        Err(error) => return Err(error).context("open the disk"),
    }
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

/// Reads a disk with every command that a queue has room for, until it is killed.
fn reader(device: &Device, mut disk: Disk) -> Result<()> {
    let mut queue: Queue = disk.queue(device, Some(1)).context("make a queue")?;
    let mut signal = device.signal(1).context("a signal")?;
    let blocks = (READ / disk.namespace().block) as u64;
    for number in 0..DEPTH as u64 {
        let lent = device.memory().allocate(disk.request(READ)).context("allocate")?;
        let _ticket = queue.read(lent, number * blocks).context("queue a read")?;
    }
    queue.kick();
    let mut said = false;
    loop {
        let ticket = queue.wait_any(&mut signal, disk::LIMIT).context("wait")?;
        let buffer = queue.try_take(ticket).transpose().context("take")?;
        let buffer = buffer.ok_or_else(|| Error::new("one that ended is not there"))?;
        if buffer.bytes().iter().any(|byte| *byte != 0x5a) {
            return Err(Error::new("the disk has other bytes"));
        }
        // At once again: the controller is writing whenever death comes.
        let place = u64::from(ticket.slot()) * blocks;
        let _ticket = queue.read(buffer, place).context("queue a read")?;
        queue.kick();
        if !std::mem::replace(&mut said, true) {
            println!("{WRITING}");
        }
    }
}

/// One victim from its start to the proof that nothing came of its death.
fn kill(arguments: &Arguments, round: u32, is_disk: bool) -> Result<()> {
    let which = usize::from(is_disk);
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
    std::thread::sleep(Duration::from_millis(u64::from(round * 37 % LIFE[which])));
    child.kill().context("kill the victim")?;
    let status = child.wait().context("wait for the victim")?;
    match said {
        Some(Ok(line)) if line.trim() == WRITING => {}
        said => return Err(Error::new(format!("the victim said {said:?}; {status}"))),
    }
    // What the kernel has just freed is what it gives out next.
    let canaries = vec![CANARY; TAKEN];
    std::thread::sleep(WATCH[which]);
    if let Some(place) = canaries.iter().position(|byte| *byte != CANARY) {
        return Err(Error::new(format!(
            "byte {place} of the memory taken after the death changed"
        )));
    }
    if is_disk { honest_disk(&arguments.device, round) } else { honest(&arguments.device, round) }
}

/// Opens it, as soon as it can be had again.
fn reopen<T>(open: impl Fn() -> Result<T, OpenError>) -> Result<T> {
    let deadline = Instant::now() + REOPENING;
    loop {
        match open() {
            Ok(opened) => return Ok(opened),
            Err(error) if Instant::now() >= deadline => {
                return Err(error).context("open the device again");
            }
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Blocks written and read back, once the disk can be had again; what is around the buffer stays.
fn honest_disk(uri: &str, round: u32) -> Result<()> {
    let device = reopen(|| Device::open(uri))?;
    let mut disk = Disk::open(&device).context("open the disk again")?;
    let mut queue: Queue = disk.queue(&device, None).context("make a queue")?;
    let block = (TAKEN / disk.namespace().block) as u64;
    let moved = disk::there_and_back(&device, &mut disk, &mut queue, block, u64::from(round))?;
    disk.close(queue, |_| {}).context("close the queue")?;
    disk.shut_down().context("switch the disk off")?;
    if moved > 0 { Ok(()) } else { Err(Error::new("nothing was moved")) }
}

/// A round trip of the device, once it can be had again.
fn honest(uri: &str, round: u32) -> Result<()> {
    let (device, mut card): (Device, Duplex) = reopen(|| {
        let device = Device::open(uri)?;
        let card = Duplex::open(&device)?;
        Ok((device, card))
    })?;
    let sent = round.wrapping_mul(0x9e37_79b9).to_le_bytes();
    send(&device, &mut card, &sent)?;
    let received = receive(&device, &mut card, sent.len())?;
    if received == sent {
        return Ok(());
    }
    Err(Error::new(format!("after the death {sent:?} was sent and {received:?} came back")))
}
