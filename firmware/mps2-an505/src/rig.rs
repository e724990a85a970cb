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
use firmware::exceptions::{self, CONTIGUOUS, OBEDIENT};

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
const EXCEPTIONS: [Exception; 36] = exceptions::with([
    ("device_masters_the_bus_only_when_allowed", NO_SWITCH),
    (
        "memory_that_is_not_whole_pages_is_refused",
        "nothing is exposed: memory is neither mapped in pages nor cached",
    ),
]);

const NO_SWITCH: Reason = "the device has no switch for bus mastering";

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
