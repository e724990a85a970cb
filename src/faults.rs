//! What the IOMMU refused, as far as the road can tell.
#![forbid(unsafe_code)]

use core::fmt;

use crate::Device;
use crate::device::Road;

/// An access of a device that was refused.
///
/// `Display` is what the kernel prints, or would print.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    log: Vec<String>,
    explanation: Option<String>,
}

impl Fault {
    /// The lines that a kernel prints for it, without the time stamp.
    #[must_use]
    pub fn log(&self) -> &[String] {
        &self.log
    }

    /// What was wrong with the address, in a sentence; `None` where the road cannot know.
    #[must_use]
    pub fn explanation(&self) -> Option<&str> {
        self.explanation.as_deref()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.log.join("\n"))
    }
}

impl Device {
    /// The accesses of this device that were refused so far, oldest first.
    ///
    /// On a simulated machine the list is complete. A device does not notice that an IOMMU
    /// drops its accesses: that the list is empty proves nothing elsewhere, bytes do.
    ///
    /// # Examples
    ///
    /// ```
    /// let device = anydma::Device::open("mock:xdma")?;
    /// assert!(device.faults().is_empty());
    /// # Ok::<(), anydma::OpenError>(())
    /// ```
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        match self.road() {
            #[cfg(feature = "mock")]
            Road::Mock(device) => {
                let wording = device.machine().wording();
                let told = |fault: &backend_mock::Fault| Fault {
                    log: fault.lines(wording),
                    explanation: Some(fault.to_string()),
                };
                device.faults().iter().map(told).collect()
            }
            // They are in the kernel's log, which not everybody may read.
            #[cfg(feature = "vfio")]
            Road::Vfio(_) => Vec::new(),
            #[cfg(feature = "uio")]
            Road::Uio(_) => Vec::new(),
        }
    }

    /// The physical address of a byte, which is **not** what a device may be given: what
    /// `virt_to_phys` says in a kernel. For showing that difference.
    ///
    /// `None` where a program cannot know it, and if the byte is not in memory lent to a device.
    ///
    /// # Examples
    ///
    /// ```
    /// use anydma::prelude::*;
    /// let device = Device::open("mock:xdma")?;
    /// let buffer = device.memory().allocate(Request::bytes(64))?;
    /// let physical = device.physical_address(buffer.bytes().as_ptr()).expect("simulated");
    /// assert_ne!(buffer.run(0, 64).0.get(), physical);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn physical_address(&self, cpu: *const u8) -> Option<u64> {
        match self.road() {
            #[cfg(feature = "mock")]
            Road::Mock(device) => device.machine().physical_of(cpu),
            #[cfg(feature = "vfio")]
            Road::Vfio(_) => {
                let _ = cpu;
                None
            }
            #[cfg(feature = "uio")]
            Road::Uio(_) => {
                let _ = cpu;
                None
            }
        }
    }
}
