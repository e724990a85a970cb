//! A part of a document between two marks, which is written by a command.

use crate::error::{Error, Result};

/// Two marks, as `<!-- NAME:begin -->` and `<!-- NAME:end -->`, each on a line of its own.
#[derive(Debug)]
pub struct Marks {
    begin: String,
    end: String,
    what: &'static str,
}

impl Marks {
    /// Those of a name; `what` stands between them.
    #[must_use]
    pub fn new(name: &str, what: &'static str) -> Self {
        let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
        Self { begin, end, what }
    }

    /// A document up to and with the first mark, what is between the two, and the rest.
    ///
    /// # Errors
    ///
    /// It has not both of them, in this order.
    pub fn split<'d>(&self, document: &'d str) -> Result<[&'d str; 3]> {
        let begin = document.find(&self.begin).map(|place| place + self.begin.len());
        let end = document.find(&self.end);
        match begin.zip(end) {
            Some((begin, end)) if begin <= end => {
                Ok([&document[..begin], &document[begin..end], &document[end..]])
            }
            _ => {
                let (begin, end) = (self.begin.trim_end(), &self.end);
                Err(Error::new(format!("there are no marks for {}", self.what))
                    .hint(format!("it needs a line `{begin}` and a line `{end}`")))
            }
        }
    }

    /// A document with this between the marks.
    ///
    /// # Errors
    ///
    /// As [`Marks::split`].
    pub fn with(&self, document: &str, between: &str) -> Result<String> {
        let [head, _, tail] = self.split(document)?;
        Ok(format!("{head}{between}{tail}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // What is between the marks is replaced, and nothing else.
    #[test]
    fn what_is_between_is_replaced() {
        let marks = Marks::new("x", "the table");
        let document = "head\n<!-- x:begin -->\nold\n<!-- x:end -->\ntail\n";
        let fresh = marks.with(document, "new\n").unwrap();
        assert_eq!(fresh, "head\n<!-- x:begin -->\nnew\n<!-- x:end -->\ntail\n");
        assert_eq!(marks.split(&fresh).unwrap()[1], "new\n");
    }

    // Without marks there is no place for it, and the error says which.
    #[test]
    fn missing_marks_are_named() {
        let error = Marks::new("x", "the table").with("<!-- x:end -->", "").unwrap_err();
        assert!(error.to_string().contains("no marks for the table"), "{error}");
        assert!(error.to_string().contains("<!-- x:begin -->"), "{error}");
    }
}
