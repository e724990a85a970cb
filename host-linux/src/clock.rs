//! The clock that does not go back, and how long is left on it.
#![forbid(unsafe_code)]

use rustix::event::Timespec;
use rustix::time::{ClockId, clock_gettime};

/// The clock that does not go back, in nanoseconds.
#[must_use]
pub fn now() -> u64 {
    let time = clock_gettime(ClockId::Monotonic);
    let part = |value: i64| u64::try_from(value).unwrap_or(0);
    part(time.tv_sec).saturating_mul(1_000_000_000).saturating_add(part(time.tv_nsec))
}

/// How long to sleep from `now` on; `None` is for ever.
pub(crate) fn until_timeout(until: Option<u64>, now: u64) -> Option<Timespec> {
    let left = until?.saturating_sub(now);
    let part = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    Some(Timespec { tv_sec: part(left / 1_000_000_000), tv_nsec: part(left % 1_000_000_000) })
}

#[cfg(test)]
mod tests {
    use super::*;

    // A deadline that has passed is no wait at all; none is a wait for ever.
    #[test]
    fn timeouts_are_what_is_left() {
        assert_eq!(until_timeout(None, 5), None);
        let passed = until_timeout(Some(4), 5).unwrap();
        assert_eq!((passed.tv_sec, passed.tv_nsec), (0, 0));
        let left = until_timeout(Some(3_500_000_005), 5).unwrap();
        assert_eq!((left.tv_sec, left.tv_nsec), (3, 500_000_000));
        assert!(now() <= now());
    }
}
