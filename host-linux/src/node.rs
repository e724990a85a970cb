//! A device node: who owns it, and whether this process may open it.
#![forbid(unsafe_code)]

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::{Access, AtFlags, CWD, accessat};

use crate::HostError;

/// A node below `/dev`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node {
    /// Its permission bits.
    pub mode: u32,
    /// Who owns it.
    pub user: u32,
    /// The group that it belongs to.
    pub group: u32,
    /// Whether this process may read and write it.
    pub permitted: bool,
    /// The process that has it open, as far as one may see.
    pub holder: Option<u32>,
}

impl Node {
    /// The node of this name; `None` if there is none.
    ///
    /// # Errors
    ///
    /// It cannot be looked at.
    pub fn find(path: &Path) -> Result<Option<Self>, HostError> {
        let about = match fs::metadata(path) {
            Ok(about) => about,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(HostError::new("looking at", path, error)),
        };
        // The kernel knows lists of rights and capabilities better than the bits tell.
        let both = Access::READ_OK | Access::WRITE_OK;
        let permitted = accessat(CWD, path, both, AtFlags::EACCESS).is_ok();
        Ok(Some(Self {
            mode: about.mode() & 0o7777,
            user: about.uid(),
            group: about.gid(),
            permitted,
            holder: holder(path),
        }))
    }
}

/// A process that has a file open, among those whose files this one may see.
fn holder(path: &Path) -> Option<u32> {
    let processes = fs::read_dir("/proc").ok()?.flatten();
    let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    numbers.into_iter().find(|number| {
        // A process may end, or belong to somebody else.
        let files = fs::read_dir(format!("/proc/{number}/fd")).into_iter().flatten().flatten();
        files.into_iter().any(|file| fs::read_link(file.path()).is_ok_and(|it| it == path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // A node that everybody may open, one that is not there, and who has one open.
    #[test]
    fn nodes_are_looked_at() {
        let null = Node::find(Path::new("/dev/null")).unwrap().unwrap();
        assert!(null.permitted && null.mode & 0o666 == 0o666);
        assert_eq!(Node::find(Path::new("/dev/nowhere")).unwrap(), None);
        let path = std::env::temp_dir().join(format!("host-linux-node-{}", std::process::id()));
        let file = fs::File::create(&path).unwrap();
        let path = path.canonicalize().unwrap();
        assert_eq!(Node::find(&path).unwrap().unwrap().holder, Some(std::process::id()));
        drop(file);
        assert_eq!(Node::find(&path).unwrap().unwrap().holder, None);
        fs::remove_file(path).unwrap();
    }
}
