//! Repetition: `dim`, `dimIncrement`, `dimIndex` and the placeholder `%s`.
//!
//! `NAME[%s]` is an array and becomes one constant with an index. `NAME%s` is a list: with the
//! numbers from 0 on it is as good as an array, otherwise each member gets its own name.

use super::layers::Layers;
use super::{HIGHEST_OFFSET, Reader};
use crate::number;
use crate::prose;
use crate::xml::Element;

/// More members than any array of registers has.
const LONGEST: u64 = 65_536;

/// How an element is repeated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// Not at all.
    One,
    /// By index.
    Array {
        /// How many.
        count: u64,
        /// `dimIncrement`, in units of the element.
        stride: u64,
    },
    /// By name.
    List {
        /// What stands for `%s`.
        names: Vec<String>,
        /// `dimIncrement`, in units of the element.
        stride: u64,
    },
}

/// A name without `[%s]` and `%s`, and without the joint that is then left over at its end.
pub(super) fn without_placeholder(name: &str) -> String {
    let name = name.replace("[%s]", "").replace("%s", "");
    let trimmed = name.trim_end_matches('_');
    if trimmed.is_empty() { "element".to_owned() } else { trimmed.to_owned() }
}

/// A name with the placeholder filled in.
pub(super) fn fill(name: &str, index: &str) -> String {
    name.replace("[%s]", index).replace("%s", index)
}

/// Whether `wanted` is one member of a repeated element: `CH3` or `CH[3]` of `CH[%s]`.
pub(super) fn is_one_of(element: Element<'_>, name: &str, wanted: &str) -> bool {
    let Some(count) = element.child("dim").and_then(Element::text) else { return false };
    let Ok(count) = number::number(count) else { return false };
    if count > LONGEST {
        return false;
    }
    let list = element.child("dimIndex").and_then(Element::text);
    let names = list.and_then(|text| indices(text, count)).unwrap_or_else(|| numbers(count));
    names.iter().any(|index| {
        fill(name, index) == wanted || name.replace("[%s]", &format!("[{index}]")) == wanted
    })
}

fn numbers(count: u64) -> Vec<String> {
    (0..count).map(|index| index.to_string()).collect()
}

/// `0-3`, `A-D`, `1,2,5`, `RX,TX` as `count` different names; `None` if they are not that.
fn indices(text: &str, count: u64) -> Option<Vec<String>> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let text = text.trim_end_matches(',');
    let names: Vec<String> = match text.split_once('-') {
        Some((first, last)) if !text.contains(',') => {
            let (first, last) = (first.trim(), last.trim());
            if let (Ok(first), Ok(last)) = (first.parse::<u64>(), last.parse::<u64>()) {
                if last.checked_sub(first)? != count.checked_sub(1)? {
                    return None;
                }
                (first..=last).map(|index| index.to_string()).collect()
            } else {
                let (first, last) = (single(first)?, single(last)?);
                if first.is_ascii_uppercase() != last.is_ascii_uppercase() {
                    return None;
                }
                (first..=last).map(String::from).collect()
            }
        }
        _ => text.split(',').map(|name| name.trim().to_owned()).collect(),
    };
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let fits = u64::try_from(names.len()) == Ok(count) && sorted.len() == names.len();
    (fits && names.iter().all(|name| !name.is_empty())).then_some(names)
}

fn single(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let letter = letters.next()?;
    (letters.next().is_none() && letter.is_ascii_alphabetic()).then_some(letter)
}

impl<'a> Reader<'a> {
    /// How an element is repeated; `None` if it must be left out, which was reported.
    pub(super) fn shape(&mut self, layers: &Layers<'a>, name: &str, path: &str) -> Option<Shape> {
        let own = layers.own();
        let placeholder = name.contains("%s");
        // A member derived from an array is no array, unless its own name says so.
        let dims =
            if placeholder || own.child("dim").is_none() && own.child("dimIncrement").is_none() {
                placeholder.then(|| layers.child("dim")).flatten()
            } else {
                own.child("dim")
            };
        let Some(dim) = dims else {
            if placeholder {
                self.warning(
                    path,
                    own,
                    "the name has %s, but there is no <dim>".to_owned(),
                    "add <dim> and <dimIncrement>; the %s is dropped now",
                );
            } else if let Some(stray) = own.child("dimIncrement") {
                self.warning(
                    path,
                    stray,
                    "a <dimIncrement> without <dim>".to_owned(),
                    "add <dim>; it is read as one element now",
                );
            }
            return Some(Shape::One);
        };
        let count = self.number_in(dim, path)?;
        if count == 0 || count > LONGEST {
            let message = format!("{count} elements; left out");
            self.warning(path, dim, message, "an array has from 1 to 65536 elements");
            return None;
        }
        let stride = match self.number_of(layers, "dimIncrement", path) {
            Some(stride) => stride,
            None if count == 1 => 0,
            None => {
                self.warning(
                    path,
                    own,
                    "an array without <dimIncrement>; left out".to_owned(),
                    "add <dimIncrement>",
                );
                return None;
            }
        };
        if stride > HIGHEST_OFFSET {
            let message = format!("{stride:#x} from one element to the next; left out");
            self.warning(path, own, message, "look at <dimIncrement>");
            return None;
        }
        if stride == 0 && count > 1 {
            self.warning(
                path,
                own,
                format!("{count} elements at one place; left out"),
                "look at <dimIncrement>",
            );
            return None;
        }
        if !placeholder {
            self.note(
                path,
                own,
                "an array whose name has no %s".to_owned(),
                "write NAME[%s]; it is read like that",
            );
        }
        let names = self.index_names(layers, count, path);
        let counted = names.as_ref().is_none_or(|names| *names == numbers(count));
        if name.contains("[%s]") || !placeholder || counted {
            if !counted {
                self.note(
                    path,
                    own,
                    "an array whose <dimIndex> does not count from 0".to_owned(),
                    "its index counts from 0 in the output",
                );
            }
            return Some(Shape::Array { count, stride });
        }
        Some(Shape::List { names: names.unwrap_or_default(), stride })
    }

    fn index_names(&mut self, layers: &Layers<'a>, count: u64, path: &str) -> Option<Vec<String>> {
        let element = layers.child("dimIndex")?;
        let text = element.text()?;
        let names = indices(text, count);
        if names.is_none() {
            let message = format!("`{}` is not {count} different names", prose::plain(text));
            self.warning(
                path,
                element,
                message,
                "write 0-3, A-D or a list with commas; it is read as counting from 0",
            );
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Ranges and lists give names; what does not fit the count gives none.
    #[test]
    fn indices_are_ranges_or_lists() {
        assert_eq!(indices("3-5", 3).unwrap(), ["3", "4", "5"]);
        assert_eq!(indices("A-C", 3).unwrap(), ["A", "B", "C"]);
        assert_eq!(indices(" RX, TX ", 2).unwrap(), ["RX", "TX"]);
        assert_eq!(indices("1,2,", 2).unwrap(), ["1", "2"]);
        assert_eq!(indices("[0-1]", 2).unwrap(), ["0", "1"]);
        for (text, count) in
            [("0-4294967295", 4), ("5-3", 3), ("A-c", 3), ("A,A", 2), ("1,,2", 3), ("é-z", 2)]
        {
            assert_eq!(indices(text, count), None, "{text}");
        }
    }

    // A placeholder goes together with the joint that it leaves.
    #[test]
    fn placeholders_are_dropped_and_filled() {
        assert_eq!(without_placeholder("CH[%s]"), "CH");
        assert_eq!(without_placeholder("CH_%s"), "CH");
        assert_eq!(without_placeholder("GPIO%s_CTRL"), "GPIO_CTRL");
        assert_eq!(without_placeholder("%s"), "element");
        assert_eq!(fill("GPIO%s_CTRL", "7"), "GPIO7_CTRL");
        assert_eq!(fill("CH[%s]", "A"), "CHA");
    }
}
