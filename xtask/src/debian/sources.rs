//! Where this host gets Debian packages from: its apt sources, in both forms.
//!
//! One-line files (`deb [signed-by=KEY] URI SUITE COMPONENT…`) and paragraphs (`Types:`,
//! `URIs:`, `Suites:`, `Components:`, `Signed-By:`). Of all entries, the one that serves the
//! host's own release from the component `main` is the archive whose other suites we may ask.

use std::path::Path;

use crate::error::{Error, Result, read};

/// One source of packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Addresses of the archive.
    pub uris: Vec<String>,
    /// Suites of it.
    pub suites: Vec<String>,
    /// Components of it.
    pub components: Vec<String>,
    /// Keyring (a path) that signs it, if the entry names one; a key block inside the file counts
    /// too and is kept as it stands.
    pub signed_by: Option<String>,
}

/// The archive that serves this host's own release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Its address.
    pub uri: String,
    /// Keyring that signs it, if the host names one.
    pub signed_by: Option<String>,
}

impl Archive {
    /// The archive of this host.
    ///
    /// # Errors
    ///
    /// The host is no Debian, or has no apt source for its own release.
    pub fn of_host() -> Result<Self> {
        let release = read(Path::new("/etc/os-release"))?;
        let codename = value(&release, "VERSION_CODENAME").unwrap_or_default();
        let mut entries = Vec::new();
        let mut files = vec![Path::new("/etc/apt/sources.list").to_path_buf()];
        if let Ok(folder) = std::fs::read_dir("/etc/apt/sources.list.d") {
            files.extend(folder.filter_map(|entry| Some(entry.ok()?.path())));
        }
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            match file.extension().and_then(|extension| extension.to_str()) {
                Some("list") => entries.extend(one_line(&read(file)?)),
                Some("sources") => entries.extend(paragraphs(&read(file)?)),
                _ => {}
            }
        }
        Self::choose(&entries, &codename)
    }

    fn choose(entries: &[Entry], codename: &str) -> Result<Self> {
        let serves = |entry: &&Entry| {
            !codename.is_empty()
                && entry.suites.iter().any(|suite| suite == codename)
                && entry.components.iter().any(|name| name == "main")
                && !entry.uris.is_empty()
        };
        match entries.iter().find(serves) {
            Some(entry) => {
                Ok(Self { uri: entry.uris[0].clone(), signed_by: entry.signed_by.clone() })
            }
            None => Err(Error::new(format!(
                "no apt source here serves the component main of release {codename:?}"
            ))
            .hint("run on Debian with its usual sources in /etc/apt")),
        }
    }

    /// A sources file (paragraph form) for other suites of the same archive.
    #[must_use]
    pub fn sources(&self, suites: &[String]) -> String {
        let mut text = format!(
            "Types: deb\nURIs: {}\nSuites: {}\nComponents: main\n",
            self.uri,
            suites.join(" ")
        );
        if let Some(key) = &self.signed_by {
            text.push_str("Signed-By: ");
            text.push_str(key);
            text.push('\n');
        }
        text
    }
}

/// The value of `NAME=value` or `NAME="value"`.
fn value(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
    Some(line.trim().trim_matches('"').to_owned())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Entries of a file in one-line form.
fn one_line(text: &str) -> Vec<Entry> {
    text.lines().filter_map(one_line_entry).collect()
}

fn one_line_entry(line: &str) -> Option<Entry> {
    let line = line.split('#').next()?.trim();
    let rest = line.strip_prefix("deb")?;
    let rest = rest.strip_prefix([' ', '\t'])?.trim_start();
    let (options, rest) = match rest.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => ("", rest),
    };
    let signed_by = options
        .split_whitespace()
        .find_map(|option| option.strip_prefix("signed-by="))
        .map(str::to_owned);
    let mut words = words(rest).into_iter();
    let uri = words.next()?;
    let suite = words.next()?;
    Some(Entry { uris: vec![uri], suites: vec![suite], components: words.collect(), signed_by })
}

/// Entries of a file in paragraph form.
fn paragraphs(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines().chain([""]) {
        if line.starts_with('#') {
            continue;
        }
        if line.trim().is_empty() {
            entries.extend(paragraph_entry(&fields));
            fields.clear();
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    entries
}

fn paragraph_entry(fields: &[(String, String)]) -> Option<Entry> {
    let field = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name)?;
        Some(found.1.clone())
    };
    let off = field("enabled").is_some_and(|value| value.eq_ignore_ascii_case("no"));
    if off || !words(&field("types")?).iter().any(|kind| kind == "deb") {
        return None;
    }
    Some(Entry {
        uris: words(&field("uris")?),
        suites: words(&field("suites")?),
        components: words(&field("components").unwrap_or_default()),
        signed_by: field("signed-by").filter(|key| !key.trim().is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
# comment
deb-src http://a.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://a.example/debian bookworm main contrib # why
deb http://s.example/security bookworm-security main
";

    const SOURCES: &str = "\
Types: deb
# a comment inside
URIs: http://a.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/k.gpg

Enabled: no
Types: deb
URIs: http://b.example/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://c.example/debian
Suites: bookworm
Components: main
";

    // The one-line form: options, comments and source packages are told apart.
    #[test]
    fn one_line_form_is_read() {
        let entries = one_line(LIST);
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].uris, ["http://a.example/debian"]);
        assert_eq!(entries[0].components, ["main", "contrib"]);
        assert_eq!(entries[0].signed_by.as_deref(), Some("/k.gpg"));
        assert_eq!(entries[1].signed_by, None);
    }

    // The paragraph form: disabled and source-only paragraphs do not count.
    #[test]
    fn paragraph_form_is_read() {
        let entries = paragraphs(SOURCES);
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].suites, ["bookworm", "bookworm-updates"]);
        let key = entries[0].signed_by.as_deref();
        assert_eq!(key, Some("/usr/share/keyrings/k.gpg"));
    }

    // A key block that stands in the file itself survives, continuation lines included.
    #[test]
    fn key_inside_the_file_is_kept() {
        let text =
            "Types: deb\nURIs: u\nSuites: s\nComponents: main\nSigned-By:\n -----BEGIN\n .\n abc\n";
        let archive =
            Archive { uri: "u".to_owned(), signed_by: paragraphs(text)[0].signed_by.clone() };
        let sources = archive.sources(&["t".to_owned()]);
        assert!(sources.contains("\n -----BEGIN\n .\n abc\n"), "{sources}");
        assert_eq!(paragraphs(&sources)[0].suites, ["t"]);
    }

    // The archive is the entry that serves the host's release, not security nor another release.
    #[test]
    fn archive_is_that_of_the_own_release() {
        let entries = one_line(LIST);
        let archive = Archive::choose(&entries, "bookworm").unwrap();
        assert_eq!(archive.uri, "http://a.example/debian");
        assert!(Archive::choose(&entries, "trixie").is_err());
        assert!(Archive::choose(&entries, "").is_err());
    }

    // os-release with and without quotes.
    #[test]
    fn codename_is_read_with_and_without_quotes() {
        assert_eq!(value("A=b\nV=\"x\"\n", "V").as_deref(), Some("x"));
        assert_eq!(value("A=b\n", "A").as_deref(), Some("b"));
        assert_eq!(value("AB=b\n", "A"), None);
    }
}
