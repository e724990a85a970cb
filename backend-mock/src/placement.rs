//! Where in RAM new memory goes: physical addresses, in runs or scattered.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use dma_core::{AddressMask, Error, IovaWindow};

use crate::iommu::{BIG_PAGE, PAGE};
use iova_allocator::{End, Fit, IovaAllocator, Policy};

/// Where new memory may be placed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) alignment: u64,
    pub(crate) mask: AddressMask,
    /// As one run, however scattered the rest is.
    pub(crate) contiguous: bool,
    /// Whether a device may write it; the memory itself may be read-only.
    pub(crate) writable: bool,
}

/// The physical addresses that are free, and the runs that are not.
#[derive(Debug)]
pub(crate) struct Placement {
    places: IovaAllocator,
    /// Pages of each run that are still in use.
    runs: BTreeMap<u64, u64>,
    scattered: bool,
}

impl Placement {
    /// In the given banks; `scattered`: no two pages side by side, but for those of one run.
    pub(crate) fn new(banks: &[IovaWindow], scattered: bool) -> Self {
        let policy =
            Policy { fit: Fit::First, end: End::High, quarantine: 0, guard: u64::from(scattered) };
        let places = IovaAllocator::new(banks, PAGE, policy);
        Self { places, runs: BTreeMap::new(), scattered }
    }

    /// A run for so many pages; `None` if they are to be placed, or can only be placed, one by
    /// one.
    ///
    /// Large runs begin at a big page if they can.
    pub(crate) fn run(&mut self, pages: u64, place: Place) -> Result<Option<u64>, Error> {
        if self.scattered && !place.contiguous {
            return Ok(None);
        }
        let bytes = pages * PAGE;
        let large = if bytes >= BIG_PAGE { BIG_PAGE } else { PAGE };
        let found = match self.places.allocate(bytes, place.alignment.max(large), place.mask) {
            Err(_) => self.places.allocate(bytes, place.alignment, place.mask),
            found => found,
        };
        match found {
            Ok(run) => {
                self.runs.insert(run, pages);
                Ok(Some(run))
            }
            Err(error) if place.contiguous => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// A place for one page: a run of its own.
    pub(crate) fn page(&mut self, alignment: u64, mask: AddressMask) -> Result<u64, Error> {
        let page = self.places.allocate(PAGE, alignment, mask)?;
        self.runs.insert(page, 1);
        Ok(page)
    }

    /// One page of a run is no longer used; the run is free again when none is.
    pub(crate) fn leave(&mut self, run: u64) {
        if let Some(left) = self.runs.get_mut(&run) {
            *left -= 1;
            if *left == 0 {
                self.runs.remove(&run);
                self.places.free(run);
            }
        }
    }

    /// Whether any of these addresses is in a bank.
    pub(crate) fn overlaps(&self, first: u64, last: u64) -> bool {
        self.places.overlaps(first, last)
    }

    /// Bytes that are free.
    pub(crate) fn free_bytes(&self) -> u64 {
        self.places.free_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: [IovaWindow; 1] = [IovaWindow { first: 0, last: 16 * PAGE - 1 }];

    fn place(contiguous: bool) -> Place {
        Place { alignment: PAGE, mask: AddressMask::ALL, contiguous, writable: true }
    }

    // A run becomes free when its last page is left, and not before.
    #[test]
    fn runs_are_freed_whole() {
        let mut placement = Placement::new(&BANK, false);
        let run = placement.run(16, place(false)).unwrap().unwrap();
        for _ in 0..15 {
            placement.leave(run);
        }
        assert_eq!(placement.free_bytes(), 0);
        placement.leave(run);
        assert_eq!(placement.free_bytes(), 16 * PAGE);
    }

    // Scattered pages are never side by side; contiguous memory is a run all the same, or refused.
    #[test]
    fn scattered_pages_are_apart() {
        let mut placement = Placement::new(&BANK, true);
        assert_eq!(placement.run(2, place(false)), Ok(None));
        let mut pages = Vec::new();
        while let Ok(page) = placement.page(PAGE, AddressMask::ALL) {
            pages.push(page);
        }
        pages.sort_unstable();
        assert!(pages.len() == 8 && pages.is_sorted_by(|a, b| a + PAGE < *b));
        assert!(placement.run(2, place(true)).is_err());
        for page in pages {
            placement.leave(page);
        }
        assert!(placement.run(2, place(true)).unwrap().is_some());
    }
}
