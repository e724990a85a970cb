//! A number becomes an IOVA by a promise alone.

use dma_core::Iova;

fn attempt(physical: u64) {
    let _ = Iova::new(physical);
}

fn main() {
    let _: fn(u64) = attempt;
}
