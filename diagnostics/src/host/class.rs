//! Classes of PCI functions in words.
//!
//! Source: PCI Code and ID Assignment Specification, as far as cards with DMA go.

/// What a class and subclass are called.
pub(super) const fn name(class: u32) -> &'static str {
    match (class >> 16, class >> 8 & 0xff) {
        (0x01, 0x06) => "SATA controller",
        (0x01, 0x08) => "NVMe controller",
        (0x01, _) => "storage controller",
        (0x02, _) => "network controller",
        (0x03, _) => "display controller",
        (0x04, 0x03) => "audio device",
        (0x04, _) => "multimedia controller",
        (0x05, _) => "memory controller",
        (0x06, 0x00) => "host bridge",
        (0x06, 0x01) => "ISA bridge",
        (0x06, 0x04) => "PCI bridge",
        (0x06, _) => "bridge",
        (0x07, 0x00) => "serial controller",
        (0x07, _) => "communication controller",
        (0x08, 0x06) => "IOMMU",
        (0x08, 0x80) => "system peripheral",
        (0x08, _) => "system device",
        (0x09, _) => "input device",
        (0x0b, _) => "processor",
        (0x0c, 0x03) => "USB controller",
        (0x0c, 0x05) => "SMBus controller",
        (0x0c, _) => "serial bus controller",
        (0x0d, _) => "wireless controller",
        (0x0f, _) => "satellite controller",
        (0x10, _) => "encryption controller",
        (0x11, _) => "signal processing controller",
        (0x12, _) => "processing accelerator",
        (0x13, _) => "instrumentation device",
        (0x00 | 0xff, _) => "unassigned class",
        _ => "other class",
    }
}
