//! What stands in the way, each with its own kind and what to type.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::os::unix::process::CommandExt as _;
use std::process::{Command, Output};

use backend_vfio::{OpenErrorKind, Options, VfioDevice};
use dma_core::{Allocate, Backend, ErrorKind};
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::card::{BEHIND_PORT, Edu};

/// Somebody without privileges.
const NOBODY: u32 = 65_534;
/// Tells a test that it is the child.
const CHILD: &str = "ANYDMA_TEST_CHILD";

fn refused(place: &str) -> (OpenErrorKind, String) {
    let error = VfioDevice::open(place, Options::default()).unwrap_err();
    assert!(!error.to_string().contains('\n'));
    (error.kind(), error.to_string())
}

/// Runs one test of this program as another user.
fn as_nobody(test: &str) -> Output {
    let program = std::env::current_exe().unwrap();
    let mut command = Command::new(program);
    command.args(["--ignored", "--exact", "--nocapture", test]).env(CHILD, "1");
    command.uid(NOBODY).gid(NOBODY).output().unwrap()
}

fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

// What cannot be opened says why, and what to type.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn refusals_say_what_to_type() {
    let (kind, text) = refused("0000:7f:00.0");
    assert_eq!(kind, OpenErrorKind::Missing, "{text}");
    assert!(text.contains("lspci -D"), "{text}");
    let (kind, text) = refused("card");
    assert_eq!(kind, OpenErrorKind::BadAddress, "{text}");
    // A root port: another driver has it.
    let (kind, text) = refused("0000:00:04.0");
    assert_eq!(kind, OpenErrorKind::WrongDriver, "{text}");
    assert!(text.contains("driverctl set-override 0000:00:04.0 vfio-pci"), "{text}");
}

// A card is opened once in a process; when all that was taken from it is gone, again.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn card_is_opened_once_at_a_time() {
    let card = Edu::open(BEHIND_PORT, "");
    let (kind, text) = refused(BEHIND_PORT);
    assert_eq!(kind, OpenErrorKind::Busy, "{text}");
    let Edu { device, registers } = card;
    drop(device);
    assert_eq!(refused(BEHIND_PORT).0, OpenErrorKind::Busy, "its registers are still there");
    drop(registers);
    Edu::open(BEHIND_PORT, "");
}

/// What the child of the next test does; by itself nothing, where it is not that child.
#[test]
#[ignore = "the child of card_of_another_process_is_busy"]
fn child_finds_the_card_busy() {
    if is_child() {
        let (kind, text) = refused(BEHIND_PORT);
        assert_eq!(kind, OpenErrorKind::Busy, "{text}");
        assert!(text.contains("fuser"), "{text}");
    }
}

// A card that another process has is busy, by group and by its own node.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn card_of_another_process_is_busy() {
    for options in ["iommu=type1", ""] {
        let _card = Edu::open(BEHIND_PORT, options);
        let program = std::env::current_exe().unwrap();
        let test = "refusals::child_finds_the_card_busy";
        let mut command = Command::new(program);
        let output = command.args(["--ignored", "--exact", test]).env(CHILD, "1").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// What the child of the next test does.
#[test]
#[ignore = "the child of ordinary_user_needs_the_node_only"]
fn child_opens_as_an_ordinary_user() {
    if !is_child() {
        return;
    }
    match VfioDevice::open(BEHIND_PORT, Options::parse("iommu=type1").unwrap()) {
        Err(error) => {
            assert_eq!(error.kind(), OpenErrorKind::NoPermission, "{error}");
            assert!(error.what_to_do().contains("60-anydma-vfio.rules"), "{error}");
            println!("refused: {error}");
        }
        Ok(device) => {
            let limit = Some(64 << 10);
            setrlimit(Resource::Memlock, Rlimit { current: limit, maximum: limit }).unwrap();
            Edu::of(device.clone()).there_and_back(0x55);
            let refused = device.memory().allocate(Edu::request(1 << 20)).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::NoMemory, "{refused}");
            assert!(refused.to_string().contains("ulimit -l"), "{refused}");
            println!("opened; then {refused}");
        }
    }
}

// An ordinary user may not, and says which rule is missing; with the node, which is what the rule
// gives, the user drives the card, within the limit on locked memory, which is told when it is met.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn ordinary_user_needs_the_node_only() {
    let child = "refusals::child_opens_as_an_ordinary_user";
    let said = |output: &Output| {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        println!("{text}");
        text
    };
    assert!(said(&as_nobody(child)).contains("refused: "));
    let link =
        std::fs::read_link(format!("/sys/bus/pci/devices/{BEHIND_PORT}/iommu_group")).unwrap();
    let group = link.file_name().unwrap().to_string_lossy().into_owned();
    for node in [format!("/dev/vfio/{group}"), "/dev/vfio/vfio".to_owned()] {
        std::os::unix::fs::chown(node, Some(NOBODY), None).unwrap();
    }
    assert!(said(&as_nobody(child)).contains("opened; then "));
    std::os::unix::fs::chown(format!("/dev/vfio/{group}"), Some(0), None).unwrap();
}
