//! The card, by its registers (QEMU `docs/specs/edu.rst`).
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::time::{Duration, Instant};

use backend_vfio::{Options, Registers, VfioDevice, VfioRegion};
use dma_core::{
    Access, AddressMask, Backend, Buffer, Direction, DmaBuffer, RegisterSpace, Request, To,
};

/// Behind a root port, where it can be reset.
pub(crate) const BEHIND_PORT: &str = "0000:01:00.0";
/// On the root bus, where it cannot.
pub(crate) const ON_ROOT_BUS: &str = "0000:00:06.0";

pub(crate) const IDENTIFICATION: usize = 0x00;
pub(crate) const LIVENESS: usize = 0x04;
const INTERRUPT_RAISE: usize = 0x60;
const INTERRUPT_ACKNOWLEDGE: usize = 0x64;
const INTERRUPT_STATUS: usize = 0x24;
const SOURCE: usize = 0x80;
const DESTINATION: usize = 0x88;
const COUNT: usize = 0x90;
const COMMAND: usize = 0x98;
/// The card's own memory.
const OWN: u64 = 0x4_0000;

/// An `edu` with its registers.
pub(crate) struct Edu {
    pub(crate) device: VfioDevice,
    pub(crate) registers: Registers,
}

impl Edu {
    pub(crate) fn open(place: &str, options: &str) -> Self {
        let options = Options::parse(options).unwrap();
        Self::of(VfioDevice::open(place, options).expect("the card can be opened"))
    }

    pub(crate) fn of(device: VfioDevice) -> Self {
        let registers = device.region(0).unwrap();
        Self { device, registers }
    }

    pub(crate) fn load(&self, offset: usize) -> u32 {
        // SAFETY: a register of 32 bits within the BAR; these reads have no side effects.
        unsafe { Access::<u32>::load(&self.registers, offset) }
    }

    pub(crate) fn store(&self, offset: usize, value: u32) {
        // SAFETY: as above; none of these registers starts a transfer.
        unsafe { Access::<u32>::store(&self.registers, offset, value) }
    }

    /// Makes the card interrupt.
    pub(crate) fn raise(&self) {
        self.store(INTERRUPT_RAISE, 1);
    }

    /// Makes it stop interrupting.
    pub(crate) fn acknowledge(&self) {
        self.store(INTERRUPT_ACKNOWLEDGE, self.load(INTERRUPT_STATUS));
    }

    /// A request that the card can use.
    pub(crate) fn request(length: usize) -> Request {
        Request::bytes(length).within(AddressMask::bits(28))
    }

    /// Moves the first bytes of a buffer, at most 4 KiB, and waits for the end.
    pub(crate) fn transfer(
        &self,
        mut buffer: Buffer<VfioRegion>,
        direction: Direction,
    ) -> Buffer<VfioRegion> {
        let length = buffer.len().min(4096);
        buffer.sync(0..length, To::Device, direction);
        let (iova, run) = buffer.run(0, length);
        assert_eq!(run, length);
        let (source, destination, command) = match direction {
            Direction::ToDevice => (iova.get(), OWN, 0b01),
            Direction::FromDevice => (OWN, iova.get(), 0b11),
        };
        for (register, value) in
            [(SOURCE, source), (DESTINATION, destination), (COUNT, length as u64)]
        {
            // SAFETY: registers of 64 bits within the BAR; the addresses are of a buffer that this
            // function owns until the transfer has ended.
            unsafe { Access::<u64>::store(&self.registers, register, value) };
        }
        self.registers.release();
        // SAFETY: as above: this starts the transfer.
        unsafe { Access::<u64>::store(&self.registers, COMMAND, command) };
        let started = Instant::now();
        // SAFETY: as above; reading has no side effects.
        while unsafe { Access::<u64>::load(&self.registers, COMMAND) } & 1 == 1 {
            assert!(started.elapsed() < Duration::from_secs(20), "the card does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.registers.acquire();
        buffer.sync(0..length, To::Cpu, direction);
        buffer
    }

    /// Writes a pattern to the card and reads it back into another buffer.
    pub(crate) fn there_and_back(&self, seed: u8) {
        let lender = self.device.memory();
        let lend = |length| dma_core::Allocate::allocate(lender, Self::request(length)).unwrap();
        self.device.set_bus_mastering(true).unwrap();
        let mut sent = lend(4096);
        sent.bytes_mut().iter_mut().zip(0_usize..).for_each(|(byte, index)| {
            *byte = seed ^ (index.wrapping_mul(0x9d) >> 3).to_le_bytes()[0];
        });
        let sent = self.transfer(sent, Direction::ToDevice);
        let received = self.transfer(lend(4096), Direction::FromDevice);
        assert!(sent.bytes() == received.bytes(), "the bytes came back changed");
        assert_ne!(received.bytes(), [0; 4096]);
    }
}
