//! What the suite must know of the card, and what it can show and provoke.

use backend_mock::{Injection, Machine, MockDevice, MockSpace, SlotNumber};
use conformance::report::Report;
use conformance::rig::{
    BufferOf, Faults, Memory, Neighbours, Pace, Provocation, Provoke, Setup, Unmappable, Watch,
};
use conformance::{Exception, Reason};
use courier::{CourierChannel, registers};
use dma_core::{
    AddressMask, Allocate as _, Backend as _, DeviceAddress, DeviceWindow, Directions, Error,
    Identity, Limits, Request, Timeout,
};

use crate::model::CourierCard;

/// A machine with one Courier in it.
struct Desk {
    machine: Machine,
    slot: Option<SlotNumber>,
}

/// What the data sheet says. It is not taken from the channel: one that promises less would pass
/// by refusing everything.
const LIMITS: Limits = Limits {
    mask: AddressMask::bits(34),
    max_segment: 16 * 1024,
    alignment: 1,
    boundary: 0,
    device_window: DeviceWindow { start: DeviceAddress::new(0), length: 64 * 1024 },
    directions: Directions::BOTH,
    depth: 1,
};

/// What does not apply to this card on this machine, and why. The list is checked both ways.
const EXCEPTIONS: &[Exception] = &[
    ("misaligned_job_is_refused", "the channel takes any alignment"),
    ("two_engines_share_one_vector", "the device has one channel only"),
    ("two_tasks_share_one_vector", "the device has one channel only"),
    ("callers_memory_travels_both_ways", NO_MEMORY),
    ("callers_crooked_memory_is_bounced", NO_MEMORY),
    ("memory_that_is_not_whole_pages_is_refused", NO_MEMORY),
    ("direction_that_is_not_mapped_is_refused", NO_MEMORY),
    ("write_to_memory_mapped_for_reading_faults", NO_MEMORY),
    ("read_of_memory_mapped_for_writing_faults", NO_MEMORY),
    ("failing_unmap_leaks_the_callers_memory", "owners of the caller's memory cannot be counted"),
];

/// The backend's own tests map the caller's memory; to a channel it is like any other.
const NO_MEMORY: Reason = "the road cannot map the caller's memory";

pub(crate) fn conforms() {
    let mut desk = Desk { machine: machine(), slot: None };
    let report = Report::of("mock/courier", &mut desk, EXCEPTIONS);
    println!("{}", report.table());
    assert!(report.totals.conforms(), "{}", report.table());
}

/// Its count of interrupts soon wraps, so that a driver that forgets that is found.
fn machine() -> Machine {
    Machine::builder().interrupts_from(u32::MAX - 1).build()
}

impl Setup for Desk {
    type Device = MockDevice;
    type Channel = CourierChannel<MockSpace>;

    fn begin(&mut self) {
        *self = Self { machine: machine(), slot: None };
    }

    fn open(&mut self) -> Result<MockDevice, Error> {
        let machine = &self.machine;
        machine.open(*self.slot.get_or_insert_with(|| machine.install(CourierCard::new())))
    }

    fn channels(&mut self, device: &MockDevice) -> Result<[Option<Self::Channel>; 2], Error> {
        // SAFETY: the suite makes channels of a device one after the other.
        let channel = unsafe { CourierChannel::new(device.region(0)?) };
        Ok([Some(channel.map_err(|refused| refused.error)?), None])
    }

    fn identity(&self) -> Identity {
        registers::DEVICE.identities[0]
    }

    fn expected_limits(&self) -> Limits {
        LIMITS
    }

    fn target(&self) -> DeviceWindow {
        LIMITS.device_window
    }

    fn pace(&self) -> Pace {
        Pace::FAST.patience(Timeout::millis(200)).longest(192 * 1024)
    }
}

impl Provoke for Desk {
    fn provoke(&mut self, device: &MockDevice, what: Provocation) -> Result<(), Reason> {
        let delay = |nanoseconds| {
            device.with_card(|card: &mut CourierCard| card.delay = nanoseconds);
        };
        match what {
            Provocation::Wedge => device.inject(Injection::Stuck { survives_reset: false }),
            Provocation::Stall(on) => delay(if on { 1 << 60 } else { 5_000 }),
            Provocation::Remove => device.inject(Injection::Removal),
            Provocation::FailUnmap(on) => {
                device.inject(Injection::FailUnmaps(if on { u32::MAX } else { 0 }));
            }
            Provocation::LoseInterrupts(count) => device.inject(Injection::LoseInterrupts(count)),
            Provocation::SpuriousInterrupts(count) => {
                (0..count).for_each(|_| device.inject(Injection::SpuriousInterrupt { vector: 0 }));
            }
            // The machine is built so.
            Provocation::WrapInterrupts => {}
            Provocation::Latency(nanoseconds) => delay(nanoseconds),
            Provocation::DeviceError => device.inject(Injection::FailAccesses(1)),
            Provocation::Time(nanoseconds) => device.machine().advance(nanoseconds),
            _ => return Err("the machine is not built for it"),
        }
        Ok(())
    }
}

impl Watch for Desk {
    fn translates(&self) -> Result<(), Reason> {
        Ok(())
    }

    fn faults(&mut self) -> Result<Faults, Reason> {
        let faults = self.machine.take_faults();
        let (last, count) = (faults.last(), u32::try_from(faults.len()).unwrap());
        let (iova, write) = (last.map(|fault| fault.iova), last.map(|fault| fault.write));
        Ok(Faults { count, iova, write, cause: None })
    }

    fn mappings(&self) -> Result<usize, Reason> {
        Ok(self.machine.leaks().mappings)
    }

    fn lent(&self) -> Result<usize, Reason> {
        Ok(self.machine.leaks().pages * 4096)
    }

    fn doorbells(&self, device: &MockDevice) -> Result<u64, Reason> {
        Ok(device.stores_to(0, registers::COMMAND.offset()))
    }

    fn forbids_mastering(&self) -> Result<(), Reason> {
        Ok(())
    }
}

impl Memory for Desk {
    type Caller = Unmappable;

    fn scattered(
        &mut self,
        device: &MockDevice,
        length: usize,
        pieces: usize,
    ) -> Result<BufferOf<Self>, Reason> {
        let piece = length.div_ceil(pieces).max(16);
        device.lender().set_pieces(Some(piece));
        let buffer = device.allocate(LIMITS.request(piece * pieces));
        device.lender().set_pieces(None);
        Ok(buffer.unwrap())
    }

    fn beyond_reach(
        &mut self,
        device: &MockDevice,
        request: Request,
    ) -> Result<BufferOf<Self>, Reason> {
        Ok(device.allocate(request).unwrap())
    }
}

impl Neighbours for Desk {
    fn beside(&mut self, device: &MockDevice) -> Result<Result<MockDevice, Error>, Reason> {
        Ok(Ok(self.machine.plug_in(CourierCard::new(), device.domain())))
    }

    fn apart(&mut self, _: &MockDevice) -> Result<Result<MockDevice, Error>, Reason> {
        Ok(Ok(self.machine.plug(CourierCard::new())))
    }
}
