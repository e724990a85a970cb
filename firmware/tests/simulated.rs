//! The checks of the boards, on a PC: the same source against a simulated PL081.
//!
//! The pool is as static as on a board. The simulated machine has it as RAM at an address of 32
//! bits, so that the drivers' limits are those of the chip.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use backend_bare::{Addresses, BareMemory, Coherent, StaticPool, lines};
use backend_mock::{ForeignMemory, Machine, MockDevice, MockSignal, MockSpace, Pl081Card, Trigger};
use dma_core::Backend;
use firmware::checks::Bench;

/// Where the chip has its RAM.
const PHYSICAL: i64 = 0x2000_0000;

type Pool = StaticPool<{ lines(1 << 20) }>;

/// A bench on a simulated chip; the chip lives as long as the rest of it.
struct Chip {
    bench: Bench<MockSpace, BareMemory, MockSignal>,
    machine: Machine,
    _device: MockDevice,
    _memory: ForeignMemory,
}

fn chip(pool: &'static Pool, trigger: Trigger) -> Chip {
    // SAFETY: no other machine or hardware is in the physical address space of this test: each
    // has a pool of its own, and no buffer leaves it.
    let machine = unsafe { Machine::builder().in_physical_domain() }.trigger(trigger).build();
    let here = pool.memory().cast::<u8>().addr().get() as u64;
    // SAFETY: static memory, which the pool hands out for the device to use.
    let memory = unsafe { machine.add_memory(PHYSICAL.cast_unsigned(), pool.memory()) }.unwrap();
    let device = machine.plug(Pl081Card::new());
    device.set_bus_mastering(true).unwrap();
    let signals = [device.signal(0).unwrap(), device.signal(0).unwrap()];
    let offset = PHYSICAL - here.cast_signed();
    // SAFETY: the machine has the pool there, untranslated, and its caches are coherent.
    let near = unsafe { BareMemory::new(pool, Addresses::Offset(offset), Coherent) };
    // SAFETY: this is not true, on purpose: every check refuses such memory before a device sees
    // its address.
    let far = unsafe { BareMemory::new(pool, Addresses::Offset(offset + (1 << 32)), Coherent) };
    // SAFETY: the card is a PL081, and this bench alone uses it.
    let bench = unsafe { Bench::new(device.region(0).unwrap(), near, far, signals) };
    Chip { bench, machine, _device: device, _memory: memory }
}

#[track_caller]
fn all_hold(pool: &'static Pool, trigger: Trigger) {
    let mut chip = chip(pool, trigger);
    let mut failures = Vec::new();
    for (name, check) in Bench::ALL {
        if let Err(halt) = check(&mut chip.bench) {
            failures.push(format!("{name}: {halt:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(pool.available(), pool.capacity(), "everything came back");
    assert!(chip.machine.take_faults().is_empty(), "the device reached only what it was given");
}

// What the boards check holds on the simulated controller too, with an interrupt line.
#[test]
fn checks_of_the_boards_hold_on_a_simulated_controller() {
    static POOL: Pool = StaticPool::new();
    all_hold(&POOL, Trigger::Level);
}

// And where the interrupt fires at its edge.
#[test]
fn checks_hold_with_an_interrupt_at_its_edge() {
    static POOL: Pool = StaticPool::new();
    all_hold(&POOL, Trigger::Edge);
}
