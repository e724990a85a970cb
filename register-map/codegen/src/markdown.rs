//! A reference of a device for people, in Markdown.

use std::fmt::Write as _;

use crate::model::{
    Block, Constraint, Device, Field, Identity, Peripheral, Read, Register, Repeat, Role, Usage,
    Value, Write,
};
use crate::prose;

/// The reference of a device.
#[must_use]
pub fn markdown(device: &Device, source: &str) -> String {
    let mut out = String::new();
    put(&mut out, &format!("# {}", heading(&device.name)));
    put(
        &mut out,
        &format!("<!-- Generated from {source} by register-gen; changes belong there. -->"),
    );
    if !device.description.is_empty() {
        put(&mut out, &prose::sentence(&prose::markdown(&device.description)));
    }
    match device.identity {
        Some(Identity::Pci { vendor, device }) => {
            put(&mut out, &format!("PCI {vendor:04x}:{device:04x}."));
        }
        Some(Identity::Amba { designer, part }) => {
            put(&mut out, &format!("AMBA designer {designer:#04x}, part {part:#05x}."));
        }
        None => {}
    }
    for peripheral in &device.peripherals {
        print_peripheral(&mut out, device, peripheral);
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

/// A paragraph.
fn put(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

fn heading(text: &str) -> String {
    prose::plain(text).replace('`', "'").replace('<', "\\<").replace('_', "\\_").replace('[', "\\[")
}

fn print_peripheral(out: &mut String, device: &Device, peripheral: &Peripheral) {
    put(out, &format!("## {}", heading(&peripheral.name)));
    if !peripheral.description.is_empty() {
        put(out, &prose::sentence(&prose::markdown(&peripheral.description)));
    }
    let block = &peripheral.block;
    let place = match peripheral.bar {
        _ if peripheral.layout => "In memory".to_owned(),
        Some(bar) => format!("In BAR {bar} at {:#x}", peripheral.base),
        None => format!("At {:#x}", peripheral.base),
    };
    put(out, &format!("{place}, {:#x} bytes, aligned to {}.", block.size, block.alignment));
    if let Some(first) = peripheral.same_as.and_then(|at| device.peripherals.get(at)) {
        put(out, &format!("The same registers as {}.", heading(&first.name)));
        return;
    }
    print_block(out, block, &peripheral.name);
}

fn print_block(out: &mut String, block: &Block, path: &str) {
    if !block.registers.is_empty() || !block.clusters.is_empty() || !block.pairs.is_empty() {
        out.push_str("| Offset | Name | Bits | Read | Write | Reset | What it is |\n");
        out.push_str("|---|---|---|---|---|---|---|\n");
        for register in &block.registers {
            register_row(out, register);
        }
        for pair in &block.pairs {
            let order = if pair.high_first { "high half first" } else { "low half first" };
            let _ = writeln!(
                out,
                "| {:#x}, {:#x} | {} | 64 | {} | {} | | Pair, {order} |",
                pair.low,
                pair.high,
                code(&pair.name),
                reading(pair.read),
                writing(pair.write, pair.role)
            );
        }
        for cluster in &block.clusters {
            let _ = writeln!(
                out,
                "| {} | {} | | | | | {} |",
                offsets(cluster.offset, cluster.repeat),
                code(&cluster.name),
                cell(&cluster.description)
            );
        }
        out.push('\n');
    }
    for register in block.registers.iter().filter(|register| !register.fields.is_empty()) {
        put(out, &format!("### {}.{}", heading(path), heading(&register.name)));
        out.push_str("| Bits | Field | Read | Write | What it is |\n|---|---|---|---|---|\n");
        for field in &register.fields {
            field_row(out, field);
        }
        out.push('\n');
    }
    for cluster in &block.clusters {
        let path = format!("{path}.{}", cluster.name);
        put(out, &format!("## {}", heading(&path)));
        if !cluster.description.is_empty() {
            put(out, &prose::sentence(&prose::markdown(&cluster.description)));
        }
        match cluster.same_as.and_then(|at| block.clusters.get(at)) {
            Some(first) => put(out, &format!("The same registers as {}.", heading(&first.name))),
            None => print_block(out, &cluster.block, &path),
        }
    }
}

fn register_row(out: &mut String, register: &Register) {
    let reset = match register.reset_mask {
        0 => String::new(),
        mask if mask == u64::MAX >> (64 - register.bits) => format!("{:#x}", register.reset_value),
        mask => format!("{:#x} in {mask:#x}", register.reset_value),
    };
    let mut what = cell(&register.description);
    if let Some(constraint) = constraint(register.constraint) {
        let _ = write!(what, " ({constraint})");
    }
    let _ = writeln!(
        out,
        "| {} | {} | {} | {} | {} | {reset} | {what} |",
        offsets(register.offset, register.repeat),
        code(&register.name),
        register.bits,
        reading(register.read),
        writing(register.write, register.role)
    );
}

fn field_row(out: &mut String, field: &Field) {
    let bits = match field.width {
        1 => field.offset.to_string(),
        width => format!("{}:{}", field.offset + width - 1, field.offset),
    };
    let mut what = cell(&field.description);
    if let Some(constraint) = constraint(field.constraint) {
        let _ = write!(what, " ({constraint})");
    }
    for value in &field.values {
        let _ = write!(what, "<br>{}", named(value));
    }
    let _ = writeln!(
        out,
        "| {bits} | {} | {} | {} | {what} |",
        code(&field.name),
        reading(field.read),
        writing(field.write, Role::None)
    );
}

fn named(value: &Value) -> String {
    let number = value.value.map_or_else(|| "else".to_owned(), |value| value.to_string());
    let when = match value.usage {
        Usage::Read => " (when read)",
        Usage::Write => " (when written)",
        Usage::ReadWrite => "",
    };
    let text = cell(&value.description);
    let joint = if text.is_empty() { "" } else { ": " };
    format!("{number} = {}{when}{joint}{text}", code(&value.name))
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    let text = prose::markdown(text);
    let mut out = String::with_capacity(text.len());
    // A bar ends a cell, in backticks too.
    for letter in text.chars() {
        if letter == '|' && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A name in backticks.
fn code(name: &str) -> String {
    format!("`{}`", name.replace('`', "'").replace('|', "\\|"))
}

fn offsets(offset: u64, repeat: Option<Repeat>) -> String {
    match repeat {
        Some(Repeat { count, stride }) => format!("{offset:#x} + {stride:#x} n, n < {count}"),
        None => format!("{offset:#x}"),
    }
}

fn reading(read: Read) -> &'static str {
    match read {
        Read::Never => "no",
        Read::Plain => "yes",
        Read::Clears => "clears",
        Read::Sets => "sets",
        Read::Modifies => "modifies",
        Read::ModifiesOther => "has effects elsewhere",
    }
}

fn writing(write: Write, role: Role) -> &'static str {
    match (role, write) {
        (_, Write::Never) => "no",
        (Role::Half, _) => "by its pair",
        (Role::Steers, _) => "address",
        (Role::Rings, _) => "command",
        (Role::None, Write::Plain) => "yes",
        (Role::None, Write::OneToClear) => "1 clears",
        (Role::None, Write::OneToSet) => "1 sets",
        (Role::None, Write::OneToToggle) => "1 toggles",
        (Role::None, Write::ZeroToClear) => "0 clears",
        (Role::None, Write::ZeroToSet) => "0 sets",
        (Role::None, Write::ZeroToToggle) => "0 toggles",
        (Role::None, Write::AnyClears) => "any clears",
        (Role::None, Write::AnySets) => "any sets",
    }
}

fn constraint(constraint: Option<Constraint>) -> Option<String> {
    Some(match constraint? {
        Constraint::AsRead => "write what was read".to_owned(),
        Constraint::Enumerated => "write named values".to_owned(),
        Constraint::Range(low, high) => format!("write {low} to {high}"),
    })
}
