//! Values: read from the command line, and named for people.
#![forbid(unsafe_code)]

use register_map_codegen::{Constraint, Field, Usage};

/// A number in decimal, hexadecimal or binary; `_` may stand between digits.
pub(crate) fn number(text: &str) -> Option<u64> {
    let plain = text.replace('_', "").to_ascii_lowercase();
    if let Some(digits) = plain.strip_prefix("0x") {
        u64::from_str_radix(digits, 16).ok()
    } else if let Some(digits) = plain.strip_prefix("0b") {
        u64::from_str_radix(digits, 2).ok()
    } else {
        plain.parse().ok()
    }
}

/// The lowest bits.
pub(crate) const fn ones(bits: u32) -> u64 {
    match u64::MAX.checked_shr(64 - bits) {
        Some(ones) => ones,
        None => 0,
    }
}

/// A field's value in the value of its register.
pub(crate) const fn of(field: &Field, register: u64) -> u64 {
    (register >> field.offset) & ones(field.width)
}

/// What a field's value is called when it is read.
pub(crate) fn name(field: &Field, value: u64) -> Option<&str> {
    let mut values = field.values.iter().filter(|named| named.usage != Usage::Write);
    values.find(|named| named.value == Some(value)).map(|named| named.name.as_str())
}

/// What is to be written to a field: a number, or the name of a value.
pub(crate) fn of_field(field: &Field, text: &str) -> Result<u64, String> {
    let candidates = || field.values.iter().filter(|named| named.usage != Usage::Read);
    let wanted = candidates().find(|named| named.name.eq_ignore_ascii_case(text));
    let Some(number) = wanted.and_then(|it| it.value).or_else(|| self::number(text)) else {
        let names: Vec<&str> = candidates().map(|named| named.name.as_str()).collect();
        return Err(if names.is_empty() {
            format!("`{text}` is no number")
        } else {
            format!("`{text}` is neither a number nor one of {}", names.join(", "))
        });
    };
    if number > ones(field.width) {
        return Err(format!("{number:#x} does not fit into {} bits", field.width));
    }
    match field.constraint {
        Some(Constraint::Range(low, high)) if !(low..=high).contains(&number) => {
            Err(format!("the description permits {low:#x} to {high:#x}"))
        }
        Some(Constraint::Enumerated) if !candidates().any(|named| named.value == Some(number)) => {
            let names: Vec<&str> = candidates().map(|named| named.name.as_str()).collect();
            Err(format!("the description permits only {}", names.join(", ")))
        }
        Some(Constraint::AsRead) => {
            Err("the description permits only what was read to be written back".to_owned())
        }
        _ => Ok(number),
    }
}

/// What is to be written to a whole register.
pub(crate) fn of_register(
    bits: u32,
    constraint: Option<Constraint>,
    text: &str,
) -> Result<u64, String> {
    let value = number(text).ok_or_else(|| format!("`{text}` is no number"))?;
    if value > ones(bits) {
        return Err(format!("{value:#x} does not fit into {bits} bits"));
    }
    match constraint {
        Some(Constraint::Range(low, high)) if !(low..=high).contains(&value) => {
            Err(format!("the description permits {low:#x} to {high:#x}"))
        }
        _ => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Three bases, digits apart, and nothing else.
    #[test]
    fn numbers_are_read_in_three_bases() {
        assert_eq!(number("0xdead_beef"), Some(0xdead_beef));
        assert_eq!(number("0b101"), Some(5));
        assert_eq!(number("1_000"), Some(1000));
        for wrong in ["", "0x", "-1", "1e3", "0b2", "0x1_0000_0000_0000_0000"] {
            assert_eq!(number(wrong), None, "{wrong:?}");
        }
    }

    // A field takes what fits and what the description permits, by number or by name.
    #[test]
    fn fields_take_what_they_may() {
        let svd = "<device><name>X</name><size>32</size><peripherals><peripheral><name>P</name>\
            <baseAddress>0</baseAddress><registers><register><name>R</name>\
            <addressOffset>0</addressOffset><fields><field><name>A</name><bitRange>[1:0]</bitRange>\
            <enumeratedValues><enumeratedValue><name>Fast</name><value>2</value>\
            </enumeratedValue></enumeratedValues></field><field><name>B</name>\
            <bitRange>[7:4]</bitRange><writeConstraint><range><minimum>1</minimum>\
            <maximum>9</maximum></range></writeConstraint></field></fields></register></registers>\
            </peripheral></peripherals></device>";
        let reading = register_map_codegen::read(svd);
        let fields = &reading.device.peripherals[0].block.registers[0].fields;
        assert_eq!(of_field(&fields[0], "fast"), Ok(2));
        assert_eq!(of_field(&fields[0], "3"), Ok(3));
        assert!(of_field(&fields[0], "4").unwrap_err().contains("2 bits"));
        assert!(of_field(&fields[0], "slow").unwrap_err().contains("one of Fast"));
        assert_eq!(of_field(&fields[1], "9"), Ok(9));
        assert!(of_field(&fields[1], "10").unwrap_err().contains("0x1 to 0x9"));
        assert_eq!(name(&fields[0], 2), Some("Fast"));
        assert_eq!(of(&fields[1], 0xa5), 0xa);
    }
}
