//! The files of the crate: templates filled in, written all at once or not at all.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use register_map_codegen::{Identity, Options, markdown, rust};

use super::channel::Printer;
use super::crate_name::CrateName;
use super::description::Description;
use super::roles::Roles;
use super::{SheetArguments, model};
use crate::failure::Failure;

/// Everything that the crate is made of.
pub(super) struct Plan<'a> {
    pub(super) name: &'a CrateName,
    pub(super) description: &'a Description,
    pub(super) roles: &'a Roles<'a>,
    pub(super) sheet: SheetArguments,
    pub(super) workspace: Option<&'a Path>,
}

/// A file of the crate by its name, and what stands in it.
pub(super) type File = (String, String);

const TEMPLATES: &[(&str, &str)] = &[
    (".github/workflows/ci.yml", include_str!("templates/ci.yml.in")),
    (".gitignore", "/target\n"),
    ("Cargo.toml", include_str!("templates/Cargo.toml.in")),
    ("README.md", include_str!("templates/README.md.in")),
    ("examples/transfer.rs", include_str!("templates/transfer.rs.in")),
    ("src/bin/bench.rs", include_str!("templates/bench.rs.in")),
    ("src/bin/test.rs", include_str!("templates/test.rs.in")),
    ("src/channel.rs", include_str!("templates/channel.rs.in")),
    ("src/lib.rs", include_str!("templates/lib.rs.in")),
    ("src/model.rs", include_str!("templates/model.rs.in")),
    ("src/rig.rs", include_str!("templates/rig.rs.in")),
    ("tests/driver.rs", include_str!("templates/driver.rs.in")),
];

/// Our crates that the new one uses, with their folders.
const OURS: &[(&str, &str)] = &[
    ("ANYDMA", "."),
    ("BACKEND_MOCK", "backend-mock"),
    ("CONFORMANCE", "conformance"),
    ("DMA_CORE", "dma-core"),
    ("REGISTER_MAP", "register-map"),
];

impl Plan<'_> {
    /// All files, with their contents.
    pub(super) fn files(&self) -> Result<Vec<File>, Failure> {
        let words = self.words()?;
        let fill = |template: &str| {
            words.iter().fold(template.to_owned(), |text, (word, value)| {
                text.replace(&format!("@{word}@"), value)
            })
        };
        let mut files: Vec<File> =
            TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), fill(text))).collect();
        let device = self.description.device();
        let source = "registers.svd".to_owned();
        let options = Options { source: source.clone(), without_tables: false };
        files.push(("src/registers.rs".to_owned(), rust(device, &options)));
        files.push(("registers.md".to_owned(), markdown(device, &source)));
        files.push((source, self.description.text().to_owned()));
        files.sort();
        Ok(files)
    }

    /// What stands for what in the templates.
    fn words(&self) -> Result<Vec<(String, String)>, Failure> {
        let device = self.description.device();
        let SheetArguments { bits, memory_start, memory_bytes, longest } = self.sheet;
        let printer = Printer { device, roles: self.roles };
        let descriptor = printer.descriptor()?;
        let Some(Identity::Pci { vendor, device: id }) = device.identity else {
            return Err(Failure::because("make a driver", "the card has no PCI ids"));
        };
        let longest = longest.unwrap_or(memory_bytes).min(memory_bytes);
        if longest == 0 {
            let tried = "cut transfers into pieces of the longest length";
            return Err(Failure::because(tried, "--longest 0 is none"));
        }
        let start = &self.roles.to_card.start.entry;
        let rewritten = self.roles.ways().iter().any(|(way, _)| {
            let more = way.before.iter().chain(&way.finish).chain(&way.stop);
            more.map(|setting| &setting.entry).any(|entry| entry.place == way.start.entry.place)
        });
        let mut words: Vec<(&str, String)> = vec![
            ("NAME", self.name.to_string()),
            ("CRATE", self.name.underscored()),
            ("TYPE", self.name.pascal()),
            ("CARD", device.name.replace('"', "'")),
            ("IDS", format!("{vendor:04x}:{id:04x}")),
            ("BITS", bits.to_string()),
            ("MEMORY_START", format!("{memory_start:#x}")),
            ("MEMORY_BYTES", memory_bytes.to_string()),
            ("LONGEST", longest.to_string()),
            // Jobs go round the card's memory, if it is not too long for tests.
            ("LONGEST_JOB", (3 * memory_bytes).clamp(LONGEST_JOB / 16, LONGEST_JOB).to_string()),
            ("BOUNDS", printer.bounds()),
            ("FIELDS", printer.fields()?),
            ("FIELD_NAMES", printer.field_names()?),
            ("OPENING", printer.opening()?),
            ("START", printer.start()?),
            ("FINISH", printer.finish()?),
            ("STOP", printer.stop()?),
            ("BUSY", printer.busy()?),
            ("STATUS_FIELD", printer.status_field()?),
            ("WAYS", model::table(self.roles)),
            ("REGIONS", self.regions()),
            ("DOORBELL", start.name()),
            ("ROLES", self.told()),
            ("EXCEPTIONS", exceptions(bits, rewritten, memory_bytes)),
            ("DOORBELLS_COUNTED", (!rewritten).to_string()),
            (
                "DESCRIPTOR_BYTES",
                descriptor.as_ref().map_or("1".to_owned(), |block| {
                    format!("<{block} as register_map::Block>::SIZE")
                }),
            ),
        ];
        let (generics, types, memory, field, names, drop) = match &descriptor {
            Some(block) => (
                "S, R: Region",
                "S, R",
                format!(
                    "let request = Request::bytes(<{block} as Block>::SIZE).aligned(<{block} as Block>::ALIGNMENT.max(8)).within(AddressMask::bits(ADDRESS_BITS)).contiguous();\n\
                     let memory = device.memory().allocate(request).map_err(Into::<Error>::into)?;\n\
                     let descriptor = Shared::new(memory).map_err(|refused| refused.error)?;\n"
                ),
                "/// The descriptor of the transfer that runs.\ndescriptor: Shared<R>,\n",
                "descriptor, ",
                "Allocate, Region, Request, Shared, ",
            ),
            None => ("S", "S", String::new(), "", "", ""),
        };
        words.extend([
            ("R_GENERIC", if descriptor.is_some() { "R: Region" } else { "" }.to_owned()),
            ("GENERICS", generics.to_owned()),
            ("TYPES", types.to_owned()),
            ("DESCRIPTOR_OPENING", memory),
            ("DESCRIPTOR_FIELD", field.to_owned()),
            ("DESCRIPTOR_NAME", names.to_owned()),
            ("DESCRIPTOR_USES", drop.to_owned()),
            (
                "OF",
                if descriptor.is_some() {
                    "<B as Backend>::Space, <<B as Backend>::Lender as dma_core::Allocate>::Region"
                        .to_owned()
                } else {
                    "<B as Backend>::Space".to_owned()
                },
            ),
        ]);
        for (word, folder) in OURS {
            words.push((word, self.dependency(folder)?));
        }
        Ok(words.into_iter().map(|(word, value)| (word.to_owned(), value)).collect())
    }

    /// `{ version = "…" }` or `{ path = "…" }`, without the braces.
    fn dependency(&self, folder: &str) -> Result<String, Failure> {
        let Some(workspace) = self.workspace else {
            return Ok(format!("version = {:?}", env!("CARGO_PKG_VERSION")));
        };
        let tried = || format!("take anydma's sources from {}", workspace.display());
        let path = workspace.join(folder).canonicalize();
        let path = path.map_err(|error| Failure::of(tried(), &error))?;
        if !path.join("Cargo.toml").is_file() {
            return Err(Failure::because(tried(), format!("{folder} is no crate there")));
        }
        Ok(format!("path = {:?}", path.display().to_string()))
    }

    /// Bytes of each BAR.
    fn regions(&self) -> String {
        let device = self.description.device();
        let mut sizes = vec![0_u64; 1];
        for (at, peripheral) in device.peripherals.iter().enumerate() {
            let Some((region, base)) = device.place(at) else { continue };
            let region = usize::try_from(region).unwrap_or(0);
            if sizes.len() <= region {
                sizes.resize(region + 1, 0);
            }
            let end = (base + peripheral.block.size).max(peripheral.region_size);
            if let Some(size) = sizes.get_mut(region) {
                *size = end.max(*size).next_multiple_of(4096);
            }
        }
        sizes.iter().map(|size| format!("{size:#x}, ")).collect::<Vec<_>>().concat()
    }

    /// The roles, as a table of the README.
    fn told(&self) -> String {
        let rows = self.roles.told().into_iter();
        let rows = rows.map(|(role, register)| format!("| {role} | `{register}` |\n"));
        rows.collect::<Vec<_>>().concat()
    }
}

/// The longest job of the suite, in bytes.
const LONGEST_JOB: u64 = 3 << 20;

/// What does not apply to the card on the simulated machine.
fn exceptions(bits: u32, rewritten: bool, memory_bytes: u64) -> String {
    let mut rows = vec![
        ("two_engines_share_one_vector", "ONE_CHANNEL"),
        ("two_tasks_share_one_vector", "ONE_CHANNEL"),
        ("callers_memory_travels_both_ways", "NO_MEMORY"),
        ("callers_crooked_memory_is_bounced", "NO_MEMORY"),
        ("memory_that_is_not_whole_pages_is_refused", "NO_MEMORY"),
        ("direction_that_is_not_mapped_is_refused", "NO_MEMORY"),
        ("write_to_memory_mapped_for_reading_faults", "NO_MEMORY"),
        ("read_of_memory_mapped_for_writing_faults", "NO_MEMORY"),
        ("failing_unmap_leaks_the_callers_memory", "NO_OWNERS"),
        ("error_of_the_device_is_reported", "NO_STATUS"),
        ("misaligned_job_is_refused", "ANY_ALIGNMENT"),
    ];
    if bits == 64 {
        rows.push(("memory_beyond_the_mask_is_refused", "EVERY_ADDRESS"));
        rows.push(("address_above_the_mask_reaches_nothing", "EVERY_ADDRESS"));
    }
    if memory_bytes >= LONGEST_JOB {
        rows.push(("job_longer_than_the_window_laps", "LONG_MEMORY"));
    }
    if rewritten {
        rows.push(("batch_costs_one_doorbell", "NO_COUNT"));
    }
    let rows = rows.into_iter().map(|(name, reason)| format!("({name:?}, {reason}),\n"));
    rows.collect::<Vec<_>>().concat()
}

/// A folder that is being filled; gone, unless it was kept.
struct Staging(Option<PathBuf>);

impl Drop for Staging {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            // What is left then says itself what it is, by its name.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Writes the crate beside its place, and moves it there when it is whole.
pub(super) fn write(into: &Path, name: &CrateName, files: &[File]) -> Result<PathBuf, Failure> {
    let folder = into.join(name.to_string());
    let tried = || format!("make the folder {}", folder.display());
    if folder.symlink_metadata().is_ok() {
        return Err(Failure::because(tried(), "it is there already")
            .hint("take another name, or another place with --into"));
    }
    if !into.is_dir() {
        let reason = format!("{} is no folder", into.display());
        return Err(Failure::because(tried(), reason).hint("make it first"));
    }
    let staged = into.join(format!(".{name}.unfinished-{}", std::process::id()));
    fs::create_dir(&staged).map_err(|error| Failure::of(tried(), &error))?;
    let mut staging = Staging(Some(staged.clone()));
    for (file, text) in files {
        let path = staged.join(file);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = written.and_then(|()| fs::write(&path, text));
        written.map_err(|error| Failure::of(format!("write {file}"), &error))?;
    }
    format(&staged, files)?;
    fs::rename(&staged, &folder).map_err(|error| Failure::of(tried(), &error))?;
    staging.0 = None;
    Ok(folder)
}

/// Lets rustfmt break the lines, where it is installed; without it they are long, and right.
fn format(folder: &Path, files: &[File]) -> Result<(), Failure> {
    let is_source = |name: &&String| Path::new(name).extension().is_some_and(|it| it == "rs");
    let sources = files.iter().map(|(name, _)| name).filter(is_source);
    let mut command = Command::new("rustfmt");
    command.args(["--edition", "2024"]).args(sources).current_dir(folder);
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().replace('\n', " | ");
            Err(Failure::because("format what was made", said))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::of("run rustfmt", &error)),
    }
}
