//! Safe code makes no IOVA out of a number.

use dma_core::Iova;

fn attempt(physical: u64) {
    let _: Iova = physical.into();
}

fn main() {
    let _: fn(u64) = attempt;
}
