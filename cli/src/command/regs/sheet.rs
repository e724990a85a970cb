//! What registers hold, for people and for programs.
#![forbid(unsafe_code)]

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use register_map_codegen::{Read, Role};
use serde::Serialize;

use super::bus::Bus;
use super::store;
use crate::failure::Failure;
use crate::output::Report;
use crate::registers::{Entry, Found, Map, value};

/// How to read.
#[derive(Clone, Copy, Debug)]
pub(super) struct SheetOptions {
    /// Read what changes by being read.
    pub(super) side_effects: bool,
    /// Leave out what is as after a reset.
    pub(super) diff: bool,
    /// The registers were named one by one: what cannot be read is an error.
    pub(super) given: bool,
}

/// What the registers of a device hold.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Sheet {
    device: String,
    pub(super) registers: Vec<Row>,
    /// The device answers with ones everywhere.
    all_ones: bool,
    #[serde(skip)]
    diff: bool,
}

/// One register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Row {
    pub(super) name: String,
    description: String,
    region: usize,
    offset: u64,
    bits: u32,
    /// `None` if it was not read.
    pub(super) value: Option<u64>,
    /// Why it was not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<&'static str>,
    /// What it holds after a reset, in the bits that are known.
    reset: u64,
    reset_mask: u64,
    differs: bool,
    /// What a write of it does besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    pub(super) fields: Vec<FieldRow>,
}

/// One field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct FieldRow {
    pub(super) name: String,
    low: u32,
    high: u32,
    pub(super) value: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<String>,
    differs: bool,
}

impl Sheet {
    /// Reads all that was found.
    pub(super) fn read(
        map: &Map,
        bus: &mut Bus,
        found: &[Found<'_>],
        options: SheetOptions,
    ) -> Result<Self, Failure> {
        let mut registers = Vec::new();
        for found in found {
            let row = Row::read(bus, found, options)?;
            if !options.diff || row.differs {
                registers.push(row);
            }
        }
        let mut values = registers.iter().filter_map(|row| Some((row.bits, row.value?)));
        let several = values.clone().count() > 1;
        let all_ones = several && values.all(|(bits, value)| value == value::ones(bits));
        Ok(Self { device: map.name().to_owned(), registers, all_ones, diff: options.diff })
    }
}

impl Row {
    fn read(bus: &mut Bus, found: &Found<'_>, options: SheetOptions) -> Result<Self, Failure> {
        let entry = &found.entry;
        let unread = unread(entry.read(), options.side_effects);
        if let Some(reason) = unread.filter(|_| options.given) {
            let failure = Failure::because(format!("read {}", found.name()), reason);
            return Err(if entry.read() == Read::Never {
                failure
            } else {
                failure.hint("--side-effects reads it all the same")
            });
        }
        let value = match unread {
            None => Some(store::get(bus, entry)?),
            Some(_) => None,
        };
        let (reset, reset_mask) = entry.reset();
        let differs = |value: u64, bits: u64| (value ^ reset) & reset_mask & bits != 0;
        let fields = value.map_or_else(Vec::new, |value| {
            let wanted = |at: usize| found.field.is_none_or(|field| field == at);
            let fields = entry.fields().iter().enumerate().filter(|(at, _)| wanted(*at));
            fields
                .map(|(_, field)| {
                    let bits = value::ones(field.width) << field.offset;
                    FieldRow::new(field, value, differs(value, bits))
                })
                .collect()
        });
        Ok(Self {
            name: entry.name(),
            description: entry.description().to_owned(),
            region: entry.place.region,
            offset: entry.place.offset,
            bits: entry.bits(),
            value,
            unread,
            reset,
            reset_mask,
            differs: value.is_some_and(|value| differs(value, u64::MAX)),
            role: role(entry),
            fields,
        })
    }

    /// The value, as wide as the register is.
    pub(super) fn text(&self) -> String {
        match self.value {
            None => "-".to_owned(),
            Some(value) => hexadecimal(value, self.bits),
        }
    }
}

pub(super) fn hexadecimal(value: u64, bits: u32) -> String {
    format!("0x{value:0width$x}", width = bits as usize / 4)
}

impl FieldRow {
    fn new(field: &register_map_codegen::Field, register: u64, differs: bool) -> Self {
        let number = value::of(field, register);
        Self {
            name: field.name.clone(),
            low: field.offset,
            high: field.offset + field.width - 1,
            value: number,
            meaning: value::name(field, number).map(str::to_owned),
            differs,
        }
    }

    /// Its bits, as data sheets print them.
    fn bits(&self) -> String {
        if self.low == self.high {
            format!("[{}]", self.low)
        } else {
            format!("[{}:{}]", self.high, self.low)
        }
    }

    /// The value, and what it is called.
    pub(super) fn text(&self) -> String {
        let number =
            if self.value < 10 { self.value.to_string() } else { format!("{:#x}", self.value) };
        match &self.meaning {
            None => number,
            Some(meaning) => format!("{number} {meaning}"),
        }
    }
}

fn unread(read: Read, side_effects: bool) -> Option<&'static str> {
    match read {
        Read::Never => Some("it is write-only"),
        _ if side_effects => None,
        Read::Plain => None,
        Read::Clears => Some("reading clears it"),
        Read::Sets => Some("reading sets it"),
        Read::Modifies => Some("reading changes it"),
        Read::ModifiesOther => Some("reading changes something else in the device"),
    }
}

fn role(entry: &Entry<'_>) -> Option<&'static str> {
    match entry.role() {
        Role::None => None,
        Role::Steers => Some("steering"),
        Role::Rings => Some("doorbell"),
        Role::Half => Some("half of a pair"),
    }
}

const CHANGED: Style = AnsiColor::Yellow.on_default().bold();
const FAINT: Style = Style::new().dimmed();

impl Report for Sheet {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let width = self.registers.iter().map(|row| row.name.len()).max().unwrap_or(0).max(8);
        let fields = self.registers.iter().flat_map(|row| &row.fields);
        let inner = fields.map(|field| field.name.len() + field.bits().len() + 3).max();
        let width = width.max(inner.unwrap_or(0));
        let mut region = None;
        for row in &self.registers {
            if region != Some(row.region) {
                region = Some(row.region);
                let bold = Style::new().bold();
                writeln!(out, "{bold}{}, region {}{bold:#}", self.device, row.region)?;
            }
            let style = if row.differs { CHANGED } else { Style::new() };
            write!(out, "  {:#06x}  {:width$}  ", row.offset, row.name)?;
            match row.unread {
                Some(reason) => write!(out, "{FAINT}not read: {reason}{FAINT:#}")?,
                None => write!(out, "{style}{}{style:#}", row.text())?,
            }
            if row.differs && self.diff {
                write!(out, "  {FAINT}reset {}{FAINT:#}", hexadecimal(row.reset, row.bits))?;
            }
            if let Some(role) = row.role {
                write!(out, "  {FAINT}({role}){FAINT:#}")?;
            }
            writeln!(out)?;
            for field in &row.fields {
                if self.diff && !field.differs {
                    continue;
                }
                let style = if field.differs { CHANGED } else { Style::new() };
                let name = format!("{} {}", field.name, field.bits());
                let inner = width - 2;
                writeln!(out, "            {name:inner$}  {style}{}{style:#}", field.text())?;
            }
        }
        if self.registers.is_empty() {
            writeln!(out, "every register that was read is as after a reset")?;
        }
        if self.all_ones {
            writeln!(
                out,
                "every register reads as ones: the card is gone, asleep, or its memory space is off"
            )?;
        }
        Ok(())
    }
}
