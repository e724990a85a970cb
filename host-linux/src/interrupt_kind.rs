//! How a PCI function interrupts.
#![forbid(unsafe_code)]

use core::fmt;

/// How a device interrupts.
///
/// # Examples
///
/// ```
/// use host_linux::InterruptKind;
/// assert_eq!(InterruptKind::choice("msi"), Some(Some(InterruptKind::Msi)));
/// assert_eq!(InterruptKind::choice("auto"), Some(None));
/// assert_eq!(InterruptKind::choice("bell"), None);
/// assert_eq!(InterruptKind::Msix.to_string(), "MSI-X");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InterruptKind {
    /// By messages, with a table of vectors.
    Msix,
    /// By messages.
    Msi,
    /// By a line, which the kernel masks at each interrupt until it is let through again.
    Intx,
    /// Not at all: whoever waits looks at the device now and then.
    Polling,
}

impl InterruptKind {
    /// All kinds, the best first.
    pub const BEST_FIRST: [Self; 4] = [Self::Msix, Self::Msi, Self::Intx, Self::Polling];
    /// What [`InterruptKind::choice`] understands.
    pub const CHOICES: &str = "auto, msix, msi, intx, polling";

    /// The kind that an option asks for, or none in particular; `None` if it is none of
    /// [`InterruptKind::CHOICES`].
    #[must_use]
    pub fn choice(value: &str) -> Option<Option<Self>> {
        Some(match value {
            "auto" => None,
            "msix" => Some(Self::Msix),
            "msi" => Some(Self::Msi),
            "intx" => Some(Self::Intx),
            "polling" => Some(Self::Polling),
            _ => return None,
        })
    }
}

impl fmt::Display for InterruptKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Msix => "MSI-X",
            Self::Msi => "MSI",
            Self::Intx => "INTx",
            Self::Polling => "polling",
        })
    }
}
