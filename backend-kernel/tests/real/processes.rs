//! Two programs that have the device at once, and the death of one of them.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use backend_kernel::{KernelDevice, OpenErrorKind, Options};
use backend_kernel_abi as abi;
use dma_core::{Allocate as _, Backend as _, Request};
use rustix::io::Errno;
use rustix::mm::{MapFlags, ProtFlags};

use crate::device::{carries, carry, open};
use crate::raw::{self, View};
use crate::{PLACE, debug};

/// Set for a program that is to stay until it is killed; whether it shares the device.
const STAYS: &str = "PROGRAM_STAYS";
/// What it says then.
const READY: &str = "the program has the device";
const LENGTH: u64 = 8192;
const BOTH: ProtFlags = ProtFlags::READ.union(ProtFlags::WRITE);

/// This program once more, for one of its tests.
pub(crate) fn again(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "--nocapture", "--test-threads=1", test]);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// Another program with the device and memory of it.
fn another(shares: &str) -> Child {
    let mut command = again("processes::program_has_memory_of_its_own");
    let mut program = command.env(STAYS, shares).spawn().unwrap();
    let said = BufReader::new(program.stdout.take().unwrap());
    assert!(said.lines().map_while(Result::ok).any(|line| line.contains(READY)), "{shares}");
    program
}

/// The device once the other program has closed it.
fn patiently() -> File {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        match raw::open() {
            Ok(file) => return file,
            Err(error) => assert!(Instant::now() < end, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

// A program has memory that it can map and that holds what it wrote; as the other one of two, it stays.
#[test]
#[ignore = "needs the card: for guests"]
fn program_has_memory_of_its_own() {
    let stays = std::env::var(STAYS).ok();
    let file = patiently();
    let mut words = [0; 64];
    words[0] = u64::from(stays.as_deref() == Some("shares"));
    raw::command(&file, abi::SET_SHARED, &mut words).unwrap();
    words = [0; 64];
    words[0] = LENGTH;
    raw::command(&file, abi::ALLOCATE, &mut words).unwrap();
    let view = View::map(&file, words[3], LENGTH as usize, BOTH, MapFlags::SHARED).unwrap();
    assert_eq!(view.touch(0x3c), 0x3c);
    if stays.is_some() {
        println!("{READY}");
        loop {
            std::thread::sleep(Duration::from_secs(1));
            assert_eq!(view.touch(0x3c), 0x3c);
        }
    }
}

// What one program has, another does not get, unless the first shares; it cannot reach its memory
// then; and when the first is killed, the device is stopped, because what it was told may be gone,
// and the second goes on: its memory is what it was, and the card carries again when it is let.
#[test]
#[ignore = "needs the card: for guests"]
fn second_program_survives_the_death_of_the_first() {
    let mut first = another("keeps it");
    let busy = KernelDevice::open(PLACE, Options::default()).unwrap_err();
    assert_eq!(busy.kind(), OpenErrorKind::Busy);
    first.kill().unwrap();
    first.wait().unwrap();

    let mut first = another("shares");
    let second = open("interrupts=polling");
    let mut buffer = second.memory().allocate(Request::bytes(4096)).unwrap();
    buffer.bytes_mut().fill(0x96);
    // Its first memory is the first's first, too, by number; not by what is in it.
    let mut words = [0; 64];
    let bare = raw::open().unwrap();
    assert_eq!(raw::command(&bare, abi::FREE, &mut words).unwrap_err(), Errno::NOENT);
    let view = View::map(&bare, 1 << 32, LENGTH as usize, BOTH, MapFlags::SHARED);
    assert!(view.is_err(), "memory of another program");
    drop(bare);
    carry(&second, 0x1234_5678_9abc);
    second.set_bus_mastering(true).unwrap();
    let before = second.info().unwrap();
    assert_ne!(before.flags & abi::info::MASTER, 0);

    first.kill().unwrap();
    first.wait().unwrap();
    let after = second.info().unwrap();
    assert_eq!(after.stops, before.stops + 1, "it had memory: the card is stopped");
    assert_eq!(after.flags & abi::info::MASTER, 0);
    assert!(buffer.bytes().iter().all(|byte| *byte == 0x96));
    carry(&second, 0xcba9_8765_4321);
    assert!(buffer.bytes().iter().all(|byte| *byte == 0x96));
    drop((buffer, second));
    debug::nothing_is_left();
    carries(5);
}
