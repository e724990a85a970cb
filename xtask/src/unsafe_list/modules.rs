//! Which sources the compiler reaches, and where it forbids unsafe code.
//!
//! Follows `mod name;` from each root as the compiler does, `#[path]` and modules declared inside
//! macros (`cfg_if!`) included. A file that is reached twice counts as forbidden only if it is so
//! on both ways.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Item, Lit, Meta, Token};

use crate::error::{Error, Result};
use crate::source::{self, Source, forbids_unsafe};

/// One reached source.
#[derive(Debug)]
pub(super) struct File {
    /// Whether unsafe code cannot be compiled in it.
    pub(super) forbidden: bool,
    /// The sources that its modules lie in, all the way down.
    pub(super) below: BTreeSet<PathBuf>,
}

/// All reached sources.
#[derive(Debug, Default)]
pub(super) struct Reached {
    files: BTreeMap<PathBuf, File>,
}

/// A `mod name;` with what matters of its attributes.
struct Declared {
    name: String,
    path: Option<String>,
    forbidden: bool,
    /// Names of the inline modules around it.
    inside: Vec<String>,
}

impl Reached {
    /// Follows a root: the source of a library, program, test, bench or example.
    pub(super) fn root(&mut self, path: &Path) -> Result<()> {
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        self.follow(path, &folder, false).map(drop)
    }

    /// The sources by path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&PathBuf, &File)> {
        self.files.iter()
    }

    /// Follows a file whose modules lie in `folder`; gives all files below, itself included.
    fn follow(&mut self, path: &Path, folder: &Path, above: bool) -> Result<BTreeSet<PathBuf>> {
        let source = Source::read(path)?;
        let forbidden = above || forbids_unsafe(&source.tree.attrs);
        let mut declared = Vec::new();
        in_items(&source.tree.items, forbidden, &[], &mut declared);
        let mut below = BTreeSet::new();
        for module in declared {
            let (file, folder) = place(path, folder, &module)?;
            below.extend(self.follow(&file, &folder, module.forbidden)?);
        }
        let reached = self
            .files
            .entry(path.to_path_buf())
            .or_insert(File { forbidden, below: BTreeSet::new() });
        reached.forbidden &= forbidden;
        reached.below.extend(below.iter().cloned());
        below.insert(path.to_path_buf());
        Ok(below)
    }
}

/// Where the source of a module is, and where those of its own modules are.
fn place(from: &Path, folder: &Path, module: &Declared) -> Result<(PathBuf, PathBuf)> {
    let inside: PathBuf = module.inside.iter().collect();
    if let Some(path) = &module.path {
        // Relative to the file, or to the folder of the inline modules around it.
        let base = if module.inside.is_empty() {
            from.parent().unwrap_or(Path::new("")).to_path_buf()
        } else {
            folder.join(inside)
        };
        let file = base.join(path);
        let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
        return Ok((file, folder));
    }
    let folder = folder.join(inside);
    let own = folder.join(&module.name);
    let beside = folder.join(format!("{}.rs", module.name));
    if beside.is_file() {
        return Ok((beside, own));
    }
    let within = own.join("mod.rs");
    if within.is_file() {
        return Ok((within, own));
    }
    let message = format!("{}: no source of `mod {};`", from.display(), module.name);
    Err(Error::new(message).hint(format!("create {}", beside.display())))
}

fn in_items(items: &[Item], forbidden: bool, inside: &[String], declared: &mut Vec<Declared>) {
    for item in items {
        match item {
            Item::Mod(module) => {
                let forbidden = forbidden || forbids_unsafe(&module.attrs);
                let name = module.ident.to_string();
                let name = name.trim_start_matches("r#").to_owned();
                if let Some((_, items)) = &module.content {
                    let inside = [inside, &[name]].concat();
                    in_items(items, forbidden, &inside, declared);
                    continue;
                }
                let mut paths: Vec<_> = paths(&module.attrs).into_iter().map(Some).collect();
                if paths.is_empty() {
                    paths.push(None);
                }
                declared.extend(paths.into_iter().map(|path| Declared {
                    name: name.clone(),
                    path,
                    forbidden,
                    inside: inside.to_vec(),
                }));
            }
            Item::Macro(call) if call.ident.is_none() => {
                in_macro(&call.mac.tokens, forbidden, inside, declared);
            }
            _ => {}
        }
    }
}

/// `mod name;` inside the tokens of a macro call, as in `cfg_if! { if … { mod name; } }`.
fn in_macro(
    tokens: &proc_macro2::TokenStream,
    forbidden: bool,
    inside: &[String],
    declared: &mut Vec<Declared>,
) {
    // Whole items first: that keeps attributes. Then groups, one level at a time.
    let Ok(source) = Source::parse(Path::new("macro"), tokens.to_string()) else {
        for tree in tokens.clone() {
            if let proc_macro2::TokenTree::Group(group) = tree {
                in_macro(&group.stream(), forbidden, inside, declared);
            }
        }
        return;
    };
    if has_module(&source.tokens) {
        in_items(&source.tree.items, forbidden, inside, declared);
    }
}

fn has_module(tokens: &[source::Token]) -> bool {
    tokens.iter().any(|token| token.text == "mod")
}

/// Every path that a module may have: `path = "…"`, also under a condition.
fn paths(attributes: &[Attribute]) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in attributes {
        if attribute.path().is_ident("cfg_attr") {
            // What is no list of this form is the compiler's business.
            let parts = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            for part in parts.into_iter().flatten().skip(1) {
                found.extend(path(&part));
            }
        } else {
            found.extend(path(&attribute.meta));
        }
    }
    found
}

/// The text of `path = "…"`.
fn path(meta: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = meta else { return None };
    let Expr::Lit(literal) = &pair.value else { return None };
    match &literal.lit {
        Lit::Str(text) if pair.path.is_ident("path") => Some(text.value()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of sources that is removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let name = format!("anydma-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            for (path, text) in files {
                crate::error::write(&folder.join(path), text).unwrap();
            }
            Self(folder)
        }

        fn reached(&self) -> Result<Vec<(String, bool)>> {
            let mut reached = Reached::default();
            reached.root(&self.0.join("lib.rs"))?;
            let name = |path: &Path| {
                let path = path.strip_prefix(&self.0).unwrap();
                path.to_string_lossy().into_owned()
            };
            let files = reached.files();
            Ok(files.map(|(path, file)| (name(path), file.forbidden)).collect())
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).unwrap();
        }
    }

    // Forbidding goes down the tree: from a file, from a `mod` line, from an inline module.
    #[test]
    fn forbidding_goes_down_the_tree() {
        let folder = Folder::new(
            "down",
            &[
                (
                    "lib.rs",
                    "mod a;\n#[forbid(unsafe_code)]\nmod b;\nmod d { #![forbid(unsafe_code)] mod e; }\n",
                ),
                ("a.rs", "#![forbid(unsafe_code)]\nmod c;\n"),
                ("a/c.rs", ""),
                ("b/mod.rs", ""),
                ("d/e.rs", ""),
            ],
        );
        let expected = [
            ("a/c.rs", true),
            ("a.rs", true),
            ("b/mod.rs", true),
            ("d/e.rs", true),
            ("lib.rs", false),
        ];
        let expected = expected.map(|(name, forbidden)| (name.to_owned(), forbidden));
        assert_eq!(folder.reached().unwrap(), expected);
    }

    // Modules with a path, and modules inside macros, are reached too.
    #[test]
    fn paths_and_macros_are_followed() {
        let folder = Folder::new(
            "macro",
            &[
                (
                    "lib.rs",
                    "#[path = \"x/y.rs\"]\nmod z;\ncfg_if! { if #[cfg(unix)] { mod u; pub use u::f; } else { #[forbid(unsafe_code)] mod v; } }\n",
                ),
                ("x/y.rs", ""),
                ("u.rs", ""),
                ("v.rs", ""),
            ],
        );
        let expected = [("lib.rs", false), ("u.rs", false), ("v.rs", true), ("x/y.rs", false)];
        let expected = expected.map(|(name, forbidden)| (name.to_owned(), forbidden));
        assert_eq!(folder.reached().unwrap(), expected);
    }

    // A module whose path depends on a condition is reached at each of its paths.
    #[test]
    fn conditional_paths_are_all_followed() {
        let folder = Folder::new(
            "conditional",
            &[
                (
                    "lib.rs",
                    "#[cfg_attr(all(a, b = \"c\"), path = \"x.rs\")]\n#[cfg_attr(not(a), path = \"y.rs\")]\nmod z;\n",
                ),
                ("x.rs", "#![forbid(unsafe_code)]"),
                ("y.rs", ""),
            ],
        );
        let expected = [("lib.rs", false), ("x.rs", true), ("y.rs", false)];
        let expected = expected.map(|(name, forbidden)| (name.to_owned(), forbidden));
        assert_eq!(folder.reached().unwrap(), expected);
    }

    // A module without a source is an error that names both.
    #[test]
    fn missing_source_is_named() {
        let folder = Folder::new("missing", &[("lib.rs", "mod gone;\n")]);
        let error = folder.reached().unwrap_err().to_string();
        assert!(error.contains("`mod gone;`"), "{error}");
    }
}
