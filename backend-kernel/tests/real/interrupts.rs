//! Interrupts of each kind, told by eventfd and by the node itself.
#![forbid(unsafe_code)]

use backend_kernel::InterruptKind;
use backend_kernel_abi as abi;
use dma_core::{Backend as _, Signal as _, Wake};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::device::{ACKNOWLEDGE, RAISE, open, store};
use crate::raw;

// Messages and the line both wake who waits, again and again; a line that is not acknowledged comes
// again as it is let through, and is masked meanwhile.
#[test]
#[ignore = "needs the card: for guests"]
fn every_kind_wakes() {
    for (name, kind) in [("msi", InterruptKind::Msi), ("intx", InterruptKind::Intx)] {
        let device = open(&format!("interrupts={name}"));
        assert_eq!(device.interrupts(), kind);
        // Messages are writes to memory, which the card must be allowed.
        device.set_bus_mastering(true).unwrap();
        let registers = device.region(0).unwrap();
        let mut signal = device.signal(0).unwrap();
        for _ in 0..20 {
            store(&registers, RAISE, 1);
            let until = Some(signal.now() + 5_000_000_000);
            assert_eq!(signal.wait(until).unwrap(), Wake::Fired, "{kind}");
            store(&registers, ACKNOWLEDGE, 1);
            let held_back = signal.rearm().unwrap();
            assert_eq!(held_back, kind == InterruptKind::Intx);
        }
        if kind == InterruptKind::Intx {
            store(&registers, RAISE, 1);
            let until = |signal: &backend_kernel::KernelSignal| Some(signal.now() + 2_000_000_000);
            assert_eq!(signal.wait(until(&signal)).unwrap(), Wake::Fired);
            // Not acknowledged: the line is still pulled as it is let through.
            assert!(signal.rearm().unwrap());
            assert_eq!(signal.wait(until(&signal)).unwrap(), Wake::Fired);
            store(&registers, ACKNOWLEDGE, 1);
        }
    }
}

// Who has no eventfd polls the node and reads how many there were.
#[test]
#[ignore = "needs the card: for guests"]
fn node_tells_of_interrupts() {
    drop(open(""));
    let file = raw::open().unwrap();
    let mut words = [0; 64];
    (words[0], words[1]) = (u64::from(abi::interrupt::MSI) | 1 << 32, 0);
    raw::command(&file, abi::SET_INTERRUPTS, &mut words).unwrap();
    // Vector 0, no eventfd, on.
    (words[0], words[1]) = (0xffff_ffff << 32, u64::from(abi::event::ON));
    raw::command(&file, abi::SET_EVENT, &mut words).unwrap();
    words = [1; 64];
    words[0] = 1;
    raw::command(&file, abi::SET_MASTER, &mut words).unwrap();
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    assert_eq!(poll(&mut [PollFd::new(&file, PollFlags::IN)], Some(&now)).unwrap(), 0);
    assert_eq!(rustix::io::read(&file, &mut [0; 8]).unwrap_err(), Errno::AGAIN);
}
