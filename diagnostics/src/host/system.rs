//! Which machine and which system it is.

use serde::Serialize;

use super::tree::Tree;

/// The machine and what runs on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct System {
    /// The kernel's release, as "5.10.120-tegra".
    pub kernel: String,
    /// The processor's architecture, as "aarch64".
    pub architecture: String,
    /// The distribution, as it calls itself.
    pub distribution: Option<String>,
    /// NVIDIA's Linux for Tegra, as "R32.2.1", where it is one.
    pub l4t: Option<String>,
    /// The `JetPack` that this belongs to, as "4".
    pub jetpack: Option<String>,
    /// What the machine is called.
    pub model: Option<String>,
    /// The container that this program is in, as far as it shows.
    pub container: Option<String>,
}

impl System {
    pub(super) fn examine(tree: &Tree) -> Self {
        let l4t = tree.text("/etc/nv_tegra_release").as_deref().and_then(l4t);
        Self {
            kernel: tree.text("/proc/sys/kernel/osrelease").unwrap_or_default(),
            architecture: tree.architecture().to_owned(),
            distribution: distribution(tree),
            jetpack: l4t.as_deref().and_then(jetpack),
            l4t,
            model: model(tree),
            container: container(tree),
        }
    }
}

/// `PRETTY_NAME` of `os-release`.
fn distribution(tree: &Tree) -> Option<String> {
    // Followed by hand: the target of the link is what a copy has.
    let text = tree.text("/etc/os-release").or_else(|| tree.text("/usr/lib/os-release"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(line.trim_matches('"').to_owned())
}

/// Of `# R32 (release), REVISION: 2.1, GCID: …`: "R32.2.1".
fn l4t(text: &str) -> Option<String> {
    let line = text.lines().next()?.trim_start_matches(['#', ' ']);
    let release = line.split_whitespace().next()?;
    let revision = line.split_once("REVISION: ")?.1.split(',').next()?;
    Some(format!("{release}.{}", revision.trim()))
}

/// NVIDIA's own pairs of L4T and `JetPack`.
fn jetpack(l4t: &str) -> Option<String> {
    let major = l4t.trim_start_matches('R').split('.').next()?;
    let jetpack = match major {
        "28" => "3",
        "31" | "32" => "4",
        "34" | "35" => "5",
        "36" => "6",
        _ => return None,
    };
    Some(jetpack.to_owned())
}

/// As the device tree or the firmware names it.
fn model(tree: &Tree) -> Option<String> {
    let told = tree.text("/proc/device-tree/model");
    let told = told.or_else(|| {
        let part = |name: &str| tree.text(&format!("/sys/class/dmi/id/{name}"));
        let (vendor, product) = (part("sys_vendor"), part("product_name")?);
        Some(vendor.map_or_else(|| product.clone(), |vendor| format!("{vendor} {product}")))
    });
    told.filter(|model| !model.is_empty())
}

fn container(tree: &Tree) -> Option<String> {
    if let Some(manager) = tree.text("/run/systemd/container").filter(|it| !it.is_empty()) {
        return Some(manager);
    }
    let known = [("/.dockerenv", "docker"), ("/run/.containerenv", "podman")];
    known.iter().find(|(path, _)| tree.exists(path)).map(|(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    // NVIDIA's file is read, and the JetPack named that it belongs to.
    #[test]
    fn releases_of_tegra_are_read() {
        let text = "# R32 (release), REVISION: 2.1, GCID: 16294929, BOARD: t186ref, EABI: aarch64";
        assert_eq!(l4t(text).as_deref(), Some("R32.2.1"));
        assert_eq!(jetpack("R32.2.1").as_deref(), Some("4"));
        assert_eq!(jetpack("R28.2.1").as_deref(), Some("3"));
        assert_eq!(l4t("hello"), None);
    }
}
