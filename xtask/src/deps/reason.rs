//! Each dependency on others' code has one line of reason where it is declared.
//!
//! The reason is a comment on the line itself or on the line above. `NAME.workspace = true` needs
//! none: the reason stands in the workspace's table.

use std::collections::BTreeSet;

/// Checks the text of one manifest; says how many dependencies on others' code it declares.
pub(super) fn check(
    name: &str,
    text: &str,
    ours: &BTreeSet<String>,
    breaches: &mut Vec<String>,
) -> usize {
    let mut inside = false;
    let mut above = "";
    let mut count = 0;
    for line in text.lines() {
        let trimmed = line.trim();
        let (content, comment) = split_comment(trimmed);
        let reasoned = comment.is_some() || above.starts_with('#');
        let declared = if let Some(table) = table_name(content) {
            inside = table.ends_with("dependencies");
            // `[dependencies.NAME]` declares one by itself.
            let parts = table.rsplit_once('.');
            parts.and_then(|(of, package)| of.ends_with("dependencies").then_some(package))
        } else if inside {
            dependency(content)
        } else {
            None
        };
        if let Some(package) = declared.filter(|package| !ours.contains(*package)) {
            count += 1;
            if !reasoned {
                breaches
                    .push(format!("{name}: `{package}` has no reason: add `# why` on its line"));
            }
        }
        above = trimmed;
    }
    count
}

/// "a.b.dependencies" of `[a.b.dependencies]`; quotes inside are kept.
fn table_name(content: &str) -> Option<&str> {
    content.strip_prefix('[')?.strip_suffix(']')
}

/// The name in `name = …`, unless it is inherited from the workspace.
fn dependency(content: &str) -> Option<&str> {
    let (key, value) = content.split_once('=')?;
    let key = key.trim();
    let name = key.trim_matches('"');
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))
    };
    let inherited = value.replace(' ', "").contains("workspace=true");
    (is_name(name) && !inherited).then_some(name)
}

/// The part before a `#` outside quotes, and what stands after it.
fn split_comment(line: &str) -> (&str, Option<&str>) {
    let mut quoted = false;
    for (at, character) in line.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '#' if !quoted => return (line[..at].trim_end(), Some(line[at + 1..].trim())),
            _ => {}
        }
    }
    (line, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(text: &str) -> (usize, Vec<String>) {
        let ours = BTreeSet::from(["dma-core".to_owned()]);
        let mut breaches = Vec::new();
        let count = check("Cargo.toml", text, &ours, &mut breaches);
        (count, breaches)
    }

    // Reasons on the line or above it count; ours and inherited ones need none.
    #[test]
    fn reasons_on_the_line_or_above_count() {
        let text = "[package]\nname = \"x\"\n\n[dependencies]\ndma-core = { path = \"..\" }\n\
                    cfg-if = { workspace = true }\nbitflags.workspace = true\n\
                    clap = \"4\" # the command line\n# reads sources\nsyn = { version = \"3\" }\n";
        assert_eq!(breaches(text), (2, vec![]));
    }

    // A dependency without a reason is named, in every kind of table.
    #[test]
    fn missing_reason_is_named_in_every_table() {
        for table in [
            "dependencies",
            "dev-dependencies",
            "workspace.dependencies",
            "target.'cfg(unix)'.dependencies",
        ] {
            let (count, found) = breaches(&format!("[{table}]\nclap = \"4#5\"\n"));
            assert_eq!(count, 1, "{table}");
            assert!(found[0].contains("`clap` has no reason"), "{table}");
        }
        let (_, found) = breaches("[dependencies.clap]\nversion = \"4\"\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("`clap`"));
    }

    // Other tables and continued lists are not dependencies.
    #[test]
    fn other_tables_do_not_count() {
        let text = "[features]\nvfio = []\n[dependencies]\nclap = { version = \"4\", features = [ # cli\n    \"derive\",\n] }\n[lints]\nworkspace = true\n";
        assert_eq!(breaches(text), (1, vec![]));
    }
}
