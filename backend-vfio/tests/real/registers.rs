//! Registers, configuration space, bus mastering, reset, and giving the device up.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use dma_core::{Backend, ErrorKind, Identity, RegisterSpace, Signal};
use host_linux::pci::{Command, register};

use crate::card::{BEHIND_PORT, Edu, IDENTIFICATION, LIVENESS, ON_ROOT_BUS};

const SIGNATURE: u32 = 0x0100_00ed;

fn command(card: &Edu) -> Command {
    let mut bytes = [0; 2];
    card.device.read_config(register::COMMAND, &mut bytes).unwrap();
    Command::from_bits_retain(u16::from_le_bytes(bytes))
}

// A BAR is the same mapped and through the kernel; what is not there is refused.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn registers_are_the_same_mapped_and_through_the_kernel() {
    let card = Edu::open(BEHIND_PORT, "");
    assert_eq!(card.device.identity(), Identity::Pci { vendor: 0x1234, device: 0x11e8 });
    assert_eq!(card.registers.size(), 1 << 20);
    assert_eq!(card.load(IDENTIFICATION), SIGNATURE);
    let mut bytes = [0; 4];
    card.device.read(0, 0, &mut bytes).unwrap();
    assert_eq!(u32::from_le_bytes(bytes), SIGNATURE);
    card.store(LIVENESS, 0x1234_5678);
    card.device.read(0, 4, &mut bytes).unwrap();
    assert_eq!(u32::from_le_bytes(bytes), !0x1234_5678);
    assert_eq!(card.device.region(1).unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(card.device.region(77).unwrap_err().kind(), ErrorKind::Unsupported);
    let beyond = card.device.read(0, (1 << 20) - 2, &mut bytes).unwrap_err();
    assert_eq!(beyond.kind(), ErrorKind::OutOfReach);
    let beyond = card.device.read_config(0xfff, &mut bytes).unwrap_err();
    assert_eq!(beyond.kind(), ErrorKind::OutOfReach);
}

// The card masters the bus only when it is asked to, and not any more after it was closed.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn bus_mastering_is_off_until_it_is_asked_for() {
    let card = Edu::open(BEHIND_PORT, "");
    assert!(!command(&card).contains(Command::BUS_MASTER));
    assert!(command(&card).contains(Command::MEMORY));
    card.device.set_bus_mastering(true).unwrap();
    assert!(command(&card).contains(Command::BUS_MASTER));
    card.device.set_bus_mastering(false).unwrap();
    assert!(!command(&card).contains(Command::BUS_MASTER));
    card.device.set_bus_mastering(true).unwrap();
    drop(card);
    let again = Edu::open(BEHIND_PORT, "");
    assert!(!command(&again).contains(Command::BUS_MASTER));
}

// After a reset the card is off until the proof is given back, and works then; proofs of older
// resets, and of other cards, are none.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn reset_leaves_the_card_off_until_it_is_resumed() {
    let card = Edu::open(BEHIND_PORT, "");
    let signal = card.device.signal(0).unwrap();
    card.device.set_bus_mastering(true).unwrap();
    let before = signal.epoch();
    let older = card.device.reset().unwrap();
    assert_eq!(signal.epoch().resets, before.resets + 1);
    assert!(!command(&card).contains(Command::BUS_MASTER));
    assert_eq!(card.load(IDENTIFICATION), SIGNATURE, "registers answer again");
    let refused = card.device.set_bus_mastering(true).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::WasReset);
    let quiet = card.device.reset().unwrap();
    assert_eq!(card.device.resume(older).unwrap_err().kind(), ErrorKind::WasReset);
    assert!(!command(&card).contains(Command::BUS_MASTER));
    card.device.resume(quiet).unwrap();
    assert!(command(&card).contains(Command::BUS_MASTER));
    card.there_and_back(0x44);
    let other = Edu::open(ON_ROOT_BUS, "");
    assert_eq!(other.device.reset().unwrap_err().kind(), ErrorKind::Unsupported);
}

// Registers of a card that was given up read as all ones, and no access ends the process.
#[test]
#[ignore = "needs a card: cargo xtask test guests"]
fn given_up_registers_read_as_ones() {
    let card = Edu::open(BEHIND_PORT, "");
    let other = card.device.region(0).unwrap();
    assert!(!card.device.is_wanted_back().unwrap());
    card.device.give_up().unwrap();
    for offset in [IDENTIFICATION, 0x24, 0xf_fffc] {
        assert_eq!(card.load(offset), u32::MAX);
    }
    card.store(LIVENESS, 5);
    assert!(!command(&card).contains(Command::BUS_MASTER));
    drop((card, other));
    assert_eq!(
        Edu::open(BEHIND_PORT, "").load(IDENTIFICATION),
        SIGNATURE,
        "opened anew, it is there"
    );
}
