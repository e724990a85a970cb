//! The board as a rig of the conformance suite.

use core::marker::PhantomData;

use backend_bare::{Addresses, BareDevice, BareMemory, BareRegion, Coherent, LINE};
use channels::pl081::{Pl081, Pl081Channel, Pl081Part, Pl081Single};
use conformance::rig::{
    Attempt, BufferOf, Faults, Memory, Neighbours, Pace, Provocation, Provoke, Setup, Watch, Way,
};
use conformance::{Exception, Reason};
use dma_core::{
    AddressMask, Allocate, Backend, Channel, DeviceAddress, DeviceWindow, Directions, Error,
    ErrorKind, Identity, Limits, Mmio, Operation, Timeout,
};
use firmware::ByInterrupt;

use crate::board::{DMA, Mps2, RESETS, controller};
use crate::memory::{CALLERS, SRAM};
use crate::protection::Refusals;

/// Memory of the pool, without caches between.
pub(crate) type Region = BareRegion<Coherent>;
/// The DMA controller.
pub(crate) type Device = BareDevice<Mmio, Mps2>;
/// A channel with a list.
pub(crate) type List = Pl081Channel<Mmio, Region>;

/// Items of a ring.
const DEPTH: usize = 6;

/// As the reference manual has it, with a target of 16 KiB.
const LIMITS: Limits = Limits {
    mask: AddressMask::bits(32),
    max_segment: 4092,
    alignment: 1,
    boundary: 0,
    device_window: DeviceWindow { start: DeviceAddress::new(0), length: 16 * 1024 },
    directions: Directions::BOTH,
    depth: DEPTH,
};

/// Which channel of the controller the suite runs on.
pub(crate) trait Kind: 'static {
    /// The channel.
    type Channel: Channel;
    /// Name of the rig.
    const NAME: &'static str;
    /// Segments at a time.
    const DEPTH: usize;

    /// Makes one of a part of the controller.
    fn open(part: Pl081Part<Mmio>, memory: &BareMemory) -> Result<Self::Channel, Error>;
}

/// With a linked list.
pub(crate) struct Linked;
/// From registers alone.
pub(crate) struct Single;
/// With a linked list, serviced by interrupts alone.
pub(crate) struct ByInterrupts;

/// Makes a channel with a ring of `depth` items and a target.
pub(crate) fn list(
    part: Pl081Part<Mmio>,
    memory: &BareMemory,
    depth: usize,
) -> Result<List, Error> {
    let ring = memory.allocate(List::ring_request(depth))?;
    let target = memory.allocate(List::target_request(target_length()))?;
    part.open(ring, target).map_err(|refused| refused.error)
}

/// Bytes of the memory that plays the card's.
fn target_length() -> usize {
    usize::try_from(LIMITS.device_window.length).unwrap_or(0)
}

impl Kind for Linked {
    type Channel = List;
    const NAME: &'static str = "mps2-an505/pl081, linked list";
    const DEPTH: usize = DEPTH;

    fn open(part: Pl081Part<Mmio>, memory: &BareMemory) -> Result<List, Error> {
        list(part, memory, DEPTH)
    }
}

impl Kind for Single {
    type Channel = Pl081Single<Mmio, Region>;
    const NAME: &'static str = "mps2-an505/pl081, registers alone";
    const DEPTH: usize = 1;

    fn open(part: Pl081Part<Mmio>, memory: &BareMemory) -> Result<Self::Channel, Error> {
        let target = memory.allocate(List::target_request(target_length()))?;
        part.open_single(target).map_err(|refused| refused.error)
    }
}

impl Kind for ByInterrupts {
    type Channel = ByInterrupt<List>;
    const NAME: &'static str = "mps2-an505/pl081, by interrupts";
    const DEPTH: usize = DEPTH;

    fn open(part: Pl081Part<Mmio>, memory: &BareMemory) -> Result<Self::Channel, Error> {
        let [counter] = &DMA;
        Ok(ByInterrupt::new(list(part, memory, DEPTH)?, counter))
    }
}

/// Opens the DMA controller.
pub(crate) fn open(board: Mps2) -> Result<Device, Error> {
    let missing = Error::new(ErrorKind::Unsupported, Operation::Open, 0);
    let registers = [controller().ok_or(missing)?];
    let identity = Identity::Amba { designer: 0x41, part: 0x081 };
    // SAFETY: the controller is a secure master, which has RAM where the processor has it; there
    // is no cache.
    let memory = unsafe { BareMemory::new(&SRAM, Addresses::Identity, Coherent) };
    // SAFETY: all of it is of this controller, which one rig or test uses at a time.
    unsafe { BareDevice::new(identity, registers, memory, &DMA, &RESETS, board) }
}

/// The rig.
pub(crate) struct Mps2Rig<K> {
    board: Mps2,
    refusals: Refusals,
    kind: PhantomData<K>,
}

impl<K: Kind> Mps2Rig<K> {
    /// Runs the suite, tells, and says whether the rig conforms.
    pub(crate) fn conforms(board: Mps2) -> bool {
        let mut rig = Self { board, refusals: Refusals::from_now_on(), kind: PhantomData };
        firmware::report::conforms(K::NAME, &mut rig, &EXCEPTIONS, |_| true)
    }
}

/// What this board has not.
const EXCEPTIONS: [Exception; 36] = [
    ("device_masters_the_bus_only_when_allowed", NO_SWITCH),
    ("two_pieces", CONTIGUOUS),
    ("two_hundred_and_fifty_six_pieces", CONTIGUOUS),
    ("part_of_scattered_memory", CONTIGUOUS),
    ("batch_costs_one_doorbell", "doorbells cannot be counted"),
    ("no_interrupt_is_lost_at_any_latency", OBEDIENT),
    ("no_task_is_left_asleep_at_any_latency", OBEDIENT),
    ("batches_wake_at_any_latency", OBEDIENT),
    ("lost_interrupt_is_made_up_for_by_looking", OBEDIENT),
    ("lost_interrupt_costs_time_and_no_data", OBEDIENT),
    ("interrupt_counter_wraps", OBEDIENT),
    ("misaligned_job_is_refused", "the channel takes any alignment"),
    ("memory_beyond_the_mask_is_refused", "all memory lies within the device's reach"),
    (
        "memory_that_is_not_whole_pages_is_refused",
        "nothing is exposed: memory is neither mapped in pages nor cached",
    ),
    ("devices_of_one_domain_share_buffers", "there is one device only in this address space"),
    ("buffer_of_another_domain_is_refused", ALONE),
    ("pool_refuses_buffers_of_another_domain", ALONE),
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
    ("address_above_the_mask_reaches_nothing", UNTRANSLATED),
    ("failing_unmap_keeps_a_buffers_memory", OBEDIENT),
    ("failing_unmap_leaks_the_callers_memory", "owners of the caller's memory cannot be counted"),
    ("stalled_job_ends_at_its_limit", OBEDIENT),
    ("stalled_job_ends_a_task_at_its_limit", OBEDIENT),
    ("hanging_device_keeps_buffers_until_it_is_reset", OBEDIENT),
    ("error_of_the_device_is_reported", OBEDIENT),
    ("reset_is_noticed_by_every_engine", NO_RESET),
    ("reset_midway_gives_buffers_back", NO_RESET),
    ("proof_of_an_older_reset_is_refused", NO_RESET),
    ("dropped_engine_of_a_hanging_device_frees_nothing", OBEDIENT),
    ("removed_card_ends_a_wait_and_keeps_its_memory", OBEDIENT),
    ("removed_card_ends_a_task", OBEDIENT),
    ("removed_card_ends_polling_at_once", OBEDIENT),
];

const OBEDIENT: Reason = "a real controller does as it is told";
const CONTIGUOUS: Reason = "the lender gives only contiguous memory";
const UNTRANSLATED: Reason = "nothing translates: a wrong address would corrupt memory";
const NO_RESET: Reason = "the device cannot be reset";
const NO_SWITCH: Reason = "the device has no switch for bus mastering";
const ALONE: Reason = "there is no device in another address space";

impl<K: Kind> Setup for Mps2Rig<K> {
    type Device = Device;
    type Channel = K::Channel;

    fn open(&mut self) -> Result<Device, Error> {
        open(self.board)
    }

    fn channels(&mut self, device: &Device) -> Result<[Option<K::Channel>; 2], Error> {
        // SAFETY: the suite opens the controller of its device once at a time.
        let controller =
            unsafe { Pl081::new(device.region(0)?) }.map_err(|refused| refused.error)?;
        let (first, second) = controller.split();
        Ok([Some(K::open(first, device.memory())?), Some(K::open(second, device.memory())?)])
    }

    fn identity(&self) -> Identity {
        Identity::Amba { designer: 0x41, part: 0x081 }
    }

    fn expected_limits(&self) -> Limits {
        Limits { depth: K::DEPTH, ..LIMITS }
    }

    fn target(&self) -> DeviceWindow {
        LIMITS.device_window
    }

    fn pace(&self) -> Pace {
        Pace::FAST.longest(48 * 1024).patience(Timeout::millis(20))
    }
}

impl<K: Kind> Provoke for Mps2Rig<K> {
    fn provoke(&mut self, _: &Device, what: Provocation) -> Result<(), Reason> {
        match what {
            Provocation::SpuriousInterrupts(count) => {
                for _ in 0..count {
                    Mps2::interrupt_without_cause();
                }
                Ok(())
            }
            _ => Err(OBEDIENT),
        }
    }
}

impl<K: Kind> Watch for Mps2Rig<K> {
    fn faults(&mut self) -> Result<Faults, Reason> {
        let (count, address) = self.refusals.count();
        let iova = (count > 0).then_some(u64::from(address));
        Ok(Faults { count, iova, ..Faults::default() })
    }

    fn mappings(&self) -> Result<usize, Reason> {
        Ok(self.lent()? / LINE + SRAM.mapped())
    }

    fn lent(&self) -> Result<usize, Reason> {
        Ok(SRAM.capacity() - SRAM.available())
    }
}

impl<K: Kind> Memory for Mps2Rig<K> {
    type Caller = &'static mut [u8];

    fn scattered(
        &mut self,
        device: &Device,
        length: usize,
        pieces: usize,
    ) -> Result<BufferOf<Self>, Reason> {
        if pieces > 1 {
            return Err(CONTIGUOUS);
        }
        device.memory().allocate(LIMITS.request(length)).map_err(|_| "the pool is exhausted")
    }

    fn caller(&mut self, length: usize, whole: bool) -> Result<&'static mut [u8], Reason> {
        CALLERS.take(length, whole).ok_or("the program's own memory is used up")
    }

    fn map(
        &mut self,
        device: &Device,
        owner: &'static mut [u8],
        mask: AddressMask,
        way: Way,
    ) -> Attempt<&'static mut [u8], Region> {
        Ok(way.map(device.memory(), owner, mask))
    }
}

impl<K: Kind> Neighbours for Mps2Rig<K> {}
