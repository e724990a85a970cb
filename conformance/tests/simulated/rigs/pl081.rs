//! PL081 in a rig.

use backend_mock::{MockDevice, MockRegion, MockSpace, Pl081Card};
use channels::pl081::{Pl081, Pl081Channel};
use conformance::Reason;
use dma_core::{
    Access, AddressMask, Allocate, Backend, DeviceAddress, DeviceWindow, Directions, Error,
    Identity, Limits, Narrow,
};

use super::mock::Kind;

pub(crate) struct Primecell;

pub(crate) const LATENCY: u64 = 1_000;

/// Items of the ring, as the rig makes it.
const DEPTH: usize = 12;

/// As the reference manual has it, with a target of 16 KiB.
pub(crate) const LIMITS: Limits = Limits {
    mask: AddressMask::bits(32),
    max_segment: 4092,
    alignment: 1,
    boundary: 0,
    device_window: DeviceWindow { start: DeviceAddress::new(0), length: 16 * 1024 },
    directions: Directions::BOTH,
    depth: DEPTH,
};

/// Both channels of a controller, each with a ring and a target of its own.
#[expect(clippy::type_complexity, reason = "what a rig returns")]
pub(crate) fn both<S, L>(
    space: S,
    memory: &L,
    depth: usize,
) -> Result<[Option<Pl081Channel<S, L::Region>>; 2], Error>
where
    S: Access<u32> + Narrow + Clone,
    L: Allocate<Error = Error>,
{
    // SAFETY: a rig opens the controller of its device once at a time.
    let controller = unsafe { Pl081::new(space) }.map_err(|refused| refused.error)?;
    let (first, second) = controller.split();
    let length = usize::try_from(LIMITS.device_window.length).unwrap();
    let open = |part: channels::pl081::Pl081Part<S>| {
        let ring = memory.allocate(Pl081Channel::<S, L::Region>::ring_request(depth))?;
        let target = memory.allocate(Pl081Channel::<S, L::Region>::target_request(length))?;
        part.open(ring, target).map_err(|refused| refused.error)
    };
    Ok([Some(open(first)?), Some(open(second)?)])
}

impl Kind for Primecell {
    type Card = Pl081Card;
    type Channel = Pl081Channel<MockSpace, MockRegion>;

    const DOORBELL: usize = 0x110;

    fn card() -> Pl081Card {
        Pl081Card::new().delay(LATENCY)
    }

    fn identity() -> Identity {
        Identity::Amba { designer: 0x41, part: 0x081 }
    }

    fn limits() -> Limits {
        LIMITS
    }

    fn target() -> DeviceWindow {
        LIMITS.device_window
    }

    fn channels(device: &MockDevice) -> Result<[Option<Self::Channel>; 2], Error> {
        both(device.region(0)?, device.memory(), DEPTH)
    }

    fn set_latency(card: &mut Pl081Card, nanoseconds: Option<u64>) {
        card.set_delay(nanoseconds.unwrap_or(LATENCY));
    }

    fn doorbells(device: &MockDevice) -> u64 {
        device.stores_to(0, 0x110) + device.stores_to(0, 0x130)
    }

    fn stall(device: &MockDevice, on: bool) {
        let forever = on.then_some(1 << 60);
        device.with_card(|card: &mut Pl081Card| Self::set_latency(card, forever));
    }

    fn reports_errors() -> Result<(), Reason> {
        Ok(())
    }
}
