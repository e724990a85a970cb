//! Opening what nothing protects memory from.

use crate::device::Road;
use crate::{Device, DeviceVisitor, OpenError, Uri};

impl Device {
    /// As [`Device::open`], also on roads where nothing translates: UIO, and VFIO and the kernel
    /// module without an IOMMU.
    ///
    /// [`Device::open`] refuses those, with the reason. Where an IOMMU is there, this is the same
    /// as [`Device::open`].
    ///
    /// # Errors
    ///
    /// As [`Device::open`].
    ///
    /// # Safety
    ///
    /// Where nothing translates, the card can write to all memory. The caller answers for card,
    /// driver and host, as the backend's own `open_unprotected` says.
    pub unsafe fn open_unprotected(uri: &str) -> Result<Self, OpenError> {
        #[cfg(feature = "linux")]
        {
            let name: Uri = uri.parse()?;
            if name.scheme() == "auto" {
                // SAFETY: the caller keeps the contract, which is the same.
                return unsafe { Road::choose_unprotected(&name) }.map(Self::chosen);
            }
        }
        // SAFETY: the caller keeps the contract, which is the same.
        Ok(Self::of(unsafe { Road::open_unprotected(uri) }?))
    }
}

/// As [`with_device`](crate::with_device), also on roads where nothing translates.
///
/// # Errors
///
/// As [`Device::open`].
///
/// # Safety
///
/// As [`Device::open_unprotected`].
pub unsafe fn with_unprotected_device<V: DeviceVisitor>(
    uri: &str,
    visitor: V,
) -> Result<V::Output, OpenError> {
    // SAFETY: the caller keeps the contract, which is the same.
    Ok(unsafe { Road::open_unprotected(uri) }?.visit(visitor))
}

impl Road {
    /// # Safety
    ///
    /// As [`Device::open_unprotected`].
    unsafe fn open_unprotected(uri: &str) -> Result<Self, OpenError> {
        let name: Uri = uri.parse()?;
        match name.scheme() {
            #[cfg(feature = "vfio")]
            "vfio" => {
                let options =
                    backend_vfio::Options::parse(name.options()).map_err(OpenError::Vfio)?;
                // SAFETY: the caller keeps the contract, which is the same.
                let device =
                    unsafe { backend_vfio::VfioDevice::open_unprotected(name.place(), options) };
                device.map(Self::Vfio).map_err(OpenError::Vfio)
            }
            #[cfg(feature = "uio")]
            "uio" => {
                let options =
                    backend_uio::Options::parse(name.options()).map_err(OpenError::Uio)?;
                // SAFETY: the caller keeps the contract, which is the same.
                let device =
                    unsafe { backend_uio::UioDevice::open_unprotected(name.place(), options) };
                device.map(Self::Uio).map_err(OpenError::Uio)
            }
            #[cfg(feature = "kernel")]
            "kernel" => {
                let options =
                    backend_kernel::Options::parse(name.options()).map_err(OpenError::Kernel)?;
                // SAFETY: the caller keeps the contract, which is the same.
                let device = unsafe {
                    backend_kernel::KernelDevice::open_unprotected(name.place(), options)
                };
                device.map(Self::Kernel).map_err(OpenError::Kernel)
            }
            // SAFETY: the caller keeps the contract, which is the same.
            #[cfg(feature = "linux")]
            "auto" => unsafe { Self::choose_unprotected(&name) }.map(|(road, _)| road),
            // The other roads protect, or simulate.
            _ => Self::open(uri),
        }
    }

    /// The best road there is.
    ///
    /// # Safety
    ///
    /// As [`Device::open_unprotected`].
    #[cfg(feature = "linux")]
    unsafe fn choose_unprotected(uri: &Uri) -> Result<(Self, crate::Choice), OpenError> {
        crate::auto::open(uri, true, |name, unprotected| {
            if unprotected {
                // SAFETY: the caller keeps the contract, which is the same.
                unsafe { Self::open_unprotected(name) }
            } else {
                Self::open(name)
            }
        })
    }
}
