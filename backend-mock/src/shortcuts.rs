//! Short ways: where devices were last.
//!
//! An IOMMU remembers translations, since walking its tables for every access would take too long;
//! so does this one, from what a device calls a byte straight to host memory, and to what lies
//! behind it in both. Pages that lie side by side share a way for each block of 64 KiB, as an
//! IOMMU has entries for large pages, so that a recording's many buffers find room.
#![forbid(unsafe_code)]

use std::ptr::NonNull;

use crate::iommu::PAGE;
use crate::ram::HostRange;

/// Bytes of a block.
pub(crate) const BLOCK: u64 = 16 * PAGE;

/// Who reaches for which byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    /// The number of the domain that the device is in.
    pub(crate) domain: usize,
    /// What the device calls the byte.
    pub(crate) address: u64,
    /// One right: [`READ`](crate::iommu::READ) or [`WRITE`](crate::iommu::WRITE).
    pub(crate) right: u64,
}

impl Reach {
    /// More domains than this, and the further ones have no short ways.
    const DOMAINS: usize = 1 << 10;

    /// Whether there can be a short way.
    #[inline]
    const fn is_short(self) -> bool {
        self.domain < Self::DOMAINS
    }
}

/// Whose accesses of which page, or block, go a short way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Tag(u64);

impl Tag {
    const NONE: Self = Self(0);

    /// For a unit of so many bytes, of a page or more, where there can be a short way. A right makes
    /// that no tag is zero.
    #[inline]
    const fn of(reach: Reach, unit: u64) -> Self {
        Self(reach.address & !(unit - 1) | (reach.domain as u64) << 2 | reach.right)
    }
}

/// A short way.
#[derive(Clone, Copy, Debug)]
struct Way {
    tag: Tag,
    /// What the device calls the first byte of `memory`.
    first: u64,
    memory: HostRange,
}

impl Way {
    const NONE: Self =
        Self { tag: Tag::NONE, first: 0, memory: HostRange::new(NonNull::dangling(), 0) };

    /// Where the byte lies in the memory, if it is there.
    #[inline]
    fn to(&self, address: u64) -> Option<(&HostRange, usize)> {
        let at = usize::try_from(address.wrapping_sub(self.first)).ok()?;
        (at < self.memory.length()).then_some((&self.memory, at))
    }
}

/// Ways from units of so many bytes each, as many as so many bits can count.
#[derive(Debug)]
struct Ways<const UNIT: u64, const BITS: u32> {
    entries: Vec<Way>,
    /// Which entries were written since they were all empty.
    written: Vec<usize>,
}

impl<const UNIT: u64, const BITS: u32> Ways<UNIT, BITS> {
    fn new() -> Self {
        Self { entries: vec![Way::NONE; 1 << BITS], written: Vec::new() }
    }

    #[expect(clippy::cast_possible_truncation, reason = "so few bits are left")]
    #[inline]
    const fn index(tag: Tag) -> usize {
        // Buffers lie at round distances: all bits must count. The golden ratio spreads units that
        // follow one another evenly; domain and right only shift them.
        let key = tag.0.rotate_right(UNIT.ilog2());
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS)) as usize
    }

    /// The way from the unit that the byte is in.
    #[inline]
    fn of(&self, reach: Reach) -> Option<&Way> {
        let tag = Tag::of(reach, UNIT);
        self.entries.get(Self::index(tag)).filter(|way| way.tag == tag)
    }

    fn add(&mut self, reach: Reach, first: u64, memory: HostRange) {
        let tag = Tag::of(reach, UNIT);
        let index = Self::index(tag);
        if let Some(way) = self.entries.get_mut(index) {
            if way.tag == Tag::NONE {
                self.written.push(index);
            }
            *way = Way { tag, first, memory };
        }
    }

    fn forget(&mut self) {
        for index in self.written.drain(..) {
            self.entries[index] = Way::NONE;
        }
    }
}

/// Where devices were last, as an IOMMU remembers translations: from an access straight to host
/// memory. Everything is forgotten as soon as any page is unmapped or taken out.
#[derive(Debug)]
pub(crate) struct Shortcuts {
    /// To what lies side by side in a block: one way each.
    blocks: Ways<BLOCK, 12>,
    /// To pages that lie alone, and to what else there is in a block.
    pages: Ways<PAGE, 11>,
}

impl Shortcuts {
    pub(crate) fn new() -> Self {
        Self { blocks: Ways::new(), pages: Ways::new() }
    }

    /// The memory of which the byte is a part, if a way to it is known, and where it lies there.
    #[inline]
    pub(crate) fn find(&self, reach: Reach) -> Option<(&HostRange, usize)> {
        if !reach.is_short() {
            return None;
        }
        if let Some(way) = self.blocks.of(reach)
            && let Some(found) = way.to(reach.address)
        {
            return Some(found);
        }
        self.pages.of(reach)?.to(reach.address)
    }

    /// Remembers that what the device calls `first` and the bytes after it are this memory, of
    /// which the byte is a part.
    pub(crate) fn add(&mut self, reach: Reach, first: u64, memory: HostRange) {
        if !reach.is_short() {
            return;
        }
        if memory.length() as u64 > PAGE && self.blocks.of(reach).is_none() {
            self.blocks.add(reach, first, memory);
        } else {
            self.pages.add(reach, first, memory);
        }
    }

    pub(crate) fn forget(&mut self) {
        self.blocks.forget();
        self.pages.forget();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iommu::{READ, WRITE};

    const START: u64 = 0xc000_0000;

    fn reach(address: u64, right: u64) -> Reach {
        Reach { domain: 3, address, right }
    }

    fn memory(length: usize) -> HostRange {
        HostRange::new(NonNull::dangling(), length)
    }

    // A thousand units that follow one another do not drive one another out; a way of one right is
    // none of another; and all are forgotten at once.
    #[test]
    fn neighbours_are_remembered_together_and_forgotten_together() {
        for unit in [PAGE, BLOCK] {
            let mut ways = Shortcuts::new();
            let length = usize::try_from(unit).unwrap();
            let units = |right| (0..1024).map(move |number| reach(START + number * unit, right));
            for reach in units(READ) {
                ways.add(reach, reach.address, memory(length));
            }
            let kept = units(READ).filter(|reach| {
                ways.find(*reach).is_some_and(|(found, at)| found.length() == length && at == 0)
            });
            assert!(kept.count() >= 1000);
            assert!(units(WRITE).all(|reach| ways.find(reach).is_none()));
            ways.forget();
            assert!(units(READ).all(|reach| ways.find(reach).is_none()));
        }
    }

    // A block of which only a part lies side by side leads there, and nowhere before or behind;
    // what else is in the block has ways of its own, which drive nothing out.
    #[test]
    fn part_of_a_block_leads_no_further() {
        let mut ways = Shortcuts::new();
        let (first, length) = (START + 2 * PAGE, 3 * 4096);
        ways.add(reach(first + PAGE, READ), first, memory(length));
        let second = first + 3 * PAGE;
        let place = |ways: &Shortcuts, address| {
            ways.find(reach(address, READ)).map(|(found, at)| (found.length(), at))
        };
        assert_eq!(place(&ways, first + 5), Some((length, 5)));
        assert_eq!(place(&ways, second - 1), Some((length, length - 1)));
        assert_eq!((place(&ways, first - 1), place(&ways, second)), (None, None));
        ways.add(reach(second, READ), second, memory(2 * 4096));
        assert_eq!(place(&ways, second + 7), Some((2 * 4096, 7)));
        assert_eq!(place(&ways, first + 5), Some((length, 5)));
    }

    // A device in one domain too many finds no way, and leaves none for others.
    #[test]
    fn domain_too_many_has_no_ways() {
        let mut ways = Shortcuts::new();
        let of = |domain| Reach { domain, address: START, right: READ };
        ways.add(of(Reach::DOMAINS), START, memory(4096));
        ways.add(of(Reach::DOMAINS), START, memory(2 * 4096));
        assert!(ways.find(of(Reach::DOMAINS)).is_none());
        let neighbour = Reach { domain: 0, address: START + PAGE, right: READ };
        assert!(ways.find(neighbour).is_none(), "which the bits of such a number would make it");
    }
}
