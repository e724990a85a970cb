//! An examination in words.

use std::fmt;

use super::memory::bytes;
use super::software::Presence;
use super::{Function, Host, NodeAccess, Software, System, Verdict};

/// Where values begin.
const COLUMN: usize = 16;

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "host")?;
        if let Some(origin) = &self.origin {
            entry(f, "files", &format_args!("a copy, {origin}"))?;
        }
        entry(f, "system", &self.system)?;
        entry(f, "IOMMU", &self.iommu)?;
        self.software.fmt(f)?;
        entry(f, "memory", &self.memory)?;
        entry(f, "security", &self.security)?;
        entry(f, "user", &self.user)?;
        for (path, error) in &self.unread {
            entry(f, "not read", &format_args!("{path}: {error}"))?;
        }
        Ok(())
    }
}

/// A line with its name in front.
fn entry(f: &mut fmt::Formatter<'_>, name: &str, value: &dyn fmt::Display) -> fmt::Result {
    writeln!(f, "  {name:width$}{value}", width = COLUMN - 2)
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Linux {} on {}", self.kernel, self.architecture)?;
        if let Some(distribution) = &self.distribution {
            write!(f, ", {distribution}")?;
        }
        if let Some(l4t) = &self.l4t {
            write!(f, ", L4T {l4t}")?;
        }
        if let Some(jetpack) = &self.jetpack {
            write!(f, " (JetPack {jetpack})")?;
        }
        if let Some(model) = &self.model {
            write!(f, ", {model}")?;
        }
        match &self.container {
            Some(manager) => write!(f, ", in a container of {manager}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Software {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = |node: &Option<NodeAccess>, path: &str| match node {
            None => format!("no {path}"),
            Some(node) if node.permitted => path.to_owned(),
            Some(_) => format!("{path}, not for this user"),
        };
        let container = node(&self.container, "/dev/vfio/vfio");
        let type1 = match self.type1 {
            Presence::Loaded => String::new(),
            other => format!(", type 1 {other}"),
        };
        let no_iommu = match self.no_iommu {
            None => "",
            Some(false) => "; its mode without an IOMMU is off",
            Some(true) => "; its mode without an IOMMU is on",
        };
        let vfio = format_args!("{}, {container}{type1}{no_iommu}", self.vfio_pci);
        entry(f, "VFIO", &vfio)?;
        let iommufd = node(&self.iommu_node, "/dev/iommu");
        entry(f, "iommufd", &format_args!("{}, {iommufd}", self.iommufd))?;
        entry(f, "UIO", &self.uio)?;
        let module = match self.module {
            Presence::Absent => "not built for this kernel".to_owned(),
            other => other.to_string(),
        };
        entry(f, "our module", &module)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title())?;
        match &self.group {
            Some(group) => entry(f, "group", group)?,
            None => entry(f, "group", &"none: no IOMMU translates for it")?,
        }
        let coherent = if self.coherent { "coherent" } else { "not coherent" };
        entry(f, "caches", &format_args!("{coherent}, by {}", self.coherent_by))?;
        if !self.windows.is_empty() {
            entry(f, "addresses", &self.addresses())?;
        }
        self.verdicts.iter().try_for_each(|verdict| verdict.fmt(f))
    }
}

impl Function {
    /// Which it is, in one line.
    #[must_use]
    pub fn title(&self) -> String {
        let Self { address, vendor, device, .. } = self;
        let name = match self.card {
            Some(card) => format!("{} ({})", card.name, self.class_name),
            None => self.class_name.to_owned(),
        };
        let driver =
            self.driver.as_deref().map_or("no driver".to_owned(), |it| format!("driver {it}"));
        format!("{address}  {vendor:04x}:{device:04x}  {name}, {driver}")
    }

    /// The addresses that mappings can have.
    fn addresses(&self) -> String {
        let windows = self.windows.iter().map(|(first, last)| format!("{first:#x} to {last:#x}"));
        let windows = windows.collect::<Vec<_>>().join(", ");
        let room = self.windows.iter().map(|(first, last)| last - first).max().unwrap_or(0);
        let room = bytes((room + 1) & !0xf_ffff);
        match self.mask_bits {
            Some(bits) => format!("{windows}, within the card's {bits} bits; {room} at once"),
            None => format!("{windows}, as far as the card has them"),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.road.to_string();
        let indent = COLUMN;
        if self.usable {
            let how = if self.unprotected { ", unprotected: it can reach all memory" } else { "" };
            entry(f, &name, &format_args!("usable: {}{how}", self.uri))?;
        }
        for (index, obstacle) in self.obstacles.iter().enumerate() {
            if index == 0 {
                entry(f, &name, &format_args!("refused: {}", obstacle.what))?;
            } else {
                writeln!(f, "{:indent$}and: {}", "", obstacle.what)?;
            }
            if let Some(remedy) = &obstacle.remedy {
                writeln!(f, "{:indent$}  to do: {}", "", remedy.what)?;
                if let Some(command) = remedy.commands.first() {
                    writeln!(f, "{:indent$}  $ {command}", "")?;
                }
            }
        }
        for remark in &self.remarks {
            writeln!(f, "{:indent$}note: {remark}", "")?;
        }
        Ok(())
    }
}
