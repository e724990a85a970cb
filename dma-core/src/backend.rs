//! A device as a road offers it: registers, memory, interrupts, reset.
//!
//! For backend authors: one type that implements [`Backend`] is what a conformance suite, the
//! facade and a generic program need. For driver authors: take `&impl Backend` and nothing else.
#![forbid(unsafe_code)]

use core::fmt;

use crate::{Access, Allocate, Error, Narrow, Quiet, Signal};

/// Which card it is, by whatever its bus has for names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Identity {
    /// The ids of PCI configuration space.
    Pci {
        /// Who made it.
        vendor: u16,
        /// Which it is.
        device: u16,
    },
    /// The identification registers of an AMBA peripheral.
    Amba {
        /// Who designed it: a JEP106 code, 0x41 for Arm.
        designer: u8,
        /// The part number, 0x081 for a PL081.
        part: u16,
    },
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pci { vendor, device } => write!(f, "PCI {vendor:04x}:{device:04x}"),
            Self::Amba { designer, part } => write!(f, "AMBA {designer:02x}:{part:03x}"),
        }
    }
}

/// One opened device.
///
/// Clones and everything taken from it share the device; it is closed, with its bus mastering
/// off, when the last of them is gone.
pub trait Backend {
    /// Registers.
    type Space: Access<u32> + Narrow + Clone + 'static;
    /// Who lends memory. Where the road can map the caller's memory, it is also a
    /// [`Map`](crate::Map).
    type Lender: Allocate;
    /// Clock and interrupt.
    type Signal: Signal;

    /// What card it is.
    fn identity(&self) -> Identity;

    /// What kind of card it is, where its bus says so: the class code of PCI, with its subclass and
    /// interface in 24 bits. 0x010802 is a controller of NVM Express, whoever made it. `None`, as
    /// provided, where nothing says it.
    fn class(&self) -> Option<u32> {
        None
    }

    /// Register region number `index`: a BAR, or on other buses the order of the description.
    ///
    /// # Errors
    ///
    /// `Unsupported` if the device has no such region or it cannot be mapped; `Gone`; `Os`.
    fn region(&self, index: usize) -> Result<Self::Space, Error>;

    /// Who lends memory for this device.
    fn memory(&self) -> &Self::Lender;

    /// Interrupt vector number `vector`. Called twice for one vector, it gives two signals that
    /// each see every interrupt.
    ///
    /// # Errors
    ///
    /// `Unsupported` if the device has no such vector; `Os`.
    fn signal(&self, vector: usize) -> Result<Self::Signal, Error>;

    /// Lets the device master the bus, or forbids it. Off when the device is opened; switch it on
    /// when the address registers are valid.
    ///
    /// # Errors
    ///
    /// `Gone`; `Os`.
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error>;

    /// Resets the device and switches its bus mastering off. Every engine of the device finds
    /// out by the epoch; [`Engine::recover`](crate::Engine::recover) takes the proof.
    ///
    /// # Errors
    ///
    /// `Unsupported` if there is no way to reset it; `Gone`; `Os`.
    fn reset(&self) -> Result<Quiet, Error>;

    /// Ends the quiet time after a reset: bus mastering is allowed again.
    ///
    /// # Errors
    ///
    /// `WasReset` if the proof is of another device or an older reset; `Gone`; `Os`.
    fn resume(&self, quiet: Quiet) -> Result<(), Error>;
}
