//! A simulated machine: IOMMU, virtual time, card models and injected faults.
//!
//! Not a stub that says yes, but a machine whose parts refuse what hardware refuses. Device
//! addresses equal no physical address and no CPU address, so a driver that confuses them faults
//! here as it does behind an SMMU, with the line that a kernel would print, and with an
//! explanation that no kernel can give.
//!
//! ```text
//!   driver, engine                        ┌──────────────────── Machine ─────────────────────┐
//!    MockSpace ──── load, store ─────────►│ Card (EduCard, Pl081Card, …)                     │
//!                                         │   │ plans            ▲ its time has come         │
//!    MockSignal ─── wait: time passes ───►│   └─► events by virtual time ─┘                  │
//!               ◄── interrupt ────────────│   ◄── raise          │ Bus::read, write          │
//!    MockMemory ─── allocate, map ───────►│ Domain: pages, windows, rights ──► fault, log    │
//!               ◄── Buffer, MockRegion ───│   │ physical address                             │
//!    bytes ◄══════════════════════════════│═══╧══► RAM ══► host memory                       │
//!                                         └──────────────────────────────────────────────────┘
//! ```
//!
//! Everything is deterministic: time passes only when somebody waits or touches a register, and
//! the same program gives the same run. A machine that is built
//! [in real time](MachineBuilder::build_in_real_time) promises no such thing: there, cards work on
//! a thread of their own.
//!
//! # Examples
//!
//! The bug that this crate makes visible: a device is given a physical address.
//!
//! ```
//! use backend_mock::{Cause, Wording};
//! use dma_core::{Access, AddressMask, Allocate, Backend, Request};
//!
//! let device = backend_mock::edu();
//! let buffer = device.memory().allocate(Request::bytes(64).within(AddressMask::bits(28)))?;
//! let physical = device.machine().physical_of(buffer.bytes().as_ptr()).unwrap();
//!
//! device.set_bus_mastering(true)?;
//! let registers = device.region(0)?;
//! // SAFETY: offsets and widths are the card's; the address is wrong on purpose, and the IOMMU
//! // stands between it and everybody's memory.
//! unsafe {
//!     registers.store(0x80, physical);
//!     registers.store(0x88, 0x4_0000_u64);
//!     registers.store(0x90, 64_u64);
//!     registers.store(0x98, 1_u64);
//! }
//! device.machine().advance(100_000_000);
//!
//! let fault = device.faults()[0];
//! assert!(matches!(fault.cause, Cause::PhysicalAddress { iova: Some(_) }));
//! assert!(fault.lines(Wording::VtD)[0].starts_with("DMAR: [DMA Read NO_PASID]"));
//! assert!(fault.to_string().contains("that is a physical address"));
//! # Ok::<(), dma_core::Error>(())
//! ```
#![deny(unsafe_code)]

pub mod card;
mod cards;
mod clock;
mod counters;
mod device;
mod injection;
mod interrupt;
mod iommu;
mod lender;
mod machine;
mod options;
mod placement;
#[expect(unsafe_code, reason = "follows host pointers, for all of the crate")]
mod ram;
mod register_file;
pub mod schedule;
mod shortcuts;
mod signal;
#[expect(unsafe_code, reason = "keeps the unsafe contracts of dma-core, for all of the crate")]
mod sys;

pub use card::{BusFault, Card};
pub use cards::{EduCard, NvmeCard, Pl081Card, ProbeCard, XdmaCard};
pub use clock::Costs;
pub use counters::{Counters, Leaks};
pub use device::MockDevice;
pub use injection::Injection;
pub use interrupt::Trigger;
pub use iommu::{BIG_PAGE, Cause, Fault, Iommu, Mapping, PAGE, Reason, Requester, Wording};
pub use lender::MockMemory;
pub use machine::{Domain, Happened, Machine, MachineBuilder, Record, SlotNumber};
pub use options::OpenError;
pub use ram::Pages;
pub use register_file::RegisterFile;
pub use signal::MockSignal;
pub use sys::{ForeignMemory, MockRegion, MockSpace, TrustedCard};

/// Choosing ranges of device addresses.
pub mod iova {
    pub use iova_allocator::{End, Fit, IovaAllocator, Policy};
}

/// QEMU's `edu` card in a machine of its own, as QEMU has it: behind an IOMMU, 28 address bits,
/// 100 ms (of virtual time) a transfer, message interrupts.
#[must_use]
pub fn edu() -> MockDevice {
    Machine::new().plug(EduCard::new())
}

/// ARM's PL081 in a machine of its own: behind an IOMMU, ten microseconds an item, an
/// interrupt line.
#[must_use]
pub fn pl081() -> MockDevice {
    Machine::builder().trigger(Trigger::Level).build().plug(Pl081Card::new())
}

/// The card of the story in a machine of its own: Xilinx's DMA subsystem with 8 MiB of memory and
/// a stream each way, behind an IOMMU, with message interrupts.
#[must_use]
pub fn xdma() -> MockDevice {
    Machine::new().plug(XdmaCard::new())
}
