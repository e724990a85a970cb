//! The card is pulled out while a program has it, for good: after all else.
#![forbid(unsafe_code)]

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::time::{Duration, Instant};

use backend_kernel::{KernelDevice, OpenErrorKind, Options};
use dma_core::{Allocate as _, Backend as _, DmaBuffer as _, ErrorKind, Request};

use crate::device::{EDU, identification, open, start_writing};
use crate::removed::{ends, removing};
use crate::{PLACE, debug};

/// The root port that the card is plugged into.
const PORT: &str = "0000:00:04.0";
/// Its PCI Express capability, and in there the control of its slot.
const EXPRESS: u8 = 0x10;
const SLOT_CONTROL: u64 = 0x18;
/// Power indicator off, and power off: the emulator then takes the card out, and tells nobody.
const POWER_OFF: [u8; 2] = 0x0700_u16.to_le_bytes();

/// The slot that the card is in.
struct Slot {
    configuration: File,
    control: u64,
}

impl Slot {
    fn find() -> Self {
        let path = format!("/sys/bus/pci/devices/{PORT}/config");
        let configuration = File::options().read(true).write(true).open(path).unwrap();
        let byte = |offset: u64| {
            let mut byte = [0];
            configuration.read_exact_at(&mut byte, offset).unwrap();
            byte[0]
        };
        let mut capability = byte(0x34);
        while byte(capability.into()) != EXPRESS {
            capability = byte(u64::from(capability) + 1);
            assert_ne!(capability, 0, "{PORT} is no root port");
        }
        Self { configuration, control: u64::from(capability) + SLOT_CONTROL }
    }

    /// Takes the card out behind the kernel's back.
    fn pull_out(&self) {
        self.configuration.write_all_at(&POWER_OFF, self.control).unwrap();
    }
}

// A card that is pulled out while it writes, and while a program has it open, harms nobody: its
// registers answer something else, its buffer keeps its bytes, commands are refused or do nothing, the
// device can be closed in a few seconds, and then removed, without a complaint of the kernel's.
#[test]
#[ignore = "pulls the card out for good: for guests"]
fn card_that_is_pulled_out_harms_nobody() {
    let device = open("");
    let registers = device.region(0).unwrap();
    let mut buffer = device.memory().allocate(Request::bytes(8192)).unwrap();
    buffer.bytes_mut().fill(0x5a);
    device.set_bus_mastering(true).unwrap();
    assert_eq!(identification(&registers), EDU);
    // All is made ready, since the card writes after a tenth of a second.
    let slot = Slot::find();
    start_writing(&registers, buffer.run(0, 8).0.get());
    slot.pull_out();
    assert_ne!(identification(&registers), EDU, "it is out");
    // Longer than its transfer takes.
    std::thread::sleep(Duration::from_millis(300));
    assert!(buffer.bytes().iter().all(|byte| *byte == 0x5a), "nobody wrote it");
    buffer.bytes_mut().fill(0xa5);
    assert!(buffer.bytes().iter().all(|byte| *byte == 0xa5));
    // There is nothing to reset any more.
    assert_eq!(device.reset().unwrap_err().kind(), ErrorKind::Gone);
    // What needs no card goes on.
    let another = device.memory().allocate(Request::bytes(4096)).unwrap();
    another.unmap().unwrap();
    buffer.unmap().unwrap();
    let start = Instant::now();
    drop((registers, device));
    let closing = start.elapsed();
    assert!(closing < Duration::from_secs(10), "closing it took {closing:?}");
    let start = Instant::now();
    ends(removing());
    let removal = start.elapsed();
    let gone = KernelDevice::open(PLACE, Options::default()).unwrap_err();
    assert_eq!(gone.kind(), OpenErrorKind::Missing);
    debug::nothing_is_left();
    let [closing, removal] = [closing, removal].map(|time| time.as_millis());
    println!("closed in {closing} ms of the guest's time, removed in {removal}");
}
