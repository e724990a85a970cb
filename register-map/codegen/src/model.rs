//! A description that was read: everything resolved, named and checked.
//!
//! `derivedFrom`, repetition and inherited properties are gone; what is left is what the outputs
//! print. Names are the description's own; `constant`, `module` and `marker` are Rust's.

use crate::Diagnostics;

/// A device: what one file describes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Device {
    /// Its name.
    pub name: String,
    /// Who made it.
    pub vendor: String,
    /// Version of the description.
    pub version: String,
    /// What it is, in one paragraph.
    pub description: String,
    /// Which card it is, if the description says so.
    pub identity: Option<Identity>,
    /// Its parts.
    pub peripherals: Vec<Peripheral>,
}

/// Which card it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Identity {
    /// Ids of PCI configuration space.
    Pci {
        /// Vendor id.
        vendor: u16,
        /// Device id.
        device: u16,
    },
    /// Identification registers of an AMBA peripheral.
    Amba {
        /// JEP106 code of the designer.
        designer: u8,
        /// Part number.
        part: u16,
    },
}

/// One block of registers at an address, or of words in memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Peripheral {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where it is.
    pub base: u64,
    /// The BAR that it is in, of a PCI device.
    pub bar: Option<u8>,
    /// Bytes that its BAR has, or its address block.
    pub region_size: u64,
    /// Whether it lies in memory that the device reads and writes: a descriptor.
    pub layout: bool,
    /// Its registers.
    pub block: Block,
    /// The peripheral with the same registers that was printed first, by its index.
    pub same_as: Option<usize>,
    /// Which `<registers>` it came from: equal for those that were derived without a change.
    pub(crate) origin: u64,
    /// Where it stands in the file.
    pub(crate) line: u32,
}

/// The registers of a peripheral or cluster.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Block {
    /// Name of the Rust module.
    pub module: String,
    /// Name of the Rust marker type.
    pub marker: String,
    /// Bytes to the end of the last register, or more if the description says so.
    pub size: u64,
    /// What its start is a multiple of, in bytes.
    pub alignment: u64,
    /// Registers, by offset.
    pub registers: Vec<Register>,
    /// Groups of registers, by offset.
    pub clusters: Vec<Cluster>,
    /// Registers of two halves.
    pub pairs: Vec<Pair>,
}

/// How often something is there, and how far apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Repeat {
    /// How many.
    pub count: u64,
    /// Bytes from one to the next.
    pub stride: u64,
}

/// What the members of one list have in common.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Family {
    /// The name without the placeholder.
    pub(crate) name: String,
    /// Different for every list of a device; 0 for what is in none.
    pub(crate) number: u64,
}

/// A group of registers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cluster {
    /// Its name, without the placeholder of an array.
    pub name: String,
    /// Name of the Rust constant.
    pub constant: String,
    /// Name of the member of a structure, in Rust and in C.
    pub member: String,
    /// What it is.
    pub description: String,
    /// Bytes from the start of the block around it.
    pub offset: u64,
    /// If it is an array.
    pub repeat: Option<Repeat>,
    /// Its registers.
    pub block: Block,
    /// Another cluster of the same list that has the same registers, by its index.
    pub same_as: Option<usize>,
    pub(crate) family: Family,
    pub(crate) line: u32,
}

/// One register, or an array of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Register {
    /// Its name, without the placeholder of an array.
    pub name: String,
    /// Name of the Rust constant.
    pub constant: String,
    /// Name of the member of a structure, in Rust and in C.
    pub member: String,
    /// What it is.
    pub description: String,
    /// Bytes from the start of the block.
    pub offset: u64,
    /// Width in bits: 8, 16, 32 or 64.
    pub bits: u32,
    /// If it is an array.
    pub repeat: Option<Repeat>,
    /// How it is read.
    pub read: Read,
    /// How it is written.
    pub write: Write,
    /// What a write does beside that.
    pub role: Role,
    /// Its value after a reset.
    pub reset_value: u64,
    /// Which bits of it are known.
    pub reset_mask: u64,
    /// Its fields, by position.
    pub fields: Vec<Field>,
    /// Another register of the same list that has the same fields, by its constant.
    pub fields_of: Option<String>,
    pub(crate) family: Family,
    /// What may be written, if the description limits it.
    pub constraint: Option<Constraint>,
    /// A register that shares its place on purpose.
    pub alternate: String,
    pub(crate) line: u32,
}

/// How a register is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Read {
    /// Not at all.
    Never,
    /// Without side effects.
    Plain,
    /// A read clears it.
    Clears,
    /// A read sets it.
    Sets,
    /// A read changes it in some other way.
    Modifies,
    /// A read changes something else than itself.
    ModifiesOther,
}

impl Read {
    /// Whether a read changes the device.
    #[must_use]
    pub fn has_effect(self) -> bool {
        !matches!(self, Self::Never | Self::Plain)
    }
}

/// How a register or field is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Write {
    /// Not at all.
    Never,
    /// It holds what is written.
    Plain,
    /// A one clears its bit.
    OneToClear,
    /// A one sets its bit.
    OneToSet,
    /// A one turns its bit over.
    OneToToggle,
    /// A zero clears its bit.
    ZeroToClear,
    /// A zero sets its bit.
    ZeroToSet,
    /// A zero turns its bit over.
    ZeroToToggle,
    /// Any write clears all bits.
    AnyClears,
    /// Any write sets all bits.
    AnySets,
}

/// What a register is for the device's bus mastering.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Role {
    /// Nothing.
    #[default]
    None,
    /// It takes an address that the device masters the bus with.
    Steers,
    /// A write to it may start the device.
    Rings,
    /// One half of a pair, which alone is not written.
    Half,
}

/// A part of a register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Name of the Rust constant.
    pub constant: String,
    /// What it is.
    pub description: String,
    /// Its lowest bit.
    pub offset: u32,
    /// How many bits.
    pub width: u32,
    /// How it is read.
    pub read: Read,
    /// How it is written.
    pub write: Write,
    /// What its values mean.
    pub values: Vec<Value>,
    /// What may be written, if the description limits it.
    pub constraint: Option<Constraint>,
}

/// What a value of a field means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// Its name.
    pub name: String,
    /// Name of the Rust variant.
    pub variant: String,
    /// What it means.
    pub description: String,
    /// The number; `None` for "every other number".
    pub value: Option<u64>,
    /// When it has this meaning.
    pub usage: Usage,
}

/// When a value has its meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Usage {
    /// When it is read.
    Read,
    /// When it is written.
    Write,
    /// Always.
    ReadWrite,
}

/// What may be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Constraint {
    /// Only what was read.
    AsRead,
    /// Only the values that have names.
    Enumerated,
    /// Only numbers from the first to the second, both inclusive.
    Range(u64, u64),
}

/// A 64-bit value in two 32-bit registers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair {
    /// Its name.
    pub name: String,
    /// Name of the Rust constant.
    pub constant: String,
    /// Bytes from the start of the block to the low half.
    pub low: u64,
    /// Bytes from the start of the block to the high half.
    pub high: u64,
    /// Whether the high half is stored first.
    pub high_first: bool,
    /// How it is read.
    pub read: Read,
    /// How it is written.
    pub write: Write,
    /// What it is for.
    pub role: Role,
}

/// A description with what was unusual about it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What was read; of use only if there is no error among the diagnostics.
    pub device: Device,
    /// What was unusual.
    pub diagnostics: Diagnostics,
}

impl Register {
    /// Width in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        u64::from(self.bits / 8)
    }

    /// Whether it can be read or written at all.
    #[must_use]
    pub fn is_accessible(&self) -> bool {
        self.read != Read::Never || self.write != Write::Never
    }

    /// Where each of its elements is, from the start of the block.
    pub fn offsets(&self) -> impl Iterator<Item = u64> + use<> {
        let Repeat { count, stride } = self.repeat.unwrap_or(Repeat { count: 1, stride: 0 });
        let offset = self.offset;
        (0..count).map(move |index| offset + index * stride)
    }

    /// The offset behind its last byte.
    #[must_use]
    pub fn end(&self) -> u64 {
        end(self.offset, self.repeat, self.bytes())
    }
}

impl Cluster {
    /// The offset behind its last byte.
    #[must_use]
    pub fn end(&self) -> u64 {
        end(self.offset, self.repeat, self.block.size)
    }
}

/// Offsets and strides are limited when they are read, so this does not wrap.
fn end(offset: u64, repeat: Option<Repeat>, bytes: u64) -> u64 {
    let last = repeat.map_or(0, |repeat| repeat.count.saturating_sub(1) * repeat.stride);
    offset + last + bytes
}
