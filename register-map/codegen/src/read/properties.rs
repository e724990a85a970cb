//! What a register has from what is around it: size, access, reset value and mask.

use super::Reader;
use super::layers::Layers;
use crate::prose;
use crate::xml::Element;

/// `<access>`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Access {
    ReadOnly,
    WriteOnly,
    ReadWrite,
    WriteOnce,
    ReadWriteOnce,
}

impl Access {
    pub(super) fn reads(self) -> bool {
        matches!(self, Self::ReadOnly | Self::ReadWrite | Self::ReadWriteOnce)
    }

    pub(super) fn writes(self) -> bool {
        !matches!(self, Self::ReadOnly)
    }
}

/// What a register inherits if it does not say otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Properties {
    pub(super) size: Option<u64>,
    pub(super) access: Option<Access>,
    pub(super) reset_value: Option<u64>,
    pub(super) reset_mask: Option<u64>,
}

impl<'a> Reader<'a> {
    /// The properties of an element: its own, then those of what it is derived from and of what
    /// is around that, then those of what is around itself.
    pub(super) fn properties(
        &mut self,
        layers: &Layers<'a>,
        path: &str,
        around: &Properties,
    ) -> Properties {
        let mut found = self.explicit(layers, path);
        for &base in layers.bases() {
            let mut parent = base.parent();
            while let Some(element) = parent.filter(|it| it.tag() != "device") {
                if matches!(element.tag(), "cluster" | "peripheral") {
                    let layers = self.layers(element, path);
                    let outer = self.explicit(&layers, path);
                    found = found.or(outer);
                }
                parent = element.parent();
            }
        }
        found.or(*around)
    }

    fn explicit(&mut self, layers: &Layers<'a>, path: &str) -> Properties {
        Properties {
            size: self.number_of(layers, "size", path),
            access: layers.child("access").and_then(|it| self.access(it, path)),
            reset_value: self.number_of(layers, "resetValue", path),
            reset_mask: self.number_of(layers, "resetMask", path),
        }
    }

    /// Reads `<access>`; what it does not know is reported and taken as absent.
    pub(super) fn access(&mut self, element: Element<'a>, path: &str) -> Option<Access> {
        let text = element.text()?;
        let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match letters.to_ascii_lowercase().as_str() {
            "readonly" | "r" | "ro" => Access::ReadOnly,
            "writeonly" | "w" | "wo" => Access::WriteOnly,
            "readwrite" | "rw" => Access::ReadWrite,
            "writeonce" => Access::WriteOnce,
            "readwriteonce" => Access::ReadWriteOnce,
            _ => {
                let message = format!("unknown access `{}`", prose::plain(text));
                self.warning(path, element, message, "use read-only, write-only, read-write, writeOnce or read-writeOnce; it is taken as absent");
                return None;
            }
        })
    }
}

impl Properties {
    fn or(self, other: Self) -> Self {
        Self {
            size: self.size.or(other.size),
            access: self.access.or(other.access),
            reset_value: self.reset_value.or(other.reset_value),
            reset_mask: self.reset_mask.or(other.reset_mask),
        }
    }
}
