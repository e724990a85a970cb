//! The files that tell about a host: its own, or those of another one in a folder.
//!
//! Whatever is looked at is remembered, so that it can be written down for somebody else. What a
//! file cannot say of another host stands in the folder's first page, [`HEADER`]: its processor,
//! its size of pages, who may open which node.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use host_linux::{HostError, Node, Sysfs};

use super::{HostFiles, HostFilesError};

/// The page in a copy's folder with what its files do not say.
pub(super) const HEADER: &str = "anydma-host";

/// The first line of that page.
pub(super) const FIRST_LINE: &str = "anydma-host 1";

/// A host's files.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    /// A folder that is removed in the end.
    scratch: Option<Scratch>,
    header: Option<Header>,
    seen: RefCell<Seen>,
}

/// What a copy says besides its files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Header {
    /// Where it comes from.
    pub(super) origin: String,
    pub(super) architecture: String,
    pub(super) page_size: u64,
    pub(super) nodes: BTreeMap<String, Node>,
}

/// What was looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) entries: BTreeMap<String, Entry>,
    pub(super) nodes: BTreeMap<String, Node>,
    /// Files that are there and could not be read, with the system's word.
    pub(super) refused: BTreeMap<String, String>,
}

/// One place in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Entry {
    Folder,
    /// It is there, and its content was not looked at.
    There,
    File(String),
    Link(String),
}

impl Tree {
    /// This host.
    #[must_use]
    pub fn live() -> Self {
        Self { root: PathBuf::from("/"), scratch: None, header: None, seen: RefCell::default() }
    }

    /// A host whose files are below a folder: a copy made by [`capture`](super::capture()), or the
    /// root of another system.
    ///
    /// # Errors
    ///
    /// There is no such folder, or its first page makes no sense.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self, HostFilesError> {
        let root = root.into();
        let page = root.join(HEADER);
        let header = match fs::read_to_string(&page) {
            Ok(text) => Some(Header::parse(&text).map_err(|error| error.of(&page))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound && root.is_dir() => None,
            Err(error) => return Err(HostFilesError::io("read", &page, error)),
        };
        Ok(Self { root, scratch: None, header, seen: RefCell::default() })
    }

    /// A host by its page; the files are laid out in a folder for temporary ones.
    ///
    /// # Errors
    ///
    /// They cannot be written there.
    pub fn of(files: &HostFiles) -> Result<Self, HostFilesError> {
        let scratch = Scratch::new()?;
        files.unpack(&scratch.0)?;
        let mut tree = Self::at(&scratch.0)?;
        tree.scratch = Some(scratch);
        Ok(tree)
    }

    /// A host by what was captured of it: the folder, or the page.
    ///
    /// # Errors
    ///
    /// It cannot be read or makes no sense.
    pub fn open(path: &Path) -> Result<Self, HostFilesError> {
        if path.is_dir() {
            return Self::at(path);
        }
        let text =
            fs::read_to_string(path).map_err(|error| HostFilesError::io("read", path, error))?;
        Self::of(&HostFiles::parse(&text).map_err(|error| error.of(path))?)
    }

    /// Whether it is this host.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.root == Path::new("/")
    }

    /// Where a copy comes from; `None` of a host itself.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.header.as_ref().map(|header| header.origin.as_str())
    }

    /// As Rust names it: `x86_64`, `aarch64`.
    #[must_use]
    pub fn architecture(&self) -> &str {
        let told = self.header.as_ref().map(|header| header.architecture.as_str());
        told.unwrap_or(std::env::consts::ARCH)
    }

    /// Bytes of a page.
    #[must_use]
    pub fn page_size(&self) -> u64 {
        let told = self.header.as_ref().map(|header| header.page_size);
        told.unwrap_or(host_linux::page_size() as u64)
    }

    /// Its sysfs.
    #[must_use]
    pub fn sysfs(&self) -> Sysfs {
        Sysfs::at(self.root.join("sys"))
    }

    pub(super) fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    /// Where a file of the host is here.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    fn note(&self, path: &str, entry: Entry) {
        let mut seen = self.seen.borrow_mut();
        let old = seen.entries.get(path);
        if matches!(old, None | Some(Entry::There)) {
            seen.entries.insert(path.to_owned(), entry);
        }
    }

    fn refused(&self, path: &str, error: &dyn std::fmt::Display) {
        self.seen.borrow_mut().refused.insert(path.to_owned(), error.to_string());
    }

    /// The content of a file, without white space around it; `None` if there is none to be read.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        match fs::read(self.place(path)) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                self.note(path, Entry::File(text.clone()));
                Some(text.trim_matches(['\0', '\n', ' ', '\t', '\r']).to_owned())
            }
            Err(error) if missing(&error) => None,
            Err(error) => {
                self.refused(path, &error);
                None
            }
        }
    }

    /// Whether something is there.
    pub(super) fn exists(&self, path: &str) -> bool {
        let place = self.place(path);
        let there = place.exists();
        if there {
            self.note(path, if place.is_dir() { Entry::Folder } else { Entry::There });
        }
        there
    }

    /// The names in a folder, sorted; none if there is no such folder.
    pub(super) fn names(&self, path: &str) -> Vec<String> {
        let entries = match fs::read_dir(self.place(path)) {
            Ok(entries) => entries,
            Err(error) if missing(&error) => return Vec::new(),
            Err(error) => {
                self.refused(path, &error);
                return Vec::new();
            }
        };
        self.note(path, Entry::Folder);
        let mut names: Vec<String> = entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        for name in &names {
            let child = format!("{path}/{name}");
            if self.target(&child).is_none() {
                self.exists(&child);
            }
        }
        names
    }

    /// What a symbolic link says, whole.
    pub(super) fn target(&self, path: &str) -> Option<String> {
        let target = fs::read_link(self.place(path)).ok()?.to_string_lossy().into_owned();
        self.note(path, Entry::Link(target.clone()));
        Some(target)
    }

    /// A node below `/dev`.
    pub(super) fn node(&self, path: &str) -> Option<Node> {
        let found = match &self.header {
            Some(header) => Ok(header.nodes.get(path).copied()),
            None => Node::find(&self.place(path)),
        };
        match found {
            Ok(node) => {
                self.seen.borrow_mut().nodes.extend(node.map(|node| (path.to_owned(), node)));
                node
            }
            Err(error) => {
                self.refused(path, &error);
                None
            }
        }
    }

    /// What a look at a device answered, or nothing; a refusal is remembered.
    pub(super) fn told<T>(&self, path: &str, answer: Result<T, HostError>) -> Option<T> {
        answer.map_err(|error| self.refused(path, &error)).ok()
    }
}

/// A folder of its own, gone when it is dropped.
#[derive(Debug)]
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, HostFilesError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("anydma-host-{process}-{count}"));
        // Its name can be guessed: a folder of somebody else's there is an error.
        fs::create_dir(&folder).map_err(|error| HostFilesError::io("create", &folder, error))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left in a folder for temporary files is cleaned up by others.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// There is no such file, or no such place: a part of the path may be a file.
fn missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        // Attributes of devices that do not have them.
        || matches!(error.raw_os_error(), Some(19 | 22 | 95 | 61))
}
