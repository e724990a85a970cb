//! The corpus: descriptions as vendors write them, and what is generated from them.
//!
//! The generated modules are part of this crate, so that each of them is compiled; one test
//! proves that they are what the generator makes now.
#![forbid(unsafe_code)]
use std::collections::BTreeSet;
use std::path::Path;

use register_map::description::{BlockDescription, DeviceDescription, ReadKind, WriteKind};
use register_map::rights::{Doorbell, OneToClear, ReadOnly, Rights, Steering, read, write};
use register_map::{Array, Cluster, Def, Pair};
use register_map_codegen::{Block, Diagnostic, Repeat, Severity, regen};

use crate::generated::{
    derived_everywhere, derived_ports, dma_card, fields_with_rights, hard_names, lists_and_arrays,
    odd_but_usable, queues, tasks_and_events, values_and_constraints, wide_and_deep,
    widths_and_unions,
};

/// Every device of the corpus, by the name of its file.
pub(crate) const DEVICES: &[(&str, &DeviceDescription)] = &[
    ("derived_everywhere", &derived_everywhere::DEVICE),
    ("derived_ports", &derived_ports::DEVICE),
    ("dma_card", &dma_card::DEVICE),
    ("fields_with_rights", &fields_with_rights::DEVICE),
    ("hard_names", &hard_names::DEVICE),
    ("lists_and_arrays", &lists_and_arrays::DEVICE),
    ("odd_but_usable", &odd_but_usable::DEVICE),
    ("queues", &queues::DEVICE),
    ("tasks_and_events", &tasks_and_events::DEVICE),
    ("values_and_constraints", &values_and_constraints::DEVICE),
    ("wide_and_deep", &wide_and_deep::DEVICE),
    ("widths_and_unions", &widths_and_unions::DEVICE),
];

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn corpus(name: &str) -> String {
    std::fs::read_to_string(here().join("tests/corpus").join(name).with_extension("svd")).unwrap()
}

// Everything that is checked in is what the generator makes, and every file of the corpus is
// compiled here.
#[test]
fn checked_in_outputs_are_fresh_and_all_compiled() {
    let report = regen(&here().join("../.."), true).unwrap();
    assert!(report.stale.is_empty(), "run `cargo xtask regen` for {:?}", report.stale);
    let files = std::fs::read_dir(here().join("tests/corpus")).unwrap();
    let files: BTreeSet<String> = files
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let compiled: BTreeSet<String> = DEVICES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, compiled);
}

// The tables say what the model says, for every register of the corpus.
#[test]
fn tables_hold_every_register_at_its_place() {
    for (name, device) in DEVICES {
        let reading = register_map_codegen::read(&corpus(name));
        let mut expected = BTreeSet::new();
        for peripheral in &reading.device.peripherals {
            walk(&peripheral.block, 0, &mut expected);
        }
        let mut found = BTreeSet::new();
        let blocks = device.regions.iter().map(|region| region.block);
        for block in blocks.chain(device.memory.iter().copied()) {
            block.for_each(&mut |it| {
                found.insert((
                    it.offset as u64,
                    it.register.width_bits,
                    it.register.name.to_owned(),
                ));
            });
        }
        assert_eq!(found, expected, "{name}");
        assert!(!found.is_empty(), "{name}");
    }
}

fn walk(block: &Block, start: u64, out: &mut BTreeSet<(u64, u32, String)>) {
    for register in &block.registers {
        for offset in register.offsets() {
            out.insert((start + offset, register.bits, register.name.clone()));
        }
    }
    for cluster in &block.clusters {
        let Repeat { count, stride } = cluster.repeat.unwrap_or(Repeat { count: 1, stride: 0 });
        for index in 0..count {
            walk(&cluster.block, start + cluster.offset + index * stride, out);
        }
    }
}

// Where svd-parser can read a file at all, it finds the same registers at the same places.
#[test]
fn a_second_reader_finds_the_same_registers() {
    let mut agreed = Vec::new();
    for (name, _) in DEVICES {
        let text = corpus(name);
        let config = svd_parser::Config::default()
            .expand(true)
            .expand_properties(true)
            .validate_level(svd_parser::ValidateLevel::Disabled);
        let Ok(other) = svd_parser::parse_with_config(&text, &config) else { continue };
        let mut theirs = BTreeSet::new();
        for peripheral in &other.peripherals {
            for register in peripheral.registers() {
                theirs.insert((
                    peripheral.base_address + u64::from(register.address_offset),
                    register.properties.size.unwrap_or(32),
                ));
            }
        }
        let mut ours = BTreeSet::new();
        for peripheral in &register_map_codegen::read(&text).device.peripherals {
            let mut block = BTreeSet::new();
            walk(&peripheral.block, 0, &mut block);
            ours.extend(
                block.into_iter().map(|(offset, bits, _)| (peripheral.base + offset, bits)),
            );
        }
        assert_eq!(ours, theirs, "{name}");
        agreed.push(*name);
    }
    assert!(agreed.len() >= 6, "svd-parser reads only {agreed:?}");
}

// The rights of a register are in its type: these lines do not compile with any other.
#[test]
fn types_say_what_the_description_says() {
    use derived_ports::{gpioa, gpioc, tim2};
    use dma_card::engine::queue;

    let _: Def<gpioa::Gpioa, u32, ReadOnly, gpioa::IDR::Register, 0x10> = gpioc::IDR;
    let _: Def<tim2::Tim2, u32, Rights<read::Plain, write::ZeroToClear>, tim2::SR::Register, 0x10> =
        tim2::SR;
    // A list that counts from 1 has a constant for each, with the fields of the first.
    let _: Def<tim2::Tim2, u32, _, tim2::CCR1::Register, 0x40> = tim2::CCR4;
    // Halves of a pair have no writer, the pair has; command and address registers are marked.
    let _: Def<queue::Queue, u32, ReadOnly, (), 0x0> = queue::RING_LOW;
    let _: Pair<queue::Queue, Steering, 0x0, 0x4, false> = queue::RING;
    let _: Pair<queue::Queue, Steering, 0xc, 0x8, true> = queue::STATUS;
    let _: Pair<queue::Queue, ReadOnly, 0x10, 0x14, false> = queue::COUNT;
    let _: Def<
        queue::Queue,
        u32,
        Rights<read::Never, write::Rings>,
        queue::DOORBELL::Register,
        0x18,
    > = queue::DOORBELL;
    let _: Def<dma_card::engine::Engine, u64, Steering, (), 0x300> = dma_card::engine::MAILBOX;
    let _: Pair<dma_card::engine::Engine, Steering, 0x300, 0x304, true> =
        dma_card::engine::MAILBOX_HALVES;
    let _: Cluster<dma_card::engine::Engine, queue::Queue, 0x100, 0x40, 4> =
        dma_card::engine::QUEUE;
    // The cautious sum of fields that are written in different ways.
    let _: Def<
        fields_with_rights::apb_ctrl::ApbCtrl,
        u32,
        Rights<read::Effect, write::OneToClear>,
        _,
        0x8,
    > = fields_with_rights::apb_ctrl::CONF;
    let _: Def<queues::pio0::Pio0, u32, OneToClear, _, 0x8> = queues::pio1::FDEBUG;
    let _: Array<wide_and_deep::plic::Plic, u32, _, _, 0x4, 4, 53> = wide_and_deep::plic::PRIORITY;
    let _: Doorbell;
}

// Derived without a change means the very same block, so that one driver drives both.
#[test]
fn derived_peripherals_share_a_module_only_if_nothing_differs() {
    let names = |block: &BlockDescription| block.name.to_owned();
    let [a, b, c, ..] = derived_ports::DEVICE.regions else { panic!("no ports") };
    assert_eq!([a, b, c].map(|region| names(region.block)), ["GPIOA", "GPIOA", "GPIOA"]);
    let reads = derived_everywhere::DEVICE.regions.iter().find(|it| it.block.name == "READS");
    let control = reads.unwrap().block.find("CTRL").unwrap().register;
    assert_eq!((control.read, control.write), (ReadKind::Plain, WriteKind::Never));
}

// Access, size and reset value come from the nearest that says them, also through derivation.
#[test]
fn properties_are_inherited_at_every_level() {
    let block = |name: &str| {
        let mut regions = derived_everywhere::DEVICE.regions.iter();
        regions.find(|region| region.block.name == name).unwrap().block
    };
    let rights = |block: &BlockDescription, path: &str| {
        let register = block.find(path).unwrap().register;
        (register.read, register.write, register.width_bits)
    };
    let (base, other) = (block("BASE"), block("OTHER"));
    assert_eq!(rights(base, "CTRL"), (ReadKind::Plain, WriteKind::Plain, 32));
    assert_eq!(rights(base, "GROUP.A"), (ReadKind::Never, WriteKind::Plain, 16));
    assert_eq!(rights(base, "GROUP.B"), (ReadKind::Plain, WriteKind::Never, 16));
    assert_eq!(rights(base, "GROUP.INNER.C"), (ReadKind::Never, WriteKind::Plain, 16));
    assert_eq!(rights(base, "GROUPS[1].A"), (ReadKind::Plain, WriteKind::Plain, 16));
    assert_eq!(rights(other, "FROM_GROUP"), (ReadKind::Never, WriteKind::Plain, 16));
    assert_eq!(rights(other, "ORPHAN"), (ReadKind::Plain, WriteKind::Never, 32));
    assert_eq!(base.find("CTRL2").unwrap().register.reset_value, 0x22);
    assert_eq!(other.find("CTRL").unwrap().register.reset_value, 0x11);
    assert_eq!(base.find("SINGLE").unwrap().register.length, 1);
    assert_eq!(base.find("ARR2[3]").unwrap().offset, 0xac);
}

// Patterns, defaults and groups for reading and writing give the right numbers their names.
#[test]
fn named_values_are_found_by_their_numbers() {
    use register_map::fields::LocalRegisterCopy;
    use tasks_and_events::spim0::INTENSET;

    let scu = values_and_constraints::DEVICE.regions[0].block;
    let clk = scu.find("CLK").unwrap().register;
    let name = |field: &str, value: u64| {
        let field = clk.field(field).unwrap();
        field.value(value << field.offset_bits).map(|it| it.name)
    };
    assert_eq!(name("SEL", 0), Some("value1"));
    assert_eq!(name("SEL", 1), None);
    assert_eq!((name("SEL", 2), name("SEL", 3)), (Some("value2_2"), Some("value2_3")));
    assert_eq!((name("MODE", 5), name("MODE", 8)), (Some("low_5"), Some("high")));
    let again = scu.find("OTHER").unwrap().register.field("SEL3").unwrap();
    assert_eq!(again.value(0).unwrap().name, "value1");
    let seen = LocalRegisterCopy::<u32, INTENSET::Register>::new(2);
    assert!(seen.matches_all(INTENSET::STOPPED::Enabled));
    assert_eq!(INTENSET::STOPPED_WRITE::Set.value, 2);
}

// What is said about each file is what was looked at and found right.
#[test]
fn diagnostics_are_as_expected() {
    for folder in ["corpus", "bad"] {
        for entry in std::fs::read_dir(here().join("tests").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let reading = register_map_codegen::read(&std::fs::read_to_string(&path).unwrap());
            assert_eq!(reading.diagnostics.has_errors(), folder == "bad", "{}", path.display());
            let lines = reading.diagnostics.list().iter().map(Diagnostic::to_string);
            let said = lines.collect::<Vec<_>>().join("\n") + "\n";
            let expected = here().join("tests/expected").join(path.file_stem().unwrap());
            let expected = expected.with_extension("txt");
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&expected, &said).unwrap();
            }
            let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
            assert_eq!(said, wanted, "{}: look, then run with BLESS=1", path.display());
        }
    }
}

// Each diagnostic names its place: a line, an element, and the register where there is one.
#[test]
fn every_warning_names_its_place() {
    let mut count = 0;
    for (name, _) in DEVICES {
        for it in register_map_codegen::read(&corpus(name)).diagnostics.list() {
            assert!(it.line > 0 && !it.element.is_empty(), "{name}: {it}");
            if it.severity == Severity::Warning {
                assert!(
                    !it.path.is_empty()
                        || it.element.ends_with("Bits")
                        || it.element == "pear"
                        || it.element == "peripheral",
                    "{name}: {it}"
                );
                count += 1;
            }
        }
    }
    assert!(count > 40, "only {count} warnings in the whole corpus");
}

// The odd file keeps everything that is right about it.
#[test]
fn what_is_usable_of_an_odd_file_is_used() {
    let odd = odd_but_usable::DEVICE.regions[0].block;
    let names: Vec<&str> = odd.registers.iter().map(|register| register.name).collect();
    for kept in ["NO_SIZE", "TWENTY_FOUR", "ONE_BIT", "TWICE", "STRAY", "BAD_ACCESS", "FIELDS"] {
        assert!(names.contains(&kept), "{kept} is missing in {names:?}");
    }
    for left_out in ["HUGE", "MISALIGNED", "FAR", "BAD_OFFSET", "DIM_ZERO", "ODD_STEP"] {
        assert!(!names.contains(&left_out), "{left_out} is there");
    }
    assert_eq!(hard_names::DEVICE.regions.len(), 8);
    assert_eq!(widths_and_unions::DEVICE.regions[0].block.alignment, 4);
    assert_eq!(lists_and_arrays::DEVICE.regions.len(), 6);
}
