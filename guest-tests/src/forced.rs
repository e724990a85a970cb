//! UIO where an IOMMU translates: refused, and what comes of it when it is forced.
//!
//! It is the story's bug as a whole road: the card is given physical addresses. The engine, the
//! channel and the buffer are right, and the card says that it is done; the bytes and the kernel's
//! log tell.
#![forbid(unsafe_code)]

use dma_core::{Direction, DmaBuffer};
use guest_init::error::{Context, Error, Result};
use guest_init::log;

use crate::card::Card;
use crate::pagemap::physical_address;
use crate::road;
use crate::wrong_address::{explained, last, told};

/// What to try it on.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// PCI address of an `edu` that a driver of UIO has
    #[arg(long)]
    device: String,
    /// How many address bits the card has
    #[arg(long, default_value_t = 28)]
    bits: u32,
}

/// Few: the kernel tells a few faults in a while only, and some IOMMUs fault for each 4 bytes.
const LENGTH: usize = 8;
const BEFORE: [u8; LENGTH] = *b"THE PAST";
/// Memory whose address is known.
const HUGE_PAGES: &str = "/proc/sys/vm/nr_hugepages";

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let uri = format!("uio:{}", arguments.device);
    std::fs::write(HUGE_PAGES, "4").context(format_args!("write to {HUGE_PAGES}"))?;
    let refusal = match road::open(&uri) {
        Ok(_) => return Err(Error::new(format!("{uri} was opened: nothing translates here"))),
        Err(refusal) => refusal.to_string(),
    };
    println!("refused: {refusal}");
    for words in
        ["an IOMMU translates", "use `vfio:", "iommu_groups/", "Do not switch the IOMMU off"]
    {
        if !refusal.contains(words) {
            return Err(Error::new(format!("the refusal does not say {words:?}")));
        }
    }
    let uri = format!("{uri}?iommu=ignore");
    let mut card = Card::open(&uri, arguments.bits)?;
    let mut buffer = card.lend(LENGTH)?;
    buffer.copy_in(&BEFORE).context("fill the buffer")?;
    let physical = physical_address(buffer.bytes().as_ptr())?;
    let (iova, _) = buffer.run(0, LENGTH);
    if iova.get() != physical {
        return Err(Error::new(format!("UIO says {iova}, and the kernel {physical:#x}")));
    }
    println!("forced: the card is told to write to {physical:#x}, the physical address");
    let since = last(&log::messages().context("read the kernel's log")?);
    let ticket = card.submit(buffer, Direction::FromDevice)?;
    let buffer = card.wait(ticket)?;
    println!("  the card says that it is done");
    let lines = told(since)?;
    for line in &lines {
        println!("  kernel: {}", line.text);
    }
    explained(&lines, physical)?;
    println!("  in the buffer is {:?}", String::from_utf8_lossy(buffer.bytes()));
    if buffer.bytes() != BEFORE {
        return Err(Error::new("the bytes arrived: nothing translates here"));
    }
    Ok(())
}
