//! I/O ports of x86, asked of the kernel: those for clouds have no `/dev/port`.

use std::arch::asm;

use guest_init::error::{Error, Result};

/// Number of the system call `ioperm`.
const IOPERM: isize = 173;

/// Writes a byte to an I/O port.
pub(crate) fn write_port(port: u16, value: u8) -> Result<()> {
    let mut answer = IOPERM;
    // SAFETY: `ioperm(port, 1, 1)` takes three numbers, permits this process one port, and touches
    // no memory; the kernel changes no other register than those named here.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") answer,
            in("rdi") u64::from(port),
            in("rsi") 1_u64,
            in("rdx") 1_u64,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack, nomem),
        );
    }
    if answer < 0 {
        let number = i32::try_from(-answer).unwrap_or(0);
        let system = std::io::Error::from_raw_os_error(number);
        return Err(Error::new(format!("ask for the I/O port {port:#x}: {system}")));
    }
    // SAFETY: the port is permitted, and whoever made the job says that a byte there only tells
    // the emulator to end.
    unsafe {
        asm!(
            "out dx, al",
            in("dx") port,
            in("al") value,
            options(nostack, nomem, preserves_flags),
        );
    }
    Ok(())
}
