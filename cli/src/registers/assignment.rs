//! What is to be written: `NAME=VALUE`.
#![forbid(unsafe_code)]

use std::str::FromStr;

use super::Path;

/// `NAME=VALUE`.
#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    pub(crate) name: Path,
    pub(crate) value: String,
}

impl FromStr for Assignment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text
            .split_once('=')
            .filter(|(_, value)| !value.is_empty())
            .ok_or_else(|| format!("`{text}` is no assignment; write NAME=VALUE"))?;
        Ok(Self { name: name.parse()?, value: value.to_owned() })
    }
}
