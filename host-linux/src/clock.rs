//! The clock that does not go back, and how long is left on it.
#![forbid(unsafe_code)]

use rustix::event::Timespec;
use rustix::time::{ClockId, clock_gettime};

/// Whoever has more time than this left need not know it to the tick of the kernel.
const FAR: u64 = 100_000_000;

/// The clock that does not go back, in nanoseconds.
#[must_use]
pub fn now() -> u64 {
    read(ClockId::Monotonic)
}

/// What time it is for somebody who sleeps until `until`: behind by a tick of the kernel, some
/// milliseconds, if that is far away. Where the clock is a device's register, this spares a call.
pub(crate) fn time_before(until: Option<u64>) -> u64 {
    let last_tick = read(ClockId::MonotonicCoarse);
    match until {
        Some(until) if until < last_tick.saturating_add(FAR) => now(),
        _ => last_tick,
    }
}

fn read(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
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

    // Far from a deadline the last tick will do, near it the time is exact; neither is ahead.
    #[test]
    fn time_is_exact_near_a_deadline() {
        let before = now();
        let near = time_before(Some(before + FAR / 2));
        assert!(before <= near && near <= now());
        for far in [None, Some(before + 1_000 * FAR)] {
            let rough = time_before(far);
            assert!(rough <= now() && rough + FAR > before);
        }
    }
}
