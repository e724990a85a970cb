//! `fuzz-descriptions FOLDER SECONDS [SEED] [LIBRARIES]`: for every toolchain.
//!
//! Changes the descriptions of a folder one to eight times each and checks every answer of the
//! generator. With `LIBRARIES`, the `deps` folder of a build of `register-map`, now and then the
//! output is compiled too: code that does not compile is as bad as a panic. What broke something
//! is left in `broken.svd`.
#![forbid(unsafe_code)]

use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use mutations::{Answer, Random, check, mutate};

/// One output in this many is compiled.
const COMPILED: usize = 20;

/// Output longer than this is not parsed again; that would take most of the time.
const LONGEST: usize = 300_000;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("fuzz-descriptions: {error}");
            eprintln!("usage: fuzz-descriptions FOLDER SECONDS [SEED] [LIBRARIES]");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().ok_or("no folder of descriptions")?;
    let seconds = arguments.get(1).ok_or("no time in seconds")?.parse()?;
    let seed = arguments.get(2).map_or(Ok(1), |text| text.parse())?;
    let library = arguments.get(3).map(|path| library(Path::new(path))).transpose()?;
    let mut seeds = Vec::new();
    for entry in fs::read_dir(folder)? {
        seeds.push(fs::read_to_string(entry?.path())?);
    }
    if seeds.is_empty() {
        return Err("the folder is empty".into());
    }
    seeds.sort();
    let mut random = Random::new(seed);
    let (mut inputs, mut answers, mut compiled) = (0usize, 0usize, 0usize);
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        let mut text = random.choose(&seeds).cloned().unwrap_or_default();
        for _ in 0..=random.below(8) {
            let other = random.choose(&seeds).cloned().unwrap_or_default();
            text = mutate(&text, &other, &mut random);
        }
        inputs += 1;
        let Ok(answer) = catch_unwind(AssertUnwindSafe(|| check(&text))) else {
            fs::write("broken.svd", &text)?;
            println!("input {inputs} of seed {seed} broke the generator: see broken.svd");
            return Ok(false);
        };
        let Answer::Code(code, cells) = answer else { continue };
        answers += 1;
        let broken = |text: &str| text.len() <= LONGEST && syn::parse_file(text).is_err();
        if broken(&code) || broken(&cells) {
            fs::write("broken.svd", &text)?;
            println!("input {inputs} of seed {seed} gives no Rust: see broken.svd");
            return Ok(false);
        }
        if let Some(library) = &library
            && answers.is_multiple_of(COMPILED)
        {
            compiled += 1;
            if let Err(complaint) = compile(&code, library)? {
                fs::write("broken.svd", &text)?;
                println!(
                    "input {inputs} of seed {seed} does not compile: see broken.svd\n{complaint}"
                );
                return Ok(false);
            }
        }
    }
    println!("{inputs} inputs, {answers} with output, {compiled} of these compiled, nothing broke");
    Ok(true)
}

/// The newest build of `register-map` in a folder.
fn library(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let mut newest = None;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let built = entry.path().extension().is_some_and(|extension| extension == "rmeta");
        if built && name.starts_with("libregister_map-") {
            newest = newest.max(Some((entry.metadata()?.modified()?, entry.path())));
        }
    }
    newest.map(|(_, path)| path).ok_or_else(|| "there is no build of register-map".into())
}

/// Compiles a module; what the compiler said if it does not.
fn compile(code: &str, library: &Path) -> Result<Result<(), String>, Box<dyn Error>> {
    let file = std::env::temp_dir().join(format!("fuzz-{}.rs", std::process::id()));
    fs::write(&file, format!("#![no_std]\n{code}"))?;
    let output = Command::new("rustc")
        .args(["--edition=2024", "--crate-type=lib", "--crate-name=fuzz", "--emit=metadata", "-o"])
        .arg(file.with_extension("rmeta"))
        .arg("-L")
        .arg(library.parent().unwrap_or(Path::new(".")))
        .arg("--extern")
        .arg(format!("register_map={}", library.display()))
        .arg("-Dwarnings")
        .arg(&file)
        .output()?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Ok(Err(complaint.lines().take(40).collect::<Vec<_>>().join("\n")))
}
