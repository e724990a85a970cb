//! How a channel is to be opened.
#![forbid(unsafe_code)]

use dma_core::DeviceWindow;

use super::PATIENCE;

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
}

impl Setup {
    /// For this part of the card's memory, with interrupts.
    #[must_use]
    pub const fn new(window: DeviceWindow) -> Self {
        Self { window, interrupts: true, patience: PATIENCE }
    }

    /// Without interrupts: for waiting by polling alone.
    #[must_use]
    pub const fn without_interrupts(mut self) -> Self {
        self.interrupts = false;
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
