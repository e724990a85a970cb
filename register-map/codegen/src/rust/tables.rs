//! The same facts as constant data.
//!
//! Tables are wide and regular, so rustfmt keeps away from them: a register or field a line.

use super::Printer;
use super::registers::stride;
use super::text::{hex, number};
use crate::model::{
    Block, Cluster, Constraint, Device, Field, Identity, Read, Register, Repeat, Role, Value, Write,
};
use crate::prose::literal;

impl Printer<'_> {
    /// `DEVICE`.
    pub(super) fn device_table(&mut self, device: &Device) {
        self.text.separate();
        self.text.doc("The device: what it answers to, and where its registers are.");
        self.text.line("#[rustfmt::skip]");
        self.text.open("pub const DEVICE: DeviceDescription = DeviceDescription {");
        self.text.line(&format!(
            "name: {}, doc: {},",
            literal(&device.name),
            literal(&device.description)
        ));
        let identity = match device.identity {
            Some(Identity::Pci { vendor, device }) => {
                format!("Identity::Pci {{ vendor: {vendor:#06x}, device: {device:#06x} }}")
            }
            Some(Identity::Amba { designer, part }) => {
                format!("Identity::Amba {{ designer: {designer:#04x}, part: {part:#05x} }}")
            }
            None => String::new(),
        };
        self.text.line(&format!("identities: &[{identity}],"));
        let main = device.main_peripheral();
        let path = |at: usize| {
            let peripheral = device.peripherals.get(at)?;
            let first = peripheral
                .same_as
                .and_then(|first| device.peripherals.get(first))
                .unwrap_or(peripheral);
            if main == Some(at) {
                return Some(first.block.marker.clone());
            }
            Some(format!("{}::{}", first.block.module, first.block.marker))
        };
        self.text.open("regions: &[");
        for (at, peripheral) in device.peripherals.iter().enumerate() {
            let Some((index, offset)) = device.place(at) else { continue };
            let block = path(at).unwrap_or_default();
            self.text.line(&format!(
                "RegionDescription {{ index: {index}, offset: {}, size: {}, block: {block}::DESCRIPTION }},",
                hex(offset), hex(peripheral.region_size)
            ));
        }
        self.text.close("],");
        let layouts: Vec<String> = device
            .peripherals
            .iter()
            .enumerate()
            .filter(|(_, peripheral)| peripheral.layout)
            .filter_map(|(at, _)| Some(format!("{}::DESCRIPTION", path(at)?)))
            .collect();
        self.text.line(&format!("memory: &[{}],", layouts.join(", ")));
        self.text.close("};");
    }

    /// `DESCRIPTION` of a block.
    pub(super) fn block_table(&mut self, block: &Block, name: &str, description: &str) {
        self.text.separate();
        self.text.line("#[rustfmt::skip]");
        self.text.open(&format!("impl Described for {} {{", block.marker));
        self.text.open("const DESCRIPTION: &'static BlockDescription = &BlockDescription {");
        self.text.line(&format!("name: {}, doc: {},", literal(name), literal(description)));
        self.text.line(&format!("size: {}, alignment: {},", hex(block.size), block.alignment));
        self.list("registers:", &block.registers, Self::register_row, ",");
        self.list("clusters:", &block.clusters, Self::cluster_row, ",");
        self.text.close("};");
        self.text.close("}");
    }

    /// `name: &[`, a row for each item, and `]` with what ends the line.
    fn list<T>(&mut self, head: &str, items: &[T], row: fn(&mut Self, &T), end: &str) {
        if items.is_empty() {
            self.text.line(&format!("{head} &[]{end}"));
            return;
        }
        self.text.open(&format!("{head} &["));
        for item in items {
            row(self, item);
        }
        self.text.close(&format!("]{end}"));
    }

    fn cluster_row(&mut self, cluster: &Cluster) {
        let repeat = cluster.repeat.unwrap_or(Repeat { count: 1, stride: 0 });
        self.text.line(&format!(
            "ClusterDescription {{ name: {}, doc: {}, offset: {}, length: {}, stride: {}, block: {}::{}::DESCRIPTION }},",
            literal(&cluster.name),
            literal(&cluster.description),
            hex(cluster.offset),
            repeat.count,
            hex(stride(repeat, cluster.block.size)),
            cluster.block.module,
            cluster.block.marker
        ));
    }

    fn register_row(&mut self, register: &Register) {
        let repeat = register.repeat.unwrap_or(Repeat { count: 1, stride: 0 });
        let head = format!(
            "RegisterDescription {{ name: {}, doc: {}, offset: {}, width_bits: {}, length: {}, stride: {}, {} \
             reset_value: {}, reset_mask: {}, fields:",
            literal(&register.name),
            literal(&register.description),
            hex(register.offset),
            register.bits,
            repeat.count,
            hex(stride(repeat, register.bytes())),
            rights(register.read, register.write, register.role, register.constraint),
            hex(register.reset_value),
            hex(register.reset_mask)
        );
        self.list(&head, &register.fields, Self::field_row, " },");
    }

    fn field_row(&mut self, field: &Field) {
        let head = format!(
            "FieldDescription {{ name: {}, doc: {}, offset_bits: {}, width_bits: {}, {} values:",
            literal(&field.name),
            literal(&field.description),
            field.offset,
            field.width,
            rights(field.read, field.write, Role::None, field.constraint)
        );
        let values: Vec<&Value> = field.values.iter().filter(|it| it.value.is_some()).collect();
        let row = |printer: &mut Self, value: &&Value| {
            printer.text.line(&format!(
                "ValueDescription {{ name: {}, doc: {}, value: {} }},",
                literal(&value.name),
                literal(&value.description),
                number(value.value.unwrap_or(0))
            ));
        };
        self.list(&head, &values, row, " },");
    }
}

fn rights(read: Read, write: Write, role: Role, constraint: Option<Constraint>) -> String {
    let read = format!("{read:?}");
    let write = match (role, write) {
        (_, Write::Never) | (Role::None | Role::Half, _) => format!("{write:?}"),
        (Role::Steers, _) => "Steers".to_owned(),
        (Role::Rings, _) => "Rings".to_owned(),
    };
    let constraint = match constraint {
        None => "Any".to_owned(),
        Some(Constraint::AsRead) => "AsRead".to_owned(),
        Some(Constraint::Enumerated) => "Named".to_owned(),
        Some(Constraint::Range(low, high)) => format!("Range({}, {})", number(low), number(high)),
    };
    format!(
        "read: ReadKind::{read}, write: WriteKind::{write}, constraint: WriteConstraint::{constraint},"
    )
}
