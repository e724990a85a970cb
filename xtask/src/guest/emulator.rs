//! A running emulator: its lines as they come, and its end whatever happens to us.

use std::io::{BufRead, BufReader, PipeReader};
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::command::Command;
use crate::error::{Context, Error, Result};

/// How long an emulator that is asked to end may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running emulator; it ends with this value at the latest.
#[derive(Debug)]
pub struct Emulator {
    child: Child,
    lines: Receiver<Vec<u8>>,
}

/// What came out of waiting for a line.
#[derive(Debug)]
pub enum Next {
    /// A line, with its end.
    Line(Vec<u8>),
    /// Nothing will come any more.
    Closed,
    /// The deadline came first.
    Expired,
}

impl Emulator {
    /// Starts it; the command needs a limit, which then holds even if this process is killed.
    ///
    /// # Errors
    ///
    /// It could not be started.
    pub fn start(command: Command) -> Result<Self> {
        let (child, output) = command.start()?;
        Ok(Self { child, lines: lines(output) })
    }

    /// Waits for the next line.
    #[must_use]
    pub fn next(&self, deadline: Instant) -> Next {
        match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => Next::Line(line),
            Err(RecvTimeoutError::Disconnected) => Next::Closed,
            Err(RecvTimeoutError::Timeout) => Next::Expired,
        }
    }

    /// Waits for its end.
    ///
    /// # Errors
    ///
    /// The system does not say how it ended.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        self.child.wait().context("wait for the emulator")
    }

    /// Ends it and all that it started: asks first, so that it can clean up behind itself.
    ///
    /// # Errors
    ///
    /// The system does not end it.
    pub fn end(&mut self) -> Result<()> {
        if self.child.try_wait().context("wait for the emulator")?.is_some() {
            return Ok(());
        }
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let group = group.ok_or_else(|| Error::new("a process without a number"))?;
        kill_process_group(group, Signal::TERM).context("end the emulator")?;
        let limit = Instant::now() + PATIENCE;
        while Instant::now() < limit {
            if self.child.try_wait().context("wait for the emulator")?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        kill_process_group(group, Signal::KILL).context("kill the emulator")?;
        self.wait().map(drop)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("error: an emulator may still run: {error}");
        }
    }
}

/// The lines of an output, as they come.
fn lines(output: PipeReader) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut output = BufReader::new(output);
        loop {
            let mut line = Vec::new();
            match output.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => break,
                Ok(_) if sender.send(line).is_err() => break,
                Ok(_) => {}
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(text: &str) -> Emulator {
        let command = Command::new("sh").args(["-c", text]).limit(Duration::from_mins(1));
        Emulator::start(command).unwrap()
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    // Lines come from both outputs, then the end, then the status.
    #[test]
    fn lines_come_before_the_end() {
        let mut running = shell("echo one; echo two >&2; exit 33");
        let Next::Line(one) = running.next(soon()) else { panic!("no line") };
        let Next::Line(two) = running.next(soon()) else { panic!("no second line") };
        assert_eq!((one.as_slice(), two.as_slice()), (b"one\n".as_slice(), b"two\n".as_slice()));
        assert!(matches!(running.next(soon()), Next::Closed));
        assert_eq!(running.wait().unwrap().code(), Some(33));
    }

    // What hangs is ended with all that it started: the pipe closes only when nobody holds it.
    #[test]
    fn hanging_emulator_ends_with_what_it_started() {
        let mut running = shell("sleep 50 & echo up; sleep 50");
        assert!(matches!(running.next(soon()), Next::Line(_)));
        let short = Instant::now() + Duration::from_millis(50);
        assert!(matches!(running.next(short), Next::Expired));
        running.end().unwrap();
        assert!(matches!(running.next(soon()), Next::Closed));
    }
}
