//! Registers and bus accesses for tests, with the promises made once.

use backend_mock::{BusFault, MockDevice, MockRegion, MockSpace};
use dma_core::{Access, Backend, Narrow, Shared};

/// Host memory and registers of a test's own card.
#[derive(Clone)]
pub(crate) struct Registers(pub(crate) MockSpace);

impl Registers {
    pub(crate) fn of(device: &MockDevice) -> Self {
        Self(device.region(0).unwrap())
    }

    pub(crate) fn part(&self, offset: usize, size: usize) -> Self {
        Self(self.0.narrow(offset, size).unwrap())
    }

    pub(crate) fn get(&self, offset: usize) -> u32 {
        // SAFETY: tests give offsets of the card, which have no dangerous loads.
        unsafe { self.0.load(offset) }
    }

    pub(crate) fn get64(&self, offset: usize) -> u64 {
        // SAFETY: as `get`.
        unsafe { self.0.load(offset) }
    }

    pub(crate) fn set(&self, offset: usize, value: u32) {
        // SAFETY: tests give offsets of the card, and addresses that are mapped for it, whose
        // memory they do not touch until the card is done, or that the IOMMU refuses.
        unsafe { self.0.store(offset, value) }
    }

    pub(crate) fn set64(&self, offset: usize, value: u64) {
        // SAFETY: as `set`.
        unsafe { self.0.store(offset, value) }
    }
}

/// Reads as the card would.
pub(crate) fn read(device: &MockDevice, iova: u64, bytes: &mut [u8]) -> Result<(), BusFault> {
    // SAFETY: tests hold no references to the memory at that address meanwhile.
    unsafe { device.dma_read(iova, bytes) }
}

/// Writes as the card would.
pub(crate) fn write(device: &MockDevice, iova: u64, bytes: &[u8]) -> Result<(), BusFault> {
    // SAFETY: as `read`.
    unsafe { device.dma_write(iova, bytes) }
}

/// A probe card in a machine of its own, that may master the bus.
pub(crate) fn probe() -> MockDevice {
    let device = backend_mock::Machine::new().plug(backend_mock::ProbeCard::new());
    device.set_bus_mastering(true).unwrap();
    device
}

/// Offsets of the probe card's registers.
pub(crate) mod probe {
    pub(crate) const STATUS: usize = 0x08;
    pub(crate) const ENABLE: usize = 0x0c;
    pub(crate) const HOST: usize = 0x10;
    pub(crate) const LENGTH: usize = 0x1c;
    pub(crate) const COMMAND: usize = 0x20;
    pub(crate) const STATE: usize = 0x24;
    pub(crate) const DELAY: usize = 0x28;
    pub(crate) const DONE: usize = 0x2c;
}

/// Loads a word of ring memory.
pub(crate) fn load(ring: &Shared<MockRegion>, offset: usize) -> u32 {
    // SAFETY: tests stay inside, at multiples of four.
    unsafe { ring.view().load(offset) }
}

/// Stores a word to ring memory.
pub(crate) fn store(ring: &Shared<MockRegion>, offset: usize, value: u32) {
    // SAFETY: as `load`; no card takes these words for addresses.
    unsafe { ring.view().store(offset, value) }
}
