//! ARM SMMUv2: `Unhandled context fault: fsr=…, iova=…, …`, mainline and L4T.

use super::Event;
use super::line::Line;
use super::scan::Scan;
use crate::fault::{Access, Reason, Requester, Source, Tables};

/// Fault syndrome: the access was a write.
const WRITE: u64 = 1 << 4;
/// Fault syndrome: the level at which the walk ended.
const LEVEL: u64 = 3;

/// Reads a message; `false` if it is none of SMMUv2's about a fault.
pub(super) fn read(line: &Line<'_>, found: &mut impl FnMut(Event)) -> bool {
    if !line.message.starts_with("Unhandled context fault") {
        return false;
    }
    let value = |name: &str| line.past(name).and_then(Scan::whole_hexadecimal);
    let last = |name: &str| line.past(name).and_then(|it| Scan::new(it.rest()).number());
    let Some(iova) = value("iova=") else {
        let text = format!("{}{}", line.before, line.message);
        found(Event::Unread { line: line.number, text });
        return true;
    };
    let mut fault = line.fault(Source::SmmuV2, iova);
    line.unit().clone_into(&mut fault.unit);
    // L4T: which of the twins, `smmu0`.
    fault.instance = line
        .past("fault: smmu")
        .and_then(Scan::whole_decimal)
        .and_then(|instance| u32::try_from(instance).ok());
    if let Some(syndrome) = value("fsynr=").or_else(|| value("fsynr0=")) {
        fault.access = if syndrome & WRITE == 0 { Access::Read } else { Access::Write };
        fault.level = u8::try_from(syndrome & LEVEL).ok().filter(|&level| level > 0);
    }
    fault.reason = match value("fsr=") {
        // Bits of the status register: translation, access flag and permission, address size.
        Some(status) if status & (1 << 1) != 0 => Reason::NotMapped,
        Some(status) if status & (1 << 3 | 1 << 2 | 1 << 4) != 0 => reason(status),
        Some(_) | None => Reason::Other(String::new()),
    };
    if let Some(id) = last("sid=").or_else(|| last("cbfrsynra=")) {
        // `91(0x5b - PCIE5)`: the name that the kernel knows it by.
        let name = line.past("sid=").and_then(|it| it.past(" - ")).and_then(|it| it.until(&[')']));
        let id = u32::try_from(id).unwrap_or(u32::MAX);
        fault.requester = Requester::Stream(id, name.unwrap_or_default().to_owned());
    }
    let entry = |name: &str| line.past(name).map(Scan::rest).and_then(entry);
    if let (Some(pgd), Some(pud), Some(pmd), Some(pte)) =
        (entry("pgd="), entry("pud="), entry("pmd="), entry("pte="))
    {
        fault.tables = Some(Tables { pgd, pud, pmd, pte });
        if matches!(fault.reason, Reason::Other(_)) {
            fault.reason = if pte == 0 { Reason::NotMapped } else { Reason::NotMappedOrPermission };
        }
    }
    found(Event::Fault(fault));
    true
}

/// The reason that a status without a translation fault gives.
fn reason(status: u64) -> Reason {
    if status & (1 << 3) != 0 {
        Reason::Permission
    } else if status & (1 << 4) != 0 {
        Reason::Tables
    } else {
        Reason::Other("access flag fault".to_owned())
    }
}

/// An entry of a table, in hexadecimal without `0x`, the last of which may end the line.
fn entry(text: &str) -> Option<u64> {
    let text = text.strip_prefix("0x").unwrap_or(text);
    let digits = text.split(|letter: char| !letter.is_ascii_hexdigit()).next()?;
    u64::from_str_radix(digits, 16).ok()
}
