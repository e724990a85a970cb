//! One line of a log: its time, its message, messages that ran together.

use super::scan::Scan;
use crate::fault::{Access, Fault, Precision, Reason, Requester, Source};

/// Where a message about a fault begins, in any of the five drivers' words.
const MARKERS: &[&str] = &[
    "DMAR:",
    "[DMA Read",
    "[DMA Write",
    "Unhandled context fault",
    "AMD-Vi: Event logged",
    "IO_PAGE_FAULT",
    "arm-smmu-v3 ",
    "fault from EP ",
];

/// A line with what was found out about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// From 1.
    pub(super) number: u64,
    /// Since the start of the kernel.
    pub(super) time_us: Option<u64>,
    /// What the kernel said.
    pub(super) message: &'t str,
    /// What stands before the message's marker and names the device or the unit.
    pub(super) before: &'t str,
}

impl<'t> Line<'t> {
    /// A line of the log. What stands before the message is of the kernel's buffer, a journal, a
    /// console or a forum: only the kernel's time stamp is known among it.
    pub(super) fn new(text: &'t str, number: u64) -> Self {
        if let Some((time_us, message)) = record(text) {
            return Self { number, time_us: Some(time_us), message, before: "" };
        }
        let stamp = text.match_indices('[').find_map(|(at, _)| {
            let inside = text.get(at + 1..)?;
            let (stamp, rest) = inside.split_once(']')?;
            Some((time(stamp)?, rest.trim_start()))
        });
        let (time_us, message) = match stamp {
            Some((time, rest)) => (Some(time), rest),
            // `kernel: ` of a journal without the kernel's own time.
            None => (None, text.split_once("kernel: ").map_or(text, |(_, rest)| rest)),
        };
        Self { number, time_us, message, before: "" }
    }

    /// The messages in it, each from its marker to the next one's.
    pub(super) fn parts(&self) -> Vec<Self> {
        let mut starts: Vec<usize> = MARKERS
            .iter()
            .flat_map(|marker| self.message.match_indices(marker).map(|(at, _)| at))
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let mut parts = Vec::new();
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(self.message.len());
            let begin = at.checked_sub(1).and_then(|at| starts.get(at)).copied().unwrap_or(0);
            let message = self.message.get(start..end).unwrap_or_default();
            let before = self.message.get(begin..start).unwrap_or_default();
            parts.push(Self { message, before, ..*self });
        }
        parts
    }

    /// What the message says from a text on.
    pub(super) fn past(&self, text: &str) -> Option<Scan<'t>> {
        Scan::new(self.message).past(text)
    }

    /// The name before `: ` that the message begins behind: `t19x-arm-smmu 12000000.iommu`.
    pub(super) fn unit(&self) -> &'t str {
        let name = self.before.trim_end().trim_end_matches(':');
        let words: Vec<(usize, &str)> = name.match_indices(' ').collect();
        // The last two words: a driver and its device.
        let at = words.iter().rev().nth(1).map_or(0, |(at, _)| at + 1);
        name.get(at..).unwrap_or_default()
    }

    /// A fault of this line of which only source and address are known.
    pub(super) fn fault(&self, source: Source, iova: u64) -> Fault {
        Fault {
            source,
            unit: String::new(),
            instance: None,
            requester: Requester::Unknown,
            iova,
            precision: Precision::Byte,
            access: Access::Unknown,
            reason: Reason::Other(String::new()),
            level: None,
            tables: None,
            time_us: self.time_us,
            line: self.number,
            repeats: 1,
            text: format!("{}{}", self.before, self.message).trim().to_owned(),
        }
    }
}

/// `3,1234,3892563964,-;message`, as `/dev/kmsg` has it: the third number is the time.
fn record(text: &str) -> Option<(u64, &str)> {
    let (head, message) = text.split_once(';')?;
    let mut parts = head.split(',');
    let (priority, sequence, time) = (parts.next()?, parts.next()?, parts.next()?);
    parts.next()?;
    priority.parse::<u32>().ok()?;
    sequence.parse::<u64>().ok()?;
    Some((time.parse().ok()?, message))
}

/// `  3892.563964` in microseconds.
fn time(stamp: &str) -> Option<u64> {
    let (seconds, fraction) = stamp.trim_start().split_once('.')?;
    let seconds: u64 = seconds.parse().ok()?;
    // Some tools put the processor or the thread behind it.
    let fraction = fraction.split([',', ' ', '@']).next()?;
    if fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    let digits: u64 = fraction.parse().ok()?;
    let scale = 10u64.pow(u32::try_from(fraction.len()).ok()?);
    seconds.checked_mul(1_000_000)?.checked_add(digits * 1_000_000 / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The kernel's time is found behind whatever a journal or a console puts before it.
    #[test]
    fn time_and_message_are_found_behind_any_prefix() {
        for (text, time_us, message) in [
            ("[ 3892.563964] DMAR: x", Some(3_892_563_964), "DMAR: x"),
            ("<3>[   12.5] DMAR: x", Some(12_500_000), "DMAR: x"),
            ("Nov 26 15:00:00 host kernel: [    1.000001] DMAR: x", Some(1_000_001), "DMAR: x"),
            ("3,1234,3892563964,-;DMAR: x", Some(3_892_563_964), "DMAR: x"),
            ("Nov 26 15:00:00 host kernel: DMAR: x", None, "DMAR: x"),
            ("DMAR: [DMA Read] y", None, "DMAR: [DMA Read] y"),
            ("[fault reason 05] z", None, "[fault reason 05] z"),
        ] {
            let line = Line::new(text, 1);
            assert_eq!((line.time_us, line.message), (time_us, message), "{text}");
        }
    }
}
