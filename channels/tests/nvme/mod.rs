//! A simulated controller, its driver, and a clock.

use backend_mock::{Machine, MockDevice, MockRegion, MockSignal, MockSpace, NvmeCard};
use channels::nvme::{Controller, IoQueue};
use dma_core::{Allocate, Backend, Failed, Refused, Request, Ticket, Timeout};

pub(crate) const SECOND: Timeout = Timeout::secs(1);

pub(crate) type Buffer = dma_core::Buffer<MockRegion>;

pub(crate) type Queue<const N: usize> = IoQueue<MockSpace, MockRegion, Buffer, N>;

pub(crate) struct Stand {
    pub(crate) device: MockDevice,
    pub(crate) controller: Controller<MockSpace, MockRegion>,
    pub(crate) clock: MockSignal,
}

impl Stand {
    pub(crate) fn new(card: NvmeCard) -> Self {
        let device = Machine::new().plug(card);
        device.set_bus_mastering(true).unwrap();
        let mut clock = device.signal(0).unwrap();
        let space = device.region(0).unwrap();
        // SAFETY: nobody else drives the card.
        let controller = unsafe { Controller::new(space, device.memory(), &mut clock) };
        Self { controller: controller.unwrap(), device, clock }
    }

    /// Every block is filled with its number, counted from 1.
    pub(crate) fn fill(&self) {
        self.device.with_card(|card: &mut NvmeCard| {
            for (number, block) in card.disk_mut().chunks_mut(512).enumerate() {
                block.fill(number as u8 + 1);
            }
        });
    }

    pub(crate) fn queue<const N: usize>(&mut self, vector: Option<u16>) -> Queue<N> {
        let disk = self.controller.namespace(1, &mut self.clock).unwrap();
        self.controller.create(disk, vector, self.device.memory(), &mut self.clock).unwrap()
    }

    /// A buffer that begins so far in a page, with bytes that differ.
    pub(crate) fn buffer(&self, length: usize, offset: usize, seed: u8) -> Buffer {
        let request = Request::bytes(offset + length).aligned(4096);
        let whole = self.device.memory().allocate(request).unwrap();
        let (_, mut buffer) = whole.split_at(offset).unwrap();
        for (at, byte) in buffer.bytes_mut().iter_mut().enumerate() {
            *byte = seed.wrapping_mul((at / 512) as u8 | 1);
        }
        buffer
    }

    /// Runs one command to its end.
    pub(crate) fn run<const N: usize>(
        &mut self,
        queue: &mut Queue<N>,
        begin: impl FnOnce(&mut Queue<N>) -> Result<Ticket, Refused<Buffer>>,
    ) -> Result<Buffer, Failed<Buffer>> {
        let ticket = begin(queue).unwrap();
        queue.kick();
        queue.spin(ticket, &mut self.clock, SECOND)
    }

    pub(crate) fn close<const N: usize>(&mut self, queue: Queue<N>) {
        self.controller.close(queue, &mut self.clock, |_| {}).unwrap();
    }

    /// Closes the last queue, and looks that nothing was done that should not be.
    pub(crate) fn end<const N: usize>(mut self, queue: Queue<N>) {
        self.close(queue);
        let Self { device, controller, mut clock } = self;
        controller.shut_down(&mut clock).unwrap();
        assert_eq!(device.faults(), []);
        assert_eq!(device.complaints(), Vec::<String>::new());
        drop(clock);
        assert!(device.mappings().is_empty(), "all memory came back");
    }
}
