//! The suite on simulated cards, and on rigs that are broken on purpose.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod bare_pl081;
mod broken;
mod incoherent;
mod mock_edu;
mod mock_pl081;
mod mock_xdma;
mod real_time;
mod rigs;

use conformance::report::Report;
use conformance::{Exception, Rig};

/// Runs the whole suite, prints the table, and fails with it unless the rig conforms.
///
/// With `CONFORMANCE_REPORTS` naming a folder, the report is written there as JSON.
#[track_caller]
fn conforms<R: Rig>(name: &str, mut rig: R, exceptions: &[Exception]) -> Report {
    let report = Report::of(name, &mut rig, exceptions);
    println!("{}", report.table());
    if let Some(folder) = std::env::var_os("CONFORMANCE_REPORTS") {
        let file = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-") + ".json";
        std::fs::write(std::path::Path::new(&folder).join(file), report.json()).unwrap();
    }
    assert!(report.totals.conforms(), "{}", report.table());
    report
}
