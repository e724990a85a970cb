//! The static pool: what it lends, what it refuses, and that everything comes back.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Mutex;

use backend_bare::{Addresses, BareMemory, Caches, Coherent, LINE, MAPPINGS, StaticPool, lines};
use core::ptr::NonNull;
use dma_core::{
    AddressMask, Allocate, Buffer, Direction, Directions, DmaBuffer, DomainId, ErrorKind, Map,
    Mapped, Request, Shared, To,
};

/// Lends from a pool of its own, so that tests do not share.
macro_rules! memory {
    ($bytes:expr) => {
        memory!($bytes, Addresses::Identity, Coherent)
    };
    ($bytes:expr, $addresses:expr, $caches:expr) => {{
        static POOL: StaticPool<{ lines($bytes) }> = StaticPool::new();
        // SAFETY: no device runs in these tests.
        let memory = unsafe { BareMemory::new(&POOL, $addresses, $caches) };
        (&POOL, memory)
    }};
}

fn kind<T: core::fmt::Debug>(result: Result<T, dma_core::Error>) -> ErrorKind {
    result.unwrap_err().kind()
}

// The device address is the CPU address, and the memory is zero, also the second time.
#[test]
fn lends_zeroed_memory_at_its_own_address() {
    let (_, memory) = memory!(256);
    for _ in 0..2 {
        let mut buffer = memory.allocate(Request::bytes(200)).unwrap();
        assert!(buffer.bytes().iter().all(|byte| *byte == 0));
        assert_eq!(buffer.domain(), DomainId::PHYSICAL);
        let (iova, length) = buffer.run(0, usize::MAX);
        assert_eq!(iova.get(), buffer.bytes().as_ptr().addr() as u64);
        assert_eq!(length, 200);
        assert_eq!(buffer.run(150, usize::MAX).1, 50);
        assert_eq!(buffer.run(200, usize::MAX).1, 0);
        assert_eq!(buffer.run(usize::MAX, usize::MAX).1, 0);
        buffer.bytes_mut().fill(0xa5);
    }
}

// A bus that sees memory elsewhere gets the moved number, in both senses.
#[test]
fn an_offset_moves_the_device_address_only() {
    for distance in [0x1000_0000, -0x1_0000] {
        let (_, memory) = memory!(256, Addresses::Offset(distance), Coherent);
        let buffer = memory.allocate(Request::bytes(8)).unwrap();
        let cpu = buffer.bytes().as_ptr().addr() as u64;
        let device = buffer.run(0, 8).0.get();
        assert_eq!(device, cpu.wrapping_add_signed(distance));
    }
}

// The last piece of a split, and no earlier one, gives the memory back; and it can be lent again.
#[test]
fn memory_comes_back_with_the_last_piece() {
    let (pool, memory) = memory!(1024);
    for _ in 0..100 {
        let buffer = memory.allocate(Request::bytes(1024)).unwrap();
        assert_eq!(pool.available(), 0);
        let (first, second) = buffer.split_at(300).unwrap();
        drop(first);
        assert_eq!(pool.available(), 0);
        assert_eq!(kind(memory.allocate(Request::bytes(1))), ErrorKind::NoMemory);
        second.unmap().unwrap();
        assert_eq!(pool.available(), 1024);
    }
}

// While another piece lives, `unmap` says so; the memory comes back with that piece.
#[test]
fn unmap_of_shared_memory_is_refused() {
    let (pool, memory) = memory!(128);
    let buffer = memory.allocate(Request::bytes(128)).unwrap();
    let (first, second) = buffer.split_at(64).unwrap();
    assert_eq!(kind(first.unmap()), ErrorKind::Shared);
    assert_eq!(pool.available(), 0);
    second.unmap().unwrap();
    assert_eq!(pool.available(), 128);
}

// Pieces that are forgotten stay lent: a device may still write there.
#[test]
fn forgotten_memory_is_never_lent_again() {
    let (pool, memory) = memory!(128);
    core::mem::forget(memory.allocate(Request::bytes(64)).unwrap());
    let other = memory.allocate(Request::bytes(64)).unwrap();
    assert_eq!(pool.available(), 0);
    drop(other);
    assert_eq!(pool.available(), 64);
}

// Buffers never overlap and never share a line, whatever order they come and go in.
#[test]
fn buffers_are_apart() {
    let (pool, memory) = memory!(4096);
    let mut live: Vec<Buffer<_>> = Vec::new();
    let mut seed = 7_u32;
    for _ in 0..400 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (length, place) = ((seed >> 8) as usize % 700 + 1, (seed >> 20) as usize);
        if seed % 4 == 1 && !live.is_empty() {
            let _ = live.swap_remove(place % live.len());
        } else if let Ok(buffer) = memory.allocate(Request::bytes(length)) {
            live.push(buffer);
        }
        let mut spans: Vec<(usize, usize)> = live
            .iter()
            .map(|buffer| {
                let start = buffer.bytes().as_ptr().addr();
                (start / LINE, (start + buffer.len() - 1) / LINE)
            })
            .collect();
        spans.sort_unstable();
        assert!(spans.windows(2).all(|pair| pair[0].1 < pair[1].0));
        let taken: usize = spans.iter().map(|(first, last)| last - first + 1).sum();
        assert_eq!(pool.available(), 4096 - taken * LINE);
    }
    drop(live);
    assert_eq!(pool.available(), 4096);
}

// Alignment holds for CPU and device; what cannot be aligned is refused, and costs nothing.
#[test]
fn alignment_is_kept_or_refused() {
    let (pool, memory) = memory!(2048);
    for alignment in [1, 4, 64, 256, 1024] {
        let buffer = memory.allocate(Request::bytes(10).aligned(alignment)).unwrap();
        assert_eq!(buffer.bytes().as_ptr().addr() % alignment, 0);
    }
    for alignment in [0, 3, 1 << 40] {
        let request = Request::bytes(10).aligned(alignment);
        assert_eq!(kind(memory.allocate(request)), ErrorKind::Misaligned);
    }
    let (_, odd) = memory!(64, Addresses::Offset(0x20), Coherent);
    assert!(odd.allocate(Request::bytes(8).aligned(32)).is_ok());
    let request = Request::bytes(8).aligned(64);
    assert_eq!(kind(odd.allocate(request)), ErrorKind::Misaligned);
    assert_eq!(pool.available(), 2048);
}

// A mask is honoured by the device address, not by the CPU's.
#[test]
fn what_the_device_cannot_reach_is_refused() {
    let (pool, memory) = memory!(256);
    let request = Request::bytes(64).within(AddressMask::bits(8));
    assert_eq!(kind(memory.allocate(request)), ErrorKind::OutOfReach);

    let base = pool.memory().cast::<u8>().as_ptr().addr();
    let down = Addresses::Offset(-i64::try_from(base).unwrap());
    // SAFETY: no device runs in this test.
    let low = unsafe { BareMemory::new(pool, down, Coherent) };
    let buffer = low.allocate(request).unwrap();
    assert_eq!(buffer.run(0, 1).0.get(), 0);
    let second = low.allocate(Request::bytes(129).within(AddressMask::bits(7)));
    assert_eq!(kind(second), ErrorKind::OutOfReach);
    let second = low.allocate(Request::bytes(128).within(AddressMask::bits(7)));
    assert_eq!(kind(second), ErrorKind::NoMemory, "half of it is taken");
    let third = low.allocate(Request::bytes(64).within(AddressMask::bits(7)));
    assert_eq!(third.unwrap().run(0, 1).0.get(), 64);
}

// Devices that see memory elsewhere have a domain of their own, and buffers of one view are not
// taken for those of another.
#[test]
fn another_view_is_another_domain() {
    let (pool, memory) = memory!(256);
    let domain = DomainId::unique();
    // SAFETY: no device runs in this test.
    let elsewhere = unsafe { BareMemory::new(pool, Addresses::Offset(0x1000), Coherent) };
    // SAFETY: as above.
    let elsewhere = unsafe { elsewhere.in_domain(domain) };
    let (here, there) = (Request::bytes(64), Request::bytes(64));
    let (here, there) = (memory.allocate(here).unwrap(), elsewhere.allocate(there).unwrap());
    assert_eq!((here.domain(), there.domain()), (DomainId::PHYSICAL, domain));
    let halves = there.split_at(32).unwrap();
    assert_eq!([halves.0.domain(), halves.1.domain()], [domain; 2]);
}

// Nothing, and more than there is, get their own words.
#[test]
fn absurd_lengths_are_refused() {
    let (_, memory) = memory!(256);
    assert_eq!(kind(memory.allocate(Request::bytes(0))), ErrorKind::Empty);
    for length in [257, usize::MAX / 2, usize::MAX] {
        assert_eq!(kind(memory.allocate(Request::bytes(length))), ErrorKind::NoMemory);
    }
}

// The caller's memory is mapped where it is, and its mapping is counted.
#[test]
fn maps_what_the_caller_has() {
    let (pool, memory) = memory!(64);
    let frame = vec![7_u8; 100];
    let cpu = frame.as_ptr().addr() as u64;
    let mapped = Mapped::from_device(&memory, frame, AddressMask::ALL).unwrap();
    assert_eq!(mapped.run(1, 50).0.get(), cpu + 1);
    assert_eq!(mapped.permits(), Directions::FROM_DEVICE);
    assert_eq!(pool.mapped(), 1);
    let frame = mapped.into_inner().unwrap();
    assert_eq!(frame, [7; 100]);
    assert_eq!(pool.mapped(), 0);
}

// The table of mappings can run full, which is an error and not a wrong count.
#[test]
fn too_many_mappings_are_refused() {
    let (pool, memory) = memory!(64);
    let bytes = || -> &'static [u8] { &[1; 16] };
    let all: Vec<_> = (0..MAPPINGS)
        .map(|_| Mapped::to_device(&memory, bytes(), AddressMask::ALL).unwrap())
        .collect();
    let refused = Mapped::to_device(&memory, bytes(), AddressMask::ALL).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::NoMemory);
    assert_eq!(refused.buffer.len(), 16);
    drop(all);
    assert_eq!(pool.mapped(), 0);
    let low = Mapped::to_device(&memory, bytes(), AddressMask::bits(8)).unwrap_err();
    assert_eq!(low.error.kind(), ErrorKind::OutOfReach);
}

static ASKED: Mutex<Vec<(&str, usize, usize)>> = Mutex::new(Vec::new());

/// A cache that only writes down what it is asked.
#[derive(Clone, Copy)]
struct Recorded;

impl Caches for Recorded {
    const COHERENT: bool = false;

    fn line(&self) -> usize {
        128
    }

    unsafe fn clean(&self, range: NonNull<[u8]>) {
        let start = range.cast::<u8>().as_ptr().addr();
        ASKED.lock().unwrap().push(("clean", start, range.len()));
    }

    unsafe fn clean_and_forget(&self, range: NonNull<[u8]>) {
        let start = range.cast::<u8>().as_ptr().addr();
        ASKED.lock().unwrap().push(("forget", start, range.len()));
    }
}

// Each sync becomes the one operation that its direction needs, on exactly the range.
#[test]
fn sync_maintains_the_cache() {
    let (pool, memory) = memory!(512, Addresses::Identity, Recorded);
    assert_eq!(memory.limits().cache_line, 128);
    let mut buffer = memory.allocate(Request::bytes(130)).unwrap();
    let start = buffer.bytes().as_ptr().addr();
    assert_eq!(start % 128, 0);
    assert_eq!(pool.available(), 512 - 256, "whole cache lines");

    buffer.sync(0..130, To::Device, Direction::ToDevice);
    buffer.sync(10..20, To::Device, Direction::FromDevice);
    buffer.sync(0..130, To::Cpu, Direction::ToDevice);
    buffer.sync(100..900, To::Cpu, Direction::FromDevice);
    buffer.sync(5..5, To::Cpu, Direction::FromDevice);
    let expected = [("clean", start, 130), ("forget", start + 10, 10), ("forget", start + 100, 30)];
    assert_eq!(*ASKED.lock().unwrap(), expected);

    // Only whole lines may be written by a device.
    let part = NonNull::from(&mut [0_u8; 100][..]);
    // SAFETY: refused, so nothing is mapped.
    let refused = unsafe { memory.map(part, Directions::FROM_DEVICE, AddressMask::ALL) };
    assert_eq!(kind(refused), ErrorKind::NotWholePages);
}

// A ring of words lives in a pool as on any other road.
#[test]
fn rings_live_in_the_pool() {
    let (pool, memory) = memory!(128);
    let buffer = memory.allocate(Request::bytes(64).aligned(16).contiguous()).unwrap();
    let ring = Shared::new(buffer).unwrap();
    ring.publish(0..64);
    assert_eq!(ring.iova(64), None);
    drop(ring.into_buffer());
    assert_eq!(pool.available(), 128);
}

// Allocation and release from many threads hand out each line once.
#[test]
fn threads_do_not_share_lines() {
    let (pool, memory) = memory!(1024);
    let rounds = if cfg!(miri) { 30 } else { 2_000 };
    std::thread::scope(|scope| {
        for mark in 1..=4_u8 {
            scope.spawn(move || {
                for round in 0..rounds {
                    let Ok(mut buffer) = memory.allocate(Request::bytes(100 + round % 100)) else {
                        continue;
                    };
                    assert!(buffer.bytes().iter().all(|byte| *byte == 0));
                    buffer.bytes_mut().fill(mark);
                    let (first, second) = buffer.split_at(50).unwrap();
                    let other = std::thread::spawn(move || drop(first));
                    assert!(second.bytes().iter().all(|byte| *byte == mark));
                    drop(second);
                    if round % 50 == 0 {
                        other.join().unwrap();
                    }
                }
            });
        }
    });
    // The threads that drop a half are not all joined: give them a moment.
    while pool.available() < pool.capacity() {
        std::thread::yield_now();
    }
}
