//! XDMA in a rig: one channel each way, in several variants.

use backend_mock::{MockDevice, MockRegion, MockSpace, XdmaCard};
use channels::xdma::{Feeding, Setup, Vectors, WriteBack, Xdma, XdmaChannel, XdmaPart};
use conformance::Reason;
use dma_core::{
    AddressMask, Allocate, Backend, DeviceAddress, DeviceWindow, Directions, Error, Identity,
    Limits,
};

use super::mock::{Kind, looks};

/// How the driver learns of completed descriptors.
pub(crate) const BY_REGISTER: u8 = 0;
pub(crate) const BY_WORD_IN_RING: u8 = 1;
pub(crate) const BY_WORD_APART: u8 = 2;

/// The card, with channels of this kind; `EACH`: with a vector for each; of so many address bits;
/// `CREDITS`: fed by credits.
pub(crate) struct Subsystem<
    const COUNT: u8,
    const EACH: bool,
    const BITS: u8 = 64,
    const CREDITS: bool = false,
>;

const LATENCY: u64 = 1_000;

/// Descriptors of a ring, as the rig makes it.
const DEPTH: usize = 12;

/// As the product guide has it, with a card of 16 KiB.
pub(crate) const LIMITS: Limits = Limits {
    mask: AddressMask::ALL,
    max_segment: 1 << 27,
    alignment: 1,
    boundary: 0,
    device_window: DeviceWindow { start: DeviceAddress::new(0), length: 16 * 1024 },
    directions: Directions::BOTH,
    depth: DEPTH,
};

impl<const COUNT: u8, const EACH: bool, const BITS: u8, const CREDITS: bool> Kind
    for Subsystem<COUNT, EACH, BITS, CREDITS>
{
    type Card = XdmaCard;
    type Channel = XdmaChannel<MockSpace, MockRegion>;

    const DOORBELL: usize = if CREDITS { 0x408c } else { 0x04 };

    fn card() -> XdmaCard {
        let card = XdmaCard::new().memory_size(16 * 1024).channels(1, 1);
        card.delay(LATENCY).address_bits(BITS)
    }

    fn identity() -> Identity {
        Identity::Pci { vendor: 0x10ee, device: 0x9038 }
    }

    fn limits() -> Limits {
        Limits { mask: AddressMask::bits(BITS.into()), ..LIMITS }
    }

    fn target() -> DeviceWindow {
        LIMITS.device_window
    }

    fn channels(device: &MockDevice) -> Result<[Option<Self::Channel>; 2], Error> {
        let vectors = if EACH { Vectors::OneEach(0) } else { Vectors::Shared(0) };
        let space = device.region(0)?;
        // SAFETY: a rig opens the card of its device once at a time.
        let xdma = unsafe { Xdma::new(space, vectors) }.map_err(|refused| refused.error)?;
        let channels = xdma.split();
        let open = |part: Option<XdmaPart<MockSpace>>| {
            let (memory, part) = (device.memory(), part.unwrap());
            let ring = memory.allocate(part.ring_request(DEPTH, COUNT == BY_WORD_IN_RING))?;
            let write_back = match COUNT {
                BY_REGISTER => WriteBack::Off,
                BY_WORD_IN_RING => WriteBack::InRing,
                _ => WriteBack::In(memory.allocate(part.write_back_request())?),
            };
            let setup = Setup::new(LIMITS.device_window).with_patience(looks(device));
            let setup = if CREDITS { setup.fed_by(Feeding::Credits) } else { setup };
            part.open(ring, write_back, setup).map_err(|refused| refused.error)
        };
        let [to_card, ..] = channels.to_card;
        let [from_card, ..] = channels.from_card;
        Ok([Some(open(to_card)?), Some(open(from_card)?)])
    }

    fn vector(channel: usize) -> usize {
        if EACH { channel } else { 0 }
    }

    fn set_latency(card: &mut XdmaCard, nanoseconds: Option<u64>) {
        card.set_delay(nanoseconds.unwrap_or(LATENCY));
    }

    fn doorbells(device: &MockDevice) -> u64 {
        if CREDITS {
            // The one that starts the ring is always followed by one of credits.
            device.stores_to(0, 0x408c) + device.stores_to(0, 0x508c)
        } else {
            device.stores_to(0, 0x04) + device.stores_to(0, 0x1004)
        }
    }

    fn stall(device: &MockDevice, on: bool) {
        let forever = on.then_some(1 << 60);
        device.with_card(|card: &mut XdmaCard| Self::set_latency(card, forever));
    }

    fn reports_errors() -> Result<(), Reason> {
        Ok(())
    }
}
