//! `anydma bench` as its users meet it, on the simulated machine.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

fn bench(arguments: &[&str]) -> Output {
    let command = &mut Command::new(env!("CARGO_BIN_EXE_anydma"));
    command.arg("bench").args(arguments).output().unwrap()
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = bench(&[arguments, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

const SHORT: [&str; 4] = ["--transfers", "3", "--budget", "1"];

// Every combination is measured: lengths, directions, pages, IOMMU, memory, waiting. Memory that
// is mapped for a transfer is whole pages.
#[test]
fn every_combination_is_measured() {
    let table =
        json(&[&["mock:xdma?clock=virtual", "--sizes", "64,4KiB,16KiB"][..], &SHORT].concat());
    let points = table["points"].as_array().unwrap();
    // 2 directions, 2 waits, 2 kinds of pages: pooled three lengths with and without IOMMU.
    let pooled = points.iter().filter(|point| point["source"] == "pooled").count();
    assert_eq!(pooled, 3 * 2 * 2 * 2 * 2);
    let small = |point: &&serde_json::Value| point["source"] == "mapped" && point["bytes"] == 64;
    assert!(points.iter().filter(small).all(|point| point["translated"] == false));
    assert!(points.iter().all(|point| point["median_ns"].as_u64() >= point["fastest_ns"].as_u64()));
    assert!(points.iter().all(|point| point["mib_per_second"].as_f64().unwrap() > 0.0));
    let costs = table["costs"].as_array().unwrap();
    for what in ["IOMMU on / off, pooled", "mapped for each transfer / pooled, IOMMU on"] {
        assert!(costs.iter().any(|cost| cost["what"] == what), "{what}");
    }
}

// Without a word about clocks, a simulated card works in real time.
#[test]
fn simulated_cards_work_in_real_time() {
    let device = "mock:xdma?iommu=off&pieces=4096";
    let table = json(&[&[device, "--sizes", "64"][..], &SHORT].concat());
    assert_eq!(table["clock"], "of this machine");
    assert_eq!(table["points"].as_array().unwrap().len(), 4);
}

// On the model's clock the same run gives the same figures.
#[test]
fn virtual_time_is_the_models() {
    let run = || {
        let device = "mock:edu?clock=virtual&iommu=on&delay_us=100";
        json(&[&[device, "--sizes", "64,4096"][..], &SHORT].concat())
    };
    let table = run();
    assert_eq!(table["clock"], "of the model");
    // A tenth of a millisecond a transfer, as the card was told.
    assert!(table["points"][0]["median_ns"].as_u64().unwrap() >= 100_000);
    assert_eq!(table, run());
}

// The drawing has a line for each series, in both directions, axes with lengths, and a legend.
#[test]
fn plot_is_drawn() {
    let path = std::env::temp_dir().join(format!("anydma-bench-{}.svg", std::process::id()));
    let file = path.to_str().unwrap();
    let device = "mock:xdma?clock=virtual";
    let output = bench(&[&[device, "--plot", file, "--sizes=64,4KiB,16KiB"][..], &SHORT].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let drawing = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    for part in ["<svg", "to the card", "from the card", "64 B", "16 KiB", "IOMMU off, 4 KiB pages"]
    {
        assert!(drawing.contains(part), "no {part:?}");
    }
    // Two panels with sixteen lines each, and sixteen in the legend.
    assert!(drawing.matches("<polyline").count() >= 48);
}

// A card that nobody drives, lengths that are none or longer than the card: one line, exit code 1
// or 2.
#[test]
fn mistakes_are_explained() {
    for (arguments, code, part) in [
        (&["mock:probe"][..], 1, "no channel is known"),
        (&["mock:edu", "--sizes", "64,many"], 2, "64, 4KiB or 1MiB"),
        (&["mock:edu", "--sizes", "1MiB"], 1, "the card has 4096 bytes"),
        (
            &["mock:edu?clock=virtual&delay_us=9", "--plot", "/nowhere/plot.svg", "--transfers=3"],
            1,
            "/nowhere",
        ),
    ] {
        let output = bench(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{complaint}");
        assert!(complaint.contains(part), "{complaint}");
    }
}
