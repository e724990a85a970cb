//! The program that is killed, on a disk: it reads with every command there is.
#![forbid(unsafe_code)]

use anydma::prelude::*;
use anydma::{Device, OpenError};
use guest_init::error::{Context, Error, Result};

use super::victim::WRITING;
use super::{TAKEN, reopen};
use crate::disk::{self, DEPTH, Lent, Queue};

/// Bytes of each command: all of them together are half of what is taken after a death.
const READ: usize = TAKEN / 2 / DEPTH;

/// Whether it is a disk. What it will be read for is neither a canary nor what freed pages hold.
pub(super) fn prepare(uri: &str) -> Result<bool> {
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

/// Reads a disk with every command that a queue has room for, until it is killed.
pub(super) fn reader(device: &Device, mut disk: Disk) -> Result<()> {
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

/// Blocks written and read back, once the disk can be had again; what is around the buffer stays.
pub(super) fn honest(uri: &str, round: u32) -> Result<()> {
    let device = reopen(|| Device::open(uri))?;
    let mut disk = Disk::open(&device).context("open the disk again")?;
    let mut queue: Queue = disk.queue(&device, None).context("make a queue")?;
    let block = (TAKEN / disk.namespace().block) as u64;
    let moved = disk::there_and_back(&device, &mut disk, &mut queue, block, u64::from(round))?;
    disk.close(queue, |_| {}).context("close the queue")?;
    disk.shut_down().context("switch the disk off")?;
    if moved > 0 { Ok(()) } else { Err(Error::new("nothing was moved")) }
}
