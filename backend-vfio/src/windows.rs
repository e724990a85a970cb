//! Which device addresses may be used, and how that is known.
//!
//! Since 5.4 the kernel tells type 1 users the ranges. Before, sysfs has what is reserved (4.11).
//! Older kernels tell nothing: then a cautious window below 4 GiB is used, without the places
//! where processors have their message interrupts.
#![forbid(unsafe_code)]

use dma_core::IovaWindow;
use host_linux::windows::{LOWEST, SURE_BITS, untold, without};
use vfio_bindings::bindings::vfio;

use crate::capabilities::{Chain, u32_at, u64_at};

/// How the windows are known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Evidence {
    /// The kernel told them.
    Kernel,
    /// They are what sysfs does not reserve, below the width that every IOMMU has.
    Reserved,
    /// There is no IOMMU: memory has the addresses that it has.
    Untranslated,
    /// Nothing is known: a window that is safe on the processors that have such kernels.
    Cautious,
}

/// What a container says of its IOMMU.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct IommuInfo {
    /// Usable page sizes, a bit each.
    pub(crate) page_sizes: u64,
    /// Usable addresses, if it tells.
    pub(crate) windows: Option<Vec<IovaWindow>>,
    /// How many mappings can still be made, if it tells.
    pub(crate) mappings_left: Option<u32>,
}

impl IommuInfo {
    /// Reads the kernel's answer; `None` if it makes no sense.
    pub(crate) fn parse(answer: &[u8]) -> Option<Self> {
        let flags = u32_at(answer, 4)?;
        let page_sizes = match flags & vfio::VFIO_IOMMU_INFO_PGSIZES {
            0 => 4096,
            _ => u64_at(answer, 8)?,
        };
        let first = match flags & vfio::VFIO_IOMMU_INFO_CAPS {
            0 => 0,
            _ => u32_at(answer, 16)?,
        };
        let chain = Chain::new(answer, first);
        let windows = match chain.clone().find(vfio::VFIO_IOMMU_TYPE1_INFO_CAP_IOVA_RANGE) {
            None => None,
            Some(ranges) => Some(windows(ranges)?),
        };
        let left = chain.find(vfio::VFIO_IOMMU_TYPE1_INFO_DMA_AVAIL);
        Some(Self { page_sizes, windows, mappings_left: left.and_then(|left| u32_at(left, 8)) })
    }

    /// The smallest page that both sides have, in bytes.
    pub(crate) fn granule(&self, page: usize) -> usize {
        let smallest = 1_u64 << self.page_sizes.trailing_zeros().min(63);
        usize::try_from(smallest).unwrap_or(page).max(page)
    }
}

/// The ranges of a capability.
fn windows(capability: &[u8]) -> Option<Vec<IovaWindow>> {
    let count = usize::try_from(u32_at(capability, 8)?).ok()?;
    let mut windows = Vec::new();
    for index in 0..count {
        let place = index.checked_mul(16)?.checked_add(16)?;
        let (first, last) = (u64_at(capability, place)?, u64_at(capability, place + 8)?);
        windows.push(IovaWindow { first, last });
    }
    Some(windows)
}

/// The windows to use, of what the kernel told, or sysfs reserves, or neither.
pub(crate) fn choose(
    told: Option<Vec<IovaWindow>>,
    reserved: Option<&[(u64, u64)]>,
) -> (Vec<IovaWindow>, Evidence) {
    match (told, reserved) {
        (Some(told), _) => (without(&told, &[(0, LOWEST - 1)]), Evidence::Kernel),
        (None, Some(_)) => (untold(reserved, SURE_BITS), Evidence::Reserved),
        (None, None) => (untold(None, SURE_BITS), Evidence::Cautious),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn window(first: u64, last: u64) -> IovaWindow {
        IovaWindow { first, last }
    }

    /// An answer with ranges, and a count of mappings behind.
    fn answer(ranges: &[(u64, u64)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for word in [24_u32, 3] {
            bytes.extend(word.to_ne_bytes());
        }
        bytes.extend(0x4020_1000_u64.to_ne_bytes());
        for word in [24_u32, 0] {
            bytes.extend(word.to_ne_bytes());
        }
        let length = u32::try_from(16 + 16 * ranges.len()).unwrap();
        bytes.extend([1_u16.to_ne_bytes(), 1_u16.to_ne_bytes()].concat());
        bytes.extend((24 + length).to_ne_bytes());
        bytes.extend(u32::try_from(ranges.len()).unwrap().to_ne_bytes());
        bytes.extend(0_u32.to_ne_bytes());
        for (first, last) in ranges {
            bytes.extend(first.to_ne_bytes());
            bytes.extend(last.to_ne_bytes());
        }
        bytes.extend([3_u16.to_ne_bytes(), 1_u16.to_ne_bytes()].concat());
        bytes.extend(0_u32.to_ne_bytes());
        bytes.extend(65535_u32.to_ne_bytes());
        bytes
    }

    // The answer of a kernel with VT-d: two windows around the messages, three sizes of pages.
    #[test]
    fn ranges_of_vt_d_are_read() {
        let ranges = [(0, 0xfedf_ffff), (0xfef0_0000, (1 << 48) - 1)];
        let info = IommuInfo::parse(&answer(&ranges)).unwrap();
        assert_eq!(info.page_sizes, 0x4020_1000);
        assert_eq!((info.granule(4096), info.granule(65536)), (4096, 65536));
        assert_eq!(info.mappings_left, Some(65535));
        let (windows, evidence) = choose(info.windows, None);
        assert_eq!(evidence, Evidence::Kernel);
        assert_eq!(windows, [window(LOWEST, 0xfedf_ffff), window(0xfef0_0000, (1 << 48) - 1)]);
    }

    // An old kernel's answer has no chain; its end decides nothing.
    #[test]
    fn old_answers_tell_no_windows() {
        let mut old = answer(&[]);
        old[4..8].copy_from_slice(&1_u32.to_ne_bytes());
        let info = IommuInfo::parse(&old[..16]).unwrap();
        assert_eq!((info.windows, info.mappings_left), (None, None));
        assert_eq!(IommuInfo::parse(&answer(&[(0, 1)])[..40]), None, "cut in a range");
    }

    // Without word from the kernel, sysfs is asked, and what it says decides how they are known.
    #[test]
    fn windows_say_how_they_are_known() {
        let (windows, evidence) = choose(None, Some(&[(0x0800_0000, 0x080f_ffff)]));
        assert_eq!((windows.len(), evidence), (2, Evidence::Reserved));
        let (windows, evidence) = choose(None, None);
        assert_eq!(evidence, Evidence::Cautious);
        assert!(windows.iter().all(|window| window.last < 1 << 32));
    }
}
