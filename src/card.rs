//! Recognises a card and makes its channels.

use core::fmt;
use std::sync::Arc;

use channels::edu::EduChannel;
use channels::pl081::{Pl081, Pl081Channel};
use channels::xdma::{
    CardLogic, Feeding, Setup, UserInterrupts, Vectors, WriteBack, Xdma, XdmaPart,
};
use diagnostics::KnownCard;
use dma_core::{
    Access, Allocate, Backend, Channel, Error, ErrorKind, Identity, Narrow, Operation, Refused,
    Signal,
};

use crate::channel::Kind;
use crate::claim::Claim;
use crate::{AnyChannel, CardSource, ChannelOf, OpenError};

/// What a register space must carry for the known cards: 32 and 64 bits, and parts of itself.
pub trait CardSpace: Access<u32> + Access<u64> + Narrow + Clone + 'static {}

impl<S: Access<u32> + Access<u64> + Narrow + Clone + 'static> CardSpace for S {}

/// The channels of a recognised card, and what it has besides.
#[non_exhaustive]
pub struct Card<B: Backend<Space: CardSpace>> {
    /// What it is called.
    pub name: &'static str,
    /// The channel to the card; it also goes the other way if there is no other.
    pub outgoing: ChannelOf<B>,
    /// The channel from the card, if that is one of its own.
    pub incoming: Option<ChannelOf<B>>,
    /// Its stream, if it has one.
    pub source: Option<CardSource<B>>,
    /// Interrupts of the card's own logic, if its engine lets some through.
    pub user_interrupts: Option<UserInterrupts<B::Space>>,
}

impl<B: Backend<Space: CardSpace>> fmt::Debug for Card<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card")
            .field("name", &self.name)
            .field("limits", &self.outgoing.limits())
            .field("channels", &(1 + usize::from(self.incoming.is_some())))
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// The PCI cards that [`Card::open`] knows.
pub const CARDS: &[KnownCard] = &[
    KnownCard { vendor: 0x1234, device: 0x11e8, name: "edu", bits: 28 },
    KnownCard { vendor: 0x10ee, device: 0x9038, name: "xdma", bits: 64 },
];

/// How many linked-list items a PL081 channel gets.
const PL081_DEPTH: usize = 64;

/// How much memory stands for the card's own, behind a PL081: it copies from memory to memory.
const PL081_TARGET_BYTES: usize = 64 * 1024;

/// How many descriptors an XDMA channel gets.
const XDMA_DEPTH: usize = 64;

type Pl081ChannelOf<B> =
    Pl081Channel<<B as Backend>::Space, <<B as Backend>::Lender as Allocate>::Region>;

impl<B: Backend<Space: CardSpace>> Card<B> {
    /// Recognises the card by its ids and opens its channels. Bus mastering stays as it is.
    ///
    /// A device has one open card at a time, until its channels are dropped.
    ///
    /// # Errors
    ///
    /// [`OpenError::UnknownCard`], [`OpenError::InUse`], or the part of opening that failed.
    pub fn open(device: &B) -> Result<Self, OpenError> {
        let signal = device.signal(0).map_err(doing("asking for interrupt vector 0"))?;
        let claim = Claim::take(signal.epoch().device).ok_or(OpenError::InUse)?;
        Self::recognise(device, claim)
    }

    /// As [`Card::open`], also while channels of an earlier opening exist or were leaked: for tests
    /// of what happens then.
    ///
    /// # Errors
    ///
    /// As [`Card::open`], but for [`OpenError::InUse`].
    ///
    /// # Safety
    ///
    /// Nothing runs on channels of an earlier opening, and nothing is pushed to them again.
    pub unsafe fn open_again(device: &B) -> Result<Self, OpenError> {
        Self::recognise(device, Claim::none())
    }

    fn recognise(device: &B, claim: Claim) -> Result<Self, OpenError> {
        match device.identity() {
            Identity::Pci { vendor: 0x1234, device: 0x11e8 } => Self::edu(device, claim),
            Identity::Amba { designer: 0x41, part: 0x081 } => Self::pl081(device, claim),
            Identity::Pci { vendor: 0x10ee, device: 0x9038 } => Self::xdma(device, claim),
            identity => Err(OpenError::UnknownCard { identity }),
        }
    }

    fn edu(device: &B, claim: Claim) -> Result<Self, OpenError> {
        let space = device.region(0).map_err(doing("mapping the registers of edu (BAR 0)"))?;
        // SAFETY: the claim shows that no other channel of this device is open here, and lives in
        // the channel, or the caller answers for those; the backend opened the device for this
        // process alone.
        let channel =
            unsafe { EduChannel::new(space) }.map_err(refused("opening edu's channel"))?;
        let outgoing = AnyChannel::new(Kind::Edu(channel), Arc::new(claim));
        Ok(Self::with_one("edu", outgoing))
    }

    fn pl081(device: &B, claim: Claim) -> Result<Self, OpenError> {
        let space = device.region(0).map_err(doing("mapping the registers of the PL081"))?;
        // SAFETY: as for edu.
        let controller = unsafe { Pl081::new(space) }.map_err(refused("opening the PL081"))?;
        let lend = |request| device.memory().allocate(request).map_err(Into::<Error>::into);
        let ring = lend(Pl081ChannelOf::<B>::ring_request(PL081_DEPTH))
            .map_err(doing("allocating the PL081's linked list"))?;
        let target = lend(Pl081ChannelOf::<B>::target_request(PL081_TARGET_BYTES))
            .map_err(doing("allocating the memory behind the PL081"))?;
        let (first, _) = controller.split();
        let channel =
            first.open(ring, target).map_err(refused("opening a channel of the PL081"))?;
        let outgoing = AnyChannel::new(Kind::Pl081(channel), Arc::new(claim));
        Ok(Self::with_one("pl081", outgoing))
    }

    /// A card with one channel for both ways, and nothing besides.
    fn with_one(name: &'static str, outgoing: ChannelOf<B>) -> Self {
        Self { name, outgoing, incoming: None, source: None, user_interrupts: None }
    }

    /// The first channel each way, over all of the card's memory, both on vector 0; the second
    /// channel from the card is for its stream.
    fn xdma(device: &B, claim: Claim) -> Result<Self, OpenError> {
        let registers = device.region(0).map_err(doing("mapping the registers of XDMA (BAR 0)"))?;
        let own = device.region(2).map_err(doing("mapping the card's own registers (BAR 2)"))?;
        let logic = CardLogic::new(own)
            .map_err(refused("asking the card's own registers (BAR 2) for its memory"))?;
        // SAFETY: as for edu.
        let xdma = unsafe { Xdma::new(registers, Vectors::Shared(0)) };
        let channels = xdma.map_err(refused("opening XDMA"))?.split();
        let claim = Arc::new(claim);
        // What was kicked runs whoever looks, and a look costs no access of the bus.
        let setup = Setup::new(logic.memory()).fed_by(Feeding::Credits);
        let open = |part: Option<XdmaPart<B::Space>>| {
            let missing = Error::new(ErrorKind::Unsupported, Operation::Open, 0);
            let part =
                part.ok_or(missing).map_err(doing("looking for a channel of XDMA each way"))?;
            open_part(device, part, setup, &claim)
        };
        let [to_card, ..] = channels.to_card;
        let [from_card, for_stream, ..] = channels.from_card;
        let outgoing = open(to_card)?;
        let incoming = Some(open(from_card)?);
        let source = for_stream
            .zip(logic.source())
            .map(|(part, samples)| CardSource::new(part, samples, claim));
        let user_interrupts = Some(channels.user);
        Ok(Self { name: "xdma", outgoing, incoming, source, user_interrupts })
    }
}

/// Opens a channel of an XDMA, with memory of the device's own for its ring.
pub(crate) fn open_part<B: Backend<Space: CardSpace>>(
    device: &B,
    part: XdmaPart<B::Space>,
    setup: Setup,
    claim: &Arc<Claim>,
) -> Result<ChannelOf<B>, OpenError> {
    let ring = device.memory().allocate(part.ring_request(XDMA_DEPTH, true));
    let ring = ring
        .map_err(Into::<Error>::into)
        .map_err(doing("allocating a ring of descriptors for XDMA"))?;
    let channel =
        part.open(ring, WriteBack::InRing, setup).map_err(refused("opening a channel of XDMA"))?;
    Ok(AnyChannel::new(Kind::Xdma(channel), Arc::clone(claim)))
}

fn doing(doing: &'static str) -> impl Fn(Error) -> OpenError {
    move |error| OpenError::Core { doing, error }
}

fn refused<T>(doing: &'static str) -> impl Fn(Refused<T>) -> OpenError {
    move |refused| OpenError::Core { doing, error: refused.error }
}
