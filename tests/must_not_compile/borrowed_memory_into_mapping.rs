//! A mapping takes no borrow: it may be forgotten, and the device goes on.

use dma_core::{AddressMask, Map, Mapped};

pub fn attempt<L: Map>(lender: &L) {
    let local = [0_u8; 4096];
    let mapped = Mapped::to_device(lender, &local[..], AddressMask::ALL);
    core::mem::forget(mapped);
}

fn main() {}
