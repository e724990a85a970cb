//! One access through the simulated IOMMU, beside vm-memory's and a plain copy.
//!
//! Each of the three copies the same bytes out of 256 pages in the same order, in turns within
//! one process. What counts is what an access costs over the plain copy.

use std::hint::black_box;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use std::time::Instant;

use backend_mock::{Machine, MockDevice, MockRegion, ProbeCard};
use dma_core::{Allocate, Backend, Buffer, DmaBuffer, Request};
use vm_memory::iommu::{Error as IommuError, IotlbIterator};
use vm_memory::{Bytes, GuestAddress, GuestMemoryMmap, Iommu, IommuMemory, Iotlb, Permissions};

const PAGE: usize = 4096;
const PAGES: usize = 256;
/// Many short rounds: what else the machine does hits few of them.
const ROUNDS: usize = 1_000;
/// Where the pages are for the other IOMMU, and in its memory: apart, and in another order.
const OTHERS_IOVA: u64 = 0x1000_0000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!(
        "| bytes | plain copy | simulated IOMMU | over the copy | vm-memory | over the copy | vm-memory / ours |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    let ours = Ours::new()?;
    let others = others()?;
    for length in [64, PAGE] {
        row(&ours, &others, length)?;
    }
    println!(
        "\nNanoseconds an access, the fastest tenth of {ROUNDS} rounds in turns; over {PAGES} pages."
    );
    Ok(())
}

/// A device with scattered pages, each of them a mapping of its own.
struct Ours {
    device: MockDevice,
    pages: Vec<Buffer<MockRegion>>,
    iovas: Vec<u64>,
}

impl Ours {
    fn new() -> Result<Self, Failure> {
        let device = Machine::builder().scattered().build().plug(ProbeCard::new());
        device.set_bus_mastering(true)?;
        let pages: Vec<_> =
            (0..PAGES).map(|_| device.allocate(Request::bytes(PAGE))).collect::<Result<_, _>>()?;
        let iovas = pages.iter().map(|page| page.run(0, 1).0.get()).collect();
        Ok(Self { device, pages, iovas })
    }

    fn read(&self, page: usize, bytes: &mut [u8]) -> Result<(), Failure> {
        // SAFETY: nobody has a reference to write the pages while the benchmark runs.
        unsafe { self.device.dma_read(self.iovas[page], bytes) }?;
        Ok(())
    }

    fn copy(&self, page: usize, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.pages[page].bytes()[..bytes.len()]);
    }
}

/// The simplest IOMMU that vm-memory's documentation describes: a lock around its buffer.
#[derive(Debug, Default)]
struct Locked(RwLock<Iotlb>);

impl Iommu for Locked {
    type IotlbGuard<'a> = RwLockReadGuard<'a, Iotlb>;

    fn translate(
        &self,
        iova: GuestAddress,
        length: usize,
        access: Permissions,
    ) -> Result<IotlbIterator<Self::IotlbGuard<'_>>, IommuError> {
        let iotlb = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Iotlb::lookup(iotlb, iova, length, access).map_err(|_| IommuError::IommuMisconfigured {
            reason: "the benchmark maps what it reads".into(),
        })
    }
}

type Others = IommuMemory<GuestMemoryMmap<()>, Locked>;

/// The same number of pages, each with a mapping of its own.
fn others() -> Result<Others, Failure> {
    let memory = GuestMemoryMmap::from_ranges(&[(GuestAddress(0), 2 * PAGES * PAGE)])?;
    let iommu = Locked::default();
    for page in 0..PAGES {
        let physical = GuestAddress((2 * page * PAGE) as u64);
        let mut iotlb = iommu.0.write().unwrap_or_else(PoisonError::into_inner);
        iotlb.set_mapping(others_iova(page), physical, PAGE, Permissions::ReadWrite)?;
    }
    Ok(IommuMemory::new(memory, iommu, true, ()))
}

fn others_iova(page: usize) -> GuestAddress {
    GuestAddress(OTHERS_IOVA + (page * PAGE) as u64)
}

fn row(ours: &Ours, others: &Others, length: usize) -> Result<(), Failure> {
    let laps = 1 + 64 / length;
    let mut bytes = vec![0; length];
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(time(laps, |page| {
            ours.copy(page, black_box(&mut bytes));
            Ok(())
        })?);
        times[1].push(time(laps, |page| ours.read(page, black_box(&mut bytes)))?);
        times[2].push(time(laps, |page| {
            Ok(others.read_slice(black_box(&mut bytes), others_iova(page))?)
        })?);
    }
    let [copy, ours, others] = times.map(fast);
    println!(
        "| {length} | {copy:.1} | {ours:.1} | **{:.1}** | {others:.1} | {:.1} | {:.1} |",
        ours - copy,
        others - copy,
        (others - copy) / (ours - copy),
    );
    Ok(())
}

/// Nanoseconds an access.
fn time(laps: usize, mut access: impl FnMut(usize) -> Result<(), Failure>) -> Result<f64, Failure> {
    let begun = Instant::now();
    for _ in 0..laps {
        for page in 0..PAGES {
            // A step that visits every page, never the next one.
            access(page * 97 % PAGES)?;
        }
    }
    let accesses = u32::try_from(laps * PAGES)?;
    Ok(begun.elapsed().as_secs_f64() * 1e9 / f64::from(accesses))
}

/// The time that a tenth of the rounds keeps below.
fn fast(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}
