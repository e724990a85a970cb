//! The controllers that guard the board's RAM, and the accesses they refused.
//!
//! Each bank of RAM is seen twice: at `0x3800_0000` by secure masters, at `0x2800_0000` by
//! others. An access through the wrong one reads zeros and writes nothing, and interrupt 9 tells:
//! what a fault of an IOMMU is to a larger machine. (Arm `CoreLink` SIE-200, memory protection controller.)

use core::ptr::NonNull;
use core::sync::atomic::{AtomicU32, Ordering};

use firmware::Violations;
use volatile_register::{RO, RW, WO};

/// The interrupt of all of these controllers together.
pub(crate) const INTERRUPT: i16 = 9;

/// Those of the two banks of RAM, each with where other masters see its bank.
const CONTROLLERS: [(usize, u32); 2] = [(0x5800_8000, 0x2800_0000), (0x5800_9000, 0x2820_0000)];

/// The registers from `INT_STAT` on.
#[repr(C)]
struct Registers {
    status: RO<u32>,
    clear: WO<u32>,
    enable: RW<u32>,
    /// The first access that was refused: its distance from the start of the bank.
    address: RO<u32>,
    /// Who made it.
    master: RO<u32>,
    set: WO<u32>,
}

/// Where they begin.
const OFFSET: usize = 0x20;

fn controllers() -> impl Iterator<Item = (&'static Registers, u32)> {
    CONTROLLERS.into_iter().filter_map(|(base, bank)| {
        let base = core::ptr::with_exposed_provenance_mut::<Registers>(base + OFFSET);
        let registers = NonNull::new(base)?;
        // SAFETY: the board has these registers there for ever, and they are only ever touched
        // through volatile cells.
        let registers = unsafe { registers.as_ref() };
        Some((registers, bank))
    })
}

/// Where the last refused access went, and how many interrupts told of one.
static ADDRESS: AtomicU32 = AtomicU32::new(0);
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Lets them interrupt.
pub(crate) fn enable() {
    for (registers, _) in controllers() {
        // SAFETY: clearing and enabling an interrupt touches no memory.
        unsafe { registers.clear.write(1) };
        // SAFETY: as above.
        unsafe { registers.enable.write(1) };
    }
}

/// The handler: notes the address and drops the line.
pub(crate) fn handle() {
    for (registers, bank) in controllers() {
        if registers.status.read() & 1 != 0 {
            let address = bank.wrapping_add(registers.address.read());
            ADDRESS.store(address, Ordering::Relaxed);
            // SAFETY: clearing the interrupt touches no memory.
            unsafe { registers.clear.write(1) };
            COUNT.fetch_add(1, Ordering::Release);
        }
    }
}

/// How many refused accesses interrupts told of, and where the last one went.
pub(crate) fn seen() -> (u32, u32) {
    (COUNT.load(Ordering::Acquire), ADDRESS.load(Ordering::Relaxed))
}

/// What was refused since the last call.
#[derive(Clone, Debug)]
pub(crate) struct Refusals {
    seen: u32,
}

impl Refusals {
    pub(crate) fn from_now_on() -> Self {
        Self { seen: seen().0 }
    }

    /// How many, and where the last one went.
    pub(crate) fn count(&mut self) -> (u32, u32) {
        let (count, address) = seen();
        let fresh = count.wrapping_sub(self.seen);
        self.seen = count;
        (fresh, address)
    }
}

impl Violations for Refusals {
    fn take(&mut self) -> Option<u32> {
        let (fresh, address) = self.count();
        (fresh > 0).then_some(address)
    }
}
