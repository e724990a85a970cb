//! One opened device of a simulated machine.
#![forbid(unsafe_code)]

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed};

use dma_core::{Backend, Epoch, Error, ErrorKind, Identity, Operation, Quiet, To};

use crate::card::Card;
use crate::clock::What;
use crate::counters::Counters;
use crate::injection::{Injection, use_up};
use crate::interrupt::Trigger;
use crate::iommu::{Fault, Mapping};
use crate::lender::MockMemory;
use crate::machine::{Domain, Machine, Outside, PHYSICAL, SlotNumber, State};
use crate::signal::MockSignal;
use crate::sys::{MockSpace, quiet};

/// An open card; clones are handles to the same one.
///
/// The card is closed, with its bus mastering off, when the last handle and everything taken from
/// it (spaces, signals, memory) is gone. It then still sits in its slot, and can be opened again.
#[derive(Clone, Debug)]
pub struct MockDevice {
    opened: Arc<Opened>,
    memory: MockMemory,
}

/// What every handle shares.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) machine: Machine,
    pub(crate) slot: usize,
    pub(crate) domain: Domain,
    /// The number of this opening.
    device: u32,
    outside: Arc<Outside>,
}

impl Opened {
    /// The epoch, without the lock.
    #[inline]
    pub(crate) fn epoch(&self) -> Epoch {
        Epoch { device: self.device, resets: self.outside.resets.load(Acquire) }
    }

    /// Memory changes hands, where caches are coherent: there it is counted, and a look takes its
    /// time, and nothing else is to be done. Whether they are.
    #[inline]
    pub(crate) fn hands_over(&self, to: To) -> bool {
        if !self.machine.is_coherent() {
            return false;
        }
        match to {
            // No time passes, so nobody else is concerned.
            To::Device => _ = self.outside.syncs_to_device.fetch_add(1, Relaxed),
            To::Cpu if self.machine.looks_in_passing() => {
                self.outside.syncs_to_cpu.fetch_add(1, Relaxed);
            }
            To::Cpu => self.with(State::look),
        }
        true
    }

    /// The way of a load to the card and back, where time is real.
    pub(crate) fn cross_bus(&self) {
        self.machine.take_time(|state| state.world.slots[self.slot].cost(state.world.costs.load));
    }

    /// Does something with the machine's state and this device's slot.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State, usize) -> T) -> T {
        self.machine.with(|state| act(state, self.slot))
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.with(|state, slot| {
            let slot = &mut state.world.slots[slot];
            slot.set_mastering(false);
            slot.open = false;
            slot.domain = PHYSICAL;
        });
    }
}

impl MockDevice {
    /// A card that was just opened.
    pub(crate) fn opened(machine: Machine, slot: SlotNumber, domain: Domain) -> Self {
        let (device, outside) = machine.with(|state| {
            let slot = &state.world.slots[slot.0];
            (slot.epoch.device, Arc::clone(&slot.outside))
        });
        let opened = Arc::new(Opened { machine, slot: slot.0, domain, device, outside });
        let memory = MockMemory::new(Arc::clone(&opened));
        Self { opened, memory }
    }

    /// The machine that it sits in.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.opened.machine
    }

    /// Where it sits.
    #[must_use]
    pub fn slot(&self) -> SlotNumber {
        SlotNumber(self.opened.slot)
    }

    /// Its domain, to open another device in it.
    #[must_use]
    pub fn domain(&self) -> &Domain {
        &self.opened.domain
    }

    /// Whether an IOMMU translates its addresses.
    #[must_use]
    pub fn is_translated(&self) -> bool {
        self.opened.domain.number() != PHYSICAL
    }

    /// Live mappings of its domain, by address.
    #[must_use]
    pub fn mappings(&self) -> Vec<Mapping> {
        let number = self.opened.domain.number();
        self.opened.with(|state, _| match &state.world.domains[number] {
            Some(domain) => domain.mappings().copied().collect(),
            None => Vec::new(),
        })
    }

    /// What it did so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.opened.with(|state, slot| state.world.slots[slot].counted())
    }

    /// Stores to the register at `offset` so far: doorbells, if it is one.
    #[must_use]
    pub fn stores_to(&self, region: usize, offset: usize) -> u64 {
        self.touched(region, offset, true)
    }

    /// Loads from the register at `offset` so far.
    #[must_use]
    pub fn loads_from(&self, region: usize, offset: usize) -> u64 {
        self.touched(region, offset, false)
    }

    fn touched(&self, region: usize, offset: usize, store: bool) -> u64 {
        self.opened.with(|state, slot| {
            let touched = state.world.slots[slot].touched.get(region);
            touched.map_or(0, |touched| touched.get(offset, store))
        })
    }

    /// The accesses of this device that were refused, oldest first.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.opened.with(|state, slot| {
            let requester = state.world.slots[slot].requester;
            let faults = state.world.faults.iter();
            faults.filter(|fault| fault.requester == requester).copied().collect()
        })
    }

    /// What a driver should not have done: what the card complained about, and bytes that were
    /// found behind the end of lent memory as it was given back, where no IOMMU sees them.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        self.opened.with(|state, slot| state.world.slots[slot].complaints.clone())
    }

    /// Makes something go wrong.
    pub fn inject(&self, injection: Injection) {
        self.opened.with(|state, slot| state.inject(slot, injection));
    }

    /// Makes something go wrong in so many nanoseconds of virtual time, whatever happens then.
    ///
    /// # Examples
    ///
    /// ```
    /// use backend_mock::Injection;
    /// let device = backend_mock::edu();
    /// device.inject_after(50_000_000, Injection::Removal);
    /// device.machine().advance(60_000_000);
    /// assert_eq!(device.machine().injections()[0].0, 50_000_000);
    /// ```
    pub fn inject_after(&self, nanoseconds: u64, injection: Injection) {
        self.opened.with(|state, slot| {
            let time = state.world.now.saturating_add(nanoseconds);
            state.world.events.plan(time, slot, What::Fault(injection));
        });
    }

    /// Ends every injected fault but removal; work that was held back goes on.
    pub fn heal(&self) {
        self.opened.with(State::heal);
    }

    /// Puts a removed card back: it comes up as just switched on, which counts as a reset, and
    /// masters nothing until it is [reset](Backend::reset) and [resumed](Backend::resume). Nothing
    /// if it was not removed.
    pub fn replug(&self) {
        self.opened.with(State::replug);
    }

    /// Changes how its interrupts arrive; counters and lines keep their state.
    pub fn set_trigger(&self, trigger: Trigger) {
        self.opened.with(|state, slot| {
            for vector in &mut state.world.slots[slot].vectors {
                vector.set_trigger(trigger);
            }
        });
    }

    /// Looks at the card itself, or changes something in it; `None` if it is another kind.
    pub fn with_card<C: Card, T>(&self, act: impl FnOnce(&mut C) -> T) -> Option<T> {
        self.opened.with(|state, slot| {
            let card: &mut dyn Any = state.cards[slot].as_mut();
            card.downcast_mut().map(act)
        })
    }

    /// Who lends its memory.
    #[must_use]
    pub const fn lender(&self) -> &MockMemory {
        &self.memory
    }

    pub(crate) const fn shared(&self) -> &Arc<Opened> {
        &self.opened
    }
}

impl Backend for MockDevice {
    type Space = MockSpace;
    type Lender = MockMemory;
    type Signal = MockSignal;

    fn identity(&self) -> Identity {
        self.opened.with(|state, slot| state.world.slots[slot].identity)
    }

    fn class(&self) -> Option<u32> {
        self.opened.with(|state, slot| state.world.slots[slot].class)
    }

    fn region(&self, index: usize) -> Result<MockSpace, Error> {
        let size = self.opened.with(|state, slot| {
            let slot = &state.world.slots[slot];
            if slot.gone {
                return Err(error(ErrorKind::Gone, Operation::Open));
            }
            let size = slot.sizes.get(index).copied().filter(|size| *size > 0);
            size.ok_or(error(ErrorKind::Unsupported, Operation::Open))
        })?;
        Ok(MockSpace::new(Arc::clone(&self.opened), index, size))
    }

    fn memory(&self) -> &MockMemory {
        &self.memory
    }

    fn signal(&self, vector: usize) -> Result<MockSignal, Error> {
        MockSignal::new(Arc::clone(&self.opened), vector)
    }

    /// While a reset is not [resumed](Backend::resume), only `false` is accepted; else `WasReset`.
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        self.opened.with(|state, slot| {
            let slot = &mut state.world.slots[slot];
            if slot.gone {
                return Err(error(ErrorKind::Gone, Operation::Open));
            }
            if on && slot.quiet {
                return Err(error(ErrorKind::WasReset, Operation::Open));
            }
            slot.set_mastering(on);
            Ok(())
        })
    }

    fn reset(&self) -> Result<Quiet, Error> {
        self.opened.with(|state, number| {
            let slot = &mut state.world.slots[number];
            if slot.gone {
                return Err(error(ErrorKind::Gone, Operation::Reset));
            }
            if use_up(&mut slot.pending.fail_resets) {
                return Err(os(Operation::Reset));
            }
            state.reset(number);
            Ok(quiet(&state.world.slots[number]))
        })
    }

    /// Switches bus mastering on again.
    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        self.opened.with(|state, slot| {
            let slot = &mut state.world.slots[slot];
            if slot.gone {
                return Err(error(ErrorKind::Gone, Operation::Reset));
            }
            if quiet.epoch() != slot.epoch {
                return Err(error(ErrorKind::WasReset, Operation::Reset));
            }
            slot.quiet = false;
            slot.set_mastering(true);
            Ok(())
        })
    }
}

pub(crate) const fn error(kind: ErrorKind, operation: Operation) -> Error {
    Error::new(kind, operation, 0)
}

/// What an injected refusal of the system looks like: `EIO`.
pub(crate) const fn os(operation: Operation) -> Error {
    Error::new(ErrorKind::Os, operation, 5)
}
