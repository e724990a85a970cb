//! A machine to one's wishes.
#![forbid(unsafe_code)]

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use dma_core::{DomainId, Error, IovaWindow};

use super::real_time::Sleepers;
use super::world::{State, World};
use super::{Machine, Settings, Shared};
use crate::clock::{Costs, Events};
use crate::interrupt::Trigger;
use crate::iommu::{DomainState, Iommu, Wording};
use crate::ram::{Caches, Evictions, Ram};

/// Where RAM lies by default: some that a device of 28 address bits reaches, and a lot.
const BANKS: [IovaWindow; 2] = [
    IovaWindow { first: 0x0c00_0000, last: 0x0fff_ffff },
    IovaWindow { first: 0x10_0000_0000, last: 0x10_ffff_ffff },
];

/// What a machine is to be like.
///
/// # Examples
///
/// ```
/// use backend_mock::{Machine, Trigger, Wording};
/// let xavier = Machine::builder().wording(Wording::Xavier).trigger(Trigger::Level).build();
/// # let _ = xavier;
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct MachineBuilder {
    settings: Settings,
    wording: Wording,
    costs: Costs,
    banks: Vec<IovaWindow>,
    scattered: bool,
    caches: Caches,
    journal: bool,
}

impl Default for MachineBuilder {
    fn default() -> Self {
        Self {
            settings: Settings {
                iommu: Iommu::default(),
                translating: true,
                physical: DomainId::unique(),
                trigger: Trigger::Edge,
                coherent: true,
                interrupts_from: 0,
                resets_from: 0,
                real_time: false,
                look: 0,
            },
            wording: Wording::default(),
            costs: Costs::default(),
            banks: BANKS.to_vec(),
            scattered: false,
            caches: Caches::Coherent,
            journal: false,
        }
    }
}

impl MachineBuilder {
    /// With such an IOMMU, and on.
    pub fn iommu(mut self, iommu: Iommu) -> Self {
        self.settings.iommu = iommu;
        self.settings.translating = true;
        self
    }

    /// With the IOMMU off: the devices' addresses are physical.
    pub fn iommu_off(mut self) -> Self {
        self.settings.translating = false;
        self
    }

    /// With faults in such words.
    pub fn wording(mut self, wording: Wording) -> Self {
        self.wording = wording;
        self
    }

    /// With such interrupts.
    pub fn trigger(mut self, trigger: Trigger) -> Self {
        self.settings.trigger = trigger;
        self
    }

    /// With such costs of register accesses and waiting.
    pub fn costs(mut self, costs: Costs) -> Self {
        self.costs = costs;
        self
    }

    /// With RAM at these physical addresses. Device addresses are kept away from them.
    pub fn ram(mut self, banks: &[IovaWindow]) -> Self {
        self.banks = banks.to_vec();
        self
    }

    /// With no two pages of memory side by side in physical addresses, but for memory that must
    /// be contiguous.
    pub fn scattered(mut self) -> Self {
        self.scattered = true;
        self
    }

    /// With a processor whose caches devices do not see into: what the CPU wrote reaches RAM, and
    /// what a device wrote reaches the CPU, only by `sync`, `publish` and `observe`. Lines are 64
    /// bytes; one that is written back takes its neighbours with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use backend_mock::{EduCard, Machine};
    /// use dma_core::Allocate;
    /// let device = Machine::builder().incoherent().build().plug(EduCard::new());
    /// assert!(!device.limits().coherent);
    /// assert_eq!(device.limits().cache_line, 64);
    /// ```
    pub fn incoherent(mut self) -> Self {
        self.settings.coherent = false;
        self.caches = Caches::Apart(None);
        self
    }

    /// As [`MachineBuilder::incoherent`], and at any access of a device, lines that it touches may
    /// be written back or fetched by chance, so that relying on luck fails now and then. The
    /// same seed gives the same run.
    pub fn evictions(mut self, seed: u64) -> Self {
        self.settings.coherent = false;
        self.caches = Caches::Apart(Some(Evictions::new(seed)));
        self
    }

    /// With a journal of everything that happens; it grows without bound.
    pub fn journal(mut self) -> Self {
        self.journal = true;
        self
    }

    /// With interrupt counters that begin at `count`: lets a test see them wrap.
    pub fn interrupts_from(mut self, count: u32) -> Self {
        self.settings.interrupts_from = count;
        self
    }

    /// With reset counters that begin at `count`.
    pub fn resets_from(mut self, count: u32) -> Self {
        self.settings.resets_from = count;
        self
    }

    /// With this name for the physical address space.
    pub(crate) fn physical(mut self, id: DomainId) -> Self {
        self.settings.physical = id;
        self
    }

    /// Builds it, in real time: nanoseconds are those of the host, and cards do their work on a
    /// thread of their own, while those that wait for them sleep.
    ///
    /// For what virtual time cannot show: races between the threads of a program and its device.
    /// The same program gives another run each time. Of the [`Costs`] those of a load and of a
    /// pause count: they take at least so long, so that a driver that counts its looks has time to
    /// spare. The thread ends soon after the last handle to the machine, or to anything of it, is
    /// dropped.
    ///
    /// # Errors
    ///
    /// `Os` if the host has no thread to spare.
    ///
    /// # Examples
    ///
    /// ```
    /// use backend_mock::{EduCard, Machine};
    /// use dma_core::{Backend, Signal, Wake};
    /// let machine = Machine::builder().build_in_real_time()?;
    /// let device = machine.plug(EduCard::new());
    /// let mut signal = device.signal(0)?;
    /// let before = std::time::Instant::now();
    /// assert_eq!(signal.wait(Some(signal.now() + 2_000_000))?, Wake::Deadline);
    /// assert!(before.elapsed().as_millis() >= 2);
    /// # Ok::<(), dma_core::Error>(())
    /// ```
    pub fn build_in_real_time(mut self) -> Result<Machine, Error> {
        self.settings.real_time = true;
        let machine = self.build();
        machine.start_cards()?;
        Ok(machine)
    }

    /// Builds it.
    #[must_use]
    pub fn build(mut self) -> Machine {
        for bank in &self.banks {
            let windows = std::mem::take(&mut self.settings.iommu.windows);
            self.settings.iommu.windows =
                windows.into_iter().flat_map(|w| without(w, *bank)).collect();
        }
        self.settings.iommu.windows.sort_by_key(|window| window.first);
        self.settings.look = self.costs.observe;
        let world = World {
            now: 0,
            built: self.settings.real_time.then(Instant::now),
            costs: self.costs,
            events: Events::default(),
            ram: Ram::new(&self.banks, self.scattered, self.caches),
            domains: vec![Some(DomainState::physical())],
            slots: Vec::new(),
            wording: self.wording,
            faults: Vec::new(),
            journal: self.journal.then(Vec::new),
            injected: Vec::new(),
            woken: Vec::new(),
            fired: false,
            alarms: Vec::new(),
            alarmed: false,
            signals: 0,
        };
        Machine {
            shared: Arc::new(Shared {
                now: AtomicU64::new(0),
                due: AtomicU64::new(0),
                state: Mutex::new(State { cards: Vec::new(), world }),
                settings: self.settings,
                sleepers: Sleepers::default(),
            }),
        }
    }
}

/// What is left of a window when a bank of RAM is cut out.
fn without(window: IovaWindow, bank: IovaWindow) -> impl Iterator<Item = IovaWindow> {
    let below = bank
        .first
        .checked_sub(1)
        .map(|last| IovaWindow { first: window.first, last: window.last.min(last) });
    let above = bank
        .last
        .checked_add(1)
        .map(|first| IovaWindow { first: window.first.max(first), last: window.last });
    below.into_iter().chain(above).filter(|piece| piece.first <= piece.last)
}
