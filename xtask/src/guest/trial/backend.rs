//! The tests of VFIO itself, which are those of its crate that need a card.

use super::{Act, LONG, Part, Programs};
use crate::guest::host::{Host, Iommu};
use crate::guest::machine::Clock;

pub(super) const PART: Part = Part { title: "", extra: &[], clock: Clock::Leaping, acts };

/// The newest kernel with everything, the oldest one, the other processor, and no IOMMU.
const HOSTS: &[&str] = &["x86-vtd-own", "x86-vtd-5.10", "arm-smmu", "x86-none-own"];

fn acts(host: &Host, programs: &Programs) -> Vec<Act> {
    if !HOSTS.contains(&host.name) {
        return Vec::new();
    }
    let act = Act::new(&programs.vfio, LONG).with(&["--ignored", "--test-threads=1"]);
    // Of a card that nothing translates for, only that it is so.
    vec![match host.iommu {
        Iommu::None => act.with(&["unprotected::"]),
        _ => act.with(&["--skip", "unprotected::", "--skip", "child_"]),
    }]
}

/// How many tests passed, of "test result: ok. 17 passed; 0 failed; …".
#[must_use]
pub fn passed_tests(line: &str) -> Option<usize> {
    let (count, _) = line.strip_prefix("test result: ok. ")?.split_once(" passed")?;
    count.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::super::host;
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
