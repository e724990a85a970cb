//! The IOMMU: address spaces, their pages, and what happens outside them.
#![forbid(unsafe_code)]

mod domain;
mod fault;
mod table;
mod wording;

pub use domain::Mapping;
pub(crate) use domain::{Denied, DomainState, Wish};
pub use fault::{Cause, Fault, Reason};
pub use table::{BIG_PAGE, PAGE};
pub(crate) use table::{PageTable, READ, WRITE};
pub use wording::{Requester, Wording};

use dma_core::IovaWindow;

use iova_allocator::{End, Fit, Policy};

/// The default windows: what an x86 and an ARM host leave over, that is without the place where
/// interrupts are written on either, and without low RAM and page zero.
const WINDOWS: [IovaWindow; 4] = [
    IovaWindow { first: 0x0001_0000, last: 0x07ff_ffff },
    IovaWindow { first: 0x0810_0000, last: 0x0bff_ffff },
    IovaWindow { first: 0x1000_0000, last: 0xfedf_ffff },
    IovaWindow { first: 0xfef0_0000, last: 0x7_ffff_ffff },
];

/// How the IOMMU of a machine is built.
///
/// # Examples
///
/// ```
/// use backend_mock::{Iommu, Machine};
/// let narrow = Iommu { address_bits: 39, ..Iommu::default() };
/// let machine = Machine::builder().iommu(narrow).build();
/// # let _ = machine;
/// ```
#[derive(Clone, Debug)]
pub struct Iommu {
    /// Where device addresses may lie. RAM's own addresses are cut out, so that none is both.
    pub windows: Vec<IovaWindow>,
    /// How many address bits it translates, at most 57; above, everything faults.
    pub address_bits: u32,
    /// How device addresses are chosen. The default begins at the top of what a device reaches,
    /// leaves a page unused behind each range, and lets 64 freed ranges rest.
    pub policy: Policy,
}

impl Default for Iommu {
    fn default() -> Self {
        Self {
            windows: WINDOWS.to_vec(),
            address_bits: 48,
            policy: Policy { fit: Fit::First, end: End::High, quarantine: 64, guard: 1 },
        }
    }
}
