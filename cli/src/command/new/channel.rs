//! The parts of `channel.rs` that depend on the card.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use register_map_codegen::{Device, Role, Write};

use super::roles::{Addresses, Roles, Setting, Way};
use super::rust_path::{Group, RustRegister, locate};
use crate::failure::Failure;
use crate::registers::{Entry, Kind, Map};

/// Prints code for one card.
#[derive(Clone, Copy)]
pub(super) struct Printer<'a> {
    pub(super) device: &'a Device,
    pub(super) roles: &'a Roles<'a>,
}

impl Printer<'_> {
    fn find(self, entry: &Entry<'_>) -> Result<RustRegister, Failure> {
        locate(self.device, entry).ok_or_else(|| {
            Failure::because(
                format!("name {} in Rust", entry.name()),
                "it is not in the description",
            )
        })
    }

    /// The groups of registers that the channel needs, each once.
    fn groups(self) -> Result<Vec<Group>, Failure> {
        let mut groups: Vec<Group> = Vec::new();
        for (way, _) in self.roles.ways() {
            for entry in entries(way).into_iter().filter(|entry| !in_memory(entry)) {
                let group = self.find(entry)?.group;
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
        Ok(groups)
    }

    /// The block of the descriptor, if there is one.
    pub(super) fn descriptor(self) -> Result<Option<String>, Failure> {
        let way = &self.roles.to_card;
        if way.list.is_none() {
            return Ok(None);
        }
        match &way.addresses {
            Addresses::HostAndPlace(entry, _) | Addresses::SourceAndDestination(entry, _) => {
                Ok(Some(self.find(entry)?.group.block))
            }
        }
    }

    /// The words that are accessed, as bounds.
    pub(super) fn bounds(self) -> String {
        let mut words = BTreeSet::from([32]);
        for (way, _) in self.roles.ways() {
            for entry in entries(way) {
                if matches!(entry.kind, Kind::Register(_)) {
                    words.insert(entry.bits());
                }
            }
        }
        words.iter().map(|bits| format!("Access<u{bits}> + ")).collect::<Vec<_>>().concat()
    }

    pub(super) fn fields(self) -> Result<String, Failure> {
        let groups = self.groups()?;
        let lines = groups.iter().map(|group| {
            let Group { field, block, .. } = group;
            format!("{field}: Window<S, {block}>,\n")
        });
        Ok(lines.collect::<Vec<_>>().concat())
    }

    pub(super) fn field_names(self) -> Result<String, Failure> {
        let groups = self.groups()?;
        Ok(groups.iter().map(|group| format!("{}, ", group.field)).collect::<Vec<_>>().concat())
    }

    /// Opens each window.
    pub(super) fn opening(self) -> Result<String, Failure> {
        let mut text = String::new();
        let mut tops = BTreeSet::new();
        for group in self.groups()? {
            let top = format!("top{}_{:x}", group.region, group.base);
            if tops.insert(top.clone()) {
                let Group { region, base, top: block, .. } = &group;
                let _ = write!(
                    text,
                    "let space = device.region({region})?.narrow({base:#x}, <{block} as Block>::SIZE).ok_or(outside)?;\n\
                     // SAFETY: the device has the ids of the description, which says that these \n\
                     // registers lie there.\n\
                     let {top} = unsafe {{ Window::<_, {block}>::new(space) }}.map_err(|refused| refused.error)?;\n"
                );
            }
            let mut steps = top;
            if group.clusters.is_empty() {
                let _ = writeln!(text, "let {} = {steps}.clone();", group.field);
                continue;
            }
            for (number, (constant, index)) in group.clusters.iter().enumerate() {
                if number == 0 {
                    let _ = write!(steps, ".cluster_at({constant}, {index})");
                } else {
                    let _ =
                        write!(steps, ".and_then(|group| group.cluster_at({constant}, {index}))");
                }
            }
            let _ = writeln!(text, "let {} = {steps}.ok_or(outside)?;", group.field);
        }
        Ok(text)
    }

    /// Everything that starts a segment, by its direction.
    pub(super) fn start(self) -> Result<String, Failure> {
        let ways = self.roles.ways();
        if let [(way, None)] = ways[..] {
            return self.start_way(way, None);
        }
        let mut text = "match segment.direction {\n".to_owned();
        for (way, from_card) in ways {
            let direction = if from_card == Some(true) { "FromDevice" } else { "ToDevice" };
            let _ = write!(
                text,
                "Direction::{direction} => {{\n{}}}\n",
                self.start_way(way, from_card)?
            );
        }
        text.push_str("}\n");
        Ok(text)
    }

    fn start_way(self, way: &Way<'_>, from_card: Option<bool>) -> Result<String, Failure> {
        let mut text = String::new();
        if let Some(block) = self.descriptor()? {
            let _ = write!(
                text,
                "// SAFETY: the memory was lent as long and as aligned as a descriptor is, and is this \
                 channel's alone.\n\
                 let descriptor = unsafe {{ Window::<_, {block}>::new(self.descriptor.view()) }};\n\
                 let Ok(descriptor) = descriptor else {{ return Err(outside(Operation::Transfer)) }};\n"
            );
        }
        for setting in &way.before {
            text.push_str(&self.setting(setting)?);
        }
        match &way.addresses {
            Addresses::HostAndPlace(host, place) => {
                text.push_str(HELD);
                text.push_str(&self.steer(host, "segment.host")?);
                text.push_str(&self.number(place, "segment.device.get()")?);
            }
            Addresses::SourceAndDestination(source, destination) => {
                let steer = |from_card: bool| -> Result<String, Failure> {
                    let (read, written) = if from_card {
                        ("segment.device", "segment.host")
                    } else {
                        ("segment.host", "segment.device")
                    };
                    let (source, destination) =
                        (self.steer(source, read)?, self.steer(destination, written)?);
                    Ok(format!("{HELD}{source}// SAFETY: as above.\n{destination}"))
                };
                if let Some(from_card) = from_card {
                    text.push_str(&steer(from_card)?);
                } else {
                    let (to, from) = (steer(false)?, steer(true)?);
                    let _ = write!(
                        text,
                        "match segment.direction {{\nDirection::ToDevice => {{\n{to}}}\n\
                         Direction::FromDevice => {{\n{from}}}\n}}\n"
                    );
                }
            }
        }
        text.push_str(&self.number(&way.length, "segment.length as u64")?);
        if let Some(list) = &way.list {
            text.push_str(
                "self.descriptor.publish(0..self.descriptor.size());\n\
                 let Some(list) = self.descriptor.iova(0) else { return Err(outside(Operation::Transfer)) };\n\
                 // SAFETY: the descriptor lives as long as the channel, and is complete.\n",
            );
            text.push_str(&self.steer(list, "list")?);
        }
        let doorbell = self.find(&way.start.entry)?.own();
        let bits = way.start.entry.bits();
        let value = way.start.value;
        let command = if way.direction == 0 {
            format!("{value:#x}")
        } else {
            let _ = writeln!(
                text,
                "let direction: u{bits} = match segment.direction {{ Direction::ToDevice => 0, \
                 Direction::FromDevice => {:#x} }};",
                way.direction
            );
            format!("{value:#x} | direction")
        };
        let _ = write!(
            text,
            "// ORDER: what the CPU wrote to the buffer, and read from it, comes before the doorbell.\n\
             self.{}.release();\n\
             // SAFETY: addresses and length above are those of the segment, in its direction.\n\
             unsafe {{ {doorbell}.ring_raw({command}) }};\n",
            self.find(&way.start.entry)?.group.field
        );
        Ok(text)
    }

    /// A register or a word of the descriptor.
    fn target(self, entry: &Entry<'_>) -> Result<String, Failure> {
        let register = self.find(entry)?;
        Ok(if in_memory(entry) { register.on("descriptor") } else { register.own() })
    }

    fn steer(self, entry: &Entry<'_>, value: &str) -> Result<String, Failure> {
        let target = self.target(entry)?;
        // A short register says whether the address fits.
        let end = if entry.bits() == 32 { "?" } else { "" };
        Ok(format!("unsafe {{ {target}.steer({value}) }}{end};\n"))
    }

    fn number(self, entry: &Entry<'_>, value: &str) -> Result<String, Failure> {
        let target = self.target(entry)?;
        Ok(match entry.bits() {
            64 => format!("{target}.set({value});\n"),
            bits => format!(
                "{target}.set(u{bits}::try_from({value}).map_err(|_| outside(Operation::Transfer))?);\n"
            ),
        })
    }

    fn setting(self, setting: &Setting<'_>) -> Result<String, Failure> {
        let Setting { entry, value, .. } = setting;
        let target = self.target(entry)?;
        let verb = match (entry.role(), entry.write()) {
            (Role::Rings, _) => {
                return Ok(format!(
                    "// SAFETY: as the data sheet says, it starts nothing.\n\
                     unsafe {{ {target}.ring_raw({value:#x}) }};\n"
                ));
            }
            (Role::None, Write::Plain) => Some("set"),
            (Role::None, Write::OneToClear) => Some("clear_bits"),
            (Role::None, Write::OneToSet) => Some("raise_bits"),
            (Role::None, Write::OneToToggle) => Some("toggle_bits"),
            (Role::None, Write::AnyClears) => return Ok(format!("{target}.clear_all();\n")),
            (Role::None, Write::AnySets) => return Ok(format!("{target}.raise_all();\n")),
            (Role::None | Role::Steers | Role::Half, _) => None,
        };
        match verb {
            Some(verb) => Ok(format!("{target}.{verb}({value:#x});\n")),
            None => Err(Failure::because(
                format!("write {value:#x} to {} around each transfer", entry.name()),
                "it takes an address, or a zero does something in it",
            )),
        }
    }

    /// What is read, and then written, after a transfer.
    pub(super) fn finish(self) -> Result<String, Failure> {
        let mut text = String::new();
        for (way, _) in self.roles.ways() {
            for entry in &way.acknowledge {
                let line = format!("let _ = {};\n", self.find(entry)?.taken());
                if !text.contains(&line) {
                    text.push_str(&line);
                }
            }
        }
        text.push_str(&self.all(finish)?);
        Ok(text)
    }

    /// What stops a transfer.
    pub(super) fn stop(self) -> Result<String, Failure> {
        let stop = self.all(stop)?;
        if stop.is_empty() {
            return Ok("// Nothing stops this card: it has to end by itself.\n".to_owned());
        }
        Ok(format!("if self.is_busy(operation)? {{\n{stop}}}\n"))
    }

    fn all(self, settings: for<'w> fn(&'w Way<'_>) -> Vec<Setting<'w>>) -> Result<String, Failure> {
        let mut text: Vec<String> = Vec::new();
        for (way, _) in self.roles.ways() {
            for setting in settings(way) {
                let line = self.setting(&setting)?;
                if !text.contains(&line) {
                    text.push(line);
                }
            }
        }
        Ok(text.concat())
    }

    /// Asks each engine whether a transfer runs.
    pub(super) fn busy(self) -> Result<String, Failure> {
        let mut all = Vec::new();
        for (way, _) in self.roles.ways() {
            let one = format!(
                "let status = {}.get();\n\
                 if status == u{}::MAX {{\n\
                 return Err(Error::new(ErrorKind::Gone, operation, u32::MAX));\n}}\n\
                 if status & {:#x} != 0 {{\nreturn Ok(true);\n}}\n",
                self.find(&way.busy.entry)?.own(),
                way.busy.entry.bits(),
                way.busy.mask,
            );
            if !all.contains(&one) {
                all.push(one);
            }
        }
        Ok(all.concat())
    }

    /// A window whose `acquire` orders what was read.
    pub(super) fn status_field(self) -> Result<String, Failure> {
        Ok(self.find(&self.roles.to_card.busy.entry)?.group.field)
    }
}

fn finish<'w>(way: &'w Way<'_>) -> Vec<Setting<'w>> {
    way.finish.clone()
}

fn stop<'w>(way: &'w Way<'_>) -> Vec<Setting<'w>> {
    way.stop.iter().cloned().collect()
}

fn in_memory(entry: &Entry<'_>) -> bool {
    entry.place.region == Map::MEMORY
}

/// All registers of a way.
pub(super) fn entries<'w, 'm>(way: &'w Way<'m>) -> Vec<&'w Entry<'m>> {
    let mut all = vec![&way.length, &way.start.entry, &way.busy.entry];
    all.extend(way.list.iter().chain(&way.acknowledge));
    match &way.addresses {
        Addresses::HostAndPlace(one, other) | Addresses::SourceAndDestination(one, other) => {
            all.extend([one, other]);
        }
    }
    let settings = way.before.iter().chain(&way.finish).chain(&way.stop);
    all.extend(settings.map(|setting| &setting.entry));
    all
}

/// Above the address of the host.
const HELD: &str = "// SAFETY: whoever pushed it keeps the range mapped, and untouched, until it is counted; the \n\
                    // other address is one of the card's own memory, within the window.\n";
