//! An explanation with colours.
#![forbid(unsafe_code)]

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use diagnostics::{Certainty, Explanation, Group};

use crate::output::Report;

/// The words are those of its `Display`.
impl Report for Explanation {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let titles: Vec<String> = self.groups.iter().map(Group::title).collect();
        self.to_string().lines().try_for_each(|line| painted(line, &titles, out))
    }
}

fn painted(line: &str, titles: &[String], out: &mut dyn Write) -> io::Result<()> {
    let (style, painted, rest) = if titles.iter().any(|title| title == line) {
        (Style::new().bold(), line, "")
    } else if let Some((word, rest)) = certainty(line) {
        (word.1, word.0, rest)
    } else if let Some(rest) = line.strip_prefix("  change:") {
        (AnsiColor::Green.on_default(), "  change:", rest)
    } else if let Some(rest) = line.strip_prefix("  because") {
        (AnsiColor::Blue.on_default(), "  because", rest)
    } else {
        (Style::new(), "", line)
    };
    writeln!(out, "{style}{painted}{style:#}{rest}")
}

/// `likely: …` with its colour.
fn certainty(line: &str) -> Option<((&'static str, Style), &str)> {
    let all = [
        (Certainty::Certain, AnsiColor::Red),
        (Certainty::Likely, AnsiColor::Yellow),
        (Certainty::Possible, AnsiColor::Cyan),
    ];
    all.into_iter().find_map(|(certainty, colour)| {
        let word = certainty.word();
        let rest = line.strip_prefix(word).filter(|rest| rest.starts_with(": "))?;
        Some(((word, colour.on_default().bold()), rest))
    })
}
