//! A device in the same process that copies memory: as cheap as a channel can be.
//!
//! A real bus makes doorbells and status reads dear, and batches cheap in comparison. [`Bus`]
//! says what they cost here: nothing, to see what the engine itself takes, or what they cost on
//! PCI Express.

use std::hint;
use std::ptr;

use dma_core::{
    AddressMask, Channel, DeviceAddress, DeviceWindow, Direction, Directions, DomainId, Epoch,
    Error, Limits, Segment, Signal, Wake,
};

/// How many segments it holds.
pub const DEPTH: usize = 64;

/// Bytes of its own memory.
pub const CARD: usize = 4096;

/// What the bus costs, in turns of an empty loop: about a third of a nanosecond each.
///
/// Turns and not nanoseconds, so that counted instructions show the same as times do.
#[derive(Clone, Copy, Debug)]
pub struct Bus {
    /// A store of a register, until the processor goes on.
    pub store: u32,
    /// A load of a register.
    pub load: u32,
}

impl Bus {
    /// Nothing.
    pub const FREE: Self = Self { store: 0, load: 0 };

    /// A card of today: a store is posted (some 80 ns), a load goes there and back (some 800 ns).
    pub const PCI_EXPRESS: Self = Self { store: 240, load: 2400 };

    fn take(turns: u32) {
        for _ in 0..turns {
            hint::black_box(());
        }
    }
}

/// The device.
#[derive(Debug)]
pub struct Copier {
    card: Box<[u8; CARD]>,
    ring: [Option<Segment>; DEPTH],
    /// Segments pushed, told, and done so far; all of them wrap.
    pushed: usize,
    told: usize,
    done: usize,
    bus: Bus,
    doorbells: u64,
}

impl Copier {
    /// Idle.
    #[must_use]
    pub fn new(bus: Bus) -> Self {
        Self {
            card: Box::new([0; CARD]),
            ring: [None; DEPTH],
            pushed: 0,
            told: 0,
            done: 0,
            bus,
            doorbells: 0,
        }
    }

    /// How often its doorbell was rung.
    #[must_use]
    pub const fn doorbells(&self) -> u64 {
        self.doorbells
    }

    fn copy(&mut self, segment: &Segment) {
        let at = usize::try_from(segment.device.get()).unwrap_or(CARD);
        let Some(card) = self.card.get_mut(at..at + segment.length) else { return };
        let host = usize::try_from(segment.host.get()).unwrap_or(0);
        let host = ptr::with_exposed_provenance_mut::<u8>(host);
        match segment.direction {
            // SAFETY: `push` was promised that the host range is the device's until it is counted.
            Direction::ToDevice => unsafe {
                ptr::copy_nonoverlapping(host, card.as_mut_ptr(), segment.length);
            },
            // SAFETY: as above.
            Direction::FromDevice => unsafe {
                ptr::copy_nonoverlapping(card.as_ptr(), host, segment.length);
            },
        }
    }
}

// SAFETY: memory is touched in `poll` alone, for segments that were pushed and not yet counted.
unsafe impl Channel for Copier {
    fn limits(&self) -> Limits {
        Limits {
            mask: AddressMask::ALL,
            max_segment: CARD,
            alignment: 1,
            boundary: 0,
            device_window: DeviceWindow { start: DeviceAddress::new(0), length: CARD as u64 },
            directions: Directions::BOTH,
            depth: DEPTH,
        }
    }

    fn domain(&self) -> DomainId {
        DomainId::PHYSICAL
    }

    fn room(&self) -> usize {
        DEPTH - self.pushed.wrapping_sub(self.done)
    }

    unsafe fn push(&mut self, segment: Segment) {
        self.ring[self.pushed % DEPTH] = Some(segment);
        self.pushed = self.pushed.wrapping_add(1);
    }

    fn kick(&mut self) {
        Bus::take(self.bus.store);
        self.doorbells += 1;
        self.told = self.pushed;
    }

    fn poll(&mut self) -> Result<usize, Error> {
        Bus::take(self.bus.load);
        let before = self.done;
        while self.done != self.told {
            if let Some(segment) = self.ring[self.done % DEPTH] {
                self.copy(&segment);
            }
            self.done = self.done.wrapping_add(1);
        }
        Ok(self.done.wrapping_sub(before))
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        self.done = self.pushed;
        self.told = self.pushed;
        Ok(())
    }
}

/// A signal for a device that never lets one wait.
#[derive(Clone, Copy, Debug, Default)]
pub struct Always;

impl Signal for Always {
    fn now(&self) -> u64 {
        0
    }

    fn epoch(&self) -> Epoch {
        Epoch::default()
    }

    fn pause(&mut self) {
        hint::spin_loop();
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        Ok(false)
    }

    fn wait(&mut self, _: Option<u64>) -> Result<Wake, Error> {
        Ok(Wake::Fired)
    }

    fn poll_fired(
        &mut self,
        _: &mut std::task::Context<'_>,
        _: Option<u64>,
    ) -> std::task::Poll<Result<Wake, Error>> {
        std::task::Poll::Ready(Ok(Wake::Fired))
    }
}
