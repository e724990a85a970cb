//! One domain: an address space, its mappings, and its recent past.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, VecDeque};

use dma_core::{AddressMask, Directions, Error, ErrorKind, IovaWindow, Operation};

use super::table::{BIG_PAGE, PAGE, PageTable, READ, WRITE};
use super::{Iommu, Reason};
use iova_allocator::IovaAllocator;

/// How many ended mappings are remembered, to explain a fault.
const REMEMBERED: usize = 256;

/// A live mapping.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// Where it begins for the device.
    pub iova: u64,
    /// Bytes that were lent or mapped.
    pub length: u64,
    /// What the device may do.
    pub permits: Directions,
    /// The physical address of its first byte.
    pub physical: u64,
}

impl Mapping {
    /// Bytes that the device reaches: whole pages.
    const fn reach(&self) -> u64 {
        (self.iova % PAGE + self.length).next_multiple_of(PAGE) - self.iova % PAGE
    }

    pub(super) const fn holds(&self, iova: u64) -> bool {
        iova >= self.iova && iova - self.iova < self.reach()
    }
}

/// What is to be mapped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish<'a> {
    /// The physical address of each page, the first byte's page first.
    pub(crate) pages: &'a [u64],
    /// Where the first byte lies in its page.
    pub(crate) start: u64,
    /// Bytes.
    pub(crate) length: u64,
    /// Alignment of the first byte.
    pub(crate) alignment: u64,
    pub(crate) permits: Directions,
    pub(crate) mask: AddressMask,
}

/// Why an access was not let through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Denied {
    pub(crate) reason: Reason,
    /// Levels of the tree below the one where the walk ended.
    pub(crate) level: u32,
}

#[derive(Debug)]
pub(crate) struct DomainState {
    /// None: the addresses are physical.
    translation: Option<Translation>,
    mappings: BTreeMap<u64, Live>,
    /// What was mapped once, and when that ended.
    ended: VecDeque<(Mapping, u64)>,
}

#[derive(Debug)]
struct Live {
    mapping: Mapping,
    /// How often it was made: without translation, twice the same memory is twice the same address.
    times: usize,
}

#[derive(Debug)]
struct Translation {
    table: PageTable,
    iovas: IovaAllocator,
    windows: Vec<IovaWindow>,
    bits: u32,
}

impl DomainState {
    pub(crate) fn translating(iommu: &Iommu) -> Self {
        let bits = iommu.address_bits.clamp(13, 57);
        let last = (1 << bits) - 1;
        let windows: Vec<_> = iommu
            .windows
            .iter()
            .filter(|window| window.first <= last)
            .map(|window| IovaWindow { first: window.first, last: window.last.min(last) })
            .collect();
        let translation = Translation {
            table: PageTable::new(bits),
            iovas: IovaAllocator::new(&windows, PAGE, iommu.policy),
            windows,
            bits,
        };
        Self::new(Some(translation))
    }

    pub(crate) fn physical() -> Self {
        Self::new(None)
    }

    fn new(translation: Option<Translation>) -> Self {
        Self { translation, mappings: BTreeMap::new(), ended: VecDeque::new() }
    }

    pub(crate) const fn is_translating(&self) -> bool {
        self.translation.is_some()
    }

    pub(crate) fn windows(&self) -> &[IovaWindow] {
        self.translation.as_ref().map_or(&[], |translation| &translation.windows)
    }

    /// Levels of its tables; 0 if it translates nothing.
    pub(crate) fn levels(&self) -> u32 {
        self.translation.as_ref().map_or(0, |translation| (translation.table.bits() - 12) / 9)
    }

    /// Where the device's address leads.
    pub(crate) fn translate(&self, iova: u64, right: u64) -> Result<u64, Denied> {
        let Some(translation) = &self.translation else {
            return Ok(iova);
        };
        if iova >> translation.bits != 0 {
            return Err(Denied { reason: Reason::AddressSize, level: self.levels() - 1 });
        }
        match translation.table.lookup(iova) {
            Ok(entry) if entry.rights & right != 0 => Ok(entry.target(iova)),
            Ok(entry) => {
                let level = u32::from(entry.size == BIG_PAGE);
                Err(Denied { reason: Reason::Permission, level })
            }
            Err(missing) => Err(Denied { reason: Reason::NotMapped, level: missing.level }),
        }
    }

    /// Maps pages at addresses of its own choice, and says where the first byte is.
    ///
    /// Without translation the pages must be one run, and are where they are.
    pub(crate) fn map(&mut self, wish: &Wish<'_>) -> Result<u64, Error> {
        let refused = |kind| Err(Error::new(kind, Operation::Map, 0));
        let Some(&physical) = wish.pages.first() else {
            return refused(ErrorKind::Empty);
        };
        let iova = match &mut self.translation {
            None => {
                if physical + wish.start + (wish.length - 1) > wish.mask.highest() {
                    return refused(ErrorKind::OutOfReach);
                }
                physical + wish.start
            }
            Some(translation) => translation.map(wish)? + wish.start,
        };
        let mapping = Mapping {
            iova,
            length: wish.length,
            permits: wish.permits,
            physical: physical + wish.start,
        };
        let live = self.mappings.entry(iova).or_insert(Live { mapping, times: 0 });
        live.times += 1;
        live.mapping.length = live.mapping.length.max(mapping.length);
        Ok(iova)
    }

    /// Ends the mapping that begins at `iova`.
    pub(crate) fn unmap(&mut self, iova: u64, now: u64) {
        let Some(live) = self.mappings.get_mut(&iova) else { return };
        live.times -= 1;
        let mapping = live.mapping;
        if live.times > 0 {
            return;
        }
        self.mappings.remove(&iova);
        if let Some(translation) = &mut self.translation {
            let first = iova & !(PAGE - 1);
            let end = iova + mapping.reach();
            let mut at = first;
            while at < end {
                at += translation.table.clear(at).unwrap_or(PAGE);
            }
            translation.iovas.free(first);
        }
        if self.ended.len() == REMEMBERED {
            self.ended.pop_front();
        }
        self.ended.push_back((mapping, now));
    }

    pub(crate) fn mappings(&self) -> impl Iterator<Item = &Mapping> {
        self.mappings.values().map(|live| &live.mapping)
    }

    pub(crate) fn mapping_count(&self) -> usize {
        self.mappings.values().map(|live| live.times).sum()
    }

    /// The mapping whose pages hold `iova`.
    pub(super) fn mapping_at(&self, iova: u64) -> Option<&Mapping> {
        self.mapping_below(iova).filter(|mapping| mapping.holds(iova))
    }

    /// The last mapping that begins at or below `iova`.
    pub(super) fn mapping_below(&self, iova: u64) -> Option<&Mapping> {
        self.mappings.range(..=iova).next_back().map(|(_, live)| &live.mapping)
    }

    /// The mapping that shows this physical address to the device.
    pub(super) fn mapping_of(&self, physical: u64) -> Option<&Mapping> {
        self.mappings().find(|mapping| {
            physical >= mapping.physical && physical - mapping.physical < mapping.length
        })
    }

    /// When the last mapping that held `iova` ended.
    pub(super) fn ended_at(&self, iova: u64) -> Option<u64> {
        self.ended.iter().rev().find(|(mapping, _)| mapping.holds(iova)).map(|&(_, when)| when)
    }

    /// Addresses that were freed and are not handed out again yet.
    pub(super) fn rests(&self, iova: u64) -> bool {
        self.translation.as_ref().is_some_and(|translation| translation.iovas.rests(iova))
    }
}

impl Translation {
    fn map(&mut self, wish: &Wish<'_>) -> Result<u64, Error> {
        let bytes = wish.pages.len() as u64 * PAGE;
        let big = bytes >= BIG_PAGE && wish.pages.first().is_some_and(|page| page % BIG_PAGE == 0);
        let first = match big.then(|| self.iovas.allocate(bytes, BIG_PAGE, wish.mask)) {
            Some(Ok(first)) if first.is_multiple_of(wish.alignment) => first,
            found => {
                if let Some(Ok(first)) = found {
                    self.iovas.free(first);
                }
                self.iovas.allocate(bytes, wish.alignment, wish.mask)?
            }
        };
        let rights = rights(wish.permits);
        let mut rest = wish.pages;
        let mut at = first;
        while let Some(&page) = rest.first() {
            let size = if at % BIG_PAGE == 0 && page % BIG_PAGE == 0 && is_big(rest) {
                BIG_PAGE
            } else {
                PAGE
            };
            self.table.set(at, size, page, rights);
            at += size;
            rest = rest.get(usize::try_from(size / PAGE).unwrap_or(1)..).unwrap_or(&[]);
        }
        Ok(first)
    }
}

/// Whether the pages begin with as many in a row as a big page has.
fn is_big(pages: &[u64]) -> bool {
    const SMALL: usize = (BIG_PAGE / PAGE) as usize;
    pages.get(..SMALL).is_some_and(|pages| pages.is_sorted_by(|a, b| *a + PAGE == *b))
}

const fn rights(permits: Directions) -> u64 {
    let read = if permits.contains(Directions::TO_DEVICE) { READ } else { 0 };
    let write = if permits.contains(Directions::FROM_DEVICE) { WRITE } else { 0 };
    read | write
}
