//! Why a device cannot be opened.
#![forbid(unsafe_code)]

/// What kind of thing stands in the way. Stable: match on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum OpenErrorKind {
    /// It is no address of a PCI device.
    BadAddress,
    /// There is no such option, or it cannot have this value.
    BadOption,
    /// There is no device at this address.
    Missing,
    /// UIO protects nothing: it is opened as unprotected or not at all.
    Unprotected,
    /// An IOMMU translates for the device: physical addresses are the wrong numbers.
    Translated,
    /// Nothing translates, but the bus adds an offset to addresses.
    Offset,
    /// No driver of UIO has the device.
    WrongDriver,
    /// The node of UIO is not there.
    NoUio,
    /// This user may not open a file that is needed.
    NoPermission,
    /// Another process, or another part of this one, has it.
    Busy,
    /// It has no interrupt line, and one was demanded.
    NoInterrupt,
    /// The device does not snoop caches, and user space cannot maintain them here.
    NotCoherent,
    /// The source of memory that was chosen is not there.
    NoMemorySource,
    /// The system answered something else.
    Os,
}

/// A device could not be opened: what was tried, what the system said, what to do.
pub type OpenError = host_linux::Refusal<OpenErrorKind>;
