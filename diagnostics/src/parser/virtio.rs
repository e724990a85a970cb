//! virtio-iommu: `virtio_iommu virtio0: page fault from EP 16 at 0xc2103000 [R]`.

use super::Event;
use super::line::Line;
use super::scan::Scan;
use crate::fault::{Access, Reason, Requester, Source};

/// Reads a message; `false` if it is none of virtio-iommu's about a fault.
pub(super) fn read(line: &Line<'_>, found: &mut impl FnMut(Event)) -> bool {
    if !line.message.starts_with("fault from EP ") {
        return false;
    }
    let endpoint = line.past("EP ").and_then(Scan::whole_decimal);
    let address = line.past(" at ").and_then(Scan::whole_hexadecimal);
    let (Some(endpoint), Some(iova)) = (endpoint, address) else {
        let text = format!("{}{}", line.before, line.message);
        found(Event::Unread { line: line.number, text });
        return true;
    };
    let mut fault = line.fault(Source::Virtio, iova);
    // `virtio_iommu virtio0: page `.
    let (unit, kind) = line.before.trim_end().rsplit_once(": ").unwrap_or(("", line.before.trim()));
    unit.rsplit("] ").next().unwrap_or_default().clone_into(&mut fault.unit);
    fault.requester = Requester::Endpoint(u32::try_from(endpoint).unwrap_or(u32::MAX));
    // Rights that the access wanted; the device may leave them out.
    fault.access = match line.past(" [").and_then(|it| it.until(&[']'])).unwrap_or_default() {
        flags if flags.contains('X') => Access::Execute,
        flags if flags.contains('W') => Access::Write,
        flags if flags.contains('R') => Access::Read,
        _ => Access::Unknown,
    };
    fault.reason = match kind.rsplit(' ').next().unwrap_or_default() {
        "page" => Reason::NotMappedOrPermission,
        "domain" => Reason::Configuration,
        other => Reason::Other(if other == "unknown" { String::new() } else { other.to_owned() }),
    };
    found(Event::Fault(fault));
    true
}
