//! A region nobody else has: set aside at boot, by a UIO driver, or by u-dma-buf.
//!
//! It is mapped as memory, cached. That does not go everywhere: on Arm, `/dev/mem` and UIO map what
//! is not the kernel's RAM as registers, where an access that is not aligned ends the process.
//!
//! Sources: Linux `Documentation/driver-api/uio-howto.rst`, `drivers/char/mem.c`,
//! `arch/arm64/mm/mmu.c` (`phys_mem_access_prot`), the README of u-dma-buf.
#![forbid(unsafe_code)]

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use dma_core::{ErrorKind, Request};

use super::arena::{Arena, Held};
use super::iomem::{Use, look};
use super::memory::refused;
use super::{PhysicalMemory, PhysicalSource};
use crate::pci::PciDevice;
use crate::sys::Mapping;
use crate::{MemoryError, Sysfs, arch, page_size, sysfs};

/// No address of memory is above: what is there is an address of the kernel's own.
const HIGHEST: u64 = (1 << 52) - 1;

/// The source: one region, lent in pieces.
#[derive(Debug)]
pub(super) struct Region {
    arena: Arc<Arena>,
}

impl PhysicalSource for Region {
    fn lend(&self, request: Request) -> Result<PhysicalMemory, MemoryError> {
        let lent = self.arena.lend(request).map_err(|error| {
            if error.kind() != ErrorKind::OutOfReach {
                return error;
            }
            let highest = request.mask.highest();
            refused(
                ErrorKind::OutOfReach,
                format!(
                    "the card reaches addresses up to {highest:#x}, and the region lies above: set \
                     one aside below (boot with `memmap=16M$BASE`) and open with `memory=BASE+16M`"
                ),
            )
        })?;
        lent.ok_or_else(|| {
            let (length, all) = (request.length, self.arena.length());
            refused(
                ErrorKind::NoMemory,
                format!(
                    "{length} bytes are not free in the region of {all}: set a larger one aside"
                ),
            )
        })
    }
}

impl Region {
    /// A region that the kernel was told to leave alone.
    pub(super) fn set_aside(first: u64, length: u64) -> Result<Self, MemoryError> {
        let name = format!("the region {first:#x}+{length:#x}");
        as_memory(&name)?;
        let map = fs::read_to_string("/proc/iomem").map_err(|error| {
            refused(ErrorKind::Os, format!("reading /proc/iomem for {name}: {error}"))
        })?;
        match look(&map, first, first + (length - 1)) {
            Use::SetAside => {}
            Use::Taken(what) => {
                let mib = length.div_ceil(1 << 20);
                return Err(refused(
                    ErrorKind::Unsupported,
                    format!(
                        "{name} is in use by the host ({what}): set it aside first, on x86 boot \
                         with `memmap={mib}M${first:#x}`, and look whether `sudo cat /proc/iomem` \
                         shows it as Reserved"
                    ),
                ));
            }
            Use::Hidden => {
                return Err(refused(
                    ErrorKind::Os,
                    format!(
                        "/proc/iomem does not show addresses, so it is not known what is at {name}: \
                         run it as root, or with CAP_SYS_ADMIN and CAP_SYS_RAWIO"
                    ),
                ));
            }
        }
        Self::map(&name, Path::new("/dev/mem"), first, first, length)
    }

    /// Memory that a UIO driver set aside.
    pub(super) fn uio_map(sysfs: &Sysfs, uio: u32, map: u32) -> Result<Self, MemoryError> {
        let folder = sysfs.join(format!("class/uio/uio{uio}/maps/map{map}"));
        let node = Path::new("/dev").join(format!("uio{uio}"));
        let name = format!("uio{uio}/map{map}");
        as_memory(&name)?;
        let (first, length) = told(&name, &folder, "addr")?;
        if number(&folder, "offset").is_some_and(|offset| offset != 0) {
            return Err(refused(
                ErrorKind::Misaligned,
                format!("{name} does not begin with a page: name another map"),
            ));
        }
        if let Some(bar) = bar_at(sysfs, first, first.saturating_add(length)) {
            return Err(refused(
                ErrorKind::Unsupported,
                format!(
                    "{name} is no memory but registers, of {bar}: `uio_pci_generic` has no memory to \
                     lend; use `memory=huge`, or the map of a driver that sets memory aside"
                ),
            ));
        }
        // A UIO driver's maps are told apart by the page that a mapping begins with.
        Self::map(&name, &node, u64::from(map) * page_size() as u64, first, length)
    }

    /// Memory of u-dma-buf.
    pub(super) fn u_dma_buf(sysfs: &Sysfs, number: u32) -> Result<Self, MemoryError> {
        let name = format!("udmabuf{number}");
        let folder = sysfs.join("class/u-dma-buf").join(&name);
        let (first, length) = told(&name, &folder, "phys_addr")?;
        Self::map(&name, &Path::new("/dev").join(&name), 0, first, length)
    }

    /// Maps `length` bytes of a node, which lie at `first` for devices.
    fn map(
        name: &str,
        node: &Path,
        offset: u64,
        first: u64,
        length: u64,
    ) -> Result<Self, MemoryError> {
        let page = page_size() as u64;
        if !first.is_multiple_of(page) || !length.is_multiple_of(page) || length == 0 {
            return Err(refused(
                ErrorKind::NotWholePages,
                format!("{name} is not whole pages of {page} bytes"),
            ));
        }
        let shown = node.display();
        let refuse = |error: io::Error| {
            let todo = match error.kind() {
                io::ErrorKind::PermissionDenied => {
                    "; run it as root, or with CAP_SYS_RAWIO and the right to open the node, on a \
                     kernel that is not locked down (`cat /sys/kernel/security/lockdown`)"
                }
                io::ErrorKind::NotFound => "; load the driver that makes the node",
                _ => "",
            };
            refused(ErrorKind::Os, format!("mapping {name} through {shown}: {error}{todo}"))
        };
        let file = File::options().read(true).write(true).open(node).map_err(refuse)?;
        let bytes = usize::try_from(length).map_err(|_| {
            refused(ErrorKind::TooLong, format!("{name} is longer than this process can map"))
        })?;
        let mapping = Mapping::of_file(&file, offset, bytes, first).map_err(refuse)?;
        Ok(Self { arena: Arc::new(Arena::new(Held::Region(mapping), first)) })
    }
}

/// Whether regions are mapped as memory on this processor.
fn as_memory(name: &str) -> Result<(), MemoryError> {
    if arch::REGIONS_ARE_MEMORY {
        return Ok(());
    }
    Err(refused(
        ErrorKind::Unsupported,
        format!(
            "{name} would be mapped as registers on this processor, where accesses that are not \
             aligned end the program; use `memory=huge`, or u-dma-buf"
        ),
    ))
}

/// Address and size as the kernel tells them.
fn told(name: &str, folder: &Path, address: &str) -> Result<(u64, u64), MemoryError> {
    let shown = folder.display();
    let (Some(first), Some(length)) = (number(folder, address), number(folder, "size")) else {
        return Err(refused(
            ErrorKind::Unsupported,
            format!(
                "{name}: {shown} does not tell {address} and size; `ls {}` shows what there is",
                folder.parent().unwrap_or(folder).display()
            ),
        ));
    };
    if first > HIGHEST || first.checked_add(length).is_none() {
        return Err(refused(
            ErrorKind::Unsupported,
            format!(
                "{name} tells {first:#x}, an address of the kernel's own and none that a device \
                 could be given"
            ),
        ));
    }
    Ok((first, length))
}

/// A number in a file: hexadecimal if it says so.
fn number(folder: &Path, file: &str) -> Option<u64> {
    let text = sysfs::read(&folder.join(file)).ok()?;
    match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

/// The PCI device that has registers there.
fn bar_at(sysfs: &Sysfs, first: u64, end: u64) -> Option<String> {
    let overlaps = |device: &PciDevice| {
        let bars = device.resources().unwrap_or_default();
        bars.iter().flatten().any(|bar| bar.first < end && first < bar.first + bar.length)
    };
    let mut all = PciDevice::all(sysfs).unwrap_or_default().into_iter();
    all.find(overlaps).map(|device| device.address().to_string())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use dma_core::AddressMask;

    use super::*;

    /// A copy of sysfs, and a file in the place of a node.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root =
            std::env::temp_dir().join(format!("host-linux-region-{name}-{}", std::process::id()));
        for (file, text) in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    // Pieces of a region lie apart, are zeroed, aligned for CPU and device alike, below the mask,
    // and rest when they come back.
    #[test]
    fn region_is_lent_in_pieces() {
        let root = folder("pieces", &[("node", "")]);
        let node = root.join("node");
        fs::write(&node, vec![0xee; 64 << 10]).unwrap();
        let physical = 0x3000_1000;
        let region = Region::map("it", &node, 0, physical, 64 << 10).unwrap();
        let request = Request::bytes(100).aligned(8192);
        let one = region.lend(request).unwrap();
        let other = region.lend(request).unwrap();
        for memory in [&one, &other] {
            let (first, run) = memory.run(0);
            let cpu = memory.cpu().cast::<u8>().as_ptr().addr() as u64;
            assert!(first.is_multiple_of(8192) && cpu.is_multiple_of(8192) && run == 100);
            assert_eq!(memory.run(99), (first + 99, 1));
            assert!(memory.look_again().is_ok());
        }
        assert_ne!(one.run(0), other.run(0));
        let place = usize::try_from(one.run(0).0 - physical).unwrap();
        let now = fs::read(&node).unwrap();
        assert!(now[place..place + 100].iter().all(|byte| *byte == 0));
        let first = one.run(0);
        drop(one);
        assert_ne!(region.lend(request).unwrap().run(0), first, "it rests");
        let low = region.lend(request.within(AddressMask::bits(28))).unwrap_err();
        assert_eq!(low.kind(), ErrorKind::OutOfReach);
        assert!(low.to_string().contains("memmap="), "{low}");
        let long = region.lend(Request::bytes(1 << 20)).unwrap_err();
        assert_eq!(long.kind(), ErrorKind::NoMemory);
        fs::remove_dir_all(root).unwrap();
    }

    // What tells registers, a pointer of the kernel's own, or nothing, lends nothing.
    #[test]
    fn maps_that_are_no_memory_are_refused() {
        let root = folder(
            "maps",
            &[
                ("class/uio/uio0/maps/map0/addr", "0x00000000fe800000\n"),
                ("class/uio/uio0/maps/map0/size", "0x0000000000100000\n"),
                ("class/uio/uio0/maps/map1/addr", "0xffff888012340000\n"),
                ("class/uio/uio0/maps/map1/size", "0x1000\n"),
                ("class/u-dma-buf/udmabuf1/phys_addr", "0x0000000030000800\n"),
                ("class/u-dma-buf/udmabuf1/size", "4096\n"),
                (
                    "bus/pci/devices/0000:01:00.0/resource",
                    "0x00000000fe800000 0x00000000fe8fffff 0x0000000000040200\n",
                ),
            ],
        );
        let sysfs = Sysfs::at(&root);
        let refused = |source: Result<Region, MemoryError>| source.unwrap_err().to_string();
        if arch::REGIONS_ARE_MEMORY {
            let registers = refused(Region::uio_map(&sysfs, 0, 0));
            assert!(registers.contains("registers, of 0000:01:00.0"), "{registers}");
            let pointer = refused(Region::uio_map(&sysfs, 0, 1));
            assert!(pointer.contains("address of the kernel's own"), "{pointer}");
            let absent = refused(Region::uio_map(&sysfs, 0, 2));
            assert!(absent.contains("does not tell addr and size"), "{absent}");
        }
        let crooked = refused(Region::u_dma_buf(&sysfs, 1));
        assert!(crooked.contains("not whole pages"), "{crooked}");
        fs::remove_dir_all(root).unwrap();
    }
}
