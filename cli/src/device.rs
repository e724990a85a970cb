//! Devices as they are named on the command line.
#![forbid(unsafe_code)]

use anydma::Device;
use host_linux::pci::PciAddress;

use crate::failure::Failure;

/// A device by its URI, or a bare PCI address, which is meant on the road that protects.
#[derive(Clone, Debug)]
pub(crate) struct DeviceName(String);

impl DeviceName {
    /// The URI.
    pub(crate) fn uri(&self) -> &str {
        &self.0
    }

    /// Opens it.
    pub(crate) fn open(&self) -> Result<Device, Failure> {
        Device::open(&self.0).map_err(|error| Failure::because(format!("open {}", self.0), error))
    }
}

impl std::str::FromStr for DeviceName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(place) = text.parse::<PciAddress>() {
            return Ok(Self(format!("vfio:{place}")));
        }
        let uri: anydma::Uri = text.parse().map_err(|error: anydma::OpenError| {
            format!("{error}, `vfio:0000:01:00.0`, or a PCI address as `lspci` prints it")
        })?;
        Ok(Self(uri.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // What lspci prints is a device on VFIO; a URI stays what it is; the rest is refused.
    #[test]
    fn names_become_uris() {
        let uri = |text: &str| text.parse::<DeviceName>().map(|name| name.0);
        assert_eq!(uri("01:00.0").as_deref(), Ok("vfio:0000:01:00.0"));
        assert_eq!(uri("000A:bE:1f.7").as_deref(), Ok("vfio:000a:be:1f.7"));
        assert_eq!(uri("mock:edu?iommu=off").as_deref(), Ok("mock:edu?iommu=off"));
        for wrong in ["", "edu", "mock:", ":edu"] {
            assert!(uri(wrong).is_err(), "{wrong:?}");
        }
    }
}
