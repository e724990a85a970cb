//! A rig as on a microcontroller: static memory and PL081's registers.
//!
//! Everything but the registers is what runs on the chip: the static pool is registered with the
//! simulated machine as RAM, at an address of 32 bits.

use std::cell::UnsafeCell;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};

use backend_bare::{
    Addresses, BareDevice, BareMemory, BareRegion, Coherent, InterruptCounter, LINE, Resets,
    StaticPool, lines,
};
use backend_mock::{ForeignMemory, Injection, Machine, MockSpace, Pl081Card, SlotNumber, Trigger};
use channels::pl081::Pl081Channel;
use conformance::Reason;
use conformance::rig::{
    Attempt, BufferOf, Faults, Memory, Neighbours, Pace, Provocation, Provoke, Setup, Watch, Way,
};
use dma_core::{AddressMask, Allocate, Backend, DeviceWindow, Error, Identity, Limits, Timeout};

use super::chip::Chip;
use super::mock::Kind;
use super::pl081::{self, Primecell};

/// Items of a ring.
const DEPTH: usize = 6;
/// Bytes of the pool: the longest buffers, targets and rings of a case, and what the cases about
/// leaks leave behind.
const POOL: usize = 1 << 20;
/// Bytes that are the caller's own.
const CALLERS: usize = 256 * 1024;
/// Where the device sees all of it.
const PHYSICAL: u64 = 0x2000_0000;

const PAGE: usize = 4096;

#[repr(C, align(4096))]
struct Page([u8; PAGE]);

/// The chip's memory.
///
/// Aligned as the coarsest that a case asks for: with less, it would depend on where the test was
/// loaded whether an alignment can be had for the CPU and for the device at once.
#[repr(C, align(65536))]
pub(crate) struct Sram {
    pool: StaticPool<{ lines(POOL) }>,
    callers: UnsafeCell<[Page; CALLERS / PAGE]>,
    taken: AtomicUsize,
}

// SAFETY: the caller's bytes are handed out once each, by `take`.
unsafe impl Sync for Sram {}

impl Sram {
    #[expect(clippy::large_stack_arrays, reason = "made at compile time, for a static")]
    pub(crate) const fn new() -> Self {
        Self {
            pool: StaticPool::new(),
            callers: UnsafeCell::new([const { Page([0; PAGE]) }; CALLERS / PAGE]),
            taken: AtomicUsize::new(0),
        }
    }

    /// The caller's bytes from a multiple of 4096, and 13 further on if not `whole`.
    #[expect(clippy::mut_from_ref, reason = "each byte is handed out once")]
    fn take(&'static self, length: usize, whole: bool) -> &'static mut [u8] {
        let pages = (length + 13).next_multiple_of(PAGE);
        let start = self.taken.fetch_add(pages, Ordering::Relaxed) + if whole { 0 } else { 13 };
        assert!(start + length <= CALLERS, "the chip has more memory");
        // SAFETY: inside the array, as just seen.
        let first = unsafe { self.callers.get().cast::<u8>().add(start) };
        // SAFETY: these bytes were not handed out before, and never will be again.
        unsafe { std::slice::from_raw_parts_mut(first, length) }
    }
}

/// The rig. The memory is as static as on a chip: what a case leaks stays leaked.
pub(crate) struct BareRig {
    sram: &'static Sram,
    machine: Machine,
    _memory: [ForeignMemory; 2],
    slot: SlotNumber,
    interrupts: &'static [InterruptCounter],
    resets: &'static Resets,
    trigger: Trigger,
}

impl BareRig {
    pub(crate) fn new(sram: &'static Sram, trigger: Trigger) -> Self {
        // SAFETY: no other machine or hardware is in the physical address space of this test:
        // each test has its own memory, and no buffer leaves its rig.
        let machine = unsafe { Machine::builder().in_physical_domain() }.trigger(trigger).build();
        let callers = NonNull::new(sram.callers.get()).unwrap();
        let callers = NonNull::slice_from_raw_parts(callers.cast(), CALLERS);
        let memory = [sram.pool.memory(), callers].map(|memory| {
            let physical =
                Self::offset(sram) + (memory.cast::<u8>().addr().get() as u64).cast_signed();
            // SAFETY: static memory, which the pool and the rig hand out for the device to use.
            unsafe { machine.add_memory(physical.cast_unsigned(), memory) }.unwrap()
        });
        Self {
            sram,
            slot: machine.install(Primecell::card()),
            machine,
            _memory: memory,
            interrupts: Box::leak(Box::new([InterruptCounter::starting_at(u32::MAX - 1)])),
            resets: Box::leak(Box::new(Resets::new())),
            trigger,
        }
    }

    /// From CPU addresses to the device's.
    fn offset(sram: &'static Sram) -> i64 {
        PHYSICAL.cast_signed() - (std::ptr::from_ref(sram).addr() as u64).cast_signed()
    }
}

impl Setup for BareRig {
    type Device = BareDevice<MockSpace, Chip>;
    type Channel = Pl081Channel<MockSpace, BareRegion<Coherent>>;

    fn begin(&mut self) {
        *self = Self::new(self.sram, self.trigger);
    }

    fn open(&mut self) -> Result<Self::Device, Error> {
        let device = self.machine.open(self.slot)?;
        let identity = device.identity();
        let registers = [device.region(0)?];
        let chip = Chip::around(device, &self.interrupts[0])?;
        let addresses = Addresses::Offset(Self::offset(self.sram));
        // SAFETY: the machine has the pool and the caller's memory at that offset, untranslated,
        // and its caches are coherent.
        let memory = unsafe { BareMemory::new(&self.sram.pool, addresses, Coherent) };
        // SAFETY: registers, interrupt and chip are this card's alone.
        unsafe { BareDevice::new(identity, registers, memory, self.interrupts, self.resets, chip) }
    }

    fn channels(&mut self, device: &Self::Device) -> Result<[Option<Self::Channel>; 2], Error> {
        pl081::both(device.region(0)?, device.memory(), DEPTH)
    }

    fn identity(&self) -> Identity {
        Primecell::identity()
    }

    fn expected_limits(&self) -> Limits {
        Limits { depth: DEPTH, ..pl081::LIMITS }
    }

    fn target(&self) -> DeviceWindow {
        pl081::LIMITS.device_window
    }

    fn pace(&self) -> Pace {
        Pace::FAST.longest(48 * 1024).patience(Timeout::millis(20))
    }
}

impl Provoke for BareRig {
    fn provoke(&mut self, device: &Self::Device, what: Provocation) -> Result<(), Reason> {
        let card = device.board().device();
        match what {
            Provocation::Wedge => card.inject(Injection::Stuck { survives_reset: false }),
            Provocation::Stall(on) => Primecell::stall(card, on),
            Provocation::Remove => card.inject(Injection::Removal),
            Provocation::FailUnmap(_) => return Err(NEVER_FAILS),
            Provocation::LoseInterrupts(count) => card.inject(Injection::LoseInterrupts(count)),
            Provocation::SpuriousInterrupts(count) => {
                for _ in 0..count {
                    card.inject(Injection::SpuriousInterrupt { vector: 0 });
                    device.board().handle();
                }
            }
            // The counter was made so.
            Provocation::WrapInterrupts => {}
            Provocation::Latency(nanoseconds) => {
                card.with_card(|card: &mut Pl081Card| {
                    Primecell::set_latency(card, Some(nanoseconds));
                });
            }
            Provocation::DeviceError => card.inject(Injection::FailAccesses(1)),
            Provocation::Time(nanoseconds) => card.machine().advance(nanoseconds),
            _ => return Err("the chip does not know this provocation"),
        }
        Ok(())
    }
}

/// A pool takes memory back, whatever happens.
pub(crate) const NEVER_FAILS: Reason = "giving memory back to a pool cannot fail";

impl Watch for BareRig {
    fn faults(&mut self) -> Result<Faults, Reason> {
        let count = u32::try_from(self.machine.take_faults().len()).unwrap();
        Ok(Faults { count, ..Faults::default() })
    }

    fn mappings(&self) -> Result<usize, Reason> {
        Ok(self.lent()? / LINE + self.sram.pool.mapped())
    }

    fn lent(&self) -> Result<usize, Reason> {
        Ok(self.sram.pool.capacity() - self.sram.pool.available())
    }

    fn doorbells(&self, device: &Self::Device) -> Result<u64, Reason> {
        Ok(Primecell::doorbells(device.board().device()))
    }

    fn forbids_mastering(&self) -> Result<(), Reason> {
        Ok(())
    }
}

/// A pool lends contiguous memory.
pub(crate) const CONTIGUOUS: Reason = "the lender gives only contiguous memory";

impl Memory for BareRig {
    type Caller = &'static mut [u8];

    fn scattered(
        &mut self,
        device: &Self::Device,
        length: usize,
        pieces: usize,
    ) -> Result<BufferOf<Self>, Reason> {
        if pieces == 1 {
            Ok(device.memory().allocate(pl081::LIMITS.request(length)).unwrap())
        } else {
            Err(CONTIGUOUS)
        }
    }

    fn caller(&mut self, length: usize, whole: bool) -> Result<&'static mut [u8], Reason> {
        Ok(self.sram.take(length, whole))
    }

    fn map(
        &mut self,
        device: &Self::Device,
        owner: &'static mut [u8],
        mask: AddressMask,
        way: Way,
    ) -> Attempt<&'static mut [u8], BareRegion<Coherent>> {
        Ok(way.map(device.memory(), owner, mask))
    }
}

impl Neighbours for BareRig {}
