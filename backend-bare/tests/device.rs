//! A board's device as a backend: regions, vectors, bus mastering, reset.

use core::cell::RefCell;
use std::rc::Rc;
use std::sync::OnceLock;

use backend_bare::{
    Addresses, BareDevice, BareMemory, BareRegion, Board, Coherent, InterruptCounter, Platform,
    Resets, StaticPool, lines,
};
use dma_core::{
    Allocate, Backend, Error, ErrorKind, Identity, Operation, RegisterSpace, Request, Shared,
    SharedView, Signal, Wake,
};

const IDENTITY: Identity = Identity::Amba { designer: 0x41, part: 0x081 };

/// A board that writes down what is done to the device.
#[derive(Clone, Default)]
struct Recorded {
    asked: Rc<RefCell<Vec<&'static str>>>,
    broken: bool,
}

impl Platform for Recorded {
    fn now(&self) -> u64 {
        0
    }
}

// SAFETY: there is no device behind it that could touch memory.
unsafe impl Board for Recorded {
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        self.asked.borrow_mut().push(if on { "on" } else { "off" });
        Ok(())
    }

    fn reset(&self) -> Result<(), Error> {
        self.asked.borrow_mut().push("reset");
        if self.broken {
            return Err(Error::new(ErrorKind::Gone, Operation::Reset, 0));
        }
        Ok(())
    }
}

/// A board without a switch and without a reset.
#[derive(Clone)]
struct Plain;

impl Platform for Plain {
    fn now(&self) -> u64 {
        0
    }
}

// SAFETY: there is no device behind it that could touch memory.
unsafe impl Board for Plain {}

/// A device with two regions of plain memory and one interrupt.
macro_rules! device {
    ($board:expr) => {{
        static POOL: StaticPool<{ lines(512) }> = StaticPool::new();
        static INTERRUPTS: [InterruptCounter; 1] = [InterruptCounter::new()];
        static RESETS: Resets = Resets::new();
        static WORDS: OnceLock<[Shared<BareRegion>; 2]> = OnceLock::new();
        // SAFETY: no device runs in these tests.
        let memory = unsafe { BareMemory::new(&POOL, Addresses::Identity, Coherent) };
        let words = WORDS.get_or_init(|| {
            [64, 128].map(|length| {
                let buffer = memory.allocate(Request::bytes(length)).unwrap();
                Shared::new(buffer).unwrap()
            })
        });
        let regions: [SharedView<'static>; 2] = [words[0].view(), words[1].view()];
        let (all, resets) = (&INTERRUPTS, &RESETS);
        // SAFETY: these statics are this device's alone.
        let device = unsafe { BareDevice::new(IDENTITY, regions, memory, all, resets, $board) };
        (device.unwrap(), &INTERRUPTS[0])
    }};
}

// What was put in comes out; what is not there is refused.
#[test]
fn tells_its_parts() {
    let (device, interrupt) = device!(Plain);
    assert_eq!(device.identity(), IDENTITY);
    assert_eq!(device.region(1).unwrap().size(), 128);
    let missing = device.region(2).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::Unsupported);
    assert_eq!(missing.detail(), 2);
    let mut signals = [(); 2].map(|()| device.signal(0).unwrap());
    interrupt.fire();
    for signal in &mut signals {
        assert_eq!(signal.wait(None), Ok(Wake::Fired));
    }
    assert_eq!(device.signal(1).unwrap_err().kind(), ErrorKind::Unsupported);
    assert!(device.memory().allocate(Request::bytes(64)).is_ok());
}

// A device without switch and reset says so.
#[test]
fn what_the_board_cannot_do_is_unsupported() {
    let (device, _) = device!(Plain);
    assert_eq!(device.set_bus_mastering(true), Ok(()));
    let off = device.set_bus_mastering(false).unwrap_err();
    assert_eq!(off.kind(), ErrorKind::Unsupported);
    assert_eq!(device.reset().unwrap_err().kind(), ErrorKind::Unsupported);
}

// Bus mastering is off from the start, and stays off from a reset until its proof comes back.
#[test]
fn a_reset_keeps_the_device_quiet_until_resumed() {
    let board = Recorded::default();
    let asked = Rc::clone(&board.asked);
    let (device, _) = device!(board);
    let signal = device.signal(0).unwrap();
    let before = signal.epoch();
    device.set_bus_mastering(true).unwrap();

    let quiet = device.reset().unwrap();
    assert_eq!(signal.epoch().device, before.device);
    assert_eq!(signal.epoch().resets, before.resets + 1);
    assert_eq!(quiet.epoch(), signal.epoch());
    let refused = device.set_bus_mastering(true).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::WasReset);
    device.set_bus_mastering(false).unwrap();

    device.resume(quiet).unwrap();
    device.set_bus_mastering(true).unwrap();
    assert_eq!(*asked.borrow(), ["off", "on", "reset", "off", "on", "on"]);
}

// The proof of another device or of an older reset resumes nothing.
#[test]
fn only_the_latest_proof_resumes() {
    let (device, _) = device!(Recorded::default());
    let (other, _) = device!(Recorded::default());
    let old = device.reset().unwrap();
    let new = device.reset().unwrap();
    let foreign = other.reset().unwrap();
    for proof in [old, foreign] {
        let refused = device.resume(proof).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::WasReset);
    }
    assert!(device.set_bus_mastering(true).is_err());
    assert_eq!(device.resume(new), Ok(()));
}

// A reset that failed is no reset: no proof, no new epoch.
#[test]
fn a_failed_reset_changes_nothing() {
    let (device, _) = device!(Recorded { broken: true, ..Recorded::default() });
    let before = device.resets().epoch();
    assert_eq!(device.reset().unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(device.resets().epoch(), before);
    assert_eq!(device.set_bus_mastering(true), Ok(()));
}
