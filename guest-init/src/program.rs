//! Running programs: what they write is reported, and none outlives its limit.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use guest_init::job::Program;
use guest_init::report::Event;
use rustix::process::{Pid, Signal, kill_process_group};

use crate::serial::Serial;
use guest_init::error::{Context, Error, Result, read};

/// Runs a program to its end or to its limit.
pub(crate) fn run(program: &Program, serial: &mut Serial) -> Result<()> {
    let start = Instant::now();
    let limit = Duration::from_secs(program.limit_seconds);
    let (reader, writer) = std::io::pipe().context("make a pipe")?;
    let mut command = Command::new(&program.file);
    command
        .args(&program.arguments)
        .envs(&program.environment)
        .stdin(Stdio::null())
        .stdout(writer.try_clone().context("share a pipe")?)
        .stderr(writer)
        // A group of its own, so that what it starts can be killed with it.
        .process_group(0);
    let mut child = command.spawn().context(format_args!("start {}", program.file))?;
    // The command holds our ends of the pipe; without them the reader sees its end.
    drop(command);
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(reader).split(b'\n') {
            let text = line.map(|line| String::from_utf8_lossy(&line).into_owned());
            if sender.send(text).is_err() {
                break;
            }
        }
    });
    let mut expired = false;
    loop {
        let left = limit.saturating_sub(start.elapsed());
        match lines.recv_timeout(left) {
            Ok(text) => serial.report(Event::Output { text: text.context("read from a pipe")? })?,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                expired = true;
                break;
            }
        }
    }
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let group = group.ok_or_else(|| Error::new("a process without a number"))?;
    // It may have closed its output and gone on; its limit still holds.
    let mut status = child.try_wait().context("wait")?;
    while status.is_none() && !expired {
        std::thread::sleep(Duration::from_millis(5));
        expired = start.elapsed() > limit;
        status = child.try_wait().context("wait")?;
    }
    if status.is_none() {
        kill_process_group(group, Signal::KILL).context("kill")?;
    }
    let status = child.wait().context("wait")?;
    // What it left behind in its group ends with it.
    let _gone = kill_process_group(group, Signal::KILL);
    serial.report(Event::Ended {
        program: program.file.clone(),
        code: status.code().filter(|_| !expired),
        how: how(status, expired, program.limit_seconds),
        seconds: start.elapsed().as_secs_f64(),
    })
}

fn how(status: ExitStatus, expired: bool, limit: u64) -> String {
    match (status.code(), status.signal()) {
        _ if expired => format!("killed after its limit of {limit} s"),
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("killed by signal {signal}"),
        (None, None) => "ended in no known way".to_owned(),
    }
}

/// A shell on the serial line, until it ends.
pub(crate) fn shell() -> Result<()> {
    let console = read("/sys/class/tty/console/active")?;
    let console = console.split_whitespace().last().unwrap_or("ttyS0");
    let path = format!("/dev/{console}");
    let open = || File::options().read(true).write(true).open(&path);
    let open = || open().context(format_args!("open {path}"));
    busybox(&["--install", "-s", "/bin"]).status().context("install the shell's tools")?;
    // A session of its own with the serial line as its terminal, for Ctrl-C and job control.
    busybox(&["setsid", "-c", "/bin/sh", "-l"])
        .env("PATH", "/bin:/tests")
        .env("HOME", "/")
        .env("PS1", "guest # ")
        .stdin(open()?)
        .stdout(open()?)
        .stderr(open()?)
        .status()
        .context("start the shell")?;
    Ok(())
}

fn busybox(arguments: &[&str]) -> Command {
    let mut command = Command::new("/bin/busybox");
    command.args(arguments);
    command
}
