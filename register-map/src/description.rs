//! A device's registers as data: for tools, dumps and simulated register files.
//!
//! The generator writes the same facts twice: as constants for drivers, and as these tables.
//! Everything is `const` and lies in read-only memory.
//!
//! # Examples
//!
//! ```
//! use register_map::description::*;
//! static TIMER: BlockDescription = BlockDescription {
//!     name: "TIMER", doc: "Counts.", size: 8, alignment: 4, clusters: &[],
//!     registers: &[RegisterDescription {
//!         name: "COUNT", doc: "Ticks left.", offset: 4, width_bits: 32, length: 1, stride: 4,
//!         read: ReadKind::Plain, write: WriteKind::Never, constraint: WriteConstraint::Any,
//!         reset_value: 0, reset_mask: 0xffff_ffff, fields: &[],
//!     }],
//! };
//! assert_eq!(TIMER.find("COUNT").unwrap().offset, 4);
//! assert_eq!(TIMER.register_at(4).unwrap().register.doc, "Ticks left.");
//! ```
#![forbid(unsafe_code)]

pub use dma_core::Identity;

use crate::Block;

/// A block whose description is at hand.
pub trait Described: Block {
    /// Its registers as data.
    const DESCRIPTION: &'static BlockDescription;
}

/// A device: what it answers to, and which blocks lie in which of its regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceDescription {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The vendor and device ids it is known by; none off PCI.
    pub identities: &'static [Identity],
    /// Its register regions.
    pub regions: &'static [RegionDescription],
    /// Layouts that it uses in memory: descriptors, status words.
    pub memory: &'static [&'static BlockDescription],
}

/// A block at its place in a region of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionDescription {
    /// Number of the region: the BAR, or elsewhere the order of the description.
    pub index: usize,
    /// Bytes from the start of the region to the block.
    pub offset: usize,
    /// Bytes that the region has.
    pub size: usize,
    /// What lies there.
    pub block: &'static BlockDescription,
}

/// The registers of a block or of one group of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockDescription {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// As [`Block::SIZE`].
    pub size: usize,
    /// As [`Block::ALIGNMENT`].
    pub alignment: usize,
    /// Its own registers, in the order of their offsets.
    pub registers: &'static [RegisterDescription],
    /// Its clusters, in the order of their offsets.
    pub clusters: &'static [ClusterDescription],
}

/// Groups of registers with the same layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterDescription {
    /// Its name, without an index.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Bytes from the start of the block to the first group.
    pub offset: usize,
    /// How many groups there are: 1 if it is not an array.
    pub length: usize,
    /// Bytes from one group to the next.
    pub stride: usize,
    /// The layout of one group.
    pub block: &'static BlockDescription,
}

/// A register, or an array of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterDescription {
    /// Its name within its block, without an index.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Bytes from the start of its block to the first of them.
    pub offset: usize,
    /// Width in bits: 8, 16, 32 or 64.
    pub width_bits: u32,
    /// How many there are: 1 if it is not an array.
    pub length: usize,
    /// Bytes from one to the next.
    pub stride: usize,
    /// How it is read.
    pub read: ReadKind,
    /// How it is written.
    pub write: WriteKind,
    /// What may be written.
    pub constraint: WriteConstraint,
    /// What it holds after a reset, in the bits of `reset_mask`.
    pub reset_value: u64,
    /// The bits whose value after a reset is known.
    pub reset_mask: u64,
    /// Its fields, from the lowest bit up.
    pub fields: &'static [FieldDescription],
}

/// A field of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldDescription {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Number of its lowest bit.
    pub offset_bits: u32,
    /// How many bits it has.
    pub width_bits: u32,
    /// How it is read.
    pub read: ReadKind,
    /// How it is written.
    pub write: WriteKind,
    /// What may be written.
    pub constraint: WriteConstraint,
    /// Names of its values; empty if it is a number.
    pub values: &'static [ValueDescription],
}

/// A named value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueDescription {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The value in the field, shifted down to bit 0.
    pub value: u64,
}

/// How a register or field is read; see [`rights::read`](crate::rights::read).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadKind {
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

impl ReadKind {
    /// Whether there is anything to read.
    #[must_use]
    pub const fn is_readable(self) -> bool {
        !matches!(self, Self::Never)
    }

    /// Whether a read changes the device.
    #[must_use]
    pub const fn has_effect(self) -> bool {
        !matches!(self, Self::Never | Self::Plain)
    }
}

/// How a register or field is written; see [`rights::write`](crate::rights::write).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WriteKind {
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
    /// An address that the device masters the bus with.
    Steers,
    /// A command: a write may start the device.
    Rings,
}

impl WriteKind {
    /// Whether it can be written.
    #[must_use]
    pub const fn is_writable(self) -> bool {
        !matches!(self, Self::Never)
    }

    /// What it holds after `written` was written over `held`, for a register file that knows
    /// nothing else of the device.
    #[must_use]
    pub const fn apply(self, held: u64, written: u64) -> u64 {
        match self {
            Self::Never => held,
            Self::Plain | Self::Steers | Self::Rings => written,
            Self::OneToClear => held & !written,
            Self::OneToSet => held | written,
            Self::OneToToggle => held ^ written,
            Self::ZeroToClear => held & written,
            Self::ZeroToSet => held | !written,
            Self::ZeroToToggle => held ^ !written,
            Self::AnyClears => 0,
            Self::AnySets => u64::MAX,
        }
    }
}

/// What may be written to a register or field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WriteConstraint {
    /// Anything that fits.
    Any,
    /// From the first to the second value, both included.
    Range(u64, u64),
    /// Only the named values.
    Named,
    /// Only what was read.
    AsRead,
}

/// A register at its place: what a look-up finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located {
    /// The register.
    pub register: &'static RegisterDescription,
    /// Which one it is, if it is an array; else 0.
    pub index: usize,
    /// Bytes from the start of the block that was asked.
    pub offset: usize,
}

impl DeviceDescription {
    /// The block at byte `offset` of region `index`, with its own place.
    #[must_use]
    pub fn block_at(&self, index: usize, offset: usize) -> Option<&'static RegionDescription> {
        self.regions.iter().find(|region| region.index == index && region.contains(offset))
    }
}

impl RegionDescription {
    /// Whether byte `offset` of the region belongs to the block.
    #[must_use]
    pub const fn contains(&self, offset: usize) -> bool {
        match offset.checked_sub(self.offset) {
            Some(inside) => inside < self.block.size,
            None => false,
        }
    }
}

impl RegisterDescription {
    /// Width in bytes.
    #[must_use]
    pub const fn width(&self) -> usize {
        (self.width_bits / 8) as usize
    }

    /// All bits that it has.
    #[must_use]
    pub const fn mask(&self) -> u64 {
        ones(self.width_bits)
    }

    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static FieldDescription> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl FieldDescription {
    /// Its bits in the register.
    #[must_use]
    pub const fn mask(&self) -> u64 {
        ones(self.width_bits) << self.offset_bits
    }

    /// Its value in the value of a register.
    #[must_use]
    pub const fn read(&self, register: u64) -> u64 {
        (register & self.mask()) >> self.offset_bits
    }

    /// The name of its value in the value of a register, if that has one.
    #[must_use]
    pub fn value(&self, register: u64) -> Option<&'static ValueDescription> {
        let value = self.read(register);
        self.values.iter().find(|named| named.value == value)
    }
}

impl BlockDescription {
    /// The register with this path: `STATUS`, `VECTOR[3]`, `CHANNEL[1].CONTROL`.
    ///
    /// Without an index the first register of an array is found.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Located> {
        if let Some((group, rest)) = path.split_once('.') {
            let (name, index) = indexed(group)?;
            return self
                .clusters
                .iter()
                .filter(|cluster| cluster.name == name && index < cluster.length)
                .find_map(|cluster| {
                    let found = cluster.block.find(rest)?;
                    Some(found.moved(cluster.offset + index * cluster.stride))
                });
        }
        let (name, index) = indexed(path)?;
        self.registers.iter().find(|register| register.name == name && index < register.length).map(
            |register| Located {
                register,
                index,
                offset: register.offset + index * register.stride,
            },
        )
    }

    /// The first register that has byte `offset`.
    #[must_use]
    pub fn register_at(&self, offset: usize) -> Option<Located> {
        self.registers
            .iter()
            .find_map(|register| {
                let (index, inside) =
                    place(offset, register.offset, register.stride, register.length)?;
                (inside < register.width()).then_some(Located {
                    register,
                    index,
                    offset: offset - inside,
                })
            })
            .or_else(|| {
                self.clusters.iter().find_map(|cluster| {
                    let (_, inside) =
                        place(offset, cluster.offset, cluster.stride, cluster.length)?;
                    let found = cluster.block.register_at(inside)?;
                    Some(found.moved(offset - inside))
                })
            })
    }

    /// Calls `visit` for every single register: arrays and clusters are unrolled.
    pub fn for_each(&self, visit: &mut dyn FnMut(Located)) {
        for register in self.registers {
            for index in 0..register.length {
                visit(Located {
                    register,
                    index,
                    offset: register.offset + index * register.stride,
                });
            }
        }
        for cluster in self.clusters {
            for index in 0..cluster.length {
                let start = cluster.offset + index * cluster.stride;
                cluster.block.for_each(&mut |found| visit(found.moved(start)));
            }
        }
    }
}

impl Located {
    /// The same, seen from a block that begins `bytes` earlier.
    const fn moved(self, bytes: usize) -> Self {
        Self { offset: self.offset + bytes, ..self }
    }
}

/// The lowest `bits` bits.
const fn ones(bits: u32) -> u64 {
    match u64::MAX.checked_shr(64 - bits) {
        Some(ones) => ones,
        None => 0,
    }
}

/// Which item of an array has byte `offset`, and how far into its stride that is.
fn place(offset: usize, start: usize, stride: usize, length: usize) -> Option<(usize, usize)> {
    let inside = offset.checked_sub(start)?;
    if length == 1 {
        return Some((0, inside));
    }
    let index = inside.checked_div(stride)?;
    (index < length).then_some((index, inside - index * stride))
}

/// `NAME[3]` in its two parts; a plain name has index 0.
fn indexed(name: &str) -> Option<(&str, usize)> {
    match name.split_once('[') {
        None => Some((name, 0)),
        Some((name, rest)) => Some((name, rest.strip_suffix(']')?.parse().ok()?)),
    }
}
