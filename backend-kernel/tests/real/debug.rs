//! What the kernel's own checks of DMA say.
#![forbid(unsafe_code)]

use std::fs;
use std::process::Command;

use backend_kernel_abi as abi;

use crate::PLACE;

const FOLDER: &str = "/sys/kernel/debug/dma-api";

/// All that is mapped, a line each, where the kernel checks; there is no misuse of the DMA API so far.
fn mapped() -> Option<Vec<String>> {
    if fs::metadata(FOLDER).is_err() {
        let mount = ["mount", "-t", "debugfs", "none", "/sys/kernel/debug"];
        let done = Command::new("/bin/busybox").args(mount).status();
        if !done.is_ok_and(|status| status.success()) || fs::metadata(FOLDER).is_err() {
            return None;
        }
    }
    let read = |file: &str| fs::read_to_string(format!("{FOLDER}/{file}")).unwrap();
    assert_eq!(read("disabled").trim(), "N", "the kernel has given its checks of DMA up");
    assert_eq!(read("error_count").trim(), "0", "the kernel counts misuse of the DMA API");
    Some(read("dump").lines().map(str::to_owned).collect())
}

/// No misuse of the DMA API so far, and nothing of the card's is mapped any more. Says nothing on
/// kernels that do not check.
pub(crate) fn nothing_is_left() {
    let left = mapped().unwrap_or_default().into_iter().filter(|line| line.contains(PLACE));
    let left: Vec<String> = left.collect();
    assert!(left.is_empty(), "still mapped: {left:?}");
}

/// The same for every device that the module had, and by the kernel's count of what it keeps track
/// of; how many mappings of others there are, where the kernel checks.
pub(crate) fn nothing_of_ours_is_left() -> Option<usize> {
    let lines = mapped()?;
    let left: Vec<&String> = lines.iter().filter(|line| line.contains(abi::DRIVER)).collect();
    assert!(left.is_empty(), "still mapped: {left:?}");
    let count = |file: &str| -> usize {
        fs::read_to_string(format!("{FOLDER}/{file}")).unwrap().trim().parse().unwrap()
    };
    let used = count("nr_total_entries") - count("num_free_entries");
    assert_eq!(used, lines.len(), "entries that are no mapping of a device");
    Some(used)
}
