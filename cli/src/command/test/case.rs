//! One case in a process of its own: started, watched, and its report read.
#![forbid(unsafe_code)]

use std::io::{Read as _, pipe};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Arguments;
use super::report::{Case, One};
use crate::failure::Failure;

/// How often a running case is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// Runs a case. That it fails, hangs or crashes is its outcome.
pub(super) fn run(
    arguments: &Arguments,
    limit: Duration,
    group: &str,
    name: &str,
    proves: &str,
) -> Result<Case, Failure> {
    let failed = |doing: &'static str| move |error| Failure::of(doing, &error);
    let start = Instant::now();
    let program = std::env::current_exe().map_err(failed("find this program"))?;
    let (mut reader, writer) = pipe().map_err(failed("make a pipe"))?;
    let mut command = Command::new(program);
    command
        .args(["test", arguments.device.uri(), "--case", name])
        .args(arguments.apart.iter().map(|apart| format!("--apart={}", apart.uri())))
        .args(arguments.transfers.iter().map(|count| format!("--transfers={count}")))
        .stdin(Stdio::null())
        .stdout(writer.try_clone().map_err(failed("share a pipe"))?)
        .stderr(writer);
    let mut child = command.spawn().map_err(failed("start a case"))?;
    // The command holds our ends of the pipe; without them the reader sees its end.
    drop(command);
    let reading = std::thread::spawn(move || {
        let mut text = Vec::new();
        reader.read_to_end(&mut text).map(|_| String::from_utf8_lossy(&text).into_owned())
    });
    let how = watch(&mut child, start + limit).map_err(failed("watch a case"))?;
    let said = reading
        .join()
        .map_err(|_| Failure::because("read what a case says", "its reader panicked"))?;
    let said = said.map_err(failed("read what a case says"))?;
    let seconds = start.elapsed().as_secs_f64();
    match said.lines().find_map(One::parse) {
        Some(one) if how.is_none() => {
            let one = one.map_err(|error| Failure::because("read the report on a case", error))?;
            let found = one.into_case(name);
            let found = found.ok_or_else(|| {
                Failure::because(format!("read the report on {name}"), "it is one on another case")
            })?;
            Ok(found.with(seconds, proves))
        }
        _ => {
            let how = how.unwrap_or_else(|| "it ended without a report".to_owned());
            let said = said.trim().replace('\n', " | ");
            Ok(Case::failed(group, name, proves, seconds, format!("{how}: {said}")))
        }
    }
}

/// Waits for its end; says how it ended if not well.
fn watch(child: &mut Child, deadline: Instant) -> std::io::Result<Option<String>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((!status.success()).then(|| status.to_string()));
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(Some("killed at its limit".to_owned()));
        }
        std::thread::sleep(LOOK);
    }
}
