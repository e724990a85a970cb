//! This program once more, perhaps as another user; whether it refused.
//!
//! A refusal is one line on standard error and exit code 1, nothing else.
#![forbid(unsafe_code)]

use std::os::unix::process::CommandExt;
use std::process::{Command, Output, Stdio};

use guest_init::error::{Context, Error, Result};

/// The user of a guest that is not root; see its `/etc/passwd`.
pub(super) const USER: u32 = 1000;

/// This program with other arguments.
#[derive(Debug, Clone)]
pub(super) struct Child {
    arguments: Vec<String>,
    user: Option<u32>,
}

impl Child {
    pub(super) fn new(arguments: &[&str]) -> Self {
        Self { arguments: arguments.iter().map(|text| (*text).to_owned()).collect(), user: None }
    }

    /// With one more argument.
    pub(super) fn with(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// As the ordinary user.
    pub(super) fn by_user(mut self) -> Self {
        self.user = Some(USER);
        self
    }

    /// Ready to be started.
    pub(super) fn command(&self) -> Result<Command> {
        let program = std::env::current_exe().context("find this program")?;
        let mut command = Command::new(program);
        command.args(&self.arguments).stdin(Stdio::null());
        if let Some(user) = self.user {
            command.uid(user).gid(user);
        }
        Ok(command)
    }

    fn output(&self) -> Result<Output> {
        self.command()?.output().context("start this program once more")
    }

    /// It must do what it is told; gives what it says.
    pub(super) fn succeeds(&self) -> Result<String> {
        let output = self.output()?;
        if output.status.success() {
            return Ok(text(&output.stdout));
        }
        Err(Error::new(format!("{:?}: {}", self.arguments, text(&output.stderr))))
    }

    /// It must refuse, in one line and in no other way; gives the line.
    pub(super) fn refused(&self) -> Result<String> {
        let output = self.output()?;
        let said = text(&output.stderr);
        match output.status.code() {
            Some(1) if said.lines().count() == 1 => Ok(said),
            _ => {
                let (status, out) = (output.status, text(&output.stdout));
                Err(Error::new(format!("it did not refuse in one line: {status}: {said} {out}")))
            }
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
