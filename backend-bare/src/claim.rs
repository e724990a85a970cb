//! A count of owners in two bytes, for memory that has no allocator behind it.
//!
//! Zero means free. Whoever moves it from zero to one owns what it stands for; clones add, drops
//! subtract. All steps are atomic and none waits, so an interrupt handler may take part.
#![forbid(unsafe_code)]

use core::sync::atomic::AtomicU16;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// How many own a thing; zero if it is free.
///
/// A count that reaches the top stays there: what it stands for is then never free again, which
/// is a leak and not a danger.
#[derive(Debug)]
pub(crate) struct Claim(AtomicU16);

impl Claim {
    const LOST: u16 = u16::MAX;

    /// Nobody's.
    pub(crate) const fn new() -> Self {
        Self(AtomicU16::new(0))
    }

    /// Becomes the first owner; `false` if it was not free.
    pub(crate) fn take(&self) -> bool {
        // ORDER: everything that the last owner did comes before.
        self.0.compare_exchange(0, 1, Acquire, Relaxed).is_ok()
    }

    /// One owner more.
    pub(crate) fn join(&self) {
        let mut count = self.0.load(Relaxed);
        while let Err(other) =
            (self.0).compare_exchange_weak(count, count.saturating_add(1), Relaxed, Relaxed)
        {
            count = other;
        }
    }

    /// One owner less. `true`: the caller is the last one, still is, and has to
    /// [`free`](Self::free) it.
    pub(crate) fn leave(&self) -> bool {
        // ORDER: what the other owners did before they left comes before what the last one does.
        let mut count = self.0.load(Acquire);
        loop {
            if count == 1 {
                return true;
            }
            if count == Self::LOST {
                return false;
            }
            match (self.0).compare_exchange_weak(count, count - 1, Release, Acquire) {
                Ok(_) => return false,
                Err(other) => count = other,
            }
        }
    }

    /// Whether there is one owner only, who then is the caller.
    pub(crate) fn is_sole(&self) -> bool {
        // ORDER: as in `leave`.
        self.0.load(Acquire) == 1
    }

    /// Whether nobody owns it.
    pub(crate) fn is_free(&self) -> bool {
        self.0.load(Relaxed) == 0
    }

    /// The last owner goes.
    pub(crate) fn free(&self) {
        // ORDER: everything that the owner did comes before the next one's `take`.
        self.0.store(0, Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The last owner, and nobody before it, is told to clean up.
    #[test]
    fn only_the_last_owner_is_told_so() {
        let claim = Claim::new();
        assert!(claim.take());
        assert!(!claim.take(), "it is taken");
        claim.join();
        assert!(!claim.is_sole());
        assert!(!claim.leave());
        assert!(claim.leave());
        claim.free();
        assert!(claim.is_free());
    }

    // Clones that are forgotten without end cannot wrap the count back to zero.
    #[test]
    fn a_count_at_the_top_stays_there() {
        let claim = Claim(AtomicU16::new(u16::MAX - 1));
        claim.join();
        claim.join();
        assert!(!claim.leave());
        assert!(!claim.leave());
        assert_eq!(claim.0.load(Relaxed), u16::MAX);
    }
}
