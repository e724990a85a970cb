//! The suite on machines whose devices do not see into the processor's caches.
//!
//! The drivers are the same, and so are the cases; what differs is that a forgotten hand-over of
//! memory shows. Two tests forget every one of one direction, to see that it does.
#![forbid(unsafe_code)]

use backend_mock::{Injection, Trigger};
use conformance::report::Report;
use conformance::{Exception, State};
use dma_core::To;

use crate::rigs::edu::{ANY_ALIGNMENT, Edu, NO_STATUS, ONE_CHANNEL};
use crate::rigs::mock::{EVERY_ADDRESS, Kind, MockRig, UNTRANSLATED, Wishes};
use crate::rigs::pl081::Primecell;
use crate::rigs::xdma::{BY_REGISTER, BY_WORD_APART, BY_WORD_IN_RING, Subsystem};

/// What an `edu` has not.
pub(crate) const EDU: [Exception; 4] = [
    ("misaligned_job_is_refused", ANY_ALIGNMENT),
    ("two_engines_share_one_vector", ONE_CHANNEL),
    ("two_tasks_share_one_vector", ONE_CHANNEL),
    ("error_of_the_device_is_reported", NO_STATUS),
];

/// What a PL081 has not.
pub(crate) const PL081: [Exception; 1] = [("misaligned_job_is_refused", ANY_ALIGNMENT)];

/// What XDMA has not.
pub(crate) const XDMA: [Exception; 3] = [
    ("misaligned_job_is_refused", ANY_ALIGNMENT),
    ("memory_beyond_the_mask_is_refused", EVERY_ADDRESS),
    ("address_above_the_mask_reaches_nothing", EVERY_ADDRESS),
];

/// What a PL081 on a machine without translation has not.
const UNTRANSLATED_PL081: [Exception; 7] = [
    PL081[0],
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
    ("address_above_the_mask_reaches_nothing", UNTRANSLATED),
];

// A card without ring memory: only buffers are handed over.
#[test]
fn incoherent_edu() {
    let rig = MockRig::<Edu>::new(Wishes::translating().incoherent());
    crate::conforms("mock/edu, IOMMU, incoherent", rig, &EDU);
}

// Lines that come and go by chance change nothing for a driver that forgets nothing.
#[test]
fn incoherent_edu_evictions() {
    let rig = MockRig::<Edu>::new(Wishes::translating().evictions(1).pieces(1000));
    crate::conforms("mock/edu, IOMMU, incoherent, evictions, pieces", rig, &EDU);
}

// A linked list in ring memory.
#[test]
fn incoherent_pl081() {
    let wishes = Wishes::translating().incoherent().trigger(Trigger::Level);
    let rig = MockRig::<Primecell>::new(wishes);
    crate::conforms("mock/pl081, IOMMU, incoherent", rig, &PL081);
}

// The same, with evictions.
#[test]
fn incoherent_pl081_evictions() {
    let wishes = Wishes::translating().evictions(2).trigger(Trigger::Level);
    let rig = MockRig::<Primecell>::new(wishes);
    crate::conforms("mock/pl081, IOMMU, incoherent, evictions", rig, &PL081);
}

// As on the story's older board with its SMMU off: neither coherent nor translated.
#[test]
fn incoherent_pl081_passthrough() {
    let wishes = Wishes::passthrough().incoherent().trigger(Trigger::Level);
    let rig = MockRig::<Primecell>::new(wishes);
    crate::conforms("mock/pl081, no IOMMU, incoherent", rig, &UNTRANSLATED_PL081);
}

// Descriptors in ring memory, counts by register.
#[test]
fn incoherent_xdma() {
    let rig = MockRig::<Subsystem<BY_REGISTER, false>>::new(Wishes::translating().incoherent());
    crate::conforms("mock/xdma, IOMMU, incoherent", rig, &XDMA);
}

// Counts that the card writes back, in the ring's memory and apart from it: words of the CPU and
// of the device must not share a line.
#[test]
fn incoherent_xdma_write_back() {
    let wishes = Wishes::translating().incoherent();
    let rig = MockRig::<Subsystem<BY_WORD_IN_RING, true>>::new(wishes.clone());
    crate::conforms("mock/xdma, IOMMU, incoherent, write-back", rig, &XDMA);
    let rig = MockRig::<Subsystem<BY_WORD_APART, true>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, incoherent, write-back apart", rig, &XDMA);
}

// The same, with evictions.
#[test]
fn incoherent_xdma_evictions() {
    let wishes = Wishes::translating().evictions(3);
    let rig = MockRig::<Subsystem<BY_WORD_IN_RING, true>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, incoherent, write-back, evictions", rig, &XDMA);
}

/// The suite must fail a machine that forgets hand-overs in one direction, in each of these cases,
/// and would pass it if its caches were coherent.
#[track_caller]
fn noticed<K: Kind>(to: To, cases: &[&str]) {
    let forgetful = Wishes::translating().always(Injection::ForgetSyncs(to));
    let wanted = |name: &str| cases.contains(&name);
    let mut rig = MockRig::<K>::new(forgetful.clone());
    let report = Report::of_some("coherent", &mut rig, &[], wanted);
    assert_eq!(report.totals.passed as usize, cases.len(), "{}", report.table());
    let mut rig = MockRig::<K>::new(forgetful.incoherent());
    let report = Report::of_some("incoherent", &mut rig, &[], wanted);
    let failed = report.rows.iter().filter(|row| matches!(row.outcome.state, State::Failed(_)));
    assert_eq!(failed.count(), cases.len(), "{}", report.table());
}

/// Cases that move bytes: data in both directions, waiting in every way, several jobs.
const MOVES: [&str; 5] = [
    "every_length_goes_both_ways",
    "blocking_wait",
    "polling_wait",
    "jobs_in_flight_keep_their_order",
    "callers_memory_travels_both_ways",
];

// What the CPU wrote to buffers, rings and write-back words never reaches the device.
#[test]
fn forgotten_hand_over_to_the_device_is_noticed() {
    noticed::<Edu>(To::Device, &MOVES);
    noticed::<Primecell>(To::Device, &MOVES);
    noticed::<Subsystem<BY_REGISTER, false>>(To::Device, &MOVES);
    noticed::<Subsystem<BY_WORD_IN_RING, true>>(To::Device, &MOVES);
}

// What the device wrote to buffers and write-back words never reaches the CPU.
#[test]
fn forgotten_hand_over_to_the_cpu_is_noticed() {
    noticed::<Edu>(To::Cpu, &MOVES);
    noticed::<Primecell>(To::Cpu, &MOVES);
    noticed::<Subsystem<BY_REGISTER, false>>(To::Cpu, &MOVES);
    noticed::<Subsystem<BY_WORD_IN_RING, true>>(To::Cpu, &MOVES);
}
