//! Constants: one for each register, array, cluster and pair.

use std::collections::BTreeSet;

use super::text::hex;
use super::{Printer, describe};
use crate::model::{
    Block, Cluster, Constraint, Device, Field, Identity, Read, Register, Repeat, Role, Write,
};

impl Printer<'_> {
    /// The `use` lines of a module: what its constants and tables name.
    pub(super) fn imports(&mut self, block: Option<&Block>, device: Option<&Device>) {
        let mut names = BTreeSet::new();
        let mut rights = BTreeSet::new();
        let mut tables = BTreeSet::new();
        if let Some(block) = block {
            names.insert("Block");
            for register in &block.registers {
                names.insert(if register.repeat.is_some() { "Array" } else { "Def" });
                rights.extend(rights_names(register.read, register.write, register.role));
            }
            for pair in &block.pairs {
                names.insert("Pair");
                rights.extend(rights_names(pair.read, pair.write, pair.role));
            }
            if !block.clusters.is_empty() {
                names.insert("Cluster");
            }
            if block.registers.iter().any(has_own_fields) {
                names.insert("register_bitfields");
            }
            if !self.options.without_tables {
                tables.extend(block_table_names(block));
            }
        }
        if let Some(device) = device.filter(|_| !self.options.without_tables) {
            tables.insert("DeviceDescription");
            if !device.peripherals.is_empty() {
                tables.insert("Described");
            }
            if device.identity.is_some() {
                tables.insert("Identity");
            }
            let pci = matches!(device.identity, Some(Identity::Pci { .. }));
            if device.peripherals.iter().any(|it| !it.layout && (!pci || it.bar.is_some())) {
                tables.insert("RegionDescription");
            }
        }
        let list = |set: &BTreeSet<&'static str>| set.iter().copied().collect::<Vec<_>>();
        let names = sorted(list(&names));
        // rustfmt puts a lone name before the modules, a list of names behind them.
        let (lone, several) =
            if names.len() == 1 { (names, Vec::new()) } else { (Vec::new(), names) };
        self.text.import("register_map", &lone);
        self.text.import("register_map::description", &list(&tables));
        self.text.import("register_map::rights", &sorted(list(&rights)));
        self.text.import("register_map", &several);
    }

    /// The marker type of a block.
    pub(super) fn marker(
        &mut self,
        block: &Block,
        name: &str,
        description: &str,
        place: Option<&str>,
    ) {
        self.text.separate();
        self.text.doc(&describe(description, name));
        if let Some(place) = place {
            self.text.line("///");
            self.text.doc(&format!("`{}`, {place}.", name.replace('`', "'")));
        }
        self.text.line("#[derive(Debug)]");
        self.text.line(&format!("pub struct {}(());", block.marker));
        self.text.blank();
        self.text.open(&format!("impl Block for {} {{", block.marker));
        self.text.line(&format!("const NAME: &'static str = {};", crate::prose::literal(name)));
        self.text.line(&format!("const SIZE: usize = {};", hex(block.size)));
        self.text.line(&format!("const ALIGNMENT: usize = {};", block.alignment));
        self.text.close("}");
    }

    /// All constants of a block.
    pub(super) fn constants(&mut self, block: &Block) {
        for register in &block.registers {
            self.register(block, register);
        }
        for pair in &block.pairs {
            self.text.separate();
            let order = if pair.high_first { "high" } else { "low" };
            self.text.doc(&format!(
                "`{}`: 64 bits in two registers, the {order} half first.",
                pair.name.replace('`', "'")
            ));
            let arguments = [
                block.marker.clone(),
                rights_type(pair.read, pair.write, pair.role),
                hex(pair.low),
                hex(pair.high),
                pair.high_first.to_string(),
            ];
            self.text.constant(&pair.constant, "Pair", &arguments);
        }
        for cluster in &block.clusters {
            self.cluster(block, cluster);
        }
    }

    fn register(&mut self, block: &Block, register: &Register) {
        self.text.separate();
        self.text.doc(&describe(&register.description, &register.name));
        let remarks = remarks(block, register);
        if !remarks.is_empty() {
            self.text.line("///");
            self.text.doc(&remarks.join(" "));
        }
        let fields = match (&register.fields_of, register.fields.is_empty()) {
            (_, true) => "()".to_owned(),
            (Some(first), false) => format!("{first}::Register"),
            (None, false) => format!("{}::Register", register.constant),
        };
        let mut arguments = vec![
            block.marker.clone(),
            format!("u{}", register.bits),
            rights_type(register.read, register.write, register.role),
            fields,
            hex(register.offset),
        ];
        let kind = if let Some(repeat) = register.repeat {
            arguments.extend([hex(stride(repeat, register.bytes())), repeat.count.to_string()]);
            "Array"
        } else {
            "Def"
        };
        self.text.constant(&register.constant, kind, &arguments);
    }

    fn cluster(&mut self, block: &Block, cluster: &Cluster) {
        self.text.separate();
        self.text.doc(&describe(&cluster.description, &cluster.name));
        if !is_same_name(&cluster.constant, &cluster.name) {
            self.text.line("///");
            self.text.doc(&format!("In the description: `{}`.", cluster.name.replace('`', "'")));
        }
        let repeat = cluster.repeat.unwrap_or(Repeat { count: 1, stride: 0 });
        let arguments = [
            block.marker.clone(),
            format!("{}::{}", cluster.block.module, cluster.block.marker),
            hex(cluster.offset),
            hex(stride(repeat, cluster.block.size)),
            repeat.count.to_string(),
        ];
        self.text.constant(&cluster.constant, "Cluster", &arguments);
    }
}

/// The step of an array; that of a single one is its own length.
pub(super) fn stride(repeat: Repeat, bytes: u64) -> u64 {
    if repeat.count > 1 || repeat.stride > 0 { repeat.stride } else { bytes }
}

/// Whether bit fields must be printed for a register.
pub(super) fn has_own_fields(register: &Register) -> bool {
    !register.fields.is_empty() && register.fields_of.is_none()
}

/// What a reader of the constant's documentation should know beside the description.
pub(super) fn remarks(block: &Block, register: &Register) -> Vec<String> {
    let mut out = Vec::new();
    if !is_same_name(&register.constant, &register.name) {
        out.push(format!("In the description: `{}`.", register.name.replace('`', "'")));
    }
    match register.role {
        Role::Half => {
            let pair = block
                .pairs
                .iter()
                .find(|pair| pair.low == register.offset || pair.high == register.offset);
            let pair = pair.map_or_else(String::new, |pair| format!(" [`{}`]", pair.constant));
            out.push(format!("One half of the pair{pair}, through which it is written."));
        }
        Role::Steers => {
            out.push("Takes an address that the device masters the bus with.".to_owned());
        }
        Role::Rings => out.push("A write may start the device.".to_owned()),
        Role::None => {}
    }
    let mut kinds: Vec<Write> = register
        .fields
        .iter()
        .map(|field| field.write)
        .filter(|&write| write != Write::Never)
        .collect();
    kinds.dedup();
    if kinds.len() > 1 {
        let list: Vec<String> = register
            .fields
            .iter()
            .filter(|field| field.write != Write::Never)
            .map(written)
            .collect();
        out.push(format!("Its fields are written in different ways: {}.", list.join(", ")));
    }
    match register.constraint {
        Some(Constraint::AsRead) => out.push("Only what was read may be written.".to_owned()),
        Some(Constraint::Enumerated) => out.push("Only named values may be written.".to_owned()),
        Some(Constraint::Range(low, high)) => out.push(format!("Takes {low} to {high}.")),
        None => {}
    }
    out
}

/// Whether a constant is found in the data sheet under its own name, but for case and joints.
fn is_same_name(constant: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|&letter| letter != '_')
            .map(|letter| letter.to_ascii_lowercase())
            .collect()
    };
    letters(constant) == letters(name)
}

fn written(field: &Field) -> String {
    let way = match field.write {
        Write::Never => "not",
        Write::Plain => "plainly",
        Write::OneToClear => "one to clear",
        Write::OneToSet => "one to set",
        Write::OneToToggle => "one to toggle",
        Write::ZeroToClear => "zero to clear",
        Write::ZeroToSet => "zero to set",
        Write::ZeroToToggle => "zero to toggle",
        Write::AnyClears => "any to clear",
        Write::AnySets => "any to set",
    };
    format!("`{}` {way}", field.name.replace('`', "'"))
}

/// The markers of `read` and `write` for a register.
fn markers(read: Read, write: Write, role: Role) -> (&'static str, &'static str) {
    let read = match read {
        Read::Never => "Never",
        Read::Plain => "Plain",
        Read::Clears | Read::Sets | Read::Modifies | Read::ModifiesOther => "Effect",
    };
    let write = match (role, write) {
        (_, Write::Never) | (Role::Half, _) => "Never",
        (Role::Steers, _) => "Steers",
        (Role::Rings, _) => "Rings",
        (Role::None, Write::Plain) => "Plain",
        (Role::None, Write::OneToClear) => "OneToClear",
        (Role::None, Write::OneToSet) => "OneToSet",
        (Role::None, Write::OneToToggle) => "OneToToggle",
        (Role::None, Write::ZeroToClear) => "ZeroToClear",
        (Role::None, Write::ZeroToSet) => "ZeroToSet",
        (Role::None, Write::ZeroToToggle) => "ZeroToToggle",
        (Role::None, Write::AnyClears) => "AnyClears",
        (Role::None, Write::AnySets) => "AnySets",
    };
    (read, write)
}

fn alias(read: &str, write: &str) -> Option<&'static str> {
    Some(match (read, write) {
        ("Plain", "Never") => "ReadOnly",
        ("Never", "Plain") => "WriteOnly",
        ("Plain", "Plain") => "ReadWrite",
        ("Never", "Never") => "Reserved",
        ("Effect", "Never") => "ReadEffect",
        ("Plain", "OneToClear") => "OneToClear",
        ("Plain", "Steers") => "Steering",
        ("Plain", "Rings") => "Doorbell",
        _ => return None,
    })
}

fn rights_type(read: Read, write: Write, role: Role) -> String {
    let (read, write) = markers(read, write, role);
    alias(read, write)
        .map_or_else(|| format!("Rights<read::{read}, write::{write}>"), str::to_owned)
}

fn rights_names(read: Read, write: Write, role: Role) -> Vec<&'static str> {
    let (read, write) = markers(read, write, role);
    alias(read, write).map_or_else(|| vec!["Rights", "read", "write"], |alias| vec![alias])
}

fn block_table_names(block: &Block) -> Vec<&'static str> {
    let mut names = vec!["BlockDescription", "Described"];
    if !block.registers.is_empty() {
        names.extend(["ReadKind", "RegisterDescription", "WriteConstraint", "WriteKind"]);
    }
    if !block.clusters.is_empty() {
        names.push("ClusterDescription");
    }
    if block.registers.iter().any(|register| !register.fields.is_empty()) {
        names.push("FieldDescription");
    }
    let mut fields = block.registers.iter().flat_map(|register| &register.fields);
    if fields.any(|field| field.values.iter().any(|value| value.value.is_some())) {
        names.push("ValueDescription");
    }
    names
}

/// As rustfmt sorts imports: types first, then what is written small.
fn sorted(mut names: Vec<&'static str>) -> Vec<&'static str> {
    names.sort_by_key(|name| (name.starts_with(|first: char| first.is_ascii_lowercase()), *name));
    names
}
