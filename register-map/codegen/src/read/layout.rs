//! Sizes and alignments, and what overlaps.

use super::{Reader, join};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Block, Cluster, Device, Read, Register, Role, Write};

/// Arrays are looked at member by member up to this length, longer ones as a whole.
pub(super) const MEMBERS: u64 = 1_024;

/// A range of bytes that a register takes.
struct Taken<'b> {
    start: u64,
    end: u64,
    register: &'b Register,
}

impl Reader<'_> {
    /// Works out sizes and alignments of all blocks, and reports what cannot be or is odd.
    pub(super) fn lay_out(&mut self, device: &mut Device) {
        for peripheral in &mut device.peripherals {
            let stated = peripheral.block.size;
            self.lay_out_block(&mut peripheral.block, &peripheral.name);
            if stated > 0 && peripheral.block.size > stated {
                let message = format!(
                    "registers end at {:#x}, the address block at {stated:#x}",
                    peripheral.block.size
                );
                self.at_line(
                    Severity::Note,
                    &peripheral.name,
                    peripheral.line,
                    "peripheral",
                    message,
                    "",
                );
            }
            peripheral.block.size = peripheral.block.size.max(stated);
            peripheral.region_size = peripheral.region_size.max(peripheral.block.size);
        }
    }

    fn lay_out_block(&mut self, block: &mut Block, path: &str) {
        for cluster in &mut block.clusters {
            self.lay_out_block(&mut cluster.block, &join(path, &cluster.name));
        }
        block.clusters = std::mem::take(&mut block.clusters)
            .into_iter()
            .filter(|cluster| self.cluster_fits(cluster, path))
            .collect();
        block.registers.sort_by_key(|register| register.offset);
        block.clusters.sort_by_key(|cluster| cluster.offset);
        let widest = block.registers.iter().map(Register::bytes).max().unwrap_or(1);
        let strictest = block.clusters.iter().map(|cluster| cluster.block.alignment).max();
        block.alignment = widest.max(strictest.unwrap_or(1)).max(block.alignment);
        let registers = block.registers.iter().map(Register::end).max().unwrap_or(0);
        let clusters = block.clusters.iter().map(Cluster::end).max().unwrap_or(0);
        block.size = registers.max(clusters).next_multiple_of(block.alignment);
        self.report_overlaps(block, path);
        self.report_gaps_in_the_guard(block, path);
    }

    fn cluster_fits(&mut self, cluster: &Cluster, path: &str) -> bool {
        let alignment = cluster.block.alignment;
        let stride =
            cluster.repeat.map_or(0, |repeat| if repeat.count > 1 { repeat.stride } else { 0 });
        if cluster.offset.is_multiple_of(alignment) && stride.is_multiple_of(alignment) {
            return true;
        }
        let message = format!(
            "its place or step is no multiple of {alignment}, which its registers need; left out"
        );
        self.at_line(
            Severity::Warning,
            &join(path, &cluster.name),
            cluster.line,
            "cluster",
            message,
            "correct <addressOffset>, <dimIncrement> or the sizes",
        );
        false
    }

    fn report_overlaps(&mut self, block: &Block, path: &str) {
        let mut taken: Vec<Taken<'_>> = block.registers.iter().flat_map(ranges).collect();
        taken.sort_by_key(|range| (range.start, range.end));
        let mut reported: Option<(u32, u32)> = None;
        for (at, range) in taken.iter().enumerate() {
            let Some(before) = at.checked_sub(1).and_then(|at| taken.get(at)) else { continue };
            let pair = (before.register.line, range.register.line);
            if range.start < before.end
                && reported != Some(pair)
                && !on_purpose(before.register, range.register)
            {
                let message = format!(
                    "{} and {} overlap at {:#x}",
                    before.register.name, range.register.name, range.start
                );
                self.at_line(
                    Severity::Note,
                    &join(path, &range.register.name),
                    range.register.line,
                    "register",
                    message,
                    "if that is meant, say so with <alternateRegister>",
                );
                reported = Some(pair);
            }
        }
    }

    /// Reports registers that safe code can write, and that share their place with one that takes
    /// an address or a command.
    fn report_gaps_in_the_guard(&mut self, block: &Block, path: &str) {
        let guarded = |register: &&Register| matches!(register.role, Role::Steers | Role::Rings);
        for inside in block.registers.iter().filter(guarded) {
            let open = block.registers.iter().filter(|other| {
                other.role == Role::None
                    && other.write != Write::Never
                    && share_a_byte(inside, other)
            });
            for other in open {
                let message = format!(
                    "can be written by safe code, and shares its place with {}, which takes an \
                     address or a command",
                    inside.name
                );
                let hint = "name it in the extensions too, or make it read-only";
                self.at_line(
                    Severity::Error,
                    &join(path, &other.name),
                    other.line,
                    "register",
                    message,
                    hint,
                );
            }
        }
    }

    /// Reports something about what was read, of which only the line is left.
    pub(super) fn at_line(
        &mut self,
        severity: Severity,
        path: &str,
        line: u32,
        element: &str,
        message: String,
        hint: &str,
    ) {
        self.diagnostics.push(Diagnostic {
            severity,
            path: path.to_owned(),
            element: element.to_owned(),
            line,
            message,
            hint: hint.to_owned(),
        });
    }
}

fn ranges(register: &Register) -> Vec<Taken<'_>> {
    let bytes = register.bytes();
    let repeat = register.repeat.filter(|repeat| repeat.stride > bytes && repeat.count <= MEMBERS);
    if repeat.is_none() {
        return vec![Taken { start: register.offset, end: register.end(), register }];
    }
    register.offsets().map(|start| Taken { start, end: start + bytes, register }).collect()
}

/// Whether any of two registers' elements overlap.
fn share_a_byte(a: &Register, b: &Register) -> bool {
    if a.end() <= b.offset || b.end() <= a.offset {
        return false;
    }
    let (a, b) = (ranges(a), ranges(b));
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    // Both ascend, so the one that ends first shares nothing with what is still to come.
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        if left.start < right.end && right.start < left.end {
            return true;
        }
        if left.end <= right.start {
            a.next();
        } else {
            b.next();
        }
    }
    false
}

/// Whether two registers share a place because the description says so, or because one is what
/// is read there and the other what is written.
fn on_purpose(a: &Register, b: &Register) -> bool {
    let said = !a.alternate.is_empty() || !b.alternate.is_empty();
    let split = |a: &Register, b: &Register| a.read == Read::Never && b.write == Write::Never;
    said || split(a, b) || split(b, a) || (a.family.number != 0 && a.family == b.family)
}
