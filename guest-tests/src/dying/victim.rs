//! The process that dies: its card writes to memory, again and again.
#![forbid(unsafe_code)]

use std::collections::VecDeque;

use anydma::Duplex;
use anydma::prelude::*;
use clap::ValueEnum;
use guest_init::error::{Context, Error, Result};

use super::WRITTEN;
use crate::road;
use crate::round_trip::{LIMIT, send};

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
pub(super) fn run(victim: Victim, device: &str) -> Result<()> {
    // Taken first, it lies above what is taken later, and the kernel frees from below.
    let mut ballast = vec![0_u8; if victim == Victim::Large { BALLAST } else { 0 }];
    ballast.iter_mut().step_by(PAGE).for_each(|byte| *byte = 1);
    let uri = format!("uio:{device}");
    let device = road::open(&uri).context(format_args!("open {uri}"))?;
    let mut card: Duplex = Duplex::open(&device).context("open the card")?;
    send(&device, &mut card, &[WRITTEN; LENGTH])?;
    let (at, way) = (card.window().start, Direction::FromDevice);
    let mut running = VecDeque::new();
    for _ in 0..JOBS {
        let buffer = device.memory().allocate(card.request(LENGTH)).context("allocate")?;
        running.push_back(card.engine(way).submit(buffer, at, way).context("submit")?);
    }
    println!("{WORKING}");
    while let Some(ticket) = running.pop_front() {
        // What ended goes round again, so that the card is at work whenever death comes.
        let buffer = card.engine(way).wait(ticket, LIMIT).context("wait")?;
        running.push_back(card.engine(way).submit(buffer, at, way).context("submit")?);
    }
    Err(Error::new(format!("the queue ran empty, with {} bytes of ballast", ballast.len())))
}
