//! What is in a peripheral or cluster: registers and further clusters.

use super::budget::block_weight;
use super::dim::{self, Shape};
use super::layers::is_item;
use super::properties::Properties;
use super::register::within;
use super::{Reader, join, prose_of};
use crate::model::{Block, Cluster, Family, Repeat};
use crate::prose;
use crate::xml::Element;

/// Clusters within clusters, at most.
const DEEPEST: usize = 8;

impl<'a> Reader<'a> {
    /// Reads registers and clusters.
    pub(super) fn block(
        &mut self,
        items: &[Element<'a>],
        path: &str,
        properties: &Properties,
        depth: usize,
    ) -> Block {
        let mut block = Block::default();
        for &item in items {
            match item.tag() {
                "register" => self.register(item, path, properties, &mut block.registers),
                "cluster" => self.cluster(item, path, properties, depth, &mut block.clusters),
                other => {
                    let message = format!("<{other}> among registers; left out");
                    self.warning(path, item, message, "only <register> and <cluster> stand here");
                }
            }
        }
        block
    }

    fn cluster(
        &mut self,
        element: Element<'a>,
        path: &str,
        around: &Properties,
        depth: usize,
        out: &mut Vec<Cluster>,
    ) {
        if depth >= DEEPEST {
            self.error(
                path,
                element,
                format!("clusters are nested deeper than {DEEPEST}"),
                "look for a derivedFrom that contains itself",
            );
            return;
        }
        if !self.spend(element, path, 1) {
            return;
        }
        let layers = self.layers(element, path);
        let Some(name) = element.name() else {
            self.warning(
                path,
                element,
                "a cluster without a name; left out".to_owned(),
                "add a <name>",
            );
            return;
        };
        let name = prose::plain(name);
        let path = join(path, &dim::without_placeholder(&name));
        let Some(offset) = self.number_of(&layers, "addressOffset", &path) else {
            self.warning(
                &path,
                element,
                "a cluster without <addressOffset>; left out".to_owned(),
                "add <addressOffset>",
            );
            return;
        };
        let Some(shape) = self.shape(&layers, &name, &path) else { return };
        if !within(offset, shape.count(), shape.stride(), 1) {
            let message = format!("offset {offset:#x} is out of reach; left out");
            self.warning(
                &path,
                element,
                message,
                "offsets count from the base address of the peripheral",
            );
            return;
        }
        let properties = self.properties(&layers, &path, around);
        let items = layers.children(is_item);
        let mut cluster = Cluster {
            name: dim::without_placeholder(&name),
            constant: String::new(),
            member: String::new(),
            description: prose_of(&layers, "description"),
            offset,
            repeat: None,
            block: self.block(&items, &path, &properties, depth + 1),
            same_as: None,
            family: Family::default(),
            line: self.document.line(element),
        };
        match shape {
            Shape::One => {
                cluster.description = cluster.description.replace("%s", "");
                out.push(cluster);
            }
            Shape::Array { count, stride } => {
                cluster.repeat = Some(Repeat { count, stride });
                out.push(cluster);
            }
            Shape::List { names, stride } => {
                let family =
                    Family { name: cluster.name.clone(), number: element.id().get().into() };
                let each = 1 + block_weight(&cluster.block);
                if !self.spend(element, &path, names.count().saturating_mul(each)) {
                    return;
                }
                for (index, at) in names.iter().zip(0u64..) {
                    out.push(Cluster {
                        name: dim::fill(&name, &index),
                        description: cluster.description.replace("%s", &index),
                        offset: offset + at * stride,
                        family: family.clone(),
                        ..cluster.clone()
                    });
                }
            }
        }
    }
}
