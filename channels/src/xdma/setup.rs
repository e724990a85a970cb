//! How a channel is to be opened.
#![forbid(unsafe_code)]

use dma_core::DeviceWindow;

use super::PATIENCE;

/// How the hardware learns of more descriptors.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Feeding {
    /// By lists, each with an end and a doorbell that starts it. What is kicked while a list runs
    /// waits until `poll` sees its end: the hardware idles until somebody looks.
    ///
    /// Descriptors are fetched in blocks. It is the way that is used most.
    Lists,
    /// By credits: the hardware goes round the ring without end, and fetches one descriptor for
    /// each credit. A kick is one store, whatever runs; what was kicked runs whoever looks.
    ///
    /// What is kicked at a time is fetched in blocks, but for its first descriptor. For streams, and
    /// for many small transfers. A ring has at most 1023 descriptors.
    Credits,
}

/// How a channel is to be opened.
///
/// # Examples
///
/// ```
/// use channels::xdma::Setup;
/// use dma_core::{DeviceAddress, DeviceWindow};
/// let memory = DeviceWindow { start: DeviceAddress::new(0), length: 8 << 20 };
/// let polled = Setup::new(memory).without_interrupts();
/// # let _ = polled;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Setup {
    pub(super) window: DeviceWindow,
    pub(super) interrupts: bool,
    pub(super) patience: u32,
    pub(super) feeding: Feeding,
}

impl Setup {
    /// For this part of the card's memory, with interrupts and fed by lists.
    #[must_use]
    pub const fn new(window: DeviceWindow) -> Self {
        Self { window, interrupts: true, patience: PATIENCE, feeding: Feeding::Lists }
    }

    /// Without interrupts: for waiting by polling alone.
    #[must_use]
    pub const fn without_interrupts(mut self) -> Self {
        self.interrupts = false;
        self
    }

    /// Fed in this way.
    #[must_use]
    pub const fn fed_by(mut self, feeding: Feeding) -> Self {
        self.feeding = feeding;
        self
    }

    /// How often to read the status before a channel counts as stuck. It ends the descriptor that
    /// it is at first: a longer one needs more patience.
    #[must_use]
    pub const fn with_patience(mut self, reads: u32) -> Self {
        self.patience = reads;
        self
    }
}
