//! The kernel module through DKMS, as who has Debian's kernel installs it.
//!
//! DKMS itself is run, over folders of its own: it takes the module in, builds it with the kernel's
//! prepared tree, and installs it below a folder that stands for `/lib/modules`.

use std::path::{Path, PathBuf};

use super::build::Builder;
use super::{ours, prepared};
use crate::command::Command;
use crate::debian::Debian;
use crate::error::{Context, Error, Result, read};
use crate::guest::architecture::Architecture;
use crate::guest::suite::missing;
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// The packages: DKMS, and what reads modules.
const BUNDLE: &str = "dkms";
/// What DKMS takes in.
const PACKAGE: &str = "backend-kernel";
/// What the module must say of itself, and how this begins.
const SAYS: [(&str, &str); 5] = [
    ("name", ours::NAME),
    ("license", "GPL v2"),
    ("description", "Lends DMA cards to programs"),
    ("parm", "coherent_mib:"),
    ("vermagic", ""),
];

/// DKMS takes the module in, builds and installs it for Debian's kernel, and the module says what
/// it is.
///
/// # Errors
///
/// Something cannot be had, DKMS ends otherwise, or the module says otherwise.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    if let Some(missing) = missing() {
        return Ok(Verdict::CannotRun(missing));
    }
    // Installing is for root; a user is made to look like root, where the kernel lets users do that.
    let root = Command::new("id").arg("-u").read()?.trim() == "0";
    let as_root: &[&str] = if root { &[] } else { &["unshare", "--map-root-user"] };
    if !root && Command::new("unshare").args(["--map-root-user", "true"]).read().is_err() {
        return Ok(Verdict::CannotRun(
            Error::new("DKMS installs for root only, and users cannot look like root here")
                .hint("run it as root, or permit user namespaces"),
        ));
    }
    let debian = Debian::open(&workspace.root)?;
    let kernel = prepared::development(workspace, &debian, Architecture::X86)?;
    let release = read(&kernel.join("build/include/config/kernel.release"))?.trim().to_owned();
    let packages = debian.bundle(BUNDLE)?;
    let place = Place::new(&workspace.target.join("guest/dkms"), &packages, &release)?;
    let version = version(&read(&workspace.root.join(PACKAGE).join("dkms.conf"))?)?;
    let name = format!("{}/{version}", ours::NAME);
    let source = workspace.root.join(PACKAGE).display().to_string();
    let build = kernel.join("build").display().to_string();
    let builder = Builder::of_debian(&debian, Architecture::X86)?.with_first(&place.programs);
    let dkms = |words: &[&str]| -> Result<String> {
        let program = packages.join("usr/sbin/dkms").display().to_string();
        let all = as_root.iter().copied().chain(["bash", &program]);
        let mut all = all.chain(words.iter().copied()).map(str::to_owned);
        let command = Command::new(all.next().unwrap_or_default()).args(all).args(place.options());
        let said = builder.with_tools(command.env("LC_ALL", "C")).capture()?;
        if said.status.success() {
            return Ok(said.stdout);
        }
        let log = place.folder.join(format!("tree/{name}/build/make.log"));
        let log = std::fs::read_to_string(log).unwrap_or_default();
        Err(Error::new(format!("dkms {}:\n{}{}{log}", words.join(" "), said.stdout, said.stderr)))
    };
    let for_kernel =
        ["--kernelsourcedir", &build, "-k", &release, "-a", "x86_64"].map(str::to_owned);
    let with = |verb: &str| {
        let words = [verb, name.as_str()].into_iter().chain(for_kernel.iter().map(String::as_str));
        dkms(&words.collect::<Vec<_>>())
    };
    dkms(&["add", &source])?;
    with("build")?;
    with("install")?;
    let status = dkms(&["status"])?;
    let wanted = format!("{name}, {release}, x86_64: installed");
    if !status.contains(&wanted) {
        return Err(Error::new(format!("DKMS does not say {wanted:?}: {status}")));
    }
    let installed = place.folder.join("installed").join(&release).join("updates/dkms");
    let module = installed.join(ours::NAME).with_extension("ko");
    for (field, beginning) in SAYS {
        let beginning = if field == "vermagic" { &release } else { beginning };
        let modinfo = Command::new(place.programs.join("modinfo")).args(["-F", field]).arg(&module);
        let said = modinfo.read()?;
        if !said.lines().any(|line| line.starts_with(beginning)) {
            return Err(Error::new(format!("modinfo says {field}: {said:?}, not {beginning:?}")));
        }
    }
    Ok(Verdict::passed(format!("{name} taken in, built and installed for {release}")))
}

/// Where DKMS works.
struct Place {
    folder: PathBuf,
    /// What it calls.
    programs: PathBuf,
}

impl Place {
    /// Empty, with what DKMS expects to be there.
    fn new(folder: &Path, packages: &Path, release: &str) -> Result<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(folder).context(format_args!("empty {}", folder.display()))?;
        }
        let place = Self { folder: folder.to_owned(), programs: folder.join("programs") };
        let installed = format!("installed/{release}");
        for part in ["programs", "sources", "tree", &installed] {
            let part = folder.join(part);
            std::fs::create_dir_all(&part).context(format_args!("create {}", part.display()))?;
        }
        // The package has them as links to where it would be installed.
        for name in ["modinfo", "depmod"] {
            let link = place.programs.join(name);
            std::os::unix::fs::symlink(packages.join("bin/kmod"), &link)
                .context(format_args!("create {}", link.display()))?;
        }
        Ok(place)
    }

    /// What DKMS is told of it.
    fn options(&self) -> Vec<String> {
        let parts =
            [("--sourcetree", "sources"), ("--dkmstree", "tree"), ("--installtree", "installed")];
        let at = |part| self.folder.join(part).display().to_string();
        parts.into_iter().flat_map(|(option, part)| [option.to_owned(), at(part)]).collect()
    }
}

/// The version that `dkms.conf` names.
fn version(text: &str) -> Result<String> {
    let line = text.lines().find_map(|line| line.strip_prefix("PACKAGE_VERSION="));
    let version = line.map(|value| value.trim_matches('"').to_owned());
    version.ok_or_else(|| Error::new("dkms.conf names no PACKAGE_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The version is read without its quotes; where there is none, that is said.
    #[test]
    fn version_is_read() {
        assert_eq!(version("A=\"b\"\nPACKAGE_VERSION=\"0.1.0\"\n").unwrap(), "0.1.0");
        assert!(version("A=b").unwrap_err().to_string().contains("PACKAGE_VERSION"));
    }
}
