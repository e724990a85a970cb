//! A program to run: says what it runs, how long that took, and how it ended.
//!
//! Every program that `cargo xtask` starts goes through here, so that a log can be replayed by
//! hand: one line with the folder, the variables and the arguments before, one line after.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::PipeReader;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::error::{Context, Error, Result};

/// A program with its arguments, folder and variables.
#[derive(Debug)]
pub struct Command {
    program: String,
    arguments: Vec<String>,
    variables: Vec<(String, Option<String>)>,
    folder: Option<PathBuf>,
    limit: Option<Duration>,
}

/// What a program wrote and how it ended.
#[derive(Debug)]
pub struct Output {
    /// How it ended.
    pub status: ExitStatus,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error.
    pub stderr: String,
}

impl Command {
    /// A program by name or path.
    #[must_use]
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_string_lossy().into_owned(),
            arguments: Vec::new(),
            variables: Vec::new(),
            folder: None,
            limit: None,
        }
    }

    /// The cargo that runs this program, in the workspace's folder.
    #[must_use]
    pub fn cargo(root: &Path) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Self::new(cargo).folder(root)
    }

    /// Appends an argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_string_lossy().into_owned());
        self
    }

    /// Appends arguments.
    #[must_use]
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        for argument in arguments {
            self = self.arg(argument);
        }
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        let value = value.as_ref().to_string_lossy().into_owned();
        self.variables.push((name.to_owned(), Some(value)));
        self
    }

    /// Takes a variable out of its environment.
    #[must_use]
    pub fn env_remove(mut self, name: &str) -> Self {
        self.variables.push((name.to_owned(), None));
        self
    }

    /// Runs it in this folder.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Kills it, with all that it started, after this time.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// As one would type it.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = String::new();
        for (name, value) in &self.variables {
            if let Some(value) = value {
                let _ = write!(line, "{name}={} ", quoted(value));
            }
        }
        let program = Path::new(&self.program);
        let shown = match program.file_name() {
            Some(name) if program.is_absolute() => name.to_string_lossy(),
            _ => self.program.as_str().into(),
        };
        line.push_str(&quoted(&shown));
        for argument in &self.arguments {
            line.push(' ');
            line.push_str(&quoted(argument));
        }
        line
    }

    fn build(&self) -> std::process::Command {
        self.build_with(&[])
    }

    fn build_with(&self, options: &[&str]) -> std::process::Command {
        let mut command = match self.limit {
            Some(limit) => {
                let mut command = std::process::Command::new("timeout");
                command.arg("--kill-after=10").args(options);
                command.arg(limit.as_secs().max(1).to_string());
                command.arg(&self.program);
                command
            }
            None => std::process::Command::new(&self.program),
        };
        command.args(&self.arguments).stdin(Stdio::null());
        for (name, value) in &self.variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    fn failed_to_start(&self, error: &std::io::Error) -> Error {
        let error = Error::new(format!("cannot start `{}`: {error}", self.program));
        error.hint(format!("install {} or put it on the PATH", self.program))
    }

    fn judge(&self, status: ExitStatus) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        let why = match (status.code(), self.limit) {
            (Some(124 | 137), Some(limit)) => format!("still ran after {} s", limit.as_secs()),
            _ => status.to_string(),
        };
        Err(Error::new(format!("`{}`: {why}", self.line())))
    }

    /// Runs it with its output going where ours goes.
    ///
    /// # Errors
    ///
    /// It could not be started, ran over its limit, or did not end well.
    pub fn run(self) -> Result<()> {
        println!("  $ {}", self.line());
        let start = Instant::now();
        let status = self.build().status().map_err(|error| self.failed_to_start(&error))?;
        println!("    {status}, {:.1} s", start.elapsed().as_secs_f64());
        self.judge(status)
    }

    /// Runs it with its output shown line by line, and gives that output.
    ///
    /// # Errors
    ///
    /// As [`Command::run`].
    pub fn watch(self) -> Result<String> {
        println!("  $ {}", self.line());
        let start = Instant::now();
        let (reader, writer) = std::io::pipe().context("pipe")?;
        let mut command = self.build();
        command.stdout(writer.try_clone().context("pipe")?);
        command.stderr(writer);
        let mut child = command.spawn().map_err(|error| self.failed_to_start(&error))?;
        // It holds the pipe's other end; without it the output ends when the program does.
        drop(command);
        let mut text = String::new();
        for line in BufReader::new(reader).split(b'\n') {
            let line = line.context(format_args!("output of {}", self.program))?;
            let line = String::from_utf8_lossy(&line);
            println!("    {line}");
            text.push_str(&line);
            text.push('\n');
        }
        let status = child.wait().context("wait")?;
        println!("    {status}, {:.1} s", start.elapsed().as_secs_f64());
        self.judge(status).map(|()| text)
    }

    /// Starts it with all that it writes coming to us, through one pipe.
    ///
    /// With a limit, the child is the head of a process group with all that it started.
    ///
    /// # Errors
    ///
    /// It could not be started.
    pub fn start(self) -> Result<(Child, PipeReader)> {
        let (reader, writer) = std::io::pipe().context("make a pipe")?;
        let mut command = self.build();
        command.stdout(writer.try_clone().context("share a pipe")?).stderr(writer);
        let child = command.spawn().map_err(|error| self.failed_to_start(&error))?;
        Ok((child, reader))
    }

    /// Runs it on the terminal that we have, for a person to use; says how it ended.
    ///
    /// # Errors
    ///
    /// It could not be started.
    pub fn interact(self) -> Result<ExitStatus> {
        // `timeout` must leave it the terminal.
        let mut command = self.build_with(&["--foreground"]);
        command.stdin(Stdio::inherit());
        command.status().map_err(|error| self.failed_to_start(&error))
    }

    /// Runs it quietly and gives what it wrote, however it ended.
    ///
    /// # Errors
    ///
    /// It could not be started.
    pub fn capture(self) -> Result<Output> {
        let output = self.bytes()?;
        Ok(Output {
            status: output.status,
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// As [`Command::capture`], for what is not text.
    ///
    /// # Errors
    ///
    /// It could not be started.
    pub fn bytes(self) -> Result<std::process::Output> {
        self.build().output().map_err(|error| self.failed_to_start(&error))
    }

    /// Runs it quietly and gives what it wrote to its standard output.
    ///
    /// # Errors
    ///
    /// It could not be started, ran over its limit, or did not end well: then with the end of
    /// what it wrote to its standard error.
    pub fn read(self) -> Result<String> {
        let verdict = |status| self.judge(status);
        let output = self.build().output().map_err(|error| self.failed_to_start(&error))?;
        if let Err(error) = verdict(output.status) {
            let stderr = String::from_utf8_lossy(&output.stderr);
            let lines: Vec<&str> = stderr.trim_end().lines().collect();
            let tail = lines[lines.len().saturating_sub(12)..].join("\n    ");
            return Err(Error::new(format!("{error}\n    {tail}")));
        }
        String::from_utf8(output.stdout).context(format_args!("output of {}", self.program))
    }
}

/// A program on the PATH, if it is there.
#[must_use]
pub fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

fn quoted(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_=./,:+@%".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // What is printed can be pasted into a shell.
    #[test]
    fn line_quotes_what_a_shell_would_split() {
        let command = Command::new("cargo").arg("run").arg("a b").env("X", "y z");
        assert_eq!(command.line(), "X='y z' cargo run 'a b'");
    }

    // A program that fails is an error that names it and its status.
    #[test]
    fn failing_program_is_an_error() {
        let error = Command::new("false").read().unwrap_err();
        assert!(error.to_string().contains("`false`: exit status: 1"));
    }

    // A missing program is an error that says what to install.
    #[test]
    fn missing_program_says_what_to_install() {
        let error = Command::new("no-such-program-here").run().unwrap_err();
        assert!(error.to_string().contains("install no-such-program-here"));
    }

    // Both outputs of a watched program come back, in their order.
    #[test]
    fn watched_program_gives_both_outputs() {
        let command = Command::new("sh").args(["-c", "echo a; echo b >&2; echo c"]);
        assert_eq!(command.watch().unwrap(), "a\nb\nc\n");
    }

    // A program over its limit is killed and the limit is named.
    #[test]
    fn limit_ends_a_program() {
        let command = Command::new("sleep").arg("30");
        let error = command.limit(Duration::from_secs(1)).read().unwrap_err();
        assert!(error.to_string().contains("still ran after 1 s"));
    }
}
