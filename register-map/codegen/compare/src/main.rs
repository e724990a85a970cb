//! Compares what the generator reads with what svd2rust generates.
//!
//! `compare-svd2rust FILE.svd…`, or all of the folder in `ANYDMA_SVD_DIR`. Every single register
//! of the two must be at the same offset of the same peripheral, as wide, and with the same
//! fields at the same bits. Exit code 1 if not. A file that svd2rust refuses is named.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

mod ours;
mod theirs;

/// Registers by peripheral.
type Found = BTreeMap<String, BTreeSet<Register>>;

/// A register at its place, by what must be equal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Register {
    offset: u64,
    bits: u32,
    fields: Vec<Field>,
}

/// A field, by what must be equal; the name without case and joints.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Field {
    offset: u32,
    width: u32,
    name: String,
}

impl Register {
    fn new(offset: u64, bits: u32, mut fields: Vec<Field>) -> Self {
        fields.sort();
        fields.dedup();
        Self { offset, bits, fields }
    }
}

/// A name without case and joints: the two spell names in different ways.
fn normal(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
}

fn main() -> ExitCode {
    let files = match files() {
        Ok(files) => files,
        Err(message) => {
            eprintln!("compare-svd2rust: {message}");
            return ExitCode::from(2);
        }
    };
    let mut same = true;
    for file in files {
        match compare(&file) {
            Ok(equal) => same &= equal,
            Err(message) => {
                eprintln!("{}: {message}", file.display());
                same = false;
            }
        }
    }
    if same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn files() -> Result<Vec<PathBuf>, String> {
    let mut files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        let folder = std::env::var_os("ANYDMA_SVD_DIR")
            .ok_or("name SVD files, or set ANYDMA_SVD_DIR to a folder of them")?;
        let entries = std::fs::read_dir(&folder)
            .map_err(|error| format!("{}: {error}", PathBuf::from(&folder).display()))?;
        files = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "svd"));
        files.sort();
    }
    if files.is_empty() { Err("there is no SVD file".to_owned()) } else { Ok(files) }
}

fn compare(file: &std::path::Path) -> Result<bool, String> {
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let reading = register_map_codegen::read_bytes(&bytes);
    let text = String::from_utf8_lossy(&bytes);
    if reading.diagnostics.has_errors() {
        return Err("the description has errors".to_owned());
    }
    let ours = ours::registers(&reading.device);
    // svd2rust refuses a whole file for these spellings, which vendors use.
    let text =
        text.replace(">writeonce<", ">writeOnce<").replace("read-writeonce", "read-writeOnce");
    let name = file.file_name().unwrap_or_default().display();
    let code = match svd2rust::generate(&text, &svd2rust::Config::default()) {
        Ok(code) => code,
        Err(error) => {
            println!("{name}: not compared, svd2rust refuses it: {error:#}");
            return Ok(true);
        }
    };
    let theirs = theirs::registers(&code.lib_rs)?;
    let differences = differences(&ours, &theirs);
    for difference in differences.iter().take(20) {
        println!("  {difference}");
    }
    let registers: usize = theirs.values().map(BTreeSet::len).sum();
    let fields: usize = theirs.values().flatten().map(|register| register.fields.len()).sum();
    println!(
        "{}: {} peripherals, {registers} registers, {fields} fields of svd2rust compared; {} differences",
        name,
        theirs.len(),
        differences.len()
    );
    Ok(differences.is_empty() && registers > 0)
}

/// Parts of the processor, which svd2rust leaves to another crate.
const OF_THE_CORE: &[&str] = &[
    "cbp", "cpuid", "dcb", "dwt", "fpb", "fpu", "icb", "itm", "mpu", "nvic", "sau", "scb", "syst",
    "systick", "tpiu",
];

/// What only one of the two has.
fn differences(ours: &Found, theirs: &Found) -> Vec<String> {
    let mut out = Vec::new();
    let nothing = BTreeSet::new();
    let names: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    for name in names {
        if OF_THE_CORE.contains(&name.as_str()) && !theirs.contains_key(name) {
            continue;
        }
        let (our, their) =
            (ours.get(name).unwrap_or(&nothing), theirs.get(name).unwrap_or(&nothing));
        out.extend(our.difference(their).map(|it| format!("only ours: {name} {it:x?}")));
        out.extend(their.difference(our).map(|it| format!("only svd2rust's: {name} {it:x?}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMER: &str = "<device><name>D</name><version>1</version><description>d</description>
        <addressUnitBits>8</addressUnitBits><width>32</width><size>32</size><access>read-write</access>
        <peripherals><peripheral><name>TIMER</name><baseAddress>0x1000</baseAddress><registers>
        <register><name>COUNT</name><addressOffset>0x4</addressOffset><fields>
        <field><name>LOW</name><bitRange>[7:0]</bitRange></field></fields></register>
        <register><dim>3</dim><dimIncrement>8</dimIncrement><name>ROW[%s]</name><addressOffset>0x10</addressOffset></register>
        </registers></peripheral></peripherals></device>";

    fn both(ours: &str, theirs: &str) -> Vec<String> {
        let ours = ours::registers(&register_map_codegen::read(ours).device);
        let code = svd2rust::generate(theirs, &svd2rust::Config::default())
            .unwrap_or_else(|error| panic!("{error:#}"));
        let theirs = theirs::registers(&code.lib_rs).unwrap_or_else(|error| panic!("{error}"));
        differences(&ours, &theirs)
    }

    // Equal descriptions compare equal, and each single change is found.
    #[test]
    fn a_moved_register_or_field_is_a_difference() {
        assert_eq!(both(TIMER, TIMER), Vec::<String>::new());
        for (old, new) in [
            ("0x4<", "0x8<"),
            ("[7:0]", "[8:0]"),
            ("[7:0]", "[8:1]"),
            ("<dim>3", "<dim>4"),
            ("ment>8", "ment>16"),
            ("LOW", "HIGH"),
            ("<size>32", "<size>16"),
        ] {
            assert!(!both(&TIMER.replace(old, new), TIMER).is_empty(), "{old} to {new}");
        }
    }
}
