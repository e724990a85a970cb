//! An `edu` behind the facade as a rig of the conformance suite.

use std::sync::Arc;

use anydma::{AnyRegion, Device, Memory as Lender, OpenError, Space};
use channels::edu::EduChannel;
use conformance::Reason;
use conformance::rig::{Attempt, Memory, Neighbours, Pace, Provoke, Setup, Watch, Way};
use dma_core::{
    AddressMask, Backend, DeviceAddress, DeviceWindow, Directions, Error, ErrorKind, Identity,
    Limits, Operation, Timeout,
};

use super::Place;
use super::exceptions::{Company, Traits};
use crate::owned::Owned;

/// Why cases of protection do not apply without an IOMMU.
pub(super) const UNTRANSLATED: Reason = "nothing translates: a wrong address would corrupt memory";

/// Why the caller's memory is not mapped where nothing translates.
pub(super) const NO_MAPPING: Reason = "the road cannot map the caller's memory";

/// Why there is nobody to compare with.
pub(super) const NO_NEIGHBOUR: Reason = "there is no device in another address space";

/// Why nobody shares its address space.
pub(super) const SOLE: Reason = "there is one device only in this address space";

/// Why cases of a mask do not apply to a device of 64 address bits.
pub(super) const EVERY_ADDRESS: Reason = "the device reaches every address";

/// What the rig is.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The device.
    pub(super) device: String,
    /// Another one, in an address space of its own.
    pub(super) apart: Option<String>,
    /// Another one, in the same address space.
    pub(super) beside: Option<String>,
    /// How many address bits the card was started with.
    pub(super) bits: u32,
    /// How many transfers a case may make.
    pub(super) transfers: u32,
    /// Whether the road wakes a task without being polled.
    pub(super) wakes: Result<(), Reason>,
}

/// The rig.
#[derive(Debug)]
pub(super) struct Edu {
    plan: Plan,
    translates: bool,
    owners: Arc<()>,
}

/// The card's own memory.
const WINDOW: DeviceWindow = DeviceWindow { start: DeviceAddress::new(0x4_0000), length: 4096 };

/// A transfer takes a tenth of a second; an emulator on a busy machine has to wait for its turn.
const PATIENCE: Timeout = Timeout::secs(6);

impl Edu {
    /// Of a device whose addresses are translated, or not.
    pub(super) fn new(plan: Plan, translates: bool) -> Self {
        Self { plan, translates, owners: Arc::new(()) }
    }

    /// Whether the caller's memory can be mapped. Without an IOMMU the simulated machine does it,
    /// too, since its memory stays where it is, and our module, which keeps it there.
    fn maps(&self) -> bool {
        let keeps = |scheme| self.plan.device.starts_with(scheme);
        self.translates || ["mock:", "kernel:"].into_iter().any(keeps)
    }

    /// What it is like, as far as cases do not apply for it.
    pub(super) fn traits(&self, place: Place) -> Traits {
        Traits {
            place,
            translated: self.translates,
            maps: self.maps(),
            company: match (&self.plan.apart, &self.plan.beside) {
                (Some(_), _) => Company::Apart,
                (None, Some(_)) => Company::Beside,
                (None, None) => Company::Alone,
            },
            wide: self.plan.bits >= 64,
        }
    }
}

/// Opens a device, in the core's words; the full message goes to standard error.
fn open(uri: &str) -> Result<Device, Error> {
    crate::road::open(uri).map_err(|error| {
        eprintln!("opening {uri}: {error}");
        match error {
            OpenError::Core { error, .. } => error,
            _ => Error::new(ErrorKind::Unsupported, Operation::Open, 0),
        }
    })
}

impl Setup for Edu {
    type Device = Device;
    type Channel = EduChannel<Space>;

    fn open(&mut self) -> Result<Device, Error> {
        open(&self.plan.device)
    }

    fn channels(&mut self, device: &Device) -> Result<[Option<Self::Channel>; 2], Error> {
        // SAFETY: the suite makes channels of a device one after the other, and the backend
        // opened the device for this process alone.
        let channel = unsafe { EduChannel::new(device.region(0)?) };
        let channel = channel.map_err(|refused| refused.error)?;
        Ok([Some(channel.with_mask(AddressMask::bits(self.plan.bits))), None])
    }

    fn identity(&self) -> Identity {
        Identity::Pci { vendor: 0x1234, device: 0x11e8 }
    }

    fn expected_limits(&self) -> Limits {
        Limits {
            mask: AddressMask::bits(self.plan.bits),
            max_segment: 4096,
            alignment: 1,
            boundary: 0,
            device_window: WINDOW,
            directions: Directions::BOTH,
            depth: 1,
        }
    }

    fn target(&self) -> DeviceWindow {
        WINDOW
    }

    fn pace(&self) -> Pace {
        Pace { transfers: self.plan.transfers, longest: 12 * 1024, patience: PATIENCE }
    }
}

impl Provoke for Edu {}

impl Watch for Edu {
    fn translates(&self) -> Result<(), Reason> {
        if self.translates { Ok(()) } else { Err(UNTRANSLATED) }
    }

    fn forbids_mastering(&self) -> Result<(), Reason> {
        Ok(())
    }

    fn wakes(&self) -> Result<(), Reason> {
        self.plan.wakes
    }
}

impl Memory for Edu {
    type Caller = Owned;

    fn caller(&mut self, length: usize, whole: bool) -> Result<Owned, Reason> {
        Ok(Owned::new(length, whole, &self.owners))
    }

    fn map(
        &mut self,
        device: &Device,
        owner: Owned,
        mask: AddressMask,
        way: Way,
    ) -> Attempt<Owned, AnyRegion> {
        let direct = matches!(way, Way::ToDevice | Way::FromDevice | Way::BothWays);
        if direct && !self.maps() {
            return Err(NO_MAPPING);
        }
        let lender: &Lender = device.memory();
        Ok(way.map(lender, owner, mask))
    }

    fn owners(&self) -> Result<usize, Reason> {
        Ok(Arc::strong_count(&self.owners) - 1)
    }
}

impl Neighbours for Edu {
    fn beside(&mut self, _: &Device) -> Result<Result<Device, Error>, Reason> {
        match &self.plan.beside {
            Some(uri) => Ok(open(uri)),
            None => Err(SOLE),
        }
    }

    fn apart(&mut self, _: &Device) -> Result<Result<Device, Error>, Reason> {
        match &self.plan.apart {
            Some(uri) => Ok(open(uri)),
            None => Err(NO_NEIGHBOUR),
        }
    }
}
