//! How ranges are chosen, and how long freed ones rest.
//!
//! The default is what a real host wants; a simulated one also plays other hosts.
#![forbid(unsafe_code)]

/// Which of the free ranges that fit is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Fit {
    /// The smallest: keeps large ranges whole.
    #[default]
    Best,
    /// The first that is found, from the end that [`End`] names: keeps addresses close together.
    First,
}

/// From which end addresses are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum End {
    /// From the lowest address up.
    #[default]
    Low,
    /// From the highest address that the mask allows down: shows at once who drops upper bits.
    High,
}

/// How ranges are chosen and how long they rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
    /// Which free range is taken.
    pub fit: Fit,
    /// From which end.
    pub end: End,
    /// How many freed ranges rest before the oldest becomes free again; 0 means none rests.
    pub quarantine: usize,
    /// How many granules stay unused behind each range, so that running past its end hits nothing.
    pub guard: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self { fit: Fit::Best, end: End::Low, quarantine: 64, guard: 0 }
    }
}
