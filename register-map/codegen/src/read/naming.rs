//! Rust names for everything, and what can share one module.
//!
//! Peripherals derived without a change share the module of the first, and so do clusters of one
//! list: then one driver drives them all.

use std::collections::HashMap;

use super::{Reader, join};
use crate::diagnostic::Severity;
use crate::model::{Block, Cluster, Device, Field, Identity, Peripheral, Register, Usage};
use crate::name::{self, Names};

/// Names that generated modules use themselves.
const TAKEN: &[&str] = &[
    "Array",
    "Block",
    "BlockDescription",
    "Cluster",
    "ClusterDescription",
    "Def",
    "DEVICE",
    "Described",
    "DeviceDescription",
    "Doorbell",
    "FieldDescription",
    "Identity",
    "OneToClear",
    "Pair",
    "ReadEffect",
    "ReadKind",
    "ReadOnly",
    "ReadWrite",
    "RegionDescription",
    "RegisterDescription",
    "Reserved",
    "Rights",
    "Steering",
    "ValueDescription",
    "WriteConstraint",
    "WriteKind",
    "WriteOnly",
    "bool",
    "char",
    "core",
    "dma_core",
    "description",
    "read",
    "register_bitfields",
    "register_map",
    "rights",
    "str",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
    "write",
];
/// Names that the macro for bit fields uses among a field's values.
const TAKEN_BY_VALUES: &[&str] = &["CLEAR", "Register", "SET", "Some"];

impl Reader<'_> {
    /// Gives names, and finds what is shared.
    pub(super) fn name_all(&mut self, device: &mut Device) {
        let main = device.main_peripheral();
        share_peripherals(&mut device.peripherals, main);
        let mut top = Names::with(TAKEN);
        // The peripheral at the top of the file shares its scope with the modules of the others.
        if let Some(peripheral) = main.and_then(|at| device.peripherals.get_mut(at)) {
            let (path, title) = (peripheral.name.clone(), peripheral.name.clone());
            self.name_block(&mut peripheral.block, &title, &path, &mut top);
        }
        for at in 0..device.peripherals.len() {
            let Some(peripheral) = device.peripherals.get_mut(at) else { continue };
            let module = top.take(&name::module(&peripheral.name));
            if main == Some(at) {
                peripheral.block.module = module;
                continue;
            }
            let wanted = name::module(&peripheral.name);
            if module != wanted {
                let message = format!("the name {wanted} is taken; it is {module}");
                self.at_line(
                    Severity::Warning,
                    &peripheral.name,
                    peripheral.line,
                    "peripheral",
                    message,
                    "",
                );
            }
            peripheral.block.module = module;
            if peripheral.same_as.is_none() {
                let (path, title) = (peripheral.name.clone(), peripheral.name.clone());
                let mut names = scope(&peripheral.block.module);
                self.name_block(&mut peripheral.block, &title, &path, &mut names);
            }
        }
    }

    fn name_block(&mut self, block: &mut Block, title: &str, path: &str, names: &mut Names) {
        let marker = name::pascal(title);
        // A register named as the block wins over the block's marker.
        block.marker = if names.is_free(&marker) && !block.uses(&marker) {
            names.take(&marker)
        } else {
            names.take(&format!("{marker}Block"))
        };
        let mut members = Names::default();
        for register in &mut block.registers {
            self.name_register(register, path, names);
            register.member = members.take(&name::member(&register.constant));
        }
        share_fields(&mut block.registers);
        share_clusters(&mut block.clusters);
        let mut modules: HashMap<usize, (String, String)> = HashMap::new();
        for at in 0..block.clusters.len() {
            let Some(cluster) = block.clusters.get_mut(at) else { continue };
            let path = join(path, &cluster.name);
            cluster.constant =
                self.unique(&name::constant(&cluster.name), names, &path, cluster.line, "cluster");
            cluster.member = members.take(&name::member(&cluster.constant));
            if let Some((module, marker)) = cluster.same_as.and_then(|first| modules.get(&first)) {
                (cluster.block.module, cluster.block.marker) = (module.clone(), marker.clone());
                continue;
            }
            let title = if cluster.family.number == 0 {
                cluster.name.clone()
            } else {
                cluster.family.name.clone()
            };
            cluster.block.module = names.take(&name::module(&title));
            let mut inner = scope(&cluster.block.module);
            self.name_block(&mut cluster.block, &title, &path, &mut inner);
            modules.insert(at, (cluster.block.module.clone(), cluster.block.marker.clone()));
        }
        for pair in &mut block.pairs {
            pair.constant =
                self.unique(&name::constant(&pair.name), names, &join(path, &pair.name), 0, "pair");
        }
    }

    fn name_register(&mut self, register: &mut Register, path: &str, names: &mut Names) {
        let path = join(path, &register.name);
        register.constant =
            self.unique(&name::constant(&register.name), names, &path, register.line, "register");
        let mut fields = Names::with(&["Register", "Field"]);
        for field in &mut register.fields {
            field.constant = self.unique(
                &name::constant(&field.name),
                &mut fields,
                &join(&path, &field.name),
                register.line,
                "field",
            );
            self.name_values(field, &path, register.line);
        }
    }

    fn name_values(&mut self, field: &mut Field, path: &str, line: u32) {
        let path = join(path, &field.name);
        let mut seen: HashMap<(bool, u64), String> = HashMap::new();
        let split = field.values.iter().any(|value| value.usage == Usage::Read)
            && field.values.iter().any(|value| value.usage == Usage::Write);
        let mut reading = Names::with(TAKEN_BY_VALUES);
        let mut writing = Names::with(TAKEN_BY_VALUES);
        for value in &mut field.values {
            let writes = split && value.usage == Usage::Write;
            let Some(number) = value.value else { continue };
            if let Some(first) = seen.get(&(writes, number)) {
                let message = format!(
                    "the value {number} is {first} and {}; only the first is in the code",
                    value.name
                );
                self.at_line(
                    Severity::Warning,
                    &path,
                    line,
                    "enumeratedValue",
                    message,
                    "give each value one name",
                );
                continue;
            }
            seen.insert((writes, number), value.name.clone());
            let names = if writes { &mut writing } else { &mut reading };
            value.variant = names.take(&name::pascal(&value.name));
        }
    }

    fn unique(
        &mut self,
        wanted: &str,
        names: &mut Names,
        path: &str,
        line: u32,
        element: &str,
    ) -> String {
        let name = names.take(wanted);
        if name != wanted {
            let message = format!("the name {wanted} is taken; it is {name}");
            self.at_line(
                Severity::Warning,
                path,
                line,
                element,
                message,
                "give each a name of its own",
            );
        }
        name
    }
}

impl Device {
    /// The peripheral that stands at the top of the file: the one named as the device.
    #[must_use]
    pub fn main_peripheral(&self) -> Option<usize> {
        self.peripherals
            .iter()
            .position(|peripheral| peripheral.name.eq_ignore_ascii_case(&self.name))
    }

    /// Where the registers of peripheral number `at` are: the number of the region, and bytes from
    /// its start. `None` for what lies in memory, and on PCI for what is in no BAR.
    ///
    /// A BAR is mapped as a whole; elsewhere each peripheral is a region of its own.
    #[must_use]
    pub fn place(&self, at: usize) -> Option<(u64, u64)> {
        let pci = matches!(self.identity, Some(Identity::Pci { .. }));
        let has_place =
            |peripheral: &&Peripheral| !peripheral.layout && (!pci || peripheral.bar.is_some());
        let peripheral = self.peripherals.get(at).filter(has_place)?;
        if let Some(bar) = peripheral.bar {
            return Some((u64::from(bar), peripheral.base));
        }
        let before = self.peripherals.iter().take(at).filter(has_place).count();
        Some((before as u64, 0))
    }
}

impl Block {
    /// Whether a constant will have this name.
    fn uses(&self, constant: &str) -> bool {
        self.registers.iter().any(|register| name::constant(&register.name) == constant)
            || self.clusters.iter().any(|cluster| name::constant(&cluster.name) == constant)
    }
}

/// What is taken in a new module: no module in it is called as itself.
fn scope(module: &str) -> Names {
    let mut names = Names::with(TAKEN);
    names.take(module);
    names
}

fn share_peripherals(peripherals: &mut [Peripheral], main: Option<usize>) {
    let mut first_of: HashMap<u64, Vec<usize>> = HashMap::new();
    for at in 0..peripherals.len() {
        let Some(peripheral) = peripherals.get(at) else { continue };
        let candidates = first_of.entry(peripheral.origin).or_default();
        let same = candidates.iter().copied().find(|&first| {
            peripherals.get(first).is_some_and(|first| {
                first.block == peripheral.block && first.layout == peripheral.layout
            })
        });
        // What stands at the top of the file is no module that could be shared.
        if same.is_none() && main != Some(at) {
            candidates.push(at);
        }
        if let Some(peripheral) = peripherals.get_mut(at) {
            peripheral.same_as = same;
        }
    }
}

fn share_clusters(clusters: &mut [Cluster]) {
    let mut first_of: HashMap<u64, Vec<usize>> = HashMap::new();
    for at in 0..clusters.len() {
        let Some((before, [cluster, ..])) = clusters.split_at_mut_checked(at) else { continue };
        if cluster.family.number == 0 {
            continue;
        }
        let candidates = first_of.entry(cluster.family.number).or_default();
        cluster.same_as = candidates.iter().copied().find(|&first| {
            before
                .get(first)
                .is_some_and(|first| first.family == cluster.family && first.block == cluster.block)
        });
        if cluster.same_as.is_none() {
            candidates.push(at);
        }
    }
}

fn share_fields(registers: &mut [Register]) {
    let mut first_of: HashMap<u64, (String, Vec<Field>)> = HashMap::new();
    for register in registers.iter_mut().filter(|register| register.family.number != 0) {
        match first_of.get(&register.family.number) {
            Some((first, fields)) if *fields == register.fields => {
                register.fields_of = Some(first.clone());
            }
            _ => {
                first_of.insert(
                    register.family.number,
                    (register.constant.clone(), register.fields.clone()),
                );
            }
        }
    }
}
