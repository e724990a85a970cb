//! What must be in a card's memory, as far as it is known.
#![forbid(unsafe_code)]

use std::ops::Range;

/// Which engine, of the two that a card may have.
pub(crate) type Side = usize;

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    /// None: a job that did not end well may have been here.
    value: Option<u8>,
    /// When each engine last began or ended a job that writes here, by the run's own count.
    touched: [u64; 2],
    /// Jobs of each engine that write here and have not ended.
    flying: [u32; 2],
}

/// Memory of a card: zeroes at first.
#[derive(Debug)]
pub(crate) struct Memory {
    cells: Vec<Cell>,
}

impl Memory {
    pub(crate) fn new(length: usize) -> Self {
        Self { cells: vec![Cell { value: Some(0), ..Cell::default() }; length] }
    }

    pub(crate) fn length(&self) -> usize {
        self.cells.len()
    }

    /// A job that writes here was given to an engine.
    pub(crate) fn begins(&mut self, side: Side, range: Range<usize>, stamp: u64) {
        for cell in &mut self.cells[range] {
            cell.touched[side] = stamp;
            cell.flying[side] += 1;
        }
    }

    /// It ended; what was written, if that is known.
    pub(crate) fn ends(
        &mut self,
        side: Side,
        range: Range<usize>,
        stamp: u64,
        value: impl Fn(usize) -> Option<u8>,
    ) {
        for (at, cell) in self.cells[range].iter_mut().enumerate() {
            // Of two engines that write at a time, who knows which was last.
            let alone = cell.flying[1 - side] == 0;
            cell.value = if alone { value(at) } else { None };
            cell.touched[side] = stamp;
            cell.flying[side] -= 1;
        }
    }

    /// Power went away.
    pub(crate) fn forget(&mut self) {
        for cell in &mut self.cells {
            cell.value = None;
        }
    }

    /// What a job of `side` must have read that was given at `since` and has just ended, after all
    /// that its engine had before.
    pub(crate) fn expected(&self, side: Side, range: Range<usize>, since: u64) -> Vec<Option<u8>> {
        let known = |cell: &Cell| {
            let other = 1 - side;
            let settled = cell.flying[other] == 0 && cell.touched[other] < since;
            cell.value.filter(|_| settled)
        };
        self.cells[range].iter().map(known).collect()
    }
}
