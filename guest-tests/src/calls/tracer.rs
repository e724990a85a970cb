//! Traces a program, and notes its system calls between marks.
#![forbid(unsafe_code)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use guest_init::error::{Context as _, Error, Result};
use nix::libc;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::Pid;

/// What the program says before it waits for a line, and then marks its phases.
pub(super) const READY: &str = "ready to be traced";
/// The signal that is a mark.
const MARK: Signal = Signal::SIGUSR1;

/// Those that come to mind by their names; others by their numbers.
const NAMES: [(libc::c_long, &str); 8] = [
    (libc::SYS_read, "read"),
    (libc::SYS_write, "write"),
    (libc::SYS_ioctl, "ioctl"),
    (libc::SYS_ppoll, "ppoll"),
    (libc::SYS_epoll_pwait, "epoll_pwait"),
    (libc::SYS_epoll_pwait2, "epoll_pwait2"),
    (libc::SYS_clock_gettime, "clock_gettime"),
    (libc::SYS_futex, "futex"),
];

/// Runs this program again with these arguments; the system calls of each of its phases.
pub(super) fn trace(arguments: &[&str]) -> Result<Vec<Vec<String>>> {
    let program = std::env::current_exe().context("find this program")?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("start the program to be traced")?;
    let result = follow(&mut child);
    if result.is_err() {
        // It may have ended already.
        let _ = child.kill();
    }
    result
}

fn follow(child: &mut Child) -> Result<Vec<Vec<String>>> {
    let missing = || Error::new("the traced program has no pipes");
    let (mut input, output) =
        (child.stdin.take().ok_or_else(missing)?, child.stdout.take().ok_or_else(missing)?);
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).context("listen to the traced program")?;
    if line.trim() != READY {
        return Err(Error::new(format!("the traced program said {line:?}")));
    }
    let pid = i32::try_from(child.id()).context("its number")?;
    let pid = Pid::from_raw(pid);
    let options = Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_EXITKILL;
    ptrace::seize(pid, options).context("trace a program")?;
    writeln!(input).context("tell the traced program to go on")?;
    let mut phases = Vec::new();
    // System calls since the last mark; none before the first.
    let mut calls: Option<Vec<String>> = None;
    let mut inside = false;
    loop {
        match waitpid(pid, None).context("wait for the traced program")? {
            WaitStatus::Stopped(_, MARK) => {
                if let Some(mut phase) = calls.replace(Vec::new()) {
                    // The mark itself.
                    phase.pop();
                    phases.push(phase);
                }
                inside = false;
                ptrace::syscall(pid, None).context("let it go on")?;
            }
            WaitStatus::PtraceSyscall(_) => {
                inside = !inside;
                if let (true, Some(calls)) = (inside, &mut calls) {
                    calls.push(call(pid)?);
                }
                ptrace::syscall(pid, None).context("let it go on")?;
            }
            WaitStatus::Stopped(_, signal) => {
                ptrace::syscall(pid, signal).context("let it go on")?;
            }
            WaitStatus::Exited(_, 0) => return Ok(phases),
            status @ (WaitStatus::Exited(..) | WaitStatus::Signaled(..)) => {
                return Err(Error::new(format!("the traced program ended: {status:?}")));
            }
            _ => ptrace::syscall(pid, None).context("let it go on")?,
        }
    }
}

/// The system call that a stopped program is about to make.
fn call(pid: Pid) -> Result<String> {
    let path = format!("/proc/{pid}/syscall");
    let text = std::fs::read_to_string(&path).context(&path)?;
    let number = text.split(' ').next().unwrap_or_default();
    let known = NAMES.iter().find(|(known, _)| known.to_string() == number);
    Ok(known.map_or_else(|| format!("call {number}"), |(_, name)| (*name).to_owned()))
}
