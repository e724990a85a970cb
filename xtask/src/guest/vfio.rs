//! The tests of VFIO itself, on kernels with iommufd and without, and no IOMMU.

use std::time::Duration;

use guest_init::job::Step;
use guest_init::report::Event;

use super::boot::{Task, Testbed, run_step};
use super::host::{self, Iommu};
use super::round;
use crate::error::{Error, Result};
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// What the tests of one host may take: the card takes a tenth of a second for each transfer.
const LIMIT: Duration = Duration::from_mins(5);

/// The newest kernel with everything, the oldest kernel, and no IOMMU. Not the other processor: the
/// library built for it has no test harness.
const HOSTS: [&str; 3] = ["x86-vtd-own", "x86-vtd-5.10", "x86-none-own"];

/// The card of the tests, and who takes it.
const CARD: (&str, &str) = ("1234:11e8", "vfio-pci");

/// Runs the ignored tests of `backend-vfio` in guests.
///
/// # Errors
///
/// Something cannot be fetched or built, or a test failed.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let testbed = Testbed::open(workspace)?;
    let mut tasks = Vec::new();
    for name in HOSTS {
        let host = host::find(name)?;
        let what = ["--package", "backend-vfio", "--test", "real"];
        let program = testbed.build("test", &what, host.architecture)?.remove(0);
        // Of a card that nothing translates for, only that it is so.
        let which: &[&str] = match host.iommu {
            Iommu::None => &["unprotected::"],
            _ => &["--skip", "unprotected::", "--skip", "child_"],
        };
        let common = ["--ignored", "--test-threads=1"];
        let arguments: Vec<String> =
            common.iter().chain(which).map(|argument| (*argument).to_owned()).collect();
        let (ids, driver) = (CARD.0.to_owned(), CARD.1.to_owned());
        let steps = vec![Step::Bind { ids, driver }, run_step(&program, &arguments, LIMIT)?];
        let limit = LIMIT + LIMIT / 5;
        let task = Task { title: "VFIO", steps, programs: vec![program], extra: Vec::new(), limit };
        tasks.push((host, task));
    }
    let round = round::run(&testbed, tasks)?;
    round.verdict()?;
    let mut passed = 0;
    for row in &round.rows {
        let lines = row.outcome.transcript.events().iter().filter_map(|event| match event {
            Event::Output { text } => Some(text.as_str()),
            _ => None,
        });
        let count = lines.filter_map(passed_tests).sum::<usize>();
        if count == 0 {
            return Err(Error::new("no test ran").within(row.host.name));
        }
        passed += count;
    }
    Ok(Verdict::passed(format!("{passed} tests on {} hosts", HOSTS.len())))
}

/// Of "test result: ok. 17 passed; 0 failed; …".
fn passed_tests(line: &str) -> Option<usize> {
    let (count, _) = line.strip_prefix("test result: ok. ")?.split_once(" passed")?;
    count.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Only a good result counts, with its number.
    #[test]
    fn good_results_are_counted() {
        let good = "test result: ok. 17 passed; 0 failed; 0 ignored; 0 measured; 4 filtered out";
        assert_eq!(passed_tests(good), Some(17));
        assert_eq!(passed_tests("test result: FAILED. 16 passed; 1 failed"), None);
        assert_eq!(passed_tests("test memory::x ... ok"), None);
    }

    // Every host of the list is one.
    #[test]
    fn hosts_are_known() {
        for name in HOSTS {
            assert!(host::find(name).is_ok(), "{name}");
        }
    }
}
