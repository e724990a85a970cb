//! Colours of an explanation; they vanish where the output is no terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use diagnostics::{Certainty, Explanation};

/// Prints an explanation. The words are those of its `Display`.
pub(crate) fn print(explanation: &Explanation, out: &mut impl Write) -> io::Result<()> {
    let titles: Vec<String> = explanation.groups.iter().map(diagnostics::Group::title).collect();
    for line in explanation.to_string().lines() {
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
        writeln!(out, "{style}{painted}{style:#}{rest}")?;
    }
    Ok(())
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
