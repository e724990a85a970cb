//! The simulated machine, seen from a driver's side.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod caches;
mod edu;
mod elsewhere;
mod injection;
mod iommu;
mod memory;
mod options;
mod pl081;
mod real_time;
mod reset;
mod support;
mod time;
mod xdma;
