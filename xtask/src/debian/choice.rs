//! Which version of a package to take.
//!
//! A pin makes runs repeatable; archives drop old versions. So: the pinned one while it is
//! there, else the newest that suits, and the log says so.

use super::Pin;
use crate::error::{Error, Result};

/// The pinned version if it is there and suits, else the first (newest) that suits.
pub(super) fn choose(
    pin: &Pin,
    versions: &[String],
    suits: &dyn Fn(&str) -> bool,
) -> Result<String> {
    if suits(&pin.version) && versions.contains(&pin.version) {
        return Ok(pin.version.clone());
    }
    let newest = versions.iter().find(|version| suits(version));
    let Some(newest) = newest else {
        let there = if versions.is_empty() { "none".to_owned() } else { versions.join(", ") };
        return Err(Error::new(format!(
            "neither the pinned {} nor another version that suits is in {} (there: {there})",
            pin.version,
            pin.suites.join(", ")
        ))
        .hint("name a suite that has it, and its version and sha256, in xtask/pins.toml"));
    };
    println!(
        "    {}: pinned {} is not to be had or does not suit; taking {newest}",
        pin.name, pin.version
    );
    Ok(newest.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin() -> Pin {
        Pin {
            name: "rust-src".to_owned(),
            version: "1.95.0-1".to_owned(),
            architecture: "all".to_owned(),
            suites: vec!["trixie-backports".to_owned()],
            sha256: String::new(),
        }
    }

    // The pinned version wins over a newer one; without it the newest that suits is taken.
    #[test]
    fn pinned_version_first_then_newest_that_suits() {
        let both = ["1.96.0-1".to_owned(), "1.95.0-1".to_owned()];
        assert_eq!(choose(&pin(), &both, &|_| true).unwrap(), "1.95.0-1");
        let newer = ["1.96.0-1".to_owned(), "1.95.0-2".to_owned()];
        assert_eq!(choose(&pin(), &newer, &|_| true).unwrap(), "1.96.0-1");
        let suits = |version: &str| version.starts_with("1.95.0-");
        assert_eq!(choose(&pin(), &newer, &suits).unwrap(), "1.95.0-2");
    }

    // When nothing suits, the error lists what is there and says where pins live.
    #[test]
    fn nothing_suitable_says_what_is_there() {
        let error = choose(&pin(), &["1.96.0-1".to_owned()], &|_| false).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("(there: 1.96.0-1)"), "{text}");
        assert!(text.contains("xtask/pins.toml"), "{text}");
    }
}
