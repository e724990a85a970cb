//! `anydma doctor`: what a host is, and which roads it offers to a card.
#![forbid(unsafe_code)]

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use anydma::CARDS;
use diagnostics::host::{Function, Host, HostFiles, PciAddress, Tree, capture};
use serde::Serialize;

use crate::answer::Answer;
use crate::failure::Failure;
use crate::output::{self, Output, Report};

/// Examines a host: the kernel, the IOMMU, groups, drivers, permissions; and says of each road to
/// a card whether it can be used now, or why not and what to type.
///
/// Without a device it looks at those that are likely meant: known cards, and what no driver of
/// the kernel has.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The PCI function, as `lspci` prints it: 0000:01:00.0
    #[arg(value_name = "BDF")]
    device: Option<String>,
    /// Examines another host by its files: a folder, or a page that `--capture` wrote
    #[arg(long, value_name = "PATH")]
    root: Option<PathBuf>,
    /// Writes what was looked at, without secrets, for a bug report: a page, or a folder if there
    /// is one of this name; `-` is standard output
    #[arg(long, value_name = "PATH")]
    capture: Option<PathBuf>,
}

/// An examination, of the functions that were asked for.
#[derive(Serialize)]
struct Examination {
    #[serde(flatten)]
    host: Host,
    /// How many functions were not looked at.
    others: usize,
}

/// Examines, and prints what it found.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    let tree = tree(arguments.root.as_deref())?;
    if let Some(path) = &arguments.capture {
        let tried = || format!("copy what tells about the host to {}", path.display());
        let files = capture(&tree, CARDS).map_err(|error| Failure::because(tried(), error))?;
        return write(&files, path).map(|()| Answer::Good);
    }
    let mut host = examine(&tree)?;
    let all = host.functions.len();
    host.functions = match &arguments.device {
        Some(name) => vec![named(&host, name)?.clone()],
        None => host.candidates().cloned().collect(),
    };
    let served = host.functions.iter().flat_map(|it| &it.verdicts).any(|verdict| verdict.usable);
    let answer = Answer::good_if(served || host.functions.is_empty());
    let others = all - host.functions.len();
    output.report(&Examination { host, others })?;
    Ok(answer)
}

/// This host, or the one whose files are there.
pub(super) fn tree(root: Option<&Path>) -> Result<Tree, Failure> {
    let Some(root) = root else { return Ok(Tree::live()) };
    Tree::open(root).map_err(|error| {
        Failure::because(format!("examine the host at {}", root.display()), error)
            .hint("name a folder or a page that `anydma doctor --capture` wrote")
    })
}

/// All of it.
pub(super) fn examine(tree: &Tree) -> Result<Host, Failure> {
    Host::examine(tree, CARDS).map_err(|error| Failure::because("examine the host", error))
}

/// The function of this address.
pub(super) fn named<'h>(host: &'h Host, name: &str) -> Result<&'h Function, Failure> {
    let tried = || format!("find the PCI function {name}");
    let address: PciAddress = name.parse().map_err(|error| Failure::because(tried(), error))?;
    host.function(address).ok_or_else(|| {
        Failure::because(tried(), "there is none at this address")
            .hint("`anydma list` shows those that are")
    })
}

fn write(files: &HostFiles, path: &Path) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        return output::write(files.to_text().as_bytes());
    }
    let tried = || format!("write {}", path.display());
    if path.is_dir() {
        return files.unpack(path).map_err(|error| Failure::because(tried(), error));
    }
    fs::write(path, files.to_text()).map_err(|error| Failure::of(tried(), &error))
}

/// The words are those of the library.
impl Report for Examination {
    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        print(&self.host.to_string(), out)?;
        for function in &self.host.functions {
            writeln!(out)?;
            print(&function.to_string(), out)?;
        }
        if self.others > 0 {
            let (count, what) =
                (self.others, if self.others == 1 { "function" } else { "functions" });
            writeln!(out, "\n{count} other {what} not looked at: `anydma list` shows all")?;
        }
        Ok(())
    }
}

/// Colours what is usable and what is not; titles are bold.
fn print(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for line in text.lines() {
        let bold = Style::new().bold();
        let marks = [
            ("usable:", AnsiColor::Green),
            ("refused:", AnsiColor::Red),
            ("and:", AnsiColor::Red),
            ("to do:", AnsiColor::Yellow),
            ("note:", AnsiColor::Cyan),
        ];
        let marked = marks.iter().find_map(|(word, colour)| {
            // Only where a value begins, not in what a host calls itself.
            let at = line.find(word).filter(|at| (16..=18).contains(at))?;
            Some((line.get(..at)?, word, line.get(at + word.len()..)?, colour.on_default()))
        });
        match marked {
            Some((before, word, after, style)) => {
                writeln!(out, "{before}{style}{word}{style:#}{after}")?;
            }
            None if !line.starts_with(' ') => writeln!(out, "{bold}{line}{bold:#}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}
