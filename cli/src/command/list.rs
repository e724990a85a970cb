//! `anydma list`: PCI functions, and who has them.
#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use diagnostics::host::Function;
use serde::Serialize;

use super::doctor::{examine, tree};
use crate::answer::Answer;
use crate::failure::Failure;
use crate::output::{Output, Report};

/// Lists PCI functions: ids, class, IOMMU group, driver; and the cards that there is a driver for.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Bridges, too
    #[arg(long)]
    bridges: bool,
    /// Lists those of another host by its files: a folder, or a page of `anydma doctor --capture`
    #[arg(long, value_name = "PATH")]
    root: Option<PathBuf>,
}

/// What is listed.
#[derive(Serialize)]
#[serde(transparent)]
struct List(Vec<Function>);

/// Prints the list.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    let host = examine(&tree(arguments.root.as_deref())?)?;
    let wanted = host.functions.into_iter().filter(|it| arguments.bridges || !it.bridge);
    output.report(&List(wanted.collect()))?;
    Ok(Answer::Good)
}

impl Report for List {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let bold = Style::new().bold();
        writeln!(
            out,
            "{bold}{:13} {:10} {:6} {:16} class{bold:#}",
            "function", "ids", "group", "driver"
        )?;
        for function in &self.0 {
            let Function { address, vendor, device, class_name, .. } = function;
            let group = function.group.as_ref().map_or("-".to_owned(), |it| it.number.to_string());
            let driver = function.driver.as_deref().unwrap_or("-");
            let ids = format!("{vendor:04x}:{device:04x}");
            let address = address.to_string();
            write!(out, "{address:13} {ids:10} {group:6} {driver:16} {class_name}")?;
            match function.card {
                Some(card) => {
                    let green = AnsiColor::Green.on_default();
                    writeln!(out, ", {green}known card {}{green:#}", card.name)?;
                }
                None => writeln!(out)?,
            }
        }
        if self.0.is_empty() {
            writeln!(out, "there are none")?;
        }
        Ok(())
    }
}
