//! All checked-in outputs at once: written, or proven fresh.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::{Device, Diagnostic, Options, Severity, header, markdown, read_bytes, rust, volatile};

/// Where descriptions lie, and where what is made of them goes; from the root of the workspace.
const PLACES: &[Place] = &[
    Place {
        descriptions: "register-map/descriptions",
        outputs: &[
            (Form::Rust, "register-map/src"),
            (Form::Volatile, "register-map/src/volatile"),
            (Form::Header, "register-map/include"),
            (Form::Markdown, "docs/registers"),
        ],
    },
    // The card of the guide for vendors.
    Place {
        descriptions: "examples/courier",
        outputs: &[(Form::Rust, "examples/courier/src"), (Form::Markdown, "examples/courier")],
    },
    Place {
        descriptions: "register-map/codegen/tests/corpus",
        outputs: &[
            (Form::Rust, "register-map/codegen/tests/suite/generated"),
            (Form::Volatile, "register-map/codegen/tests/suite/generated/volatile"),
            (Form::Header, "register-map/codegen/tests/include"),
        ],
    },
];

struct Place {
    descriptions: &'static str,
    outputs: &'static [(Form, &'static str)],
}

/// What is made of a description.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Rust,
    Volatile,
    Header,
    Markdown,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Self::Rust | Self::Volatile => "rs",
            Self::Header => "h",
            Self::Markdown => "md",
        }
    }

    fn print(self, device: &Device, options: &Options) -> String {
        match self {
            Self::Rust => rust(device, options),
            Self::Volatile => volatile(device, options),
            Self::Header => header(device, options),
            Self::Markdown => markdown(device, &options.source),
        }
    }
}

/// What was done.
#[derive(Clone, Default, Debug)]
pub struct Report {
    /// Files that were as they should be.
    pub fresh: Vec<PathBuf>,
    /// Files that were written.
    pub written: Vec<PathBuf>,
    /// Files that differ from what would be generated, or are not there: only when checking.
    pub stale: Vec<PathBuf>,
    /// Warnings and notes about descriptions of devices.
    pub diagnostics: Vec<(PathBuf, Diagnostic)>,
}

/// Why nothing could be generated.
#[derive(Debug)]
pub enum RegenError {
    /// A file or folder could not be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// What was tried.
        verb: &'static str,
        /// What the system answered.
        source: io::Error,
    },
    /// A description has errors.
    Description {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        errors: Vec<Diagnostic>,
    },
}

impl fmt::Display for RegenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, verb, source } => {
                write!(f, "cannot {verb} {}: {source}", path.display())
            }
            Self::Description { path, errors } => {
                write!(f, "{}: nothing is generated from it", path.display())?;
                for error in errors {
                    write!(f, "\n{error}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for RegenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Description { .. } => None,
        }
    }
}

/// Regenerates everything below `root`, the folder of the workspace; with `check` it writes
/// nothing and says what is stale.
///
/// # Errors
///
/// The first description that has errors, or the first file that cannot be read or written.
pub fn regen(root: &Path, check: bool) -> Result<Report, RegenError> {
    let mut report = Report::default();
    for place in PLACES {
        for description in descriptions(&root.join(place.descriptions))? {
            let bytes =
                fs::read(&description).map_err(|source| failed(&description, "read", source))?;
            let reading = read_bytes(&bytes);
            let found = reading.diagnostics.list();
            if reading.diagnostics.has_errors() {
                let errors =
                    found.iter().filter(|it| it.severity == Severity::Error).cloned().collect();
                return Err(RegenError::Description { path: description, errors });
            }
            // What is said of the corpus is known, and a test of its own.
            if place.outputs.iter().any(|(form, _)| *form == Form::Markdown) {
                report.diagnostics.extend(found.iter().map(|it| (description.clone(), it.clone())));
            }
            let name = description.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let options = Options { source: name.clone(), without_tables: false };
            for (form, folder) in place.outputs {
                let path = root.join(folder).join(&name).with_extension(form.extension());
                settle(&mut report, path, &form.print(&reading.device, &options), check)?;
            }
        }
    }
    Ok(report)
}

/// The descriptions in a folder, by name. A folder that is not there has none.
fn descriptions(folder: &Path) -> Result<Vec<PathBuf>, RegenError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(folder, "read", error)),
    };
    let mut out = Vec::new();
    for entry in entries {
        let path = entry.map_err(|source| failed(folder, "read", source))?.path();
        if path.extension().is_some_and(|extension| extension == "svd") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// Compares a file with what it should be, and writes it unless only checking.
fn settle(report: &mut Report, path: PathBuf, wanted: &str, check: bool) -> Result<(), RegenError> {
    let there = match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(&path, "read", error)),
    };
    if there.as_deref() == Some(wanted) {
        report.fresh.push(path);
    } else if check {
        report.stale.push(path);
    } else {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| failed(folder, "create", source))?;
        }
        fs::write(&path, wanted).map_err(|source| failed(&path, "write", source))?;
        report.written.push(path);
    }
    Ok(())
}

fn failed(path: &Path, verb: &'static str, source: io::Error) -> RegenError {
    RegenError::File { path: path.to_path_buf(), verb, source }
}
