//! Why a device or its card could not be opened, and what to do.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::Identity;

use crate::forward::each;

/// Why a device or its card could not be opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// It is no URI.
    BadUri {
        /// What was given.
        uri: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// No backend of this build has that scheme.
    NoSuchBackend {
        /// The scheme that was asked for.
        scheme: String,
    },
    /// No driver is known for this card.
    UnknownCard {
        /// Which card it is.
        identity: Identity,
    },
    /// It is no disk.
    NotADisk {
        /// Which card it is.
        identity: Identity,
    },
    /// The card of this device is open already.
    InUse,
    /// The simulated machine refused.
    #[cfg(feature = "mock")]
    Mock(backend_mock::OpenError),
    /// VFIO refused.
    #[cfg(feature = "vfio")]
    Vfio(backend_vfio::OpenError),
    /// UIO refused.
    #[cfg(feature = "uio")]
    Uio(backend_uio::OpenError),
    /// Our kernel module refused.
    #[cfg(feature = "kernel")]
    Kernel(backend_kernel::OpenError),
    /// None of the roads that `auto:` may take leads to the device.
    #[cfg(feature = "linux")]
    NoRoad(Box<crate::Choice>),
    /// A part of opening failed.
    Core {
        /// Which part.
        doing: &'static str,
        /// What the core says.
        error: dma_core::Error,
    },
}

/// The schemes that this build has.
const SCHEMES: &[&str] = &[
    #[cfg(feature = "linux")]
    "auto",
    #[cfg(feature = "mock")]
    "mock",
    #[cfg(feature = "vfio")]
    "vfio",
    #[cfg(feature = "uio")]
    "uio",
    #[cfg(feature = "kernel")]
    "kernel",
];

/// The schemes that a build can have, each the feature of its name.
const ALL_SCHEMES: &[&str] = &["mock", "vfio", "uio", "kernel"];

/// What stands in the way, in the terms of an examination of the host.
#[cfg(feature = "linux")]
impl OpenError {
    /// Which kind of thing a road of Linux says; `None` if it is another. Of `auto:`, whether
    /// protection is all that is missing.
    #[must_use]
    pub fn reason(&self) -> Option<diagnostics::host::Reason> {
        use diagnostics::host::Reason;
        match self {
            #[cfg(feature = "vfio")]
            Self::Vfio(error) => {
                use backend_vfio::OpenErrorKind as Kind;
                match error.kind() {
                    Kind::NoIommu => Some(Reason::NoIommu),
                    Kind::WrongDriver => Some(Reason::WrongDriver),
                    Kind::NoVfio => Some(Reason::NoRoad),
                    Kind::NoPermission => Some(Reason::NoPermission),
                    Kind::NotViable => Some(Reason::NotViable),
                    Kind::Busy => Some(Reason::Busy),
                    Kind::UnsafeInterrupts => Some(Reason::UnsafeInterrupts),
                    Kind::NotCoherent => Some(Reason::NotCoherent),
                    Kind::Unprotected => Some(Reason::Unprotected),
                    _ => None,
                }
            }
            #[cfg(feature = "uio")]
            Self::Uio(error) => {
                use backend_uio::OpenErrorKind as Kind;
                match error.kind() {
                    Kind::Translated => Some(Reason::Translated),
                    Kind::WrongDriver => Some(Reason::WrongDriver),
                    Kind::NoUio => Some(Reason::NoRoad),
                    Kind::NoPermission => Some(Reason::NoPermission),
                    Kind::Busy => Some(Reason::Busy),
                    Kind::NotCoherent => Some(Reason::NotCoherent),
                    Kind::Unprotected => Some(Reason::Unprotected),
                    _ => None,
                }
            }
            #[cfg(feature = "kernel")]
            Self::Kernel(error) => {
                use backend_kernel::OpenErrorKind as Kind;
                match error.kind() {
                    Kind::WrongDriver => Some(Reason::WrongDriver),
                    Kind::NoModule => Some(Reason::NoRoad),
                    Kind::NoPermission | Kind::NoPrivilege => Some(Reason::NoPermission),
                    Kind::Busy => Some(Reason::Busy),
                    Kind::Unprotected => Some(Reason::Unprotected),
                    _ => None,
                }
            }
            Self::NoRoad(choice) if choice.wants_unprotected() => Some(Reason::Unprotected),
            _ => None,
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadUri { uri, reason } => {
                write!(
                    f,
                    "`{uri}` is not the name of a device: {reason}; write for instance `mock:edu`"
                )
            }
            Self::NoSuchBackend { scheme } => {
                write!(f, "this build has no backend `{scheme}:`; it has: {}", SCHEMES.join(", "))?;
                if scheme == "auto" {
                    write!(f, "; it comes with each road of Linux: build with `--features vfio`")
                } else if ALL_SCHEMES.contains(&scheme.as_str()) {
                    write!(f, "; build with `--features {scheme}` for that one")
                } else {
                    write!(f, "; there are: {}", ALL_SCHEMES.join(", "))
                }
            }
            Self::UnknownCard { identity } => write!(
                f,
                "no channel is known for the card {identity}; known are 1234:11e8 (edu), \
                 10ee:9038 (xdma) and the PL081; a disk (NVM Express) is opened as a `Disk`"
            ),
            Self::NotADisk { identity } => write!(
                f,
                "the card {identity} is no disk: controllers of NVM Express have the class \
                 0x010802; a DMA card is opened as a `Duplex`"
            ),
            Self::InUse => f.write_str(
                "the card of this device is open already: drop its engines first, or use them",
            ),
            #[cfg(feature = "mock")]
            Self::Mock(error) => error.fmt(f),
            #[cfg(feature = "vfio")]
            Self::Vfio(error) => error.fmt(f),
            #[cfg(feature = "uio")]
            Self::Uio(error) => error.fmt(f),
            #[cfg(feature = "kernel")]
            Self::Kernel(error) => error.fmt(f),
            #[cfg(feature = "linux")]
            Self::NoRoad(choice) => choice.fmt(f),
            Self::Core { doing, error } => write!(f, "{doing}: {error}"),
        }
    }
}

impl core::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            #[cfg(feature = "mock")]
            Self::Mock(error) => Some(error),
            #[cfg(feature = "vfio")]
            Self::Vfio(error) => Some(error),
            #[cfg(feature = "uio")]
            Self::Uio(error) => Some(error),
            #[cfg(feature = "kernel")]
            Self::Kernel(error) => Some(error),
            Self::Core { error, .. } => Some(error),
            Self::BadUri { .. }
            | Self::NoSuchBackend { .. }
            | Self::UnknownCard { .. }
            | Self::NotADisk { .. }
            | Self::InUse => None,
            #[cfg(feature = "linux")]
            Self::NoRoad(_) => None,
        }
    }
}

/// Why memory could not be lent or mapped, in the backend's own words.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MemoryError {
    /// The simulated machine refused.
    #[cfg(feature = "mock")]
    Mock(dma_core::Error),
    /// VFIO refused; the message has the limit that stands in the way, and what to type.
    #[cfg(feature = "vfio")]
    Vfio(backend_vfio::MemoryError),
    /// UIO has no such memory; the message says what to type.
    #[cfg(feature = "uio")]
    Uio(backend_uio::MemoryError),
    /// Our kernel module has none; the message says what to type.
    #[cfg(feature = "kernel")]
    Kernel(backend_kernel::MemoryError),
}

impl MemoryError {
    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> dma_core::ErrorKind {
        each!(self, error => error.kind())
    }
}

impl fmt::Display for MemoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        each!(self, error => error.fmt(f))
    }
}

impl core::error::Error for MemoryError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        each!(self, error => Some(error))
    }
}

impl From<MemoryError> for dma_core::Error {
    fn from(error: MemoryError) -> Self {
        match error {
            #[cfg(feature = "mock")]
            MemoryError::Mock(error) => error,
            #[cfg(feature = "vfio")]
            MemoryError::Vfio(error) => error.into(),
            #[cfg(feature = "uio")]
            MemoryError::Uio(error) => error.into(),
            #[cfg(feature = "kernel")]
            MemoryError::Kernel(error) => error.into(),
        }
    }
}
