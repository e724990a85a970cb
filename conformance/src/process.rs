//! A case in a process of its own: started, watched, listened to.
//!
//! A case may hang, crash, or leave its device open on purpose: on a real kernel only the end of a
//! process takes a device back. So whoever runs the suite there starts itself again for each case,
//! with a limit, and reads its report from what it prints.
#![forbid(unsafe_code)]

use std::format;
use std::io::{self, Read as _, pipe};
use std::process::{Child, Command, Stdio};
use std::string::{String, ToString as _};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};
use std::vec::Vec;

/// How often a case is looked at that has closed its output and not ended yet.
const LOOK: Duration = Duration::from_millis(5);

/// How the process of a case ended.
#[derive(Clone, PartialEq, Debug)]
pub struct Ended {
    /// All that it printed, complaints among it.
    pub said: String,
    /// How it ended, if not well: its status, or that it was killed at its limit.
    pub how: Option<String>,
    /// From its start to its end.
    pub seconds: f64,
}

impl Ended {
    /// Why a case has failed that came to no report: how it ended, and what it printed, in one line.
    #[must_use]
    pub fn reason(&self) -> String {
        let how = self.how.as_deref().unwrap_or("it ended without a report");
        format!("{how}: {}", self.said.trim().replace('\n', " | "))
    }
}

/// Runs a program to its end, or kills it at its limit. That it fails, hangs or crashes is its
/// outcome, and no error.
///
/// # Errors
///
/// It could not be started or watched; the message says which.
pub fn run(mut command: Command, limit: Duration) -> io::Result<Ended> {
    let start = Instant::now();
    let (mut reader, writer) = pipe().map_err(during("make a pipe for a case"))?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone().map_err(during("share the pipe of a case"))?)
        .stderr(writer);
    let mut child = command.spawn().map_err(during("start a case"))?;
    // The command holds our ends of the pipe; without them the reader sees its end.
    drop(command);
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let end = reader.read_to_end(&mut text);
        // Nobody listens any more if watching it failed.
        let _unheard = sender.send(end.map(|_| String::from_utf8_lossy(&text).into_owned()));
    });
    // Looking at it again and again would cost an emulator more than the case does.
    let said = output.recv_timeout(limit);
    let how = watch(&mut child, start + limit).map_err(during("watch a case"))?;
    // What was killed has closed its output by now, whatever it had said.
    let said = said.or_else(|_| output.recv()).map_err(io::Error::other)?;
    let said = said.map_err(during("read what a case says"))?;
    Ok(Ended { said, how, seconds: start.elapsed().as_secs_f64() })
}

/// Waits for its end; says how it ended if not well.
fn watch(child: &mut Child, deadline: Instant) -> io::Result<Option<String>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((!status.success()).then(|| status.to_string()));
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(Some("killed at its limit".into()));
        }
        std::thread::sleep(LOOK);
    }
}

/// The same error, with what was tried.
fn during(doing: &'static str) -> impl Fn(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{doing}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Ended {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, limit).unwrap()
    }

    // What a case says is heard with its complaints, and a bad end is told from a good one.
    #[test]
    fn cases_are_heard_to_their_end() {
        let long = Duration::from_mins(1);
        let good = shell("echo out; echo err >&2", long);
        assert_eq!((good.said.as_str(), &good.how), ("out\nerr\n", &None));
        assert_eq!(good.reason(), "it ended without a report: out | err");
        let bad = shell("echo no; exit 3", long);
        assert_eq!((bad.said.as_str(), bad.how.as_deref()), ("no\n", Some("exit status: 3")));
        let crashed = shell("kill -SEGV $$", long);
        assert!(crashed.how.is_some_and(|how| how.contains("signal: 11")));
    }

    // One that hangs is killed at its limit, and what it had said is kept.
    #[test]
    fn hanging_cases_are_killed_at_their_limit() {
        let hung = shell("echo begun; exec sleep 600", Duration::from_millis(300));
        assert_eq!(hung.said, "begun\n");
        assert_eq!(hung.how.as_deref(), Some("killed at its limit"));
    }

    // What cannot be started is an error that says so.
    #[test]
    fn what_is_not_there_cannot_be_started() {
        let error = run(Command::new("/nowhere/case"), Duration::from_secs(1)).unwrap_err();
        assert!(error.to_string().starts_with("start a case: "), "{error}");
    }
}
