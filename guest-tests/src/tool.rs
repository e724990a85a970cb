//! The command `anydma`, started and listened to.
#![forbid(unsafe_code)]

use std::process::{Command, Stdio};

use guest_init::error::{Context, Error, Result};

/// Where the command is, and what it is told besides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool<'a> {
    path: &'a str,
    always: &'a [&'a str],
}

/// What it said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// Its exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) output: String,
    pub(crate) complaint: String,
}

impl<'a> Tool<'a> {
    pub(crate) const fn new(path: &'a str) -> Self {
        Self { path, always: &[] }
    }

    /// With these words after all others.
    pub(crate) const fn always(self, always: &'a [&'a str]) -> Self {
        Self { always, ..self }
    }

    /// Ready to be started.
    pub(crate) fn command(self, words: &[&str]) -> Command {
        let mut command = Command::new(self.path);
        command
            .args(words)
            .args(self.always)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs it to its end, whatever that is.
    pub(crate) fn run(self, words: &[&str]) -> Result<Said> {
        let output = self.command(words).output().context(format_args!("start {}", self.path))?;
        Ok(Said::of(&output))
    }

    /// Runs it, and prints the run as it stands in a document; it must succeed.
    pub(crate) fn shown(self, words: &[&str]) -> Result<Said> {
        let said = self.run(words)?;
        said.show(&self.all(words));
        said.good(words)
    }

    fn all<'w>(self, words: &[&'w str]) -> Vec<&'w str>
    where
        'a: 'w,
    {
        [words, self.always].concat()
    }

    /// Runs it; it must succeed, with a report for programs.
    pub(crate) fn report(self, words: &[&str]) -> Result<serde_json::Value> {
        let words = [words, &["--json"]].concat();
        let said = self.run(&words)?.good(&words)?;
        let report = serde_json::from_str(&said.output);
        report.context(format_args!("read what `anydma {}` reports", words.join(" ")))
    }

    /// Runs it, and prints the run; it must not do it, and say why.
    pub(crate) fn refused(self, words: &[&str], why: &str) -> Result<()> {
        let said = self.run(words)?;
        said.show(&self.all(words));
        if said.code == Some(1) && said.complaint.contains(why) {
            return Ok(());
        }
        Err(said.wrong(words, &format!("was to be refused with {why:?}")))
    }
}

impl Said {
    pub(crate) fn of(output: &std::process::Output) -> Self {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let (code, complaint) = (output.status.code(), text(&output.stderr));
        Self { code, output: text(&output.stdout), complaint }
    }

    /// As a document has it: what one types, and all that comes.
    pub(crate) fn show(&self, words: &[&str]) {
        println!("$ anydma {}", words.join(" "));
        print!("{}{}", self.output, self.complaint);
    }

    /// Itself, if it succeeded.
    fn good(self, words: &[&str]) -> Result<Self> {
        if self.code == Some(0) { Ok(self) } else { Err(self.wrong(words, "failed")) }
    }

    /// What is wrong with a run, and all that it said.
    pub(crate) fn wrong(&self, words: &[&str], what: &str) -> Error {
        let Self { code, output, complaint } = self;
        let said = format!("{output}{complaint}").trim().replace('\n', " | ");
        Error::new(format!("`anydma {}` {what}; exit code {code:?}: {said}", words.join(" ")))
    }
}
