//! Lines of Rust, indented as rustfmt does.

use crate::prose;

/// What rustfmt breaks lines at.
const WIDTH: usize = 100;
/// Where documentation is wrapped, at most.
const DOC_WIDTH: usize = 100;

/// A file in the making.
#[derive(Debug, Default)]
pub(super) struct Text {
    out: String,
    depth: usize,
}

impl Text {
    /// A line, indented.
    pub(super) fn line(&mut self, line: &str) {
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.out.push_str("    ");
            }
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// An empty line, unless a block has just begun or there is one.
    pub(super) fn separate(&mut self) {
        if !self.out.ends_with("\n\n") && !self.out.ends_with("{\n") {
            self.blank();
        }
    }

    /// A line after which everything stands further in.
    pub(super) fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    /// The line that ends it.
    pub(super) fn close(&mut self, line: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// `///` lines.
    pub(super) fn doc(&mut self, text: &str) {
        self.comment("///", text);
    }

    /// `//!` lines.
    pub(super) fn inner_doc(&mut self, text: &str) {
        self.comment("//!", text);
    }

    fn comment(&mut self, mark: &str, text: &str) {
        let width = DOC_WIDTH.saturating_sub(4 * self.depth + mark.len() + 1).max(20);
        for line in prose::wrap(text, width) {
            self.line(&format!("{mark} {line}"));
        }
    }

    /// `pub const NAME: Kind<arguments> = Kind::new(&Block(()));`, broken where it is too long.
    pub(super) fn constant(&mut self, name: &str, kind: &str, arguments: &[String]) {
        let room = WIDTH - 4 * self.depth;
        let head = format!("pub const {name}: {kind}<{}> =", arguments.join(", "));
        // The first argument is the block, whose marker only this module can make.
        let block = arguments.first().map_or("", String::as_str);
        let tail = format!("{kind}::new(&{block}(()));");
        if head.len() + 1 + tail.len() <= room {
            self.line(&format!("{head} {tail}"));
        } else if head.len() <= room {
            self.line(&head);
            self.line(&format!("    {tail}"));
        } else {
            self.open(&format!("pub const {name}: {kind}<"));
            for argument in arguments {
                self.line(&format!("{argument},"));
            }
            self.close(&format!("> = {tail}"));
        }
    }

    /// `assert!(condition);`, broken where it is too long.
    pub(super) fn assertion(&mut self, condition: &str) {
        let line = format!("assert!({condition});");
        if line.len() <= WIDTH - 4 * self.depth {
            self.line(&line);
        } else {
            self.open("assert!(");
            self.line(condition);
            self.close(");");
        }
    }

    /// `use path::{names};`, broken where it is too long. Nothing if there are no names.
    pub(super) fn import(&mut self, path: &str, names: &[&str]) {
        match names {
            [] => {}
            [name] => self.line(&format!("use {path}::{name};")),
            _ => {
                let room = WIDTH - 4 * self.depth;
                let line = format!("use {path}::{{{}}};", names.join(", "));
                if line.len() <= room {
                    self.line(&line);
                    return;
                }
                self.open(&format!("use {path}::{{"));
                let mut row = String::new();
                for name in names {
                    if !row.is_empty() && row.len() + name.len() + 2 > room - 4 {
                        self.line(&row);
                        row.clear();
                    }
                    if !row.is_empty() {
                        row.push(' ');
                    }
                    row.push_str(name);
                    row.push(',');
                }
                self.line(&row);
                self.close("};");
            }
        }
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        let mut out = self.out;
        while out.ends_with("\n\n") {
            out.pop();
        }
        out
    }
}

/// A number in hexadecimal, with its digits in groups of four.
pub(super) fn hex(value: u64) -> String {
    if value <= 0xffff {
        return format!("{value:#04x}");
    }
    let digits = format!("{value:x}");
    let digits = format!("{value:0width$x}", width = digits.len().next_multiple_of(4));
    let mut out = String::from("0x");
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 4 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

/// A number in decimal, or in hexadecimal where that is easier to read.
pub(super) fn number(value: u64) -> String {
    if value < 1_000 { value.to_string() } else { hex(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Long numbers are grouped, short ones have two digits at least.
    #[test]
    fn numbers_are_readable() {
        assert_eq!(hex(4), "0x04");
        assert_eq!(hex(0x100), "0x100");
        assert_eq!(hex(0x0100_00ed), "0x0100_00ed");
        assert_eq!(hex(u64::MAX), "0xffff_ffff_ffff_ffff");
        assert_eq!(number(999), "999");
        assert_eq!(number(4096), "0x1000");
    }
}
