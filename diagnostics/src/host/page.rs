//! A host's files as one page of text, and back.
//!
//! ```text
//! anydma-host 1
//! origin synthetic: NVIDIA Jetson TX2, JetPack 3.3
//! architecture aarch64
//! page-size 4096
//! node /dev/vfio/vfio 0666 0 0 yes -
//! link /sys/bus/pci/devices/0000:01:00.0 ../../../devices/pci0000:00/0000:01:00.0
//! folder /sys/module/vfio
//! file /proc/sys/kernel/osrelease
//!   4.4.38-tegra
//! ```
//!
//! A node has its permission bits, its owner and group, whether one may open it, and the process
//! that has it open. The lines of a file are set in by two spaces; what is no text in them is
//! written as `\x00`. A file without lines is empty, or was not looked into.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use host_linux::Node;

use super::HostFilesError;
use super::tree::{Entry, FIRST_LINE, HEADER, Header};

/// A host's files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HostFiles {
    pub(super) header: Header,
    pub(super) entries: BTreeMap<String, Entry>,
}

impl Header {
    /// Reads the first page of a folder.
    pub(super) fn parse(text: &str) -> Result<Self, HostFilesError> {
        HostFiles::parse(text).map(|files| files.header)
    }

    fn write(&self) -> String {
        let Self { origin, architecture, page_size, nodes } = self;
        let mut text = format!("{FIRST_LINE}\norigin {origin}\n");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "architecture {architecture}\npage-size {page_size}");
        for (path, node) in nodes {
            let Node { mode, user, group, permitted, holder } = node;
            let permitted = if *permitted { "yes" } else { "no" };
            let holder = holder.map_or("-".to_owned(), |number| number.to_string());
            let _ = writeln!(text, "node {path} {mode:04o} {user} {group} {permitted} {holder}");
        }
        text
    }
}

impl HostFiles {
    /// Reads a page.
    ///
    /// # Errors
    ///
    /// It is none, or a line of it makes no sense; the error has its number.
    pub fn parse(text: &str) -> Result<Self, HostFilesError> {
        let mut lines = (1..).zip(text.lines());
        if lines.next().is_none_or(|(_, line)| line != FIRST_LINE) {
            return Err(HostFilesError::line(1, "it does not begin with `anydma-host 1`"));
        }
        let mut files = Self::default();
        let mut open: Option<String> = None;
        for (number, line) in lines {
            if let Some(content) = line.strip_prefix("  ") {
                let Some(Entry::File(text)) =
                    open.as_ref().and_then(|path| files.entries.get_mut(path))
                else {
                    return Err(HostFilesError::line(number, "a file's line without its file"));
                };
                text.push_str(&unescaped(content));
                text.push('\n');
                continue;
            }
            open = None;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = || HostFilesError::line(number, "it makes no sense");
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "origin" => rest.clone_into(&mut files.header.origin),
                "architecture" => rest.clone_into(&mut files.header.architecture),
                "page-size" => files.header.page_size = rest.parse().map_err(|_| bad())?,
                "node" => {
                    let (path, node) = node(rest).ok_or_else(bad)?;
                    files.header.nodes.insert(within(path).ok_or_else(bad)?, node);
                }
                "folder" => {
                    files.entries.insert(within(rest).ok_or_else(bad)?, Entry::Folder);
                }
                "link" => {
                    let (path, target) = rest.split_once(' ').ok_or_else(bad)?;
                    let path = within(path).filter(|path| stays(path, target)).ok_or_else(bad)?;
                    files.entries.insert(path, Entry::Link(target.to_owned()));
                }
                "file" => {
                    let path = within(rest).ok_or_else(bad)?;
                    files.entries.insert(path.clone(), Entry::File(String::new()));
                    open = Some(path);
                }
                _ => return Err(bad()),
            }
        }
        Ok(files)
    }

    /// As a page.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = self.header.write();
        for (path, entry) in &self.entries {
            // Writing to a string cannot fail.
            let _ = match entry {
                Entry::Folder => writeln!(text, "folder {path}"),
                Entry::Link(target) => writeln!(text, "link {path} {target}"),
                Entry::There => writeln!(text, "file {path}"),
                Entry::File(content) => {
                    let _ = writeln!(text, "file {path}");
                    content.lines().try_for_each(|line| writeln!(text, "  {}", escaped(line)))
                }
            };
        }
        text
    }

    /// Where the files come from.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.header.origin
    }

    /// Lays the files out below an empty folder, for [`Tree::at`](super::Tree::at).
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn unpack(&self, folder: &Path) -> Result<(), HostFilesError> {
        let place = |path: &str| folder.join(path.trim_start_matches('/'));
        let refused = |path: &Path| {
            let path: PathBuf = path.to_owned();
            move |error| HostFilesError::io("write", &path, error)
        };
        fs::create_dir_all(folder).map_err(refused(folder))?;
        let page = folder.join(HEADER);
        fs::write(&page, self.header.write()).map_err(refused(&page))?;
        // Links last: what is named through one lies behind it then.
        let is_link = |entry: &Entry| matches!(entry, Entry::Link(_));
        let (links, others): (Vec<_>, Vec<_>) =
            self.entries.iter().partition(|(_, entry)| is_link(entry));
        for (path, entry) in others.into_iter().chain(links) {
            let path = place(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(refused(parent))?;
            }
            let done = match entry {
                Entry::Folder => fs::create_dir_all(&path),
                Entry::There => fs::write(&path, ""),
                Entry::File(text) => fs::write(&path, text),
                Entry::Link(target) => symlink(target, &path),
            };
            done.map_err(refused(&path))?;
        }
        Ok(())
    }
}

/// A path that stays below its root.
fn within(path: &str) -> Option<String> {
    let good = path.starts_with('/') && path.split('/').all(|part| part != "..");
    good.then(|| path.to_owned())
}

/// Whether a link leads to a place below the root.
fn stays(path: &str, target: &str) -> bool {
    // The root and the link itself are no steps down.
    let mut depth = path.split('/').count().saturating_sub(2);
    !target.starts_with('/')
        && target.split('/').all(|part| match part {
            ".." if depth == 0 => false,
            ".." => {
                depth -= 1;
                true
            }
            "" | "." => true,
            _ => {
                depth += 1;
                true
            }
        })
}

/// `PATH 0660 0 5 yes 123`.
fn node(text: &str) -> Option<(&str, Node)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [path, mode, user, group, permitted, holder] = words.as_slice() else { return None };
    let node = Node {
        mode: u32::from_str_radix(mode, 8).ok()?,
        user: user.parse().ok()?,
        group: group.parse().ok()?,
        permitted: match *permitted {
            "yes" => true,
            "no" => false,
            _ => return None,
        },
        holder: if *holder == "-" { None } else { Some(holder.parse().ok()?) },
    };
    Some((path, node))
}

fn escaped(line: &str) -> String {
    let mut text = String::new();
    for letter in line.chars() {
        match letter {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push('\t'),
            control if control.is_control() => {
                let _ = write!(text, "\\x{:02x}", u32::from(control));
            }
            letter => text.push(letter),
        }
    }
    text
}

fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let code = after.strip_prefix('x').and_then(|digits| digits.get(..2));
        if let Some(byte) = code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            text.push(char::from(byte));
            rest = &after[3..];
        } else {
            text.push('\\');
            rest = after.strip_prefix('\\').unwrap_or(after);
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "anydma-host 1\norigin synthetic: x\narchitecture aarch64\npage-size 65536\n\
        node /dev/vfio/5 0660 0 5 no 17\nfile /a/b\n  one \\\\ \\x00\\x01\n  two\nfolder /c\n\
        link /c/d ../a/b\n";

    // A page is read and written the same, whatever bytes are in it.
    #[test]
    fn pages_go_there_and_back() {
        let files = HostFiles::parse(PAGE).unwrap();
        assert_eq!(files.to_text(), PAGE);
        assert_eq!(files.entries["/a/b"], Entry::File("one \\ \0\u{1}\ntwo\n".to_owned()));
        assert_eq!(files.header.nodes["/dev/vfio/5"].holder, Some(17));
    }

    // What is no page is refused with the line; nothing leads out of the folder.
    #[test]
    fn nonsense_is_refused_with_its_line() {
        for (text, part) in [
            ("hello", "line 1"),
            ("anydma-host 1\n  a", "line 2"),
            ("anydma-host 1\nnode /x 9999 0 0 yes -", "line 2"),
            ("anydma-host 1\n\nfile /a/../../b", "line 3"),
            ("anydma-host 1\nsurprise", "line 2"),
            ("anydma-host 1\nlink /a/b /etc", "line 2"),
            ("anydma-host 1\nlink /a/b ../../etc", "line 2"),
        ] {
            let error = HostFiles::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
