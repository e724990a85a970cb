//! Fields of a register.

use super::budget::field_weight;
use super::dim;
use super::layers::Layers;
use super::rights::Says;
use super::{Reader, join, prose_of};
use crate::model::Field;
use crate::number;
use crate::prose;
use crate::xml::Element;

/// More fields of one register break the macro that the output uses.
const MOST: usize = 100;

impl<'a> Reader<'a> {
    /// The fields of a register of `bits` bits, by position, with what each says of itself.
    pub(super) fn fields(
        &mut self,
        register: &Layers<'a>,
        bits: u32,
        says: Says,
        path: &str,
    ) -> Vec<(Field, Says)> {
        let Some(list) = register.child("fields") else { return Vec::new() };
        let mut fields = Vec::new();
        for element in list.children() {
            if element.tag() == "field" {
                self.field(element, bits, says, path, &mut fields);
            } else {
                let message = format!("<{}> among fields; left out", element.tag());
                self.warning(path, element, message, "only <field> stands here");
            }
        }
        fields.sort_by_key(|(field, _)| field.offset);
        if fields.len() > MOST {
            let message =
                format!("{} fields; those after the first {MOST} are left out", fields.len());
            self.warning(path, list, message, "a register has at most 64 bits");
            fields.truncate(MOST);
        }
        self.check_overlap(list, &fields, path);
        fields
    }

    fn field(
        &mut self,
        element: Element<'a>,
        bits: u32,
        register: Says,
        path: &str,
        fields: &mut Vec<(Field, Says)>,
    ) {
        if !self.spend(element, path, 1) {
            return;
        }
        let layers = self.layers(element, path);
        let Some(name) = element.name() else {
            self.warning(
                path,
                element,
                "a field without a name; left out".to_owned(),
                "add a <name>",
            );
            return;
        };
        let name = prose::plain(name);
        let path = join(path, &name);
        let Some((offset, width)) = self.bit_range(&layers, &path) else { return };
        let Some(shape) = self.shape(&layers, &name, &path) else { return };
        let says = self.says(&layers, &path);
        let values = self.values(&layers, u32::try_from(width).unwrap_or(64), &path);
        let constraint = self.constraint(&layers, u32::try_from(width).unwrap_or(64), &path);
        let description = prose_of(&layers, "description");
        let mut outside = 0;
        for (at, index) in (0u64..).zip(shape.members()) {
            let start = offset.saturating_add(at.saturating_mul(shape.stride()));
            let end = start.saturating_add(width);
            let place = (u32::try_from(start), u32::try_from(width));
            let (Ok(offset), Ok(width), true) = (place.0, place.1, end <= u64::from(bits)) else {
                // Each lies further up than the one before it.
                outside = shape.count() - at;
                break;
            };
            if width == 0 {
                outside = shape.count();
                break;
            }
            let name = match &index {
                None => dim::without_placeholder(&name),
                Some(index) if name.contains("%s") => dim::fill(&name, index),
                Some(index) => format!("{name}{index}"),
            };
            let field = Field {
                name,
                constant: String::new(),
                description: description.replace("%s", index.as_deref().unwrap_or_default()),
                offset,
                width,
                read: says.read(register),
                write: says.write(register),
                values: values.clone(),
                constraint,
            };
            if !self.spend(element, &path, field_weight(&field)) {
                return;
            }
            fields.push((field, says));
        }
        if outside > 0 {
            let message = format!(
                "bits {offset} to {} and on are not all inside the register's {bits}; {outside} left out",
                offset.saturating_add(width).saturating_sub(1)
            );
            self.warning(
                &path,
                element,
                message,
                "correct the bit range, or the <size> of the register",
            );
        }
    }

    /// Lowest bit and width, in whichever of the three forms; `None` was reported.
    fn bit_range(&mut self, layers: &Layers<'a>, path: &str) -> Option<(u64, u64)> {
        let own = layers.own();
        let stated = std::iter::once(own).chain(layers.bases().iter().copied()).find(|layer| {
            ["bitRange", "lsb", "msb", "bitOffset"].iter().any(|tag| layer.child(tag).is_some())
        });
        let Some(layer) = stated else {
            self.warning(
                path,
                own,
                "a field without a bit range; left out".to_owned(),
                "add <bitRange>[msb:lsb]</bitRange>",
            );
            return None;
        };
        if let Some(element) = layer.child("bitRange") {
            let text = element.text().unwrap_or_default();
            let Some((high, low)) = parse_range(text) else {
                let message =
                    format!("`{}` is no bit range; the field is left out", prose::plain(text));
                self.warning(path, element, message, "write [msb:lsb]");
                return None;
            };
            return Some(self.ordered(element, low, high, path));
        }
        let mut part = |tag: &str| {
            let element = layer.child(tag)?;
            self.number_in(element, path)
        };
        let (low, high) = (part("lsb"), part("msb"));
        let (offset, width) = (part("bitOffset"), part("bitWidth"));
        match (low, high, offset, width) {
            (Some(low), Some(high), _, _) => Some(self.ordered(layer, low, high, path)),
            (_, _, Some(offset), Some(width)) => Some((offset, width)),
            _ => {
                self.warning(
                    path,
                    layer,
                    "half a bit range; the field is left out".to_owned(),
                    "<lsb> needs <msb>, <bitOffset> needs <bitWidth>",
                );
                None
            }
        }
    }

    fn ordered(&mut self, at: Element<'a>, low: u64, high: u64, path: &str) -> (u64, u64) {
        let (first, last) = if low <= high {
            (low, high)
        } else {
            self.warning(
                path,
                at,
                format!("bits {high} to {low} are written the wrong way round"),
                "write [msb:lsb]; they are turned round",
            );
            (high, low)
        };
        (first, (last - first).saturating_add(1))
    }

    fn check_overlap(&mut self, list: Element<'a>, fields: &[(Field, Says)], path: &str) {
        let mut furthest: Option<&Field> = None;
        for (field, _) in fields {
            if let Some(before) = furthest
                && field.offset < before.offset + before.width
                && (field.read != crate::model::Read::Never)
                    == (before.read != crate::model::Read::Never)
            {
                let message = format!("fields {} and {} overlap", before.name, field.name);
                self.note(path, list, message, "");
            }
            let further = furthest
                .is_none_or(|before| field.offset + field.width > before.offset + before.width);
            if further {
                furthest = Some(field);
            }
        }
    }
}

/// `[7:4]`, `[ 7 : 4 ]`, `7:4`, `[3]`.
fn parse_range(text: &str) -> Option<(u64, u64)> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let (high, low) = text.split_once(':').unwrap_or((text, text));
    Some((number::number(high).ok()?, number::number(low).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Bit ranges are read with and without brackets and spaces.
    #[test]
    fn bit_ranges_are_read_in_their_variants() {
        for text in ["[7:4]", " [ 7 : 4 ] ", "7:4"] {
            assert_eq!(parse_range(text), Some((7, 4)), "{text}");
        }
        assert_eq!(parse_range("[3]"), Some((3, 3)));
        for text in ["", "[]", "[a:b]", "[7:]", "[:4]", "[1:2:3]"] {
            assert_eq!(parse_range(text), None, "{text}");
        }
    }
}
