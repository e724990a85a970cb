//! `auto:`: the best road that a host offers to a device, and why not another.
#![forbid(unsafe_code)]

use core::fmt;

use diagnostics::host::{Host, Obstacle, PciAddress, Reason, RoadName, Tree};
use serde::Serialize;

use crate::device::Road;
use crate::{CARDS, OpenError, Uri};

/// What `auto:` tried, in the order in which it did.
///
/// It prefers roads that keep the card from memory that is not its own, among them the newest:
/// VFIO by iommufd, VFIO by groups, our kernel module. Only
/// [`Device::open_unprotected`](crate::Device::open_unprotected) goes on with roads on which nothing
/// translates: VFIO without an IOMMU, then our module. UIO it never takes by itself: a program that
/// dies there leaves a card that still writes.
///
/// # Examples
///
/// ```
/// use anydma::{Device, OpenError};
/// match Device::open("auto:0000:ff:1f.7") {
///     Ok(device) => println!("{}", device.choice().expect("it was `auto:`")),
///     Err(OpenError::NoRoad(choice)) => assert_eq!(choice.chosen(), None),
///     Err(other) => println!("{other}"),
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Choice {
    /// The device.
    pub place: String,
    /// One entry for each road.
    pub attempts: Vec<Attempt>,
}

/// One road, and how it went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Attempt {
    /// Which road.
    pub road: RoadName,
    /// The name of the device on it.
    pub uri: String,
    /// How it went.
    pub outcome: Outcome,
}

/// How a road was taken, or why not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The device is open on it.
    Chosen,
    /// It refused.
    Refused {
        /// In its own words.
        error: String,
        /// Which kind of thing that is, if it is one that an examination of the host knows.
        reason: Option<Reason>,
        /// All that stands in its way, as an examination of the host says.
        obstacles: Vec<Obstacle>,
    },
    /// This build has not this road.
    NotBuilt,
    /// A better road was open already.
    NotNeeded,
    /// It protects nothing, and was not asked for: UIO by its name, VFIO without an IOMMU by that or as
    /// an unprotected one.
    NotByItself,
}

/// The order of preference; those without protection are for who asks for them.
const ORDER: [(RoadName, bool); 5] = [
    (RoadName::VfioIommufd, false),
    (RoadName::VfioType1, false),
    (RoadName::Kernel, false),
    (RoadName::VfioNoIommu, true),
    (RoadName::Uio, true),
];

/// Opens a device on the best road there is. `open` opens one of them, and is told whether it may
/// as unprotected.
pub(crate) fn open(
    uri: &Uri,
    unprotected: bool,
    open: impl Fn(&str, bool) -> Result<Road, OpenError>,
) -> Result<(Road, Choice), OpenError> {
    let place: PciAddress = uri.place().parse().map_err(|_| OpenError::BadUri {
        uri: uri.to_string(),
        reason: "`auto:` wants a PCI address, as `auto:0000:01:00.0`",
    })?;
    let mut chosen = None;
    let mut attempts = Vec::new();
    for (road, bare) in ORDER {
        let mut name = road.uri(&place.to_string());
        if !uri.options().is_empty() {
            name.push(if name.contains('?') { '&' } else { '?' });
            name.push_str(uri.options());
        }
        let outcome = if chosen.is_some() {
            Outcome::NotNeeded
        } else if road == RoadName::Uio || (bare && !unprotected) {
            Outcome::NotByItself
        } else {
            // Our module is the last that protects, and may be the first that does not.
            match open(&name, bare || (unprotected && road == RoadName::Kernel)) {
                Ok(device) => {
                    chosen = Some(device);
                    Outcome::Chosen
                }
                Err(OpenError::NoSuchBackend { .. }) => Outcome::NotBuilt,
                Err(error) => Outcome::Refused {
                    error: error.to_string(),
                    reason: error.reason(),
                    obstacles: Vec::new(),
                },
            }
        };
        attempts.push(Attempt { road, uri: name, outcome });
    }
    let mut choice = Choice { place: place.to_string(), attempts };
    if let Some(device) = chosen {
        return Ok((device, choice));
    }
    choice.examine(place);
    Err(OpenError::NoRoad(Box::new(choice)))
}

impl Choice {
    /// The name of the device on the road that was taken; `None` if none was.
    #[must_use]
    pub fn chosen(&self) -> Option<&str> {
        let taken = self.attempts.iter().find(|attempt| attempt.outcome == Outcome::Chosen);
        taken.map(|attempt| attempt.uri.as_str())
    }

    /// Whether it would go on for who asks for a road that protects nothing: one is there, and says
    /// that this is all that stands in its way.
    #[must_use]
    pub fn wants_unprotected(&self) -> bool {
        self.attempts.iter().any(|attempt| {
            let reason = Some(Reason::Unprotected);
            matches!(&attempt.outcome, Outcome::Refused { reason: said, .. } if *said == reason)
        })
    }

    /// Adds what an examination of the host says to each road that refused.
    fn examine(&mut self, place: PciAddress) {
        // A host that cannot be examined leaves the roads' own words.
        let Ok(host) = Host::examine_for(&Tree::live(), CARDS, place) else { return };
        let Some(function) = host.function(place) else { return };
        for Attempt { road, outcome, .. } in &mut self.attempts {
            let verdict = function.verdicts.iter().find(|verdict| verdict.road == *road);
            if let (Outcome::Refused { obstacles, .. }, Some(verdict)) = (outcome, verdict) {
                obstacles.clone_from(&verdict.obstacles);
            }
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen => f.write_str("taken"),
            Self::Refused { error, .. } => f.write_str(error),
            Self::NotBuilt => f.write_str("this build does not have it"),
            Self::NotNeeded => f.write_str("not needed"),
            Self::NotByItself => f.write_str("protects nothing, and was not asked for"),
        }
    }
}

/// In one line: the road that was taken and those before it, or all of them.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.chosen() {
            Some(uri) => write!(f, "{uri}")?,
            None => write!(f, "no road leads to {}", self.place)?,
        }
        // Roads that say the same are named together.
        let mut said: Vec<(String, Vec<String>)> = Vec::new();
        let told = self
            .attempts
            .iter()
            .filter(|attempt| !matches!(attempt.outcome, Outcome::Chosen | Outcome::NotNeeded));
        for Attempt { road, outcome, .. } in told {
            let words = outcome.to_string();
            match said.iter_mut().find(|(other, _)| *other == words) {
                Some((_, roads)) => roads.push(road.to_string()),
                None => said.push((words, vec![road.to_string()])),
            }
        }
        for (words, roads) in said {
            write!(f, "; [{}] {words}", roads.join(", "))?;
        }
        match self.chosen() {
            Some(_) => Ok(()),
            None => write!(f, "; `anydma doctor {}` says more", self.place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().unwrap()
    }

    fn refusing(tried: &mut Vec<(String, bool)>, text: &str, unprotected: bool) -> Choice {
        let tried = std::cell::RefCell::new(tried);
        let opened = open(&uri(text), unprotected, |name, bare| {
            tried.borrow_mut().push((name.to_owned(), bare));
            Err(OpenError::InUse)
        });
        match opened {
            Err(OpenError::NoRoad(choice)) => *choice,
            other => panic!("{other:?}"),
        }
    }

    // Roads are tried in the documented order, options go to each of them, and those that protect
    // nothing are left out, UIO always.
    #[test]
    fn roads_are_tried_in_order_and_uio_never() {
        let mut tried = Vec::new();
        let choice = refusing(&mut tried, "auto:0000:01:00.0?interrupts=polling", false);
        let names: Vec<&str> = tried.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "vfio:0000:01:00.0?iommu=iommufd&interrupts=polling",
                "vfio:0000:01:00.0?iommu=type1&interrupts=polling",
                "kernel:0000:01:00.0?interrupts=polling",
            ]
        );
        assert!(tried.iter().all(|(_, bare)| !bare));
        assert_eq!(choice.chosen(), None);
        let text = choice.to_string();
        assert!(
            text.starts_with("no road leads to 0000:01:00.0; [vfio iommufd, vfio type 1, kernel] ")
        );
        assert!(text.contains("[vfio no-IOMMU, uio] protects nothing"), "{text}");
        assert!(!text.contains('\n'), "{text}");
    }

    // Who waives protection gets VFIO without an IOMMU and the module, and UIO still not.
    #[test]
    fn unprotected_goes_further_but_not_to_uio() {
        let mut tried = Vec::new();
        refusing(&mut tried, "auto:01:00.0", true);
        let bare: Vec<&str> =
            tried.iter().filter(|(_, bare)| *bare).map(|(name, _)| name.as_str()).collect();
        assert_eq!(bare, ["kernel:0000:01:00.0", "vfio:0000:01:00.0"]);
    }

    // The first that opens is taken; the rest is not tried, and the choice says so, for programs
    // too.
    #[cfg(feature = "mock")]
    #[test]
    fn first_that_opens_is_taken() {
        let (_, choice) = open(&uri("auto:01:00.0"), false, |name, _| {
            if name.contains("iommufd") { Err(OpenError::InUse) } else { Road::open("mock:edu") }
        })
        .unwrap();
        assert_eq!(choice.chosen(), Some("vfio:0000:01:00.0?iommu=type1"));
        assert_eq!(choice.attempts[2].outcome, Outcome::NotNeeded);
        let json = serde_json::to_value(&choice).unwrap();
        assert_eq!(json["attempts"][1]["outcome"], "chosen");
        assert!(json["attempts"][0]["outcome"]["refused"]["error"].is_string());
    }

    // Only a PCI address can be looked for on several roads.
    #[test]
    fn other_places_are_refused() {
        let error = open(&uri("auto:edu"), false, |_, _| Err(OpenError::InUse)).unwrap_err();
        assert!(error.to_string().contains("auto:0000:01:00.0"), "{error}");
    }

    // Where a road is there that only wants to be asked for as one that protects nothing, the error
    // is of that kind, and of none elsewhere.
    #[test]
    fn a_road_that_only_wants_to_be_asked_for_is_told() {
        let mut choice = refusing(&mut Vec::new(), "auto:0000:01:00.0", false);
        let kind = |choice: &Choice| OpenError::NoRoad(Box::new(choice.clone())).reason();
        assert_eq!(kind(&choice), None);
        for attempt in &mut choice.attempts {
            if let Outcome::Refused { reason, .. } = &mut attempt.outcome {
                let kernel = attempt.road == RoadName::Kernel;
                *reason = Some(if kernel { Reason::Unprotected } else { Reason::NoIommu });
            }
        }
        assert_eq!(kind(&choice), Some(Reason::Unprotected));
    }
}
