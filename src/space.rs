//! Registers of whichever backend it is.

use dma_core::{Access, DomainId, Narrow, RegisterSpace};

use crate::forward::each;

/// The register space of a [`Device`](crate::Device).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Space {
    /// Of the simulated machine.
    #[cfg(feature = "mock")]
    Mock(backend_mock::MockSpace),
    /// Mapped by VFIO.
    #[cfg(feature = "vfio")]
    Vfio(backend_vfio::Registers),
    /// Mapped through sysfs, for UIO.
    #[cfg(feature = "uio")]
    Uio(backend_uio::Registers),
    /// Mapped by our kernel module.
    #[cfg(feature = "kernel")]
    Kernel(backend_kernel::Registers),
}

// SAFETY: every call is forwarded to the backend's space, and the variant never changes.
unsafe impl RegisterSpace for Space {
    #[inline(always)]
    fn size(&self) -> usize {
        each!(self, space => space.size())
    }

    #[inline(always)]
    fn alignment(&self) -> usize {
        each!(self, space => space.alignment())
    }

    #[inline(always)]
    fn domain(&self) -> DomainId {
        each!(self, space => space.domain())
    }

    #[inline(always)]
    fn release(&self) {
        each!(self, space => space.release());
    }

    #[inline(always)]
    fn acquire(&self) {
        each!(self, space => space.acquire());
    }
}

impl Narrow for Space {
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        match self {
            #[cfg(feature = "mock")]
            Self::Mock(space) => space.narrow(offset, size).map(Self::Mock),
            #[cfg(feature = "vfio")]
            Self::Vfio(space) => space.narrow(offset, size).map(Self::Vfio),
            #[cfg(feature = "uio")]
            Self::Uio(space) => space.narrow(offset, size).map(Self::Uio),
            #[cfg(feature = "kernel")]
            Self::Kernel(space) => space.narrow(offset, size).map(Self::Kernel),
        }
    }
}

macro_rules! widths {
    ($($word:ty),*) => { $(
        // SAFETY: each call is exactly one call of the backend's space.
        unsafe impl Access<$word> for Space {
            #[inline(always)]
            unsafe fn load(&self, offset: usize) -> $word {
                // SAFETY: the caller keeps the contract, which is the same.
                unsafe { each!(self, space => space.load(offset)) }
            }

            #[inline(always)]
            unsafe fn store(&self, offset: usize, value: $word) {
                // SAFETY: the caller keeps the contract, which is the same.
                unsafe { each!(self, space => space.store(offset, value)) }
            }

            #[inline(always)]
            unsafe fn load_at<const OFFSET: usize>(&self) -> $word {
                // SAFETY: the caller keeps the contract, which is the same.
                unsafe { each!(self, space => <_ as Access<$word>>::load_at::<OFFSET>(space)) }
            }

            #[inline(always)]
            unsafe fn store_at<const OFFSET: usize>(&self, value: $word) {
                // SAFETY: the caller keeps the contract, which is the same.
                unsafe { each!(self, space => <_ as Access<$word>>::store_at::<OFFSET>(space, value)) }
            }
        }
    )* };
}

widths!(u8, u16, u32, u64);
