//! Is the machine what it should be? IOMMU, devices, registers, and roads.
#![forbid(unsafe_code)]

use std::fs::File;
use std::path::Path;

use guest_init::job::{Expectation, Translation};
use guest_init::log;

use crate::bar::Bar;
use crate::serial::{Seen, Serial};
use guest_init::error::{Context, Error, Result, read};
use guest_init::pci::Device;

/// QEMU's educational device.
const EDU: &str = "1234:11e8";
/// Class of NVMe controllers.
const NVME_CLASS: &str = "010802";

/// All checks; each reports its own end.
pub(crate) fn check(expected: &Expectation, serial: &mut Serial) -> Result<()> {
    serial.check("devices", devices(expected))?;
    serial.check("iommu", iommu(expected))?;
    serial.check("registers", registers())?;
    serial.check("vfio", vfio(expected))?;
    serial.check("iommufd", iommufd(expected))?;
    serial.check("uio", uio())?;
    serial.check("kernel log", kernel_log())
}

/// As many devices as were plugged in, and where.
fn devices(expected: &Expectation) -> Result<Seen> {
    let edu = Device::of(EDU)?;
    let all = Device::all()?;
    let nvme: Vec<&Device> = all.iter().filter(|device| device.class == NVME_CLASS).collect();
    let names: Vec<&str> = edu.iter().map(|device| device.name.as_str()).collect();
    let nvme_names: Vec<&str> = nvme.iter().map(|device| device.name.as_str()).collect();
    let seen = format!("edu {}; nvme {}", names.join(" "), nvme_names.join(" "));
    if (edu.len(), nvme.len()) == (expected.edu, expected.nvme) {
        return Ok(Seen::Good(seen));
    }
    let (edu, nvme) = (expected.edu, expected.nvme);
    Err(Error::new(format!("{seen}; expected {edu} edu and {nvme} nvme")))
}

/// What stands between each `edu` and memory.
fn iommu(expected: &Expectation) -> Result<Seen> {
    let mut seen = Vec::new();
    for device in Device::of(EDU)? {
        // Older kernels put a device into a group when its first driver takes it.
        if device.group().is_none() {
            device.bind("uio_pci_generic")?;
            device.release()?;
        }
        let (found, words) = match device.group() {
            None => (Translation::Absent, "no group".to_owned()),
            Some(group) => {
                let kind = device.group_type()?;
                let found = match kind.as_str() {
                    "identity" => Translation::Passthrough,
                    "DMA" | "DMA-FQ" => Translation::Translating,
                    other => return Err(Error::new(format!("unknown type of a group: {other:?}"))),
                };
                (found, format!("group {group} {kind}"))
            }
        };
        seen.push(format!("{} {words}", device.name));
        if found != expected.translation {
            let expected = expected.translation;
            return Err(Error::new(format!("{}; expected {expected:?}", seen.join(", "))));
        }
    }
    let seen = seen.join(", ");
    if expected.translation == Translation::Absent {
        return Ok(Seen::Nothing(seen));
    }
    let units = std::fs::read_dir("/sys/class/iommu").context("list /sys/class/iommu")?;
    let units: Vec<String> =
        units.flatten().map(|unit| unit.file_name().to_string_lossy().into_owned()).collect();
    if units.is_empty() {
        return Err(Error::new(format!("{seen}; no unit in /sys/class/iommu")));
    }
    Ok(Seen::Good(format!("{}: {seen}", units.join(" "))))
}

/// Registers of each `edu` answer through a mapping.
fn registers() -> Result<Seen> {
    let mut seen = Vec::new();
    for device in Device::of(EDU)? {
        // A driver that has it would be surprised.
        device.unbind()?;
        let bar = Bar::map(&device)?;
        let id = bar.identification();
        seen.push(format!("{} id {id:#010x}", device.name));
        if id != 0x0100_00ed {
            return Err(Error::new(format!("{}; expected 0x010000ed", seen.join(", "))));
        }
        for value in [0, u32::MAX, 0x1234_5678] {
            let answer = bar.liveness(value);
            if answer != !value {
                let name = &device.name;
                let message = format!("{name}: liveness of {value:#x} answers {answer:#x}");
                return Err(Error::new(message));
            }
        }
    }
    Ok(Seen::Good(seen.join(", ")))
}

/// VFIO takes each `edu`, or refuses it where there is no IOMMU.
fn vfio(expected: &Expectation) -> Result<Seen> {
    let possible = expected.translation != Translation::Absent || expected.no_iommu;
    let mut seen = Vec::new();
    for device in Device::of(EDU)? {
        let bound = device.bind("vfio-pci");
        if !possible {
            device.release()?;
            return match bound {
                Ok(()) => Err(Error::new(format!("vfio-pci takes {} without IOMMU", device.name))),
                Err(refused) => Ok(Seen::Nothing(format!("as it should be, {refused}"))),
            };
        }
        bound?;
        let group = device.group().ok_or_else(|| Error::new("bound, and has no group"))?;
        let prefix = if expected.translation == Translation::Absent { "noiommu-" } else { "" };
        let node = format!("/dev/vfio/{prefix}{group}");
        File::options().read(true).write(true).open(&node).context(format_args!("open {node}"))?;
        seen.push(format!("{} at {node}", device.name));
        device.release()?;
    }
    Ok(Seen::Good(seen.join(", ")))
}

/// Where the kernel has iommufd, each device has a VFIO node of its own.
fn iommufd(expected: &Expectation) -> Result<Seen> {
    let there = Path::new("/dev/iommu").exists();
    if !expected.iommufd {
        if there {
            return Err(Error::new("/dev/iommu is there and was not expected"));
        }
        return Ok(Seen::Nothing("this kernel has none".to_owned()));
    }
    File::options().read(true).write(true).open("/dev/iommu").context("open /dev/iommu")?;
    let mut seen = Vec::new();
    for device in Device::of(EDU)? {
        device.bind("vfio-pci")?;
        let folder = device.file("vfio-dev");
        let mut entries = std::fs::read_dir(&folder).context(format_args!("list {folder}"))?;
        let entry = entries.next().ok_or_else(|| Error::new(format!("{folder} is empty")))?;
        let node = format!("/dev/vfio/devices/{}", entry.context(&folder)?.file_name().display());
        File::options().read(true).write(true).open(&node).context(format_args!("open {node}"))?;
        seen.push(format!("{} at {node}", device.name));
        drop(entries);
        device.release()?;
    }
    Ok(Seen::Good(seen.join(", ")))
}

/// UIO takes each `edu`.
fn uio() -> Result<Seen> {
    let mut seen = Vec::new();
    for device in Device::of(EDU)? {
        device.bind("uio_pci_generic")?;
        let folder = device.file("uio");
        let mut entries = std::fs::read_dir(&folder).context(format_args!("list {folder}"))?;
        let entry = entries.next().ok_or_else(|| Error::new(format!("{folder} is empty")))?;
        let node = format!("/dev/{}", entry.context(&folder)?.file_name().display());
        File::options().read(true).write(true).open(&node).context(format_args!("open {node}"))?;
        seen.push(format!("{} at {node}", device.name));
        drop(entries);
        device.release()?;
    }
    Ok(Seen::Good(seen.join(", ")))
}

/// The kernel has not said that it is broken.
pub(crate) fn kernel_log() -> Result<Seen> {
    let messages = log::messages().context("read the kernel's log")?;
    if let Some(broken) = messages.iter().find(|message| message.is_broken()) {
        return Err(Error::new(broken.text.clone()));
    }
    let errors = messages.iter().filter(|message| message.level <= 3).count();
    let line = read("/proc/cmdline")?;
    let all = messages.len();
    Ok(Seen::Good(format!("{all} messages, {errors} of them errors; booted with {line:?}")))
}
