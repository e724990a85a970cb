//! Typed Rust: constants, bit fields and tables.
//!
//! The peripheral that is named as the device stands at the top of the file, every other one in
//! a module of its own, clusters in modules within. The text is what `cargo fmt` would leave.

mod bitfields;
mod registers;
mod tables;
mod text;
mod volatile;

use crate::model::{Block, Device, Peripheral};
use crate::prose;
use text::Text;

pub use volatile::volatile;

/// What the output is like.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Name of the description's file, for the note that the output is generated.
    pub source: String,
    /// Leave out the tables.
    pub without_tables: bool,
}

/// The module of a device.
#[must_use]
pub fn rust(device: &Device, options: &Options) -> String {
    let mut text = Text::default();
    let title = if device.description.is_empty() { &device.name } else { &device.description };
    text.inner_doc(&prose::sentence(&prose::markdown(title)));
    text.line("//!");
    text.inner_doc(&format!(
        "Generated from `{}` by register-gen; changes belong there.",
        options.source.replace('`', "'")
    ));
    text.blank();
    let main = device.main_peripheral().and_then(|at| device.peripherals.get(at));
    let mut printer = Printer { text, options };
    printer.imports(main.map(|main| &main.block), Some(device));
    if !options.without_tables {
        printer.device_table(device);
    }
    if let Some(main) = main {
        printer.block(&main.block, &main.name, &main.description, None);
    }
    for peripheral in &device.peripherals {
        if main.is_some_and(|main| std::ptr::eq(main, peripheral)) {
            continue;
        }
        printer.peripheral(device, peripheral);
    }
    printer.text.finish()
}

/// Prints blocks one after another, each within its modules.
struct Printer<'o> {
    text: Text,
    options: &'o Options,
}

impl Printer<'_> {
    fn peripheral(&mut self, device: &Device, peripheral: &Peripheral) {
        let place = place(peripheral);
        let first = peripheral.same_as.and_then(|at| device.peripherals.get(at));
        if let Some(first) = first {
            self.text.separate();
            self.text.doc(&format!(
                "`{}`, {place}: the same registers as [`{}`].",
                peripheral.name, first.block.module
            ));
            self.text
                .line(&format!("pub use {} as {};", first.block.module, peripheral.block.module));
            return;
        }
        self.text.separate();
        self.text.doc(&self::describe(&peripheral.description, &peripheral.name));
        self.text.open(&format!("pub mod {} {{", peripheral.block.module));
        self.imports(Some(&peripheral.block), None);
        self.block(&peripheral.block, &peripheral.name, &peripheral.description, Some(&place));
        self.text.close("}");
    }

    /// A marker, its registers, its table, and the modules of its clusters.
    fn block(&mut self, block: &Block, name: &str, description: &str, place: Option<&str>) {
        self.marker(block, name, description, place);
        self.constants(block);
        self.bitfields(block);
        if !self.options.without_tables {
            self.block_table(block, name, description);
        }
        for cluster in block.clusters.iter().filter(|cluster| cluster.same_as.is_none()) {
            self.text.separate();
            self.text.doc(&self::describe(&cluster.description, &cluster.name));
            self.text.open(&format!("pub mod {} {{", cluster.block.module));
            self.imports(Some(&cluster.block), None);
            let name = cluster.name.as_str();
            self.block(&cluster.block, name, &cluster.description, None);
            self.text.close("}");
        }
    }
}

/// Where a peripheral is, in words.
fn place(peripheral: &Peripheral) -> String {
    let base = text::hex(peripheral.base);
    match peripheral.bar {
        _ if peripheral.layout => "in memory".to_owned(),
        Some(bar) => format!("in BAR {bar} at `{base}`"),
        None => format!("at `{base}`"),
    }
}

/// The documentation of something: its description, or else its name.
fn describe(description: &str, name: &str) -> String {
    if description.is_empty() {
        format!("`{}`.", name.replace('`', "'"))
    } else {
        prose::sentence(&prose::markdown(description))
    }
}
