//! One job of a run: its memory, what it must find there, what became of it.
#![forbid(unsafe_code)]

use backend_mock::{MockDevice, MockRegion, Pages};
use dma_core::{
    Allocate, Buffer, Direction, DmaBuffer, Either, Error, ErrorKind, Limits, Mapped, Ticket, To,
};

/// Memory of either kind.
pub(crate) type Body = Either<Buffer<MockRegion>, Mapped<Pages, MockRegion>>;

/// Bytes of canaries on each side.
const GUARD: usize = 64;
const CANARY: u8 = 0xc9;
/// What memory is filled with that came back from a job which failed.
const BURIED: u8 = 0x5b;

/// A job that an engine has.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) number: u64,
    pub(crate) ticket: Option<Ticket>,
    pub(crate) direction: Direction,
    /// Where on the card.
    pub(crate) at: usize,
    pub(crate) length: usize,
    /// When it was given, by the run's own count.
    pub(crate) stamp: u64,
    /// Faults so far that may change bytes without anybody's being told.
    pub(crate) silent_faults: u64,
    pub(crate) guards: Option<[Buffer<MockRegion>; 2]>,
    pub(crate) mappings: usize,
    pub(crate) end: Option<Ended>,
}

/// How it ended, by what its channel said.
#[derive(Debug)]
pub(crate) enum Ended {
    /// It was counted; what it must have read, where it read and that is known.
    Done(Vec<Option<u8>>),
    /// It was called off.
    Cleared,
}

/// Memory that is not in an engine.
#[derive(Debug)]
pub(crate) struct Lent {
    pub(crate) body: Body,
    pub(crate) guards: Option<[Buffer<MockRegion>; 2]>,
    pub(crate) mappings: usize,
}

/// What the bytes of a job are.
pub(crate) fn pattern(number: u64, at: usize) -> u8 {
    let mixed = (number.wrapping_mul(0x9e37_79b9) ^ at as u64).wrapping_mul(0x2545_f491_4f6c_dd1d);
    mixed.to_le_bytes()[5]
}

/// What the memory of a job holds into which the card is to write.
fn blank(number: u64, at: usize) -> u8 {
    !pattern(number, at)
}

pub(crate) fn bytes(body: &Body) -> &[u8] {
    match body {
        Either::A(buffer) => buffer.bytes(),
        Either::B(mapped) => mapped.bytes(),
    }
}

fn runs(buffer: &impl DmaBuffer) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < buffer.length() {
        at += buffer.run(at, usize::MAX).1;
        count += 1;
    }
    count
}

impl Lent {
    /// Memory for a job: filled, and with canaries around it unless it is mapped.
    pub(crate) fn new(
        device: &MockDevice,
        limits: &Limits,
        number: u64,
        direction: Direction,
        (length, mapped): (usize, bool),
    ) -> Result<Self, Error> {
        let byte = |at| match direction {
            Direction::ToDevice => pattern(number, at),
            Direction::FromDevice => blank(number, at),
        };
        if mapped {
            let mut pages = Pages::holding(length)?;
            fill(&mut pages, byte);
            let mapped = Mapped::both_ways(device, pages, limits.mask);
            let mapped = mapped.map_err(|refused| refused.error)?;
            let mappings = runs(&mapped);
            return Ok(Self { body: Either::B(mapped), guards: None, mappings });
        }
        let mut whole = device.allocate(limits.request(GUARD + length + GUARD))?;
        let mappings = runs(&whole);
        whole.bytes_mut().fill(CANARY);
        whole.sync(0..whole.length(), To::Device, Direction::ToDevice);
        let (front, rest) = whole.split_at(GUARD).map_err(|refused| refused.error)?;
        let (mut body, back) = rest.split_at(length).map_err(|refused| refused.error)?;
        fill(body.bytes_mut(), byte);
        Ok(Self { body: Either::A(body), guards: Some([front, back]), mappings })
    }

    /// Looks at the canaries.
    pub(crate) fn is_intact(&mut self) -> bool {
        self.guards.iter_mut().flatten().all(|guard| {
            guard.sync(0..guard.length(), To::Cpu, Direction::FromDevice);
            guard.bytes().iter().all(|byte| *byte == CANARY)
        })
    }

    /// Fills it with what nobody else writes, so that a device that comes back to it is noticed.
    pub(crate) fn bury(&mut self) {
        if let Either::A(buffer) = &mut self.body {
            buffer.bytes_mut().fill(BURIED);
            buffer.sync(0..buffer.length(), To::Device, Direction::ToDevice);
        }
    }

    /// Whether nobody wrote it since it was buried.
    pub(crate) fn rests(&mut self) -> bool {
        let Either::A(buffer) = &mut self.body else { return true };
        buffer.sync(0..buffer.length(), To::Cpu, Direction::FromDevice);
        buffer.bytes().iter().all(|byte| *byte == BURIED)
    }

    /// Gives it back. The mappings that stay, because the system refused.
    pub(crate) fn give_back(self) -> Result<usize, String> {
        drop(self.guards);
        let result = match self.body {
            Either::A(buffer) => buffer.unmap(),
            Either::B(mapped) => mapped.into_inner().map(drop),
        };
        match result {
            Ok(()) => Ok(0),
            Err(error) if error.kind() == ErrorKind::Os => Ok(self.mappings),
            Err(error) => Err(format!("memory that is ours alone is not given back: {error}")),
        }
    }
}

fn fill(bytes: &mut [u8], byte: impl Fn(usize) -> u8) {
    for (at, place) in bytes.iter_mut().enumerate() {
        *place = byte(at);
    }
}

impl Job {
    /// Compares what came back with what must have.
    pub(crate) fn compare(&self, body: &Body, silent_faults: u64) -> Result<(), String> {
        let bytes = bytes(body);
        let wrong = |at: usize, expected: u8| {
            Err(format!(
                "job {} {:?}: byte {at} of {} is {:#04x}, must be {expected:#04x}",
                self.number, self.direction, self.length, bytes[at],
            ))
        };
        match (self.direction, &self.end) {
            (Direction::ToDevice, _) => {
                let at = (0..bytes.len()).find(|&at| bytes[at] != pattern(self.number, at));
                at.map_or(Ok(()), |at| wrong(at, pattern(self.number, at)))
            }
            (Direction::FromDevice, Some(Ended::Done(expected)))
                if silent_faults == self.silent_faults =>
            {
                let known = expected.iter().enumerate();
                let mut known = known.filter_map(|(at, byte)| byte.map(|byte| (at, byte)));
                let found = known.find(|&(at, byte)| bytes[at] != byte);
                found.map_or(Ok(()), |(at, byte)| wrong(at, byte))
            }
            _ => Ok(()),
        }
    }
}
