//! Numbers by chance that a seed repeats.

use std::ops::Range;

/// A generator of numbers; the same seed gives the same ones, on every machine.
///
/// # Examples
///
/// ```
/// use backend_mock::schedule::Dice;
/// let (mut one, mut two) = (Dice::new(7), Dice::new(7));
/// assert_eq!(one.number(), two.number());
/// assert!((10..20).contains(&one.within(10..20)));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// From a seed; neighbouring seeds have nothing in common.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number: a counter with a large odd step, mixed.
    pub const fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `range`; its start if it is empty.
    pub const fn within(&mut self, range: Range<u64>) -> u64 {
        let number = self.number();
        match range.end.checked_sub(range.start) {
            None | Some(0) => range.start,
            Some(length) => range.start + number % length,
        }
    }

    /// One of `range`; its start if it is empty.
    #[expect(clippy::cast_possible_truncation, reason = "within a range of that type")]
    pub const fn size(&mut self, range: Range<usize>) -> usize {
        self.within(range.start as u64..range.end as u64) as usize
    }

    /// True in `part` of `whole` times.
    pub const fn chance(&mut self, part: u64, whole: u64) -> bool {
        self.within(0..whole) < part
    }

    /// One of `items`; none if there are none.
    pub const fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        let at = self.size(0..items.len());
        if at < items.len() { Some(&items[at]) } else { None }
    }

    /// Another generator, which has nothing in common with this one.
    #[must_use]
    pub const fn split(&mut self) -> Self {
        Self::new(self.number())
    }
}
