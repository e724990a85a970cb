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
        // Buffers lie at round distances: all bits must count.
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % Shortcuts::COUNT
    }
}

/// The pages that devices used last, as an IOMMU remembers translations: from an access straight
/// to host memory. Everything is forgotten as soon as any page is unmapped or taken out.
#[derive(Debug)]
pub(crate) struct Shortcuts {
    entries: Vec<(Tag, HostRange)>,
    any: bool,
}

impl Shortcuts {
    const COUNT: usize = 512;
    const EMPTY: (Tag, HostRange) = (Tag::NONE, HostRange::new(NonNull::dangling(), 0));

    pub(crate) fn new() -> Self {
        Self { entries: vec![Self::EMPTY; Self::COUNT], any: false }
    }

    /// The memory from the page's first byte on, if it is known.
    #[inline]
    pub(crate) fn find(&self, tag: Tag) -> Option<&HostRange> {
        self.entries.get(tag.index()).filter(|(known, _)| *known == tag).map(|(_, pages)| pages)
    }

    pub(crate) fn add(&mut self, tag: Tag, pages: HostRange) {
        if tag != Tag::NONE {
            self.entries[tag.index()] = (tag, pages);
            self.any = true;
        }
    }

    pub(crate) fn forget(&mut self) {
        if std::mem::replace(&mut self.any, false) {
            self.entries.fill(Self::EMPTY);
        }
    }
}
