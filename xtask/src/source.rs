//! One Rust source as a tree, as tokens and as text.
//!
//! Rules that look for words read tokens, which have no comments and no strings and see inside
//! macros; rules that look for declarations read the tree.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::error::{Context, Result, read};

/// A parsed source.
#[derive(Debug)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Its tree.
    pub tree: syn::File,
    /// Its tokens, with groups opened: a group is its opening token, its content, its end.
    pub tokens: Vec<Token>,
}

/// One token, with the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word or sign itself; `(`, `[`, `{` and their ends for groups; empty for literals.
    pub text: String,
    /// Line, from 1.
    pub line: usize,
}

impl Source {
    /// Reads and parses a file.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is not Rust; the message has the line.
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(path, read(path)?)
    }

    /// Parses a text that stands, or could stand, in `path`.
    ///
    /// # Errors
    ///
    /// It is not Rust; the message has the line.
    pub fn parse(path: &Path, text: String) -> Result<Self> {
        let at = |error: &syn::Error| {
            let line = error.span().start().line;
            crate::error::Error::new(format!("{}:{line}: {error}", path.display()))
        };
        let tree = syn::parse_file(&text).map_err(|error| at(&error))?;
        let stream: TokenStream = text.parse().context(path.display())?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Ok(Self { path: path.to_path_buf(), text, tree, tokens })
    }

    /// Whether its header says that it was generated.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        let mut header = self.text.lines().take_while(|line| line.starts_with("//!"));
        header.any(|line| line.starts_with("//! Generated from "))
    }

    /// The lines of its text, from 1: `line(1)` is the first.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        let index = number.checked_sub(1);
        index.and_then(|index| self.text.lines().nth(index)).unwrap_or_default()
    }
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        let mut push = |text: String, line| tokens.push(Token { text, line });
        match tree {
            TokenTree::Ident(word) => push(word.to_string(), line),
            TokenTree::Punct(sign) => push(sign.as_char().to_string(), line),
            TokenTree::Literal(_) => push(String::new(), line),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                push(open.to_owned(), line);
                let end = group.span_close().start().line;
                flatten(group.stream(), tokens);
                tokens.push(Token { text: close.to_owned(), line: end });
            }
        }
    }
}

/// Whether an attribute is `forbid(unsafe_code)`, alone or among others.
#[must_use]
pub fn forbids_unsafe(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut found = false;
        if attribute.path().is_ident("forbid") {
            // An attribute of another shape is the compiler's business.
            let _ = attribute.parse_nested_meta(|meta| {
                found |= meta.path.is_ident("unsafe_code");
                Ok(())
            });
        }
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // Words in comments and strings are not tokens; words inside macros are; lines are right.
    #[test]
    fn tokens_see_macros_but_not_strings() {
        let text = "// todo\nfn f() {\n    m!(a, \"todo\", [b]);\n}\n";
        let source = Source::parse(Path::new("x.rs"), text.to_owned()).unwrap();
        let words: Vec<&str> = source.tokens.iter().map(|t| t.text.as_str()).collect();
        let expected = [
            "fn", "f", "(", ")", "{", "m", "!", "(", "a", ",", "", ",", "[", "b", "]", ")", ";",
            "}",
        ];
        assert_eq!(words, expected);
        assert_eq!(source.tokens[5].line, 3);
        assert_eq!(source.tokens[17].line, 4);
        assert_eq!(source.line(2), "fn f() {");
    }

    // What is not Rust is an error with file and line.
    #[test]
    fn broken_source_names_file_and_line() {
        let error = Source::parse(Path::new("x.rs"), "fn a() {}\nfn\n".to_owned()).unwrap_err();
        assert!(error.to_string().starts_with("x.rs:"), "{error}");
    }

    // `forbid(unsafe_code)` is recognised among others; `deny` is not enough.
    #[test]
    fn only_forbid_forbids() {
        let forbids = |text: &str| forbids_unsafe(&syn::parse_file(text).unwrap().attrs);
        assert!(forbids("#![forbid(unsafe_code)]"));
        assert!(forbids("#![forbid(missing_docs, unsafe_code)]"));
        assert!(!forbids("#![deny(unsafe_code)]"));
        assert!(!forbids("#![forbid(missing_docs)]"));
    }
}
