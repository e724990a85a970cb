//! The suite as on a microcontroller: static memory and PL081's registers.
#![forbid(unsafe_code)]

use backend_mock::Trigger;
use conformance::Exception;

use crate::rigs::bare::{BareRig, CONTIGUOUS, NEVER_FAILS, Sram};
use crate::rigs::edu::ANY_ALIGNMENT;
use crate::rigs::mock::UNTRANSLATED;

/// What this chip has not.
const EXCEPTIONS: [Exception; 17] = [
    ("misaligned_job_is_refused", ANY_ALIGNMENT),
    ("two_pieces", CONTIGUOUS),
    ("two_hundred_and_fifty_six_pieces", CONTIGUOUS),
    ("part_of_scattered_memory", CONTIGUOUS),
    ("memory_beyond_the_mask_is_refused", "all memory lies within the device's reach"),
    (
        "memory_that_is_not_whole_pages_is_refused",
        "nothing is exposed: memory is neither mapped in pages nor cached",
    ),
    ("devices_of_one_domain_share_buffers", "there is one device only in this address space"),
    ("buffer_of_another_domain_is_refused", "there is no device in another address space"),
    ("pool_refuses_buffers_of_another_domain", "there is no device in another address space"),
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
    ("address_above_the_mask_reaches_nothing", UNTRANSLATED),
    ("failing_unmap_keeps_a_buffers_memory", NEVER_FAILS),
    ("failing_unmap_leaks_the_callers_memory", "owners of the caller's memory cannot be counted"),
];

// With an interrupt line, as on a chip.
#[test]
fn bare_pl081_level() {
    static SRAM: Sram = Sram::new();
    let rig = BareRig::new(&SRAM, Trigger::Level);
    crate::conforms("bare/pl081, level", rig, &EXCEPTIONS);
}

// With an interrupt that fires at its edge.
#[test]
fn bare_pl081_edge() {
    static SRAM: Sram = Sram::new();
    let rig = BareRig::new(&SRAM, Trigger::Edge);
    crate::conforms("bare/pl081, edge", rig, &EXCEPTIONS);
}
