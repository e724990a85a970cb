//! What it costs to set the story's buffers up: by our kernel module, and by VFIO.
//!
//! Runs in a guest where two cards of one kind are in the hands of their drivers: `cargo xtask guest
//! bench`. Two buffers of 4 MiB are allocated, zeroed, made reachable for the card and mapped into
//! this program; then they are given back. Candidates take turns within one process; times are those
//! of an emulator, so only ratios count.
#![forbid(unsafe_code)]

use std::error::Error;
use std::time::Instant;

use backend_kernel::KernelDevice;
use backend_vfio::{Options, VfioDevice};
use benchmarks::table::Table;
use benchmarks::turns::Times;
use dma_core::{Allocate, Backend as _, Request};
use host_linux::HugePages;

type Answer<T> = Result<T, Box<dyn Error>>;

/// The story's buffers.
const BUFFER: usize = 4 << 20;
/// Turns of each candidate, after one that is not counted.
const ROUNDS: usize = 41;

/// A road by its name, what is done on it, and what came of it.
type Candidate<'c> = (&'static str, &'c dyn Fn() -> Answer<Pair>, Vec<Pair>);

/// Nanoseconds that two buffers took to be had and to be given back.
type Pair = [f64; 2];

fn two_buffers<L: Allocate<Error: Error + 'static>>(lender: &L) -> Answer<Pair> {
    let nanoseconds = |start: Instant| start.elapsed().as_secs_f64() * 1e9;
    let start = Instant::now();
    let first = lender.allocate(Request::bytes(BUFFER))?;
    let second = lender.allocate(Request::bytes(BUFFER))?;
    let had = nanoseconds(start);
    let start = Instant::now();
    first.unmap()?;
    second.unmap()?;
    Ok([had, nanoseconds(start)])
}

fn times(name: &'static str, mut all: Vec<f64>) -> Times {
    all.sort_by(f64::total_cmp);
    let at = |index: usize| all.get(index).copied().unwrap_or_default();
    Times { name, shortest: at(0), quartile: at(all.len() / 4) }
}

fn main() -> Answer<()> {
    let places: Vec<String> = std::env::args().skip(1).collect();
    let [kernel, vfio] = places.as_slice() else {
        return Err("name two cards, of our module and of VFIO: 0000:01:00.0 0000:00:06.0".into());
    };
    let kernel = KernelDevice::open(kernel, backend_kernel::Options::default())?;
    let vfio = VfioDevice::open(vfio, Options::default())?;
    let (huge, small) = (vfio.memory().clone(), vfio.memory().with_pages(HugePages::Never));
    let mut candidates: [Candidate<'_>; 3] = [
        ("VFIO, huge pages", &|| two_buffers(&huge), Vec::new()),
        ("VFIO, small pages", &|| two_buffers(&small), Vec::new()),
        ("our kernel module", &|| two_buffers(kernel.memory()), Vec::new()),
    ];
    for round in 0..=ROUNDS {
        for (_, candidate, pairs) in &mut candidates {
            let pair = candidate()?;
            if round > 0 {
                pairs.push(pair);
            }
        }
    }
    let backing = huge.allocate(Request::bytes(BUFFER))?.region().backing();
    let backing = backing.map_or("none".to_owned(), |backing| format!("{backing:?}"));
    println!("Huge pages of VFIO's buffers: {backing}.\n");
    let columns = ["two buffers of 4 MiB set up", "two buffers of 4 MiB given back"];
    for (column, operation) in columns.into_iter().enumerate() {
        let row = |(name, _, pairs): &Candidate<'_>| {
            times(name, pairs.iter().map(|pair| pair[column]).collect())
        };
        Table { operation, times: candidates.iter().map(row).collect() }.print();
    }
    Ok(())
}
