//! ARM SMMUv3: an event by name, or by number with four words behind it.

use super::Event;
use super::line::Line;
use super::scan::{self, Scan};
use crate::fault::{Access, Fault, Reason, Requester, Source};

/// So many faults wait for lines at once; machines have fewer SMMUs than that.
const MOST: usize = 16;

/// Faults whose lines are not all there.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// New kernels: named, and a second line may tell the access.
    named: Vec<Fault>,
    /// Old kernels: a number, and words that follow.
    numbered: Vec<Numbered>,
}

#[derive(Debug)]
struct Numbered {
    fault: Fault,
    event: u64,
    words: Vec<u64>,
}

impl Pending {
    /// What waits will not be completed.
    pub(super) fn finish(&mut self, found: &mut impl FnMut(Event)) {
        for fault in self.named.drain(..) {
            found(Event::Fault(fault));
        }
        for event in self.numbered.drain(..) {
            event.give_up(found);
        }
    }

    /// Reads a message; `false` if it is none of SMMUv3's.
    pub(super) fn read(&mut self, line: &Line<'_>, found: &mut impl FnMut(Event)) -> bool {
        let Some(rest) = line.message.strip_prefix("arm-smmu-v3 ") else { return false };
        let Some((name, said)) = rest.split_once(':') else { return false };
        let unit = format!("arm-smmu-v3 {name}");
        // The words of an event are set off by a tab, which `/dev/kmsg` spells out.
        let said = said.trim().trim_start_matches(r"\x09");
        if let Some(event) = said.strip_prefix("event: ") {
            self.release(&unit, found);
            self.event(line, &unit, event, found);
        } else if let Some(event) = said.strip_prefix("event ") {
            self.release(&unit, found);
            let number = Scan::new(event).whole_hexadecimal();
            let (Some(event), true) = (number, event.contains(" received")) else {
                let text = line.message.to_owned();
                found(Event::Unread { line: line.number, text });
                return true;
            };
            if self.numbered.len() == MOST {
                self.numbered.remove(0).give_up(found);
            }
            let mut fault = line.fault(Source::SmmuV3, 0);
            fault.unit = unit;
            self.numbered.push(Numbered { fault, event, words: Vec::new() });
        } else if let Some(at) = self.numbered.iter().position(|it| it.fault.unit == unit)
            && let Some(word) = word(said)
        {
            let waiting = &mut self.numbered[at];
            waiting.words.push(word);
            waiting.fault.text.extend([" ", said]);
            if waiting.words.len() == 4 {
                found(self.numbered.remove(at).done());
            }
        } else if let Some(at) = self.named.iter().position(|it| it.unit == unit)
            && (said.contains("priv ") || said.contains(" s1 ") || said.contains(" s2 "))
        {
            let mut fault = self.named.remove(at);
            fault.access = if said.contains("inst ") {
                Access::Execute
            } else if said.contains(" write ") {
                Access::Write
            } else if said.contains(" read ") {
                Access::Read
            } else {
                Access::Unknown
            };
            found(Event::Fault(fault));
        } else {
            return false;
        }
        true
    }

    /// A new event of a unit: what waited for its lines is as it is.
    fn release(&mut self, unit: &str, found: &mut impl FnMut(Event)) {
        if let Some(at) = self.named.iter().position(|it| it.unit == unit) {
            found(Event::Fault(self.named.remove(at)));
        }
        if let Some(at) = self.numbered.iter().position(|it| it.fault.unit == unit) {
            self.numbered.remove(at).give_up(found);
        }
    }

    /// `F_TRANSLATION client: 0000:00:01.0 sid: 0x8 ssid: 0x0 iova: 0xc2103000 ipa: 0x0`.
    fn event(&mut self, line: &Line<'_>, unit: &str, event: &str, found: &mut impl FnMut(Event)) {
        let name = event.split(' ').next().unwrap_or_default();
        let value = |name: &str| Scan::new(event).past(name).and_then(Scan::whole_hexadecimal);
        let Some(iova) = value(" iova: ") else {
            let reason = named(name);
            // Events about the configuration have no address.
            let text = match reason {
                Reason::Configuration | Reason::Tables => format!("{} ({reason})", line.message),
                _ => line.message.to_owned(),
            };
            found(Event::Unread { line: line.number, text });
            return;
        };
        let mut fault = line.fault(Source::SmmuV3, iova);
        unit.clone_into(&mut fault.unit);
        fault.reason = named(name);
        let client = Scan::new(event).past("client: ").and_then(|it| it.until(&[' ']));
        fault.requester = match (client.and_then(scan::pci), value(" sid: ")) {
            (Some(pci), _) => Requester::Pci(pci),
            (None, Some(id)) => stream(id, client.filter(|it| !it.starts_with('('))),
            (None, None) => Requester::Unknown,
        };
        if self.named.len() == MOST {
            found(Event::Fault(self.named.remove(0)));
        }
        self.named.push(fault);
    }
}

impl Numbered {
    /// All four words are there.
    fn done(mut self) -> Event {
        let [first, second, iova, _] = self.words[..] else {
            return Event::Unread { line: self.fault.line, text: self.fault.text };
        };
        // The event stands in the lowest byte too; if it differs, lines of two events are mixed.
        if first & 0xff != self.event {
            return Event::Unread { line: self.fault.line, text: self.fault.text };
        }
        self.fault.reason = numbered(self.event);
        self.fault.requester = stream(first >> 32, None);
        if matches!(self.event, 0x10..=0x13 | 0x0b | 0x01 | 0x07 | 0x20) {
            self.fault.iova = iova;
            self.fault.access = match (second >> 34 & 1, second >> 35 & 1) {
                (1, _) => Access::Execute,
                (_, 1) => Access::Read,
                _ => Access::Write,
            };
            Event::Fault(self.fault)
        } else {
            let text = format!("{} ({})", self.fault.text, self.fault.reason);
            Event::Unread { line: self.fault.line, text }
        }
    }

    /// Some of its words never came.
    fn give_up(self, found: &mut impl FnMut(Event)) {
        found(Event::Unread { line: self.fault.line, text: self.fault.text });
    }
}

fn stream(id: u64, name: Option<&str>) -> Requester {
    Requester::Stream(u32::try_from(id).unwrap_or(u32::MAX), name.unwrap_or_default().to_owned())
}

/// `0x0000000800000010`, with all its digits.
fn word(text: &str) -> Option<u64> {
    let digits = text.strip_prefix("0x").filter(|digits| digits.len() == 16)?;
    u64::from_str_radix(digits, 16).ok()
}

fn numbered(event: u64) -> Reason {
    named(match event {
        0x02 => "C_BAD_STREAMID",
        0x03 => "F_STE_FETCH",
        0x04 => "C_BAD_STE",
        0x06 => "F_STREAM_DISABLED",
        0x07 => "F_TRANSL_FORBIDDEN",
        0x08 => "C_BAD_SUBSTREAMID",
        0x09 => "F_CD_FETCH",
        0x0a => "C_BAD_CD",
        0x0b => "F_WALK_EABT",
        0x10 => "F_TRANSLATION",
        0x11 => "F_ADDR_SIZE",
        0x12 => "F_ACCESS",
        0x13 => "F_PERMISSION",
        other => return Reason::Other(format!("event {other:#x}")),
    })
}

fn named(event: &str) -> Reason {
    match event {
        "F_TRANSLATION" => Reason::NotMapped,
        "F_PERMISSION" => Reason::Permission,
        "F_ADDR_SIZE" => Reason::AddressSize,
        "F_WALK_EABT" | "F_STE_FETCH" | "F_CD_FETCH" => Reason::Tables,
        "C_BAD_STREAMID" | "C_BAD_STE" | "C_BAD_SUBSTREAMID" | "C_BAD_CD" | "F_STREAM_DISABLED"
        | "F_TRANSL_FORBIDDEN" => Reason::Configuration,
        other => Reason::Other(other.to_owned()),
    }
}
