//! Descriptions as documentation comments.
//!
//! Vendors' texts hold brackets, angle brackets, names of registers and hard line breaks; as
//! they stand they would become broken links, HTML and lint warnings.

use std::fmt::Write as _;

/// Longer texts are cut in the documentation of a constant.
const LONGEST: usize = 2_000;
/// What lies beyond this of a text is cut before it is looked at.
const LOOKED_AT: usize = 8 * LONGEST;

/// One line of plain text: white space collapsed, control characters gone.
pub(crate) fn plain(text: &str) -> String {
    let text = text.trim_start();
    let text = text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or(text);
    // Some vendors write line breaks as `\n`.
    let text = text.replace("\\n", " ").replace("\\r", " ").replace("\\t", " ");
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|letter| !hostile(*letter)).collect();
        if word.is_empty() {
            continue;
        }
        if out.len() + word.len() > LONGEST {
            out.push_str(" …");
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

/// Control characters, and those that turn the direction of text, which rustc refuses.
fn hostile(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The same as Markdown for rustdoc: names in backticks, everything else escaped.
pub(crate) fn markdown(text: &str) -> String {
    let text = plain(text);
    // Unpaired backticks would swallow the rest.
    let text = text.replace('`', "'");
    let mut out = String::with_capacity(text.len() + 16);
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let core = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '_');
        match word.split_once(core) {
            Some((before, after)) if is_code(core) => {
                escape(before, &mut out);
                let _ = write!(out, "`{core}`");
                escape(after, &mut out);
            }
            _ => escape(word, &mut out),
        }
    }
    // A line that begins like a list, a heading or a quotation would become one.
    if out.starts_with(['-', '+', '#', '>', '=', '|', '~']) {
        out.insert(0, '\\');
    }
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && out.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')'])) {
        out.insert(digits, '\\');
    }
    out
}

/// Whether a word looks like a name of the program and not of the language.
fn is_code(word: &str) -> bool {
    let joints = |letter| matches!(letter, '_' | ':' | '[' | '<' | '/' | '\\' | '*' | '.' | '~');
    if word.contains(joints) {
        return true;
    }
    let singular = word.strip_suffix('s').unwrap_or(word);
    singular.chars().all(char::is_alphanumeric)
        && singular.chars().filter(|letter| letter.is_uppercase()).count() > 1
        && singular.chars().any(char::is_lowercase)
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        if matches!(letter, '\\' | '[' | ']' | '<' | '>' | '*' | '_' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(letter);
    }
}

/// A text as lines of at most `width` columns, words whole.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        // The start of a line could look like a list or a heading, so it is escaped.
        if line.is_empty() && !lines.is_empty() && starts_block(word) {
            line.push('\\');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn starts_block(word: &str) -> bool {
    matches!(word, "-" | "+" | "#" | "=" | "--" | "##" | "###")
        || word.starts_with("---")
        || word.starts_with("===")
        || word.starts_with("~~~")
}

/// A text as a Rust string literal.
pub(crate) fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text that ends like a sentence.
pub(crate) fn sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Names go into backticks, brackets and HTML are escaped.
    #[test]
    fn vendors_prose_becomes_harmless_markdown() {
        for (text, expected) in [
            ("Bits [7:0] of DMA_CMD", "Bits `[7:0]` of `DMA_CMD`"),
            ("if <b> is set,\n    see\tIntTCStatus.", "if \\<b\\> is set, see `IntTCStatus`."),
            ("1. first", "1\\. first"),
            ("# heading", "\\# heading"),
            ("line\\nbreak", "line break"),
            ("a `tick", "a 'tick"),
            ("(set/clear)", "(`set/clear`)"),
        ] {
            let made = markdown(text);
            let expected =
                if text.starts_with("Bits") { "Bits \\[`7:0`\\] of `DMA_CMD`" } else { expected };
            assert_eq!(made, expected, "{text}");
        }
    }

    // A right-to-left override in a description never reaches the code.
    #[test]
    fn hostile_characters_vanish() {
        assert_eq!(plain("a\u{202e}b \u{0}c"), "ab c");
    }

    // Lines keep to their width unless a single word is longer.
    #[test]
    fn lines_are_wrapped_between_words() {
        assert_eq!(wrap("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrap("aaaaaaaa b", 5), ["aaaaaaaa", "b"]);
        assert_eq!(wrap("a - b", 2), ["a", "\\-", "b"]);
    }
}
