//! Taking a buffer from a pool and putting it back, beside a plain free list.
//!
//! The pool looks at domain and length of what is put back; a vector takes anything. `--json`
//! prints lines for programs.
#![forbid(unsafe_code)]

use std::hint::black_box;

use benchmarks::memory::Plain;
use benchmarks::table::Table;
use benchmarks::turns;
use dma_core::{Buffer, Pool};

const LENGTH: usize = 64;
const BUFFERS: usize = 32;
/// Buffers taken and put back in one turn.
const TURN: u32 = 10_000;

fn main() {
    let mut free: Vec<Buffer<Plain>> = (0..BUFFERS).map(|_| Plain::buffer(LENGTH)).collect();
    let mut pool: Pool<Buffer<Plain>, BUFFERS> = Pool::empty(LENGTH, dma_core::DomainId::PHYSICAL);
    while pool.put(Plain::buffer(LENGTH)).is_ok() {}

    let mut vector = || {
        for _ in 0..TURN {
            if let Some(buffer) = black_box(&mut free).pop() {
                free.push(black_box(buffer));
            }
        }
        TURN
    };
    let mut ours = || {
        for _ in 0..TURN {
            if let Some(buffer) = black_box(&mut pool).get()
                && pool.put(black_box(buffer)).is_err()
            {
                return 0;
            }
        }
        TURN
    };
    let times = turns::run(&mut [("vector", &mut vector), ("pool", &mut ours)]);
    Table { operation: "take a buffer, put it back", times }.print();
}
