//! The two ways to tell the IOMMU what a device may reach.

use std::os::fd::OwnedFd;
use std::ptr::NonNull;

use dma_core::Directions;
use rustix::io::{Errno, Result};

use super::{iommufd, kernel};
use crate::options::Manager;

/// Who holds the mappings.
#[derive(Debug)]
pub(crate) enum Road {
    /// A container with one group.
    Type1 {
        /// Ends the mappings as it is closed, after the group.
        container: OwnedFd,
        /// Keeps the group in the container.
        group: OwnedFd,
    },
    /// A group that nothing translates for.
    Unprotected {
        /// Holds the group; there are no mappings.
        #[expect(dead_code, reason = "it is kept open")]
        container: OwnedFd,
        /// Keeps the group in the container.
        group: OwnedFd,
    },
    /// An address space of iommufd.
    Iommufd {
        /// Ends the mappings as it is closed.
        iommufd: OwnedFd,
        /// Which of its address spaces.
        ioas: u32,
    },
}

impl Road {
    /// Lets devices reach `memory` as `iova`; all three are multiples of the page size.
    ///
    /// # Safety
    ///
    /// The memory is valid, writable if `permits` says that devices may write, until it is
    /// unmapped; who owns it lets devices change it.
    pub(crate) unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        iova: u64,
        permits: Directions,
    ) -> Result<()> {
        let (cpu, length) = (memory.cast::<u8>().as_ptr(), memory.len() as u64);
        let read = permits.contains(Directions::TO_DEVICE);
        let write = permits.contains(Directions::FROM_DEVICE);
        match self {
            Self::Type1 { container, .. } => {
                // SAFETY: the caller keeps the contract, which is the same.
                unsafe { kernel::map(container, cpu, length, iova, read, write) }
            }
            Self::Iommufd { iommufd, ioas } => {
                // SAFETY: the caller keeps the contract, which is the same.
                unsafe { iommufd::map(iommufd, *ioas, cpu, length, iova, read, write) }
            }
            Self::Unprotected { .. } => Err(Errno::OPNOTSUPP),
        }
    }

    /// Takes all of a mapping away. If less than that was mapped, something else has touched
    /// the address space, and it is an error.
    pub(crate) fn unmap(&self, iova: u64, length: u64) -> Result<()> {
        let unmapped = match self {
            Self::Type1 { container, .. } => kernel::unmap(container, iova, length)?,
            Self::Iommufd { iommufd, ioas } => iommufd::unmap(iommufd, *ioas, iova, length)?,
            // Nothing was mapped, so nothing is in the way.
            Self::Unprotected { .. } => length,
        };
        if unmapped == length { Ok(()) } else { Err(Errno::NOENT) }
    }

    /// Its name.
    pub(crate) const fn manager(&self) -> Manager {
        match self {
            Self::Type1 { .. } => Manager::Type1,
            Self::Unprotected { .. } => Manager::Nobody,
            Self::Iommufd { .. } => Manager::Iommufd,
        }
    }

    /// Whether an IOMMU stands between devices and memory.
    pub(crate) const fn is_translated(&self) -> bool {
        !matches!(self, Self::Unprotected { .. })
    }

    /// The group, to open its devices; with iommufd they have nodes of their own.
    pub(crate) const fn group(&self) -> Option<&OwnedFd> {
        match self {
            Self::Type1 { group, .. } | Self::Unprotected { group, .. } => Some(group),
            Self::Iommufd { .. } => None,
        }
    }
}
