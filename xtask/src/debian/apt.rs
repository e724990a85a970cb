//! apt with folders of its own: needs no root, changes nothing on the host.
//!
//! The private configuration takes over how the host reaches its archive (proxies, transports:
//! every `Acquire` setting) and nothing else: no hooks, no preferences, no installed packages.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Archive, Cache, Pin};
use crate::command::Command;
use crate::error::{Context, Error, Result, write};

/// apt over a private set of folders.
#[derive(Debug)]
pub(super) struct Apt {
    configuration: PathBuf,
}

impl Apt {
    /// Writes the private configuration for the pin's suites and architecture.
    pub(super) fn prepare(cache: &Cache, pin: &Pin) -> Result<Self> {
        let archive = Archive::of_host()?;
        // Lists of packages are kept apart by what they were asked for.
        let native = Command::new("dpkg").arg("--print-architecture").read()?;
        let architecture = match pin.architecture.as_str() {
            "all" => native.trim(),
            other => other,
        };
        let name = format!("{}-{architecture}", pin.suites.join("+"));
        let folder = cache.folder().join("apt").join(name);
        for part in ["lists/partial", "archives/partial", "empty"] {
            let part = folder.join(part);
            std::fs::create_dir_all(&part).context(format_args!("create {}", part.display()))?;
        }
        write(&folder.join("status"), "")?;
        write(&folder.join("host.sources"), &archive.sources(&pin.suites))?;
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

    /// Versions of a package in the archive, newest first.
    pub(super) fn versions(&self, name: &str) -> Result<Vec<String>> {
        let table = self.command("apt-cache").args(["madison", name]).read()?;
        Ok(madison(&table))
    }

    /// Downloads one version of a package into a folder.
    pub(super) fn download(&self, name: &str, version: &str, folder: &Path) -> Result<PathBuf> {
        let command = self.command("apt-get").args(["-q", "download"]);
        let command = command.arg(format!("{name}={version}")).folder(folder);
        println!("  $ {}", command.line());
        command.read()?;
        let entries = std::fs::read_dir(folder).context(folder.display())?;
        entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
            .ok_or_else(|| Error::new(format!("apt-get brought no file for {name}={version}")))
    }
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

/// Second column of `apt-cache madison`, in its order, each once.
fn madison(table: &str) -> Vec<String> {
    let mut versions: Vec<String> = Vec::new();
    for line in table.lines() {
        if let Some(version) = line.split('|').nth(1) {
            let version = version.trim().to_owned();
            if !version.is_empty() && !versions.contains(&version) {
                versions.push(version);
            }
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
        assert_eq!(madison(table), ["2-1", "1-1"]);
        assert!(madison("N: Unable to locate package a\n").is_empty());
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
