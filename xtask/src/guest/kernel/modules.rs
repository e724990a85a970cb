//! Modules of a kernel, with those they need, in the order to load them.
//!
//! Debian's packages have no list of dependencies (it is made when they are installed), so each
//! module is asked: the kernel build leaves "depends=a,b" in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::image::unpack_xz;
use crate::error::{Context, Error, Result, read};

/// The modules of one kernel as its packages have them.
#[derive(Debug)]
pub struct Modules {
    /// By name, with `_` for `-`.
    files: BTreeMap<String, PathBuf>,
    /// Names of those that are part of the kernel itself.
    built_in: Vec<String>,
}

/// A module that is ready to be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its name, with `_` for `-`.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

impl Modules {
    /// Those below `lib/modules/RELEASE`.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn find(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.join("kernel")];
        while let Some(folder) = folders.pop() {
            let entries =
                std::fs::read_dir(&folder).context(format_args!("list {}", folder.display()))?;
            for entry in entries {
                let path = entry.context(folder.display())?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(name) = name(&path) {
                    files.insert(name, path);
                }
            }
        }
        let list = read(&folder.join("modules.builtin"))?;
        let built_in = list.lines().filter_map(|line| name(Path::new(line))).collect();
        Ok(Self { files, built_in })
    }

    /// These modules and all they depend on, each behind those it needs.
    ///
    /// # Errors
    ///
    /// The kernel has no such module, neither as a file nor built in; or it cannot be unpacked.
    pub fn load_order(&self, wanted: &[&str]) -> Result<Vec<Module>> {
        let mut order: Vec<Module> = Vec::new();
        for name in wanted {
            self.append(name, &mut order)?;
        }
        Ok(order)
    }

    fn append(&self, name: &str, order: &mut Vec<Module>) -> Result<()> {
        let name = name.replace('-', "_");
        let there = order.iter().any(|module| module.name == name);
        if there || self.built_in.contains(&name) {
            return Ok(());
        }
        let Some(path) = self.files.get(&name) else {
            return Err(Error::new(format!("this kernel has no module {name}")));
        };
        let content = unpacked(path)?;
        // A module cannot depend on itself, not even in a circle: the build would have failed.
        for needed in depends(&content) {
            self.append(&needed, order)?;
        }
        order.push(Module { name, content });
        Ok(())
    }
}

/// `vfio_pci` of `drivers/vfio/pci/vfio-pci.ko.xz`.
fn name(path: &Path) -> Option<String> {
    let file = path.file_name()?.to_str()?;
    let stem = file.strip_suffix(".ko.xz").or_else(|| file.strip_suffix(".ko"))?;
    Some(stem.replace('-', "_"))
}

fn unpacked(path: &Path) -> Result<Vec<u8>> {
    let content = std::fs::read(path).context(format_args!("read {}", path.display()))?;
    if path.extension().is_none_or(|extension| extension != "xz") {
        return Ok(content);
    }
    let mut module = Vec::new();
    unpack_xz(&content, &mut module).context(format_args!("unpack {}", path.display()))?;
    Ok(module)
}

/// Names after "depends=", which stands between zeros in the module.
fn depends(module: &[u8]) -> Vec<String> {
    let mark = b"\0depends=";
    let Some(start) = module.windows(mark.len()).position(|window| window == mark) else {
        return Vec::new();
    };
    let rest = &module[start + mark.len()..];
    let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
    let names = String::from_utf8_lossy(&rest[..end]);
    names.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A kernel with three modules on disk and one built in.
    fn kernel(test: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("anydma-modules-{test}-{}", std::process::id()));
        let drivers = folder.join("kernel/drivers");
        std::fs::create_dir_all(&drivers).unwrap();
        for (file, content) in [
            ("a-pci.ko", "x\0depends=b-core,c\0y"),
            ("b-core.ko", "x\0depends=c,built-in\0y"),
            ("c.ko", "x\0depends=\0y"),
            ("notes.txt", ""),
        ] {
            std::fs::write(drivers.join(file), content).unwrap();
        }
        std::fs::write(folder.join("modules.builtin"), "kernel/lib/built-in.ko\n").unwrap();
        folder
    }

    // Each module comes once, behind those it needs; those in the kernel itself are left out.
    #[test]
    fn modules_come_behind_those_they_need() {
        let folder = kernel("order");
        let modules = Modules::find(&folder).unwrap();
        let order = modules.load_order(&["a_pci", "c", "built_in"]).unwrap();
        let names: Vec<&str> = order.iter().map(|module| module.name.as_str()).collect();
        assert_eq!(names, ["c", "b_core", "a_pci"]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    // A module that is nowhere is an error that names it.
    #[test]
    fn missing_module_is_named() {
        let folder = kernel("missing");
        let modules = Modules::find(&folder).unwrap();
        let error = modules.load_order(&["vfio-pci"]).unwrap_err();
        assert!(error.to_string().contains("no module vfio_pci"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    // The names of files and of packed files give the kernel's name of a module.
    #[test]
    fn names_are_the_kernels() {
        assert_eq!(name(Path::new("x/vfio-pci.ko.xz")).as_deref(), Some("vfio_pci"));
        assert_eq!(name(Path::new("modules.order")), None);
    }
}
