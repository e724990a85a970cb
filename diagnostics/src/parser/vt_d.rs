//! Intel VT-d: `[DMA Read] Request device [03:00.0] fault addr …`.

use super::Event;
use super::line::Line;
use super::scan::{self, Scan};
use crate::fault::{Access, Fault, Precision, Reason, Requester, Source};

/// Kernels before 4.12 print the reason on a line of its own.
#[derive(Debug, Default)]
pub(super) struct Pending {
    fault: Option<Fault>,
    /// Whether the address was not the last of its line, so that it cannot have been cut.
    whole: bool,
}

impl Pending {
    /// What waits will not be completed.
    pub(super) fn finish(&mut self, found: &mut impl FnMut(Event)) {
        if let Some(fault) = self.fault.take() {
            found(if self.whole {
                Event::Fault(fault)
            } else {
                Event::Unread { line: fault.line, text: fault.text }
            });
        }
    }

    /// Reads a message; `false` if it is none of VT-d's about a fault of a device's access.
    pub(super) fn read(&mut self, line: &Line<'_>, found: &mut impl FnMut(Event)) -> bool {
        let message = line.message.strip_prefix("DMAR:").unwrap_or(line.message).trim_start();
        if message.starts_with("[fault reason ") && self.fault.is_some() {
            if let Some(mut fault) = self.fault.take() {
                fault.reason = reason(line).unwrap_or(fault.reason);
                fault.text = format!("{} {message}", fault.text);
                found(Event::Fault(fault));
            }
            return true;
        }
        let Some(rest) = line.message.strip_prefix("[DMA ") else { return false };
        self.finish(found);
        let requester = line.past("device [").and_then(|it| it.until(&[']'])).and_then(scan::pci);
        // With `0x` since 5.x, without before; the page only, as the hardware keeps it.
        let address = line.past("fault addr ");
        let whole = address.and_then(Scan::whole_hexadecimal);
        let last = address.and_then(Scan::last_hexadecimal);
        let (Some(requester), Some(iova)) = (requester, whole.or(last)) else {
            let text = line.message.to_owned();
            found(Event::Unread { line: line.number, text });
            return true;
        };
        let mut fault = line.fault(Source::VtD, iova);
        "DMAR".clone_into(&mut fault.unit);
        fault.requester = Requester::Pci(requester);
        fault.precision = Precision::Page;
        fault.access = match rest.split([' ', ']']).next() {
            Some("Read") => Access::Read,
            Some("Write") => Access::Write,
            _ => Access::Unknown,
        };
        if let Some(reason) = reason(line) {
            fault.reason = reason;
            found(Event::Fault(fault));
        } else {
            self.fault = Some(fault);
            self.whole = whole.is_some();
        }
        true
    }
}

/// The reason on a line, in hexadecimal in both forms: `06` and `0x06`.
fn reason(line: &Line<'_>) -> Option<Reason> {
    let reason = line.past("[fault reason ")?;
    let text = reason.past("] ").map_or("", Scan::rest).trim();
    Some(match reason.whole_hexadecimal() {
        Some(1..=3 | 8..=0xc | 0x30..=0x5f) => Reason::Configuration,
        Some(4) => Reason::AddressSize,
        // An empty entry has no right either, and is told no other way.
        Some(5 | 6 | 0x71..=0x7f) => Reason::NotMappedOrPermission,
        Some(7) => Reason::Tables,
        _ => Reason::Other(text.to_owned()),
    })
}
