//! The suite on the simulated XDMA.
//!
//! With counts by register and written back, with one vector and with several, over an IOMMU and
//! without, edge and level interrupts.
#![forbid(unsafe_code)]

use crate::rigs::edu::ANY_ALIGNMENT;
use crate::rigs::mock::{EVERY_ADDRESS, MockRig, UNTRANSLATED, Wishes};
use crate::rigs::xdma::{BY_REGISTER, BY_WORD_APART, BY_WORD_IN_RING, Subsystem};
use backend_mock::Trigger;
use conformance::Exception;

/// What XDMA has not, if it was built for 64 address bits.
const EXCEPTIONS: [Exception; 3] = [
    ("misaligned_job_is_refused", ANY_ALIGNMENT),
    ("memory_beyond_the_mask_is_refused", EVERY_ADDRESS),
    ("address_above_the_mask_reaches_nothing", EVERY_ADDRESS),
];

/// What it has not with 32.
const NARROW_EXCEPTIONS: [Exception; 1] = [EXCEPTIONS[0]];

/// Besides, what a machine without translation has not.
const UNTRANSLATED_EXCEPTIONS: [Exception; 8] = [
    EXCEPTIONS[0],
    EXCEPTIONS[1],
    EXCEPTIONS[2],
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
];

// Behind an IOMMU, with message interrupts, as in a PCIe slot.
#[test]
fn mock_xdma_translated_edge() {
    let rig = MockRig::<Subsystem<BY_REGISTER, false>>::new(Wishes::translating());
    crate::conforms("mock/xdma, IOMMU, edge", rig, &EXCEPTIONS);
}

// Behind an IOMMU, with an interrupt line.
#[test]
fn mock_xdma_translated_level() {
    let wishes = Wishes::translating().trigger(Trigger::Level);
    let rig = MockRig::<Subsystem<BY_REGISTER, false>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, level", rig, &EXCEPTIONS);
}

// A vector for each channel.
#[test]
fn mock_xdma_vector_each() {
    let rig = MockRig::<Subsystem<BY_REGISTER, true>>::new(Wishes::translating());
    crate::conforms("mock/xdma, IOMMU, edge, a vector each", rig, &EXCEPTIONS);
}

// Counts written back to the ring's memory.
#[test]
fn mock_xdma_write_back_edge() {
    let rig = MockRig::<Subsystem<BY_WORD_IN_RING, true>>::new(Wishes::translating());
    crate::conforms("mock/xdma, IOMMU, edge, write-back", rig, &EXCEPTIONS);
}

// Counts written back to memory of their own, and an interrupt line.
#[test]
fn mock_xdma_write_back_level() {
    let wishes = Wishes::translating().trigger(Trigger::Level);
    let rig = MockRig::<Subsystem<BY_WORD_APART, false>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, level, write-back apart", rig, &EXCEPTIONS);
}

// Every buffer in runs of 1,000 bytes, and 32 address bits.
#[test]
fn mock_xdma_translated_in_pieces() {
    let wishes = Wishes::translating().pieces(1000);
    let rig = MockRig::<Subsystem<BY_REGISTER, false, 32>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, 32 bits, pieces", rig, &NARROW_EXCEPTIONS);
}

// Without an IOMMU, memory as scattered as physical memory is.
#[test]
fn mock_xdma_passthrough() {
    let rig = MockRig::<Subsystem<BY_REGISTER, false>>::new(Wishes::passthrough());
    crate::conforms("mock/xdma, no IOMMU, edge", rig, &UNTRANSLATED_EXCEPTIONS);
}

// Without an IOMMU, counts written back, an interrupt line.
#[test]
fn mock_xdma_passthrough_write_back() {
    let wishes = Wishes::passthrough().trigger(Trigger::Level);
    let rig = MockRig::<Subsystem<BY_WORD_IN_RING, false>>::new(wishes);
    crate::conforms("mock/xdma, no IOMMU, level, write-back", rig, &UNTRANSLATED_EXCEPTIONS);
}

// A host whose caches the card does not see into, with counts by register.
#[test]
fn mock_xdma_incoherent() {
    let wishes = Wishes::translating().incoherent();
    let rig = MockRig::<Subsystem<BY_REGISTER, false>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, incoherent", rig, &EXCEPTIONS);
}

// The same with counts written back, in the ring's memory and apart.
#[test]
fn mock_xdma_incoherent_write_back() {
    let wishes = Wishes::translating().incoherent();
    let rig = MockRig::<Subsystem<BY_WORD_IN_RING, true>>::new(wishes.clone());
    crate::conforms("mock/xdma, IOMMU, incoherent, write-back", rig, &EXCEPTIONS);
    let rig = MockRig::<Subsystem<BY_WORD_APART, false>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, incoherent, write-back apart", rig, &EXCEPTIONS);
}

/// Fed by credits.
type Fed<const COUNT: u8, const EACH: bool> = Subsystem<COUNT, EACH, 64, true>;

// Fed by credits, with counts by register, and message interrupts.
#[test]
fn mock_xdma_by_credits() {
    let rig = MockRig::<Fed<BY_REGISTER, false>>::new(Wishes::translating());
    crate::conforms("mock/xdma, IOMMU, credits", rig, &EXCEPTIONS);
}

// The same with an interrupt line, in pieces, without an IOMMU.
#[test]
fn mock_xdma_by_credits_passthrough() {
    let wishes = Wishes::passthrough().pieces(1000).trigger(Trigger::Level);
    let rig = MockRig::<Fed<BY_REGISTER, true>>::new(wishes);
    crate::conforms("mock/xdma, no IOMMU, level, credits", rig, &UNTRANSLATED_EXCEPTIONS);
}

// Fed by credits and counted by the word, behind caches too.
#[test]
fn mock_xdma_by_credits_write_back() {
    let wishes = Wishes::translating().trigger(Trigger::Level);
    let rig = MockRig::<Fed<BY_WORD_IN_RING, false>>::new(wishes);
    crate::conforms("mock/xdma, IOMMU, level, credits, write-back", rig, &EXCEPTIONS);
    let rig = MockRig::<Fed<BY_WORD_APART, true>>::new(Wishes::translating().incoherent());
    crate::conforms("mock/xdma, incoherent, credits, write-back apart", rig, &EXCEPTIONS);
}

// Behind caches whose lines come and go by chance: nothing relies on when they do.
#[test]
fn mock_xdma_evictions() {
    for seed in 1..4 {
        let wishes = Wishes::translating();
        let wishes = Wishes { machine: wishes.machine.evictions(seed), ..wishes };
        let rig = MockRig::<Subsystem<BY_WORD_IN_RING, false>>::new(wishes.clone());
        crate::conforms("mock/xdma, evictions, write-back", rig, &EXCEPTIONS);
        let rig = MockRig::<Fed<BY_WORD_APART, false>>::new(wishes);
        crate::conforms("mock/xdma, evictions, credits, write-back apart", rig, &EXCEPTIONS);
    }
}
