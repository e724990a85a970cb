//! The crate's copy of the description: with what the flags say written into it.
//!
//! The description stays the one source of truth: which register takes an address and which one
//! starts the card stands there, so that the generator guards it.
#![forbid(unsafe_code)]

use std::fs;

use register_map_codegen::{Device, Identity, Reading, Role, Severity, read};

use super::Arguments;
use super::roles::Roles;
use crate::failure::Failure;
use crate::registers::{Kind, Map, value};

/// A description, with its text.
#[derive(Debug)]
pub(super) struct Description {
    source: String,
    text: String,
    device: Device,
    warnings: usize,
}

/// `10ee:9038`.
pub(super) fn ids(text: &str) -> Result<(u16, u16), String> {
    let number = |text: &str| u16::from_str_radix(text.trim_start_matches("0x"), 16).ok();
    let ids =
        text.split_once(':').and_then(|(vendor, device)| Some((number(vendor)?, number(device)?)));
    ids.ok_or_else(|| format!("`{text}` is no pair of ids; write for instance 10ee:9038"))
}

/// A peripheral in a BAR.
#[derive(Clone, Debug)]
pub(crate) struct InBar {
    number: u8,
    peripheral: String,
    offset: Option<u64>,
}

/// `0=DMA`, `0=DMA@0x1000`.
pub(super) fn bar(text: &str) -> Result<InBar, String> {
    let parts = text.split_once('=').and_then(|(number, place)| {
        let number: u8 = number.parse().ok().filter(|number| *number < 6)?;
        let (name, offset) = match place.split_once('@') {
            Some((name, offset)) => (name, Some(value::number(offset)?)),
            None => (place, None),
        };
        let in_bar = InBar { number, peripheral: name.to_owned(), offset };
        Some(in_bar).filter(|it| !it.peripheral.is_empty())
    });
    parts
        .ok_or_else(|| format!("`{text}` puts nothing into a BAR; write for instance 0=DMA@0x1000"))
}

/// No BAR of registers is longer: what lies beyond is an address of a processor's bus.
const LONGEST_BAR: u64 = 1 << 28;

impl Description {
    /// Reads the file, and adds the ids and BARs of the flags.
    pub(super) fn open(arguments: &Arguments) -> Result<Self, Failure> {
        let source = arguments.svd.display().to_string();
        let tried = || format!("read the description {source}");
        let bytes = fs::read(&arguments.svd).map_err(|error| Failure::of(tried(), &error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            Failure::because(tried(), error)
                .hint("write it in UTF-8, which the crate's copy will be")
        })?;
        let mut description = Self::read(&source, text)?;
        let mut elements = Vec::new();
        if let Some((vendor, device)) = arguments.pci {
            elements.push(format!("<pci vendor=\"{vendor:#06x}\" device=\"{device:#06x}\"/>"));
        } else if !matches!(description.device.identity, Some(Identity::Pci { .. })) {
            let hint = "give the ids of the card with --pci VENDOR:DEVICE";
            return Err(Failure::because(tried(), "it has no PCI ids").hint(hint));
        }
        for InBar { number, peripheral, offset } in &arguments.bar {
            let offset = offset.map_or(String::new(), |offset| format!(" offset=\"{offset:#x}\""));
            elements
                .push(format!("<bar number=\"{number}\" peripheral=\"{peripheral}\"{offset}/>"));
        }
        description = description.with(&elements)?;
        let devices = &description.device;
        if (0..devices.peripherals.len()).all(|at| devices.place(at).is_none()) {
            let names = devices.peripherals.iter().filter(|it| !it.layout).take(8);
            let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
            return Err(Failure::because(tried(), "none of its peripherals lies in a BAR").hint(
                format!("say which one does with --bar 0=PERIPHERAL: {}, …", names.join(", ")),
            ));
        }
        let far = (0..devices.peripherals.len()).find_map(|at| {
            let (_, offset) = devices.place(at).filter(|(_, offset)| *offset >= LONGEST_BAR)?;
            Some((devices.peripherals.get(at)?, offset))
        });
        if let Some((peripheral, offset)) = far {
            let name = &peripheral.name;
            let reason = format!("{name} would lie at {offset:#x} of its BAR");
            return Err(Failure::because(tried(), reason).hint(format!(
                "say where it lies with --bar NUMBER={name}@OFFSET: an address of a processor's \
                 bus is no offset"
            )));
        }
        Ok(description)
    }

    fn read(source: &str, text: String) -> Result<Self, Failure> {
        let Reading { device, diagnostics } = read(&text);
        if let Some(error) = diagnostics.list().iter().find(|it| it.severity == Severity::Error) {
            return Err(Failure::because(format!("use the description {source}"), error)
                .hint("`register-gen FILE` says all that is wrong with it"));
        }
        let warnings = diagnostics.count(Severity::Warning);
        Ok(Self { source: source.to_owned(), text, device, warnings })
    }

    /// The guards that the roles need and the description has not yet.
    pub(super) fn with_roles(self, roles: &Roles<'_>) -> Result<Self, Failure> {
        let mut elements = Vec::new();
        for (entry, role) in roles.guarded() {
            if entry.role() != Role::None || matches!(entry.kind, Kind::Pair(_)) {
                continue;
            }
            let steps: Vec<&str> = entry.steps.iter().map(|step| step.name.as_str()).collect();
            let element = format!("<{role} register=\"{}\"/>", steps.join("."));
            if !elements.contains(&element) {
                elements.push(element);
            }
        }
        self.with(&elements)
    }

    /// The same with more of our elements.
    fn with(self, elements: &[String]) -> Result<Self, Failure> {
        if elements.is_empty() {
            return Ok(self);
        }
        let lines = elements.iter().map(|element| format!("      {element}\n"));
        let lines = lines.collect::<Vec<_>>().concat();
        let places = [
            ("</anydma>", format!("{}    ", lines.trim_start_matches("    "))),
            ("</vendorExtensions>", format!("  <anydma>\n{lines}    </anydma>\n  ")),
            (
                "</device>",
                format!(
                    "  <vendorExtensions>\n    <anydma>\n{lines}    </anydma>\n  </vendorExtensions>\n"
                ),
            ),
        ];
        let found = places.iter().find_map(|(end, insert)| Some((self.text.rfind(end)?, insert)));
        let Some((at, insert)) = found else {
            let reason = "it has no </device> before which they could stand";
            return Err(Failure::because(
                format!("add to the description {}", self.source),
                reason,
            ));
        };
        let (before, behind) = self.text.split_at(at);
        let text = format!("{before}{insert}{behind}");
        Self::read(&self.source, text)
    }

    /// Its registers, and the words of its descriptors.
    pub(super) fn map(&self) -> Map {
        Map::of(&self.source, self.device.clone(), None).with_layouts()
    }

    pub(super) const fn device(&self) -> &Device {
        &self.device
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn warnings(&self) -> usize {
        self.warnings
    }
}
