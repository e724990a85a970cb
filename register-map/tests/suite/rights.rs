//! Rights: what each kind of register stores and loads.

use dma_core::{DeviceAddress, ErrorKind};
use register_map::{ReadWriteable, Readable, Window, Writeable};

use crate::support::{
    ADDRESS, ANY_CLEARS, ANY_SETS, CAUSE, COMMAND, CONTROL, CONTROL_REGISTER, Card, Done,
    ONE_TO_CLEAR, ONE_TO_SET, ONE_TO_TOGGLE, PENDING, Recorder, SHORT_ADDRESS, SOURCE, TARGET,
    TIME, ZERO_TO_CLEAR, ZERO_TO_SET, ZERO_TO_TOGGLE, open,
};

fn window() -> (Recorder, Window<Recorder, Card>) {
    let space = Recorder::new(0x100, 8);
    (space.clone(), open(space).unwrap())
}

// Plain registers have all of tock's functions: fields, named values, modify.
#[test]
fn plain_register_reads_writes_and_modifies_fields() {
    let (space, window) = window();
    let control = window.reg(CONTROL_REGISTER);
    control.write(CONTROL::ENABLE::SET + CONTROL::MODE::Once);
    control.modify(CONTROL::MODE::Loop);
    assert!(control.is_set(CONTROL::ENABLE));
    assert_eq!(control.read_as_enum(CONTROL::MODE), Some(CONTROL::MODE::Value::Loop));
    assert_eq!(
        space.done(),
        [
            Done::Store(4, 4, 0x11),
            Done::Load(4, 4),
            Done::Store(4, 4, 0x21),
            Done::Load(4, 4),
            Done::Load(4, 4),
        ]
    );
}

// Bits that act when written: one store, no load, and no bit but the named ones acts.
#[test]
fn acting_bits_are_stored_alone_and_without_a_read() {
    let (space, window) = window();
    let failed = CAUSE::FAILED::SET;
    window.reg(ONE_TO_CLEAR).clear(failed);
    window.reg(ZERO_TO_CLEAR).clear(failed);
    window.reg(ONE_TO_SET).raise(failed);
    window.reg(ZERO_TO_SET).raise(failed);
    window.reg(ONE_TO_TOGGLE).toggle(failed);
    window.reg(ZERO_TO_TOGGLE).toggle(failed);
    window.reg(ANY_CLEARS).clear_all();
    window.reg(ANY_SETS).raise_all();
    assert_eq!(
        space.done(),
        [
            Done::Store(0x40, 4, 2),
            Done::Store(0x44, 4, 0xffff_fffd),
            Done::Store(0x48, 4, 2),
            Done::Store(0x4c, 4, 0xffff_fffd),
            Done::Store(0x50, 4, 2),
            Done::Store(0x54, 4, 0xffff_fffd),
            Done::Store(0x58, 4, 0),
            Done::Store(0x5c, 4, 0xffff_ffff),
        ]
    );
}

// Of a wide field only the bits that are one are cleared: others may have come since.
#[test]
fn clearing_part_of_a_field_leaves_its_other_bits() {
    let (space, window) = window();
    window.reg(ONE_TO_CLEAR).clear(PENDING.val(0b0101));
    window.reg(ONE_TO_CLEAR).clear_bits(0x21);
    assert_eq!(space.done(), [Done::Store(0x40, 4, 0x50), Done::Store(0x40, 4, 0x21)]);
}

// A 64-bit address register takes its address in one store.
#[test]
fn wide_address_is_one_store() {
    let (space, window) = window();
    // SAFETY: there is no device.
    unsafe { window.reg(ADDRESS).steer(DeviceAddress::new(0x1_2345_6789)) };
    assert_eq!(space.done(), [Done::Store(0x18, 8, 0x1_2345_6789)]);
    assert_eq!(window.reg(ADDRESS).get(), 0x1_2345_6789);
}

// A 32-bit address register takes what fits and stores nothing of what does not.
#[test]
fn address_beyond_32_bits_is_out_of_reach_of_a_short_register() {
    let (space, window) = window();
    let register = window.reg(SHORT_ADDRESS);
    // SAFETY: there is no device.
    unsafe { register.steer(DeviceAddress::new(0xffff_ffff)) }.unwrap();
    // SAFETY: there is no device.
    let error = unsafe { register.steer(DeviceAddress::new(0x1_0000_0000)) }.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OutOfReach);
    assert_eq!(space.done(), [Done::Store(0x20, 4, 0xffff_ffff)]);
}

// The order of a pair's halves is that of its definition, for addresses and for plain values.
#[test]
fn pair_keeps_its_word_order() {
    let (space, window) = window();
    let address = DeviceAddress::new(0x1111_2222_3333_4444);
    // SAFETY: there is no device.
    unsafe { window.pair(SOURCE).steer(address) };
    // SAFETY: there is no device.
    unsafe { window.pair(TARGET).steer(address) };
    window.pair(TIME).set(0xaaaa_bbbb_cccc_dddd);
    assert_eq!(
        space.done(),
        [
            Done::Store(0x28, 4, 0x3333_4444),
            Done::Store(0x2c, 4, 0x1111_2222),
            Done::Store(0x30, 4, 0x1111_2222),
            Done::Store(0x34, 4, 0x3333_4444),
            Done::Store(0x3c, 4, 0xaaaa_bbbb),
            Done::Store(0x38, 4, 0xcccc_dddd),
        ]
    );
    assert_eq!(window.pair(SOURCE).get(), 0x1111_2222_3333_4444);
    assert_eq!(window.pair(TARGET).get(), 0x1111_2222_3333_4444);
    assert_eq!(window.pair(TIME).get(), 0xaaaa_bbbb_cccc_dddd);
    assert_eq!(space.done().last(), Some(&Done::Load(0x38, 4)));
}

// A doorbell takes a whole command: fields that are not named are zero, and nothing is read.
#[test]
fn doorbell_is_one_store_of_the_whole_command() {
    let (space, window) = window();
    space.put(0x14, &[0xff; 4]);
    // SAFETY: there is no device.
    unsafe { window.reg(COMMAND).ring(CONTROL::ENABLE::SET + CONTROL::MODE::Loop) };
    // SAFETY: there is no device.
    unsafe { window.reg(COMMAND).ring_raw(0x8000_0000) };
    assert_eq!(space.done(), [Done::Store(0x14, 4, 0x21), Done::Store(0x14, 4, 0x8000_0000)]);
    assert_eq!(window.reg(COMMAND).get(), 0x8000_0000);
}
