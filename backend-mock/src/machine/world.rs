//! The state of the machine, and how time passes in it.
#![forbid(unsafe_code)]

use std::task::Waker;
use std::time::Instant;

use dma_core::{Epoch, To};

use super::journal::{Happened, Record};
use super::port::Port;
use super::slot::Slot;
use crate::card::{Card, Place};
use crate::clock::{Costs, Events, What};
use crate::injection::{Injection, Pending, use_up};
use crate::iommu::{DomainState, Fault, Wording};
use crate::ram::Ram;

/// So many faults are kept; those after are only counted.
const FAULTS_KEPT: usize = 10_000;
/// As well as so many complaints of a card.
const COMPLAINTS_KEPT: usize = 1_000;

/// Everything but the cards: what a card can act on while it runs.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) now: u64,
    /// When the machine was built, if its time is real.
    pub(crate) built: Option<Instant>,
    pub(crate) costs: Costs,
    pub(crate) events: Events,
    pub(crate) ram: Ram,
    /// The physical one first; the others come and go.
    pub(crate) domains: Vec<Option<DomainState>>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) wording: Wording,
    pub(crate) faults: Vec<Fault>,
    pub(crate) journal: Option<Vec<Record>>,
    /// Every fault that was injected: when, into which card.
    pub(crate) injected: Vec<(u64, usize, Injection)>,
    /// To be woken when nothing is locked any more.
    pub(crate) woken: Vec<Waker>,
    /// An interrupt fired that a sleeping thread may wait for.
    pub(crate) fired: bool,
    /// Tasks that are to be woken at a time, by the number of their signal; only in real time.
    pub(crate) alarms: Vec<(u64, u64, Waker)>,
    /// There is a new one.
    pub(crate) alarmed: bool,
    pub(crate) signals: u64,
}

/// The machine's state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) cards: Vec<Box<dyn Card>>,
    pub(crate) world: World,
}

impl World {
    /// Whether time passes by itself, and cards work on a thread of their own.
    #[inline]
    pub(crate) const fn is_real(&self) -> bool {
        self.built.is_some()
    }

    /// Looks at the clock, where time is real.
    #[inline]
    pub(crate) fn tick(&mut self) {
        if let Some(built) = self.built {
            let now = u64::try_from(built.elapsed().as_nanos()).unwrap_or(u64::MAX);
            self.now = self.now.max(now);
        }
    }

    /// Forgets when a task is to be woken. Its waker is dropped where nothing is locked.
    pub(crate) fn take_alarm(&mut self, signal: u64) -> Option<Waker> {
        let at = self.alarms.iter().position(|(_, number, _)| *number == signal)?;
        Some(self.alarms.swap_remove(at).2)
    }

    #[inline]
    pub(crate) fn note(&mut self, card: usize, what: Happened) {
        let time = self.now;
        if let Some(journal) = &mut self.journal {
            journal.push(Record { time, card, what });
        }
    }

    pub(crate) fn keep_fault(&mut self, fault: Fault) {
        if self.faults.len() < FAULTS_KEPT {
            self.faults.push(fault);
        }
    }

    pub(crate) fn complain(&mut self, slot: usize, complaint: String) {
        let slot = &mut self.slots[slot];
        slot.counters.complaints += 1;
        if slot.complaints.len() < COMPLAINTS_KEPT {
            slot.complaints.push(complaint);
        }
    }

    /// The card asserts an interrupt.
    pub(crate) fn raise(&mut self, slot: usize, vector: usize) {
        let port = &mut self.slots[slot];
        let Some(line) = port.vectors.get_mut(vector) else { return };
        if port.gone || !line.raise() {
            return;
        }
        if use_up(&mut port.pending.lose_interrupts) {
            port.counters.lost_interrupts += 1;
            return;
        }
        let (count, later) = &mut port.pending.delay_interrupts;
        if use_up(count) {
            port.counters.delayed_interrupts += 1;
            let time = self.now.saturating_add(*later);
            self.events.plan(time, slot, What::Interrupt(vector));
            return;
        }
        self.fire(slot, vector);
    }

    /// An interrupt arrives, whoever sent it.
    pub(crate) fn fire(&mut self, slot: usize, vector: usize) {
        let port = &mut self.slots[slot];
        if let Some(line) = port.vectors.get_mut(vector) {
            line.fire(&mut self.woken);
            self.fired = true;
            port.counters.interrupts += 1;
            self.note(slot, Happened::Interrupt { vector });
        }
    }
}

impl State {
    /// Lets time pass up to `until`, with everything that happens on the way. Real time passes by
    /// itself.
    pub(crate) fn pass_until(&mut self, until: u64) {
        if self.world.is_real() {
            return;
        }
        while self.step(until) {}
        self.world.now = self.world.now.max(until);
    }

    #[inline]
    pub(crate) fn pass(&mut self, nanoseconds: u64) {
        if self.world.is_real() {
            return;
        }
        let until = self.world.now.saturating_add(nanoseconds);
        match self.world.events.next_time() {
            Some(time) if time <= until => self.pass_until(until),
            _ => self.world.now = until,
        }
    }

    /// Lets the next thing happen that is planned for `until` or before. `false`: there is none.
    pub(crate) fn step(&mut self, until: u64) -> bool {
        let Some(event) = self.world.events.take(until) else {
            return false;
        };
        self.world.now = self.world.now.max(event.time);
        match event.what {
            What::Fault(injection) => self.inject(event.slot, injection),
            _ if self.world.slots[event.slot].gone => {}
            What::Work(token) => self.work(event.slot, token),
            What::Interrupt(vector) => self.world.fire(event.slot, vector),
            What::GoesOn => {
                let pending = &mut self.world.slots[event.slot].pending;
                if pending.stuck_until.is_some_and(|until| until <= event.time) {
                    (pending.stuck, pending.stuck_until) = (None, None);
                    self.release_held(event.slot);
                }
            }
        }
        true
    }

    /// Work of a card whose time has come; held back while the card is stuck.
    fn work(&mut self, slot: usize, token: u64) {
        let port = &mut self.world.slots[slot];
        if port.pending.stuck.is_some() {
            port.held.push(token);
            return;
        }
        self.world.note(slot, Happened::Work { token });
        let mut port = Port { world: &mut self.world, slot };
        self.cards[slot].run(&mut port, token);
    }

    pub(crate) fn load(&mut self, slot: usize, place: Place) -> u64 {
        let world = &self.world;
        self.pass(world.slots[slot].cost(world.costs.load));
        let port = &mut self.world.slots[slot];
        port.counters.loads += 1;
        port.touched[place.region].count(place.offset, false);
        let all = u64::MAX >> (64 - 8 * place.width);
        let fails = use_up(&mut port.pending.fail_loads);
        port.counters.failed_loads += u64::from(fails);
        let value = if port.gone || fails {
            all
        } else {
            let mut port = Port { world: &mut self.world, slot };
            self.cards[slot].load(&mut port, place) & all
        };
        self.world.note(slot, Happened::Load { place, value });
        value
    }

    pub(crate) fn store(&mut self, slot: usize, place: Place, value: u64) {
        let world = &self.world;
        self.pass(world.slots[slot].cost(world.costs.store));
        let port = &mut self.world.slots[slot];
        port.counters.stores += 1;
        port.touched[place.region].count(place.offset, true);
        let gone = port.gone;
        self.world.note(slot, Happened::Store { place, value });
        if !gone {
            let mut port = Port { world: &mut self.world, slot };
            self.cards[slot].store(&mut port, place, value);
        }
    }

    /// Memory changes hands between CPU and device: counted, and a look costs time. Whether the
    /// caches get to know of it; what they have to say is [`Ram::sync`]'s.
    pub(crate) fn hand_over(&mut self, slot: usize, to: To) -> bool {
        match to {
            To::Device => self.world.slots[slot].counters.syncs_to_device += 1,
            To::Cpu => self.look(slot),
        }
        self.world.slots[slot].pending.forget_syncs != Some(to)
    }

    /// A look at what the device wrote: counted, and it costs time.
    #[inline]
    pub(crate) fn look(&mut self, slot: usize) {
        self.world.slots[slot].counters.syncs_to_cpu += 1;
        self.pass(self.world.costs.observe);
    }

    pub(crate) fn inject(&mut self, slot: usize, injection: Injection) {
        let now = self.world.now;
        self.world.injected.push((now, slot, injection));
        self.world.slots[slot].pending.add(now, injection);
        match injection {
            Injection::Hiccup { nanoseconds } => {
                self.world.events.plan(now.saturating_add(nanoseconds), slot, What::GoesOn);
            }
            Injection::SpuriousInterrupt { vector } => self.world.fire(slot, vector),
            Injection::Removal => {
                self.world.slots[slot].gone = true;
                self.world.slots[slot].held.clear();
                self.world.events.forget(slot);
                // Whoever sleeps must look and see that the card is gone.
                for vector in 0..self.world.slots[slot].vectors.len() {
                    self.world.fire(slot, vector);
                }
            }
            _ => {}
        }
        self.world.slots[slot].refresh();
    }

    /// Ends every injected fault but removal.
    pub(crate) fn heal(&mut self, slot: usize) {
        self.world.slots[slot].pending = Pending::default();
        self.world.slots[slot].refresh();
        self.release_held(slot);
    }

    /// Work that was held back goes on now.
    pub(crate) fn release_held(&mut self, slot: usize) {
        for token in std::mem::take(&mut self.world.slots[slot].held) {
            self.world.events.plan(self.world.now, slot, What::Work(token));
        }
    }

    /// A card that was removed comes back.
    pub(crate) fn replug(&mut self, slot: usize) {
        if std::mem::replace(&mut self.world.slots[slot].gone, false) {
            self.cards[slot].power_cycle();
            self.reset(slot);
        }
    }

    /// A reset that nothing prevents: bus mastering off, interrupts down, and the card's own.
    pub(crate) fn reset(&mut self, slot: usize) {
        let port = &mut self.world.slots[slot];
        port.set_mastering(false);
        port.quiet = true;
        let resets = port.epoch.resets.wrapping_add(1);
        port.set_epoch(Epoch { resets, ..port.epoch });
        port.vectors.iter_mut().for_each(crate::interrupt::Vector::reset);
        let forgets = self.cards[slot].reset();
        let port = &mut self.world.slots[slot];
        if port.pending.stuck == Some(false) {
            (port.pending.stuck, port.pending.stuck_until) = (None, None);
        }
        let free = port.pending.stuck.is_none();
        if forgets {
            port.held.clear();
            self.world.events.forget(slot);
        } else if free {
            self.release_held(slot);
        }
        self.world.note(slot, Happened::Reset);
    }
}
