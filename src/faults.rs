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
    /// On a simulated machine the list is complete. On Linux it is what the kernel's log has said
    /// of this device since it was opened, if this process may read the log, each with what it means
    /// in view of what is mapped. A device does not notice that an IOMMU drops its accesses, and
    /// kernels write few of their lines: that the list is empty proves nothing there, bytes do.
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
            #[cfg(feature = "linux")]
            _ => self.heard(),
        }
    }

    /// Why no faults of the device can be heard of: the kernel's log is kept from this process;
    /// `None` if they can.
    #[must_use]
    pub fn hears_no_faults(&self) -> Option<&str> {
        #[cfg(feature = "linux")]
        {
            self.watch().and_then(crate::watch::Watch::deaf)
        }
        #[cfg(not(feature = "linux"))]
        {
            None
        }
    }

    /// Whether a fault may be heard of a moment after it happened.
    #[cfg_attr(
        not(feature = "linux"),
        expect(clippy::unused_self, reason = "the simulated machine tells at once")
    )]
    pub(crate) fn hears_later(&self) -> bool {
        #[cfg(feature = "linux")]
        {
            self.watch().is_some_and(|watch| watch.deaf().is_none())
        }
        #[cfg(not(feature = "linux"))]
        {
            false
        }
    }

    /// What the kernel's log says.
    #[cfg(feature = "linux")]
    fn heard(&self) -> Vec<Fault> {
        let Some(watch) = self.watch() else { return Vec::new() };
        let mappings = self.mappings();
        let told = |fault: diagnostics::Fault| {
            let log = vec![fault.text.clone()];
            let mut alone = diagnostics::Log::default();
            alone.take(diagnostics::Event::Fault(fault));
            Fault { log, explanation: meaning(&alone, &mappings) }
        };
        watch.faults(&mappings).into_iter().map(told).collect()
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
            #[cfg(feature = "kernel")]
            Road::Kernel(_) => {
                let _ = cpu;
                None
            }
        }
    }
}

/// What a fault means, in a sentence or two: what calls for a change, or else what is surest.
#[cfg(feature = "linux")]
fn meaning(log: &diagnostics::Log, mappings: &diagnostics::Mappings) -> Option<String> {
    let explanation = diagnostics::explain(log, Some(mappings));
    let group = explanation.groups.into_iter().next()?;
    let title = group.title();
    let mut findings = group.findings.into_iter();
    let first = findings.clone().find(|finding| !finding.change.is_empty());
    let what = first.or_else(|| findings.next()).map(|finding| finding.what);
    Some(what.map_or_else(|| title.clone(), |what| format!("{title}. {what}")))
}
