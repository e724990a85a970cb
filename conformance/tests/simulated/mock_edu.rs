//! The suite on the simulated `edu`: with an IOMMU and without, both interrupts.
#![forbid(unsafe_code)]

use crate::rigs::edu::{ANY_ALIGNMENT, Edu, NO_STATUS, ONE_CHANNEL};
use crate::rigs::mock::{MockRig, UNTRANSLATED, Wishes};
use backend_mock::Trigger;
use conformance::Exception;

/// What an `edu` has not.
const EXCEPTIONS: [Exception; 4] = [
    ("misaligned_job_is_refused", ANY_ALIGNMENT),
    ("two_engines_share_one_vector", ONE_CHANNEL),
    ("two_tasks_share_one_vector", ONE_CHANNEL),
    ("error_of_the_device_is_reported", NO_STATUS),
];

/// Besides, what a machine without translation has not.
const UNTRANSLATED_EXCEPTIONS: [Exception; 10] = [
    EXCEPTIONS[0],
    EXCEPTIONS[1],
    EXCEPTIONS[2],
    EXCEPTIONS[3],
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
    ("address_above_the_mask_reaches_nothing", UNTRANSLATED),
];

// Behind an IOMMU, with message interrupts.
#[test]
fn mock_edu_translated_edge() {
    crate::conforms(
        "mock/edu, IOMMU, edge",
        MockRig::<Edu>::new(Wishes::translating()),
        &EXCEPTIONS,
    );
}

// Behind an IOMMU, with an interrupt line.
#[test]
fn mock_edu_translated_level() {
    let wishes = Wishes::translating().trigger(Trigger::Level);
    crate::conforms("mock/edu, IOMMU, level", MockRig::<Edu>::new(wishes), &EXCEPTIONS);
}

// With an interrupt that fires only as its line rises: the strictest road.
#[test]
fn mock_edu_translated_level_once() {
    let wishes = Wishes::translating().trigger(Trigger::LevelOnce);
    crate::conforms("mock/edu, IOMMU, level once", MockRig::<Edu>::new(wishes), &EXCEPTIONS);
}

// Every buffer in runs of 1,000 bytes.
#[test]
fn mock_edu_translated_in_pieces() {
    let wishes = Wishes::translating().pieces(1000);
    crate::conforms("mock/edu, IOMMU, pieces", MockRig::<Edu>::new(wishes), &EXCEPTIONS);
}

// Without an IOMMU, memory as scattered as physical memory is.
#[test]
fn mock_edu_passthrough() {
    let rig = MockRig::<Edu>::new(Wishes::passthrough());
    crate::conforms("mock/edu, no IOMMU, edge", rig, &UNTRANSLATED_EXCEPTIONS);
}

// A slow device makes few transfers, and yet runs every case.
#[test]
fn mock_edu_within_a_budget() {
    let wishes = Wishes::translating().transfers(12);
    let rig = MockRig::<Edu>::new(wishes);
    let report = crate::conforms("mock/edu, IOMMU, 12 transfers a case", rig, &EXCEPTIONS);
    let cases = report.rows.len();
    let most = report.rows.iter().filter_map(|row| match row.outcome.state {
        conformance::State::Passed(tally) => Some(tally.transfers),
        _ => None,
    });
    assert!(most.clone().max().unwrap() <= 24, "{}", report.table());
    assert!(most.count() >= cases - EXCEPTIONS.len());
}
