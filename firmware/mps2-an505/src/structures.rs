//! The controller through structures of volatile cells, beside the typed registers.
//!
//! Both forms come from one description. On the hardware they must show the same reset values,
//! and what one writes the other must read, field by field.

use core::ptr::NonNull;

use conformance::{Halt, Value};
use register_map::pl081::channel::CONTROL;
use register_map::pl081::{self as map, Pl081};
use register_map::volatile::pl081 as structures;
use register_map::{Readable, Window, Writeable};

use crate::board::{self, CONTROLLER, Mps2};

/// The controller's registers as the ecosystem writes them.
fn cells() -> Result<&'static structures::Pl081, Halt> {
    let base = core::ptr::with_exposed_provenance_mut::<structures::Pl081>(CONTROLLER);
    let base = NonNull::new(base).ok_or(Halt::failed("the controller", "an address", "none"))?;
    // SAFETY: the board has a PL081 there for ever, and its registers are only ever touched
    // through volatile cells and single accesses of the bus.
    Ok(unsafe { base.as_ref() })
}

/// The reset values of a controller that nobody used yet.
pub(crate) fn reset_values(_: Mps2) -> Result<(), Halt> {
    let cells = cells()?;
    let plain = [
        &cells.int_status,
        &cells.int_tc_status,
        &cells.int_error_status,
        &cells.raw_int_tc_status,
        &cells.raw_int_error_status,
        &cells.enbld_chns,
    ];
    for cell in plain {
        equal(cell.read(), 0, "a status after reset")?;
    }
    for cell in [&cells.soft_b_req, &cells.soft_s_req, &cells.configuration, &cells.sync] {
        equal(cell.read(), 0, "a setting after reset")?;
    }
    for channel in &cells.channel {
        equal(channel.value.control.read(), 0, "a channel's control after reset")?;
        equal(channel.value.configuration.read(), 0, "a channel's configuration after reset")?;
    }
    let cell = [&cells.p_cell_id0, &cells.p_cell_id1, &cells.p_cell_id2, &cells.p_cell_id3];
    for (cell, expected) in cell.into_iter().zip([0x0d, 0xf0, 0x05, 0xb1]) {
        equal(cell.read(), expected, "the identification")?;
    }
    let [low, high, ..] = &cells.periph_id;
    equal((low.read() & 0xff) | (high.read() & 0xf) << 8, 0x081, "the part number")
}

/// What one form writes, the other reads.
pub(crate) fn fields(_: Mps2) -> Result<(), Halt> {
    let cells = cells()?;
    let [_, channel] = &cells.channel;
    let control = &channel.value.control;
    let missing = Halt::failed("the controller", "an address", "none");
    let space = board::controller().ok_or(missing)?;
    // SAFETY: a PL081, by the board's manual.
    let window = unsafe { Window::<_, Pl081>::new(space) };
    let window = window.map_err(|_| missing)?;
    let typed = window.cluster_at(map::CHANNEL, 1).ok_or(missing)?;
    let typed = typed.reg(map::channel::CONTROL);
    let before = control.read();

    typed.write(CONTROL::TRANSFER_SIZE.val(0x123) + CONTROL::D_WIDTH::HalfWord + CONTROL::DI::SET);
    let seen = control.read();
    equal(seen & CONTROL::TRANSFER_SIZE.val(0xfff).value, 0x123, "the size, by the structure")?;
    equal(seen & CONTROL::DI::SET.value != 0, true, "the increment, by the structure")?;
    equal(seen, typed.get(), "the whole register, by both")?;

    let words = (CONTROL::S_WIDTH::Word + CONTROL::TRANSFER_SIZE.val(0x456)).value;
    // SAFETY: the channel is off, so nothing uses what its control register says.
    unsafe { control.write(words) };
    equal(typed.read(CONTROL::TRANSFER_SIZE), 0x456, "the size, by the typed register")?;
    equal(typed.matches_all(CONTROL::S_WIDTH::Word), true, "the width, by the typed register")?;
    equal(typed.is_set(CONTROL::DI), false, "the increment, by the typed register")?;
    // SAFETY: as above.
    unsafe { control.write(before) };
    Ok(())
}

#[track_caller]
fn equal<T: PartialEq + Into<Value>>(seen: T, expected: T, what: &'static str) -> Result<(), Halt> {
    if seen == expected { Ok(()) } else { Err(Halt::failed(what, expected, seen)) }
}
