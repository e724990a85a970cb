//! Devices as they are named on the command line, and how they are opened.

use anydma::{
    Device, DeviceVisitor, OpenError, diagnostics::host::Reason, with_device,
    with_unprotected_device,
};
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

/// Whether a road will do on which nothing protects memory from the card.
#[derive(clap::Args, Clone, Copy, Default, Debug)]
pub(crate) struct Protection {
    /// Also takes a road where no IOMMU stands between card and memory: a wrong address then writes
    /// to anybody's memory. For a host, a card and a driver that you answer for
    #[arg(long, global = true)]
    unprotected: bool,
}

impl Protection {
    /// What another run of this program is told.
    pub(crate) fn words(self) -> Option<&'static str> {
        self.unprotected.then_some("--unprotected")
    }

    /// Opens a device.
    pub(crate) fn open(self, uri: &str) -> Result<Device, OpenError> {
        if self.unprotected {
            // SAFETY: whoever gave the flag answers for card, driver and host, as its help says.
            unsafe { Device::open_unprotected(uri) }
        } else {
            Device::open(uri)
        }
    }

    /// As [`Protection::open`], and visits it as what it is.
    pub(crate) fn visit<V: DeviceVisitor>(
        self,
        uri: &str,
        visitor: V,
    ) -> Result<V::Output, OpenError> {
        if self.unprotected {
            // SAFETY: as in `open`.
            unsafe { with_unprotected_device(uri, visitor) }
        } else {
            with_device(uri, visitor)
        }
    }
}

/// That a device could not be opened.
pub(crate) fn unopened(uri: &str, error: &OpenError) -> Failure {
    let failure = Failure::because(format!("open {uri}"), error);
    match error.reason() {
        Some(Reason::Unprotected) => failure.hint("this command: --unprotected"),
        _ => failure,
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
