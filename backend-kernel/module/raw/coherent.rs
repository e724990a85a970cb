// SPDX-License-Identifier: GPL-2.0-only

//! Coherent memory, with a count of the areas that it is mapped in.

use kernel::{
    bindings,
    dma::{
        self,
        attrs::DMA_ATTR_NO_WARN, //
    },
    error::to_result,
    prelude::*,
    sync::atomic::{
        Acquire,
        Atomic,
        Relaxed,
        Release, //
    }, //
};

use super::pci::PciFunction;
use crate::uapi::Run;

/// Memory of the DMA API; it must not move while it is mapped.
pub(crate) struct Coherent {
    memory: dma::Coherent<[u8]>,
    function: PciFunction,
    areas: Atomic<u32>,
}

impl Coherent {
    /// Zeroed memory.
    ///
    /// # Safety
    ///
    /// The driver stays bound while it lives.
    pub(crate) unsafe fn new(function: &PciFunction, length: usize) -> Result<Self> {
        // SAFETY: the caller keeps the contract.
        let device = unsafe { function.bound() };
        // Whoever asks for too much is told so, and not the log.
        let memory = dma::Coherent::zeroed_slice_with_attrs(
            device.as_ref(),
            length,
            GFP_KERNEL | __GFP_NOWARN,
            DMA_ATTR_NO_WARN,
        )?;
        Ok(Self {
            memory,
            function: function.clone(),
            areas: Atomic::new(0),
        })
    }

    /// Where the device has it.
    pub(crate) fn run(&self) -> Run {
        Run {
            handle: self.memory.dma_address(),
            length: self.memory.size() as u64,
        }
    }

    /// Whether a program has it mapped.
    pub(crate) fn is_mapped(&self) -> bool {
        self.areas.load(Acquire) > 0
    }

    pub(super) fn opened(&self) {
        self.areas.fetch_add(1, Relaxed);
    }

    pub(super) fn closed(&self) {
        self.areas.fetch_sub(1, Release);
    }

    /// Maps it to an area that is being set up and has its offset.
    pub(super) fn map(&self, vma: *mut bindings::vm_area_struct) -> Result {
        // SAFETY: the area is being set up, as of the contract of `VmaNew`; memory, handle, length
        // and attributes are those of the allocation. The kernel compares offset and length.
        to_result(unsafe {
            bindings::dma_mmap_attrs(
                self.function.device_ptr(),
                vma,
                self.memory.as_mut_ptr().cast(),
                self.memory.dma_address(),
                self.memory.size(),
                bindings::DMA_ATTR_NO_WARN as usize,
            )
        })
    }
}
