//! `register-gen`: typed registers and a reference out of an SVD file.
#![forbid(unsafe_code)]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use register_map_codegen::{
    Block, Device, Options, Severity, header, markdown, read_bytes, rust, volatile,
};

/// Generates typed registers, tables, structures and a reference from a CMSIS-SVD file.
///
/// Without an output it only says what is unusual about the description.
#[derive(Parser)]
#[command(version, about, long_about)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct Arguments {
    /// The description.
    file: PathBuf,
    /// Where the Rust module goes; `-` is standard output.
    #[arg(long, value_name = "OUT.rs")]
    rust: Option<PathBuf>,
    /// Where the module of `volatile-register` structures goes; `-` is standard output.
    #[arg(long, value_name = "OUT.rs")]
    volatile: Option<PathBuf>,
    /// Where the C header goes; `-` is standard output.
    #[arg(long, value_name = "OUT.h")]
    header: Option<PathBuf>,
    /// Where the reference in Markdown goes; `-` is standard output.
    #[arg(long, value_name = "OUT.md")]
    markdown: Option<PathBuf>,
    /// Leave the tables of names and fields out of the module.
    #[arg(long)]
    no_tables: bool,
    /// Write nothing; fail if an output is not what would be written.
    #[arg(long)]
    check: bool,
    /// Fail, and write nothing, if there is a warning.
    #[arg(long)]
    deny_warnings: bool,
    /// Do not print notes.
    #[arg(long, short)]
    quiet: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            complain(&format!("register-gen: {message}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let file = &arguments.file;
    let bytes =
        fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let reading = read_bytes(&bytes);
    for diagnostic in reading.diagnostics.list() {
        if !(arguments.quiet && diagnostic.severity == Severity::Note) {
            complain(&diagnostic.to_string());
        }
    }
    if reading.diagnostics.left_out() > 0 {
        complain(&format!("… and {} more", reading.diagnostics.left_out()));
    }
    let count = |severity| reading.diagnostics.count(severity);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    complain(&format!(
        "{name}: {}; {} errors, {} warnings, {} notes",
        size(&reading.device),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    ));
    if reading.diagnostics.has_errors() {
        return Err("nothing is generated from a description with errors".to_owned());
    }
    if arguments.deny_warnings && count(Severity::Warning) > 0 {
        return Err("there are warnings, and they are denied".to_owned());
    }
    let options = Options { source: name.to_string(), without_tables: arguments.no_tables };
    let mut outputs: Vec<(&Path, String)> = Vec::new();
    if let Some(path) = &arguments.rust {
        outputs.push((path, rust(&reading.device, &options)));
    }
    if let Some(path) = &arguments.volatile {
        outputs.push((path, volatile(&reading.device, &options)));
    }
    if let Some(path) = &arguments.header {
        outputs.push((path, header(&reading.device, &options)));
    }
    if let Some(path) = &arguments.markdown {
        outputs.push((path, markdown(&reading.device, &name)));
    }
    for (path, wanted) in outputs {
        settle(path, &wanted, arguments.check)?;
    }
    Ok(())
}

/// Writes an output, or says that it is not what it should be.
fn settle(path: &Path, wanted: &str, check: bool) -> Result<(), String> {
    if path.as_os_str() == "-" {
        return io::stdout()
            .write_all(wanted.as_bytes())
            .map_err(|error| format!("cannot write to standard output: {error}"));
    }
    if check {
        let there = fs::read_to_string(path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        return if there == wanted {
            Ok(())
        } else {
            Err(format!("{} is stale; run the same without --check", path.display()))
        };
    }
    fs::write(path, wanted).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// How much a description holds, in words.
fn size(device: &Device) -> String {
    fn add(block: &Block, registers: &mut usize, fields: &mut usize) {
        *registers += block.registers.len();
        *fields += block.registers.iter().map(|register| register.fields.len()).sum::<usize>();
        for cluster in &block.clusters {
            add(&cluster.block, registers, fields);
        }
    }
    let (mut registers, mut fields) = (0, 0);
    for peripheral in &device.peripherals {
        add(&peripheral.block, &mut registers, &mut fields);
    }
    format!("{} peripherals, {registers} registers, {fields} fields", device.peripherals.len())
}

/// A line for people. Nothing can be done if nobody listens.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
