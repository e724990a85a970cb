//! What a copy of a host's files must not tell: names, serial numbers, commands.
//!
//! Only what the examination read is copied at all. Of files that say more than it needs, the rest
//! is cut away here; a file that is not known here and has more than one line is refused, so that
//! whoever adds one decides about it.

use super::iommu::{concerns, remaps};
use super::software::stem;

/// What of a file may leave the host; `None` if nothing of it is known to be harmless.
pub(super) fn harmless(path: &str, text: &str) -> Option<String> {
    let lines = |keep: &dyn Fn(&str) -> bool| {
        let kept = text.lines().filter(|line| keep(line)).map(|line| format!("{line}\n"));
        Some(kept.collect::<String>())
    };
    let begins = |names: &'static [&'static str]| {
        move |line: &str| names.iter().any(|name| line.starts_with(name))
    };
    if path.ends_with("/modules.dep") || path.ends_with("/modules.builtin") {
        let names = ["vfio", "iommufd", "uio", "anydma"];
        // What a module needs is not asked for.
        let files = text.lines().filter_map(|line| line.split(':').next());
        let kept = files.filter(|file| names.iter().any(|name| stem(file).starts_with(name)));
        return Some(kept.fold(String::new(), |all, file| all + file + "\n"));
    }
    match path {
        "/proc/cmdline" => {
            let kept: Vec<&str> = text.split_whitespace().filter(|word| concerns(word)).collect();
            Some(kept.join(" "))
        }
        "/proc/interrupts" => Some(if remaps(text) { "IR-" } else { "" }.to_owned()),
        "/proc/meminfo" => lines(&begins(&["MemTotal:", "CmaTotal:"])),
        "/proc/self/status" => {
            lines(&begins(&["VmLck:", "VmPin:", "Uid:", "Gid:", "Groups:", "CapEff:"]))
        }
        "/proc/self/limits" => lines(&begins(&["Max locked memory"])),
        "/etc/nv_tegra_release" => Some(text.lines().next().unwrap_or_default().to_owned()),
        "/etc/os-release" | "/usr/lib/os-release" => lines(&begins(&["PRETTY_NAME="])),
        _ if text.trim_end().lines().count() <= 1 => Some(text.to_owned()),
        // Ranges of addresses of the bus.
        _ if path.ends_with("/reserved_regions") => Some(text.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Of what may hold secrets only what is asked for is left.
    #[test]
    fn secrets_are_cut_away() {
        let line = "root=UUID=1234-5678 password=hunter2 intel_iommu=on iommu.passthrough=1 quiet";
        let kept = harmless("/proc/cmdline", line).unwrap();
        assert_eq!(kept, "intel_iommu=on iommu.passthrough=1");
        let release = "NAME=\"X\"\nPRETTY_NAME=\"X 1\"\nHOME_URL=\"https://me@example.org\"\n";
        assert_eq!(harmless("/etc/os-release", release).unwrap(), "PRETTY_NAME=\"X 1\"\n");
        let status = "Name:\tsecret-program\nUid:\t0\t0\t0\t0\nCapEff:\t0\n";
        assert!(!harmless("/proc/self/status", status).unwrap().contains("secret"));
        let interrupts = "  9:  1  IR-IO-APIC  acpi\n 12: 5 IR-PCI-MSI  secret-driver\n";
        assert_eq!(harmless("/proc/interrupts", interrupts).unwrap(), "IR-");
        let modules = "kernel/vfio-pci.ko: kernel/x.ko\nextra/secret.ko:\n";
        assert_eq!(
            harmless("/lib/modules/1/modules.dep", modules).unwrap(),
            "kernel/vfio-pci.ko\n"
        );
    }

    // A file that nobody has thought of is not copied if it says much.
    #[test]
    fn unknown_files_are_kept_back() {
        assert_eq!(harmless("/sys/class/dmi/id/modalias", "a\nb\n"), None);
        assert!(harmless("/sys/x/driver_override", "vfio-pci\n").is_some());
    }
}
