//! What can be chosen when a device is opened.
#![forbid(unsafe_code)]

use backend_kernel_abi::FEWEST_BITS;
use host_linux::InterruptKind;

use crate::error::{OpenError, OpenErrorKind};

/// Choices, all with a default that suits.
///
/// | option | values | |
/// |---|---|---|
/// | `interrupts` | `auto`, `msix`, `msi`, `intx`, `polling` | `auto` takes the first that works |
/// | `bits` | `auto`, 24 to 64 | how many address bits the card has; `auto` is what memory is asked for |
///
/// # Examples
///
/// ```
/// use backend_kernel::Options;
/// let options = Options::parse("interrupts=intx&bits=28")?;
/// assert_eq!(options.bits, Some(28));
/// assert!(Options::parse("bits=65").is_err());
/// # Ok::<(), backend_kernel::OpenError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// This kind of interrupt or none; by itself, the best that works.
    pub interrupts: Option<InterruptKind>,
    /// The device's mask; by itself, that of the requests for memory.
    pub bits: Option<u32>,
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
                    options.interrupts = InterruptKind::choice(value)
                        .ok_or_else(|| bad(option, InterruptKind::CHOICES))?;
                }
                "bits" => {
                    options.bits = match value.parse() {
                        _ if value == "auto" => None,
                        Ok(bits @ FEWEST_BITS..=64) => Some(bits),
                        _ => return Err(bad(option, "auto, 24 to 64")),
                    }
                }
                _ => {
                    let (kind, tried) = (OpenErrorKind::BadOption, "there is no such option");
                    let error = OpenError::new(kind, &option, tried);
                    return Err(error.hint("there are interrupts, bits"));
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
        assert_eq!(Options::parse("interrupts=auto&bits=auto").unwrap(), Options::default());
        let options = Options::parse("interrupts=polling&bits=64").unwrap();
        assert_eq!(options.interrupts, Some(InterruptKind::Polling));
        assert_eq!(options.bits, Some(64));
        for (text, hint) in [
            ("interrupts", "auto, msix"),
            ("bits=23", "24 to 64"),
            ("bits=many", "24 to 64"),
            ("iommu=type1", "there are interrupts, bits"),
        ] {
            let error = Options::parse(text).unwrap_err();
            assert_eq!(error.kind(), OpenErrorKind::BadOption);
            assert!(error.to_string().contains(hint), "{error}");
        }
    }
}
