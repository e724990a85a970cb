//! Out of a log's bytes: faults, announced buffers, what the log left out.
//!
//! The parser is fed pieces of any size and keeps no more than one line and the few faults whose
//! lines are not complete. It looks only at lines that have one of a few words, so most of a log
//! costs one search.

mod amd;
mod line;
pub(crate) mod scan;
mod smmu_v2;
mod smmu_v3;
mod virtio;
mod vt_d;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, PatternID};

use crate::announced::Announced;
use crate::fault::Fault;
use line::Line;

/// What is found in a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A fault.
    Fault(Fault),
    /// A driver says where one of its buffers is.
    Announced(Announced),
    /// The kernel left out so many lines about faults.
    Suppressed(u64),
    /// A line that speaks of a fault and could not be read: cut, or in words not known.
    Unread {
        /// The line of the log, from 1.
        line: u64,
        /// The line itself.
        text: String,
    },
}

/// Longer lines are cut: no kernel writes them.
const LONGEST: usize = 4_096;

/// A line without any of these holds nothing for us. Few, and in the cases that kernels and
/// drivers write them: then they are all looked for at once.
const WORDS: &[&str] = &[
    "fault",
    "FAULT",
    "Fault",
    "smmu",
    "AMD-Vi",
    "phaddr",
    "paddr",
    "Paddr",
    "PADDR",
    "phys",
    "Phys",
    "PHYS",
    "dma_",
    "dma ",
    "DMA ",
    "dmaaddr",
    "iova",
    "IOVA",
    "suppressed",
];

/// The first of [`WORDS`], which "default" ends with.
const FAULT: PatternID = PatternID::ZERO;

/// All of [`WORDS`] at once, built for the first parser; `None` looks at every line.
static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(WORDS).ok());

/// Reads a log piece by piece.
pub struct Parser {
    /// The beginning of a line whose end is not there yet.
    begun: Vec<u8>,
    /// The number of the line that comes next.
    line: u64,
    v3: smmu_v3::Pending,
    vt_d: vt_d::Pending,
    /// An AMD event whose second half comes on the next line.
    amd: amd::Pending,
}

impl std::fmt::Debug for Parser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parser").field("line", &self.line).finish_non_exhaustive()
    }
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser at the start of a log.
    #[must_use]
    pub fn new() -> Self {
        Self {
            begun: Vec::new(),
            line: 1,
            v3: smmu_v3::Pending::default(),
            vt_d: vt_d::Pending::default(),
            amd: amd::Pending::default(),
        }
    }

    /// Takes the next piece of the log.
    pub fn feed(&mut self, bytes: &[u8], found: &mut impl FnMut(Event)) {
        let mut bytes = bytes;
        if !self.begun.is_empty() {
            let end = memchr::memchr(b'\n', bytes);
            let (head, rest) = match end {
                Some(end) => (&bytes[..end], &bytes[end + 1..]),
                None => (bytes, &bytes[bytes.len()..]),
            };
            self.keep(head);
            if end.is_none() {
                return;
            }
            let line = std::mem::take(&mut self.begun);
            self.look(&line, found);
            self.begun = line;
            self.begun.clear();
            bytes = rest;
        }
        let whole = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
        let (lines, rest) = bytes.split_at(whole);
        self.lines(lines, found);
        self.keep(rest);
    }

    /// The log ends, or nothing came for a while: what is not complete will not be.
    pub fn finish(&mut self, found: &mut impl FnMut(Event)) {
        if !self.begun.is_empty() {
            let line = std::mem::take(&mut self.begun);
            self.look(&line, found);
        }
        self.vt_d.finish(found);
        self.v3.finish(found);
        self.amd.finish();
    }

    /// Keeps the beginning of a line, as far as it matters.
    fn keep(&mut self, bytes: &[u8]) {
        let room = LONGEST.saturating_sub(self.begun.len());
        self.begun.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// Whole lines, each with its end.
    fn lines(&mut self, lines: &[u8], found: &mut impl FnMut(Event)) {
        let mut at = 0;
        while let Some(place) = next(lines, at) {
            let start = memchr::memrchr(b'\n', &lines[at..place]).map_or(at, |end| at + end + 1);
            let end = memchr::memchr(b'\n', &lines[place..]).map_or(lines.len(), |it| place + it);
            self.line += memchr::memchr_iter(b'\n', &lines[at..start]).count() as u64;
            self.look(&lines[start..end], found);
            at = (end + 1).min(lines.len());
        }
        self.line += memchr::memchr_iter(b'\n', &lines[at..]).count() as u64;
    }

    /// One line, without its end: looked at if there is one of the words in what is kept of it,
    /// however it came.
    fn look(&mut self, bytes: &[u8], found: &mut impl FnMut(Event)) {
        let kept = &bytes[..bytes.len().min(LONGEST)];
        if next(kept, 0).is_some() {
            self.line(kept, found);
        } else {
            self.line += 1;
        }
    }

    /// One line that is to be read.
    fn line(&mut self, bytes: &[u8], found: &mut impl FnMut(Event)) {
        let number = self.line;
        self.line += 1;
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_end_matches('\r');
        let line = Line::new(text, number);
        if let Some(count) = suppressed(line.message.trim_end()) {
            found(Event::Suppressed(count));
            return;
        }
        // Two messages may have run together: each begins at its marker.
        let mut any = false;
        for part in line.parts() {
            any |= self.vt_d.read(&part, found)
                || smmu_v2::read(&part, found)
                || self.v3.read(&part, found)
                || self.amd.read(&part, found)
                || virtio::read(&part, found);
        }
        if !any && let Some(announced) = Announced::parse(line.message, number) {
            found(Event::Announced(announced));
        }
    }
}

/// Where the next of [`WORDS`] stands, from `at` on. What some driver does by default is none.
fn next(lines: &[u8], at: usize) -> Option<usize> {
    let Some(words) = &*SEARCH else { return (at < lines.len()).then_some(at) };
    let mut found = words.find_iter(lines.get(at..)?);
    let word = found.find(|word| {
        let before = lines.get(..at + word.start()).unwrap_or_default();
        word.pattern() != FAULT || !before.ends_with(b"de")
    })?;
    Some(at + word.start())
}

/// `dmar_fault: 893 callbacks suppressed`.
fn suppressed(message: &str) -> Option<u64> {
    let message = message.strip_suffix(" callbacks suppressed")?;
    let (who, count) = message.rsplit_once(": ")?;
    let about = ["dmar", "smmu", "iommu", "amd", "fault"];
    let about = about.iter().any(|word| who.to_ascii_lowercase().contains(word));
    count.parse().ok().filter(|_| about)
}
