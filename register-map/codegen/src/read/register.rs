//! One register, with its size, its place, its rights and its fields.

use super::budget::register_weight;
use super::dim::{self, Shape};
use super::properties::Properties;
use super::{HIGHEST_OFFSET, Reader, join, prose_of};
use crate::model::{Family, Register, Repeat, Role};
use crate::prose;
use crate::xml::Element;

impl<'a> Reader<'a> {
    /// The registers that a `<register>` stands for: one, or each of a list.
    pub(super) fn register(
        &mut self,
        element: Element<'a>,
        path: &str,
        around: &Properties,
        out: &mut Vec<Register>,
    ) {
        if !self.spend(element, path, 1) {
            return;
        }
        let layers = self.layers(element, path);
        let Some(name) = element.name().or_else(|| layers.text("displayName")) else {
            self.warning(
                path,
                element,
                "a register without a name; left out".to_owned(),
                "add a <name>",
            );
            return;
        };
        let name = prose::plain(name);
        let path = join(path, &name);
        let properties = self.properties(&layers, &path, around);
        let Some(bits) = self.bits(element, properties.size, &path) else { return };
        let Some(offset) = self.number_of(&layers, "addressOffset", &path) else {
            self.warning(
                &path,
                element,
                "a register without <addressOffset>; left out".to_owned(),
                "add <addressOffset>",
            );
            return;
        };
        let Some(shape) = self.shape(&layers, &name, &path) else { return };
        if !self.fits(element, offset, &shape, u64::from(bits / 8), &path) {
            return;
        }
        let says = self.says(&layers, &path);
        let inherited = super::rights::Says { access: says.access.or(properties.access), ..says };
        let fields = self.fields(&layers, bits, inherited, &path);
        let (read, write) = self.rights(element, &path, says, properties.access, &fields);
        let all = u64::MAX >> (64 - bits);
        let (value, mask) = match properties.reset_value {
            Some(value) => (value, properties.reset_mask.unwrap_or(all)),
            None => (0, 0),
        };
        if value & !all != 0 {
            let message = format!("the reset value {value:#x} has more than {bits} bits; cut");
            self.warning(&path, element, message, "correct <resetValue> or <size>");
        }
        let alternate = layers.text("alternateRegister").or_else(|| layers.text("alternateGroup"));
        let mut register = Register {
            name: dim::without_placeholder(&name),
            constant: String::new(),
            member: String::new(),
            description: prose_of(&layers, "description"),
            offset,
            bits,
            repeat: None,
            read,
            write,
            role: Role::None,
            reset_value: value & all & mask,
            reset_mask: mask & all,
            fields: fields.into_iter().map(|(field, _)| field).collect(),
            fields_of: None,
            family: Family::default(),
            constraint: self.constraint(&layers, bits, &path),
            alternate: alternate.map(prose::plain).unwrap_or_default(),
            line: self.document.line(element),
        };
        match shape {
            Shape::One => {
                register.description = register.description.replace("%s", "");
                out.push(register);
            }
            Shape::Array { count, stride } => {
                register.repeat = Some(Repeat { count, stride });
                if self.spend(element, &path, register_weight(&register)) {
                    out.push(register);
                }
            }
            Shape::List { names, stride } => {
                let family =
                    Family { name: register.name.clone(), number: element.id().get().into() };
                let each = register_weight(&register);
                if !self.spend(element, &path, names.count().saturating_mul(each)) {
                    return;
                }
                for (index, at) in names.iter().zip(0u64..) {
                    out.push(Register {
                        name: dim::fill(&name, &index),
                        description: register.description.replace("%s", &index),
                        offset: offset + at * stride,
                        family: family.clone(),
                        ..register.clone()
                    });
                }
            }
        }
    }

    /// The width to access a register with; `None` was reported.
    fn bits(&mut self, at: Element<'a>, size: Option<u64>, path: &str) -> Option<u32> {
        let Some(size) = size else {
            self.note(
                path,
                at,
                "no <size> anywhere; taken as 32".to_owned(),
                "add <size>32</size> to the device",
            );
            return Some(32);
        };
        let bits = match size {
            1..=8 => 8,
            9..=16 => 16,
            17..=32 => 32,
            33..=64 => 64,
            _ => {
                let message = format!("a size of {size} bits; the register is left out");
                self.warning(
                    path,
                    at,
                    message,
                    "sizes are 8, 16, 32 and 64; describe longer ones as an array",
                );
                return None;
            }
        };
        if u64::from(bits) != size {
            let message = format!("a size of {size} bits; accessed with {bits}");
            self.warning(path, at, message, "write the size of the access: 8, 16, 32 or 64");
        }
        Some(bits)
    }

    /// Whether a register's place can be accessed; `false` was reported.
    fn fits(
        &mut self,
        at: Element<'a>,
        offset: u64,
        shape: &Shape,
        bytes: u64,
        path: &str,
    ) -> bool {
        let count = shape.count();
        let stride = if count == 1 { bytes } else { shape.stride() };
        if !within(offset, count, stride, bytes) {
            let message = format!("offset {offset:#x} is out of reach; left out");
            self.warning(
                path,
                at,
                message,
                "offsets count from the base address of the peripheral",
            );
            return false;
        }
        if !offset.is_multiple_of(bytes) || !stride.is_multiple_of(bytes) {
            let message = format!(
                "offset {offset:#x} or the step from one to the next is no multiple of its {bytes} bytes; left out"
            );
            self.warning(path, at, message, "describe it by registers that the bus can access");
            return false;
        }
        true
    }
}

/// Whether an array ends below the highest offset.
pub(super) fn within(offset: u64, count: u64, stride: u64, bytes: u64) -> bool {
    count
        .saturating_sub(1)
        .checked_mul(stride)
        .and_then(|reach| reach.checked_add(offset)?.checked_add(bytes))
        .is_some_and(|end| end <= HIGHEST_OFFSET)
}
