//! The end of a run: everything in order, and a look at what is left.
#![forbid(unsafe_code)]

use backend_mock::schedule::Coverage;
use dma_core::Direction;

use super::{AFTERMATH, Run, Wrong};
use crate::cards::Kind;
use crate::plan::{Ending, How, RESET, name};

impl<K: Kind> Run<K> {
    /// Ends everything in order, and shows that all works; or leaves it as it is.
    pub(super) fn finish(&mut self) -> Result<(), Wrong> {
        if self.setup.ending == Ending::Abrupt {
            self.settle()?;
            self.drop_engines();
            return Ok(());
        }
        self.machine.advance(AFTERMATH);
        self.device.heal();
        self.reset(true, None)?;
        for side in 0..self.desks.len() {
            if !self.stop(side)? {
                return Err("a recovered engine does not stop".to_owned());
            }
            let limits = self.desks[side].engine.limits();
            let both = [Direction::ToDevice, Direction::FromDevice];
            for direction in both.into_iter().filter(|way| limits.directions.contains(way.set())) {
                self.queue(side, direction, (0, 100), true, false)?;
                if self.desks[side].jobs.len() != 1 {
                    return Err("a recovered engine takes no job".to_owned());
                }
                if !self.wait_for(0, How::Block, Some(50_000_000))? {
                    return Err("a job of a recovered engine does not end well".to_owned());
                }
            }
        }
        for desk in std::mem::take(&mut self.desks) {
            let parts = desk.engine.into_parts();
            drop(parts.map_err(|refused| format!("taking an idle engine apart: {refused}"))?);
        }
        Ok(())
    }

    /// Counts which faults hit which states.
    pub(super) fn count(&self, coverage: &mut Coverage) {
        let injected = self.machine.injections();
        let faults = injected.into_iter().filter_map(|(time, _, what)| Some((time, name(what)?)));
        let resets = self.resets.iter().map(|time| (*time, RESET));
        for (time, what) in faults.chain(resets) {
            for tracker in &self.trackers {
                if let Some(state) = tracker.at(time) {
                    coverage.hit(what, state.name());
                }
            }
        }
    }

    /// Closes the device, and compares what is left with what must be.
    pub(super) fn close(mut self) -> Result<(), Wrong> {
        for lent in std::mem::take(&mut self.graves) {
            self.exhume(lent)?;
        }
        let counters = self.device.counters();
        if counters.short_transfers == 0 {
            if let Some(fault) = self.machine.faults().first() {
                return Err(format!("the IOMMU refused an access: {fault}"));
            }
            if let Some(complaint) = self.device.complaints().first() {
                return Err(format!("the card complains: {complaint}"));
            }
        }
        let Self { machine, device, leaked, refused_unseen, .. } = self;
        drop(device);
        let leaks = machine.leaks();
        let exact = leaks.mappings == leaked || refused_unseen && leaks.mappings > leaked;
        let open = usize::from(leaks.mappings > 0);
        if !exact || leaks.devices != open || (leaked == 0 && !refused_unseen && leaks.pages > 0) {
            return Err(format!("left at the end: {leaks}; accounted for: {leaked} mappings"));
        }
        Ok(())
    }
}
