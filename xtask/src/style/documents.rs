//! Documents keep their word: links lead somewhere, quotations are fresh.
//!
//! A block of code below `<!-- quote: FILE -->` must stand in that file, whatever its
//! indentation; a line `// …` in it stands for lines that are left out.

use std::path::Path;

use super::Breach;
use crate::error::{Result, read};
use crate::workspace::Workspace;

/// Documents in which a path between backticks is a promise that the file is there.
const GUIDES: &[&str] = &["README.md", "ARCHITECTURE.md", "docs/story.md", "docs/porting.md"];

/// What begins a line above a quotation.
const QUOTE: &str = "<!-- quote: ";

/// Every breach in every Markdown file of the project, by its name; and how many files there are.
pub(super) fn check_all(workspace: &Workspace) -> Result<(usize, Vec<(String, Breach)>)> {
    let documents = workspace.files(|path| path.extension().is_some_and(|it| it == "md"))?;
    let files = workspace.files(|_| true)?;
    let names: Vec<String> = files.iter().map(|path| workspace.relative(path)).collect();
    let mut breaches = Vec::new();
    for path in &documents {
        let name = workspace.relative(path);
        let text = read(path)?;
        let mut found = broken_links(path.parent().unwrap_or(&workspace.root), &text);
        if GUIDES.contains(&name.as_str()) {
            found.extend(missing_files(&names, &text));
        }
        found.extend(stale_quotations(&workspace.root, &text));
        breaches.extend(found.into_iter().map(|breach| (name.clone(), breach)));
    }
    Ok((documents.len(), breaches))
}

/// Lines of a document with their numbers, and whether each is inside a block of code.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut inside = false;
    (1..).zip(text.lines()).map(move |(number, line)| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        (number, line, inside || fence)
    })
}

/// Links to files that are not there. Those that lead elsewhere, or within a page, are left alone.
fn broken_links(folder: &Path, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (number, line, code) in lines(text).filter(|(_, line, _)| line.contains("](")) {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|_| !code) {
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains(':') && !folder.join(file).exists() {
                breaches.push((number, format!("the link to `{target}` leads nowhere")));
            }
        }
    }
    breaches
}

/// Paths between backticks that name no file and no folder: from the root, or the end of one.
fn missing_files(names: &[String], text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (number, line, code) in lines(text) {
        for word in line.split('`').skip(1).step_by(2).filter(|_| !code) {
            if looks_like_a_path(word) && !exists(names, word) {
                breaches.push((number, format!("there is no `{word}`")));
            }
        }
    }
    breaches
}

fn looks_like_a_path(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let suffix = [".rs", ".md", ".toml", ".txt", ".svd", "/"];
    word.chars().all(plain) && suffix.iter().any(|suffix| word.ends_with(suffix))
}

fn exists(names: &[String], word: &str) -> bool {
    let (file, folder) = (format!("/{word}"), word.strip_suffix('/'));
    names.iter().any(|name| match folder {
        None => name == word || name.ends_with(&file),
        Some(_) => name.starts_with(word) || name.contains(&file),
    })
}

/// Quotations that do not stand where they say that they do.
fn stale_quotations(root: &Path, text: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let named = line.strip_prefix(QUOTE).and_then(|rest| rest.strip_suffix(" -->"));
        let Some(file) = named else { continue };
        let block = lines[at + 1..].iter().skip(1).take_while(|line| !line.starts_with("```"));
        let block: Vec<&str> = block.copied().collect();
        let fenced = lines.get(at + 1).is_some_and(|line| line.starts_with("```"));
        let source = std::fs::read_to_string(root.join(file));
        let what = match source {
            Err(error) => format!("cannot read `{file}`, which is quoted: {error}"),
            Ok(_) if !fenced || block.is_empty() => "no block of code follows".to_owned(),
            Ok(source) if stands_in(&source, &block) => continue,
            Ok(_) => format!("this does not stand in `{file}` any more"),
        };
        breaches.push((at + 1, what));
    }
    breaches
}

/// Whether the parts of a block, between lines that stand for others, follow one another.
fn stands_in(source: &str, block: &[&str]) -> bool {
    let source: Vec<&str> = source.lines().map(str::trim).collect();
    let mut rest = source.as_slice();
    for part in block.split(|line| line.trim() == "// …") {
        let part: Vec<&str> = part.iter().map(|line| line.trim()).collect();
        if part.is_empty() {
            continue;
        }
        let Some(at) = rest.windows(part.len()).position(|window| window == part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["src/device.rs", "docs/decisions/0001-a.md"].map(str::to_owned).into()
    }

    // A link to a file must lead to one; links elsewhere and in code are left alone.
    #[test]
    fn broken_links_are_named() {
        let text = "[a](gone.md) [b](Cargo.toml#x) [c](https://example.com) [d](#here)\n\
                    ```text\n[e](gone.md)\n```\n";
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = broken_links(folder, text);
        assert_eq!(found, [(1, "the link to `gone.md` leads nowhere".to_owned())]);
    }

    // A path in a guide must be that of a file or folder, whole or its end; other words are free.
    #[test]
    fn missing_files_are_named() {
        let text =
            "`src/device.rs` `device.rs` `docs/decisions/` `Region::run` `no_std`\n`gone.rs`\n";
        assert_eq!(missing_files(&names(), text), [(2, "there is no `gone.rs`".to_owned())]);
    }

    // A quotation stands in its file, in pieces if it says so; a changed one is named.
    #[test]
    fn stale_quotations_are_named() {
        let source = "fn a() {\n    one();\n    two();\n    three();\n}\n";
        assert!(stands_in(source, &["  one();", "  two();"]));
        assert!(stands_in(source, &["one();", "// …", "three();"]));
        assert!(!stands_in(source, &["one();", "three();"]));
        assert!(!stands_in(source, &["three();", "// …", "one();"]));
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let quote = |line: &str| format!("{QUOTE}Cargo.toml -->\n```toml\n{line}\n```\n");
        assert_eq!(stale_quotations(root, &quote("name = \"xtask\"")), []);
        assert_eq!(stale_quotations(root, &quote("name = \"other\"")).len(), 1);
        assert_eq!(stale_quotations(root, &format!("{QUOTE}gone -->\n```\nx\n```\n")).len(), 1);
    }
}
