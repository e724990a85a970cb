//! Faults to inject: what hardware and kernels do on a bad day.
#![forbid(unsafe_code)]

use dma_core::To;

/// One fault. Counts begin to run when it is injected.
///
/// # Examples
///
/// ```
/// use backend_mock::Injection;
/// let device = backend_mock::edu();
/// device.inject(Injection::LoseInterrupts(1));
/// device.inject(Injection::SlowBus(10));
/// device.heal();
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Injection {
    /// The card's work never gets done: what it planned and plans is held back until it is
    /// healed, or until a reset unless that does not help either.
    Stuck {
        /// Whether a reset changes nothing.
        survives_reset: bool,
    },
    /// The card does nothing for so long, and then goes on by itself. A reset ends it.
    Hiccup {
        /// How long.
        nanoseconds: u64,
    },
    /// What the card plans from now on takes so many times as long.
    SlowWork(u32),
    /// The next so many interrupts do not arrive.
    LoseInterrupts(u32),
    /// The next so many interrupts arrive later.
    DelayInterrupts {
        /// How many.
        count: u32,
        /// How much later.
        nanoseconds: u64,
    },
    /// An interrupt that the card never sent, at once.
    SpuriousInterrupt {
        /// Which.
        vector: usize,
    },
    /// The next access of memory moves only so many bytes, and the card is not told.
    ShortTransfer {
        /// At most so many.
        bytes: usize,
    },
    /// The next so many accesses of memory fail on the bus: a card that has an error status
    /// reports it.
    FailAccesses(u32),
    /// The card is pulled out: loads give all ones, stores vanish, it touches no memory, and a
    /// reset finds nobody. Not undone by healing; see [`MockDevice::replug`](crate::MockDevice::replug).
    Removal,
    /// The next so many loads from registers give all ones, as when a link retrains or a
    /// completion times out. The card is still there, and is not told.
    FailLoads(u32),
    /// Register accesses take so many times as long.
    SlowBus(u32),
    /// An allocation fails for want of memory: the next if 1, the one after it if 2 …
    FailAllocation {
        /// Which.
        nth: u32,
    },
    /// Mapping memory of the caller's fails for want of addresses: the next if 1, the one after it
    /// if 2 …
    FailMapping {
        /// Which.
        nth: u32,
    },
    /// The next so many attempts to end a mapping are refused: the mapping and the memory stay.
    FailUnmaps(u32),
    /// The next so many resets are refused.
    FailResets(u32),
    /// Re-arming an interrupt is forgotten, as a faulty backend would.
    ForgetToRearm,
    /// Handing memory over is forgotten, in one direction, as a faulty driver would: shows on a
    /// machine whose caches are [apart](crate::MachineBuilder::incoherent).
    ForgetSyncs(To),
}

/// The faults that are to come, of one card.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pending {
    /// Some: stuck; true if a reset does not help.
    pub(crate) stuck: Option<bool>,
    /// When being stuck ends by itself.
    pub(crate) stuck_until: Option<u64>,
    pub(crate) slow_work: Option<u32>,
    pub(crate) lose_interrupts: u32,
    /// How many, and by how much.
    pub(crate) delay_interrupts: (u32, u64),
    pub(crate) short: Option<usize>,
    pub(crate) fail_accesses: u32,
    pub(crate) fail_loads: u32,
    pub(crate) slow: Option<u32>,
    pub(crate) fail_allocation: u32,
    pub(crate) fail_mapping: u32,
    pub(crate) fail_unmaps: u32,
    pub(crate) fail_resets: u32,
    pub(crate) forget_to_rearm: bool,
    pub(crate) forget_syncs: Option<To>,
}

impl Pending {
    /// Notes a fault at time `now`; those that happen at once are none of its business.
    pub(crate) fn add(&mut self, now: u64, injection: Injection) {
        match injection {
            Injection::Stuck { survives_reset } => {
                self.stuck = Some(survives_reset);
                self.stuck_until = None;
            }
            Injection::Hiccup { nanoseconds } => {
                // One that lasts is not cut short.
                if self.stuck.is_none() || self.stuck_until.is_some() {
                    self.stuck = Some(false);
                    self.stuck_until = Some(now.saturating_add(nanoseconds));
                }
            }
            Injection::SlowWork(factor) => self.slow_work = Some(factor),
            Injection::DelayInterrupts { count, nanoseconds } => {
                self.delay_interrupts = (count, nanoseconds);
            }
            Injection::FailLoads(count) => self.fail_loads = count,
            Injection::FailMapping { nth } => self.fail_mapping = nth,
            Injection::LoseInterrupts(count) => self.lose_interrupts = count,
            Injection::ShortTransfer { bytes } => self.short = Some(bytes),
            Injection::FailAccesses(count) => self.fail_accesses = count,
            Injection::SlowBus(factor) => self.slow = Some(factor),
            Injection::FailAllocation { nth } => self.fail_allocation = nth,
            Injection::FailUnmaps(count) => self.fail_unmaps = count,
            Injection::FailResets(count) => self.fail_resets = count,
            Injection::ForgetToRearm => self.forget_to_rearm = true,
            Injection::ForgetSyncs(to) => self.forget_syncs = Some(to),
            Injection::SpuriousInterrupt { .. } | Injection::Removal => {}
        }
    }

    /// Whether accesses of memory need a closer look.
    pub(crate) const fn on_memory(&self) -> bool {
        self.short.is_some() || self.fail_accesses > 0
    }
}

/// Uses one of `count` up, if there is one.
pub(crate) fn use_up(count: &mut u32) -> bool {
    let any = *count > 0;
    *count -= u32::from(any);
    any
}
