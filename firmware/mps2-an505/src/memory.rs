//! The board's memory: a pool that devices reach, and the program's own bytes.
#![forbid(unsafe_code)]

use backend_bare::{StaticPool, lines};
use firmware::Callers;

/// Bytes of the pool: the longest buffers, targets and rings of a case, and what the cases about
/// leaks leave behind.
const POOL: usize = 2 << 20;

/// What devices are lent.
pub(crate) static SRAM: StaticPool<{ lines(POOL) }> = StaticPool::new();

/// What is mapped for them.
pub(crate) static CALLERS: Callers<128> = Callers::new();
