//! Reset, epochs, and the quiet time after it.

use backend_mock::{Injection, Machine, ProbeCard, TrustedCard};
use dma_core::{Backend, Epoch, ErrorKind, Signal};

use crate::support::{Registers, probe, read};

// A reset counts up, switches bus mastering off until it is resumed, and resets the card.
#[test]
fn reset_counts_and_keeps_quiet() {
    let device = probe();
    let registers = Registers::of(&device);
    let signal = device.signal(0).unwrap();
    let before = signal.epoch();
    registers.set(4, 9);
    registers.set(probe::COMMAND, 1);
    let quiet = device.reset().unwrap();
    assert_eq!(quiet.epoch(), Epoch { resets: before.resets + 1, ..before });
    assert_eq!(signal.epoch(), quiet.epoch());
    assert_eq!(device.set_bus_mastering(true).unwrap_err().kind(), ErrorKind::WasReset);
    assert_eq!(read(&device, 0, &mut [0]), Err(backend_mock::BusFault::MasteringOff));
    device.machine().advance(1_000_000);
    assert_eq!((registers.get(4), registers.get(probe::DONE)), (0, 0));
    device.resume(quiet).unwrap();
    assert_eq!(read(&device, 0, &mut [0]), Err(backend_mock::BusFault::Denied));
}

// Only the proof of the last reset of this very device ends the quiet time.
#[test]
fn old_and_foreign_proofs_are_refused() {
    let (device, other) = (probe(), probe());
    let old = device.reset().unwrap();
    let new = device.reset().unwrap();
    let foreign = other.reset().unwrap();
    assert_eq!(device.resume(old).unwrap_err().kind(), ErrorKind::WasReset);
    assert_eq!(device.resume(foreign).unwrap_err().kind(), ErrorKind::WasReset);
    assert_eq!(device.set_bus_mastering(true).unwrap_err().kind(), ErrorKind::WasReset);
    device.resume(new).unwrap();
    device.set_bus_mastering(true).unwrap();
}

// A proof that nobody gives back leaves the device off.
#[test]
fn dropped_proofs_leave_the_device_off() {
    let device = probe();
    drop(device.reset());
    assert_eq!(device.set_bus_mastering(true).unwrap_err().kind(), ErrorKind::WasReset);
}

// Reset counters wrap.
#[test]
fn reset_counters_wrap() {
    let device = Machine::builder().resets_from(u32::MAX).build().plug(ProbeCard::new());
    assert_eq!(device.reset().unwrap().epoch().resets, 0);
}

// A refused reset changes nothing.
#[test]
fn refused_resets_change_nothing() {
    let device = probe();
    let epoch = device.signal(0).unwrap().epoch();
    device.inject(Injection::FailResets(1));
    assert_eq!(device.reset().unwrap_err().kind(), ErrorKind::Os);
    assert_eq!(device.signal(0).unwrap().epoch(), epoch);
    device.set_bus_mastering(true).unwrap();
    assert!(device.reset().is_ok());
}

/// Busy for a microsecond after each start, and without a reset handler.
#[derive(Debug, Default)]
struct Stubborn {
    busy: u64,
}

impl backend_mock::Card for Stubborn {
    fn identity(&self) -> dma_core::Identity {
        dma_core::Identity::Pci { vendor: 0x1234, device: 2 }
    }
    fn regions(&self) -> &[usize] {
        &[4096]
    }
    fn load(&mut self, _: &mut dyn backend_mock::card::Board, _: backend_mock::card::Place) -> u64 {
        self.busy
    }
    fn store(
        &mut self,
        board: &mut dyn backend_mock::card::Board,
        _: backend_mock::card::Place,
        _: u64,
    ) {
        self.busy += 1;
        board.after(1_000, 0);
    }
    fn run(&mut self, _: &mut dyn backend_mock::card::Bus, _: u64) {
        self.busy -= 1;
    }
}

// SAFETY: it never touches memory.
unsafe impl TrustedCard for Stubborn {}

// A card without a reset handler goes on through a reset. Stuck, it is freed by the reset, or not
// even by that.
#[test]
fn cards_without_a_handler_go_on() {
    let busy_after_reset = |injection: Option<Injection>| {
        let device = Machine::new().plug(Stubborn::default());
        let registers = Registers::of(&device);
        if let Some(injection) = injection {
            device.inject(injection);
        }
        registers.set(0, 1);
        device.machine().advance(if injection.is_some() { 1_000_000 } else { 10 });
        let _quiet = device.reset().unwrap();
        let at_once = registers.0.clone();
        drop(at_once);
        device.machine().advance(10_000);
        registers.get(0)
    };
    assert_eq!(busy_after_reset(None), 0);
    assert_eq!(busy_after_reset(Some(Injection::Stuck { survives_reset: false })), 0);
    assert_eq!(busy_after_reset(Some(Injection::Stuck { survives_reset: true })), 1);
}

// Opening a device again is a new beginning for its engines: another epoch, bus mastering off.
#[test]
fn reopening_changes_the_epoch() {
    let machine = Machine::new();
    let slot = machine.install(ProbeCard::new());
    let device = machine.open(slot).unwrap();
    device.set_bus_mastering(true).unwrap();
    let first = device.signal(0).unwrap().epoch();
    drop(device);
    let device = machine.open(slot).unwrap();
    assert_ne!(device.signal(0).unwrap().epoch().device, first.device);
    assert_eq!(read(&device, 0, &mut [0]), Err(backend_mock::BusFault::MasteringOff));
}
