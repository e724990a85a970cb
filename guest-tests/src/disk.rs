//! An NVMe disk: blocks of every length, overtaking, doorbells, a reset.
//!
//! By interrupts and by polling. The controller is one that others wrote, with a disk behind it that keeps what is written. What
//! is proven is bytes: each block tells its place, and the bytes around a buffer stay.

use std::cell::Cell;
use std::rc::Rc;

use anydma::channels::nvme::{Controller, IoQueue, PAGE};
use anydma::dma_core::{Event, Request, SpinFirst, Traced};
use anydma::prelude::*;
use anydma::{AnyRegion, Device, QueueOf};
use guest_init::error::{Context, Error, Result};

/// What to try it on.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The device: a URI. What is on it is lost.
    #[arg(long)]
    device: String,
}

/// Commands at a time.
pub(crate) const DEPTH: usize = 32;
/// An emulated disk on a busy machine takes its time.
pub(crate) const LIMIT: Timeout = Timeout::secs(20);
/// How often overtaking is waited for.
const ROUNDS: u64 = 200;
/// What stands around buffers.
const CANARY: u8 = 0xc5;

pub(crate) type Queue = QueueOf<Device, DEPTH>;
pub(crate) type Lent = Buffer<AnyRegion>;

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let uri = &arguments.device;
    let device = Device::open(uri).context(format_args!("open {uri}"))?;
    let mut disk = Disk::open(&device).context("open the disk")?;
    let known = disk.identification().ok_or_else(|| Error::new("it says nothing of itself"))?;
    let namespace = disk.namespace();
    println!(
        "{uri}: {:?}, {} blocks of {} bytes, up to {} at a time",
        String::from_utf8_lossy(&known.model).trim(),
        namespace.blocks,
        namespace.block,
        namespace.longest
    );
    // A vector of its own, which is not that of the controller's own commands.
    for (vector, how) in [(None, "polling"), (Some(1), "interrupts")] {
        let mut queue: Queue = disk.queue(&device, vector).context("make a queue")?;
        let mut signal = device.signal(usize::from(vector.unwrap_or(0))).context("a signal")?;
        let moved = lengths(&device, &disk, &mut queue, &mut signal, vector.is_some())?;
        disk.close(queue, |_| {}).context("close the queue")?;
        println!("  by {how}: {moved} bytes there and back, with the bytes around them");
    }
    let mut queue: Queue = disk.queue(&device, Some(2)).context("make a queue")?;
    let signal = device.signal(2).context("a signal")?;
    let mut signal = SpinFirst::new(signal, Timeout::micros(200));
    let overtakings = overtaking(&device, &disk, &mut queue, &mut signal)?;
    println!("  {overtakings} commands ended before one that was begun earlier");
    pooled(&device, &disk, &mut queue, &mut signal)?;
    println!("  1000 reads with buffers of a pool: no mapping made, none ended");
    let back = reset(&device, &mut disk, queue)?;
    println!("  a reset amid {DEPTH} commands: {back} buffers back, and the disk goes on");
    disk.shut_down().context("switch it off")?;
    // Whoever opened it before has let go of it.
    let rung = doorbells(&device)?;
    println!("  a batch of {DEPTH} commands: 1 doorbell; their ends: {rung}");
    Ok(())
}

/// A buffer that begins so far in a page; what is before and behind it is filled with canaries.
struct Guarded {
    before: Lent,
    buffer: Lent,
    behind: Lent,
}

impl Guarded {
    fn new(device: &Device, request: Request, offset: usize, length: usize) -> Result<Self> {
        let whole = Request { length: offset + length + PAGE, ..request };
        let mut lent = device.memory().allocate(whole).context("allocate a buffer")?;
        lent.bytes_mut().fill(CANARY);
        let (before, rest) = lent.split_at(offset).context("split a buffer")?;
        let (buffer, behind) = rest.split_at(length).context("split a buffer")?;
        Ok(Self { before, buffer, behind })
    }

    /// The buffer apart from what stands around it.
    fn check(before: &Lent, behind: &Lent) -> Result<()> {
        let whole = before.bytes().iter().chain(behind.bytes()).all(|byte| *byte == CANARY);
        if whole { Ok(()) } else { Err(Error::new("bytes around a buffer changed")) }
    }
}

/// Bytes of a block, of its number and a seed.
pub(crate) fn fill(buffer: &mut Lent, seed: u64) {
    for (byte, at) in buffer.bytes_mut().iter_mut().zip(0_u64..) {
        *byte = (seed << 24 | at).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[0];
    }
}

pub(crate) fn is_filled(buffer: &Lent, seed: u64) -> bool {
    buffer.bytes().iter().zip(0_u64..).all(|(byte, at)| {
        *byte == (seed << 24 | at).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[0]
    })
}

/// Makes one command and waits for its end.
fn one<G: Signal>(
    queue: &mut Queue,
    buffer: Lent,
    block: u64,
    way: Direction,
    signal: &mut G,
    sleeps: bool,
) -> Result<Lent> {
    let queued = match way {
        Direction::ToDevice => queue.write(buffer, block),
        Direction::FromDevice => queue.read(buffer, block),
    };
    let ticket = queued.context("queue a command")?;
    queue.kick();
    if sleeps { queue.wait(ticket, signal, LIMIT) } else { queue.spin(ticket, signal, LIMIT) }
        .context(format_args!("{way:?} at block {block}"))
}

/// From a block to the longest transfer: told by one address, by two, and by lists of pages.
fn lengths<G: Signal>(
    device: &Device,
    disk: &Disk,
    queue: &mut Queue,
    signal: &mut G,
    sleeps: bool,
) -> Result<usize> {
    let longest = disk.namespace().longest;
    let lengths = [512, 4096, 4608, 8192, 8704, 3 * PAGE, 33 * PAGE + 512, longest];
    let mut moved = 0;
    for (round, length) in (1_u64..).zip(lengths) {
        for offset in [0, 512] {
            let block = round * 131 + offset as u64;
            let seed = round << 1 | u64::from(sleeps);
            moved += guarded(
                device,
                disk.request(1),
                offset,
                length,
                |buffer, way| one(queue, buffer, block, way, signal, sleeps),
                seed,
            )
            .context(format_args!("{length} bytes at {offset} in a page, block {block}"))?;
        }
    }
    Ok(moved)
}

/// Some pages written and read back, by polling; how many bytes.
pub(crate) fn there_and_back(
    device: &Device,
    disk: &mut Disk,
    queue: &mut Queue,
    block: u64,
    seed: u64,
) -> Result<usize> {
    let request = disk.request(1);
    let clock = disk.clock();
    guarded(
        device,
        request,
        512,
        5 * PAGE,
        |buffer, way| one(queue, buffer, block, way, clock, false),
        seed,
    )
}

/// Bytes to the disk and back by `carry`, in buffers with canaries around them.
fn guarded(
    device: &Device,
    request: Request,
    offset: usize,
    length: usize,
    mut carry: impl FnMut(Lent, Direction) -> Result<Lent>,
    seed: u64,
) -> Result<usize> {
    let mut sent = Guarded::new(device, request, offset, length)?;
    fill(&mut sent.buffer, seed);
    let back = carry(sent.buffer, Direction::ToDevice)?;
    Guarded::check(&sent.before, &sent.behind)?;
    let read = Guarded::new(device, request, offset, length)?;
    let read_back = carry(read.buffer, Direction::FromDevice)?;
    Guarded::check(&read.before, &read.behind)?;
    if is_filled(&read_back, seed) && is_filled(&back, seed) {
        return Ok(length);
    }
    Err(Error::new("what came back is not what was written"))
}

/// A long command and short ones behind it: each ticket has its own data, and some short one is
/// done before the long one.
fn overtaking<G: Signal>(
    device: &Device,
    disk: &Disk,
    queue: &mut Queue,
    signal: &mut G,
) -> Result<usize> {
    let longest = disk.namespace().longest;
    let blocks = (longest / disk.namespace().block) as u64;
    let lend = |length| device.memory().allocate(disk.request(length)).context("allocate");
    let mut long = lend(longest)?;
    fill(&mut long, 1);
    long = one(queue, long, 0, Direction::ToDevice, signal, true)?;
    let mut short = Vec::new();
    for number in 0..DEPTH as u64 - 1 {
        let mut buffer = lend(512)?;
        fill(&mut buffer, 100 + number);
        short.push(one(queue, buffer, blocks + number, Direction::ToDevice, signal, true)?);
    }
    let mut overtakings = 0;
    for _ in 0..ROUNDS {
        let first = queue.read(long, 0).context("queue a long command")?;
        let mut tickets = Vec::new();
        for (buffer, number) in short.drain(..).zip(0..) {
            tickets.push(queue.read(buffer, blocks + number).context("queue a short command")?);
        }
        queue.kick();
        let mut ended: Vec<Option<Lent>> = tickets.iter().map(|_| None).collect();
        let mut taken = None;
        while queue.in_flight() > 0 || queue.next_ended().is_some() {
            let ticket = queue.wait_any(signal, LIMIT).context("wait for any")?;
            let buffer = queue.try_take(ticket).transpose().context("take")?;
            let buffer = buffer.ok_or_else(|| Error::new("one that ended is not there"))?;
            match tickets.iter().position(|known| *known == ticket) {
                Some(number) => {
                    if !is_filled(&buffer, 100 + number as u64) {
                        return Err(Error::new(format!("command {number} has another's data")));
                    }
                    overtakings += usize::from(taken.is_none());
                    ended[number] = Some(buffer);
                }
                None if ticket == first && is_filled(&buffer, 1) => taken = Some(buffer),
                None => return Err(Error::new("the long command has other data")),
            }
        }
        long = taken.ok_or_else(|| Error::new("the long command did not end"))?;
        short.extend(ended.into_iter().flatten());
        if overtakings > 0 {
            return Ok(overtakings);
        }
    }
    Err(Error::new(format!("in {ROUNDS} rounds no command overtook another")))
}

/// Reads with the same few buffers: the list of mappings, which also has those that ended, stays
/// as it is.
fn pooled<G: Signal>(
    device: &Device,
    disk: &Disk,
    queue: &mut Queue,
    signal: &mut G,
) -> Result<()> {
    let mut buffer = device.memory().allocate(disk.request(PAGE)).context("allocate")?;
    let before = device.mappings();
    for round in 0..1000 {
        buffer = one(queue, buffer, round % 64, Direction::FromDevice, signal, true)?;
    }
    if device.mappings() == before {
        Ok(())
    } else {
        Err(Error::new("the mappings changed, though every buffer stayed"))
    }
}

/// A reset while commands are under way: their buffers come back, and afterwards all is as before.
fn reset(device: &Device, disk: &mut Disk, mut queue: Queue) -> Result<usize> {
    let longest = disk.namespace().longest;
    for _ in 0..DEPTH {
        let lent = device.memory().allocate(disk.request(longest / 4)).context("allocate")?;
        let _ticket = queue.read(lent, 0).context("queue a command")?;
    }
    queue.kick();
    let quiet = disk.reset(device).context("reset")?;
    let mut back = 0;
    disk.close(queue, |_| back += 1).context("close the queue after the reset")?;
    if back != DEPTH {
        return Err(Error::new(format!("{back} buffers came back, and not {DEPTH}")));
    }
    disk.resume(device, quiet).context("go on after the reset")?;
    let mut queue: Queue = disk.queue(device, Some(1)).context("make a queue")?;
    let mut signal = device.signal(1).context("a signal")?;
    let mut buffer = device.memory().allocate(disk.request(PAGE)).context("allocate")?;
    fill(&mut buffer, 7);
    let mut buffer = one(&mut queue, buffer, 9, Direction::ToDevice, &mut signal, true)?;
    buffer.bytes_mut().fill(0);
    let buffer = one(&mut queue, buffer, 9, Direction::FromDevice, &mut signal, true)?;
    if !is_filled(&buffer, 7) {
        return Err(Error::new("after the reset other data came back than was written"));
    }
    disk.close(queue, |_| {}).context("close the queue")?;
    Ok(back)
}

/// The doorbells of the first queue for one batch, counted on the way to the card: one for the
/// commands, and how many for their ends.
fn doorbells(device: &Device) -> Result<usize> {
    /// Where the doorbells of queue 1 are, if they stand close, as this controller's do.
    const DOORBELLS: [usize; 2] = [0x1008, 0x100c];
    let counts: Rc<[Cell<usize>; 2]> = Rc::default();
    let sink = {
        let counts = Rc::clone(&counts);
        move |event| {
            let Event::Store { offset, .. } = event else { return };
            if let Some(which) = DOORBELLS.iter().position(|doorbell| *doorbell == offset) {
                counts[which].set(counts[which].get() + 1);
            }
        }
    };
    let mut clock = device.signal(0).context("a clock")?;
    let space = Traced::new(device.region(0).context("map the registers")?, sink);
    // SAFETY: the disk that was opened before is shut down; nobody else drives the controller.
    let opened = unsafe { Controller::new(space, device.memory(), &mut clock) };
    let mut controller = opened.map_err(|refused| refused.error).context("take it over")?;
    let namespace = controller.namespace(1, &mut clock).context("ask for the disk")?;
    let mut queue: IoQueue<_, _, Lent, DEPTH> =
        controller.create(namespace, None, device.memory(), &mut clock).context("make a queue")?;
    for block in 0..DEPTH as u64 {
        let lent = device.memory().allocate(Request::bytes(PAGE).aligned(PAGE));
        let _ticket = queue.read(lent.context("allocate")?, block).context("queue a command")?;
    }
    queue.kick();
    queue.kick();
    while queue.in_flight() > 0 {
        queue.poll().context("look")?;
        clock.pause();
    }
    let [begun, ended] = [counts[0].get(), counts[1].get()];
    controller.close(queue, &mut clock, |_| {}).map_err(|it| it.error).context("close")?;
    controller.shut_down(&mut clock).map_err(|it| it.error).context("switch it off")?;
    if begun == 1 && (1..=DEPTH).contains(&ended) {
        return Ok(ended);
    }
    Err(Error::new(format!("{begun} doorbells for one batch, {ended} for its ends")))
}
