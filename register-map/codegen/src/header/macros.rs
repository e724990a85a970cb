//! Macros: offsets, counts, reset values, masks and named values.

use super::{Printer, number};
use crate::model::{Block, Register, Repeat, Usage};
use crate::name;

impl Printer {
    /// The macros of a block's registers, pairs and groups.
    pub(super) fn register_macros(&mut self, block: &Block, path: &str) {
        for register in &block.registers {
            self.line("");
            let name = format!("{path}_{}", register.constant);
            self.placed(&name, register.offset, register.repeat);
            if register.reset_mask != 0 {
                self.define(&format!("{name}_RESET"), &number(register.reset_value, register.bits));
                self.define(
                    &format!("{name}_RESET_MASK"),
                    &number(register.reset_mask, register.bits),
                );
            }
            match &register.fields_of {
                Some(first) if !register.fields.is_empty() => {
                    self.comment("", &format!("Its fields are those of {path}_{first}."));
                }
                _ => self.fields(register, &name),
            }
        }
        for pair in &block.pairs {
            self.line("");
            let order = if pair.high_first { "high" } else { "low" };
            let name = format!("{path}_{}", pair.constant);
            self.comment(
                "",
                &format!("{}: 64 bits in two registers, the {order} half first.", pair.name),
            );
            self.define(&format!("{name}_LOW_HALF_OFFSET"), &number(pair.low, 32));
            self.define(&format!("{name}_HIGH_HALF_OFFSET"), &number(pair.high, 32));
        }
        for cluster in &block.clusters {
            self.line("");
            let name = format!("{path}_{}", cluster.constant);
            self.placed(&name, cluster.offset, cluster.repeat);
        }
    }

    fn fields(&mut self, register: &Register, path: &str) {
        for field in &register.fields {
            let name = format!("{path}_{}", field.constant);
            let mask = (u64::MAX >> (64 - field.width)) << field.offset;
            self.define(&format!("{name}_SHIFT"), &field.offset.to_string());
            self.define(&format!("{name}_MASK"), &number(mask, register.bits));
            for value in &field.values {
                let Some(number) = value.value.filter(|_| !value.variant.is_empty()) else {
                    continue;
                };
                let split = value.usage == Usage::Write
                    && field.values.iter().any(|it| it.usage == Usage::Read);
                let way = if split { "_WRITE" } else { "" };
                let value = name::constant(&value.name);
                let number = super::number(number, register.bits.min(field.width));
                self.define(&format!("{name}{way}_{}", value.trim_start_matches('_')), &number);
            }
        }
    }

    fn placed(&mut self, name: &str, offset: u64, repeat: Option<Repeat>) {
        self.define(&format!("{name}_OFFSET"), &number(offset, 32));
        if let Some(Repeat { count, stride }) = repeat {
            self.define(&format!("{name}_COUNT"), &count.to_string());
            self.define(&format!("{name}_STRIDE"), &number(stride, 32));
        }
    }

    fn define(&mut self, name: &str, value: &str) {
        let name = self.macros.take(name);
        self.line(&format!("#define {name} {value}"));
    }
}
