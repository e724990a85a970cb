//! The channel: a queue in memory, with scripted behaviour.

use dma_core::{Channel, DomainId, Error, ErrorKind, Limits, Operation, Segment};

use super::{Entry, World};

/// The machine's only channel.
#[derive(Debug)]
pub struct TestChannel {
    world: World,
}

impl TestChannel {
    pub fn new(world: World) -> Self {
        Self { world }
    }
}

// SAFETY: the machine reaches host memory only in `transfer`, for segments in the queue; counted
// and quiesced ones are not in it any more.
unsafe impl Channel for TestChannel {
    fn limits(&self) -> Limits {
        self.world.state().limits
    }

    fn domain(&self) -> DomainId {
        self.world.state().domain
    }

    fn room(&self) -> usize {
        let state = self.world.state();
        state.limits.depth - state.queue.len()
    }

    unsafe fn push(&mut self, segment: Segment) {
        let mut state = self.world.state();
        assert!(state.queue.len() < state.limits.depth, "pushed without room");
        state.log.push(segment);
        state.queue.push_back(Entry { segment, due: None });
    }

    fn kick(&mut self) {
        let mut state = self.world.state();
        state.doorbells += 1;
        let latency = state.latency;
        let mut due = state.queue.iter().filter_map(|entry| entry.due).max().unwrap_or(0);
        due = due.max(state.now);
        for entry in state.queue.iter_mut().filter(|entry| entry.due.is_none()) {
            due = due.saturating_add(latency);
            entry.due = Some(due);
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        let mut state = self.world.state();
        if state.gone {
            return Err(Error::new(ErrorKind::Gone, Operation::Transfer, 0));
        }
        let now = state.now + 1;
        state.advance_to(now);
        let mut count = 0;
        while let Some(Entry { segment, due: Some(due) }) = state.queue.front().copied() {
            if due > now {
                break;
            }
            if state.fault_at == Some(state.done) {
                state.fault_at = None;
                return Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, 0x2a));
            }
            state.transfer(segment);
            state.queue.pop_front();
            state.done += 1;
            count += 1;
        }
        if count > 0 {
            count += std::mem::take(&mut state.over_count);
        }
        Ok(count)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        let mut state = self.world.state();
        state.quiesced += 1;
        if state.gone {
            return Err(Error::new(ErrorKind::Gone, Operation::Quiesce, 0));
        }
        if state.stuck {
            return Err(Error::new(ErrorKind::Stuck, Operation::Quiesce, 1));
        }
        state.queue.clear();
        Ok(())
    }
}
