//! A description that was read, and what is where on the device.
#![forbid(unsafe_code)]

use std::fs;

use anydma::Device;
use anydma::dma_core::{self, Backend as _};
use register_map_codegen::{Block, Identity, Reading, Repeat, Role, Severity, read_bytes};

use super::entry::{Entry, Found, Kind, Place, Step};
use super::path::{Fit, Path};
use crate::failure::Failure;

/// The descriptions of the cards that this project has drivers for.
const KNOWN: [(&str, &str); 4] = [
    ("edu", include_str!("../../../register-map/descriptions/edu.svd")),
    ("nvme", include_str!("../../../register-map/descriptions/nvme.svd")),
    ("pl081", include_str!("../../../register-map/descriptions/pl081.svd")),
    ("xdma", include_str!("../../../register-map/descriptions/xdma.svd")),
];

/// More registers than these are not printed: a row of 60,000 is no table for people.
const MOST: usize = 100_000;

/// A description and the places of its blocks.
#[derive(Debug)]
pub(crate) struct Map {
    source: String,
    device: register_map_codegen::Device,
    /// The BAR of what the description puts into none.
    bar: Option<usize>,
    /// Whether layouts of memory are among the registers.
    with_layouts: bool,
}

impl Map {
    /// Reads a file, or the description of a known card.
    pub(crate) fn load(name: &str, bar: Option<usize>) -> Result<Self, Failure> {
        let known = KNOWN.iter().find(|(known, _)| *known == name);
        let reading = if let Some((_, text)) = known {
            read_bytes(text.as_bytes())
        } else {
            let names: Vec<&str> = KNOWN.iter().map(|(known, _)| *known).collect();
            let bytes = fs::read(name).map_err(|error| {
                Failure::of(format!("read the description {name}"), &error)
                    .hint(format!("name an SVD file, or one of {}", names.join(", ")))
            })?;
            read_bytes(&bytes)
        };
        let Reading { device, diagnostics } = reading;
        if let Some(error) = diagnostics.list().iter().find(|it| it.severity == Severity::Error) {
            return Err(Failure::because(format!("use the description {name}"), error)
                .hint("`register-gen FILE` says all that is wrong with it"));
        }
        let map = Self::of(name, device, bar);
        if map.all().is_empty() {
            let reason = "none of its registers lies in a BAR";
            return Err(Failure::because(format!("use the description {name}"), reason).hint(
                "say where they lie with `--bar NUMBER`, or in the description, with `<bar>`",
            ));
        }
        Ok(map)
    }

    /// Of a description that was read.
    pub(crate) fn of(
        source: &str,
        device: register_map_codegen::Device,
        bar: Option<usize>,
    ) -> Self {
        Self { source: source.to_owned(), device, bar, with_layouts: false }
    }

    /// With the words of descriptors in memory, which are no registers; their region is
    /// [`Map::MEMORY`].
    pub(crate) fn with_layouts(mut self) -> Self {
        self.with_layouts = true;
        self
    }

    /// The region of what lies in memory.
    pub(crate) const MEMORY: usize = usize::MAX;

    /// Whether it describes this device, as far as both say what they are.
    pub(crate) fn check(&self, device: &Device) -> Result<(), Failure> {
        let is = device.identity();
        let described = match self.device.identity {
            None => return Ok(()),
            Some(Identity::Pci { vendor, device }) => dma_core::Identity::Pci { vendor, device },
            Some(Identity::Amba { designer, part }) => dma_core::Identity::Amba { designer, part },
        };
        if described == is {
            return Ok(());
        }
        let reason = format!("it describes {described}, and the device is {is}");
        Err(Failure::because(format!("use the description {}", self.source), reason)
            .hint("name another one; with `--any-card` it is used all the same"))
    }

    /// The device's name in the description.
    pub(crate) fn name(&self) -> &str {
        &self.device.name
    }

    /// Every register and every pair.
    pub(crate) fn entries(&self) -> Vec<Entry<'_>> {
        let mut all = Vec::new();
        self.for_each(&mut |entry| {
            if all.len() < MOST {
                all.push(entry);
            }
        });
        all
    }

    /// Every register; pairs, which are two registers each, are left out.
    pub(crate) fn all(&self) -> Vec<Found<'_>> {
        let mut all = Vec::new();
        self.for_each(&mut |entry| {
            if matches!(entry.kind, Kind::Register(_)) && all.len() < MOST {
                all.push(Found { entry, field: None });
            }
        });
        all
    }

    /// What lies at or below these names.
    pub(crate) fn find_below(&self, names: &[Path]) -> Result<Vec<Found<'_>>, Failure> {
        let mut all = Vec::new();
        for name in names {
            let mut below = self.all();
            below.retain(|found| name.contains(&found.entry));
            if below.is_empty() {
                below = self.named(name)?;
            }
            all.append(&mut below);
        }
        Ok(all)
    }

    /// What is called so, in the order of the names.
    pub(crate) fn find(&self, names: &[Path]) -> Result<Vec<Found<'_>>, Failure> {
        let mut all = Vec::new();
        for name in names {
            all.append(&mut self.named(name)?);
        }
        Ok(all)
    }

    /// The one register or field that is called so.
    pub(crate) fn one(&self, name: &Path) -> Result<Found<'_>, Failure> {
        let mut found = self.named(name)?;
        match (found.pop(), found.is_empty()) {
            (Some(one), true) => Ok(one),
            (last, _) => {
                let names = found.iter().chain(&last).map(Found::name).take(8);
                let names: Vec<String> = names.collect();
                Err(Failure::because(format!("find the register {name}"), "it is not the only one")
                    .hint(format!("name one of {}", names.join(", "))))
            }
        }
    }

    fn named(&self, name: &Path) -> Result<Vec<Found<'_>>, Failure> {
        let mut found: Vec<(Fit, Found<'_>)> = Vec::new();
        self.for_each(&mut |entry| {
            let steps = name.len();
            if let Some(fit) = name.matches(&entry, steps) {
                found.push((fit, Found { entry, field: None }));
            } else if let Some(fit) = name.matches(&entry, steps - 1)
                && let Some(last) = name.last().filter(|last| last.index.is_none())
            {
                let mut fields = entry.fields().iter();
                let field = fields.position(|field| field.name.eq_ignore_ascii_case(&last.name));
                if field.is_some() {
                    found.push((fit, Found { entry, field }));
                }
            }
        });
        let Some(best) = found.iter().map(|(fit, _)| *fit).max() else {
            return Err(self.unknown(name));
        };
        found.retain(|(fit, _)| *fit == best);
        Ok(found.into_iter().map(|(_, found)| found).collect())
    }

    fn unknown(&self, name: &Path) -> Failure {
        let text = name.to_string().to_ascii_lowercase();
        let last = name.last().map(|step| step.name.to_ascii_lowercase()).unwrap_or_default();
        let mut near = Vec::new();
        for found in self.all() {
            let known = found.name();
            let lower = known.to_ascii_lowercase();
            let alike = lower.contains(&text) || lower.contains(&last) || last.contains(&lower);
            if alike && near.len() < 5 {
                near.push(known);
            }
        }
        let failure = Failure::because(
            format!("find the register {name}"),
            format!("{} has none of that name", self.source),
        );
        if near.is_empty() {
            failure.hint("`dump` prints all of them")
        } else {
            failure.hint(format!("there are {}", near.join(", ")))
        }
    }

    /// Calls `visit` for every register, arrays unrolled, and every pair, in the order of regions
    /// and offsets.
    fn for_each<'m>(&'m self, visit: &mut dyn FnMut(Entry<'m>)) {
        let main = self.device.main_peripheral();
        for (at, peripheral) in self.device.peripherals.iter().enumerate() {
            let place = match (self.device.place(at), self.bar) {
                (Some(place), _) => place,
                (None, _) if peripheral.layout && self.with_layouts => (u64::MAX, 0),
                (None, Some(bar)) if !peripheral.layout => (bar as u64, peripheral.base),
                _ => continue,
            };
            let (region, base) = place;
            let Ok(region) = usize::try_from(region) else { continue };
            let top = Walk { main: main == Some(at), region };
            let mut steps = vec![Step { name: peripheral.name.clone(), index: None }];
            top.block(&peripheral.block, base, &mut steps, visit);
        }
    }
}

/// What stays the same on the way down.
#[derive(Clone, Copy)]
struct Walk {
    main: bool,
    region: usize,
}

impl Walk {
    fn block<'m>(
        self,
        block: &'m Block,
        base: u64,
        steps: &mut Vec<Step>,
        visit: &mut dyn FnMut(Entry<'m>),
    ) {
        let entry = |steps: &[Step], step, kind, place, high| {
            let steps = steps.iter().cloned().chain([step]).collect();
            Entry { steps, main: self.main, kind, place, high }
        };
        let place = |offset, bits| Place { region: self.region, offset, bits };
        for register in block
            .registers
            .iter()
            .filter(|register| register.is_accessible() || register.role == Role::Half)
        {
            let array = register.repeat.is_some();
            for (index, offset) in (0..).zip(register.offsets()) {
                let step = Step { name: register.name.clone(), index: array.then_some(index) };
                let place = place(base + offset, register.bits);
                visit(entry(steps, step, Kind::Register(register), place, None));
            }
        }
        for pair in &block.pairs {
            let step = Step { name: pair.name.clone(), index: None };
            let (low, high) = (place(base + pair.low, 32), place(base + pair.high, 32));
            visit(entry(steps, step, Kind::Pair(pair), low, Some(high)));
        }
        for cluster in &block.clusters {
            let Repeat { count, stride } = cluster.repeat.unwrap_or(Repeat { count: 1, stride: 0 });
            for index in 0..count {
                let index_of = cluster.repeat.map(|_| index);
                steps.push(Step { name: cluster.name.clone(), index: index_of });
                let start = base + cluster.offset + index * stride;
                self.block(&cluster.block, start, steps, visit);
                steps.pop();
            }
        }
    }
}
