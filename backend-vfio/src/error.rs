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
    /// Nothing translates the device's addresses.
    NoIommu,
    /// Another driver has the device, or none.
    WrongDriver,
    /// The kernel has no VFIO, or its module is not loaded.
    NoVfio,
    /// This user may not open the node.
    NoPermission,
    /// Other devices of the same group are in the hands of other drivers.
    NotViable,
    /// Another process, or another part of this one, has it.
    Busy,
    /// The host cannot keep devices from forging interrupts.
    UnsafeInterrupts,
    /// The device does not snoop caches, and user space cannot maintain them here.
    NotCoherent,
    /// Nothing translates, but the bus adds an offset to addresses.
    Offset,
    /// The road has no translation: it is opened as unprotected or not at all.
    Unprotected,
    /// The source of memory that was chosen is not there, or not needed.
    NoMemorySource,
    /// The system answered something else.
    Os,
}

/// A device could not be opened: what was tried, what the system said, what to do.
pub type OpenError = host_linux::Refusal<OpenErrorKind>;
