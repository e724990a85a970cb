//! The card through the client: opened, and made to carry bytes.

use std::time::{Duration, Instant};

use backend_kernel::{KernelDevice, Options, Registers};
use dma_core::{Access, AddressMask, Allocate as _, Backend as _, DmaBuffer as _, Request};

use crate::PLACE;

/// What `edu` is called in its first register.
pub(crate) const EDU: u32 = 0x0100_00ed;
/// Registers of `edu`.
pub(crate) const RAISE: usize = 0x60;
pub(crate) const ACKNOWLEDGE: usize = 0x64;
const SOURCE: usize = 0x80;
const DESTINATION: usize = 0x88;
const COUNT: usize = 0x90;
const COMMAND: usize = 0x98;
/// Its own memory.
const MEMORY: u64 = 0x4_0000;

/// Opens it; a program that has just closed it may take a moment for that.
pub(crate) fn open(options: &str) -> KernelDevice {
    let options = Options::parse(options).unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        // SAFETY: the card is emulated, in a guest of its own, and told only addresses of ours.
        match unsafe { KernelDevice::open_unprotected(PLACE, options) } {
            Ok(device) => return device,
            Err(error) => assert!(Instant::now() < end, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Writes a register of 32 bits.
pub(crate) fn store(registers: &Registers, offset: usize, value: u32) {
    // SAFETY: a register of the card's that names no memory.
    unsafe { Access::<u32>::store(registers, offset, value) };
}

fn store_wide(registers: &Registers, offset: usize, value: u64) {
    // SAFETY: of addresses only those of live mappings are written.
    unsafe { Access::<u64>::store(registers, offset, value) };
}

fn run(registers: &Registers, source: u64, destination: u64, count: u64, command: u64) {
    let end = Instant::now() + Duration::from_secs(10);
    // SAFETY: a register of the card's.
    let busy = || unsafe { Access::<u64>::load(registers, COMMAND) } & 1 != 0;
    let wait = || {
        while busy() {
            assert!(Instant::now() < end, "the card does not end its transfer");
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    wait();
    store_wide(registers, SOURCE, source);
    store_wide(registers, DESTINATION, destination);
    store_wide(registers, COUNT, count);
    store_wide(registers, COMMAND, command);
    wait();
}

/// Lets the card write eight bytes of its memory, and does not wait for it.
pub(crate) fn start_writing(registers: &Registers, destination: u64) {
    store_wide(registers, SOURCE, MEMORY);
    store_wide(registers, DESTINATION, destination);
    store_wide(registers, COUNT, 8);
    store_wide(registers, COMMAND, 3);
}

/// What the card answers first; all ones or zeros where there is none.
pub(crate) fn identification(registers: &Registers) -> u32 {
    // SAFETY: a register of the card's that reading does not change.
    unsafe { Access::<u32>::load(registers, 0) }
}

/// Eight bytes to the card and back.
pub(crate) fn carries(pattern: u64) {
    let device = open("interrupts=polling");
    carry(&device, pattern);
}

/// The same over a device that is open.
pub(crate) fn carry(device: &KernelDevice, pattern: u64) {
    let registers = device.region(0).unwrap();
    let request = Request::bytes(64).within(AddressMask::bits(32));
    let mut out = device.memory().allocate(request).unwrap();
    let back = device.memory().allocate(request).unwrap();
    out.bytes_mut()[..8].copy_from_slice(&pattern.to_le_bytes());
    device.set_bus_mastering(true).unwrap();
    run(&registers, out.run(0, 8).0.get(), MEMORY, 8, 1);
    run(&registers, MEMORY, back.run(0, 8).0.get(), 8, 3);
    device.set_bus_mastering(false).unwrap();
    assert_eq!(back.bytes()[..8], pattern.to_le_bytes());
    assert_eq!(back.bytes()[8..], [0; 56]);
}
