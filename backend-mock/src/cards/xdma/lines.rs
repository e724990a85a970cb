//! Interrupts of the subsystem: which are up, let through, and on which vector.
#![forbid(unsafe_code)]

use register_map::xdma::irq as map;

use crate::card::Board;

const USER_ENABLE: usize = map::USER_ENABLE.offset();
const USER_ENABLE_SET: usize = map::USER_ENABLE_SET.offset();
const USER_ENABLE_CLEAR: usize = map::USER_ENABLE_CLEAR.offset();
const CHANNEL_ENABLE: usize = map::CHANNEL_ENABLE.offset();
const CHANNEL_ENABLE_SET: usize = map::CHANNEL_ENABLE_SET.offset();
const CHANNEL_ENABLE_CLEAR: usize = map::CHANNEL_ENABLE_CLEAR.offset();
const USER_REQUEST: usize = map::USER_REQUEST.offset();
const CHANNEL_REQUEST: usize = map::CHANNEL_REQUEST.offset();
const USER_PENDING: usize = map::USER_PENDING.offset();
const CHANNEL_PENDING: usize = map::CHANNEL_PENDING.offset();
/// Rows of registers: where each begins.
const USER_VECTORS: usize = 0x80;
const CHANNEL_VECTORS: usize = 0xa0;
const _: () = assert!(matches!(map::USER_VECTOR.offset(0), Some(USER_VECTORS)));
const _: () = assert!(matches!(map::CHANNEL_VECTOR.offset(0), Some(CHANNEL_VECTORS)));

/// How many vectors there are.
pub(super) const VECTORS: usize = 32;
/// So many bits are channels; user interrupts are above.
const CHANNELS: u32 = 8;

/// What is up and what is let through: channels in the low 8 bits, user interrupts above.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pending: u32,
    enabled: u32,
    /// What was last shown to the host.
    shown: u32,
    vectors: [u32; 6],
}

impl Lines {
    /// A register of the interrupt block; none if it has no such.
    pub(super) fn load(&self, register: usize) -> Option<u32> {
        let (channels, user) = (|lines: u32| lines & 0xff, |lines: u32| lines >> CHANNELS);
        Some(match register {
            USER_ENABLE => user(self.enabled),
            CHANNEL_ENABLE => channels(self.enabled),
            USER_REQUEST => user(self.enabled & self.pending),
            CHANNEL_REQUEST => channels(self.enabled & self.pending),
            USER_PENDING => user(self.pending),
            CHANNEL_PENDING => channels(self.pending),
            USER_ENABLE_SET | USER_ENABLE_CLEAR | CHANNEL_ENABLE_SET | CHANNEL_ENABLE_CLEAR => 0,
            _ => *self.vectors.get(row(register)?)?,
        })
    }

    /// What a store does. `false`: there is nothing to be written.
    pub(super) fn store(&mut self, register: usize, value: u32) -> bool {
        let user = (value & 0xffff) << CHANNELS;
        let channels = value & 0xff;
        match register {
            USER_ENABLE => self.enabled = self.enabled & 0xff | user,
            USER_ENABLE_SET => self.enabled |= user,
            USER_ENABLE_CLEAR => self.enabled &= !user,
            CHANNEL_ENABLE => self.enabled = self.enabled & !0xff | channels,
            CHANNEL_ENABLE_SET => self.enabled |= channels,
            CHANNEL_ENABLE_CLEAR => self.enabled &= !channels,
            _ => match row(register).and_then(|row| self.vectors.get_mut(row)) {
                Some(vectors) => *vectors = value & 0x1f1f_1f1f,
                None => return false,
            },
        }
        true
    }

    /// A channel's interrupt goes up or down.
    pub(super) fn set_channel(&mut self, number: usize, up: bool) {
        self.pending = self.pending & !(1 << number) | u32::from(up) << number;
    }

    /// The card's own interrupts that are up.
    pub(super) fn set_user(&mut self, lines: u32) {
        self.pending = self.pending & 0xff | lines << CHANNELS;
    }

    /// Shows the host what is up now: a vector for each line that rose, and each that has none
    /// left goes down.
    #[inline]
    pub(super) fn show(&mut self, board: &mut dyn Board) {
        let now = self.pending & self.enabled;
        if now != self.shown {
            self.change(board, now);
        }
    }

    fn change(&mut self, board: &mut dyn Board, now: u32) {
        let before = std::mem::replace(&mut self.shown, now);
        for line in ones(now & !before) {
            board.raise(self.vector(line));
        }
        for line in ones(before & !now) {
            let vector = self.vector(line);
            if !ones(now).any(|other| self.vector(other) == vector) {
                board.lower(vector);
            }
        }
    }

    fn vector(&self, line: u32) -> usize {
        // Rows of vectors: four of user interrupts, then two of channels.
        let number = if line < CHANNELS { 16 + line } else { line - CHANNELS };
        (self.vectors[(number / 4) as usize] >> (8 * (number % 4)) & 0x1f) as usize
    }
}

/// The numbers of the bits that are one.
fn ones(mut bits: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lowest = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (lowest < u32::BITS).then_some(lowest)
    })
}

/// Which row of four vectors a register holds.
fn row(register: usize) -> Option<usize> {
    match register {
        0x80..=0x8c if register.is_multiple_of(4) => Some((register - USER_VECTORS) / 4),
        0xa0 | 0xa4 => Some(4 + (register - CHANNEL_VECTORS) / 4),
        _ => None,
    }
}
