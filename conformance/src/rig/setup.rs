//! The device of a rig and its channels.
#![forbid(unsafe_code)]

use dma_core::{
    Allocate, Backend, Buffer, Channel, DeviceWindow, Error, Identity, Limits, Timeout,
};

/// Who lends a rig's memory.
pub type LenderOf<R> = <<R as Setup>::Device as Backend>::Lender;
/// A mapping of a rig's memory.
pub type RegionOf<R> = <LenderOf<R> as Allocate>::Region;
/// A buffer of a rig's memory.
pub type BufferOf<R> = Buffer<RegionOf<R>>;
/// A rig's clock and interrupt.
pub type SignalOf<R> = <<R as Setup>::Device as Backend>::Signal;

/// How much a rig can bear: a real device takes real time, a microcontroller has little memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// About how many transfers a case may make. Each case makes its smallest set at least once,
    /// even if that is more.
    pub transfers: u32,
    /// The longest buffer in bytes; a case holds up to six such at a time.
    pub longest: usize,
    /// The time after which a healthy transfer of the longest buffer has surely ended, with some
    /// to spare: what waits are limited to.
    pub patience: Timeout,
}

impl Pace {
    /// For simulated devices: everything, with two seconds of the machine's time per transfer.
    pub const FAST: Self =
        Self { transfers: u32::MAX, longest: 64 * 1024, patience: Timeout::secs(2) };

    /// At most so many transfers a case.
    #[must_use]
    pub const fn transfers(mut self, transfers: u32) -> Self {
        self.transfers = transfers;
        self
    }

    /// Buffers of at most so many bytes.
    #[must_use]
    pub const fn longest(mut self, bytes: usize) -> Self {
        self.longest = bytes;
        self
    }

    /// Waits of at most so long.
    #[must_use]
    pub const fn patience(mut self, patience: Timeout) -> Self {
        self.patience = patience;
        self
    }
}

/// How to open the device, and what is known of it from its data sheet.
pub trait Setup: Sized + 'static {
    /// The opened device.
    type Device: Backend;
    /// Its channels.
    type Channel: Channel;

    /// Prepares for the next case, everything of the last one being dropped: a simulated machine
    /// is built anew, a real one does nothing.
    fn begin(&mut self) {}

    /// Opens the device.
    ///
    /// # Errors
    ///
    /// The backend's, in the core's words.
    fn open(&mut self) -> Result<Self::Device, Error>;

    /// Makes up to two channels of the device, the first one always. Called again while those
    /// of an earlier call exist, only when nothing runs on them any more.
    ///
    /// If no channel goes both ways, they are one for each direction.
    ///
    /// # Errors
    ///
    /// The channel's, in the core's words.
    fn channels(&mut self, device: &Self::Device) -> Result<[Option<Self::Channel>; 2], Error>;

    /// The interrupt vector of a channel, by its place in what [`Setup::channels`] returns.
    fn vector(&self, channel: usize) -> usize {
        let _ = channel;
        0
    }

    /// What the device says it is.
    fn identity(&self) -> Identity;

    /// What the data sheet says the channels can carry: a channel that promises less would pass
    /// everything by refusing it.
    fn expected_limits(&self) -> Limits;

    /// The part of the card's memory that the suite may overwrite; its start is aligned as
    /// the channel needs.
    fn target(&self) -> DeviceWindow;

    /// How much it can bear.
    fn pace(&self) -> Pace {
        Pace::FAST
    }
}
