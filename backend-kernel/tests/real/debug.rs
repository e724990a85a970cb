//! What the kernel's own checks of DMA say.
#![forbid(unsafe_code)]

use std::fs;
use std::process::Command;

use crate::PLACE;

/// No misuse of the DMA API so far, and nothing of the card's is mapped any more. Says nothing on
/// kernels that do not check.
pub(crate) fn nothing_is_left() {
    let folder = "/sys/kernel/debug/dma-api";
    if fs::metadata(folder).is_err() {
        let mount = ["mount", "-t", "debugfs", "none", "/sys/kernel/debug"];
        let done = Command::new("/bin/busybox").args(mount).status();
        if !done.is_ok_and(|status| status.success()) || fs::metadata(folder).is_err() {
            return;
        }
    }
    let errors = fs::read_to_string(format!("{folder}/error_count")).unwrap();
    assert_eq!(errors.trim(), "0", "the kernel counts misuse of the DMA API");
    let dump = fs::read_to_string(format!("{folder}/dump")).unwrap();
    let left: Vec<&str> = dump.lines().filter(|line| line.contains(PLACE)).collect();
    assert!(left.is_empty(), "still mapped: {left:?}");
}
