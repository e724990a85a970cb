//! Our part of a description: what SVD has no words for.
//!
//! It stands in `<vendorExtensions><anydma>` at the end of the device, the one place that the
//! format allows, and names peripherals and registers by their paths. A mistake here is an
//! error: a steering register that is misspelt would be left without its guard.

use super::pair::pair;
use super::{Reader, join};
use crate::model::{Block, Device, Identity, Register, Role, Write};
use crate::xml::Element;

/// What an extension does to the register that it names.
type Change<'c> = &'c mut dyn FnMut(&mut Register) -> Result<(), String>;

impl<'a> Reader<'a> {
    /// Applies `<vendorExtensions><anydma>`.
    pub(super) fn extensions(&mut self, device: &mut Device) {
        let blocks = self.device.all("vendorExtensions").flat_map(|it| it.all("anydma"));
        let mut elements: Vec<Element<'a>> = blocks.flat_map(Element::children).collect();
        // A pair of one register has that register's role, so it is looked at last.
        elements.sort_by_key(|it| it.tag() == "pair" && it.attribute("register").is_some());
        for element in elements {
            let known: &[&str] = match element.tag() {
                "pci" => &["vendor", "device"],
                "amba" => &["designer", "part"],
                "bar" => &["number", "peripheral", "offset", "size"],
                "layout" => &["peripheral", "alignment"],
                "steering" | "doorbell" => &["register"],
                "pair" if element.attribute("register").is_some() => &["name", "register", "order"],
                "pair" => &["name", "low", "high", "order", "role"],
                other => {
                    self.error(
                        "",
                        element,
                        format!("<{other}> is none of ours"),
                        "pci, amba, bar, layout, steering, doorbell and pair stand here",
                    );
                    continue;
                }
            };
            if let Some(stray) = element.attributes().find(|name| !known.contains(name)) {
                let hint = format!("it has {}", known.join(", "));
                self.error("", element, format!("no attribute {stray} here"), &hint);
                continue;
            }
            let done = match element.tag() {
                "pci" => pci(element, device),
                "amba" => amba(element, device),
                "bar" => bar(element, device),
                "layout" => memory_layout(element, device),
                "steering" => role(element, device, Role::Steers),
                "doorbell" => role(element, device, Role::Rings),
                _ => pair(element, device),
            };
            if let Err(message) = done {
                self.error(
                    "",
                    element,
                    message,
                    "see docs/register-descriptions.md for what stands here",
                );
            }
        }
        let pci = matches!(device.identity, Some(Identity::Pci { .. }));
        for peripheral in &device.peripherals {
            if pci && peripheral.bar.is_none() && !peripheral.layout {
                let message =
                    "neither in a BAR nor a layout in memory; no region has it".to_owned();
                self.at_line(
                    crate::Severity::Warning,
                    &peripheral.name,
                    peripheral.line,
                    "peripheral",
                    message,
                    "add <bar number=\"0\" peripheral=\"…\"/> to the extensions",
                );
            }
        }
    }
}

fn pci(element: Element<'_>, device: &mut Device) -> Result<(), String> {
    let (vendor, card) = (number(element, "vendor")?, number(element, "device")?);
    device.identity = Some(Identity::Pci { vendor, device: card });
    Ok(())
}

fn amba(element: Element<'_>, device: &mut Device) -> Result<(), String> {
    let (designer, part) = (number(element, "designer")?, number(element, "part")?);
    device.identity = Some(Identity::Amba { designer, part });
    Ok(())
}

fn bar(element: Element<'_>, device: &mut Device) -> Result<(), String> {
    let bar: u8 = number(element, "number")?;
    if bar > 5 {
        return Err(format!("there is no BAR {bar}"));
    }
    let size = if element.attribute("size").is_some() { number(element, "size")? } else { 0u32 };
    let offset = match element.attribute("offset") {
        Some(_) => Some(u64::from(number::<u32>(element, "offset")?)),
        None => None,
    };
    let name = attribute(element, "peripheral")?;
    let mut found = false;
    for peripheral in device.peripherals.iter_mut().filter(|it| it.name == name) {
        peripheral.bar = Some(bar);
        peripheral.base = offset.unwrap_or(peripheral.base);
        peripheral.region_size =
            u64::from(size).max(peripheral.base.saturating_add(peripheral.block.size));
        found = true;
    }
    if found { Ok(()) } else { Err(format!("there is no peripheral {name}")) }
}

fn memory_layout(element: Element<'_>, device: &mut Device) -> Result<(), String> {
    let alignment: u32 =
        if element.attribute("alignment").is_some() { number(element, "alignment")? } else { 1 };
    if !alignment.is_power_of_two() {
        return Err(format!("an alignment of {alignment} is no power of two"));
    }
    let name = attribute(element, "peripheral")?;
    let mut found = false;
    for peripheral in device.peripherals.iter_mut().filter(|it| it.name == name) {
        peripheral.layout = true;
        peripheral.block.alignment = u64::from(alignment);
        found = true;
    }
    if found { Ok(()) } else { Err(format!("there is no peripheral {name}")) }
}

pub(super) fn attribute<'a>(element: Element<'a>, name: &str) -> Result<&'a str, String> {
    element.attribute(name).ok_or_else(|| format!("the attribute {name} is missing"))
}

fn number<T: TryFrom<u64>>(element: Element<'_>, name: &str) -> Result<T, String> {
    let text = attribute(element, name)?;
    let value =
        crate::number::number(text).map_err(|reason| format!("{name}=\"{text}\" {reason}"))?;
    T::try_from(value).map_err(|_| format!("{name}=\"{text}\" is too large"))
}

fn role(element: Element<'_>, device: &mut Device, role: Role) -> Result<(), String> {
    let path = attribute(element, "register")?;
    change(device, path, &mut |register| {
        if register.write == Write::Never {
            return Err(format!("{path} cannot be written"));
        }
        if register.role != Role::None {
            return Err(format!("{path} was named before"));
        }
        if role == Role::Steers && register.bits < 32 {
            return Err(format!(
                "{path} has {} bits; an address register has 32 or 64, or is a pair",
                register.bits
            ));
        }
        register.role = role;
        Ok(())
    })
}

/// Changes every register that a path names: one, or the same of all that share it.
fn change(device: &mut Device, path: &str, change: Change<'_>) -> Result<(), String> {
    let Some((block, name)) = path.rsplit_once('.') else {
        return Err(format!("{path} is no path; write PERIPHERAL.REGISTER"));
    };
    let mut count = 0;
    let mut failure = None;
    visit_blocks(device, block, &mut |block| {
        for register in &mut block.registers {
            if register.name == name || register.family.number != 0 && register.family.name == name
            {
                count += 1;
                if let Err(message) = change(register) {
                    failure = Some(message);
                }
            }
        }
    });
    match failure {
        Some(message) => Err(message),
        None if count == 0 => Err(format!("there is no register {path}")),
        None => Ok(()),
    }
}

/// Calls `visit` with every block at a path of peripheral and clusters. What is said of a
/// peripheral holds for those that have the very same registers.
pub(super) fn visit_blocks(device: &mut Device, path: &str, visit: &mut dyn FnMut(&mut Block)) {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let origins: Vec<u64> = device
        .peripherals
        .iter()
        .filter(|peripheral| peripheral.name == name)
        .map(|peripheral| peripheral.origin)
        .collect();
    for peripheral in &mut device.peripherals {
        if origins.contains(&peripheral.origin) {
            visit_inside(&mut peripheral.block, rest, visit);
        }
    }
}

fn visit_inside(block: &mut Block, path: &str, visit: &mut dyn FnMut(&mut Block)) {
    if path.is_empty() {
        visit(block);
        return;
    }
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    for cluster in &mut block.clusters {
        if cluster.name == name || cluster.family.number != 0 && cluster.family.name == name {
            visit_inside(&mut cluster.block, rest, visit);
        }
    }
}

impl Device {
    /// All paths of registers, as extensions write them.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        fn walk(block: &Block, path: &str, out: &mut Vec<String>) {
            out.extend(block.registers.iter().map(|register| join(path, &register.name)));
            for cluster in &block.clusters {
                walk(&cluster.block, &join(path, &cluster.name), out);
            }
        }
        let mut out = Vec::new();
        for peripheral in &self.peripherals {
            walk(&peripheral.block, &peripheral.name, &mut out);
        }
        out
    }
}
