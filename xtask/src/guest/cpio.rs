//! An archive that the kernel unpacks as its initial files ("newc" cpio).
//!
//! Each entry is a header of 110 ASCII characters (13 numbers of 8 hexadecimal digits behind a
//! magic), its name with a zero at the end, and its content, both padded to 4 bytes. Archives may
//! stand one behind the other, which makes parts that can be kept.

use std::path::Path;

use crate::error::{Context, Result};

const MAGIC: &str = "070701";
const FOLDER: u32 = 0o040_000;
const FILE: u32 = 0o100_000;
const LINK: u32 = 0o120_000;
const CHARACTER_DEVICE: u32 = 0o020_000;

/// An archive that grows by entries.
#[derive(Debug, Default)]
pub struct Archive {
    bytes: Vec<u8>,
    entries: u32,
}

impl Archive {
    /// A folder; those above it must have come before.
    ///
    /// # Errors
    ///
    /// As for every entry: name or content is longer than the form can say, 4 GiB.
    pub fn folder(self, path: &str) -> Result<Self> {
        self.entry(path, FOLDER | 0o755, (0, 0), &[])
    }

    /// A file that can be read, or also run.
    ///
    /// # Errors
    ///
    /// As [`Archive::folder`].
    pub fn file(self, path: &str, executable: bool, content: &[u8]) -> Result<Self> {
        let mode = if executable { 0o755 } else { 0o644 };
        self.entry(path, FILE | mode, (0, 0), content)
    }

    /// A copy of a file of this host.
    ///
    /// # Errors
    ///
    /// It cannot be read; and as [`Archive::folder`].
    pub fn copy(self, path: &str, executable: bool, from: &Path) -> Result<Self> {
        let content = std::fs::read(from).context(format_args!("read {}", from.display()))?;
        self.file(path, executable, &content)
    }

    /// A symbolic link.
    ///
    /// # Errors
    ///
    /// As [`Archive::folder`].
    pub fn link(self, path: &str, target: &str) -> Result<Self> {
        self.entry(path, LINK | 0o777, (0, 0), target.as_bytes())
    }

    /// A character device.
    ///
    /// # Errors
    ///
    /// As [`Archive::folder`].
    pub fn device(self, path: &str, major: u32, minor: u32) -> Result<Self> {
        self.entry(path, CHARACTER_DEVICE | 0o600, (major, minor), &[])
    }

    /// The archive with its end.
    ///
    /// # Errors
    ///
    /// As [`Archive::folder`].
    pub fn finish(self) -> Result<Vec<u8>> {
        Ok(self.entry("TRAILER!!!", 0, (0, 0), &[])?.bytes)
    }

    fn entry(mut self, path: &str, mode: u32, device: (u32, u32), content: &[u8]) -> Result<Self> {
        let path = path.trim_start_matches('/');
        self.entries += 1;
        let links = if mode & FOLDER == FOLDER { 2 } else { 1 };
        let size = u32::try_from(content.len()).context(format_args!("size of {path}"))?;
        let name_size = u32::try_from(path.len() + 1).context("length of a name")?;
        let (user, group, time, check) = (0, 0, 0, 0);
        let (major, minor) = (0, 0);
        self.bytes.extend_from_slice(MAGIC.as_bytes());
        for number in [
            self.entries,
            mode,
            user,
            group,
            links,
            time,
            size,
            major,
            minor,
            device.0,
            device.1,
            name_size,
            check,
        ] {
            self.bytes.extend_from_slice(format!("{number:08x}").as_bytes());
        }
        self.bytes.extend_from_slice(path.as_bytes());
        self.bytes.push(0);
        self.pad();
        self.bytes.extend_from_slice(content);
        self.pad();
        Ok(self)
    }

    fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, mode and content of each entry, read as the kernel does.
    fn entries(mut bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            assert_eq!(&bytes[..6], MAGIC.as_bytes());
            let number = |index: usize| {
                let digits = std::str::from_utf8(&bytes[6 + 8 * index..14 + 8 * index]).unwrap();
                usize::from_str_radix(digits, 16).unwrap()
            };
            let (mode, size, name_size) = (number(1), number(6), number(11));
            let name = String::from_utf8(bytes[110..109 + name_size].to_vec()).unwrap();
            let start = (110 + name_size).next_multiple_of(4);
            let content = bytes[start..start + size].to_vec();
            found.push((name, u32::try_from(mode).unwrap(), content));
            bytes = &bytes[(start + size).next_multiple_of(4)..];
        }
        found
    }

    // What goes in is found by a reader that follows the form, for names and contents of all
    // lengths, and one archive may follow another.
    #[test]
    fn archive_is_read_back() {
        let mut bytes = Archive::default()
            .folder("/bin")
            .and_then(|archive| archive.file("bin/a", true, b"abc"))
            .and_then(|archive| archive.file("b", false, b"abcde"))
            .and_then(|archive| archive.link("/init", "bin/a"))
            .and_then(Archive::finish)
            .unwrap();
        bytes.extend(Archive::default().device("dev", 5, 1).unwrap().finish().unwrap());
        let found = entries(&bytes);
        let names: Vec<&str> = found.iter().map(|entry| entry.0.as_str()).collect();
        assert_eq!(names, ["bin", "bin/a", "b", "init", "TRAILER!!!", "dev", "TRAILER!!!"]);
        assert_eq!(found[0].1, 0o040_755);
        assert_eq!(found[1].1, 0o100_755);
        assert_eq!(found[2].2, b"abcde");
        assert_eq!((found[3].1, found[3].2.as_slice()), (0o120_777, b"bin/a".as_slice()));
        assert_eq!(found[5].1, 0o020_600);
    }

    // Headers are of 110 characters and the archive is a multiple of 4 bytes.
    #[test]
    fn archive_is_aligned() {
        for length in 0..9 {
            let bytes = Archive::default().file("x", false, &vec![1; length]).unwrap();
            let bytes = bytes.finish().unwrap();
            assert_eq!(bytes.len() % 4, 0);
        }
        assert_eq!(
            Archive::default().finish().unwrap().len(),
            (110 + 11_usize).next_multiple_of(4)
        );
    }
}
