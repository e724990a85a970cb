//! Special memory of a rig.
#![forbid(unsafe_code)]

use dma_core::{AddressMask, Map, Mapped, Refused, Request};
use embedded_dma::{ReadBuffer, WriteBuffer};

use super::{BufferOf, RegionOf, Setup};
use crate::Reason;

/// How the caller's memory is to be mapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// For the device to read.
    ToDevice,
    /// For the device to write.
    FromDevice,
    /// For both.
    BothWays,
    /// For the device to read, through a bounce buffer.
    ToDeviceBounced,
    /// For the device to write, through a bounce buffer.
    FromDeviceBounced,
}

/// What came of mapping the caller's memory: the reason if the road cannot map at all, else
/// mapped or refused.
pub type Attempt<T, R> = Result<Result<Mapped<T, R>, Refused<T>>, Reason>;

impl Way {
    /// Maps `owner` in this way; a rig whose road can map calls it.
    ///
    /// # Errors
    ///
    /// With the memory, as the constructors of [`Mapped`].
    pub fn map<T, L>(
        self,
        lender: &L,
        owner: T,
        mask: AddressMask,
    ) -> Result<Mapped<T, L::Region>, Refused<T>>
    where
        T: ReadBuffer + WriteBuffer,
        L: Map,
    {
        match self {
            Self::ToDevice => Mapped::to_device(lender, owner, mask),
            Self::FromDevice => Mapped::from_device(lender, owner, mask),
            Self::BothWays => Mapped::both_ways(lender, owner, mask),
            Self::ToDeviceBounced => Mapped::to_device_bounced(lender, owner, mask),
            Self::FromDeviceBounced => Mapped::from_device_bounced(lender, owner, mask),
        }
    }
}

/// The caller's memory of a rig whose road cannot map any.
pub type Unmappable = &'static mut [u8; 0];

/// Special memory of a rig.
pub trait Memory: Setup {
    /// Memory that is the caller's own: a `Vec<u8>`, a `&'static mut [u8]`; [`Unmappable`] where
    /// the road cannot map.
    type Caller: ReadBuffer<Word = u8> + WriteBuffer<Word = u8> + AsRef<[u8]> + AsMut<[u8]>;

    /// A buffer that the device sees in exactly `pieces` runs, of at least `length` bytes and
    /// only as much longer as the pieces' smallest size makes it.
    ///
    /// # Errors
    ///
    /// The reason why it cannot be had.
    fn scattered(
        &mut self,
        device: &Self::Device,
        length: usize,
        pieces: usize,
    ) -> Result<BufferOf<Self>, Reason> {
        let _ = (device, length, pieces);
        Err("the lender gives only contiguous memory")
    }

    /// A buffer beyond the addresses that the channel's mask reaches.
    ///
    /// # Errors
    ///
    /// The reason why it cannot be had.
    fn beyond_reach(
        &mut self,
        device: &Self::Device,
        request: Request,
    ) -> Result<BufferOf<Self>, Reason> {
        let _ = (device, request);
        Err("all memory lies within the device's reach")
    }

    /// Memory of the caller's own; whole pages (or cache lines) if `whole`, else neither its
    /// start nor its end is at a multiple of 64 bytes.
    ///
    /// # Errors
    ///
    /// The reason why it cannot be had.
    fn caller(&mut self, length: usize, whole: bool) -> Result<Self::Caller, Reason> {
        let _ = (length, whole);
        Err("the road cannot map the caller's memory")
    }

    /// Maps the caller's memory, with [`Way::map`].
    ///
    /// # Errors
    ///
    /// The reason why the road cannot map.
    fn map(
        &mut self,
        device: &Self::Device,
        owner: Self::Caller,
        mask: AddressMask,
        way: Way,
    ) -> Attempt<Self::Caller, RegionOf<Self>> {
        let _ = (device, owner, mask, way);
        Err("the road cannot map the caller's memory")
    }

    /// How many owners of the caller's memory are alive: tells whether one was leaked.
    ///
    /// # Errors
    ///
    /// The reason why they cannot be counted.
    fn owners(&self) -> Result<usize, Reason> {
        Err("owners of the caller's memory cannot be counted")
    }
}
