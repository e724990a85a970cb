//! A card behind the facade as a rig of the conformance suite.

use anydma::dma_core::{
    AddressMask, Allocate, Backend, Channel as _, DeviceWindow, Directions, Error, ErrorKind,
    Identity, Limits, Operation, Timeout,
};
use anydma::{AnyRegion, Card, ChannelOf, Device, Memory as Lender, OpenError};
use conformance::Reason;
use conformance::rig::{Attempt, Memory, Neighbours, Pace, Provoke, Setup, Watch, Way};

use super::Arguments;
use crate::device::{Protection, unopened};
use crate::failure::Failure;

/// Why cases of protection do not apply without an IOMMU.
const UNTRANSLATED: Reason = "nothing translates: a wrong address would corrupt memory";

/// The largest page of hosts that there are: its multiples are multiples of smaller ones too.
const PAGE: usize = 64 << 10;

/// The smallest.
const SMALLEST_PAGE: usize = 4096;

/// What was found when the device was opened first.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) device: String,
    pub(super) card: &'static str,
    pub(super) identity: Identity,
    pub(super) windows: Vec<String>,
    pub(super) granule: u64,
    limits: Limits,
}

/// The rig.
#[derive(Debug)]
pub(super) struct Rig {
    facts: Facts,
    protection: Protection,
    apart: Option<String>,
    pace: Pace,
}

impl Rig {
    /// Opens the device once, to see that it is there and which card it is.
    pub(super) fn open(arguments: &Arguments) -> Result<Self, Failure> {
        let uri = arguments.device.uri();
        let device = arguments.protection.open(uri).map_err(|error| unopened(uri, &error))?;
        let card = Card::open(&device)
            .map_err(|error| Failure::because(format!("drive the card of {uri}"), error))?;
        let seen = card.outgoing.limits();
        let memory = device.memory().limits();
        let windows = memory.windows.iter();
        let windows =
            windows.map(|window| format!("{:#x} to {:#x}", window.first, window.last)).collect();
        let facts = Facts {
            device: uri.to_owned(),
            card: card.name,
            identity: device.identity(),
            windows,
            granule: memory.granule as u64,
            limits: data_sheet(card.name, seen),
        };
        let simulated = uri.starts_with("mock:") && !uri.contains("clock=real");
        let pace = match (simulated, card.name) {
            (true, _) => Pace::FAST,
            // A tenth of a second a transfer.
            (false, "edu") => Pace { transfers: 4, longest: 12 << 10, patience: Timeout::secs(6) },
            (false, _) => Pace { transfers: 64, longest: 64 << 10, patience: Timeout::secs(6) },
        };
        let transfers = arguments.transfers.unwrap_or(pace.transfers);
        // Each opening of a simulated device is a machine of its own.
        let apart = arguments.apart.as_ref().map(|name| name.uri().to_owned());
        let apart = apart.or_else(|| simulated.then(|| uri.to_owned()));
        let protection = arguments.protection;
        Ok(Self { facts, protection, apart, pace: Pace { transfers, ..pace } })
    }

    pub(super) const fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// What the card's data sheet says of a channel. What depends on how a card was built, only the
/// card can say: how much memory it has.
fn data_sheet(card: &str, seen: Limits) -> Limits {
    let DeviceWindow { start, length } = seen.device_window;
    let (mask, max_segment, depth) = match card {
        "edu" => (AddressMask::bits(28), 4096, 1),
        "pl081" => (AddressMask::bits(32), 4092, 64),
        _ => (AddressMask::ALL, 1 << 27, 64),
    };
    Limits {
        mask,
        max_segment,
        alignment: 1,
        boundary: 0,
        device_window: DeviceWindow { start, length },
        directions: Directions::BOTH,
        depth,
    }
}

/// In the core's words; the whole message goes to standard error.
fn core(uri: &str, error: &OpenError) -> Error {
    // Nothing can be done if nobody listens.
    let _ = std::io::Write::write_fmt(
        &mut anstream::stderr(),
        format_args!("opening {uri}: {error}\n"),
    );
    match error {
        OpenError::Core { error, .. } => *error,
        _ => Error::new(ErrorKind::Unsupported, Operation::Open, 0),
    }
}

fn open(protection: Protection, uri: &str) -> Result<Device, Error> {
    protection.open(uri).map_err(|error| core(uri, &error))
}

impl Setup for Rig {
    type Device = Device;
    type Channel = ChannelOf<Device>;

    fn open(&mut self) -> Result<Device, Error> {
        open(self.protection, &self.facts.device)
    }

    fn channels(&mut self, device: &Device) -> Result<[Option<Self::Channel>; 2], Error> {
        // SAFETY: the suite asks for channels again only when nothing runs on earlier ones any more,
        // and the device was opened for this process alone.
        let card = unsafe { Card::open_again(device) };
        let card = card.map_err(|error| core(&self.facts.device, &error))?;
        Ok([Some(card.outgoing), card.incoming])
    }

    fn identity(&self) -> Identity {
        self.facts.identity
    }

    fn expected_limits(&self) -> Limits {
        self.facts.limits
    }

    fn target(&self) -> DeviceWindow {
        self.facts.limits.device_window
    }

    fn pace(&self) -> Pace {
        self.pace
    }
}

impl Provoke for Rig {}

impl Watch for Rig {
    fn translates(&self) -> Result<(), Reason> {
        if self.facts.windows.is_empty() { Err(UNTRANSLATED) } else { Ok(()) }
    }

    fn forbids_mastering(&self) -> Result<(), Reason> {
        match self.facts.identity {
            Identity::Pci { .. } => Ok(()),
            _ => Err("the device has no switch for bus mastering"),
        }
    }
}

impl Memory for Rig {
    /// Given up for the program's life, which is one case: so it stays where it is.
    type Caller = &'static mut [u8];

    fn caller(&mut self, length: usize, whole: bool) -> Result<Self::Caller, Reason> {
        let page = usize::try_from(self.facts.granule).unwrap_or(PAGE).max(SMALLEST_PAGE);
        let length = if whole { length.next_multiple_of(page) } else { length };
        let memory = vec![0; length + 2 * PAGE].leak();
        let to_page = memory.as_ptr().addr().wrapping_neg() % PAGE;
        let lead = if whole { to_page } else { to_page + 13 };
        let memory = memory.get_mut(lead..lead + length);
        memory.ok_or("the program has no such memory")
    }

    fn map(
        &mut self,
        device: &Device,
        owner: Self::Caller,
        mask: AddressMask,
        way: Way,
    ) -> Attempt<Self::Caller, AnyRegion> {
        let lender: &Lender = device.memory();
        Ok(way.map(lender, owner, mask))
    }
}

impl Neighbours for Rig {
    fn apart(&mut self, _: &Device) -> Result<Result<Device, Error>, Reason> {
        match &self.apart {
            Some(uri) => Ok(open(self.protection, uri)),
            None => Err("there is no device in another address space"),
        }
    }
}
