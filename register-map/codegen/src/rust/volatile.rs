//! Structures of volatile cells, for firmware that uses `volatile-register`.
//!
//! The same modules as the typed constants, with a `#[repr(C)]` structure for each block in
//! place of them. What must be true of its layout is asserted beside it, at compile time.

use std::collections::BTreeSet;

use super::registers::remarks;
use super::text::{Text, hex};
use super::{Options, describe, place};
use crate::layout::{Member, Shape, Slot, What, interleaved, slots};
use crate::model::{Block, Cluster, Device, Peripheral, Read, Register, Role, Write};
use crate::name::{self, Names};
use crate::prose;

/// What a module names and does not define.
const TAKEN: &[&str] = &["ManuallyDrop", "RO", "RW", "WO", "usize", "u16", "u32", "u64", "u8"];

/// The module of a device, as structures of `volatile-register`'s cells.
#[must_use]
pub fn volatile(device: &Device, options: &Options) -> String {
    let mut text = Text::default();
    let title = if device.description.is_empty() { &device.name } else { &device.description };
    text.inner_doc(&prose::sentence(&prose::markdown(title)));
    text.line("//!");
    text.inner_doc(&format!(
        "Generated from `{}` by register-gen, as structures of volatile cells; changes belong there.",
        options.source.replace('`', "'")
    ));
    let mut printer = Printer { text };
    let main = device.main_peripheral().and_then(|at| device.peripherals.get(at));
    let modules = device.peripherals.iter().map(|it| it.block.module.as_str());
    if let Some(main) = main {
        printer.text.blank();
        printer.module(&main.block, &main.name, &main.description, modules);
    }
    for peripheral in &device.peripherals {
        if !main.is_some_and(|main| std::ptr::eq(main, peripheral)) {
            printer.peripheral(device, peripheral);
        }
    }
    printer.text.finish()
}

struct Printer {
    text: Text,
}

/// A type that a member needs beside the cells: printed behind the structure.
enum Helper<'b> {
    /// An element with the bytes behind it.
    Step { name: String, cell: String, padding: u64, of: Member<'b> },
    /// An array whose last element has no bytes behind it.
    Steps { name: String, step: String, cell: String, count: u64, of: Member<'b> },
    /// A member of a union that does not begin where the union does.
    View { name: String, cell: String, skipped: u64, of: Member<'b> },
    /// A union.
    Views { name: String, size: u64, members: Vec<(Member<'b>, String)> },
}

impl Printer {
    fn peripheral(&mut self, device: &Device, peripheral: &Peripheral) {
        let place = place(peripheral);
        self.text.separate();
        if let Some(first) = peripheral.same_as.and_then(|at| device.peripherals.get(at)) {
            let (name, first) = (&peripheral.name, &first.block.module);
            self.text.doc(&format!("`{name}`, {place}: the same registers as [`{first}`]."));
            self.text.line(&format!("pub use {first} as {};", peripheral.block.module));
            return;
        }
        self.text.doc(&describe(&peripheral.description, &peripheral.name));
        self.text.line("///");
        self.text.doc(&format!("`{}`, {place}.", peripheral.name.replace('`', "'")));
        self.text.open(&format!("pub mod {} {{", peripheral.block.module));
        let modules = std::iter::empty();
        self.module(&peripheral.block, &peripheral.name, &peripheral.description, modules);
        self.text.close("}");
    }

    /// A block, what it needs, and the modules of its clusters.
    fn module<'b>(
        &mut self,
        block: &'b Block,
        name: &str,
        description: &str,
        modules: impl Iterator<Item = &'b str>,
    ) {
        let mut names = Names::with(TAKEN);
        let inner = block.clusters.iter().map(|it| it.block.module.as_str());
        for module in modules.chain(inner) {
            names.take(module);
        }
        let marker = marker(block);
        names.take(&marker);
        let slots = slots(block);
        self.imports(&slots);
        self.text.separate();
        self.text.doc(&describe(description, name));
        for cluster in interleaved(block) {
            self.text.line("///");
            self.text.doc(&format!(
                "`{}` is left out: its elements interleave, which a structure cannot say.",
                cluster.name.replace('`', "'")
            ));
        }
        let widest = block.registers.iter().map(Register::bytes).max().unwrap_or(1);
        let strictest = block.clusters.iter().map(|it| it.block.alignment).max().unwrap_or(1);
        let aligned = block.alignment > widest.max(strictest);
        self.text.line(&if aligned {
            format!("#[repr(C, align({}))]", block.alignment)
        } else {
            "#[repr(C)]".to_owned()
        });
        let mut checks = vec![format!("size_of::<{marker}>() == {}", hex(block.size))];
        let mut helpers = Vec::new();
        if slots.is_empty() {
            self.text.line(&format!("pub struct {marker} {{}}"));
        } else {
            self.text.open(&format!("pub struct {marker} {{"));
            self.members(block, &slots, &mut names, &mut helpers, &mut checks);
            self.text.close("}");
        }
        for helper in helpers {
            self.helper(block, helper, &mut checks);
        }
        self.text.blank();
        self.text.open("const _: () = {");
        for check in checks {
            self.text.assertion(&check);
        }
        self.text.close("};");
        for cluster in block.clusters.iter().filter(|cluster| cluster.same_as.is_none()) {
            self.text.separate();
            self.text.doc(&describe(&cluster.description, &cluster.name));
            self.text.open(&format!("pub mod {} {{", cluster.block.module));
            let modules = std::iter::empty();
            self.module(&cluster.block, &cluster.name, &cluster.description, modules);
            self.text.close("}");
        }
    }

    /// The `use` lines of a module.
    fn imports(&mut self, slots: &[Slot<'_>]) {
        let mut cells = BTreeSet::new();
        let mut add = |member: &Member<'_>| {
            if let What::Register(register) = member.what {
                cells.insert(cell(register));
            }
        };
        let mut views = false;
        let mut members = false;
        for slot in slots {
            members |= !matches!(slot, Slot::Gap(_));
            match slot {
                Slot::Gap(_) => {}
                Slot::Member(member) => add(member),
                Slot::Views { members, .. } => {
                    views = true;
                    members.iter().for_each(&mut add);
                }
            }
        }
        let memory: &[&str] = match (views, members) {
            (true, _) => &["ManuallyDrop", "offset_of"],
            (false, true) => &["offset_of"],
            (false, false) => &[],
        };
        self.text.import("core::mem", memory);
        if !memory.is_empty() && !cells.is_empty() {
            self.text.blank();
        }
        self.text.import("volatile_register", &cells.into_iter().collect::<Vec<_>>());
    }

    fn members<'b>(
        &mut self,
        block: &Block,
        slots: &[Slot<'b>],
        names: &mut Names,
        helpers: &mut Vec<Helper<'b>>,
        checks: &mut Vec<String>,
    ) {
        let marker = marker(block);
        let mut reserved = 0;
        let mut fields = Names::default();
        for member in slots.iter().flat_map(Slot::members) {
            fields.take(member.name());
        }
        for slot in slots {
            match slot {
                Slot::Gap(bytes) => {
                    let name = fields.take(&format!("_reserved{reserved}"));
                    self.text.line(&format!("{name}: [u8; {}],", hex(*bytes)));
                    reserved += 1;
                }
                Slot::Member(member) => {
                    self.documented(block, member);
                    let kind = kind(block, member, names, helpers);
                    let name = member.name();
                    self.text.line(&format!("pub {name}: {kind},"));
                    checks.push(format!("offset_of!({marker}, {name}) == {}", hex(member.offset)));
                }
                Slot::Views { offset, size, members } => {
                    let first = members.first().map_or("", Member::name);
                    let name = fields.take(&format!("{first}_views"));
                    let kind = names.take(&format!("{}Views", name::pascal(first)));
                    let list: Vec<&str> = members.iter().map(Member::title).collect();
                    let list = list.join(", ");
                    self.text.doc(&prose::sentence(&prose::markdown(&format!(
                        "The same place in {} ways: {list}",
                        members.len()
                    ))));
                    self.text.line(&format!("pub {name}: {kind},"));
                    checks.push(format!("offset_of!({marker}, {name}) == {}", hex(*offset)));
                    let mut inside = Vec::new();
                    for member in members {
                        let mut cell = self::kind(block, member, names, helpers);
                        if member.offset > *offset {
                            let view = format!("{}View", name::pascal(member.name()));
                            let view = names.take(&view);
                            let skipped = member.offset - offset;
                            let of = *member;
                            helpers.push(Helper::View { name: view.clone(), cell, skipped, of });
                            cell = view;
                        }
                        inside.push((*member, cell));
                    }
                    helpers.push(Helper::Views { name: kind, size: *size, members: inside });
                }
            }
        }
    }

    fn helper(&mut self, block: &Block, helper: Helper<'_>, checks: &mut Vec<String>) {
        self.text.separate();
        match helper {
            Helper::Step { name, cell, padding, of } => {
                let title = of.title().replace('`', "'");
                self.text.doc(&format!("One `{title}` and the bytes up to the next."));
                self.text.line("#[repr(C)]");
                self.text.open(&format!("pub struct {name} {{"));
                self.documented(block, &of);
                self.text.line(&format!("pub value: {cell},"));
                self.text.line(&format!("_reserved: [u8; {}],", hex(padding)));
                self.text.close("}");
                checks.push(format!("size_of::<{name}>() == {}", hex(of.bytes() + padding)));
            }
            Helper::Steps { name, step, cell, count, of } => {
                let title = of.title().replace('`', "'");
                self.text
                    .doc(&format!("All {count} of `{title}`; other registers lie between them."));
                self.text.line("#[repr(C)]");
                self.text.open(&format!("pub struct {name} {{"));
                self.text.line("/// All but the last.");
                self.text.line(&format!("pub most: [{step}; {}],", count - 1));
                self.text.line("/// The last.");
                self.text.line(&format!("pub last: {cell},"));
                self.text.close("}");
                self.text.blank();
                self.text.open(&format!("impl {name} {{"));
                self.text.line("/// The one of an index; `None` if there are not so many.");
                self.text.line("#[must_use]");
                self.text.open(&format!("pub fn get(&self, index: usize) -> Option<&{cell}> {{"));
                self.text.open("match self.most.get(index) {");
                self.text.line("Some(step) => Some(&step.value),");
                self.text.line("None => (index == self.most.len()).then_some(&self.last),");
                self.text.close("}");
                self.text.close("}");
                self.text.close("}");
                checks.push(format!("size_of::<{name}>() == {}", hex(of.size())));
            }
            Helper::View { name, cell, skipped, of } => {
                let title = of.title().replace('`', "'");
                self.text.doc(&format!("`{title}`, behind the bytes that come before it."));
                self.text.line("#[repr(C)]");
                self.text.open(&format!("pub struct {name} {{"));
                self.text.line(&format!("_reserved: [u8; {}],", hex(skipped)));
                self.documented(block, &of);
                self.text.line(&format!("pub value: {cell},"));
                self.text.close("}");
                checks.push(format!("offset_of!({name}, value) == {}", hex(skipped)));
            }
            Helper::Views { name, size, members } => {
                self.text.doc(
                    "Registers that share their place. To use one is `unsafe`: the caller knows \
                     that the device takes this access now.",
                );
                self.text.line("#[repr(C)]");
                self.text.open(&format!("pub union {name} {{"));
                for (member, cell) in members {
                    self.documented(block, &member);
                    let field = member.name();
                    self.text.line(&format!("pub {field}: ManuallyDrop<{cell}>,"));
                }
                self.text.close("}");
                checks.push(format!("size_of::<{name}>() == {}", hex(size)));
            }
        }
    }

    /// What a member is, and what to know before it is used.
    fn documented(&mut self, block: &Block, member: &Member<'_>) {
        self.text.doc(&describe(member.description(), member.title()));
        let What::Register(register) = member.what else { return };
        // Constants and pairs are not here to be linked to.
        let mut remarks: Vec<String> = remarks(block, register)
            .into_iter()
            .map(|it| it.replace("[`", "`").replace("`]", "`"))
            .collect();
        remarks.extend(habits(register).map(str::to_owned));
        if !remarks.is_empty() {
            self.text.line("///");
            self.text.doc(&remarks.join(" "));
        }
    }
}

/// The name of a block's structure.
fn marker(block: &Block) -> String {
    if TAKEN.contains(&block.marker.as_str()) {
        format!("{}Block", block.marker)
    } else {
        block.marker.clone()
    }
}

/// The cell of a register.
fn cell(register: &Register) -> &'static str {
    match (register.read, register.write) {
        (_, Write::Never) => "RO",
        (Read::Never, _) => "WO",
        _ => "RW",
    }
}

/// The type of a member; what it needs is added to the helpers.
fn kind<'b>(
    block: &Block,
    member: &Member<'b>,
    names: &mut Names,
    helpers: &mut Vec<Helper<'b>>,
) -> String {
    let cell = match member.what {
        What::Register(register) => format!("{}<u{}>", cell(register), register.bits),
        What::Cluster(cluster) => cluster_type(block, cluster),
    };
    let step = |names: &mut Names, helpers: &mut Vec<Helper<'b>>, padding| {
        let name = names.take(&format!("{}Step", name::pascal(member.name())));
        let (cell, of) = (cell.clone(), *member);
        helpers.push(Helper::Step { name: name.clone(), cell, padding, of });
        name
    };
    match member.shape {
        Shape::One => cell,
        Shape::Packed { count } => format!("[{cell}; {count}]"),
        Shape::Padded { count, padding } => {
            format!("[{}; {count}]", step(names, helpers, padding))
        }
        Shape::Cut { count, padding } => {
            let step = step(names, helpers, padding);
            let name = names.take(&format!("{}Steps", name::pascal(member.name())));
            helpers.push(Helper::Steps { name: name.clone(), step, cell, count, of: *member });
            name
        }
    }
}

/// The structure of a cluster, by its module; that of a list is the first's.
fn cluster_type(block: &Block, cluster: &Cluster) -> String {
    let first = cluster.same_as.and_then(|at| block.clusters.get(at)).unwrap_or(cluster);
    format!("{}::{}", first.block.module, marker(&first.block))
}

/// What the cells cannot say of a register.
fn habits(register: &Register) -> impl Iterator<Item = &'static str> {
    let read = match register.read {
        Read::Never | Read::Plain => None,
        Read::Clears => Some("A read clears it."),
        Read::Sets => Some("A read sets it."),
        Read::Modifies => Some("A read changes it."),
        Read::ModifiesOther => Some("A read changes something else."),
    };
    let write = match (register.role, register.write) {
        (Role::Steers, _) => Some("What is written must be mapped for as long as it is used."),
        (_, Write::Never | Write::Plain) => None,
        (_, Write::OneToClear) => Some("A one clears its bit, so `modify` clears what it reads."),
        (_, Write::OneToSet) => Some("A one sets its bit."),
        (_, Write::OneToToggle) => Some("A one turns its bit over: do not `modify` it."),
        (_, Write::ZeroToClear) => Some("A zero clears its bit."),
        (_, Write::ZeroToSet) => Some("A zero sets its bit, so `modify` sets what it reads as 0."),
        (_, Write::ZeroToToggle) => Some("A zero turns its bit over: do not `modify` it."),
        (_, Write::AnyClears) => Some("Any write clears it."),
        (_, Write::AnySets) => Some("Any write sets it."),
    };
    read.into_iter().chain(write)
}
