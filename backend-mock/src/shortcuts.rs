//! Short ways: where devices were last.
//!
//! An IOMMU remembers translations, since walking its tables for every access would take too long;
//! so does this one, from what a device calls a byte straight to host memory, and to what lies
//! behind it in both. Pages that lie side by side share a way for each block of 64 KiB, as an
//! IOMMU has entries for large pages, so that a recording's many buffers find room.
//!
//! The few ways that were learnt last stand in front, as an IOMMU has a small cache before its
//! large one. There, what turns out to lie side by side grows together: a recording's buffers, gone
//! through in order, become one way.
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
        Self(reach.address & !(unit - 1)).with(reach)
    }

    /// For any address, where there can be a short way.
    #[inline]
    const fn of_any(reach: Reach) -> Self {
        Self(0).with(reach)
    }

    #[inline]
    const fn with(self, reach: Reach) -> Self {
        Self(self.0 | (reach.domain as u64) << 2 | reach.right)
    }
}

/// Memory that lies side by side for the device and for the host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    /// What the device calls the first byte of `memory`.
    pub(crate) first: u64,
    pub(crate) memory: HostRange,
    /// Which piece of memory it is of: only of one and the same grows together what lies side by
    /// side.
    pub(crate) piece: u64,
}

impl Stretch {
    const NONE: Self =
        Self { first: 0, memory: HostRange::new(NonNull::dangling(), 0), piece: u64::MAX };

    /// The memory from the byte on, if it is there.
    #[inline]
    fn from(&self, address: u64) -> Option<HostRange> {
        self.memory.rest(usize::try_from(address.wrapping_sub(self.first)).ok()?)
    }

    /// With what lies right behind it, if that does.
    fn grown(&self, behind: &Self) -> Option<Self> {
        let length = self.memory.length();
        let beside = self.piece == behind.piece
            && self.first.checked_add(length as u64) == Some(behind.first)
            && self.memory.ends_at(&behind.memory);
        let memory = HostRange::new(self.memory.bytes().cast(), length + behind.memory.length());
        beside.then_some(Self { memory, ..*self })
    }
}

/// A short way.
#[derive(Clone, Copy, Debug)]
struct Way {
    tag: Tag,
    stretch: Stretch,
}

impl Way {
    const NONE: Self = Self { tag: Tag::NONE, stretch: Stretch::NONE };
}

/// The ways that were learnt last, of a tag for all addresses each.
#[derive(Debug)]
struct Recent {
    ways: [Way; Self::COUNT],
    /// Which of them is the next to go.
    oldest: usize,
}

impl Recent {
    /// The ring, the buffers and the write-back word of a channel, and one more.
    const COUNT: usize = 4;

    const NONE: Self = Self { ways: [Way::NONE; Self::COUNT], oldest: 0 };

    #[inline(always)]
    fn find(&self, reach: Reach) -> Option<HostRange> {
        let tag = Tag::of_any(reach);
        let mut of_tag = self.ways.iter().filter(|way| way.tag == tag);
        of_tag.find_map(|way| way.stretch.from(reach.address))
    }

    /// Lets a way grow by a stretch, or takes it in as another way.
    fn add(&mut self, reach: Reach, stretch: Stretch) {
        let tag = Tag::of_any(reach);
        for way in self.ways.iter_mut().filter(|way| way.tag == tag) {
            let grown = way.stretch.grown(&stretch).or_else(|| stretch.grown(&way.stretch));
            if let Some(grown) = grown {
                way.stretch = grown;
                return;
            }
        }
        self.ways[self.oldest] = Way { tag, stretch };
        self.oldest = (self.oldest + 1) % Self::COUNT;
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
    fn of(&self, reach: Reach) -> Option<&Stretch> {
        let tag = Tag::of(reach, UNIT);
        let way = self.entries.get(Self::index(tag)).filter(|way| way.tag == tag)?;
        Some(&way.stretch)
    }

    fn add(&mut self, reach: Reach, stretch: Stretch) {
        let tag = Tag::of(reach, UNIT);
        let index = Self::index(tag);
        if let Some(way) = self.entries.get_mut(index) {
            if way.tag == Tag::NONE {
                self.written.push(index);
            }
            *way = Way { tag, stretch };
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
    recent: Recent,
    /// To what lies side by side in a block: one way each.
    blocks: Ways<BLOCK, 12>,
    /// To pages that lie alone, and to what else there is in a block.
    pages: Ways<PAGE, 11>,
}

impl Shortcuts {
    pub(crate) fn new() -> Self {
        Self { recent: Recent::NONE, blocks: Ways::new(), pages: Ways::new() }
    }

    /// The memory from the byte on, as far as the way to it leads that was learnt recently.
    #[inline]
    pub(crate) fn find_recent(&self, reach: Reach) -> Option<HostRange> {
        self.recent.find(reach)
    }

    /// As [`Shortcuts::find_recent`], of all ways that are known.
    #[inline]
    pub(crate) fn find(&self, reach: Reach) -> Option<HostRange> {
        if !reach.is_short() {
            return None;
        }
        let of_block = self.blocks.of(reach).and_then(|stretch| stretch.from(reach.address));
        of_block.or_else(|| self.pages.of(reach)?.from(reach.address))
    }

    /// Remembers that the byte is a part of this stretch.
    pub(crate) fn add(&mut self, reach: Reach, stretch: Stretch) {
        if !reach.is_short() {
            return;
        }
        self.recent.add(reach, stretch);
        if stretch.memory.length() as u64 > PAGE && self.blocks.of(reach).is_none() {
            self.blocks.add(reach, stretch);
        } else {
            self.pages.add(reach, stretch);
        }
    }

    pub(crate) fn forget(&mut self) {
        self.recent = Recent::NONE;
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

    /// Bytes of a piece of memory, which the device calls `first` and the next ones.
    fn stretch(piece: u64, memory: &[u8], first: u64) -> Stretch {
        Stretch { first, memory: HostRange::new(NonNull::from(memory).cast(), memory.len()), piece }
    }

    // A thousand units that follow one another do not drive one another out; a way of one right is
    // none of another; and all are forgotten at once.
    #[test]
    fn neighbours_are_remembered_together_and_forgotten_together() {
        for unit in [PAGE, BLOCK] {
            let mut ways = Shortcuts::new();
            let memory = vec![0; usize::try_from(unit).unwrap()];
            let units = |right| (0..1024).map(move |number| reach(START + number * unit, right));
            for reach in units(READ) {
                ways.add(reach, stretch(0, &memory, reach.address));
            }
            let kept = units(READ).filter(|reach| {
                ways.find(*reach).is_some_and(|found| found.length() == memory.len())
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
        let memory = vec![0; 5 * 4096];
        let (first, length) = (START + 2 * PAGE, 3 * 4096);
        ways.add(reach(first + PAGE, READ), stretch(0, &memory[..length], first));
        let second = first + 3 * PAGE;
        let left =
            |ways: &Shortcuts, address| ways.find(reach(address, READ)).map(|found| found.length());
        assert_eq!(left(&ways, first + 5), Some(length - 5));
        assert_eq!(left(&ways, second - 1), Some(1));
        assert_eq!((left(&ways, first - 1), left(&ways, second)), (None, None));
        // Of another piece: what lies behind it by chance is not of one with it.
        ways.add(reach(second, READ), stretch(1, &memory[length..], second));
        assert_eq!(left(&ways, second + 7), Some(2 * 4096 - 7));
        assert_eq!(left(&ways, first + 5), Some(length - 5));
    }

    // Blocks that lie side by side, gone through in either order, become one way, which ends where
    // they end; what does not lie behind for both stays apart, and so does another right.
    #[test]
    fn ways_that_lie_side_by_side_grow_together() {
        let block = usize::try_from(BLOCK).unwrap();
        let memory = vec![0; 5 * block];
        for order in [[0_usize, 1, 2, 3], [3, 2, 1, 0]] {
            let mut ways = Shortcuts::new();
            for number in order {
                let first = START + number as u64 * BLOCK;
                // Of the last one, the host's bytes are a block further on.
                let at = if number == 3 { 4 } else { number } * block;
                ways.add(reach(first, READ), stretch(0, &memory[at..at + block], first));
            }
            let left = |address, right| {
                let found = ways.find_recent(reach(address, right))?;
                let at = found.bytes().cast::<u8>().as_ptr().addr() - memory.as_ptr().addr();
                Some((found.length(), at))
            };
            let end = START + 3 * BLOCK;
            assert_eq!(left(START, READ), Some((3 * block, 0)));
            assert_eq!(left(end - 1, READ), Some((1, 3 * block - 1)));
            assert_eq!(left(end, READ), Some((block, 4 * block)));
            assert_eq!((left(START - 1, READ), left(START, WRITE)), (None, None));
            ways.forget();
            assert!(ways.find_recent(reach(START, READ)).is_none());
        }
    }

    // More ways than those in front are all known still.
    #[test]
    fn what_is_not_recent_is_known_still() {
        let memory = [0; 4096];
        let mut ways = Shortcuts::new();
        let reach = |number: u64| reach(START + number * BLOCK, READ);
        for number in 0..=Recent::COUNT as u64 {
            ways.add(reach(number), stretch(number, &memory, reach(number).address));
        }
        let recent = |number| ways.find_recent(reach(number)).is_some();
        assert_eq!((recent(0), recent(1), recent(Recent::COUNT as u64)), (false, true, true));
        assert!((0..=Recent::COUNT as u64).all(|number| ways.find(reach(number)).is_some()));
    }

    // A device in one domain too many finds no way, and leaves none for others.
    #[test]
    fn domain_too_many_has_no_ways() {
        let mut ways = Shortcuts::new();
        let of = |domain| Reach { domain, address: START, right: READ };
        let memory = [0; 2 * 4096];
        ways.add(of(Reach::DOMAINS), stretch(0, &memory[..4096], START));
        ways.add(of(Reach::DOMAINS), stretch(0, &memory, START));
        assert!(ways.find(of(Reach::DOMAINS)).is_none());
        let neighbour = Reach { domain: 0, address: START + PAGE, right: READ };
        assert!(ways.find(neighbour).is_none(), "which the bits of such a number would make it");
    }
}
