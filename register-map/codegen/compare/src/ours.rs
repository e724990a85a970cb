//! Registers as our generator has them.
#![forbid(unsafe_code)]

use register_map_codegen::{Block, Device, Repeat};

use crate::{Field, Found, Register, normal};

/// Every single register of a device.
pub(crate) fn registers(device: &Device) -> Found {
    let mut found = Found::new();
    for peripheral in &device.peripherals {
        let list = found.entry(normal(&peripheral.name)).or_default();
        walk(&peripheral.block, 0, &mut |register| {
            list.insert(register);
        });
    }
    found
}

fn walk(block: &Block, start: u64, add: &mut dyn FnMut(Register)) {
    for register in &block.registers {
        let fields: Vec<Field> = register
            .fields
            .iter()
            .map(|field| Field {
                name: normal(&field.name),
                offset: field.offset,
                width: field.width,
            })
            .collect();
        for offset in register.offsets() {
            add(Register::new(start + offset, register.bits, fields.clone()));
        }
    }
    for cluster in &block.clusters {
        let Repeat { count, stride } = cluster.repeat.unwrap_or(Repeat { count: 1, stride: 0 });
        for index in 0..count {
            walk(&cluster.block, start + cluster.offset + index * stride, add);
        }
    }
}
