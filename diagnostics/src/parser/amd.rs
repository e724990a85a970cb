//! AMD-Vi: `AMD-Vi: Event logged [IO_PAGE_FAULT device=… address=… flags=…]`.

use super::Event;
use super::line::Line;
use super::scan::{self, Scan};
use crate::fault::{Access, Reason, Requester, Source};

/// The request was a write.
const WRITE: u64 = 1 << 5;
/// The page was there.
const PRESENT: u64 = 1 << 4;
/// The request was an interrupt and no access to memory.
const INTERRUPT: u64 = 1 << 3;

/// The device that stands before `AMD-Vi: Event logged [`, while the event itself comes next: old
/// kernels print it on a line of its own.
#[derive(Clone, Default, Debug)]
pub(super) struct Pending {
    device: Option<String>,
}

impl Pending {
    /// What waits will not be completed.
    pub(super) fn finish(&mut self) {
        self.device = None;
    }

    /// Reads a message; `false` if it is none of AMD-Vi's about a fault.
    pub(super) fn read(&mut self, line: &Line<'_>, found: &mut impl FnMut(Event)) -> bool {
        let event = if let Some(rest) = line.message.strip_prefix("AMD-Vi: Event logged") {
            // Newer kernels name the device as its driver does: `vfio-pci 0000:03:00.0: `.
            self.device = line.unit().split(' ').next_back().and_then(scan::pci);
            let rest = rest.trim_start().trim_start_matches('[').trim_start();
            if rest.is_empty() {
                return true;
            }
            rest
        } else if line.message.starts_with("IO_PAGE_FAULT") {
            line.message
        } else {
            return false;
        };
        let before = self.device.take();
        let kind = event.split([' ', ']']).next().unwrap_or_default();
        let address = Scan::new(event).past("address=").and_then(Scan::whole_hexadecimal);
        let flags = Scan::new(event).past("flags=").and_then(Scan::whole_hexadecimal);
        if flags.is_some_and(|flags| kind == "IO_PAGE_FAULT" && flags & INTERRUPT != 0) {
            return true;
        }
        let Some(iova) = address else {
            let text = format!("{}{}", line.before, line.message);
            found(Event::Unread { line: line.number, text });
            return true;
        };
        let mut fault = line.fault(Source::AmdVi, iova);
        "AMD-Vi".clone_into(&mut fault.unit);
        let named = Scan::new(event).past("device=").and_then(|it| it.until(&[' ', ']']));
        let requester = named.and_then(scan::pci).or(before);
        fault.requester = requester.map_or(Requester::Unknown, Requester::Pci);
        fault.access = match flags {
            Some(flags) if flags & WRITE != 0 => Access::Write,
            Some(_) => Access::Read,
            None => Access::Unknown,
        };
        fault.reason = match (kind, flags) {
            ("IO_PAGE_FAULT", Some(flags)) if flags & PRESENT == 0 => Reason::NotMapped,
            ("IO_PAGE_FAULT", Some(_)) => Reason::Permission,
            ("ILLEGAL_DEV_TABLE_ENTRY", _) => Reason::Configuration,
            ("PAGE_TAB_HARDWARE_ERROR" | "DEV_TAB_HARDWARE_ERROR", _) => Reason::Tables,
            ("IO_PAGE_FAULT", None) => Reason::Other(String::new()),
            (other, _) => Reason::Other(other.to_owned()),
        };
        if kind != "IO_PAGE_FAULT" {
            fault.access = Access::Unknown;
        }
        found(Event::Fault(fault));
        true
    }
}
