//! Pairs: values of 64 bits that are stored in two accesses of 32.

use super::extension::{attribute, visit_blocks};
use crate::model::{Block, Device, Pair, Read, Register, Role, Write};
use crate::xml::Element;

/// Applies `<pair>`: two registers of 32 bits, or the two halves of one of 64.
pub(super) fn pair(element: Element<'_>, device: &mut Device) -> Result<(), String> {
    let name = attribute(element, "name")?;
    let high_first = match attribute(element, "order")? {
        "low-first" => false,
        "high-first" => true,
        other => return Err(format!("the order \"{other}\" is neither low-first nor high-first")),
    };
    if element.attribute("register").is_some() {
        let path = attribute(element, "register")?;
        let (block, register) = split(path)?;
        return each(device, block, path, &mut |block| {
            halves_of_one(block, register, name, high_first)
        });
    }
    let role = match element.attribute("role").unwrap_or("plain") {
        "plain" => Role::None,
        "steering" => Role::Steers,
        "doorbell" => Role::Rings,
        other => return Err(format!("the role \"{other}\" is none of plain, steering, doorbell")),
    };
    let (low, high) = (attribute(element, "low")?, attribute(element, "high")?);
    let ((block, low_name), (high_block, high_name)) = (split(low)?, split(high)?);
    if block != high_block || low_name == high_name {
        return Err("the halves are two registers of one block".to_owned());
    }
    each(device, block, low, &mut |block| {
        two_registers(block, low_name, high_name, name, high_first, role)
    })
}

/// A path as that of the block and the name of the register.
fn split(path: &str) -> Result<(&str, &str), String> {
    path.rsplit_once('.').ok_or_else(|| format!("{path} is no path; write PERIPHERAL.REGISTER"))
}

/// Calls `make` with each block at a path, of which there must be one.
fn each(
    device: &mut Device,
    block: &str,
    path: &str,
    make: &mut dyn FnMut(&mut Block) -> Result<(), String>,
) -> Result<(), String> {
    let mut answers = Vec::new();
    visit_blocks(device, block, &mut |block| answers.push(make(block)));
    if answers.is_empty() {
        return Err(format!("there is no register {path}"));
    }
    answers.into_iter().collect()
}

/// A pair of the two halves of a register of 64 bits, for a bus that carries 32.
fn halves_of_one(
    block: &mut Block,
    register: &str,
    name: &str,
    high_first: bool,
) -> Result<(), String> {
    let register = the(block, register)?;
    if register.bits != 64 || register.repeat.is_some() {
        return Err(format!("{} is not one register of 64 bits", register.name));
    }
    let (read, write, role) = (register.read, register.write, register.role);
    let (low, high) = (register.offset, register.offset + 4);
    holds(read, write, role)?;
    let (name, constant) = (name.to_owned(), String::new());
    block.pairs.push(Pair { name, constant, low, high, high_first, read, write, role });
    Ok(())
}

/// A pair of two registers, which from then on are written through it alone.
fn two_registers(
    block: &mut Block,
    low: &str,
    high: &str,
    name: &str,
    high_first: bool,
    role: Role,
) -> Result<(), String> {
    let mut halves = [None, None];
    for (half, path) in halves.iter_mut().zip([low, high]) {
        let register = the(block, path)?;
        if register.bits != 32 || register.repeat.is_some() {
            return Err(format!("{path} is not one register of 32 bits"));
        }
        if register.role != Role::None {
            return Err(format!("{path} was named before"));
        }
        *half = Some((register.offset, register.read, register.write));
    }
    let [Some((low_offset, read, write)), Some((high_offset, high_read, high_write))] = halves
    else {
        return Ok(());
    };
    if (read, write) != (high_read, high_write) {
        return Err("the halves have different rights".to_owned());
    }
    holds(read, write, role)?;
    for path in [low, high] {
        the(block, path)?.role = Role::Half;
    }
    block.pairs.push(Pair {
        name: name.to_owned(),
        constant: String::new(),
        low: low_offset,
        high: high_offset,
        high_first,
        read,
        write,
        role,
    });
    Ok(())
}

/// Whether two accesses are as good as one: the value stays as it was written.
fn holds(read: Read, write: Write, role: Role) -> Result<(), String> {
    if read.has_effect() {
        return Err("a pair cannot have side effects when it is read".to_owned());
    }
    if !matches!(write, Write::Plain | Write::Never) || role != Role::None && write == Write::Never
    {
        return Err("a pair holds what is written to it".to_owned());
    }
    Ok(())
}

/// The one register of a block with this name.
fn the<'b>(block: &'b mut Block, name: &str) -> Result<&'b mut Register, String> {
    let mut found = block.registers.iter_mut().filter(|register| register.name == name);
    match (found.next(), found.next()) {
        (Some(register), None) => Ok(register),
        (Some(_), Some(_)) => Err(format!("there are several registers {name}")),
        (None, _) => Err(format!("there is no register {name}")),
    }
}
