//! Memory whose physical address is known, for roads without translation.
//!
//! A physical address is not a promise of the kernel: it may move pages, and only some memory
//! usually stays. So this serves roads that are opened as unprotected, and nothing else. Where the
//! memory comes from is one choice, [`MemorySource`]:
//!
//! | written | memory | what must be there |
//! |---|---|---|
//! | `huge` | huge pages of the kernel's pool | `vm.nr_hugepages`, `CAP_SYS_ADMIN` to see their frames |
//! | `0x30000000+16M` | a region that the kernel was told to leave alone | `memmap=16M$0x30000000`, `/dev/mem` |
//! | `uio1/map0` | memory that a UIO driver set aside | that driver |
//! | `udmabuf0` | memory of u-dma-buf | that module |
//!
//! The last two have only been read from files like those drivers': no host of the tests has one.
//!
//! ```text
//!   HugePages ─┐                     ┌─► one huge page, in pieces ─┐
//!              ├─► PhysicalSource ───┤                             ├─► PhysicalMemory ─► PlacedRegion
//!   Region ────┘    lends            └─► a region, in pieces ──────┘   looked up again
//! ```

mod arena;
mod choice;
mod huge;
mod iomem;
mod memory;
mod pagemap;
mod region;

pub use choice::{BadMemorySource, MemorySource};
pub use memory::{PhysicalMemory, PhysicalSource};
pub use pagemap::{PhysicalRun, physical_runs};
