//! `anydma bind` and `unbind`: what they refuse before they touch anything.
//!
//! What they do to real functions is seen in guests.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Output, Stdio};

fn anydma(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anydma"));
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
}

// What is no function or no driver is refused with what to do, before anything is touched.
#[test]
fn nonsense_is_refused() {
    for (arguments, code, part) in [
        (&["bind", "0000:ff:1f.7", "vfio-pci"][..], 1, "anydma list"),
        (&["unbind", "0000:ff:1f.7"], 1, "anydma list"),
        (&["bind", "card", "vfio-pci"], 2, "lspci -D"),
        (&["bind", "0000:ff:1f.7", "../vfio"], 1, "not the name of a driver"),
        (&["bind", "0000:ff:1f.7"], 2, "DRIVER"),
        (&["bind", "--yes", "--dry-run", "0000:ff:1f.7", "x"], 2, "--dry-run"),
    ] {
        let output = anydma(arguments);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(part), "{arguments:?}: {text}");
    }
}
