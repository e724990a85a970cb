//! The program that is killed: it lets its card write to memory, again and again.

use std::collections::VecDeque;

use anydma::prelude::*;
use anydma::{AnyRegion, Device, Duplex, OpenError, Space};
use channels::edu::EduChannel;
use dma_core::{AddressMask, DeviceAddress, Engine, Mapped};
use guest_init::error::{Context, Error, Result};

use super::memory::{BUFFERS, PAGE, Page, WRITTEN};
use crate::round_trip::{LIMIT, send};

/// What it says once the card writes.
pub(super) const WRITING: &str = "the card is writing";
/// Where the card's own memory is.
const CARD: DeviceAddress = DeviceAddress::new(0x4_0000);

type Lent = Mapped<Page, AnyRegion>;
type Writing = Engine<EduChannel<Space>, anydma::AnySignal, Lent, BUFFERS>;

/// Opens the device, lets it write memory, and waits to be killed.
pub(super) fn run(uri: &str, bits: u32, memory: &str) -> Result<()> {
    let device = Device::open(uri).context(format_args!("open {uri}"))?;
    match Disk::open(&device) {
        Ok(disk) => return super::disk::reader(&device, disk),
        Err(OpenError::NotADisk { .. }) => {}
        Err(error) => return Err(error).context("open the disk"),
    }
    let mut card: Duplex = Duplex::open(&device).context("open the card")?;
    send(&device, &mut card, &[WRITTEN; PAGE])?;
    drop(card);
    let mask = AddressMask::bits(bits);
    let registers = device.region(0).context("map the registers")?;
    // SAFETY: no other channel of this device is open: the `Duplex` was dropped.
    let channel = unsafe { EduChannel::new(registers) }.context("open the channel")?;
    let signal = device.signal(0).context("take a signal")?;
    let mut engine: Writing =
        Engine::new(channel.with_mask(mask), signal).context("make an engine")?;
    let way = Direction::FromDevice;
    let mut running = VecDeque::new();
    for number in 0..BUFFERS {
        let page = Page::map(memory, number)?;
        let buffer = Mapped::from_device(device.memory(), page, mask).context("map a page")?;
        running.push_back(engine.submit(buffer, CARD, way).context("submit")?);
    }
    println!("{WRITING}");
    while let Some(ticket) = running.pop_front() {
        // What ended goes round again, so that the card is writing whenever death comes.
        let buffer = engine.wait(ticket, LIMIT).context("wait")?;
        running.push_back(engine.submit(buffer, CARD, way).context("submit")?);
    }
    Err(Error::new("the queue ran empty"))
}
