//! 64 bytes on the simulated XDMA card behind its IOMMU: batches of 1, 8, 32.
//!
//! DPDK's software DMA device, the nearest of its kind (a thread that copies), took 576 ns in
//! batches of 1 and 75 ns in batches of 32 at its best on the machine where both were measured.
//! `--json` prints lines for programs.
#![forbid(unsafe_code)]

use std::cell::{Cell, RefCell};

use benchmarks::table::Table;
use benchmarks::turns;
use benchmarks::xdma;
use dma_core::Error;

/// Transfers in one turn.
const TURN: u32 = 960;

fn main() -> Result<(), Error> {
    let (device, transfers) = xdma::transfers()?;
    let (shared, failed) = (RefCell::new(transfers), Cell::new(None));
    let turn = |size| {
        let result = shared.borrow_mut().turn(TURN, size);
        result.unwrap_or_else(|error| {
            failed.set(Some(error));
            0
        })
    };
    let (mut one, mut eight, mut all) = (|| turn(1), || turn(8), || turn(32));
    let times =
        turns::run(&mut [("batch of 1", &mut one), ("of 8", &mut eight), ("of 32", &mut all)]);
    Table { operation: "64 bytes on the simulated XDMA card, IOMMU on", times }.print();
    let faults = device.faults().len();
    if faults > 0 {
        eprintln!("{faults} faults of the simulated IOMMU: the figures are worth nothing");
        std::process::exit(1);
    }
    failed.take().map_or(Ok(()), Err)
}
