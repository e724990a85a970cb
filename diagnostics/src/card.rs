//! A card that there is a driver for.

use serde::Serialize;

/// A card that there is a driver for, and what one must know of it before it is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct KnownCard {
    /// Who made it.
    pub vendor: u16,
    /// Which it is.
    pub device: u16,
    /// What the driver calls it.
    pub name: &'static str,
    /// How many address bits it has.
    pub bits: u32,
}
