//! The process that dies: its card writes to memory, again and again.
#![forbid(unsafe_code)]

use std::collections::VecDeque;

use clap::ValueEnum;
use dma_core::Direction;
use guest_init::error::{Error, Result};

use super::WRITTEN;
use crate::card::Card;

/// Who dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Victim {
    /// One process.
    Alone,
    /// One that has much other memory, which takes the kernel a while to free.
    Large,
}

/// What it says once the card is at work.
pub(super) const WORKING: &str = "the card is at work";
/// Transfers that are queued; the card's own memory holds one.
const JOBS: usize = 4;
const LENGTH: usize = 4096;
/// Other memory of a large one, and a page of it.
const BALLAST: usize = 48 << 20;
const PAGE: usize = 4096;

/// Lets the card write, and waits to be killed.
pub(super) fn run(victim: Victim, device: &str, bits: u32) -> Result<()> {
    // Taken first, it lies above what is taken later, and the kernel frees from below.
    let mut ballast = vec![0_u8; if victim == Victim::Large { BALLAST } else { 0 }];
    ballast.iter_mut().step_by(PAGE).for_each(|byte| *byte = 1);
    let mut card = Card::open(&format!("uio:{device}"), bits)?;
    card.send(&[WRITTEN; LENGTH])?;
    let mut running = VecDeque::new();
    for _ in 0..JOBS {
        let buffer = card.lend(LENGTH)?;
        running.push_back(card.submit(buffer, Direction::FromDevice)?);
    }
    println!("{WORKING}");
    while let Some(ticket) = running.pop_front() {
        // What ended goes round again, so that the card is at work whenever death comes.
        let buffer = card.wait(ticket)?;
        running.push_back(card.submit(buffer, Direction::FromDevice)?);
    }
    Err(Error::new(format!("the queue ran empty, with {} bytes of ballast", ballast.len())))
}
