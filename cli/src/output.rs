//! Reports on standard output: for people, or for programs.
//!
//! A report knows how to print itself with colours, which vanish where the output is no terminal,
//! and is serialised where `--json` is given. A command makes its report first and prints it
//! then, so that both forms have the same content.
#![forbid(unsafe_code)]

use std::io::{self, Write};

use serde::Serialize;

use crate::failure::Failure;

/// What a command found.
pub(crate) trait Report: Serialize {
    /// Prints it for people, with `anstyle`'s styles.
    fn print(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// Where reports go, and in which form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether it is for programs.
    pub(crate) const fn is_json(self) -> bool {
        self.json
    }

    /// Prints a report whole.
    pub(crate) fn report(self, report: &impl Report) -> Result<(), Failure> {
        let mut text = Vec::new();
        let made = if self.json {
            serde_json::to_writer_pretty(&mut text, report)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(text))
        } else {
            report.print(&mut text)
        };
        made.map_err(|error| Failure::of("make the report", &error))?;
        write(&text)
    }
}

/// Prints what has a form of its own, for people and programs alike: a manual page, a script.
pub(crate) fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|error| Failure::of("write to standard output", &error))
}
