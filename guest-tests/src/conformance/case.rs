//! One case in a process of its own: started, watched, and its report read.
#![forbid(unsafe_code)]

use std::io::{Read, pipe};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::Arguments;
use super::report::{Case, Whole};
use guest_init::error::{Context, Error, Result};

/// How often a case is looked at that has closed its output and not ended yet.
const LOOK: Duration = Duration::from_millis(5);

/// Runs a case. That it fails, hangs or crashes is its outcome.
///
/// # Errors
///
/// The process could not be started or watched.
pub(super) fn run(arguments: &Arguments, group: &str, name: &str) -> Result<Case> {
    let start = Instant::now();
    let program = std::env::current_exe().context("find this program")?;
    let (mut reader, writer) = pipe().context("make a pipe")?;
    let mut command = Command::new(program);
    command
        .args(["conformance", "--case", name])
        .args(words(arguments))
        .stdin(Stdio::null())
        .stdout(writer.try_clone().context("share a pipe")?)
        .stderr(writer);
    let mut child = command.spawn().context("start a case")?;
    // The command holds our ends of the pipe; without them the reader sees its end.
    drop(command);
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        let end = reader.read_to_end(&mut text);
        // Nobody listens any more if the case was killed.
        let _unheard = sender.send(end.map(|_| String::from_utf8_lossy(&text).into_owned()));
    });
    // Looking at it again and again would cost the emulator more than the case does.
    let said = output.recv_timeout(arguments.limit());
    let how = watch(&mut child, start + arguments.limit())?;
    // What was killed has closed its output by now, whatever it had said.
    let said = said.or_else(|_| output.recv()).context("listen to a case")?;
    let said = said.context("read what a case says")?;
    let seconds = start.elapsed().as_secs_f64();
    let report = said.lines().find_map(Whole::parse);
    match (report, how) {
        (Some(Ok(report)), None) => {
            let mut cases = report.into_cases();
            // What is wrong with the list of exceptions itself stands behind the case.
            let broken = cases.iter().find(|case| case.group == "exceptions").cloned();
            match cases.drain(..).find(|case| case.name == name) {
                Some(case) => Ok(Case { seconds, ..broken.unwrap_or(case) }),
                None => Err(Error::new(format!("the report on {name} is one on other cases"))),
            }
        }
        (Some(Err(error)), None) => Err(error).context(format_args!("read the report on {name}")),
        (_, how) => {
            let how = how.unwrap_or_else(|| "ended without a report".to_owned());
            let said = said.trim().replace('\n', " | ");
            Ok(Case::failed(group, name, seconds, format!("{how}: {said}")))
        }
    }
}

/// The arguments for one more such process.
fn words(arguments: &Arguments) -> Vec<String> {
    let Arguments {
        device,
        apart,
        beside,
        name,
        place,
        bits,
        transfers,
        limit,
        translated,
        case: _,
    } = arguments;
    let place = clap::ValueEnum::to_possible_value(place);
    let place = place.map(|value| value.get_name().to_owned()).unwrap_or_default();
    let mut words = vec![
        format!("--device={device}"),
        format!("--place={place}"),
        format!("--bits={bits}"),
        format!("--transfers={transfers}"),
        format!("--limit={limit}"),
    ];
    words.extend(apart.as_ref().map(|uri| format!("--apart={uri}")));
    words.extend(beside.as_ref().map(|uri| format!("--beside={uri}")));
    words.extend(translated.map(|known| format!("--translated={known}")));
    words.extend(name.as_ref().map(|name| format!("--name={name}")));
    words
}

/// Waits for its end; says how it ended if not well.
fn watch(child: &mut Child, deadline: Instant) -> Result<Option<String>> {
    loop {
        if let Some(status) = child.try_wait().context("wait for a case")? {
            return Ok((!status.success()).then(|| status.to_string()));
        }
        if Instant::now() >= deadline {
            child.kill().context("kill a case")?;
            child.wait().context("wait for a case")?;
            return Ok(Some("killed at its limit".to_owned()));
        }
        std::thread::sleep(LOOK);
    }
}
