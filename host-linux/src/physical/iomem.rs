//! What the kernel's map of physical addresses says of a region.
//!
//! Source: `/proc/iomem`; ranges are inclusive, and nested by two blanks.
#![forbid(unsafe_code)]

/// What is at a region.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Use {
    /// All of it was set aside: neither the kernel's memory nor a device's.
    SetAside,
    /// Something is there that is not to be touched.
    Taken(String),
    /// The kernel shows addresses to nobody but `CAP_SYS_ADMIN`.
    Hidden,
}

/// What `map`, the text of `/proc/iomem`, says of `first` to `last`.
pub(super) fn look(map: &str, first: u64, last: u64) -> Use {
    let mut set_aside = false;
    let mut all_zero = true;
    for line in map.lines() {
        let Some((range, name)) = line.trim_start().split_once(" : ") else { continue };
        let Some((from, to)) = range.split_once('-') else { continue };
        let number = |text| u64::from_str_radix(text, 16).ok();
        let (Some(from), Some(to)) = (number(from), number(to)) else { continue };
        all_zero &= to == 0;
        if to < first || from > last {
            continue;
        }
        if name.eq_ignore_ascii_case("reserved") {
            set_aside |= from <= first && to >= last;
            continue;
        }
        // A window of a bus, or RAM, may stand above what was set aside within it.
        let above = line.starts_with(|letter: char| !letter.is_whitespace());
        if above && name.starts_with("System RAM") && from <= first && to >= last {
            continue;
        }
        return Use::Taken(name.to_owned());
    }
    match (all_zero, set_aside) {
        (true, _) => Use::Hidden,
        (false, true) => Use::SetAside,
        (false, false) => Use::Taken("nothing that was set aside".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "\
00001000-0009fbff : System RAM
2fff0000-2fffffff : System RAM
30000000-30ffffff : Reserved
31000000-3ffdffff : System RAM
  3a000000-3a5fffff : Kernel code
fe800000-fe9fffff : PCI Bus 0000:01
  fe800000-fe8fffff : 0000:01:00.0
";

    // A region is good only as a whole and only where it was set aside.
    #[test]
    fn only_what_was_set_aside_is_good() {
        let at = |first, last| look(MAP, first, last);
        assert_eq!(at(0x3000_0000, 0x30ff_ffff), Use::SetAside);
        assert_eq!(at(0x3080_0000, 0x3080_0fff), Use::SetAside);
        let taken = |name: &str| Use::Taken(name.to_owned());
        assert_eq!(at(0x3000_0000, 0x3100_0000), taken("System RAM"));
        assert_eq!(at(0x3a00_0000, 0x3a00_0fff), taken("Kernel code"));
        assert_eq!(at(0xfe80_0000, 0xfe80_0fff), taken("PCI Bus 0000:01"));
        assert_eq!(at(0x3100_0000, 0x3100_0fff), taken("nothing that was set aside"));
        assert_eq!(at(0x9000_0000, 0x9000_0fff), taken("nothing that was set aside"));
    }

    // As Arm shows it, within RAM; and as ordinary users see it, which says nothing.
    #[test]
    fn nested_and_hidden_maps_are_understood() {
        let nested = "40000000-7fffffff : System RAM\n  60000000-60ffffff : reserved\n";
        assert_eq!(look(nested, 0x6000_0000, 0x60ff_ffff), Use::SetAside);
        let hidden = "00000000-00000000 : System RAM\n00000000-00000000 : Reserved\n";
        assert_eq!(look(hidden, 0x3000_0000, 0x30ff_ffff), Use::Hidden);
    }
}
