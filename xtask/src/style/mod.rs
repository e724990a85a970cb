//! Our own rules of style, those that a program can check.
//!
//! Short files with a tagline; no unfinished code; exceptions to lints with a reason; `cfg` in few
//! places; full words for addresses; an engine without allocation or dynamic dispatch. Words are
//! read from tokens and declarations from the tree, so comments and strings never trip a rule.
//! Documents keep their word too: links, named files and quotations are looked up.

mod configuration;
mod documents;
mod names;
mod text;

use crate::error::{Error, Result};
use crate::source::Source;
use crate::suite::Verdict;
use crate::workspace::Workspace;

/// A place where a rule is broken: the line, 0 for the whole file, and what is wrong.
type Breach = (usize, String);

/// The suite `style`.
///
/// # Errors
///
/// Lists every breach with file and line.
pub fn suite(workspace: &Workspace) -> Result<Verdict> {
    let mut breaches = Vec::new();
    let sources = workspace.sources()?;
    for path in &sources {
        let name = workspace.relative(path);
        let source = Source::read(path)?;
        for (line, what) in check(&name, &source) {
            breaches.push(match line {
                0 => format!("{name}: {what}"),
                line => format!("{name}:{line}: {what}"),
            });
        }
    }
    let (documents, found) = documents::check_all(workspace)?;
    breaches.extend(found.into_iter().map(|(name, (line, what))| format!("{name}:{line}: {what}")));
    if breaches.is_empty() {
        let passed = format!("{} sources, {documents} documents", sources.len());
        return Ok(Verdict::passed(passed));
    }
    Err(Error::new(format!("{} breaches:\n    {}", breaches.len(), breaches.join("\n    ")))
        .hint("the rules stand in CONTRIBUTING.md"))
}

/// All rules on one source, by its path from the root.
fn check(name: &str, source: &Source) -> Vec<Breach> {
    let mut breaches = Vec::new();
    breaches.extend(text::header(source));
    breaches.extend(text::unfinished(source));
    breaches.extend(text::allowed_lints(source));
    breaches.extend(configuration::check(name, source));
    // Generated registers are as many as the device has, and named as its manual names them.
    if !source.is_generated() {
        breaches.extend(text::length(source));
        breaches.extend(names::check(source));
    }
    if is_engine(name) {
        breaches.extend(text::dynamic(source));
    }
    breaches
}

/// The engine: what runs per transfer on a microcontroller.
fn is_engine(name: &str) -> bool {
    name.starts_with("dma-core/src/engine") && !name.ends_with("tests.rs")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// What is wrong with a text that stands in `name`.
    pub(super) fn breaches(name: &str, text: &str) -> Vec<Breach> {
        check(name, &Source::parse(Path::new(name), text.to_owned()).unwrap())
    }

    // A source that keeps all rules has no breach.
    #[test]
    fn good_source_passes() {
        let text = "//! One noun.\n#[cfg(test)]\nmod tests {}\nfn f() { g(\"todo!() addr\") }\n";
        assert_eq!(breaches("channels/src/x.rs", text), []);
    }

    // Generated registers may be many, and have their manual's names; other rules hold.
    #[test]
    fn generated_registers_keep_their_names() {
        let header = "//! One device.\n//!\n//! Generated from `x.svd`.\n";
        let text = format!("{header}const SRC_ADDR: u8 = 1;\n{}", "// x\n".repeat(600));
        assert_eq!(breaches("register-map/src/x.rs", &text), []);
        let text = format!("{header}#[allow(x)]\nconst A: u8 = 1;\n");
        assert_eq!(breaches("register-map/src/x.rs", &text).len(), 1);
    }

    // Only engine sources are held to have neither allocation nor dynamic dispatch.
    #[test]
    fn engine_has_no_dynamic_words() {
        let text = "//! One noun.\nfn f(_: &dyn T) -> Box<u8> { Vec::new() }\n";
        let found = breaches("dma-core/src/engine/mod.rs", text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(breaches("backend-mock/src/x.rs", text), []);
    }
}
