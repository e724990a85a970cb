//! A slot: everything about one card but the card itself.
#![forbid(unsafe_code)]

use std::sync::Arc;
use std::sync::atomic::Ordering::{Relaxed, Release};
use std::sync::atomic::{AtomicU32, AtomicU64};

use dma_core::{Epoch, Identity};

use crate::card::Card;
use crate::counters::{Counters, Touched};
use crate::injection::Pending;
use crate::interrupt::{Trigger, Vector};
use crate::iommu::Requester;

/// The number of the physical domain.
pub(crate) const PHYSICAL: usize = 0;

/// What a slot tells without the machine's lock: an engine asks at every step.
#[derive(Debug, Default)]
pub(crate) struct Outside {
    /// The resets of the slot's epoch.
    pub(crate) resets: AtomicU32,
    /// Memory handed to the device, and to the CPU, where there is nothing to be done but to count
    /// it.
    pub(crate) syncs_to_device: AtomicU64,
    pub(crate) syncs_to_cpu: AtomicU64,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "switches that exclude nothing: no enum fits")]
pub(crate) struct Slot {
    pub(crate) identity: Identity,
    pub(crate) class: Option<u32>,
    pub(crate) requester: Requester,
    pub(crate) sizes: Vec<usize>,
    pub(crate) epoch: Epoch,
    pub(crate) outside: Arc<Outside>,
    pub(crate) open: bool,
    /// Number of the domain; the physical one while nobody has it open.
    pub(crate) domain: usize,
    pub(crate) mastering: bool,
    /// Reset, and not resumed yet: bus mastering stays off.
    pub(crate) quiet: bool,
    pub(crate) gone: bool,
    /// Accesses of memory need no closer look.
    pub(crate) plain: bool,
    pub(crate) vectors: Vec<Vector>,
    pub(crate) pending: Pending,
    /// Work that is held back while the card is stuck.
    pub(crate) held: Vec<u64>,
    pub(crate) counters: Counters,
    pub(crate) touched: Vec<Touched>,
    pub(crate) complaints: Vec<String>,
    /// Longest run of device addresses that is lent.
    pub(crate) pieces: Option<usize>,
    pub(crate) refuse_contiguous: bool,
}

impl Slot {
    pub(crate) fn new(number: usize, card: &dyn Card, trigger: Trigger, count: u32) -> Self {
        Self {
            identity: card.identity(),
            class: card.class(),
            requester: Requester::of_slot(number),
            sizes: card.regions().to_vec(),
            epoch: Epoch::default(),
            outside: Arc::default(),
            open: false,
            domain: PHYSICAL,
            mastering: false,
            quiet: false,
            gone: false,
            plain: false,
            vectors: (0..card.vectors()).map(|_| Vector::new(trigger, count)).collect(),
            pending: Pending::default(),
            held: Vec::new(),
            counters: Counters::default(),
            touched: card.regions().iter().map(|_| Touched::default()).collect(),
            complaints: Vec::new(),
            pieces: None,
            refuse_contiguous: false,
        }
    }

    pub(crate) fn set_epoch(&mut self, epoch: Epoch) {
        self.epoch = epoch;
        self.outside.resets.store(epoch.resets, Release);
    }

    /// What it did so far.
    pub(crate) fn counted(&self) -> Counters {
        let mut counters = self.counters;
        counters.syncs_to_device += self.outside.syncs_to_device.load(Relaxed);
        counters.syncs_to_cpu += self.outside.syncs_to_cpu.load(Relaxed);
        counters
    }

    /// To be called after anything changed that decides what accesses of memory meet.
    pub(crate) fn refresh(&mut self) {
        self.plain = self.mastering && !self.gone && !self.pending.on_memory();
    }

    pub(crate) fn set_mastering(&mut self, on: bool) {
        self.mastering = on;
        self.refresh();
    }

    /// What an access of a register costs, in nanoseconds.
    #[inline]
    pub(crate) fn cost(&self, nanoseconds: u64) -> u64 {
        match self.pending.slow {
            None => nanoseconds,
            Some(factor) => nanoseconds.saturating_mul(u64::from(factor)),
        }
    }
}
