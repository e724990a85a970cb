//! A page table: what one domain's addresses mean.
//!
//! A radix tree of 512 entries a node, as the hardware has it, with pages of 4 KiB and 2 MiB.
//! Looking an address up costs one array access a level: no hash, no allocation, no lock.
//!
//! The same tree keeps the frames of RAM, with a frame's number where a page table has the
//! physical address.
#![forbid(unsafe_code)]

/// Bytes of a small page, and the unit of everything in this crate.
pub const PAGE: u64 = 1 << PAGE_BITS;
/// Bytes of a big page.
pub const BIG_PAGE: u64 = 1 << (PAGE_BITS + LEVEL_BITS);

const PAGE_BITS: u32 = 12;
const LEVEL_BITS: u32 = 9;
const ENTRIES: usize = 1 << LEVEL_BITS;

/// The device may read.
pub(crate) const READ: u64 = 1 << 0;
/// The device may write.
pub(crate) const WRITE: u64 = 1 << 1;
const LEAF: u64 = 1 << 2;
const TABLE: u64 = 1 << 3;
const TARGET: u64 = !(PAGE - 1);

/// Where a page leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    /// The target of the page's first byte.
    target: u64,
    /// [`READ`] and [`WRITE`].
    pub(crate) rights: u64,
    /// Bytes of the page.
    pub(crate) size: u64,
}

impl Entry {
    /// The target of the byte at `address`, which lies in this page.
    #[inline]
    pub(crate) const fn target(&self, address: u64) -> u64 {
        self.target | (address & (self.size - 1))
    }
}

/// How far a walk came that ended at an empty entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Missing {
    /// Levels below the one that was empty: 0 if only the page itself was missing, 1 if its
    /// 2 MiB were, and so on.
    pub(crate) level: u32,
}

#[derive(Debug)]
struct Node {
    entries: [u64; ENTRIES],
    used: usize,
}

impl Node {
    const EMPTY: Self = Self { entries: [0; ENTRIES], used: 0 };
}

/// A radix tree from page addresses to targets.
#[derive(Debug)]
pub(crate) struct PageTable {
    nodes: Vec<Node>,
    /// Numbers of nodes that hold nothing and belong to nobody.
    spare: Vec<usize>,
    levels: u32,
}

impl PageTable {
    /// For addresses of `bits` bits, at most 57.
    pub(crate) fn new(bits: u32) -> Self {
        let levels = bits.clamp(PAGE_BITS + 1, 57).saturating_sub(PAGE_BITS).div_ceil(LEVEL_BITS);
        Self { nodes: vec![Node::EMPTY], spare: Vec::new(), levels }
    }

    /// How many address bits it tells apart.
    pub(crate) const fn bits(&self) -> u32 {
        PAGE_BITS + self.levels * LEVEL_BITS
    }

    /// The page that holds `address`, or how far the walk came.
    #[inline]
    pub(crate) fn lookup(&self, address: u64) -> Result<Entry, Missing> {
        let mut node = 0;
        let mut level = self.levels;
        while level > 0 {
            level -= 1;
            let entry = match self.nodes.get(node) {
                Some(node) => node.entries[index(address, level)],
                None => 0,
            };
            if entry & LEAF != 0 {
                return Ok(Entry {
                    target: entry & TARGET,
                    rights: entry & (READ | WRITE),
                    size: PAGE << (LEVEL_BITS * level),
                });
            }
            if entry == 0 {
                return Err(Missing { level });
            }
            node = table_of(entry);
        }
        Err(Missing { level: 0 })
    }

    /// Lets the page at `address`, of `size` bytes ([`PAGE`] or [`BIG_PAGE`]), lead to `target`.
    ///
    /// Both are multiples of `size`. What was there is replaced; a big page replaces no small
    /// ones: `false`, and nothing changes then.
    pub(crate) fn set(&mut self, address: u64, size: u64, target: u64, rights: u64) -> bool {
        let last = u32::from(size == BIG_PAGE);
        let mut node = 0;
        for level in (last + 1..self.levels).rev() {
            let at = index(address, level);
            let entry = self.nodes[node].entries[at];
            node = if entry & TABLE != 0 {
                table_of(entry)
            } else if entry == 0 {
                let new = self.new_node();
                self.nodes[node].entries[at] = TABLE | (new as u64) << PAGE_BITS;
                self.nodes[node].used += 1;
                new
            } else {
                return false;
            };
        }
        let at = index(address, last);
        let node = &mut self.nodes[node];
        if node.entries[at] & TABLE != 0 {
            return false;
        }
        node.used += usize::from(node.entries[at] == 0);
        node.entries[at] = target & TARGET | rights & (READ | WRITE) | LEAF;
        true
    }

    /// Takes the page that holds `address` out, and says how many bytes it had.
    pub(crate) fn clear(&mut self, address: u64) -> Option<u64> {
        let mut path = [(0, 0); 6];
        let mut node = 0;
        let mut level = self.levels;
        let size = loop {
            level = level.checked_sub(1)?;
            let at = index(address, level);
            path[level as usize] = (node, at);
            let entry = self.nodes.get(node)?.entries[at];
            if entry & LEAF != 0 {
                break PAGE << (LEVEL_BITS * level);
            }
            if entry == 0 {
                return None;
            }
            node = table_of(entry);
        };
        // From the page up, as long as nodes become empty.
        for &(node, at) in &path[level as usize..self.levels as usize] {
            self.nodes[node].entries[at] = 0;
            self.nodes[node].used -= 1;
            if self.nodes[node].used > 0 || node == 0 {
                break;
            }
            self.spare.push(node);
        }
        Some(size)
    }

    fn new_node(&mut self) -> usize {
        self.spare.pop().unwrap_or_else(|| {
            self.nodes.push(Node::EMPTY);
            self.nodes.len() - 1
        })
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "nine bits are left")]
const fn index(address: u64, level: u32) -> usize {
    (address >> (PAGE_BITS + LEVEL_BITS * level) & (ENTRIES as u64 - 1)) as usize
}

#[inline]
const fn table_of(entry: u64) -> usize {
    (entry >> PAGE_BITS) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    // Pages of both sizes are found with their rights, and only inside their bounds.
    #[test]
    fn both_sizes_are_found_within_their_bounds() {
        let mut table = PageTable::new(48);
        assert!(table.set(0x1000, PAGE, 0xabc_d000, READ));
        assert!(table.set(0x40_0000, BIG_PAGE, 0x8000_0000, READ | WRITE));
        let small = table.lookup(0x1fff).unwrap();
        assert_eq!((small.target(0x1fff), small.rights), (0xabc_dfff, READ));
        let big = table.lookup(0x5f_ffff).unwrap();
        assert_eq!((big.target(0x5f_ffff), big.size), (0x801f_ffff, BIG_PAGE));
        assert_eq!(table.lookup(0x2000), Err(Missing { level: 0 }));
        assert_eq!(table.lookup(0x60_0000), Err(Missing { level: 1 }));
        assert_eq!(table.lookup(0x7fff_ffff_f000), Err(Missing { level: 3 }));
    }

    // Clearing gives every node back, so mapping and unmapping for ever does not grow the tree.
    #[test]
    fn empty_nodes_are_used_again() {
        let mut table = PageTable::new(48);
        for lap in 0..100_u64 {
            let at = lap << 30;
            assert!(table.set(at, PAGE, 0x1000, READ));
            assert!(table.set(at + BIG_PAGE, BIG_PAGE, 0, READ));
            assert_eq!(table.clear(at + BIG_PAGE + 5), Some(BIG_PAGE));
            assert_eq!(table.clear(at), Some(PAGE));
            assert_eq!(table.clear(at), None);
            assert_eq!(table.spare.len(), table.nodes.len() - 1);
        }
        assert!(table.nodes.len() < 5);
    }

    // A big page neither hides small ones nor is split by one.
    #[test]
    fn sizes_do_not_mix_in_one_place() {
        let mut table = PageTable::new(39);
        assert!(table.set(0, PAGE, 0, READ));
        assert!(!table.set(0, BIG_PAGE, 0, READ));
        assert!(table.set(BIG_PAGE, BIG_PAGE, 0, READ));
        assert!(!table.set(BIG_PAGE, PAGE, 0, READ));
    }
}
