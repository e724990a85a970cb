//! The machine: clock, interrupts, sleep, and the card's switch.

use core::cell::RefCell;
use core::ptr::NonNull;

use aarch64_cpu::asm::wfi;
use aarch64_cpu::registers::{
    CNTFRQ_EL0, CNTV_CTL_EL0, CNTV_CVAL_EL0, CNTVCT_EL0, Readable, Writeable,
};
use aarch64_rt::{ExceptionHandlers, RegisterStateRef};
use arm_gic::gicv3::registers::{Gicd, GicrSgi};
use arm_gic::gicv3::{GicCpuInterface, GicV3};
use arm_gic::{IntId, InterruptGroup, UniqueMmioPointer};
use backend_bare::{InterruptCounter, Platform, Resets};
use critical_section::Mutex;
use dma_core::Error;

use crate::pci::Card;

/// The interrupt controller: its distributor, and the part of the one core.
const DISTRIBUTOR: usize = 0x0800_0000;
const REDISTRIBUTOR: usize = 0x080a_0000;

/// The first of the machine's four interrupts for PCI Express.
const PCI_LINES: u32 = 3;
/// The virtual timer's private interrupt.
const TIMER: IntId = IntId::ppi(11);
/// Of both interrupts: in the middle.
const PRIORITY: u8 = 0x80;

/// How long a sleep without a deadline lasts at most.
const DOZE: u64 = 10_000_000;

/// How often the card interrupted.
pub(crate) static EDU: [InterruptCounter; 1] = [InterruptCounter::starting_at(u32::MAX - 1)];
/// The card has no reset; its signals want a count all the same.
pub(crate) static RESETS: Resets = Resets::new();

/// The interrupt controller, and the card's interrupt.
struct Interrupts {
    controller: GicV3<'static>,
    card: IntId,
}

static INTERRUPTS: Mutex<RefCell<Option<Interrupts>>> = Mutex::new(RefCell::new(None));

/// Lets the card's interrupt through, or masks it; which one it is.
fn let_through(on: bool) -> Option<IntId> {
    critical_section::with(|section| {
        let mut interrupts = INTERRUPTS.borrow(section).try_borrow_mut().ok()?;
        let Interrupts { controller, card } = interrupts.as_mut()?;
        controller.enable_interrupt(*card, None, on).ok()?;
        Some(*card)
    })
}

/// The machine, for whoever waits, with its card.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Board {
    pub(crate) card: Card,
}

impl Board {
    /// Finds the card and starts the interrupts. `None` if something is not there.
    pub(crate) fn start() -> Option<Self> {
        let card = Card::find()?;
        let distributor =
            NonNull::<Gicd>::new(core::ptr::with_exposed_provenance_mut(DISTRIBUTOR))?;
        let redistributor =
            NonNull::<GicrSgi>::new(core::ptr::with_exposed_provenance_mut(REDISTRIBUTOR))?;
        // SAFETY: the machine has the distributor there, and this is the only pointer to it.
        let distributor = unsafe { UniqueMmioPointer::new(distributor) };
        // SAFETY: the machine has the one core's part there, and this is the only use of it.
        let controller = unsafe { GicV3::new(distributor, redistributor, 1) };
        let mut controller = controller.ok()?;
        controller.setup(0);
        GicCpuInterface::set_priority_mask(0xff);
        let line = IntId::spi(PCI_LINES + card.line());
        for (interrupt, core) in [(TIMER, Some(0)), (line, None)] {
            controller.set_interrupt_priority(interrupt, core, PRIORITY).ok()?;
            controller.enable_interrupt(interrupt, core, true).ok()?;
        }
        critical_section::with(|section| {
            let interrupts = Interrupts { controller, card: line };
            INTERRUPTS.borrow(section).replace(Some(interrupts));
        });
        arm_gic::irq_enable();
        Some(Self { card })
    }

    /// Nanoseconds as ticks of the counter, rounded up.
    fn ticks(nanoseconds: u64) -> u64 {
        let ticks = u128::from(nanoseconds) * u128::from(CNTFRQ_EL0.get());
        u64::try_from(ticks.div_ceil(1_000_000_000)).unwrap_or(u64::MAX)
    }
}

impl Platform for Board {
    fn now(&self) -> u64 {
        let nanoseconds = u128::from(CNTVCT_EL0.get()) * 1_000_000_000;
        let frequency = u128::from(CNTFRQ_EL0.get()).max(1);
        u64::try_from(nanoseconds / frequency).unwrap_or(u64::MAX)
    }

    fn idle(&self, until: Option<u64>, nothing_yet: impl FnOnce() -> bool) {
        let latest = self.now() + DOZE;
        let until = until.unwrap_or(latest).min(latest);
        // Masked, so that no interrupt slips in between; it ends the sleep all the same.
        critical_section::with(|_| {
            if nothing_yet() {
                CNTV_CVAL_EL0.set(Self::ticks(until));
                CNTV_CTL_EL0.write(CNTV_CTL_EL0::ENABLE::SET);
                wfi();
                CNTV_CTL_EL0.write(CNTV_CTL_EL0::ENABLE::CLEAR);
            }
        });
    }

    fn rearm(&self, _: usize) -> bool {
        // A line that is still up fires at once.
        let_through(true);
        false
    }
}

// SAFETY: the card's access to memory is what the switch in its configuration space allows; there
// is no reset.
unsafe impl backend_bare::Board for Board {
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        self.card.set_bus_mastering(on);
        Ok(())
    }
}

/// What the processor calls.
pub(crate) struct Handlers;

impl ExceptionHandlers for Handlers {
    extern "C" fn irq_current(_: RegisterStateRef) {
        let group = InterruptGroup::Group1;
        let Some(interrupt) = GicCpuInterface::get_and_acknowledge_interrupt(group) else { return };
        if interrupt != TIMER && let_through(false) == Some(interrupt) {
            // A level line: masked until its device was served.
            for counter in &EDU {
                counter.fire();
            }
        }
        GicCpuInterface::end_interrupt(interrupt, group);
    }
}
