//! The phases of a boot, each with a limit: which is over tells what is wrong.
//!
//! ```text
//!   start ──► first report ──► report ──► … ──► last report ──► the emulator's end
//!         STARTING         silence    silence               LEAVING
//!   └──────────────────────── the whole boot's limit ───────────────────────┘
//! ```
//!
//! A guest that says nothing in time is frozen: that happens to emulators, and is not what tests
//! are about. One that talks and does not come to an end has failed.

use std::fmt;
use std::time::{Duration, Instant};

/// How long a guest may take to its first report. It takes seconds; on a machine that did ten times
/// as much as it can, more than two minutes were seen.
const STARTING: Duration = Duration::from_mins(6);
/// How long a guest may be silent that is to say something every few seconds of its time.
pub const SILENCE: Duration = Duration::from_mins(3);
/// How long the emulator may take to end after the guest's last report. It takes none; on a machine
/// that did ten times as much as it can, ten seconds did not do.
pub const LEAVING: Duration = Duration::from_mins(1);

/// A limit that was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expired {
    /// Nothing came before the first report.
    Starting(Duration),
    /// Nothing came after some report.
    Silent(Duration),
    /// The guest has ended, and the emulator has not.
    Leaving,
    /// The whole boot took too long.
    Whole(Duration),
}

impl Expired {
    /// Whether the guest stood still, as far as one can see.
    #[must_use]
    pub fn is_freeze(self) -> bool {
        matches!(self, Self::Starting(_) | Self::Silent(_))
    }
}

impl fmt::Display for Expired {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = |limit: &Duration| limit.as_secs();
        match self {
            Self::Starting(limit) => {
                write!(formatter, "frozen: no first report within {} s", after(limit))
            }
            Self::Silent(limit) => {
                write!(formatter, "frozen: no further report within {} s", after(limit))
            }
            Self::Leaving => {
                let limit = after(&LEAVING);
                write!(formatter, "killed {limit} s after the guest's last report")
            }
            Self::Whole(limit) => write!(formatter, "killed after {} s", after(limit)),
        }
    }
}

/// Where a boot is.
#[derive(Debug)]
pub struct Phases {
    silence: Duration,
    whole: (Instant, Duration),
    /// When the phase is over, and what that means.
    current: (Instant, Expired),
}

impl Phases {
    /// A boot that begins now.
    #[must_use]
    pub fn new(now: Instant, silence: Duration, whole: Duration) -> Self {
        let current = (now + STARTING, Expired::Starting(STARTING));
        Self { silence, whole: (now + whole, whole), current }
    }

    /// The guest has reported something.
    pub fn heard(&mut self, now: Instant) {
        self.current = (now + self.silence, Expired::Silent(self.silence));
    }

    /// It has said its last word.
    pub fn ended(&mut self, now: Instant) {
        self.current = (now + LEAVING, Expired::Leaving);
    }

    /// When a limit is met if nothing happens.
    #[must_use]
    pub fn deadline(&self) -> Instant {
        self.current.0.min(self.whole.0)
    }

    /// Which limit that is.
    #[must_use]
    pub fn expired(&self) -> Expired {
        match self.whole {
            (whole, limit) if whole <= self.current.0 => Expired::Whole(limit),
            _ => self.current.1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const LONG: Duration = Duration::from_hours(1);

    // Each phase has its limit, and a report begins the next one.
    #[test]
    fn every_phase_has_its_limit() {
        let start = Instant::now();
        let mut phases = Phases::new(start, SECOND, LONG);
        assert_eq!(phases.deadline(), start + STARTING);
        assert_eq!(phases.expired(), Expired::Starting(STARTING));
        phases.heard(start + 5 * SECOND);
        assert_eq!(phases.deadline(), start + 6 * SECOND);
        assert!(phases.expired().is_freeze());
        phases.ended(start + 6 * SECOND);
        assert_eq!(phases.deadline(), start + 6 * SECOND + LEAVING);
        assert!(!phases.expired().is_freeze());
    }

    // The whole boot's limit holds in every phase, and meeting it is no freeze.
    #[test]
    fn whole_limit_holds_in_every_phase() {
        let start = Instant::now();
        let mut phases = Phases::new(start, SECOND, 3 * SECOND);
        assert_eq!(phases.expired(), Expired::Whole(3 * SECOND));
        phases.heard(start + 2 * SECOND);
        assert_eq!(phases.deadline(), start + 3 * SECOND);
        assert!(!phases.expired().is_freeze());
        assert!(phases.expired().to_string().contains("killed after 3 s"));
    }
}
