//! Submit and complete 64 bytes, in batches of 1, 8 and 32: the cost of one.
//!
//! On a device in the same process, where only the engine costs anything; on the same with what
//! PCI Express takes for a doorbell and a look at the status; and on the simulated PL081 with
//! its linked list. `--json` prints lines for programs.
#![forbid(unsafe_code)]

use benchmarks::channel::Bus;
use benchmarks::pl081;
use benchmarks::table::Table;
use benchmarks::transfers::Transfers;
use benchmarks::turns;
use dma_core::{Channel, DmaBuffer, Error, Signal};

/// Transfers in one turn.
const TURN: u32 = 960;

fn main() -> Result<(), Error> {
    compare("64 bytes on a device in the process", Transfers::in_process(Bus::FREE)?)?;
    let bus = Bus::PCI_EXPRESS;
    compare("64 bytes, with a bus as slow as PCI Express", Transfers::in_process(bus)?)?;
    let (device, transfers) = pl081::transfers()?;
    compare("64 bytes on the simulated PL081", transfers)?;
    let faults = device.faults().len();
    if faults > 0 {
        eprintln!("{faults} faults of the simulated IOMMU: the figures are worth nothing");
        std::process::exit(1);
    }
    Ok(())
}

fn compare<C: Channel, S: Signal, B: DmaBuffer>(
    operation: &'static str,
    transfers: Transfers<C, S, B>,
) -> Result<(), Error> {
    let shared = std::cell::RefCell::new(transfers);
    let failed = std::cell::Cell::new(None);
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
    Table { operation, times }.print();
    failed.take().map_or(Ok(()), Err)
}
