//! How a device is to be opened: what follows the question mark of its name.
#![forbid(unsafe_code)]

use host_linux::{BadMemorySource, MemorySource};

use crate::error::{OpenError, OpenErrorKind};
use crate::interrupts::InterruptKind;

/// Choices, all with a default that suits.
///
/// | option | values | |
/// |---|---|---|
/// | `interrupts` | `auto`, `intx`, `polling` | `auto` takes the line if there is one |
/// | `memory` | `huge`, `0x30000000+16M`, `uio1/map0`, `udmabuf0` | where memory comes from: see [`MemorySource`] |
/// | `coherent` | `auto`, `on`, `off` | whether the device snoops caches, where the host tells wrongly |
/// | `iommu` | `refuse`, `ignore` | `ignore` goes on where an IOMMU translates, to show what comes of it: faults, and no bytes |
///
/// # Examples
///
/// ```
/// use backend_uio::{MemorySource, Options};
/// let options = Options::parse("interrupts=polling&memory=0x30000000+16M")?;
/// assert_eq!(options.memory, MemorySource::Region { first: 0x3000_0000, length: 16 << 20 });
/// assert!(Options::parse("interrupts=msi").is_err());
/// # Ok::<(), backend_uio::OpenError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The line or nothing; by itself, the line if there is one.
    pub interrupts: Option<InterruptKind>,
    /// Where memory comes from.
    pub memory: MemorySource,
    /// Whether the device snoops caches; by itself, what the host tells.
    pub coherent: Option<bool>,
    /// Goes on where an IOMMU translates: the device is told wrong addresses then.
    pub ignore_iommu: bool,
}

impl Options {
    /// Reads `name=value&name=value`; the empty text is the default.
    ///
    /// # Errors
    ///
    /// `BadOption`: there is no such option or value; the message has those that are.
    pub fn parse(text: &str) -> Result<Self, OpenError> {
        let mut options = Self::default();
        for option in text.split('&').filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            match name {
                "interrupts" => {
                    options.interrupts = match value {
                        "auto" => None,
                        "intx" => Some(InterruptKind::Intx),
                        "polling" => Some(InterruptKind::Polling),
                        _ => return Err(bad(option, "auto, intx, polling; UIO has no MSI")),
                    }
                }
                "memory" => {
                    options.memory =
                        value.parse().map_err(|_| bad(option, BadMemorySource::FORMS))?;
                }
                "coherent" => {
                    options.coherent = match value {
                        "auto" => None,
                        "on" => Some(true),
                        "off" => Some(false),
                        _ => return Err(bad(option, "auto, on, off")),
                    }
                }
                "iommu" => {
                    options.ignore_iommu = match value {
                        "refuse" => false,
                        "ignore" => true,
                        _ => return Err(bad(option, "refuse, ignore")),
                    }
                }
                _ => {
                    let error = OpenError::new(
                        OpenErrorKind::BadOption,
                        &option,
                        "there is no such option",
                    );
                    return Err(error.hint("there are interrupts, memory, coherent, iommu"));
                }
            }
        }
        Ok(options)
    }
}

fn bad(option: &str, values: &str) -> OpenError {
    OpenError::new(OpenErrorKind::BadOption, &option, "it cannot have this value")
        .hint(format!("it can be: {values}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Each option is read, and says its values when it gets another.
    #[test]
    fn options_are_read_or_refused_with_what_there_is() {
        assert_eq!(Options::parse("").unwrap(), Options::default());
        let options = Options::parse("interrupts=polling&memory=uio1/map0&coherent=off").unwrap();
        assert_eq!(options.interrupts, Some(InterruptKind::Polling));
        assert_eq!(options.memory, MemorySource::UioMap { uio: 1, map: 0 });
        assert_eq!((options.coherent, options.ignore_iommu), (Some(false), false));
        assert!(Options::parse("iommu=ignore").unwrap().ignore_iommu);
        for (text, hint) in [
            ("interrupts=msi", "UIO has no MSI"),
            ("memory=dimm0", "huge, BASE+SIZE"),
            ("coherent", "auto, on, off"),
            ("iommu=off", "refuse, ignore"),
            ("speed=9", "there are interrupts, memory"),
        ] {
            let error = Options::parse(text).unwrap_err();
            assert_eq!(error.kind(), OpenErrorKind::BadOption);
            assert!(error.to_string().contains(hint), "{error}");
        }
    }
}
