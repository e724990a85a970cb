//! What may be done with a register, out of what is said of it and of its fields.
//!
//! A register is accessed as a whole, so its rights are the cautious sum of its fields': if
//! reading any field has a side effect, reading the register has; if writing a one clears any
//! field, the register has no `modify` that would write back what it read.

use super::Reader;
use super::layers::Layers;
use super::properties::Access;
use crate::model::{Field, Read, Write};
use crate::prose;
use crate::xml::Element;

/// What an element says of its own about reading and writing.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Says {
    pub(super) access: Option<Access>,
    pub(super) write: Option<Write>,
    pub(super) read: Option<Read>,
}

impl Says {
    /// How something with this is read, inheriting from what its register says.
    pub(super) fn read(self, register: Self) -> Read {
        let access = self.access.or(register.access).unwrap_or(Access::ReadWrite);
        if access.reads() {
            self.read.or(register.read).unwrap_or(Read::Plain)
        } else {
            Read::Never
        }
    }

    /// How something with this is written, inheriting from what its register says.
    pub(super) fn write(self, register: Self) -> Write {
        let access = self.access.or(register.access).unwrap_or(Access::ReadWrite);
        if access.writes() {
            self.write.or(register.write).unwrap_or(Write::Plain)
        } else {
            Write::Never
        }
    }
}

impl<'a> Reader<'a> {
    /// What a register or field says, itself or through what it is derived from.
    pub(super) fn says(&mut self, layers: &Layers<'a>, path: &str) -> Says {
        Says {
            access: layers.child("access").and_then(|it| self.access(it, path)),
            write: layers.child("modifiedWriteValues").and_then(|it| self.modified_write(it, path)),
            read: layers.child("readAction").and_then(|it| self.read_action(it, path)),
        }
    }

    fn modified_write(&mut self, element: Element<'a>, path: &str) -> Option<Write> {
        Some(match element.text()? {
            "oneToClear" => Write::OneToClear,
            "oneToSet" => Write::OneToSet,
            "oneToToggle" => Write::OneToToggle,
            "zeroToClear" => Write::ZeroToClear,
            "zeroToSet" => Write::ZeroToSet,
            "zeroToToggle" => Write::ZeroToToggle,
            "clear" => Write::AnyClears,
            "set" => Write::AnySets,
            "modify" => Write::Plain,
            other => {
                let message = format!("unknown modifiedWriteValues `{}`", prose::plain(other));
                // Not plain: a wrong guess would let `modify` clear what nobody has seen.
                self.warning(
                    path,
                    element,
                    message,
                    "correct it; it is taken for oneToClear, which has no modify",
                );
                Write::OneToClear
            }
        })
    }

    fn read_action(&mut self, element: Element<'a>, path: &str) -> Option<Read> {
        Some(match element.text()? {
            "clear" => Read::Clears,
            "set" => Read::Sets,
            "modify" => Read::Modifies,
            "modifyExternal" => Read::ModifiesOther,
            other => {
                let message = format!("unknown readAction `{}`", prose::plain(other));
                self.warning(
                    path,
                    element,
                    message,
                    "correct it; reading is taken to have a side effect",
                );
                Read::Modifies
            }
        })
    }

    /// How a register is read and written, given what it says, what is around it, and its
    /// fields with what they say.
    pub(super) fn rights(
        &mut self,
        at: Element<'a>,
        path: &str,
        register: Says,
        around: Option<Access>,
        fields: &[(Field, Says)],
    ) -> (Read, Write) {
        let all_say = !fields.is_empty() && fields.iter().all(|(_, says)| says.access.is_some());
        let whole =
            register.access.or(if all_say { None } else { around.or(Some(Access::ReadWrite)) });
        let wider = |pass: fn(Access) -> bool| {
            fields.iter().find(|(_, says)| says.access.is_some_and(pass))
        };
        let mut may = |pass: fn(Access) -> bool, verb: &str| {
            let by_whole = whole.is_some_and(pass);
            match wider(pass) {
                Some((field, _)) if !by_whole && whole.is_some() => {
                    let message =
                        format!("field {} can be {verb}, the register cannot", field.name);
                    self.warning(
                        path,
                        at,
                        message,
                        "correct the <access> of one; the register can be now",
                    );
                    true
                }
                found => by_whole || found.is_some(),
            }
        };
        let reads = may(Access::reads, "read");
        let writes = may(Access::writes, "written");
        let read = if reads { sum_of_reads(register, fields) } else { Read::Never };
        let write =
            if writes { self.sum_of_writes(at, path, register, fields) } else { Write::Never };
        (read, write)
    }

    fn sum_of_writes(
        &mut self,
        at: Element<'a>,
        path: &str,
        register: Says,
        fields: &[(Field, Says)],
    ) -> Write {
        let mut kinds: Vec<Write> = fields
            .iter()
            .map(|(field, _)| field.write)
            .filter(|&kind| kind != Write::Never)
            .collect();
        kinds.dedup();
        match kinds.as_slice() {
            [] => register.write.unwrap_or(Write::Plain),
            &[kind] => kind,
            _ => {
                let acts = kinds
                    .iter()
                    .copied()
                    .find(|kind| !matches!(kind, Write::Plain | Write::AnyClears | Write::AnySets));
                if let Some(kind) = acts {
                    self.note(path, at, format!("fields that are written in different ways; the register has the rights of {kind:?}"), "");
                    kind
                } else {
                    self.warning(
                        path,
                        at,
                        "some fields are cleared or set by any write, others hold what is written"
                            .to_owned(),
                        "mind that modify writes all of them",
                    );
                    Write::Plain
                }
            }
        }
    }
}

fn sum_of_reads(register: Says, fields: &[(Field, Says)]) -> Read {
    let mut effects = fields.iter().map(|(field, _)| field.read).filter(|read| read.has_effect());
    match (register.read, effects.next()) {
        (Some(read), _) if read.has_effect() => read,
        (_, Some(first)) => {
            if effects.all(|read| read == first) {
                first
            } else {
                Read::Modifies
            }
        }
        _ => Read::Plain,
    }
}
