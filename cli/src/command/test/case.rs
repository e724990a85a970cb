//! One case in a process of its own: started, and its report read.
#![forbid(unsafe_code)]

use std::process::Command;
use std::time::Duration;

use conformance::process;

use super::Arguments;
use super::report::{Case, One};
use crate::failure::Failure;

/// Runs a case. That it fails, hangs or crashes is its outcome.
pub(super) fn run(
    arguments: &Arguments,
    limit: Duration,
    group: &str,
    name: &str,
    proves: &str,
) -> Result<Case, Failure> {
    let tried = || format!("run the case {name}");
    let program = std::env::current_exe();
    let program = program.map_err(|error| Failure::of("find this program", &error))?;
    let mut command = Command::new(program);
    command
        .args(["test", arguments.device.uri(), "--case", name])
        .args(arguments.protection.words())
        .args(arguments.apart.iter().map(|apart| format!("--apart={}", apart.uri())))
        .args(arguments.transfers.iter().map(|count| format!("--transfers={count}")));
    let ended = process::run(command, limit).map_err(|error| Failure::of(tried(), &error))?;
    match ended.said.lines().find_map(One::parse) {
        Some(one) if ended.how.is_none() => {
            let one = one.map_err(|error| Failure::because("read the report on a case", error))?;
            let found = one.into_case(name);
            let found = found.ok_or_else(|| {
                Failure::because(format!("read the report on {name}"), "it is one on another case")
            })?;
            Ok(found.with(ended.seconds, proves))
        }
        _ => Ok(Case::failed(group, name, proves, ended.seconds, ended.reason())),
    }
}
