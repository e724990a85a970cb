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
    /// The next so many interrupts do not arrive.
    LoseInterrupts(u32),
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
    /// Register accesses take so many times as long.
    SlowBus(u32),
    /// An allocation fails for want of memory: the next if 1, the one after it if 2 …
    FailAllocation {
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
    pub(crate) lose_interrupts: u32,
    pub(crate) short: Option<usize>,
    pub(crate) fail_accesses: u32,
    pub(crate) slow: Option<u32>,
    pub(crate) fail_allocation: u32,
    pub(crate) fail_unmaps: u32,
    pub(crate) fail_resets: u32,
    pub(crate) forget_to_rearm: bool,
    pub(crate) forget_syncs: Option<To>,
}

impl Pending {
    /// Notes a fault; those that happen at once are none of its business.
    pub(crate) fn add(&mut self, injection: Injection) {
        match injection {
            Injection::Stuck { survives_reset } => self.stuck = Some(survives_reset),
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
