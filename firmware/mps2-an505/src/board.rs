//! The board: clock, interrupts, sleep.
//!
//! The system timer ticks every millisecond and also rings the alarms of waiting tasks. Handlers
//! and the program share what they share through critical sections.

use core::cell::{Cell, RefCell};
use core::ptr::NonNull;
use core::task::Waker;

use backend_bare::{Board, InterruptCounter, Platform, Resets};
use cortex_m::interrupt::InterruptNumber;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m::peripheral::{NVIC, SCB, SYST};
use cortex_m_rt::exception;
use critical_section::Mutex;
use dma_core::{DomainId, Mmio};
use register_map::pl081::{INT_TC_CLEAR, Pl081};
use register_map::{Window, Writeable};

use crate::protection;

/// Nanoseconds of one cycle of the 20 MHz clock, cycles of a tick, nanoseconds of a tick.
const CYCLE: u64 = 50;
const CYCLES: u32 = 20_000;
const TICK: u64 = CYCLE * CYCLES as u64;

/// The registers of DMA controller 0, as secure masters see them.
pub(crate) const CONTROLLER: usize = 0x5011_0000;
const CONTROLLER_SIZE: usize = 0x1000;

/// The interrupts that the program lets through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Line {
    /// A protection controller refused an access.
    Protection,
    /// DMA controller 0, anything of it.
    Dma,
}

// SAFETY: the numbers are those of the board's manual and below 96, which the processor has.
unsafe impl InterruptNumber for Line {
    fn number(self) -> u16 {
        match self {
            Self::Protection => protection::INTERRUPT.unsigned_abs(),
            Self::Dma => 58,
        }
    }
}

/// How often the DMA controller interrupted.
pub(crate) static DMA: [InterruptCounter; 1] = [InterruptCounter::starting_at(u32::MAX - 1)];
/// The DMA controller has no reset; its signals want a count all the same.
pub(crate) static RESETS: Resets = Resets::new();

/// Ticks so far.
static TICKS: Mutex<Cell<u64>> = Mutex::new(Cell::new(0));

/// Tasks that want to be woken, and when.
type Alarms = [Option<(u64, Waker)>; 8];
static ALARMS: Mutex<RefCell<Alarms>> = Mutex::new(RefCell::new([const { None }; 8]));

/// The registers of the DMA controller.
pub(crate) fn controller() -> Option<Mmio> {
    let base = NonNull::new(core::ptr::with_exposed_provenance_mut(CONTROLLER))?;
    // SAFETY: the controller stands there for ever, and masters the bus with physical addresses.
    Some(unsafe { Mmio::new(base, CONTROLLER_SIZE, DomainId::PHYSICAL, ()) })
}

/// The board, for whoever waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mps2(());

impl Mps2 {
    /// Starts clock and interrupts. `None` if they run already.
    pub(crate) fn start() -> Option<Self> {
        let mut core = cortex_m::Peripherals::take()?;
        core.SYST.set_clock_source(SystClkSource::Core);
        core.SYST.set_reload(CYCLES - 1);
        core.SYST.clear_current();
        core.SYST.enable_counter();
        core.SYST.enable_interrupt();
        protection::enable();
        for line in [Line::Protection, Line::Dma] {
            // SAFETY: no critical section depends on these lines being masked.
            unsafe { NVIC::unmask(line) };
        }
        Some(Self(()))
    }

    /// Makes the interrupt of the DMA controller pending, without cause.
    pub(crate) fn interrupt_without_cause() {
        Self::let_through();
        NVIC::pend(Line::Dma);
        cortex_m::asm::isb();
    }

    /// Unmasks the interrupt of the DMA controller, which its handler has masked.
    ///
    /// QEMU before 11 computes the line only when a register outside the channels is written, so
    /// one is: zeros there clear nothing.
    fn let_through() {
        let Some(space) = controller() else { return };
        // SAFETY: it is a PL081 by the board's manual; the register clears what is written as
        // one, which is nothing.
        if let Ok(window) = unsafe { Window::<_, Pl081>::new(space) } {
            window.reg(INT_TC_CLEAR).set(0);
        }
        // What was pending before the device was served is over; a line that is still up stays
        // pending.
        NVIC::unpend(Line::Dma);
        // SAFETY: no critical section depends on this line being masked.
        unsafe { NVIC::unmask(Line::Dma) };
    }
}

impl Platform for Mps2 {
    fn now(&self) -> u64 {
        critical_section::with(|section| {
            let mut ticks = TICKS.borrow(section).get();
            let mut left = SYST::get_current();
            if SCB::is_pendst_pending() {
                // It came round and the handler could not run yet.
                ticks += 1;
                left = SYST::get_current();
            }
            ticks * TICK + u64::from(CYCLES - 1 - left) * CYCLE
        })
    }

    fn pause(&self) {
        Self::let_through();
    }

    fn idle(&self, _: Option<u64>, nothing_yet: impl FnOnce() -> bool) {
        // Masked, so that no interrupt slips in between; it wakes the processor all the same. The
        // next tick does so too, early enough for every deadline.
        critical_section::with(|_| {
            if nothing_yet() {
                cortex_m::asm::wfi();
            }
        });
    }

    fn wake_at(&self, until: u64, waker: &Waker) {
        critical_section::with(|section| {
            let Ok(mut alarms) = ALARMS.borrow(section).try_borrow_mut() else {
                return waker.wake_by_ref();
            };
            let same = alarms
                .iter()
                .position(|alarm| alarm.as_ref().is_some_and(|(_, other)| other.will_wake(waker)));
            let place = same.or_else(|| alarms.iter().position(Option::is_none));
            match place.and_then(|place| alarms.get_mut(place)) {
                Some(alarm) => *alarm = Some((until, waker.clone())),
                // No place left: polling is always right.
                None => waker.wake_by_ref(),
            }
        });
    }

    fn rearm(&self, _: usize) -> bool {
        Self::let_through();
        false
    }
}

/// A clock alone: nothing lets an interrupt through again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deaf(Mps2);

impl Deaf {
    /// Masks the interrupt of the DMA controller.
    pub(crate) fn new(board: Mps2) -> Self {
        NVIC::mask(Line::Dma);
        Self(board)
    }
}

impl Platform for Deaf {
    fn now(&self) -> u64 {
        self.0.now()
    }
}

// SAFETY: there is no switch and no reset, and nothing is promised.
unsafe impl Board for Mps2 {}

/// A tick of the system timer: counts, and rings the alarms that are due.
#[exception]
fn SysTick() {
    critical_section::with(|section| {
        let ticks = TICKS.borrow(section);
        ticks.set(ticks.get() + 1);
        let now = ticks.get() * TICK;
        // Nobody else has them: this handler and `wake_at` are the only users, each in a section.
        let Ok(mut alarms) = ALARMS.borrow(section).try_borrow_mut() else { return };
        for alarm in alarms.iter_mut() {
            if let Some((_, waker)) = alarm.take_if(|(until, _)| *until <= now) {
                waker.wake();
            }
        }
    });
}

/// Every line of the board.
#[exception]
unsafe fn DefaultHandler(number: i16) {
    match number {
        protection::INTERRUPT => protection::handle(),
        58 => {
            // A level line: masked until its device was served.
            NVIC::mask(Line::Dma);
            for counter in &DMA {
                counter.fire();
            }
        }
        other => defmt::error!("interrupt {=i16}, which nobody let through", other),
    }
}
