//! Whether a bus adds an offset to addresses, where nothing translates them.
//!
//! Some hosts have memory at other addresses for their devices than for their processors. A device
//! tree says so in `dma-ranges`, of the host bridge or of a bus above it; a kernel's driver has the
//! offset added by the kernel's DMA interface, and a program that gives a device physical addresses
//! has not.
//!
//! Source: Devicetree Specification 0.4, 2.3.9; Linux `of_dma_get_range`.
#![forbid(unsafe_code)]

use std::fs;
use std::path::Path;

use crate::pci::PciDevice;

/// Whether the addresses that the device sees are not the physical ones.
#[must_use]
pub fn bus_adds_offset(device: &PciDevice) -> bool {
    let Ok(real) = device.folder().canonicalize() else { return false };
    // A device behind a bridge has no node of its own; its host bridge has.
    let mut nodes = real.ancestors().map(|folder| folder.join("of_node"));
    let Some(Ok(node)) = nodes.find(|node| node.exists()).map(|node| node.canonicalize()) else {
        return false;
    };
    let buses = node.ancestors().take_while(|node| node.join("compatible").exists());
    buses.into_iter().any(|bus| !is_identity(bus))
}

/// Whether a bus hands addresses on as they are.
fn is_identity(bus: &Path) -> bool {
    // Without the property, or with an empty one, it does.
    let Ok(ranges) = fs::read(bus.join("dma-ranges")) else { return true };
    let cells = |node: &Path, property: &str, default: usize| {
        let bytes = fs::read(node.join(property)).unwrap_or_default();
        let word = bytes.try_into().map(u32::from_be_bytes).ok();
        word.and_then(|word| usize::try_from(word).ok())
            .filter(|cells| *cells <= 4)
            .unwrap_or(default)
    };
    let child = cells(bus, "#address-cells", 2);
    let parent = bus.parent().map_or(2, |above| cells(above, "#address-cells", 2));
    let size = cells(bus, "#size-cells", 1);
    let entry = (child + parent + size) * 4;
    if entry == 0 || !ranges.len().is_multiple_of(entry) {
        return false;
    }
    // PCI has a third cell, which says what kind of address it is.
    let number = |bytes: &[u8]| {
        let last = &bytes[bytes.len().saturating_sub(8)..];
        last.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    };
    ranges.chunks_exact(entry).all(|range| {
        let (here, rest) = range.split_at(child * 4);
        number(here) == number(&rest[..parent * 4])
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::Sysfs;

    /// A device behind a host bridge whose node has these ranges.
    fn adds_offset(name: &str, ranges: Option<&[u32]>) -> bool {
        let root =
            std::env::temp_dir().join(format!("host-linux-offset-{name}-{}", std::process::id()));
        let bridge = root.join("devices/platform/fd500000.pcie");
        let folder = bridge.join("pci0000:00/0000:00:01.0");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.join("bus/pci/devices")).unwrap();
        symlink(&folder, root.join("bus/pci/devices/0000:00:01.0")).unwrap();
        let base = root.join("firmware/devicetree/base");
        let node = base.join("pcie@fd500000");
        fs::create_dir_all(&node).unwrap();
        symlink(&node, bridge.join("of_node")).unwrap();
        let cells = |node: &Path, address: u32, size: u32| {
            fs::write(node.join("compatible"), "x").unwrap();
            fs::write(node.join("#address-cells"), address.to_be_bytes()).unwrap();
            fs::write(node.join("#size-cells"), size.to_be_bytes()).unwrap();
        };
        cells(&base, 2, 1);
        cells(&node, 3, 2);
        if let Some(ranges) = ranges {
            let bytes: Vec<u8> = ranges.iter().flat_map(|word| word.to_be_bytes()).collect();
            fs::write(node.join("dma-ranges"), bytes).unwrap();
        }
        let device = PciDevice::find(&Sysfs::at(&root), "0000:00:01.0".parse().unwrap()).unwrap();
        let answer = bus_adds_offset(&device);
        fs::remove_dir_all(root).unwrap();
        answer
    }

    // No property, an empty one, and one that maps addresses to themselves, add nothing.
    #[test]
    fn identity_adds_nothing() {
        assert!(!adds_offset("absent", None));
        assert!(!adds_offset("empty", Some(&[])));
        assert!(!adds_offset("same", Some(&[0x0200_0000, 4, 0, 4, 0, 1, 0])));
    }

    // Memory that devices see elsewhere is told, also if only one range is; so is nonsense.
    #[test]
    fn offset_is_told() {
        assert!(adds_offset("offset", Some(&[0x0200_0000, 4, 0, 0, 0, 1, 0])));
        let second = [0x0200_0000, 0, 0, 0, 0, 1, 0, 0x0200_0000, 9, 0, 1, 0, 1, 0];
        assert!(adds_offset("second", Some(&second)));
        assert!(adds_offset("nonsense", Some(&[1, 2, 3])));
    }
}
