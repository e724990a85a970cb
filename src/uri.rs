//! Device names: `scheme:place?option=value&option=value`.
#![forbid(unsafe_code)]

use core::fmt;
use core::str::FromStr;

use crate::OpenError;

/// The name of a device: which road, which place on it, and options of the road.
///
/// | URI | is |
/// |---|---|
/// | `mock:edu` | a simulated machine with QEMU's `edu` card |
/// | `mock:nvme` | a simulated machine with an NVMe disk of 16 MiB |
/// | `mock:pl081` | a simulated machine with an ARM PL081 controller |
/// | `mock:xdma` | a simulated machine with a Xilinx XDMA card of 8 MiB |
/// | `mock:edu?iommu=off&delay_us=10` | the first without IOMMU, and a quicker card |
/// | `mock:xdma?coherent=off&wording=xavier` | a host whose caches the card does not see into, and whose kernel speaks as Xavier's |
/// | `vfio:0000:01:00.0` | the card at this PCI address, through Linux VFIO |
/// | `vfio:0000:01:00.0?interrupts=intx` | the same, with interrupts by line |
/// | `auto:0000:01:00.0` | the card at this PCI address, on the best road that the host offers; see [`Choice`](crate::Choice) |
/// | `kernel:0000:01:00.0` | the card at this PCI address, through our kernel module |
/// | `uio:0000:01:00.0` | the card at this PCI address, through Linux UIO; to be opened as unprotected |
///
/// Options are `key=value`, joined by `&`; in a shell, put the URI in quotes. Those of `mock:`:
///
/// | option | value | means |
/// |---|---|---|
/// | `iommu` | `on` (default), `off` | whether device addresses are translated |
/// | `wording` | `vt-d` (default), `smmu-v3`, `smmu-v2`, `xavier` | whose words faults are told in |
/// | `coherent` | `on` (default), `off` | whether devices see into the CPU's caches |
/// | `evictions` | a number | not coherent, and cache lines come and go by chance, from this seed |
/// | `scattered` | `on`, `off` (default) | whether pages of RAM lie apart |
/// | `pieces` | bytes | longest run of device addresses that is lent |
/// | `trigger` | `edge`, `level`, `level-once` | how interrupts arrive |
/// | `delay_us`, `delay_ns` | a number | how long a transfer, or an item of it, takes |
/// | `bits` | 1 to 64 | how many address bits the card has (`edu`, `xdma`) |
/// | `clock` | `virtual` (default), `real` | whether time passes only as one waits, or by itself |
/// | `card_mib` | 1 to 1024 | memory on the card (`xdma`), or the disk (`nvme`) |
/// | `link` | bytes a microsecond | how fast bytes travel (`xdma`, as all that follow); 0: in no time |
/// | `rate` | bytes a microsecond | how fast the card's stream is at first |
/// | `fifo_kib` | 1 to 65536 | what the FIFO of each stream holds |
///
/// Those of `vfio:`:
///
/// | option | value | means |
/// |---|---|---|
/// | `iommu` | `auto` (default), `type1`, `iommufd` | who holds the mappings in the kernel |
/// | `interrupts` | `auto` (default), `msix`, `msi`, `intx`, `polling` | how the card interrupts |
/// | `huge` | `on` (default), `off` | huge pages for long buffers |
/// | `coherent` | `auto` (default), `on`, `off` | whether the card sees into the CPU's caches |
/// | `memory` | `huge` (default), `0x30000000+16M`, `uio1/map0`, `udmabuf0` | where memory comes from, if nothing translates |
///
/// Those of `kernel:`:
///
/// | option | value | means |
/// |---|---|---|
/// | `interrupts` | as for `vfio:` | how the card interrupts |
/// | `bits` | `auto` (default), 24 to 64 | how many address bits the card has; `auto` is what memory is asked for |
///
/// Those of `uio:`:
///
/// | option | value | means |
/// |---|---|---|
/// | `interrupts` | `auto` (default), `intx`, `polling` | how the card interrupts |
/// | `memory` | as for `vfio:` | where memory comes from |
/// | `coherent` | `auto` (default), `on`, `off` | whether the card sees into the CPU's caches |
/// | `iommu` | `refuse` (default), `ignore` | `ignore` shows what a physical address does where an IOMMU translates |
///
/// # Examples
///
/// ```
/// use anydma::Uri;
/// let uri: Uri = "mock:edu?iommu=off".parse()?;
/// assert_eq!((uri.scheme(), uri.place(), uri.options()), ("mock", "edu", "iommu=off"));
/// assert!("edu".parse::<Uri>().is_err());
/// # Ok::<(), anydma::OpenError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Uri {
    text: String,
    scheme_end: usize,
    place_end: usize,
}

impl Uri {
    /// Which road: `mock`, …
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.text[..self.scheme_end]
    }

    /// Where on that road: a card's name, a PCI address.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.text[self.scheme_end + 1..self.place_end]
    }

    /// What follows the question mark; empty if there is none.
    #[must_use]
    pub fn options(&self) -> &str {
        self.text.get(self.place_end + 1..).unwrap_or("")
    }
}

impl FromStr for Uri {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        let bad = |reason| OpenError::BadUri { uri: text.to_owned(), reason };
        let scheme_end = text.find(':').ok_or_else(|| bad("it has no scheme"))?;
        let place_end = text.find('?').unwrap_or(text.len());
        if scheme_end == 0 || place_end < scheme_end {
            return Err(bad("it has no scheme"));
        }
        if place_end == scheme_end + 1 {
            return Err(bad("it names no device after the colon"));
        }
        Ok(Self { text: text.to_owned(), scheme_end, place_end })
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A PCI address has colons of its own, and they belong to the place.
    #[test]
    fn pci_address_is_one_place() {
        let uri: Uri = "vfio:0000:01:00.0".parse().unwrap();
        assert_eq!((uri.scheme(), uri.place(), uri.options()), ("vfio", "0000:01:00.0", ""));
        assert_eq!(uri.to_string(), "vfio:0000:01:00.0");
    }

    // What is no URI is refused with a reason, never cut at a wrong place.
    #[test]
    fn nonsense_is_refused() {
        for text in ["", "edu", ":edu", "mock:", "mock:?iommu=off", "?mock:edu"] {
            assert!(text.parse::<Uri>().is_err(), "{text:?} was taken");
        }
    }
}
