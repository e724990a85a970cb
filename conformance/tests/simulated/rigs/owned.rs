//! Memory of the caller's own whose owners are counted.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use backend_mock::Pages;

/// Whole pages, or bytes amid a line; it shows whether it was dropped.
pub(crate) struct Owned {
    memory: Pages,
    lead: usize,
    length: usize,
    /// One count for each owner that is alive.
    _alive: Arc<()>,
}

impl Owned {
    /// `length` bytes: whole pages, or beginning 13 bytes into one.
    pub(crate) fn new(length: usize, whole: bool, alive: &Arc<()>) -> Self {
        let lead = if whole { 0 } else { 13 };
        let memory = Pages::holding(lead + length).unwrap();
        let length = if whole { memory.len() } else { length };
        Self { memory, lead, length, _alive: Arc::clone(alive) }
    }
}

impl Deref for Owned {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.memory[self.lead..self.lead + self.length]
    }
}

impl DerefMut for Owned {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.memory[self.lead..self.lead + self.length]
    }
}

impl AsRef<[u8]> for Owned {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl AsMut<[u8]> for Owned {
    fn as_mut(&mut self) -> &mut [u8] {
        self
    }
}

// SAFETY: the bytes are those of the pages, which lie on the heap and stay there.
unsafe impl stable_deref_trait::StableDeref for Owned {}
