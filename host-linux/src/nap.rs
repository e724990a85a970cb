//! When a polled device is looked at next: the longer the wait, the longer the nap.
#![forbid(unsafe_code)]

/// The shortest and the longest time between two looks, in nanoseconds.
const NAP: (u64, u64) = (20_000, 1_000_000);

/// When a polled device is looked at next.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Nap {
    /// Since when somebody waits.
    since: u64,
    /// The end of the last nap.
    last: u64,
    /// The end of the nap that goes on.
    until: Option<u64>,
}

impl Nap {
    /// The end of the nap that goes on, or of one that begins now: the longer the wait, the
    /// longer the nap. `None` if one is over, which ends it.
    pub(crate) fn sleep(&mut self, now: u64) -> Option<u64> {
        match self.until {
            Some(until) if now >= until => {
                self.until = None;
                None
            }
            Some(until) => Some(until),
            None => {
                if now.saturating_sub(self.last) > NAP.1 {
                    self.since = now;
                }
                let nap = (now.saturating_sub(self.since) / 4).clamp(NAP.0, NAP.1);
                self.last = now.saturating_add(nap);
                self.until = Some(self.last);
                self.until
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Naps begin short and grow with the wait, up to a bound; a new wait begins short again.
    #[test]
    fn naps_grow_with_the_wait() {
        let mut nap = Nap::default();
        let mut time = 1_000_000_000;
        let mut lengths = Vec::new();
        for _ in 0..200 {
            let end = nap.sleep(time).unwrap();
            assert_eq!(nap.sleep(end - 1), Some(end), "it goes on");
            assert_eq!(nap.sleep(end), None, "it is over, once");
            lengths.push(end - time);
            time = end;
        }
        assert!(lengths.is_sorted() && lengths[0] == NAP.0 && lengths[199] == NAP.1);
        let later = time + 50 * NAP.1;
        assert_eq!(nap.sleep(later), Some(later + NAP.0));
    }
}
