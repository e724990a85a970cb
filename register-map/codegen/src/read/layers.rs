//! An element seen through what it is derived from.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use roxmltree::NodeId;

use super::{Reader, dim};
use crate::xml::Element;

/// Longer chains are a mistake, and each link is a call within a call.
const LONGEST_CHAIN: usize = 32;

/// No enumeration that can be meant lies further down in the tree.
const DEEPEST: usize = 64;

/// An element, what it is derived from, what that is derived from, …
#[derive(Clone)]
pub(super) struct Layers<'a> {
    elements: Rc<[Element<'a>]>,
}

impl<'a> Layers<'a> {
    /// The element itself.
    pub(super) fn own(&self) -> Element<'a> {
        // There is always the first.
        self.elements[0]
    }

    /// What it is derived from.
    pub(super) fn bases(&self) -> &[Element<'a>] {
        self.elements.get(1..).unwrap_or_default()
    }

    /// The child of the first layer that has one with content.
    pub(super) fn child(&self, tag: &str) -> Option<Element<'a>> {
        self.elements.iter().find_map(|layer| {
            layer.all(tag).find(|child| child.text().is_some() || child.children().next().is_some())
        })
    }

    /// The text of the child of the first layer that has one.
    pub(super) fn text(&self, tag: &str) -> Option<&'a str> {
        self.elements.iter().find_map(|layer| layer.all(tag).find_map(Element::text))
    }

    /// The children that pass, of the first layer that has any.
    pub(super) fn children(&self, pass: impl Fn(&str) -> bool) -> Vec<Element<'a>> {
        self.elements
            .iter()
            .map(|layer| layer.children().filter(|child| pass(child.tag())).collect::<Vec<_>>())
            .find(|children| !children.is_empty())
            .unwrap_or_default()
    }
}

/// What is inside an element, by name, so that a long list is looked through once.
#[derive(Default)]
pub(super) struct Contents<'a> {
    by_name: HashMap<&'a str, Vec<Element<'a>>>,
    /// Those whose name has a placeholder.
    repeated: Vec<Element<'a>>,
}

/// Registers and clusters, in files both as `<register>` and `<cluster>`.
pub(super) fn is_item(tag: &str) -> bool {
    matches!(tag, "register" | "cluster")
}

impl<'a> Reader<'a> {
    /// The layers of an element. What cannot be resolved is reported once and left out.
    pub(super) fn layers(&mut self, element: Element<'a>, path: &str) -> Layers<'a> {
        if let Some(layers) = self.resolved.get(&element.id()) {
            return layers.clone();
        }
        if self.resolving.contains(&element.id()) || self.resolving.len() >= LONGEST_CHAIN {
            // A circle, or a chain without end: this link is cut, the caller reports it.
            return Layers { elements: Rc::new([element]) };
        }
        self.resolving.push(element.id());
        let mut elements = vec![element];
        if let Some(wanted) = element.attribute("derivedFrom") {
            match self.find(element, wanted) {
                Some(base) if self.resolving.contains(&base.id()) => {
                    let message = format!("derivedFrom=\"{wanted}\" leads back to itself");
                    self.warning(
                        path,
                        element,
                        message,
                        "derive it from something else; it stands alone now",
                    );
                }
                Some(_) if self.resolving.len() >= LONGEST_CHAIN => {
                    let message = format!(
                        "derivedFrom=\"{wanted}\" is the end of a chain of {LONGEST_CHAIN}"
                    );
                    self.warning(path, element, message, "derive it from the first of the chain");
                }
                Some(base) => elements.extend(self.layers(base, path).elements.iter()),
                None => {
                    let message = format!("derivedFrom=\"{wanted}\" names no {}", element.tag());
                    self.warning(
                        path,
                        element,
                        message,
                        "write the name, or the path from the peripheral on; it stands alone now",
                    );
                }
            }
        }
        self.resolving.pop();
        let layers = Layers { elements: elements.into() };
        self.resolved.insert(element.id(), layers.clone());
        layers
    }

    /// What `derivedFrom` means at an element: the nearest of the same kind with this path.
    fn find(&mut self, from: Element<'a>, path: &str) -> Option<Element<'a>> {
        let kind = from.tag();
        let segments: Vec<&str> = path.split('.').map(str::trim).collect();
        let mut scope = from.parent();
        let mut tried = HashSet::new();
        while let Some(around) = scope {
            if let Some(found) = self.descend(around, &segments, kind, from, &mut tried) {
                return Some(found);
            }
            scope = around.parent();
        }
        match (kind, segments.as_slice()) {
            ("enumeratedValues", &[name]) => self.find_enumeration(from, name),
            _ => None,
        }
    }

    /// The element of a kind at a path within another, but not `from` itself. Where derived
    /// clusters lead to one place in many ways, it is tried once.
    fn descend(
        &mut self,
        around: Element<'a>,
        segments: &[&str],
        kind: &str,
        from: Element<'a>,
        tried: &mut HashSet<(NodeId, usize)>,
    ) -> Option<Element<'a>> {
        let (&name, rest) = segments.split_first()?;
        if !tried.insert((around.id(), segments.len())) {
            return None;
        }
        let called = self.called(around, name);
        if rest.is_empty() {
            return called.into_iter().find(|child| child.tag() == kind && child.id() != from.id());
        }
        called.into_iter().find_map(|child| self.descend(child, rest, kind, from, tried))
    }

    /// What is called `name` inside an element, in the order of the file.
    fn called(&mut self, around: Element<'a>, name: &str) -> Vec<Element<'a>> {
        if !self.contents.contains_key(&around.id()) {
            let mut contents = Contents::default();
            for child in self.inside(around) {
                match child.name() {
                    Some(name) if name.contains("%s") => contents.repeated.push(child),
                    Some(name) => contents.by_name.entry(name).or_default().push(child),
                    None => {}
                }
            }
            self.contents.insert(around.id(), Rc::new(contents));
        }
        let Some(contents) = self.contents.get(&around.id()).cloned() else { return Vec::new() };
        let exact = contents.by_name.get(name).into_iter().flatten().copied();
        exact.chain(contents.repeated.iter().copied().filter(|it| is_called(*it, name))).collect()
    }

    /// What has a name inside an element: peripherals, registers and clusters, fields, values.
    fn inside(&mut self, around: Element<'a>) -> Vec<Element<'a>> {
        match around.tag() {
            "device" => {
                around.child("peripherals").into_iter().flat_map(Element::children).collect()
            }
            "peripheral" => {
                let registers = self.layers(around, "").child("registers");
                registers.into_iter().flat_map(Element::children).collect()
            }
            "register" => {
                let fields = self.layers(around, "").child("fields");
                fields.into_iter().flat_map(Element::children).collect()
            }
            "cluster" => self.layers(around, "").children(is_item),
            "field" => self.layers(around, "").children(|tag| tag == "enumeratedValues"),
            "peripherals" | "registers" | "fields" => around.children().collect(),
            _ => Vec::new(),
        }
    }

    /// A named enumeration anywhere in the device, the one with the most around it in common.
    fn find_enumeration(&mut self, from: Element<'a>, name: &str) -> Option<Element<'a>> {
        let device = self.device;
        let index = self.enumerations.get_or_insert_with(|| {
            let mut index: HashMap<&str, Vec<Element<'_>>> = HashMap::new();
            let mut open = vec![(device, 0)];
            while let Some((element, depth)) = open.pop() {
                if element.tag() == "enumeratedValues" {
                    if let Some(name) = element.name() {
                        index.entry(name).or_default().push(element);
                    }
                } else {
                    let inside = element.children().filter(|_| depth < DEEPEST);
                    open.extend(inside.map(|child| (child, depth + 1)));
                }
            }
            index
        });
        let around: Vec<_> = ancestors(from).map(Element::id).collect();
        index
            .get(name)?
            .iter()
            .filter(|found| found.id() != from.id())
            // Of equals the first in the file, whatever order the index has.
            .min_by_key(|found| {
                let apart = ancestors(**found).take_while(|it| !around.contains(&it.id())).count();
                let common = around.len()
                    - around
                        .iter()
                        .position(|id| ancestors(**found).any(|it| it.id() == *id))
                        .unwrap_or(around.len());
                (usize::MAX - common, apart, found.id().get())
            })
            .copied()
    }
}

fn ancestors(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    std::iter::successors(element.parent(), |it| it.parent())
}

/// Whether a repeated element has this name: with or without the placeholder, or as one of many.
fn is_called(element: Element<'_>, wanted: &str) -> bool {
    let Some(name) = element.name() else { return false };
    if name == wanted {
        return true;
    }
    if !name.contains("%s") {
        return false;
    }
    if dim::without_placeholder(name) == wanted || name.replace("[%s]", "%s") == wanted {
        return true;
    }
    dim::is_one_of(element, name, wanted)
}
