//! A C header: structures, offsets, reset values and masks, for C11 and C++11.
//!
//! Firmware in C beside ours, or a vendor's old driver, uses the very facts that the Rust forms
//! have. Each structure is followed by assertions on its layout, so a compiler that pads
//! otherwise says so.

mod macros;
mod structures;

use crate::model::{Block, Cluster, Device, Identity, Peripheral};
use crate::name::{self, Names};
use crate::prose;
use crate::rust::Options;

/// Where comments are wrapped.
const WIDTH: usize = 96;

/// What stands in every header, once however many are included.
const COMMON: &str = "\
#ifndef REGISTER_MAP_READ_ONLY
/* C++ has no structures whose constant members nobody sets. */
#ifdef __cplusplus
#define REGISTER_MAP_READ_ONLY volatile
#define REGISTER_MAP_ALIGNED(bytes) alignas(bytes)
#define REGISTER_MAP_ASSERT(condition, text) static_assert(condition, text)
#else
#define REGISTER_MAP_READ_ONLY const volatile
#define REGISTER_MAP_ALIGNED(bytes) _Alignas(bytes)
#define REGISTER_MAP_ASSERT(condition, text) _Static_assert(condition, text)
#endif
#define REGISTER_MAP_READ_WRITE volatile
/* C cannot forbid to read. */
#define REGISTER_MAP_WRITE_ONLY volatile
#endif
";

/// The C header of a device.
#[must_use]
pub fn header(device: &Device, options: &Options) -> String {
    let prefix = name::constant(&device.name);
    let mut printer = Printer {
        out: String::new(),
        macros: Names::with(&[
            "REGISTER_MAP_ALIGNED",
            "REGISTER_MAP_ASSERT",
            "REGISTER_MAP_READ_ONLY",
            "REGISTER_MAP_READ_WRITE",
            "REGISTER_MAP_WRITE_ONLY",
        ]),
        types: Names::default(),
    };
    let title = if device.description.is_empty() { &device.name } else { &device.description };
    printer.line("/*");
    for line in prose::wrap(&comment_text(&prose::sentence(&prose::plain(title))), WIDTH) {
        printer.line(&format!(" * {line}"));
    }
    let source = comment_text(&prose::plain(&options.source));
    printer.line(" *");
    printer.line(&format!(" * Generated from {source} by register-gen; changes belong there."));
    printer.line(" */");
    let guard = printer.macros.take(&format!("REGISTER_MAP_{prefix}_H"));
    printer.line(&format!("#ifndef {guard}"));
    printer.line(&format!("#define {guard}"));
    printer.line("");
    printer.line("#include <stddef.h>");
    printer.line("#include <stdint.h>");
    printer.line("");
    printer.out.push_str(COMMON);
    printer.identity(device, &prefix);
    let main = device.main_peripheral();
    let mut types: Vec<String> = Vec::new();
    for (at, peripheral) in device.peripherals.iter().enumerate() {
        let path = if main == Some(at) {
            prefix.clone()
        } else {
            format!("{prefix}_{}", peripheral.block.module.to_ascii_uppercase())
        };
        let first = peripheral.same_as.and_then(|first| types.get(first)).cloned();
        printer.line("");
        let known = first.as_deref().filter(|name| !name.is_empty());
        printer.place(peripheral, &path, known);
        types.push(match first {
            Some(first) => first,
            None => printer.block(&peripheral.block, &path, &peripheral.description),
        });
    }
    printer.line("");
    printer.line(&format!("#endif /* {guard} */"));
    printer.out
}

struct Printer {
    out: String,
    /// Names of macros that are taken.
    macros: Names,
    /// Names of structures and unions that are taken.
    types: Names,
}

impl Printer {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A comment of one or more lines, indented.
    fn comment(&mut self, indent: &str, text: &str) {
        let text = comment_text(text);
        let lines = prose::wrap(&text, WIDTH - indent.len());
        let last = lines.len().saturating_sub(1);
        for (at, line) in lines.iter().enumerate() {
            let (open, close) =
                (if at == 0 { "/*" } else { "  " }, if at == last { " */" } else { "" });
            self.line(&format!("{indent}{open} {line}{close}"));
        }
    }

    fn identity(&mut self, device: &Device, prefix: &str) {
        let list = match device.identity {
            Some(Identity::Pci { vendor, device }) => {
                [("PCI_VENDOR", u64::from(vendor), 4), ("PCI_DEVICE", u64::from(device), 4)]
            }
            Some(Identity::Amba { designer, part }) => {
                [("AMBA_DESIGNER", u64::from(designer), 2), ("AMBA_PART", u64::from(part), 3)]
            }
            None => return,
        };
        self.line("");
        for (name, value, digits) in list {
            let name = self.macros.take(&format!("{prefix}_{name}"));
            self.line(&format!("#define {name} 0x{value:0digits$x}"));
        }
    }

    /// Where a peripheral is.
    fn place(&mut self, peripheral: &Peripheral, path: &str, first: Option<&str>) {
        let mut text = peripheral.name.clone();
        if let Some(first) = first {
            text.push_str(": the same registers as struct ");
            text.push_str(first);
        }
        if peripheral.layout {
            text += ", in memory that CPU and device share";
        }
        self.comment("", &prose::sentence(&text));
        if peripheral.layout {
            return;
        }
        if let Some(bar) = peripheral.bar {
            let name = self.macros.take(&format!("{path}_BAR"));
            self.line(&format!("#define {name} {bar}"));
        }
        let name = if peripheral.bar.is_some() { "BAR_OFFSET" } else { "BASE" };
        let name = self.macros.take(&format!("{path}_{name}"));
        self.line(&format!("#define {name} {}", number(peripheral.base, 64)));
    }

    /// The structure of a block with what it needs, and its macros; gives the structure's name.
    fn block(&mut self, block: &Block, path: &str, description: &str) -> String {
        // Groups first: a structure must be known where it is a member.
        let mut inner: Vec<String> = Vec::new();
        for cluster in &block.clusters {
            let name = match cluster.same_as.and_then(|first| inner.get(first)) {
                Some(first) => first.clone(),
                None => self.block(&cluster.block, &join(path, cluster), &cluster.description),
            };
            inner.push(name);
        }
        let name = self.structure(block, path, description, &inner);
        self.register_macros(block, path);
        name
    }
}

/// The prefix of a group's macros; all members of a list share one.
fn join(path: &str, cluster: &Cluster) -> String {
    format!("{path}_{}", cluster.block.module.to_ascii_uppercase())
}

/// A text that ends no comment and continues no line.
fn comment_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push('|'),
            '/' if out.ends_with('*') => out.push_str(" /"),
            '*' if out.ends_with('/') => out.push_str(" *"),
            '?' if out.ends_with('?') => out.push_str(" ?"),
            letter => out.push(letter),
        }
    }
    out
}

/// A number of an unsigned type that has so many bits.
fn number(value: u64, bits: u32) -> String {
    let digits = usize::try_from(bits.clamp(8, 64) / 4).unwrap_or(8);
    if u32::try_from(value).is_ok() && bits <= 32 {
        format!("UINT32_C(0x{value:0digits$x})")
    } else {
        format!("UINT64_C(0x{value:x})")
    }
}
