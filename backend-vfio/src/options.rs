//! How a device is to be opened: what follows the question mark of its name.
#![forbid(unsafe_code)]

use host_linux::{BadMemorySource, HugePages, InterruptKind, MemorySource};

use crate::error::{OpenError, OpenErrorKind};

/// Choices, all with a default that suits.
///
/// | option | values | |
/// |---|---|---|
/// | `iommu` | `auto`, `type1`, `iommufd` | who holds the mappings; `auto` takes iommufd where the kernel has it |
/// | `interrupts` | `auto`, `msix`, `msi`, `intx`, `polling` | `auto` takes the first that works |
/// | `huge` | `on`, `off` | huge pages for long buffers |
/// | `coherent` | `auto`, `on`, `off` | whether the device snoops caches, where the host tells wrongly |
/// | `memory` | `huge`, `0x30000000+16M`, `uio1/map0`, `udmabuf0` | where memory comes from if nothing translates: see [`MemorySource`] |
///
/// # Examples
///
/// ```
/// use backend_vfio::Options;
/// let options = Options::parse("interrupts=intx&huge=off")?;
/// assert_ne!(options, Options::default());
/// assert!(Options::parse("interrupts=perhaps").is_err());
/// # Ok::<(), backend_vfio::OpenError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Who holds the mappings; by itself, iommufd where the kernel has it.
    pub iommu: Option<Manager>,
    /// This kind of interrupt or none; by itself, the best that works.
    pub interrupts: Option<InterruptKind>,
    /// Which pages are taken.
    pub huge_pages: HugePages,
    /// Whether the device snoops caches; by itself, what the host tells.
    pub coherent: Option<bool>,
    /// Where memory comes from if nothing translates.
    pub memory: MemorySource,
}

/// Who holds a device's mappings in the kernel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Manager {
    /// A container with the device's group: every kernel with VFIO.
    Type1,
    /// iommufd, with a node of the device's own: since 6.6.
    Iommufd,
    /// Nobody: nothing translates, and the device was opened as unprotected.
    Nobody,
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
                "iommu" => {
                    options.iommu = match value {
                        "auto" => None,
                        "type1" => Some(Manager::Type1),
                        "iommufd" => Some(Manager::Iommufd),
                        _ => return Err(bad(option, "auto, type1, iommufd")),
                    }
                }
                "interrupts" => {
                    options.interrupts = InterruptKind::choice(value)
                        .ok_or_else(|| bad(option, InterruptKind::CHOICES))?;
                }
                "huge" => {
                    options.huge_pages = match value {
                        "on" => HugePages::Prefer,
                        "off" => HugePages::Never,
                        _ => return Err(bad(option, "on, off")),
                    }
                }
                "coherent" => {
                    options.coherent = match value {
                        "auto" => None,
                        "on" => Some(true),
                        "off" => Some(false),
                        _ => return Err(bad(option, "auto, on, off")),
                    }
                }
                "memory" => {
                    options.memory =
                        value.parse().map_err(|_| bad(option, BadMemorySource::FORMS))?;
                }
                _ => {
                    let error = OpenError::new(
                        OpenErrorKind::BadOption,
                        &option,
                        "there is no such option",
                    );
                    return Err(error.hint("there are iommu, interrupts, huge, coherent, memory"));
                }
            }
        }
        Ok(options)
    }

    /// The kinds of interrupt to try, in order.
    pub(crate) fn kinds(self) -> Vec<InterruptKind> {
        self.interrupts.map_or_else(|| InterruptKind::BEST_FIRST.to_vec(), |kind| vec![kind])
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
        let options =
            Options::parse("iommu=type1&interrupts=polling&huge=off&coherent=off").unwrap();
        assert_eq!(options.kinds(), [InterruptKind::Polling]);
        assert_eq!(options.iommu, Some(Manager::Type1));
        assert_eq!((options.huge_pages, options.coherent), (HugePages::Never, Some(false)));
        assert_eq!(Options::default().kinds(), InterruptKind::BEST_FIRST);
        for (text, hint) in [
            ("interrupts", "auto, msix"),
            ("huge=2M", "on, off"),
            ("coherent=maybe", "auto, on, off"),
            ("iommu=none", "auto, type1, iommufd"),
            ("memory=here", "huge, BASE+SIZE"),
            ("speed=9", "there are iommu, interrupts"),
        ] {
            let error = Options::parse(text).unwrap_err();
            assert_eq!(error.kind(), OpenErrorKind::BadOption);
            assert!(error.to_string().contains(hint), "{error}");
        }
    }
}
