//! The card's own registers: memory size, scratch, interrupts at will, two streams.
#![forbid(unsafe_code)]

use register_map::description::Described;
use register_map::xdma::card::{self as map, Card, sink, source};

use super::super::low;
use super::sides::{SINK_AT, SOURCE_AT, STREAM_WINDOW, Sides};
use crate::card::Board;
use crate::register_file::RegisterFile;

const RAISE: usize = map::INTERRUPTS_RAISE.offset();
const DROP: usize = map::INTERRUPTS_DROP.offset();
const INTERRUPTS: usize = map::INTERRUPTS.offset();
const SOURCE: usize = 0x100;
const SINK: usize = 0x140;
const _: () = assert!(matches!(map::SOURCE.offset(0), Some(SOURCE)));
const _: () = assert!(matches!(map::SINK.offset(0), Some(SINK)));

const SOURCE_CONTROL: usize = SOURCE + source::CONTROL.offset();
const SOURCE_RATE: usize = SOURCE + source::RATE.offset();
const SOURCE_SEED: usize = SOURCE + source::SEED.offset();
const SOURCE_LEVEL: usize = SOURCE + source::LEVEL.offset();
const SOURCE_PRODUCED: usize = SOURCE + source::PRODUCED.offset();
const SOURCE_LOST: usize = SOURCE + source::LOST.offset();
const SINK_CONTROL: usize = SINK + sink::CONTROL.offset();
const SINK_RATE: usize = SINK + sink::RATE.offset();
const SINK_LEVEL: usize = SINK + sink::LEVEL.offset();
const SINK_STARVED: usize = SINK + sink::STARVED.offset();
const SINK_CONSUMED_LOW: usize = SINK + sink::CONSUMED_LOW.offset();
const SINK_CONSUMED_HIGH: usize = SINK + sink::CONSUMED_HIGH.offset();
const SINK_CHECKSUM: usize = SINK + sink::CHECKSUM.offset();

/// Enables a stream.
const ENABLE: u32 = 1 << 0;

/// The registers.
#[derive(Debug)]
pub(super) struct Logic {
    registers: RegisterFile,
    /// User interrupts that are up.
    pub(super) lines: u32,
}

impl Logic {
    /// As after a reset, telling of what the card has.
    pub(super) fn new(sides: &Sides) -> Self {
        let mut registers = RegisterFile::new(Card::DESCRIPTION);
        let mut pair = |start: usize, (low_at, high_at): (usize, usize), value: u64| {
            registers.set(start + low_at, value & 0xffff_ffff);
            registers.set(start + high_at, value >> 32);
        };
        pair(0, map::MEMORY_SIZE.offsets(), sides.memory.len() as u64);
        pair(SOURCE, source::ADDRESS.offsets(), SOURCE_AT);
        pair(SINK, sink::ADDRESS.offsets(), SINK_AT);
        registers.set(SOURCE + source::WINDOW.offset(), STREAM_WINDOW.into());
        registers.set(SINK + sink::WINDOW.offset(), STREAM_WINDOW.into());
        registers.set(SOURCE + source::DEPTH.offset(), sides.source.depth() as u64);
        registers.set(SINK + sink::DEPTH.offset(), sides.sink.depth() as u64);
        registers.set(SOURCE_RATE, sides.source.rate.into());
        Self { registers, lines: 0 }
    }

    pub(super) fn load(&self, board: &dyn Board, sides: &mut Sides, offset: usize) -> u64 {
        sides.source.catch_up(board.now());
        sides.sink.catch_up(board.now());
        let (source, sink) = (&sides.source, &sides.sink);
        match offset {
            INTERRUPTS => self.lines.into(),
            SOURCE_LEVEL => source.level() as u64,
            SOURCE_PRODUCED => source.produced(),
            SOURCE_LOST => source.lost(),
            SINK_LEVEL => sink.level() as u64,
            SINK_STARVED => sink.starved(),
            SINK_CONSUMED_LOW => sink.consumed(),
            SINK_CONSUMED_HIGH => sink.consumed() >> 32,
            SINK_CHECKSUM => sink.checksum().into(),
            _ => self.registers.load(offset).unwrap_or(0),
        }
    }

    pub(super) fn store(
        &mut self,
        board: &mut dyn Board,
        sides: &mut Sides,
        offset: usize,
        value: u64,
    ) {
        if !self.registers.store(offset, value) {
            board.complain(&format!("store at {offset:#x} of the card's registers ignored"));
            return;
        }
        let held = low(self.registers.get(offset));
        let (source, sink) = (&mut sides.source, &mut sides.sink);
        match offset {
            RAISE => self.lines |= low(value) & 0xffff,
            DROP => self.lines &= !low(value),
            SOURCE_CONTROL => source.enable(board.now(), held & ENABLE != 0),
            SOURCE_RATE => source.rate = held,
            SOURCE_SEED => source.seed = held,
            SINK_CONTROL => sink.enable(board.now(), held & ENABLE != 0),
            SINK_RATE => sink.rate = held,
            _ => {}
        }
    }
}
