//! Elements that the format does not know, such as a misspelt `<acess>`.

use std::collections::BTreeMap;

use super::{Reader, join};
use crate::prose;
use crate::xml::Element;

const REPEATED: &[&str] = &["dim", "dimIncrement", "dimIndex", "dimName", "dimArrayIndex"];
const PROPERTIES: &[&str] = &["size", "access", "protection", "resetValue", "resetMask"];
const ACTIONS: &[&str] = &["modifiedWriteValues", "writeConstraint", "readAction"];

/// What may stand in an element; `None` where anything may.
fn known(tag: &str) -> Option<[&'static [&'static str]; 3]> {
    Some(match tag {
        "device" => [
            &[
                "vendor",
                "vendorID",
                "name",
                "series",
                "version",
                "description",
                "licenseText",
                "cpu",
                "headerSystemFilename",
                "headerDefinitionsPrefix",
                "addressUnitBits",
                "width",
                "peripherals",
                "vendorExtensions",
            ],
            PROPERTIES,
            &[],
        ],
        "peripheral" => [
            &[
                "name",
                "displayName",
                "version",
                "description",
                "alternatePeripheral",
                "groupName",
                "prependToName",
                "appendToName",
                "headerStructName",
                "disableCondition",
                "baseAddress",
                "addressBlock",
                "interrupt",
                "registers",
            ],
            PROPERTIES,
            REPEATED,
        ],
        "cluster" => [
            &[
                "name",
                "description",
                "alternateCluster",
                "headerStructName",
                "addressOffset",
                "register",
                "cluster",
            ],
            PROPERTIES,
            REPEATED,
        ],
        "register" => [
            &[
                "name",
                "displayName",
                "description",
                "alternateGroup",
                "alternateRegister",
                "addressOffset",
                "dataType",
                "fields",
                "size",
                "access",
                "protection",
                "resetValue",
                "resetMask",
            ],
            ACTIONS,
            REPEATED,
        ],
        "field" => [
            &[
                "name",
                "description",
                "bitOffset",
                "bitWidth",
                "lsb",
                "msb",
                "bitRange",
                "access",
                "enumeratedValues",
            ],
            ACTIONS,
            REPEATED,
        ],
        "enumeratedValues" => [&["name", "headerEnumName", "usage", "enumeratedValue"], &[], &[]],
        "enumeratedValue" => [&["name", "description", "value", "isDefault"], &[], &[]],
        _ => return None,
    })
}

impl Reader<'_> {
    /// Reports what the format does not know: each kind once, with how often it is there.
    pub(super) fn strangers(&mut self) {
        let mut found: BTreeMap<(&str, &str), (Element<'_>, usize)> = BTreeMap::new();
        let mut open = vec![self.device];
        while let Some(element) = open.pop() {
            let known = known(element.tag());
            let mut inside: Vec<Element<'_>> = Vec::new();
            for child in element.children() {
                if known.is_some_and(|known| !known.iter().any(|list| list.contains(&child.tag())))
                {
                    let entry = found.entry((element.tag(), child.tag())).or_insert((child, 0));
                    entry.1 += 1;
                } else if child.tag() != "vendorExtensions" {
                    inside.push(child);
                }
            }
            // In the order of the file, so that the first of a kind is the one that is reported.
            open.extend(inside.into_iter().rev());
        }
        for ((parent, _), (element, count)) in found {
            let often = if count > 1 {
                format!(", here and {} more times", count - 1)
            } else {
                String::new()
            };
            let message = format!("the format has no such element in <{parent}>{often}; not used");
            self.warning(&path(element), element, message, "look for a misspelling");
        }
    }
}

/// The names of what is around an element.
fn path(element: Element<'_>) -> String {
    let mut names: Vec<&str> = std::iter::successors(element.parent(), |it| it.parent())
        .take_while(|it| it.tag() != "device")
        .filter_map(Element::name)
        .collect();
    names.reverse();
    names.into_iter().map(prose::plain).fold(String::new(), |path, name| join(&path, &name))
}
