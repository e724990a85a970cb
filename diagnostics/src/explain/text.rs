//! An explanation in words.

use std::fmt;

use super::{Certainty, Explanation, Finding, Group};
use crate::fault::Access;

/// Where lines are wrapped.
const WIDTH: usize = 98;

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.groups.is_empty() {
            f.write_str("No IOMMU fault is in this log.\n")?;
            f.write_str(
                "That proves nothing: the kernel limits these lines, and a device does not notice.\n",
            )?;
        }
        for (at, group) in self.groups.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{group}")?;
        }
        if self.suppressed > 0 {
            wrap(
                f,
                "",
                &format!(
                    "The kernel left out {} lines about faults: each line here may stand for many.",
                    self.suppressed
                ),
            )?;
        }
        if self.faults_more > 0 {
            wrap(f, "", &format!("{} more faults were not looked at.", self.faults_more))?;
        }
        if !self.unread.is_empty() {
            let count = self.unread.len() as u64 + self.unread_more;
            wrap(
                f,
                "",
                &format!("{count} lines speak of a fault and have no address, or are cut:"),
            )?;
            for (line, text) in self.unread.iter().take(3) {
                writeln!(f, "  line {line}: {text}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title())?;
        for (line, text) in &self.quoted {
            writeln!(f, "  line {line}: {text}")?;
        }
        for finding in &self.findings {
            write!(f, "\n{finding}")?;
        }
        Ok(())
    }
}

impl Group {
    /// What happened, in one line.
    #[must_use]
    pub fn title(&self) -> String {
        let verbs: Vec<String> = self.accesses.iter().map(Access::to_string).collect();
        let place = match self.addresses.as_slice() {
            [one] => format!("{one:#x}"),
            [first, .., last] if self.different == self.addresses.len() as u64 => {
                format!("{} addresses from {first:#x} to {last:#x}", self.different)
            }
            _ => format!("{} addresses", self.different),
        };
        let lines =
            if self.lines == 1 { "1 line".to_owned() } else { format!("{} lines", self.lines) };
        format!(
            "{} wanted to {} {place}, and the IOMMU ({}) refused ({lines})",
            self.requester,
            verbs.join(" and "),
            self.source
        )
    }
}

impl Certainty {
    /// The word before a finding.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wrap(f, "", &format!("{}: {}", self.certainty.word(), self.what))?;
        for evidence in &self.evidence {
            wrap(f, "  because ", evidence)?;
        }
        for change in &self.change {
            wrap(f, "  change: ", change)?;
        }
        Ok(())
    }
}

/// A paragraph behind a mark, with its lines in line.
fn wrap(f: &mut fmt::Formatter<'_>, mark: &str, text: &str) -> fmt::Result {
    let mut column = mark.chars().count();
    f.write_str(mark)?;
    let mut first = true;
    for word in text.split(' ') {
        let length = word.chars().count();
        if !first && column + 1 + length > WIDTH {
            write!(f, "\n{:indent$}", "", indent = mark.chars().count())?;
            column = mark.chars().count();
        } else if !first {
            f.write_str(" ")?;
            column += 1;
        }
        f.write_str(word)?;
        column += length;
        first = false;
    }
    f.write_str("\n")
}
