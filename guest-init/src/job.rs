//! A job: what a guest shall do, step by step, and how it shall end.
//!
//! It travels as JSON, because a kernel's command line is too short for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where the guest finds its job.
pub const PATH: &str = "/job.json";

/// Exit code of a guest whose job went well; see [`status`].
pub const GOOD: u8 = 0x10;
/// Exit code of a guest whose job did not.
pub const BAD: u8 = 0x11;

/// The emulator's exit status when a guest ends with this code through [`Exit::Port`].
///
/// Neither 0 nor 1, which the emulator has for ends of its own: a panic of the guest is 0.
#[must_use]
pub const fn status(code: u8) -> i32 {
    2 * code as i32 + 1
}

/// All that a guest shall do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// How the guest tells the emulator that it is done.
    pub exit: Exit,
    /// Steps in order; the first that cannot be done ends the job, a program or check that fails does not.
    pub steps: Vec<Step>,
}

/// How a guest ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exit {
    /// By writing a code to this I/O port, where the emulator's debug-exit device is.
    Port(u16),
    /// By switching the machine off.
    PowerOff,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Load a kernel module.
    Load {
        /// Its file.
        file: String,
        /// Its parameters, separated by blanks.
        parameters: String,
    },
    /// Write a text to a file of the kernel.
    Write {
        /// The file.
        file: String,
        /// The text.
        text: String,
    },
    /// Give all devices of one kind to a driver.
    Bind {
        /// "vendor:device" in hexadecimal, as `lspci -n` writes it; or the place of one device, as
        /// "0000:01:00.0".
        ids: String,
        /// Name of the driver.
        driver: String,
    },
    /// Look whether the machine is what it should be.
    Check(Expectation),
    /// Look whether the kernel has said that it is broken.
    Quiet,
    /// Run a program and pass on what it writes.
    Run(Program),
    /// A shell for a person, on the serial line, until it ends.
    Shell,
}

/// A program to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Its file in the guest.
    pub file: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Variables of its environment.
    pub environment: BTreeMap<String, String>,
    /// It is killed, with all that it started, after so many seconds.
    pub limit_seconds: u64,
}

/// What stands between a device and memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Translation {
    /// No IOMMU.
    Absent,
    /// An IOMMU that lets everything through.
    Passthrough,
    /// An IOMMU that translates.
    Translating,
}

/// What a machine should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// What stands between its devices and memory.
    pub translation: Translation,
    /// How many `edu` devices there are.
    pub edu: usize,
    /// How many NVMe controllers there are.
    pub nvme: usize,
    /// Whether the kernel has iommufd and one VFIO node per device.
    pub iommufd: bool,
    /// Whether VFIO takes devices without an IOMMU.
    pub no_iommu: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    // A job comes out of its JSON as it went in.
    #[test]
    fn job_survives_its_json() {
        let program = Program {
            file: "/tests/a".to_owned(),
            arguments: vec!["--x".to_owned()],
            environment: BTreeMap::from([("A".to_owned(), "b c".to_owned())]),
            limit_seconds: 5,
        };
        let load = Step::Load { file: "/modules/vfio.ko".to_owned(), parameters: String::new() };
        let job =
            Job { exit: Exit::Port(0xf4), steps: vec![load, Step::Run(program), Step::Shell] };
        let text = serde_json::to_string(&job).unwrap();
        assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), job);
    }
}
