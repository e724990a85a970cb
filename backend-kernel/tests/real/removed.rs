//! The function is removed while a program has it.
#![forbid(unsafe_code)]

use std::path::Path;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use std::{fs, io};

use backend_kernel::{KernelDevice, OpenErrorKind, Options};
use backend_kernel_abi as abi;
use dma_core::{Allocate as _, Backend as _, ErrorKind, Request, Signal as _};

use crate::device::{EDU, carries, identification, open};
use crate::{PLACE, debug};

const FUNCTIONS: &str = "/sys/bus/pci/devices";

/// Removes the function, as the kernel does when it is told of it; ends when its driver has let go.
pub(crate) fn removing() -> JoinHandle<io::Result<()>> {
    let remove = format!("{FUNCTIONS}/{PLACE}/remove");
    std::thread::spawn(move || fs::write(remove, "1"))
}

/// Nobody waits so long; a kernel that checks whatever it does takes its time, though.
const PATIENCE: Duration = Duration::from_mins(10);

/// Waits until nobody has the function any more, nor knows of it.
pub(crate) fn ends(removing: JoinHandle<io::Result<()>>) {
    let there = || Path::new(&format!("{FUNCTIONS}/{PLACE}")).exists();
    let begun = Instant::now();
    while there() || !removing.is_finished() {
        assert!(begun.elapsed() < PATIENCE, "removing does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
    match removing.join().unwrap() {
        // The kernel has noticed by itself.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        result => result.unwrap(),
    }
    assert!(!Path::new(&format!("{}/{PLACE}", abi::NODES)).exists(), "its node");
}

// Who removes a function waits until the program has closed it. The program is told, gets nothing
// new, and can use what it has: a buffer keeps its bytes though the card may not reach it any more.
// After the close the function is gone, with all of its memory; found anew, it carries again.
#[test]
#[ignore = "removes the card: for guests"]
fn removed_function_serves_its_program_to_the_end() {
    let device = open("");
    let registers = device.region(0).unwrap();
    let mut signal = device.signal(0).unwrap();
    let mut buffer = device.memory().allocate(Request::bytes(8192)).unwrap();
    buffer.bytes_mut().fill(0x69);
    let removing = removing();
    let until = Some(signal.now() + 10_000_000_000);
    assert_eq!(signal.wait(until).unwrap_err().kind(), ErrorKind::Gone);
    let refused = device.memory().allocate(Request::bytes(4096)).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Gone);
    assert_eq!(device.set_bus_mastering(true).unwrap_err().kind(), ErrorKind::Gone);
    assert_eq!(identification(&registers), EDU, "its registers stay until the close");
    assert!(!removing.is_finished(), "it waits");
    buffer.bytes_mut()[..4096].fill(0x96);
    assert!(buffer.bytes()[..4096].iter().all(|byte| *byte == 0x96));
    assert!(buffer.bytes()[4096..].iter().all(|byte| *byte == 0x69));
    drop((device, registers, signal));
    std::thread::sleep(Duration::from_millis(200));
    assert!(!removing.is_finished(), "the buffer has the device open");
    assert!(buffer.bytes()[4096..].iter().all(|byte| *byte == 0x69));
    buffer.unmap().unwrap();
    ends(removing);
    let gone = KernelDevice::open(PLACE, Options::default()).unwrap_err();
    assert_eq!(gone.kind(), OpenErrorKind::Missing);
    debug::nothing_is_left();

    fs::write("/sys/bus/pci/rescan", "1").unwrap();
    let function = format!("{FUNCTIONS}/{PLACE}");
    fs::write(format!("{function}/driver_override"), abi::DRIVER).unwrap();
    fs::write("/sys/bus/pci/drivers_probe", PLACE).unwrap();
    carries(6);
}
