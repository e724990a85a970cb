//! What things cost on a real kernel: `cargo xtask guest bench`.
//!
//! One boot has four NVMe controllers that have nothing behind them: one of ours, two driven by
//! hand, one of the kernel. A program takes turns with them; what it prints are Markdown tables of
//! ratios. A second boot, of the kernel that our module is built for, has a card on each of two roads.
//! Nothing here is a gate.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use guest_init::job::Step;
use guest_init::report::Event;

use super::boot::{Task, Testbed, run_step};
use super::host;
use super::kernel::ours;
use super::machine::Clock;
use crate::bench;
use crate::error::{Result, write};
use crate::host as this_machine;
use crate::workspace::Workspace;

/// Where the kernel has type 1 and the NVMe driver that most people have.
const HOST: &str = "x86-vtd";

/// The controllers, in the order of the program's arguments; the last stays with the kernel.
const CONTROLLERS: [(&str, &str); 4] = [
    ("0x7", "0000:03:00.0"),
    ("0x8", "0000:04:00.0"),
    ("0x9", "0000:05:00.0"),
    ("0xa", "0000:06:00.0"),
];

/// The cards of the other program, both of one kind.
const EDU: &str = "1234:11e8";
const CARDS: [&str; 2] = ["0000:01:00.0", "0000:00:06.0"];

/// Where the same kernel has our module and VFIO.
const BOTH: &str = "x86-vtd-own";

/// A minute on a quiet machine.
const LIMIT: Duration = Duration::from_mins(10);

/// Where the tables are kept.
const REPORT: &str = "docs/benchmarks-in-guests.md";

/// Boots and measures; with `keep`, writes the report.
///
/// # Errors
///
/// Something cannot be fetched or built, or a program fails.
pub fn run(workspace: &Workspace, keep: bool) -> Result<()> {
    let testbed = Testbed::open(workspace)?;
    let host = host::find(HOST)?;
    let one = |package, example| -> Result<_> {
        let what = ["--package", package, "--example", example];
        Ok(testbed.build("build", &what, host.architecture)?.remove(0))
    };
    let (disks, mappings) = (one("benchmarks", "nvme")?, one("backend-vfio", "map_cost")?);
    let bind = |which: &str| {
        let driver = "vfio-pci".to_owned();
        Step::Bind { ids: which.to_owned(), driver }
    };
    let ours = CONTROLLERS.iter().take(CONTROLLERS.len() - 1).map(|(_, place)| *place);
    let mut steps: Vec<Step> = ours.chain([EDU]).map(bind).collect();
    let places = CONTROLLERS.map(|(_, place)| place.to_owned());
    steps.push(run_step(&disks, &places, LIMIT)?);
    steps.push(run_step(&mappings, &CARDS.map(str::to_owned), LIMIT)?);
    steps.push(Step::Quiet);
    let extra = devices();
    let task = Task {
        title: "benchmarks",
        steps,
        programs: vec![disks, mappings],
        extra,
        // Leaping time would count instructions.
        clock: Clock::Real,
        silence: LIMIT,
        limit: LIMIT * 2,
    };
    let mut tables = String::new();
    let mut show = |event: &Event| {
        if let Event::Output { text } = event {
            println!("{text}");
            let _ = writeln!(tables, "{text}");
        }
    };
    testbed.run(host, &task, &mut show)?.verdict?;
    // A line right behind a table would be a row of it.
    show(&Event::Output { text: String::new() });
    let set_up = one("benchmarks", "set_up")?;
    testbed.run(host::find(BOTH)?, &on_both_roads(set_up)?, &mut show)?.verdict?;
    if keep {
        let path = workspace.root.join(REPORT);
        write(&path, &report(workspace, &tables)?)?;
        println!("written to {}", workspace.relative(&path));
    }
    Ok(())
}

/// What is compared between our module and VFIO, each with one of the cards.
fn on_both_roads(program: PathBuf) -> Result<Task> {
    let bind = |(place, driver): (&str, &str)| {
        let (ids, driver) = (place.to_owned(), driver.to_owned());
        Step::Bind { ids, driver }
    };
    let [first, second] = CARDS;
    let mut steps: Vec<Step> = [(first, ours::NAME), (second, "vfio-pci")].map(bind).into();
    steps.push(run_step(&program, &CARDS.map(str::to_owned), LIMIT)?);
    steps.push(Step::Quiet);
    Ok(Task {
        title: "benchmarks",
        steps,
        programs: vec![program],
        extra: Vec::new(),
        clock: Clock::Real,
        silence: LIMIT,
        limit: LIMIT * 2,
    })
}

/// Arguments that plug the controllers in, each behind a port of its own.
fn devices() -> Vec<String> {
    let mut line = Vec::new();
    for (number, (slot, _)) in CONTROLLERS.iter().enumerate() {
        let port = number + 2;
        let disk = format!("if=none,id=null{number},file.driver=null-co,file.size=64M,format=raw");
        line.extend([
            "-device".to_owned(),
            format!("pcie-root-port,id=port{port},chassis={},addr={slot}", port + 1),
            "-drive".to_owned(),
            disk,
            "-device".to_owned(),
            format!("nvme,bus=port{port},drive=null{number},serial=null{number}"),
        ]);
    }
    line
}

fn report(workspace: &Workspace, tables: &str) -> Result<String> {
    Ok(format!(
        "# Benchmarks in guests\n\n\
         Ratios of things measured in turns in one program, on a real kernel with its IOMMU translating, in an \
         emulated\nmachine ([{HOST}, and {BOTH} where our module is compared](testbed.md)). An emulated processor is slow and its devices are quick, so \
         what is compared here is how much\ncode runs for a transfer; nanoseconds mean nothing outside their \
         table.\nThe kernel clears pages by plain stores: the processor has no quick instructions for strings, which an \
         emulator carries out byte\nby byte.\nThe machine is shared: trust the shortest. {} {}\nWritten by `cargo xtask guest bench --write`.\n\n{}\n",
        this_machine::stamp(workspace)?,
        bench::shared(),
        tables.trim_end()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Each controller has its port, and places follow the ports' order, behind the two of every host.
    #[test]
    fn controllers_have_ports_and_places() {
        let line = devices().join(" ");
        for (number, (slot, place)) in CONTROLLERS.iter().enumerate() {
            assert!(line.contains(&format!("addr={slot}")), "{line}");
            assert_eq!(*place, format!("0000:{:02x}:00.0", number + 3));
        }
        assert_eq!(line.matches("-device nvme,").count(), CONTROLLERS.len());
    }
}
