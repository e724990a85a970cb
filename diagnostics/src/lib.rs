//! Reads IOMMU faults out of kernel logs, and explains them.
//!
//! A device does not notice when an IOMMU drops its accesses: what tells is a line in the kernel's
//! log, in the words of one of five drivers, each of which has changed its words. This crate reads
//! them, finds the buffer that was meant, and says in plain words what is likely wrong, with the
//! evidence and no more than that.
//!
//! ```text
//!   kernel log ──► Parser ──► Fault, Announced ──┐
//!                                                ├──► explain ──► Explanation: findings, evidence,
//!   a process's mapping table ──► Mappings ──────┘                 what to change
//! ```
//!
//! With the feature `host`, the module `host` examines a machine: which roads it offers
//! to a device, and what stands in the way of the others.
//!
//! # Examples
//!
//! ```
//! let log = "[ 12.5] DMAR: [DMA Write NO_PASID] Request device [0000:03:00.0] \
//!            fault addr 0x8bd4000 [fault reason 0x05] PTE Write access is not set\n";
//! let log = diagnostics::Log::read(log.as_bytes());
//! assert_eq!(log.faults[0].iova, 0x8bd4000);
//! let explanation = diagnostics::explain(&log, None);
//! assert!(explanation.to_string().contains("0000:03:00.0 wanted to write"));
//! ```
#![forbid(unsafe_code)]

mod announced;
mod card;
mod explain;
mod fault;
#[cfg(feature = "host")]
pub mod host;
mod log;
mod mappings;
mod parser;

pub use announced::{Announced, Named};
pub use card::KnownCard;
pub use explain::{Certainty, Explanation, Finding, Group, explain};
pub use fault::{Access, Fault, Precision, Reason, Requester, Source, Tables};
pub use log::Log;
pub use mappings::{Mapping, Mappings, MappingsError, Permits, Place};
pub use parser::{Event, Parser};
