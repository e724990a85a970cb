//! Nobody but its crate sees inside an IOVA.

use dma_core::Iova;

fn attempt(physical: u64) {
    let _ = Iova(physical);
}

fn main() {
    let _: fn(u64) = attempt;
}
