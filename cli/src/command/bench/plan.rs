//! Which points are measured, on which roads.
#![forbid(unsafe_code)]

use std::str::FromStr;

use anydma::prelude::*;
use serde::Serialize;

use super::Arguments;
use crate::device::{Protection, unopened};
use crate::failure::Failure;

/// A length on the command line: `64`, `4KiB`, `1MiB`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Size(pub(super) usize);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let factor = match unit {
            "" | "B" => 1,
            "KiB" | "K" => 1 << 10,
            "MiB" | "M" => 1 << 20,
            _ => 0,
        };
        let bytes = number.parse().ok().and_then(|number: usize| number.checked_mul(factor));
        bytes
            .filter(|bytes| *bytes > 0)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is no length; write for instance 64, 4KiB or 1MiB"))
    }
}

/// How long the runs are that the device sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Pages {
    /// Of 4 KiB each.
    Small,
    /// As long as the road lends them.
    Large,
}

impl Pages {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Small => "4 KiB",
            Self::Large => "large",
        }
    }
}

/// Where the memory comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Source {
    /// Mapped once.
    Pooled,
    /// Mapped for each transfer.
    Mapped,
}

impl Source {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Pooled => "pooled",
            Self::Mapped => "mapped",
        }
    }
}

/// How the end is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Wait {
    Interrupt,
    Polling,
}

impl Wait {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "interrupt",
            Self::Polling => "polling",
        }
    }
}

/// A way to open the device.
#[derive(Clone, Debug)]
pub(super) struct Road {
    pub(super) uri: String,
    pub(super) pages: Pages,
    /// Whether an IOMMU translates.
    pub(super) translated: bool,
}

/// Everything that is measured.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The device as it was named.
    pub(super) device: String,
    pub(super) card: &'static str,
    pub(super) sizes: Vec<usize>,
    pub(super) roads: Vec<Road>,
    pub(super) protection: Protection,
    /// Whether times are those of a model's clock.
    pub(super) virtual_clock: bool,
    /// Whether the machine is simulated.
    pub(super) simulated: bool,
    pub(super) transfers: u32,
    pub(super) budget_ms: u64,
    pub(super) limit: Timeout,
}

/// The longest transfer that is measured without being asked for.
const LONGEST: u64 = 4 << 20;

impl Plan {
    pub(super) fn new(arguments: &Arguments) -> Result<Self, Failure> {
        let device = arguments.device.uri().to_owned();
        let simulated = device.starts_with("mock:");
        let base = if simulated && !device.contains("clock=") {
            with(&device, "clock=real")
        } else {
            device.clone()
        };
        let (card, window) = {
            let opened = arguments.protection.open(&device);
            let opened = opened.map_err(|error| unopened(&device, &error))?;
            let card: Duplex = Duplex::open(&opened)
                .map_err(|error| Failure::because(format!("drive the card of {device}"), error))?;
            (card.name(), card.window().length)
        };
        let mut sizes: Vec<usize> = arguments.sizes.iter().map(|size| size.0).collect();
        if sizes.is_empty() {
            let most = usize::try_from(window.min(LONGEST)).unwrap_or(usize::MAX);
            sizes = std::iter::successors(Some(64_usize), |size| size.checked_mul(4))
                .take_while(|size| *size <= most)
                .collect();
        }
        if let Some(long) = sizes.iter().find(|size| **size as u64 > window) {
            let tried = format!("measure transfers of {long} bytes");
            return Err(Failure::because(tried, format!("the card has {window} bytes")));
        }
        sizes.sort_unstable();
        sizes.dedup();
        Ok(Self {
            roads: roads(&base, arguments.protection)?,
            protection: arguments.protection,
            virtual_clock: base.contains("clock=virtual"),
            device,
            card,
            sizes,
            simulated,
            transfers: arguments.transfers,
            budget_ms: arguments.budget,
            limit: Timeout::millis(arguments.limit),
        })
    }

    /// Whether memory of this program is measured too. Where nothing translates, its pages lie
    /// anywhere, and most cards do not reach them; a simulated machine has them where they are reached.
    pub(super) fn maps(&self, road: &Road) -> bool {
        road.translated || self.simulated
    }

    /// How many points there are.
    pub(super) fn points(&self) -> usize {
        // Two directions, two ways to wait, one or two sources of memory.
        let sources = |road| 1 + usize::from(self.maps(road));
        self.roads.iter().map(sources).sum::<usize>() * self.sizes.len() * 4
    }
}

/// The URI with one more option.
fn with(uri: &str, option: &str) -> String {
    let joint = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{joint}{option}")
}

/// The ways to open a device, unless its URI says one: with small and with large pages, and where
/// the machine is simulated, with the IOMMU and without.
fn roads(base: &str, protection: Protection) -> Result<Vec<Road>, Failure> {
    let (option, small, large) = if base.starts_with("mock:") {
        // Runs that end with a page: of device addresses, and where those are physical, of RAM.
        ("pieces=", Some("pieces=4096&scattered=on"), None)
    } else if base.starts_with("vfio:") {
        ("huge=", Some("huge=off"), Some("huge=on"))
    } else {
        ("", None, None)
    };
    let fixed = small.is_none() || base.contains(option);
    let mut uris = vec![(base.to_owned(), Pages::Large)];
    if !fixed {
        let large = large.map_or_else(|| base.to_owned(), |option| with(base, option));
        let small = small.map_or_else(|| base.to_owned(), |option| with(base, option));
        uris = vec![(small, Pages::Small), (large, Pages::Large)];
    }
    if base.starts_with("mock:") && !base.contains("iommu=") {
        let mut both = Vec::new();
        for (uri, pages) in uris {
            both.push((with(&uri, "iommu=on"), pages));
            both.push((with(&uri, "iommu=off"), pages));
        }
        uris = both;
    }
    uris.into_iter()
        .map(|(uri, pages)| {
            let device = protection.open(&uri).map_err(|error| unopened(&uri, &error))?;
            let translated = !device.memory().limits().windows.is_empty();
            Ok(Road { uri, pages, translated })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Lengths have units of 1024, and no others.
    #[test]
    fn lengths_have_units() {
        let bytes = |text: &str| text.parse::<Size>().map(|size| size.0).ok();
        assert_eq!(bytes("64"), Some(64));
        assert_eq!(bytes("4KiB"), Some(4096));
        assert_eq!(bytes("1M"), Some(1 << 20));
        for wrong in ["", "0", "KiB", "4kb", "-1", "99999999999999999999"] {
            assert_eq!(bytes(wrong), None, "{wrong:?}");
        }
    }

    // A simulated device is measured with and without IOMMU, unless its URI says which.
    #[test]
    fn roads_follow_the_uri() {
        let uris = |base| roads(base, Protection::default()).map(|roads| roads.len()).ok();
        assert_eq!(uris("mock:edu"), Some(4));
        assert_eq!(uris("mock:edu?iommu=off"), Some(2));
        assert_eq!(uris("mock:edu?iommu=on&pieces=100"), Some(1));
        let simulated = roads("mock:edu", Protection::default());
        assert!(simulated.is_ok_and(|roads| roads[0].translated && !roads[1].translated));
    }
}
