//! The cards of the runs, and how their channels are opened.

use backend_mock::{EduCard, MockDevice, MockRegion, MockSpace, Pl081Card, TrustedCard, XdmaCard};
use channels::edu::EduChannel;
use channels::pl081::{Pl081, Pl081Channel};
use channels::xdma::{Feeding, Setup, Vectors, WriteBack, Xdma, XdmaChannel, XdmaPart};
use dma_core::{
    Allocate, Backend, Channel, DeviceAddress, DeviceWindow, Error, ErrorKind, Operation,
};

/// Segments of a ring.
const DEPTH: usize = 4;
/// Bytes of a card's memory.
const MEMORY: u64 = 8 * 1024;
/// How often a register is read before a channel counts as stuck: two milliseconds.
const PATIENCE: u32 = 2_000;

/// A card with its channels.
pub(crate) trait Kind: 'static {
    type Card: TrustedCard;
    type Channel: Channel;
    /// Whether its channels move the bytes of one memory. Else each has its own, which is new
    /// whenever the channel is.
    const ONE_MEMORY: bool;

    fn card(latency: u64) -> Self::Card;
    /// One channel or two.
    fn channels(device: &MockDevice) -> Result<Vec<Self::Channel>, Error>;
}

pub(crate) struct Edu;

impl Kind for Edu {
    type Card = EduCard;
    type Channel = EduChannel<MockSpace>;
    const ONE_MEMORY: bool = true;

    fn card(latency: u64) -> EduCard {
        EduCard::new().delay(latency)
    }

    fn channels(device: &MockDevice) -> Result<Vec<Self::Channel>, Error> {
        let space = device.region(0)?;
        // SAFETY: a run opens the card once at a time.
        let channel = unsafe { EduChannel::new(space) }.map_err(|refused| refused.error)?;
        Ok(vec![channel.with_patience(PATIENCE)])
    }
}

pub(crate) struct Primecell;

impl Kind for Primecell {
    type Card = Pl081Card;
    type Channel = Pl081Channel<MockSpace, MockRegion>;
    const ONE_MEMORY: bool = false;

    fn card(latency: u64) -> Pl081Card {
        Pl081Card::new().delay(latency)
    }

    fn channels(device: &MockDevice) -> Result<Vec<Self::Channel>, Error> {
        let space = device.region(0)?;
        // SAFETY: a run opens the card once at a time.
        let controller = unsafe { Pl081::new(space) }.map_err(|refused| refused.error)?;
        let (first, second) = controller.split();
        let length = usize::try_from(MEMORY).unwrap_or(usize::MAX);
        let open = |part: channels::pl081::Pl081Part<MockSpace>| {
            let ring = device.allocate(Self::Channel::ring_request(DEPTH))?;
            let target = device.allocate(Self::Channel::target_request(length))?;
            part.open(ring, target).map_err(|refused| refused.error)
        };
        Ok(vec![open(first)?, open(second)?])
    }
}

/// XDMA with one channel each way.
pub(crate) struct Subsystem<const WRITE_BACK: bool, const CREDITS: bool>;

impl<const WRITE_BACK: bool, const CREDITS: bool> Kind for Subsystem<WRITE_BACK, CREDITS> {
    type Card = XdmaCard;
    type Channel = XdmaChannel<MockSpace, MockRegion>;
    const ONE_MEMORY: bool = true;

    fn card(latency: u64) -> XdmaCard {
        let length = usize::try_from(MEMORY).unwrap_or(usize::MAX);
        XdmaCard::new().memory_size(length).channels(1, 1).delay(latency)
    }

    fn channels(device: &MockDevice) -> Result<Vec<Self::Channel>, Error> {
        let space = device.region(0)?;
        // SAFETY: a run opens the card once at a time.
        let xdma = unsafe { Xdma::new(space, Vectors::Shared(0)) };
        let channels = xdma.map_err(|refused| refused.error)?.split();
        let window = DeviceWindow { start: DeviceAddress::new(0), length: MEMORY };
        let open = |part: Option<XdmaPart<MockSpace>>| {
            let missing = Error::new(ErrorKind::Unsupported, Operation::Open, 0);
            let part = part.ok_or(missing)?;
            let ring = device.allocate(part.ring_request(DEPTH, WRITE_BACK))?;
            let write_back = if WRITE_BACK { WriteBack::InRing } else { WriteBack::Off };
            let setup = Setup::new(window).with_patience(PATIENCE);
            let feeding = if CREDITS { Feeding::Credits } else { Feeding::Lists };
            let setup = setup.fed_by(feeding);
            part.open(ring, write_back, setup).map_err(|refused| refused.error)
        };
        let [to_card, ..] = channels.to_card;
        let [from_card, ..] = channels.from_card;
        Ok(vec![open(to_card)?, open(from_card)?])
    }
}
