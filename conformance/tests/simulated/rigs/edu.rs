//! `edu` in a rig.

use backend_mock::{EduCard, Injection, MockDevice, MockSpace};
use channels::edu::EduChannel;
use conformance::Reason;
use dma_core::{
    AddressMask, Backend, DeviceAddress, DeviceWindow, Directions, Error, Identity, Limits,
};

use super::mock::{Kind, looks};

pub(crate) struct Edu;

const LATENCY: u64 = 10_000;

/// As QEMU's documentation of the card has it.
pub(crate) const LIMITS: Limits = Limits {
    mask: AddressMask::bits(28),
    max_segment: 4096,
    alignment: 1,
    boundary: 0,
    device_window: DeviceWindow { start: DeviceAddress::new(0x4_0000), length: 4096 },
    directions: Directions::BOTH,
    depth: 1,
};

pub(crate) const NO_STATUS: Reason = "the card has no error status";
pub(crate) const ONE_CHANNEL: Reason = "the device has one channel only";
pub(crate) const ANY_ALIGNMENT: Reason = "the channel takes any alignment";

impl Kind for Edu {
    type Card = EduCard;
    type Channel = EduChannel<MockSpace>;

    const DOORBELL: usize = 0x98;

    fn card() -> EduCard {
        EduCard::new().delay(LATENCY)
    }

    fn identity() -> Identity {
        Identity::Pci { vendor: 0x1234, device: 0x11e8 }
    }

    fn limits() -> Limits {
        LIMITS
    }

    fn target() -> DeviceWindow {
        LIMITS.device_window
    }

    fn channels(device: &MockDevice) -> Result<[Option<Self::Channel>; 2], Error> {
        let space = device.region(0)?;
        // SAFETY: a rig opens the card of its device once at a time.
        let channel = unsafe { EduChannel::new(space) }.map_err(|refused| refused.error)?;
        Ok([Some(channel.with_patience(looks(device))), None])
    }

    fn set_latency(card: &mut EduCard, nanoseconds: Option<u64>) {
        card.set_delay(nanoseconds.unwrap_or(LATENCY));
    }

    fn doorbells(device: &MockDevice) -> u64 {
        device.stores_to(0, 0x98)
    }

    fn stall(device: &MockDevice, on: bool) {
        // It can never be stopped.
        if on {
            device.inject(Injection::Stuck { survives_reset: false });
        } else {
            device.heal();
        }
    }

    fn reports_errors() -> Result<(), Reason> {
        Err(NO_STATUS)
    }
}
