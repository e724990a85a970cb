//! The machine: RAM, an IOMMU, virtual time, and the cards that are plugged in.
#![forbid(unsafe_code)]

mod builder;
mod journal;
mod port;
mod real_time;
mod slot;
mod world;

use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::{Arc, Mutex, PoisonError};

use dma_core::{DomainId, Epoch, Error, ErrorKind, Operation};

pub use builder::MachineBuilder;
pub use journal::{Happened, Record};
pub(crate) use slot::{Outside, PHYSICAL, Slot};
pub(crate) use world::State;

use real_time::Sleepers;

use crate::counters::Leaks;
use crate::device::MockDevice;
use crate::injection::Injection;
use crate::interrupt::Trigger;
use crate::iommu::{DomainState, Fault, Iommu, Wording};
use crate::sys::TrustedCard;

/// A simulated machine; clones are handles to the same one.
///
/// # Examples
///
/// ```
/// use backend_mock::{EduCard, Machine};
/// use dma_core::{Allocate, Request};
/// let machine = Machine::new();
/// let device = machine.plug(EduCard::new());
/// let buffer = device.allocate(Request::bytes(100))?;
/// let cpu = buffer.bytes().as_ptr();
/// let physical = machine.physical_of(cpu).unwrap();
/// let iova = device.mappings()[0].iova;
/// assert!(physical != iova && physical != cpu.addr() as u64);
/// # Ok::<(), dma_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Machine {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// The time as it is whenever nobody has the state, where it is virtual.
    now: AtomicU64,
    /// When the next thing is due that is planned, where time is virtual; else never later than now.
    due: AtomicU64,
    settings: Settings,
    /// Who sleeps for what, where time is real.
    sleepers: Sleepers,
}

/// What holds for cards and domains to come.
#[derive(Clone, Debug)]
struct Settings {
    iommu: Iommu,
    translating: bool,
    /// The name of the physical address space.
    physical: DomainId,
    trigger: Trigger,
    /// Whether devices see into the processor's caches.
    coherent: bool,
    interrupts_from: u32,
    resets_from: u32,
    /// Whether time passes by itself.
    real_time: bool,
    /// What a look at what a device wrote costs, in nanoseconds.
    look: u64,
}

/// An address space of devices; clones are handles to the same one.
///
/// It ends with its last handle, the devices in it included.
#[derive(Clone)]
pub struct Domain {
    handle: Arc<DomainHandle>,
}

struct DomainHandle {
    machine: Machine,
    number: usize,
    id: DomainId,
}

/// A place on the bus with a card in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SlotNumber(pub(crate) usize);

impl Machine {
    /// A machine as [`MachineBuilder`] makes it without further wishes: with its IOMMU on.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A machine to one's wishes.
    pub fn builder() -> MachineBuilder {
        MachineBuilder::default()
    }

    /// Plugs a card in and opens it, in a domain of its own if the IOMMU is on.
    pub fn plug(&self, card: impl TrustedCard) -> MockDevice {
        let domain = self.default_domain();
        self.plug_in(card, &domain)
    }

    /// Plugs a card in and opens it in `domain`, which it may share with other devices.
    pub fn plug_in(&self, card: impl TrustedCard, domain: &Domain) -> MockDevice {
        let slot = self.install(card);
        self.with(|state| open(state, slot, domain));
        MockDevice::opened(self.clone(), slot, domain.clone())
    }

    /// Plugs a card in without opening it.
    pub fn install(&self, card: impl TrustedCard) -> SlotNumber {
        let settings = &self.shared.settings;
        self.with(|state| {
            let number = state.cards.len();
            let slot = Slot::new(number, &card, settings.trigger, settings.interrupts_from);
            state.world.slots.push(slot);
            state.cards.push(Box::new(card));
            SlotNumber(number)
        })
    }

    /// Opens a card, in a domain of its own if the IOMMU is on.
    ///
    /// # Errors
    ///
    /// `Busy` while it, or anything taken from it, is still open; `Unsupported` if there is no
    /// such slot.
    pub fn open(&self, slot: SlotNumber) -> Result<MockDevice, Error> {
        let domain = self.default_domain();
        self.open_in(slot, &domain)
    }

    /// Opens a card in `domain`.
    ///
    /// # Errors
    ///
    /// As [`Machine::open`].
    pub fn open_in(&self, slot: SlotNumber, domain: &Domain) -> Result<MockDevice, Error> {
        let refused = |kind| Err(Error::new(kind, Operation::Open, 0));
        self.with(|state| match state.world.slots.get(slot.0) {
            None => refused(ErrorKind::Unsupported),
            Some(port) if port.open => refused(ErrorKind::Busy),
            Some(_) => {
                open(state, slot, domain);
                Ok(())
            }
        })?;
        Ok(MockDevice::opened(self.clone(), slot, domain.clone()))
    }

    /// A new address space behind the IOMMU, also where devices get none by default.
    #[must_use]
    pub fn domain(&self) -> Domain {
        let id = DomainId::unique();
        let domain = DomainState::translating(&self.shared.settings.iommu);
        let number = self.with(|state| {
            let domains = &mut state.world.domains;
            if let Some(free) = domains.iter().position(Option::is_none) {
                domains[free] = Some(domain);
                return free;
            }
            domains.push(Some(domain));
            domains.len() - 1
        });
        Domain { handle: Arc::new(DomainHandle { machine: self.clone(), number, id }) }
    }

    /// The physical address space: devices in it are not translated.
    #[must_use]
    pub fn physical(&self) -> Domain {
        let id = self.shared.settings.physical;
        Domain { handle: Arc::new(DomainHandle { machine: self.clone(), number: PHYSICAL, id }) }
    }

    fn default_domain(&self) -> Domain {
        if self.shared.settings.translating { self.domain() } else { self.physical() }
    }

    /// Nanoseconds since the machine was built.
    #[must_use]
    pub fn now(&self) -> u64 {
        if self.is_real_time() {
            return self.with(|state| state.world.now);
        }
        self.shared.now.load(Acquire)
    }

    /// Lets time pass, with everything that happens in it. Where time is real, the thread sleeps.
    pub fn advance(&self, nanoseconds: u64) {
        if self.is_real_time() {
            std::thread::sleep(std::time::Duration::from_nanos(nanoseconds));
        }
        self.with(|state| state.pass_until(state.world.now.saturating_add(nanoseconds)));
    }

    /// How many things the cards have planned.
    #[must_use]
    pub fn planned(&self) -> usize {
        self.with(|state| state.world.events.planned())
    }

    /// The simulated physical address of the byte at a CPU address: what `virt_to_phys` gives.
    ///
    /// A driver must never use it for a device. `None` if it is no memory of this machine.
    #[must_use]
    pub fn physical_of(&self, cpu: *const u8) -> Option<u64> {
        self.with(|state| state.world.ram.physical_of(cpu.addr()))
    }

    /// Accesses that were refused, oldest first.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.with(|state| state.world.faults.clone())
    }

    /// As [`Machine::faults`], which is empty afterwards.
    #[must_use = "to forget them, drop the result"]
    pub fn take_faults(&self) -> Vec<Fault> {
        self.with(|state| std::mem::take(&mut state.world.faults))
    }

    /// The faults as a kernel would print them, with time stamps.
    #[must_use]
    pub fn kernel_log(&self) -> Vec<String> {
        let (faults, wording) =
            self.with(|state| (state.world.faults.clone(), state.world.wording));
        faults
            .iter()
            .flat_map(|fault| fault.lines(wording).into_iter().map(|line| (fault.time, line)))
            .map(|(time, line)| {
                let (seconds, micros) = (time / 1_000_000_000, time / 1_000 % 1_000_000);
                format!("[{seconds:>5}.{micros:06}] {line}")
            })
            .collect()
    }

    /// Whose words [`Machine::kernel_log`] uses.
    #[must_use]
    pub fn wording(&self) -> Wording {
        self.with(|state| state.world.wording)
    }

    /// Whose words [`Machine::kernel_log`] uses from now on.
    pub fn set_wording(&self, wording: Wording) {
        self.with(|state| state.world.wording = wording);
    }

    /// What is open, mapped and lent.
    #[must_use]
    pub fn leaks(&self) -> Leaks {
        self.with(|state| {
            let world = &state.world;
            let domains = world.domains.iter().flatten();
            Leaks {
                devices: world.slots.iter().filter(|slot| slot.open).count(),
                domains: domains.clone().filter(|domain| domain.is_translating()).count(),
                mappings: domains.map(DomainState::mapping_count).sum(),
                pages: world.ram.pages(),
            }
        })
    }

    /// Everything that happened, if the machine was built to keep a journal.
    #[must_use]
    pub fn journal(&self) -> Vec<Record> {
        self.with(|state| state.world.journal.clone().unwrap_or_default())
    }

    /// Every fault that was injected so far: when (in nanoseconds), into which card, what.
    #[must_use]
    pub fn injections(&self) -> Vec<(u64, SlotNumber, Injection)> {
        self.with(|state| {
            let injected = state.world.injected.iter();
            injected.map(|&(time, slot, what)| (time, SlotNumber(slot), what)).collect()
        })
    }

    /// Does something with the state, and afterwards wakes who is to be woken.
    ///
    /// Wakers run and are dropped with nothing locked: either may come back here.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let shared = &*self.shared;
        let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.world.is_real() {
            state.world.tick();
            let result = act(&mut state);
            shared.sleepers.settle(state);
            return result;
        }
        let begun = shared.now.load(Acquire);
        state.world.now = begun;
        let result = act(&mut state);
        // Added to what looks without the state took meanwhile: time never goes back.
        let passed = state.world.now.saturating_sub(begun);
        if passed > 0 {
            shared.now.fetch_add(passed, Release);
        }
        // ORDER: whoever sees that nothing is due sees what was done before.
        shared.due.store(state.world.events.next_time().unwrap_or(u64::MAX), Release);
        shared.sleepers.settle(state);
        result
    }

    /// A look at what a device wrote, where that is nothing but the time it takes: where time is
    /// virtual, caches are coherent, and nothing is due meanwhile. `false`: it did not happen.
    #[inline]
    pub(crate) fn looks_in_passing(&self) -> bool {
        let shared = &*self.shared;
        let look = shared.settings.look;
        // ORDER: what was due before and happened on another thread is seen after this.
        let due = shared.due.load(Acquire);
        if shared.now.load(Relaxed).saturating_add(look) >= due {
            return false;
        }
        shared.now.fetch_add(look, Release);
        true
    }

    /// Whether devices see what the CPU wrote without cache maintenance, and the other way round.
    #[inline]
    #[must_use]
    pub fn is_coherent(&self) -> bool {
        self.shared.settings.coherent
    }

    pub(crate) fn resets_from(&self) -> u32 {
        self.shared.settings.resets_from
    }

    /// Whether both are handles to one machine.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }
}

fn open(state: &mut State, slot: SlotNumber, domain: &Domain) {
    let resets = domain.handle.machine.resets_from();
    let port = &mut state.world.slots[slot.0];
    port.open = true;
    port.quiet = false;
    port.domain = domain.number();
    port.set_epoch(Epoch { resets, ..Epoch::first() });
    port.set_mastering(false);
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").finish_non_exhaustive()
    }
}

impl Domain {
    /// Its name, which register spaces and buffers carry.
    #[must_use]
    pub fn id(&self) -> DomainId {
        self.handle.id
    }

    pub(crate) fn number(&self) -> usize {
        self.handle.number
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Domain").field("number", &self.handle.number).finish_non_exhaustive()
    }
}

impl Drop for DomainHandle {
    fn drop(&mut self) {
        if self.number != PHYSICAL {
            self.machine.with(|state| {
                state.world.domains[self.number] = None;
                state.world.ram.forget_shortcuts();
            });
        }
    }
}
