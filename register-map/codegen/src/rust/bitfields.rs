//! Bit fields, in the macro of tock-registers.
//!
//! One invocation for each width. A field whose numbers mean one thing when read and another
//! when written is printed twice, the second time as `…_WRITE`.

use super::Printer;
use super::registers::has_own_fields;
use super::text::number;
use crate::model::{Block, Field, Register, Usage, Value};
use crate::prose;

impl Printer<'_> {
    /// All bit fields of a block.
    pub(super) fn bitfields(&mut self, block: &Block) {
        for bits in [8, 16, 32, 64] {
            let registers =
                || block.registers.iter().filter(|it| it.bits == bits && has_own_fields(it));
            if registers().next().is_none() {
                continue;
            }
            self.text.separate();
            self.text.open(&format!("register_bitfields! {{ u{bits},"));
            for register in registers() {
                self.fields(register);
            }
            self.text.close("}");
        }
    }

    fn fields(&mut self, register: &Register) {
        self.text.doc(&format!("Fields of [`{0}`](const@{0}).", register.constant));
        self.text.open(&format!("pub {} [", register.constant));
        // The macro wants values for all fields or for none.
        let values = register.fields.iter().any(|field| field.values.iter().any(is_printed));
        for field in &register.fields {
            let split = is_split(field);
            let first = |value: &&Value| !split || value.usage != Usage::Write;
            self.field(field, &field.constant, "", values, field.values.iter().filter(first));
            if split {
                let name = format!("{}_WRITE", field.constant);
                let second = field.values.iter().filter(|value| value.usage == Usage::Write);
                self.field(field, &name, " What to write.", values, second);
            }
        }
        self.text.close("],");
    }

    fn field<'v>(
        &mut self,
        field: &Field,
        name: &str,
        remark: &str,
        with_values: bool,
        values: impl Iterator<Item = &'v Value>,
    ) {
        self.text.doc(&format!("{}{remark}", super::describe(&field.description, &field.name)));
        let place = format!("{name} OFFSET({}) NUMBITS({})", field.offset, field.width);
        let values: Vec<&Value> = values.filter(|value| is_printed(value)).collect();
        if values.is_empty() {
            self.text.line(&format!("{place}{},", if with_values { " []" } else { "" }));
            return;
        }
        self.text.open(&format!("{place} ["));
        for value in values {
            let text = if value.description.is_empty() { &value.name } else { &value.description };
            self.text.doc(&prose::sentence(&prose::markdown(text)));
            self.text.line(&format!("{} = {},", value.variant, number(value.value.unwrap_or(0))));
        }
        self.text.close("],");
    }
}

/// Whether a value is one number with a name of its own.
fn is_printed(value: &Value) -> bool {
    value.value.is_some() && !value.variant.is_empty()
}

/// Whether reading and writing give the numbers different meanings.
pub(super) fn is_split(field: &Field) -> bool {
    let has = |usage| field.values.iter().any(|value| value.usage == usage);
    has(Usage::Read) && has(Usage::Write)
}
