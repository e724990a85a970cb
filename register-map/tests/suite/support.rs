//! A register space that records every access, and a block to look at it with.

use std::cell::RefCell;
use std::rc::Rc;

use dma_core::{Access, DomainId, Narrow, Refused, RegisterSpace};
use register_map::fields::Field;
use register_map::rights::{
    Doorbell, ReadEffect, ReadOnly, ReadWrite, Rights, Steering, read, write,
};
use register_map::{Array, Block, Cluster, Def, Pair, Window, register_bitfields};

/// What was done: which way, where, how wide, and the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Load(usize, usize),
    Store(usize, usize, u64),
    Release,
    Acquire,
}

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    done: Vec<Done>,
}

/// A space of plain bytes that remembers what was done to it.
#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    state: Rc<RefCell<State>>,
    start: usize,
    size: usize,
    alignment: usize,
}

impl Recorder {
    pub(crate) fn new(size: usize, alignment: usize) -> Self {
        let state = State { bytes: vec![0; size], done: Vec::new() };
        Self { state: Rc::new(RefCell::new(state)), start: 0, size, alignment }
    }

    /// Puts bytes there without recording it.
    pub(crate) fn put(&self, offset: usize, bytes: &[u8]) {
        self.state.borrow_mut().bytes[offset..offset + bytes.len()].copy_from_slice(bytes);
    }

    /// What was done since the last call.
    pub(crate) fn done(&self) -> Vec<Done> {
        std::mem::take(&mut self.state.borrow_mut().done)
    }
}

// SAFETY: size, alignment and domain never change; nothing is ever out of order here.
unsafe impl RegisterSpace for Recorder {
    fn size(&self) -> usize {
        self.size
    }

    fn alignment(&self) -> usize {
        self.alignment
    }

    fn domain(&self) -> DomainId {
        DomainId::PHYSICAL
    }

    fn release(&self) {
        self.state.borrow_mut().done.push(Done::Release);
    }

    fn acquire(&self) {
        self.state.borrow_mut().done.push(Done::Acquire);
    }
}

impl Narrow for Recorder {
    fn narrow(&self, offset: usize, size: usize) -> Option<Self> {
        (offset.checked_add(size)? <= self.size).then(|| Self {
            state: Rc::clone(&self.state),
            start: self.start + offset,
            size,
            alignment: self.alignment.min(1 << offset.trailing_zeros().min(12)),
        })
    }
}

macro_rules! words {
    ($($word:ty)*) => { $(
        // SAFETY: one recorded access a call; the bounds are checked by the slice.
        unsafe impl Access<$word> for Recorder {
            unsafe fn load(&self, offset: usize) -> $word {
                assert!(offset + size_of::<$word>() <= self.size && offset % size_of::<$word>() == 0);
                let (at, width) = (self.start + offset, size_of::<$word>());
                let mut state = self.state.borrow_mut();
                state.done.push(Done::Load(at, width));
                <$word>::from_le_bytes(state.bytes[at..at + width].try_into().unwrap())
            }

            unsafe fn store(&self, offset: usize, value: $word) {
                assert!(offset + size_of::<$word>() <= self.size && offset % size_of::<$word>() == 0);
                let (at, width) = (self.start + offset, size_of::<$word>());
                let mut state = self.state.borrow_mut();
                state.done.push(Done::Store(at, width, value.into()));
                state.bytes[at..at + width].copy_from_slice(&value.to_le_bytes());
            }
        }
    )* };
}

words!(u8 u16 u32 u64);

/// Looks at a space as the card.
pub(crate) fn open<S: RegisterSpace>(space: S) -> Result<Window<S, Card>, Refused<S>> {
    // SAFETY: the spaces of these tests are plain bytes and no device.
    unsafe { Window::new(space) }
}

/// A card with a register of every kind.
#[derive(Debug)]
pub(crate) struct Card(());

impl Block for Card {
    const NAME: &'static str = "CARD";
    const SIZE: usize = 0x100;
    const ALIGNMENT: usize = 8;
}

/// A channel of the card.
#[derive(Debug)]
pub(crate) struct Channel(());

impl Block for Channel {
    const NAME: &'static str = "CHANNEL";
    const SIZE: usize = 0x10;
    const ALIGNMENT: usize = 4;
}

register_bitfields! { u32,
    pub(crate) CONTROL [
        ENABLE OFFSET(0) NUMBITS(1) [],
        MODE OFFSET(4) NUMBITS(2) [ Idle = 0, Once = 1, Loop = 2 ]
    ],
    pub(crate) CAUSE [
        DONE OFFSET(0) NUMBITS(1) [],
        FAILED OFFSET(1) NUMBITS(1) [],
        CHANNELS OFFSET(4) NUMBITS(4) []
    ]
}

type Cause = CAUSE::Register;

pub(crate) const REVISION: Def<Card, u8, ReadOnly, (), 0x01> = Def::new(&Card(()));
pub(crate) const STEPPING: Def<Card, u16, ReadWrite, (), 0x02> = Def::new(&Card(()));
pub(crate) const CONTROL_REGISTER: Def<Card, u32, ReadWrite, CONTROL::Register, 0x04> =
    Def::new(&Card(()));
pub(crate) const COUNTER: Def<Card, u64, ReadWrite, (), 0x08> = Def::new(&Card(()));
pub(crate) const STATUS: Def<Card, u32, ReadEffect, Cause, 0x10> = Def::new(&Card(()));
pub(crate) const COMMAND: Def<Card, u32, Doorbell, CONTROL::Register, 0x14> = Def::new(&Card(()));
pub(crate) const ADDRESS: Def<Card, u64, Steering, (), 0x18> = Def::new(&Card(()));
pub(crate) const SHORT_ADDRESS: Def<Card, u32, Steering, (), 0x20> = Def::new(&Card(()));
pub(crate) const SOURCE: Pair<Card, Steering, 0x28, 0x2c, false> = Pair::new(&Card(()));
pub(crate) const TARGET: Pair<Card, Steering, 0x34, 0x30, true> = Pair::new(&Card(()));
pub(crate) const TIME: Pair<Card, ReadWrite, 0x38, 0x3c, true> = Pair::new(&Card(()));

pub(crate) const ONE_TO_CLEAR: Def<Card, u32, Rights<read::Plain, write::OneToClear>, Cause, 0x40> =
    Def::new(&Card(()));
pub(crate) const ZERO_TO_CLEAR: Def<
    Card,
    u32,
    Rights<read::Plain, write::ZeroToClear>,
    Cause,
    0x44,
> = Def::new(&Card(()));
pub(crate) const ONE_TO_SET: Def<Card, u32, Rights<read::Plain, write::OneToSet>, Cause, 0x48> =
    Def::new(&Card(()));
pub(crate) const ZERO_TO_SET: Def<Card, u32, Rights<read::Plain, write::ZeroToSet>, Cause, 0x4c> =
    Def::new(&Card(()));
pub(crate) const ONE_TO_TOGGLE: Def<
    Card,
    u32,
    Rights<read::Plain, write::OneToToggle>,
    Cause,
    0x50,
> = Def::new(&Card(()));
pub(crate) const ZERO_TO_TOGGLE: Def<
    Card,
    u32,
    Rights<read::Plain, write::ZeroToToggle>,
    Cause,
    0x54,
> = Def::new(&Card(()));
pub(crate) const ANY_CLEARS: Def<Card, u32, Rights<read::Plain, write::AnyClears>, Cause, 0x58> =
    Def::new(&Card(()));
pub(crate) const ANY_SETS: Def<Card, u32, Rights<read::Plain, write::AnySets>, Cause, 0x5c> =
    Def::new(&Card(()));

pub(crate) const VECTORS: Array<Card, u32, ReadWrite, (), 0x60, 8, 4> = Array::new(&Card(()));
pub(crate) const QUEUES: Array<Card, u16, ReadEffect, (), 0x80, 2, 2> = Array::new(&Card(()));
pub(crate) const MAIN: Cluster<Card, Channel, 0x90, 0x10, 1> = Cluster::new(&Card(()));
pub(crate) const CHANNELS: Cluster<Card, Channel, 0xa0, 0x20, 3> = Cluster::new(&Card(()));

pub(crate) const LENGTH: Def<Channel, u32, ReadWrite, (), 0xc> = Def::new(&Channel(()));

/// All four bits of [`CAUSE`]'s channels.
pub(crate) const PENDING: Field<u32, Cause> = CAUSE::CHANNELS;
