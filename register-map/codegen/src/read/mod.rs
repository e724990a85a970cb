//! From an SVD file to the model.
//!
//! The reader walks the XML tree itself. An element is looked up through *layers*: the element,
//! then what it is derived from, and so on; what the first layer has is taken whole. Sizes,
//! accesses and reset values that no layer has come from what is around the element.

mod block;
mod budget;
mod dim;
mod extension;
mod field;
mod layers;
mod layout;
mod naming;
mod pair;
mod peripheral;
mod properties;
mod register;
mod rights;
mod strangers;
mod values;

use std::collections::HashMap;
use std::rc::Rc;

use roxmltree::NodeId;

use crate::Diagnostics;
use crate::diagnostic::{Diagnostic, Severity};
use crate::encoding::decode;
use crate::model::{Device, Reading};
use crate::number;
use crate::prose;
use crate::xml::{Document, Element};

use budget::Budget;
use layers::{Contents, Layers};
use properties::Properties;

/// Offsets stay below this, so that they fit the address space of a 32-bit processor.
const HIGHEST_OFFSET: u64 = 1 << 31;

/// What is needed all the way down.
struct Reader<'a> {
    document: &'a Document<'a>,
    device: Element<'a>,
    diagnostics: Diagnostics,
    resolved: HashMap<NodeId, Layers<'a>>,
    resolving: Vec<NodeId>,
    contents: HashMap<NodeId, Rc<Contents<'a>>>,
    enumerations: Option<HashMap<&'a str, Vec<Element<'a>>>>,
    budget: Budget,
}

/// Reads a description from the bytes of a file, whatever its encoding.
#[must_use]
pub fn read_bytes(bytes: &[u8]) -> Reading {
    let (text, encoding) = decode(bytes);
    let mut reading = read(&text);
    if let Some(encoding) = encoding {
        reading.diagnostics.push(Diagnostic {
            severity: Severity::Note,
            path: String::new(),
            element: String::new(),
            line: 0,
            message: format!("the file is not UTF-8; it is taken for {encoding}"),
            hint: String::new(),
        });
    }
    reading
}

/// Reads a description.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut diagnostics = Diagnostics::default();
    let error = |line, message| Diagnostic {
        severity: Severity::Error,
        path: String::new(),
        element: String::new(),
        line,
        message,
        hint: "this must be an XML file in the CMSIS-SVD format".to_owned(),
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err((line, reason)) => {
            diagnostics.push(error(line, format!("not well-formed XML: {reason}")));
            return Reading { device: Device::default(), diagnostics };
        }
    };
    let root = document.root();
    if root.tag() != "device" {
        let message = format!("the outermost element is <{}> and not <device>", root.tag());
        diagnostics.push(error(document.line(root), message));
        return Reading { device: Device::default(), diagnostics };
    }
    let mut reader = Reader {
        document: &document,
        device: root,
        diagnostics,
        resolved: HashMap::new(),
        resolving: Vec::new(),
        contents: HashMap::new(),
        enumerations: None,
        budget: Budget::new(document.elements()),
    };
    let device = reader.device();
    Reading { device, diagnostics: reader.diagnostics }
}

impl<'a> Reader<'a> {
    fn device(&mut self) -> Device {
        let root = self.device;
        let layers = self.layers(root, "");
        if let Some(unit) = self.number_of(&layers, "addressUnitBits", "")
            && unit != 8
        {
            self.warning(
                "",
                layers.child("addressUnitBits").unwrap_or(root),
                format!("address units of {unit} bits; offsets are taken as bytes"),
                "check the offsets of the output",
            );
        }
        if root.child("cpu").and_then(|cpu| cpu.child("endian")).and_then(Element::text)
            == Some("big")
        {
            self.note(
                "",
                root,
                "a big-endian processor; registers are described as the bus has them".to_owned(),
                "",
            );
        }
        let properties = self.properties(&layers, "", &Properties::default());
        let mut device = Device {
            name: root.name().unwrap_or_default().to_owned(),
            vendor: prose_of(&layers, "vendor"),
            version: prose_of(&layers, "version"),
            description: prose_of(&layers, "description"),
            ..Device::default()
        };
        if device.name.is_empty() {
            self.warning("", root, "the device has no name".to_owned(), "add a <name>");
            "DEVICE".clone_into(&mut device.name);
        }
        if let Some(list) = root.child("peripherals") {
            device.peripherals = self.peripherals(list, &properties);
        }
        if self.is_exhausted() {
            // What was read until then is of no use to anybody.
            device.peripherals.clear();
            return device;
        }
        if device.peripherals.is_empty() && !self.diagnostics.has_errors() {
            self.error("", root, "there is no peripheral".to_owned(), "add <peripherals>");
        }
        self.strangers();
        self.extensions(&mut device);
        self.lay_out(&mut device);
        self.name_all(&mut device);
        device
    }

    /// A number; one that cannot be read is reported and taken as absent.
    fn number_of(&mut self, layers: &Layers<'a>, tag: &str, path: &str) -> Option<u64> {
        let element = layers.child(tag)?;
        self.number_in(element, path)
    }

    fn number_in(&mut self, element: Element<'a>, path: &str) -> Option<u64> {
        let text = element.text()?;
        match number::number(text) {
            Ok(value) => Some(value),
            Err(reason) => {
                let message = format!("`{}` {reason}", prose::plain(text));
                self.warning(path, element, message, "it is taken as absent");
                None
            }
        }
    }

    fn report(
        &mut self,
        severity: Severity,
        path: &str,
        at: Element<'_>,
        message: String,
        hint: &str,
    ) {
        self.diagnostics.push(Diagnostic {
            severity,
            path: path.to_owned(),
            element: at.tag().to_owned(),
            line: self.document.line(at),
            message,
            hint: hint.to_owned(),
        });
    }

    fn note(&mut self, path: &str, at: Element<'_>, message: String, hint: &str) {
        self.report(Severity::Note, path, at, message, hint);
    }

    fn warning(&mut self, path: &str, at: Element<'_>, message: String, hint: &str) {
        self.report(Severity::Warning, path, at, message, hint);
    }

    fn error(&mut self, path: &str, at: Element<'_>, message: String, hint: &str) {
        self.report(Severity::Error, path, at, message, hint);
    }
}

/// `path` with `name` behind it.
fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A text for people, on one line.
fn prose_of(layers: &Layers<'_>, tag: &str) -> String {
    layers.text(tag).map(prose::plain).unwrap_or_default()
}
