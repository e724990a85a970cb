//! The machine's card as a rig of the conformance suite.

use backend_bare::{Addresses, BareDevice, BareMemory, BareRegion, LINE, StaticPool, lines};
use channels::edu::EduChannel;
use conformance::rig::{
    Attempt, BufferOf, Memory, Neighbours, Pace, Provocation, Provoke, Setup, Watch, Way,
};
use conformance::{Exception, Reason};
use dma_core::{
    AddressMask, Allocate, Backend, DeviceAddress, DeviceWindow, Directions, Error, ErrorKind,
    Identity, Limits, Mmio, Operation, Timeout,
};
use firmware::Callers;
use firmware::exceptions::{self, CONTIGUOUS, OBEDIENT};

use crate::board::{Board, EDU, RESETS};
use crate::caches::Counted;
use crate::pci::{DEVICE, VENDOR};

/// Bytes of the pool.
const POOL: usize = 1 << 20;

/// What the card is lent, and what is mapped for it.
pub(crate) static RAM: StaticPool<{ lines(POOL) }> = StaticPool::new();
static CALLERS: Callers<64> = Callers::new();

/// The card.
pub(crate) type Device = BareDevice<Mmio, Board, Counted>;

/// As QEMU's documentation of the card has it, started with a mask of 32 bits.
const LIMITS: Limits = Limits {
    mask: AddressMask::bits(32),
    max_segment: 4096,
    alignment: 1,
    boundary: 0,
    device_window: DeviceWindow { start: DeviceAddress::new(0x4_0000), length: 4096 },
    directions: Directions::BOTH,
    depth: 1,
};

const IDENTITY: Identity = Identity::Pci { vendor: VENDOR, device: DEVICE };

/// Opens the card.
pub(crate) fn open(board: Board) -> Result<Device, Error> {
    let missing = Error::new(ErrorKind::Unsupported, Operation::Open, 0);
    let registers = [board.card.registers().ok_or(missing)?];
    // SAFETY: the card sees RAM where the processor does, without an IOMMU; the caches are the
    // processor's.
    let memory = unsafe { BareMemory::new(&RAM, Addresses::Identity, Counted::new()) };
    // SAFETY: all of it is of this card, which one rig or test uses at a time.
    unsafe { BareDevice::new(IDENTITY, registers, memory, &EDU, &RESETS, board) }
}

/// The only channel of the card.
pub(crate) fn channel(device: &Device) -> Result<EduChannel<Mmio>, Error> {
    // SAFETY: the suite and the tests open the card once at a time.
    let channel = unsafe { EduChannel::new(device.region(0)?) };
    Ok(channel.map_err(|refused| refused.error)?.with_mask(LIMITS.mask))
}

/// The rig.
pub(crate) struct EduRig {
    board: Board,
}

impl EduRig {
    /// Runs the suite, tells, and says whether the rig conforms.
    pub(crate) fn conforms(board: Board) -> bool {
        let name = "virt/edu, caches by address";
        firmware::report::conforms(name, &mut Self { board }, &EXCEPTIONS, |_| true)
    }
}

/// What this machine has not.
const EXCEPTIONS: [Exception; 37] = exceptions::with([
    ("spurious_interrupts_do_no_harm", OBEDIENT),
    ("two_engines_share_one_vector", ONE_CHANNEL),
    ("two_tasks_share_one_vector", ONE_CHANNEL),
]);

const ONE_CHANNEL: Reason = "the device has one channel only";

impl Setup for EduRig {
    type Device = Device;
    type Channel = EduChannel<Mmio>;

    fn open(&mut self) -> Result<Device, Error> {
        open(self.board)
    }

    fn channels(&mut self, device: &Device) -> Result<[Option<Self::Channel>; 2], Error> {
        Ok([Some(channel(device)?), None])
    }

    fn identity(&self) -> Identity {
        IDENTITY
    }

    fn expected_limits(&self) -> Limits {
        LIMITS
    }

    fn target(&self) -> DeviceWindow {
        LIMITS.device_window
    }

    fn pace(&self) -> Pace {
        // 100 ms a transfer.
        Pace::FAST.transfers(40).longest(16 * 1024).patience(Timeout::secs(2))
    }
}

impl Provoke for EduRig {
    fn provoke(&mut self, _: &Device, _: Provocation) -> Result<(), Reason> {
        Err(OBEDIENT)
    }
}

impl Watch for EduRig {
    fn mappings(&self) -> Result<usize, Reason> {
        Ok(self.lent()? / LINE + RAM.mapped())
    }

    fn lent(&self) -> Result<usize, Reason> {
        Ok(RAM.capacity() - RAM.available())
    }

    fn forbids_mastering(&self) -> Result<(), Reason> {
        Ok(())
    }
}

impl Memory for EduRig {
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
    ) -> Attempt<&'static mut [u8], BareRegion<Counted>> {
        Ok(way.map(device.memory(), owner, mask))
    }
}

impl Neighbours for EduRig {}
