//! What mapping costs: huge pages beside small ones, our call beside the bare one.
//!
//! Runs where a card is bound to vfio-pci, one of two in groups of their own:
//!
//! ```text
//! cargo xtask guest bench
//! ```
//!
//! Candidates take turns within one process, and what counts are ratios of the shortest: times in a
//! guest are those of an emulator.

use std::error::Error;
use std::ffi::c_void;
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::ptr::NonNull;
use std::time::{Duration, Instant};

use backend_vfio::{Options, VfioDevice, VfioMemory};
use dma_core::{AddressMask, Allocate, Backend, Directions, Map, Region, Request};
use host_linux::{HostMemory, HugePages};
use rustix::ioctl::{Ioctl, IoctlOutput, Opcode, opcode};
use vfio_bindings::bindings::vfio;

type Answer<T> = Result<T, Box<dyn Error>>;

/// Turns of each candidate.
const ROUNDS: usize = 81;

/// The story's buffers.
const BUFFER: usize = 4 << 20;

/// The shortest of each candidate's times, in turns: short ones, and many of them, find moments in
/// which nobody takes the processor away.
fn turns(candidates: &mut [&mut dyn FnMut() -> Answer<Duration>]) -> Answer<Vec<Duration>> {
    let mut all = vec![Vec::new(); candidates.len()];
    for round in 0..=ROUNDS {
        for (candidate, times) in candidates.iter_mut().zip(&mut all) {
            let time = candidate()?;
            if round > 0 {
                times.push(time);
            }
        }
    }
    Ok(all
        .into_iter()
        .map(|times: Vec<Duration>| times.into_iter().min().unwrap_or_default())
        .collect())
}

/// Two buffers, allocated and mapped; giving them back is not counted.
fn two_buffers(lender: &VfioMemory) -> Answer<Duration> {
    let start = Instant::now();
    let first = lender.allocate(Request::bytes(BUFFER))?;
    let second = lender.allocate(Request::bytes(BUFFER))?;
    let time = start.elapsed();
    drop((first, second));
    Ok(time)
}

/// Two buffers whose pages are there, mapped; taking them away is not counted.
fn two_mappings(lender: &VfioMemory, memory: &[HostMemory; 2]) -> Answer<Duration> {
    let map = |memory: &HostMemory| {
        // SAFETY: the memory outlives the mapping, and nobody touches it.
        unsafe { lender.map(memory.bytes(), Directions::BOTH, AddressMask::ALL) }
    };
    let start = Instant::now();
    let (first, second) = (map(&memory[0])?, map(&memory[1])?);
    let time = start.elapsed();
    first.unmap()?;
    second.unmap()?;
    Ok(time)
}

/// One call of the kernel, with a structure.
struct Call(Opcode, *mut c_void);

// SAFETY: nothing is read from the argument here; whoever makes a call answers for it.
unsafe impl Ioctl for Call {
    type Output = ();
    const IS_MUTATING: bool = true;

    fn opcode(&self) -> Opcode {
        self.0
    }

    fn as_ptr(&mut self) -> *mut c_void {
        self.1
    }

    unsafe fn output_from_ptr(_: IoctlOutput, _: *mut c_void) -> rustix::io::Result<()> {
        Ok(())
    }
}

/// As a program without any library does it: a container, and nothing beside.
struct Bare {
    container: OwnedFd,
    _group: OwnedFd,
}

impl Bare {
    fn open(place: &str) -> Answer<Self> {
        let link = std::fs::read_link(format!("/sys/bus/pci/devices/{place}/iommu_group"))?;
        let number = link.file_name().ok_or("no group")?.to_string_lossy().into_owned();
        let open = |path: String| File::options().read(true).write(true).open(path);
        let group = OwnedFd::from(open(format!("/dev/vfio/{number}"))?);
        let container = OwnedFd::from(open("/dev/vfio/vfio".to_owned())?);
        let mut raw = container.as_raw_fd();
        let call = Call(opcode::none(vfio::VFIO_TYPE, 104), (&raw mut raw).cast());
        // SAFETY: the call takes a pointer to the number of an open file.
        unsafe { rustix::ioctl::ioctl(group.as_fd(), call) }?;
        let kind = std::ptr::without_provenance_mut(vfio::VFIO_TYPE1v2_IOMMU as usize);
        // SAFETY: the call takes a number.
        unsafe {
            rustix::ioctl::ioctl(container.as_fd(), Call(opcode::none(vfio::VFIO_TYPE, 102), kind))
        }?;
        Ok(Self { container, _group: group })
    }

    /// Maps and unmaps once.
    fn once(&self, memory: NonNull<[u8]>) -> Answer<()> {
        self.map(memory, 0x10_0000)?;
        let mut unmap = vfio::vfio_iommu_type1_dma_unmap {
            argsz: u32::try_from(size_of::<vfio::vfio_iommu_type1_dma_unmap>())?,
            iova: 0x10_0000,
            size: memory.len() as u64,
            ..Default::default()
        };
        let call = Call(opcode::none(vfio::VFIO_TYPE, 114), (&raw mut unmap).cast());
        // SAFETY: the structure is the one of this call.
        Ok(unsafe { rustix::ioctl::ioctl(self.container.as_fd(), call) }?)
    }

    fn map(&self, memory: NonNull<[u8]>, iova: u64) -> Answer<()> {
        let mut map = vfio::vfio_iommu_type1_dma_map {
            argsz: u32::try_from(size_of::<vfio::vfio_iommu_type1_dma_map>())?,
            flags: vfio::VFIO_DMA_MAP_FLAG_READ | vfio::VFIO_DMA_MAP_FLAG_WRITE,
            vaddr: memory.cast::<u8>().as_ptr().expose_provenance() as u64,
            iova,
            size: memory.len() as u64,
        };
        let call = Call(opcode::none(vfio::VFIO_TYPE, 113), (&raw mut map).cast());
        // SAFETY: the structure is the one of this call; the memory outlives the mapping.
        Ok(unsafe { rustix::ioctl::ioctl(self.container.as_fd(), call) }?)
    }
}

/// Maps and unmaps once by our call.
fn ours(lender: &VfioMemory, memory: NonNull<[u8]>) -> Answer<()> {
    // SAFETY: the memory outlives the mapping, and nobody touches it.
    let region = unsafe { lender.map(memory, Directions::BOTH, AddressMask::ALL) }?;
    Ok(region.unmap()?)
}

fn main() -> Answer<()> {
    let mut places = std::env::args().skip(1);
    let mut place = || places.next().ok_or("name two cards: 0000:01:00.0 0000:00:06.0");
    let (first, second) = (place()?, place()?);
    let device = VfioDevice::open(&first, Options::parse("iommu=type1")?)?;
    let lender = device.memory();
    let small = lender.with_pages(HugePages::Never);
    println!("| two buffers of 4 MiB | small pages | huge pages | small / huge |");
    println!("|---|---:|---:|---:|");
    let times = turns(&mut [&mut || two_buffers(&small), &mut || two_buffers(lender)])?;
    let [with_small, with_huge] = times[..] else { return Err("two times".into()) };
    let backing = lender.allocate(Request::bytes(BUFFER))?.region().backing();
    let backing = backing.map_or("none".to_owned(), |backing| format!("{backing:?}"));
    let ratio = with_small.as_secs_f64() / with_huge.as_secs_f64();
    println!(
        "| allocated, zeroed by the kernel, mapped ({backing}) | {with_small:?} | {with_huge:?} | {ratio:.1} |"
    );
    let pages = |huge| {
        Answer::Ok([HostMemory::zeroed(BUFFER, 1, huge)?, HostMemory::zeroed(BUFFER, 1, huge)?])
    };
    let (few, many) = (pages(HugePages::Prefer)?, pages(HugePages::Never)?);
    let times =
        turns(&mut [&mut || two_mappings(lender, &many), &mut || two_mappings(lender, &few)])?;
    let [with_small, with_huge] = times[..] else { return Err("two times".into()) };
    let ratio = with_small.as_secs_f64() / with_huge.as_secs_f64();
    println!(
        "| mapped, with pages that are there | {with_small:?} | {with_huge:?} | {ratio:.1} |\n"
    );

    drop((few, many));

    // Beside a ring that stays mapped, as every driver has one.
    let ring = HostMemory::zeroed(4 << 10, 1, HugePages::Never)?;
    let bare = Bare::open(&second)?;
    bare.map(ring.bytes(), 0x1000)?;
    let _ring = lender.allocate(Request::bytes(4 << 10))?;
    println!("| map and unmap once | bare calls | ours | ours / bare |");
    println!("|---|---:|---:|---:|");
    for (length, times) in [(4 << 10, 20_u32), (64 << 10, 20), (BUFFER, 1)] {
        let memory = HostMemory::zeroed(length, length, HugePages::Never)?;
        let bytes = memory.bytes();
        // Both find the pages there.
        bare.once(bytes)?;
        let many = |act: &dyn Fn() -> Answer<()>| {
            let start = Instant::now();
            for _ in 0..times {
                act()?;
            }
            Ok(start.elapsed() / times)
        };
        let results = turns(&mut [&mut || many(&|| bare.once(bytes)), &mut || {
            many(&|| ours(lender, bytes))
        }])?;
        let [raw, our] = results[..] else { return Err("two times".into()) };
        let ratio = our.as_secs_f64() / raw.as_secs_f64();
        println!("| {} KiB | {raw:?} | {our:?} | {ratio:.2} |", length >> 10);
    }
    Ok(())
}
