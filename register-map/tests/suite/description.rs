//! Descriptions: look-ups by path and offset, and what a write leaves behind.
#![forbid(unsafe_code)]

use dma_core::Identity;
use register_map::description::{
    BlockDescription, ClusterDescription, DeviceDescription, FieldDescription, ReadKind,
    RegionDescription, RegisterDescription, ValueDescription, WriteConstraint, WriteKind,
};

const fn register(
    name: &'static str,
    offset: usize,
    width_bits: u32,
    length: usize,
    stride: usize,
    fields: &'static [FieldDescription],
) -> RegisterDescription {
    RegisterDescription {
        name,
        doc: "",
        offset,
        width_bits,
        length,
        stride,
        read: ReadKind::Plain,
        write: WriteKind::Plain,
        constraint: WriteConstraint::Any,
        reset_value: 0,
        reset_mask: 0,
        fields,
    }
}

const MODE: FieldDescription = FieldDescription {
    name: "MODE",
    doc: "",
    offset_bits: 60,
    width_bits: 4,
    read: ReadKind::Plain,
    write: WriteKind::Plain,
    constraint: WriteConstraint::Named,
    values: &[ValueDescription { name: "LOOP", doc: "", value: 5 }],
};

static LANE: BlockDescription = BlockDescription {
    name: "LANE",
    doc: "",
    size: 4,
    alignment: 2,
    registers: &[register("SKEW", 2, 16, 1, 2, &[])],
    clusters: &[],
};

static CHANNEL: BlockDescription = BlockDescription {
    name: "CHANNEL",
    doc: "",
    size: 0x20,
    alignment: 8,
    registers: &[register("CONTROL", 0x8, 64, 1, 8, &[MODE])],
    clusters: &[ClusterDescription {
        name: "LANE",
        doc: "",
        offset: 0x10,
        length: 2,
        stride: 8,
        block: &LANE,
    }],
};

static CARD: BlockDescription = BlockDescription {
    name: "CARD",
    doc: "",
    size: 0x200,
    alignment: 8,
    registers: &[register("ID", 0x0, 32, 1, 4, &[]), register("VECTOR", 0x10, 32, 3, 8, &[])],
    clusters: &[ClusterDescription {
        name: "CHANNEL",
        doc: "",
        offset: 0x100,
        length: 4,
        stride: 0x40,
        block: &CHANNEL,
    }],
};

static DEVICE: DeviceDescription = DeviceDescription {
    name: "card",
    doc: "",
    identities: &[Identity::Pci { vendor: 0x1234, device: 0x11e8 }],
    regions: &[RegionDescription { index: 2, offset: 0x1000, size: 0x4000, block: &CARD }],
    memory: &[],
};

// A path finds its register with all indices counted in; what is not there is not found.
#[test]
fn path_finds_the_register_at_its_place() {
    let offset = |path: &str| CARD.find(path).map(|found| found.offset);
    assert_eq!(offset("ID"), Some(0));
    assert_eq!(offset("VECTOR"), Some(0x10));
    assert_eq!(offset("VECTOR[2]"), Some(0x20));
    assert_eq!(offset("CHANNEL[3].CONTROL"), Some(0x1c8));
    assert_eq!(offset("CHANNEL[1].LANE[1].SKEW"), Some(0x15a));
    for path in [
        "",
        "NONE",
        "VECTOR[3]",
        "VECTOR[",
        "VECTOR[x]",
        "VECTOR[-1]",
        "CHANNEL",
        "CHANNEL[4].CONTROL",
        "ID.X",
    ] {
        assert_eq!(offset(path), None, "{path:?}");
    }
}

// Any byte of a register finds it; gaps between registers find nothing.
#[test]
fn offset_finds_the_register_and_gaps_are_gaps() {
    for offset in 0..CARD.size {
        let found = CARD.register_at(offset);
        let mut expected = None;
        CARD.for_each(&mut |each| {
            if (each.offset..each.offset + each.register.width()).contains(&offset) {
                expected = Some(each);
            }
        });
        assert_eq!(
            found.map(|found| found.offset),
            expected.map(|each| each.offset),
            "{offset:#x}"
        );
    }
    assert_eq!(CARD.register_at(0x1b).map(|found| (found.index, found.offset)), Some((1, 0x18)));
    assert_eq!(CARD.register_at(0x15b).unwrap().register.name, "SKEW");
    assert!(CARD.register_at(usize::MAX).is_none());
}

// Every register is visited once: arrays and clusters are unrolled.
#[test]
fn walk_visits_every_register_once() {
    let mut offsets = Vec::new();
    CARD.for_each(&mut |found| offsets.push(found.offset));
    assert_eq!(offsets.len(), 1 + 3 + 4 * (1 + 2));
    offsets.sort_unstable();
    offsets.dedup();
    assert_eq!(offsets.len(), 16);
}

// Fields know their bits up to the top of 64, and the names of their values.
#[test]
fn field_reads_its_bits_and_names_its_value() {
    let control = CARD.find("CHANNEL[0].CONTROL").unwrap().register;
    let mode = control.field("MODE").unwrap();
    assert_eq!(mode.mask(), 0xf000_0000_0000_0000);
    assert_eq!(mode.read(0x5fff_0000_0000_0000), 5);
    assert_eq!(mode.value(0x5fff_0000_0000_0000).unwrap().name, "LOOP");
    assert!(mode.value(0).is_none());
    assert_eq!(control.mask(), u64::MAX);
    assert_eq!(CARD.find("ID").unwrap().register.mask(), 0xffff_ffff);
    assert!(control.field("SPEED").is_none());
}

// A register file that knows only the kind of a register does what the kind says.
#[test]
fn write_kind_says_what_is_held_afterwards() {
    let after = |kind: WriteKind| kind.apply(0b1100, 0b1010);
    assert_eq!(after(WriteKind::Never), 0b1100);
    assert_eq!(after(WriteKind::Plain), 0b1010);
    assert_eq!(after(WriteKind::OneToClear), 0b0100);
    assert_eq!(after(WriteKind::OneToSet), 0b1110);
    assert_eq!(after(WriteKind::OneToToggle), 0b0110);
    assert_eq!(after(WriteKind::ZeroToClear), 0b1000);
    assert_eq!(after(WriteKind::ZeroToSet) & 0xf, 0b1101);
    assert_eq!(after(WriteKind::ZeroToToggle) & 0xf, 0b1001);
    assert_eq!(after(WriteKind::AnyClears), 0);
    assert_eq!(after(WriteKind::AnySets), u64::MAX);
}

// A device finds the block of a region at its place.
#[test]
fn device_finds_the_block_of_a_region() {
    assert!(DEVICE.block_at(2, 0x0fff).is_none());
    assert_eq!(DEVICE.block_at(2, 0x1000).unwrap().block.name, "CARD");
    assert!(DEVICE.block_at(2, 0x11ff).is_some());
    assert!(DEVICE.block_at(2, 0x1200).is_none());
    assert!(DEVICE.block_at(0, 0x1000).is_none());
}
