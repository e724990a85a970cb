//! What the kernel's log says about a device while it is open.
#![forbid(unsafe_code)]

use std::sync::{Mutex, PoisonError};

use diagnostics::host::PciAddress;
use diagnostics::{Event, Fault, Mappings, Parser, Requester};
use host_linux::KernelLog;

/// More faults than this tell nothing new.
const MOST: usize = 1_000;

/// Listens from the moment on in which the device was opened.
#[derive(Debug)]
pub(crate) struct Watch {
    place: PciAddress,
    /// Why there is nothing to listen to; often only root may.
    deaf: Option<String>,
    heard: Mutex<Heard>,
}

#[derive(Debug, Default)]
struct Heard {
    log: Option<KernelLog>,
    faults: Vec<Fault>,
}

impl Watch {
    /// Listens for what the kernel says about the device there.
    pub(crate) fn new(place: PciAddress) -> Self {
        match KernelLog::from_now() {
            Ok(log) => {
                let heard = Mutex::new(Heard { log: Some(log), faults: Vec::new() });
                Self { place, deaf: None, heard }
            }
            Err(error) => Self { place, deaf: Some(error.to_string()), heard: Mutex::default() },
        }
    }

    /// Why it hears nothing.
    pub(crate) fn deaf(&self) -> Option<&str> {
        self.deaf.as_deref()
    }

    /// The faults of the device so far.
    pub(crate) fn faults(&self, mappings: &Mappings) -> Vec<Fault> {
        // A list that another thread left in the middle of a push is whole.
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let Heard { log, faults } = &mut *heard;
        let mut parser = Parser::new();
        let mut take = |event| {
            let Event::Fault(fault) = event else { return };
            if faults.len() < MOST && concerns(&fault, self.place, mappings) {
                faults.push(fault);
            }
        };
        if let Some(log) = log {
            // What could be read before is told; the rest comes with the next look.
            let _ = log.read(|record| parser.feed(record, &mut take));
            parser.finish(&mut take);
        }
        faults.clone()
    }
}

/// Whether a fault is one of this device, as far as its line tells.
fn concerns(fault: &Fault, place: PciAddress, mappings: &Mappings) -> bool {
    let within = || {
        mappings
            .mappings
            .iter()
            .any(|one| fault.iova.checked_sub(one.iova).is_some_and(|inside| inside < one.length))
    };
    let PciAddress { domain, bus, device, function } = place;
    let id = u32::from(bus) << 8 | u32::from(device) << 3 | u32::from(function);
    match &fault.requester {
        Requester::Pci(name) => name.parse() == Ok(place),
        // Where streams have names they are those of controllers: one for each PCI domain.
        Requester::Stream(_, name) if !name.is_empty() => {
            name.strip_prefix("PCIE").and_then(|number| number.parse().ok()) == Some(domain)
        }
        // A domain that is not the first has its own offset, which nobody tells.
        Requester::Stream(number, _) | Requester::Endpoint(number) if domain == 0 => *number == id,
        Requester::Stream(..) | Requester::Endpoint(_) | Requester::Unknown => within(),
    }
}

#[cfg(test)]
mod tests {
    use diagnostics::{Log, Mapping, Permits};

    use super::*;

    fn concerned(line: &str, place: &str) -> bool {
        let log = Log::read(line.as_bytes());
        assert_eq!(log.faults.len(), 1, "{line}");
        let mapping = Mapping {
            iova: 0x10_0000,
            length: 0x1000,
            direction: Permits::Both,
            label: String::new(),
            domain: String::new(),
            ended: false,
        };
        let mappings = Mappings { device: None, mappings: vec![mapping] };
        concerns(&log.faults[0], place.parse().unwrap(), &mappings)
    }

    // Each IOMMU names devices in its own way; another device's fault is not this one's.
    #[test]
    fn faults_are_told_apart_by_their_devices() {
        let intel = "DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr 0x1000 [fault \
                     reason 0x06] PTE Read access is not set\n";
        assert!(concerned(intel, "0000:01:00.0"));
        assert!(!concerned(intel, "0000:01:00.1"));
        let arm = "arm-smmu-v3 9050000.smmuv3: event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 \
                   ssid: 0x0 iova: 0x43c8a000 ipa: 0x0\n";
        assert!(concerned(arm, "0000:01:00.0"));
        assert!(!concerned(arm, "0000:02:00.0"));
        let tegra = "t19x-arm-smmu 12000000.iommu: Unhandled context fault: smmu0, iova=0xc2103000, \
                     fsynr=0x2, cb=3, sid=91(0x5b - PCIE5), pgd=1, pud=1, pmd=0, pte=0\n";
        assert!(concerned(tegra, "0005:01:00.0"));
        assert!(!concerned(tegra, "0000:01:00.0"));
        let guest = "virtio_iommu virtio0: page fault from EP 256 at 0x1000 [R]\n";
        assert!(concerned(guest, "0000:01:00.0"));
        assert!(!concerned(guest, "0000:00:06.0"));
    }

    // Where the line names nobody, the address must be one that the device had.
    #[test]
    fn nameless_faults_are_known_by_their_addresses() {
        let line = |iova| {
            format!(
                "arm-smmu 12000000.iommu: Unhandled context fault: fsr=0x402, iova={iova}, \
                 fsynr=0x1, cb=0\n"
            )
        };
        assert!(concerned(&line("0x00100040"), "0000:01:00.0"));
        assert!(!concerned(&line("0xc2103000"), "0000:01:00.0"));
    }
}
