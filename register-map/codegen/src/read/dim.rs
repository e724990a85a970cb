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
        names: Indices,
        /// `dimIncrement`, in units of the element.
        stride: u64,
    },
}

impl Shape {
    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        match self {
            Self::One => 1,
            Self::Array { count, .. } => *count,
            Self::List { names, .. } => names.count(),
        }
    }

    /// From one to the next, in units of the element; 0 if there is only one.
    pub(super) fn stride(&self) -> u64 {
        match self {
            Self::One => 0,
            Self::Array { stride, .. } | Self::List { stride, .. } => *stride,
        }
    }

    /// What stands for `%s`, of each; `None` for what is not repeated.
    pub(super) fn members(&self) -> Box<dyn Iterator<Item = Option<String>> + '_> {
        match self {
            Self::One => Box::new(std::iter::once(None)),
            Self::Array { count, .. } => Box::new((0..*count).map(|it| Some(it.to_string()))),
            Self::List { names, .. } => Box::new(names.iter().map(Some)),
        }
    }
}

/// What stands for `%s` in the names of a list, in as little room as it has in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Indices {
    /// `0-3`, or what counts when nothing is said.
    Numbers {
        /// The first.
        first: u64,
        /// How many.
        count: u64,
    },
    /// `A-D`.
    Letters {
        /// The first.
        first: char,
        /// The last.
        last: char,
    },
    /// `RX,TX`: different names, none empty.
    Names(Vec<String>),
}

impl Indices {
    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        match self {
            Self::Numbers { count, .. } => *count,
            Self::Letters { first, last } => u64::from(*last) - u64::from(*first) + 1,
            Self::Names(names) => names.len() as u64,
        }
    }

    /// Each of them.
    pub(super) fn iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        match self {
            Self::Numbers { first, count } => {
                let (first, count) = (*first, *count);
                Box::new((0..count).map(move |at| first.saturating_add(at).to_string()))
            }
            Self::Letters { first, last } => Box::new((*first..=*last).map(String::from)),
            Self::Names(names) => Box::new(names.iter().cloned()),
        }
    }

    /// Whether this is one of them.
    fn contains(&self, index: &str) -> bool {
        match self {
            Self::Numbers { first, count } => index
                .parse::<u64>()
                .is_ok_and(|it| it >= *first && it - *first < *count && it.to_string() == index),
            Self::Letters { first, last } => {
                single(index).is_some_and(|it| (*first..=*last).contains(&it))
            }
            Self::Names(names) => names.iter().any(|name| name == index),
        }
    }

    /// Whether they are the numbers from 0 on.
    fn count_from_zero(&self) -> bool {
        match self {
            Self::Numbers { first, .. } => *first == 0,
            Self::Letters { .. } => false,
            Self::Names(names) => {
                names.iter().zip(0u64..).all(|(name, at)| *name == at.to_string())
            }
        }
    }
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
    let list = list.and_then(|text| indices(text, count));
    let list = list.unwrap_or(Indices::Numbers { first: 0, count });
    let bare = name.replace("[%s]", "%s");
    let found = [index_in(&bare, wanted), index_in(name, wanted)];
    found.into_iter().flatten().any(|index| list.contains(index))
}

/// What must stand for every `%s` of a name to make it the wanted one.
fn index_in<'w>(name: &str, wanted: &'w str) -> Option<&'w str> {
    let holes = name.matches("%s").count();
    let room = wanted.len().checked_sub(name.len() - 2 * holes)?;
    let start = name.find("%s")?;
    let index = wanted.get(start..start + room.checked_div(holes)?)?;
    (name.replace("%s", index) == wanted).then_some(index)
}

/// `0-3`, `A-D`, `1,2,5`, `RX,TX` as `count` different names; `None` if they are not that.
fn indices(text: &str, count: u64) -> Option<Indices> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let text = text.trim_end_matches(',');
    if let Some((first, last)) = text.split_once('-')
        && !text.contains(',')
    {
        let (first, last) = (first.trim(), last.trim());
        let indices = if let (Ok(first), Ok(last)) = (first.parse::<u64>(), last.parse::<u64>()) {
            Indices::Numbers { first, count: last.checked_sub(first)?.checked_add(1)? }
        } else {
            let (first, last) = (single(first)?, single(last)?);
            if first.is_ascii_uppercase() != last.is_ascii_uppercase() || first > last {
                return None;
            }
            Indices::Letters { first, last }
        };
        return (indices.count() == count).then_some(indices);
    }
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let fits = u64::try_from(names.len()) == Ok(count) && sorted.len() == names.len();
    (fits && names.iter().all(|name| !name.is_empty())).then_some(Indices::Names(names))
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
        let names = names.unwrap_or(Indices::Numbers { first: 0, count });
        let counted = names.count_from_zero();
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
        Some(Shape::List { names, stride })
    }

    fn index_names(&mut self, layers: &Layers<'a>, count: u64, path: &str) -> Option<Indices> {
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
        for (text, names) in [
            ("3-5", &["3", "4", "5"][..]),
            ("A-C", &["A", "B", "C"]),
            (" RX, TX ", &["RX", "TX"]),
            ("1,2,", &["1", "2"]),
            ("[0-1]", &["0", "1"]),
        ] {
            let indices = indices(text, names.len() as u64).unwrap();
            assert_eq!(indices.iter().collect::<Vec<_>>(), names, "{text}");
            assert!(names.iter().all(|name| indices.contains(name)), "{text}");
            for other in ["", "9", "01", "D", "é", "RX,TX"] {
                assert!(!indices.contains(other), "{other} in {text}");
            }
            assert_eq!(indices.count_from_zero(), names == ["0", "1"], "{text}");
        }
        for (text, count) in
            [("0-4294967295", 4), ("5-3", 3), ("A-c", 3), ("A,A", 2), ("1,,2", 3), ("é-z", 2)]
        {
            assert_eq!(indices(text, count), None, "{text}");
        }
    }

    // A member is recognised by its name alone, whatever the length of the array.
    #[test]
    fn members_are_found_by_their_names() {
        for (name, wanted, index) in [
            ("CH[%s]", "CH[12]", Some("12")),
            ("CH%s", "CH12", Some("12")),
            ("A%s_B%s", "A7_B7", Some("7")),
            ("A%s_B%s", "A7_B8", None),
            ("CH%s", "CX1", None),
            ("%s", "é", Some("é")),
            ("a%s%s", "aéb", None),
            ("CH", "CH", None),
            ("CH%s", "C", None),
        ] {
            assert_eq!(index_in(name, wanted), index, "{name} {wanted}");
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
