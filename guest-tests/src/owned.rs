//! Memory of the caller's own, whose owners are counted.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A page of every machine that guests are.
const PAGE: usize = 4096;

/// Whole pages, or bytes amid a line.
pub(crate) struct Owned {
    memory: Vec<u8>,
    lead: usize,
    length: usize,
    /// One count for each owner that is alive.
    _alive: Arc<()>,
}

impl Owned {
    /// At least `length` bytes in whole pages, or just as many beginning 13 bytes into one.
    pub(crate) fn new(length: usize, whole: bool, alive: &Arc<()>) -> Self {
        let length = if whole { length.next_multiple_of(PAGE) } else { length };
        let memory = vec![0; length + 2 * PAGE];
        let to_page = memory.as_ptr().addr().wrapping_neg() % PAGE;
        let lead = if whole { to_page } else { to_page + 13 };
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

// SAFETY: the bytes are those of the vector, which lie on the heap and stay there: nothing here
// ever lets it grow.
unsafe impl stable_deref_trait::StableDeref for Owned {}

#[cfg(test)]
mod tests {
    use super::*;

    // Whole pages begin and end at pages; other memory does neither at a cache line.
    #[test]
    fn memory_is_as_whole_as_asked() {
        let alive = Arc::new(());
        let whole = Owned::new(5000, true, &alive);
        assert_eq!((whole.as_ptr().addr() % PAGE, whole.len()), (0, 8192));
        let crooked = Owned::new(100, false, &alive);
        assert_eq!((crooked.as_ptr().addr() % PAGE, crooked.len()), (13, 100));
        assert_eq!(Arc::strong_count(&alive), 3);
    }
}
