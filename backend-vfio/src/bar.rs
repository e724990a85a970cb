//! A BAR, as the kernel describes it.
#![forbid(unsafe_code)]

use core::ops::Range;

use vfio_bindings::bindings::vfio;

use crate::capabilities::{Chain, u32_at, u64_at};

/// What the kernel says of a BAR, or of another region of the device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BarInfo {
    size: u64,
    offset: u64,
    flags: u32,
    /// What of it may be mapped.
    areas: Vec<Range<u64>>,
}

impl BarInfo {
    /// Reads the kernel's answer; `None` if it makes no sense.
    pub(crate) fn parse(answer: &[u8]) -> Option<Self> {
        let flags = u32_at(answer, 4)?;
        let (size, offset) = (u64_at(answer, 16)?, u64_at(answer, 24)?);
        let mut areas = Vec::new();
        if flags & vfio::VFIO_REGION_INFO_FLAG_MMAP != 0 {
            let first = match flags & vfio::VFIO_REGION_INFO_FLAG_CAPS {
                0 => 0,
                _ => u32_at(answer, 12)?,
            };
            match Chain::new(answer, first).find(vfio::VFIO_REGION_INFO_CAP_SPARSE_MMAP) {
                None => areas.push(0..size),
                Some(sparse) => areas = sparse_areas(sparse, size)?,
            }
        }
        Some(Self { size, offset, flags, areas })
    }

    /// Length in bytes; 0 if the device has no such BAR.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Where it begins in the device's file.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether it can be read.
    #[must_use]
    pub const fn is_readable(&self) -> bool {
        self.flags & vfio::VFIO_REGION_INFO_FLAG_READ != 0
    }

    /// Whether it can be written.
    #[must_use]
    pub const fn is_writable(&self) -> bool {
        self.flags & vfio::VFIO_REGION_INFO_FLAG_WRITE != 0
    }

    /// What of it can be mapped, in bytes from its start; the rest is reached through
    /// [`VfioDevice::read`](crate::VfioDevice::read) and
    /// [`VfioDevice::write`](crate::VfioDevice::write).
    #[must_use]
    pub fn areas(&self) -> &[Range<u64>] {
        &self.areas
    }

    /// The areas as whole pages, in order and apart.
    pub(crate) fn mappable(&self, page: usize) -> Vec<Range<usize>> {
        let mut pages: Vec<Range<usize>> = Vec::new();
        for area in &self.areas {
            let (Ok(start), Ok(end)) = (usize::try_from(area.start), usize::try_from(area.end))
            else {
                continue;
            };
            // A BAR shorter than a page has its page to itself, or cannot be mapped.
            let last = area.end == self.size;
            let start = start.next_multiple_of(page).max(pages.last().map_or(0, |area| area.end));
            let end = if last { end.next_multiple_of(page) } else { end / page * page };
            if start < end {
                pages.push(start..end);
            }
        }
        pages
    }
}

/// The areas of a capability, in order; `None` if it ends early.
fn sparse_areas(capability: &[u8], size: u64) -> Option<Vec<Range<u64>>> {
    let count = usize::try_from(u32_at(capability, 8)?).ok()?;
    let mut areas = Vec::new();
    for index in 0..count {
        let place = index.checked_mul(16)?.checked_add(16)?;
        let (start, length) = (u64_at(capability, place)?, u64_at(capability, place + 8)?);
        let end = start.checked_add(length)?.min(size);
        if start < end {
            areas.push(start..end);
        }
    }
    areas.sort_by_key(|area| area.start);
    Some(areas)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer: flags, size, areas if there are such.
    fn answer(flags: u32, size: u64, areas: Option<&[(u64, u64)]>) -> Vec<u8> {
        let mut words = vec![32_u32, flags, 0, if areas.is_some() { 32 } else { 0 }];
        let wide = |value: u64| {
            let bytes = value.to_ne_bytes();
            let half = |at: usize| u32::from_ne_bytes(*bytes[at..].first_chunk().unwrap());
            [half(0), half(4)]
        };
        words.extend(wide(size));
        words.extend(wide(1 << 40));
        if let Some(areas) = areas {
            let header = [1_u16.to_ne_bytes(), 1_u16.to_ne_bytes()].concat();
            words.push(u32::from_ne_bytes(header.try_into().unwrap()));
            words.extend([0, u32::try_from(areas.len()).unwrap(), 0]);
            for (start, length) in areas {
                words.extend(wide(*start));
                words.extend(wide(*length));
            }
        }
        words.iter().flat_map(|word| word.to_ne_bytes()).collect()
    }

    const MAPPABLE: u32 = 0b0111;
    const WITH_CHAIN: u32 = 0b1111;

    // Without a list of areas all of a BAR can be mapped, to the end of its last page.
    #[test]
    fn plain_bar_is_mapped_whole() {
        let bar = BarInfo::parse(&answer(MAPPABLE, 1 << 20, None)).unwrap();
        assert_eq!((bar.size(), bar.offset()), (1 << 20, 1 << 40));
        assert_eq!(bar.mappable(4096), vec![0..1 << 20]);
        let short = BarInfo::parse(&answer(MAPPABLE, 256, None)).unwrap();
        assert_eq!(short.mappable(4096), vec![0..4096]);
        let ports = BarInfo::parse(&answer(0b0011, 32, None)).unwrap();
        assert!(ports.is_readable() && ports.is_writable() && ports.mappable(4096).is_empty());
    }

    // A hole, as around a table of interrupts, is left out, whatever the size of pages.
    #[test]
    fn holes_are_left_out() {
        let areas: &[_] = &[(0x9000, 0x7000), (0, 0x8000)];
        let bar = BarInfo::parse(&answer(WITH_CHAIN, 0x1_0000, Some(areas))).unwrap();
        assert_eq!(bar.areas(), [0..0x8000, 0x9000..0x1_0000]);
        assert_eq!(bar.mappable(0x1000), vec![0..0x8000, 0x9000..0x1_0000]);
        // With larger pages, what is not a whole page is not mapped.
        assert_eq!(bar.mappable(0x4000), vec![0..0x8000, 0xc000..0x1_0000]);
        assert_eq!(bar.mappable(0x1_0000), Vec::<Range<usize>>::new());
    }

    // An answer that ends early is none, and areas beyond the BAR are cut.
    #[test]
    fn broken_answers_are_refused() {
        let areas: &[_] = &[(0, 0x8000)];
        let whole = answer(WITH_CHAIN, 0x4000, Some(areas));
        let cut = BarInfo::parse(&whole).unwrap();
        assert_eq!((cut.areas().len(), cut.areas()[0].end), (1, 0x4000));
        assert_eq!(BarInfo::parse(&whole[..whole.len() - 8]), None);
        assert_eq!(BarInfo::parse(&whole[..20]), None);
    }
}
