//! What must be true of every answer of the generator.

use std::collections::BTreeSet;

use register_map_codegen::{Block, Options, Register, header, markdown, read, rust, volatile};

/// What the generator said.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The description has errors, so there is no output.
    Refused,
    /// The Rust that it made: typed constants, and structures of volatile cells.
    Code(String, String),
}

/// Runs the generator on a text.
///
/// # Panics
///
/// If an answer is not as it must be: that is what fuzzers look for.
#[must_use]
pub fn check(text: &str) -> Answer {
    let reading = read(text);
    for diagnostic in reading.diagnostics.list() {
        assert!(
            !diagnostic.message.is_empty() && !diagnostic.message.contains('\n'),
            "{diagnostic}"
        );
    }
    if reading.diagnostics.has_errors() {
        return Answer::Refused;
    }
    for peripheral in &reading.device.peripherals {
        if peripheral.same_as.is_none() {
            check_block(&peripheral.block, &peripheral.name);
        }
    }
    let reference = markdown(&reading.device, "fuzz.svd");
    assert!(reference.starts_with("# "));
    let options = Options { source: "fuzz.svd".to_owned(), without_tables: false };
    let header = header(&reading.device, &options);
    assert!(header.starts_with("/*\n") && header.ends_with(" */\n"));
    Answer::Code(rust(&reading.device, &options), volatile(&reading.device, &options))
}

fn check_block(block: &Block, path: &str) {
    assert!(block.alignment.is_power_of_two(), "{path}");
    let mut names = BTreeSet::new();
    for register in &block.registers {
        check_register(register, path);
        assert!(register.end() <= block.size, "{path}.{} is outside", register.name);
        assert!(register.bytes() <= block.alignment, "{path}.{} is wider", register.name);
        assert!(names.insert(&register.constant), "{path}: {} twice", register.constant);
    }
    for pair in &block.pairs {
        assert!(names.insert(&pair.constant), "{path}: {} twice", pair.constant);
    }
    for cluster in &block.clusters {
        assert!(cluster.end() <= block.size, "{path}.{} is outside", cluster.name);
        assert!(cluster.offset.is_multiple_of(cluster.block.alignment), "{path}.{}", cluster.name);
        assert!(names.insert(&cluster.constant), "{path}: {} twice", cluster.constant);
        // What shares the module of another has no names of its own.
        if cluster.same_as.is_none() {
            check_block(&cluster.block, &format!("{path}.{}", cluster.name));
        }
    }
}

fn check_register(register: &Register, path: &str) {
    let path = format!("{path}.{}", register.name);
    assert!(matches!(register.bits, 8 | 16 | 32 | 64), "{path}");
    assert!(register.offset.is_multiple_of(register.bytes()), "{path} is misaligned");
    assert!(register.end() <= 1 << 31, "{path} is out of reach");
    let all = u64::MAX >> (64 - register.bits);
    assert!(register.reset_value & !all == 0 && register.reset_mask & !all == 0, "{path}");
    let mut names = BTreeSet::new();
    for field in &register.fields {
        assert!(
            field.width > 0 && field.offset + field.width <= register.bits,
            "{path}.{}",
            field.name
        );
        assert!(names.insert(&field.constant), "{path}: {} twice", field.constant);
        let largest = u64::MAX >> (64 - field.width);
        let values = field.values.iter().filter_map(|value| value.value);
        assert!(values.max().unwrap_or(0) <= largest, "{path}.{}", field.name);
    }
}
