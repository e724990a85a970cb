//! How Rust names a register: window, constant, index.
#![forbid(unsafe_code)]

use std::fmt::Write as _;

use register_map_codegen::{Block, Device};

use crate::registers::{Entry, Kind};

/// One group of registers: what a window is opened on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Group {
    /// The field of the channel.
    pub(super) field: String,
    /// `map::direction::Direction`.
    pub(super) block: String,
    /// Bytes from the start of the region to the peripheral, which is `top`.
    pub(super) region: usize,
    pub(super) base: u64,
    pub(super) top: String,
    /// The clusters on the way down: constant and index.
    pub(super) clusters: Vec<(String, u64)>,
}

/// A register in its group.
#[derive(Clone, Debug)]
pub(super) struct RustRegister {
    pub(super) group: Group,
    constant: String,
    index: Option<u64>,
    pair: bool,
}

impl RustRegister {
    /// The expression, on a window: `self.registers.reg(map::STATUS)`.
    pub(super) fn on(&self, window: &str) -> String {
        let constant = &self.constant;
        match (self.index, self.pair) {
            (_, true) => format!("{window}.pair({constant})"),
            (Some(index), _) => format!("{window}.element::<{index}, _>({constant})"),
            (None, _) => format!("{window}.reg({constant})"),
        }
    }

    /// The expression that reads it for what the read does, on the channel's own window.
    pub(super) fn taken(&self) -> String {
        let (field, constant) = (&self.group.field, &self.constant);
        match self.index {
            Some(index) => format!("self.{field}.take_at({constant}, {index})"),
            None => format!("self.{field}.take({constant})"),
        }
    }

    /// The expression, on the channel's own window.
    pub(super) fn own(&self) -> String {
        self.on(&format!("self.{}", self.group.field))
    }
}

/// What Rust calls an entry; `None` only if it is none of this description.
pub(super) fn locate(device: &Device, entry: &Entry<'_>) -> Option<RustRegister> {
    let (first, rest) = entry.steps.split_first()?;
    let (last, clusters) = rest.split_last()?;
    let at = device.peripherals.iter().position(|it| it.name == first.name)?;
    let peripheral = device.peripherals.get(at)?;
    let shown = peripheral.same_as.and_then(|first| device.peripherals.get(first));
    let mut block: &Block = &shown.unwrap_or(peripheral).block;
    let main = device.main_peripheral() == Some(at);
    let mut module = if main { "map".to_owned() } else { format!("map::{}", block.module) };
    let top = format!("{module}::{}", block.marker);
    let mut field = if main { "registers".to_owned() } else { block.module.clone() };
    let mut path = Vec::new();
    for step in clusters {
        let cluster = block.clusters.iter().find(|cluster| cluster.name == step.name)?;
        let shown = cluster.same_as.and_then(|first| block.clusters.get(first));
        path.push((format!("{module}::{}", cluster.constant), step.index.unwrap_or(0)));
        if path.len() == 1 && main {
            field.clear();
        }
        let joint = if field.is_empty() { "" } else { "_" };
        let _ = write!(field, "{joint}{}", cluster.block.module);
        if let Some(index) = step.index {
            let _ = write!(field, "{index}");
        }
        block = &shown.unwrap_or(cluster).block;
        module = format!("{module}::{}", block.module);
    }
    let constant = match entry.kind {
        Kind::Register(_) => {
            let register = block.registers.iter().find(|register| register.name == last.name)?;
            register.constant.clone()
        }
        Kind::Pair(_) => block.pairs.iter().find(|pair| pair.name == last.name)?.constant.clone(),
    };
    let (region, base) = device.place(at).unwrap_or_default();
    Some(RustRegister {
        group: Group {
            field,
            block: format!("{module}::{}", block.marker),
            region: usize::try_from(region).ok()?,
            base,
            top,
            clusters: path,
        },
        constant: format!("{module}::{constant}"),
        index: last.index,
        pair: matches!(entry.kind, Kind::Pair(_)),
    })
}
