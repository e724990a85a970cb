//! The suite on the simulated PL081: with an IOMMU and without, both interrupts.
#![forbid(unsafe_code)]

use crate::rigs::edu::ANY_ALIGNMENT;
use crate::rigs::mock::{MockRig, UNTRANSLATED, Wishes};
use crate::rigs::pl081::Primecell;
use backend_mock::Trigger;
use conformance::Exception;

/// What a PL081 has not.
const EXCEPTIONS: [Exception; 1] = [("misaligned_job_is_refused", ANY_ALIGNMENT)];

/// Besides, what a machine without translation has not.
const UNTRANSLATED_EXCEPTIONS: [Exception; 7] = [
    EXCEPTIONS[0],
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
    ("address_above_the_mask_reaches_nothing", UNTRANSLATED),
];

// Behind an IOMMU, with an interrupt line, as on a chip.
#[test]
fn mock_pl081_translated_level() {
    let wishes = Wishes::translating().trigger(Trigger::Level);
    crate::conforms("mock/pl081, IOMMU, level", MockRig::<Primecell>::new(wishes), &EXCEPTIONS);
}

// Behind an IOMMU, with message interrupts.
#[test]
fn mock_pl081_translated_edge() {
    let rig = MockRig::<Primecell>::new(Wishes::translating());
    crate::conforms("mock/pl081, IOMMU, edge", rig, &EXCEPTIONS);
}

// Every buffer in runs of 1,000 bytes.
#[test]
fn mock_pl081_translated_in_pieces() {
    let wishes = Wishes::translating().pieces(1000).trigger(Trigger::Level);
    crate::conforms("mock/pl081, IOMMU, pieces", MockRig::<Primecell>::new(wishes), &EXCEPTIONS);
}

// Without an IOMMU, memory as scattered as physical memory is.
#[test]
fn mock_pl081_passthrough() {
    let wishes = Wishes::passthrough().trigger(Trigger::Level);
    let rig = MockRig::<Primecell>::new(wishes);
    crate::conforms("mock/pl081, no IOMMU, level", rig, &UNTRANSLATED_EXCEPTIONS);
}
