//! Where unsafe code lives: a short list of files, each with its reason.
//!
//! Every source that the compiler reaches either stands under `#![forbid(unsafe_code)]` (its own,
//! or one further up) or is on the list in `xtask/unsafe-files.txt`. A listed file that has no
//! unsafe code any more must leave the list. Each unsafe block and impl has a `SAFETY` sentence.

mod finder;
mod modules;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

pub use finder::Counts;

use crate::error::{Error, Result, read, write};
use crate::source::Source;
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// What forbids it.
const FORBID: &str = "#![forbid(unsafe_code)]";

/// File of reasons, from the root.
const LIST: &str = "xtask/unsafe-files.txt";

/// Everything known about unsafe code in the project.
#[derive(Debug)]
pub struct UnsafeList {
    /// By file, from the root: what it has.
    files: BTreeMap<String, Counts>,
    /// Why a file may have it.
    reasons: BTreeMap<String, String>,
    /// How many sources forbid it.
    forbidden: usize,
    /// Sources that could forbid it and do not.
    open: Vec<PathBuf>,
    /// What is wrong.
    breaches: Vec<String>,
}

impl UnsafeList {
    /// Walks all sources of all workspaces.
    ///
    /// # Errors
    ///
    /// A source cannot be read or is not Rust, or the list is not of its form.
    pub fn find(workspace: &Workspace) -> Result<Self> {
        let reasons = parse(&read(&workspace.root.join(LIST))?)?;
        let mut reached = modules::Reached::default();
        for metadata in workspace.all_metadata()? {
            for package in metadata.workspace_packages() {
                for target in &package.targets {
                    reached.root(target.src_path.as_std_path())?;
                }
            }
        }
        let mut list = Self {
            files: BTreeMap::new(),
            reasons,
            forbidden: 0,
            open: Vec::new(),
            breaches: Vec::new(),
        };
        let mut passages = Vec::new();
        for (path, file) in reached.files() {
            let name = workspace.relative(path);
            if file.forbidden {
                list.forbidden += 1;
                continue;
            }
            let source = Source::read(path)?;
            let counts = finder::count(&source);
            for line in finder::unexplained(&source) {
                let breach = format!("{name}:{line}: no SAFETY sentence above");
                list.breaches.push(breach);
            }
            if counts.total() > 0 {
                list.files.insert(name, counts);
            } else {
                passages.push((path.clone(), file.below.clone()));
            }
        }
        list.judge(workspace, &passages);
        Ok(list)
    }

    /// Compares what was found with the list.
    fn judge(&mut self, workspace: &Workspace, passages: &[(PathBuf, BTreeSet<PathBuf>)]) {
        for name in self.files.keys() {
            if !self.reasons.contains_key(name) {
                let breach =
                    format!("{name}: has unsafe code and is not on the list: forbid it, or add it");
                self.breaches.push(breach);
            }
        }
        for name in self.reasons.keys() {
            if !self.files.contains_key(name) {
                let breach = format!("{name}: is on the list and has no unsafe code: take it off");
                self.breaches.push(breach);
            }
        }
        // A file without unsafe code may leave it open only for the sake of a file below it.
        for (path, below) in passages {
            let needed =
                below.iter().any(|path| self.files.contains_key(&workspace.relative(path)));
            if !needed {
                let name = workspace.relative(path);
                self.breaches.push(format!("{name}: add {FORBID} below its first lines"));
                self.open.push(path.clone());
            }
        }
        self.breaches.sort();
    }

    /// One line a file: what it has and why.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "blocks impls  fns traits other  file: reason");
        let mut sum = Counts::default();
        for (name, counts) in &self.files {
            let reason = self.reasons.get(name).map_or("", String::as_str);
            let _ = writeln!(text, "{counts}  {name}: {reason}");
            sum += *counts;
        }
        let _ = writeln!(
            text,
            "{sum}  in {} files; {} files forbid it",
            self.files.len(),
            self.forbidden
        );
        text
    }

    /// Writes the line that forbids it into every source that could have it.
    ///
    /// Generated sources are left alone: whoever declares their module forbids it there.
    ///
    /// # Errors
    ///
    /// A source cannot be read or written.
    pub fn mend(&self, workspace: &Workspace) -> Result<()> {
        for path in &self.open {
            let name = workspace.relative(path);
            if Source::read(path)?.is_generated() {
                println!("  {name}: generated: write #[forbid(unsafe_code)] above its `mod` line");
            } else {
                write(path, &forbidding(&read(path)?))?;
                println!("  {name}: mended");
            }
        }
        Ok(())
    }

    /// All is as the list says.
    ///
    /// # Errors
    ///
    /// Lists every breach.
    pub fn check(&self) -> Result<Verdict> {
        if self.breaches.is_empty() {
            let (files, forbidden) = (self.files.len(), self.forbidden);
            return Ok(Verdict::passed(format!(
                "{files} files with unsafe code, {forbidden} that forbid it"
            )));
        }
        Err(Error::new(format!(
            "{} breaches:\n    {}",
            self.breaches.len(),
            self.breaches.join("\n    ")
        ))
        .hint(format!("the list is {LIST}: one line a file, `path: reason`")))
    }
}

/// The suite `unsafe-list`: prints the table and checks it.
///
/// # Errors
///
/// As [`UnsafeList::find`] and [`UnsafeList::check`].
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let list = UnsafeList::find(workspace)?;
    print!("{}", list.table());
    list.check()
}

/// The text with the line that forbids unsafe code, below the comment that it begins with.
fn forbidding(text: &str) -> String {
    let header = text.lines().take_while(|line| line.starts_with("//!")).count();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(header, FORBID);
    lines.join("\n") + "\n"
}

/// `path: reason` lines; `#` begins a comment line.
fn parse(text: &str) -> Result<BTreeMap<String, String>> {
    let mut reasons = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let parts = line.split_once(": ").map(|(a, b)| (a.trim(), b.trim()));
        let Some((path, reason)) = parts.filter(|(_, reason)| !reason.is_empty()) else {
            let message = format!("{LIST}:{}: not `path: reason`", index + 1);
            return Err(Error::new(message).hint("say in one line why the file needs unsafe code"));
        };
        if reasons.insert(path.to_owned(), reason.to_owned()).is_some() {
            return Err(Error::new(format!("{LIST}:{}: {path} twice", index + 1)));
        }
    }
    Ok(reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The line goes below the first comment, and the rest stays as it is.
    #[test]
    fn forbidding_line_goes_below_the_header() {
        let text = "//! One noun.\n//!\n//! Why.\n\nuse a;\n";
        let mended = "//! One noun.\n//!\n//! Why.\n#![forbid(unsafe_code)]\n\nuse a;\n";
        assert_eq!(forbidding(text), mended);
        assert_eq!(forbidding("mod a;\n"), "#![forbid(unsafe_code)]\nmod a;\n");
    }

    // The list has a reason for each file, once.
    #[test]
    fn list_needs_a_reason_for_each_file() {
        let reasons = parse("# why\n\na/b.rs: asm\n").unwrap();
        assert_eq!(reasons["a/b.rs"], "asm");
        assert!(parse("a/b.rs\n").unwrap_err().to_string().contains(":1:"));
        assert!(parse("a/b.rs: \n").is_err());
        assert!(parse("a: x\na: y\n").unwrap_err().to_string().contains("twice"));
    }
}
