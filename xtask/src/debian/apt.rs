//! apt with folders of its own: needs no root, changes nothing on the host.
//!
//! The private configuration takes over how the host reaches its archive (proxies, transports:
//! every `Acquire` setting) and nothing else: no hooks, no preferences, no installed packages.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Archive, Cache};
use crate::command::Command;
use crate::error::{Context, Error, Result, write};

/// apt over a private set of folders.
#[derive(Debug)]
pub(super) struct Apt {
    configuration: PathBuf,
}

impl Apt {
    /// Writes the private configuration for these suites and this architecture.
    pub(super) fn prepare(cache: &Cache, suites: &[String], architecture: &str) -> Result<Self> {
        let archive = Archive::of_host()?;
        // Lists of packages are kept apart by what they were asked for.
        let native = Command::new("dpkg").arg("--print-architecture").read()?;
        let architecture = match architecture {
            "all" => native.trim(),
            other => other,
        };
        let name = format!("{}-{architecture}", suites.join("+"));
        let folder = cache.folder().join("apt").join(name);
        for part in ["lists/partial", "archives/partial", "empty"] {
            let part = folder.join(part);
            std::fs::create_dir_all(&part).context(format_args!("create {}", part.display()))?;
        }
        write(&folder.join("status"), "")?;
        write(&folder.join("host.sources"), &archive.sources(suites))?;
        let host = Command::new("apt-config").arg("dump").read()?;
        let configuration = folder.join("apt.conf");
        write(&configuration, &private(&folder, architecture, &host))?;
        Ok(Self { configuration })
    }

    fn command(&self, program: &str) -> Command {
        Command::new(program).env("APT_CONFIG", &self.configuration).env("LC_ALL", "C")
    }

    /// Fetches the lists of packages and checks their signatures.
    pub(super) fn update(&self) -> Result<()> {
        let command = self.command("apt-get").args(["-q", "update"]);
        println!("  $ {}", command.line());
        command.read().map(drop).map_err(|error| {
            error.hint("is the network there, and does `apt-get update` work on this host?")
        })
    }

    /// Versions of each of these packages in the archive, newest first.
    pub(super) fn versions(&self, names: &[&str]) -> Result<BTreeMap<String, Vec<String>>> {
        let table = self.command("apt-cache").arg("madison").args(names).read()?;
        Ok(names.iter().map(|&name| (name.to_owned(), madison(&table, name))).collect())
    }

    /// Names of all packages in the archive that begin so.
    pub(super) fn names(&self, beginning: &str) -> Result<Vec<String>> {
        let names = self.command("apt-cache").args(["pkgnames", beginning]).read()?;
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// Downloads packages, each of one version, into a folder; gives their files in that order.
    pub(super) fn download(
        &self,
        wanted: &[(String, String)],
        folder: &Path,
    ) -> Result<Vec<PathBuf>> {
        let mut command = self.command("apt-get").args(["-q", "download"]).folder(folder);
        for (name, version) in wanted {
            command = command.arg(format!("{name}={version}"));
        }
        match wanted {
            [_] => println!("  $ {}", command.line()),
            _ => println!("  $ apt-get -q download … ({} packages)", wanted.len()),
        }
        command.read()?;
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).context(folder.display())? {
            files.push(entry.context(folder.display())?.path());
        }
        let find = |(name, version): &(String, String)| {
            let found = files.iter().find(|path| is_package(path, name));
            found
                .cloned()
                .ok_or_else(|| Error::new(format!("apt-get brought no file for {name}={version}")))
        };
        wanted.iter().map(find).collect()
    }
}

/// Whether a file is a package of this name: `NAME_VERSION_ARCHITECTURE.deb`.
fn is_package(path: &Path, name: &str) -> bool {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    file.strip_suffix(".deb").and_then(|stem| stem.split('_').next()) == Some(name)
}

/// Unpacks a package into a folder; runs none of its scripts.
pub(super) fn unpack(deb: &Path, folder: &Path) -> Result<()> {
    Command::new("dpkg").arg("-x").arg(deb).arg(folder).read()?;
    Ok(())
}

/// The private configuration: the host's way to the archive, our folders.
fn private(folder: &Path, architecture: &str, host: &str) -> String {
    let mut text = String::new();
    for line in host.lines().filter(|line| line.starts_with("Acquire::")) {
        text.push_str(line);
        text.push('\n');
    }
    let at = |part: &str| folder.join(part).display().to_string();
    for (name, value) in [
        ("Acquire::Languages", "none".to_owned()),
        // Descriptions of desktop programs: as large as the lists themselves, and no use here.
        ("Acquire::IndexTargets::deb::DEP-11::DefaultEnabled", "false".to_owned()),
        ("Acquire::AllowInsecureRepositories", "0".to_owned()),
        ("Acquire::AllowWeakRepositories", "0".to_owned()),
        ("Dir::Etc::main", at("empty/none")),
        ("Dir::Etc::parts", at("empty")),
        ("Dir::Etc::preferences", at("empty/none")),
        ("Dir::Etc::preferencesparts", at("empty")),
        ("Dir::Etc::sourcelist", at("host.sources")),
        ("Dir::Etc::sourceparts", at("empty")),
        ("Dir::State", at("")),
        ("Dir::State::lists", at("lists")),
        ("Dir::State::status", at("status")),
        ("Dir::Cache", at("")),
        // The second of two caches of the same lists saves less time than it takes room.
        ("Dir::Cache::srcpkgcache", String::new()),
        ("Dir::Cache::archives", at("archives")),
        ("APT::Architecture", architecture.to_owned()),
        ("APT::Architectures", architecture.to_owned()),
        ("APT::Sandbox::User", String::new()),
        ("APT::Get::AllowUnauthenticated", "0".to_owned()),
    ] {
        let _ = writeln!(text, "{name} \"{value}\";");
    }
    text
}

/// Second column of `apt-cache madison` where the first names the package; each once, in order.
fn madison(table: &str, name: &str) -> Vec<String> {
    let mut versions: Vec<String> = Vec::new();
    for line in table.lines() {
        let mut columns = line.split('|').map(str::trim);
        if let (Some(package), Some(version)) = (columns.next(), columns.next())
            && package == name
            && !version.is_empty()
            && !versions.iter().any(|known| known == version)
        {
            versions.push(version.to_owned());
        }
    }
    versions
}

#[cfg(test)]
mod tests {
    use super::*;

    // Versions come in the order of the table, newest first, without repetition.
    #[test]
    fn versions_keep_their_order() {
        let table = " a | 2-1 | http://x trixie-backports/main amd64 Packages\n \
                      a | 1-1 | http://x trixie/main amd64 Packages\n \
                      a | 1-1 | http://x trixie/main arm64 Packages\n";
        assert_eq!(madison(table, "a"), ["2-1", "1-1"]);
        assert!(madison(table, "b").is_empty());
        assert!(madison("N: Unable to locate package a\n", "a").is_empty());
    }

    // A package's file is known by the part before the version, and only by the whole of it.
    #[test]
    fn package_files_are_known_by_name() {
        let file = Path::new("/c/libelf1_1%3a0.188-2.1_amd64.deb");
        assert!(is_package(file, "libelf1"));
        assert!(!is_package(file, "libelf"));
        assert!(!is_package(Path::new("/c/libelf1_1_amd64.part"), "libelf1"));
    }

    // Proxies of the host are taken over; its hooks are not; all folders are ours.
    #[test]
    fn host_transport_is_kept_and_hooks_are_not() {
        let host = "Acquire::http::Proxy \"http://p.example/\";\nDPkg::Post-Invoke:: \"rm x\";\n\
                    Dir::State \"/var/lib/apt\";\n";
        let text = private(Path::new("/c/apt"), "arm64", host);
        assert!(text.contains("Acquire::http::Proxy \"http://p.example/\";"));
        assert!(!text.contains("Post-Invoke"));
        assert!(!text.contains("/var/lib/apt"));
        assert!(text.contains("Dir::State::lists \"/c/apt/lists\";"));
        assert!(text.contains("APT::Architecture \"arm64\";"));
    }
}
