//! The hardware's count of completed descriptors, followed round its end.
#![forbid(unsafe_code)]

/// How far a count was followed, and how many bits it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Count {
    followed: u32,
    mask: u32,
}

impl Count {
    /// The register's, which begins at zero whenever the engine does.
    pub(super) const fn of_register() -> Self {
        Self { followed: 0, mask: u32::MAX }
    }

    /// The word's: the lower 24 bits of the register's.
    pub(super) const fn of_word() -> Self {
        Self { followed: 0, mask: 0x00ff_ffff }
    }

    /// From the beginning.
    pub(super) const fn restarted(self) -> Self {
        Self { followed: 0, ..self }
    }

    /// How many descriptors `seen` is ahead. Far too many, if it is behind.
    pub(super) const fn ahead(self, seen: u32) -> usize {
        (seen.wrapping_sub(self.followed) & self.mask) as usize
    }

    /// Follows it by so many, which it was ahead.
    #[expect(clippy::cast_possible_truncation, reason = "no more than the count has bits")]
    pub(super) const fn follow(&mut self, ended: usize) {
        self.followed = self.followed.wrapping_add(ended as u32) & self.mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Both counts are followed round their ends, and one that goes back is never a little ahead.
    #[test]
    fn counts_go_round() {
        for (mut count, end) in [(Count::of_register(), u32::MAX), (Count::of_word(), 0x00ff_ffff)]
        {
            assert_eq!(count.ahead(end), end as usize);
            count.follow(end as usize);
            assert_eq!((count.ahead(end), count.ahead(0), count.ahead(4)), (0, 1, 5));
            count.follow(5);
            assert_eq!((count.ahead(4), count.ahead(5)), (0, 1));
            assert_eq!(count.ahead(3), end as usize);
            assert_eq!(count.restarted().ahead(7), 7);
        }
    }
}
