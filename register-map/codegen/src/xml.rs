//! The XML tree of a description, with lines.
//!
//! A thin coat over roxmltree: elements only, text trimmed, empty text as good as none.

use std::fmt;

use roxmltree::{Node, NodeId, ParsingOptions};

/// More nodes than the largest description by far.
const MOST_NODES: u32 = 20_000_000;

/// A parsed file.
pub(crate) struct Document<'a> {
    tree: roxmltree::Document<'a>,
    lines: Vec<usize>,
}

/// One element.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    node: Node<'a, 'a>,
}

impl<'a> Document<'a> {
    /// Parses a file's text.
    ///
    /// # Errors
    ///
    /// Line and reason, if it is not well-formed.
    pub(crate) fn parse(text: &'a str) -> Result<Self, (u32, String)> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        match roxmltree::Document::parse_with_options(text, options) {
            Ok(tree) => Ok(Self { tree, lines }),
            Err(error) => Err((error.pos().row, error.to_string())),
        }
    }

    /// How many elements there are.
    pub(crate) fn elements(&self) -> usize {
        self.tree.descendants().filter(Node::is_element).count()
    }

    /// The outermost element.
    pub(crate) fn root(&self) -> Element<'_> {
        Element { node: self.tree.root_element() }
    }

    /// The line on which an element begins, from 1.
    pub(crate) fn line(&self, element: Element<'_>) -> u32 {
        line(&self.lines, element.node.range().start)
    }
}

fn line(lines: &[usize], at: usize) -> u32 {
    u32::try_from(lines.partition_point(|&end| end < at) + 1).unwrap_or(u32::MAX)
}

impl<'a> Element<'a> {
    /// What tells it from every other element.
    pub(crate) fn id(self) -> NodeId {
        self.node.id()
    }

    /// Its tag.
    pub(crate) fn tag(self) -> &'a str {
        self.node.tag_name().name()
    }

    /// The element around it.
    pub(crate) fn parent(self) -> Option<Self> {
        self.node.parent_element().map(|node| Self { node })
    }

    /// All elements in it.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> + use<'a> {
        let elements = self.node.children().filter(Node::is_element);
        elements.map(|node| Self { node })
    }

    /// The elements in it with one tag.
    pub(crate) fn all(self, tag: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.tag() == tag)
    }

    /// The first element in it with a tag.
    pub(crate) fn child(self, tag: &str) -> Option<Self> {
        self.children().find(|child| child.tag() == tag)
    }

    /// Its text, trimmed; `None` if there is none.
    pub(crate) fn text(self) -> Option<&'a str> {
        let text = self.node.text()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Its `<name>`.
    pub(crate) fn name(self) -> Option<&'a str> {
        self.child("name")?.text()
    }

    /// One of its attributes, trimmed.
    pub(crate) fn attribute(self, name: &str) -> Option<&'a str> {
        let text = self.node.attribute(name)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// The names of its attributes.
    pub(crate) fn attributes(self) -> impl Iterator<Item = &'a str> {
        self.node.attributes().map(|attribute| attribute.name())
    }
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} {:?}>", self.tag(), self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A tower of elements does not use up the stack.
    #[test]
    fn deep_nesting_is_parsed_or_refused() {
        let tower = "<a>\n".repeat(100_000);
        assert!(Document::parse(&tower).is_err(), "a tower without a top was parsed");
        let whole = format!("{tower}{}", "</a>".repeat(100_000));
        assert_eq!(Document::parse(&whole).unwrap().root().tag(), "a");
    }

    // Lines count from one, at the start of the element, with and without a byte-order mark.
    #[test]
    fn lines_are_those_of_an_editor() {
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}<a>\n <b>\n  text </b>\n<c/></a>");
            let document = Document::parse(&text).unwrap();
            let lines = document.root().children().map(|child| document.line(child));
            assert_eq!(lines.collect::<Vec<_>>(), [2, 4]);
            assert_eq!(document.root().child("b").unwrap().text(), Some("text"));
            assert_eq!(document.root().child("c").unwrap().text(), None);
        }
    }
}
