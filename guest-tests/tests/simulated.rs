//! What guests run, on the simulated machine: it works before any guest starts.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]
#![forbid(unsafe_code)]

use std::process::{Command, Output};

fn guest_tests(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guest-tests"));
    command.args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(text).unwrap()
}

/// The report in what the program said.
fn report(output: &Output) -> serde_json::Value {
    let text = said(output);
    let line = text.lines().find_map(|line| line.strip_prefix("@conformance ")).unwrap();
    serde_json::from_str(line).unwrap()
}

// The suite conforms over the facade, with the reviewed list of exceptions, and reports it.
#[test]
fn suite_conforms_and_is_reported() {
    let arguments = ["conformance", "--device", "mock:edu", "--apart", "mock:edu", "--name", "x"];
    let output = guest_tests(&arguments);
    assert!(output.status.success(), "{}", said(&output));
    let report = report(&output);
    assert_eq!((&report["rig"], report["failed"].as_u64()), (&"x".into(), Some(0)));
    assert!(report["passed"].as_u64() >= Some(60), "{report}");
    assert!(report["transfers"].as_u64() >= Some(200), "{report}");
}

// Without translation, cases of protection do not apply, and are said not to.
#[test]
fn untranslated_road_has_no_protection() {
    let output = guest_tests(&["conformance", "--device", "mock:edu?iommu=off"]);
    assert!(output.status.success(), "{}", said(&output));
    let report = report(&output);
    let cases = report["cases"].as_array().unwrap();
    let case = cases.iter().find(|case| case["name"] == "unmapped_address_faults").unwrap();
    assert_eq!(case["state"], "not applicable");
}

// A list of exceptions that is not true fails: this device can be reset.
#[test]
fn untrue_exceptions_fail() {
    let case = "reset_is_noticed_by_every_engine";
    let arguments = ["conformance", "--device", "mock:edu", "--place", "root-bus", "--case", case];
    assert_eq!(report(&guest_tests(&arguments))["failed"], 1);
    let output = guest_tests(&["conformance", "--device", "mock:edu", "--case", "no_such_case"]);
    assert!(said(&output).contains("the suite has no case \"no_such_case\""));
    assert!(!output.status.success());
}

// A device that is not there ends the run with the backend's message.
#[test]
fn missing_device_is_named() {
    let output = guest_tests(&["conformance", "--device", "mock:nothing"]);
    assert!(!output.status.success());
    assert!(said(&output).contains("mock:nothing"), "{}", said(&output));
}
