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
    /// The module is not loaded.
    NoModule,
    /// Another driver has the device, or none.
    WrongDriver,
    /// The module speaks another version of the interface.
    WrongVersion,
    /// This user may not open the node.
    NoPermission,
    /// Nothing, or too little, keeps the device from memory that is not its own, and this user may
    /// not drive such a one.
    NoPrivilege,
    /// Another process, or another part of this one, has it.
    Busy,
    /// The road has no translation: it is opened as unprotected or not at all.
    Unprotected,
    /// The system answered something else.
    Os,
}

/// A device could not be opened: what was tried, what the system said, what to do.
pub type OpenError = host_linux::Refusal<OpenErrorKind>;
