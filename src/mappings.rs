//! What a device can reach, in the form that faults are explained with.
#![forbid(unsafe_code)]

use diagnostics::{Mapping, Mappings};
use dma_core::Directions;

use crate::Device;
use crate::device::Road;

impl Device {
    /// What the device can reach now, or was told of where it reaches everything, and on VFIO and
    /// UIO also what it could a moment ago.
    ///
    /// A fault's address alone says little; compared with this it says that a buffer was freed too
    /// early, that its end was passed, or that the number never was an address of the device's.
    /// The snapshot is written as JSON by `serde`, for a tool to read.
    ///
    /// # Examples
    ///
    /// ```
    /// use anydma::prelude::*;
    /// let device = Device::open("mock:edu")?;
    /// let buffer = device.memory().allocate(Request::bytes(64))?;
    /// let iova = buffer.run(0, 64).0.get();
    /// let list = device.mappings();
    /// assert!(list.mappings.iter().any(|mapping| mapping.iova == iova && !mapping.ended));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn mappings(&self) -> Mappings {
        let entry = |iova, length, permits: Directions, label: &str, ended| Mapping {
            iova,
            length,
            direction: permits.into(),
            label: label.to_owned(),
            domain: String::new(),
            ended,
        };
        match self.road() {
            #[cfg(feature = "mock")]
            Road::Mock(device) => {
                let told = |one: &backend_mock::Mapping| {
                    entry(one.iova, one.length, one.permits, "", false)
                };
                Mappings { device: None, mappings: device.mappings().iter().map(told).collect() }
            }
            #[cfg(feature = "vfio")]
            Road::Vfio(device) => {
                let list = device.mappings();
                let told = |one: &backend_vfio::Mapping| {
                    let ended = one.state == backend_vfio::MappingState::Freed;
                    entry(one.iova, one.length, one.permits, &one.label, ended)
                };
                // The latest last: who looks for an address goes backwards.
                let mappings = list.all().iter().rev().map(told).collect();
                Mappings { device: Some(list.device().to_owned()), mappings }
            }
            #[cfg(feature = "uio")]
            Road::Uio(device) => {
                let list = device.mappings();
                let told = |one: &backend_uio::Mapping| {
                    let ended = one.state == backend_uio::MappingState::Freed;
                    entry(one.iova, one.length, one.permits, &one.label, ended)
                };
                let mappings = list.all().iter().rev().map(told).collect();
                Mappings { device: Some(list.device().to_owned()), mappings }
            }
            #[cfg(feature = "kernel")]
            Road::Kernel(device) => {
                let list = device.mappings();
                let told = |one: &backend_kernel::Mapping| {
                    let ended = one.state == backend_kernel::MappingState::Freed;
                    entry(one.iova, one.length, one.permits, &one.label, ended)
                };
                let mappings = list.all().iter().rev().map(told).collect();
                Mappings { device: Some(list.device().to_owned()), mappings }
            }
        }
    }
}
