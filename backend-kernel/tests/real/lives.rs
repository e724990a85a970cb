//! Who may have the device when, and what happens as it is taken away.
#![forbid(unsafe_code)]

use std::fs;
use std::time::{Duration, Instant};

use backend_kernel::OpenErrorKind;
use backend_kernel_abi as abi;
use dma_core::{Allocate as _, Backend as _, ErrorKind, Request, Signal as _};
use rustix::io::Errno;
use rustix::mm::{MapFlags, ProtFlags};

use crate::device::{carries, open};
use crate::raw::{self, View};
use crate::{PLACE, debug};

const BOTH: ProtFlags = ProtFlags::READ.union(ProtFlags::WRITE);

/// Allocates so many bytes; the id and the offset.
fn allocate(file: &fs::File, length: u64) -> rustix::io::Result<(u32, u64)> {
    let mut words = [0; 64];
    words[0] = length;
    raw::command(file, abi::ALLOCATE, &mut words)?;
    Ok(((words[1] >> 32) as u32, words[3]))
}

fn free(file: &fs::File, id: u32) -> rustix::io::Result<i32> {
    let mut words = [0; 64];
    words[0] = u64::from(id);
    raw::command(file, abi::FREE, &mut words)
}

// A device is open once; who has it may allow others, and each file has its own memory.
#[test]
#[ignore = "needs the card: for guests"]
fn device_is_open_once_unless_shared() {
    drop(open(""));
    let first = raw::open().unwrap();
    let busy = raw::open().unwrap_err();
    assert_eq!(busy.raw_os_error(), Some(Errno::BUSY.raw_os_error()));
    let mut words = [0; 64];
    words[0] = 1;
    raw::command(&first, abi::SET_SHARED, &mut words).unwrap();
    let second = raw::open().unwrap();
    let (id, _) = allocate(&first, 4096).unwrap();
    assert_eq!(free(&second, id).unwrap_err(), Errno::NOENT, "it is the other's");
    free(&first, id).unwrap();
    drop((first, second));
    debug::nothing_is_left();
}

// Memory that a program has mapped is not freed, and keeps the device open after its file is closed.
#[test]
#[ignore = "needs the card: for guests"]
fn mapped_memory_stays_and_keeps_the_device() {
    drop(open(""));
    let file = raw::open().unwrap();
    let (id, offset) = allocate(&file, 8192).unwrap();
    let view = View::map(&file, offset, 8192, BOTH, MapFlags::SHARED).unwrap();
    assert_eq!(free(&file, id).unwrap_err(), Errno::BUSY);
    for (offset, length, flags) in [
        (offset, 3 * 4096, MapFlags::SHARED),
        (offset + 4096, 8192, MapFlags::SHARED),
        (offset, 4096, MapFlags::PRIVATE),
        (offset + (1 << 32), 4096, MapFlags::SHARED),
        (0, 4096, MapFlags::SHARED),
    ] {
        assert!(View::map(&file, offset, length, BOTH, flags).is_err(), "{offset:#x} {length}");
    }
    drop(file);
    assert_eq!(view.touch(0x5a), 0x5a);
    assert!(raw::open().is_err(), "the mapping has it");
    drop(view);
    debug::nothing_is_left();
    carries(1);
}

// More than its share a file does not get.
#[test]
#[ignore = "needs the card: for guests"]
fn quotas_hold() {
    drop(open(""));
    let file = raw::open().unwrap();
    assert_eq!(allocate(&file, 512 << 20).unwrap_err(), Errno::DQUOT);
    let mut pieces = 0;
    let refused = loop {
        match allocate(&file, 4096) {
            Ok(_) => pieces += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((refused, pieces), (Errno::DQUOT, 4096));
    drop(file);
    debug::nothing_is_left();
}

// Who unbinds the driver waits until the program has closed the device; the program is told, gets
// nothing new, keeps what it has, and its memory is good until it gives it back.
#[test]
#[ignore = "takes the card away: for guests"]
fn unbinding_waits_for_the_last_close() {
    let device = open("");
    let mut signal = device.signal(0).unwrap();
    let mut buffer = device.memory().allocate(Request::bytes(4096)).unwrap();
    let driver = format!("/sys/bus/pci/drivers/{}", abi::DRIVER);
    let unbind = format!("{driver}/unbind");
    let unbinding = std::thread::spawn(move || fs::write(unbind, PLACE));
    let until = Some(signal.now() + 10_000_000_000);
    assert_eq!(signal.wait(until).unwrap_err().kind(), ErrorKind::Gone);
    assert!(device.is_wanted_back().unwrap());
    buffer.bytes_mut().fill(0x77);
    let refused = device.memory().allocate(Request::bytes(4096)).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Gone);
    assert_eq!(device.set_bus_mastering(true).unwrap_err().kind(), ErrorKind::Gone);
    assert!(!unbinding.is_finished(), "it waits");
    assert!(buffer.bytes().iter().all(|byte| *byte == 0x77));
    buffer.unmap().unwrap();
    drop((signal, device));
    let end = Instant::now() + Duration::from_secs(20);
    while !unbinding.is_finished() {
        assert!(Instant::now() < end, "unbinding does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
    unbinding.join().unwrap().unwrap();
    let options = backend_kernel::Options::default();
    let gone = backend_kernel::KernelDevice::open(PLACE, options).unwrap_err();
    assert_eq!(gone.kind(), OpenErrorKind::WrongDriver);
    debug::nothing_is_left();
    fs::write(format!("{driver}/bind"), PLACE).unwrap();
    carries(2);
}

// The module cannot be unloaded while a device is open.
#[test]
#[ignore = "tries to unload the module: for guests"]
fn module_stays_while_a_device_is_open() {
    let device = open("");
    let name = std::ffi::CString::new(abi::DRIVER).unwrap();
    let refused = rustix::system::delete_module(&name, 0o4000).unwrap_err();
    assert!(matches!(refused, Errno::BUSY | Errno::AGAIN), "{refused}");
    drop(device);
    carries(3);
}
