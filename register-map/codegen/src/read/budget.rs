//! How much a description may become.
//!
//! A file of some hundred bytes can ask for 60,000 peripherals of 60,000 registers each, or for
//! clusters that are derived from one another without end. Whatever is read, copied or repeated
//! is paid for, and what a file may spend grows with what stands in it: that is more than any
//! real description needs, and too little for one that would not end.

use super::{Reader, layout};
use crate::model::{Block, Field, Register, Repeat};
use crate::xml::Element;

/// What the smallest description may become: registers, clusters, fields and named values.
const BASE: u64 = 100_000;
/// And what each XML element of the file adds to that. A register has three at least.
const EACH_ELEMENT: u64 = 8;
/// Bytes of text that are as good as one more item.
const TEXT: usize = 256;
/// Members of an array that are as good as one more item, where overlaps are looked for in all.
const MEMBERS: u64 = 64;

/// What is left of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    limit: u64,
    left: u64,
    exhausted: bool,
}

impl Budget {
    /// What a file of so many elements may become.
    pub(super) fn new(elements: usize) -> Self {
        let elements = u64::try_from(elements).unwrap_or(u64::MAX);
        let limit = elements.saturating_mul(EACH_ELEMENT).saturating_add(BASE);
        Self { limit, left: limit, exhausted: false }
    }
}

impl Reader<'_> {
    /// Pays for what an element becomes; `false` when that is too much, from then on for
    /// everything. The first time is reported with the element that it was too much for.
    pub(super) fn spend(&mut self, at: Element<'_>, path: &str, items: u64) -> bool {
        if self.budget.exhausted {
            return false;
        }
        if let Some(left) = self.budget.left.checked_sub(items) {
            self.budget.left = left;
            return true;
        }
        self.budget.exhausted = true;
        let message = format!(
            "with this, the description becomes more than {} registers, clusters, fields and \
             named values",
            self.budget.limit
        );
        self.error(
            path,
            at,
            message,
            "look for an absurd <dim>, or a derivedFrom that contains itself",
        );
        false
    }

    /// Whether there is nothing left to spend, so that there will be no output.
    pub(super) fn is_exhausted(&self) -> bool {
        self.budget.exhausted
    }
}

/// What a register with all its fields costs.
pub(super) fn register_weight(register: &Register) -> u64 {
    let fields: u64 = register.fields.iter().map(field_weight).sum();
    fields
        + item(&register.name, &register.description)
        + register.repeat.map_or(
            0,
            |Repeat { count, .. }| {
                if count <= layout::MEMBERS { count / MEMBERS } else { 0 }
            },
        )
}

/// What a field with all its named values costs.
pub(super) fn field_weight(field: &Field) -> u64 {
    let values: u64 = field.values.iter().map(|it| item(&it.name, &it.description)).sum();
    values + item(&field.name, &field.description)
}

/// What everything in a block costs.
pub(super) fn block_weight(block: &Block) -> u64 {
    let registers: u64 = block.registers.iter().map(register_weight).sum();
    let clusters = block.clusters.iter();
    let clusters: u64 =
        clusters.map(|it| item(&it.name, &it.description) + block_weight(&it.block)).sum();
    registers + clusters
}

/// One, and more for a long text.
fn item(name: &str, description: &str) -> u64 {
    1 + u64::try_from((name.len() + description.len()) / TEXT).unwrap_or(u64::MAX)
}
