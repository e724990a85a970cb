//! Memory of whichever backend it is.

use core::ops::Range;
use core::ptr::NonNull;

use dma_core::{
    AddressMask, Allocate, Buffer, Direction, Directions, DomainId, Error, Iova, Map, MemoryLimits,
    Region, Request, To,
};

use crate::MemoryError;
use crate::forward::each;

/// Who lends memory for a [`Device`](crate::Device).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Memory {
    /// The simulated machine.
    #[cfg(feature = "mock")]
    Mock(backend_mock::MockMemory),
    /// VFIO.
    #[cfg(feature = "vfio")]
    Vfio(backend_vfio::VfioMemory),
    /// UIO.
    #[cfg(feature = "uio")]
    Uio(backend_uio::UioMemory),
    /// Our kernel module.
    #[cfg(feature = "kernel")]
    Kernel(backend_kernel::KernelMemory),
}

/// A mapping of whichever backend it is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AnyRegion {
    /// Of the simulated machine.
    #[cfg(feature = "mock")]
    Mock(backend_mock::MockRegion),
    /// Of VFIO.
    #[cfg(feature = "vfio")]
    Vfio(backend_vfio::VfioRegion),
    /// Of UIO.
    #[cfg(feature = "uio")]
    Uio(backend_uio::UioRegion),
    /// Of our kernel module.
    #[cfg(feature = "kernel")]
    Kernel(backend_kernel::KernelRegion),
}

// SAFETY: every call is forwarded to the backend's region, and the variant never changes.
unsafe impl Region for AnyRegion {
    #[inline]
    fn domain(&self) -> DomainId {
        each!(self, region => region.domain())
    }

    #[inline]
    fn cpu(&self) -> NonNull<[u8]> {
        each!(self, region => region.cpu())
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        each!(self, region => region.run(at, max))
    }

    #[inline]
    fn permits(&self) -> Directions {
        each!(self, region => region.permits())
    }

    #[inline]
    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        // SAFETY: the caller keeps the contract, which is the same.
        each!(self, region => unsafe { region.sync(range, to, direction) });
    }

    fn unmap(self) -> Result<(), Error> {
        each!(self, region => region.unmap())
    }
}

impl Allocate for Memory {
    type Region = AnyRegion;
    type Error = MemoryError;

    fn limits(&self) -> MemoryLimits<'_> {
        each!(self, memory => memory.limits())
    }

    fn allocate(&self, request: Request) -> Result<Buffer<AnyRegion>, MemoryError> {
        match self {
            #[cfg(feature = "mock")]
            Self::Mock(memory) => {
                let buffer = memory.allocate(request).map_err(MemoryError::Mock)?;
                // SAFETY: `AnyRegion` forwards every call to the region that it wraps.
                Ok(unsafe { buffer.map_region(AnyRegion::Mock) })
            }
            #[cfg(feature = "vfio")]
            Self::Vfio(memory) => {
                let buffer = memory.allocate(request).map_err(MemoryError::Vfio)?;
                // SAFETY: as above.
                Ok(unsafe { buffer.map_region(AnyRegion::Vfio) })
            }
            #[cfg(feature = "uio")]
            Self::Uio(memory) => {
                let buffer = memory.allocate(request).map_err(MemoryError::Uio)?;
                // SAFETY: as above.
                Ok(unsafe { buffer.map_region(AnyRegion::Uio) })
            }
            #[cfg(feature = "kernel")]
            Self::Kernel(memory) => {
                let buffer = memory.allocate(request).map_err(MemoryError::Kernel)?;
                // SAFETY: as above.
                Ok(unsafe { buffer.map_region(AnyRegion::Kernel) })
            }
        }
    }
}

impl Map for Memory {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<AnyRegion, MemoryError> {
        match self {
            #[cfg(feature = "mock")]
            Self::Mock(lender) => {
                // SAFETY: the caller keeps the contract, which is the same.
                let region = unsafe { lender.map(memory, permits, mask) };
                region.map(AnyRegion::Mock).map_err(MemoryError::Mock)
            }
            #[cfg(feature = "vfio")]
            Self::Vfio(lender) => {
                // SAFETY: the caller keeps the contract, which is the same.
                let region = unsafe { lender.map(memory, permits, mask) };
                region.map(AnyRegion::Vfio).map_err(MemoryError::Vfio)
            }
            #[cfg(feature = "uio")]
            Self::Uio(lender) => {
                // SAFETY: the caller keeps the contract, which is the same.
                let region = unsafe { lender.map(memory, permits, mask) };
                region.map(AnyRegion::Uio).map_err(MemoryError::Uio)
            }
            #[cfg(feature = "kernel")]
            Self::Kernel(lender) => {
                // SAFETY: the caller keeps the contract, which is the same.
                let region = unsafe { lender.map(memory, permits, mask) };
                region.map(AnyRegion::Kernel).map_err(MemoryError::Kernel)
            }
        }
    }
}
