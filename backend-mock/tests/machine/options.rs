//! Cards by name and options.
#![forbid(unsafe_code)]

use backend_mock::{EduCard, MockDevice, NvmeCard, Pl081Card, XdmaCard};
use dma_core::{Allocate, Backend, DmaBuffer, Identity, Request};

use crate::support::Registers;

// Every name opens its card, and every option does what it says.
#[test]
fn names_and_options_are_understood() {
    let identity = |name| MockDevice::open(name, "").unwrap().identity();
    assert_eq!(identity("edu"), Identity::Pci { vendor: 0x1234, device: 0x11e8 });
    assert_eq!(identity("pl081"), Identity::Amba { designer: 0x41, part: 0x081 });
    assert_eq!(identity("probe"), Identity::Pci { vendor: 0x1234, device: 0x5052 });
    assert_eq!(identity("xdma"), Identity::Pci { vendor: 0x10ee, device: 0x9038 });

    let disk = MockDevice::open("nvme", "card_mib=3&delay_us=2").unwrap();
    assert_eq!(disk.identity(), Identity::Pci { vendor: 0x1b36, device: 0x0010 });
    assert_eq!(
        (disk.class(), MockDevice::open("edu", "").unwrap().class()),
        (Some(0x01_0802), None)
    );
    assert_eq!(disk.with_card(|card: &mut NvmeCard| card.disk().len()), Some(3 << 20));

    let options = "iommu=off&scattered=on&delay_us=3&bits=32&trigger=level&wording=xavier";
    let device = MockDevice::open("edu", options).unwrap();
    assert!(!device.is_translated());
    assert!(device.with_card(|_: &mut EduCard| ()).is_some());
    assert!(device.with_card(|_: &mut Pl081Card| ()).is_none());
    let buffer = device.allocate(Request::bytes(8192)).unwrap();
    assert_eq!(buffer.run(0, usize::MAX).1, 4096);
    let registers = Registers::of(&device);
    registers.set(0x98, 1);
    device.machine().advance(1_900);
    assert_eq!(registers.get(0x98), 1);
    device.machine().advance(1_000);
    assert_eq!(registers.get(0x98), 0);

    let device = MockDevice::open("pl081", "pieces=512&delay_ns=7&").unwrap();
    let buffer = device.allocate(Request::bytes(8192)).unwrap();
    assert_eq!(buffer.run(0, usize::MAX).1, 512);

    assert!(device.limits().coherent);
    for options in ["coherent=off", "evictions=9"] {
        assert!(!MockDevice::open("probe", options).unwrap().limits().coherent);
    }

    let options = "card_mib=3&bits=40&link=250&rate=8&fifo_kib=2&delay_ns=1";
    let device = MockDevice::open("xdma", options).unwrap();
    let memory = device.with_card(|card: &mut XdmaCard| card.memory().len());
    assert_eq!(memory, Some(3 << 20));
    let own = Registers(device.region(2).unwrap());
    assert_eq!((own.get(0x104), own.get(0x10c)), (8, 2048));
}

// What is not understood is named, with what would be.
#[test]
fn mistakes_are_explained() {
    for (name, options, message) in [
        ("floppy", "", "no simulated card `floppy`; there are edu, nvme, pl081, probe"),
        ("edu", "speed=9", "no option `speed`; there are iommu, delay_us"),
        ("edu", "iommu", "option `iommu` has no value; write `iommu=…`"),
        ("edu", "iommu=maybe", "option `iommu=maybe`: it must be on or off"),
        ("edu", "bits=65", "option `bits=65`: it must be a number from 1 to 64"),
        ("edu", "bits=0", "it must be a number from 1 to 64"),
        ("edu", "delay_us=-1", "it must be a number from 0 to"),
        ("edu", "delay_us=99999999999999999999", "it must be a number from 0 to"),
        ("edu", "pieces=0", "it must be a number from 1 to"),
        ("edu", "trigger=both", "it must be edge, level or level-once"),
        ("edu", "wording=bsd", "it must be vt-d, smmu-v3, smmu-v2 or xavier"),
        ("pl081", "bits=32", "the card `pl081` has no option `bits`"),
        ("edu", "rate=3", "the card `edu` has no option `rate`"),
        ("nvme", "bits=32", "the card `nvme` has no option `bits`"),
        ("nvme", "link=9", "the card `nvme` has no option `link`"),
        ("edu", "card_mib=9", "the card `edu` has no option `card_mib`"),
        ("xdma", "card_mib=0", "option `card_mib=0`: it must be a number from 1 to 1024"),
        ("probe", "delay_ns=1", "the card `probe` has its delay in a register"),
    ] {
        let error = MockDevice::open(name, options).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}
