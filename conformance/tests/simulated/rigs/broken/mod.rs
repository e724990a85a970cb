//! Rigs that are broken on purpose, one fault each: what the suite must catch.

mod channel;
mod lender;
mod signal;

use backend_mock::{Injection, MockDevice, MockSpace};
use conformance::Reason;
use conformance::rig::{
    Faults, Memory, Neighbours, Pace, Provocation, Provoke, Setup, Unmappable, Watch,
};
use dma_core::{Backend, DeviceWindow, Error, Identity, Limits, Quiet};

use super::mock::{Kind, MockRig, Wishes};
pub(crate) use channel::BrokenChannel;
pub(crate) use lender::BrokenLender;
pub(crate) use signal::BrokenSignal;

/// What is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sabotage {
    /// Nothing: shows that the wrapping itself is sound.
    Nothing,

    /// Nothing, but that time passes before an interrupt is re-armed.
    RearmsSlowly,
    /// Nothing, but the channel takes only aligned, short segments within boundaries, and its
    /// data sheet says so.
    IsParticular,

    /// The interrupt is never re-armed.
    NeverRearms,
    /// Re-arming, as slow as above, does not ask for another look.
    NeverLooksAgain,
    /// A task's waker is lost.
    LosesWakers,
    /// A sleep goes past its deadline.
    SleepsPastDeadlines,
    /// All signals of a device share one count of what was seen.
    EatsInterrupts,
    /// Every wait is woken at once.
    NeverSleeps,
    /// Resets are not told to engines.
    HidesResets,

    /// The channel counts one segment too many.
    CountsTooMany,
    /// The channel counts segments as soon as it was kicked.
    CountsTooEarly,
    /// Every third doorbell is lost.
    LosesDoorbells,
    /// Each doorbell is rung twice.
    RingsTwice,
    /// Each segment is kicked by itself.
    NeverBatches,
    /// The channel claims fewer address bits than it has.
    StrictMask,
    /// The channel claims shorter segments than it can.
    StrictSegment,
    /// The channel claims that only whole words travel.
    StrictAlignment,
    /// The device is told one byte too many.
    PushesLonger,
    /// The card's side is one byte further on.
    PushesElsewhere,
    /// The channel says that it is quiet, whatever the device does.
    LiesThatItIsQuiet,
    /// The channel says that it is quiet, and has all its room, without a look at the device.
    NeverStops,
    /// Each second segment overtakes the one before it.
    Reorders,
    /// The channel has more room than it holds.
    LiesAboutRoom,
    /// An error of the device looks like an end.
    SwallowsErrors,
    /// A status of all ones looks like a transfer that still runs.
    OverlooksRemoval,

    /// The region gives addresses that are a page off.
    LiesByAPage,
    /// The mapping ends with the first of its clones.
    UnmapsTooEarly,
    /// The mapping never ends.
    NeverUnmaps,
    /// A failed unmapping is called a success.
    SwallowsUnmapErrors,
    /// The mask of a request is ignored.
    IgnoresMasks,
    /// The alignment of a request is ignored.
    IgnoresAlignment,
    /// Memory shows what was there before.
    NeverZeroes,
    /// All devices name one domain.
    SharesDomainNames,

    /// Bus mastering is always on.
    AlwaysMasters,
}

/// A device with one thing broken.
pub(crate) struct BrokenDevice {
    inner: MockDevice,
    lender: BrokenLender,
    sabotage: Sabotage,
    shared_signal: signal::Shared,
}

impl BrokenDevice {
    fn new(inner: MockDevice, sabotage: Sabotage) -> Result<Self, Error> {
        if sabotage == Sabotage::NeverRearms {
            inner.inject(Injection::ForgetToRearm);
        }
        let lender = BrokenLender::new(inner.lender().clone(), sabotage);
        let shared_signal = signal::Shared::of(inner.signal(0)?);
        Ok(Self { inner, lender, sabotage, shared_signal })
    }
}

impl Backend for BrokenDevice {
    type Space = MockSpace;
    type Lender = BrokenLender;
    type Signal = BrokenSignal;

    fn identity(&self) -> Identity {
        self.inner.identity()
    }

    fn region(&self, index: usize) -> Result<MockSpace, Error> {
        self.inner.region(index)
    }

    fn memory(&self) -> &BrokenLender {
        &self.lender
    }

    fn signal(&self, vector: usize) -> Result<BrokenSignal, Error> {
        let own = self.inner.signal(vector)?;
        Ok(BrokenSignal::new(own, &self.shared_signal, self.sabotage))
    }

    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        let on = on || self.sabotage == Sabotage::AlwaysMasters;
        self.inner.set_bus_mastering(on)
    }

    fn reset(&self) -> Result<Quiet, Error> {
        self.inner.reset()
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        self.inner.resume(quiet)
    }
}

/// Limits of a channel for aligned, short segments, none of which crosses 256 bytes.
fn particular(limits: Limits) -> Limits {
    Limits { alignment: 8, boundary: 256, max_segment: 200, ..limits }
}

/// A rig of such devices.
pub(crate) struct BrokenRig<K> {
    inner: MockRig<K>,
    sabotage: Sabotage,
}

impl<K: Kind> BrokenRig<K> {
    pub(crate) fn new(wishes: Wishes, sabotage: Sabotage) -> Self {
        Self { inner: MockRig::new(wishes), sabotage }
    }
}

impl<K: Kind> Setup for BrokenRig<K> {
    type Device = BrokenDevice;
    type Channel = BrokenChannel<K::Channel>;

    fn begin(&mut self) {
        self.inner.begin();
    }

    fn open(&mut self) -> Result<BrokenDevice, Error> {
        BrokenDevice::new(self.inner.open()?, self.sabotage)
    }

    fn channels(&mut self, device: &BrokenDevice) -> Result<[Option<Self::Channel>; 2], Error> {
        let space = device.inner.region(0)?;
        let channels = self.inner.channels(&device.inner)?;
        Ok(channels.map(|channel| {
            Some(BrokenChannel::new(channel?, space.clone(), K::DOORBELL, self.sabotage))
        }))
    }

    fn identity(&self) -> Identity {
        self.inner.identity()
    }

    fn expected_limits(&self) -> Limits {
        let limits = self.inner.expected_limits();
        if self.sabotage == Sabotage::IsParticular { particular(limits) } else { limits }
    }

    fn target(&self) -> DeviceWindow {
        self.inner.target()
    }

    fn pace(&self) -> Pace {
        self.inner.pace()
    }
}

impl<K: Kind> Provoke for BrokenRig<K> {
    fn provoke(&mut self, device: &BrokenDevice, what: Provocation) -> Result<(), Reason> {
        self.inner.provoke(&device.inner, what)
    }
}

impl<K: Kind> Watch for BrokenRig<K> {
    fn translates(&self) -> Result<(), Reason> {
        self.inner.translates()
    }

    fn faults(&mut self) -> Result<Faults, Reason> {
        self.inner.faults()
    }

    fn mappings(&self) -> Result<usize, Reason> {
        self.inner.mappings()
    }

    fn lent(&self) -> Result<usize, Reason> {
        self.inner.lent()
    }

    fn doorbells(&self, device: &BrokenDevice) -> Result<u64, Reason> {
        self.inner.doorbells(&device.inner)
    }

    fn forbids_mastering(&self) -> Result<(), Reason> {
        Ok(())
    }
}

impl<K: Kind> Memory for BrokenRig<K> {
    type Caller = Unmappable;
}

impl<K: Kind> Neighbours for BrokenRig<K> {
    fn apart(&mut self, device: &BrokenDevice) -> Result<Result<BrokenDevice, Error>, Reason> {
        let other = self.inner.apart(&device.inner)?;
        Ok(other.and_then(|other| BrokenDevice::new(other, self.sabotage)))
    }
}
