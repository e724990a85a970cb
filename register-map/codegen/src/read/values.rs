//! Enumerated values: what the numbers of a field mean.

use super::Reader;
use super::layers::Layers;
use crate::model::{Constraint, Usage, Value};
use crate::number;
use crate::prose;
use crate::xml::Element;

/// A pattern with bits that do not matter stands for at most this many numbers.
const MOST_OF_PATTERN: u64 = 16;

impl<'a> Reader<'a> {
    /// The named values of a field of `width` bits.
    pub(super) fn values(&mut self, field: &Layers<'a>, width: u32, path: &str) -> Vec<Value> {
        let mut values = Vec::new();
        for group in field.children(|tag| tag == "enumeratedValues") {
            let layers = self.layers(group, path);
            let usage = match layers.text("usage") {
                Some("read") => Usage::Read,
                Some("write") => Usage::Write,
                Some("read-write") | None => Usage::ReadWrite,
                Some(other) => {
                    let message = format!("unknown usage `{}`", prose::plain(other));
                    self.warning(
                        path,
                        group,
                        message,
                        "use read, write or read-write; it is taken for both",
                    );
                    Usage::ReadWrite
                }
            };
            for element in layers.children(|tag| tag == "enumeratedValue") {
                self.value(element, usage, width, path, &mut values);
            }
        }
        // Reading first: whoever looks a number up has most likely read it.
        values.sort_by_key(|value| value.usage == Usage::Write);
        values
    }

    fn value(
        &mut self,
        element: Element<'a>,
        usage: Usage,
        width: u32,
        path: &str,
        values: &mut Vec<Value>,
    ) {
        if !self.spend(element, path, 1) {
            return;
        }
        let is_default = element.child("isDefault").and_then(Element::text);
        let is_default = is_default.is_some_and(|text| matches!(text, "true" | "1"));
        let description = element.child("description").and_then(Element::text);
        let description = description.map(prose::plain).unwrap_or_default();
        let name = element.name().map(prose::plain);
        let text = element.child("value").and_then(Element::text);
        let Some(text) = text else {
            if is_default {
                let name = name.unwrap_or_else(|| "default".to_owned());
                values.push(Value {
                    name,
                    variant: String::new(),
                    description,
                    value: None,
                    usage,
                });
            } else {
                self.warning(
                    path,
                    element,
                    "a named value without <value>; left out".to_owned(),
                    "add <value> or <isDefault>true</isDefault>",
                );
            }
            return;
        };
        let pattern = match number::pattern(text) {
            Ok(pattern) => pattern,
            Err(reason) => {
                let message = format!("the value `{}` {reason}; left out", prose::plain(text));
                self.warning(path, element, message, "write a number");
                return;
            }
        };
        if pattern.count() > MOST_OF_PATTERN {
            let message = format!(
                "`{}` stands for more than {MOST_OF_PATTERN} numbers; left out",
                prose::plain(text)
            );
            self.warning(
                path,
                element,
                message,
                "use fewer bits that do not matter, or <isDefault>",
            );
            return;
        }
        let largest = u64::MAX >> (64 - width.clamp(1, 64));
        let several = pattern.free != 0;
        if several {
            let message = format!(
                "`{}` stands for {} numbers, each gets its own name",
                prose::plain(text),
                pattern.count()
            );
            self.note(path, element, message, "");
        }
        for number in pattern.values() {
            if number > largest {
                let message = format!(
                    "the value {number} does not fit the {width} bits of the field; left out"
                );
                self.warning(path, element, message, "correct the value or the width");
                continue;
            }
            let name = match &name {
                Some(name) if several => format!("{name}_{number}"),
                Some(name) => name.clone(),
                None => format!("value{number}"),
            };
            values.push(Value {
                name,
                variant: String::new(),
                description: description.clone(),
                value: Some(number),
                usage,
            });
        }
    }

    /// `<writeConstraint>`, if there is one that limits anything.
    pub(super) fn constraint(
        &mut self,
        layers: &Layers<'a>,
        bits: u32,
        path: &str,
    ) -> Option<Constraint> {
        let element = layers.child("writeConstraint")?;
        let says = |tag: &str| {
            element
                .child(tag)
                .and_then(Element::text)
                .is_some_and(|text| matches!(text, "true" | "1"))
        };
        if says("writeAsRead") {
            return Some(Constraint::AsRead);
        }
        if says("useEnumeratedValues") {
            return Some(Constraint::Enumerated);
        }
        let range = element.child("range")?;
        let mut bound = |tag: &str| range.child(tag).and_then(|it| self.number_in(it, path));
        let (low, high) = (bound("minimum"), bound("maximum"));
        let (Some(low), Some(high)) = (low, high) else {
            self.warning(
                path,
                range,
                "a range without two numbers; left out".to_owned(),
                "add <minimum> and <maximum>",
            );
            return None;
        };
        let largest = u64::MAX >> (64 - bits.clamp(1, 64));
        if low > high || high > largest {
            let message = format!("the range {low} to {high} does not fit {bits} bits; left out");
            self.warning(path, range, message, "correct the range");
            return None;
        }
        Some(Constraint::Range(low, high))
    }
}
