//! One channel's registers, as the driver reaches them.
#![forbid(unsafe_code)]

use register_map::xdma::direction::channel as map;
use register_map::xdma::lists::list as list_map;

use super::engine::{BUSY, CONTROL_BITS, Engine, NOTED, RUN, Step};
use crate::card::Board;

const CONTROL: usize = map::CONTROL.offset();
const CONTROL_SET: usize = map::CONTROL_SET.offset();
const CONTROL_CLEAR: usize = map::CONTROL_CLEAR.offset();
const STATUS: usize = map::STATUS.offset();
const STATUS_READ_CLEAR: usize = map::STATUS_READ_CLEAR.offset();
const COMPLETED_COUNT: usize = map::COMPLETED_COUNT.offset();
const ALIGNMENTS: usize = map::ALIGNMENTS.offset();
const WRITE_BACK_LOW: usize = map::WRITE_BACK_LOW.offset();
const WRITE_BACK_HIGH: usize = map::WRITE_BACK_HIGH.offset();
const INTERRUPT_ENABLE: usize = map::INTERRUPT_ENABLE.offset();
const INTERRUPT_ENABLE_SET: usize = map::INTERRUPT_ENABLE_SET.offset();
const INTERRUPT_ENABLE_CLEAR: usize = map::INTERRUPT_ENABLE_CLEAR.offset();
const DESCRIPTOR_LOW: usize = list_map::DESCRIPTOR_LOW.offset();
const DESCRIPTOR_HIGH: usize = list_map::DESCRIPTOR_HIGH.offset();
const ADJACENT: usize = list_map::ADJACENT.offset();
const CREDITS: usize = list_map::CREDITS.offset();

/// The counter of credits holds no more.
const MOST_CREDITS: u32 = 1023;

impl Engine {
    /// A register of the channel's block; none if it has no such.
    pub(super) fn load(&mut self, register: usize) -> Option<u32> {
        let busy = if self.step == Step::Idle { 0 } else { BUSY };
        Some(match register {
            CONTROL => self.control,
            STATUS => self.status | busy,
            STATUS_READ_CLEAR => std::mem::take(&mut self.status) | busy,
            COMPLETED_COUNT => self.completed,
            ALIGNMENTS => {
                let unit = u32::from(self.built.alignment);
                unit << 16 | unit << 8 | u32::from(self.built.address_bits)
            }
            WRITE_BACK_LOW => half(self.write_back, 0),
            WRITE_BACK_HIGH => half(self.write_back, 1),
            INTERRUPT_ENABLE => self.interrupt_enable,
            CONTROL_SET | CONTROL_CLEAR | INTERRUPT_ENABLE_SET | INTERRUPT_ENABLE_CLEAR => 0,
            _ => return None,
        })
    }

    /// What a store to the channel's block does. `Some(wait)`: the engine has started, and its
    /// first step is due in so many nanoseconds.
    pub(super) fn store(
        &mut self,
        board: &mut dyn Board,
        register: usize,
        value: u32,
        delay: u64,
    ) -> Option<u64> {
        let control = self.control;
        match register {
            CONTROL => self.control = value & CONTROL_BITS,
            CONTROL_SET => self.control |= value & CONTROL_BITS,
            CONTROL_CLEAR => self.control &= !value,
            STATUS => self.status &= !value,
            WRITE_BACK_LOW => set_half(&mut self.write_back, 0, value),
            WRITE_BACK_HIGH => set_half(&mut self.write_back, 1, value),
            INTERRUPT_ENABLE => self.interrupt_enable = value & NOTED,
            INTERRUPT_ENABLE_SET => self.interrupt_enable |= value & NOTED,
            INTERRUPT_ENABLE_CLEAR => self.interrupt_enable &= !value,
            _ => board.complain(&format!("store to register {register:#x} of a channel ignored")),
        }
        if control & RUN & !self.control != 0 {
            self.credits = 0;
            if self.step == Step::Starved {
                self.rest();
            }
        }
        let rose = self.control & RUN & !control != 0;
        if !rose {
            return None;
        }
        if self.step != Step::Idle {
            board.complain("RUN set while the engine is busy: what it was at is called off");
        }
        self.status = 0;
        self.completed = 0;
        self.generation += 1;
        self.block.point(self.first, self.adjacent);
        self.step = Step::Fetch;
        // Never at once, or a list without an end would stop time.
        Some(delay.max(1))
    }

    /// A register of the channel's descriptor-list block.
    pub(super) fn load_list(&self, register: usize) -> Option<u32> {
        Some(match register {
            DESCRIPTOR_LOW => half(self.first, 0),
            DESCRIPTOR_HIGH => half(self.first, 1),
            ADJACENT => self.adjacent,
            CREDITS => self.credits,
            _ => return None,
        })
    }

    /// As [`Engine::store`], for the channel's descriptor-list block.
    pub(super) fn store_list(
        &mut self,
        board: &mut dyn Board,
        register: usize,
        value: u32,
        delay: u64,
    ) -> Option<u64> {
        match register {
            DESCRIPTOR_LOW => set_half(&mut self.first, 0, value),
            DESCRIPTOR_HIGH => set_half(&mut self.first, 1, value),
            ADJACENT => self.adjacent = value & 0x3f,
            CREDITS if self.by_credit => {
                let sum = self.credits + (value & 0x3ff);
                if sum > MOST_CREDITS {
                    board.complain("more credits than their counter holds");
                }
                self.credits = sum.min(MOST_CREDITS);
                if self.step == Step::Starved && self.has_credit(board) {
                    self.step = Step::Fetch;
                    return Some(delay.max(1));
                }
            }
            _ => board.complain(&format!("store to register {register:#x} of a list ignored")),
        }
        None
    }
}

/// One half of 64 bits: 0 the lower, 1 the upper.
#[expect(clippy::cast_possible_truncation, reason = "a half is what is wanted")]
const fn half(value: u64, which: u32) -> u32 {
    (value >> (32 * which)) as u32
}

fn set_half(value: &mut u64, which: u32, half: u32) {
    *value = *value & !(0xffff_ffff << (32 * which)) | u64::from(half) << (32 * which);
}
