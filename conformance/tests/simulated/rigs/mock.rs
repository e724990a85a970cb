//! A rig of the simulated machine, for any card that has channels.
#![forbid(unsafe_code)]

use std::marker::PhantomData;
use std::sync::Arc;

use backend_mock::iova::{Fit, Policy};
use backend_mock::{
    Cause as MockCause, Costs, Injection, Iommu, Machine, MachineBuilder, MockDevice, MockMemory,
    MockRegion, SlotNumber, TrustedCard,
};
use conformance::Reason;
use conformance::rig::{
    Attempt, BufferOf, Cause, Faults, LenderOf, Memory, Neighbours, Pace, Provocation, Provoke,
    Setup, Watch, Way,
};
use dma_core::{
    AddressMask, Allocate, Channel, DeviceWindow, Error, Identity, Limits, Request, Timeout,
};

use super::owned::Owned;

/// A card with its channels, and what a rig must know of it.
pub(crate) trait Kind: 'static {
    type Card: TrustedCard;
    type Channel: Channel;
    /// The offset of the register that starts transfers, of the first channel.
    const DOORBELL: usize;

    fn card() -> Self::Card;
    fn identity() -> Identity;
    fn limits() -> Limits;
    fn target() -> DeviceWindow;
    fn channels(device: &MockDevice) -> Result<[Option<Self::Channel>; 2], Error>;
    /// The interrupt vector of a channel, by its place in what `channels` returns.
    fn vector(_channel: usize) -> usize {
        0
    }
    /// Sets how long a transfer takes; `None` as at first.
    fn set_latency(card: &mut Self::Card, nanoseconds: Option<u64>);
    fn doorbells(device: &MockDevice) -> u64;
    /// Makes transfers hang that can be stopped as well as ever.
    fn stall(device: &MockDevice, on: bool);
    /// Why it reports no errors, if it does not.
    fn reports_errors() -> Result<(), Reason>;
}

/// What the machine is to be like, besides what [`MachineBuilder`] says.
#[derive(Clone, Debug)]
pub(crate) struct Wishes {
    pub(crate) machine: MachineBuilder,
    pub(crate) translating: bool,
    /// No two pages of RAM side by side.
    pub(crate) scattered_ram: bool,
    /// The length of all runs that are not asked for as contiguous.
    pub(crate) pieces: Option<usize>,
    pub(crate) pace: Pace,
    /// What goes wrong with every device, from its opening on.
    pub(crate) always: Option<Injection>,
    /// Time passes by itself, and cards work on a thread of their own.
    pub(crate) real_time: bool,
}

/// A fifth of a virtual second is a thousand times what a transfer takes.
const PACE: Pace = Pace::FAST.patience(Timeout::millis(200));

/// After how many looks, of a thousand nanoseconds at least, a channel counts as stuck: 20 ms,
/// where the slowest transfer of the suite takes a tenth. In real time a fifth of a second: no host
/// keeps the cards' thread waiting that long while it lets the one run that looks.
pub(crate) fn looks(device: &MockDevice) -> u32 {
    if device.machine().is_real_time() { 200_000 } else { 20_000 }
}

impl Wishes {
    /// Behind an IOMMU that begins at the top of what a device reaches.
    pub(crate) fn translating() -> Self {
        let policy = Policy { fit: Fit::First, ..Iommu::default().policy };
        let machine = Machine::builder().iommu(Iommu { policy, ..Iommu::default() });
        Self {
            machine,
            translating: true,
            scattered_ram: false,
            pieces: None,
            pace: PACE,
            always: None,
            real_time: false,
        }
    }

    /// Without one.
    pub(crate) fn passthrough() -> Self {
        let machine = Machine::builder().iommu_off().scattered();
        Self {
            machine,
            translating: false,
            scattered_ram: true,
            pieces: None,
            pace: PACE,
            always: None,
            real_time: false,
        }
    }

    pub(crate) fn trigger(mut self, trigger: backend_mock::Trigger) -> Self {
        self.machine = self.machine.trigger(trigger);
        self
    }

    /// With caches that devices do not see into.
    pub(crate) fn incoherent(mut self) -> Self {
        self.machine = self.machine.incoherent();
        self
    }

    /// With such caches, whose lines come and go by chance.
    pub(crate) fn evictions(mut self, seed: u64) -> Self {
        self.machine = self.machine.evictions(seed);
        self
    }

    /// With this going wrong all the time.
    pub(crate) fn always(mut self, injection: Injection) -> Self {
        self.always = Some(injection);
        self
    }

    /// In real time, of which a host under load takes a lot.
    pub(crate) fn real_time(mut self) -> Self {
        self.real_time = true;
        self.pace = self.pace.patience(Timeout::secs(2));
        self
    }

    /// With so many nanoseconds a load from a register.
    pub(crate) fn loads(mut self, nanoseconds: u64) -> Self {
        self.machine = self.machine.costs(Costs { load: nanoseconds, ..Costs::default() });
        self
    }

    fn build(&self) -> Machine {
        let machine = self.machine.clone();
        if self.real_time { machine.build_in_real_time().unwrap() } else { machine.build() }
    }

    pub(crate) fn transfers(mut self, transfers: u32) -> Self {
        self.pace = self.pace.transfers(transfers);
        self
    }

    pub(crate) fn pieces(mut self, bytes: usize) -> Self {
        self.pieces = Some(bytes);
        self
    }
}

/// The rig. Each case gets a new machine.
pub(crate) struct MockRig<K> {
    wishes: Wishes,
    machine: Machine,
    slot: Option<SlotNumber>,
    owners: Arc<()>,
    kind: PhantomData<K>,
}

/// Where interrupt counts begin: they wrap within every case that waits twice.
const INTERRUPTS_FROM: u32 = u32::MAX - 1;

impl<K: Kind> MockRig<K> {
    pub(crate) fn new(wishes: Wishes) -> Self {
        let machine = wishes.machine.interrupts_from(INTERRUPTS_FROM);
        let wishes = Wishes { machine, ..wishes };
        Self {
            machine: wishes.build(),
            wishes,
            slot: None,
            owners: Arc::new(()),
            kind: PhantomData,
        }
    }

    fn prepared(&self, device: MockDevice) -> MockDevice {
        device.lender().set_pieces(self.wishes.pieces);
        if let Some(injection) = self.wishes.always {
            device.inject(injection);
        }
        device
    }
}

impl<K: Kind> Setup for MockRig<K> {
    type Device = MockDevice;
    type Channel = K::Channel;

    fn begin(&mut self) {
        self.machine = self.wishes.build();
        self.slot = None;
    }

    fn open(&mut self) -> Result<MockDevice, Error> {
        let slot = *self.slot.get_or_insert_with(|| self.machine.install(K::card()));
        Ok(self.prepared(self.machine.open(slot)?))
    }

    fn channels(&mut self, device: &MockDevice) -> Result<[Option<K::Channel>; 2], Error> {
        K::channels(device)
    }

    fn vector(&self, channel: usize) -> usize {
        K::vector(channel)
    }

    fn identity(&self) -> Identity {
        K::identity()
    }

    fn expected_limits(&self) -> Limits {
        K::limits()
    }

    fn target(&self) -> DeviceWindow {
        K::target()
    }

    fn pace(&self) -> Pace {
        self.wishes.pace
    }
}

impl<K: Kind> Provoke for MockRig<K> {
    fn provoke(&mut self, device: &MockDevice, what: Provocation) -> Result<(), Reason> {
        let latency = |nanoseconds| {
            device.with_card(|card: &mut K::Card| K::set_latency(card, nanoseconds));
        };
        match what {
            Provocation::Wedge => device.inject(Injection::Stuck { survives_reset: false }),
            Provocation::Stall(on) => K::stall(device, on),
            Provocation::Remove => device.inject(Injection::Removal),
            Provocation::FailUnmap(on) => {
                device.inject(Injection::FailUnmaps(if on { u32::MAX } else { 0 }));
            }
            Provocation::LoseInterrupts(count) => device.inject(Injection::LoseInterrupts(count)),
            Provocation::SpuriousInterrupts(count) => {
                for _ in 0..count {
                    device.inject(Injection::SpuriousInterrupt { vector: 0 });
                }
            }
            // The machine was built so.
            Provocation::WrapInterrupts => {}
            Provocation::Latency(nanoseconds) => latency(Some(nanoseconds)),
            Provocation::DeviceError => {
                K::reports_errors()?;
                device.inject(Injection::FailAccesses(1));
            }
            Provocation::Time(nanoseconds) => device.machine().advance(nanoseconds),
            _ => return Err("the machine does not know this provocation"),
        }
        Ok(())
    }
}

impl<K: Kind> Watch for MockRig<K> {
    fn translates(&self) -> Result<(), Reason> {
        if self.wishes.translating { Ok(()) } else { Err(UNTRANSLATED) }
    }

    fn faults(&mut self) -> Result<Faults, Reason> {
        let faults = self.machine.take_faults();
        let last = faults.last();
        Ok(Faults {
            count: u32::try_from(faults.len()).unwrap(),
            iova: last.map(|fault| fault.iova),
            write: last.map(|fault| fault.write),
            cause: last.map(|fault| match fault.cause {
                MockCause::WrongDirection { .. } => Cause::WrongDirection,
                MockCause::AfterUnmap { .. } => Cause::AfterUnmap,
                MockCause::PastEnd { .. } => Cause::PastEnd,
                _ => Cause::NotMapped,
            }),
        })
    }

    fn mappings(&self) -> Result<usize, Reason> {
        Ok(self.machine.leaks().mappings)
    }

    fn lent(&self) -> Result<usize, Reason> {
        Ok(self.machine.leaks().pages * 4096)
    }

    fn doorbells(&self, device: &MockDevice) -> Result<u64, Reason> {
        Ok(K::doorbells(device))
    }

    fn forbids_mastering(&self) -> Result<(), Reason> {
        Ok(())
    }
}

/// Why cases of a mask do not apply to a device of 64 address bits.
pub(crate) const EVERY_ADDRESS: Reason = "the device reaches every address";

/// Why cases of protection do not apply without an IOMMU.
pub(crate) const UNTRANSLATED: Reason = "nothing translates: a wrong address would corrupt memory";

impl<K: Kind> Memory for MockRig<K> {
    type Caller = Owned;

    fn scattered(
        &mut self,
        device: &MockDevice,
        length: usize,
        pieces: usize,
    ) -> Result<BufferOf<Self>, Reason> {
        let page = 4096;
        let piece = if self.wishes.translating { length.div_ceil(pieces).max(16) } else { page };
        if !self.wishes.translating && !self.wishes.scattered_ram && pieces > 1 {
            return Err("the machine's memory is not scattered");
        }
        let limits = K::limits();
        device.lender().set_pieces(Some(piece));
        let buffer = device.lender().allocate(limits.request(piece * pieces));
        device.lender().set_pieces(self.wishes.pieces);
        Ok(buffer.unwrap())
    }

    fn beyond_reach(
        &mut self,
        device: &MockDevice,
        request: Request,
    ) -> Result<BufferOf<Self>, Reason> {
        if K::limits().mask == AddressMask::ALL {
            return Err(EVERY_ADDRESS);
        }
        Ok(device.lender().allocate(request).unwrap())
    }

    fn caller(&mut self, length: usize, whole: bool) -> Result<Owned, Reason> {
        Ok(Owned::new(length, whole, &self.owners))
    }

    fn map(
        &mut self,
        device: &MockDevice,
        owner: Owned,
        mask: AddressMask,
        way: Way,
    ) -> Attempt<Owned, MockRegion> {
        let lender: &LenderOf<Self> = device.lender();
        let _: &MockMemory = lender;
        Ok(way.map(lender, owner, mask))
    }

    fn owners(&self) -> Result<usize, Reason> {
        Ok(Arc::strong_count(&self.owners) - 1)
    }
}

impl<K: Kind> Neighbours for MockRig<K> {
    fn beside(&mut self, device: &MockDevice) -> Result<Result<MockDevice, Error>, Reason> {
        Ok(Ok(self.prepared(self.machine.plug_in(K::card(), device.domain()))))
    }

    fn apart(&mut self, _: &MockDevice) -> Result<Result<MockDevice, Error>, Reason> {
        Ok(Ok(self.prepared(self.machine.plug_in(K::card(), &self.machine.domain()))))
    }
}
