//! The guests as a suite of `cargo xtask test`.

use super::boot::Testbed;
use super::{host, smoke};
use crate::error::Result;
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// Every host boots and is what its line in the table says.
///
/// # Errors
///
/// As [`smoke::run`].
pub fn smoke(workspace: &Workspace) -> Result<Verdict> {
    let hosts = host::select(&[])?;
    let checks = smoke::run(&Testbed::open(workspace)?, &hosts)?;
    Ok(Verdict::passed(format!("{} hosts, {checks} checks", hosts.len())))
}
