//! Where the suite ran: what somebody needs who reads the report elsewhere.
#![forbid(unsafe_code)]

use std::fs;

use serde::Serialize;

use super::rig::Rig;

/// Host, road and card. Nothing here says whose machine it is.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Host {
    /// The device as it was named.
    pub(super) device: String,
    /// What the card is.
    pub(super) card: String,
    /// Its ids.
    pub(super) identity: String,
    /// Whether an IOMMU translates what the card puts on the bus.
    pub(super) translated: bool,
    /// Where it may put addresses, as pairs of first and last.
    pub(super) windows: Vec<String>,
    /// Bytes of the smallest piece that is mapped.
    pub(super) granule: u64,
    pub(super) kernel: String,
    pub(super) system: String,
    pub(super) architecture: &'static str,
    /// Of this command.
    pub(super) version: &'static str,
}

impl Host {
    pub(super) fn of(rig: &Rig) -> Self {
        let facts = rig.facts();
        Self {
            device: facts.device.clone(),
            card: facts.card.to_owned(),
            identity: facts.identity.to_string(),
            translated: !facts.windows.is_empty(),
            windows: facts.windows.clone(),
            granule: facts.granule,
            kernel: kernel(),
            system: system(),
            architecture: std::env::consts::ARCH,
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// What there is to say, line by line.
    pub(super) fn lines(&self) -> [(&'static str, String); 6] {
        let iommu = if self.translated {
            format!("translates; addresses {}; granule {}", self.windows.join(", "), self.granule)
        } else {
            "none: addresses are physical".to_owned()
        };
        [
            ("device", self.device.clone()),
            ("card", format!("{} ({})", self.card, self.identity)),
            ("IOMMU", iommu),
            ("kernel", format!("{}, {}", self.kernel, self.architecture)),
            ("system", self.system.clone()),
            ("anydma", self.version.to_owned()),
        ]
    }
}

/// `Linux 6.12.0`; what it is called where no such file is.
fn kernel() -> String {
    let read = |name: &str| fs::read_to_string(format!("/proc/sys/kernel/{name}"));
    match (read("ostype"), read("osrelease")) {
        (Ok(kind), Ok(release)) => format!("{} {}", kind.trim(), release.trim()),
        _ => std::env::consts::OS.to_owned(),
    }
}

/// `Debian GNU/Linux 12 (bookworm)`; empty if the system does not say.
fn system() -> String {
    let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.unwrap_or_default().trim_matches('"').to_owned()
}
