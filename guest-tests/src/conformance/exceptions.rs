//! What does not apply to an `edu` on a real kernel, and why.
//!
//! One reviewed list for each rig. The suite compares it in both directions: a case on the list
//! that applies after all fails.
#![forbid(unsafe_code)]

use conformance::{Exception, Reason};

use super::Place;
use super::rig::{EVERY_ADDRESS, NO_MAPPING, NO_NEIGHBOUR, SOLE, UNTRANSLATED};

const CONTIGUOUS: Reason = "the lender gives only contiguous memory";
const NO_LATENCY: Reason = "the device's latency cannot be set";
const NO_LOSS: Reason = "interrupts cannot be lost on purpose";
const NO_HANG: Reason = "the device cannot be made to hang";
const NO_STALL: Reason = "the device cannot be made to stall";
const NO_REMOVAL: Reason = "the device cannot be removed";
const NO_RESET: Reason = "the device cannot be reset";
const NOTHING_EXPOSED: Reason = "nothing is exposed: memory is neither mapped in pages nor cached";
const NO_COUNT: Reason = "mappings cannot be counted";
const ONE_CHANNEL: Reason = "the device has one channel only";

/// What no `edu` behind the facade has: a real card cannot be told to misbehave, and this one
/// has one channel, any alignment and no error status.
const EDU: &[Exception] = &[
    ("one_piece", CONTIGUOUS),
    ("two_pieces", CONTIGUOUS),
    ("two_hundred_and_fifty_six_pieces", CONTIGUOUS),
    ("part_of_scattered_memory", CONTIGUOUS),
    ("job_longer_than_the_ring_is_fed_piece_by_piece", CONTIGUOUS),
    ("batch_costs_one_doorbell", "doorbells cannot be counted"),
    ("no_interrupt_is_lost_at_any_latency", NO_LATENCY),
    ("no_task_is_left_asleep_at_any_latency", NO_LATENCY),
    ("batches_wake_at_any_latency", NO_LATENCY),
    ("spurious_interrupts_do_no_harm", "interrupts cannot be raised without cause"),
    ("lost_interrupt_is_made_up_for_by_looking", NO_LOSS),
    ("lost_interrupt_costs_time_and_no_data", NO_LOSS),
    ("interrupt_counter_wraps", "the count of interrupts cannot be set"),
    ("two_engines_share_one_vector", ONE_CHANNEL),
    ("two_tasks_share_one_vector", ONE_CHANNEL),
    ("misaligned_job_is_refused", "the channel takes any alignment"),
    ("memory_beyond_the_mask_is_refused", "all memory lies within the device's reach"),
    ("unmapping_gives_everything_back", NO_COUNT),
    ("failing_unmap_keeps_a_buffers_memory", NO_COUNT),
    ("stalled_job_ends_at_its_limit", NO_STALL),
    ("stalled_job_ends_a_task_at_its_limit", NO_STALL),
    ("hanging_device_keeps_buffers_until_it_is_reset", NO_HANG),
    ("dropped_engine_of_a_hanging_device_frees_nothing", NO_HANG),
    ("error_of_the_device_is_reported", "the device cannot be made to report an error"),
    ("removed_card_ends_a_wait_and_keeps_its_memory", NO_REMOVAL),
    ("removed_card_ends_a_task", NO_REMOVAL),
    ("removed_card_ends_polling_at_once", NO_REMOVAL),
];

/// Besides, what a device on the root bus has not.
const ROOT_BUS: &[Exception] = &[
    ("reset_is_noticed_by_every_engine", NO_RESET),
    ("reset_midway_gives_buffers_back", NO_RESET),
    ("proof_of_an_older_reset_is_refused", NO_RESET),
];

/// Besides, what a device has not that is alone in its address space.
const ONLY: &[Exception] = &[("devices_of_one_domain_share_buffers", SOLE)];

/// Besides, what a device without another one in an address space apart has not.
const ALONE: &[Exception] = &[
    ("buffer_of_another_domain_is_refused", NO_NEIGHBOUR),
    ("pool_refuses_buffers_of_another_domain", NO_NEIGHBOUR),
];

/// Besides, what a device has not that reaches all of 64 bits.
const WIDE: &[Exception] = &[("address_above_the_mask_reaches_nothing", EVERY_ADDRESS)];

/// Besides, what a road has not that maps memory.
const MAPPING: &[Exception] = &[("failing_unmap_leaks_the_callers_memory", NO_COUNT)];

/// Besides, what a road has not that cannot.
const NOT_MAPPING: &[Exception] = &[
    ("callers_memory_travels_both_ways", NO_MAPPING),
    ("failing_unmap_leaks_the_callers_memory", NO_MAPPING),
    ("direction_that_is_not_mapped_is_refused", NO_MAPPING),
    ("memory_that_is_not_whole_pages_is_refused", NOTHING_EXPOSED),
];

/// Besides, what a road without translation has not.
const NOT_TRANSLATED: &[Exception] = &[
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
];

/// Besides, what a device on such a road has not that reaches fewer.
const NARROW: &[Exception] = &[("address_above_the_mask_reaches_nothing", UNTRANSLATED)];

/// Another device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// There is none.
    Alone,
    /// In the same address space.
    Beside,
    /// In an address space of its own.
    Apart,
}

/// What a rig is like, as far as cases do not apply for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    /// Where the device is plugged in.
    pub(super) place: Place,
    /// Whether an IOMMU translates.
    pub(super) translated: bool,
    /// Whether the caller's memory can be mapped.
    pub(super) maps: bool,
    /// Which other device there is.
    pub(super) company: Company,
    /// Whether the device reaches all of 64 bits.
    pub(super) wide: bool,
}

/// The list for a rig.
pub(super) fn list(traits: Traits) -> Vec<Exception> {
    let parts = [
        (true, EDU),
        (traits.place == Place::RootBus, ROOT_BUS),
        (traits.company != Company::Beside, ONLY),
        (traits.company != Company::Apart, ALONE),
        (traits.wide, WIDE),
        (traits.maps, MAPPING),
        (!traits.maps, NOT_MAPPING),
        (!traits.translated, NOT_TRANSLATED),
        (!traits.wide && !traits.translated, NARROW),
    ];
    parts.into_iter().filter(|(applies, _)| *applies).flat_map(|(_, part)| part).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Whatever a rig is like, no case is on its list twice: two reasons would hide one another.
    #[test]
    fn no_case_is_listed_twice() {
        for number in 0..96 {
            let list = list(Traits {
                place: if number & 1 == 0 { Place::RootPort } else { Place::RootBus },
                translated: number & 2 == 0,
                company: [Company::Alone, Company::Beside, Company::Apart][number % 3],
                wide: number & 8 == 0,
                maps: number & 16 == 0,
            });
            for (name, _) in &list {
                assert_eq!(list.iter().filter(|(other, _)| other == name).count(), 1, "{name}");
            }
        }
    }
}
