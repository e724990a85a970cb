//! Structures and unions, with assertions on their layout.

use std::fmt::Write as _;

use super::{Printer, comment_text};
use crate::layout::{Member, Shape, Slot, What, interleaved, slots};
use crate::model::{Block, Read, Register, Role, Write};
use crate::name::Names;
use crate::prose;

impl Printer {
    /// The structure of a block, whose clusters are of the structures `inner`. Gives its name,
    /// which is empty if there is nothing to put into it.
    pub(super) fn structure(
        &mut self,
        block: &Block,
        path: &str,
        description: &str,
        inner: &[String],
    ) -> String {
        let slots = slots(block);
        if slots.iter().all(|slot| slot.members().is_empty()) {
            return String::new();
        }
        let prefix = path.to_ascii_lowercase();
        let mut fields = Names::default();
        for member in slots.iter().flat_map(Slot::members) {
            fields.take(member.name());
        }
        let mut checks = Vec::new();
        let mut body = Vec::new();
        for slot in &slots {
            match slot {
                Slot::Gap(bytes) => {
                    let name = fields.take("reserved");
                    body.push((String::new(), format!("uint8_t {name}[0x{bytes:x}];")));
                }
                Slot::Member(member) => {
                    let declared = self.declared(block, member, &prefix, inner);
                    body.push((about(block, member), declared));
                    checks.push((member.name().to_owned(), member.offset));
                }
                Slot::Views { offset, size, members } => {
                    let first = members.first().map_or("", Member::name);
                    let name = fields.take(&format!("{first}_views"));
                    let kind = self.union(block, (*offset, *size), members, &prefix, inner);
                    let text = format!("{offset:#04x}: the same place in several ways.");
                    body.push((text, format!("union {kind} {name};")));
                    checks.push((name, *offset));
                }
            }
        }
        let name = self.types.take(&format!("{prefix}_registers"));
        self.line("");
        if !description.is_empty() {
            self.comment("", &prose::sentence(description));
        }
        for cluster in interleaved(block) {
            let title = &cluster.name;
            self.comment("", &format!("{title} is left out: its elements interleave."));
        }
        self.line(&format!("struct {name} {{"));
        let widest = block.registers.iter().map(Register::bytes).max().unwrap_or(1);
        let strictest = block.clusters.iter().map(|it| it.block.alignment).max().unwrap_or(1);
        let mut aligned = block.alignment > widest.max(strictest);
        for (text, line) in body {
            if !text.is_empty() {
                self.comment("    ", &text);
            }
            let alignment = if std::mem::take(&mut aligned) {
                format!("REGISTER_MAP_ALIGNED({}) ", block.alignment)
            } else {
                String::new()
            };
            self.line(&format!("    {alignment}{line}"));
        }
        self.line("};");
        for (member, offset) in checks {
            self.offset("struct", &name, &member, offset);
        }
        self.size("struct", &name, block.size);
        name
    }

    /// A union of members at and behind `place.0`, of `place.1` bytes; gives its name.
    fn union(
        &mut self,
        block: &Block,
        place: (u64, u64),
        members: &[Member<'_>],
        path: &str,
        inner: &[String],
    ) -> String {
        let mut body = Vec::new();
        for member in members {
            let mut declared = self.declared(block, member, path, inner);
            let skipped = member.offset - place.0;
            if skipped > 0 {
                let view = self.types.take(&format!("{path}_{}_view", member.name()));
                let value = member.name();
                self.line("");
                self.line(&format!("struct {view} {{"));
                self.line(&format!("    uint8_t {}[0x{skipped:x}];", reserved_beside(value)));
                self.line(&format!("    {declared}"));
                self.line("};");
                self.offset("struct", &view, value, skipped);
                declared = format!("struct {view} {value};");
            }
            body.push((about(block, member), declared));
        }
        let first = members.first().map_or("", Member::name);
        let name = self.types.take(&format!("{path}_{first}_views"));
        self.line("");
        self.line(&format!("union {name} {{"));
        for (text, line) in body {
            self.comment("    ", &text);
            self.line(&format!("    {line}"));
        }
        self.line("};");
        self.size("union", &name, place.1);
        name
    }

    /// The declaration of a member; what it needs is printed before.
    fn declared(
        &mut self,
        block: &Block,
        member: &Member<'_>,
        path: &str,
        inner: &[String],
    ) -> String {
        let name = member.name();
        let kind = match member.what {
            What::Register(register) => {
                let access = match (register.read, register.write) {
                    (_, Write::Never) => "READ_ONLY",
                    (Read::Never, _) => "WRITE_ONLY",
                    _ => "READ_WRITE",
                };
                format!("REGISTER_MAP_{access} uint{}_t", register.bits)
            }
            What::Cluster(cluster) => {
                let at = block.clusters.iter().position(|it| std::ptr::eq(it, cluster));
                match at.and_then(|at| inner.get(at)).filter(|name| !name.is_empty()) {
                    Some(name) => format!("struct {name}"),
                    // A group in which there is nothing to use.
                    None => return format!("uint8_t {name}[0x{:x}];", member.size()),
                }
            }
        };
        let mut step = |padding: u64| {
            let step = self.types.take(&format!("{path}_{name}_step"));
            self.line("");
            self.line(&format!("struct {step} {{"));
            self.line(&format!("    {kind} value;"));
            self.line(&format!("    uint8_t reserved[0x{padding:x}];"));
            self.line("};");
            self.size("struct", &step, member.bytes() + padding);
            step
        };
        match member.shape {
            Shape::One => format!("{kind} {name};"),
            Shape::Packed { count } => format!("{kind} {name}[{count}];"),
            Shape::Padded { count, padding } => {
                format!("struct {} {name}[{count}];", step(padding))
            }
            Shape::Cut { count, padding } => {
                let step = step(padding);
                let steps = self.types.take(&format!("{path}_{name}_steps"));
                self.line("");
                self.line(&format!("struct {steps} {{"));
                self.line(&format!("    struct {step} most[{}];", count - 1));
                self.line(&format!("    {kind} last;"));
                self.line("};");
                self.size("struct", &steps, member.size());
                format!("struct {steps} {name};")
            }
        }
    }

    fn offset(&mut self, kind: &str, name: &str, member: &str, offset: u64) {
        self.line(&format!(
            "REGISTER_MAP_ASSERT(offsetof({kind} {name}, {member}) == 0x{offset:x}, \"{member}\");"
        ));
    }

    fn size(&mut self, kind: &str, name: &str, size: u64) {
        self.line(&format!(
            "REGISTER_MAP_ASSERT(sizeof({kind} {name}) == 0x{size:x}, \"{name}\");"
        ));
    }
}

/// A name for bytes beside a member of this name.
fn reserved_beside(member: &str) -> &'static str {
    if member == "reserved" { "reserved_2" } else { "reserved" }
}

/// Where a member is, what it is, and what to know before it is used.
fn about(block: &Block, member: &Member<'_>) -> String {
    let mut text = format!("{:#04x}: ", member.offset);
    let description = member.description();
    text += &prose::sentence(if description.is_empty() { member.title() } else { description });
    let What::Register(register) = member.what else { return text };
    match register.role {
        Role::None => {}
        Role::Steers => {
            text += " The device masters the bus with it: write the DMA address that a mapping \
                     gave, never a physical address or a pointer.";
        }
        Role::Rings => text += " A write may start the device.",
        Role::Half => {
            let pair = block
                .pairs
                .iter()
                .find(|it| it.low == register.offset || it.high == register.offset);
            if let Some(pair) = pair {
                let order = if pair.high_first { "high" } else { "low" };
                let name = &pair.name;
                let _ = write!(text, " One half of {name}: the {order} half is written first.");
                if pair.role == Role::Steers {
                    text += " The device masters the bus with it.";
                }
            }
        }
    }
    text += match register.read {
        Read::Never | Read::Plain => "",
        Read::Clears => " A read clears it.",
        Read::Sets => " A read sets it.",
        Read::Modifies => " A read changes it.",
        Read::ModifiesOther => " A read changes something else.",
    };
    text += match register.write {
        Write::Never | Write::Plain => "",
        Write::OneToClear => " A one clears its bit.",
        Write::OneToSet => " A one sets its bit.",
        Write::OneToToggle => " A one turns its bit over.",
        Write::ZeroToClear => " A zero clears its bit.",
        Write::ZeroToSet => " A zero sets its bit.",
        Write::ZeroToToggle => " A zero turns its bit over.",
        Write::AnyClears => " Any write clears it.",
        Write::AnySets => " Any write sets it.",
    };
    comment_text(&text)
}
