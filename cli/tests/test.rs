//! `anydma test` as its users meet it, on the simulated machine.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

fn test(arguments: &[&str]) -> Output {
    let command = &mut Command::new(env!("CARGO_BIN_EXE_anydma"));
    command.arg("test").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

// Every card that the facade knows conforms, over an IOMMU and without; every case is in the
// report, with what it proves; exit code 0.
#[test]
fn known_cards_conform() {
    for device in ["mock:edu", "mock:pl081", "mock:xdma?iommu=off"] {
        let output = test(&[device, "--json", "--transfers", "12"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{report:#}");
        assert_eq!(report["failed"], 0, "{report:#}");
        let cases = report["cases"].as_array().unwrap();
        let sum = report["passed"].as_u64().unwrap() + report["not_applicable"].as_u64().unwrap();
        assert_eq!(cases.len() as u64, sum);
        assert!(report["passed"].as_u64().unwrap() >= 55, "{report:#}");
        assert!(cases.iter().all(|case| case["proves"].as_str().unwrap().len() > 10));
        assert_eq!(report["host"]["translated"], !device.contains("iommu=off"));
        // What does not apply is what the host cannot show, with the reason.
        let rest = cases.iter().filter(|case| case["state"] == "not applicable");
        assert!(rest.clone().all(|case| !case["reason"].as_str().unwrap().is_empty()));
    }
}

// The report to send says host, road and versions, and nothing of whose machine it is.
#[test]
fn report_is_one_to_send() {
    let path = std::env::temp_dir().join(format!("anydma-test-{}.md", std::process::id()));
    let file = path.to_str().unwrap();
    let output = test(&["mock:edu", "--only", "device_", "--markdown", file]);
    let (text, markdown) = (said(&output), std::fs::read_to_string(&path).unwrap());
    std::fs::remove_file(&path).unwrap();
    assert!(markdown.starts_with("# mock:edu conforms\n"), "{markdown}");
    for part in ["| card | edu (PCI 1234:11e8) |", "| kernel |", "| IOMMU | translates", "passed"] {
        assert!(markdown.contains(part), "no {part:?} in\n{markdown}");
    }
    assert!(text.contains("0 failed"), "{text}");
}

// A case that hangs is killed at its limit and fails, by name; exit code 3.
#[test]
fn hanging_case_fails() {
    // A transfer takes an hour of real time.
    let slow = "mock:edu?clock=real&delay_us=3600000000";
    let output = test(&[slow, "--only", "device_names_itself", "--limit", "1"]);
    assert_eq!(output.status.code(), Some(3));
    let text = said(&output);
    assert!(text.contains("device_names_itself  FAILED"), "{text}");
    assert!(text.contains("killed at its limit"), "{text}");
}

// No such device, no driver for it, no such case: one line, exit code 1.
#[test]
fn mistakes_are_explained() {
    for (arguments, part) in [
        (&["mock:pcnet"][..], "there are edu"),
        (&["mock:probe"], "no channel is known"),
        (&["mock:edu", "--only", "nothing_like_it"], "without --only"),
    ] {
        let output = test(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{complaint}");
        assert!(complaint.contains(part), "{complaint}");
    }
}
