//! What happens on UIO when a process dies while its card is at work, as it is.
//!
//! The kernel frees the memory of a process that dies first, and closes its files after. So there
//! is a moment in which the card may still write to memory that is nobody's, or another's. Two
//! things are shown: that order, and how often something comes of it in a number of deaths.

#[expect(unsafe_code, reason = "huge pages that a card may write to")]
mod huge;
mod victim;

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use guest_init::error::{Context, Error, Result};

use self::huge::HugePages;
use self::victim::Victim;
use crate::card::Card;

/// What to try it on.
#[derive(clap::Args, Debug, Clone)]
pub(crate) struct Arguments {
    /// PCI address of an `edu` that a driver of UIO has
    #[arg(long)]
    device: String,
    /// How many address bits the card has
    #[arg(long, default_value_t = 28)]
    bits: u32,
    /// How many die in the middle of a transfer
    #[arg(long, default_value_t = 20)]
    rounds: u32,
    /// Is the one to be killed
    #[arg(long, hide = true, value_enum)]
    victim: Option<Victim>,
}

/// How many huge pages there are while this runs: what is not a victim's is taken by the one who
/// kills, so that it gets the victim's next.
const PAGES: usize = 4;
const POOL: &str = "/proc/sys/vm/nr_hugepages";
const FREE: &str = "/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages";
/// What the victim has the card write.
pub(super) const WRITTEN: u8 = 0x3a;
const CANARY: u8 = 0xc5;
/// Longer than a transfer takes.
const WATCH: Duration = Duration::from_millis(150);
/// How long anything may take here.
const LIMIT: Duration = Duration::from_secs(20);

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if let Some(victim) = arguments.victim {
        return victim::run(victim, &arguments.device, arguments.bits);
    }
    fs::write(POOL, PAGES.to_string()).context(format_args!("write to {POOL}"))?;
    order(arguments)?;
    let mut changed = 0;
    for round in 0..arguments.rounds {
        // Somewhere between the doorbell and the end of a transfer, elsewhere each time.
        let after = Duration::from_millis(u64::from(round * 37 % 100));
        changed += usize::from(after_death(arguments, after)? > 0);
        usable(arguments).context(format_args!("after round {round}"))?;
    }
    println!(
        "{} died in the middle of a transfer: memory that was theirs changed {changed} times after \
         it was another's; the card was usable after each",
        arguments.rounds
    );
    Ok(())
}

/// Starts a victim, and waits until its card is at work.
fn start(arguments: &Arguments, victim: Victim) -> Result<Child> {
    let program = std::env::current_exe().context("find this program")?;
    let name = clap::ValueEnum::to_possible_value(&victim);
    let name = name.map(|value| value.get_name().to_owned()).unwrap_or_default();
    let mut child = Command::new(program)
        .args(["dying", "--victim", &name, "--device", &arguments.device])
        .args(["--bits", &arguments.bits.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("start a victim")?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut line).context("listen to a victim")?;
    }
    if line.trim() == victim::WORKING {
        return Ok(child);
    }
    child.kill().context("kill a victim")?;
    child.wait().context("wait for a victim")?;
    Err(Error::new(format!("the victim said {line:?}")))
}

/// How many huge pages are free.
fn free() -> Result<usize> {
    let text = fs::read_to_string(FREE).context(FREE)?;
    text.trim().parse().context(FREE)
}

/// The kernel frees the memory first and stops the card after: seen by one that looks at both.
fn order(arguments: &Arguments) -> Result<()> {
    let path = format!("/sys/bus/pci/devices/{}/config", arguments.device);
    let config = File::open(&path).context(&path)?;
    let masters = || -> Result<bool> {
        let mut command = [0; 2];
        config.read_exact_at(&mut command, 4).context(&path)?;
        Ok(u16::from_le_bytes(command) & 0b100 != 0)
    };
    let mut child = start(arguments, Victim::Large)?;
    let (before, mastered) = (free()?, masters()?);
    child.kill().context("kill the victim")?;
    let death = Instant::now();
    let (mut freed, mut between) = (None, 0);
    let stopped = loop {
        let is_free = free()? > before;
        let time = death.elapsed();
        // Looked at after: if it is on, it was on when the memory was free.
        let on = masters()?;
        if is_free && freed.is_none() {
            freed = Some(time);
        }
        if !on {
            break death.elapsed();
        }
        between += usize::from(is_free);
        if death.elapsed() > LIMIT {
            return Err(Error::new("the card masters the bus long after the death"));
        }
    };
    child.wait().context("wait for the victim")?;
    match freed {
        Some(freed) if mastered && between > 0 => {
            println!(
                "the order at a death: memory free after {:.1} ms, bus mastering off after {:.1} ms; \
                 seen free with the card still on {between} times",
                freed.as_secs_f64() * 1e3,
                stopped.as_secs_f64() * 1e3
            );
            Ok(())
        }
        freed => Err(Error::new(format!(
            "free after {freed:?}, off after {stopped:?}, {between} times in between, on before: \
             {mastered}; the documented order is memory first"
        ))),
    }
}

/// Kills a victim, takes the memory that it had, and counts the bytes that change there.
fn after_death(arguments: &Arguments, after: Duration) -> Result<usize> {
    let mut child = start(arguments, Victim::Alone)?;
    let mut others = HugePages::take(free()?)?;
    others.fill(CANARY);
    std::thread::sleep(after);
    child.kill().context("kill the victim")?;
    let death = Instant::now();
    let mut taken = loop {
        // Free, a page may still be promised to the one who dies.
        match free()? {
            0 => {}
            count => {
                if let Ok(taken) = HugePages::take(count) {
                    break taken;
                }
            }
        }
        if death.elapsed() > LIMIT {
            return Err(Error::new("the victim's memory does not become free"));
        }
    };
    taken.fill(CANARY);
    child.wait().context("wait for the victim")?;
    std::thread::sleep(WATCH);
    if let Some(byte) = others.changed(CANARY).first() {
        return Err(Error::new(format!("{byte:#04x} was written to what never was the victim's")));
    }
    let changed = taken.changed(CANARY);
    match changed.iter().find(|byte| **byte != WRITTEN) {
        Some(byte) => Err(Error::new(format!("something else wrote {byte:#04x}"))),
        None => Ok(changed.len()),
    }
}

/// The card does an honest round trip.
fn usable(arguments: &Arguments) -> Result<()> {
    let uri = format!("uio:{}", arguments.device);
    let start = Instant::now();
    let mut card = Card::open_when(&uri, arguments.bits, |_| {
        // Who had it is dying yet.
        std::thread::sleep(Duration::from_millis(20));
        start.elapsed() < LIMIT
    })?;
    let sent = *b"usable";
    card.send(&sent)?;
    if card.receive(sent.len())? == sent {
        return Ok(());
    }
    Err(Error::new("what came back is not what was sent"))
}
