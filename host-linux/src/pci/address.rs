//! Where a PCI device is: domain, bus, device, function.
#![forbid(unsafe_code)]

use core::fmt;
use core::str::FromStr;

/// The address of a PCI function, as `lspci -D` prints it.
///
/// # Examples
///
/// ```
/// use host_linux::pci::PciAddress;
/// let card: PciAddress = "0000:01:00.0".parse()?;
/// assert_eq!(card, "01:00.0".parse()?);
/// assert_eq!(card.to_string(), "0000:01:00.0");
/// # Ok::<(), host_linux::pci::BadPciAddress>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PciAddress {
    /// The domain, or segment; more than 16 bits behind some bridges.
    pub domain: u32,
    /// The bus.
    pub bus: u8,
    /// The device on it, below 32.
    pub device: u8,
    /// Its function, below 8.
    pub function: u8,
}

/// It is no address of a PCI function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadPciAddress {
    text: String,
}

impl fmt::Display for BadPciAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not the address of a PCI device; write it as `lspci -D` prints it: 0000:01:00.0",
            self.text
        )
    }
}

impl core::error::Error for BadPciAddress {}

impl FromStr for PciAddress {
    type Err = BadPciAddress;

    fn from_str(text: &str) -> Result<Self, BadPciAddress> {
        read(text).ok_or_else(|| BadPciAddress { text: text.to_owned() })
    }
}

fn read(text: &str) -> Option<PciAddress> {
    let (text, function) = text.rsplit_once('.')?;
    let (text, device) = text.rsplit_once(':')?;
    let (domain, bus) = text.rsplit_once(':').unwrap_or(("0", text));
    let hex = |text: &str, limit: u32| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(text, 16).ok().filter(|_| digits)?;
        (number <= limit).then_some(number)
    };
    Some(PciAddress {
        domain: hex(domain, u32::MAX)?,
        bus: u8::try_from(hex(bus, 0xff)?).ok()?,
        device: u8::try_from(hex(device, 31)?).ok()?,
        function: u8::try_from(hex(function, 7)?).ok()?,
    })
}

impl fmt::Display for PciAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { domain, bus, device, function } = self;
        write!(f, "{domain:04x}:{bus:02x}:{device:02x}.{function:x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // What the kernel prints is read back the same, wide domains too.
    #[test]
    fn addresses_are_read_as_printed() {
        for text in ["0000:01:00.0", "0001:ff:1f.7", "10000:00:02.0"] {
            assert_eq!(text.parse::<PciAddress>().unwrap().to_string(), text);
        }
        assert_eq!("3:0.1".parse::<PciAddress>().unwrap().to_string(), "0000:03:00.1");
    }

    // Anything else is refused, and never becomes part of a path.
    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "01:00",
            "01:20.0",
            "01:00.8",
            "100:00.0",
            "../..:00.0",
            "+1:00.0",
            "0000:01:00.0 ",
        ] {
            let error = text.parse::<PciAddress>().unwrap_err().to_string();
            assert!(error.contains("lspci -D"), "{text}: {error}");
        }
    }
}
