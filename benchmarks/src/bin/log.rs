//! Reading a kernel log for faults, beside counting its lines.
//!
//! One operation is a mebibyte of an ordinary log in which one line of some thousand is about a
//! fault: 5 ms for it are 200 MB a second. `--json` prints lines for programs.
#![forbid(unsafe_code)]

use std::hint::black_box;

use benchmarks::table::Table;
use benchmarks::turns;
use diagnostics::{Log, Parser};

/// What a booted machine says, more or less.
const ORDINARY: &str = "\
[   12.345678] usb 1-1: new high-speed USB device number 5 using xhci_hcd
[   12.456789] eth0: Link is Up - 1Gbps/Full - flow control rx/tx
[   13.000001] systemd[1]: Started Journal Service.
[   13.100002] EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null)
[   13.200003] audit: type=1400 audit(1600000000.000:10): apparmor=\"STATUS\" operation=\"load\"
";
/// A line about a fault.
const FAULT: &str = "\
[   14.000000] DMAR: [DMA Write NO_PASID] Request device [0000:03:00.0] fault addr 0x8bd4000 \
[fault reason 0x05] PTE Write access is not set
";
/// Ordinary lines, in units of [`ORDINARY`], for each that is about a fault.
const BETWEEN: usize = 400;
/// Pieces that a log is read in.
const PIECE: usize = 256 * 1024;
const MEBIBYTE: usize = 1 << 20;
/// Mebibytes read in one turn.
const TURN: u32 = 8;

fn main() {
    let unit = ORDINARY.repeat(BETWEEN) + FAULT;
    let mut log = unit.repeat(TURN as usize * MEBIBYTE / unit.len() + 1).into_bytes();
    log.truncate(TURN as usize * MEBIBYTE);

    let mut lines = || {
        let count: usize = log.split(|&byte| byte == b'\n').count();
        black_box(count);
        TURN
    };
    let mut faults = || {
        let (mut read, mut parser) = (Log::default(), Parser::new());
        for piece in black_box(&log).chunks(PIECE) {
            parser.feed(piece, &mut |event| read.take(event));
        }
        parser.finish(&mut |event| read.take(event));
        if read.faults.len() == 1 { TURN } else { 0 }
    };
    let times = turns::run(&mut [("count lines", &mut lines), ("find faults", &mut faults)]);
    Table { operation: "a mebibyte of a kernel log", times }.print();
}
