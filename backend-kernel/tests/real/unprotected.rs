//! A card that nothing translates for: refused, unless who may answers for it.
#![forbid(unsafe_code)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use backend_kernel::{KernelDevice, OpenErrorKind, Options};
use backend_kernel_abi::NODES;
use dma_core::{Allocate as _, Backend as _, DmaBuffer as _, DomainId, Request};

use crate::device::{carries, open};
use crate::{PLACE, debug};

/// Tells a child that it is one.
const CHILD: &str = "ANYDMA_TEST_CHILD";
/// A user of guests that is not root.
const USER: u32 = 1000;

fn refusal() -> (OpenErrorKind, String) {
    let error = KernelDevice::open(PLACE, Options::default()).unwrap_err();
    (error.kind(), error.to_string())
}

// Even root is refused, with the reason, until somebody answers for it; then the card works in the
// physical address space, with memory of the kernel's DMA API.
#[test]
#[ignore = "needs a card that nothing translates for: for guests"]
fn unprotected_card_is_refused_unless_it_is_asked_for() {
    drop(open(""));
    let (kind, text) = refusal();
    assert_eq!(kind, OpenErrorKind::Unprotected, "{text}");
    assert!(text.contains("it can reach all memory"), "{text}");
    println!("refused: {text}");
    let device = open("");
    assert!(!device.is_translated());
    let buffer = device.memory().allocate(Request::bytes(1 << 20)).unwrap();
    assert_eq!(buffer.domain(), DomainId::PHYSICAL);
    let (first, run) = buffer.run(0, buffer.len());
    assert!(
        first.get() > 0 && run == 1 << 20,
        "without translation coherent memory is in one piece"
    );
    drop((buffer, device));
    carries(0x66);
    debug::nothing_is_left();
}

/// What the child of the next test does; by itself nothing.
#[test]
#[ignore = "the child of card_needs_the_privilege"]
fn child_has_no_privilege() {
    if std::env::var_os(CHILD).is_some() {
        let (kind, text) = refusal();
        assert_eq!(kind, OpenErrorKind::NoPrivilege, "{text}");
        assert!(text.contains("CAP_SYS_RAWIO"), "{text}");
        println!("refused: {text}");
    }
}

// Who may open the node, but lacks the privilege to reach all memory, does not get the card.
#[test]
#[ignore = "needs a card that nothing translates for: for guests"]
fn card_needs_the_privilege() {
    drop(open(""));
    let node = format!("{NODES}/{PLACE}");
    let before = fs::metadata(&node).unwrap().permissions();
    fs::set_permissions(&node, Permissions::from_mode(0o666)).unwrap();
    let program = std::env::current_exe().unwrap();
    let test = "unprotected::child_has_no_privilege";
    let mut child = Command::new(program);
    child.args(["--ignored", "--exact", "--nocapture", test]).env(CHILD, "1").uid(USER).gid(USER);
    let output = child.output().unwrap();
    fs::set_permissions(&node, before).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("refused: "), "{said}");
    println!("{said}");
}
