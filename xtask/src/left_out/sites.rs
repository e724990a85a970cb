//! The calls that hand memory over, found in the syntax trees.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::error::{Error, Result};
use crate::source::Source;
use crate::workspace::Workspace;

/// What such a call is named.
pub(super) const VERBS: [&str; 6] =
    ["publish", "observe", "sync", "hand_over", "release", "acquire"];

/// Where they are looked for.
const ROOMS: [&str; 3] = ["channels/src/", "dma-core/src/", "register-map/src/"];

/// What is left aside, and why: every run says so.
pub(super) const ASIDE: [(&str, &str); 1] = [(
    "channels/src/nvme/",
    "its tests have no machine whose caches are apart, and record no order of accesses",
)];

/// One call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Site {
    /// The source.
    pub(super) path: PathBuf,
    /// As one names it in the project.
    file: String,
    line: usize,
    pub(super) verb: &'static str,
    /// Where the call stands in the text, with what it is called on.
    pub(super) bytes: Range<usize>,
}

impl Site {
    /// Whether the call is one of those that order accesses and hand nothing over.
    pub(super) fn only_orders(&self) -> bool {
        matches!(self.verb, "release" | "acquire")
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {}", self.file, self.line, self.verb)
    }
}

/// Every call in the rooms, by file and place.
pub(super) fn all(workspace: &Workspace) -> Result<Vec<Site>> {
    let mut sites = Vec::new();
    for path in workspace.sources()? {
        let file = workspace.relative(&path);
        let aside = ASIDE.iter().any(|(folder, _)| file.starts_with(folder));
        if !aside && ROOMS.iter().any(|room| file.starts_with(room)) {
            sites.extend(find(&file, &Source::read(&path)?)?);
        }
    }
    if sites.is_empty() {
        return Err(Error::new("no call that hands memory over was found")
            .hint(format!("they are looked for in {}", ROOMS.join(", "))));
    }
    Ok(sites)
}

fn find(file: &str, source: &Source) -> Result<Vec<Site>> {
    let mut finder = Finder { file, source, sites: Vec::new(), hidden: None };
    finder.visit_file(&source.tree);
    if let Some(line) = finder.hidden {
        return Err(Error::new(format!("{file}:{line}: a hand-over inside a macro"))
            .hint("write it outside, so that it can be left out to see that a test notices"));
    }
    Ok(finder.sites)
}

struct Finder<'a> {
    file: &'a str,
    source: &'a Source,
    sites: Vec<Site>,
    /// Line of a call that cannot be left out, because a macro has it.
    hidden: Option<usize>,
}

fn verb(name: &syn::Ident) -> Option<&'static str> {
    VERBS.into_iter().find(|verb| name == verb)
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let test = |list: &syn::MetaList| list.tokens.to_string() == "test";
        attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(test)
    })
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        if let Some(verb) = verb(&call.method) {
            self.sites.push(Site {
                path: self.source.path.clone(),
                file: self.file.to_owned(),
                line: call.method.span().start().line,
                verb,
                bytes: call.span().byte_range(),
            });
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let mut dot = false;
        for token in call.tokens.clone() {
            if let proc_macro2::TokenTree::Ident(name) = &token
                && dot
                && verb(name).is_some()
            {
                self.hidden = Some(name.span().start().line);
            }
            dot = matches!(&token, proc_macro2::TokenTree::Punct(sign) if sign.as_char() == '.');
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn sites(text: &str) -> Result<Vec<String>> {
        let source = Source::parse(Path::new("x.rs"), text.to_owned()).unwrap();
        let found = find("x.rs", &source)?;
        let show = |site: &Site| format!("{site}: {}", &text[site.bytes.clone()]);
        Ok(found.iter().map(show).collect())
    }

    // Calls are found with what they are called on, also in blocks and arms; functions of these
    // names, other calls, and tests are not.
    #[test]
    fn calls_are_found_with_their_receivers() {
        let text = "fn sync() { a.b(1).publish(0..4); match x { _ => unsafe { self.r.sync(y) } } }\n\
                    fn other() { release(); self.push(1) }\n\
                    #[cfg(test)] mod tests { fn t() { a.publish(0..1) } }";
        let expected = ["x.rs:1 publish: a.b(1).publish(0..4)", "x.rs:1 sync: self.r.sync(y)"];
        assert_eq!(sites(text).unwrap(), expected);
    }

    // A call that a macro has cannot be left out, and the message has its place.
    #[test]
    fn calls_in_macros_are_refused() {
        let error = sites("\nfn f() { either!(self, it => it.sync(range)); }").unwrap_err();
        assert!(error.to_string().starts_with("x.rs:2: a hand-over inside a macro"), "{error}");
    }
}
