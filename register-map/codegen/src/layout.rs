//! What a block is as a structure: members, gaps, and views of shared places.
//!
//! The forms for firmware, a structure of volatile cells and a C header, lay registers over the
//! device's memory. Every byte is spelt out, so no compiler's padding is relied upon. Registers
//! that overlap become members of a union, which is aligned for the strictest of them.

use crate::model::{Block, Cluster, Register, Repeat};

/// A stretch of a block.
#[derive(Clone, Debug)]
pub(crate) enum Slot<'b> {
    /// Bytes that nothing describes.
    Gap(u64),
    /// One member, at this offset.
    Member(Member<'b>),
    /// Members that share their place: a union.
    Views {
        /// Where it is.
        offset: u64,
        /// Bytes it has.
        size: u64,
        /// Each with its own offset in the block.
        members: Vec<Member<'b>>,
    },
}

/// A register or cluster in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'b> {
    /// What it is.
    pub(crate) what: What<'b>,
    /// Bytes from the start of the block.
    pub(crate) offset: u64,
    /// How it is repeated.
    pub(crate) shape: Shape,
}

/// What a member is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What<'b> {
    /// A register, or an array of them.
    Register(&'b Register),
    /// A group, or an array of them.
    Cluster(&'b Cluster),
}

/// How a member is repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// Not at all.
    One,
    /// An array without gaps.
    Packed {
        /// How many.
        count: u64,
    },
    /// An array of elements that are followed by so many bytes each.
    Padded {
        /// How many.
        count: u64,
        /// Bytes behind each.
        padding: u64,
    },
    /// The same, but something else begins before the last one's bytes would end: all but the
    /// last are an array, the last stands alone.
    Cut {
        /// How many, with the last.
        count: u64,
        /// Bytes behind each but the last.
        padding: u64,
    },
}

impl<'b> Slot<'b> {
    /// The members in it.
    pub(crate) fn members(&self) -> &[Member<'b>] {
        match self {
            Slot::Gap(_) => &[],
            Slot::Member(member) => std::slice::from_ref(member),
            Slot::Views { members, .. } => members,
        }
    }
}

impl<'b> Member<'b> {
    /// The name that it has in a structure.
    pub(crate) fn name(&self) -> &'b str {
        match self.what {
            What::Register(register) => &register.member,
            What::Cluster(cluster) => &cluster.member,
        }
    }

    /// The name that it has in the description.
    pub(crate) fn title(&self) -> &'b str {
        match self.what {
            What::Register(register) => &register.name,
            What::Cluster(cluster) => &cluster.name,
        }
    }

    /// What it is, in words.
    pub(crate) fn description(&self) -> &'b str {
        match self.what {
            What::Register(register) => &register.description,
            What::Cluster(cluster) => &cluster.description,
        }
    }

    /// Bytes of one element.
    pub(crate) fn bytes(&self) -> u64 {
        match self.what {
            What::Register(register) => register.bytes(),
            What::Cluster(cluster) => cluster.block.size,
        }
    }

    fn alignment(&self) -> u64 {
        match self.what {
            What::Register(register) => register.bytes(),
            What::Cluster(cluster) => cluster.block.alignment,
        }
    }

    /// Bytes of all elements with what is between them.
    pub(crate) fn size(&self) -> u64 {
        match self.shape {
            Shape::One => self.bytes(),
            Shape::Packed { count } => count * self.bytes(),
            Shape::Padded { count, padding } => count * (self.bytes() + padding),
            Shape::Cut { count, padding } => count * (self.bytes() + padding) - padding,
        }
    }
}

/// The members of a block, from its start to its end.
pub(crate) fn slots(block: &Block) -> Vec<Slot<'_>> {
    let mut groups = groups(block);
    let mut slots = Vec::new();
    let mut at = 0;
    for index in 0..groups.len() {
        let next = groups.get(index + 1).map_or(block.size, |next| next.start);
        let Some(group) = groups.get_mut(index) else { continue };
        if group.start > at {
            slots.push(Slot::Gap(group.start - at));
        }
        at = group.end;
        if let [member] = group.members.as_mut_slice() {
            if let Shape::Cut { count, padding } = member.shape
                && member.offset + member.size() + padding <= next
            {
                member.shape = Shape::Padded { count, padding };
                at += padding;
            }
            slots.push(Slot::Member(*member));
        } else {
            let (offset, size) = (group.start, group.end - group.start);
            slots.push(Slot::Views { offset, size, members: std::mem::take(&mut group.members) });
        }
    }
    if at < block.size {
        slots.push(Slot::Gap(block.size - at));
    }
    slots
}

/// What a structure cannot say: groups whose elements interleave. They are left out of it.
pub(crate) fn interleaved(block: &Block) -> impl Iterator<Item = &Cluster> {
    block.clusters.iter().filter(|cluster| interleaves(cluster))
}

fn interleaves(cluster: &Cluster) -> bool {
    cluster.repeat.is_some_and(|it| it.count > 1 && it.stride < cluster.block.size)
}

struct Group<'b> {
    start: u64,
    end: u64,
    alignment: u64,
    members: Vec<Member<'b>>,
}

/// Members by place, those that overlap together.
fn groups(block: &Block) -> Vec<Group<'_>> {
    let registers = block.registers.iter().filter(|it| it.is_accessible());
    let registers = registers.map(|it| member(What::Register(it), it.offset, it.repeat));
    let clusters = block.clusters.iter().filter(|it| !interleaves(it) && it.block.size > 0);
    let clusters = clusters.map(|it| member(What::Cluster(it), it.offset, it.repeat));
    let mut members: Vec<Member<'_>> = registers.chain(clusters).collect();
    members.sort_by_key(|member| (member.offset, std::cmp::Reverse(member.size())));
    let mut groups: Vec<Group<'_>> = Vec::new();
    for member in members {
        let mut group = Group {
            start: member.offset,
            end: member.offset + member.size(),
            alignment: member.alignment(),
            members: vec![member],
        };
        // A union begins and ends where its strictest member could, and may so reach what is
        // before it; what is behind it comes later and meets its end.
        while let Some(before) = groups.pop_if(|before| before.end > group.start) {
            let alignment = before.alignment.max(group.alignment);
            let mut members = before.members;
            members.append(&mut group.members);
            group = Group {
                start: before.start.min(group.start) / alignment * alignment,
                end: before.end.max(group.end).next_multiple_of(alignment),
                alignment,
                members,
            };
        }
        groups.push(group);
    }
    groups
}

fn member(what: What<'_>, offset: u64, repeat: Option<Repeat>) -> Member<'_> {
    let one = Member { what, offset, shape: Shape::One };
    let bytes = one.bytes();
    let shape = match repeat {
        None => Shape::One,
        Some(Repeat { count, stride }) if count == 1 || stride <= bytes => Shape::Packed { count },
        Some(Repeat { count, stride }) => Shape::Cut { count, padding: stride - bytes },
    };
    Member { shape, ..one }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slots of registers given as bits, offset, count and stride; size of the block.
    fn laid_out(registers: &[(u32, u64, u64, u64)]) -> String {
        let mut text = String::new();
        for (at, (bits, offset, count, stride)) in registers.iter().enumerate() {
            let dim = match count {
                1 => String::new(),
                _ => format!("<dim>{count}</dim><dimIncrement>{stride}</dimIncrement>"),
            };
            let name = if *count == 1 { format!("R{at}") } else { format!("R{at}[%s]") };
            text.extend([
                format!("<register><name>{name}</name>{dim}<size>{bits}</size>"),
                format!("<addressOffset>{offset}</addressOffset></register>"),
            ]);
        }
        let reading = crate::read(&format!(
            "<device><name>X</name><peripherals><peripheral><name>P</name><baseAddress>0\
             </baseAddress><registers>{text}</registers></peripheral></peripherals></device>"
        ));
        let block = &reading.device.peripherals[0].block;
        let mut words = Vec::new();
        let mut size = 0;
        for slot in slots(block) {
            match slot {
                Slot::Gap(bytes) => {
                    words.push(format!("gap {bytes}"));
                    size += bytes;
                }
                Slot::Member(member) => {
                    assert_eq!(size, member.offset);
                    words.push(format!("{} {:?}", member.name(), member.shape));
                    size += member.size();
                }
                Slot::Views { offset, size: bytes, members } => {
                    assert_eq!(size, offset);
                    let names = members.iter().map(|it| format!("{}@{}", it.name(), it.offset));
                    words.push(format!("[{}]", names.collect::<Vec<_>>().join(" ")));
                    assert!(members.iter().all(|it| it.offset + it.size() <= offset + bytes));
                    size += bytes;
                }
            }
        }
        assert_eq!(size, block.size, "{words:?}");
        words.join(", ")
    }

    // Every byte of a block is in one slot, whatever overlaps, interleaves or is left between.
    #[test]
    fn every_byte_has_its_slot() {
        for (registers, expected) in [
            (&[(32, 0, 1, 0), (32, 8, 1, 0)][..], "r0 One, gap 4, r1 One"),
            (&[(32, 4, 3, 4)], "gap 4, r0 Packed { count: 3 }"),
            (&[(32, 0, 2, 8), (32, 16, 1, 0)], "r0 Padded { count: 2, padding: 4 }, r1 One"),
            (&[(32, 0, 2, 8)], "r0 Cut { count: 2, padding: 4 }"),
            (&[(32, 0, 2, 8), (32, 12, 1, 0)], "r0 Cut { count: 2, padding: 4 }, r1 One"),
            (&[(32, 0, 2, 8), (32, 4, 2, 8)], "[r0@0 r1@4]"),
            (&[(32, 0, 1, 0), (16, 0, 1, 0), (8, 3, 1, 0)], "[r0@0 r1@0 r2@3]"),
            // The union of the bytes and the word begins at the word's boundary, where there is
            // a register already.
            (&[(8, 0, 1, 0), (8, 1, 5, 1), (32, 4, 1, 0)], "[r0@0 r1@1 r2@4]"),
            (&[(8, 6, 1, 0), (32, 4, 1, 0), (8, 8, 1, 0)], "gap 4, [r1@4 r0@6], r2 One, gap 3"),
        ] {
            assert_eq!(laid_out(registers), expected);
        }
    }
}
