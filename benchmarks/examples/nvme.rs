//! An NVMe disk through us, the kernel's driver, and code by hand.
//!
//! Runs in a guest where four controllers have disks of nothing behind them, three of them in
//! VFIO's hands: `cargo xtask guest bench`. Candidates take turns within one process; times are
//! those of an emulator, so only ratios count.

#![forbid(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::io;

use anydma::prelude::*;
use anydma::{BufferOf, QueueOf, RegionOf};
use backend_vfio::{Options, VfioDevice, VfioSignal};
use benchmarks::bare::aio::Aio;
use benchmarks::bare::nvme::Nvme;
use benchmarks::table::Table;
use benchmarks::turns::{self, Times};
use dma_core::{AddressMask, SpinFirst};

type Answer<T> = Result<T, Box<dyn Error>>;

/// Requests under way at a time, in the second comparison.
const DEPTH: usize = 32;
const SLOTS: u32 = 32;
/// Requests in one turn: one at a time, and many.
const ONE_BY_ONE: u32 = 10;
const MANY: u32 = 96;
/// Turns of each candidate: short ones, and many.
const ROUNDS: usize = 801;
/// Bytes of a request, and of a long one.
const SHORT: usize = 4096;
const LONG: usize = 512 << 10;
/// Blocks of 512 bytes of each disk.
const BLOCKS: u32 = (64 << 20) / 512;
/// How long to poll before sleeping, about what an interrupt costs in a guest.
const SPIN: Timeout = Timeout::micros(50);
const LIMIT: Timeout = Timeout::secs(10);

/// Places that jump about, the same for everybody.
struct Places(u32);

impl Places {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        // Whole pages, and not past the end with the longest request.
        self.0 % ((BLOCKS - 1024) / 8) * 8
    }
}

/// A queue of ours, a signal to wait with, and buffers.
struct Ours {
    queue: QueueOf<VfioDevice, DEPTH>,
    signal: VfioSignal,
    buffers: Vec<BufferOf<VfioDevice>>,
    places: Places,
}

impl Ours {
    fn open(
        device: &VfioDevice,
        disk: &mut Disk<VfioDevice>,
        vector: Option<u16>,
        length: usize,
    ) -> Answer<Self> {
        let queue = disk.queue(device, vector)?;
        let signal = match vector {
            Some(vector) => device.signal(vector.into())?,
            None => device.napping()?,
        };
        let lend = |_| device.memory().allocate(disk.request(length));
        let buffers = (0..DEPTH).map(lend).collect::<Result<_, _>>()?;
        Ok(Self { queue, signal, buffers, places: Places(1) })
    }

    /// One after another, each waited for as `wait` says.
    fn one_by_one(
        &mut self,
        count: u32,
        wait: impl Fn(
            &mut QueueOf<VfioDevice, DEPTH>,
            Ticket,
            &mut VfioSignal,
        ) -> Result<BufferOf<VfioDevice>, Failed<BufferOf<VfioDevice>>>,
    ) -> Answer<u32> {
        for _ in 0..count {
            let buffer = self.buffers.pop().ok_or("a buffer")?;
            let ticket = self.queue.read(buffer, self.places.next().into())?;
            self.queue.kick();
            self.buffers.push(wait(&mut self.queue, ticket, &mut self.signal)?);
        }
        Ok(count)
    }

    fn polled(&mut self, count: u32) -> Answer<u32> {
        self.one_by_one(count, |queue, ticket, signal| queue.spin(ticket, signal, LIMIT))
    }

    fn slept(&mut self, count: u32) -> Answer<u32> {
        self.one_by_one(count, |queue, ticket, signal| queue.wait(ticket, signal, LIMIT))
    }

    fn both(&mut self, count: u32) -> Answer<u32> {
        self.one_by_one(count, |queue, ticket, signal| {
            queue.wait(ticket, &mut SpinFirst::new(signal, SPIN), LIMIT)
        })
    }

    /// As many at a time as there are buffers, by polling.
    fn many(&mut self, count: u32) -> Answer<u32> {
        let (mut begun, mut ended) = (0, 0);
        while ended < count {
            while begun < count
                && let Some(buffer) = self.buffers.pop()
            {
                let _ticket = self.queue.read(buffer, self.places.next().into())?;
                begun += 1;
            }
            self.queue.kick();
            while self.queue.poll()? == 0 {
                self.signal.pause();
            }
            while let Some(ticket) = self.queue.next_ended() {
                self.buffers.push(self.queue.try_take(ticket).ok_or("one that ended")??);
                ended += 1;
            }
        }
        Ok(count)
    }
}

/// One after another by hand.
fn by_hand(nvme: &mut Nvme, places: &mut Places, count: u32, sleeps: bool) -> Answer<u32> {
    for _ in 0..count {
        nvme.read(0, places.next());
        nvme.kick();
        while nvme.next_ended().is_none() {
            if sleeps {
                nvme.sleep()?;
            } else {
                std::hint::spin_loop();
            }
        }
        nvme.give_back();
    }
    Ok(count)
}

/// Many at a time by hand.
fn many_by_hand(nvme: &mut Nvme, places: &mut Places, count: u32) -> u32 {
    let mut free: Vec<u32> = (0..SLOTS).collect();
    let (mut begun, mut ended) = (0, 0);
    while ended < count {
        while begun < count
            && let Some(slot) = free.pop()
        {
            nvme.read(slot, places.next());
            begun += 1;
        }
        nvme.kick();
        let before = ended;
        while ended == before {
            while let Some(slot) = nvme.next_ended() {
                free.push(slot);
                ended += 1;
            }
            std::hint::spin_loop();
        }
        nvme.give_back();
    }
    count
}

/// By the kernel's driver, `depth` at a time.
fn by_kernel(aio: &mut Aio, places: &mut Places, count: u32, depth: u32) -> Answer<u32> {
    let mut free: Vec<u32> = (0..depth).collect();
    let (mut begun, mut ended) = (0, 0);
    while ended < count {
        while begun < count
            && let Some(slot) = free.pop()
        {
            aio.read(slot, places.next());
            begun += 1;
        }
        aio.submit()?;
        aio.wait(|slot| {
            free.push(slot);
            ended += 1;
        })?;
    }
    Ok(count)
}

/// The block device of a controller.
fn block_device(place: &str) -> Answer<String> {
    let folder = format!("/sys/bus/pci/devices/{place}/nvme");
    let controller = first(&folder)?;
    let path = first(&format!("{folder}/{controller}"))?;
    // A disk that may have several controllers is called nvme0n1, and its path here nvme0c1n1.
    let disk = match (path.find('c'), path.rfind('n')) {
        (Some(from), Some(to)) => format!("{}{}", &path[..from], &path[to..]),
        _ => path,
    };
    Ok(format!("/dev/{disk}"))
}

fn first(folder: &str) -> Answer<String> {
    let names = std::fs::read_dir(folder)
        .map_err(|error| format!("{folder}: {error}; leave that controller to the kernel"))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let names: Vec<String> = names.collect::<io::Result<_>>()?;
    let name = names.into_iter().find(|name| name.starts_with("nvme"));
    Ok(name.ok_or_else(|| format!("nothing in {folder}"))?)
}

/// Runs candidates that may fail in turns.
fn compare<const N: usize>(
    names: [&'static str; N],
    candidates: [&dyn Fn() -> Answer<u32>; N],
) -> Answer<[Times; N]> {
    let failed = Cell::new(None);
    let mut run = candidates.map(|candidate| {
        let failed = &failed;
        move || {
            candidate().unwrap_or_else(|error| {
                failed.set(Some(error));
                0
            })
        }
    });
    let mut all: Vec<turns::Candidate<'_>> = Vec::new();
    for (name, candidate) in names.into_iter().zip(&mut run) {
        all.push((name, candidate));
    }
    let times = turns::run_for(ROUNDS, &mut all);
    drop(all);
    match failed.take() {
        Some(error) => Err(error),
        None => times.try_into().map_err(|_| "a time for each".into()),
    }
}

fn main() -> Answer<()> {
    let places: Vec<String> = std::env::args().skip(1).collect();
    let [ours, polled, slept, kernel] = &places[..] else {
        return Err("name four controllers: ours, by hand polled and asleep, the kernel's".into());
    };
    let device = VfioDevice::open(ours, Options::parse("iommu=type1")?)?;
    let mut disk: Disk<VfioDevice> = Disk::open(&device)?;
    let fresh = || Ok::<_, Box<dyn Error>>(RefCell::new(Places(1)));
    let bare = |place: &str, interrupt| {
        Nvme::open(place, interrupt).map_err(|error| format!("{place}, by hand: {error}"))
    };
    let hand = RefCell::new(bare(polled, false)?);
    let sleeper = RefCell::new(bare(slept, true)?);
    let path = block_device(kernel)?;
    let aio = Aio::open(&path, DEPTH).map_err(|error| format!("{path}: {error}"))?;
    let aio = RefCell::new(aio);
    let polling = RefCell::new(Ours::open(&device, &mut disk, None, SHORT)?);
    let interrupts = RefCell::new(Ours::open(&device, &mut disk, Some(1), SHORT)?);
    let random = fresh()?;

    let one = compare(
        ["the kernel's driver, raw AIO", "by hand, polling", "ours, polling", "ours, asleep"],
        [
            &|| by_kernel(&mut aio.borrow_mut(), &mut random.borrow_mut(), ONE_BY_ONE, 1),
            &|| by_hand(&mut hand.borrow_mut(), &mut random.borrow_mut(), ONE_BY_ONE, false),
            &|| polling.borrow_mut().polled(ONE_BY_ONE),
            &|| interrupts.borrow_mut().slept(ONE_BY_ONE),
        ],
    )?;
    let many = compare(
        ["the kernel's driver, raw AIO", "by hand, polling", "ours, polling"],
        [
            &|| by_kernel(&mut aio.borrow_mut(), &mut random.borrow_mut(), MANY, SLOTS),
            &|| Ok(many_by_hand(&mut hand.borrow_mut(), &mut random.borrow_mut(), MANY)),
            &|| polling.borrow_mut().many(MANY),
        ],
    )?;
    let asleep = compare(
        ["by hand: poll(2) and read(2)", "ours, asleep"],
        [
            &|| by_hand(&mut sleeper.borrow_mut(), &mut random.borrow_mut(), ONE_BY_ONE, true),
            &|| interrupts.borrow_mut().slept(ONE_BY_ONE),
        ],
    )?;
    Table { operation: "4 KiB random read, one at a time", times: one.to_vec() }.print();
    Table { operation: "4 KiB random read, 32 at a time", times: many.to_vec() }.print();
    Table { operation: "by polling", times: one[1..3].to_vec() }.print();
    Table { operation: "by interrupts", times: asleep.to_vec() }.print();

    for (operation, length, count) in
        [("wait for 4 KiB", SHORT, ONE_BY_ONE), ("wait for 512 KiB", LONG, ONE_BY_ONE)]
    {
        let ours = RefCell::new(Ours::open(&device, &mut disk, Some(1), length)?);
        let plain = RefCell::new(Ours::open(&device, &mut disk, None, length)?);
        let times = compare(
            [
                "polling",
                "polling, and an interrupt comes",
                "asleep",
                "polling first, then asleep",
                "polling first, then naps",
            ],
            [
                &|| plain.borrow_mut().polled(count),
                // The controller sends it, and the kernel takes it, whether or not anybody waits.
                &|| ours.borrow_mut().polled(count),
                &|| ours.borrow_mut().slept(count),
                &|| ours.borrow_mut().both(count),
                // Its signal has no interrupt.
                &|| plain.borrow_mut().both(count),
            ],
        )?;
        Table { operation, times: times.to_vec() }.print();
        for used in [ours, plain] {
            disk.close(used.into_inner().queue, |_| {}).map_err(|refused| refused.error)?;
        }
    }
    mapping(&device, &mut disk, &polling)?;
    for used in [polling, interrupts] {
        disk.close(used.into_inner().queue, |_| {}).map_err(|refused| refused.error)?;
    }
    Ok(disk.shut_down()?)
}

/// A buffer that stays, beside memory of the caller's that is mapped for each read.
fn mapping(device: &VfioDevice, disk: &mut Disk<VfioDevice>, pooled: &RefCell<Ours>) -> Answer<()> {
    type Page = &'static mut [u8];
    type Once = Mapped<Page, RegionOf<VfioDevice>>;
    let before = device.counters();
    pooled.borrow_mut().polled(ONE_BY_ONE)?;
    let after = device.counters();
    println!(
        "{ONE_BY_ONE} reads with buffers that stay: {} mappings made, {} ended\n",
        after.maps - before.maps,
        after.unmaps - before.unmaps
    );
    let memory = vec![0_u8; 2 * SHORT].leak();
    let lead = memory.as_ptr().addr().wrapping_neg() % SHORT;
    let page: Cell<Option<Page>> = Cell::new(Some(&mut memory[lead..lead + SHORT]));
    let queue: RefCell<QueueOf<VfioDevice, 1, Once>> = RefCell::new(disk.queue(device, None)?);
    let clock = RefCell::new(device.signal(0)?);
    let each = || -> Answer<u32> {
        let mut queue = queue.borrow_mut();
        for number in 0..ONE_BY_ONE {
            let memory = page.take().ok_or("the page")?;
            let mapped = Mapped::from_device(device.memory(), memory, AddressMask::ALL);
            let mapped = mapped.map_err(|refused| refused.error)?;
            let ticket = queue.read(mapped, u64::from(number) * 8)?;
            queue.kick();
            let mapped = queue.spin(ticket, &mut *clock.borrow_mut(), LIMIT)?;
            page.set(Some(mapped.into_inner()?));
        }
        Ok(ONE_BY_ONE)
    };
    let times = compare(
        ["a buffer that stays", "memory mapped for each"],
        [&|| pooled.borrow_mut().polled(ONE_BY_ONE), &each],
    )?;
    Table { operation: "4 KiB read into", times: times.to_vec() }.print();
    Ok(disk.close(queue.into_inner(), |_| {}).map_err(|refused| refused.error)?)
}
