//! A small machine to test the engine on: memory, channel, interrupt, time.
//!
//! The device really moves bytes, through its own table of mappings, so that a wrong address or
//! a buffer that was freed too early is seen: it counts as a violation.

mod channel;
mod memory;
mod signal;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use dma_core::{
    AddressMask, DeviceAddress, DeviceWindow, Direction, Directions, DomainId, Engine, Epoch,
    Limits, Quiet, Segment,
};

pub use self::channel::TestChannel;
pub use self::memory::{TestLender, TestRegion};
pub use self::signal::TestSignal;

/// What most tests use.
pub type TestBuffer = dma_core::Buffer<TestRegion>;
/// An engine of the test's parts.
pub type TestEngine<const N: usize> = Engine<TestChannel, TestSignal, TestBuffer, N>;

/// Bytes of the card's own memory.
pub const CARD: usize = 4096;

/// A piece of host memory as the device reaches it.
#[derive(Debug)]
pub struct Mapping {
    pub iova: u64,
    pub cpu: usize,
    pub length: usize,
    pub permits: Directions,
}

/// One segment on its way.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub segment: Segment,
    /// When it is done; `None` before the doorbell.
    pub due: Option<u64>,
}

/// Everything about the machine.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug)]
pub struct State {
    pub now: u64,
    pub epoch: Epoch,
    pub limits: Limits,
    pub domain: DomainId,
    pub mappings: Vec<Mapping>,
    pub next_iova: u64,
    pub card: Vec<u8>,
    pub queue: VecDeque<Entry>,
    /// Every segment that was pushed.
    pub log: Vec<Segment>,
    pub doorbells: u32,
    /// Nanoseconds that one segment takes.
    pub latency: u64,
    /// Interrupts so far, and whether they arrive at all.
    pub interrupts: u64,
    pub interrupts_lost: bool,
    /// Nanoseconds that re-arming the interrupt takes.
    pub rearm_takes: u64,
    /// The segment, counted from the first ever pushed, that fails.
    pub fault_at: Option<u64>,
    /// Segments done so far.
    pub done: u64,
    /// What the next count that is not zero is too high by.
    pub over_count: usize,
    /// The device does not stop.
    pub stuck: bool,
    /// The device answers with all ones.
    pub gone: bool,
    /// Mappings cannot be taken away.
    pub unmap_fails: bool,
    pub quiesced: u32,
    pub syncs_to_device: u32,
    pub syncs_to_cpu: u32,
    /// Accesses of the device to what is not mapped for it.
    pub violations: u32,
    /// Allocations that live.
    pub lent: usize,
}

/// A handle to the machine.
#[derive(Clone, Debug)]
pub struct World(Arc<Mutex<State>>);

impl World {
    pub fn new() -> Self {
        Self::with_limits(limits(8))
    }

    pub fn with_limits(limits: Limits) -> Self {
        static DEVICES: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
        let device = DEVICES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Self(Arc::new(Mutex::new(State {
            now: 1_000,
            epoch: Epoch { device, resets: 0 },
            limits,
            domain: DomainId::unique(),
            mappings: Vec::new(),
            next_iova: 0x10_0000,
            card: vec![0; CARD],
            queue: VecDeque::with_capacity(4096),
            log: Vec::with_capacity(65_536),
            doorbells: 0,
            latency: 100,
            interrupts: 0,
            interrupts_lost: false,
            rearm_takes: 0,
            fault_at: None,
            done: 0,
            over_count: 0,
            stuck: false,
            gone: false,
            unmap_fails: false,
            quiesced: 0,
            syncs_to_device: 0,
            syncs_to_cpu: 0,
            violations: 0,
            lent: 0,
        })))
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn channel(&self) -> TestChannel {
        TestChannel::new(self.clone())
    }

    pub fn signal(&self) -> TestSignal {
        TestSignal::new(self.clone())
    }

    pub fn engine<const N: usize>(&self) -> TestEngine<N> {
        Engine::new(self.channel(), self.signal()).unwrap()
    }

    /// Memory that the device sees in runs of at most `run` bytes.
    pub fn lender(&self, run: usize) -> TestLender {
        TestLender::new(self.clone(), run)
    }

    /// A buffer of one run.
    pub fn buffer(&self, bytes: &[u8]) -> TestBuffer {
        use dma_core::{Allocate, Request};
        let mut buffer = self.lender(usize::MAX).allocate(Request::bytes(bytes.len())).unwrap();
        buffer.copy_in(bytes).unwrap();
        buffer
    }

    /// Resets the device: nothing runs any more.
    pub fn reset(&self) -> Quiet {
        let mut state = self.state();
        state.queue.clear();
        state.epoch.resets += 1;
        state.stuck = false;
        // SAFETY: the queue is empty, so the device touches nothing.
        unsafe { Quiet::new(state.epoch) }
    }
}

impl State {
    /// Lets everything happen that is due.
    pub fn advance_to(&mut self, now: u64) {
        self.now = self.now.max(now);
        let fired = self.queue.iter().filter(|entry| entry.due.is_some_and(|due| due <= now));
        if fired.count() > 0 {
            self.interrupts += 1;
        }
    }

    /// When the next segment will be done.
    pub fn next_due(&self) -> Option<u64> {
        self.queue.iter().filter_map(|entry| entry.due).filter(|due| *due > self.now).min()
    }

    /// Moves the bytes of one segment, if the device may reach them.
    pub fn transfer(&mut self, segment: Segment) {
        let start = segment.host.get();
        let end = start + segment.length as u64;
        let Some(mapping) = self
            .mappings
            .iter()
            .find(|mapping| mapping.iova <= start && end <= mapping.iova + mapping.length as u64)
        else {
            self.violations += 1;
            return;
        };
        if !mapping.permits.contains(segment.direction.set()) {
            self.violations += 1;
            return;
        }
        let host = mapping.cpu + usize::try_from(start - mapping.iova).unwrap();
        let host = std::ptr::with_exposed_provenance_mut::<u8>(host);
        for number in 0..segment.length {
            let at = usize::try_from(segment.device.get()).unwrap() + number;
            let cell = &mut self.card[at % CARD];
            // SAFETY: within a mapping, whose memory is valid and is the device's now.
            let byte = unsafe { host.add(number) };
            match segment.direction {
                // SAFETY: as above.
                Direction::ToDevice => *cell = unsafe { byte.read() },
                // SAFETY: as above.
                Direction::FromDevice => unsafe { byte.write(*cell) },
            }
        }
    }
}

/// Limits without anything special.
pub fn limits(depth: usize) -> Limits {
    Limits {
        mask: AddressMask::bits(32),
        max_segment: 64 * 1024,
        alignment: 1,
        boundary: 0,
        device_window: DeviceWindow { start: DeviceAddress::new(0), length: CARD as u64 },
        directions: Directions::BOTH,
        depth,
    }
}
