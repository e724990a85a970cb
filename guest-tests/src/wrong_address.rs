//! The bug on a real kernel: a physical address to the card, then the right one.
//!
//! The card notices nothing either way: it says that it is done. What tells are the bytes and the
//! kernel's log, whose lines are printed as they are, and explained.

use std::time::Duration;

use anydma::prelude::*;
use anydma::{Device, Duplex};
use channels::edu::EduChannel;
use dma_core::{AddressMask, DeviceAddress, Segment};
use guest_init::error::{Context, Error, Result};
use guest_init::log::{self, Message};

use crate::pagemap::physical_address;
use crate::road;
use crate::round_trip::{LIMIT, receive, send};

/// What to try it on.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The `edu`: a URI
    #[arg(long)]
    device: String,
    /// How many address bits the card has
    #[arg(long, default_value_t = 28)]
    bits: u32,
}

/// The card's own memory.
const CARD: DeviceAddress = DeviceAddress::new(0x4_0000);
/// Few: the kernel tells a few faults in a while only, and some IOMMUs fault for each 4 bytes.
const LENGTH: usize = 8;
const WRONGLY_SENT: [u8; LENGTH] = *b"WRONGWAY";
const RIGHTLY_SENT: [u8; LENGTH] = *b"RIGHTWAY";
/// How long the kernel may take to tell.
const TELLING: Duration = Duration::from_secs(3);

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let uri = &arguments.device;
    let device = road::open(uri).context(format_args!("open {uri}"))?;
    // Something known is on the card first, so that nothing new can be told from nothing.
    let before = *b"THE PAST";
    round_trip(&device, before)?;
    // As the card's own buffers are: some roads know one mask for all that is lent at a time.
    let card: Duplex = Duplex::open(&device).context("open the card")?;
    let request = card.request(LENGTH);
    drop(card);
    let mut buffer = device.memory().allocate(request).context("allocate a buffer")?;
    buffer.copy_in(&WRONGLY_SENT).context("fill a buffer")?;
    let physical = physical_address(buffer.bytes().as_ptr())?;
    let (iova, _) = buffer.run(0, LENGTH);
    println!("the buffer is at {:p} for the program,", buffer.bytes().as_ptr());
    println!("               {physical:#x} physically (virt_to_phys),");
    println!("               {iova} for the card (the IOVA of its mapping)");
    let since = last(&log::messages().context("read the kernel's log")?);

    println!("the wrong way: the card is told to read {physical:#x}");
    send_wrongly(&device, arguments.bits, physical)?;
    println!("  the card says that it is done");
    let lines = told(since)?;
    for line in &lines {
        println!("  kernel: {}", line.text);
    }
    explained(&lines, physical)?;
    facade_tells(&device, physical)?;
    let mut card: Duplex = Duplex::open(&device).context("open the card")?;
    let arrived = receive(&device, &mut card, LENGTH)?;
    drop(card);
    println!("  on the card is {:?}", String::from_utf8_lossy(&arrived));
    if arrived == WRONGLY_SENT {
        return Err(Error::new("the bytes arrived: nothing translates here"));
    }
    drop(buffer);

    println!("the right way: the engine gives the card the IOVA");
    round_trip(&device, RIGHTLY_SENT)?;
    println!("  on the card is {:?}", String::from_utf8_lossy(&RIGHTLY_SENT));
    Ok(())
}

/// Bytes to the card and back, through the engine.
fn round_trip(device: &Device, bytes: [u8; LENGTH]) -> Result<()> {
    let mut card: Duplex = Duplex::open(device).context("open the card")?;
    send(device, &mut card, &bytes)?;
    match receive(device, &mut card, LENGTH)? {
        arrived if arrived == bytes => Ok(()),
        arrived => Err(Error::new(format!("{bytes:?} was sent rightly, and {arrived:?} arrived"))),
    }
}

/// As the driver of the story does it.
fn send_wrongly(device: &Device, bits: u32, physical: u64) -> Result<()> {
    let registers = device.region(0).context("map the registers")?;
    // SAFETY: no other channel of this device is open: each `Duplex` was dropped.
    let channel = unsafe { EduChannel::new(registers) }.context("open the channel")?;
    let mut channel = channel.with_mask(AddressMask::bits(bits));
    device.set_bus_mastering(true).context("let the card master the bus")?;
    // SAFETY: it is no IOVA: that is the bug. The card reads only, and an IOMMU refuses even that.
    let host = unsafe { Iova::new(physical) };
    let (length, direction) = (LENGTH, Direction::ToDevice);
    let segment = Segment { host, device: CARD, length, direction, last: true };
    // SAFETY: as above; a new channel has room, and eight bytes fit.
    unsafe { channel.push(segment) };
    channel.kick();
    let mut signal = device.signal(0).context("take a signal")?;
    let until = LIMIT.deadline(signal.now()).unwrap_or(u64::MAX);
    while channel.poll().context("poll the card")? == 0 {
        if signal.now() >= until {
            return Err(Error::new("the card does not end its transfer"));
        }
        signal.pause();
    }
    Ok(())
}

/// What we make of the kernel's lines: it must name the address that the card was given.
pub(crate) fn explained(lines: &[Message], physical: u64) -> Result<()> {
    let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let text = text.join("\n");
    let log = diagnostics::Log::read(text.as_bytes());
    // VT-d and some others tell the page only.
    let given = |fault: &diagnostics::Fault| fault.iova / 4096 == physical / 4096;
    if !log.faults.iter().any(given) {
        return Err(Error::new(format!("no line of the kernel's names {physical:#x}: {text:?}")));
    }
    for line in diagnostics::explain(&log, None).to_string().lines() {
        println!("  we:     {line}");
    }
    Ok(())
}

/// The facade hears it, too, and tells it with whatever error comes of it, once.
fn facade_tells(device: &Device, physical: u64) -> Result<()> {
    if let Some(deaf) = device.hears_no_faults() {
        return Err(Error::new(format!("the facade does not hear the kernel's log: {deaf}")));
    }
    let error = device.explained(Error::new("the bytes did not arrive"));
    println!("  error:  {error}");
    let page = format!("{:x}", physical / 4096);
    let named = |fault: &anydma::Fault| fault.log().iter().any(|line| line.contains(&page));
    if !error.faults().iter().any(named) {
        return Err(Error::new(format!("the facade's error does not name {physical:#x}: {error}")));
    }
    // Unless the kernel goes on about it, the next error is free of it.
    let again = device.explained(Error::new("another")).faults().len();
    if again >= error.faults().len() && device.faults().len() == error.faults().len() {
        return Err(Error::new("the facade tells one fault with two errors"));
    }
    Ok(())
}

/// Number of the last message.
pub(crate) fn last(messages: &[Message]) -> Option<u64> {
    messages.last().map(|message| message.number)
}

/// What the kernel says about refused accesses after a message, once it says something.
pub(crate) fn told(since: Option<u64>) -> Result<Vec<Message>> {
    let step = Duration::from_millis(100);
    let mut waited = Duration::ZERO;
    loop {
        let messages = log::messages_since(since).context("read the kernel's log")?;
        let lines: Vec<Message> = messages.into_iter().filter(is_fault).collect();
        if !lines.is_empty() || waited >= TELLING {
            return Ok(lines);
        }
        std::thread::sleep(step);
        waited += step;
    }
}

/// Whether a line is an IOMMU's; of VT-d's, of SMMUs', of virtio-iommu.
fn is_fault(message: &Message) -> bool {
    ["DMAR", "arm-smmu", "viommu", "virtio_iommu"].iter().any(|word| message.text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Lines of IOMMUs are told from others.
    #[test]
    fn fault_lines_are_recognised() {
        let message = |text: &str| Message { number: 1, level: 3, text: text.to_owned() };
        for text in [
            "DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr 0x3b5d000 [fault reason \
             0x06] PTE Read access is not set",
            "arm-smmu-v3 9050000.smmuv3: event 0x10 received:",
            "virtio_iommu virtio0: page fault from EP 256 at 0x1000 [R]",
        ] {
            assert!(is_fault(&message(text)), "{text}");
        }
        assert!(!is_fault(&message("vfio-pci 0000:01:00.0: enabling device (0000 -> 0002)")));
    }

    // Both kernels' lines, as guests wrote them, are understood; a line about another address is
    // not taken for this one's.
    #[test]
    fn lines_of_both_architectures_are_explained() {
        let lines = |texts: &[&str]| -> Vec<Message> {
            let message = |text: &&str| Message { number: 1, level: 3, text: (*text).to_owned() };
            texts.iter().map(message).collect()
        };
        let intel = lines(&[
            "DMAR: DRHD: handling fault status reg 2",
            "DMAR: [DMA Read NO_PASID] \
            Request device [0000:01:00.0] fault addr 0x2216000 [fault reason 0x06] PTE Read \
            access is not set",
        ]);
        explained(&intel, 0x221_6008).unwrap();
        assert!(explained(&intel, 0x1_4000).is_err());
        let arm = lines(&[
            "arm-smmu-v3 9050000.smmuv3: event 0x10 received:",
            "arm-smmu-v3 9050000.smmuv3: event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 \
            ssid: 0x0 iova: 0x43c8a000 ipa: 0x0",
        ]);
        explained(&arm, 0x43c8_a000).unwrap();
        assert!(explained(&[], 0x43c8_a000).is_err());
    }
}
