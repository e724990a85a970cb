//! Registers, looked at again and again.
#![forbid(unsafe_code)]

use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::bus::Bus;
use super::sheet::{Row, Sheet, SheetOptions};
use crate::failure::Failure;
use crate::output::{self, Output, Report};
use crate::registers::{Found, Map, Path};

/// How to watch
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Which registers or fields; all that can be read without changing the device, if none
    names: Vec<Path>,
    /// Milliseconds from one look to the next
    #[arg(long, value_name = "MS", default_value_t = 200,
          value_parser = clap::value_parser!(u64).range(1..))]
    interval: u64,
    /// Ends after so many looks; otherwise it ends when it is interrupted
    #[arg(long, value_name = "LOOKS")]
    count: Option<u64>,
}

/// A value that is another one than a look before.
#[derive(Debug, Serialize)]
struct Change {
    seconds: f64,
    register: String,
    from: String,
    to: String,
    /// The fields that changed, as `NAME from to`.
    fields: Vec<FieldChange>,
}

#[derive(Debug, Serialize)]
struct FieldChange {
    field: String,
    from: String,
    to: String,
}

/// Looks until it has looked often enough, or is interrupted.
pub(super) fn run(
    arguments: &Arguments,
    map: &Map,
    bus: &mut Bus,
    options: SheetOptions,
    output: Output,
) -> Result<(), Failure> {
    let given = !arguments.names.is_empty();
    let found = if given { map.find(&arguments.names)? } else { map.all() };
    let options = SheetOptions { given, ..options };
    let redraws = !output.is_json() && io::stdout().is_terminal();
    let start = Instant::now();
    let mut last = look(map, bus, &found, options)?;
    if redraws {
        draw(&last, &[])?;
    } else {
        output.report(&last)?;
    }
    let mut looks = 1;
    while arguments.count.is_none_or(|count| looks < count) {
        std::thread::sleep(Duration::from_millis(arguments.interval));
        let sheet = look(map, bus, &found, options)?;
        looks += 1;
        let changes = changes(&last, &sheet, start.elapsed());
        if redraws {
            draw(&sheet, &changes)?;
        } else {
            changes.iter().try_for_each(|change| output.report(change))?;
        }
        last = sheet;
    }
    Ok(())
}

fn look(
    map: &Map,
    bus: &mut Bus,
    found: &[Found<'_>],
    options: SheetOptions,
) -> Result<Sheet, Failure> {
    Sheet::read(map, bus, found, options)
}

fn changes(before: &Sheet, after: &Sheet, elapsed: Duration) -> Vec<Change> {
    let pairs = before.registers.iter().zip(&after.registers);
    let changed = pairs.filter(|(before, after)| before.value != after.value);
    changed.map(|(before, after)| Change::new(before, after, elapsed)).collect()
}

impl Change {
    fn new(before: &Row, after: &Row, elapsed: Duration) -> Self {
        let fields = before.fields.iter().zip(&after.fields);
        let fields = fields.filter(|(before, after)| before.value != after.value);
        Self {
            seconds: elapsed.as_secs_f64(),
            register: after.name.clone(),
            from: before.text(),
            to: after.text(),
            fields: fields
                .map(|(before, after)| FieldChange {
                    field: after.name.clone(),
                    from: before.text(),
                    to: after.text(),
                })
                .collect(),
        }
    }
}

const CHANGED: Style = AnsiColor::Yellow.on_default().bold().invert();

impl Report for Change {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { seconds, register, from, to, .. } = self;
        write!(out, "{seconds:8.3} s  {register}  {from} → {CHANGED}{to}{CHANGED:#}")?;
        for FieldChange { field, from, to } in &self.fields {
            write!(out, "  {field} {from} → {to}")?;
        }
        writeln!(out)
    }
}

/// The whole table in its place, with what changed since the last look.
fn draw(sheet: &Sheet, changes: &[Change]) -> Result<(), Failure> {
    let mut text = Vec::new();
    let drawn = (|| {
        // Home, and nothing below.
        write!(text, "\x1b[H\x1b[J")?;
        for row in &sheet.registers {
            let change = changes.iter().find(|change| change.register == row.name);
            let style = if change.is_some() { CHANGED } else { Style::new() };
            writeln!(text, "  {:40} {style}{}{style:#}", row.name, row.text())?;
            for field in &row.fields {
                let moved = change
                    .is_some_and(|change| change.fields.iter().any(|it| it.field == field.name));
                let style = if moved { CHANGED } else { Style::new() };
                writeln!(text, "      {:36} {style}{}{style:#}", field.name, field.text())?;
            }
        }
        Ok(())
    })();
    drawn.map_err(|error: io::Error| Failure::of("draw the registers", &error))?;
    output::write(&text)
}
