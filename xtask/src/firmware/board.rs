//! A board: what its image is called and built for, and how it is emulated.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use crate::error::Result;
use crate::guest::qemu::Qemu;
use crate::targets::build_std_command;
use crate::workspace::Workspace;

/// How long an image may run; it takes seconds.
const LIMIT: Duration = Duration::from_mins(3);

/// A board and its image.
#[derive(Debug)]
pub(super) struct Board {
    /// The package of the image, which is also its file.
    pub(super) package: &'static str,
    /// What it is built for.
    target: &'static str,
    /// The emulator.
    emulator: &'static str,
    /// Its arguments, besides those that every board has.
    arguments: &'static [&'static str],
    /// How much time an instruction takes, and none a sleep: the same on every machine.
    pace: &'static str,
}

/// Every board.
pub(super) const BOARDS: [Board; 2] = [
    Board {
        package: "mps2-an505",
        target: "thumbv8m.main-none-eabihf",
        emulator: "qemu-system-arm",
        arguments: &["-M", "mps2-an505"],
        // 64 ns an instruction.
        pace: "shift=6,sleep=off",
    },
    Board {
        package: "virt",
        target: "aarch64-unknown-none",
        emulator: "qemu-system-aarch64",
        arguments: &[
            "-M",
            "virt,highmem=off,gic-version=3",
            "-cpu",
            "cortex-a72",
            "-device",
            "edu,dma_mask=0xffffffff",
        ],
        // 512 ns an instruction: the card takes 100 ms for each transfer.
        pace: "shift=9,sleep=off",
    },
];

impl Board {
    /// Builds the image; where it lies.
    pub(super) fn build(&self, workspace: &Workspace) -> Result<PathBuf> {
        build_std_command(workspace, self.target, "build")?
            .folder(workspace.root.join("firmware"))
            .args(["--release", "--package", self.package])
            // Without it, only errors are compiled in.
            .env("DEFMT_LOG", "info")
            .run()?;
        let built = workspace.target.join("build-std").join(self.target);
        Ok(built.join("release").join(self.package))
    }

    /// Runs it to its end; what it wrote and how it ended.
    pub(super) fn start(&self, qemu: &Qemu, image: &Path) -> Result<Output> {
        let command = qemu
            .program(self.emulator)
            .args(self.arguments)
            .args(["-nodefaults", "-nographic", "-monitor", "none", "-serial", "none"])
            .args(["-semihosting-config", "enable=on,target=native"])
            .args(["-icount", self.pace])
            .arg("-kernel")
            .arg(image)
            .limit(LIMIT);
        println!("  $ {}", command.line());
        command.bytes()
    }
}
