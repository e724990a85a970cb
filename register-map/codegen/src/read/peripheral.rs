//! Peripherals: blocks of registers at an address.

use super::budget::block_weight;
use super::dim::{self, Indices, Shape};
use super::properties::Properties;
use super::{HIGHEST_OFFSET, Reader, prose_of};
use crate::model::Peripheral;
use crate::number;
use crate::prose;
use crate::xml::Element;

impl<'a> Reader<'a> {
    /// All peripherals, in the order of the file.
    pub(super) fn peripherals(
        &mut self,
        list: Element<'a>,
        around: &Properties,
    ) -> Vec<Peripheral> {
        let mut out = Vec::new();
        for element in list.children() {
            if element.tag() == "peripheral" {
                self.peripheral(element, around, &mut out);
            } else {
                let message = format!("<{}> among peripherals; left out", element.tag());
                self.warning("", element, message, "only <peripheral> stands here");
            }
        }
        out
    }

    fn peripheral(&mut self, element: Element<'a>, around: &Properties, out: &mut Vec<Peripheral>) {
        if !self.spend(element, "", 1) {
            return;
        }
        let Some(name) = element.name() else {
            self.warning(
                "",
                element,
                "a peripheral without a name; left out".to_owned(),
                "add a <name>",
            );
            return;
        };
        let name = prose::plain(name);
        let layers = self.layers(element, &name);
        let Some(base) = self.number_of(&layers, "baseAddress", &name) else {
            self.warning(
                &name,
                element,
                "a peripheral without <baseAddress>; left out".to_owned(),
                "add <baseAddress>",
            );
            return;
        };
        let Some(shape) = self.shape(&layers, &name, &name) else { return };
        if !layers.bases().is_empty() && element.child("registers").is_some() {
            self.note(
                &name,
                element,
                "derived, and with its own <registers>: these replace the others".to_owned(),
                "",
            );
        }
        let properties = self.properties(&layers, &name, around);
        let registers = layers.child("registers");
        let items: Vec<_> = registers.into_iter().flat_map(Element::children).collect();
        let path = dim::without_placeholder(&name);
        let mut block = self.block(&items, &path, &properties, 0);
        block.size = self.address_blocks(element, &layers, &path);
        if items.is_empty() {
            self.note(&name, element, "no registers".to_owned(), "");
        }
        let peripheral = Peripheral {
            name: path,
            description: prose_of(&layers, "description"),
            base,
            bar: None,
            region_size: block.size,
            layout: false,
            block,
            same_as: None,
            // Derived without a change: the same registers under the same properties.
            origin: registers.map_or(0, |it| u64::from(it.id().get())),
            line: self.document.line(element),
        };
        let (names, stride) = match shape {
            Shape::One => {
                out.push(Peripheral {
                    description: peripheral.description.replace("%s", ""),
                    ..peripheral
                });
                return;
            }
            Shape::Array { count, stride } => (Indices::Numbers { first: 0, count }, stride),
            Shape::List { names, stride } => (names, stride),
        };
        let each = 1 + block_weight(&peripheral.block);
        if !self.spend(element, &name, names.count().saturating_mul(each)) {
            return;
        }
        for (index, at) in names.iter().zip(0u64..) {
            let base = at.checked_mul(stride).and_then(|reach| base.checked_add(reach));
            let Some(base) = base else {
                self.warning(
                    &name,
                    element,
                    "the address of a member does not fit 64 bits; left out".to_owned(),
                    "look at <dimIncrement>",
                );
                return;
            };
            let member = if name.contains("%s") {
                dim::fill(&name, &index)
            } else {
                format!("{name}{index}")
            };
            out.push(Peripheral {
                name: member,
                description: peripheral.description.replace("%s", &index),
                base,
                ..peripheral.clone()
            });
        }
    }

    /// The end of the last address block; 0 if there is none that makes sense.
    fn address_blocks(
        &mut self,
        element: Element<'a>,
        layers: &super::layers::Layers<'a>,
        path: &str,
    ) -> u64 {
        let mut end = 0u64;
        for part in layers.children(|tag| tag == "addressBlock") {
            if part.child("usage").and_then(Element::text) == Some("reserved") {
                continue;
            }
            let read = |tag: &str| part.child(tag).and_then(Element::text).map(number::number);
            let (offset, size) = (read("offset").unwrap_or(Ok(0)), read("size"));
            let last = match (offset, size) {
                (Ok(offset), Some(Ok(size))) => offset.checked_add(size),
                _ => None,
            };
            match last {
                Some(last) if last <= HIGHEST_OFFSET => end = end.max(last),
                _ => self.note(
                    path,
                    element,
                    "an address block that is no range below 2 GiB; not used".to_owned(),
                    "",
                ),
            }
        }
        end
    }
}
