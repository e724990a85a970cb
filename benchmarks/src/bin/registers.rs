//! Typed registers over mapped memory, beside raw volatile accesses.
//!
//! The machine code is compared elsewhere, instruction by instruction; this is what it takes.
//! `--json` prints lines for programs.

use std::hint::black_box;
use std::ptr::NonNull;

use benchmarks::table::Table;
use benchmarks::turns;
use dma_core::{DomainId, Error, Mmio};
use register_map::pl081::{self as map, Pl081};
use register_map::{ReadWriteable, Readable, Window, Writeable};

/// Accesses in one turn.
const TURN: u32 = 20_000;

/// Where the register is that is read and written.
const OFFSET: usize = 0x30;

/// What a driver written by hand keeps: a base.
struct Hand {
    base: *mut u8,
}

impl Hand {
    #[inline(always)]
    fn register(&self) -> *mut u32 {
        self.base.wrapping_add(OFFSET).cast()
    }
}

/// Ordinary memory in the place of registers, for ever.
fn memory() -> NonNull<u8> {
    NonNull::from(Box::leak(Box::new([0_u64; 512]))).cast()
}

fn main() -> Result<(), Error> {
    let base = memory();
    // SAFETY: leaked memory of 4096 bytes, aligned to 8, without side effects.
    let space = unsafe { Mmio::new(base, 4096, DomainId::PHYSICAL, ()) };
    // SAFETY: no device is behind it.
    let window = unsafe { Window::<Mmio, Pl081>::new(space) }.map_err(|refused| refused.error)?;
    let hand = Hand { base: base.as_ptr() };

    let (window, hand) = (&window, &hand);
    let mut raw_read = times(move || {
        // SAFETY: aligned, inside, initialised.
        black_box(unsafe { black_box(hand).register().read_volatile() });
    });
    let mut typed_read = times(move || {
        black_box(black_box(window).reg(map::CONFIGURATION).get());
    });
    compare("read a register", &mut raw_read, &mut typed_read);

    let mut raw_write = times(move || {
        // SAFETY: aligned and inside.
        unsafe { black_box(hand).register().write_volatile(black_box(1)) };
    });
    let mut typed_write =
        times(move || black_box(window).reg(map::CONFIGURATION).set(black_box(1)));
    compare("write a register", &mut raw_write, &mut typed_write);

    let bit = map::CONFIGURATION::E::SET.mask();
    let mut raw_modify = times(move || {
        let raw = black_box(hand).register();
        // SAFETY: aligned, inside, initialised.
        let value = unsafe { raw.read_volatile() };
        // SAFETY: as above.
        unsafe { raw.write_volatile(value | bit) };
    });
    let mut typed_modify =
        times(move || black_box(window).reg(map::CONFIGURATION).modify(map::CONFIGURATION::E::SET));
    compare("modify a register", &mut raw_modify, &mut typed_modify);
    Ok(())
}

/// A turn of accesses.
fn times(mut access: impl FnMut()) -> impl FnMut() -> u32 {
    move || {
        for _ in 0..TURN {
            access();
        }
        TURN
    }
}

fn compare(operation: &'static str, raw: &mut dyn FnMut() -> u32, typed: &mut dyn FnMut() -> u32) {
    let times = turns::run(&mut [("volatile by hand", raw), ("typed register", typed)]);
    Table { operation, times }.print();
}
