//! A channel for the probe card: one transfer at a time.

use backend_mock::MockSpace;
use dma_core::{
    Access, AddressMask, Channel, DeviceAddress, DeviceWindow, Direction, Directions, DomainId,
    Error, ErrorKind, Limits, Operation, RegisterSpace, Segment,
};

const STATUS: usize = 0x08;
const ENABLE: usize = 0x0c;
const HOST: usize = 0x10;
const AT: usize = 0x18;
const LENGTH: usize = 0x1c;
const COMMAND: usize = 0x20;
const STATE: usize = 0x24;

const BUSY: u32 = 1 << 0;
const FAILED: u32 = 1 << 1;

/// The one transfer that the card can do.
pub(crate) struct ProbeChannel {
    space: MockSpace,
    pushed: Option<u32>,
    running: bool,
}

impl ProbeChannel {
    pub(crate) fn new(space: MockSpace) -> Self {
        let channel = Self { space, pushed: None, running: false };
        channel.set(ENABLE, 1);
        channel
    }

    fn get(&self, offset: usize) -> u32 {
        // SAFETY: an offset of the card; no load of it has effects.
        unsafe { self.space.load(offset) }
    }

    fn set(&self, offset: usize, value: u32) {
        // SAFETY: an offset of the card; what it starts was promised to `push`.
        unsafe { self.space.store(offset, value) }
    }

    fn state(&self) -> Result<u32, Error> {
        match self.get(STATE) {
            u32::MAX => Err(Error::new(ErrorKind::Gone, Operation::Transfer, 0)),
            state => Ok(state),
        }
    }
}

// SAFETY: the card touches memory only while it is busy, and only what its registers say; a
// segment is counted when it is no longer busy, and `quiesce` waits for that.
unsafe impl Channel for ProbeChannel {
    fn limits(&self) -> Limits {
        Limits {
            mask: AddressMask::ALL,
            max_segment: 3_000,
            alignment: 1,
            boundary: 0,
            device_window: DeviceWindow { start: DeviceAddress::new(0), length: 1 << 16 },
            directions: Directions::BOTH,
            depth: 1,
        }
    }

    fn domain(&self) -> DomainId {
        self.space.domain()
    }

    fn room(&self) -> usize {
        usize::from(self.pushed.is_none() && !self.running)
    }

    unsafe fn push(&mut self, segment: Segment) {
        // SAFETY: an offset of the card; the address was promised to this function.
        unsafe { self.space.store(HOST, segment.host.get()) };
        self.set(AT, u32::try_from(segment.device.get()).unwrap());
        self.set(LENGTH, u32::try_from(segment.length).unwrap());
        self.pushed = Some(1 | u32::from(segment.direction == Direction::FromDevice) << 1);
    }

    fn kick(&mut self) {
        if let Some(command) = self.pushed.take() {
            self.space.release();
            self.set(COMMAND, command);
            self.running = true;
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        if !self.running {
            return Ok(0);
        }
        self.set(STATUS, 1);
        let state = self.state()?;
        if state & BUSY != 0 {
            return Ok(0);
        }
        self.space.acquire();
        self.running = false;
        if state & FAILED != 0 {
            return Err(Error::new(ErrorKind::DeviceFault, Operation::Transfer, state));
        }
        Ok(1)
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        for _ in 0..100 {
            if self.state()? & BUSY == 0 {
                self.pushed = None;
                self.running = false;
                return Ok(());
            }
        }
        Err(Error::new(ErrorKind::Stuck, Operation::Quiesce, 0))
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.quiesce()?;
        self.set(ENABLE, 1);
        Ok(())
    }
}
