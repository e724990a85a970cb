//! Naming an address space is a promise.

use dma_core::DomainId;

fn attempt(number: u32) {
    let _ = DomainId::new(number);
}

fn main() {
    let _: fn(u32) = attempt;
}
