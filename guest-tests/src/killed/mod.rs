//! A program that dies while its card is writing: killed again and again.
//!
//! Each round starts this program anew; it opens the device, queues transfers that write memory
//! with canaries around it, says so, and is killed in the middle. The one who killed it has that
//! memory, too, and watches it for longer than a transfer takes: from the death on nothing may
//! change, and the canaries never. So does memory that the kernel gives out next. In the end the
//! device does an honest round trip. An NVMe disk is read by many commands at a time, over and
//! over: the controller is writing at every moment, to memory that dies with the victim.

mod disk;
#[expect(unsafe_code, reason = "memory that two processes map")]
mod memory;
#[expect(unsafe_code, reason = "the promise to have the only channel of a device")]
mod victim;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anydma::{Device, Duplex, OpenError};
use guest_init::error::{Context, Error, Result};
use guest_init::log;

use self::memory::{PAGE, Pages};
use self::victim::WRITING;
use crate::round_trip::{receive, send};

/// What to try it on.
#[derive(clap::Args, Debug, Clone)]
pub(crate) struct Arguments {
    /// The device: a URI
    #[arg(long)]
    device: String,
    /// How often
    #[arg(long, default_value_t = 100)]
    rounds: u32,
    /// How many address bits the card has
    #[arg(long, default_value_t = 28)]
    bits: u32,
    /// Is the one to be killed; with this memory
    #[arg(long, hide = true)]
    victim: Option<String>,
}

/// Memory that is taken after each death: more than a victim had.
const TAKEN: usize = 8 << 20;
const CANARY: u8 = 0xc5;
/// Something is said after so many rounds.
const TELLING: u32 = 10;
/// Longer than a transfer of a slow card takes, and than all commands of a disk.
const WATCH: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(20)];
/// Milliseconds from the first transfers to the death, at most.
const LIFE: [u32; 2] = [130, 23];
/// How long the device may take to be had again; a disk has the real clock, of a busy machine.
const REOPENING: Duration = Duration::from_mins(1);

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(memory) = &arguments.victim {
        return victim::run(&arguments.device, arguments.bits, memory);
    }
    let is_disk = disk::prepare(&arguments.device).context("prepare")?;
    let since = log::messages().context("read the kernel's log")?.last().map(|it| it.number);
    let mut written = 0;
    for round in 0..arguments.rounds {
        written += kill(arguments, round, is_disk).context(format_args!("round {round}"))?;
        if (round + 1) % TELLING == 0 {
            println!("{} killed", round + 1);
        }
    }
    if written == 0 && !is_disk {
        return Err(Error::new("the card never came to write anything"));
    }
    let messages = log::messages_since(since).context("read the kernel's log")?;
    if let Some(broken) = messages.iter().find(|message| message.is_broken()) {
        return Err(Error::new(format!("the kernel complains: {}", broken.text)));
    }
    let rounds = arguments.rounds;
    println!("{rounds} programs killed while their card was writing: device usable after each,");
    if !is_disk {
        println!("  {written} buffers written before, none after, canaries around them intact,");
    }
    println!("  canaries in the memory that was freed intact, no complaint of the kernel");
    Ok(())
}

/// One victim from its start to the proof that nothing came of its death; gives the number of
/// buffers that the card had written before.
fn kill(arguments: &Arguments, round: u32, is_disk: bool) -> Result<usize> {
    let which = usize::from(is_disk);
    let program = std::env::current_exe().context("find this program")?;
    let pages = Pages::new()?;
    let mut child = Command::new(program)
        .args(["killed", "--victim", &pages.path(), "--device", &arguments.device])
        .arg(format!("--bits={}", arguments.bits))
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
    let died = pages.look()?;
    let written = died.check().context("at the death")?;
    // What the kernel has just freed is what it gives out next.
    let canaries = vec![CANARY; TAKEN];
    std::thread::sleep(WATCH[which]);
    let later = pages.look()?;
    later.check().context("after the death")?;
    if later != died {
        return Err(Error::new("the card wrote to its buffers after the death"));
    }
    // Whole pages compared, since an emulator takes half a second to look at byte after byte.
    let whole = [CANARY; PAGE];
    if let Some(place) = canaries.chunks(PAGE).position(|page| page != whole) {
        return Err(Error::new(format!(
            "page {place} of the memory taken after the death changed"
        )));
    }
    if is_disk {
        disk::honest(&arguments.device, round)?;
    } else {
        honest(&arguments.device, round)?;
    }
    Ok(written)
}

/// Opens it, as soon as it can be had again.
fn reopen<T>(open: impl Fn() -> std::result::Result<T, OpenError>) -> Result<T> {
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
