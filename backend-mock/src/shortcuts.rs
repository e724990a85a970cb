//! Short ways: the pages that devices used last.
//!
//! An IOMMU remembers translations, since walking its tables for every access would take too long;
//! so does this one, from a device's page straight to host memory, and to the pages behind it
//! that lie side by side in both.
#![forbid(unsafe_code)]

use std::ptr::NonNull;

use crate::iommu::PAGE;
use crate::ram::HostRange;

/// Whose access of which page goes the short way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Tag(u64);

impl Tag {
    /// More domains than this, and the further ones have no short ways.
    const DOMAINS: usize = 1 << 10;

    /// For one right, [`READ`] or [`WRITE`], so that no tag is zero.
    #[inline]
    pub(crate) const fn new(domain: usize, address: u64, right: u64) -> Self {
        if domain < Self::DOMAINS {
            Self(address & !(PAGE - 1) | (domain as u64) << 2 | right)
        } else {
            Self::NONE
        }
    }

    const NONE: Self = Self(0);

    #[inline]
    const fn index(self) -> usize {
        // Buffers lie at round distances: all bits must count. The golden ratio spreads pages that
        // follow one another evenly; domain and right only shift them.
        let key = self.0.rotate_right(PAGE.ilog2());
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - Shortcuts::BITS)) as usize
    }
}

/// The pages that devices used last, as an IOMMU remembers translations: from an access straight
/// to host memory. Everything is forgotten as soon as any page is unmapped or taken out.
#[derive(Debug)]
pub(crate) struct Shortcuts {
    entries: Vec<(Tag, HostRange)>,
    /// Which entries were written since they were all empty.
    written: Vec<usize>,
}

impl Shortcuts {
    const BITS: u32 = 11;
    const COUNT: usize = 1 << Self::BITS;
    const EMPTY: (Tag, HostRange) = (Tag::NONE, HostRange::new(NonNull::dangling(), 0));

    pub(crate) fn new() -> Self {
        Self { entries: vec![Self::EMPTY; Self::COUNT], written: Vec::new() }
    }

    /// The memory from the page's first byte on, if it is known.
    #[inline]
    pub(crate) fn find(&self, tag: Tag) -> Option<&HostRange> {
        self.entries.get(tag.index()).filter(|(known, _)| *known == tag).map(|(_, pages)| pages)
    }

    pub(crate) fn add(&mut self, tag: Tag, pages: HostRange) {
        if tag != Tag::NONE {
            let entry = &mut self.entries[tag.index()];
            if entry.0 == Tag::NONE {
                self.written.push(tag.index());
            }
            *entry = (tag, pages);
        }
    }

    pub(crate) fn forget(&mut self) {
        for index in self.written.drain(..) {
            self.entries[index] = Self::EMPTY;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iommu::{READ, WRITE};

    // Pages that follow one another, as many as half the entries, do not drive one another out; a
    // way of one right is none of another; and all are forgotten at once.
    #[test]
    fn neighbours_are_remembered_together_and_forgotten_together() {
        let mut ways = Shortcuts::new();
        let pages =
            |right| (0..1024).map(move |page| Tag::new(3, 0xc000_0000 + page * PAGE, right));
        for (length, tag) in pages(READ).enumerate() {
            ways.add(tag, HostRange::new(NonNull::dangling(), length));
        }
        let known = pages(READ).enumerate();
        let kept =
            known.filter(|(length, tag)| ways.find(*tag).is_some_and(|r| r.length() == *length));
        assert!(kept.count() >= 1000);
        assert!(pages(WRITE).all(|tag| ways.find(tag).is_none()));
        ways.forget();
        assert!(pages(READ).all(|tag| ways.find(tag).is_none()));
    }
}
