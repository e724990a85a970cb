//! A device that is taken away while a program has it, and comes back.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use dma_core::{Backend, ErrorKind, Signal};

use crate::card::{BEHIND_PORT, Edu, IDENTIFICATION};

/// How long the kernel may take for anything here.
const PATIENCE: Duration = Duration::from_mins(1);

/// Gives the device back to VFIO that a new look at the bus has found.
fn found_again() {
    std::fs::write("/sys/bus/pci/rescan", "1").unwrap();
    let device = Path::new("/sys/bus/pci/devices").join(BEHIND_PORT);
    std::fs::write(device.join("driver_override"), "vfio-pci").unwrap();
    std::fs::write("/sys/bus/pci/drivers_probe", BEHIND_PORT).unwrap();
}

// Whoever removes a device waits for its owner, who is told, also amid a wait; registers that are
// given up do not end the process; released, the device goes, and comes back whole.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn removal_is_asked_for_and_granted() {
    let card = Edu::open(BEHIND_PORT, "");
    card.there_and_back(0x21);
    let mut signal = card.device.signal(0).unwrap();
    let remover = thread::spawn(|| {
        let file = Path::new("/sys/bus/pci/devices").join(BEHIND_PORT).join("remove");
        std::fs::write(file, "1")
    });
    let until = signal.now() + u64::try_from(PATIENCE.as_nanos()).unwrap();
    let told = signal.wait(Some(until)).unwrap_err();
    assert_eq!(told.kind(), ErrorKind::Gone, "the kernel asks for the device");
    assert!(card.device.is_wanted_back().unwrap());
    assert!(!remover.is_finished(), "as long as we have it, it stays");
    card.device.give_up().unwrap();
    assert_eq!(card.load(IDENTIFICATION), u32::MAX);
    drop((card, signal));
    let asked = Instant::now();
    while !remover.is_finished() {
        assert!(asked.elapsed() < PATIENCE, "the device does not go");
        thread::sleep(Duration::from_millis(20));
    }
    remover.join().unwrap().unwrap();
    let there = Path::new("/sys/bus/pci/devices").join(BEHIND_PORT).exists();
    // Before anything can fail, so that other tests find the device.
    found_again();
    assert!(!there, "the device is still there");
    Edu::open(BEHIND_PORT, "").there_and_back(0x22);
}
