//! The findings, each with what it stands on.

use super::{Certainty, Finding};
use crate::announced::{Announced, Named};
use crate::fault::{Access, Fault, Precision, Reason, Source};
use crate::log::Log;
use crate::mappings::{Mapping, Mappings, Place};

/// A page, the smallest that there is.
const PAGE: u64 = 4_096;

/// What to do where a card was given the wrong kind of number.
const USE_THE_HANDLE: [&str; 4] = [
    "give the card the DMA address: the `dma_handle` that dma_alloc_coherent() fills in, or what \
     dma_map_single() or a backend's mapping returns; never virt_to_phys(), never a pointer",
    "map a coherent buffer to user space with dma_mmap_coherent(), not with remap_pfn_range() of \
     a physical address",
    "set the address width that the card really has with dma_set_mask_and_coherent(), and leave \
     bus mastering off until the card's address registers hold valid addresses",
    "the same code is then right on every host, with translation and without: nothing has to \
     be changed on the host",
];

/// Everything that can be said of the faults of one device.
pub(super) fn all(
    faults: &[&Fault],
    addresses: &[u64],
    log: &Log,
    mappings: Option<&Mappings>,
) -> Vec<Finding> {
    let mut all = Vec::new();
    all.extend(level(faults));
    all.extend(twins(faults));
    let mut placed = false;
    if let Some(table) = mappings {
        let found = by_table(faults, table);
        placed = !found.is_empty();
        all.extend(found);
    }
    if !placed {
        let announced = by_announcement(faults, addresses, log);
        placed = !announced.is_empty();
        all.extend(announced);
    }
    if !placed {
        all.extend(by_reason(faults, addresses));
    }
    all
}

fn finding(kind: &'static str, certainty: Certainty, what: String) -> Finding {
    Finding { kind, certainty, what, evidence: Vec::new(), change: Vec::new() }
}

fn changes(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

/// Where the walk through the page tables ended.
fn level(faults: &[&Fault]) -> Option<Finding> {
    let first = faults.first()?;
    let all_at = faults.iter().all(|fault| fault.level == first.level);
    let level = first.level.filter(|_| all_at)?;
    let reach = match level {
        1 => "1 GiB",
        2 => "2 MiB",
        3 => "4 KiB",
        _ => return None,
    };
    let mut found = finding(
        "level",
        Certainty::Certain,
        format!(
            "The walk through the page tables ended at level {level}, with pages of 4 KiB an \
             entry for {reach}."
        ),
    );
    found.evidence.push(format!("the lower bits of fsynr are {level}"));
    let empty = |fault: &&Fault| fault.tables.is_some_and(|it| it.pmd == 0 && it.pte == 0);
    if level == 2 && faults.iter().all(empty) {
        found.what.push_str(
            " That entry is empty: in the whole 2 MiB around the address nothing is mapped for \
             this device, so this is no mapping that is a little too short.",
        );
        found.evidence.push("pmd=0, pte=0, while pgd and pud are there".to_owned());
    }
    Some(found)
}

/// Several instances of one SMMU that share the traffic.
fn twins(faults: &[&Fault]) -> Option<Finding> {
    let mut seen: Vec<(u32, u64)> =
        faults.iter().filter_map(|fault| Some((fault.instance?, fault.iova))).collect();
    seen.sort_unstable();
    seen.dedup();
    let mut instances: Vec<u32> = seen.iter().map(|(instance, _)| *instance).collect();
    instances.dedup();
    if instances.len() < 2 {
        return None;
    }
    let shared = seen.iter().filter(|(instance, iova)| {
        seen.iter().any(|(other, address)| other != instance && address == iova)
    });
    let shared = shared.count();
    let names: Vec<String> = instances.iter().map(|it| format!("smmu{it}")).collect();
    let names = names.join(" and ");
    let mut found = if shared == 0 {
        finding(
            "twins",
            Certainty::Certain,
            format!(
                "{names} are instances of one SMMU that share the device's traffic. They report \
                 different addresses, so these lines are different accesses and not duplicates."
            ),
        )
    } else {
        finding(
            "twins",
            Certainty::Possible,
            format!("{names} report the same {shared} addresses; some lines may be duplicates."),
        )
    };
    for instance in instances {
        let of = seen.iter().filter(|(it, _)| *it == instance);
        let list: Vec<String> = of.take(4).map(|(_, iova)| format!("{iova:#x}")).collect();
        found.evidence.push(format!("smmu{instance}: {}", list.join(", ")));
    }
    Some(found)
}

/// What the table of mappings says of each address; one finding a kind and mapping.
fn by_table(faults: &[&Fault], table: &Mappings) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    for fault in faults {
        let mut found = match table.find(fault.iova) {
            Place::Inside(mapping, _) => inside(fault, mapping),
            Place::Freed(mapping, _) => freed(mapping),
            Place::PastEnd(mapping, past) => past_end(mapping, past),
            Place::Truncated(mapping, _) => truncated(mapping),
            Place::Nothing => nothing_near(table),
        };
        let evidence = placed(fault, table);
        match all.iter_mut().find(|it| it.kind == found.kind && it.what == found.what) {
            Some(before) if before.evidence.len() < 8 => before.evidence.push(evidence),
            Some(_) => {}
            None => {
                found.evidence.insert(0, evidence);
                all.push(found);
            }
        }
    }
    all
}

/// `0x2000 is byte 4096 of "out", mapped at …`.
fn placed(fault: &Fault, table: &Mappings) -> String {
    let page = if fault.precision == Precision::Page { "the page at " } else { "" };
    let iova = fault.iova;
    match table.find(iova) {
        Place::Inside(mapping, offset) => {
            format!("{page}{iova:#x} is offset {offset:#x} in {}", name(mapping))
        }
        Place::Freed(mapping, offset) => {
            format!("{page}{iova:#x} was offset {offset:#x} in {}", name(mapping))
        }
        Place::PastEnd(mapping, past) => {
            format!("{page}{iova:#x} is {past} bytes past the end of {}", name(mapping))
        }
        Place::Truncated(mapping, offset) => format!(
            "{page}{iova:#x} is the lower half of {:#x}, offset {offset:#x} in {}",
            mapping.iova + offset,
            name(mapping)
        ),
        Place::Nothing => format!("{page}{iova:#x} is near nothing in the table"),
    }
}

fn name(mapping: &Mapping) -> String {
    let label = if mapping.label.is_empty() {
        "a buffer".to_owned()
    } else {
        format!("the buffer \"{}\"", mapping.label)
    };
    format!("{label} ({:#x}, {} bytes)", mapping.iova, mapping.length)
}

fn inside(fault: &Fault, mapping: &Mapping) -> Finding {
    let name = name(mapping);
    match fault.access.direction() {
        Some(direction) if !mapping.direction.allows(direction) => {
            let (wanted, may) = match fault.access {
                Access::Write => ("write", "read"),
                _ => ("read", "write"),
            };
            let mut found = finding(
                "wrong-direction",
                Certainty::Certain,
                format!("The device wanted to {wanted} {name}, which it may only {may}."),
            );
            found.change = changes(&[
                "map the buffer for the direction in which it is used: as the device sees it, \
                 DMA_TO_DEVICE is reading",
                "or look for a direction bit of the card's command register that is the wrong way",
            ]);
            found
        }
        _ => {
            let mut found = finding(
                "mapped-now",
                Certainty::Possible,
                format!(
                    "The table has {name} as mapped and permits this. Either it was mapped after \
                     the fault, or the table is of another address space than the device's."
                ),
            );
            found.change = changes(&[
                "compare the time of the fault with that of the mapping",
                "map before the card is told the address, and check that device and buffer \
                 belong to one domain",
            ]);
            found
        }
    }
}

fn freed(mapping: &Mapping) -> Finding {
    let mut found = finding(
        "freed",
        Certainty::Likely,
        format!(
            "The device used {} after it was taken away: a buffer freed while the card was \
             running, or a descriptor that nobody renewed.",
            name(mapping)
        ),
    );
    found.change = changes(&[
        "stop the card's engine and see that it is idle before a buffer is freed or unmapped",
        "after an error or a time-out too: the card has not forgotten the address",
    ]);
    found
}

fn past_end(mapping: &Mapping, past: u64) -> Finding {
    let mut found = finding(
        "past-end",
        Certainty::Likely,
        format!("The device went on past the end of {}.", name(mapping)),
    );
    if past < PAGE {
        found.evidence.push("it is in the very page behind the buffer".to_owned());
    }
    found.change = changes(&[
        "compare the length that the card was given with the buffer's: counts of words, of bytes \
         less one, and a descriptor that names the next one's length are the usual mistakes",
        "some cards read ahead: then the buffer needs a page more",
    ]);
    found
}

fn truncated(mapping: &Mapping) -> Finding {
    let mut found = finding(
        "truncated",
        Certainty::Likely,
        format!(
            "The address was cut to 32 bits on its way into the card: with its upper half it \
             would lie in {}.",
            name(mapping)
        ),
    );
    found.change = changes(&[
        "write both halves of the card's address register, in the order its manual asks for, and \
         look for a 32-bit variable in between",
        "or, if the card has 32 address lines only, say so: dma_set_mask_and_coherent() with \
         DMA_BIT_MASK(32)",
    ]);
    found
}

fn nothing_near(table: &Mappings) -> Finding {
    let mut found = finding(
        "nothing-near",
        Certainty::Certain,
        "No buffer of the table is there or near: the number was never a DMA address of it."
            .to_owned(),
    );
    let live = table.mappings.iter().filter(|it| !it.ended).count();
    found.evidence.push(format!(
        "the table has {live} mappings, and {} that ended",
        table.mappings.len() - live
    ));
    found.change = changes(&USE_THE_HANDLE);
    found
}

/// What the lines of a driver say of the addresses.
fn by_announcement(faults: &[&Fault], addresses: &[u64], log: &Log) -> Vec<Finding> {
    let mut all = Vec::new();
    for buffer in &log.announced {
        let inside: Vec<u64> =
            addresses.iter().copied().filter(|&it| buffer.offset_of(it).is_some()).collect();
        if inside.is_empty() {
            continue;
        }
        all.push(which_buffer(buffer, &inside, faults, addresses.len()));
        if buffer.named == Named::Handle {
            let mut found = finding(
                "handle-not-mapped",
                Certainty::Likely,
                "The driver calls the address a DMA address, and the IOMMU does not know it: the \
                 buffer was unmapped or freed, or it was mapped for another device."
                    .to_owned(),
            );
            found.evidence.push(format!("line {}: \"{}\"", buffer.line, buffer.text));
            found.change = changes(&[
                "allocate and map with the `struct device` of the card that masters the bus",
                "stop the card's engine and see that it is idle before the buffer is freed",
            ]);
            all.push(found);
        } else {
            all.push(wrong_number(buffer, faults, &log.announced));
        }
    }
    all
}

fn which_buffer(buffer: &Announced, inside: &[u64], faults: &[&Fault], of: usize) -> Finding {
    let name = buffer.index.map_or_else(|| "a buffer".to_owned(), |at| format!("buffer #{at}"));
    let offsets: Vec<String> =
        in_order(faults, buffer).iter().map(|it| format!("{it:#x}")).collect();
    let (shown, more) = match offsets.len() {
        0..=8 => (offsets.join(", "), String::new()),
        many => (offsets[..8].join(", "), format!(" and {} more", many - 8)),
    };
    let all = if inside.len() == of { "All" } else { "Some" };
    let mut found = finding(
        "buffer",
        Certainty::Certain,
        format!(
            "{all} of the addresses ({} of {of}) lie in {name} of the driver, {:#x} to {:#x}, at \
             the offsets {shown}{more}.",
            inside.len(),
            buffer.address,
            buffer.address + buffer.length - 1
        ),
    );
    found.evidence.push(format!("line {}: \"{}\"", buffer.line, buffer.text));
    let accesses: Vec<Access> = faults
        .iter()
        .filter(|it| buffer.offset_of(it.iova).is_some())
        .map(|it| it.access)
        .collect();
    if accesses.iter().all(|&access| access == Access::Read) {
        found.what.push_str(
            " The device reads it, so it is probably the outgoing one, from the host to the card.",
        );
    } else if accesses.iter().all(|&access| access == Access::Write) {
        found.what.push_str(
            " The device writes it, so it is probably the incoming one, from the card to the host.",
        );
    }
    found
}

/// The offsets in a buffer, in the order of the log, each once.
fn in_order(faults: &[&Fault], buffer: &Announced) -> Vec<u64> {
    let mut offsets: Vec<u64> = Vec::new();
    for offset in faults.iter().filter_map(|fault| buffer.offset_of(fault.iova)) {
        if !offsets.contains(&offset) && offsets.len() < 1_000 {
            offsets.push(offset);
        }
    }
    offsets
}

/// The card was given something else than a DMA address.
fn wrong_number(buffer: &Announced, faults: &[&Fault], announced: &[Announced]) -> Finding {
    let mut evidence = vec![
        format!(
            "the device put numbers on the bus that lie where the driver prints its {}",
            buffer.word
        ),
        "the IOMMU knows no such address of this device".to_owned(),
    ];
    let mut hints = 0;
    if buffer.named == Named::Physical {
        evidence.push(format!("\"{}\" is the driver's word for a physical address", buffer.word));
        hints += 1;
    }
    // A length that no power of two holds is none, whatever the line says.
    let order = buffer.length.max(PAGE).checked_next_power_of_two();
    if let Some(order) = order.filter(|&order| !buffer.address.is_multiple_of(order)) {
        evidence.push(format!(
            "{:#x} is no multiple of the buffer's {:#x}: addresses that the DMA interface hands \
             out for a coherent buffer of {} bytes are",
            buffer.address, order, buffer.length
        ));
        hints += 1;
    }
    let gap = announced.iter().find_map(|other| {
        let gap = buffer.address.checked_sub(other.address.checked_add(other.length)?)?;
        (gap == PAGE).then_some(other)
    });
    let mut vmalloc = "";
    if let Some(before) = gap {
        evidence.push(format!(
            "{:#x} - {:#x} is the length of one buffer and a page: so lie areas of vmalloc with \
             the guard page between, and no physical pages",
            buffer.address, before.address
        ));
        vmalloc = ", of an address in the kernel's vmalloc area where it means nothing";
        hints += 1;
    }
    let not_mapped = faults
        .iter()
        .all(|fault| matches!(fault.reason, Reason::NotMapped | Reason::NotMappedOrPermission));
    let certainty = if hints >= 1 && not_mapped { Certainty::Likely } else { Certainty::Possible };
    let mut found = finding(
        "physical-address",
        certainty,
        format!(
            "The card was given a physical address in place of the DMA address: what \
             virt_to_phys() says of the buffer{vmalloc}. That works only where nothing translates."
        ),
    );
    found.evidence = evidence;
    found.change = changes(&USE_THE_HANDLE);
    found
}

/// What can be said without knowing any buffer.
fn by_reason(faults: &[&Fault], addresses: &[u64]) -> Vec<Finding> {
    let all = |pass: fn(&Reason) -> bool| faults.iter().all(|fault| pass(&fault.reason));
    let mut out = Vec::new();
    if !addresses.is_empty() && addresses.iter().all(|&iova| iova < PAGE) {
        let mut found = finding(
            "zero",
            Certainty::Likely,
            "The address is 0 or next to it: the card was started before its address register, \
             or a descriptor, was filled."
                .to_owned(),
        );
        found.change = changes(&[
            "write the address registers and descriptors first, and the command last, with a \
             barrier between them",
            "leave bus mastering off until then",
        ]);
        out.push(found);
    } else if all(|reason| *reason == Reason::AddressSize) {
        let mut found = finding(
            "address-size",
            Certainty::Certain,
            "The address has more bits than this IOMMU translates, so no mapping gave it."
                .to_owned(),
        );
        found.change = changes(&USE_THE_HANDLE);
        out.push(found);
    } else if all(|reason| *reason == Reason::Permission) {
        let mut found = finding(
            "wrong-direction",
            Certainty::Likely,
            "Something is mapped there that does not permit this access: a buffer mapped for the \
             other direction, or a direction bit of the card that is the wrong way."
                .to_owned(),
        );
        found.change = changes(&[
            "map the buffer for the direction in which it is used: as the device sees it, \
             DMA_TO_DEVICE is reading",
        ]);
        out.push(found);
    } else if all(|reason| matches!(reason, Reason::Configuration | Reason::Tables)) {
        let mut found = finding(
            "configuration",
            Certainty::Certain,
            "The IOMMU has no usable entry for this device, so whatever it accesses is refused: \
             no driver has attached it to an address space, or the requests carry the id of a \
             bridge or of another function."
                .to_owned(),
        );
        found.change = changes(&[
            "see that a driver is bound to the device, and that bus mastering is off until it is",
            "for a device behind a bridge, look at its IOMMU group in \
             /sys/bus/pci/devices/…/iommu_group/devices",
        ]);
        out.push(found);
    } else {
        out.push(unknown(faults, addresses));
    }
    out
}

/// Nothing is mapped, and nobody says what the number was.
fn unknown(faults: &[&Fault], addresses: &[u64]) -> Finding {
    let mut found = finding(
        "not-mapped",
        Certainty::Possible,
        "The lines alone do not tell which mistake it is: a physical address or a pointer in \
         place of the DMA address, one cut to 32 bits, a buffer that was freed while the card was \
         running, or a transfer that is longer than its buffer."
            .to_owned(),
    );
    if let ([.., last], Some(first)) = (addresses, addresses.first())
        && addresses.len() >= 3
    {
        found.evidence.push(format!("{} addresses from {first:#x} to {last:#x}", addresses.len()));
        let runs = addresses.windows(2).filter(|pair| pair[1] - pair[0] <= PAGE).count();
        if runs * 10 >= (addresses.len() - 1) * 9 {
            found.evidence.push(
                "they follow one another: one transfer, most of which is not mapped".to_owned(),
            );
        }
    }
    if faults.iter().any(|fault| fault.source == Source::VtD) {
        found.evidence.push(
            "VT-d keeps the page of an address only, and does not tell an empty entry from one \
             that forbids"
                .to_owned(),
        );
    }
    found.change = changes(&[
        "let the driver print the address that it writes into the card, and the DMA address that \
         the mapping returned: they must be equal",
        "give the table of what is mapped (--mappings), or the driver's own lines with the \
         addresses of its buffers, and this says which buffer it is",
    ]);
    found
}
