//! One case in a process of its own: started, and its report read.
#![forbid(unsafe_code)]

use std::process::Command;

use conformance::process;
use guest_init::error::{Context, Error, Result};

use super::Arguments;
use super::report::{Case, Whole};

/// Runs a case. That it fails, hangs or crashes is its outcome.
///
/// # Errors
///
/// The process could not be started or watched.
pub(super) fn run(arguments: &Arguments, group: &str, name: &str) -> Result<Case> {
    let mut command = Command::new(std::env::current_exe().context("find this program")?);
    command.args(["conformance", "--case", name]).args(words(arguments));
    let ended = process::run(command, arguments.limit()).context(name)?;
    let seconds = ended.seconds;
    match (ended.said.lines().find_map(Whole::parse), &ended.how) {
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
        _ => Ok(Case::failed(group, name, seconds, ended.reason())),
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
