//! The two processors that guests have, and what differs by them.

use guest_init::job::{Exit, GOOD, status};

/// I/O port of the emulator's debug-exit device.
const EXIT_PORT: u16 = 0xf4;

/// A processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// 64-bit x86.
    X86,
    /// 64-bit ARM.
    Arm,
}

impl Architecture {
    /// As Debian calls it.
    #[must_use]
    pub fn debian(self) -> &'static str {
        match self {
            Self::X86 => "amd64",
            Self::Arm => "arm64",
        }
    }

    /// As rustc calls the target of our programs, which are linked statically.
    #[must_use]
    pub fn target(self) -> &'static str {
        match self {
            Self::X86 => "x86_64-unknown-linux-gnu",
            Self::Arm => "aarch64-unknown-linux-gnu",
        }
    }

    /// The emulator's program.
    #[must_use]
    pub fn emulator(self) -> &'static str {
        match self {
            Self::X86 => "qemu-system-x86_64",
            Self::Arm => "qemu-system-aarch64",
        }
    }

    /// The kernel's name of the serial line.
    #[must_use]
    pub fn console(self) -> &'static str {
        match self {
            Self::X86 => "ttyS0",
            Self::Arm => "ttyAMA0",
        }
    }

    /// How many address bits its `edu` devices have: see `machine.rs`.
    #[must_use]
    pub fn device_bits(self) -> u32 {
        match self {
            Self::X86 => 32,
            Self::Arm => 64,
        }
    }

    /// How a guest tells the emulator that it is done.
    #[must_use]
    pub fn exit(self) -> Exit {
        match self {
            Self::X86 => Exit::Port(EXIT_PORT),
            Self::Arm => Exit::PowerOff,
        }
    }

    /// The emulator's exit status after a job that went well.
    #[must_use]
    pub fn good_status(self) -> i32 {
        match self.exit() {
            Exit::Port(_) => status(GOOD),
            Exit::PowerOff => 0,
        }
    }
}
