//! A register of a description at its place on the device.
#![forbid(unsafe_code)]

use std::fmt;

use register_map_codegen::{Pair, Read, Register, Role, Write};

/// A name and, in an array, an index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) index: Option<u64>,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            None => f.write_str(&self.name),
            Some(index) => write!(f, "{}[{index}]", self.name),
        }
    }
}

/// Which bytes of which region.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) region: usize,
    pub(crate) offset: u64,
    pub(crate) bits: u32,
}

/// What is there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'m> {
    /// A register, or one of an array.
    Register(&'m Register),
    /// Two registers that hold one value.
    Pair(&'m Pair),
}

/// A single register, or a pair, at its place.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'m> {
    /// From the peripheral down.
    pub(crate) steps: Vec<Step>,
    /// How many of the steps may be left out when the device has one main peripheral.
    pub(crate) main: bool,
    pub(crate) kind: Kind<'m>,
    /// The one access, or of a pair, the low half.
    pub(crate) place: Place,
    /// The high half of a pair.
    pub(crate) high: Option<Place>,
}

impl Entry<'_> {
    /// Its name: the path, without the main peripheral.
    pub(crate) fn name(&self) -> String {
        let steps = self.steps.iter().skip(usize::from(self.main));
        steps.map(Step::to_string).collect::<Vec<_>>().join(".")
    }

    pub(crate) fn description(&self) -> &str {
        match self.kind {
            Kind::Register(register) => &register.description,
            Kind::Pair(_) => "64 bits in two registers",
        }
    }

    /// Bits of the value.
    pub(crate) fn bits(&self) -> u32 {
        match self.kind {
            Kind::Register(register) => register.bits,
            Kind::Pair(_) => 64,
        }
    }

    pub(crate) fn read(&self) -> Read {
        match self.kind {
            Kind::Register(register) => register.read,
            Kind::Pair(pair) => pair.read,
        }
    }

    pub(crate) fn write(&self) -> Write {
        match self.kind {
            Kind::Register(register) => register.write,
            Kind::Pair(pair) => pair.write,
        }
    }

    pub(crate) fn role(&self) -> Role {
        match self.kind {
            Kind::Register(register) => register.role,
            Kind::Pair(pair) => pair.role,
        }
    }

    /// What it holds after a reset, and which bits of that are known.
    pub(crate) fn reset(&self) -> (u64, u64) {
        match self.kind {
            Kind::Register(register) => {
                (register.reset_value & register.reset_mask, register.reset_mask)
            }
            Kind::Pair(_) => (0, 0),
        }
    }

    pub(crate) fn fields(&self) -> &[register_map_codegen::Field] {
        match self.kind {
            Kind::Register(register) => &register.fields,
            Kind::Pair(_) => &[],
        }
    }
}

/// Something that was named: a register, and perhaps one of its fields.
#[derive(Clone, Debug)]
pub(crate) struct Found<'m> {
    pub(crate) entry: Entry<'m>,
    /// Index of the field among those of the register.
    pub(crate) field: Option<usize>,
}

impl Found<'_> {
    pub(crate) fn name(&self) -> String {
        match self.field.and_then(|at| self.entry.fields().get(at)) {
            None => self.entry.name(),
            Some(field) => format!("{}.{}", self.entry.name(), field.name),
        }
    }
}
