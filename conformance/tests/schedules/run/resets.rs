//! Resets, careful ones and others; engines that are dropped and made anew.
#![forbid(unsafe_code)]

use backend_mock::{Injection, Machine, MockDevice, MockSignal};
use dma_core::{Backend, Channel, Engine, ErrorKind, Quiet};

use super::{AFTERMATH, Desk, JOBS, Run, Wrong, told};
use crate::cards::Kind;
use crate::job::Body;
use crate::memory::Memory;

impl<K: Kind> Run<K> {
    /// Resets the device; puts it back, if it was removed.
    pub(super) fn reset(
        &mut self,
        careful: bool,
        meanwhile: Option<Injection>,
    ) -> Result<(), Wrong> {
        self.resets.push(self.machine.now());
        let quiet = self.device.reset();
        let quiet = match quiet {
            Ok(quiet) => quiet,
            // Refused; another time, then.
            Err(error) if error.kind() == ErrorKind::Os => return self.settle(),
            Err(error) if error.kind() == ErrorKind::Gone => {
                self.device.replug();
                if K::ONE_MEMORY {
                    self.memories.iter_mut().for_each(Memory::forget);
                }
                match self.device.reset() {
                    Ok(quiet) => quiet,
                    Err(error) if error.kind() == ErrorKind::Os => return self.settle(),
                    Err(error) => return Err(format!("a card that came back: {error}")),
                }
            }
            Err(error) => return Err(format!("a reset: {error}")),
        };
        self.desks.iter().for_each(|desk| desk.tracker.set_recovering(true));
        if let Some(what) = meanwhile {
            self.device.inject(what);
        }
        let mut recovered = true;
        if careful {
            for desk in &mut self.desks {
                recovered &= recover(&self.machine, &self.device, &mut desk.engine, &quiet)?;
            }
        }
        let resumed = self.device.resume(quiet);
        self.desks.iter().for_each(|desk| desk.tracker.set_recovering(false));
        self.settle()?;
        match resumed {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::Gone => recovered = false,
            Err(error) => return Err(format!("ending the quiet time after a reset: {error}")),
        }
        if careful && recovered {
            for desk in &self.desks {
                if let Some(stuck) = desk.engine.stuck() {
                    return Err(format!("a recovered engine is stuck: {stuck}"));
                }
            }
        }
        Ok(())
    }

    /// Drops the engines as they are. Whether the card may be opened again.
    pub(super) fn drop_engines(&mut self) -> bool {
        // What goes with an engine cannot be counted one by one.
        self.device.inject(Injection::FailUnmaps(0));
        let refused = self.device.counters().refused_unmaps;
        let mut all = true;
        let sides = self.desks.len().max(1);
        for desk in std::mem::take(&mut self.desks) {
            let Desk { engine, tracker, jobs, .. } = desk;
            drop(engine);
            if !tracker.is_quiet() {
                all = false;
                self.leaked += self.own_mappings / sides;
                self.leaked += jobs.iter().map(|job| job.mappings).sum::<usize>();
            }
        }
        self.refused_unseen |= self.device.counters().refused_unmaps > refused;
        all
    }

    pub(super) fn reopen(&mut self) -> Result<(), Wrong> {
        if self.desks.is_empty() {
            return Ok(());
        }
        self.settle()?;
        if !self.drop_engines() {
            // An engine that does not stop has its channel for ever.
            return Ok(());
        }
        // Nobody knows what the jobs that were called off did there.
        self.memories.iter_mut().for_each(|memory| *memory = Memory::new(memory.length()));
        self.memories.iter_mut().for_each(Memory::forget);
        if !K::ONE_MEMORY {
            self.memories.clear();
        }
        let refused = self.device.counters().refused_unmaps;
        if self.open_channels().is_err() {
            self.refused_unseen |= self.device.counters().refused_unmaps > refused;
            self.desks.clear();
            self.heal()?;
            if !K::ONE_MEMORY {
                self.memories.clear();
            }
            self.open_channels().map_err(told("opening a card that was healed"))?;
        }
        Ok(())
    }

    /// Makes the card as well as it can be: nothing is planned, nothing is wrong, it may master the
    /// bus. Engines are left.
    pub(super) fn heal(&mut self) -> Result<(), Wrong> {
        self.machine.advance(AFTERMATH);
        self.device.heal();
        self.device.replug();
        let quiet = self.device.reset().map_err(told("a reset of a card that is well"))?;
        // Time for what a reset does not end.
        self.machine.advance(AFTERMATH);
        self.device.resume(quiet).map_err(told("resuming a card that is well"))
    }
}

/// Recovers an engine, with patience and at last by healing the device. Whether it could be: a card
/// that was pulled out cannot.
fn recover<C: Channel>(
    machine: &Machine,
    device: &MockDevice,
    engine: &mut Engine<C, MockSignal, Body, JOBS>,
    quiet: &Quiet,
) -> Result<bool, Wrong> {
    for attempt in 0..12 {
        match engine.recover(quiet) {
            Ok(()) => return Ok(true),
            Err(error) if matches!(error.kind(), ErrorKind::Stuck | ErrorKind::Gone) => {
                machine.advance(AFTERMATH / 4);
                if attempt == 6 {
                    device.heal();
                }
            }
            Err(error) => return Err(format!("recovering says: {error}")),
        }
    }
    let gone = device.region(0).is_err();
    if gone { Ok(false) } else { Err("an engine of a healed device is not recovered".to_owned()) }
}
